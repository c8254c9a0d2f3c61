package evidence

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"daybook/evidence/journal"
)

// Entry is one line of the journal.
type Entry = journal.Entry

// An Action says what an entry is about.
type Action string

// The actions of this package. Packages above have their own words beside
// them; these are refused from outside, for the records are made from them.
const (
	ActionCreate  Action = "create"
	ActionBatch   Action = "batch"
	ActionAdd     Action = "add"
	ActionFinish  Action = "finish"
	ActionDelete  Action = "delete"
	ActionHeal    Action = "heal"
	ActionCheck   Action = "check"
	ActionRecover Action = "recover"
	ActionBackup  Action = "backup"
	ActionKeys    Action = "keys"
	ActionDevice  Action = "device"
)

// A Draft is an entry to be journaled. Subject says what it is about, Detail
// what is said; both are kept as JSON.
type Draft struct {
	Action  Action
	Subject any
	Detail  any
}

// recordRoom is what an entry and its records may need on the disk; the reserve
// may be used for it.
const recordRoom = writeMargin + 24<<20

// Record journals that something was done or said. When it returns, the entry
// is synced: it may be called saved.
func (c *Case) Record(ctx context.Context, action Action, subject, detail any) (Entry, error) {
	entries, err := c.RecordAll(ctx, Draft{action, subject, detail})
	if err != nil {
		return Entry{}, err
	}
	return entries[0], nil
}

// RecordAll journals several entries with one sync: all are saved, or none is
// acknowledged.
func (c *Case) RecordAll(ctx context.Context, drafts ...Draft) ([]Entry, error) {
	for _, d := range drafts {
		if ownAction(d.Action) {
			return nil, fmt.Errorf("journal: the action %q is the case's own", d.Action)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.append(ctx, drafts...)
}

func ownAction(a Action) bool {
	switch a {
	case ActionCreate, ActionBatch, ActionAdd, ActionFinish, ActionDelete, ActionHeal, ActionRecover, ActionKeys, ActionDevice:
		return true
	}
	return false
}

// record journals what the case itself did.
func (c *Case) record(ctx context.Context, drafts ...Draft) ([]Entry, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.append(ctx, drafts...)
}

// append writes entries to the journal and works them into the records. The
// caller holds c.mu. An error of the records is not one of the entries: those
// are acknowledged, and the records are made again from them.
func (c *Case) append(ctx context.Context, drafts ...Draft) ([]Entry, error) {
	if ok, why := c.writable(); !ok {
		return nil, fmt.Errorf("%w: %s", ErrReadOnly, why)
	}
	if err := c.room.need(recordRoom, "journal"); err != nil {
		return nil, err
	}
	out := make([]journal.Draft, len(drafts))
	for i, d := range drafts {
		out[i] = journal.Draft{Actor: c.actor, Action: string(d.Action), Subject: d.Subject, Detail: d.Detail}
	}
	entries, err := c.log.Append(ctx, out...)
	if err != nil {
		if errors.Is(err, journal.ErrBroken) || c.log.Broken() {
			c.stopWriting("an entry could not be written to the journal; close the case and open it again")
		}
		return nil, fmt.Errorf("journal: %w", c.full(err))
	}
	if err := c.index(entries); err != nil {
		c.stopWriting("the working store failed (" + err.Error() + "); close the case and open it again: everything acknowledged is kept")
	}
	return entries, nil
}

// index works entries into the records.
func (c *Case) index(entries []Entry) error {
	t := c.records.begin()
	for _, e := range entries {
		if err := t.apply(e); err != nil {
			return err
		}
	}
	if err := t.commit(); err != nil {
		return err
	}
	c.items.Store(t.mark.Items)
	return nil
}

// Journal yields the entries in order.
func (c *Case) Journal(ctx context.Context) iter.Seq2[Entry, error] { return c.log.All(ctx) }

// Batches yields the acts of adding in order.
func (c *Case) Batches(ctx context.Context) iter.Seq2[BatchInfo, error] {
	return func(yield func(BatchInfo, error) bool) {
		c.mu.Lock()
		last := c.records.mark.Batches
		c.mu.Unlock()
		for n := int64(1); n <= last; n++ {
			if err := ctx.Err(); err != nil {
				yield(BatchInfo{}, err)
				return
			}
			if !yield(c.records.batch(n)) {
				return
			}
		}
	}
}

func (c *Case) beginBatch(ctx context.Context, note string) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.records.mark.Batches + 1
	if _, err := c.append(ctx, Draft{ActionBatch, batchSubject{n}, batchDetail{note}}); err != nil {
		return 0, fmt.Errorf("batch: %w", err)
	}
	return n, nil
}
