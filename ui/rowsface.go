package ui

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// personColours is how many colours tell people apart; shapes and initials do
// so too, because colour alone is not for everybody.
const personColours = 7

func personColour(n int) fyne.ThemeColorName {
	return fyne.ThemeColorName(fmt.Sprintf("daybookPerson%d", n%personColours))
}

const colourOwn fyne.ThemeColorName = "daybookOwn"

// faceColour is the colour of a person.
func faceColour(f model.Face) color.Color {
	if f.Own {
		return theme.Color(colourOwn)
	}
	return theme.Color(personColour(f.Look))
}

// badge draws a person: initials on a shape of their own. The person whose
// record it is has a square.
type badge struct {
	circle  *canvas.Circle
	square  *canvas.Rectangle
	polygon *canvas.RegularPolygon
	text    *canvas.Text
}

func newBadge() *badge {
	return &badge{canvas.NewCircle(nil), canvas.NewRectangle(nil), canvas.NewRegularPolygon(6, nil), canvas.NewText("", nil)}
}

// set gives the objects that draw a face in a square at a place.
func (b *badge) set(t *typesetter, f model.Face, at fyne.Position, side float32) []fyne.CanvasObject {
	fill := faceColour(f)
	var shape fyne.CanvasObject
	switch {
	case f.Own:
		b.square.FillColor, b.square.CornerRadius = fill, side/6
		shape = b.square
	case f.Look%4 == 0:
		b.circle.FillColor = fill
		shape = b.circle
	default:
		b.polygon.FillColor, b.polygon.CornerRadius = fill, side/12
		b.polygon.Sides, b.polygon.Angle = [...]uint{6, 5, 8}[f.Look%4-1], 0
		shape = b.polygon
	}
	shape.Resize(fyne.NewSquareSize(side))
	shape.Move(at)
	size := side * 0.44
	b.text.Text, b.text.TextSize, b.text.Color, b.text.TextStyle.Bold = f.Initials, size, theme.Color(theme.ColorNameForegroundOnPrimary), true
	b.text.FontSource = nil
	if pieces := t.pieces(newScript(f.Initials), 0, len(f.Initials)); len(pieces) == 1 {
		b.text.FontSource, b.text.Text = pieces[0].font.source, pieces[0].text
	}
	m := b.text.MinSize()
	b.text.Resize(m)
	b.text.Move(fyne.NewPos(at.X+(side-m.Width)/2, at.Y+(side-m.Height)/2))
	return []fyne.CanvasObject{shape, b.text}
}
