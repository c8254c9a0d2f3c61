package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// rings draw one of Fyne's widgets, and upon it two rings while it has the keys:
// one that stands out from the page, and within it one that stands out from the
// widget. Fyne's own is only shaded then, and its text must still be read on the
// shade, so that can hardly be seen.
type rings struct {
	fyne.WidgetRenderer
	around     fyne.CanvasObject
	keys       *bool // they are here
	edged      bool  // it has an edge without them too: Fyne draws none
	edge, line *canvas.Rectangle
}

func withRings(r fyne.WidgetRenderer, around fyne.CanvasObject, keys *bool, edged bool) fyne.WidgetRenderer {
	out := &rings{r, around, keys, edged, canvas.NewRectangle(nil), canvas.NewRectangle(nil)}
	out.mark()
	return out
}

// Objects are those of the widget, and the rings over them.
func (r *rings) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.line, r.edge)
}

// Layout puts the rings at the edge.
func (r *rings) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.edge.Resize(size)
	wide := ringWidth()
	r.line.Move(fyne.NewSquareOffsetPos(wide))
	r.line.Resize(size.SubtractWidthHeight(2*wide, 2*wide))
}

func (r *rings) mark() {
	ring(r.edge, *r.keys)
	ring(r.line, *r.keys)
	if r.edged && !*r.keys {
		r.edge.StrokeColor, r.edge.StrokeWidth = theme.Color(theme.ColorNameInputBorder), theme.InputBorderSize()
	}
	r.line.StrokeColor = theme.Color(theme.ColorNameBackground)
	r.line.CornerRadius = max(0, theme.InputRadiusSize()-ringWidth())
}

// Refresh takes the colours of the look.
func (r *rings) Refresh() {
	r.mark()
	r.WidgetRenderer.Refresh()
	r.Layout(r.around.Size())
}

// selection is a field that gives one of a list.
type selection struct {
	widget.Select
	hears
	keys bool
}

func newSelection(options []string, changed func(string)) *selection {
	c := &selection{}
	c.Options, c.OnChanged = options, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained and FocusLost show where the keys are.
func (c *selection) FocusGained() { c.keys = true; c.Select.FocusGained() }
func (c *selection) FocusLost()   { c.keys = false; c.Select.FocusLost() }

// CreateRenderer draws the field, its edge and its rings.
func (c *selection) CreateRenderer() fyne.WidgetRenderer {
	return withRings(c.Select.CreateRenderer(), c, &c.keys, true)
}

// tickBox is a box to tick whose words wrap: Fyne's own are one line, and a page is
// then as wide as the longest of them.
type tickBox struct {
	widget.Check
	hears
	keys bool
}

func newTick(text string, changed func(bool)) *tickBox {
	t := &tickBox{}
	t.Text, t.OnChanged = text, changed
	t.ExtendBaseWidget(t)
	return t
}

// FocusGained and FocusLost show where the keys are.
func (t *tickBox) FocusGained() { t.keys = true; t.Check.FocusGained() }
func (t *tickBox) FocusLost()   { t.keys = false; t.Check.FocusLost() }

// Tapped ticks it, on whichever of its lines: Fyne's own is as large as its least size.
func (t *tickBox) Tapped(*fyne.PointEvent) {
	fyne.CurrentApp().Driver().CanvasForObject(t).Focus(t)
	t.SetChecked(!t.Checked)
}

// CreateRenderer draws the box, its words and its rings, in the room that they have.
func (t *tickBox) CreateRenderer() fyne.WidgetRenderer {
	r := &tickRenderer{t.Check.CreateRenderer(), plain(t.Text)}
	r.words.Resize(fyne.NewSize(r.width(), 0))
	if size := t.Size(); size.Width > 0 {
		r.Layout(size)
	}
	return withRings(r, t, &t.keys, false)
}

// tickRenderer is Fyne's own with other words.
type tickRenderer struct {
	fyne.WidgetRenderer
	words *widget.RichText
}

// Objects are the box as Fyne draws it, without its line of text, and the words.
func (r *tickRenderer) Objects() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, o := range r.WidgetRenderer.Objects() {
		if _, line := o.(*canvas.Text); !line {
			parts = append(parts, o)
		}
	}
	return append(parts, r.words)
}

// left is where the words begin.
func (r *tickRenderer) left() float32 {
	return theme.IconInlineSize() + 2*theme.InputBorderSize()
}

// width is what the words want at least: a line of their own where they are short.
func (r *tickRenderer) width() float32 {
	line := fyne.MeasureText(r.words.String(), theme.TextSize(), fyne.TextStyle{}).Width + 2*theme.InnerPadding() + 1
	return min(line, 12*theme.TextSize())
}

// MinSize is as high as the words were last laid out.
func (r *tickRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.left()+r.width(), r.words.MinSize().Height)
}

// Layout puts the box beside the first line.
func (r *tickRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(fyne.NewSize(size.Width, r.WidgetRenderer.MinSize().Height))
	r.words.Move(fyne.NewPos(r.left(), 0))
	r.words.Resize(fyne.NewSize(size.Width-r.left(), size.Height))
}

// Refresh takes the colours and the size of the look.
func (r *tickRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.words.Refresh()
}
