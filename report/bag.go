package report

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"daybook/evidence/disk"
)

// The bag's own files. docs/VERIFY.md says what each of them vouches for.
const (
	payloadList = "manifest-sha256.txt"
	tagList     = "tagmanifest-sha256.txt"
	sealFile    = "log/seal.txt"
	sealSigFile = "log/seal.sig"
	bagText     = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
)

// bag is a BagIt folder (RFC 8493) while it is written: every file goes
// through create, which hashes it on its way to the disk. Files may be made beside
// each other.
type bag struct {
	ctx context.Context
	fs  disk.FS
	dir string
	*contents
}

// contents is what a bag knows of its files.
type contents struct {
	mu    sync.Mutex      // of all but syncs and spare
	made  map[string]bool // folders
	sums  map[string]string
	bytes int64 // of the payload
	files int   // in the payload
	tick  func(n int64, name string)
	syncs errgroup.Group // files on their way to the disk: several at once, for it joins them
	spare sync.Pool      // of *bufio.Writer: a bundle has thousands of small files
}

// syncsAtOnce is how many files wait for the disk together.
const syncsAtOnce = 16

// finish waits until every file is on the disk: a bundle goes onto a stick
// that is pulled out.
func (b *bag) finish() error { return b.syncs.Wait() }

func newBag(ctx context.Context, fsys disk.FS, dir string, tick func(int64, string)) *bag {
	b := &bag{ctx, fsys, dir, &contents{made: map[string]bool{}, sums: map[string]string{}, tick: tick}}
	b.syncs.SetLimit(syncsAtOnce)
	return b
}

// part is a part of a bag, and what writes it.
type part struct {
	name  string
	write func(*bag) error
}

// parts writes one part after the other.
func (b *bag) parts(list []part) error {
	for _, p := range list {
		if err := p.write(b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// beside writes several lists of parts at the same time. Where one fails the others
// stop.
func (b *bag) beside(lists ...[]part) error {
	g, ctx := errgroup.WithContext(b.ctx)
	for _, list := range lists {
		g.Go(func() error { return (&bag{ctx, b.fs, b.dir, b.contents}).parts(list) })
	}
	return g.Wait()
}

// create makes a file by its slash path in the bag and lets write fill it.
func (b *bag) create(name string, write func(io.Writer) error) error {
	f, err := b.begin(name)
	if err != nil {
		return err
	}
	return f.end(write(f))
}

// growing is a file of the bag that is being written.
type growing struct {
	*bufio.Writer
	bag  *bag
	name string
	file disk.File
	sum  *tally
}

// begin makes a file by its slash path in the bag; end must follow.
func (b *bag) begin(name string) (*growing, error) {
	if err := b.folder(path.Dir(name)); err != nil {
		return nil, err
	}
	f, err := b.fs.Create(b.path(name))
	if err != nil {
		return nil, err // names the file
	}
	w := &tally{bag: b, name: name, to: f, sum: sha256.New()}
	buffer, _ := b.spare.Get().(*bufio.Writer)
	if buffer == nil {
		buffer = bufio.NewWriterSize(w, 256<<10)
	}
	buffer.Reset(w)
	return &growing{buffer, b, name, f, w}, nil
}

// end notes the sum of the file and sends it to the disk; err is what went wrong
// while it was written.
func (g *growing) end(err error) error {
	if err == nil {
		err = g.Flush()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", g.name, errors.Join(err, g.file.Close()))
	}
	b := g.bag
	g.Writer.Reset(nil)
	b.spare.Put(g.Writer)
	g.Writer = nil
	b.syncs.Go(func() error {
		if err := errors.Join(g.file.Sync(), g.file.Close()); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
		return nil
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sums[g.name] = hex.EncodeToString(g.sum.sum.Sum(nil))
	if isPayload(g.name) {
		b.files++
		b.bytes += g.sum.n
	}
	return nil
}

// drop takes a file back that was begun and has not ended.
func (g *growing) drop() error {
	return errors.Join(g.file.Close(), g.bag.fs.Remove(g.bag.path(g.name)))
}

func (b *bag) text(name, text string) error {
	return b.create(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

func (b *bag) folder(name string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.made[name] {
		return nil
	}
	b.made[name] = true
	return b.fs.MkdirAll(b.path(name))
}

// sum is the SHA-256 of a file that was made.
func (b *bag) sum(name string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sums[name]
}

// path is where a file of the bag lies on the disk.
func (b *bag) path(name string) string { return filepath.Join(b.dir, filepath.FromSlash(name)) }

// open reads back a file of the bag.
func (b *bag) open(name string) (disk.File, error) {
	return b.fs.Open(b.path(name))
}

// again writes a file of the bag once more.
func (b *bag) again(name string, w io.Writer) error {
	f, err := b.open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return errors.Join(err, f.Close())
}

// tally counts and hashes what goes by, and stops when the run is cancelled.
type tally struct {
	bag  *bag
	name string
	to   io.Writer
	sum  hash.Hash
	n    int64
}

func (t *tally) Write(p []byte) (int, error) {
	if err := t.bag.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.to.Write(p)
	t.sum.Write(p[:n])
	t.n += int64(n)
	if t.bag.tick != nil {
		t.bag.mu.Lock()
		t.bag.tick(int64(n), t.name)
		t.bag.mu.Unlock()
	}
	return n, err
}

func isPayload(name string) bool { return strings.HasPrefix(name, "data/") }

// list writes a manifest of the files that belong in it, by name.
func (b *bag) list(name string, belongs func(string) bool) error {
	var names []string
	for n := range b.sums {
		if belongs(n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return b.create(name, func(w io.Writer) error {
		for _, n := range names {
			if _, err := fmt.Fprintf(w, "%s  %s\n", b.sums[n], n); err != nil {
				return err
			}
		}
		return nil
	})
}

// payload writes the list of data/, which ends the payload.
func (b *bag) payload() error { return b.list(payloadList, isPayload) }

// seal writes the list of everything else, then the one line that names that
// list, then the signature of that line.
func (b *bag) seal(sign func([]byte) ([]byte, error)) error {
	if err := b.list(tagList, func(n string) bool { return !isPayload(n) }); err != nil {
		return err
	}
	line := fmt.Sprintf("%s  %s\n", b.sums[tagList], tagList)
	if err := b.text(sealFile, line); err != nil {
		return err
	}
	sig, err := sign([]byte(line))
	if err != nil {
		return err
	}
	return b.text(sealSigFile, string(sig))
}

// ErrNotEmpty means that the place for a bundle holds something already.
var ErrNotEmpty = errors.New("the folder is not empty")

// workplace checks that dir can become a bundle and gives the folder beside it in
// which the bundle is made. What an earlier, broken run left there is removed.
func workplace(fsys disk.FS, dir string, need uint64) (work string, err error) {
	entries, err := fsys.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", dir, err)
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	}
	above := filepath.Dir(dir)
	if err := fsys.MkdirAll(above); err != nil {
		return "", fmt.Errorf("%s: %w", above, err)
	}
	free, err := fsys.Free(above)
	if err != nil {
		return "", fmt.Errorf("%s: %w", above, err)
	}
	if free < need {
		return "", fmt.Errorf("%s: the bundle needs about %s and %s are free; free some space, or choose another disk", above, bytesOf(int64(need)), bytesOf(int64(free)))
	}
	work = filepath.Join(above, "."+filepath.Base(dir)+".daybook-unfinished")
	if err := fsys.RemoveAll(work); err != nil {
		return "", fmt.Errorf("%s: %w", work, err)
	}
	return work, fsys.MkdirAll(work)
}

// settle gives the finished bundle its name.
func settle(fsys disk.FS, work, dir string) error {
	if err := fsys.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err := fsys.Rename(work, dir); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return fsys.SyncDir(filepath.Dir(dir))
}
