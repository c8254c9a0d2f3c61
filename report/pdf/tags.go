package pdf

import (
	"fmt"
	"slices"
	"strconv"
)

// An element is a node of the tree that says what the content of pages is: a
// heading, a row of a table, a link. It is written as soon as it has ended; of
// those within it only the numbers are kept until then.
type element struct {
	kind   string // as PDF names it: P, TD …
	more   string // of its dictionary
	level  int    // of a section, from 1
	number int    // its object
	within *element
	page   int    // that of its first content
	kids   []byte // what is in it, each with a space behind it
}

// tags are where a document is in that tree.
type tags struct {
	open      []*element // from the whole document down to the innermost
	cells     []*element // of the row that is being printed
	into      *element   // what the next line belongs to
	furniture element    // what a page has for the eye alone: its number, rules, a head of a table again
	marked    *element   // whose mark is open on the page
	owners    []int      // of the marks of the page
	plain     bool       // links have no element of their own
	scratch   []byte
}

// beginTree begins the tree of the file that is being written, with all that is
// open.
func (d *Doc) beginTree() {
	v, t := d.volume(), &d.tags
	v.tree = v.reserve()
	if t.open == nil {
		t.open = []*element{{kind: "Document"}}
	}
	for _, e := range slices.Concat(t.open, t.cells) {
		d.renew(e)
	}
	v.document = t.open[0].number
	v.homes = &element{kind: "Sect", number: v.reserve(), within: t.open[0]}
	t.into, t.furniture.kind = t.open[len(t.open)-1], "Artifact"
}

// endTree writes what is open.
func (d *Doc) endTree() {
	t, homes := &d.tags, d.volume().homes
	for _, e := range t.cells {
		d.close(e)
	}
	for i := len(t.open) - 1; i > 0; i-- {
		d.close(t.open[i])
	}
	if len(homes.kids) > 0 {
		t.open[0].kids = appendRef(t.open[0].kids, homes.number)
	}
	d.close(homes)
	d.close(t.open[0])
}

// element begins one within another.
func (d *Doc) element(kind, more string, within *element) *element {
	e := &element{kind: kind, more: more, within: within}
	d.renew(e)
	return e
}

// renew begins an element in the file that is being written.
func (d *Doc) renew(e *element) {
	e.number, e.page, e.kids = d.volume().reserve(), 0, e.kids[:0]
	if e.within != nil {
		e.within.kids = appendRef(e.within.kids, e.number)
	}
}

// close writes an element.
func (d *Doc) close(e *element) {
	up := d.volume().tree
	if e.within != nil {
		up = e.within.number
	}
	out := append(append(d.tags.scratch[:0], "<</S/"...), e.kind...)
	out = appendRef(append(out, "/P "...), up)
	if e.page != 0 {
		out = appendRef(append(out, "/Pg "...), e.page)
	}
	out = append(out, e.more...)
	if len(e.kids) > 0 {
		out = append(append(append(out, "/K["...), e.kids...), ']')
	}
	d.tags.scratch = append(out, ">>"...)
	d.volume().object(e.number, d.tags.scratch)
}

func appendRef(out []byte, number int) []byte {
	return append(strconv.AppendInt(out, int64(number), 10), " 0 R "...)
}

func (d *Doc) innermost() *element { return d.tags.open[len(d.tags.open)-1] }

// begin begins an element in the innermost; the next lines belong to it.
func (d *Doc) begin(kind, more string) *element {
	e := d.element(kind, more, d.innermost())
	d.tags.open, d.tags.into = append(d.tags.open, e), e
	return e
}

// end ends an element and all in it.
func (d *Doc) end(e *element) {
	for last := (*element)(nil); last != e; {
		last = d.innermost()
		d.close(last)
		d.tags.open = d.tags.open[:len(d.tags.open)-1]
	}
	d.tags.into = d.innermost()
}

// endBlocks ends what is in the innermost section.
func (d *Doc) endBlocks() {
	for len(d.tags.open) > 1 && d.innermost().level == 0 {
		d.end(d.innermost())
	}
}

// block begins an element of the innermost section: a table or a list before it
// ends.
func (d *Doc) block(kind, more string) *element {
	d.endBlocks()
	return d.begin(kind, more)
}

// section begins a section, and its heading.
func (d *Doc) section(level int) *element {
	d.endBlocks()
	for d.innermost().level >= level {
		d.end(d.innermost())
	}
	d.begin("Sect", "").level = level
	return d.begin("H"+strconv.Itoa(min(6, len(d.tags.open)-1)), "")
}

// item begins a point of a list with what stands before it.
func (d *Doc) item() *element {
	if d.innermost().kind != "L" {
		d.block("L", "")
	}
	e := d.begin("LI", "")
	d.begin("Lbl", "")
	return e
}

// tag makes what is put on the page next the content of an element.
func (d *Doc) tag(e *element) {
	if d.err != nil || d.tags.marked == e {
		return
	}
	d.untag()
	d.tags.marked = e
	if e == &d.tags.furniture {
		d.part.write([]byte("/Artifact BMC"))
		return
	}
	d.part.write(appendMark(d.tags.scratch[:0], e.kind, d.allot(e)))
}

// tell makes what the pen writes the content of an element: the pen opens and ends
// its marks as the words need it.
func (d *Doc) tell(e *element, write func()) {
	if e == &d.tags.furniture {
		d.tag(e)
		write()
		return
	}
	if d.tags.marked != e {
		d.untag()
	}
	d.pen.element, d.pen.marked = e, d.tags.marked == e
	write()
	if d.tags.marked = nil; d.pen.marked {
		d.tags.marked = e
	}
	d.pen.element, d.pen.marked = nil, false
}

func appendMark(out []byte, kind string, mark int) []byte {
	out = append(append(append(out, '/'), kind...), "<</MCID "...)
	return append(strconv.AppendInt(out, int64(mark), 10), ">>BDC\n"...)
}

func (d *Doc) untag() {
	if d.tags.marked != nil && d.err == nil {
		d.part.write([]byte("EMC"))
	}
	d.tags.marked = nil
}

// allot takes the next mark of the page for an element.
func (d *Doc) allot(e *element) (mark int) {
	mark = len(d.tags.owners)
	d.tags.owners = append(d.tags.owners, e.number)
	page := d.pages[len(d.pages)-1].objects.page
	if e.page == 0 {
		e.page = page
	}
	if e.page != page {
		e.kids = fmt.Appendf(e.kids, "<</Type/MCR/Pg %d 0 R/MCID %d>> ", page, mark)
		return mark
	}
	e.kids = append(strconv.AppendInt(e.kids, int64(mark), 10), ' ')
	return mark
}

// endPage writes whose the marks of the page are.
func (d *Doc) endPage() {
	if len(d.pages) == 0 || d.err != nil {
		return
	}
	d.untag()
	out := append(d.tags.scratch[:0], '[')
	for _, number := range d.tags.owners {
		out = appendRef(out, number)
	}
	d.tags.scratch, d.tags.owners = append(out, ']'), d.tags.owners[:0]
	number := d.volume().reserve()
	d.volume().object(number, d.tags.scratch)
	d.pages[len(d.pages)-1].objects.owners = number
}

// parents is the tree that leads from pages and links to elements, written leaf by
// leaf.
type parents struct {
	first, n   int
	leaf, kids []byte
}

// lead notes where a page or a link leads to.
func (v *volume) lead(number int) (key int) {
	p := &v.parents
	key = p.first + p.n
	p.leaf = appendRef(append(strconv.AppendInt(p.leaf, int64(key), 10), ' '), number)
	if p.n++; p.n == leafNames {
		v.endLeaf()
	}
	return key
}

func (v *volume) endLeaf() {
	p := &v.parents
	number := v.reserve()
	v.object(number, fmt.Appendf(nil, "<</Limits[%d %d]/Nums[%s]>>", p.first, p.first+p.n-1, p.leaf))
	p.kids = appendRef(p.kids, number)
	p.first, p.n, p.leaf = p.first+p.n, 0, p.leaf[:0]
}

// structure writes the root of the tree.
func (v *volume) structure() {
	if v.parents.n > 0 {
		v.endLeaf()
	}
	number := v.reserve()
	v.object(number, fmt.Appendf(nil, "<</Kids[%s]>>", v.parents.kids))
	v.object(v.tree, fmt.Appendf(nil, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>", v.document, number, v.parents.first))
}
