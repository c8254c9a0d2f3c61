package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// card is a large button: an icon, a name, and what it is for. Its words wrap,
// as those of Fyne's own button do not.
type card struct {
	widget.BaseWidget
	hears
	name    string
	main    bool
	bare    bool // it has no ground of its own
	tapped  func()
	opened  func()                  // after it was tapped with a pointer; may be nil
	seen    func(fyne.CanvasObject) // shows it when the keys come to it; may be nil
	focused bool
	hovered bool

	ground, focus *canvas.Rectangle
	body          fyne.CanvasObject
}

func newCard(name, text string, icon fyne.Resource, main bool, tapped func()) *card {
	picture := container.New(scaled{2}, widget.NewIcon(theme.NewPrimaryThemedResource(icon)))
	words := container.New(flow{-theme.Padding()}, heading(name), quiet(text))
	c := cardOf(name, container.NewPadded(container.New(flow{0}, container.NewPadded(container.NewHBox(picture)), words)), tapped)
	c.main = main
	return c
}

func cardOf(name string, body fyne.CanvasObject, tapped func()) *card {
	c := &card{name: name, body: body, tapped: tapped, ground: canvas.NewRectangle(nil), focus: canvas.NewRectangle(nil)}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped does what the card is for.
func (c *card) Tapped(*fyne.PointEvent) {
	c.tapped()
	if c.opened != nil {
		c.opened()
	}
}

// Cursor is a hand.
func (c *card) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn, MouseMoved and MouseOut show where the pointer is.
func (c *card) MouseIn(*desktop.MouseEvent)    { c.hovered = true; c.Refresh() }
func (c *card) MouseMoved(*desktop.MouseEvent) {}
func (c *card) MouseOut()                      { c.hovered = false; c.Refresh() }

// FocusGained and FocusLost show where the keys are.
func (c *card) FocusGained() {
	c.focused = true
	c.Refresh()
	if c.seen != nil {
		c.seen(c)
	}
}
func (c *card) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune does with the space bar what Enter does.
func (c *card) TypedRune(r rune) {
	if r == space {
		c.tapped()
	}
}

// TypedKey does what the card is for, or goes to what is beside it.
func (c *card) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.tapped()
	case fyne.KeyRight:
		fyne.CurrentApp().Driver().CanvasForObject(c).FocusNext()
	case fyne.KeyLeft:
		fyne.CurrentApp().Driver().CanvasForObject(c).FocusPrevious()
	}
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (c *card) AccessibilityLabel() string             { return c.name }
func (c *card) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the card.
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c}
	r.paint()
	return r
}

type cardRenderer struct{ c *card }

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.ground, r.c.body, r.c.focus}
}

func (r *cardRenderer) MinSize() fyne.Size { return r.c.body.MinSize() }

func (r *cardRenderer) Layout(s fyne.Size) {
	for _, o := range r.Objects() {
		o.Resize(s)
	}
}

func (r *cardRenderer) Refresh() {
	r.paint()
	r.c.body.Refresh()
	canvas.Refresh(r.c)
}

func (r *cardRenderer) paint() {
	c := r.c
	c.ground.CornerRadius, c.ground.StrokeWidth = 2*theme.InputRadiusSize(), 1
	c.ground.FillColor, c.ground.StrokeColor = theme.Color(colourSurface), theme.Color(theme.ColorNameSeparator)
	if c.bare {
		c.ground.FillColor, c.ground.StrokeColor = theme.Color(colourNone), theme.Color(colourNone)
	}
	if c.main {
		c.ground.FillColor, c.ground.StrokeColor = theme.Color(colourSoft), theme.Color(theme.ColorNamePrimary)
	}
	if c.hovered {
		c.ground.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	ring(c.focus, c.focused)
	c.focus.CornerRadius = c.ground.CornerRadius
}
