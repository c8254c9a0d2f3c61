package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"daybook/assets/help"
	"daybook/assets/law"
	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// incidents are what was written down, each with the fields that the part has.
func (f *filler) incidents(part papers.Part) ([]Block, int, error) {
	fields, err := part.Holds()
	if err != nil {
		return nil, 0, err
	}
	var cols []Col
	for _, d := range fields {
		cols = append(cols, Col{d.Label, map[string]float64{"what": 4, "effect": 4, "when": 0.6}[d.ID] + 1.6})
	}
	rows, err := f.incidentRows()
	if err != nil {
		return nil, 0, err
	}
	var all []Line
	for _, r := range rows {
		w, ok := f.written(r.ID)
		if !ok {
			continue
		}
		v, _ := f.p.readable(w)
		if part.Having != "" && len(f.said(r, v, part.Having)) == 0 {
			continue
		}
		f.used[r.ID] = true
		var cells [][]Run
		for _, d := range fields {
			cells = append(cells, f.said(r, v, d.ID))
		}
		all = append(all, line("", cells...))
	}
	if part.Latest > 0 && len(all) > part.Latest {
		all = all[len(all)-part.Latest:]
	}
	if len(all) == 0 {
		return nil, 0, nil
	}
	t := table("", cols...)
	t.Rows = lines(all)
	return []Block{t}, len(all), nil
}

// incidentRows are the incidents that this paper may show, in order of time.
func (f *filler) incidentRows() (rows []timeline.Row, err error) {
	found, err := f.x.Find(f.ctx, timeline.Filter{Kinds: []timeline.Kind{timeline.Incident}})
	if err != nil {
		return nil, err
	}
	for r, err := range found.All(f.ctx) {
		if err != nil {
			return nil, err
		}
		if !f.barred[r.ID] {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// said is what an incident says of a field.
func (f *filler) said(r timeline.Row, v timeline.Version, field string) []Run {
	join := func(all ...string) []Run {
		all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
		if len(all) == 0 {
			return nil
		}
		return quote(f.clean(strings.Join(all, "\n")))
	}
	switch field {
	case "when":
		return say(f.at(r.When))
	case "what":
		return join(v.What, v.ExactWords)
	case "codes":
		return say(strings.Join(codesOf(r.Marks), ", "))
	case "effect":
		feared := ""
		if v.FearedViolence == "yes" {
			feared = joined(factFeared+": yes", v.FearedWhy)
		}
		return join(v.FeelingThen, v.FeelingAfter, v.ChangeMade, feared)
	case "aimed_at":
		return join(v.AimedAt)
	case "children":
		return join(v.Children)
	case "witnesses":
		var names []string
		for _, w := range v.Witnesses {
			names = append(names, joined(w.Name, w.Relation, w.Saw))
		}
		return join(names...)
	case "place":
		return join(v.Place.Text)
	case "reported":
		var to []string
		for _, t := range v.ReportedTo {
			to = append(to, joined(t.To, t.When, t.Crime))
		}
		return join(to...)
	case "exhibits":
		return say(f.labels(v.Evidence))
	case "bundle":
		return say(f.issued(r.ID))
	}
	return nil
}

// joined is what there is of some texts, in a line.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}

func codesOf(marks []timeline.Mark) (codes []string) {
	for _, m := range marks {
		if m.Code != "" && !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

// course is the course of conduct in counts.
func (f *filler) course(part papers.Part) ([]Block, int, error) {
	c, err := f.conduct()
	if err != nil || c.Events == 0 {
		return nil, 0, err
	}
	var facts []Fact
	for _, v := range []struct{ field, name, value string }{
		{"events", "Events", fmt.Sprint(c.Events)},
		{"occasions", "Occasions", fmt.Sprintf(sayPaperOccasions, c.Occasions, c.ByRule)},
		{"first", "First", c.First}, {"last", "Last", c.Last},
	} {
		if part.Has(v.field) {
			facts = maybe(facts, v.name, v.value)
		}
	}
	blocks := []Block{}
	if len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	if part.Has("codes") && f.out.Pages > 0 {
		for _, k := range c.Codes {
			blocks = append(blocks, para(fmt.Sprintf(sayPaperCode, behaviourTitle(k.Code), k.Events, k.First, k.Last)))
		}
	} else if part.Has("codes") && len(c.Codes) > 0 {
		t := table("", Col{"Behaviour", 4}, Col{"Events", 1.2}, Col{"Occasions", 1.4}, Col{"First", 1.6}, Col{"Last", 1.6})
		var rows []Line
		for _, k := range c.Codes {
			rows = append(rows, line("", say(behaviourTitle(k.Code)), number(k.Events), number(k.Occasions), say(k.First), say(k.Last)))
		}
		t.Rows = lines(rows)
		blocks = append(blocks, t)
	}
	if part.Has("months") {
		t := table("", Col{"Month", 2}, Col{"Events", 1})
		t.Rows = lines(monthLines(c))
		blocks = append(blocks, t)
	}
	return blocks, c.Events, nil
}

// conduct is the course of conduct without what is kept out.
func (f *filler) conduct() (casework.Course, error) {
	if len(f.barred) == 0 {
		return casework.CourseOf(f.ctx, f.x, timeline.Filter{})
	}
	c, err := casework.CourseOf(f.ctx, f.x, timeline.Filter{})
	if err != nil {
		return c, err
	}
	var kept []timeline.ID
	for _, s := range c.Rows {
		if !f.barred[s.Event] {
			kept = append(kept, s.Event)
		}
	}
	if len(kept) == 0 {
		return casework.Course{}, nil
	}
	return casework.CourseOf(f.ctx, f.x, timeline.Filter{Events: kept})
}

// monthLines count the events of each month; those of no certain day stand last.
func monthLines(c casework.Course) (rows []Line) {
	var months []string
	n := map[string]int{}
	for _, s := range c.Rows {
		if s.Day == "" {
			continue
		}
		m := s.Day[:len("2006-01")]
		if n[m]++; n[m] == 1 {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	for _, m := range months {
		rows = append(rows, line("", say(m), number(n[m])))
	}
	if c.Undated > 0 {
		rows = append(rows, line("", say(sayPaperNoDay), number(c.Undated)))
	}
	return rows
}

func behaviourTitle(code string) string {
	for _, b := range timeline.Behaviours() {
		if b.Code == code {
			return code + ": " + b.Title
		}
	}
	return code
}

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
	of := casework.MatrixOf
	if part.From == papers.Criteria {
		of = casework.CriteriaOf
	}
	m, err := of(f.ctx, f.x, pack, part.Entry)
	if err != nil {
		return nil, 0, err
	}
	t := table("", Col{m.Offence.Label, 4}, Col{titlePaperShows, 6})
	var rows []Line
	n := 0
	for _, l := range m.Lines {
		var cell []Run
		for _, c := range l.Cells {
			if f.barred[c.Event] || !f.mayShow(c.Kind) {
				continue
			}
			n++
			if len(cell) > 0 {
				cell = append(cell, Run{Text: "\n"})
			}
			cell = append(append(cell, f.pointed(c)...), Run{Text: " [" + f.clean(c.Why) + "]"})
		}
		if len(cell) == 0 {
			cell = say(casework.NothingYet)
		}
		rows = append(rows, line("", say(l.Text), cell))
	}
	t.Rows = lines(rows)
	blocks := []Block{para(sayPaperIndex), t}
	var facts []Fact
	for _, c := range m.Considered {
		f.used[c.Event] = true
		facts = append(facts, fact(c.Law+", "+c.Outcome, quote(f.clean(c.Words))))
	}
	if len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	return blocks, n, nil
}

// pointed leads to what may show an element: to its row in the bundle that was
// frozen, or else by its own words.
func (f *filler) pointed(c casework.Cell) []Run {
	row := f.issued(c.Event)
	if row == "" {
		return f.event(c.Event)
	}
	f.used[c.Event] = true
	return say(joined(cmp.Or(c.Day, sayPaperNoDay), row))
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
				answers = append(answers, id+": "+a)
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
		blocks = append(blocks, para(fmt.Sprintf(sayPaperSource, o.Source, o.CheckedOn)))
	}
	return blocks, 0, nil
}

// clocks are the days to keep in mind.
func (f *filler) clocks() ([]Block, int, error) {
	days, err := casework.Days(f.ctx, f.x, f.law, f.out.Ask.Now, false)
	if err != nil || len(days) == 0 {
		return nil, 0, err
	}
	t := table("", Col{"Day", 1.6}, Col{"What", 3.4}, Col{"About", 5})
	var rows []Line
	for _, d := range days {
		if f.out.One != "" && d.Event != f.one.ID || f.barred[d.Event] {
			continue
		}
		on := say(d.On)
		if d.Past {
			on = append(on, Run{Text: "\n" + sayPaperPast})
		}
		rows = append(rows, line("", on, say(d.What), quote(f.clean(d.Words))))
	}
	t.Rows = lines(rows)
	return []Block{t}, len(rows), nil
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

// exhibits are the files that have a label.
func (f *filler) exhibits(part papers.Part) ([]Block, int, error) {
	fields, err := part.Holds()
	if err != nil {
		return nil, 0, err
	}
	var cols []Col
	for _, d := range fields {
		cols = append(cols, Col{d.Label, map[string]float64{"name": 4, "sha256": 4}[d.ID] + 1.6})
	}
	var rows []Line
	for n := range f.c.Len() {
		item, err := f.c.Item(n + 1)
		if err != nil {
			return nil, 0, err
		}
		label := f.p.labels[item.Number]
		if label == "" {
			continue
		}
		page := ""
		if e, ok := f.p.earlier[item.Number]; ok {
			page = fmt.Sprintf(sayEarlierExhibit, e.Bundle, e.Page)
		}
		values := map[string][]Run{"label": say(label), "name": quote(f.clean(item.Name)), "sha256": mono(twoLines(item.Hash.String())), "bundle": say(page)}
		var cells [][]Run
		for _, d := range fields {
			cells = append(cells, values[d.ID])
		}
		rows = append(rows, line("", cells...))
	}
	if len(rows) == 0 {
		return nil, 0, nil
	}
	t := table("", cols...)
	t.Rows = lines(rows)
	return []Block{t}, len(rows), nil
}

// help are the numbers of help, those of each country under its name.
func (f *filler) help() ([]Block, int, error) {
	countries, err := help.Countries()
	if err != nil {
		return nil, 0, err
	}
	var blocks []Block
	n, old := 0, false
	for _, c := range countries {
		var facts []Fact
		for _, l := range c.Lines {
			facts = append(facts, fact(l.Name, []Run{{Text: l.Number, Bold: true}, {Text: "  " + l.About + " (" + l.VerifiedOn + ")"}}))
			old = old || l.Old(f.out.Ask.Now)
			n++
		}
		blocks = append(blocks, Para{[]Run{{Text: c.Name, Bold: true}}, Body}, Facts{facts})
	}
	if old {
		blocks = append([]Block{para(sayPaperOldNumbers)}, blocks...)
	}
	return blocks, n, nil
}

// mostSmall is below which a count is not said in a sheet that carries no names.
const mostSmall = 5

// hideSmall is a count as a sheet of statistics says it.
func hideSmall(n int) string {
	if n < mostSmall {
		return fmt.Sprintf("<%d", mostSmall)
	}
	return fmt.Sprint(n)
}

// statistics are counts without names. No total stands beside its parts: what is
// hidden could be worked out from it.
func (f *filler) statistics() ([]Block, int, error) {
	c, err := f.conduct()
	if err != nil {
		return nil, 0, err
	}
	var rows []Line
	add := func(what string, n int) { rows = append(rows, line("", say(what), say(hideSmall(n)))) }
	add("Occasions, by the rule", c.ByRule)
	for _, b := range timeline.Behaviours() {
		n := 0
		for _, k := range c.Codes {
			if k.Code == b.Code {
				n = k.Events
			}
		}
		add(behaviourTitle(b.Code), n)
	}
	for _, of := range []struct {
		kind  timeline.Kind
		field string
	}{{timeline.ReportMade, "body"}, {timeline.ReportMade, "state"}, {timeline.CourtOrder, "sort"}, {timeline.Breach, "may"}, {timeline.Support, "state"}, {timeline.Assessment, ""}, {timeline.LifeChange, "part"}} {
		if !f.mayShow(of.kind) {
			continue
		}
		if err := f.countEach(of.kind, of.field, add); err != nil {
			return nil, 0, err
		}
	}
	t := table("", Col{"What", 6}, Col{"Count", 1})
	t.Rows = lines(rows)
	return []Block{para(fmt.Sprintf(sayPaperSmall, mostSmall)), t}, len(rows), nil
}

// countEach counts the entries of a register by a choice.
func (f *filler) countEach(kind timeline.Kind, field string, add func(string, int)) error {
	r, err := f.x.Register(kind)
	if err != nil {
		return err
	}
	n := map[string]int{}
	list := f.x.Registers(kind)
	for _, e := range list {
		n[e.Current().Fields[field]]++
	}
	of, ok := r.Field(field)
	if !ok {
		add(r.Title, len(list))
		return nil
	}
	for _, choice := range of.Choices {
		add(r.Title+": "+choice, n[choice])
	}
	return nil
}
