package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// textBlock is text of any script and direction that wraps to its width, with
// what a search found marked in it. Very long text is drawn to a limit; the
// whole can be copied.
type textBlock struct {
	widget.BaseWidget
	set   *typesetter
	text  string
	hits  [][2]int
	bold  bool
	quiet bool
	flush bool
	shade fyne.ThemeColorName // empty: that of text, or of quiet text
	as    fyne.ThemeSizeName  // a heading; empty: text
	taken [2]int              // bytes that are selected; none where both are the same

	width float32 // that the lines were broken for
	size  float32
	lines []bodyLine
	draw  *eventView
}

// mostLines is how many lines of one text are drawn.
const mostLines = 300

func newTextBlock(set *typesetter, text string, hits [][2]int) *textBlock {
	t := &textBlock{}
	t.begin(set, text, hits)
	t.ExtendBaseWidget(t)
	return t
}

// begin fills a new one.
func (t *textBlock) begin(set *typesetter, text string, hits [][2]int) {
	t.set, t.text, t.hits, t.draw, t.width = set, text, hits, newEventView(), 18*theme.TextSize()
}

// say makes it another text.
func (t *textBlock) say(text string) {
	if text != t.text {
		t.text, t.lines = text, nil
		t.Refresh()
	}
}

// wrap breaks the lines for a width.
func (t *textBlock) wrap(width float32) {
	size := t.textSize()
	if t.lines != nil && width == t.width && size == t.size {
		return
	}
	t.width, t.size = width, size
	t.lines = nil
	spans, cut := t.set.wrap(t.text, width-2*t.pad(), size, t.bold, mostLines)
	for i, s := range spans {
		t.lines = append(t.lines, bodyLine{s, cut && i == len(spans)-1})
	}
}

func (t *textBlock) textSize() float32 {
	switch {
	case t.quiet:
		return theme.CaptionTextSize()
	case t.as != "":
		return theme.Size(t.as)
	}
	return theme.TextSize()
}

// pad is the room at both sides; flush with what is around it there is none.
func (t *textBlock) pad() float32 {
	if t.flush {
		return 0
	}
	return theme.InnerPadding()
}

func (t *textBlock) lineHeight() float32 {
	return fyne.MeasureText("g", t.textSize(), fyne.TextStyle{}).Height
}

// CreateRenderer draws the text.
func (t *textBlock) CreateRenderer() fyne.WidgetRenderer { return &textBlockRenderer{t, t} }

// textBlockRenderer draws a text; self is the widget that it belongs to.
type textBlockRenderer struct {
	t    *textBlock
	self fyne.Widget
}

func (r *textBlockRenderer) Destroy()                     {}
func (r *textBlockRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.draw.box} }

func (r *textBlockRenderer) MinSize() fyne.Size {
	t := r.t
	t.wrap(t.width)
	return fyne.NewSize(6*theme.TextSize(), float32(max(1, len(t.lines)))*t.lineHeight()+4)
}

func (r *textBlockRenderer) Layout(size fyne.Size) {
	t := r.t
	before := len(t.lines)
	t.wrap(size.Width)
	v, m := t.draw, newMeasures()
	m.size, m.line = t.textSize(), t.lineHeight()
	v.begin()
	v.box.Resize(size)
	d := &rowDrawing{v, t.set, m, size.Width}
	p := newScript(t.text)
	y := float32(2)
	for _, l := range t.lines {
		d.selected(p, l, t.taken, t.style(), t.pad(), y)
		if t.bold || t.quiet || t.shade != "" {
			d.styled(p, l, t.pad(), y, t.bold, t.colour())
		} else {
			d.textLine(p, l.start, l.end, l.cut, t.hits, t.pad(), y)
		}
		y += m.line
	}
	if len(t.lines) != before {
		canvas.Refresh(r.self) // its height is another one now
	}
}

func (t *textBlock) colour() fyne.ThemeColorName {
	switch {
	case t.shade != "":
		return t.shade
	case t.quiet:
		return colourQuiet
	}
	return theme.ColorNameForeground
}

// selected puts a ground behind what is selected in a line.
func (d *rowDrawing) selected(p script, l bodyLine, taken [2]int, style fyne.TextStyle, x, y float32) {
	if taken[0] == taken[1] {
		return
	}
	for _, q := range d.t.pieces(p, l.start, l.end) {
		x += d.grounded(q, p.text, [][2]int{taken}, theme.ColorNameSelection, q.styled(style), x, y)
	}
}

// style is how the text is drawn.
func (t *textBlock) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.bold} }

// styled is a style as a piece can have it: only the theme's font is bold.
func (p piece) styled(s fyne.TextStyle) fyne.TextStyle {
	s.Bold = s.Bold && p.font.source == nil
	return s
}

// styled draws one line in another style.
func (d *rowDrawing) styled(p script, l bodyLine, x, y float32, bold bool, c fyne.ThemeColorName) {
	for _, q := range d.t.pieces(p, l.start, l.end) {
		x += d.piece(q, x, y, d.m.size, bold, c)
	}
}

func (r *textBlockRenderer) Refresh() {
	r.t.lines = nil
	r.Layout(r.t.Size())
	canvas.Refresh(r.self)
}
