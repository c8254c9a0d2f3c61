package journal

import (
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// bootClock counts from the start of the machine, through sleep; the kernel
// names each start.
type bootClock string

// systemClock falls back to counting from now where the kernel does not tell
// when it started.
func systemClock() Clock {
	name, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	var ts unix.Timespec
	if err != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts) != nil {
		return newSessionClock()
	}
	return bootClock(strings.TrimSpace(string(name)))
}

func (c bootClock) Now() time.Time { return time.Now() }

func (c bootClock) Mono() (string, time.Duration) {
	var ts unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts) // worked when the clock was made
	return string(c), time.Duration(ts.Nano())
}
