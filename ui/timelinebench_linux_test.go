package ui

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpu is how long this thread has worked: other programs on the machine do not
// count.
func cpu() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
