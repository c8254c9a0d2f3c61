package device

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"daybook/evidence/disk"
)

// Most is how many notes of one folder are looked at in one go; the others wait
// for the next.
const Most = 10_000

// A Reader is who can read what devices have added: the case.
type Reader struct {
	Case     string
	Identity age.Identity
	Known    map[string]ed25519.PublicKey // by ID: the devices of the case
}

// A Box is the folder of a device, or a copy of it, held while a case takes out
// of it what was added.
type Box struct {
	Arrivals []*Arrival        // by number
	Left     map[string]string // by name in the folder: what is not taken, and why
	More     int               // notes that were not looked at this time

	fs     disk.FS
	dir    string
	id     age.Identity
	there  map[string]fs.DirEntry
	unlock func() error

	broughtUp bool
	forgotten []string // notes of what was taken out
}

// An Arrival is a note that a device of the case has signed.
type Arrival struct {
	Note
	Sum   [32]byte // SHA-256 of the note's file, by which the next note names it
	Wrong error    // why its file cannot be taken; nil when it looks right

	box *Box
}

// Empty tells that a folder holds nothing but what a device needs.
func Empty(fsys disk.FS, dir string) (bool, error) {
	list, err := fsys.ReadDir(dir)
	for _, e := range list {
		if name := e.Name(); name != fileName && name != headName && name != lockName {
			return false, err
		}
	}
	return true, err
}

// Read looks through a folder. What was not added by a device of the case, or is
// no ordinary file, is told in Left and harms nothing else.
func Read(ctx context.Context, fsys disk.FS, dir string, r Reader) (*Box, error) {
	b := &Box{Left: map[string]string{}, fs: fsys, dir: dir, id: r.Identity, there: map[string]fs.DirEntry{}}
	list, err := fsys.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		b.there[e.Name()] = e
	}
	if e := b.there[lockName]; e != nil && !e.Type().IsRegular() {
		return nil, errors.New("its file lock is no ordinary file")
	}
	notes := b.notes()
	if len(notes) == 0 && len(b.Left) == 0 {
		return b, nil // nothing to hold
	}
	if b.unlock, err = fsys.Lock(filepath.Join(dir, lockName)); err != nil {
		return nil, err
	}
	for _, seq := range notes[:min(len(notes), Most)] {
		if err = ctx.Err(); err == nil {
			err = b.look(seq, r)
		}
		if err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	b.More = max(0, len(notes)-Most)
	return b, nil
}

// notes gives the numbers of the notes, rising, and tells of what is neither a
// note nor what belongs to one.
func (b *Box) notes() []uint64 {
	var notes []uint64
	for name, e := range b.there {
		seq, ok := noteNumber(name)
		switch {
		case name == fileName || name == headName || name == lockName || strings.HasSuffix(name, ".tmp"):
		case !e.Type().IsRegular():
			b.Left[name] = "is no ordinary file"
		case ok:
			notes = append(notes, seq)
		case !numbered.MatchString(name):
			b.Left[name] = "is nothing that a device writes"
		case b.there[strings.TrimSuffix(name, dataSuffix)+noteSuffix] == nil:
			b.Left[name] = "has no note: adding it was cut short, or its note is gone"
		}
	}
	slices.Sort(notes)
	return notes
}

// look reads one note. Only a disk that does not answer is an error.
func (b *Box) look(seq uint64, r Reader) error {
	name := noteName(seq)
	raw, err := disk.ReadFile(b.fs, filepath.Join(b.dir, name), maxNoteFile)
	if errors.Is(err, disk.ErrTooLong) {
		b.Left[name] = "is longer than a note can be"
		return nil
	}
	if err != nil {
		return err
	}
	n, err := unseal(raw, r.Identity, r.Case, r.Known)
	if err == nil && n.Seq != seq {
		err = fmt.Errorf("says that it is number %d", n.Seq)
	}
	if err != nil {
		b.Left[name] = err.Error()
		return nil
	}
	a := &Arrival{Note: n, Sum: sha256.Sum256(raw), box: b}
	a.Wrong = a.checkFile()
	b.Arrivals = append(b.Arrivals, a)
	return nil
}

// checkFile looks at the file that belongs to a note, and not into it.
func (a *Arrival) checkFile() error {
	e := a.box.there[dataName(a.Seq)]
	if e == nil {
		return errors.New("has lost its file")
	}
	st, err := e.Info()
	if err != nil || !e.Type().IsRegular() || st.Size() != a.Sealed {
		return errors.New("has a file that is not the one that was added")
	}
	return nil
}

// Name is the name of the note's file.
func (a *Arrival) Name() string { return noteName(a.Seq) }

// Box is the folder that it arrived in.
func (a *Arrival) Box() *Box { return a.box }

// Open opens the bytes that were added. They end in an error unless they are
// those that the note names.
func (a *Arrival) Open() (io.ReadCloser, error) {
	f, err := a.box.fs.Open(filepath.Join(a.box.dir, dataName(a.Seq)))
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(f, a.box.id)
	if err != nil {
		return nil, errors.Join(errOther, f.Close())
	}
	return &content{r: plain, f: f, sum: sha256.New(), left: a.Size, want: a.Hash}, nil
}

// Verify reads the file through.
func (a *Arrival) Verify(ctx context.Context) error {
	if a.Wrong != nil {
		return a.Wrong
	}
	r, err := a.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, disk.UntilDone(ctx, r))
	return errors.Join(err, r.Close())
}

var errOther = errors.New("has a file that is damaged, or is not the one that was added")

// content are the bytes of a file, held against its note.
type content struct {
	r    io.Reader
	f    disk.File
	sum  hash.Hash
	left int64
	want string
}

func (c *content) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	c.left -= int64(n)
	switch {
	case errors.Is(err, io.EOF) && c.left == 0 && hex.EncodeToString(c.sum.Sum(nil)) == c.want:
		return n, io.EOF
	case err != nil || c.left < 0:
		return n, errOther
	}
	return n, nil
}

func (c *content) Close() error { return c.f.Close() }

// Forget takes an arrival out of the folder: the case has it. The device's head
// is brought up first, so that no number is used again. Its note goes when the folder
// is let go: a note without its file is still known, a file without its note is not,
// and a disk that loses power may keep either removal.
func (b *Box) Forget(a *Arrival) error {
	if err := b.bringUp(); err != nil {
		return err
	}
	if err := b.remove(dataName(a.Seq)); err != nil {
		return err
	}
	b.forgotten = append(b.forgotten, noteName(a.Seq))
	return nil
}

func (b *Box) remove(name string) error {
	err := b.fs.Remove(filepath.Join(b.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// forget removes the notes of what was taken out, whose files are gone for good.
func (b *Box) forget() error {
	err := b.fs.SyncDir(b.dir)
	if err != nil || len(b.forgotten) == 0 {
		return err
	}
	for _, name := range b.forgotten {
		err = errors.Join(err, b.remove(name))
	}
	b.forgotten = nil
	return errors.Join(err, b.fs.SyncDir(b.dir))
}

// bringUp makes the device's head not older than the notes here, once.
func (b *Box) bringUp() error {
	if b.broughtUp {
		return nil
	}
	last := b.Arrivals[len(b.Arrivals)-1]
	h, err := readHead(b.fs, b.dir)
	if err == nil && h.seq < last.Seq {
		err = head{last.Seq, last.Sum}.write(b.fs, b.dir)
	}
	b.broughtUp = err == nil
	return err
}

// Close lets the folder go and makes what was taken out safe.
func (b *Box) Close() error {
	if b.unlock == nil {
		return nil
	}
	err := errors.Join(b.forget(), b.unlock())
	b.unlock = nil
	return err
}
