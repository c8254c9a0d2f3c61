package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// railItem leads to one page: its icon and its name. The page that stands is
// told by a bar, bold letters and a ground, not by colour alone.
type railItem struct {
	widget.BaseWidget
	hears
	name    string
	current bool
	tapped  func()
	seen    func(*railItem)
	focused bool
	hovered bool

	icon               *widget.Icon
	label              *canvas.Text
	bar, ground, focus *canvas.Rectangle
}

func newRailItem(p page, current bool, tapped func(), seen func(*railItem)) *railItem {
	i := &railItem{name: lang.L(p.name), current: current, tapped: tapped, seen: seen,
		icon: widget.NewIcon(theme.Icon(p.icon)), label: canvas.NewText("", nil),
		bar: canvas.NewRectangle(nil), ground: canvas.NewRectangle(nil), focus: canvas.NewRectangle(nil)}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped goes to the page.
func (i *railItem) Tapped(*fyne.PointEvent) { i.tapped() }

// Cursor is a hand.
func (i *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn, MouseMoved and MouseOut show where the pointer is.
func (i *railItem) MouseIn(*desktop.MouseEvent)    { i.hovered = true; i.Refresh() }
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}
func (i *railItem) MouseOut()                      { i.hovered = false; i.Refresh() }

// FocusGained and FocusLost show where the keys are.
func (i *railItem) FocusGained() { i.focused = true; i.seen(i); i.Refresh() }
func (i *railItem) FocusLost()   { i.focused = false; i.Refresh() }

// TypedRune does with the space bar what Enter does.
func (i *railItem) TypedRune(r rune) {
	if r == space {
		i.tapped()
	}
}

// TypedKey goes to the page, or to the item before or after.
func (i *railItem) TypedKey(e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(i)
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		i.tapped()
	case fyne.KeyDown, fyne.KeyRight:
		c.FocusNext()
	case fyne.KeyUp, fyne.KeyLeft:
		c.FocusPrevious()
	}
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (i *railItem) AccessibilityLabel() string             { return i.name }
func (i *railItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the item.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railItemRenderer{i}
	r.Refresh()
	return r
}

type railItemRenderer struct{ i *railItem }

func (r *railItemRenderer) Destroy() {}

func (r *railItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.i.ground, r.i.bar, r.i.icon, r.i.label, r.i.focus}
}

func (r *railItemRenderer) MinSize() fyne.Size {
	bold := fyne.MeasureText(r.i.name, theme.TextSize(), fyne.TextStyle{Bold: true})
	pad := theme.InnerPadding()
	return fyne.NewSize(pad+r.iconSize()+pad+bold.Width+2*pad, bold.Height+2*pad)
}

func (r *railItemRenderer) iconSize() float32 { return theme.TextSize() * 1.25 }

func (r *railItemRenderer) Layout(s fyne.Size) {
	i, pad := r.i, theme.InnerPadding()
	i.ground.Resize(s)
	i.focus.Resize(s)
	i.bar.Resize(fyne.NewSize(4, s.Height))
	side := r.iconSize()
	i.icon.Resize(fyne.NewSquareSize(side))
	i.icon.Move(fyne.NewPos(pad+2, (s.Height-side)/2))
	height := i.label.MinSize().Height
	i.label.Resize(fyne.NewSize(s.Width, height))
	i.label.Move(fyne.NewPos(pad+side+pad, (s.Height-height)/2))
}

func (r *railItemRenderer) Refresh() {
	i := r.i
	i.label.Text, i.label.TextSize, i.label.Color = i.name, theme.TextSize(), theme.Color(theme.ColorNameForeground)
	i.label.TextStyle.Bold = i.current
	none := theme.Color(colourNone)
	i.bar.FillColor, i.ground.FillColor = none, none
	i.ground.CornerRadius = theme.InputRadiusSize()
	if i.hovered {
		i.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	if i.current {
		i.bar.FillColor, i.ground.FillColor = theme.Color(theme.ColorNamePrimary), theme.Color(colourSoft)
	}
	ring(i.focus, i.focused)
	canvas.Refresh(i)
}

// ring draws where the keys are: a line around it in a colour that is for
// nothing else.
func ring(r *canvas.Rectangle, on bool) {
	r.FillColor, r.StrokeColor = theme.Color(colourNone), theme.Color(colourRing)
	r.CornerRadius, r.StrokeWidth = theme.InputRadiusSize(), 0
	if on {
		r.StrokeWidth = ringWidth()
	}
}

func ringWidth() float32 { return theme.InputBorderSize() + 1 }
