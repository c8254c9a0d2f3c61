package keys

import "golang.org/x/sys/unix"

// newPage gives memory of its own for keys. That it cannot be locked (a limit of
// the system, often 8 MiB for all of a user's programs) is no error.
func newPage(size int) []byte {
	page, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]byte, size)
	}
	_ = unix.Mlock(page) // refused: as safe as other programs
	_ = unix.Madvise(page, unix.MADV_DONTDUMP)
	return page
}

// freePage gives the memory of a cleared page back. Its place stays: a late
// reader finds zeros.
func freePage(page []byte) {
	_ = unix.Munlock(page) // of one that was not locked
	_ = unix.Madvise(page, unix.MADV_DONTNEED)
}

// NoCoreDumps keeps this process, and those that it starts, from leaving its
// memory on the disk when it crashes, and other programs of the same user from
// looking into it.
func NoCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return err
	}
	return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
