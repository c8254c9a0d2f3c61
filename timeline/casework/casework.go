// Package casework sets what a case holds against what the law asks: the course
// of conduct by behaviour, date and effect, its pattern in raw counts, and the
// elements of an offence with what may show each. It counts and lists; it draws no conclusion, and says of
// nothing that it is made out. It knows the timeline and the law's data, and
// nothing of pages or screens.
package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// thing is an event with what it may show, by the names that law.Shows lists,
// and why.
type thing struct {
	timeline.Row
	shows map[string]string
	hides []string // what a detail that is withheld may show
	by    Doer     // where it was told apart (tellApart)
	named Doer     // of an entry of a breach: who did what it names
}

// isConduct tells what was done to somebody, not what was said or done about it.
func (t thing) isConduct() bool { return t.shows["conduct"] != "" }

// isAct tells that what may show an element is something that was done to somebody.
func isAct(shownBy string) bool {
	return shownBy == "conduct" || strings.HasPrefix(shownBy, "behaviour")
}

// things are the events of a filter that may show something: what a person wrote
// down, and what has a mark. They come in order of time.
func things(ctx context.Context, x *timeline.Index, f timeline.Filter) ([]thing, error) {
	ids := x.Marked()
	for _, w := range x.Incidents() {
		ids = append(ids, w.ID)
	}
	for _, r := range x.Registers() {
		ids = append(ids, r.ID)
	}
	if len(f.Events) > 0 {
		chosen := make(map[timeline.ID]bool, len(f.Events))
		for _, id := range f.Events {
			chosen[id] = true
		}
		ids = slices.DeleteFunc(ids, func(id timeline.ID) bool { return !chosen[id] })
	}
	if len(ids) == 0 {
		return nil, nil
	}
	f.Events = ids
	found, err := x.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	var list []thing
	breaches := breachesOf(x)
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, fmt.Errorf("casework: %w", err)
		}
		t := thing{Row: r, shows: shows(r)}
		if e, err := x.Registered(r.ID); r.Kind == timeline.Breach && err == nil && t.shows["breach"] != "" {
			t.shows["breach"] += breaches.beside(e)
			t.named = doerNamed(x, e.Current())
		}
		list = append(list, t)
	}
	return list, nil
}

// ofOwn are what something may show that the person did themself.
var ofOwn = []string{"change", "knowledge"}

// bears tells that an event may show something at all.
func bears(r timeline.Row, what string) bool {
	return !timeline.Own(r.Marks) || strings.HasPrefix(what, "tag:") || slices.Contains(ofOwn, what)
}

// IsConduct tells that a row is of the course of conduct: written down as an
// incident, or given a code of behaviour.
func IsConduct(r timeline.Row) bool { return thing{shows: shows(r)}.isConduct() }

// shows is what an event may show, and why: its own fields and its marks.
func shows(r timeline.Row) map[string]string {
	out := map[string]string{}
	add := func(what, why string, holds bool) {
		if holds && out[what] == "" && bears(r, what) {
			out[what] = why
		}
	}
	if !r.Kind.Register() {
		for _, m := range r.Marks {
			by := "marked by " + m.By
			for _, what := range []string{"conduct", "behaviour", "behaviour:" + m.Code} {
				add(what, m.Code+", "+by, m.Code != "")
			}
			add("tag:"+m.Tag, m.Tag+", "+by, m.Tag != "")
			add("breach", m.Tag+", "+by, breaks(m))
			add("exact_words", "its own words, "+by, m.Code != "" && r.Text != "" && r.Kind != timeline.Incident)
		}
	}
	if r.Kind == timeline.Incident {
		add("conduct", "written down", true)
	}
	if v := r.Incident; v != nil {
		for _, said := range []struct{ what, as, words string }{
			{"feeling", "feeling", v.FeelingThen}, {"feeling", "feeling after", v.FeelingAfter}, {"change", "what was changed", v.ChangeMade},
			{"exact_words", "exact words", v.ExactWords}, {"knowledge", "how they were told", v.UnwantedSignal},
		} {
			add(said.what, said.as+": "+excerpt(said.words), said.words != "")
		}
		add("feared_violence", "feared violence: yes", v.FearedViolence == "yes")
		add("witness", "somebody saw or heard it", len(v.Witnesses) > 0)
	}
	switch r.Kind {
	case timeline.Notice:
		add("knowledge", r.Extra.Get("how"), true)
	case timeline.LifeChange:
		add("change", r.Extra.Get("part"), true)
	case timeline.Relationship:
		add("relationship", r.Extra.Get("relation"), r.Extra.Get("domestic") == "yes")
	case timeline.Assessment:
		add("assessment", "by "+r.Extra.Get("by"), true)
	case timeline.Breach:
		add("breach", "may break it: "+r.Extra.Get("may"), r.Extra.Get("may") != "no")
	case timeline.CourtOrder:
		add("order", r.Extra.Get("sort"), true)
		add("service", "served on "+r.Extra.Get("served"), r.Extra.Get("served") != "")
		add("knowledge", "served on "+r.Extra.Get("served"), r.Extra.Get("served") != "")
	}
	return out
}

// Counted are occasions by the rule and as a person split and joined them: both
// are always said together.
type Counted struct {
	Occasions int  `json:"occasions"`
	ByRule    int  `json:"occasions_by_rule"`
	Unsure    bool `json:"unsure_times,omitempty"`        // a clock showed a time of theirs twice or never: the second is taken, or the moment of the change
	Otherwise int  `json:"occasions_otherwise,omitempty"` // how many they would be at the other moment; 0: as many
	NoTime    int  `json:"in_no_occasion,omitempty"`      // events without a time: they are of none
	Joined    int  `json:"joined_by_hand,omitempty"`      // how many of the rule's were joined to another by a person
	Split     int  `json:"split_by_hand,omitempty"`       // and how many were split off

	Hand []ByHand `json:"-"` // what was said that does it, the first of it first
	Lost []ByHand `json:"-"` // joins of these events that join nothing now
}

// Beside is what both counts leave open: how many were made by hand, how many events are of no occasion, how
// times are taken that a clock showed twice or never, and that another reading gives
// another count.
func (c Counted) Beside() (all []string) {
	if c.Joined+c.Split > 0 {
		all = append(all, fmt.Sprintf(sayByHand, c.Joined, c.Split))
	}
	if c.NoTime > 0 {
		all = append(all, fmt.Sprintf(sayNoOccasion, c.NoTime))
	}
	switch {
	case c.Otherwise > 0:
		all = append(all, fmt.Sprintf(sayOtherwise, c.Otherwise))
	case c.Unsure:
		all = append(all, sayTaken)
	}
	return all
}

// numbers are the occasions of which some events are, from 1, as they were split and
// joined and by the rule alone. What has no time is of none.
type numbers struct {
	said, rule map[timeline.ID]int
	others     []map[timeline.ID]int // at the other moments of times that a clock showed twice or never
	unsure     map[int]bool          // occasions that hold one
	noTime     map[timeline.ID]bool
	hand       *hands
}

func numbersOf(ctx context.Context, x *timeline.Index, ids []timeline.ID) (n numbers, err error) {
	if len(ids) == 0 {
		return n, nil
	}
	said, err := x.Occasions(ctx, timeline.Filter{Events: ids}, 0)
	if err != nil {
		return n, err
	}
	rule, err := x.OccasionsByRule(ctx, timeline.Filter{Events: ids}, 0)
	if err != nil {
		return n, err
	}
	others, err := x.OccasionsOtherwise(ctx, timeline.Filter{Events: ids}, 0)
	if err != nil {
		return n, err
	}
	n = numbers{said: numbered(said), rule: numbered(rule), unsure: map[int]bool{}}
	for i, o := range said {
		n.unsure[i+1] = o.Unsure
	}
	for _, list := range others {
		n.others = append(n.others, numbered(list))
	}
	if n.hand, err = byHand(ctx, x, ids); err != nil {
		return n, err
	}
	n.noTime, err = noTime(ctx, x, ids)
	return n, err
}

// noTime are those of the events that have no time; an entry of a register is of no
// occasion in any case.
func noTime(ctx context.Context, x *timeline.Index, ids []timeline.ID) (map[timeline.ID]bool, error) {
	found, err := x.Find(ctx, timeline.Filter{Events: ids, Undated: true})
	if err != nil {
		return nil, err
	}
	of := map[timeline.ID]bool{}
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, fmt.Errorf("occasions: %w", err)
		}
		of[r.ID] = !r.Kind.Register()
	}
	return of, nil
}

// numbered gives the number of each event's occasion, from 1.
func numbered(list []timeline.Occasion) map[timeline.ID]int {
	of := map[timeline.ID]int{}
	for i, o := range list {
		for _, id := range o.Events {
			of[id] = i + 1
		}
	}
	return of
}

// count counts the occasions that hold some of the events.
func (n numbers) count(ids []timeline.ID) Counted {
	of := func(number map[timeline.ID]int) int {
		seen := map[int]bool{}
		for _, id := range ids {
			if number[id] > 0 {
				seen[number[id]] = true
			}
		}
		return len(seen)
	}
	c := Counted{Occasions: of(n.said), ByRule: of(n.rule)}
	n.hand.count(&c, ids)
	for _, id := range ids {
		if n.noTime[id] {
			c.NoTime++
		}
	}
	c.Unsure = slices.ContainsFunc(ids, func(id timeline.ID) bool { return n.unsure[n.said[id]] })
	for _, other := range n.others {
		if k := of(other); k != c.Occasions && c.Otherwise == 0 {
			c.Otherwise = k
		}
	}
	return c
}

// Numbered counts the occasions of some events, and gives the number of each one's,
// from 1. What has no time is in none.
func Numbered(ctx context.Context, x *timeline.Index, ids []timeline.ID) (Counted, map[timeline.ID]int, error) {
	n, err := numbersOf(ctx, x, ids)
	return n.count(ids), n.said, err
}

// day is the day of an event in the zone of the case; ok is false where it may have
// been on one or another.
func day(w timeline.When, zone *time.Location) (time.Time, bool) {
	at, ok := w.Order()
	if !ok || !w.Known(timeline.Day) {
		return time.Time{}, false
	}
	if w.Instant.IsZero() {
		return w.Local, true // a wall clock: its day as it stands
	}
	return at.In(zone), true
}

// excerpt is the beginning of a text in one line.
func excerpt(s string) string {
	const most = 100
	s = strings.Join(strings.Fields(s), " ")
	if letters := []rune(s); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return cmp.Or(s, "(no words)")
}
