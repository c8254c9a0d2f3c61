package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// layout of one row: what is drawn is put together anew, from objects that are
// used again.
type rowDrawing struct {
	v *eventView
	t *typesetter
	m measures
	w float32
}

func (d *rowDrawing) add(o ...fyne.CanvasObject) { d.v.box.Objects = append(d.v.box.Objects, o...) }

func (d *rowDrawing) plain(t *canvas.Text, text string, size float32, c fyne.ThemeColorName, at fyne.Position) {
	t.Text, t.TextSize, t.Color = text, size, theme.Color(c)
	t.Move(at)
	t.Resize(t.MinSize())
	d.add(t)
}

func (d *rowDrawing) image(i *canvas.Image, r fyne.Resource, at fyne.Position, side float32) {
	if i.Resource != r {
		i.Resource = r
		i.Refresh()
	}
	i.Move(at)
	i.Resize(fyne.NewSquareSize(side))
	d.add(i)
}

// small draws quiet text in one line and gives where it ends.
func (d *rowDrawing) small(text string, x, y, room float32) float32 {
	return d.run(d.t.fit(text, room, d.m.small, false), x, y, d.m.small, false, colourQuiet)
}

// run draws a text that fits and gives where it ends.
func (d *rowDrawing) run(text string, x, y, size float32, bold bool, c fyne.ThemeColorName) float32 {
	for _, p := range d.t.pieces(newScript(text), 0, len(text)) {
		x += d.piece(p, x, y, size, bold, c)
	}
	return x
}

// piece draws one piece and gives its width.
func (d *rowDrawing) piece(p piece, x, y, size float32, bold bool, c fyne.ThemeColorName) float32 {
	v := d.v
	if v.nTexts == len(v.texts) {
		v.texts = append(v.texts, canvas.NewText("", nil))
	}
	t := v.texts[v.nTexts]
	v.nTexts++
	t.Text, t.TextSize, t.Color, t.FontSource = p.text, size, theme.Color(c), p.font.source
	t.TextStyle.Bold = bold && p.font.source == nil
	s, base := fyne.CurrentApp().Driver().RenderedTextSize(p.text, size, t.TextStyle, p.font.source)
	_, own := fyne.CurrentApp().Driver().RenderedTextSize("g", size, fyne.TextStyle{Bold: bold}, nil)
	t.Move(fyne.NewPos(x, y+own-base)) // fonts differ in height: the baseline is what stays
	t.Resize(s)
	d.add(t)
	return s.Width
}

// textLine draws one line of a paragraph with what was found in it.
func (d *rowDrawing) textLine(p script, start, end int, cut bool, hits [][2]int, x, y float32) {
	pieces := d.t.pieces(p, start, end)
	at := x
	for _, q := range pieces {
		at += d.found(q, p.text, hits, at, y)
	}
	for _, q := range pieces {
		x += d.piece(q, x, y, d.m.size, false, theme.ColorNameForeground)
	}
	if cut {
		d.piece(piece{text: "…", font: d.t.own}, x, y, d.m.size, false, theme.ColorNameForeground)
	}
}

// found puts a ground behind the hits in a piece and gives the piece's width.
func (d *rowDrawing) found(q piece, text string, hits [][2]int, x, y float32) float32 {
	return d.grounded(q, text, hits, colourFound, fyne.TextStyle{}, x, y)
}

// grounded puts a ground behind ranges of a text that a piece shows, and gives
// the piece's width.
func (d *rowDrawing) grounded(q piece, text string, ranges [][2]int, c fyne.ThemeColorName, style fyne.TextStyle, x, y float32) float32 {
	width := q.width(d.m.size, style)
	for _, h := range ranges {
		from, to := max(h[0], q.start), min(h[1], q.end)
		if from >= to {
			continue
		}
		a, b := q.at(text, from, d.m.size, style, width), q.at(text, to, d.m.size, style, width)
		a, b = min(a, b), max(a, b)
		v := d.v
		if v.nHits == len(v.hits) {
			v.hits = append(v.hits, canvas.NewRectangle(nil))
		}
		r := v.hits[v.nHits]
		v.nHits++
		r.FillColor, r.CornerRadius = theme.Color(c), 2
		r.Move(fyne.NewPos(x+a-1, y+1))
		r.Resize(fyne.NewSize(b-a+2, d.m.line-2))
		d.add(r)
	}
	return width
}

// at is how far from the left of a piece, of a width, a byte of its text begins.
func (p piece) at(text string, byteAt int, size float32, style fyne.TextStyle, width float32) float32 {
	x := measure(text[p.start:byteAt], size, style, p.font.source)
	if p.rtl {
		return width - x
	}
	return x
}

// onPill puts a ground behind words that stand on a picture.
func onPill(r *canvas.Rectangle, at fyne.Position, s fyne.Size) {
	r.FillColor, r.CornerRadius = theme.Color(theme.ColorNameOverlayBackground), s.Height/2
	r.Move(at.SubtractXY(6, 0))
	r.Resize(s.AddWidthHeight(12, 0))
}
