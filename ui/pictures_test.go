package ui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// manner is a way in which every page is looked at.
type manner struct {
	name string
	look string
	text int
}

// manners are three looks, and twice the size of text.
func manners() []manner {
	return []manner{{"light", "light", 100}, {"dark", "dark", 100}, {"contrast", "contrast", 100}, {"large", "light", 200}}
}

// small is the screen of an old laptop.
var small = fyne.NewSize(1100, 720)

// TestEveryPage draws every page without a case, with the sample case, with an
// empty one and with one whose names are very long, in every manner. No page may
// want more room than a small screen gives beside the rail. make screens keeps
// the pictures to be looked at.
func TestEveryPage(t *testing.T) {
	dir := os.Getenv("DAYBOOK_PICTURES")
	t.Run("locked", func(t *testing.T) { everyPage(t, window(t, Options{}), dir, "locked") })
	t.Run("sample", func(t *testing.T) {
		everyPage(t, practised(t), dir, "sample")
	})
	t.Run("empty", func(t *testing.T) {
		everyPage(t, opened(t, "Kitchen", "Maya"), dir, "empty")
	})
	t.Run("long", func(t *testing.T) {
		w := opened(t, "Everything since the letters began to come to the flat in Lower Marsh and to my mother's in Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Maximiliana Featherstonehaugh-Cholmondeley of the Upper Fifth")
		everyPage(t, w, dir, "long")
	})
}

func everyPage(t *testing.T, w *Window, dir, state string) {
	t.Helper()
	w.win.Resize(small)
	for _, m := range manners() {
		if dir == "" && (m.look == "dark" || m.look == "contrast") {
			continue // colours take no room
		}
		s := w.chosen
		s.Look, s.Text = m.look, m.text
		w.apply(s)
		for _, p := range pages() {
			if !w.at(p.when) {
				continue
			}
			w.show(p.id)
			if w.page.id != p.id {
				t.Errorf("%s, %s: %s could not be shown", state, m.name, p.id)
			}
			room := w.room()
			if want := w.view.content.MinSize(); want.Width > room.Width || want.Height > room.Height {
				t.Errorf("%s, %s: %s wants %v of %v", state, m.name, p.id, want, room)
			}
			if dir != "" {
				w.win.Content().Refresh() // a real window settles by itself
				picture(t, w, filepath.Join(dir, fmt.Sprintf("%s-%s-%s.png", p.id, state, m.name)))
			}
		}
	}
}

// room is what the frame leaves for a page.
func (w *Window) room() fyne.Size {
	var room fyne.Size
	w.walk(func(o fyne.CanvasObject) {
		if o == w.view.content {
			room = o.Size()
		}
	})
	return room
}

func picture(t *testing.T, w *Window, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, w.win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
