package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// follow scrolls to what has the keys, wherever on the page it is: Fyne gives
// the keys to what cannot be seen, too.
func (w *Window) follow() {
	o, ok := w.win.Canvas().Focused().(fyne.CanvasObject)
	if !ok {
		return
	}
	if scroll, _ := scrollOf(w.view.content, o); scroll != nil {
		revealIn(scroll, o)
	}
}

// turns tells that a key is one that goes up or down a page.
func turns(name fyne.KeyName) bool { return name == fyne.KeyPageUp || name == fyne.KeyPageDown }

// turn moves what scrolls around whatever has the keys: a long text is read to its
// end without a mouse. Lists and fields go through their own rows.
func (w *Window) turn(name fyne.KeyName) {
	focused := w.win.Canvas().Focused()
	switch focused.(type) {
	case *rowList, *personList, *strip, *lines, *pickList, *orderList, interface{ CursorTextOffset() int }:
		return
	}
	scroll := w.said
	if !w.busy() {
		o, _ := focused.(fyne.CanvasObject)
		if scroll, _ = scrollOf(w.view.content, o); scroll == nil {
			scroll = firstScroll(w.view.content)
		}
		if _, ok := focused.(*tourButton); ok && w.tour.more(name) {
			scroll = w.tour.text
		}
	}
	if scroll == nil || w.hidden {
		return
	}
	w.touch(nil)
	by := max(theme.TextSize(), scroll.Size().Height-2*theme.TextSize())
	if name == fyne.KeyPageUp {
		by = -by
	}
	scroll.ScrollToOffset(scroll.Offset.AddXY(0, by))
}

// firstScroll is the first of the scrolls on a page, of which no other holds it;
// nil where there is none.
func firstScroll(root fyne.CanvasObject) *container.Scroll {
	switch root := root.(type) {
	case *fyne.Container:
		for _, c := range root.Objects {
			if in := firstScroll(c); in != nil {
				return in
			}
		}
	case *container.Scroll:
		return root
	}
	return nil
}

// fromTop shows the beginning of a page that has come, wherever on it the keys
// are. It follows them from the next key on.
func (w *Window) fromTop() {
	if scroll, ok := w.view.content.(*container.Scroll); ok {
		scroll.ScrollToTop()
	}
	s := w.sign()
	w.keys.focused, w.keys.cursor = s.focused, s.cursor
}

// scrollOf finds an object among those of a page, and the innermost scroll that
// it is in; nil where it is in none.
func scrollOf(root, o fyne.CanvasObject) (in *container.Scroll, found bool) {
	if root == o {
		return nil, true
	}
	switch root := root.(type) {
	case *fyne.Container:
		for _, c := range root.Objects {
			if in, found = scrollOf(c, o); found {
				return in, true
			}
		}
	case *container.Scroll:
		if in, found = scrollOf(root.Content, o); found && in == nil {
			in = root
		}
	}
	return in, found
}
