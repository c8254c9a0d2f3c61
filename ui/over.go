package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// over is what stands over the page until it is answered: a title, a body that
// may scroll, and buttons below it. It has an edge in every look, and no text of
// it makes it wider than the window, as Fyne's own dialog does.
type over struct {
	*widget.PopUp
	parts *overLayout
}

func (w *Window) over(title string, body fyne.CanvasObject, buttons ...fyne.CanvasObject) *over {
	l := &overLayout{heading(title), body, container.New(&lineLayout{end: true}, buttons...)}
	return &over{widget.NewModalPopUp(container.NewStack(newSurface(), container.New(l, l.title, l.body, l.buttons)), w.win.Canvas()), l}
}

// fit shows it as high as its body wants to be, if the window is.
func (o *over) fit(body fyne.CanvasObject) {
	room := o.room()
	width := min(max(560, 32*theme.TextSize()), room.Width)
	pad := theme.InnerPadding() // that Fyne takes off
	o.Resize(fyne.NewSize(width, min(room.Height, o.parts.height(width-pad, body)+pad)))
	o.Show() // after, or it does not stand in the middle
}

// fill shows it as large as the window.
func (o *over) fill() {
	o.Resize(o.room())
	o.Show()
}

func (o *over) room() fyne.Size { return o.Canvas.Size().SubtractWidthHeight(40, 40) }

// overLayout sets title, body and buttons below each other, clear of the edge.
type overLayout struct {
	title, body fyne.CanvasObject
	buttons     *fyne.Container
}

func (l *overLayout) edge() float32 { return theme.InnerPadding() }

// height is what it wants at a width with all of a body in sight.
func (l *overLayout) height(width float32, body fyne.CanvasObject) float32 {
	inner := width - 2*l.edge()
	return settled(l.title, inner) + settled(body, inner-gutter()) + settled(l.buttons, inner) + 2*theme.Padding() + 2*l.edge()
}

// settled is how high something is at a width: text that wraps, and buttons in
// several lines, know that only once they have it.
func settled(o fyne.CanvasObject, width float32) float32 {
	for range 2 {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		layAgain(o)
	}
	return o.MinSize().Height
}

// MinSize is small: the body scrolls.
func (l *overLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

// Layout gives the body what title and buttons leave.
func (l *overLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	edge, gap := l.edge(), theme.Padding()
	width := size.Width - 2*edge
	top, bottom := settled(l.title, width), settled(l.buttons, width)
	l.title.Move(fyne.NewPos(edge, edge))
	l.body.Move(fyne.NewPos(edge, edge+top+gap))
	l.body.Resize(fyne.NewSize(width, max(0, size.Height-2*edge-2*gap-top-bottom)))
	l.buttons.Move(fyne.NewPos(edge, size.Height-edge-bottom))
}
