package importers

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// At reads a source at any offset: what lies in its head without opening it,
// anything else from its file, which is opened at the first need. One goroutine
// uses it, and closes it.
type At struct {
	source Source
	file   fs.File
	at     io.ReaderAt
}

// At gives the source for reading at any offset.
func (s Source) At() *At { return &At{source: s} }

// ReadAt is that of io.ReaderAt.
func (a *At) ReadAt(p []byte, off int64) (int, error) {
	if end := off + int64(len(p)); off >= 0 && end <= int64(len(a.source.Head)) {
		return copy(p, a.source.Head[off:end]), nil
	}
	if a.file == nil {
		if err := a.open(); err != nil {
			return 0, err
		}
	}
	return a.at.ReadAt(p, off)
}

func (a *At) open() error {
	f, err := a.source.Open()
	if err != nil {
		return err
	}
	switch at := f.(type) {
	case io.ReaderAt:
		a.at = at
	case io.ReadSeeker:
		a.at = seeking{at}
	default:
		return errors.Join(fmt.Errorf("%s: can only be read from front to back", a.source.Path), f.Close())
	}
	a.file = f
	return nil
}

// Close closes the file if it was opened.
func (a *At) Close() error {
	if a.file == nil {
		return nil
	}
	return a.file.Close()
}

// seeking reads at an offset by going there.
type seeking struct{ io.ReadSeeker }

func (s seeking) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
