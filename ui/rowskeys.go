package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"daybook/ui/model"
)

// Scrolled moves the list; with Ctrl it goes closer or wider.
func (l *rowList) Scrolled(e *fyne.ScrollEvent) {
	l.touch(nil)
	if modifiers()&fyne.KeyModifierShortcutDefault != 0 {
		l.onZoom(e.Scrolled.DY > 0)
		return
	}
	l.scrollBy(-float64(e.Scrolled.DY))
}

// modifiers are the keys that are held down.
func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// MouseIn, MouseMoved and MouseOut show where the pointer is.
func (l *rowList) MouseIn(*desktop.MouseEvent)      {}
func (l *rowList) MouseMoved(e *desktop.MouseEvent) { l.setHover(l.lineAt(e.Position)) }
func (l *rowList) MouseOut()                        { l.setHover(-1) }

func (l *rowList) setHover(line int) {
	if line == l.hover {
		return
	}
	old := l.hover
	l.hover = line
	l.redraw(old)
	l.redraw(line)
	l.layoutRows()
}

// lineAt is the line under a place; -1 for a day or nothing.
func (l *rowList) lineAt(p fyne.Position) int {
	if l.empty() || p.X > l.Size().Width-rowBarWidth || float64(p.Y)+l.off >= l.look.Rows.Total() {
		return -1
	}
	if line := l.look.Rows.At(l.off + float64(p.Y)); l.look.Rows.Sort(line) != model.DayLine {
		return line
	}
	return -1
}

// MouseDown picks the row under the pointer: with shift all from the last one
// picked, with Ctrl beside the others.
func (l *rowList) MouseDown(e *desktop.MouseEvent) {
	l.touch(nil)
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	if line := l.lineAt(e.Position); line >= 0 && e.Button != desktop.MouseButtonSecondary {
		l.move(line, e.Modifier)
	}
}

// MouseUp does nothing: a row is picked as the button goes down.
func (l *rowList) MouseUp(*desktop.MouseEvent) {}

// Tapped opens or closes a run whose arrow was hit, and lets a picture be seen.
func (l *rowList) Tapped(e *fyne.PointEvent) {
	line := l.lineAt(e.Position)
	if line < 0 {
		return
	}
	if l.look.Rows.Sort(line) == model.FoldLine {
		l.unfold(line)
		return
	}
	l.tapPicture(line, e.Position)
}

// tapPicture shows or covers the picture of a row, if it was hit.
func (l *rowList) tapPicture(line int, at fyne.Position) {
	event, _ := l.look.Rows.Event(line)
	f, ok := l.look.Pages.Row(event).Picture()
	v := l.events[line]
	if !ok || v == nil {
		return
	}
	at = at.Subtract(v.box.Position()).Subtract(v.cover.Position())
	if at.X >= 0 && at.Y >= 0 && at.X < v.cover.Size().Width && at.Y < v.cover.Size().Height {
		l.thumbs.uncover(f)
	}
}

// DoubleTapped opens the details of a row.
func (l *rowList) DoubleTapped(e *fyne.PointEvent) {
	if line := l.lineAt(e.Position); line >= 0 && l.look.Rows.Sort(line) == model.EventLine {
		l.open(line)
	}
}

func (l *rowList) open(line int) {
	if event, ok := l.look.Rows.Event(line); ok {
		l.onOpen(event)
	}
}

// unfold opens or closes the run at a line.
func (l *rowList) unfold(line int) {
	l.look.Rows.Fold(line, l.look.Rows.Folded(line))
	l.recycle()
	l.hover = -1
	l.scrollBy(0)
}

// FocusGained and FocusLost show where the keys are.
func (l *rowList) FocusGained() { l.setFocus(true) }
func (l *rowList) FocusLost()   { l.setFocus(false) }

func (l *rowList) setFocus(on bool) {
	l.focused = on
	if on && l.cur < 0 && !l.empty() {
		l.cur = l.next(l.look.Rows.At(l.off)-1, 1)
	}
	ring(l.ring, on)
	l.redraw(l.cur)
	l.ring.Refresh()
	l.layoutRows()
}

// TypedRune zooms.
func (l *rowList) TypedRune(r rune) {
	l.touch(nil)
	switch r {
	case '+', '=':
		l.onZoom(true)
	case '-':
		l.onZoom(false)
	}
}

// TypedKey moves, picks and opens.
func (l *rowList) TypedKey(e *fyne.KeyEvent) {
	l.touch(e)
	if l.empty() {
		return
	}
	r := l.look.Rows
	shift := modifiers() & fyne.KeyModifierShift
	switch e.Name {
	case fyne.KeyDown:
		l.step(l.next(l.cur, 1), shift)
	case fyne.KeyUp:
		l.step(l.next(l.cur, -1), shift)
	case fyne.KeyPageDown, fyne.KeyPageUp:
		page := float64(l.Size().Height) - l.m.heights()[model.DayClass] - l.m.heights()[model.BareClass]
		if e.Name == fyne.KeyPageUp {
			page = -page
		}
		l.page(page, shift)
	case fyne.KeyHome:
		l.step(l.next(-1, 1), shift)
	case fyne.KeyEnd:
		l.step(l.next(r.Len(), -1), shift)
	case fyne.KeySpace:
		if l.cur >= 0 {
			l.move(l.cur, fyne.KeyModifierShortcutDefault)
		}
	case fyne.KeyRight, fyne.KeyLeft:
		if l.cur >= 0 && r.Sort(l.cur) == model.FoldLine && r.Folded(l.cur) == (e.Name == fyne.KeyRight) {
			l.unfold(l.cur)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case l.cur < 0:
		case r.Sort(l.cur) == model.FoldLine:
			l.unfold(l.cur)
		default:
			l.open(l.cur)
		}
	}
}

func (l *rowList) step(line int, shift fyne.KeyModifier) {
	if line >= 0 {
		l.reveal(line)
		l.move(line, shift)
	}
}

// page goes one screen on, as does the line that the keys are at.
func (l *rowList) page(by float64, shift fyne.KeyModifier) {
	r := l.look.Rows
	at := l.off
	if l.cur >= 0 {
		at = r.Top(l.cur)
	}
	l.scrollBy(by)
	line := r.At(at + by)
	if by > 0 {
		line = l.next(line-1, 1)
	} else {
		line = l.next(line+1, -1)
	}
	l.step(line, shift)
}

// next is the next line that is no day, in a direction; the line itself where
// there is none, and -1 when that is not one either.
func (l *rowList) next(line, by int) int {
	r := l.look.Rows
	for i := line + by; i >= 0 && i < r.Len(); i += by {
		if r.Sort(i) != model.DayLine {
			return i
		}
	}
	if line >= 0 && line < r.Len() && r.Sort(line) != model.DayLine {
		return line
	}
	return -1
}

// move makes a line the one that the keys are at, and picks as the held keys
// say.
func (l *rowList) move(line int, held fyne.KeyModifier) {
	r := l.look.Rows
	switch {
	case held&fyne.KeyModifierShift != 0 && l.anchor >= 0:
		l.picked.Clear()
		for i := min(l.anchor, line); i <= max(l.anchor, line); i++ {
			l.picked.Add(r.EventsAt(i))
		}
	case held&fyne.KeyModifierShortcutDefault != 0:
		if l.pickedAt(line) {
			l.picked.Remove(r.EventsAt(line))
		} else {
			l.picked.Add(r.EventsAt(line))
		}
		l.anchor = line
	default:
		l.picked.Clear()
		l.picked.Add(r.EventsAt(line))
		l.anchor = line
	}
	l.cur = line
	l.drawAgain()
	l.onSelected()
}

// pickAll picks everything in the list.
func (l *rowList) pickAll() {
	if l.empty() {
		return
	}
	l.picked.Clear()
	l.picked.Add(l.look.Rows.All())
	l.drawAgain()
	l.onSelected()
}

// drawAgain draws what is on the screen as it is picked now.
func (l *rowList) drawAgain() {
	for line := range l.events {
		l.draw(line)
	}
	l.layoutRows()
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (l *rowList) AccessibilityLabel() string {
	if l.empty() || l.cur < 0 {
		return lang.L("Timeline")
	}
	if event, ok := l.look.Rows.Event(l.cur); ok {
		return l.look.Pages.Row(event).Spoken()
	}
	return lang.L("Timeline")
}

func (l *rowList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
