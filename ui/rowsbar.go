package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	rowBarWidth = 16
	leastThumb  = 32
)

// rowBar is the list's scroll bar: it maps a list of any height to a bar.
type rowBar struct {
	widget.BaseWidget
	l            *rowList
	track, thumb *canvas.Rectangle
	grip         float32 // where the thumb was taken hold of
	held         bool
}

func newRowBar(l *rowList) *rowBar {
	b := &rowBar{l: l, track: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil)}
	b.ExtendBaseWidget(b)
	return b
}

// sync moves the thumb to where the list stands.
func (b *rowBar) sync() {
	height, screen := b.Size().Height, float64(b.l.Size().Height)
	total := b.l.look.Rows.Total()
	b.track.Resize(fyne.NewSize(rowBarWidth, height))
	if total <= screen {
		b.thumb.Hide()
		return
	}
	b.thumb.Show()
	size := max(leastThumb, float32(float64(height)*screen/total))
	b.thumb.Resize(fyne.NewSize(8, size))
	b.thumb.Move(fyne.NewPos(4, float32(b.l.off/(total-screen)*float64(height-size))))
}

// set puts the top of the thumb at a height.
func (b *rowBar) set(y float32) {
	room := b.Size().Height - b.thumb.Size().Height
	if b.l.empty() || room <= 0 {
		return
	}
	share := float64(max(0, min(1, y/room)))
	if share == 1 {
		b.l.toEnd()
		return
	}
	b.l.scrollTo(share * (b.l.look.Rows.Total() - float64(b.l.Size().Height)))
	b.l.scrollBy(0)
}

// Dragged moves the list with the thumb.
func (b *rowBar) Dragged(e *fyne.DragEvent) {
	b.l.touch(nil)
	y := e.Position.Y
	if !b.held {
		b.held, b.grip = true, b.thumb.Size().Height/2
		if from := y - e.Dragged.DY - b.thumb.Position().Y; from >= 0 && from <= b.thumb.Size().Height {
			b.grip = from
		}
	}
	b.set(y - b.grip)
}

// DragEnd lets go.
func (b *rowBar) DragEnd() { b.held = false }

// Tapped goes to a place of the list.
func (b *rowBar) Tapped(e *fyne.PointEvent) {
	b.l.touch(nil)
	b.set(e.Position.Y - b.thumb.Size().Height/2)
}

// CreateRenderer draws the bar.
func (b *rowBar) CreateRenderer() fyne.WidgetRenderer {
	r := &rowBarRenderer{b}
	r.Refresh()
	return r
}

type rowBarRenderer struct{ b *rowBar }

func (r *rowBarRenderer) Destroy()           {}
func (r *rowBarRenderer) Layout(fyne.Size)   {}
func (r *rowBarRenderer) MinSize() fyne.Size { return fyne.NewSize(rowBarWidth, leastThumb) }
func (r *rowBarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.track, r.b.thumb}
}

func (r *rowBarRenderer) Refresh() {
	r.b.track.FillColor = theme.Color(theme.ColorNameScrollBarBackground)
	r.b.thumb.FillColor, r.b.thumb.CornerRadius = theme.Color(theme.ColorNameScrollBar), 4
	canvas.Refresh(r.b)
}
