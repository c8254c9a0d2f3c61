package pdf

import "math"

// A page is what is kept of a printed page until the end.
type page struct {
	size    Size
	label   string // its number, as it is printed and as readers show it
	series  string // the letter before it
	count   int    // its place in the series
	volume  int    // the file in which it is, counted from 0
	links   []link
	waiting []waiting
	home    int // the mark of the link to the index
	objects pageObjects
}

// A link is a rectangle that leads to an anchor.
type link struct {
	left, bottom, right, top float64
	target                   string
	number, element          int // objects: its own, and that of its tag; 0: it has none
}

// waiting is the number of a page that was not known yet.
type waiting struct {
	anchor   string
	volume   bool // the number is that of its volume
	x, y     float64
	width    float64
	size     float64
	look     variant
	rightish bool // it stands at the right of its room
	mark     int  // of the page, that the number is content of
}

// waits tells whether an atom is a page number that is not known yet.
func (a *atom) waits() bool { return a.run.pageOf != "" && a.word.pieces == nil }

// linked is how many of the atoms of a line belong together.
func linked(atoms []atom) int {
	first := &atoms[0]
	n := 1
	for ; n < len(atoms) && !first.waits() && !atoms[n].waits(); n++ {
		if link := atoms[n].run.Link; link != first.run.Link || link != "" && atoms[n].run != first.run {
			break
		}
	}
	return n
}

// link notes the link that a stretch of a printed line is, and ends its element, if
// it has one.
func (d *Doc) link(atoms []atom, size, x, y float64, e *element) {
	l := link{
		left: math.Inf(1), right: math.Inf(-1), bottom: y - 0.25*size, top: y + 0.95*size, target: atoms[0].run.Link,
	}
	for i := range atoms {
		a := &atoms[i]
		l.left, l.right = min(l.left, x+a.x*size), max(l.right, x+(a.x+a.word.advance)*size)
	}
	if e != nil {
		l.number, l.element = d.volume().reserve(), e.number
		e.kids = append(appendRef(append(e.kids, "<</Type/OBJR/Obj "...), l.number), ">>"...)
		d.close(e)
	}
	here := &d.pages[len(d.pages)-1]
	here.links = append(here.links, l)
}
