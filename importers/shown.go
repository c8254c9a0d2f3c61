package importers

import (
	"context"

	"daybook/evidence"
	"daybook/timeline"
)

// A file that a conversation shows gets an event of its own only when it knows
// its time by itself. That holds for every copy of it: one that lies in another
// folder, and one that is added again later.

// show notes that an event lists a file.
func (a *act) show(f timeline.Attachment) {
	a.shown[f.Item] = true
	if a.bytes[f.Hash] == 0 {
		a.bytes[f.Hash] = f.Item
	}
}

// shows gives the item as which an event lists a file of these bytes, 0 where
// none does. Of an earlier act only what has no event of its own can be such a
// file: only then are the events of that act looked through, once.
func (a *act) shows(ctx context.Context, it evidence.Item) (int64, error) {
	switch {
	case a.shown[it.Number]:
		return it.Number, nil
	case a.bytes[it.Hash] != 0:
		return a.bytes[it.Hash], nil
	}
	same, err := a.Case.ItemsByHash(it.Hash)
	if err != nil {
		return 0, err
	}
	for _, n := range same {
		if _, read := a.Index.Reading(n); n == it.Number || read {
			continue
		}
		other, err := a.Case.Item(n)
		if err != nil {
			return 0, err
		}
		if err := a.seeBatch(ctx, other.Batch); err != nil {
			return 0, err
		}
	}
	return a.bytes[it.Hash], nil
}

// seeBatch takes note of the files that the events of an act show.
func (a *act) seeBatch(ctx context.Context, batch int64) error {
	if a.looked[batch] {
		return nil
	}
	a.looked[batch] = true
	for _, r := range a.Index.ReadingsOf(batch) {
		if r.Named == 0 {
			continue
		}
		found, err := a.Index.EventsOf(ctx, r.Item)
		if err != nil {
			return err
		}
		for row, err := range found.All(ctx) {
			if err != nil {
				return err
			}
			for _, f := range row.Files {
				if f.Item != 0 && f.Item != r.Item {
					a.show(f)
				}
			}
		}
	}
	return nil
}
