package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// rail leads to the pages: at the left, or across the top where the window is
// narrow for the size of its text. It scrolls where it does not fit.
type rail struct {
	*container.Scroll
	run   *railLayout
	items *fyne.Container
	now   *railItem // of the page that stands
}

func (w *Window) newRail() *rail {
	r := &rail{run: &railLayout{}}
	r.items = container.New(r.run)
	var group string
	for _, p := range pages() {
		if !w.at(p.when) || p.group == offRail {
			continue
		}
		if p.group != group {
			group = p.group
			r.items.Add(railHeading(group))
		}
		item := newRailItem(p, p.id == w.page.id, func() { w.show(p.id) }, r.reveal)
		if item.current {
			r.now = item
		}
		r.items.Add(item)
	}
	r.Scroll = container.NewVScroll(r.items)
	return r
}

// railHeading is a group's name; the group at the foot has a line instead.
func railHeading(group string) fyne.CanvasObject {
	if group == "" {
		return widget.NewSeparator()
	}
	l := widget.NewLabel(lang.L(group))
	l.SizeName = theme.SizeNameCaptionText
	return l
}

// turn lays the rail along the left edge or across the top.
func (r *rail) turn(across bool) {
	if r.run.across == across {
		return
	}
	r.run.across = across
	r.Direction = container.ScrollVerticalOnly
	if across {
		r.Direction = container.ScrollHorizontalOnly
	}
	r.items.Refresh()
	r.Refresh()
}

// reveal scrolls to an item that the keys have come to.
func (r *rail) reveal(i *railItem) {
	at, size := i.Position(), i.Size()
	from := r.Offset
	if at.X < from.X || at.X+size.Width > from.X+r.Size().Width {
		from.X = at.X
	}
	if at.Y < from.Y || at.Y+size.Height > from.Y+r.Size().Height {
		from.Y = at.Y
	}
	if from != r.Offset {
		r.ScrollToOffset(from)
	}
}

// railLayout puts the items below each other, or beside each other without the
// headings.
type railLayout struct{ across bool }

// MinSize is what the items want.
func (l *railLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		switch m := o.MinSize(); {
		case !l.across:
			size.Width = max(size.Width, m.Width)
			size.Height += m.Height
		case isItem(o):
			size.Width += m.Width
			size.Height = max(size.Height, m.Height)
		}
	}
	return size
}

// Layout places the items.
func (l *railLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var at fyne.Position
	for _, o := range objects {
		m := o.MinSize()
		switch {
		case !l.across:
			o.Show()
			o.Move(at)
			o.Resize(fyne.NewSize(size.Width, m.Height))
			at.Y += m.Height
		case isItem(o):
			o.Move(at)
			o.Resize(fyne.NewSize(m.Width, size.Height))
			at.X += m.Width
		default:
			o.Hide()
		}
	}
}

func isItem(o fyne.CanvasObject) bool {
	_, ok := o.(*railItem)
	return ok
}

// frameLayout puts the rail beside the page, or above it where less than some
// forty letters would be left for a line.
type frameLayout struct {
	rail  *rail
	tight func(bool) // tells the page whether the window is low for the size of its text
}

// lowest is how high a window is of which nothing need be folded away, times the
// size of text.
const lowest = 26

func (l *frameLayout) across(size fyne.Size) bool { return size.Width < 44*theme.TextSize() }

// MinSize lets the window become as small as it likes: what does not fit
// scrolls.
func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

// Layout takes the rail and the page.
func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r, page := objects[0], objects[1]
	across := l.across(size)
	l.rail.turn(across)
	l.tight(size.Height < lowest*theme.TextSize())
	want := l.rail.items.MinSize()
	if across {
		want.Height += theme.ScrollBarSize() / 2
		r.Resize(fyne.NewSize(size.Width, want.Height))
		page.Move(fyne.NewPos(0, want.Height))
		page.Resize(fyne.NewSize(size.Width, size.Height-want.Height))
	} else {
		width := want.Width + theme.Padding()
		r.Resize(fyne.NewSize(width, size.Height))
		page.Move(fyne.NewPos(width, 0))
		page.Resize(fyne.NewSize(size.Width-width, size.Height))
	}
	if l.rail.now != nil {
		l.rail.reveal(l.rail.now)
	}
}
