//go:build unix && !linux

package worker

import (
	"fmt"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// confine limits the calling process for good. These systems do not hold a
// process to a memory limit, so the child watches itself (see child.watch).
func confine(memory int64) error {
	debug.SetMemoryLimit(memory * 7 / 10)
	for _, l := range []struct {
		name     string
		resource int
		value    uint64
	}{
		{"core file", unix.RLIMIT_CORE, 0},
		{"file size", unix.RLIMIT_FSIZE, 0},
		{"open files", unix.RLIMIT_NOFILE, 16},
	} {
		var r unix.Rlimit
		if err := unix.Getrlimit(l.resource, &r); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		lower(&r.Cur, l.value)
		lower(&r.Max, l.value)
		if err := unix.Setrlimit(l.resource, &r); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return nil
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
	hard := l.Max
	set(&l.Cur, uint64((time.Duration(u.Utime.Nano()+u.Stime.Nano())+more+time.Second)/time.Second))
	if l.Cur > hard {
		l.Cur = hard
	}
	return unix.Setrlimit(unix.RLIMIT_CPU, &l)
}

// lower and set exist because some of these systems count limits in signed
// numbers and some in unsigned ones.
func lower[T int64 | uint64](at *T, v uint64) { *at = min(*at, T(v)) }
func set[T int64 | uint64](at *T, v uint64)   { *at = T(v) }

func attributes(bool) *syscall.SysProcAttr { return nil }
