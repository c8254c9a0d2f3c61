package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestPeopleSteps draws the page with a person, and the step that joins two, in
// every manner.
func TestPeopleSteps(t *testing.T) {
	dir := os.Getenv("DAYBOOK_PICTURES")
	w := practised(t)
	w.win.Resize(small)
	for _, m := range manners() {
		s := w.chosen
		s.Look, s.Text = m.look, m.text
		w.apply(s)
		w.show(homeID)
		p := newPeopleView(w)
		p.look()
		w.put(mustFind(t, peopleID), p.view())
		draw := func(step string) {
			if want, room := w.view.content.MinSize(), w.room(); want.Width > room.Width || want.Height > room.Height {
				t.Errorf("%s, %s: wants %v of %v", m.name, step, want, room)
			}
			if dir != "" {
				w.win.Content().Refresh()
				picture(t, w, filepath.Join(dir, fmt.Sprintf("people-%s-%s.png", step, m.name)))
			}
		}
		draw("list")
		p.list.goTo(1)
		p.open(false)
		draw("person")
		page, ok := p.book.Person(p.now)
		if !ok {
			t.Fatal("nobody is shown")
		}
		p.merge(page)
		draw("merge")
	}
}

func mustFind(t *testing.T, id string) page {
	t.Helper()
	p, ok := find(id)
	if !ok {
		t.Fatalf("no page %s", id)
	}
	return p
}
