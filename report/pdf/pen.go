package pdf

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
)

// An ink is a colour, as the operands of a PDF operator.
type ink string

const (
	black ink = "0 0 0"
	grey  ink = "0.35 0.35 0.38"
	blue  ink = "0.08 0.25 0.5"
)

// A pen writes set lines as content of a page: text that can be found and
// copied, in the order in which it is read. It measures in points from the
// lower left corner of the page.
type pen struct {
	out     []byte
	unseen  bool // text that is found but not printed
	element *element
	allot   func(*element) int // takes the next mark of the page
	marked  bool               // a mark of the element is open
	text    bool               // a text object is open

	resource string
	size     float64
	imitate  variant
	ink      ink     // of what is filled
	edge     ink     // of what is drawn along its edge
	x, y     float64 // where the next glyph goes
	array    bool    // an array of glyphs is open
	glyphs   bool    // a string of glyphs is open
}

// begin begins a page: nothing is known of how it writes.
func (p *pen) begin() { p.resource, p.imitate, p.ink, p.edge = "", 0, "", "" }

// line writes a line whose base line starts at x, y.
func (p *pen) line(ln *line, size, x, y float64, body ink) {
	if p.unseen {
		p.out = append(p.out, "3 Tr "...)
	}
	for i := range ln.atoms {
		a := &ln.atoms[i]
		p.setInk(a.run.ink(body))
		p.word(a.word, a.level%2 == 1, size, x+a.x*size, y)
	}
	p.endArray()
	if p.imitate&bold != 0 || p.unseen {
		p.out = append(p.out, "0 Tr "...)
		p.imitate &^= bold
	}
	p.endText()
}

// word writes the pieces of a word in the order of the text; from right to
// left when it is such a word.
func (p *pen) word(w *word, rtl bool, size, x, y float64) {
	if rtl {
		x += w.advance * size
	}
	for i := range w.pieces {
		part := &w.pieces[i]
		if rtl {
			x -= part.advance * size
		}
		p.piece(part, size, x, y)
		if !rtl {
			x += part.advance * size
		}
	}
}

func (p *pen) piece(part *piece, size, x, y float64) {
	if part.face == nil {
		p.sign(part, size, x, y)
		return
	}
	apart := true
	switch {
	case !part.spelled:
		p.actualText(part.text)
	case part.rtl:
		p.open("ReversedChars", "")
	default:
		p.enter()
		apart = false
	}
	p.move(part.face.resource, part.imitate, size, x, y)
	if !part.spelled {
		p.spell(part)
	}
	for _, g := range part.glyphs {
		if !part.spelled {
			g.id = part.face.muted(g.id)
		}
		p.glyph(part.face, g)
	}
	if apart {
		p.close()
	}
	if len(part.marks) > 0 {
		p.marks(part, size, x, y)
	}
}

// spell says a text that its glyphs do not give, for readers that do not know
// ActualText: with glyphs that do not show.
func (p *pen) spell(part *piece) {
	text := []rune(part.text)
	if part.rtl {
		slices.Reverse(text) // as all that runs from right to left
	}
	for _, r := range text {
		p.glyph(part.face, glyph{id: part.face.silence(r)})
	}
}

// marks prints signs that stand above and below letters. Their text is already
// said by glyphs that do not show, in its place: readers would take the signs
// for words of their own.
func (p *pen) marks(part *piece, size, x, y float64) {
	p.leave()
	p.out = append(p.out, "/Artifact BMC\n/Span<</ActualText<FEFF>>>BDC\n"...)
	for _, mark := range part.marks {
		p.move(part.face.resource, part.imitate, size, x+mark.dx*size, y+mark.dy*size)
		p.glyph(part.face, glyph{id: mark.id})
	}
	p.close()
	p.out = append(p.out, "EMC\n"...)
}

// glyph adds one glyph to the open array, and moves by its own advance where
// the font's is another.
func (p *pen) glyph(f *face, g glyph) {
	if g.dx != 0 {
		p.skip(g.dx)
	}
	if g.dy != 0 {
		p.rise(g.dy * p.size)
	}
	p.openArray()
	if !p.glyphs {
		p.out, p.glyphs = append(p.out, '('), true
	}
	p.code(byte(g.id >> 8))
	p.code(byte(g.id))
	if g.dy != 0 {
		p.rise(0)
	}
	p.skip(g.advance - g.dx - f.width(g.id))
	p.x += g.advance * p.size
}

// code adds a byte to the open string.
func (p *pen) code(b byte) {
	switch b {
	case '(', ')', '\\':
		p.out = append(p.out, '\\')
	case '\r':
		p.out, b = append(p.out, '\\'), 'r' // a reader takes the byte itself for a line end
	}
	p.out = append(p.out, b)
}

// skip moves the pen to the right, in em, within an array of glyphs.
func (p *pen) skip(em float64) {
	if math.Abs(em) < 0.0005 {
		return
	}
	p.openArray()
	p.closeString()
	p.out = append(appendNumber(p.out, -em*1000), ' ')
}

func (p *pen) rise(points float64) {
	p.endArray()
	p.out = append(appendNumber(p.out, points), " Ts "...)
}

func (p *pen) sign(part *piece, size, x, y float64) {
	p.actualText(part.text)
	if p.unseen {
		size = 0.01 // a Type 3 glyph is always printed
	}
	p.setEdge()
	p.move(signFont(part.sign), 0, size, x, y)
	p.openArray()
	p.out, p.glyphs = append(p.out, '('), true
	p.code(signCode(part.sign))
	p.x += part.advance * size
	p.close()
}

// move prepares to write with a font at a place, which it may do already.
func (p *pen) move(resource string, imitate variant, size, x, y float64) {
	p.beginText()
	same := p.resource == resource && p.size == size && p.imitate == imitate
	if same && math.Abs(p.x-x) < 0.02 && p.y == y {
		return
	}
	p.endArray()
	if p.resource != resource || p.size != size {
		p.out = append(append(append(p.out, '/'), resource...), ' ')
		p.out = append(appendNumber(p.out, size), " Tf "...)
	}
	if p.imitate&bold != imitate&bold && !p.unseen {
		p.setBold(imitate&bold != 0, size)
	}
	slant := "1 0 0 1 "
	if imitate&italic != 0 {
		slant = "1 0 0.2 1 "
	}
	p.out = append(p.out, slant...)
	p.out = append(appendNumber(p.out, x), ' ')
	p.out = append(appendNumber(p.out, y), " Tm "...)
	p.resource, p.size, p.imitate, p.x, p.y = resource, size, imitate, x, y
}

// setBold imitates a bold face by drawing the edge of the glyphs too.
func (p *pen) setBold(on bool, size float64) {
	if !on {
		p.out = append(p.out, "0 Tr "...)
		return
	}
	p.setEdge()
	p.out = append(appendNumber(append(p.out, "2 Tr "...), size*0.03), " w "...)
}

func (p *pen) setInk(colour ink) {
	if p.ink == colour {
		return
	}
	p.endArray()
	p.out = append(append(p.out, colour...), " rg "...)
	p.ink = colour
	if p.imitate&bold != 0 {
		p.setEdge()
	}
}

// setEdge gives what is drawn along its edge the same ink.
func (p *pen) setEdge() {
	if p.edge != p.ink {
		p.out = append(append(p.out, p.ink...), " RG "...)
		p.edge = p.ink
	}
}

func (p *pen) openArray() {
	if !p.array {
		p.out, p.array = append(p.out, '['), true
	}
}

func (p *pen) closeString() {
	if p.glyphs {
		p.out, p.glyphs = append(p.out, ')'), false
	}
}

func (p *pen) endArray() {
	p.closeString()
	if p.array {
		p.out, p.array = append(p.out, "]TJ\n"...), false
	}
}

// beginText begins a text object, of which nothing tells where it begins.
func (p *pen) beginText() {
	if !p.text {
		p.out, p.text, p.y = append(p.out, "BT\n"...), true, math.NaN()
	}
}

func (p *pen) endText() {
	p.endArray()
	if p.text {
		p.out, p.text = append(p.out, "ET\n"...), false
	}
}

// enter makes what is written next plain content of the element.
func (p *pen) enter() {
	if p.element != nil && !p.marked {
		p.endText()
		p.out = appendMark(p.out, p.element.kind, p.allot(p.element))
		p.marked = true
	}
}

// leave ends the mark of the element. Marked content has whole text objects in it,
// or lies whole in one.
func (p *pen) leave() {
	p.endArray()
	if p.element == nil {
		p.beginText()
		return
	}
	p.endText()
	if p.marked {
		p.out, p.marked = append(p.out, "EMC\n"...), false
	}
}

// open opens marked content of which more is to be said than whose it is. It is a
// mark of the element for itself: programs that read aloud lose what stands behind
// marks within marks.
func (p *pen) open(tag, more string) {
	p.leave()
	p.out = append(append(append(p.out, '/'), tag...), "<<"...)
	if p.element != nil {
		p.out = strconv.AppendInt(append(p.out, "/MCID "...), int64(p.allot(p.element)), 10)
	}
	p.out = append(append(p.out, more...), ">>BDC\n"...)
}

func (p *pen) close() {
	p.endArray()
	if p.element != nil {
		p.endText()
	}
	p.out = append(p.out, "EMC\n"...)
}

// actualText opens a span of marked content that says what its glyphs mean.
func (p *pen) actualText(text string) {
	p.open("Span", string(appendText([]byte("/ActualText"), text)))
}

const hexDigits = "0123456789ABCDEF"

func appendHex8(out []byte, n byte) []byte {
	return append(out, hexDigits[n>>4], hexDigits[n&15])
}

func appendHex16(out []byte, n uint16) []byte {
	return append(out, hexDigits[n>>12], hexDigits[n>>8&15], hexDigits[n>>4&15], hexDigits[n&15])
}

// appendText writes a text string object: UTF-16 with its mark, in hex.
func appendText(out []byte, text string) []byte {
	out = append(out, "<FEFF"...)
	return append(appendUTF16(out, text), '>')
}

func appendUTF16(out []byte, text string) []byte {
	for _, r := range text {
		if r < 0x10000 {
			out = appendHex16(out, uint16(r))
			continue
		}
		high, low := utf16.EncodeRune(r)
		out = appendHex16(appendHex16(out, uint16(high)), uint16(low))
	}
	return out
}

// appendNumber writes a number with at most two decimals.
func appendNumber(out []byte, n float64) []byte {
	hundredths := int64(math.Round(n * 100))
	if hundredths < 0 {
		out, hundredths = append(out, '-'), -hundredths
	}
	out = strconv.AppendInt(out, hundredths/100, 10)
	switch rest := hundredths % 100; {
	case rest == 0:
	case rest%10 == 0:
		out = append(out, '.', byte('0'+rest/10))
	default:
		out = append(out, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
	return out
}

// width is the advance that the document's own table of widths gives a glyph,
// in em: what a reader moves by.
func (f *face) width(id font.GID) float64 {
	if of, ok := f.copies[id]; ok {
		id = of
	}
	if int(id) >= f.glyphs {
		return 0
	}
	return math.Round(float64(f.font.HorizontalAdvance(id))/f.upem*1000) / 1000
}
