package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// Changes is what is not as it was in a bundle that was frozen.
type Changes struct {
	Since      int             `json:"since"` // the bundle
	Made       time.Time       `json:"made"`
	Profile    string          `json:"profile"`
	Rows       int             `json:"rows"` // of this bundle
	Added      Spans           `json:"added"`
	Changed    []ChangedRow    `json:"changed"`
	Withheld   []ChangedRow    `json:"withheld"`    // shown there, left out here
	Shown      []ChangedRow    `json:"shown_again"` // left out there, shown here
	Gone       []ChangedRow    `json:"gone"`        // there, and not here
	New        []FrozenExhibit `json:"new_exhibits"`
	NotHere    []FrozenExhibit `json:"exhibits_not_here"`
	Supplement bool            `json:"supplement,omitempty"` // what has not changed is not in it
	Printed    bool            `json:"printed,omitempty"`    // rows were held against what an earlier version of the program printed, whose own words may have been others
}

// ChangedRow is a row that is not as it was.
type ChangedRow struct {
	Row    int      `json:"row,omitempty"`   // here
	Issued []Issued `json:"issued"`          // there, and in what that bundle continues; the first of them first
	Parts  []string `json:"parts,omitempty"` // what of it has changed
}

// None tells that nothing has changed.
func (c *Changes) None() bool {
	return len(c.Added)+len(c.Changed)+len(c.Withheld)+len(c.Shown)+len(c.Gone)+len(c.New)+len(c.NotHere) == 0
}

// Note says what else must be known of the rows that are named as changed; empty where
// nothing must.
func (c *Changes) Note() string {
	if c.Printed {
		return sayPrinted
	}
	return ""
}

// compare holds the rows and exhibits against those of the bundle before.
func (p *planner) compare(ctx context.Context) (err error) {
	if p.b.Number == 0 && p.since == nil {
		return nil
	}
	if p.gate != nil {
		p.b.nameless = p.gate.addresses.place
	}
	if p.b.states, err = p.states(ctx); err != nil {
		return err
	}
	if p.since == nil {
		return nil
	}
	c := &Changes{Since: p.since.Bundle, Made: p.since.Made, Profile: p.since.Profile, Rows: p.b.Rows, Supplement: p.b.Continues != 0,
		Added: Spans{}, Changed: []ChangedRow{}, Withheld: []ChangedRow{}, Shown: []ChangedRow{}, Gone: []ChangedRow{}, New: []FrozenExhibit{}, NotHere: []FrozenExhibit{}}
	here := map[timeline.ID]bool{}
	for _, now := range p.b.states {
		here[now.ID] = true
		c.row(now, p.before)
	}
	for id, was := range p.before {
		if !here[id] && !c.Supplement {
			c.Gone = append(c.Gone, ChangedRow{Issued: was.Issued})
		}
	}
	slices.SortFunc(c.Gone, func(a, b ChangedRow) int { return a.Issued[0].Row - b.Issued[0].Row })
	c.exhibits(p.b.Exhibits, p.earlier)
	p.b.Changes = c
	return nil
}

// row notes what became of a row.
func (c *Changes) row(now FrozenRow, before map[timeline.ID]issuedRow) {
	was, issued := before[now.ID]
	change := ChangedRow{Row: now.Number, Issued: was.Issued}
	switch {
	case !issued:
		c.Added.Add(now.Number)
	case now.Out && !was.Out:
		c.Withheld = append(c.Withheld, change)
	case was.Out && !now.Out:
		c.Shown = append(c.Shown, change)
	case !now.Out:
		printed := false
		if change.Parts, printed = now.changed(was.FrozenRow); len(change.Parts) > 0 {
			c.Changed = append(c.Changed, change)
			c.Printed = c.Printed || printed
		}
	}
}

// changedParts names the parts whose sums differ.
func changedParts(was, now string) (names []string) {
	const size = 2 * sumBytes
	for i, name := range partNames {
		from, to := i*size, (i+1)*size
		if to > len(was) || to > len(now) || was[from:to] != now[from:to] {
			names = append(names, name)
		}
	}
	return names
}

func (c *Changes) exhibits(now []Exhibit, was map[int64]FrozenExhibit) {
	here := map[int64]bool{}
	for _, e := range now {
		here[e.Item] = true
		if _, issued := was[e.Item]; !issued {
			c.New = append(c.New, FrozenExhibit{Item: e.Item, Label: e.Label})
		}
	}
	for _, f := range was {
		if !c.Supplement && !here[f.Item] {
			c.NotHere = append(c.NotHere, f)
		}
	}
	slices.SortFunc(c.NotHere, func(a, b FrozenExhibit) int { return compareLabels(a.Label, b.Label) })
}

// changesShown is how many changed rows are printed one by one.
const changesShown = 500

// changes is the section that says what is not as it was in the bundle before.
func (b *Bundle) changes() Section {
	c := b.Changes
	if c == nil {
		return Section{}
	}
	lead := fmt.Sprintf(sayChanges, c.Since, c.Made.Format("2 January 2006 15:04"))
	if c.Supplement {
		lead = fmt.Sprintf(saySupplement, c.Since, bundles(b.chain), b.After.Label, b.Before)
	}
	s := Section{Title: fmt.Sprintf(titleSince, c.Since), Blocks: []Block{para(lead)}}
	if c.None() {
		s.Blocks = append(s.Blocks, para(sayNoChanges))
		return s
	}
	facts := []Fact{
		fact("Rows added", b.spanLinks(c.Added)),
		fact("Rows changed", number(len(c.Changed))),
		fact("Rows left out now", number(len(c.Withheld))),
		fact("Rows shown again", number(len(c.Shown))),
	}
	if !c.Supplement {
		facts = append(facts, fact("Rows not here", number(len(c.Gone))))
	}
	facts = append(facts, fact("New exhibits", exhibitLinks(c.New, true)))
	if len(c.NotHere) > 0 {
		facts = append(facts, fact("Exhibits not here", exhibitLinks(c.NotHere, false)))
	}
	s.Blocks = append(s.Blocks, Facts{facts})
	if c.Note() != "" {
		s.Blocks = append(s.Blocks, para(c.Note()))
	}
	if t := c.table(); t.Rows != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

// spanLinks are spans of rows, each with links.
func (b *Bundle) spanLinks(spans Spans) (runs []Run) {
	if len(spans) == 0 {
		return say("0")
	}
	runs = say(fmt.Sprintf(sayCountOf, spans.Len()))
	for i, s := range spans {
		if i == spansOnPaper {
			runs = append(runs, Run{Text: " […]"})
			break
		}
		if i > 0 {
			runs = append(runs, Run{Text: ", "})
		}
		runs = append(runs, link(strconv.Itoa(s.First), rowAnchor(s.First)))
		if s.Last > s.First {
			runs = append(runs, Run{Text: "–"}, link(strconv.Itoa(s.Last), rowAnchor(s.Last)))
		}
	}
	return runs
}

func exhibitLinks(all []FrozenExhibit, here bool) (runs []Run) {
	for i, e := range all {
		if i > 0 {
			runs = append(runs, Run{Text: ", "})
		}
		if here {
			runs = append(runs, link(e.Label, itemAnchor(e.Item)))
		} else {
			runs = append(runs, Run{Text: e.Label + " (" + e.where() + ")"})
		}
	}
	if len(all) == 0 {
		return say("0")
	}
	return runs
}

// table lists the rows that have changed one by one. Of those that were not selected here
// it lists a few so, and more by their numbers: a bundle of a period would begin with pages
// of them.
func (c *Changes) table() Table {
	t := table("", Col{"Row here", 1.2}, Col{"As it was issued", 3.5}, Col{"What has changed", 5})
	gone, folded := c.Gone, []Line(nil)
	if len(gone) > goneShown {
		gone, folded = nil, foldedGone(c.Gone)
	}
	var l []Line
	for _, group := range []struct {
		rows []ChangedRow
		what string
	}{{c.Changed, ""}, {c.Withheld, sayNowWithheld}, {c.Shown, sayNowShown}, {gone, sayNowGone}} {
		for _, r := range group.rows {
			if len(l) == changesShown {
				l = append(l, line("", nil, nil, say(sayMoreChanges)))
				t.Rows = lines(append(l, folded...))
				return t
			}
			var here []Run
			if r.Row > 0 {
				here = []Run{link(strconv.Itoa(r.Row), rowAnchor(r.Row))}
			}
			l = append(l, line("", here, say(issuedIn(r.Issued, "\n")), say(group.what+strings.Join(r.Parts, "; "))))
		}
	}
	if l = append(l, folded...); len(l) > 0 {
		t.Rows = lines(l)
	}
	return t
}

// goneShown is how many rows that were not selected are listed one by one.
const goneShown = 12

// foldedGone lists rows that were not selected by the bundle that issued them first.
func foldedGone(rows []ChangedRow) (l []Line) {
	byBundle := map[int][]int{}
	for _, r := range rows {
		first := r.Issued[0]
		byBundle[first.Bundle] = append(byBundle[first.Bundle], first.Row)
	}
	for _, n := range slices.Sorted(maps.Keys(byBundle)) {
		numbers := byBundle[n]
		slices.Sort(numbers)
		var spans Spans
		for _, row := range numbers {
			spans.Add(row)
		}
		l = append(l, line("", nil, say(fmt.Sprintf(sayGoneRows, n, spans)), say(fmt.Sprintf(sayCountOf, len(numbers))+sayNowGone)))
	}
	return l
}
