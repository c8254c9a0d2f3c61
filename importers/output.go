package importers

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/timeline"
)

// maxSkipText bounds the words of a skip; the whole record is in the original.
const maxSkipText = 4 << 10

// heldEvents is how many events may wait for their attachments to be
// acknowledged.
const heldEvents = 512

// output takes what one importer reads of one item.
type output struct {
	ctx     context.Context // of the one Import that this output serves
	a       *act
	item    evidence.Item
	info    Info
	tree    *tree
	assume  map[string]string
	clock   timeline.Clock
	reading *timeline.Reading
	fatal   error // of the case, not of the item
	touched bool  // something was handed on
	events  int
	found   int  // files that events name and that are there
	missing bool // some are not
	weak    bool // every event so far rests on a weak time

	held     []held // in order; the first waits for an attachment, or for the end
	attached []*evidence.Pending

	before map[kid][]int64 // when reading again: what was attached then, not yet matched
}

// held is an event, a skip or a statement of the source's extent that waits.
type held struct {
	event  *timeline.Event
	skip   *timeline.Skip
	covers *timeline.Coverage
}

// Event fills in what only the run knows and hands the event on; its ID is made
// where it is stored.
func (o *output) Event(e timeline.Event) error {
	e.Source.Item, e.Source.Hash, e.Source.Path = o.item.Number, o.item.Hash, o.item.Path
	e.Source.Importer, e.Source.Version = o.info.Name, o.info.Version
	o.weak = weak(e) && (o.weak || o.events == 0)
	o.clock.Correct(&e)
	if ahead(e, o.item.Added) {
		e.Flags = append(slices.Clip(e.Flags), timeline.StillToCome)
	}
	o.events++
	e.Files = slices.Clone(e.Files)
	return o.queue(held{event: &e})
}

// ahead tells whether something that an app recorded as having happened is dated
// more than a day after it was added: wall clocks of all zones are within one. A
// document, such as a calendar's appointment, may be about what is to come.
func ahead(e timeline.Event, added time.Time) bool {
	at, ok := e.When.Order()
	return ok && e.Kind != timeline.Document && at.After(added.Add(24*time.Hour))
}

// queue keeps the order: what comes behind a waiting event waits too. A format
// that holds a single thing is kept back to its end, when importOnce decides
// whether it says more than the message that shows the file.
func (o *output) queue(h held) error {
	if o.fatal != nil {
		return o.fatal
	}
	if err := o.ctx.Err(); err != nil {
		return err
	}
	o.touched = true
	if len(o.held) == 0 && !o.info.Single && !waits(h) {
		return o.hand(h)
	}
	o.held = append(o.held, h)
	if len(o.held) < heldEvents {
		return nil
	}
	return o.release()
}

// waits tells whether an event lists a file whose item is not acknowledged yet:
// Attach gives those numbers below zero.
func waits(h held) bool {
	return h.event != nil && slices.ContainsFunc(h.event.Files, func(f timeline.Attachment) bool { return f.Item < 0 })
}

// release waits for the attachments of everything held and hands it on.
func (o *output) release() error {
	for _, h := range o.held {
		if err := o.hand(h); err != nil {
			return err
		}
	}
	o.held = o.held[:0]
	return nil
}

func (o *output) hand(h held) error {
	o.open()
	o.a.unsaid++
	switch {
	case h.skip != nil:
		return o.stop(o.reading.Skip(*h.skip))
	case h.covers != nil:
		return o.stop(o.reading.Covers(h.covers.First, h.covers.Last, h.covers.Note))
	}
	for i := range h.event.Files {
		f := &h.event.Files[i]
		if err := o.resolve(f); err != nil {
			return err
		}
		if f.Missing {
			o.missing = true
			continue
		}
		o.found++
		if f.Item != o.item.Number {
			o.a.show(*f)
		}
	}
	err := o.reading.Event(*h.event)
	if errors.Is(err, timeline.ErrTooLarge) {
		err = o.reading.Skip(o.skip(h.event.Source.Record, h.event.Text, err))
	}
	return o.stop(err)
}

func (o *output) open() {
	if o.reading == nil {
		o.reading = o.a.writer.Read(o.item, o.info.Name, o.info.Version, o.assume)
	}
}

// weak tells whether an event's time says little: no time, a file time, or one
// that only the file's name gives.
func weak(e timeline.Event) bool {
	if e.When.Precision == timeline.Undated {
		return true
	}
	for _, f := range e.Flags {
		if f == timeline.WeakTime {
			return true
		}
	}
	for _, c := range e.Claims {
		if c.Chosen && c.Label == "file name" {
			return true
		}
	}
	return false
}

// resolve finds the item that holds an attachment.
func (o *output) resolve(a *timeline.Attachment) error {
	if a.Item < 0 {
		it, err := o.attached[-a.Item-1].Item(o.ctx)
		if err != nil {
			return o.stop(err)
		}
		a.Item = it.Number
		return nil
	}
	if a.Item != 0 || a.Missing {
		return nil
	}
	it, ok := o.tree.find(path.Clean(a.Path))
	if a.Path == "" || !ok {
		a.Missing = true
		return nil
	}
	a.Item, a.Hash = it.Number, it.Hash
	if a.Type == "" {
		a.Type = it.Type
	}
	return nil
}

// stop remembers an error of the case, so that it is not taken for one of the
// item.
func (o *output) stop(err error) error {
	if err != nil && o.fatal == nil {
		o.fatal = err
	}
	return err
}

// Skip hands on a record that was not turned into an event.
func (o *output) Skip(record, text string, reason error) error {
	s := o.skip(record, text, reason)
	return o.queue(held{skip: &s})
}

func (o *output) skip(record, text string, reason error) timeline.Skip {
	if len(text) > maxSkipText {
		text = strings.ToValidUTF8(text[:maxSkipText], "") + "…"
	}
	return timeline.Skip{Item: o.item.Number, Path: o.item.Path, Record: record, Text: text, Reason: fmt.Sprint(reason), Importer: o.info.Name}
}

// Covers hands on what the source says of its own extent.
func (o *output) Covers(first, last timeline.When, note string) error {
	return o.queue(held{covers: &timeline.Coverage{First: first, Last: last, Note: note}})
}

// Attach stores a file found inside the source. When a source is read again it
// is there already, and is found by its bytes.
func (o *output) Attach(record, name, mediaType string, r io.Reader) (timeline.Attachment, error) {
	o.touched = true
	if err := o.ctx.Err(); err != nil {
		return timeline.Attachment{}, err
	}
	if o.a.batch == nil {
		return o.attachedBefore(name, mediaType, r)
	}
	source := &disk.Source{R: r}
	t, wall := modified(r)
	h, err := hand(o.ctx, o.a.batch, source, evidence.Provenance{Name: path.Base(treePath(name)), Path: name,
		Size: -1, Modified: t, Wall: wall, Parent: o.item.Number, How: "attachment", Note: record})
	if err != nil {
		if source.Err != nil {
			return timeline.Attachment{Name: name, Type: mediaType, Missing: true, Note: source.Err.Error()}, nil
		}
		return timeline.Attachment{}, o.stop(err)
	}
	o.attached = append(o.attached, h.Pending)
	o.a.later = append(o.a.later, h)
	return timeline.Attachment{Name: name, Type: mediaType, Item: -int64(len(o.attached)), Hash: h.Hash()}, nil
}

// modified is the file time that the reader of an attachment knows, if any.
func modified(r io.Reader) (t time.Time, wall bool) {
	if f, ok := r.(Dated); ok {
		return f.Modified()
	}
	return time.Time{}, false
}

// kid is how an attachment is known again.
type kid struct {
	path string
	hash evidence.Hash
}

func (o *output) attachedBefore(name, mediaType string, r io.Reader) (timeline.Attachment, error) {
	if o.before == nil {
		if err := o.listBefore(); err != nil {
			return timeline.Attachment{}, o.stop(err)
		}
	}
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return timeline.Attachment{Name: name, Type: mediaType, Missing: true, Note: err.Error()}, nil
	}
	k := kid{name, evidence.Hash(h.Sum(nil))}
	same := o.before[k]
	if len(same) == 0 {
		return timeline.Attachment{Name: name, Type: mediaType, Missing: true, Note: "was not kept when this was first read"}, nil
	}
	o.before[k] = same[1:]
	return timeline.Attachment{Name: name, Type: mediaType, Item: same[0], Hash: k.hash}, nil
}

// listBefore lists what was attached by the act that made the reading; an act
// that was cut short may have attached the same before.
func (o *output) listBefore() error {
	o.before = map[kid][]int64{}
	kids, err := o.a.Case.Children(o.item.Number)
	if err != nil {
		return err
	}
	for _, n := range kids {
		it, err := o.a.Case.Item(n)
		if err != nil {
			return err
		}
		if it.Batch == o.a.from {
			k := kid{it.Path, it.Hash}
			o.before[k] = append(o.before[k], n)
		}
	}
	return nil
}

// finish hands on what was held back and closes the reading with its outcome.
func (o *output) finish(outcome error) error {
	if err := o.release(); err != nil {
		return err
	}
	o.open()
	return o.stop(o.reading.Close(outcome))
}

// drop forgets what was read.
func (o *output) drop() error {
	if o.reading == nil {
		return nil
	}
	return o.reading.Drop()
}
