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

// tickBox is a box to tick.
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

// CreateRenderer draws the box and its rings.
func (t *tickBox) CreateRenderer() fyne.WidgetRenderer {
	return withRings(t.Check.CreateRenderer(), t, &t.keys, false)
}
