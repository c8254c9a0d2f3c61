//go:build !windows

package disk

import (
	"errors"
	"syscall"
)

// IsFull tells that a disk has no room left.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// IsReadOnly tells of a medium that cannot be written at all.
func IsReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
