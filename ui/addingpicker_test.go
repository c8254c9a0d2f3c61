package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestChooseWithKeys: a folder is opened, two files are chosen with space and
// added with Enter; Esc takes nothing.
func TestChooseWithKeys(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	pictures, empty := filepath.Join(home, "Pictures"), filepath.Join(home, "Empty")
	for _, dir := range []string{pictures, empty} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"one.jpg", "two.jpg", strings.Repeat("a long name ", 15) + ".jpg"} {
		if err := os.WriteFile(filepath.Join(pictures, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := opened(t, "Kitchen", "Maya")
	w.win.Resize(small)
	w.show(addID)
	w.tap(t, "Choose files or folders")
	list, ok := w.win.Canvas().Focused().(*pickList)
	if !ok || len(list.p.folder.Entries) != 3 {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
			if n == fyne.KeySpace {
				w.win.Canvas().Focused().TypedRune(space)
			}
		}
	}
	press(fyne.KeyBackspace)
	if at := list.p.folder.Entries[list.current]; list.p.folder.Path != home || at.Path != pictures {
		t.Errorf("above is %s, at %s", list.p.folder.Path, at.Path)
	}
	press(fyne.KeySpace) // chooses the folder, and lets it go
	if !strings.Contains(w.words(), "1 folder chosen.") {
		t.Errorf("%s", w.words())
	}
	press(fyne.KeySpace)
	w.tap(t, "Up")
	if w.win.Canvas().Focused() != list {
		t.Errorf("after Up %T has the keys", w.win.Canvas().Focused())
	}
	list.p.open(empty)
	if press(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn); w.win.Canvas().Focused() != list {
		t.Errorf("in an empty folder %T has the keys", w.win.Canvas().Focused())
	}
	looked(t, w, "picker-empty")
	w.win.Canvas().Focus(list)
	press(fyne.KeyBackspace)
	list.Highlight(slices.IndexFunc(list.p.folder.Entries, func(e model.FolderEntry) bool { return e.Path == pictures }))
	press(fyne.KeyReturn, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	if !strings.Contains(w.words(), "2 files chosen.") {
		t.Errorf("%s", w.words())
	}
	looked(t, w, "picker")
	w.win.Canvas().Focus(list)
	press(fyne.KeyReturn)
	if n := strings.Count(w.words(), "[Not this one]"); n != 2 || w.busy() {
		t.Errorf("%d wait: %s", n, w.words())
	}
	w.tap(t, "Choose files or folders")
	if _, ok := w.win.Canvas().Focused().(*pickList); !ok {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	press(fyne.KeySpace, fyne.KeyEscape)
	if n := strings.Count(w.words(), "[Not this one]"); n != 2 || w.busy() {
		t.Errorf("after Esc %d wait", n)
	}
}
