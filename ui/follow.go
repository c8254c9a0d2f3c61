package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
