package main

import (
	"os/exec"
	"strings"
	"testing"
)

// The verifier is to be read and trusted by strangers: it holds nothing but the
// standard library, and nothing that could open a connection.
func TestOnlyTheStandardLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := "daybook/evidence/verify\ndaybook/cmd/daybook-verify"
	if got := strings.TrimSpace(string(out)); got != want {
		t.Errorf("daybook-verify is made of\n%s\nwant\n%s", got, want)
	}
	all, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range strings.Fields(string(all)) {
		if p == "net/http" || p == "os/exec" {
			t.Errorf("daybook-verify uses %s", p)
		}
	}
}
