package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// lines is a list of rows to be chosen from, from which the window hears the key
// to hide. The rows of a tall one are as high as their words, each of which is
// read whole: as every row is measured, it is for hundreds of them.
type lines struct {
	widget.List
	hears
	tall   bool
	sample fyne.CanvasObject // a row to measure with; nil: none was needed yet
	width  float32           // for which the rows were measured
}

func newLines(length func() int, row func() fyne.CanvasObject, fill func(int, fyne.CanvasObject)) *lines {
	l := &lines{}
	l.Length, l.CreateItem, l.UpdateItem = length, row, fill
	l.ExtendBaseWidget(l)
	return l
}

// Resize measures the rows where they are of another width now.
func (l *lines) Resize(size fyne.Size) {
	if l.tall && size.Width != l.width {
		l.width = size.Width
		l.measure()
	}
	l.List.Resize(size)
}

// measure measures every row.
func (l *lines) measure() {
	for i := range l.Length() {
		l.measureRow(i)
	}
}

// measureRow measures a row whose words have changed.
func (l *lines) measureRow(i int) {
	if l.sample == nil {
		l.sample = l.CreateItem()
	}
	l.UpdateItem(i, l.sample)
	l.SetItemHeight(i, settled(l.sample, l.width))
}
