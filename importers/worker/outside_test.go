package worker

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// shell is a program outside that every system of ours but Windows has.
func shell(t *testing.T) Outside {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Outside{Exe: exe, Path: "/bin/sh", Env: []string{"TOLD=it"}, Memory: 256 << 20, Wall: 20 * time.Second, Answer: 1 << 20}
}

// A program outside gets bytes and answers bytes; it knows nothing that the
// program was told, and can leave nothing behind.
func TestOutside(t *testing.T) {
	if runtime.GOOS == "windows" {
		if becomes {
			t.Error("a process cannot become another one on Windows")
		}
		return
	}
	t.Setenv("DAYBOOK_PASSPHRASE", "secret")
	left := filepath.Join(t.TempDir(), "left")
	for _, c := range []struct{ name, script, in, want string }{
		{"bytes", "cat; echo $0", "some\x00bytes\n", "some\x00bytes\nsh\n"},
		{"environment", `echo "$TOLD$DAYBOOK_PASSPHRASE"`, "", "it\n"},
		{"file", "(echo plain >" + left + ") 2>/dev/null || echo refused; cat " + left, "", "refused\n"},
	} {
		got, err := shell(t).Run(t.Context(), c.name, []byte(c.in), "-c", c.script, "sh")
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

// What a program outside does too long, too much or wrongly ends it alone.
func TestOutsideIsEnded(t *testing.T) {
	if runtime.GOOS == "windows" {
		if _, err := (Outside{Path: "no such program", Wall: time.Second}).Run(t.Context(), "x", nil); err == nil {
			t.Error("a program that is not there was run")
		}
		return
	}
	for _, c := range []struct{ name, script, why string }{
		{"hangs", "while :; do :; done", "not finished after 500ms"},
		{"talks", "while :; do echo much; done", ErrAnswer.Error()},
		{"fails", "echo because >&2; exit 3", "exit status 3"},
	} {
		o := shell(t)
		if c.name == "hangs" {
			o.Wall = 500 * time.Millisecond
		}
		_, err := o.Run(t.Context(), c.name, nil, "-c", c.script)
		var gave *GaveUp
		if !errors.As(err, &gave) || gave.Name != c.name || !strings.Contains(gave.Why, c.why) {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.name == "fails" && (gave == nil || !strings.Contains(gave.Detail, "because")) {
			t.Errorf("%s: what it said is lost: %+v", c.name, gave)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := shell(t).Run(ctx, "stopped", nil, "-c", "while :; do :; done"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stopped: %v", err)
	}
	o := shell(t)
	o.Path = filepath.Join(t.TempDir(), "none")
	if _, err := o.Run(t.Context(), "none", nil); err == nil {
		t.Error("a program that is not there was run")
	}
}
