package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// Unmarked is what is held and in no course of conduct: events that nobody gave a
// behaviour and nobody wrote down as an incident, but for own acts and entries of
// registers.
type Unmarked struct {
	Events int    `json:"events"`
	First  string `json:"first,omitempty"` // of those of a certain day
	Last   string `json:"last,omitempty"`
}

// The sentences of Unmarked.
const (
	sayUnmarked     = "Events with no behaviour marked, which nobody wrote down as an incident: %d. Only what is marked or written down is counted here."
	sayUnmarkedDays = "Events with no behaviour marked, which nobody wrote down as an incident: %d, from %s to %s. Only what is marked or written down is counted here."
)

// Said says it in words, the sentence as in gives it and each day as day does; empty
// where there are none.
func (u Unmarked) Said(in, day func(string) string) string {
	switch {
	case u.Events == 0:
		return ""
	case u.First == "":
		return fmt.Sprintf(in(sayUnmarked), u.Events)
	}
	return fmt.Sprintf(in(sayUnmarkedDays), u.Events, day(u.First), day(u.Last))
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
	u.Events = found.Len()
	for id := range without {
		if _, among := found.Offset(id); among {
			u.Events--
		}
	}
	if u.First, err = certainDay(ctx, found, without, x.Zone(), 0, 1); err == nil {
		u.Last, err = certainDay(ctx, found, without, x.Zone(), found.Dated()-1, -1)
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
func certainDay(ctx context.Context, found *timeline.Result, without map[timeline.ID]bool, zone *time.Location, at, step int) (string, error) {
	for ; at >= 0 && at < found.Dated(); at += step {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		rows, err := found.Rows(at, 1)
		if err != nil {
			return "", fmt.Errorf("events without a behaviour: %w", err)
		}
		if day := dayText(rows[0].When, zone); day != "" && !without[rows[0].ID] {
			return day, nil
		}
	}
	return "", nil
}
