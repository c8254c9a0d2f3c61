//go:build unix && !linux

package keys

import "golang.org/x/sys/unix"

// newPage gives memory of its own for keys. That it cannot be locked is no error.
func newPage(size int) []byte {
	page, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]byte, size)
	}
	_ = unix.Mlock(page) // refused: as safe as other programs
	return page
}

// freePage lets a cleared page be swapped again.
func freePage(page []byte) { _ = unix.Munlock(page) }

// NoCoreDumps keeps this process, and those that it starts, from leaving its
// memory on the disk when it crashes.
func NoCoreDumps() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
