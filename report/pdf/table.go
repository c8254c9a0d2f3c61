package pdf

import (
	"fmt"
	"slices"
	"strings"
)

// A Col is a column of a table.
type Col struct {
	Title string
	Width float64 // share of the width, against the other columns
	Align Align
	Whole string // what has room on a line of it; empty: the words of its title
}

// A Table prints rows as they come. Its header is repeated on every page; rows
// go on over pages when they are long. Anything else that is printed ends it.
type Table struct {
	doc    *Doc
	cols   []column
	header [][]line
	ruled  bool
	pad    float64 // above and below each row
	page   int     // the page that the header stands on
	tag    *element
	named  bool // the first cell of a row is what the others are of
	long   bool // each row is read as one paragraph
	y      float64

	measured bool // the header is in what RowHeight told
}

type column struct {
	left, width float64 // of the text, in points
	set         setting
}

const (
	cellPad   = 3.5
	rowPad    = 2.5
	tightPad  = 0.8
	leastPad  = 0.2
	headShade = 0.93
	// A row is broken over pages only when it is higher than this part of an upright
	// page, and then with so many lines or more on each side.
	unbroken = 0.3
	together = 3
)

// Table starts a table with a header.
func (d *Doc) Table(cols []Col) *Table {
	t := d.grid(d.titled(cols))
	t.ruled = true
	heads := make([][]Run, len(cols))
	for i, col := range cols {
		heads[i] = []Run{{Text: col.Title + " ", Bold: true}}
	}
	t.header = t.set(heads)
	return t
}

// titled gives every column at least the width of the longest word of its title, or
// of what is to be whole, and takes it from the others: a title is not broken within
// a word.
func (d *Doc) titled(cols []Col) []Col {
	least, total, spare := make([]float64, len(cols)), 0.0, 0.0
	for i, col := range cols {
		total += max(col.Width, 0)
		for _, word := range append(strings.Fields(col.Title), col.Whole) {
			ln := d.setter.lines([]Run{{Text: word, Bold: true}}, d.width())[0]
			least[i] = max(least[i], ln.width*d.typed(setting{size: cellSize}).size+2*cellPad+1)
		}
	}
	if total == 0 {
		return cols
	}
	out, missing := slices.Clone(cols), 0.0
	for i := range out {
		out[i].Width = max(out[i].Width, 0) * d.width() / total
		if short := least[i] - out[i].Width; short > 0 {
			missing, out[i].Width = missing+short, least[i]
		} else {
			spare -= short
		}
	}
	if missing > spare {
		return cols // there is no room for them all
	}
	for i := range out {
		if more := out[i].Width - least[i]; more > 0 {
			out[i].Width -= missing * more / spare
		}
	}
	return out
}

// Tight prints rows close to each other and without rules, as those of an index.
func (t *Table) Tight() { t.ruled, t.pad = false, tightPad }

// Fit sets rows a little closer, of which so many are so high in all with the header,
// where a line or two of them would stand on a page of their own.
func (t *Table) Fit(rows int, total float64) {
	d := t.doc
	left := d.bottom() - d.y - d.waiting()
	if len(d.pages) == 0 || d.broken {
		left = d.bottom() - marginTop - d.waiting()
	}
	closer := (total - left + 0.1) / float64(2*(rows+1))
	if total > left && closer <= t.pad-leastPad {
		t.pad -= closer
	}
}

func (d *Doc) grid(cols []Col) *Table {
	t := &Table{doc: d, page: -1, pad: rowPad}
	total := 0.0
	for _, col := range cols {
		total += max(col.Width, 0)
	}
	left := marginSide
	for _, col := range cols {
		width := d.width() / float64(max(1, len(cols)))
		if total > 0 {
			width = d.width() * max(col.Width, 0) / total
		}
		set := d.typed(setting{size: cellSize, lead: 1.32, align: col.Align, ink: black})
		t.cols = append(t.cols, column{left: left + cellPad, width: max(4, width-2*cellPad), set: set})
		left += width
	}
	return t
}

// across tells that a row is one cell below a header of several columns, as the title
// of the rows below it: it has the width of them all.
func (t *Table) across(cells int) bool { return cells == 1 && len(t.cols) > 1 && t.header != nil }

// set breaks the lines of each cell; missing cells are empty.
func (t *Table) set(cells [][]Run) [][]line {
	lines := make([][]line, len(t.cols))
	for i, col := range t.cols {
		if i < len(cells) {
			cell := cells[i]
			if t.long { // the next one is the same paragraph
				cell = append(slices.Clip(cell), Run{Text: " "})
			}
			width := col.width
			if t.across(len(cells)) {
				last := t.cols[len(t.cols)-1]
				width = last.left + last.width - col.left
			}
			lines[i] = t.doc.setter.hanging(cell, width/col.set.size)
		}
		if col.set.align == End {
			for j := range lines[i] {
				lines[i][j].toEnd = true
			}
		}
	}
	return lines
}

// Row prints a row; the anchor may be empty.
func (t *Table) Row(anchor string, cells ...[]Run) {
	d := t.doc
	if d.err != nil {
		return
	}
	lines := t.set(cells)
	height := t.height(lines)
	keep := height
	if height > unbroken*(max(d.size.Width, d.size.Height)-marginTop-marginBottom) {
		keep = t.first(lines) + 2*t.pad
	}
	head := 0.0
	if !t.continues() {
		head = t.height(t.header)
	}
	d.need(head + keep)
	if !t.continues() {
		t.printHeader()
	}
	d.land(anchor)
	parts := t.beginRow("TD", t.across(len(cells)))
	for t.slice(lines, parts) {
		d.newPage()
		t.printHeader()
		if t.ruled && len(lines[0]) == 0 {
			lines[0] = t.again(cells)
			parts = append([]*element{&d.tags.furniture}, parts[1:]...)
		}
	}
	t.endRow()
	t.page, t.y = d.Page(), d.y
}

// again is what the first cell has on each further page of a row, where that is no
// more than a line: what goes on there can be seen.
func (t *Table) again(cells [][]Run) []line {
	if len(cells) == 0 {
		return nil
	}
	first := slices.Clone(cells[0])
	for i := range first {
		first[i].Soft, first[i].Bold = true, false
	}
	if lines := t.set([][]Run{first})[0]; len(lines) == 1 {
		return lines
	}
	return nil
}

// RowHeight is the height of a row, with that of the header before the first.
func (t *Table) RowHeight(cells ...[]Run) float64 {
	height := t.height(t.set(cells))
	if !t.measured {
		t.measured = true
		height += t.height(t.header)
	}
	return height
}

// continues tells whether the row follows the last one directly.
func (t *Table) continues() bool {
	return t.page == t.doc.Page() && t.y == t.doc.y && len(t.doc.held) == 0
}

func (t *Table) printHeader() {
	if t.header == nil {
		return
	}
	d := t.doc
	height := t.height(t.header)
	d.fill(headShade, marginSide, d.y, d.width(), height)
	if t.begun() { // it has been read
		d.tags.into = &d.tags.furniture
		t.slice(slices.Clone(t.header), nil)
		d.tags.into = d.innermost()
		return
	}
	t.slice(slices.Clone(t.header), t.beginRow("TH", false))
	t.endRow()
}

// What a head of a table is of, and over how many columns a cell stands.
const (
	ofColumn  = "/A<</O/Table/Scope/Column>>"
	ofRow     = "/A<</O/Table/Scope/Row>>"
	ofSeveral = "/A<</O/Table/ColSpan %d>>"
)

// Long says that so many rows are to come. Each row of a very long table is tagged as
// one paragraph, with its links: tags of all these and of its cells would be larger
// than what is printed.
func (t *Table) Long(rows int) { t.long = rows > mostTagged }

// mostTagged is how many rows a table has at most of which each cell has a tag.
const mostTagged = 2000

// begun tells that the table goes on: its head has been read.
func (t *Table) begun() bool { return slices.Contains(t.doc.tags.open, t.tag) }

// beginRow begins a row, and before the first one the table, and returns what each
// cell belongs to; what stands across them all is one cell.
func (t *Table) beginRow(kind string, across bool) []*element {
	d := t.doc
	if !t.begun() {
		kind := "Table"
		if t.long {
			kind = "Div"
		}
		t.tag = d.block(kind, "")
	}
	if d.tags.plain = t.long; t.long {
		return slices.Repeat([]*element{d.begin("P", "")}, len(t.cols))
	}
	row := d.begin("TR", "")
	if across {
		d.tags.cells = append(d.tags.cells, d.element(kind, fmt.Sprintf(ofSeveral, len(t.cols)), row))
		return slices.Repeat(d.tags.cells, len(t.cols))
	}
	for i := range t.cols {
		cell, more := kind, ""
		switch {
		case kind == "TH":
			more = ofColumn
		case t.named && i == 0:
			cell, more = "TH", ofRow
		}
		d.tags.cells = append(d.tags.cells, d.element(cell, more, row))
	}
	return d.tags.cells
}

func (t *Table) endRow() {
	d := t.doc
	for _, cell := range d.tags.cells {
		d.close(cell)
	}
	d.tags.cells, d.tags.plain = d.tags.cells[:0], false
	d.end(d.innermost())
}

func (t *Table) height(lines [][]line) float64 {
	if lines == nil {
		return 0
	}
	highest := 0.0
	for i, col := range t.cols {
		highest = max(highest, col.set.height(lines[i]))
	}
	return highest + 2*t.pad
}

// first is the height of the first lines of a row, which stay together.
func (t *Table) first(lines [][]line) float64 {
	highest := 0.0
	for i, col := range t.cols {
		highest = max(highest, col.set.height(lines[i][:min(together, len(lines[i]))]))
	}
	return highest
}

// fits is how many lines of a cell the page holds: all, or so many that on neither
// side too few stand alone.
func (t *Table) fits(lines []line, set setting) int {
	n, y := 0, t.doc.y
	top := marginTop + t.height(t.header) + 2*t.pad
	for n < len(lines) && (y <= top || y+set.lineHeight(&lines[n]) <= t.doc.bottom()+0.01) {
		y += set.lineHeight(&lines[n])
		n++
	}
	if alone := together - (len(lines) - n); n < len(lines) && alone > 0 && n-alone >= together {
		n -= alone
	}
	return n
}

// slice prints as much of a row as the page holds, takes it off lines and
// tells whether something is left.
func (t *Table) slice(lines [][]line, cells []*element) (left bool) {
	d := t.doc
	top := d.y
	lowest := top + t.pad
	for i, col := range t.cols {
		d.y = top + t.pad
		if cells != nil {
			d.tags.into = cells[i]
		}
		n := t.fits(lines[i], col.set)
		for j := range lines[i][:n] {
			d.setLine(&lines[i][j], col.set, col.left, col.width)
		}
		lines[i] = lines[i][n:]
		left = left || len(lines[i]) > 0
		lowest = max(lowest, d.y)
	}
	d.y = lowest + t.pad
	if t.ruled && !left {
		d.fill(0.8, marginSide, d.y-0.4, d.width(), 0.4)
	}
	return left
}

// A Pair is a name and what it has, or how many lines it has to be written on by hand.
type Pair struct {
	Name  string
	Value []Run
	Lines int
}

// Pairs prints names and values in two columns.
func (d *Doc) Pairs(pairs ...Pair) {
	if d.err != nil {
		return
	}
	t := d.pairs()
	for _, pair := range pairs {
		cells := pair.cells()
		t.Row("", cells...)
		t.toWriteOn(pair.Lines, t.height(t.set(cells)))
	}
	if n := len(pairs); n > 0 && pairs[n-1].Lines > 0 {
		d.y += 5 // what comes next belongs to no line
	}
	d.y += 5
}

// toWriteOn rules the row of so many points that was printed last, from its second
// column to the margin, two lines of print apart: as far as lines of handwriting.
func (t *Table) toWriteOn(lines int, height float64) {
	d, last := t.doc, t.cols[len(t.cols)-1]
	apart := writing * last.set.size * last.set.lead
	top := d.y - height + t.pad - descent*last.set.size
	for k := range lines {
		d.fill(0.45, last.left, top+apart*float64(k+1), last.width, 0.5)
	}
}

// Lines to write on stand so many lines of print apart, and so far above the end of
// the second, in em, that a name beside the first stands on it.
const (
	writing = 2
	descent = 0.25
)

// PairsHeight is the height of names and values.
func (d *Doc) PairsHeight(pairs ...Pair) float64 {
	t, total := d.pairs(), 5.0
	for _, pair := range pairs {
		total += t.height(t.set(pair.cells()))
	}
	return total
}

func (d *Doc) pairs() *Table {
	t := d.grid([]Col{{Width: 0.25}, {Width: 0.75}})
	t.named = true
	for i := range t.cols {
		t.cols[i].set.size = max(9.2, d.options.Points)
	}
	return t
}

func (p Pair) cells() [][]Run {
	if p.Lines == 0 {
		return [][]Run{{{Text: p.Name, Soft: true}}, p.Value}
	}
	return [][]Run{{{Text: "\n" + p.Name, Soft: true}}, {{Text: strings.Repeat("\n", writing*p.Lines-1)}}}
}
