package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// Unmarked is what is held and in no course of conduct: what others did (ByOthers) that
// nobody gave a behaviour and nobody wrote down as an incident. What the owner sent and
// what nobody sends stands beside it, but for own acts and entries of registers.
type Unmarked struct {
	Events   int    `json:"events"`
	First    string `json:"first,omitempty"` // of those of a certain day
	Last     string `json:"last,omitempty"`
	Own      int    `json:"own"`       // what the owner sent
	NoSender int    `json:"no_sender"` // what nobody sends, as a picture or what an app says of itself
}

// The sentences of Unmarked.
const (
	sayUnmarked       = "Events from others with no behaviour marked, which nobody wrote down as an incident: %d."
	sayUnmarkedDays   = "Events from others with no behaviour marked, which nobody wrote down as an incident: %d, from %s to %s."
	sayUnmarkedBeside = "Not among them is what the person sent themself, %d, and what nobody sent, as a picture or an app's own notice, %d."
	sayOnlyMarked     = "Only what is marked or written down is counted here."
)

// Said says it in words, each sentence as in gives it and each day as day does; empty
// where there is nothing but what the owner sent.
func (u Unmarked) Said(in, day func(string) string) string {
	if u.nothing() {
		return ""
	}
	said := fmt.Sprintf(in(sayUnmarked), u.Events)
	if u.First != "" {
		said = fmt.Sprintf(in(sayUnmarkedDays), u.Events, day(u.First), day(u.Last))
	}
	return said + u.beside(in) + " " + in(sayOnlyMarked)
}

// nothing tells that none of it may be what was done to the owner.
func (u Unmarked) nothing() bool { return u.Events+u.NoSender == 0 }

// beside says what is not among the events.
func (u Unmarked) beside(in func(string) string) string {
	if u.Own+u.NoSender == 0 {
		return ""
	}
	return " " + fmt.Sprintf(in(sayUnmarkedBeside), u.Own, u.NoSender)
}

// UnmarkedOf gives those of a filter's events, without some that are not to be told of.
func UnmarkedOf(ctx context.Context, x *timeline.Index, f timeline.Filter, without map[timeline.ID]bool) (u Unmarked, err error) {
	if f.Kinds = happenings(f.Kinds); len(f.Kinds) == 0 {
		return u, nil
	}
	f.Unmarked = true
	found, err := x.Find(ctx, f)
	if err != nil {
		return u, fmt.Errorf("events without a behaviour: %w", err)
	}
	s, err := found.Survey(ctx)
	if err != nil {
		return u, fmt.Errorf("events without a behaviour: %w", err)
	}
	hidden := map[int]bool{}
	for id := range without {
		if at, among := found.Offset(id); among {
			hidden[at] = true
		}
	}
	var theirs []int
	for i, from := range s.From {
		switch {
		case hidden[i]:
		case ByOthers(s, i):
			theirs = append(theirs, i)
		case from != 0:
			u.Own++
		default:
			u.NoSender++
		}
	}
	u.Events, found = len(theirs), found.Only(theirs)
	if u.First, err = certainDay(ctx, found, x.Zone(), 0, 1); err == nil {
		u.Last, err = certainDay(ctx, found, x.Zone(), found.Dated()-1, -1)
	}
	return u, err
}

// happenings are the kinds, of all or of some, that nobody writes down.
func happenings(of []timeline.Kind) []timeline.Kind {
	if len(of) == 0 {
		of = timeline.Kinds()
	}
	return slices.DeleteFunc(slices.Clone(of), func(k timeline.Kind) bool { return k == timeline.Incident || k.Register() })
}

// certainDay is the day of the first event of a certain one, from a place on, forwards
// or backwards.
func certainDay(ctx context.Context, found *timeline.Result, zone *time.Location, at, step int) (string, error) {
	for ; at >= 0 && at < found.Dated(); at += step {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		rows, err := found.Rows(at, 1)
		if err != nil {
			return "", fmt.Errorf("events without a behaviour: %w", err)
		}
		if day := dayText(rows[0].When, zone); day != "" {
			return day, nil
		}
	}
	return "", nil
}
