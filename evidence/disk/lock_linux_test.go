package disk

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// A program that is being started has a copy of each open file until it runs.
func TestLockIsLetGoWhereACopyOfItIsOpen(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	let, err := OS.Lock(name)
	must(t, err)
	open, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	copies := 0
	for _, fd := range open {
		if at, err := os.Readlink("/proc/self/fd/" + fd.Name()); err != nil || at != name {
			continue
		}
		n, err := strconv.Atoi(fd.Name())
		must(t, err)
		dup, err := syscall.Dup(n)
		must(t, err)
		defer syscall.Close(dup)
		copies++
		break
	}
	if copies != 1 {
		t.Fatalf("%d open files are the lock", copies)
	}
	must(t, let())
	again, err := OS.Lock(name)
	if err != nil {
		t.Fatalf("the lock was let go, and: %v", err)
	}
	must(t, again())
}
