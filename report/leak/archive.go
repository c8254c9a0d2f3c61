package leak

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// zip looks through the members of a zip, which documents of offices are too.
func (l *look) zip(at Place, b []byte, depth int) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || depth >= mostWithin {
		l.note(at.File + ": it is packed, and cannot be opened")
		return l.stream(l.long, at, bytes.NewReader(b))
	}
	l.text(Place{File: at.File, In: "its comment"}, z.Comment)
	for _, f := range z.File {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		inside := Place{File: at.File + ": " + f.Name}
		l.text(Place{File: at.File, In: "the name of a file in it"}, f.Name+"\n"+f.Comment)
		if f.FileInfo().IsDir() {
			continue
		}
		if f.Flags&1 != 0 {
			l.note(inside.File + ": it is locked with a password")
			continue
		}
		r, err := f.Open()
		if err != nil {
			l.note(fmt.Sprintf("%s: it cannot be unpacked: %v", inside.File, err))
			continue
		}
		err = l.member(inside, r, depth)
		if closeErr := r.Close(); closeErr != nil && err == nil && l.budget > 0 {
			l.note(fmt.Sprintf("%s: %v", inside.File, closeErr))
		}
		if err != nil || l.budget <= 0 {
			return err
		}
		l.office(inside, f.Name, f.Open)
		l.partly = l.partly || strings.HasPrefix(f.Name, "xl/") // what runs over several cells of a table is nowhere together
	}
	return nil
}

func (l *look) tar(at Place, r io.Reader, depth int) error {
	if depth >= mostWithin {
		l.note(at.File + ": it is packed, and cannot be opened")
		return nil
	}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			l.note(fmt.Sprintf("%s: %v", at.File, err))
			return l.ctx.Err()
		}
		l.text(Place{File: at.File, In: "the name of a file in it"}, h.Name+"\n"+h.Linkname)
		if err := l.member(Place{File: at.File + ": " + h.Name}, t, depth); err != nil || l.budget <= 0 {
			return err
		}
	}
}
