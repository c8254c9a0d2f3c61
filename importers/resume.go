package importers

import (
	"context"
	"encoding/json"
	"fmt"

	"daybook/evidence"
	"daybook/timeline"
)

// Unread gives the items that an act of adding stored and, because it was cut
// short, did not get to read, or to open to its end. It is asked while no act
// is under way: after a case was opened, or after an act that failed.
func Unread(ctx context.Context, c *evidence.Case, x *timeline.Index) ([]evidence.Item, error) {
	short, err := CutShort(ctx, c)
	if err != nil {
		return nil, err
	}
	var unread []evidence.Item
	waits := map[int64]bool{} // items that will be read
	for _, b := range short {
		for n := max(b.First, 1); n <= b.Last; n++ {
			it, err := c.Item(n)
			if err != nil {
				return nil, fmt.Errorf("batch %d: %w", b.Number, err)
			}
			if _, read := x.Reading(n); it.Batch != b.Number || it.Deleted || read {
				continue
			}
			if it.How == "attachment" && waits[it.Parent] {
				continue // it is attached anew when its source is read
			}
			waits[n] = true
			unread = append(unread, it)
		}
	}
	return unread, nil
}

// CutShort gives the acts of adding that were not finished and that no later one
// went on with: one may have read all that it stored, and is unfinished all the
// same. Like Unread it is asked while no act is under way.
func CutShort(ctx context.Context, c *evidence.Case) ([]evidence.BatchInfo, error) {
	var short []evidence.BatchInfo
	resumed := map[int64]bool{}
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		if b.Finished.IsZero() {
			short = append(short, b)
			continue
		}
		var rec struct {
			Resumes []int64 `json:"resumes"`
		}
		if len(b.Reconciliation) > 0 {
			if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
				return nil, fmt.Errorf("batch %d: its reconciliation: %w", b.Number, err)
			}
		}
		for _, n := range rec.Resumes {
			resumed[n] = true
		}
	}
	left := short[:0]
	for _, b := range short {
		if !resumed[b.Number] {
			left = append(left, b)
		}
	}
	return left, nil
}

// Resume goes on with acts of adding that were cut short: it opens and reads
// what they stored. Files that they had not come to are not in the case; they
// must be added again. Its reconciliation states what the acts that were cut
// short had read as well, and finishes them. Where none was it does nothing.
func (r Run) Resume(ctx context.Context) (timeline.Reconciliation, error) {
	short, err := CutShort(ctx, r.Case)
	if err != nil || len(short) == 0 {
		return timeline.Reconciliation{}, err
	}
	items, err := Unread(ctx, r.Case, r.Index)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	return r.act(ctx, "", func(a *act) ([]evidence.Item, error) {
		var err error
		if a.given, err = answersOf(ctx, r.Case); err != nil {
			return nil, err
		}
		if err := a.goOn(ctx); err != nil {
			return nil, err
		}
		return items, a.plantBeside(ctx, items)
	})
}

// goOn takes over what acts that were cut short have done: what they stored and
// read is stated by the act that goes on with them, and the files that their
// events show are seen.
func (a *act) goOn(ctx context.Context) error {
	short, err := CutShort(ctx, a.Case)
	if err != nil {
		return err
	}
	for _, b := range short {
		if b.Number == a.rec.Batch {
			continue
		}
		a.rec.Resumes = append(a.rec.Resumes, b.Number)
		if err := a.takeOver(b); err != nil {
			return err
		}
		if err := a.seeBatch(ctx, b.Number); err != nil {
			return err
		}
	}
	return nil
}

// takeOver counts what an act stored, and what it read of it.
func (a *act) takeOver(b evidence.BatchInfo) error {
	for n := max(b.First, 1); n <= b.Last; n++ {
		it, err := a.Case.Item(n)
		if err != nil {
			return fmt.Errorf("batch %d: %w", b.Number, err)
		}
		if it.Batch != b.Number || it.Deleted {
			continue
		}
		a.paths[n] = it.Path
		if it.How == "file" {
			a.rec.Files++
		}
		if _, read := a.Index.Reading(n); read {
			a.rec.Items++
		}
	}
	return nil
}
