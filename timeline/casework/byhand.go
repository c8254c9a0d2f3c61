package casework

import (
	"context"
	"fmt"
	"slices"

	"daybook/timeline"
)

// ByHand is what a person said of where an occasion begins, with the day of its event.
type ByHand struct {
	timeline.Standing
	Day string
}

// The ways in which they say it: who, and why.
const (
	SayJoined    = "Joined to the occasion before it by %s: %s"
	SaySplit     = "Split from the occasion before it by %s: %s"
	SayGone      = "Joined to an event that is in no occasion now, and so to nothing, by %s: %s"
	SayNotBefore = "Joined to an event that is not before it now, and so to nothing, by %s: %s"
	SayParted    = "Joined to an event after which another occasion was begun by hand, and so to nothing, by %s: %s"
	sayByHand    = "%d joined, %d split by hand"
)

// Form is the sentence in which it is said.
func (h ByHand) Form() string {
	if h.Split {
		return SaySplit
	}
	return map[timeline.Lost]string{timeline.Holds: SayJoined, timeline.Gone: SayGone, timeline.NotBefore: SayNotBefore, timeline.Parted: SayParted}[h.Lost]
}

func (h ByHand) String() string { return fmt.Sprintf(h.Form(), h.By, h.Reason) }

// hands is what was said by hand in a case, with the occasions of some events and of
// those that it is about: what makes an occasion need not be asked for.
type hands struct {
	all        []ByHand
	of         map[timeline.ID]ByHand
	said, rule map[timeline.ID]int
	place      map[timeline.ID]int // in order
}

// byHand gives what was said by hand; nil where nothing was.
func byHand(ctx context.Context, x *timeline.Index, ids []timeline.ID) (*hands, error) {
	cuts, err := x.CutsStanding(ctx)
	if err != nil || len(cuts) == 0 {
		return nil, err
	}
	h := &hands{of: map[timeline.ID]ByHand{}, place: map[timeline.ID]int{}}
	wide := timeline.Filter{Events: slices.Clone(ids)}
	for _, c := range cuts {
		r, err := x.Event(c.Event)
		if err != nil {
			return nil, fmt.Errorf("occasions: %w", err)
		}
		h.of[c.Event] = ByHand{c, dayText(r.When, x.Zone())}
		h.all = append(h.all, h.of[c.Event])
		wide.Events = append(wide.Events, c.Event, c.Before)
	}
	found, err := x.Find(ctx, wide)
	if err != nil {
		return nil, err
	}
	for i, id := range found.IDs(0, found.Len()) {
		h.place[id] = i
	}
	said, err := x.Occasions(ctx, wide, 0)
	if err != nil {
		return nil, err
	}
	rule, err := x.OccasionsByRule(ctx, wide, 0)
	h.said, h.rule = numbered(said), numbered(rule)
	return h, err
}

// handOf is what was said of an event itself.
func (h *hands) handOf(id timeline.ID) string {
	if h == nil {
		return ""
	}
	if said, ok := h.of[id]; ok {
		return said.String()
	}
	return ""
}

// tied are some events as far as the rule or what was said by hand ties them together.
type tied struct {
	rule, said  int // how many occasions they are by the one, and by the other
	first, last int // the places of the first and the last of them
	joins       bool
	splits      bool
}

// ties are parts of events that are tied, by the number of an occasion: of the rule as it
// is, of those by hand below nought.
type ties struct {
	parent map[int]int
	of     map[int]*tied
}

func (t ties) root(n int) int {
	for t.parent[n] != n {
		t.parent[n] = t.parent[t.parent[n]]
		n = t.parent[n]
	}
	return n
}

// part is that in which an occasion is; nil where none of its events is asked for.
func (t ties) part(n int) *tied {
	if _, ok := t.parent[n]; !ok {
		return nil
	}
	return t.of[t.root(n)]
}

// tie parts some events.
func (h *hands) tie(ids []timeline.ID) ties {
	t := ties{map[int]int{}, map[int]*tied{}}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id timeline.ID) bool { return h.said[id] == 0 })
	for _, id := range ids {
		for _, n := range []int{h.rule[id], -h.said[id]} {
			if _, ok := t.parent[n]; !ok {
				t.parent[n] = n
			}
		}
		t.parent[t.root(h.rule[id])] = t.root(-h.said[id])
	}
	for _, id := range ids {
		root, at := t.root(h.rule[id]), h.place[id]
		if t.of[root] == nil {
			t.of[root] = &tied{first: at, last: at}
		}
		part := t.of[root]
		part.first, part.last = min(part.first, at), max(part.last, at)
	}
	for n := range t.parent {
		if part := t.of[t.root(n)]; n > 0 {
			part.rule++
		} else {
			part.said++
		}
	}
	return t
}

// count says how many occasions of the rule were joined and how many more were split off,
// as far as some events show it, and what of what was said by hand does it: the rule's,
// less those joined, and those split off, are always those that are counted.
func (h *hands) count(c *Counted, ids []timeline.ID) {
	if h == nil {
		return
	}
	t := h.tie(ids)
	for _, part := range t.of {
		c.Joined += part.rule - 1
		c.Split += part.said - 1
	}
	does := map[timeline.ID]bool{}
	for _, near := range []bool{true, false} { // the second time whatever is left unsaid
		for _, said := range h.all {
			for _, n := range []int{h.rule[said.Event], -h.said[said.Event]} {
				if part := t.part(n); part != nil && said.Lost == timeline.Holds && h.does(said, part, near) {
					does[said.Event] = true
				}
			}
		}
		for _, part := range t.of {
			part.joins, part.splits = part.joins || part.rule == 1, part.splits || part.said == 1
		}
	}
	asked := map[timeline.ID]bool{}
	for _, id := range ids {
		asked[id] = true
	}
	for _, said := range h.all {
		switch {
		case does[said.Event]:
			c.Hand = append(c.Hand, said)
		case said.Lost != timeline.Holds && asked[said.Event]:
			c.Lost = append(c.Lost, said)
		}
	}
}

// does tells that something said by hand makes other occasions of the events of a part
// than the rule: it lies between them, and the rule has it otherwise. Where what has no
// hour lies between too, nothing may be near, and then each that is of the part does.
func (h *hands) does(said ByHand, part *tied, near bool) bool {
	at, together := h.place[said.Event], h.rule[said.Event] == h.rule[said.Before]
	if !near {
		return !part.joins || !part.splits
	}
	switch {
	case said.Split && part.said > 1 && together && part.first < at && at <= part.last:
		part.splits = true
	case !said.Split && part.rule > 1 && !together && part.first < at && part.last > h.place[said.Before]:
		part.joins = true
	default:
		return false
	}
	return true
}
