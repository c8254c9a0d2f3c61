package worker

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// confine limits the calling process for good. What it has mapped already is
// added to the memory limit: Go reserves much more address space than it uses.
func confine(memory int64) error {
	debug.SetMemoryLimit(memory * 7 / 10)
	size, data, err := mapped()
	if err != nil {
		return err
	}
	for _, l := range []struct {
		name     string
		resource int
		value    uint64
	}{
		{"core file", unix.RLIMIT_CORE, 0},
		{"file size", unix.RLIMIT_FSIZE, 0},
		{"open files", unix.RLIMIT_NOFILE, 16},
		{"data", unix.RLIMIT_DATA, data + uint64(memory)},
		{"address space", unix.RLIMIT_AS, size + 4*uint64(memory)},
	} {
		if err := unix.Setrlimit(l.resource, &unix.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return nil
}

// mapped gives the address space and the writable data of this process.
func mapped() (size, data uint64, err error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, 0, err
	}
	var resident, shared, text, lib uint64
	if _, err := fmt.Fscan(strings.NewReader(string(b)), &size, &resident, &shared, &text, &lib, &data); err != nil {
		return 0, 0, fmt.Errorf("/proc/self/statm: %w", err)
	}
	page := uint64(os.Getpagesize())
	return size * page, data * page, nil
}

// renewCPU gives the process that much more processor time than it has used.
func renewCPU(more time.Duration) error {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return err
	}
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &l); err != nil {
		return err
	}
	used := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	l.Cur = min(uint64((used+more+time.Second)/time.Second), l.Max)
	return unix.Setrlimit(unix.RLIMIT_CPU, &l)
}

// attributes takes the network from the child where the system allows it.
func attributes(alone bool) *syscall.SysProcAttr {
	if !alone {
		return nil
	}
	return &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET}
}
