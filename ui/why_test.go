package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/timeline"
)

// TestEveryFieldSaysWhy: each question of the incident form, with all of its parts
// opened, of each register and of a correction says why it is asked.
func TestEveryFieldSaysWhy(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	opened := map[*card]bool{}
	for more := true; more; { // a part may hold another
		more = false
		w.walk(func(o fyne.CanvasObject) {
			if c, ok := o.(*card); ok && c.bare && !opened[c] {
				opened[c], more = true, true
				c.Tapped(nil)
			}
		})
	}
	if n := w.sayWhy(t, "the incident form"); n < 30 {
		t.Errorf("only %d questions of the incident form were looked at", n)
	}
	lines, err := w.desk.Registers(w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		w.writeEntry(timeline.Kind(l.Kind))
		if n := w.sayWhy(t, l.Title); n < 2 {
			t.Errorf("%s: only %d questions were looked at", l.Title, n)
		}
	}
	w.show(writeID)
	focusedField(t, w).SetText("He stood at the gate")
	w.answering(t, "When did it happen?", "That day")
	for _, f := range w.fields() {
		if strings.HasPrefix(f.PlaceHolder, "Day:") {
			f.SetText("yesterday")
		}
	}
	w.saveKey()
	w.show(writeID)
	w.tap(t, "What was written down")
	w.tap(t, "Read")
	w.tap(t, "Correct this")
	w.sayWhy(t, "a correction")
	wants(t, w, "Why do you correct it?")
}

// sayWhy looks whether each question that has a field says why, and how many have.
func (w *Window) sayWhy(t *testing.T, where string) (n int) {
	t.Helper()
	says := map[string]bool{}
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok {
			says[b.says] = true
		}
	})
	w.walk(func(o fyne.CanvasObject) {
		question := ""
		switch o := o.(type) {
		case *formField:
			question = o.question
		case *chips:
			question = o.question
		}
		if question == "" {
			return
		}
		n++
		if !says["Why we ask: "+question] {
			t.Errorf("%s: %q does not say why it is asked", where, question)
		}
	})
	return n
}
