package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
)

// window is the real window in Fyne's test driver, with work done at once.
func window(t *testing.T, o Options) *Window {
	t.Helper()
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	t.Setenv("LANGUAGE", "")
	app := test.NewTempApp(t)
	forgetDrawn()
	o.Env = Env{Go: inline, Do: inline, Now: time.Now, Every: func(time.Duration, func()) func() { return func() {} },
		Sleep: func(context.Context, func()) error { return nil }}
	w := New(app, desk(), o)
	t.Cleanup(func() {
		if err := w.desk.Lock(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func inline(f func()) { f() }

// walk visits what is on the page and in the topmost dialog.
func (w *Window) walk(visit func(fyne.CanvasObject)) {
	var into func(fyne.CanvasObject)
	into = func(o fyne.CanvasObject) {
		visit(o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				into(c)
			}
		case *container.Scroll:
			into(o.Content)
		case *watched:
			into(o.body)
		case *line, *choosing, *widget.Button, *button, *answerButton, *formButton, *formField, *railItem, *widget.Label, *widget.RichText:
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				into(c)
			}
		}
	}
	into(w.win.Content())
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		into(top)
	}
}

func (w *Window) entries() (list []*widget.Entry) {
	w.walk(func(o fyne.CanvasObject) {
		switch e := o.(type) {
		case *line:
			list = append(list, &e.Entry)
		}
	})
	return list
}

// pressable is what can be tapped by its name.
func pressable(o fyne.CanvasObject) (string, fyne.Tappable) {
	switch o := o.(type) {
	case *widget.Button:
		return o.Text, o
	case *button:
		return o.Text, o
	case *answerButton:
		return o.Text, o
	case *tourButton:
		return o.Text, o
	case *formButton:
		return o.Text, o
	case *railItem:
		return o.name, o
	case *card:
		return o.name, o
	}
	return "", nil
}

func (w *Window) tap(t *testing.T, text string) {
	t.Helper()
	var found fyne.Tappable
	w.walk(func(o fyne.CanvasObject) {
		if name, b := pressable(o); b != nil && name == text {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no button %q on this page: %s", text, w.words())
	}
	test.Tap(found)
}

// words is all the text that the page and its dialog show.
func (w *Window) words() string {
	var b strings.Builder
	w.walk(func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			b.WriteString(o.Text + "\n")
		case *widget.RichText:
			b.WriteString(o.String() + "\n")
		case *textBlock:
			b.WriteString(o.text + "\n")
		case *copyBlock:
			b.WriteString(o.text + "\n")
		default:
			if name, p := pressable(o); p != nil {
				b.WriteString("[" + name + "]\n")
			}
		}
	})
	return b.String()
}

// TestCreateAndUnlock goes through the pages as a person does.
func TestCreateAndUnlock(t *testing.T) {
	dir := t.TempDir() // before the window, so that the case is closed before it goes
	w := window(t, Options{Title: "Notes"})
	if s := w.words(); w.page.id != startID || len(w.entries()) != 0 || !strings.Contains(s, "Is this the safest place to keep it?") || !strings.Contains(s, "[Open a case]") {
		t.Errorf("the first page is %s: %s", w.page.id, s)
	}
	looked(t, w, "start")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.page.id != safestID {
		t.Fatalf("Enter leads to %s", w.page.id)
	}
	w.tap(t, "Go on here")
	looked(t, w, "create")
	w.entries()[0].SetText("")
	w.tap(t, "Next: the recovery words")
	if !strings.Contains(w.words(), "Choose the folder in which the case is kept") {
		t.Errorf("an empty form: %s", w.words())
	}
	w.tap(t, "OK")
	for i, text := range []string{dir, "notes", "Kitchen", "Maya", "Europe/London", "tin whistle", "tin whistle"} {
		w.entries()[i].SetText(text)
	}
	w.tap(t, "Next: the recovery words")
	var words []string
	for _, l := range strings.Split(w.words(), "\n") {
		var n int
		var word string
		if k, err := fmt.Sscanf(l, "%d %s", &n, &word); err == nil && k == 2 {
			words = append(words, word)
		}
	}
	if len(words) != 24 {
		t.Fatalf("%d recovery words: %s", len(words), w.words())
	}
	w.tap(t, "They are on paper")
	looked(t, w, "three-words")
	if s := w.words(); strings.Contains(s, words[0]+"\n") || strings.Contains(s, words[2]+"\n") {
		t.Errorf("the words can be copied from the screen: %s", s)
	}
	w.tap(t, "Make the case")
	if !strings.Contains(w.words(), "look at your paper") {
		t.Errorf("without the words back: %s", w.words())
	}
	w.tap(t, "OK")
	w.win.Canvas().Focus(w.view.focus)
	for _, n := range []int{3, 11, 20} {
		test.Type(w.win.Canvas().Focused(), words[n-1])
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if s := w.words(); !strings.Contains(s, "may be given to the other side") {
		t.Errorf("the notice: %s", s)
	}
	w.tap(t, "I have read this")
	if s := w.words(); !strings.Contains(s, "Kitchen") || !strings.Contains(s, "Nothing has been added yet") {
		t.Fatalf("a new case: %s", s)
	}
	w.tap(t, "Lock")
	w.entries()[0].SetText(filepath.Join(dir, "notes.daybook"))
	w.entries()[1].SetText("tin flute")
	w.tap(t, "Unlock")
	if w.desk.Open() || !strings.Contains(w.words(), "It did not fit") || !strings.Contains(w.words(), "Caps Lock") {
		t.Fatalf("a wrong passphrase: %s", w.words())
	}
	looked(t, w, "misfit")
	if got := w.entries()[1].Text; got != "" {
		t.Errorf("the passphrase stays in the field: %q", got)
	}
	w.tap(t, "OK")
	w.entries()[1].SetText("tin whistle")
	w.tap(t, "Unlock")
	if !w.desk.Open() || !strings.Contains(w.words(), "Kitchen") {
		t.Fatalf("unlocked: %s", w.words())
	}
	if strings.Contains(w.win.Title(), "Kitchen") {
		t.Error("the window's title names the case")
	}
}

// TestJobPanicIsAnError: a fault of the program reaches a person as a sentence.
func TestJobPanicIsAnError(t *testing.T) {
	w := window(t, Options{Title: "Notes"})
	var got error
	w.runJob("Trying", func(context.Context, evidence.Progress) error { panic("broken") }, func(err error) { got = err })
	if got == nil || !strings.Contains(got.Error(), "broken") {
		t.Errorf("%v", got)
	}
}

// untouched is for widgets of which nobody asks whether somebody is there.
func untouched(*fyne.KeyEvent) {}
