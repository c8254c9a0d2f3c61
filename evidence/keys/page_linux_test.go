package keys

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// TestPageIsKept: the page of the keys stays out of core dumps, and out of swap
// as far as this system lets a program lock memory.
func TestPageIsKept(t *testing.T) {
	_, r, _, _ := create(t)
	page := r.secrets.page
	flags := mapFlags(t, uintptr(unsafe.Pointer(&page[0])))
	if !strings.Contains(flags, " dd") {
		t.Errorf("the page is in core dumps: %s", flags)
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil {
		t.Fatal(err)
	}
	if mayLock := limit.Cur >= 1<<20; mayLock && !strings.Contains(flags, " lo") {
		t.Errorf("the page is not locked: %s", flags)
	}
	for name, b := range map[string][]byte{"master": r.secrets.master, "seed": r.secrets.seed, "journal": r.secrets.derived[useJournal]} {
		at := uintptr(unsafe.Pointer(&b[0])) - uintptr(unsafe.Pointer(&page[0]))
		if at+uintptr(len(b)) > uintptr(len(page)) || len(b) != keySize {
			t.Errorf("the %s key is not in the page", name)
		}
	}
}

// mapFlags gives the flags of the mapping that holds an address.
func mapFlags(t *testing.T, at uintptr) string {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= at && at < to
		}
		if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return flags
		}
	}
	t.Fatalf("no mapping holds %x", at)
	return ""
}

const dumpChild = "DAYBOOK_TEST_NO_DUMPS"

// TestNoCoreDumps asks a second process, for it cannot be taken back.
func TestNoCoreDumps(t *testing.T) {
	if os.Getenv(dumpChild) != "" {
		if err := NoCoreDumps(); err != nil {
			t.Fatal(err)
		}
		var limit unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
			t.Errorf("core files may have %d bytes, %v", limit.Cur, err)
		}
		if on, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || on != 0 {
			t.Errorf("others may look into this process: %d, %v", on, err)
		}
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestNoCoreDumps$")
	cmd.Env = append(os.Environ(), dumpChild+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
