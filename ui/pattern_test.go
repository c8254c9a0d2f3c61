package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestPatternParts draws every part of the page as chart and as table, in every
// manner; no part wants more room than a small screen gives.
func TestPatternParts(t *testing.T) {
	w := practised(t)
	for _, m := range manners() {
		w.dress(m)
		w.show(patternID)
		p := newPatternView(w)
		p.look()
		w.put(w.page, p.view())
		for _, part := range []string{byMonth, byHour, around, silences} {
			for _, tables := range []bool{false, true} {
				p.now.Part, p.now.Table = part, tables
				p.ask()
				p.draw()
				w.win.Content().Refresh()
				p.scroll.ScrollToOffset(fyne.NewPos(0, p.result.Position().Y))
				w.look(t, fmt.Sprintf("pattern-%s-%t", part, tables), m)
			}
		}
	}
}

// chartOf is the chart on the page.
func (w *Window) chartOf(t *testing.T) (c *chart) {
	t.Helper()
	w.walk(func(o fyne.CanvasObject) {
		if found, ok := o.(*chart); ok {
			c = found
		}
	})
	if c == nil {
		t.Fatalf("no chart on this page: %s", w.words())
	}
	return c
}

// TestPatternLeadsToItsEvents: with the keys alone from a figure to its events on
// the timeline, and back to the page as it stood; a lock forgets what was asked.
func TestPatternLeadsToItsEvents(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	c := w.chartOf(t)
	w.win.Canvas().Focus(c)
	for range 2 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	said := c.f.Said(c.row, c.col)
	if !strings.Contains(w.words(), said) || !strings.Contains(said, "August 2025") || c.AccessibilityLabel() != c.f.Name+". "+said {
		t.Errorf("the keys are at %q: %s", said, w.words())
	}
	n := c.f.N[c.row][c.col]
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.page.id != timelineID || !strings.Contains(w.words(), fmt.Sprintf("%s, %s: %d of 551 events", c.f.Columns[c.col].Long, c.f.Rows[c.row].Long, n)) {
		t.Fatalf("%s: %s", w.page.id, w.words())
	}
	w.show(patternID)
	p := newPatternView(w)
	p.look()
	w.put(w.page, p.view())
	p.who.SetText("dan r")
	if !strings.Contains(w.words(), "232 events sent by Dan R, to them or about them") {
		t.Errorf("one person: %s", w.words())
	}
	p.now.Part, p.now.Table, p.now.Sent = silences, true, true
	w.show(timelineID)
	w.show(patternID)
	if s := w.words(); !strings.Contains(s, "events sent by Dan R.") || !strings.Contains(s, "Silences") || !strings.Contains(s, "[Show these days]") {
		t.Errorf("the page does not stand as it was: %s", s)
	}
	w.lock()
	if got := w.desk.Asked(); got != (model.Asked{}) {
		t.Errorf("after a lock stays %+v", got)
	}
}

// TestPatternSaysWhatIsWrong: a day that is none, and days in the wrong order,
// are told on Enter and not while they are typed.
func TestPatternSaysWhatIsWrong(t *testing.T) {
	w := practised(t)
	p := newPatternView(w)
	p.look()
	w.put(mustFind(t, patternID), p.view())
	from, to := w.fields()[0], w.fields()[1]
	to.SetText("1 Jul 2025")
	if w.busy() || !strings.Contains(w.words(), "until Tuesday 1 July 2025") {
		t.Errorf("typed: %s", w.words())
	}
	from.SetText("1 Aug 2025")
	if w.busy() {
		t.Errorf("it complains while somebody types: %s", w.words())
	}
	from.OnSubmitted(from.Text)
	if !w.busy() || !strings.Contains(w.words(), "is before the first") {
		t.Errorf("days in the wrong order: %s", w.words())
	}
}
