package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daybook/assets/law"
	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// packOf is the pack that an entry of the law is in, by how its name begins.
func (f *filler) packOf(entry string) (law.Pack, error) {
	for _, p := range f.law {
		if strings.HasPrefix(strings.ToUpper(entry), strings.ToUpper(p.ID)+"-") {
			return p, nil
		}
	}
	return law.Pack{}, fmt.Errorf("law %q: %w", entry, law.ErrUnknown)
}

// elements are those of an offence, or what is asked before an order, each with
// what may show it.
func (f *filler) elements(part papers.Part) ([]Block, int, error) {
	pack, err := f.packOf(part.Entry)
	if err != nil {
		return nil, 0, err
	}
	of := casework.MatrixWith
	if part.From == papers.Criteria {
		of = casework.CriteriaWith
	}
	m, err := of(f.ctx, f.x, f.only(), pack, part.Entry)
	if err != nil {
		return nil, 0, err
	}
	var index []Line
	var each []Block
	n := 0
	for _, l := range m.Lines {
		shows, days, kept := f.element(l)
		n += len(shows)
		said := strconv.Itoa(len(shows))
		switch {
		case len(shows) > 0:
			t := table(l.Text, Col{titlePaperShows, 5}, Col{titlePaperWhy, 5})
			t.Tight, t.Rows = true, lines(shows)
			each = append(each, t)
			if l.Told != nil && !kept && len(f.family) == 0 {
				each = append(each, para(l.Told.Said(f.in)))
			}
		case kept:
			said = sayPaperBarred
		default:
			said = casework.NothingYet
		}
		index = append(index, line("", say(l.Text), say(said), say(days.first), say(f.span(days.last, days.last, days.none))))
	}
	t := table("", Col{m.Offence.Label, 5.4}, Col{"Events", 1.6}, Col{"First", 1.5}, Col{"Last", 1.5})
	t.Rows = lines(index)
	blocks := append(append([]Block{para(sayPaperIndex), t}, f.doneBy(m.DoneBy)...), each...)
	var facts []Fact
	for _, c := range m.Considered {
		f.used[c.Event] = true
		facts = append(facts, fact(c.Law+", "+f.in(c.Outcome), quote(f.clean(c.Words))))
	}
	if len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	return blocks, n, nil
}

// days are the first and the last of some events, and how many are of no certain one.
type days struct {
	first, last string
	none        int
}

// element lists what may show one, with why each is named, and between which days.
// kept tells that something was kept out of this paper.
func (f *filler) element(l casework.Line) (shows []Line, days days, kept bool) {
	for _, c := range l.Cells {
		if !f.mayShow(c.Kind) || f.bars(c.Event) {
			kept = true
			continue
		}
		shows = append(shows, line("", f.pointed(c), say(f.clean(f.out.words.Formed(c.Why, casework.FormsOfWhy())))))
		if c.Day != "" {
			days.first, days.last = min(cmp.Or(days.first, c.Day), c.Day), max(days.last, c.Day)
		} else {
			days.none++
		}
	}
	return shows, days, kept
}

// pointed leads to what may show an element: to its row in the bundle that was
// frozen, or else by its own words.
func (f *filler) pointed(c casework.Cell) []Run {
	row := f.issued(c.Event)
	if row == "" {
		return f.event(c.Event)
	}
	f.used[c.Event] = true
	return say(joined(cmp.Or(c.Day, f.in(sayPaperNoDay)), row))
}

// mayShow tells that this paper may show what is of a kind: a private register
// only where the paper lists it and the person asks.
func (f *filler) mayShow(k timeline.Kind) bool {
	if !k.Register() {
		return true
	}
	r, err := f.x.Register(k)
	return err == nil && (!r.Private || f.out.Ask.Private && slices.Contains(f.out.Private, string(k)))
}

// differences are the questions that tell an offence from others.
func (f *filler) differences(part papers.Part) ([]Block, int, error) {
	pack, err := f.packOf(part.Entry)
	if err != nil {
		return nil, 0, err
	}
	o, err := pack.Offence(part.Entry)
	if err != nil {
		return nil, 0, err
	}
	var rows []Line
	for _, d := range pack.Differences {
		var answers []string
		for _, id := range append([]string{o.ID}, o.Alternatives...) {
			if a := d.Answers[id]; a != "" {
				answers = append(answers, id+": "+f.in(a))
			}
		}
		if d.Answers[o.ID] != "" {
			rows = append(rows, line("", say(d.Question), say(strings.Join(answers, "\n"))))
		}
	}
	t := table("", Col{titlePaperAsks, 3}, Col{titlePaperLaw, 7})
	t.Rows = lines(rows)
	return []Block{t}, 0, nil
}

// ofLaw is what the law says of an order.
func (f *filler) ofLaw(part papers.Part) ([]Block, int, error) {
	pack, err := f.packOf(part.Entry)
	if err != nil {
		return nil, 0, err
	}
	i := slices.IndexFunc(pack.Orders, func(o law.Order) bool { return strings.EqualFold(o.ID, part.Entry) })
	if i < 0 {
		return nil, 0, fmt.Errorf("order %q: the law has none of this name", part.Entry)
	}
	o := pack.Orders[i]
	var blocks []Block
	if part.Has("standard") {
		blocks = append(blocks, Facts{[]Fact{fact("Standard of the court", say(cmp.Or(o.Standard, sayPaperUnsaid)))}})
	}
	if part.Has("facts") {
		items := make([][]Run, len(o.Facts))
		for i, s := range o.Facts {
			items[i] = say(s)
		}
		blocks = append(blocks, Bullets{items})
	}
	if part.Has("source") {
		blocks = append(blocks, para(fmt.Sprintf(f.in(sayPaperSource), o.Source, o.CheckedOn)))
	}
	return blocks, 0, nil
}

// clocks are the days to keep in mind.
func (f *filler) clocks() ([]Block, int, error) {
	days, err := casework.Days(f.ctx, f.x, f.only(), f.law, f.out.Ask.Now, false, f.family)
	if err != nil || len(days) == 0 {
		return nil, 0, err
	}
	t := table("", Col{"Day", 1.6}, Col{"What", 3.4}, Col{"About", 5})
	var rows []Line
	var rules []Fact // the words of each rule of time, once: it has a day for each person
	var named []string
	for _, d := range days {
		if f.out.One != "" && d.Event != f.one.ID || f.bars(d.Event) {
			continue
		}
		on, what := say(cmp.Or(d.On, f.in(sayPaperNoDay))), say(d.What)
		switch {
		case d.On == "" && d.Perhaps != "":
			what = append(what, Run{Text: "\n" + fmt.Sprintf(f.in(sayPaperLatestDay), d.Perhaps)})
		case d.On == "":
			what = append(what, Run{Text: "\n" + f.in(sayPaperNoLatestDay)})
		}
		if d.Past {
			on = append(on, Run{Text: "\n" + f.in(sayPaperPast)})
		}
		switch {
		case d.On == "":
		case d.Perhaps != "":
			on = append(on, Run{Text: "\n" + fmt.Sprintf(f.in(sayPaperMayMove), d.Events, d.Perhaps)})
		case d.Events > 0:
			on = append(on, Run{Text: "\n" + fmt.Sprintf(f.in(sayPaperMayMoveFar), d.Events)})
		}
		about := f.what(d)
		if d.Clock != nil {
			if rule := d.What + "\n" + d.Words; !slices.Contains(named, rule) {
				named, rules = append(named, rule), append(rules, fact(d.What, about))
			}
			what, about = f.whose(*d.Clock, what), f.counted(d)
		}
		rows = append(rows, line("", on, what, about))
	}
	t.Rows = lines(rows)
	if len(rules) > 0 {
		return []Block{Facts{rules}, t}, len(rows), nil
	}
	return []Block{t}, len(rows), nil
}

// whose adds of whom a day of a rule of time is, where it is that of one of several.
func (f *filler) whose(c casework.Clock, what []Run) []Run {
	if of := c.Whose(f.in); of != "" {
		what = append(what, Run{Text: "\n"}, Run{Text: f.clean(of)})
	}
	return what
}

// counted is of which offences a day of a rule of time is, from what it is counted, and
// what later is not.
func (f *filler) counted(d casework.Day) []Run {
	var labels []string
	for _, l := range d.Offences {
		labels = append(labels, f.in(l))
	}
	runs := []Run{{Text: fmt.Sprintf(f.in(sayPaperOffences), strings.Join(labels, "; "))}}
	if d.Clock.From != nil {
		runs = append(append(runs, Run{Text: "\n" + f.in(sayPaperCountedFrom) + " "}), f.event(d.Clock.From.Event)...)
	}
	if !f.out.Whole { // any other need not know of an order
		d.Clock.Breaches = casework.Loose{}
	}
	for _, beside := range d.Clock.Beside(f.in, inEnglish) {
		runs = append(runs, Run{Text: "\n" + beside})
	}
	return runs
}

// what is what a day is about: words of the law, which sort of order, or what a
// person wrote.
func (f *filler) what(d casework.Day) []Run {
	words := d.Words
	v, ok := f.entry(d.Event.String())
	if d.Event == (timeline.ID{}) || ok && words == v.Fields["sort"] {
		words = f.in(words)
	}
	return quote(f.clean(words))
}

// terms are the terms that are proposed, each with what makes it necessary: what
// nothing is linked to says so.
func (f *filler) terms(s papers.Section, part papers.Part) ([]Block, int, error) {
	t := table("", Col{"Proposed term", 3}, Col{"Incidents that make it necessary", 5}, Col{"Work, faith, education", 2.4})
	var rows []Line
	for _, r := range f.answers(cmp.Or(part.Paper, f.out.ID), cmp.Or(part.Item, s.ID)) {
		v := r.Current()
		f.used[r.ID] = true
		linked := f.events(v.Events)
		if len(linked) == 0 {
			linked = say(sayPaperNoIncident)
		}
		clash := quote(f.clean(v.Fields["clash"]))
		if v.Fields["clash"] == "" {
			clash = say(sayPaperUnsaid)
		}
		rows = append(rows, line("", quote(f.clean(v.Words)), linked, clash))
	}
	if len(rows) == 0 {
		return nil, 0, nil
	}
	t.Rows = lines(rows)
	return []Block{t}, len(rows), nil
}
