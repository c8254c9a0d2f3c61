package importers

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"daybook/evidence"
	"daybook/evidence/disk"
)

// window is how many files may wait for their acknowledgement at once.
const window = 512

// store walks the paths and stores every file.
func (a *act) store(ctx context.Context, paths []string) ([]evidence.Item, error) {
	list := roots(paths)
	a.total = count(ctx, list)
	for _, r := range list {
		if inside(r.path, a.Case.Dir()) {
			a.fail(r.label, "is part of the case itself, so it was not added to it")
			continue
		}
		err := filepath.WalkDir(r.path, func(name string, d fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return a.storeEntry(ctx, name, r.labelOf(name), d, err)
		})
		if err != nil {
			return nil, err
		}
	}
	return a.acknowledged(ctx)
}

// count says how many files lie at the roots, for the progress alone: what
// cannot be looked at is named when it is stored.
func count(ctx context.Context, list []root) (n int64) {
	for _, r := range list {
		_ = filepath.WalkDir(r.path, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				n++
			}
			return ctx.Err()
		})
	}
	return n
}

// A root is a path that a person named, and the label under which what lies
// there comes into the case.
type root struct{ path, label string }

// roots makes the paths absolute and labels each by its last name, or by as
// many of its last names as tell it from the others: two telephones may each
// have a folder "WhatsApp". A path named twice is one.
func roots(paths []string) []root {
	var list []root
	known := map[string]bool{}
	for _, p := range paths {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if real, err := filepath.EvalSymlinks(p); err == nil {
			p = real // a link that a person names stands for what it leads to
		}
		if !known[p] {
			known[p] = true
			list = append(list, root{path: p})
		}
	}
	for depth, left := 1, len(list); left > 0; depth++ {
		count := map[string]int{}
		for _, r := range list {
			count[lastNames(r.path, depth)]++
		}
		for i := range list {
			if s := lastNames(list[i].path, depth); list[i].label == "" && (count[s] == 1 || depth > len(list[i].path)) {
				list[i].label = s
				left--
			}
		}
	}
	return list
}

// lastNames gives the last n names of a path, with slashes.
func lastNames(p string, n int) string {
	names := strings.FieldsFunc(filepath.ToSlash(p[len(filepath.VolumeName(p)):]), func(r rune) bool { return r == '/' })
	return strings.Join(names[max(0, len(names)-n):], "/")
}

func (r root) labelOf(name string) string {
	rel, err := filepath.Rel(r.path, name)
	if err != nil {
		rel = filepath.Base(name)
	}
	return path.Join(r.label, filepath.ToSlash(rel))
}

// inside tells whether a path is the folder dir or lies in it.
func inside(name, dir string) bool {
	d, err := os.Stat(dir)
	for ; err == nil; name = filepath.Dir(name) {
		if st, err := os.Stat(name); err == nil && os.SameFile(st, d) {
			return true
		}
		if name == filepath.Dir(name) {
			break
		}
	}
	return false
}

// storeEntry takes one entry of a walk. Only a broken case, or the end of ctx,
// is an error; what cannot be read is a failure of that file.
func (a *act) storeEntry(ctx context.Context, name, label string, d fs.DirEntry, problem error) error {
	switch {
	case problem != nil:
		a.fail(label, "cannot be opened: %w; check that you may read it, and add it again", plain(problem))
	case d.IsDir():
		if d.Name() == filepath.Base(a.Case.Dir()) && inside(name, a.Case.Dir()) {
			a.fail(label, "is the case itself, so it was not added to it")
			return fs.SkipDir
		}
	case d.Type()&fs.ModeSymlink != 0:
		a.fail(label, "is a link to another place, so it was not followed; add what it leads to")
	case !d.Type().IsRegular():
		a.fail(label, "is no ordinary file (a pipe, a socket or a device), so it was not read")
	default:
		return a.storeFile(ctx, name, label)
	}
	return nil
}

// plain takes the path out of a file error: the caller names the file itself.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (a *act) storeFile(ctx context.Context, name, label string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		a.fail(label, "cannot be opened: %w; check that you may read it, and add it again", plain(err))
		return nil
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	before, err := f.Stat()
	if err != nil {
		a.fail(label, "cannot be looked at: %w", plain(err))
		return nil
	}
	a.rec.Files++
	source := &disk.Source{R: f}
	err = a.put(ctx, source, evidence.Provenance{Name: path.Base(label), Path: label, Size: before.Size(), Modified: before.ModTime().UTC(), How: "file"})
	switch {
	case err != nil && source.Err != nil:
		a.fail(label, "could not be read to its end: %w; nothing of it was kept, so copy it from where it came and add it again", plain(source.Err))
		return nil
	case err != nil:
		return err
	}
	after, err := f.Stat()
	if err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		a.fail(label, "changed while it was read; it was kept as it was read, so add it again when nothing writes to it")
	}
	return nil
}

// A handed file is on its way into the case.
type handed struct {
	*evidence.Pending
	container bool // as its first bytes look
}

// put hands one file to the batch and keeps the window.
func (a *act) put(ctx context.Context, r *disk.Source, p evidence.Provenance) error {
	h, err := hand(ctx, a.batch, r, p)
	if err != nil {
		return err
	}
	a.waiting = append(a.waiting, h)
	a.tell()
	if len(a.waiting)%window == 0 {
		_, err = a.waiting[len(a.waiting)-window].Item(ctx)
	}
	return err
}

// tell says how many items the case has by now. What is counted survives the
// end of this program and of this machine.
func (a *act) tell() {
	for a.counted < int64(len(a.waiting)) && a.waiting[a.counted].Acknowledged() {
		a.counted++
		a.stored++
	}
	a.progress(a.stored, max(a.total, a.stored+int64(len(a.waiting))-a.counted), "stored")
}

// hand hands a file to a batch with the media type that its first bytes show,
// whatever its name says.
func hand(ctx context.Context, b *evidence.Batch, r io.Reader, p evidence.Provenance) (handed, error) {
	const enough = 3 << 10
	buffered := bufio.NewReaderSize(r, enough)
	head, err := buffered.Peek(enough)
	if err == nil || errors.Is(err, io.EOF) {
		p.Type = mediaType(p.Name, head)
	}
	container := looksLikeContainer(head)
	pending, err := b.Add(ctx, buffered, p)
	return handed{pending, container}, err
}

// mediaType is what the first bytes show; empty when they are too much for the
// library that looks at them. Lines with a comma each look like a table: it is one
// where its name says so too, and else a text.
func mediaType(name string, head []byte) (kind string) {
	err := contained(func() error {
		m := mimetype.Detect(head)
		for (m.Is("text/csv") || m.Is("text/tab-separated-values")) && !strings.EqualFold(path.Ext(name), m.Extension()) {
			m = m.Parent()
		}
		kind = m.String()
		return nil
	})
	if err != nil {
		return ""
	}
	return kind
}

// acknowledged waits for everything handed over so far and gives its items.
func (a *act) acknowledged(ctx context.Context) ([]evidence.Item, error) {
	if err := a.batch.Flush(ctx); err != nil {
		return nil, err
	}
	a.tell()
	waiting := a.waiting
	a.waiting, a.counted = nil, 0
	return a.settled(ctx, waiting)
}

func (a *act) settled(ctx context.Context, waiting []handed) ([]evidence.Item, error) {
	items := make([]evidence.Item, len(waiting))
	for i, h := range waiting {
		it, err := h.Item(ctx)
		if err != nil {
			return nil, err
		}
		items[i] = it
		if !h.container {
			a.plain[it.Number] = true
		}
	}
	a.plant(items)
	return items, nil
}
