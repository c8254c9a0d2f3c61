package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// sidePattern is one side of the pattern among the rows.
type sidePattern struct {
	Title, Rule, Why string
	Figures          []sideFigure
}

// sideFigure is a number with the rows that it counts.
type sideFigure struct {
	Group, Key, Note string
	N                int
	None             bool // nothing was counted, for the reason in the note
	Rows             Spans
}

// cell is its number; a dash where nothing was counted.
func (f sideFigure) cell() []Run {
	if f.None {
		return say("–")
	}
	return number(f.N)
}

// printedSides are what stands in a bundle beside behaviours, months and sources,
// which the summary counts; a served pack has those that name nobody, and no silences:
// a day whose rows are left out is none.
var printedSides = []struct {
	by     string
	served bool
}{
	{"hour", true}, {"moment", true}, {"new-handle", false}, {"reach", true}, {"private", true}, {"burst", true}, {"silence", false}, {"impact", true}, {"cost", true},
}

// patternRow keeps a row that somebody wrote down or marked, as this pack shows it.
func (p *planner) patternRow(shown timeline.Row) {
	if shown.Source.Item != 0 && len(shown.Marks) == 0 {
		return
	}
	if w, ok := p.written[shown.ID]; ok {
		v, _ := p.readable(w)
		shown.Incident = &v
	}
	p.said = append(p.said, shown)
}

// patterns finds the sides of the pattern among the rows that this pack shows.
func (p *planner) patterns(ctx context.Context) error {
	var places []int
	number := map[timeline.ID]int{}
	first := p.b.first() - p.b.Before - 1
	for i, id := range p.found.IDs(first, p.b.last()-p.b.first()+1) {
		if !p.out[id] {
			places = append(places, first+i)
			number[id] = p.b.first() + i
		}
	}
	f := p.sel.Filter
	m := casework.Material{Index: p.x, Result: p.found.Only(places), Rows: p.said, From: f.From, To: f.To, Of: p.selectedAs()}
	p.m.Summary.only = m.Of.Only()
	for _, s := range printedSides {
		if p.b.Pack == Served && !s.served {
			continue
		}
		found, err := m.Pattern(ctx, s.by)
		if err != nil {
			return err
		}
		if len(found.Figures) == 0 && found.Why == "" {
			continue
		}
		side := sidePattern{Title: found.Title, Rule: found.Rule, Why: found.Why}
		for _, f := range found.Figures {
			if s.by == "burst" && p.b.Pack == Served {
				f.Group, f.Note = "", ""
			}
			if s.by == "impact" && f.Note != "" {
				continue // the words themselves stand under the effects
			}
			if s.by == "hour" && f.Key != timeline.UnknownKey && f.Key != casework.NotCounted {
				f.Key += ":00 – " + f.Key + ":59"
			}
			side.Figures = append(side.Figures, p.sideFigure(f, number))
		}
		p.m.Patterns = append(p.m.Patterns, side)
	}
	p.b.sidesOf = p.m.Patterns
	return nil
}

// selectedAs is what the rows that are shown are of all that the case holds.
func (p *planner) selectedAs() casework.Selected {
	switch {
	case p.b.Continues != 0:
		return casework.Supplement
	case len(p.out) > 0:
		return casework.Chosen
	}
	return casework.SelectedBy(p.sel.Filter)
}

func (p *planner) sideFigure(f casework.Figure, number map[timeline.ID]int) sideFigure {
	rows := make([]int, len(f.Events))
	for i, id := range f.Events {
		rows[i] = number[id]
	}
	slices.Sort(rows)
	out := sideFigure{Group: visible(p.gate.clean(f.Group)), Key: visible(p.gate.clean(f.Key)), Note: visible(p.gate.clean(f.Note)), N: f.N, None: f.None}
	for _, n := range rows {
		out.Rows.Add(n)
	}
	return out
}

// rowsLinked is how many of the rows of a number are linked; data/pattern.csv has
// all of them.
const rowsLinked = 6

// linked are the first rows that a number counts, each leading to its row.
func (f sideFigure) linked() (runs []Run) {
	n := 0
	for _, s := range f.Rows {
		for row := s.First; row <= s.Last && n < rowsLinked; row++ {
			if n > 0 {
				runs = append(runs, Run{Text: ", "})
			}
			runs = append(runs, link(strconv.Itoa(row), rowAnchor(row)))
			n++
		}
	}
	if more := f.N - n; more > 0 {
		runs = append(runs, Run{Text: fmt.Sprintf(saySidesMore, more)})
	}
	return runs
}

// sides are the further sides of the pattern, each a table of its numbers.
func (b *Bundle) sides(m material) []Block {
	if len(m.Patterns) == 0 {
		return nil
	}
	blocks := []Block{para(saySides)}
	for _, s := range m.Patterns {
		if s.Why != "" {
			blocks = append(blocks, Para{Runs: []Run{{Text: s.Title + ". ", Bold: true}, {Text: s.Why}}})
			continue
		}
		if s.Rule != "" {
			blocks = append(blocks, Para{Runs: []Run{{Text: s.Title + ". ", Bold: true}, {Text: s.Rule}}})
		}
		noted := slices.ContainsFunc(s.Figures, func(f sideFigure) bool { return f.Note != "" })
		t := table("", Col{s.Title, 4}, Col{"Number", 1}, Col{"Rows", 3}).counting("Number")
		if s.Rule != "" {
			t.Cols[0].Title = "What"
		}
		if noted {
			t.Cols = slices.Insert(t.Cols, 2, Col{"To be known", 4})
		}
		var l []Line
		group := ""
		for _, f := range s.Figures {
			if f.Group != group {
				group = f.Group
				l = append(l, line("", []Run{{Text: group, Bold: true, Evidence: true}}))
				l[len(l)-1].Leads = group != ""
			}
			cells := [][]Run{quote(f.Key), f.cell(), f.linked()}
			if noted {
				cells = slices.Insert(cells, 2, quote(f.Note))
			}
			l = append(l, line("", cells...))
		}
		t.Rows = lines(l)
		blocks = append(blocks, t)
	}
	return blocks
}

// writePattern writes every number of these sides with all its rows.
func (b *Bundle) writePattern(to *bag) error {
	if len(b.sidesOf) == 0 {
		return nil
	}
	return to.create("data/pattern.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Pattern", "Of", "What", "Number", "To be known", "Rows")
		if err != nil {
			return err
		}
		for _, side := range b.sidesOf {
			if side.Why != "" {
				if err := s.row(side.Title, "", casework.NotCounted, "", side.Why, ""); err != nil {
					return err
				}
			}
			for _, f := range side.Figures {
				var rows []string
				n := strconv.Itoa(f.N)
				if f.None {
					n = ""
				}
				for _, span := range f.Rows {
					rows = append(rows, span.String())
				}
				if err := s.row(side.Title, f.Group, f.Key, n, f.Note, strings.Join(rows, ", ")); err != nil {
					return err
				}
			}
		}
		return s.close()
	})
}
