package model

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// PatternQuery says which events the page of patterns counts, and how.
type PatternQuery struct {
	Person    string // a person's number; empty: everybody
	Sent      bool   // only what the person sent
	From, To  string // days as a person types them; empty: all
	Occasions bool   // what happened close together counts as one
}

// Pattern is what a query lets through, ready to be counted on its columns. It
// belongs to one moment of the case.
type Pattern struct {
	Query PatternQuery
	Said  string // what is counted, in one sentence
	Rule  string // and how

	base    *base
	titles  map[string]string // of codes
	list    []int32           // counted events with a time, unit by unit: places in the survey
	ends    []int32           // where each occasion ends in the list; nil: each event is counted
	undated []int32
	narrow  bool           // one channel of it
	twice   map[int32]bool // those that stand in another source too; nil: it is not known yet
}

// Twice finds which of the counted events stand in another source too, such as a
// call in the telephone and on its bill. It opens events, and may take long.
func (p *Pattern) Twice(ctx context.Context) ([]int32, error) {
	return p.base.result.InAnother(ctx, p.list)
}

// With is the pattern with what Twice found, which it says and counts too.
func (p *Pattern) With(twice []int32) *Pattern {
	q := *p
	q.twice = make(map[int32]bool, len(twice))
	for _, i := range twice {
		q.twice[i] = true
	}
	q.Said += fmt.Sprintf(" Of these, %s in two sources, as a call is in the telephone and on its bill: each is counted where it stands, and so twice.", isOrAre(len(twice), "event"))
	return &q
}

// KnowsTwice tells that it counts what stands in another source too.
func (p *Pattern) KnowsTwice() bool { return p.twice != nil }

// Pattern finds what a query lets through. old is one whose findings may be
// used again. It may be called beside the window.
func (d *Desk) Pattern(ctx context.Context, q PatternQuery, old *Pattern) (*Pattern, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	p := &Pattern{Query: q}
	if p.titles, err = codeTitles(ctx, c); err != nil {
		return nil, err
	}
	period := Query{From: q.From, To: q.To}
	if old != nil && old.base.same(period, x) {
		p.base = old.base
	} else if p.base, err = newBase(ctx, c, x, period); err != nil {
		return nil, err
	}
	in, who, err := p.counted()
	if err != nil {
		return nil, err
	}
	dated := len(p.base.survey.Time)
	for i := range p.base.survey.Kind {
		switch {
		case !in(i):
		case i < dated:
			p.list = append(p.list, int32(i))
		default:
			p.undated = append(p.undated, int32(i))
		}
	}
	p.Said = p.said(who)
	p.Rule = "Counted are events: each message, call, picture or note counts once."
	if q.Occasions {
		p.Said += " " + p.group()
		p.Rule = fmt.Sprintf("Counted are occasions: events of one conversation with less than %d minutes between one and the next count as one, where the first of them stands; what has no known hour joins no other; where a person split or joined them, they are counted so. Entries of registers, as a report or an order, are no occasions.", int(timeline.OccasionGap.Minutes()))
		if p.base.result.AnyUnsure() {
			p.Rule += " A time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; the course of conduct says what the other reading gives."
		}
	}
	return p, nil
}

// counted tells which events of the survey a person is in, and the words for it.
func (p *Pattern) counted() (in func(i int) bool, who string, err error) {
	s, q := p.base.survey, p.Query
	if q.Person == "" {
		return func(int) bool { return true }, "", nil
	}
	number, err := strconv.ParseInt(q.Person, 10, 64)
	if err != nil {
		return nil, "", fmt.Errorf("person %q: it is no number", q.Person)
	}
	n := slices.Index(s.Persons, number)
	if n < 0 {
		return func(int) bool { return false }, " of a person who is not in this period", nil
	}
	name, at := p.base.cast.faces[n].Name, uint32(n+1)
	if q.Sent {
		incident := uint8(slices.Index(timeline.Kinds(), timeline.Incident))
		return func(i int) bool { return s.From[i] == at && s.Kind[i] != incident }, " sent by " + name, nil
	}
	groups := make([]bool, len(s.Groups)+1)
	for i, g := range s.Groups {
		groups[i+1] = slices.Contains(g, at)
	}
	return func(i int) bool { return s.From[i] == at || groups[s.To[i]] }, " sent by " + name + ", to them or about them", nil
}

func (p *Pattern) said(who string) string {
	period := ""
	switch q := p.Query; {
	case q.From != "" && q.To != "":
		period = fmt.Sprintf(", from %s to %s", p.day(q.From), p.day(q.To))
	case q.From != "":
		period = ", from " + p.day(q.From) + " on"
	case q.To != "":
		period = ", until " + p.day(q.To)
	}
	return count(len(p.list)+len(p.undated), "event") + who + period + "."
}

// day is a typed day as it was understood.
func (p *Pattern) day(typed string) string {
	d, err := ParseDate(typed, p.base.x.Zone())
	if err != nil {
		return typed
	}
	return d.Text
}

// group arranges the list by occasion, and says how many there are: as they were
// split and joined, and by the rule. Entries of registers are none: a report or an
// order is no occasion of what was done to somebody.
func (p *Pattern) group() string {
	p.list = slices.DeleteFunc(p.list, func(i int32) bool { return timeline.Kinds()[p.base.survey.Kind[i]].Register() })
	of := p.base.result.OccasionOf(p.list, timeline.OccasionGap)
	n, rule := occasionsIn(of), occasionsIn(p.base.result.OccasionOfRule(p.list, timeline.OccasionGap))
	p.ends = make([]int32, n)
	for _, o := range of {
		p.ends[o]++
	}
	next, at := make([]int32, n), int32(0)
	for o := range p.ends {
		next[o] = at
		at += p.ends[o]
		p.ends[o] = at
	}
	arranged := make([]int32, len(p.list))
	for i, o := range of {
		arranged[next[o]] = p.list[i]
		next[o]++
	}
	p.list = arranged
	return fmt.Sprintf("Those with a time are %s as split and joined by hand, and %d by the rule alone.", count(int(n), "occasion"), rule)
}

// occasionsIn is how many occasions there are, of which each event's is given.
func occasionsIn(of []int32) (n int32) {
	for _, o := range of {
		n = max(n, o+1)
	}
	return n
}

// units hands on what is counted: the events one by one, those without a time too, or
// each occasion with all its events in order.
func (p *Pattern) units() iter.Seq[[]int32] {
	return func(yield func([]int32) bool) {
		if p.ends == nil {
			for _, list := range [][]int32{p.list, p.undated} {
				for i := range list {
					if !yield(list[i : i+1]) {
						return
					}
				}
			}
			return
		}
		begin := int32(0)
		for _, end := range p.ends {
			if !yield(p.list[begin:end]) {
				return
			}
			begin = end
		}
	}
}

// byOthers is the part of a unit that others did; empty where nothing of it is.
func (p *Pattern) byOthers(unit []int32) []int32 {
	not := func(i int32) bool { return !casework.ByOthers(p.base.survey, int(i)) }
	if !slices.ContainsFunc(unit, not) {
		return unit
	}
	return slices.DeleteFunc(slices.Clone(unit), not)
}

// notByOthers is what the counts by the clock leave out.
const notByOthers = "that others did not do"

// clocked counts figures by the clock, of what others did alone: at says where a part
// of a unit stands that they did.
func (p *Pattern) clocked(f *Figures, at func(unit []int32) place) {
	f.Rule = strings.TrimSpace(casework.SayByOthers + " " + f.Rule)
	f.Left = append(f.Left, Left{What: notByOthers})
	rest := place{col: -len(f.Left)}
	f.cell = func(unit []int32) place {
		if unit = p.byOthers(unit); len(unit) == 0 {
			return rest
		}
		return at(unit)
	}
	f.count()
}

func (p *Pattern) unit() string {
	if p.ends != nil {
		return "occasion"
	}
	return "event"
}

// figures makes an empty table of the pattern.
func (p *Pattern) figures(name, rule string) *Figures {
	return &Figures{Name: name, Rule: strings.TrimSpace(p.Rule + " " + rule), Unit: p.unit(), p: p}
}

// Undated is how many of the events have no time at all, where occasions are counted:
// they are of none. Among events they stand with those whose day, hour or month is not
// known.
func (p *Pattern) Undated() int {
	if p.ends == nil {
		return 0
	}
	return len(p.undated)
}

// OnlyUndated gives the events without a time, which are of no occasion.
func (f *Figures) OnlyUndated() (only *Only, ok bool) {
	if f.p == nil {
		return nil, false
	}
	return &Only{Name: "Without a time", Events: f.p.ids(f.p.undated)}, true
}

// Whom is a person that a pattern can be narrowed to.
type Whom struct{ Key, Name string }

// People are those that can be chosen, with most events first. No two have one
// name.
func (p *Pattern) People() []Whom {
	var out []Whom
	for _, place := range p.base.cast.order {
		out = append(out, Whom{fmt.Sprint(p.base.survey.Persons[place]), p.base.cast.faces[place].Name})
	}
	return toldApart(out)
}

// toldApart puts the number behind a name that several have.
func toldApart(list []Whom) []Whom {
	many := map[string]int{}
	for _, w := range list {
		many[w.Name]++
	}
	for i, w := range list {
		if many[w.Name] > 1 {
			list[i].Name = fmt.Sprintf("%s (person %s)", w.Name, w.Key)
		}
	}
	return list
}
