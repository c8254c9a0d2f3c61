package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"daybook/evidence/journal"

	"golang.org/x/sync/errgroup"
)

// CheckOptions says how a case is checked.
type CheckOptions struct {
	Rebuild bool // throw the working store away and make it again first
}

// A Finding is one thing that is not as it was written.
type Finding struct {
	What     string `json:"what"` // "key file", "journal", "original", "second copy", "stray", "record", "store"
	Item     int64  `json:"item,omitempty"`
	Entry    int64  `json:"entry,omitempty"` // of the journal, -1 when none is concerned
	Piece    int64  `json:"piece,omitempty"` // of a second copy
	Path     string `json:"path,omitempty"`  // from the case folder, with slashes
	Sentence string `json:"sentence"`        // for a person: what it is, and what to do
	Healed   bool   `json:"healed"`
}

// Findings is what a check found; none is a whole case.
type Findings []Finding

// Whole tells that nothing is lost: there is nothing, or all of it was healed.
func (f Findings) Whole() bool {
	for _, x := range f {
		if !x.Healed {
			return false
		}
	}
	return true
}

// checkDetail is the detail of a "check" entry.
type checkDetail struct {
	Rebuilt   bool     `json:"rebuilt,omitempty"`
	Entries   uint64   `json:"entries"`
	Originals int64    `json:"originals"`
	Bytes     int64    `json:"bytes"`
	Records   int64    `json:"records"`
	Findings  Findings `json:"findings,omitempty"`
}

// checking is one run of Check.
type checking struct {
	c    *Case
	mu   sync.Mutex
	done checkDetail
	pace pace
	lost bool // entries of the journal: what they said is known from the records, if at all
}

func (k *checking) find(f Finding) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.done.Findings = append(k.done.Findings, f)
}

// Check reads everything and compares it with what it was made from: the key
// files, the journal with its chain, heads and signature, every original and
// its second copy, every record. Damage ends no part of it: with entries missing
// it goes on with those that can be read and with what the records know. What
// has a second copy is healed. Nothing is removed: files that nobody names go to lost+found. The outcome is journaled
// if the case can be written.
func (c *Case) Check(ctx context.Context, o CheckOptions, progress Progress) (Findings, error) {
	k := &checking{c: c, pace: pace{progress: progress}}
	k.done.Rebuilt = o.Rebuild
	if o.Rebuild {
		if err := c.remake(progress); err != nil {
			return nil, fmt.Errorf("rebuild: %w", err)
		}
	}
	for _, step := range []func(context.Context) error{k.keys, k.journal, k.originals, k.strays, k.records} {
		if err := step(ctx); err != nil {
			return k.done.Findings, fmt.Errorf("check: %w", c.full(err))
		}
	}
	if ok, _ := c.writable(); !ok {
		return k.done.Findings, nil
	}
	_, err := c.record(ctx, Draft{ActionCheck, nil, k.done})
	return k.done.Findings, err
}

// remake throws the whole working store away and makes it again.
func (c *Case) remake(progress Progress) error {
	c.copier.Load().abort()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.rebuild(progress); err != nil {
		return err
	}
	if err := c.copies.renew(); err != nil {
		return err
	}
	if err := c.fs.RemoveAll(c.picturesPath()); err != nil {
		return err
	}
	c.copier.Store(startCopier(c))
	return nil
}

func (k *checking) keys(context.Context) error {
	ring := k.c.ring
	ring.Check()
	damage := ring.Damage()
	if damage == "" {
		return nil
	}
	f := Finding{What: "key file", Entry: -1, Path: "case.json", Sentence: "A copy of the key file could not be used: " + damage + "."}
	if ok, _ := k.c.writable(); ok {
		if err := ring.Heal(); err != nil {
			return err
		}
		f.Healed = true
		f.Sentence += " It was made again from the other."
	}
	k.find(f)
	return nil
}

// journal reports what the journal finds in itself, and whether its signature
// holds. It is healed when the case is opened the next time.
func (k *checking) journal(ctx context.Context) error {
	k.c.mu.Lock()
	defer k.c.mu.Unlock()
	k.pace.tell(0, 1, "checking the journal")
	list, err := k.c.log.Verify(ctx)
	if err != nil {
		return err
	}
	for _, j := range list {
		f := Finding{What: "journal", Entry: j.First, Path: j.File, Sentence: "The journal: " + j.String() + "."}
		switch {
		case j.Kind == journal.Missing:
			k.lost = true
			f.Sentence += " Do not write to this folder; make a copy of it and put the folder journal back from a backup."
		case !k.lost:
			f.Sentence += " Nothing is lost; closing the case and opening it again puts it right."
		}
		k.find(f)
	}
	if k.lost {
		k.c.stopWriting("entries of the journal that were acknowledged are missing")
	}
	k.done.Entries = k.c.log.Head().Count
	return k.signature()
}

func (k *checking) signature() error {
	note, err := k.c.Checkpoint()
	if errors.Is(err, journal.ErrMissing) {
		return nil // the entries that are missing were found above
	}
	if err != nil {
		return err
	}
	if _, err := journal.OpenCheckpoint(note, k.c.SignerPublic()); err != nil {
		k.find(Finding{What: "journal", Entry: -1, Sentence: "The journal's signature does not hold: " + err.Error() + "."})
	}
	return nil
}

// originals verifies every sealed file and its second copy.
func (k *checking) originals(ctx context.Context) error {
	files, err := k.files(ctx)
	if err != nil {
		return err
	}
	if err := k.c.copier.Load().settle(ctx, nil); err != nil {
		if ctx.Err() != nil {
			return err
		}
		k.find(Finding{What: "second copy", Entry: -1, Sentence: "Second copies are not being made: " + err.Error() + "."})
	}
	var bytes int64
	for _, s := range files {
		bytes += s.Sealed
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range files {
		if s.Gone || s.replaced {
			continue
		}
		g.Go(func() error {
			if err := k.original(ctx, s); err != nil {
				return fmt.Errorf("item %d: %w", s.Items[0], err)
			}
			k.mu.Lock()
			defer k.mu.Unlock()
			k.done.Originals++
			k.done.Bytes += s.Sealed
			k.pace.tell(k.done.Bytes, bytes, "checking originals")
			return nil
		})
	}
	return g.Wait()
}

// files are the sealed files that the journal names. Those of entries that
// cannot be read are named by the records, where these have followed the journal
// before it was damaged.
func (k *checking) files(ctx context.Context) ([]sealedFile, error) {
	files, _, err := k.c.readableFiles(ctx)
	if err != nil || !k.lost {
		return files, err
	}
	known := map[string]bool{}
	for _, s := range files {
		known[s.File] = true
	}
	for n := range k.c.Len() {
		it, err := k.c.Item(n + 1)
		if err != nil || it.Deleted {
			continue // one of those that are lost, which is said, or gone for good
		}
		at, err := k.c.records.original(it.Hash)
		if err == nil && !at.Gone && len(at.Items) > 0 && !known[at.File] {
			known[at.File] = true
			files = append(files, sealedFile{placed: at, hash: it.Hash})
		}
	}
	return files, ctx.Err()
}

func (k *checking) original(ctx context.Context, s sealedFile) error {
	c := k.c
	damage := c.originals.verifyFile(ctx, s.placed, s.hash)
	if err := ctx.Err(); err != nil {
		return err
	}
	if damage == nil {
		return k.secondCopy(s)
	}
	f := Finding{
		What: "original", Item: s.Items[0], Entry: -1, Path: "originals/" + s.File[:2] + "/" + s.File,
		Sentence: fmt.Sprintf("The file of item %d is damaged (%v)", s.Items[0], damage),
	}
	if errors.Is(damage, fs.ErrNotExist) {
		f.Sentence = fmt.Sprintf("The file of item %d is missing", s.Items[0])
	}
	switch err := k.heal(ctx, s, damage); {
	case err == nil:
		f.Healed = true
		f.Sentence += "; it was made again from its second copy, byte for byte."
	case errors.Is(err, ErrReadOnly):
		if c.originals.verify(ctx, c.copies.reader(s.placed), s.placed, s.hash) != nil {
			f.Sentence = unhealed(f)
		} else {
			f.Sentence += "; its second copy is used instead, and it is made again when the case can be written."
		}
	case errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged):
		f.Sentence = unhealed(f)
	default:
		return err
	}
	k.find(f)
	return nil
}

func unhealed(f Finding) string {
	return f.Sentence + " and there is no whole second copy; put " + f.Path + " back from a backup, or add the file again from where it came."
}

func (k *checking) heal(ctx context.Context, s sealedFile, cause error) error {
	if ok, why := k.c.writable(); !ok {
		return fmt.Errorf("%w: %s", ErrReadOnly, why)
	}
	return k.c.heal(ctx, s.hash, s.placed, cause)
}

// secondCopy compares the second copy of an original with its file, which is
// whole, and makes it again when it differs.
func (k *checking) secondCopy(s sealedFile) error {
	if s.Sealed > CopyLimit || k.c.copies.engine.light != nil {
		return nil
	}
	f, err := k.c.fs.Open(k.c.originals.path(s.File))
	if err != nil {
		return err
	}
	piece, damage, err := k.differs(s, f)
	if err = errors.Join(err, f.Close()); err != nil || damage == nil {
		return err
	}
	if err := k.c.copyOriginal(s.placed, s.hash); err != nil {
		return err
	}
	k.find(Finding{
		What: "second copy", Item: s.Items[0], Entry: -1, Piece: piece, Healed: true,
		Sentence: fmt.Sprintf("The second copy of item %d was not whole (%v); it was made again from the file.", s.Items[0], damage),
	})
	return nil
}

// differs gives the first piece that is not as in the file, and how.
func (k *checking) differs(s sealedFile, file io.ReaderAt) (piece int64, damage, err error) {
	want := make([]byte, min(pieceLen, s.Sealed))
	for n := range pieceCount(s.Sealed) {
		off, size := pieceSpan(s.Sealed, n)
		if _, err := readFullAt(file, want[:size], off); err != nil {
			return 0, nil, err
		}
		got, err := k.c.copies.piece(s.placed, n)
		switch {
		case errors.Is(err, ErrFull):
			return 0, nil, err
		case err != nil:
			return n, err, nil
		case !bytes.Equal(got, want[:size]):
			return n, errors.New("other bytes"), nil
		}
	}
	return 0, nil, nil
}

// strays moves files that nobody names to lost+found. Nothing is added
// meanwhile, but a file may be on its way: those are left alone.
func (k *checking) strays(ctx context.Context) error {
	if ok, _ := k.c.writable(); !ok {
		return nil
	}
	k.c.mu.Lock()
	defer k.c.mu.Unlock()
	known, gone, err := k.c.knownFiles(ctx)
	if err != nil {
		return err
	}
	return k.c.originals.strays(known, func(path string) error {
		name := filepath.Base(path)
		if strings.HasSuffix(name, tempSuffix) {
			return nil
		}
		f := Finding{What: "stray", Entry: -1, Path: "originals/" + name, Healed: true}
		if gone[name] {
			f.Sentence = "A deleted original had not been destroyed yet; it is now."
			k.find(f)
			return k.c.erase(name)
		}
		to, err := k.c.setAside(path)
		f.Sentence = "A file among the originals belongs to no item; it was moved to lost+found/" + to + "."
		k.find(f)
		return err
	})
}
