package pdf

import (
	"bytes"
	"fmt"
	"image"
)

// How pictures stand side by side: how many in a row, the space between two, and how
// high one is, in points: as the page allows.
const (
	stripRow   = 3
	stripGap   = 12.0
	stripLeast = 45 * mm
	stripMost  = 75 * mm
)

// shown is a picture of a strip as it is printed.
type shown struct {
	data          []byte
	sum           string // of data, where it is known
	alt           string
	width, height float64
	caption       []line
}

// Strip prints pictures side by side, each with its caption below. They stay on one
// page while they are not too small there.
func (d *Doc) Strip(pictures []Picture) {
	if d.err != nil || len(pictures) == 0 {
		return
	}
	set := d.typed(Caption.setting())
	rows := float64((len(pictures) + stripRow - 1) / stripRow)
	beside := 4 + 2*set.after + set.size*set.lead
	d.Keep(rows * (stripLeast + beside))
	left := d.bottom() - d.y - d.waiting()
	if d.broken {
		left = d.bottom() - marginTop
	}
	high := min(stripMost, max(stripLeast, left/rows-beside))
	for ; len(pictures) > 0; pictures = pictures[min(stripRow, len(pictures)):] {
		d.row(pictures[:min(stripRow, len(pictures))], high)
	}
	d.y += set.after
}

// row prints a row of pictures, none of them higher than high.
func (d *Doc) row(pictures []Picture, high float64) {
	set := d.typed(Caption.setting())
	column := (d.width() - stripGap*(stripRow-1)) / stripRow
	all := make([]shown, len(pictures))
	highest, below := 0.0, 0.0
	for i, p := range pictures {
		if all[i] = d.inRow(p, column, high); d.err != nil {
			return
		}
		highest, below = max(highest, all[i].height), max(below, set.height(all[i].caption))
		d.coming += len(all[i].data)
	}
	d.need(highest + 4 + below + set.after)
	d.coming = 0
	top := d.y
	for i, s := range all {
		left := marginSide + float64(i)*(column+stripGap)
		d.y = top
		e := d.block("Figure", d.figure(s.alt, left, d.size.Height-top-s.height, s.width, s.height))
		d.tag(e)
		d.draw(s.data, s.sum, left, s.width, s.height)
		d.end(e)
		d.y = top + highest + 4
		e = d.block("P", "")
		for j := range s.caption {
			d.setLine(&s.caption[j], set, left, column)
		}
		d.end(e)
	}
	d.y = top + highest + 4 + below + set.after
}

// inRow makes a picture ready to be printed in a column.
func (d *Doc) inRow(p Picture, column, high float64) (s shown) {
	shape, kind, err := image.DecodeConfig(bytes.NewReader(p.Data))
	if err == nil && (shape.Width < 1 || shape.Height < 1) {
		err = fmt.Errorf("it is %d by %d pixels", shape.Width, shape.Height)
	}
	if err != nil {
		d.fail(fmt.Errorf("picture: %w", err))
		return s
	}
	s.alt = p.Alt
	s.width, s.height = fit(shape.Width, shape.Height, column, high)
	s.caption = d.setter.lines(p.Caption, column/d.typed(Caption.setting()).size)
	if s.data, s.sum, err = p.prepare(kind, shape, s.width); err != nil {
		d.fail(err)
	}
	return s
}

// A Curve is values over a length, drawn as bars that stand close together.
type Curve struct {
	Values []float64 // of 1
	Alt    string
	Below  []string // words below it, the first at its left end and the last at its right
	Beside []string // words at its left, the first at its top and the last at its bottom
}

const (
	curveHigh   = 56.0 // points
	curveBeside = 34.0
)

// Curve prints a curve, in shapes and text.
func (d *Doc) Curve(c Curve) {
	if d.err != nil || len(c.Values) == 0 {
		return
	}
	set := d.typed(Caption.setting())
	zero := d.setter.lines([]Run{{Text: "0"}}, 1000)[0]
	line := set.lineHeight(&zero)
	d.need(curveHigh + 2*line + set.after)
	left, wide, top := marginSide+curveBeside, d.width()-curveBeside, d.y+line/2
	e := d.block("Figure", d.figure(c.Alt, left, d.size.Height-top-curveHigh, wide, curveHigh))
	d.shape(e, 0.93, left, top, wide, curveHigh)
	step := wide / float64(len(c.Values))
	for i, v := range c.Values {
		high := max(0.4, min(1, max(0, v))*curveHigh)
		d.shape(e, barShade, left+float64(i)*step, top+curveHigh-high, step, high)
	}
	d.end(e)
	e = d.block("P", "")
	for i, s := range c.Beside {
		d.word(s, set, marginSide, top-line/2+curveHigh*along(i, len(c.Beside)), curveBeside, 0)
	}
	for i, s := range c.Below {
		at := along(i, len(c.Below))
		d.word(s, set, left, top+curveHigh+2, wide, at)
	}
	d.end(e)
	d.y = top + curveHigh + 2 + line + set.after
}

// along is how far the i-th of n stands from the first to the last, of 1.
func along(i, n int) float64 { return float64(i) / float64(max(1, n-1)) }

// word prints a few words with their top at a height; at says where in the width they
// stand: 0 at its left, 1 at its right.
func (d *Doc) word(s string, set setting, left, top, width, at float64) {
	ln := d.setter.lines([]Run{{Text: s}}, 1000)[0]
	d.drawLine(&ln, set.size, left+at*(width-ln.width*set.size), d.size.Height-top-set.baseline(&ln), set.ink)
}

// shape prints a rectangle that belongs to an element.
func (d *Doc) shape(e *element, shade, x, y, width, height float64) {
	if d.err != nil {
		return
	}
	d.tag(e)
	d.pen.ink = "" // the rectangle has another
	d.part.fill(shade, x, y, width, height)
	d.options.Sheets.fill(len(d.pages), shade, x, y, width, height)
}
