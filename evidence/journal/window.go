package journal

import (
	"errors"
	"io"
	"io/fs"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// window reads a file mostly forwards, a block at a time. A file that does not
// exist is like an empty one.
type window struct {
	file  disk.File
	size  int64
	start int64
	buf   []byte
}

const windowBlock = 1 << 20

// errShort means that the file ends before what was asked for.
var errShort = errors.New("the file ends here")

func openWindow(fsys disk.FS, name string) (*window, error) {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &window{}, nil
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &window{file: f, size: info.Size()}, nil
}

func (w *window) exists() bool { return w.file != nil }

func (w *window) close() error {
	if w.file == nil {
		return nil
	}
	return w.file.Close()
}

// at gives n bytes at off, valid until the next call.
func (w *window) at(off int64, n int) ([]byte, error) {
	if off < 0 || off+int64(n) > w.size {
		return nil, errShort
	}
	if off < w.start || off+int64(n) > w.start+int64(len(w.buf)) {
		if err := w.load(off, int64(n)); err != nil {
			return nil, err
		}
	}
	return w.buf[off-w.start:][:n], nil
}

// load reads a block, and when part of it cannot be read just what is needed.
func (w *window) load(off, n int64) error {
	want := min(max(n, windowBlock), w.size-off)
	err := w.read(off, want)
	if err != nil && want > n {
		err = w.read(off, n)
	}
	return err
}

func (w *window) read(off, n int64) error {
	if int64(cap(w.buf)) < n {
		w.buf = make([]byte, n)
	}
	w.start, w.buf = off, w.buf[:n]
	_, err := w.file.ReadAt(w.buf, off)
	if errors.Is(err, io.EOF) {
		err = errShort
	}
	if err != nil {
		w.buf = w.buf[:0]
	}
	return err
}

// frame opens the frame at off and gives its raw bytes too, valid until the
// next call. The body is put into dst.
func (w *window) frame(dst []byte, ring *keys.Ring, off int64) (frame, []byte, error) {
	header, err := w.at(off, frameHeader)
	if err != nil {
		return frame{}, nil, err
	}
	size, err := frameSize(header)
	if err != nil {
		return frame{}, nil, err
	}
	raw, err := w.at(off, int(size))
	if err != nil {
		return frame{}, nil, err
	}
	f, err := openFrame(dst, raw, ring, off)
	return f, raw, err
}
