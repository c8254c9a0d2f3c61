package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// column keeps its one object readable: no wider than most, in the middle.
type column struct{ most float32 }

func narrow(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(column{720}, o)
}

// MinSize is that of the object.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}

// Layout centres the object.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	width := max(min(size.Width, c.most), o.MinSize().Width)
	o.Resize(fyne.NewSize(width, max(size.Height, o.MinSize().Height)))
	o.Move(fyne.NewPos(max(0, (size.Width-width)/2), 0))
}
