package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // pictures of a page
	_ "image/png"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// Sheets keep what a document's own calls put on some of its pages while it is
// laid out, so that each can be drawn in memory, to be looked at before the
// document is anywhere. All stands in its own place; an emoji is only a dark
// patch.
type Sheets struct {
	first, last int // counted from 1
	scale       float64
	pages       map[int]*drawing
	drawing     sync.Mutex // faces are read by one at a time
}

// drawing is what stands on a page, in the order in which it was put there.
type drawing struct {
	size  Size
	steps []func(*image.RGBA) error
}

// NewSheets are to keep the pages first to last, to be drawn with so many pixels
// a point.
func NewSheets(first, last int, scale float64) *Sheets {
	return &Sheets{first: first, last: last, scale: scale, pages: map[int]*drawing{}}
}

// Has tells whether a page is kept: it was asked for, and the document has it.
func (s *Sheets) Has(n int) bool {
	_, ok := s.pages[n]
	return ok
}

// Page draws a page that is kept.
func (s *Sheets) Page(n int) (*image.RGBA, error) {
	page, ok := s.pages[n]
	if !ok {
		return nil, fmt.Errorf("page %d: the document has none, or it was not asked for", n)
	}
	s.drawing.Lock()
	defer s.drawing.Unlock()
	sheet := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(page.size.Width*s.scale)), int(math.Ceil(page.size.Height*s.scale))))
	draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
	for _, step := range page.steps {
		if err := step(sheet); err != nil {
			return nil, fmt.Errorf("page %d: %w", n, err)
		}
	}
	return sheet, nil
}

// begin takes a clean sheet for a page.
func (s *Sheets) begin(n int, size Size) {
	if s != nil && n >= s.first && n <= s.last {
		s.pages[n] = &drawing{size: size}
	}
}

// put keeps what is put on a page, if that is kept.
func (s *Sheets) put(n int, step func(*image.RGBA) error) {
	if s != nil && s.Has(n) {
		s.pages[n].steps = append(s.pages[n].steps, step)
	}
}

// line puts a line whose base line starts at x, y from the lower left corner.
func (s *Sheets) line(n int, ln *line, size, x, y float64, body ink) {
	s.put(n, func(sheet *image.RGBA) error {
		s.write(sheet, ln, size, x, (s.pages[n].size.Height-y)*s.scale, body)
		return nil
	})
}

// write draws a line; base is in pixels from the top.
func (s *Sheets) write(sheet *image.RGBA, ln *line, size, x, base float64, body ink) {
	q := quill{scale: s.scale, size: size}
	q.top = int(base - 1.6*size*s.scale)
	width, height := sheet.Bounds().Dx(), int(2.4*size*s.scale)+2
	var colour ink
	flush := func() {
		if q.path != nil {
			q.path.Draw(sheet, image.Rect(0, q.top, width, q.top+height), image.NewUniform(colour.rgb()), image.Point{})
		}
		q.path = nil
	}
	for i := range ln.atoms {
		a := &ln.atoms[i]
		if c := a.run.ink(body); c != colour || q.path == nil {
			flush()
			colour, q.path = c, vector.NewRasterizer(width, height)
		}
		q.word(a.word, a.level%2 == 1, x+a.x*size, base-float64(q.top))
	}
	flush()
}

// rgb is the colour of an ink.
func (i ink) rgb() color.Color {
	var r, g, b float64
	if _, err := fmt.Sscanf(string(i), "%f %f %f", &r, &g, &b); err != nil {
		return color.Black
	}
	return color.RGBA{uint8(r * 255), uint8(g * 255), uint8(b * 255), 255}
}

// fill puts a grey rectangle; y runs from the top.
func (s *Sheets) fill(n int, shade, x, y, width, height float64) {
	s.put(n, func(sheet *image.RGBA) error {
		draw.Draw(sheet, s.rect(x, y, width, height), image.NewUniform(color.Gray{uint8(shade*255 + 0.5)}), image.Point{}, draw.Src)
		return nil
	})
}

func (s *Sheets) rect(x, y, width, height float64) image.Rectangle {
	left, top := int(math.Round(x*s.scale)), int(math.Round(y*s.scale))
	return image.Rect(left, top, max(left+1, int(math.Round((x+width)*s.scale))), max(top+1, int(math.Round((y+height)*s.scale))))
}

// picture puts a picture, of which no more is seen than part below top; y runs from the
// top.
func (s *Sheets) picture(n int, data []byte, x, y, width, height, top, part float64) {
	s.put(n, func(sheet *image.RGBA) error {
		src, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("picture: %w", err)
		}
		window, _ := sheet.SubImage(s.rect(x, top, width, part)).(*image.RGBA)
		draw.ApproxBiLinear.Scale(window, s.rect(x, y, width, height), src, src.Bounds(), draw.Over, nil)
		return nil
	})
}

// quill draws set words as a pen writes them, in pixels from the top of a strip
// of the sheet.
type quill struct {
	path        *vector.Rasterizer
	scale, size float64
	top         int
}

func (q *quill) word(w *word, rtl bool, x, base float64) {
	if rtl {
		x += w.advance * q.size
	}
	for i := range w.pieces {
		part := &w.pieces[i]
		if rtl {
			x -= part.advance * q.size
		}
		q.piece(part, x, base)
		if !rtl {
			x += part.advance * q.size
		}
	}
}

func (q *quill) piece(part *piece, x, base float64) {
	if part.face == nil {
		q.patch(x, base, part.advance)
		return
	}
	at := x
	for _, g := range part.glyphs {
		q.glyph(part, g.id, at+g.dx*q.size, base-g.dy*q.size*q.scale)
		at += g.advance * q.size
	}
	for _, g := range part.marks {
		q.glyph(part, g.id, x+g.dx*q.size, base-g.dy*q.size*q.scale)
	}
}

// patch stands where a sign is.
func (q *quill) patch(x, base, advance float64) {
	left, right := float32((x+0.1*q.size)*q.scale), float32((x+(advance-0.1)*q.size)*q.scale)
	top, bottom := float32(base-0.7*q.size*q.scale), float32(base)
	q.path.MoveTo(left, top)
	q.path.LineTo(right, top)
	q.path.LineTo(right, bottom)
	q.path.LineTo(left, bottom)
	q.path.ClosePath()
}

func (q *quill) glyph(part *piece, id font.GID, x, base float64) {
	outline, ok := part.face.font.GlyphData(id).(font.GlyphOutline)
	if !ok {
		return
	}
	q.outline(part, outline, x, base)
	if part.imitate&bold != 0 {
		q.outline(part, outline, x+0.03*q.size, base)
	}
}

func (q *quill) outline(part *piece, o font.GlyphOutline, x, base float64) {
	em := q.size * q.scale / part.face.upem
	slant := 0.0
	if part.imitate&italic != 0 {
		slant = 0.2
	}
	to := func(p opentype.SegmentPoint) (float32, float32) {
		return float32(x*q.scale + (float64(p.X)+slant*float64(p.Y))*em), float32(base - float64(p.Y)*em)
	}
	for _, s := range o.Segments {
		ax, ay := to(s.Args[0])
		bx, by := to(s.Args[1])
		cx, cy := to(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			q.path.ClosePath()
			q.path.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			q.path.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			q.path.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			q.path.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	q.path.ClosePath()
}
