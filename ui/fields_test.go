package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

// focusedField is the field that has the keys.
func focusedField(t *testing.T, w *Window) *formField {
	t.Helper()
	f, ok := w.win.Canvas().Focused().(*formField)
	if !ok {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	return f
}

func (w *Window) tab() { w.win.Canvas().(software.WindowlessCanvas).FocusNext() }

// fields are the fields of the sheet that stands.
func (w *Window) fields() (list []*formField) {
	w.walk(func(o fyne.CanvasObject) {
		if f, ok := o.(*formField); ok {
			list = append(list, f)
		}
	})
	return list
}

// inSight checks that an object that has the keys is to be seen.
func inSight(t *testing.T, w *Window, o fyne.CanvasObject) {
	t.Helper()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	page := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.view.content)
	if at.Y < page.Y || at.Y+20 > page.Y+w.view.content.Size().Height {
		t.Errorf("a field that has the keys is out of sight at %v", at)
	}
}

// TestASectionOpenedWithThePointer: it comes into sight and its first field has
// the keys.
func TestASectionOpenedWithThePointer(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.win.Resize(fyne.NewSize(900, 520))
	w.show(writeID)
	for _, title := range []string{"How did it feel?", "Anything else"} {
		var c *card
		w.walk(func(o fyne.CanvasObject) {
			if k, ok := o.(*card); ok && k.name == title {
				c = k
			}
		})
		c.Tapped(nil)
		f, ok := w.win.Canvas().Focused().(*formField)
		if !ok {
			t.Fatalf("%s: %T has the keys", title, w.win.Canvas().Focused())
		}
		w.inSightOf(t, title, f)
	}
}

// TestTheWheelGoesThroughFields: over a field the wheel moves the page; a field of
// many lines keeps it while somebody writes there.
func TestTheWheelGoesThroughFields(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.win.Resize(fyne.NewSize(900, 520))
	w.show(writeID)
	passed := 0
	for _, f := range w.fields() {
		over := overField(f)
		if over == nil {
			t.Fatalf("%q keeps the wheel", f.question)
		}
		page := f.sheet.scroll
		w.win.Canvas().Unfocus()
		page.ScrollToTop()
		over.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)})
		if page.Offset.Y == 0 {
			t.Errorf("%q: the page stands", f.question)
		}
		w.win.Canvas().Focus(f)
		if over.Visible() == f.MultiLine {
			t.Errorf("%q has the keys: the wheel is over it: %v", f.question, over.Visible())
		}
		passed++
	}
	if passed < 3 {
		t.Errorf("%d fields", passed)
	}
}

// overField is the last thing that a field draws and that takes the wheel.
func overField(f *formField) *wheel {
	var last fyne.Scrollable
	for _, o := range test.WidgetRenderer(f).Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			last = s
		}
	}
	if w, ok := last.(*wheel); ok {
		return w
	}
	return nil
}
