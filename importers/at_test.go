package importers

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// frontToBack is a file that neither seeks nor reads at an offset.
type frontToBack struct{ fs.File }

// seeker is a file that seeks and does not read at an offset.
type seeker struct {
	fs.File
	io.Seeker
}

type wrapFS struct {
	fs.FS
	wrap func(fs.File) fs.File
	open *int
}

func (w wrapFS) Open(name string) (fs.File, error) {
	*w.open++
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return w.wrap(f), nil
}

func TestAt(t *testing.T) {
	data := []byte(strings.Repeat("0123456789", 50))
	tree := fstest.MapFS{"a": {Data: data}}
	for name, wrap := range map[string]func(fs.File) fs.File{
		"reads at": func(f fs.File) fs.File { return f },
		"seeks":    func(f fs.File) fs.File { return seeker{frontToBack{f}, f.(io.Seeker)} },
		"neither":  func(f fs.File) fs.File { return frontToBack{f} },
	} {
		opened := 0
		s := Source{FS: wrapFS{tree, wrap, &opened}, Path: "a", Head: data[:100], Size: int64(len(data))}
		at := s.At()
		b := make([]byte, 20)
		if n, err := at.ReadAt(b, 80); n != 20 || err != nil || !bytes.Equal(b, data[80:100]) || opened != 0 {
			t.Errorf("%s: the head: %d, %v, %q, opened %d times", name, n, err, b, opened)
		}
		n, err := at.ReadAt(b, 90)
		if name == "neither" {
			if err == nil {
				t.Errorf("%s: read %d bytes", name, n)
			}
			continue
		}
		if n != 20 || err != nil || !bytes.Equal(b, data[90:110]) {
			t.Errorf("%s: across the head: %d, %v, %q", name, n, err, b)
		}
		if n, err = at.ReadAt(b, 490); n != 10 || err != io.EOF {
			t.Errorf("%s: past the end: %d, %v", name, n, err)
		}
		if opened != 1 {
			t.Errorf("%s: opened %d times", name, opened)
		}
		if err := at.Close(); err != nil {
			t.Error(err)
		}
	}
}
