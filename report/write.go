package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"daybook/assets/profiles"
	"daybook/evidence"
	"daybook/evidence/disk"
)

// WriteOptions says where and how a bundle is written.
type WriteOptions struct {
	FS       disk.FS                              // nil: disk.OS
	Still    Stiller                              // makes the pictures that the pages show; nil: no pictures
	Page     Pager                                // makes those of pages of which parts are painted over; nil: these are not shown
	Progress func(done, total int64, what string) // may be nil
	// Check looks at the whole bundle before it is kept in the case and gets its
	// name: after an error there is none. It may be nil.
	Check func(ctx context.Context, bundle fs.FS) error
}

// Write lays the bundle out in the folder dir, which must be missing or empty.
// It is made in a folder beside it and renamed when it is whole, so that dir
// never holds half a bundle. Memory does not grow with the case.
func (b *Bundle) Write(ctx context.Context, dir string, o WriteOptions) error {
	if b.Draft {
		return ErrDraft
	}
	fsys := o.FS
	if fsys == nil {
		fsys = disk.OS
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	work, err := workplace(fsys, dir, b.need())
	if err != nil {
		return err
	}
	once := *b // what a writing finds out about pictures is not the plan's
	once.still, once.pager = o.Still, o.Page
	once.Exhibits = slices.Clone(b.Exhibits)
	to := newBag(ctx, fsys, work, b.ticker(o.Progress))
	err = errors.Join(once.fill(to), to.finish())
	if err == nil && o.Check != nil {
		err = o.Check(ctx, os.DirFS(work))
	}
	if err == nil && once.keep != nil {
		err = once.keep(ctx, once.issue(to.sum(payloadList)))
	}
	if err == nil {
		err = settle(fsys, work, dir)
	}
	if err != nil {
		return errors.Join(err, fsys.RemoveAll(work))
	}
	b.documents = once.documents
	return nil
}

// fill writes the parts in the order in which they need each other: pictures
// before the pages that show them, the document before those that lead into it,
// the payload before the list of it, the list
// before the signature. The originals and the journal hang on none of the pages and go
// beside them.
func (b *Bundle) fill(to *bag) error {
	originals := b.originals()
	var chain tree
	err := to.beside(
		[]part{
			{"originals", func(to *bag) error { return b.writeOriginals(to, originals) }},
			{"journal", func(to *bag) (err error) { chain, err = b.writeChain(to); return err }},
		},
		[]part{
			{"pictures", b.writeStills},
			{"frames of films", b.writeFrames},
			{"exhibits", b.again},
			{"data and document", b.dataAndDocument},
			{"exhibits", b.writeExhibits},
			{"course of conduct", b.writeCourse},
			{"matrix", b.writeMatrix},
			{"continuity", b.writeContinuity},
			{"schedule", b.writeSchedule},
			{"timeline", b.writeTimeline},
		})
	if err != nil {
		return err
	}
	return to.parts([]part{
		{"files", b.writeFiles},
		{"list of files", (*bag).payload},
		{"head of the journal", func(to *bag) error { return b.writeHead(to, &chain) }},
		{"receipt", b.writeReceipt},
		{"instructions", b.writeKit},
		{"seal", func(to *bag) error { return to.seal(b.Signer.Sign) }},
	})
}

// dataAndDocument writes the data beside the document: each walks the rows for itself.
func (b *Bundle) dataAndDocument(to *bag) error {
	return to.beside(
		[]part{
			{"events", b.writeEvents},
			{"chronology", b.writeChronology},
			{"people", b.writePeople},
			{"pattern", b.writePattern},
			{"Timesketch", b.writeTimesketch},
			{"CASE", b.writeCase},
		},
		[]part{{"document", b.writePDF}})
}

// again lets the section of the exhibits be laid out from this writing: whether
// there is a picture is known only now.
func (b *Bundle) again(*bag) error {
	b.Sections = slices.Clone(b.Sections)
	for i := range b.Sections {
		if b.Sections[i].Part == profiles.PartExhibits {
			b.Sections[i].Parts = b.exhibits
		}
	}
	return nil
}

// filedOriginal is an original that has a file of its own in the bundle.
type filedOriginal struct {
	item int64
	file string
	hash evidence.Hash
}

// originals are those of the exhibits, and the files in which exhibits came.
func (b *Bundle) originals() (list []filedOriginal) {
	for _, e := range b.Exhibits {
		list = append(list, filedOriginal{e.Item, e.File, e.Hash})
	}
	for _, c := range b.Containers {
		list = append(list, filedOriginal{c.Item, c.File, c.Hash})
	}
	return slices.DeleteFunc(list, func(o filedOriginal) bool { return o.file == "" })
}

func (b *Bundle) writeOriginals(to *bag, list []filedOriginal) error {
	for _, o := range list {
		if err := b.writeOriginal(to, o); err != nil {
			return fmt.Errorf("item %d: %w", o.item, err)
		}
	}
	return nil
}

// writeOriginal writes an item's bytes.
func (b *Bundle) writeOriginal(to *bag, o filedOriginal) error {
	var lost error // names the original, so that the file of the bundle need not be named beside it
	err := to.create(o.file, func(w io.Writer) error {
		lost = b.original(to.ctx, o.hash, w)
		return lost
	})
	if err = cmp.Or(lost, err); err != nil {
		return err
	}
	if got := to.sum(o.file); got != o.hash.String() {
		return fmt.Errorf("its bytes have SHA-256 %s and the journal says %s", got, o.hash)
	}
	return nil
}

func (b *Bundle) original(ctx context.Context, h evidence.Hash, w io.Writer) error {
	r, err := b.Open(ctx, h)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, r.Close())
}

// What a row and a picture came to in trials.
const (
	rowBytes   = 4 << 10
	stillBytes = 400 << 10
)

// documentSize is about how many bytes the document has.
func (b *Bundle) documentSize() int64 {
	n := int64(b.Rows) * rowBytes
	for _, e := range b.Exhibits {
		switch e.Show {
		case ShowPicture, ShowFrames:
			n += stillBytes
		case ShowPages:
			n += e.Size
		}
	}
	return n
}

// need is about how many bytes the bundle takes: the document, the pictures once
// more, and the originals.
func (b *Bundle) need() uint64 {
	n := int64(16<<20) + b.documentSize()
	for _, e := range b.Exhibits {
		if e.File != "" {
			n += e.Size
		}
		if e.Show == ShowPicture || e.Show == ShowFrames {
			n += stillBytes
		}
	}
	for _, c := range b.Containers {
		if c.File != "" {
			n += c.Size
		}
	}
	if b.Profile.Files.Megabytes > 0 {
		n *= 2 // each file once more
	}
	return uint64(n)
}

// ticker adds up what is written and tells the caller, ten times a second at
// most.
func (b *Bundle) ticker(tell func(done, total int64, what string)) func(int64, string) {
	if tell == nil {
		return nil
	}
	total, done := int64(b.need()), int64(0)
	var last time.Time
	return func(n int64, name string) {
		done += n
		if now := time.Now(); now.Sub(last) >= time.Second/10 {
			last = now
			tell(min(done, total), total, name)
		}
	}
}
