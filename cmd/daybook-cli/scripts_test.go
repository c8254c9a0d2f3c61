package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// oneSentence demands that the last command said one sentence that a person can
// act on: a single line that begins with the program's name, matches the
// expression, and holds nothing of how the program is made.
func oneSentence(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sentence REGEXP")
	}
	text := ts.ReadFile("stderr")
	var said []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "daybook-cli: ") {
			said = append(said, line)
		}
	}
	if len(said) != 1 || !strings.HasSuffix(text, said[0]) {
		ts.Fatalf("%d sentences, want one at the end:\n%s", len(said), text)
	}
	if !regexp.MustCompile(args[0]).MatchString(said[0]) {
		ts.Fatalf("does not match %s:\n%s", args[0], said[0])
	}
	if inside := regexp.MustCompile(`goroutine|panic|\.go:|%!|0x[0-9a-f]{6}|<nil>`).FindString(text); inside != "" {
		ts.Fatalf("%q is nothing for a person:\n%s", inside, text)
	}
}

// smallDisk gives a folder a disk of its own that is nearly as large as what it
// holds: a file system in memory for root, and otherwise a limit on the size
// of files, which is how an ordinary user can be refused room.
func smallDisk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: smalldisk FOLDER MEGABYTES")
	}
	dir := ts.MkAbs(args[0])
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.MkdirAll(dir, 0o700))
	err = syscall.Mount("small", dir, "tmpfs", 0, "size="+strconv.Itoa(n)+"m")
	if err != nil {
		ts.Setenv("SMALLDISK", "limit")
		return
	}
	ts.Setenv("SMALLDISK", "mount")
	ts.Defer(func() {
		if err := syscall.Unmount(filepath.Clean(dir), 0); err != nil {
			ts.Logf("unmount %s: %v", dir, err)
		}
	})
}
