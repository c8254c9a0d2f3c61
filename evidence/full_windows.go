package evidence

import (
	"errors"
	"syscall"
)

// What Windows says of a full disk; its syscall.ENOSPC is never returned.
const (
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

func isFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

// isReadOnlyVolume tells of a medium that cannot be written at all.
func isReadOnlyVolume(err error) bool { return errors.Is(err, syscall.Errno(19)) } // ERROR_WRITE_PROTECT
