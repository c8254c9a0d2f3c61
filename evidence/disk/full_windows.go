package disk

import (
	"errors"
	"syscall"
)

// What Windows says of a full disk; its syscall.ENOSPC is never returned.
const (
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

// IsFull tells that a disk has no room left.
func IsFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

// IsReadOnly tells of a medium that cannot be written at all.
func IsReadOnly(err error) bool { return errors.Is(err, syscall.Errno(19)) } // ERROR_WRITE_PROTECT
