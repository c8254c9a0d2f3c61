package casework

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"daybook/timeline"
)

// Loose is what somebody took for the breach of an order, and what is in no course of
// conduct all the same: entries that name no event, and events without a behaviour that
// have the mark of a breach or are named by an entry.
type Loose struct {
	Entries int    `json:"entries"`
	Last    string `json:"last,omitempty"` // of the entries of a certain day
	Marked  int    `json:"marked"`

	Named Uncoded `json:"named_unmarked"` // events that such an entry names
}

// The sentences of Loose.
const (
	sayLoose       = "Entries of possible breaches that name no event: %d. None of them is in a course of conduct, a silence or a time limit until it is written down as an incident."
	sayLooseLast   = "Entries of possible breaches that name no event: %d, the latest of %s. None of them is in a course of conduct, a silence or a time limit until it is written down as an incident."
	sayLooseMarked = "Events marked as a possible breach, with no behaviour marked: %d. They are in the course of conduct once a behaviour is marked."
)

// Said says it in words, the sentences as in gives them and a day as day does; empty
// where there is nothing.
func (l Loose) Said(in, day func(string) string) string {
	var all []string
	switch {
	case l.Entries > 0 && l.Last != "":
		all = append(all, fmt.Sprintf(in(sayLooseLast), l.Entries, day(l.Last)))
	case l.Entries > 0:
		all = append(all, fmt.Sprintf(in(sayLoose), l.Entries))
	}
	if l.Marked > 0 {
		all = append(all, fmt.Sprintf(in(sayLooseMarked), l.Marked))
	}
	if said := l.Named.Said(in, day); said != "" {
		all = append(all, said)
	}
	return strings.Join(all, " ")
}

// IsLoose tells that an entry says of no event that it may break an order.
func IsLoose(v timeline.RegisteredVersion) bool {
	return v.Kind == timeline.Breach && len(v.Events) == 0 && v.Fields["may"] != "no"
}

// LooseOf gives it: the entries of the whole case, and the events of a filter, without
// what is not to be told of.
func LooseOf(ctx context.Context, x *timeline.Index, f timeline.Filter, without map[timeline.ID]bool) (l Loose, err error) {
	l = looseEntries(x, without)
	if l.Named, err = UncodedOf(ctx, x, f, without); err != nil {
		return l, err
	}
	if f.Kinds = happenings(f.Kinds); len(f.Kinds) == 0 {
		return l, nil
	}
	f.Unmarked, f.Marks = true, []string{"breach_of_order", bailBreach}
	found, err := x.Find(ctx, f)
	if err != nil {
		return l, fmt.Errorf("marked breaches without a behaviour: %w", err)
	}
	l.Marked = found.Len()
	named := map[timeline.ID]bool{}
	for _, id := range l.Named.Events {
		named[id] = true
	}
	maps.Copy(named, without)
	for id := range named {
		if _, among := found.Offset(id); among {
			l.Marked--
		}
	}
	return l, nil
}

// looseEntries are those of the whole case that name no event.
func looseEntries(x *timeline.Index, without map[timeline.ID]bool) (l Loose) {
	for _, r := range x.Registers(timeline.Breach) {
		if v := r.Current(); IsLoose(v) && !without[r.ID] {
			l.Entries++
			l.Last = max(l.Last, dayText(v.When, x.Zone()))
		}
	}
	return l
}

// looseThen counts the entries that name no event and may be of some days.
func looseThen(x *timeline.Index, first, last int32) (n int) {
	y, m, d := DayOf(first).Date()
	from := time.Date(y, m, d, 0, 0, 0, 0, x.Zone())
	y, m, d = DayOf(last + 1).Date()
	to := time.Date(y, m, d, 0, 0, 0, 0, x.Zone())
	for _, r := range x.Registers(timeline.Breach) {
		if v := r.Current(); IsLoose(v) {
			if may, _ := v.When.In(from, to); may {
				n++
			}
		}
	}
	return n
}
