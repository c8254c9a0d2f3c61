package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

// elsewhere are the rows of which another source has the same: a call stands in
// a telephone and on its bill. Both are rows, and both are counted; the counts
// and the rows say so. What is left out of the bundle is none of them.
type elsewhere struct {
	rows []twin
	at   map[recordAt]int // the number of each of them
}

// recordAt is where a record stands.
type recordAt struct {
	item   int64
	record string
}

// twin is a row and where the same stands.
type twin struct {
	timeline.Row // kind, source and parties alone
	in           ofMonth
	others       []timeline.Pinpoint
}

// note takes a row that is shown.
func (e *elsewhere) note(r *timeline.Row, n int, in ofMonth) {
	if len(r.Elsewhere) == 0 {
		return
	}
	if e.at == nil {
		e.at = map[recordAt]int{}
	}
	e.at[recordAt{r.Source.Item, r.Source.Record}] = n
	e.rows = append(e.rows, twin{timeline.Row{Event: timeline.Event{Kind: r.Kind, Source: r.Source, From: r.From, To: r.To}}, in, r.Elsewhere})
}

// numbers are the rows of this bundle among places.
func (e *elsewhere) numbers(others []timeline.Pinpoint) (rows []int) {
	for _, o := range others {
		if n := e.at[recordAt{o.Item, o.Record}]; n > 0 {
			rows = append(rows, n)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// said names the rows that hold the same.
func (e *elsewhere) said(others []timeline.Pinpoint) string {
	var rows []string
	for _, n := range e.numbers(others) {
		rows = append(rows, fmt.Sprintf(sayRowNumber, n))
	}
	return strings.Join(rows, ", ")
}

// countTwice says beside each count how many of its rows stand twice.
func (p *planner) countTwice() {
	for _, t := range p.elsewhere.rows {
		if len(p.elsewhere.numbers(t.others)) > 0 {
			p.m.Summary.twice(t.Kind.Title(), p.sourceOf(t.Row), t.in)
		}
	}
}

// personsTwice says of each person in how many of their rows the same stands twice.
func (p *planner) personsTwice() {
	n := map[string]int{}
	for _, t := range p.elsewhere.rows {
		if len(p.elsewhere.numbers(t.others)) == 0 {
			continue
		}
		from, to := p.personsOf(t.Row)
		who := append(to, from)
		slices.Sort(who)
		for _, number := range slices.Compact(who) {
			n[number]++
		}
	}
	for i := range p.b.people {
		if twice := n[strconv.Itoa(i+1)]; twice > 0 {
			x := &p.b.people[i]
			x.Notes = append(x.Notes, agree(sayTwicePerson, twice))
		}
	}
}
