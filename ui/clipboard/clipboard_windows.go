package clipboard

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"syscall"
	"unsafe"
)

// dib is the clipboard format of a picture without the head of its file.
const dib = 8

// read takes the picture that Windows holds in memory and puts the head of a
// BMP file before it.
func read(context.Context) (Held, error) {
	runtime.LockOSThread() // a clipboard is open for the thread that opened it
	defer runtime.UnlockOSThread()
	user := syscall.NewLazyDLL("user32.dll")
	if ok, _, _ := user.NewProc("IsClipboardFormatAvailable").Call(dib); ok == 0 {
		return Held{}, ErrNone
	}
	if ok, _, err := user.NewProc("OpenClipboard").Call(0); ok == 0 {
		return Held{}, fmt.Errorf("the clipboard is in use by another program (%w); try again", err)
	}
	data, err := held(user)
	if ok, _, cerr := user.NewProc("CloseClipboard").Call(); ok == 0 {
		err = errors.Join(err, cerr)
	}
	if err != nil {
		return Held{}, fmt.Errorf("the clipboard cannot be read: %w", err)
	}
	file, err := bmp(data)
	return Held{"image/bmp", file}, err
}

func held(user *syscall.LazyDLL) ([]byte, error) {
	kernel := syscall.NewLazyDLL("kernel32.dll")
	handle, _, err := user.NewProc("GetClipboardData").Call(dib)
	if handle == 0 {
		return nil, err
	}
	at, _, err := kernel.NewProc("GlobalLock").Call(handle)
	if at == 0 {
		return nil, err
	}
	size, _, err := kernel.NewProc("GlobalSize").Call(handle)
	if size == 0 || size > 512<<20 {
		return nil, err
	}
	data := make([]byte, size)
	copy(data, unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size))
	// The memory is the clipboard's own: what unlocking says does not matter.
	_, _, _ = kernel.NewProc("GlobalUnlock").Call(handle)
	return data, nil
}

// bmp puts the head of a file before a picture.
func bmp(picture []byte) ([]byte, error) {
	if len(picture) < 40 {
		return nil, errors.New("the picture on the clipboard is cut short")
	}
	head, bits, packing, colours := binary.LittleEndian.Uint32(picture), binary.LittleEndian.Uint16(picture[14:]),
		binary.LittleEndian.Uint32(picture[16:]), binary.LittleEndian.Uint32(picture[32:])
	if colours == 0 && bits <= 8 {
		colours = 1 << bits
	}
	start := 14 + head + 4*colours
	if packing == 3 && head == 40 {
		start += 12 // the masks of the three colours
	}
	file := append([]byte("BM"), make([]byte, 12)...)
	binary.LittleEndian.PutUint32(file[2:], uint32(14+len(picture)))
	binary.LittleEndian.PutUint32(file[10:], start)
	return append(file, picture...), nil
}
