package report

import (
	"fmt"
	"slices"
	"strings"

	"daybook/assets/help"
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
		cols = append(cols, Col{f.in(d.Label), map[string]float64{"what": 4, "effect": 4, "when": 0.6, "bundle": 1.6}[d.ID] + 1.6})
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
		if part.Having != "" && len(f.saidOf(r, v, part.Having)) == 0 || f.bars(r.ID) {
			continue
		}
		f.used[r.ID] = true
		var cells [][]Run
		for _, d := range fields {
			cells = append(cells, f.marked(r, w, v, d.ID))
		}
		all = append(all, line("", cells...))
	}
	if part.Latest > 0 && len(all) > part.Latest {
		all = all[len(all)-part.Latest:]
	}
	for _, l := range all {
		f.saying(fields, l.Cells)
	}
	if len(all) == 0 {
		return nil, 0, nil
	}
	n := len(all)
	cols, all, unsaid := saidAtAll(cols, all)
	t := table("", cols...)
	t.Rows = lines(all)
	blocks := []Block{t}
	if len(unsaid) > 0 {
		blocks = append(blocks, Facts{[]Fact{fact(capitals(f.in(sayPaperUnsaid)), say(strings.Join(unsaid, "; ")))}})
	}
	return blocks, n, nil
}

// saidAtAll are the columns in which something stands, and the titles of the others.
func saidAtAll(cols []Col, all []Line) (kept []Col, rows []Line, unsaid []string) {
	rows = make([]Line, len(all))
	for i, c := range cols {
		if !slices.ContainsFunc(all, func(l Line) bool { return textOf(l.Cells[i]) != "" }) {
			unsaid = append(unsaid, c.Title)
			continue
		}
		kept = append(kept, c)
		for j, l := range all {
			rows[j].Cells = append(rows[j].Cells, l.Cells[i])
		}
	}
	return kept, rows, unsaid
}

// incidentRows are all incidents, in order of time.
func (f *filler) incidentRows() (rows []timeline.Row, err error) {
	of := f.only()
	of.Kinds = []timeline.Kind{timeline.Incident}
	found, err := f.x.Find(f.ctx, of)
	if err != nil {
		return nil, err
	}
	for r, err := range found.All(f.ctx) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// marked is what an incident says of a field, and whether the person protected some of
// it: whoever has the paper may have to hand it on.
func (f *filler) marked(r timeline.Row, w timeline.Written, v timeline.Version, field string) []Run {
	said := f.saidOf(r, v, field)
	if textOf(said) != textOf(f.saidOf(r, withoutProtected(w, v), field)) {
		said = append(said, Run{Text: "\n(" + f.in(sayPaperProtected) + ")"})
	}
	return said
}

// saidOf is what an incident says of a field.
func (f *filler) saidOf(r timeline.Row, v timeline.Version, field string) []Run {
	join := func(all ...string) []Run {
		all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
		if len(all) == 0 {
			return nil
		}
		return quote(f.clean(strings.Join(all, "\n")))
	}
	switch field {
	case "when":
		own := ""
		if timeline.Own(r.Marks) {
			own = f.in(sayOwnAct)
		}
		return say(joined(f.at(r.When), own))
	case "what":
		return join(v.What, v.ExactWords, f.byWhom(casework.Doer{Said: v.Who, Who: f.who[r.ID]}))
	case "codes":
		return say(strings.Join(codesOf(r.Marks), ", "))
	case "effect":
		feared := ""
		if v.FearedViolence == "yes" {
			feared = joined(f.in(factFeared)+": "+f.in("yes"), v.FearedWhy)
		}
		return join(v.FeelingThen, v.FeelingAfter, v.ChangeMade, feared)
	case "aimed_at":
		return join(casework.AimedAt(v))
	case "children":
		if there := casework.ChildrenThere(v); there != "" {
			return join(there)
		}
		if casework.ChildMarked(r) {
			return say(f.in(sayPaperChildMarked))
		}
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
	bare := 0 // files without a label
	for n := range f.c.Len() {
		item, err := f.c.Item(n + 1)
		if err != nil {
			return nil, 0, err
		}
		label := f.p.labels[item.Number]
		if label == "" {
			if item.Parent == 0 && !item.Deleted {
				bare++
			}
			continue
		}
		page := ""
		if e, ok := f.p.earlier[item.Number]; ok {
			page = fmt.Sprintf(f.in(sayEarlierExhibit), e.Bundle, e.Page)
		}
		values := map[string][]Run{"label": say(label), "name": quote(f.clean(item.Name)), "sha256": mono(twoLines(item.Hash.String())), "bundle": say(page)}
		var cells [][]Run
		for _, d := range fields {
			cells = append(cells, values[d.ID])
		}
		f.saying(fields, cells)
		rows = append(rows, line("", cells...))
	}
	var blocks []Block
	if len(rows) > 0 {
		t := table("", cols...)
		t.Rows = lines(rows)
		blocks = append(blocks, t)
	}
	if bare > 0 {
		blocks = append(blocks, para(agree(f.in(sayPaperUnlabelled), bare)))
	}
	return blocks, len(rows), nil
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
			facts = append(facts, fact(l.Name, []Run{{Text: l.Number, Bold: true}, {Text: "  " + f.in(l.About) + " (" + l.VerifiedOn + ")"}}))
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
