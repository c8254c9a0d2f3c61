//go:build !windows

package evidence

import (
	"errors"
	"syscall"
)

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// isReadOnlyVolume tells of a medium that cannot be written at all.
func isReadOnlyVolume(err error) bool { return errors.Is(err, syscall.EROFS) }
