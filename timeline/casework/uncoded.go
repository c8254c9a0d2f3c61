package casework

import (
	"context"
	"fmt"
	"slices"

	"daybook/timeline"
)

// Uncoded are the events that an entry of a possible breach names and nobody gave a
// behaviour: whoever wrote the entry may take them for counted, and no course of conduct
// and no time limit has them.
type Uncoded struct {
	Events []timeline.ID `json:"events"`
	Last   string        `json:"last,omitempty"` // of those of a certain day
}

// The sentences of Uncoded.
const (
	sayUncoded     = "Events that the register names as a possible breach, with no behaviour marked: %d. They are not counted here until one is marked."
	sayUncodedLast = "Events that the register names as a possible breach, with no behaviour marked: %d, the latest of %s. They are not counted here until one is marked."
)

// Said says it in words; empty where there is none.
func (u Uncoded) Said(in, day func(string) string) string {
	switch n := len(u.Events); {
	case n == 0:
		return ""
	case u.Last == "":
		return fmt.Sprintf(in(sayUncoded), n)
	default:
		return fmt.Sprintf(in(sayUncodedLast), n, day(u.Last))
	}
}

// UncodedOf gives those of a filter's events, without what is not to be told of: neither
// an entry nor an event.
func UncodedOf(ctx context.Context, x *timeline.Index, f timeline.Filter, without map[timeline.ID]bool) (u Uncoded, err error) {
	var ids []timeline.ID
	for _, r := range x.Registers(timeline.Breach) {
		if v := r.Current(); v.Fields["may"] != "no" && !without[r.ID] {
			ids = append(ids, v.Events...)
		}
	}
	ids = slices.DeleteFunc(ids, func(id timeline.ID) bool {
		return without[id] || len(f.Events) > 0 && !slices.Contains(f.Events, id)
	})
	if f.Kinds = happenings(f.Kinds); len(ids)*len(f.Kinds) == 0 {
		return u, nil
	}
	f.Events, f.Unmarked = ids, true
	found, err := x.Find(ctx, f)
	if err != nil {
		return u, fmt.Errorf("events of breaches without a behaviour: %w", err)
	}
	for r, err := range found.All(ctx) {
		if err != nil {
			return u, fmt.Errorf("events of breaches without a behaviour: %w", err)
		}
		u.Events = append(u.Events, r.ID)
		u.Last = max(u.Last, dayText(r.When, x.Zone()))
	}
	return u, nil
}

// UncodedIn are those of an entry of a possible breach.
func UncodedIn(ctx context.Context, x *timeline.Index, v timeline.RegisteredVersion) (Uncoded, error) {
	if v.Kind != timeline.Breach || v.Fields["may"] == "no" || len(v.Events) == 0 {
		return Uncoded{}, nil
	}
	return UncodedOf(ctx, x, timeline.Filter{Events: v.Events}, nil)
}
