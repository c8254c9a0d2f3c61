package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// waysOut are all that lead away from a page without a case, by the words of a test.
func waysOut(w *Window, t *testing.T) map[string]func() {
	item := func(menu int, name string) func() {
		return func() {
			for _, i := range w.win.MainMenu().Items[menu].Items {
				if strings.HasPrefix(i.Label, name+"  (") {
					i.Action()
				}
			}
		}
	}
	return map[string]func(){
		"the rail": func() { w.tap(t, "Open a case") }, "Help": func() { w.tap(t, "Help") }, "Back": func() { w.tap(t, "Back") },
		"Ctrl+O": item(1, "Open a case"), "Ctrl+8": item(1, "Open a bundle"), "Ctrl+Q": item(0, "Quit"),
	}
}

// TestANewCaseIsNotThrownAway: whoever filled in the form is asked once, the same
// way, on every way out of it; the recovery words too. Nothing of the question
// stands afterwards.
func TestANewCaseIsNotThrownAway(t *testing.T) {
	for name := range waysOut(nil, t) {
		for _, step := range []string{"the form", "the words", "three of them"} {
			if name == "Back" && step != "the form" {
				continue // it leads to the step before
			}
			w := window(t, Options{})
			closed := false
			w.win.SetOnClosed(func() { closed = true })
			w.show(createID)
			f := model.NewCase()
			f.Title = "Marigold terrace"
			switch step {
			case "the form":
				w.entries()[2].SetText(f.Title)
			case "the words":
				w.recovery(f)
			default:
				w.recovery(f)
				w.tap(t, "They are on paper")
			}
			out := waysOut(w, t)[name]
			at := name + " from " + step
			out()
			if s := w.words(); !w.busy() || !strings.Contains(s, "What you typed here is not kept.") {
				t.Errorf("%s: nobody is asked: %s", at, s)
				continue
			}
			w.quit() // whoever asks again is not asked twice
			if n := strings.Count(w.words(), "Leave this page?"); n != 1 || len(w.win.Canvas().Overlays().List()) != 1 {
				t.Errorf("%s: asked %d times", at, n)
			}
			w.tap(t, "Stay here")
			if w.busy() || closed || w.page.id != createID || step == "the form" && w.entries()[2].Text != f.Title {
				t.Errorf("%s: who stays is on %s", at, w.page.id)
			}
			out()
			w.tap(t, "Leave it")
			if w.busy() || w.page.id == createID && !closed {
				t.Errorf("%s: who leaves is on %s, the dialog there: %v", at, w.page.id, w.busy())
			}
			w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			w.show(readerID)
			if w.busy() {
				t.Errorf("%s: asked again on another page", at)
			}
		}
	}
}

// TestHidingAsksNothing: the sheet comes at once over a form half filled in, and
// over the question too; behind it nothing of the form is left.
func TestHidingAsksNothing(t *testing.T) {
	for _, asked := range []bool{false, true} {
		w := window(t, Options{})
		w.show(createID)
		w.entries()[2].SetText("Marigold terrace")
		if asked {
			w.show(helpID)
		}
		w.hide()
		if s := strings.TrimSpace(w.words()); !w.hidden || w.busy() || s != "" {
			t.Errorf("over the sheet: %v, %q", w.busy(), s)
		}
		w.comeBack()
		w.show(createID)
		if w.busy() || w.entries()[2].Text != "" {
			t.Errorf("%q is left", w.entries()[2].Text)
		}
	}
}

// TestComingBackWaitsForTheLock: who calls the program up from behind the sheet
// before the case is locked sees nothing of the case, and has a whole page once it
// is; quitting waits as well.
func TestComingBackWaitsForTheLock(t *testing.T) {
	for early := range 3 {
		w := opened(t, "Kitchen", "Maya")
		var late []func()
		w.env.Go = func(f func()) { late = append(late, f) }
		w.show(homeID)
		w.hide()
		for n := 0; len(late) > 0; n++ {
			if n == early {
				w.win.MainMenu().Items[0].Items[0].Action()
			}
			if w.desk.Open() != (n < 2) || w.words() != "\n" && n < 2 && strings.Contains(w.words(), "Kitchen") {
				t.Errorf("step %d: open %v: %s", n, w.desk.Open(), w.words())
			}
			f := late[0]
			late = late[1:]
			f()
		}
		if early == 2 {
			w.win.MainMenu().Items[0].Items[0].Action()
		}
		if w.hidden || w.desk.Open() || w.page.id != openID || w.view.dropped == nil || !strings.Contains(w.words(), "[Unlock]") {
			t.Errorf("Ctrl+O at step %d: hidden %v, open %v, page %q, whole %v", early, w.hidden, w.desk.Open(), w.page.id, w.view.dropped != nil)
		}
	}
}

// TestAFolderIsProposed: the person's own, with its reason, and a name that is
// free; none where that folder is copied elsewhere.
func TestAFolderIsProposed(t *testing.T) {
	home := filepath.Join(t.TempDir(), "maya")
	if err := os.MkdirAll(filepath.Join(home, "notes.daybook"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	w := window(t, Options{})
	w.show(createID)
	const why = "Proposed because it is your own folder"
	if e := w.entries(); e[0].Text != home || e[1].Text != "notes-2" || !strings.Contains(w.words(), why) {
		t.Errorf("%q, %q: %s", e[0].Text, e[1].Text, w.words())
	}
	w.show(openID)
	if w.busy() {
		t.Error("what was proposed is asked about as if it had been typed")
	}
	w.show(createID)
	w.entries()[0].SetText(filepath.Join(home, "OneDrive", "x"))
	seen := ""
	w.inWindow(func(o fyne.CanvasObject) {
		if r, ok := o.(interface{ String() string }); ok {
			seen += r.String()
		}
	})
	if strings.Contains(seen, why) || !strings.Contains(seen, "OneDrive, which copies it") {
		t.Errorf("for another folder: %s", seen)
	}
	w.entries()[0].SetText(home)
	w.entries()[1].SetText("notes")
	w.tap(t, "Next: the recovery words")
	wants(t, w, "In this folder there is something called notes.daybook")
	for _, copied := range []string{"OneDrive", "gone"} {
		t.Setenv("HOME", filepath.Join(home, copied))
		t.Setenv("USERPROFILE", filepath.Join(home, copied))
		if f := model.NewCase(); f.Folder != "" || f.Name != "notes" {
			t.Errorf("%s: %+v", copied, f)
		}
	}
}

// TestHiddenBeforeTheCaseWasMade: whoever hides the window when the recovery words
// are on it is told, coming back, that what is on their paper opens nothing.
func TestHiddenBeforeTheCaseWasMade(t *testing.T) {
	for _, asked := range []bool{false, true} {
		w := window(t, Options{})
		f := model.NewCase()
		f.Folder, f.Name, f.Actor, f.Zone, f.Passphrase, f.Again = t.TempDir(), "notes", "Maya", "Europe/London", "tin whistle", "tin whistle"
		w.recovery(f)
		if asked {
			w.tap(t, "They are on paper")
		}
		w.hide()
		if s := strings.TrimSpace(w.words()); s != "" {
			t.Errorf("the sheet says %q", s)
		}
		w.comeBack()
		if !strings.Contains(w.words(), "may have on paper open nothing") {
			t.Errorf("asked for words: %v: %s", asked, w.words())
		}
	}
}
