package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/dated"
	"daybook/assets/law"
	"daybook/timeline"
)

// Matrix is the elements of an offence by what may show each. An element with
// nothing has no material linked yet; none is ever said to be made out.
type Matrix struct {
	Law         string           `json:"law"`
	Offence     law.Offence      `json:"offence"`
	Lines       []Line           `json:"elements"`
	Outside     []timeline.ID    `json:"outside"` // conduct of a day on which the offence was not in force
	Clock       *Clock           `json:"clock,omitempty"`
	DoneBy      []Does           `json:"done_by,omitempty"`          // of its acts, where several are named
	Unmarked    Unmarked         `json:"unmarked"`                   // what is held and may show nothing of it, where it is asked of a case
	Loose       Loose            `json:"loose"`                      // of possible breaches, what is in no course of conduct, where it is asked of a case
	OfOthers    []timeline.ID    `json:"marks_of_others,omitempty"`  // marked as a breach, and here for nothing of it: who did it is not whom the order is against
	LeftOut     int              `json:"conduct_left_out,omitempty"` // of the course of conduct, what is not of the persons that are asked for
	Conduct     int              `json:"conduct,omitempty"`          // with that, where persons are asked for
	Considered  []Consideration  `json:"considered"`
	Differences []law.Difference `json:"differences"`
}

// Line is one element with what may show it.
type Line struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Either string `json:"either,omitempty"`
	Least  int    `json:"min_occasions,omitempty"`
	Counted
	Cells    []Cell `json:"cells"`
	Told     *Told  `json:"told,omitempty"`
	Withheld int    `json:"-"` // rows that are no cell of it, of which what may show it is withheld
}

// NothingYet is what is said of an element without material.
const NothingYet = "no material linked yet"

// Cell is one event that may show an element, and why it is thought to.
type Cell struct {
	Event timeline.ID   `json:"event"`
	When  timeline.When `json:"-"`
	Day   string        `json:"day"` // empty: not known
	Kind  timeline.Kind `json:"kind"`
	Doer
	Text string `json:"text"`
	Why  string `json:"why"`
	Hand bool   `json:"by_hand,omitempty"` // a person linked it

	acted bool // it is conduct, whatever it may show here
}

// Consideration is what somebody wrote about an offence: why, or why not.
type Consideration struct {
	Event   timeline.ID `json:"event"`
	Law     string      `json:"law"`
	Outcome string      `json:"outcome"`
	Words   string      `json:"words"`
	By      string      `json:"by"`
}

// MatrixOf sets an offence of a pack against a case. Conduct counts where the
// offence, and the element, were in force on its day, or may have been, where its day is
// not certain.
func MatrixOf(ctx context.Context, x *timeline.Index, pack law.Pack, offence string) (Matrix, error) {
	return MatrixWith(ctx, x, timeline.Filter{}, pack, offence)
}

// MatrixWith is MatrixOf for what the persons of a filter did or got, or incidents name
// them for. Entries of registers are of the whole case: an order stands in no
// conversation.
func MatrixWith(ctx context.Context, x *timeline.Index, f timeline.Filter, pack law.Pack, offence string) (Matrix, error) {
	all, left, err := thingsAbout(ctx, x, f)
	if err != nil {
		return Matrix{}, err
	}
	m, err := (&Shown{list: all}).Matrix(ctx, x, pack, offence)
	if err != nil {
		return m, err
	}
	if m.LeftOut = left; left > 0 {
		m.Conduct = left + conductAmong(all)
	}
	if m.Loose, err = LooseOf(ctx, x, f, nil); err != nil {
		return m, err
	}
	if m.Unmarked, err = UnmarkedOf(ctx, x, f, nil); err == nil && m.Clock != nil {
		err = m.Clock.beside(ctx, x, f, nil)
	}
	return m, err
}

// thingsAbout are all things of a case, or, where a filter names persons, what these did
// or got, or incidents name them for, and the entries of registers. left is how much of
// the course of conduct is not among them.
func thingsAbout(ctx context.Context, x *timeline.Index, f timeline.Filter) (all []thing, left int, err error) {
	all, err = things(ctx, x, timeline.Filter{})
	if err != nil || len(f.People)+len(f.Parties) == 0 {
		return all, 0, err
	}
	theirs, err := things(ctx, x, f)
	if err != nil {
		return nil, 0, err
	}
	in := map[timeline.ID]bool{}
	for _, t := range theirs {
		in[t.ID] = true
	}
	left = conductAmong(all) - conductAmong(theirs)
	return slices.DeleteFunc(all, func(t thing) bool { return !t.Kind.Register() && !in[t.ID] }), left, nil
}

// conductAmong counts what was done among some things.
func conductAmong(list []thing) (n int) {
	for _, t := range list {
		if t.isConduct() {
			n++
		}
	}
	return n
}

// The sentences of what an offence is not set against.
const (
	sayOfOthers = "Marked as what may break an order, and not here, for who did it does not have the name of whom that order is against: %d."
	sayLeftOut  = "Left out, because they are not from or to this person and do not name them: %d of %d events of the course of conduct."
)

// Aside says what of the case it is not set against, for who did it: marks of breaches,
// and what is not of the persons that were asked for; empty where there is none.
func (m Matrix) Aside() (marks, left string) {
	if n := len(m.OfOthers); n > 0 {
		marks = fmt.Sprintf(sayOfOthers, n)
	}
	if m.LeftOut > 0 {
		left = fmt.Sprintf(sayLeftOut, m.LeftOut, m.Conduct)
	}
	return marks, left
}

// Shown are the rows that an offence is set against where these are not all of a
// case: those of a bundle, as it shows them.
type Shown struct {
	list      []thing
	occasions *numbers // of all of them, once they were counted
	told      bool     // who did each
}

// Add adds a row, in order of time, if it may show anything; hides is what details
// may show that were taken out of it.
func (l *Shown) Add(r timeline.Row, hides ...string) {
	t := thing{Row: r, shows: shows(r), hides: slices.DeleteFunc(hides, func(what string) bool { return !bears(r, what) })}
	linked := func(m timeline.Mark) bool { return m.Element != "" }
	if len(t.shows)+len(t.hides) > 0 || slices.ContainsFunc(r.Marks, linked) || r.Kind == timeline.Considered {
		l.list, l.told = append(l.list, t), false
	}
}

// has tells that a row of the event was added.
func (l *Shown) has(id timeline.ID) bool {
	return slices.ContainsFunc(l.list, func(t thing) bool { return t.ID == id })
}

// Matrix sets an offence of a pack against the rows.
func (l *Shown) Matrix(ctx context.Context, x *timeline.Index, pack law.Pack, offence string) (Matrix, error) {
	all := l.list
	if !l.told {
		tellApart(x, all)
		l.told = true
	}
	o, err := pack.Offence(offence)
	if err != nil {
		return Matrix{}, err
	}
	m := Matrix{Law: pack.ID, Offence: o, Lines: []Line{}, Outside: []timeline.ID{}, Considered: slices.DeleteFunc(considered(x, o), func(c Consideration) bool { return !l.has(c.Event) }), Differences: differences(pack, o)}
	inside := slices.DeleteFunc(slices.Clone(all), func(t thing) bool {
		return t.isConduct() && !inForce(o.Span, t.When, x.Zone())
	})
	for _, t := range all {
		if !slices.ContainsFunc(inside, func(i thing) bool { return i.ID == t.ID }) {
			m.Outside = append(m.Outside, t.ID)
		}
	}
	if l.occasions == nil {
		n, err := numbersOf(ctx, x, idsOf(all))
		if err != nil {
			return m, err
		}
		l.occasions = &n
	}
	of := breakableBy(x, pack, o)
	byBreach := slices.ContainsFunc(o.Elements, func(e law.Element) bool { return slices.Contains(e.ShownBy, "breach") })
	for i, t := range inside {
		var others bool
		if inside[i], others = of.shown(t); others && byBreach {
			m.OfOthers = append(m.OfOthers, t.ID)
		}
	}
	for _, e := range o.Elements {
		m.Lines = append(m.Lines, line(x.Zone(), o, e, inside, *l.occasions))
	}
	acts := actsOf(o, m.Lines, inside)
	m.Clock, m.DoneBy = clock(x, pack, o, acts), doneBy(x.Zone(), thingsOf(acts))
	return m, nil
}

// inForce tells that something was done on a day of a law, or may have been, where its
// day is not certain.
func inForce(in dated.Span, w timeline.When, zone *time.Location) bool {
	if at, known := day(w, zone); known {
		return in.At(at)
	}
	if _, placed := w.Order(); !placed {
		return true
	}
	var from, to time.Time
	if at, err := time.ParseInLocation(time.DateOnly, in.From, zone); err == nil {
		from = at
	}
	if at, err := time.ParseInLocation(time.DateOnly, in.To, zone); err == nil {
		to = at.AddDate(0, 0, 1)
	}
	may, _ := w.In(from, to)
	return may
}

// line finds what may show an element: what its fields say, and what a person
// linked by hand.
func line(zone *time.Location, o law.Offence, e law.Element, list []thing, occasions numbers) Line {
	l := Line{ID: e.ID, Text: e.Text, Either: e.Either, Least: e.Least, Cells: []Cell{}}
	var ids []timeline.ID
	var shown []thing
	for _, t := range list {
		if !inForce(e.Span, t.When, zone) {
			continue
		}
		why, hand := t.why(o.ID+"/"+e.ID, e.ShownBy)
		if why == "" {
			if slices.ContainsFunc(e.ShownBy, func(s string) bool { return slices.Contains(t.hides, s) }) {
				l.Withheld++
			}
			continue
		}
		by := t.by
		if t.Kind == timeline.Breach {
			by = t.named // an entry is nobody's doing, and what it names is
		}
		l.Cells = append(l.Cells, Cell{t.ID, t.Said(), dayText(t.When, zone), t.Kind, by, excerpt(t.Text), why, hand, t.isConduct()})
		ids, shown = append(ids, t.ID), append(shown, t)
	}
	l.Counted, l.Told = occasions.count(ids), told(e, shown, list, zone)
	return l
}

// why says why a thing may show an element; empty where it does not.
func (t thing) why(element string, shownBy []string) (why string, hand bool) {
	for _, m := range t.Marks {
		if strings.EqualFold(m.Element, element) {
			return "linked by " + m.By, true
		}
	}
	for _, s := range shownBy {
		if w := t.shows[s]; w != "" {
			return w, false
		}
	}
	return "", false
}

// considered are what was written about an offence and those beside it.
func considered(x *timeline.Index, o law.Offence) []Consideration {
	list := []Consideration{}
	for _, r := range x.Registers(timeline.Considered) {
		v := r.Current()
		is := func(id string) bool { return strings.EqualFold(id, v.Fields["law"]) }
		if is(o.ID) || slices.ContainsFunc(o.Alternatives, is) || slices.ContainsFunc(o.Orders, is) {
			list = append(list, Consideration{r.ID, v.Fields["law"], v.Fields["outcome"], v.Words, v.Fields["by"]})
		}
	}
	return list
}

// differences are the questions that tell an offence from others.
func differences(pack law.Pack, o law.Offence) []law.Difference {
	list := []law.Difference{}
	for _, d := range pack.Differences {
		if d.Answers[o.ID] != "" {
			list = append(list, d)
		}
	}
	return list
}
