package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// column keeps its one object readable: no wider than so many letters' heights,
// and clear of the scroll bar at its right.
type column struct{ most float32 } // times the size of text; 0: as wide as there is room

// scrolled lets something scroll clear of its scroll bar.
func scrolled(o fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(column{}, o))
}

// narrow is for forms and text to be read.
func narrow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(column{45}, o) }

// broad is for a page of cards and lists.
func broad(o fyne.CanvasObject) fyne.CanvasObject { return container.New(column{66}, o) }

// gutter is what the scroll bar takes.
func gutter() float32 { return theme.ScrollBarSize() }

// MinSize is that of the object.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(gutter(), 0)
}

// Layout places the object.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	width := size.Width - gutter()
	if c.most > 0 {
		width = min(width, c.most*theme.TextSize())
	}
	width = max(width, o.MinSize().Width)
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	o.Resize(fyne.NewSize(width, max(size.Height, o.MinSize().Height)))
}

// flow puts its objects below each other, so far apart. Unlike Fyne's box it
// gives each its width before it asks for its height: wrapped text knows its
// height only then.
type flow struct{ gap float32 }

// MinSize is as wide as the widest and as high as all.
func (f flow) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	var last float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height + f.after(o)
		last = f.after(o)
	}
	size.Height = max(0, size.Height-last)
	return size
}

// Layout places the objects.
func (f flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var top float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, top))
		top += height + f.after(o)
	}
}

// after is the gap below an object: what follows a heading belongs to it.
func (f flow) after(o fyne.CanvasObject) float32 {
	if f.gap > 0 && isHeading(o) {
		return f.gap - theme.InnerPadding()
	}
	return f.gap
}

// stacked sets parts of a page below each other.
func stacked(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow{theme.Padding()}, objects...)
}

// under is a heading with what belongs to it close below.
func under(head string, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow{-theme.Padding()}, append([]fyne.CanvasObject{heading(head)}, objects...)...)
}

// scaled gives its one object a square of so many times the text.
type scaled struct{ times float32 }

// MinSize is the square.
func (s scaled) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSquareSize(s.times * theme.TextSize())
}

// Layout fills it.
func (s scaled) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// aside puts its first object at the left, so wide, and the second in the rest;
// or below it where that would be narrow.
type aside struct {
	wide  float32 // times the size of text
	width float32 // as last laid out: the height depends on it
}

func (a *aside) below() bool { return a.width < (a.wide+16)*theme.TextSize() }

// MinSize is that of the widest, and as high as the last layout made it.
func (a *aside) MinSize(o []fyne.CanvasObject) fyne.Size {
	one, two := o[0].MinSize(), o[1].MinSize()
	size := one.Max(two)
	if a.below() {
		size.Height = one.Height + two.Height
	}
	return size
}

// Layout places both.
func (a *aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	a.width = size.Width
	if a.below() {
		top := settled(o[0], size.Width)
		settled(o[1], size.Width)
		o[1].Move(fyne.NewPos(0, top))
		return
	}
	left := a.wide * theme.TextSize()
	settled(o[0], left)
	settled(o[1], size.Width-left)
	o[1].Move(fyne.NewPos(left, 0))
}

// wrapLayout puts its objects into columns of one width, as many as the width
// and the widest of them allow, and each row as high as its highest.
type wrapLayout struct {
	least float32 // of a column, times the size of text
	whole bool    // all beside each other, or all below
	width float32 // as last laid out: the height depends on it
}

func (l *wrapLayout) columns(objects []fyne.CanvasObject, width float32) int {
	least, n := l.least*theme.TextSize(), len(objects)
	for _, o := range objects {
		least = max(least, o.MinSize().Width)
	}
	fit := max(1, min(n, int((width+theme.Padding())/(least+theme.Padding()))))
	if l.whole && fit < n {
		return 1
	}
	return fit
}

// MinSize is one column wide and as high as the last layout made it.
func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	columns := l.columns(objects, l.width)
	var row float32
	for i, o := range objects {
		m := o.MinSize()
		row = max(row, m.Height)
		if (i+1)%columns == 0 || i == len(objects)-1 {
			size.Height += row + theme.Padding()
			row = 0
		}
		size.Width = max(size.Width, m.Width)
	}
	return size
}

// Layout places the objects. Wrapped text knows its height only once it has its
// width, so each gets that first.
func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	columns := l.columns(objects, size.Width)
	gap := theme.Padding()
	width := (size.Width - gap*float32(columns-1)) / float32(columns)
	var top float32
	for i := 0; i < len(objects); i += columns {
		row := objects[i:min(i+columns, len(objects))]
		var height float32
		for _, o := range row {
			o.Resize(fyne.NewSize(width, o.MinSize().Height))
			height = max(height, o.MinSize().Height)
		}
		for k, o := range row {
			o.Resize(fyne.NewSize(width, height))
			o.Move(fyne.NewPos(float32(k)*(width+gap), top))
		}
		top += height + gap
	}
}
