package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// wayBack leads from events that a page led to back to that page, as it stood.
type wayBack struct {
	page    page
	view    view
	at      fyne.Position // of what scrolls
	focused fyne.Focusable
	said    uint64 // how much the record of the case said then
}

// wayHere is the way back to what stands now.
func (w *Window) wayHere() *wayBack {
	b := &wayBack{page: w.page, view: w.view, focused: w.win.Canvas().Focused(), said: w.desk.Recorded()}
	if scroll, ok := w.view.content.(*container.Scroll); ok {
		b.at = scroll.Offset
	}
	return b
}

// name says where the way leads.
func (b *wayBack) name() string {
	title := b.view.title
	if title == "" {
		title = lang.L(b.page.name)
	}
	return lang.L("Back to “{{.Page}}”", map[string]any{"Page": shorten(title, longestName)})
}

// goBack goes the way back, where there is one. Where something was written into the
// record meanwhile, the page is made anew: what stood there may not hold any more.
func (w *Window) goBack() {
	if b := w.view.from; b != nil && !w.busy() {
		w.depart(func() { w.goBackTo(b) })
	}
}

func (w *Window) goBackTo(b *wayBack) {
	if !w.leave() {
		return
	}
	switch {
	case b.view.again != nil:
		w.page = b.page
		b.view.again()
	case b.said != w.desk.Recorded():
		w.show(b.page.id)
	default:
		w.put(b.page, b.view)
		if b.view.resumed != nil {
			b.view.resumed()
		}
	}
	if scroll, ok := w.view.content.(*container.Scroll); ok {
		scroll.ScrollToOffset(b.at)
	}
	if b.focused != nil && w.view.content == b.view.content {
		w.win.Canvas().Focus(b.focused)
	}
}

// letGo lets go of what a page holds that another takes the place of, and of what the way
// back from it led to: of a million events it is tens of megabytes. Both stay while there
// is a way back to them.
func (w *Window) letGo(before view) {
	stays := func(v view) bool {
		return v.content == w.view.content || w.view.from != nil && v.content == w.view.from.view.content
	}
	gone := []view{before}
	if before.from != nil {
		gone = append(gone, before.from.view)
	}
	for _, v := range gone {
		if v.free != nil && !stays(v) {
			v.free()
		}
	}
}
