package leak

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"slices"
)

// inWhole is the place of a file that is there as it is.
const inWhole = "the whole file"

// asItIs notes a file that must not be in the bundle as it is: a part of it was to be
// painted over. Those alone are summed that have the size of one.
func (l *look) asItIs(bundle fs.FS, name string) error {
	info, err := fs.Stat(bundle, name)
	if err != nil || !slices.ContainsFunc(l.secrets, func(s Secret) bool { return s.Sum != "" && s.Size == info.Size() }) {
		return err
	}
	f, err := bundle.Open(name)
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	l.summed(Place{File: name}, h)
	return nil
}

// summed notes a file with the sum of one that must not be there.
func (l *look) summed(at Place, h hash.Hash) {
	sum := hex.EncodeToString(h.Sum(nil))
	for i, s := range l.secrets {
		if s.Sum == sum {
			l.add(i, s.What, s.Text, Place{File: at.File, In: inWhole})
		}
	}
}

// memberAsItIs looks through a file within another one, and notes one that must not be
// there as it is: how large it is shows when it has been read to its end.
func (l *look) memberAsItIs(at Place, r io.Reader, depth int) error {
	if !slices.ContainsFunc(l.secrets, func(s Secret) bool { return s.Sum != "" }) {
		return l.content(at, r, depth)
	}
	h := sha256.New()
	r = io.TeeReader(r, h)
	if err := l.content(at, r, depth); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil { // what nothing was looked for in
		return err
	}
	l.summed(at, h)
	return nil
}
