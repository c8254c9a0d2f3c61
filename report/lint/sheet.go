package lint

import (
	"fmt"
	"strings"

	"daybook/report/pdf/object"
)

// sheet is what a page shows: its text with where it stands, its pictures, and
// what is painted over them.
type sheet struct {
	number   int // counted from 1
	page     *page
	pieces   []piece
	pictures []picture
	fills    []fill
	unsaid   int // glyphs whose letter the file does not tell
	cut      bool
}

// piece is text of one call.
type piece struct {
	text   string
	box    box
	size   float64 // in points of the page
	typed  float64 // the same, but of a page within the page, which is set smaller to make room, in points of its own
	turn   int
	unseen bool // it is written to be found and not shown
	white  bool
	at     int // place in the order in which the page is painted
}

// picture is one that a page shows.
type picture struct {
	box    box
	dpi    float64 // the higher of both ways
	at     int
	jpeg   bool // it is a file by itself
	within bool // a drawing draws it, and not the page itself
	ref    object.Ref
}

// fill is a rectangle of one colour.
type fill struct {
	box   box
	white bool
	at    int
}

// What one page may have.
const (
	mostContent  = 64 << 20 // bytes
	mostPieces   = 200_000
	mostShapes   = 50_000
	mostWithin   = 12 // drawings within each other
	mostDrawings = 5_000
	mostOperands = 512
	mostWork     = 2_000_000     // operators
	mostCompared = 2_000_000_000 // words with boxes, of all pages
)

// sheet reads what a page shows.
func (d *document) sheet(i int) (*sheet, error) {
	p := &d.pages[i]
	s := &sheet{number: i + 1, page: p}
	r := &reader{doc: d, sheet: s, scale: 1, within: map[object.Ref]bool{}}
	r.state = state{ctm: same, across: 1}
	content, err := d.content(d.pdf.Dict(p.self)["Contents"])
	if err != nil {
		return nil, fmt.Errorf("page %d: %w", i+1, err)
	}
	r.read(content, d.pdf.Dict(p.resources), 0)
	if d.compared += len(s.pieces) * (len(s.fills) + len(s.pictures)); d.compared > mostCompared {
		return nil, fmt.Errorf("page %d: too much stands over each other: %w", i+1, ErrLimit)
	}
	return s, d.pdf.Err()
}

// content is a page's content in one piece. A part that cannot be read is left
// out, as readers do.
func (d *document) content(v any) ([]byte, error) {
	parts := d.pdf.Array(v)
	if parts == nil {
		parts = object.Array{v}
	}
	var all []byte
	for _, part := range parts {
		s := d.pdf.Stream(part)
		if s == nil {
			continue
		}
		data, err := d.pdf.Data(s, mostContent-len(all))
		if err := d.pdf.Err(); err != nil {
			return nil, err
		}
		if err == nil {
			all = append(append(all, data...), '\n')
		}
	}
	return all, nil
}

// upright turns a rectangle of the page as a reader shows it: with the page's
// own turn, from the lower left corner of what is shown.
func (s *sheet) upright(b box) box {
	p := s.page.box
	b = box{b.left - p.left, b.bottom - p.bottom, b.right - p.left, b.top - p.bottom}
	w, h := p.width(), p.height()
	switch s.page.rotate {
	case 90:
		return box{b.bottom, w - b.right, b.top, w - b.left}
	case 180:
		return box{w - b.right, h - b.top, w - b.left, h - b.bottom}
	case 270:
		return box{h - b.top, b.left, h - b.bottom, b.right}
	}
	return b
}

// height is that of the page as it is shown.
func (s *sheet) height() float64 {
	if s.page.rotate%180 != 0 {
		return s.page.box.width()
	}
	return s.page.box.height()
}

// reads is the way in which text runs as the page is shown.
func (s *sheet) reads(p piece) int { return ((p.turn-s.page.rotate/90)%4 + 4) % 4 }

// word is a run of letters without a gap.
type word struct {
	text string
	box  box // upright
	size float64
}

// words joins pieces that stand side by side on one line, and cuts them at
// spaces. Text that is not to be seen is left out, unless it stands for a
// picture.
func (s *sheet) words(want func(upright box) bool) []word {
	var all []word
	for _, p := range s.pieces {
		b := s.upright(p.box)
		if s.reads(p) != 0 || !want(b) || s.hidden(p) != "" {
			continue
		}
		if n := len(all) - 1; n >= 0 && beside(all[n].box, b, p.size) {
			all[n].text += p.text
			all[n].box.right, all[n].size = b.right, max(all[n].size, p.size)
			continue
		}
		all = append(all, word{p.text, b, p.size})
	}
	return all
}

// beside tells whether b goes on where a ends.
func beside(a, b box, size float64) bool {
	return a.bottom-b.bottom < 1 && b.bottom-a.bottom < 1 && b.left-a.right < 0.25*size && b.left-a.right > -0.25*size
}

// text is all that the page says.
func (s *sheet) text() string {
	var out strings.Builder
	for _, p := range s.pieces {
		out.WriteString(p.text)
	}
	return out.String()
}
