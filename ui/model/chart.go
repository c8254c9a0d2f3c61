package model

import (
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
)

// Figures are counts in rows and columns, as a chart and a table show them.
// Every figure leads to the events that it counts: they are found again by the
// rule by which they were counted.
type Figures struct {
	Name    string // "By month and behaviour"
	Rule    string // how it was counted, in sentences
	Note    string // what else must be known to read it; may be empty
	Rows    []Heading
	Columns []Heading
	N       [][]int // by row, then column
	Drawn   int     // how many of the rows a chart shows; the others stand in the table alone
	Unit    string  // what is counted: "event", "occasion"
	Left    []Left  // what could not be counted

	p    *Pattern
	cell func(unit []int32) place

	pairs [][2][]timeline.ID // of two parts side by side: the events by row, then column
}

// Heading names a row or a column.
type Heading struct {
	Short string // as a chart has room for
	Group string // what it shares with its neighbours: the year of a month; may be empty
	Long  string // in full
}

// Left is a count of what stands in no column, and what that is.
type Left struct {
	What string // "of a day whose hour is not known"
	N    int
}

// Said is the count in words.
func (l Left) Said(unit string) string { return "Not in it: " + count(l.N, unit) + " " + l.What + "." }

// place says where a unit counts: in some rows of one column. A column below 0
// is a reason for which it is left out: -1 is the first.
type place struct {
	col  int
	rows uint64
}

// mostRows bounds the rows of a table.
const mostRows = 64

// count counts every unit.
func (f *Figures) count() {
	f.N = make([][]int, len(f.Rows))
	for r := range f.N {
		f.N[r] = make([]int, len(f.Columns))
	}
	for unit := range f.p.units() {
		at := f.cell(unit)
		if at.col < 0 {
			f.Left[-1-at.col].N++
			continue
		}
		for r := range f.Rows {
			if at.rows&(1<<r) != 0 {
				f.N[r][at.col]++
			}
		}
	}
}

// Most is the largest figure, Highest the largest column of the drawn rows.
func (f *Figures) Most() (most int) {
	for _, row := range f.N {
		most = max(most, slices.Max(row))
	}
	return most
}

// Highest is the largest column of the rows that a chart shows.
func (f *Figures) Highest() (most int) {
	for c := range f.Columns {
		most = max(most, f.Height(c))
	}
	return most
}

// Height is how high a column is in a chart: the sum of its drawn rows.
func (f *Figures) Height(col int) (n int) {
	for _, row := range f.N[:f.Drawn] {
		n += row[col]
	}
	return n
}

// Free lets go of what was counted: Fyne holds on to a chart for a while that is
// shown no more. The figures stay, and lead nowhere.
func (f *Figures) Free() { f.p, f.cell, f.pairs = nil, nil, nil }

// Said is one figure in words.
func (f *Figures) Said(row, col int) string {
	return fmt.Sprintf("%s, %s: %s", f.Columns[col].Long, f.Rows[row].Long, count(f.N[row][col], f.Unit))
}

// Only gives the events behind a figure; ok is false where it is nought.
func (f *Figures) Only(row, col int) (only *Only, ok bool) {
	name := f.Columns[col].Long + ", " + f.Rows[row].Long
	if f.pairs != nil {
		return &Only{Name: name, Events: f.pairs[row][col]}, f.N[row][col] > 0
	}
	return f.events(name, func(at place) bool { return at.col == col && at.rows&(1<<row) != 0 })
}

// OnlyLeft gives the events of what was left out for a reason.
func (f *Figures) OnlyLeft(n int) (only *Only, ok bool) {
	return f.events(upper(f.Left[n].What), func(at place) bool { return at.col == -1-n })
}

func (f *Figures) events(name string, in func(place) bool) (*Only, bool) {
	if f.p == nil {
		return nil, false
	}
	var places []int32
	for unit := range f.p.units() {
		if in(f.cell(unit)) {
			places = append(places, unit...)
		}
	}
	return &Only{Name: name, Events: f.p.ids(places)}, len(places) > 0
}

// upper makes the first letter of an English text a capital.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// ids names events by their places.
func (p *Pattern) ids(places []int32) []timeline.ID {
	out := make([]timeline.ID, 0, len(places))
	for _, i := range places {
		out = append(out, p.base.result.IDs(int(i), 1)...)
	}
	return out
}
