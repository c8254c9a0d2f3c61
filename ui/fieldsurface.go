package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// surface is the ground of a part of a page, in the colours of the look.
type surface struct {
	widget.BaseWidget
	ground *canvas.Rectangle
}

func newSurface() *surface {
	s := &surface{ground: canvas.NewRectangle(nil)}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the ground.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{widget.NewSimpleRenderer(s.ground), s.ground}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	fyne.WidgetRenderer
	ground *canvas.Rectangle
}

// Refresh takes the colours of the look.
func (r *surfaceRenderer) Refresh() {
	r.ground.FillColor, r.ground.StrokeColor = theme.Color(colourSurface), theme.Color(theme.ColorNameSeparator)
	r.ground.StrokeWidth, r.ground.CornerRadius = 1, 2*theme.InputRadiusSize()
	r.ground.Refresh()
}
