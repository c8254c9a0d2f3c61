package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// personList is a list of people. The arrows go through it and show each.
type personList struct {
	widget.List
	hears
	rows    []model.PersonRow
	set     *typesetter
	touch   func(*fyne.KeyEvent)
	picked  func(model.PersonRow)
	entered func(keys bool) // a person was chosen by Enter or with the pointer; may be nil
	at      int
	focused bool
}

func newPersonList(set *typesetter, touch func(*fyne.KeyEvent), picked func(model.PersonRow), entered func(keys bool)) *personList {
	l := &personList{set: set, touch: touch, picked: picked, entered: entered}
	l.Length = func() int { return len(l.rows) }
	l.CreateItem = func() fyne.CanvasObject { return newPersonLine(l.set, l.tapped) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(l.rows) {
			line := o.(*personLine)
			line.at, line.row, line.keys = i, l.rows[i], l.focused && i == max(0, l.at)
			line.Refresh()
		}
	}
	l.OnHighlighted = func(i widget.ListItemID) { l.goTo(i) }
	l.OnSelected = func(i widget.ListItemID) {
		if i < len(l.rows) {
			l.at = i
			l.picked(l.rows[i])
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// nobody is what a list is at before anybody is chosen.
const nobody = -1

// show shows people and goes to one of them, or to nobody.
func (l *personList) show(rows []model.PersonRow, at int) {
	l.rows = rows
	l.UnselectAll()
	l.Refresh()
	l.at = nobody
	if len(rows) > 0 && at >= 0 {
		l.goTo(at)
	}
}

// Resize shows the person that the list is at, once it is known where that is.
func (l *personList) Resize(s fyne.Size) {
	before := l.Size().Height
	l.List.Resize(s)
	if before < s.Height && before < newPersonLine(l.set, nil).MinSize().Height {
		l.ScrollToTop()
		l.ScrollTo(max(0, l.at))
	}
}

func (l *personList) goTo(i int) {
	l.at = max(0, min(len(l.rows)-1, i))
	if len(l.rows) > 0 {
		l.Select(l.at)
	}
}

// tapped chooses a person with the pointer.
func (l *personList) tapped(i int) {
	l.touch(nil)
	fyne.CurrentApp().Driver().CanvasForObject(l).Focus(l)
	l.goTo(i)
	if l.entered != nil {
		l.entered(false)
	}
}

// FocusGained and FocusLost show where the keys are. The list stays at the
// person that it is at, or goes to the first.
func (l *personList) FocusGained() {
	l.focused = true
	if l.at < 0 {
		l.goTo(0)
	}
	l.Refresh()
}

func (l *personList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// row is the person that the list is at.
func (l *personList) row() (model.PersonRow, bool) {
	if l.at < 0 || l.at >= len(l.rows) {
		return model.PersonRow{}, false
	}
	return l.rows[l.at], true
}

// TypedKey goes through the list.
func (l *personList) TypedKey(e *fyne.KeyEvent) {
	l.touch(e)
	page := max(1, int(l.Size().Height/newPersonLine(l.set, nil).MinSize().Height)-1)
	switch e.Name {
	case fyne.KeyDown:
		l.goTo(l.at + 1)
	case fyne.KeyUp:
		l.goTo(l.at - 1)
	case fyne.KeyPageDown:
		l.goTo(l.at + page)
	case fyne.KeyPageUp:
		l.goTo(l.at - page)
	case fyne.KeyHome:
		l.goTo(0)
	case fyne.KeyEnd:
		l.goTo(len(l.rows) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.entered != nil && len(l.rows) > 0 {
			l.entered(true)
		}
	}
}

// TypedRune does with the space bar what Enter does.
func (l *personList) TypedRune(r rune) {
	if r == space {
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

// AccessibilityLabel says the person that the keys are at.
func (l *personList) AccessibilityLabel() string {
	if r, ok := l.row(); ok {
		return r.Spoken()
	}
	return lang.L("People")
}

// AccessibilityRole is the nearest that Fyne has to a list.
func (l *personList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// personLine draws a person: a badge, the name, other names, and since when.
type personLine struct {
	widget.BaseWidget
	set    *typesetter
	at     int // in the list
	row    model.PersonRow
	tapped func(at int)
	keys   bool // they are here
	face   *badge
	draw   *eventView
	ring   *canvas.Rectangle
	all    *fyne.Container
}

func newPersonLine(set *typesetter, tapped func(int)) *personLine {
	l := &personLine{set: set, tapped: tapped, face: newBadge(), draw: newEventView(), ring: canvas.NewRectangle(nil), all: &fyne.Container{}}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped chooses the person.
func (l *personLine) Tapped(*fyne.PointEvent) { l.tapped(l.at) }

// CreateRenderer draws the line.
func (l *personLine) CreateRenderer() fyne.WidgetRenderer { return &personLineRenderer{l} }

type personLineRenderer struct{ l *personLine }

func (r *personLineRenderer) Destroy()                     {}
func (r *personLineRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.l.all} }

func (r *personLineRenderer) MinSize() fyne.Size {
	m := newMeasures()
	return fyne.NewSize(10*m.size, m.line+2*m.smallLine+2*theme.Padding())
}

func (r *personLineRenderer) Layout(size fyne.Size) {
	l, m := r.l, newMeasures()
	l.all.Resize(size)
	l.draw.begin()
	l.draw.box.Resize(size)
	if l.row.Face.Initials == "" {
		l.all.Objects = nil
		return
	}
	side, pad := 2.2*m.size, theme.Padding()
	d := &rowDrawing{l.draw, l.set, m, size.Width}
	x, y := side+2*pad, pad
	room := size.Width - x - pad
	events := said(l.row.Events)
	n := l.set.width(events, m.small, false)
	if l.row.Names == "" {
		y += m.smallLine / 2
	}
	d.run(l.set.fit(l.row.Face.Name, room, m.size, true), x, y, m.size, true, theme.ColorNameForeground)
	y += m.line
	if l.row.Names != "" {
		d.small(l.row.Names, x, y, room)
		y += m.smallLine
	}
	d.small(events, x, y, room)
	if when := said(l.row.Contact); when != "" && room > n+4*m.size {
		d.small("·  "+when, x+n+pad, y, room-n-pad)
	}
	face := l.face.set(l.set, l.row.Face, fyne.NewPos(pad, (size.Height-side)/2), side)
	ring(l.ring, l.keys)
	l.ring.Resize(size)
	l.all.Objects = append(face, l.draw.box, l.ring)
}

func (r *personLineRenderer) Refresh() {
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}
