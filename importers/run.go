package importers

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/gabriel-vasile/mimetype"

	"daybook/evidence"
	"daybook/timeline"
)

// Run is one act of adding, or of reading again. Its fields are set once; Add
// and Read may then be called, one at a time.
type Run struct {
	Case     *evidence.Case
	Index    *timeline.Index
	Set      Set
	Assume   Assume
	Limits   Limits
	Progress evidence.Progress // may be nil
	// Ask puts a question to a person; ok is false when nobody can answer now.
	// A nil Ask leaves every question in the reconciliation.
	Ask func(item evidence.Item, a *Ask) (answer string, ok bool)
}

// window is how many files may wait for their acknowledgement at once.
const window = 512

// adding is the state of one Add.
type adding struct {
	*Run
	batch   *evidence.Batch
	waiting []*evidence.Pending
	failed  []timeline.Failure
	opened  map[int64]bool // containers whose members are items: those are read, not the container
	files   int
	counted int64 // of waiting, how many are counted as stored
	stored  int64 // acknowledged items of this act
	total   int64 // files and members met so far
}

// Add stores the files, folders and containers at paths, every member as an
// item of its own, reads all of them into the timeline, and gives the
// reconciliation, which the case keeps. What cannot be stored or read is named
// in it; an error means that the act as a whole ended early, with everything
// acknowledged so far kept.
func (r Run) Add(ctx context.Context, note string, paths ...string) (timeline.Reconciliation, error) {
	batch, err := r.Case.Begin(ctx, note)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	a := &adding{Run: &r, batch: batch, opened: map[int64]bool{}}
	a.total = count(ctx, paths)
	items, err := a.store(ctx, paths)
	if err == nil {
		var members []evidence.Item
		members, err = a.unpack(ctx, items)
		items = append(items, members...)
	}
	rec := timeline.Reconciliation{Batch: batch.Number()}
	if err == nil {
		rec, err = a.read(ctx, items)
	}
	rec.Files = a.files
	rec.Failed = append(a.failed, rec.Failed...)
	if err != nil {
		return rec, errors.Join(err, batch.Flush(context.WithoutCancel(ctx)))
	}
	return rec, batch.Finish(ctx, rec)
}

// count says how many files lie at paths, for the progress alone: what cannot
// be looked at is named when it is stored.
func count(ctx context.Context, paths []string) (n int64) {
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				n++
			}
			return ctx.Err()
		})
	}
	return n
}

// store walks the paths and stores every file.
func (a *adding) store(ctx context.Context, paths []string) ([]evidence.Item, error) {
	for _, p := range paths {
		base := filepath.Dir(filepath.Clean(p))
		if abs, err := filepath.Abs(p); err == nil {
			base = filepath.Dir(abs)
			p = abs
		}
		err := filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			rel, relErr := filepath.Rel(base, name)
			if relErr != nil {
				rel = filepath.Base(name)
			}
			rel = filepath.ToSlash(rel)
			if err != nil {
				a.fail(rel, fmt.Errorf("cannot be opened: %w; check that you may read it, and add it again", plain(err)))
				return nil
			}
			if d.IsDir() {
				if within(name, a.Case.Dir()) {
					a.fail(rel, errors.New("is the case itself, so it was not added to it"))
					return fs.SkipDir
				}
				return nil
			}
			return a.storeFile(ctx, name, rel, d)
		})
		if err != nil {
			return nil, err
		}
	}
	return a.acknowledged(ctx)
}

func within(name, dir string) bool {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	a, errA := os.Stat(name)
	b, errB := os.Stat(abs)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// plain takes the path out of a file error: the caller names the file itself.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (a *adding) fail(name string, err error) {
	a.failed = append(a.failed, timeline.Failure{Path: name, Reason: err.Error()})
}

// storeFile stores one file. Only a broken case, or the end of ctx, is an
// error; a file that cannot be read is a failure of that file.
func (a *adding) storeFile(ctx context.Context, name, rel string, d fs.DirEntry) error {
	if !d.Type().IsRegular() {
		a.fail(rel, fmt.Errorf("is no ordinary file (%s), so it was not followed", d.Type()))
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		a.fail(rel, fmt.Errorf("cannot be opened: %w; check that you may read it, and add it again", plain(err)))
		return nil
	}
	defer func() { _ = f.Close() }() // read only: nothing can be lost
	st, err := f.Stat()
	if err != nil {
		a.fail(rel, fmt.Errorf("cannot be looked at: %w", plain(err)))
		return nil
	}
	a.files++
	source := &readError{r: f}
	err = a.put(ctx, source, evidence.Provenance{Name: path.Base(rel), Path: rel, Size: st.Size(), Modified: st.ModTime().UTC(), How: "file"})
	if err != nil && source.err != nil {
		a.fail(rel, fmt.Errorf("could not be read to its end: %w; nothing of it was kept, so copy it from where it came and add it again", plain(source.err)))
		return nil
	}
	return err
}

// put hands one file to the batch and keeps the window.
func (a *adding) put(ctx context.Context, r *readError, p evidence.Provenance) error {
	pending, err := addTyped(ctx, a.batch, r, p)
	if err != nil {
		return err
	}
	a.waiting = append(a.waiting, pending)
	a.tell()
	if len(a.waiting)%window == 0 {
		_, err = a.waiting[len(a.waiting)-window].Item(ctx)
	}
	return err
}

// tell says how many items the case has by now. What is counted survives the
// end of this program and of this machine.
func (a *adding) tell() {
	for a.counted < int64(len(a.waiting)) && a.waiting[a.counted].Acknowledged() {
		a.counted++
		a.stored++
	}
	a.progress(a.stored, max(a.total, a.stored+int64(len(a.waiting))-a.counted), "stored")
}

// addTyped hands a file to a batch with the media type that its first bytes
// show, whatever its name says.
func addTyped(ctx context.Context, b *evidence.Batch, r io.Reader, p evidence.Provenance) (*evidence.Pending, error) {
	const enough = 3 << 10
	buffered := bufio.NewReaderSize(r, enough)
	head, err := buffered.Peek(enough)
	if err == nil || isEOF(err) {
		p.Type = mimetype.Detect(head).String()
	}
	return b.Add(ctx, buffered, p)
}

// acknowledged waits for everything handed over so far and gives its items.
func (a *adding) acknowledged(ctx context.Context) ([]evidence.Item, error) {
	if err := a.batch.Flush(ctx); err != nil {
		return nil, err
	}
	items := make([]evidence.Item, 0, len(a.waiting))
	for _, p := range a.waiting {
		it, err := p.Item(ctx)
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	a.tell()
	a.waiting, a.counted = a.waiting[:0], 0
	return items, nil
}

// readError remembers that its reader failed, so that a bad source can be told
// from a bad case.
type readError struct {
	r   io.Reader
	err error
}

func (r *readError) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !isEOF(err) {
		r.err = err
	}
	return n, err
}

// unpack opens the containers among items, level by level, and stores their
// members.
func (a *adding) unpack(ctx context.Context, items []evidence.Item) ([]evidence.Item, error) {
	var all []evidence.Item
	level := items
	for depth := 1; len(level) > 0; depth++ {
		for _, it := range level {
			if err := a.unpackItem(ctx, it, depth); err != nil {
				return all, err
			}
		}
		next, err := a.acknowledged(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, next...)
		level = next
	}
	return all, nil
}

func (a *adding) unpackItem(ctx context.Context, it evidence.Item, depth int) (err error) {
	o, err := a.Case.Original(it.Hash)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	head, err := readHead(o, 512)
	if err != nil {
		return err
	}
	c, err := openContainer(it.Name, head, o, it.Size, a.Limits)
	if err != nil {
		a.fail(it.Path, err)
		return nil
	}
	if c == nil {
		return nil
	}
	if depth > a.Limits.Depth {
		a.fail(it.Path, fmt.Errorf("lies %d containers deep, deeper than %d; it is kept as it is and was not opened", depth, a.Limits.Depth))
		return nil
	}
	a.opened[it.Number] = true
	err = c.walk(ctx, a.member(ctx, it))
	var stop caseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &stop):
		return stop.error
	case ctx.Err() != nil:
		return ctx.Err()
	}
	a.fail(it.Path, err)
	return nil
}

// caseError is an error of the case, which ends everything, as against one of
// a container, which ends that container.
type caseError struct{ error }

// member stores one member of a container.
func (a *adding) member(ctx context.Context, it evidence.Item) visitor {
	return func(m member, r io.Reader, problem error) error {
		label := it.Path + "!" + m.path
		if problem != nil {
			a.fail(label, problem)
			return nil
		}
		source := &readError{r: r}
		err := a.put(ctx, source, evidence.Provenance{Name: path.Base(treePath(m.path)), Path: m.path, Size: m.size,
			Modified: m.modified.UTC(), Parent: it.Number, How: "member"})
		switch {
		case err == nil:
			return nil
		case source.err != nil:
			if errors.Is(source.err, errLimit) {
				return source.err
			}
			a.fail(label, fmt.Errorf("could not be unpacked: %w", source.err))
			return nil
		}
		return caseError{err}
	}
}
