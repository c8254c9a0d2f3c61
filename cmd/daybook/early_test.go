package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestEarly: what Fyne reads while it starts is set before it looks.
func TestEarly(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ours, theirs := strings.Index(string(out), "init daybook/cmd/daybook/early "), strings.Index(string(out), "init fyne.io/fyne/v2/internal/cache ")
	if ours < 0 || theirs < 0 || ours > theirs {
		t.Errorf("early is started at %d and Fyne's cache at %d of:\n%s", ours, theirs, out)
	}
}
