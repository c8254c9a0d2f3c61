package importers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// The journal's actions for what a person says of a device's clock, and for
// taking it back.
const (
	actionClock   evidence.Action = "clock"
	actionUnclock evidence.Action = "clock taken back"
)

type clockSubject struct {
	Items []int64 `json:"items"`
}

type clockDetail struct {
	timeline.ClockText
	Reason string `json:"reason,omitempty"`
}

type unclockDetail struct {
	Clock  uint64 `json:"clock"`
	Reason string `json:"reason,omitempty"`
}

// ClockSaid is a statement that holds.
type ClockSaid struct {
	timeline.Clock
	Items   []int64
	Reason  string
	Instead []uint64 // the later statements that hold in its place, for some of its items or all
}

// Clocks gives what was said of clocks and not taken back, in the order in which
// it was said. Of several about one item the last holds, and each of the others
// names it.
func Clocks(ctx context.Context, c *evidence.Case) ([]ClockSaid, error) {
	var said []ClockSaid
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return nil, err
		}
		switch evidence.Action(e.Action) {
		case actionClock:
			s, err := clockOf(e)
			if err != nil {
				return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			said = append(said, s)
		case actionUnclock:
			var d unclockDetail
			if err := json.Unmarshal(e.Detail, &d); err != nil {
				return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			said = slices.DeleteFunc(said, func(s ClockSaid) bool { return s.Entry == d.Clock })
		}
	}
	holds := map[int64]uint64{}
	for i, s := range slices.Backward(said) {
		for _, n := range s.Items {
			if later, ok := holds[n]; !ok {
				holds[n] = s.Entry
			} else if !slices.Contains(said[i].Instead, later) {
				said[i].Instead = append(said[i].Instead, later)
			}
		}
	}
	return said, nil
}

func clockOf(e evidence.Entry) (ClockSaid, error) {
	var s clockSubject
	var d clockDetail
	if err := errors.Join(json.Unmarshal(e.Subject, &s), json.Unmarshal(e.Detail, &d)); err != nil {
		return ClockSaid{}, err
	}
	clock, err := d.Clock()
	clock.Entry, clock.By, clock.At = e.Seq, e.Actor, e.Time.Truncate(time.Second)
	return ClockSaid{clock, s.Items, d.Reason, nil}, err
}

// ErrSaysNothing is the error of a statement that corrects nothing.
var ErrSaysNothing = errors.New("clock: say how far it was slow or fast")

// SayClock writes down what a person says of the clock of the device that items
// come from, and reads these again with it. It gives the entry of the statement.
// Items that are the same file under other names are meant too: one file has one
// clock.
func (r Run) SayClock(ctx context.Context, says timeline.Clock, reason string, numbers ...int64) (uint64, timeline.Reconciliation, error) {
	if says.IsZero() {
		return 0, timeline.Reconciliation{}, ErrSaysNothing
	}
	if len(numbers) == 0 {
		return 0, timeline.Reconciliation{}, errors.New("clock: no item was named")
	}
	numbers, err := r.withTwins(numbers)
	if err != nil {
		return 0, timeline.Reconciliation{}, err
	}
	says.Entry, says.By, says.At = 0, "", time.Time{}
	e, err := r.Case.Record(ctx, actionClock, clockSubject{numbers}, clockDetail{says.ForJournal(), reason})
	if err != nil {
		return 0, timeline.Reconciliation{}, err
	}
	rec, err := r.SetClocks(ctx, numbers...)
	return e.Seq, rec, err
}

// withTwins gives what was read of items: under their own names, or of the same
// bytes under others.
func (r Run) withTwins(numbers []int64) (all []int64, err error) {
	for _, n := range numbers {
		it, err := r.Case.Item(n)
		if err != nil {
			return nil, err
		}
		twins, err := r.Case.ItemsByHash(it.Hash)
		if err != nil {
			return nil, err
		}
		twins = slices.DeleteFunc(twins, func(t int64) bool { _, read := r.Index.Reading(t); return !read })
		if len(twins) == 0 {
			return nil, fmt.Errorf("item %d: nothing was read from it that could be corrected", n)
		}
		for _, t := range twins {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	return all, nil
}

// TakeClockBack takes a statement back: its items are read again with what was
// said of them before, or without.
func (r Run) TakeClockBack(ctx context.Context, entry uint64, reason string) (timeline.Reconciliation, error) {
	said, err := Clocks(ctx, r.Case)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	i := slices.IndexFunc(said, func(s ClockSaid) bool { return s.Entry == entry })
	if i < 0 {
		return timeline.Reconciliation{}, fmt.Errorf("entry %d: no statement about a clock that holds", entry)
	}
	if _, err := r.Case.Record(ctx, actionUnclock, clockSubject{said[i].Items}, unclockDetail{entry, reason}); err != nil {
		return timeline.Reconciliation{}, err
	}
	return r.SetClocks(ctx, said[i].Items...)
}

// SetClocks reads items again whose reading goes by another statement than the
// one that holds, as after a run that was cut short.
func (r Run) SetClocks(ctx context.Context, numbers ...int64) (timeline.Reconciliation, error) {
	said, err := Clocks(ctx, r.Case)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	holds := map[int64]timeline.Clock{}
	for _, s := range said {
		for _, n := range s.Items {
			holds[n] = s.Clock
		}
	}
	byBatch := map[int64][]timeline.ReadingInfo{}
	for _, n := range numbers {
		info, read := r.Index.Reading(n)
		if !read {
			continue // deleted since
		}
		info.Assume = maps.Clone(info.Assume)
		if info.Assume == nil {
			info.Assume = map[string]string{}
		}
		delete(info.Assume, "clock")
		if clock := holds[n]; !clock.IsZero() {
			info.Assume["clock"] = clock.String()
		}
		byBatch[info.Batch] = append(byBatch[info.Batch], info)
	}
	var sum timeline.Reconciliation
	for _, batch := range slices.Sorted(maps.Keys(byBatch)) {
		infos := byBatch[batch]
		numbers := make([]int64, len(infos))
		for i, info := range infos {
			numbers[i] = info.Item
		}
		items, err := r.items(numbers)
		if err != nil {
			return sum, err
		}
		rec, err := r.again(ctx, batch, items, infos)
		sum.Items += rec.Items
		sum.Events += rec.Events
		sum.Failed = append(sum.Failed, rec.Failed...)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}
