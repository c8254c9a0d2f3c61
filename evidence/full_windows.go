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
