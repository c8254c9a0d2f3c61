package timeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"daybook/evidence"
)

// storeName is the key space of the case that the index lives in.
const storeName = "events"

// Open gives the timeline of a case: its columns from the store, and what
// people said from the journal. What the store has lost is no error:
// NeedsReading lists it.
func Open(ctx context.Context, c *evidence.Case) (*Index, error) {
	x, err := open(ctx, caseSpace{c.Store(storeName)}, caseLedger{c}, c.Zone())
	if err != nil {
		return nil, err
	}
	x.pictures = newPictureTexts(caseSpace{c.Store(pictureStore)})
	x.recordings = recordings{caseSpace{c.Store(recordingStore)}, caseSpace{c.Store(frameStore)}}
	return x, nil
}

// Read begins the reading of an item. The one before it must be closed.
func (w *Writer) Read(item evidence.Item, importer string, version int, assume map[string]string) *Reading {
	return w.read(item.Number, item.Hash, item.Path, importer, version, assume)
}

type caseSpace struct{ store *evidence.Store }

func (s caseSpace) get(key string) ([]byte, error) {
	v, err := s.store.Get([]byte(key))
	if errors.Is(err, evidence.ErrNotFound) {
		return nil, errLost
	}
	return v, err
}

func (s caseSpace) batch() batch { return caseBatch{s.store.Batch()} }

func (s caseSpace) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for kv, err := range s.store.Scan(nil) {
			if !yield(kv.Value, err) {
				return
			}
		}
	}
}

type caseBatch struct{ b *evidence.WriteBatch }

func (b caseBatch) put(key string, value []byte) error { return b.b.Put([]byte(key), value) }
func (b caseBatch) delete(key string) error            { return b.b.Delete([]byte(key)) }
func (b caseBatch) commit() error                      { return b.b.Commit() }

type caseLedger struct{ c *evidence.Case }

func (l caseLedger) record(ctx context.Context, drafts ...draft) ([]entry, error) {
	list := make([]evidence.Draft, len(drafts))
	for i, d := range drafts {
		list[i] = evidence.Draft{Action: evidence.Action(d.action), Subject: d.subject, Detail: d.detail}
	}
	entries, err := l.c.RecordAll(ctx, list...)
	if err != nil {
		return nil, err
	}
	out := make([]entry, len(entries))
	for i, e := range entries {
		out[i] = entryOf(e)
	}
	return out, nil
}

func (l caseLedger) entries(ctx context.Context) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for e, err := range l.c.Journal(ctx) {
			if err != nil {
				err = fmt.Errorf("journal: %w", err)
			}
			if !yield(entryOf(e), err) {
				return
			}
		}
	}
}

func (l caseLedger) actor() string { return l.c.Actor() }

func (l caseLedger) writable() bool {
	readOnly, _ := l.c.ReadOnly()
	return !readOnly
}

func entryOf(e evidence.Entry) entry {
	return entry{e.Seq, e.Time, e.Actor, e.Action, e.Subject, e.Detail, e.Hash}
}
