package casework

import (
	"context"
	"fmt"
	"slices"

	"daybook/timeline"
)

// ByHand is what a person said of where an occasion begins, with the day of its event.
type ByHand struct {
	timeline.Cut
	Day string
}

// The ways in which they say it: who, and why.
const (
	SayJoined = "Joined to the occasion before it by %s: %s"
	SaySplit  = "Split from the occasion before it by %s: %s"
	sayByHand = "%d joined, %d split by hand"
)

// Form is the sentence in which it is said.
func (h ByHand) Form() string {
	if h.Split {
		return SaySplit
	}
	return SayJoined
}

func (h ByHand) String() string { return fmt.Sprintf(h.Form(), h.By, h.Reason) }

// byHand are, of each event that is asked for, what was said by hand of its occasion: of
// events that are not asked for too, for they make the occasion.
func byHand(ctx context.Context, x *timeline.Index, ids []timeline.ID) (map[timeline.ID][]ByHand, error) {
	cuts := x.Cuts()
	if len(cuts) == 0 {
		return nil, nil
	}
	all := slices.Clone(ids)
	said := map[timeline.ID]ByHand{}
	for _, c := range cuts {
		r, err := x.Event(c.Event)
		if err != nil {
			continue // what was deleted is in no occasion
		}
		said[c.Event] = ByHand{c, dayText(r.When, x.Zone())}
		all = append(all, c.Event)
	}
	list, err := x.Occasions(ctx, timeline.Filter{Events: all}, 0)
	if err != nil {
		return nil, err
	}
	of := map[timeline.ID][]ByHand{}
	for _, o := range list {
		var hand []ByHand
		for _, id := range o.Events {
			if h, ok := said[id]; ok {
				hand = append(hand, h)
			}
		}
		for _, id := range o.Events {
			of[id] = hand
		}
	}
	return of, nil
}

// handOf is what was said of an event itself.
func handOf(id timeline.ID, all []ByHand) string {
	for _, h := range all {
		if h.Event == id {
			return h.String()
		}
	}
	return ""
}

// addHand counts what was said by hand of the occasions of some events.
func (c *Counted) addHand(ids []timeline.ID, of map[timeline.ID][]ByHand) {
	seen := map[timeline.ID]bool{}
	for _, id := range ids {
		for _, h := range of[id] {
			if seen[h.Event] {
				continue
			}
			seen[h.Event] = true
			if c.Hand = append(c.Hand, h); h.Split {
				c.Split++
			} else {
				c.Joined++
			}
		}
	}
	slices.SortFunc(c.Hand, func(a, b ByHand) int { return a.At.Compare(b.At) })
}
