package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// rowList is the timeline as one list of a million rows of several heights. Its
// place is kept in float64, since Fyne's own float32 stands still past some
// hundred thousand rows; Fyne is told of what is on the screen alone. Rows
// are plain canvas objects that are used again, moved by hand.
type rowList struct {
	widget.BaseWidget
	hears
	look   *model.Look
	set    *typesetter
	thumbs *thumbs
	m      measures

	off     float64
	picked  *model.Selection
	cur     int // line that the keys are at; -1: none
	anchor  int // line from which shift selects
	hover   int
	focused bool
	touch   func(*fyne.KeyEvent)

	onMoved    func(first int)   // the first line on the screen is another one
	onSelected func()            // what is picked has changed
	onOpen     func(event int)   // Enter or a double click
	onZoom     func(closer bool) // Ctrl and the wheel, + and -

	content *fyne.Container
	clip    *container.Clip
	sticky  *dayView
	bar     *rowBar
	ring    *canvas.Rectangle
	events  map[int]*eventView // on the screen, by line
	days    map[int]*dayView
	idle    []*eventView
	idleDay []*dayView
	first   int
}

func newRowList(set *typesetter, t *thumbs, touch func(*fyne.KeyEvent)) *rowList {
	l := &rowList{set: set, thumbs: t, touch: touch, cur: -1, anchor: -1, hover: -1, first: -1,
		content: container.NewWithoutLayout(), sticky: newDayView(), ring: canvas.NewRectangle(nil),
		onMoved: func(int) {}, onSelected: func() {}, onOpen: func(int) {}, onZoom: func(bool) {}}
	l.clip = container.NewClip(l.content)
	ring(l.ring, false)
	l.bar = newRowBar(l)
	l.picked = model.NewSelection()
	l.measure()
	l.ExtendBaseWidget(l)
	return l
}

// show shows what was found, from the top.
func (l *rowList) show(look *model.Look) {
	if !look.Same(l.look) {
		l.picked = model.NewSelection()
	}
	l.look = look
	l.cur, l.anchor, l.hover, l.first = -1, -1, -1, -1
	l.look.Rows.Measure(l.m.heights())
	l.recycle()
	l.scrollTo(0)
}

// free lets go of what was found.
func (l *rowList) free() {
	l.look, l.picked = nil, model.NewSelection()
	l.cur, l.anchor, l.hover, l.first = -1, -1, -1, -1
	l.recycle()
}

func (l *rowList) measure() {
	l.m = newMeasures()
	if l.look != nil {
		l.look.Rows.Measure(l.m.heights())
	}
}

func (l *rowList) empty() bool { return l.look == nil || l.look.Rows.Len() == 0 }

// recycle takes every row off the screen, so that it is drawn anew.
func (l *rowList) recycle() {
	for _, v := range l.events {
		l.idle = append(l.idle, v)
	}
	for _, v := range l.days {
		l.idleDay = append(l.idleDay, v)
	}
	l.events, l.days = map[int]*eventView{}, map[int]*dayView{}
}

// scrollTo puts a height of the list at the top of the screen.
func (l *rowList) scrollTo(y float64) {
	l.off = y
	l.layoutRows()
}

// scrollBy moves the list. What turns out taller or lower than it was taken to
// be above the screen moves nothing that is seen.
func (l *rowList) scrollBy(dy float64) {
	if l.empty() {
		return
	}
	r := l.look.Rows
	seen := r.At(l.off)
	inside := l.off - r.Top(seen)
	l.off += dy
	l.clampOff()
	for range 4 { // until nothing new is found out
		if !l.settle() {
			break
		}
		l.off = r.Top(seen) + inside + dy
		l.clampOff()
	}
	l.layoutRows()
}

// settle reads the rows that come on the screen and tells whether one of them
// has another height than it was taken to have.
func (l *rowList) settle() (changed bool) {
	r, bottom := l.look.Rows, l.off+float64(l.Size().Height)
	for line := r.At(l.off); line < r.Len() && r.Top(line) < bottom; line++ {
		if _, drawn := l.events[line]; drawn || r.Sort(line) != model.EventLine {
			continue
		}
		before := r.ClassOf(line)
		l.draw(line)
		changed = changed || r.ClassOf(line) != before
	}
	return changed
}

func (l *rowList) clampOff() {
	l.off = max(0, min(l.off, l.look.Rows.Total()-float64(l.Size().Height)))
}

// draw puts a line on the screen and notes how tall it is.
func (l *rowList) draw(line int) *eventView {
	v := l.events[line]
	if v == nil {
		if n := len(l.idle); n > 0 {
			v, l.idle = l.idle[n-1], l.idle[:n-1]
		} else {
			v = newEventView()
		}
		l.events[line] = v
	}
	r := l.look.Rows
	width := l.Size().Width - rowBarWidth
	state := rowState{l.pickedAt(line), l.focused && line == l.cur, line == l.hover}
	if r.Sort(line) == model.FoldLine {
		v.fold(l.set, l.m, width, l.look.FoldRow(line), state)
		return v
	}
	event, _ := r.Event(line)
	class := v.event(l.set, l.m, width, l.look.Pages.Row(event), state, l.thumbs)
	if class != r.ClassOf(line) {
		r.SetClass(line, class)
	}
	return v
}

func (l *rowList) pickedAt(line int) bool {
	for _, e := range l.look.Rows.EventsAt(line) {
		if !l.picked.Has(int(e)) {
			return false
		}
	}
	return true
}

// redraw draws a line again if it is on the screen.
func (l *rowList) redraw(line int) {
	if _, ok := l.events[line]; ok {
		l.draw(line)
	}
}

// layoutRows moves the rows that stay, draws those that come, and takes the
// others off.
func (l *rowList) layoutRows() {
	size := l.Size()
	if l.empty() || size.Height <= 0 || size.Width <= rowBarWidth {
		l.content.Objects = nil
		l.sticky.box.Hide()
		canvas.Refresh(l.content)
		return
	}
	l.sticky.box.Show()
	r := l.look.Rows
	l.clampOff()
	first := r.At(l.off)
	objects := l.content.Objects[:0]
	kept, keptDays := make(map[int]*eventView, 32), make(map[int]*dayView, 8)
	line := first
	for y := r.Top(first) - l.off; line < r.Len() && y < float64(size.Height); line++ {
		var box *fyne.Container
		if r.Sort(line) == model.DayLine {
			v := l.dayAt(line)
			keptDays[line] = v
			box = v.box
		} else {
			v := l.events[line]
			if v == nil {
				v = l.draw(line)
			}
			kept[line] = v
			box = v.box
		}
		box.Move(fyne.NewPos(0, float32(y)))
		objects = append(objects, box)
		y += r.Height(line)
	}
	for line, v := range l.events {
		if kept[line] == nil {
			l.idle = append(l.idle, v)
		}
	}
	for line, v := range l.days {
		if keptDays[line] == nil {
			l.idleDay = append(l.idleDay, v)
		}
	}
	l.events, l.days, l.content.Objects = kept, keptDays, objects
	l.stickDay(first)
	l.bar.sync()
	if first != l.first {
		l.first = first
		l.onMoved(first)
	}
	canvas.Refresh(l.content) // marks the screen; the container's own Refresh would upload every picture again
}

func (l *rowList) dayAt(line int) *dayView {
	v := l.days[line]
	if v == nil {
		if n := len(l.idleDay); n > 0 {
			v, l.idleDay = l.idleDay[n-1], l.idleDay[:n-1]
		} else {
			v = newDayView()
		}
		l.days[line] = v
	}
	if d, width := l.look.Rows.DayOf(line), l.Size().Width-rowBarWidth; v.day != d || v.width != width {
		v.set(l.m, width, d)
	}
	return v
}

// stickDay keeps the day of the first row at the top, pushed up by the next.
func (l *rowList) stickDay(first int) {
	r := l.look.Rows
	d := r.DayOf(first)
	if width := l.Size().Width - rowBarWidth; l.sticky.day != d || l.sticky.width != width {
		l.sticky.set(l.m, width, d)
	}
	var y float64
	if d.Next < r.Len() {
		y = min(0, r.Top(d.Next)-l.off-float64(l.sticky.box.Size().Height))
	}
	l.sticky.box.Move(fyne.NewPos(0, float32(y)))
}

// reveal moves the list so that a line is on the screen whole, in the middle
// when it was not near.
func (l *rowList) reveal(line int) {
	for range 4 { // rows that come on the screen may be taller than they were taken to be
		before := l.off
		if l.approach(line); l.off == before {
			return
		}
	}
}

func (l *rowList) approach(line int) {
	r := l.look.Rows
	top, height := r.Top(line), r.Height(line)
	head, screen := l.m.heights()[model.DayClass], float64(l.Size().Height)
	switch {
	case top < l.off+head && top > l.off-screen:
		l.scrollBy(top - head - l.off)
	case top+height > l.off+screen && top < l.off+2*screen:
		l.scrollBy(top + height - l.off - screen)
	case top < l.off || top > l.off+screen:
		l.scrollTo(top - screen/3)
		l.scrollBy(0)
	}
}

// toEnd goes to the last row.
func (l *rowList) toEnd() {
	for range 4 {
		l.scrollTo(l.look.Rows.Total())
	}
}

// goTo makes a line the one that the keys are at, and picks it.
func (l *rowList) goTo(line int) {
	l.reveal(line)
	l.move(line, 0)
}

// CreateRenderer draws the list.
func (l *rowList) CreateRenderer() fyne.WidgetRenderer {
	return &rowListRenderer{l, container.NewClip(l.sticky.box)}
}

type rowListRenderer struct {
	l   *rowList
	top *container.Clip
}

func (r *rowListRenderer) Destroy() {}
func (r *rowListRenderer) MinSize() fyne.Size {
	return fyne.NewSize(12*theme.TextSize(), 4*theme.TextSize())
}

func (r *rowListRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.clip, r.top, r.l.bar, r.l.ring}
}

func (r *rowListRenderer) Layout(s fyne.Size) {
	l := r.l
	l.clip.Resize(s)
	r.top.Resize(s)
	l.ring.Resize(s)
	l.bar.Move(fyne.NewPos(s.Width-rowBarWidth, 0))
	l.bar.Resize(fyne.NewSize(rowBarWidth, s.Height))
	l.recycle()
	if !l.empty() {
		l.scrollBy(0)
	}
	l.layoutRows()
}

// Refresh draws everything anew: the theme may be another one.
func (r *rowListRenderer) Refresh() {
	l := r.l
	l.idle, l.idleDay, l.events, l.days = nil, nil, map[int]*eventView{}, map[int]*dayView{}
	l.measure()
	l.sticky.width = 0
	ring(l.ring, l.focused)
	if !l.empty() {
		l.scrollBy(0)
	}
	l.layoutRows()
	l.bar.Refresh()
	canvas.Refresh(l.ring)
}

// firstEvent and lastEvent are those on the screen; -1 where none is.
func (l *rowList) firstEvent() int { return l.eventFrom(l.first, 1) }

func (l *rowList) lastEvent() int {
	if l.empty() {
		return -1
	}
	return l.eventFrom(l.look.Rows.At(l.off+float64(l.Size().Height)), -1)
}

func (l *rowList) eventFrom(line, by int) int {
	if l.empty() || line < 0 {
		return -1
	}
	if l.look.Rows.Sort(line) == model.DayLine {
		line = l.next(line, by)
	}
	if line < 0 {
		return -1
	}
	event, _ := l.look.Rows.Event(line)
	return event
}
