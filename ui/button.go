package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ringed is a button with a ring around it while it has the keys: Fyne's own is
// only shaded then, which can hardly be seen on the main button of a page.
type ringed struct {
	widget.Button
	keys bool // they are here
}

// FocusGained shows that the keys are here.
func (b *ringed) FocusGained() { b.keys = true; b.Button.FocusGained() }

// FocusLost shows that they are elsewhere.
func (b *ringed) FocusLost() { b.keys = false; b.Button.FocusLost() }

// CreateRenderer draws the button and its ring.
func (b *ringed) CreateRenderer() fyne.WidgetRenderer {
	r := &ringedRenderer{b.Button.CreateRenderer(), b, canvas.NewRectangle(nil), canvas.NewRectangle(nil)}
	r.mark()
	return r
}

// ringedRenderer draws a button, and upon it two rings: one that stands out from
// the page, and within it one that stands out from the button.
type ringedRenderer struct {
	fyne.WidgetRenderer
	b          *ringed
	edge, line *canvas.Rectangle
}

func (r *ringedRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.line, r.edge)
}

func (r *ringedRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.edge.Resize(size)
	wide := ringWidth()
	r.line.Move(fyne.NewSquareOffsetPos(wide))
	r.line.Resize(size.SubtractWidthHeight(2*wide, 2*wide))
}

func (r *ringedRenderer) mark() {
	ring(r.edge, r.b.keys)
	ring(r.line, r.b.keys)
	r.line.StrokeColor = theme.Color(theme.ColorNameBackground)
	r.line.CornerRadius = max(0, theme.InputRadiusSize()-ringWidth())
}

// Refresh takes the colours of the look.
func (r *ringedRenderer) Refresh() {
	r.mark()
	r.WidgetRenderer.Refresh()
	r.Layout(r.b.Size())
}

// button is a button that Enter presses, as the space bar does.
type button struct{ ringed }

func newButton(text string, tapped func()) *button { return newIconedButton(text, nil, tapped) }

func newIconedButton(text string, icon fyne.Resource, tapped func()) *button {
	b := &button{}
	b.Text, b.Icon, b.OnTapped = text, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button.
func (b *button) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// TypedRune presses it with the space bar.
func (b *button) TypedRune(r rune) { pressRune(&b.Button, r) }

// press lets Enter press a button too, and leaves the space bar to pressRune.
func press(b *widget.Button, e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace:
	default:
		b.TypedKey(e)
	}
}

// space is what the space bar types. Whatever it presses is pressed by this, and
// not by its key, which comes before: the field that has the keys afterwards
// would get the space.
const space = ' '

// pressRune presses a button with the space bar.
func pressRune(b *widget.Button, r rune) {
	if r == space {
		b.Tapped(nil)
	}
}

// iconButton is a button without words, whose name is for screen readers. It is
// for what has a key beside, and a picture that everybody knows.
type iconButton struct {
	ringed
	name string
}

func newIconButton(name string, icon fyne.Resource, tapped func()) *iconButton {
	b := &iconButton{name: name}
	b.Icon, b.OnTapped, b.Importance = icon, tapped, widget.LowImportance
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button.
func (b *iconButton) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// TypedRune presses it with the space bar.
func (b *iconButton) TypedRune(r rune) { pressRune(&b.Button, r) }

// AccessibilityLabel is its name.
func (b *iconButton) AccessibilityLabel() string { return b.name }
