package evidence

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"

	"daybook/evidence/disk"

	"filippo.io/age"
)

// A temp is an original that was sealed into a temporary file and is not in
// the case yet.
type temp struct {
	path string
	f    disk.File
	hash Hash
	at   placed
}

const tempSuffix = ".tmp"

// A worktable is the memory that one original is sealed with.
type worktable struct {
	out *bufio.Writer
	sum hash.Hash
}

// A folderPicker gives the files of one group the same folder, so that one
// sync makes all their names safe, and each group another.
type folderPicker struct {
	mu     sync.Mutex
	folder byte
	set    bool
}

func (p *folderPicker) next() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.set {
		var b [1]byte
		rand.Read(b[:])
		p.folder, p.set = b[0], true
	}
	return hex.EncodeToString([]byte{p.folder})
}

// turn makes the next file begin another folder.
func (p *folderPicker) turn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set = false
}

// newFile gives a random name in a folder of the originals.
func newFile(folder string) string {
	var id [15]byte
	rand.Read(id[:])
	return folder + hex.EncodeToString(id[:])
}

// sealTemp hashes and seals what comes in f into a temporary file. When it
// fails nothing is left.
func (c *Case) sealTemp(ctx context.Context, folder string, f *feed, from Provenance) (*temp, error) {
	first, err := f.next()
	if err != nil {
		return nil, err
	}
	if ok, why := c.writable(); !ok {
		return nil, fmt.Errorf("%w: %s", ErrReadOnly, why)
	}
	if err := c.askRoom(max(from.Size, int64(len(first)))); err != nil {
		return nil, err
	}
	file := newFile(folder)
	t := &temp{path: c.originals.path(file) + tempSuffix, at: placed{File: file}}
	if err := c.originals.makeFolder(file); err != nil {
		return nil, err
	}
	if t.f, err = c.fs.Create(t.path); err != nil {
		return nil, err
	}
	if err := t.fill(ctx, c, first, f, from.Size); err != nil {
		return nil, errors.Join(c.full(err), t.discard(c))
	}
	return t, nil
}

// askRoom refuses an original that would fill the disk: it is written twice.
func (c *Case) askRoom(size int64) error {
	return c.room.ask(uint64(max(size, 0))*202/100+writeMargin, "add")
}

func (t *temp) discard(c *Case) error {
	var err error
	if t.f != nil {
		err = t.f.Close()
		t.f = nil
	}
	return errors.Join(err, c.fs.Remove(t.path))
}

// fill does the work: while one block is hashed the same block is sealed.
func (t *temp) fill(ctx context.Context, c *Case, block []byte, f *feed, expected int64) error {
	w := c.tables.Get().(*worktable)
	defer c.tables.Put(w)
	w.out.Reset(&counter{w: t.f, n: &t.at.Sealed})
	w.sum.Reset()
	sealed, err := age.Encrypt(w.out, c.ring.Recipient())
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	for asked := expected; err == nil; block, err = f.next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.both(sealed, block); err != nil {
			return err
		}
		if t.at.Size += int64(len(block)); t.at.Size > asked {
			asked = t.at.Size + 16<<20
			if err := c.askRoom(16 << 20); err != nil {
				return err
			}
		}
	}
	if err != io.EOF {
		return err
	}
	if err := sealed.Close(); err != nil {
		return err
	}
	w.sum.Sum(t.hash[:0])
	return w.out.Flush()
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n *int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	*c.n += int64(n)
	return n, err
}

// both hashes and seals a block, a large one at the same time.
func (w *worktable) both(sealed io.Writer, block []byte) error {
	if len(block) < blockLen {
		w.sum.Write(block)
		_, err := sealed.Write(block)
		return err
	}
	hashed := make(chan struct{})
	go func() {
		w.sum.Write(block)
		close(hashed)
	}()
	_, err := sealed.Write(block)
	<-hashed
	return err
}

func newWorktable() any {
	return &worktable{
		out: bufio.NewWriterSize(nil, 32<<10),
		sum: sha256.New(),
	}
}

// settle syncs the file, then reads it back, opens it and compares the hash:
// only what came back as it went in is vouched for.
func (t *temp) settle(c *Case) error {
	err := t.f.Sync()
	if err == nil {
		err = c.originals.verify(context.Background(), t.f, t.at, t.hash)
	}
	cerr := t.f.Close()
	t.f = nil
	if err = errors.Join(err, cerr); err != nil {
		return errors.Join(c.full(err), t.discard(c))
	}
	return nil
}
