package timeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Cut is what a person said about where an occasion begins.
type Cut struct {
	Event  ID
	Split  bool // a new occasion begins with the event; otherwise it belongs to the one before
	To     ID   // of a join, the last event of that one; zero in older records, where it is whichever is before
	Reason string
	By     string
	At     time.Time
}

const actionCut = "occasion"

type cutEntry struct {
	Split  bool   `json:"split"`
	Reason string `json:"reason"`
	To     *ID    `json:"to,omitempty"`
}

type eventSubject struct {
	Event ID `json:"event"`
}

// named tells a join that says to what it was joined.
func (c Cut) named() bool { return !c.Split && c.To != ID{} }

// SplitOccasion says that a new occasion begins with an event. What is in no occasion,
// for it has no date or is an entry of a register, is refused.
func (x *Index) SplitOccasion(ctx context.Context, event ID, reason string) error {
	if err := x.mayCut(event, reason); err != nil {
		return err
	}
	return x.cut(ctx, event, cutEntry{Split: true, Reason: reason})
}

// ErrFirst is what joining the first event of a channel gives.
var ErrFirst = errors.New("this event is the first on its channel, so there is no occasion before it to join it to")

// JoinOccasion says that an event belongs to the occasion before it on its channel,
// which it gives, however long the gap is. It refuses what SplitOccasion does, and what
// is the first of its channel. The record names the last event of that occasion, so that
// what is added later between the two takes nothing away.
func (x *Index) JoinOccasion(ctx context.Context, event ID, reason string) (before Occasion, err error) {
	if err := x.mayCut(event, reason); err != nil {
		return before, err
	}
	before, ok, err := x.OccasionBefore(ctx, event)
	switch {
	case err != nil:
		return before, err
	case !ok:
		return before, ErrFirst
	}
	return before, x.cut(ctx, event, cutEntry{Reason: reason, To: &before.Events[before.N-1]})
}

// mayCut says why an event can be neither split nor joined.
func (x *Index) mayCut(event ID, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return errors.New("occasion: say why")
	}
	row, err := x.Event(event)
	switch {
	case err != nil:
		return fmt.Errorf("occasion: %w", err)
	case row.When.Precision == Undated:
		return errors.New("occasion: an event without a date is in none; write its date down first, as nearly as it is known")
	case row.Kind.Register():
		return errors.New("occasion: an entry of a register is in none; choose an event")
	}
	return nil
}

func (x *Index) cut(ctx context.Context, event ID, said cutEntry) error {
	if _, err := x.record(ctx, draft{actionCut, eventSubject{event}, said}); err != nil {
		return fmt.Errorf("occasion: %w", err)
	}
	return nil
}

// OccasionBefore is the occasion on the channel of an event that is before it, whatever
// was said of the event itself, with what of it is before; ok is false where the event is
// the first of its channel, or is in no occasion.
func (x *Index) OccasionBefore(ctx context.Context, event ID) (before Occasion, ok bool, err error) {
	r, err := x.Find(ctx, Filter{Events: []ID{event}})
	if err != nil {
		return before, false, fmt.Errorf("occasion: %w", err)
	}
	cuts := maps.Clone(x.cutsNow())
	delete(cuts, event)
	last, all := map[group]int{}, map[int]*Occasion{}
	r.occasionRuns(0, cuts, inOrderAsListed, func(run int, g group, doc uint32) {
		s, pos := r.v.at(doc)
		if s.ids[pos] == event {
			before.Channel = g.channel
			if n, found := last[g]; found {
				before, ok = *all[n], true
			}
		}
		o := all[run]
		if o == nil {
			o = &Occasion{Channel: g.channel}
			all[run] = o
		}
		o.add(s, pos)
		last[g] = run
	})
	return before, ok, nil
}

func (x *Index) applyCut(e entry) error {
	var s eventSubject
	var d cutEntry
	if err := errors.Join(json.Unmarshal(e.Subject, &s), json.Unmarshal(e.Detail, &d)); err != nil {
		return err
	}
	cuts := maps.Clone(x.cuts) // lists that are being made keep theirs
	if cuts == nil {
		cuts = map[ID]Cut{}
	}
	c := Cut{Event: s.Event, Split: d.Split, Reason: d.Reason, By: e.Actor, At: e.Time}
	if d.To != nil {
		c.To = *d.To
	}
	cuts[s.Event] = c
	x.cuts = cuts
	return nil
}

// Cuts gives what people said about where occasions begin, in order of time.
func (x *Index) Cuts() []Cut {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.SortedFunc(maps.Values(x.cuts), func(a, b Cut) int {
		return cmp.Or(a.At.Compare(b.At), slices.Compare(a.Event[:], b.Event[:]))
	})
}

func (x *Index) cutsNow() map[ID]Cut {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.cuts
}

// Lost is why a join joins nothing now.
type Lost int

const (
	Holds     Lost = iota // it does not: it holds
	Gone                  // what it was joined to is in no occasion any more
	NotBefore             // that is not before it on its channel any more
	Parted                // another occasion was begun by hand between the two
)

// Standing is a cut as it stands among the events that there are now.
type Standing struct {
	Cut
	Before ID // the event on its channel that it is split from or joined to; zero where there is none
	Lost   Lost
}

// CutsStanding gives the cuts of events that are in an occasion, in order of time.
func (x *Index) CutsStanding(ctx context.Context) ([]Standing, error) {
	cuts := x.cutsNow()
	if len(cuts) == 0 {
		return nil, nil
	}
	r, err := x.Find(ctx, Filter{Events: slices.Collect(maps.Keys(cuts))})
	if err != nil {
		return nil, fmt.Errorf("occasions: %w", err)
	}
	own := r.x.own(r.v)
	whole := &Result{x: r.x, v: r.v, docs: r.v.order, dated: r.v.dated}
	at := whole.spots(whole.meaning(whole.conduct(), inOrderAsListed), cuts, func(s *segment, pos uint32) group { return group{channel: r.v.channel(own, s, pos)} })
	var out []Standing
	split := partings(cuts, at)
	for _, c := range x.Cuts() {
		if spot, ok := at[c.Event]; ok {
			out = append(out, c.standing(spot, at, split))
		}
	}
	return out, nil
}

// spot is where an event stands among those of its channel.
type spot struct {
	group
	doc   uint32
	place int // among all
	prior ID  // the event before it there; zero: it is the first
}

// spots are where the events stand of which somebody said where an occasion begins, and
// those to which they were joined.
func (r *Result) spots(docs moments, cuts map[ID]Cut, of func(*segment, uint32) group) map[ID]spot {
	wanted := map[ID]bool{}
	for _, c := range cuts {
		wanted[c.Event], wanted[c.To] = true, true
	}
	at, prior, i := map[ID]spot{}, map[group]ID{}, -1
	for doc := range docs {
		i++
		s, pos := r.v.at(doc)
		id, g := s.ids[pos], of(s, pos)
		if wanted[id] {
			at[id] = spot{g, doc, i, prior[g]}
		}
		prior[g] = id
	}
	return at
}

// partings are the places at which an occasion was begun by hand, by channel.
func partings(cuts map[ID]Cut, at map[ID]spot) map[group][]int {
	split := map[group][]int{}
	for _, c := range cuts {
		if s, ok := at[c.Event]; ok && c.Split {
			split[s.group] = append(split[s.group], s.place)
		}
	}
	return split
}

func (c Cut) standing(s spot, at map[ID]spot, split map[group][]int) Standing {
	if !c.named() {
		return Standing{c, s.prior, Holds}
	}
	to, here := at[c.To]
	switch {
	case !here:
		return Standing{Cut: c, Lost: Gone}
	case to.group != s.group || to.place >= s.place:
		return Standing{Cut: c, Lost: NotBefore}
	case slices.ContainsFunc(split[s.group], func(n int) bool { return n > to.place && n < s.place }):
		return Standing{Cut: c, Lost: Parted}
	}
	return Standing{c, c.To, Holds}
}

// reach gives, for each event to which others were joined by name, the place of the last
// of these: what lies between is of one occasion with both.
func (r *Result) reach(docs moments, cuts map[ID]Cut, of func(*segment, uint32) group) map[uint32]int {
	named := func(c Cut) bool { return c.named() }
	if !slices.ContainsFunc(slices.Collect(maps.Values(cuts)), named) {
		return nil
	}
	at := r.spots(docs, cuts, of)
	split, reach := partings(cuts, at), map[uint32]int{}
	for _, c := range cuts {
		spot, ok := at[c.Event]
		if !ok || !c.named() || c.standing(spot, at, split).Lost != Holds {
			continue
		}
		to := at[c.To].doc
		reach[to] = max(reach[to], spot.place)
	}
	return reach
}
