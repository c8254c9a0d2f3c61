package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// dayView draws a day's heading.
type dayView struct {
	box     *fyne.Container
	ground  *canvas.Rectangle
	name, n *canvas.Text
	day     model.Day
	width   float32
}

func newDayView() *dayView {
	v := &dayView{ground: canvas.NewRectangle(nil), name: canvas.NewText("", nil), n: canvas.NewText("", nil)}
	v.box = &fyne.Container{Objects: []fyne.CanvasObject{v.ground, v.name, v.n}}
	return v
}

func (v *dayView) set(m measures, width float32, d model.Day) {
	v.day, v.width = d, width
	height := float32(m.heights()[model.DayClass])
	v.box.Resize(fyne.NewSize(width, height))
	v.ground.FillColor = theme.Color(theme.ColorNameBackground)
	v.ground.Resize(v.box.Size())
	v.name.Text, v.name.TextSize, v.name.Color, v.name.TextStyle.Bold = said(d.Name), m.size, theme.Color(theme.ColorNameForeground), true
	v.n.Text, v.n.TextSize, v.n.Color = said(d.N), m.small, theme.Color(colourQuiet)
	s, n := v.name.MinSize(), v.n.MinSize()
	v.name.Resize(s)
	v.n.Resize(n)
	v.name.Move(fyne.NewPos(m.clock, (height-s.Height)/2))
	v.n.Move(fyne.NewPos(m.clock+s.Width+1.5*m.pad, (height-s.Height)/2+s.Height-n.Height-1))
}
