package timeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"maps"

	"daybook/evidence"
)

// ReadingInfo is what one importer version made of one item. Its numbers and
// its digest are in the journal; the events are an index and are made again
// from the item.
type ReadingInfo struct {
	Item     int64
	Batch    int64
	Importer string
	Version  int
	Assume   map[string]string // what a person answered

	Events, Skips         int
	Named, Found, Missing int // files that the events name
	First, Last           When
	Covers                []Coverage

	Digest evidence.Hash // over every event and skip in order
	Broken string        // why it could not be read to its end; empty when it was
	Differ evidence.Hash // the digest of an earlier reading with the same importer, version and answers, when it was another
	Again  bool          // made again after a loss: the journal holds it already
}

// Coverage is a period that a source speaks of.
type Coverage struct {
	First, Last When
	Note        string
}

// Writer writes readings of one batch. Small ones go into one segment, large
// ones into several. It is for one goroutine.
type Writer struct {
	x        *Index
	batch    int64
	store    batch
	commit   *commit
	open     *segmentWriter
	current  *Reading
	partFrom uint32
	parts    []storedPart // of the open segment
	dropped  int          // readings since the last commit that are not kept
	err      error
}

// Begin starts a writer for a batch.
func (x *Index) Begin(ctx context.Context, batch int64) *Writer {
	w := &Writer{x: x, batch: batch}
	w.reset()
	return w
}

func (w *Writer) reset() {
	w.store, w.commit, w.open = w.x.space.batch(), &commit{}, nil
	w.parts, w.dropped = nil, 0
}

// ErrTooLarge is the error of an event that is too large to be kept, such as
// one with a hundred thousand recipients. The reading goes on without it.
var ErrTooLarge = errors.New("larger than the limit")

// Reading takes what an importer reads of one item.
type Reading struct {
	w             *Writer
	r             *reading
	index         int // in its commit
	events, skips hash.Hash
	buffer        []byte
	closed        bool
}

func (w *Writer) read(item int64, h evidence.Hash, path, importer string, version int, assume map[string]string) *Reading {
	if w.current != nil && !w.current.closed {
		_ = w.fail(fmt.Errorf("item %d: its reading was not closed", w.current.r.Item)) // Commit gives it
	}
	r := &Reading{w: w, index: len(w.commit.readings), events: sha256.New(), skips: sha256.New()}
	r.r = &reading{hash: h, path: path, ReadingInfo: ReadingInfo{
		Item: item, Batch: w.batch, Importer: importer, Version: version, Assume: maps.Clone(assume),
	}}
	w.commit.readings = append(w.commit.readings, r.r)
	w.current = r
	if w.open != nil {
		w.partFrom = uint32(w.open.head.len())
	}
	return r
}

func (w *Writer) fail(err error) error {
	if w.err == nil {
		w.err = err
	}
	return w.err
}

// segment gives the open segment, a new one where the last is full.
func (w *Writer) segment() (*segmentWriter, error) {
	if w.open != nil && w.open.full() {
		if err := w.endSegment(); err != nil {
			return nil, err
		}
	}
	if w.open == nil {
		w.open = newSegmentWriter(w.x.nextSegment(), w.store, w.x.limits)
		w.partFrom = 0
	}
	return w.open, nil
}

func (w *Writer) endPart() {
	if w.open == nil || w.current == nil {
		return
	}
	if n := uint32(w.open.head.len()); n > w.partFrom {
		w.parts = append(w.parts, storedPart{w.partFrom, n, w.current.index})
		w.partFrom = n
	}
}

func (w *Writer) endSegment() error {
	w.endPart()
	if err := w.open.close(); err != nil {
		return err
	}
	e := w.open.extent()
	e.parts, w.parts = w.parts, nil
	w.commit.extents = append(w.commit.extents, e)
	w.open = nil
	return nil
}

// Event takes the next event. Its ID and the parts of its Source that the
// reading knows are filled in.
func (r *Reading) Event(e Event) error {
	if err := r.ready(); err != nil {
		return err
	}
	if err := known(&e); err != nil {
		return r.w.fail(fmt.Errorf("event at %s: %w", e.Source.Record, err))
	}
	src := r.r.source()
	src.Record = e.Source.Record
	if e.Source.Path != "" {
		src.Path = e.Source.Path
	}
	e.Source = src
	e.ID = NewID(src.Hash, src.Importer, src.Record)
	shorten(&e)
	r.buffer = appendEvent(r.buffer[:0], &e, r.r.path)
	if len(r.buffer) > maxEvent {
		return fmt.Errorf("event at %s: %w of %d bytes", e.Source.Record, ErrTooLarge, maxEvent)
	}
	s, err := r.w.segment()
	if err != nil {
		return r.w.fail(err)
	}
	if err := s.event(&e, r.buffer, nil); err != nil {
		return r.w.fail(err)
	}
	hashRecord(r.events, r.buffer)
	r.r.count(&e)
	return nil
}

func hashRecord(h hash.Hash, record []byte) {
	n := uint32(len(record))
	h.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	h.Write(record)
}

func (r *reading) count(e *Event) {
	r.Events++
	for i := range e.Files {
		r.Named++
		if e.Files[i].Missing {
			r.Missing++
		} else {
			r.Found++
		}
	}
	if _, dated := e.When.Order(); dated {
		r.First, r.Last = firstOf(r.First, e.When), lastOf(r.Last, e.When)
	}
}

// maxSkipText is how much of a skipped record's words are kept.
const maxSkipText = 4 << 10

// Skip takes a record that was seen and not turned into an event.
func (r *Reading) Skip(s Skip) error {
	if err := r.ready(); err != nil {
		return err
	}
	clip(&s.Text, maxSkipText)
	clip(&s.Reason, maxSkipText)
	clip(&s.Record, maxSkipText)
	seg, err := r.w.segment()
	if err != nil {
		return r.w.fail(err)
	}
	r.buffer = appendSkip(r.buffer[:0], &s)
	hashRecord(r.skips, r.buffer)
	r.r.Skips++
	if err := seg.skip(r.index, r.buffer); err != nil {
		return r.w.fail(err)
	}
	return nil
}

// Covers takes a period that the source says it speaks of.
func (r *Reading) Covers(first, last When, note string) error {
	if err := r.ready(); err != nil {
		return err
	}
	r.r.Covers = append(r.r.Covers, Coverage{first, last, note})
	return nil
}

func (r *Reading) ready() error {
	if r.closed {
		return r.w.fail(fmt.Errorf("item %d: its reading is closed", r.r.Item))
	}
	return r.w.err
}

// Close ends the reading. An outcome that is not nil says why the source could
// not be read to its end; what was read stays.
func (r *Reading) Close(outcome error) error {
	if err := r.ready(); err != nil {
		return err
	}
	r.closed = true
	r.w.endPart()
	if outcome != nil {
		r.r.Broken = outcome.Error()
	}
	r.r.Digest = digest(r.events, r.skips)
	return nil
}

func digest(events, skips hash.Hash) evidence.Hash {
	return sha256.Sum256(skips.Sum(events.Sum(nil)))
}

// Drop ends the reading and forgets it: nothing that it took will be in the
// index, as when the format turned out to be another, or a person cancelled.
func (r *Reading) Drop() error {
	if err := r.ready(); err != nil {
		return err
	}
	r.closed = true
	r.w.endPart()
	r.w.dropped++
	return nil
}

// Size is how many events the readings since the last commit hold, so that a
// run can commit by size.
func (w *Writer) Size() int {
	n := 0
	for _, r := range w.commit.readings {
		n += r.Events
	}
	return n
}

// Commit makes the closed readings part of the index: they are stored, then
// the journal says so, then they are seen. Afterwards the writer is empty and
// may be used again.
func (w *Writer) Commit(ctx context.Context) ([]ReadingInfo, error) {
	if w.err != nil {
		return nil, w.err
	}
	if w.current != nil && !w.current.closed {
		return nil, w.fail(fmt.Errorf("item %d: its reading was not closed", w.current.r.Item))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w.open != nil {
		if err := w.endSegment(); err != nil {
			return nil, w.fail(err)
		}
	}
	if len(w.commit.readings) == w.dropped {
		w.current = nil
		w.reset()
		return nil, nil
	}
	infos, err := w.x.commit(ctx, w.commit, w.store)
	if err != nil {
		return nil, w.fail(fmt.Errorf("save readings: %w", err))
	}
	w.current = nil
	w.reset()
	return infos, nil
}

// Discard forgets everything since the last commit.
func (w *Writer) Discard() error {
	b := w.x.space.batch()
	if w.open != nil {
		w.commit.extents = append(w.commit.extents, w.open.extent())
	}
	for _, e := range w.commit.extents {
		if err := e.remove(b); err != nil {
			return fmt.Errorf("forget readings: %w", err)
		}
	}
	w.current, w.err = nil, nil
	w.reset()
	return b.commit()
}
