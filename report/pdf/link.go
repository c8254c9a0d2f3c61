package pdf

// A page is what is kept of a printed page until the end.
type page struct {
	size    Size
	label   string // its number, as it is printed and as readers show it
	series  string // the letter before it
	count   int    // its place in the series
	volume  int    // the file in which it is, counted from 0
	links   []link
	waiting []waiting
	objects pageObjects
}

// A link is a rectangle that leads to an anchor.
type link struct {
	left, bottom, right, top float64
	target                   string
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
}

// noteLinks notes the links of a printed line, one for each stretch of one run,
// and its page numbers that are not known yet.
func (d *Doc) noteLinks(ln *line, size, x, y float64) {
	here := &d.pages[len(d.pages)-1]
	var last *Run
	for i := range ln.atoms {
		a := &ln.atoms[i]
		if a.run.pageOf != "" && a.word.pieces == nil {
			here.waiting = append(here.waiting, waiting{
				anchor: a.run.pageOf, volume: a.run.volume, x: x + a.x*size, y: y, width: a.word.advance * size, size: size,
				look: a.run.look(), rightish: ln.toEnd,
			})
		}
		if a.run.Link == "" {
			last = nil
			continue
		}
		left, right := x+a.x*size, x+(a.x+a.word.advance)*size
		if a.run == last {
			l := &here.links[len(here.links)-1]
			l.left, l.right = min(l.left, left), max(l.right, right)
			continue
		}
		here.links = append(here.links, link{
			left: left, right: right, bottom: y - 0.25*size, top: y + 0.95*size, target: a.run.Link,
		})
		last = a.run
	}
}
