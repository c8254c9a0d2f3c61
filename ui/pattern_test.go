package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// practised is a window with the sample case.
func practised(t *testing.T) *Window {
	t.Helper()
	folder := t.TempDir()
	w := window(t, Options{})
	if _, err := w.desk.Practise(context.Background(), folder, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestPatternParts draws every part of the page as chart and as table, in every
// manner; no part wants more room than a small screen gives.
func TestPatternParts(t *testing.T) {
	dir := os.Getenv("DAYBOOK_PICTURES")
	w := practised(t)
	w.win.Resize(small)
	for _, m := range manners() {
		s := w.chosen
		s.Look, s.Text = m.look, m.text
		w.apply(s)
		w.show(patternID)
		p := newPatternView(w)
		p.look()
		w.put(w.page, p.view())
		for _, part := range []string{byMonth, byHour, around, silences} {
			for _, tables := range []bool{false, true} {
				p.now.Part, p.now.Table = part, tables
				p.ask()
				p.draw()
				if want, room := p.scroll.MinSize(), w.room(); want.Width > room.Width {
					t.Errorf("%s, %s: wants %v of %v", m.name, part, want, room)
				}
				if dir != "" {
					w.win.Content().Refresh()
					p.scroll.ScrollToOffset(fyne.NewPos(0, p.result.Position().Y))
					picture(t, w, filepath.Join(dir, fmt.Sprintf("pattern-%s-%s-%t.png", part, m.name, tables)))
				}
			}
		}
	}
}
