package casework

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"daybook/timeline"
)

// Course is the course of conduct: what was done, by behaviour and date, with
// its effect in the person's own words. Its totals add up: those of the codes
// are Marks together, and the rows are Events.
type Course struct {
	Counted
	Events  int     `json:"events"`
	Undated int     `json:"undated"` // of these, of no certain day
	Marks   int     `json:"marks"`   // codes on events: one event may have several
	Uncoded int     `json:"uncoded"` // events that a person wrote down and nobody gave a code
	First   string  `json:"first,omitempty"`
	Last    string  `json:"last,omitempty"`
	Codes   []Total `json:"codes"`
	Rows    []Step  `json:"rows"`
	DoneBy  []Does  `json:"done_by,omitempty"` // of each, where several are named

	Unmarked Unmarked `json:"unmarked"` // what is held beside it
	Loose    Loose    `json:"loose"`    // of possible breaches, what is not in it
}

// Total is one code of behaviour over the whole course.
type Total struct {
	Code    string `json:"code"`
	Events  int    `json:"events"`
	Undated int    `json:"undated"` // of these, of no certain day
	Counted
	First string `json:"first,omitempty"`
	Last  string `json:"last,omitempty"`
}

// Step is one event of the course.
type Step struct {
	Number int           `json:"number"`
	Event  timeline.ID   `json:"event"`
	When   timeline.When `json:"-"`
	Day    string        `json:"day"` // empty: not known
	Month  string        `json:"-"`   // 2006-01; empty: not known
	Kind   timeline.Kind `json:"kind"`
	Doer
	Text     string   `json:"text"`
	Codes    []string `json:"codes"`
	Occasion int      `json:"occasion"`          // from 1; 0: it has no time
	Hand     string   `json:"by_hand,omitempty"` // what a person said of where its occasion begins
	Item     int64    `json:"item,omitempty"`
	Effect   []string `json:"effect,omitempty"`
}

// CourseOf gives the course of conduct of a filter's events.
func CourseOf(ctx context.Context, x *timeline.Index, f timeline.Filter) (Course, error) {
	all, err := things(ctx, x, f)
	if err != nil {
		return Course{}, err
	}
	list := slices.DeleteFunc(all, func(t thing) bool { return !t.isConduct() })
	tellApart(x, list)
	c := Course{Events: len(list), Codes: []Total{}, Rows: []Step{}, DoneBy: doneBy(x.Zone(), list)}
	if c.Unmarked, err = UnmarkedOf(ctx, x, f, nil); err != nil {
		return c, err
	}
	if c.Loose, err = LooseOf(ctx, x, f, nil); err != nil {
		return c, err
	}
	occasions, err := numbersOf(ctx, x, idsOf(list))
	if err != nil {
		return c, err
	}
	c.Counted = occasions.count(idsOf(list))
	of := map[string][]thing{}
	for i, t := range list {
		s := step(t, i+1, x.Zone())
		s.Occasion, s.Hand = occasions.said[t.ID], occasions.hand.handOf(t.ID)
		c.Rows = append(c.Rows, s)
		for _, code := range s.Codes {
			of[code] = append(of[code], t)
		}
		c.Marks += len(s.Codes)
		if len(s.Codes) == 0 {
			c.Uncoded++
		}
		if s.Day == "" {
			c.Undated++
		}
		c.First, c.Last = span(c.First, c.Last, s.Day)
	}
	for _, code := range inOrder(slices.Collect(maps.Keys(of))) {
		t := Total{Code: code, Events: len(of[code]), Counted: occasions.count(idsOf(of[code]))}
		for _, e := range of[code] {
			day := dayText(e.When, x.Zone())
			if day == "" {
				t.Undated++
			}
			t.First, t.Last = span(t.First, t.Last, day)
		}
		c.Codes = append(c.Codes, t)
	}
	return c, nil
}

func idsOf(list []thing) (ids []timeline.ID) {
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	return ids
}

// FearedViolence is the effect that is an answer, and not in the person's own words.
const FearedViolence = "feared violence"

func step(t thing, number int, zone *time.Location) Step {
	s := Step{Number: number, Event: t.ID, When: t.Said(), Day: dayText(t.When, zone), Month: monthText(t.When, zone), Kind: t.Kind, Doer: t.by, Text: excerpt(t.Text), Item: t.Source.Item, Codes: []string{}}
	for _, m := range t.Marks {
		if m.Code != "" && !slices.Contains(s.Codes, m.Code) {
			s.Codes = append(s.Codes, m.Code)
		}
	}
	s.Codes = inOrder(s.Codes)
	if v := t.Incident; v != nil {
		for _, text := range []string{v.FeelingThen, v.FeelingAfter, v.ChangeMade} {
			if text != "" {
				s.Effect = append(s.Effect, text)
			}
		}
		if v.FearedViolence == "yes" {
			s.Effect = append(s.Effect, FearedViolence)
		}
	}
	return s
}

// inOrder puts codes into the order of the law; those that a pack adds follow.
func inOrder(codes []string) []string {
	known := timeline.Behaviours()
	place := func(code string) int {
		if i := slices.IndexFunc(known, func(b timeline.Behaviour) bool { return b.Code == code }); i >= 0 {
			return i
		}
		return len(known)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	return codes
}

func dayText(w timeline.When, zone *time.Location) string {
	at, ok := day(w, zone)
	if !ok {
		return ""
	}
	return at.Format(time.DateOnly)
}

// monthText is the month of a time, where all of what it may be lies in one.
func monthText(w timeline.When, zone *time.Location) string {
	at, ok := shownAt(w, zone)
	if !ok || !w.Known(timeline.Month) {
		return ""
	}
	return at.Format("2006-01")
}

// span widens a time from the first to the last day by one more.
func span(first, last, day string) (string, string) {
	if day == "" {
		return first, last
	}
	return min(cmp.Or(first, day), day), max(last, day)
}

// Place says where an event stands in the course: the n-th of so many, from the
// first to the last day, and the codes of all of it.
type Place struct {
	Number int      `json:"number"`
	Of     int      `json:"of"`
	First  string   `json:"first"`
	Last   string   `json:"last"`
	Codes  []string `json:"codes"`
}

// Place gives the place of an event in the course; ok is false where it is not
// part of it.
func (c Course) Place(id timeline.ID) (p Place, ok bool) {
	i := slices.IndexFunc(c.Rows, func(s Step) bool { return s.Event == id })
	if i < 0 {
		return Place{}, false
	}
	p = Place{Number: i + 1, Of: len(c.Rows), First: c.First, Last: c.Last, Codes: []string{}}
	for _, t := range c.Codes {
		p.Codes = append(p.Codes, t.Code)
	}
	return p, true
}
