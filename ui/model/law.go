package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/assets/law"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// firstThought is the offence that is looked at where none was chosen: whether it
// is stalking is asked first.
const firstThought = "EW-PHA-2A"

// LawAsked is what the page of the law shows.
type LawAsked struct {
	Part    string // of the page
	Offence string
	Person  string // a person's number; empty: everybody
	Day     string // as typed; empty: that of the last thing that was done
}

// KeepLaw keeps what the page of the law shows, while a case lies open.
func (d *Desk) KeepLaw(l LawAsked) { d.keep(func(a *Asked) { a.Law = l }) }

// Offences are those in force on a day.
type Offences struct {
	Day  string // in words
	List []Option
	Now  string // the one that is looked at
}

// Offences lists the offences that were in force on the day that is asked for.
func (d *Desk) Offences(ctx context.Context, a LawAsked, now time.Time) (Offences, error) {
	c, x, err := d.held()
	if err != nil {
		return Offences{}, err
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return Offences{}, err
	}
	day, err := lawDay(ctx, x, a.Day, now.In(x.Zone()))
	if err != nil {
		return Offences{}, err
	}
	out := Offences{Day: day.Format("2 January 2006")}
	for _, p := range l.Packs {
		for _, o := range p.At(day).Offences {
			out.List = append(out.List, Option{o.ID, o.Label + " (" + p.Name + ")"})
		}
	}
	has := func(id string) bool {
		return slices.ContainsFunc(out.List, func(o Option) bool { return o.Value == id })
	}
	for _, id := range []string{a.Offence, firstThought} {
		if out.Now == "" && has(id) {
			out.Now = id
		}
	}
	if out.Now == "" && len(out.List) > 0 {
		out.Now = out.List[0].Value
	}
	return out, nil
}

// lawDay is the day by whose law is asked: the one that was typed, or that of the
// last thing that was done, or today.
func lawDay(ctx context.Context, x *timeline.Index, typed string, now time.Time) (time.Time, error) {
	if strings.TrimSpace(typed) != "" {
		day, err := readDay(typed, now)
		return day.first, err
	}
	course, err := casework.CourseOf(ctx, x, timeline.Filter{})
	if err != nil || course.Last == "" {
		return dayOf(now), err
	}
	return time.Parse(time.DateOnly, course.Last)
}

// OffencePage is an offence beside what the case holds.
type OffencePage struct {
	casework.Matrix
	About  []Fact   // what the law says of it
	Away   []string // what would point the other way, and is kept too
	Asks   []Asks   // how it differs from others
	Rule   []string // of time, and what the law says of it: information; or that it has none
	Counts []Counts // the day that it gives, of each who is said to have done some of it
	Doers  []Fact   // how much each is said to have done, where several are named
	Hand   []Fact   // what a person said of where its occasions begin: the day, and what
	Beside string   // what is held and is in none of it, in two sentences; empty: nothing
	Aside  []string // how much is not here for who did it, and where it stands
	Out    string   // how much lies on days on which it was not in force
}

// Counts is a day that a rule of time gives, and from what it is counted.
type Counts struct {
	Said []string
	From *casework.Cell // nil: nothing of a certain day is linked
}

// Asks is a question that tells offences apart, with the answers.
type Asks struct {
	Question string
	Answers  []Fact // the offence, and what the answer is for it
}

// Everybody are those that an offence can be looked at for, by name: no two have one.
func (d *Desk) Everybody(ctx context.Context) ([]Whom, error) {
	b, err := d.People(ctx)
	if err != nil {
		return nil, err
	}
	var out []Whom
	for _, r := range b.Rows {
		out = append(out, Whom{strconv.FormatInt(r.Number, 10), r.Face.Name})
	}
	return toldApart(out), nil
}

// onlyOf is a filter for one person, by number; for everybody where none is given.
func onlyOf(person string) (timeline.Filter, error) {
	if person == "" {
		return timeline.Filter{}, nil
	}
	n, err := strconv.ParseInt(person, 10, 64)
	if err != nil {
		return timeline.Filter{}, fmt.Errorf("person %q: it is no number", person)
	}
	return timeline.Filter{People: []int64{n}}, nil
}

// Offence sets an offence beside what a person did or got, or everybody, and the entries
// of registers.
func (d *Desk) Offence(ctx context.Context, id, person string) (OffencePage, error) {
	c, x, err := d.held()
	if err != nil {
		return OffencePage{}, err
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return OffencePage{}, err
	}
	pack, err := l.Pack(id)
	if err != nil {
		return OffencePage{}, err
	}
	p := OffencePage{}
	of, err := onlyOf(person)
	if err != nil {
		return p, err
	}
	if p.Matrix, err = casework.MatrixWith(ctx, x, of, pack, id); err != nil {
		return p, err
	}
	o := p.Matrix.Offence
	p.About, p.Away = offenceFacts(o), o.Defences
	for _, diff := range p.Differences {
		a := Asks{Question: diff.Question}
		for _, other := range append([]string{o.ID}, o.Alternatives...) {
			if answer := diff.Answers[other]; answer != "" {
				a.Answers = append(a.Answers, Fact{offenceLabel(pack, other), answer})
			}
		}
		p.Asks = append(p.Asks, a)
	}
	p.Rule, p.Counts = countsOf(p.Matrix.Clock)
	p.Doers, p.Beside = doers(p.DoneBy), unmarked(p.Unmarked, p.Loose)
	p.Aside, p.Hand = aside(p.Matrix), byHand(p.Matrix)
	if n := len(p.Outside); n > 0 {
		p.Out = count(n, "event") + " on days on which this was not the law"
	}
	p.Beside = strings.TrimSpace(oneName(p.DoneBy) + " " + p.Beside)
	return p, nil
}

// aside is how much is not here for who did it, and where it stands.
func aside(m casework.Matrix) (said []string) {
	marks, left := m.Aside()
	if marks != "" {
		said = append(said, marks, "They stand under “Reports, orders, changes”, among the possible breaches.")
	}
	if left != "" {
		said = append(said, left, "“What happened, in order” has all of them.")
	}
	return said
}

// byHand is what a person said of where occasions of an offence begin, each once.
func byHand(m casework.Matrix) (said []Fact) {
	for _, l := range m.Lines {
		for _, h := range slices.Concat(l.Hand, l.Lost) {
			if f := (Fact{DayText(h.Day), h.String()}); !slices.Contains(said, f) {
				said = append(said, f)
			}
		}
	}
	return said
}

// countsOf are the days that a rule of time gives; nil: there is no rule.
func countsOf(k *casework.Clock) (rule []string, days []Counts) {
	if k == nil {
		return []string{casework.NoRule}, nil
	}
	for _, c := range k.Lines() {
		said := append([]string{Capital(c.Said(readableDay)) + "."}, c.Beside(asItIs, readableDay)...)
		if whose := c.Whose(asItIs); whose != "" {
			said = slices.Insert(said, 0, whose)
		}
		days = append(days, Counts{said, c.From})
	}
	return []string{k.Rule, k.Words}, days
}

func offenceLabel(p law.Pack, id string) string {
	if o, err := p.Offence(id); err == nil {
		return o.Label
	}
	return id
}

func offenceFacts(o law.Offence) []Fact {
	list := []Fact{{"What the law calls it", o.Legal}, {"In which courts", Capital(o.Mode)}}
	for _, e := range o.Penalties {
		list = append(list, Fact{"The most that a court can do", e.Text})
	}
	for _, n := range o.Needs {
		list = append(list, Fact{"What helps to show it", n})
	}
	span := "from " + readableDay(o.From)
	if o.From == "" {
		span = "for long"
	}
	if o.To != "" {
		span += " to " + readableDay(o.To)
	}
	source := o.Source.String() + "; read on " + readableDay(o.CheckedOn)
	if o.Verify {
		source += "; not read in the law's own words: look it up before you rely on it"
	}
	return append(list, Fact{"In force", span}, Fact{"Where it stands", source})
}

// Linkable are the events that may be linked by hand: what was written down and
// what has a mark.
func (d *Desk) Linkable(ctx context.Context) ([]Linked, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	ids := x.Marked()
	for _, w := range x.Incidents() {
		ids = append(ids, w.ID)
	}
	for _, r := range x.Registers() {
		ids = append(ids, r.ID)
	}
	return linked(ctx, x, ids)
}

// LinkElement says that events may show an element: OFFENCE/ELEMENT.
func (d *Desk) LinkElement(ctx context.Context, element string, ids ...timeline.ID) error {
	_, x, err := d.writable()
	if err == nil && len(ids) == 0 {
		err = errors.New("choose an event first")
	}
	if err != nil {
		return err
	}
	_, err = x.Mark(ctx, timeline.MarkDraft{Events: ids, Element: element})
	return err
}

// UnlinkElement takes that back, whoever said it; the journal keeps both.
func (d *Desk) UnlinkElement(ctx context.Context, element string, id timeline.ID) error {
	_, x, err := d.writable()
	if err != nil {
		return err
	}
	for _, m := range x.MarksOf(id) {
		if strings.EqualFold(m.Element, element) {
			err = errors.Join(err, x.Unmark(ctx, m.Number, "the link was taken off", id))
		}
	}
	return err
}

// Elements are those of the offence that the page of the law shows, for a mark.
func (d *Desk) Elements(ctx context.Context, now time.Time) (offence string, list []Option, err error) {
	of, err := d.Offences(ctx, d.Asked().Law, now)
	if err != nil || of.Now == "" {
		return "", nil, err
	}
	p, err := d.Offence(ctx, of.Now, "")
	if err != nil {
		return "", nil, err
	}
	for _, l := range p.Lines {
		list = append(list, Option{p.Matrix.Offence.ID + "/" + l.ID, l.Text})
	}
	return p.Matrix.Offence.Label, list, nil
}

// Consider begins an entry on why an offence was or was not put forward.
func (d *Desk) Consider(offence string) (*Entering, error) {
	f := blankEntry(timeline.Considered)
	f.Fields["law"] = offence
	return d.entering(f.beginning())
}

// unmarked is what is held beside what is counted.
func unmarked(u casework.Unmarked, l casework.Loose) string {
	return strings.TrimSpace(u.Said(asItIs, readableDay) + " " + l.Said(asItIs, readableDay))
}

func asItIs(s string) string { return s }

// doers is how much each is said to have done, and when last.
func doers(all []casework.Does) (list []Fact) {
	for _, d := range all {
		said := strings.Join(append(d.Handles(asItIs), count(d.Events, "event")), "; ")
		if d.Last != "" {
			said += "; " + fmt.Sprintf("the first on %s, the last on %s", readableDay(d.First), readableDay(d.Last))
		}
		if d.Undated > 0 {
			said += "; " + fmt.Sprintf("of no certain day: %d", d.Undated)
		}
		list = append(list, Fact{cmp.Or(d.Name, NobodyNamed), said})
	}
	return list
}

// oneName says why a name stands among doers twice; empty where none does.
func oneName(all []casework.Does) string {
	if !casework.OneName(all) {
		return ""
	}
	return casework.SayOneName
}

// GuidePage is a text that others have published, or a rule across offences.
type GuidePage struct {
	Title string
	Lines []string
	From  string // by whom, which version, where and when it was read
}

// Guidance is the shelf: rules of time, texts and lists of each pack, and why
// they may have moved on.
func (d *Desk) Guidance(ctx context.Context, now time.Time) (shelf []GuidePage, warnings []string, err error) {
	c, _, err := d.held()
	if err != nil {
		return nil, nil, err
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range l.Packs {
		held := p.At(now)
		for _, r := range held.Rules {
			shelf = append(shelf, GuidePage{r.Label, []string{r.Words}, join(p.Name, r.Source.String(), "read on "+readableDay(r.CheckedOn))})
		}
		for _, g := range held.Guidance {
			shelf = append(shelf, GuidePage{g.Title, g.Summary, join(g.Publisher, g.Version, g.Source.URL, "read on "+readableDay(g.CheckedOn))})
		}
		for _, k := range held.Checklists {
			g := GuidePage{Title: k.Title, Lines: []string{k.About}, From: join(p.Name, k.Source.String(), "read on "+readableDay(k.CheckedOn))}
			for _, i := range k.Items {
				g.Lines = append(g.Lines, i.ID+". "+i.Text)
			}
			shelf = append(shelf, g)
		}
		warnings = append(warnings, p.Warnings(now)...)
	}
	return shelf, warnings, nil
}
