package keys

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// newPage gives memory for keys. That it cannot be locked is no error.
func newPage(size int) []byte {
	page := make([]byte, size)
	_ = windows.VirtualLock(uintptr(unsafe.Pointer(&page[0])), uintptr(size)) // refused: as safe as other programs
	return page
}

// freePage lets a cleared page be swapped again.
func freePage(page []byte) {
	_ = windows.VirtualUnlock(uintptr(unsafe.Pointer(&page[0])), uintptr(len(page)))
}

// NoCoreDumps does nothing: this system makes none unless an administrator asks
// for them.
func NoCoreDumps() error { return nil }
