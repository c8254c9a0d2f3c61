package ui

import (
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
	size fyne.Size
}

// manners are three looks, and twice the size of text in a window that is smaller still. Colours take no room:
// where no pictures are asked for, the looks are one.
func manners() []manner {
	all := []manner{{"light", "light", 100, small}, {"large", "light", 200, fyne.NewSize(900, 600)}}
	if os.Getenv("DAYBOOK_PICTURES") != "" {
		all = append(all, manner{"dark", "dark", 100, small}, manner{"contrast", "contrast", 100, small})
	}
	return all
}

// small is the screen of an old laptop.
var small = fyne.NewSize(1024, 700)

// inEveryManner shows something in every manner and looks at it: a page, a step
// of one, or a dialog.
func (w *Window) inEveryManner(t *testing.T, name string, show func()) {
	t.Helper()
	before := w.chosen
	for _, m := range manners() {
		w.dress(m)
		show()
		w.look(t, name, m)
	}
	w.apply(before)
}

// dress gives the window a manner, and its size.
func (w *Window) dress(m manner) {
	forgetDrawn()
	w.win.Resize(m.size)
	s := w.chosen
	s.Look, s.Text = m.look, m.text
	w.apply(s)
}

// looked looks at what stands, in every manner. A dialog stays in its own size
// of text.
func looked(t *testing.T, w *Window, name string) {
	t.Helper()
	before := w.chosen
	for _, m := range manners() {
		if w.busy() && m.text != before.Text {
			continue
		}
		w.dress(m)
		w.win.Canvas().Unfocus() // what has the keys is not told when its page goes
		w.put(w.page, w.view)
		w.look(t, name, m)
	}
	w.apply(before)
	w.put(w.page, w.view)
}

// look checks that the page wants no more room than it has, that nothing on it
// is cut off and no text stands over another, and keeps a picture.
func (w *Window) look(t *testing.T, name string, m manner) {
	t.Helper()
	w.win.Content().Refresh() // a real window settles by itself
	if room := w.room(); !w.hidden {
		if want := w.view.content.MinSize(); want.Width > room.Width || want.Height > room.Height {
			t.Errorf("%s, %s: it wants %v of %v", name, m.name, want, room)
		}
	}
	for _, f := range w.faults() {
		t.Errorf("%s, %s: %s", name, m.name, f)
	}
	kept(t, w, name+"-"+m.name)
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

// kept keeps a picture where a person asked for pictures.
func kept(t *testing.T, w *Window, name string) {
	t.Helper()
	dir := os.Getenv("DAYBOOK_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
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

// TestEveryPage draws every page without a case, with the sample case, with an
// empty one and with one whose names are very long, in every manner.
func TestEveryPage(t *testing.T) {
	t.Run("locked", func(t *testing.T) { everyPage(t, window(t, Options{}), "locked") })
	t.Run("sample", func(t *testing.T) { everyPage(t, practised(t), "sample") })
	t.Run("empty", func(t *testing.T) { everyPage(t, opened(t, "Kitchen", "Maya"), "empty") })
	t.Run("long", func(t *testing.T) { everyPage(t, longNamed(t), "long") })
}

func everyPage(t *testing.T, w *Window, state string) {
	t.Helper()
	for _, m := range manners() {
		w.dress(m)
		for _, p := range pages() {
			if !w.at(p.when) {
				continue
			}
			w.show(p.id)
			if w.page.id != p.id {
				t.Errorf("%s: %s could not be shown", state, p.id)
			}
			w.look(t, p.id+"-"+state, m)
		}
	}
}
