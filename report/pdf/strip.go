package pdf

import (
	"bytes"
	"fmt"
	"image"
)

// How pictures stand side by side: the space between two, and how high one is at
// most, in points.
const (
	stripGap  = 12.0
	stripHigh = 75 * mm
)

// Strip prints pictures side by side, each with its caption below: two in a row, or
// three where they are higher than wide. A row is not parted.
func (d *Doc) Strip(pictures []Picture) {
	if d.err != nil || len(pictures) == 0 {
		return
	}
	first, _, err := image.DecodeConfig(bytes.NewReader(pictures[0].Data))
	if err != nil {
		d.fail(fmt.Errorf("picture: %w", err))
		return
	}
	n := 2
	if first.Height > first.Width {
		n = 3
	}
	for ; len(pictures) > n; pictures = pictures[n:] {
		d.row(pictures[:n], n)
	}
	d.row(pictures, n)
	d.y += d.typed(Caption.setting()).after
}

// row prints a row of pictures that has room for n.
func (d *Doc) row(pictures []Picture, n int) {
	set := d.typed(Caption.setting())
	column := (d.width() - stripGap*float64(n-1)) / float64(n)
	type placed struct {
		width, height float64
		caption       []line
	}
	all := make([]placed, len(pictures))
	high, below, coming := 0.0, 0.0, 0
	for i, p := range pictures {
		shape, _, err := image.DecodeConfig(bytes.NewReader(p.Data))
		if err != nil || shape.Width < 1 || shape.Height < 1 {
			d.fail(fmt.Errorf("picture: it is %d by %d pixels: %w", shape.Width, shape.Height, err))
			return
		}
		at := &all[i]
		at.width, at.height = fit(shape.Width, shape.Height, column, stripHigh)
		at.caption = d.setter.lines(p.Caption, column/set.size)
		high, below, coming = max(high, at.height), max(below, set.height(at.caption)), coming+len(p.Data)
	}
	d.coming = coming
	d.need(high + 4 + below + set.after)
	d.coming = 0
	top := d.y
	for i, p := range pictures {
		at, left := &all[i], marginSide+float64(i)*(column+stripGap)
		d.y = top
		e := d.block("Figure", d.figure(p.Alt, left, d.size.Height-top-at.height, at.width, at.height))
		d.tag(e)
		d.draw(p.Data, left, at.width, at.height)
		d.end(e)
		d.y = top + high + 4
		e = d.block("P", "")
		for j := range at.caption {
			d.setLine(&at.caption[j], set, left, column)
		}
		d.end(e)
	}
	d.y = top + high + 4 + below + set.after
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
