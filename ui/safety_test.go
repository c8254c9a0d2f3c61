package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// clock is the time as a test tells it.
type clock struct{ now time.Time }

// goOn lets time pass as the window sees it: in steps of its pulse.
func (c *clock) goOn(w *Window, d time.Duration) {
	for end := c.now.Add(d); c.now.Before(end); {
		c.now = c.now.Add(time.Second)
		w.beat()
	}
}

// timed is a window with a case and its own clock.
func timed(t *testing.T) (*Window, *clock) {
	t.Helper()
	w := opened(t, "Kitchen", "Maya")
	c := &clock{w.env.Now()}
	w.env.Now = func() time.Time { return c.now }
	w.show(homeID)
	return w, c
}

// TestLocksWhenNobodyIsThere: after two minutes without a sign of life, saving
// first what was typed; a letter, the pointer and work under way are signs.
func TestLocksWhenNobodyIsThere(t *testing.T) {
	w, c := timed(t)
	saved := 0
	field := widget.NewEntry()
	w.put(w.page, view{content: field, focus: field, leave: func() error { saved++; return nil }})
	c.goOn(w, 100*time.Second)
	field.TypedRune('a')
	c.goOn(w, 100*time.Second)
	w.win.Content().(*watched).Cursor()
	c.goOn(w, 100*time.Second)
	page := container.NewVScroll(widget.NewLabel(strings.Repeat("a line\n", 80)))
	leave := w.view.leave
	w.view.leave = nil
	w.put(w.page, view{content: page, leave: leave})
	w.keys = w.sign()
	page.ScrollToOffset(fyne.NewPos(0, 40))
	c.goOn(w, 100*time.Second)
	w.job = &job{cancel: func() {}}
	c.goOn(w, 300*time.Second)
	w.job = nil
	c.goOn(w, 100*time.Second)
	if !w.desk.Open() || saved != 0 {
		t.Fatal("locked while somebody was there")
	}
	c.goOn(w, 21*time.Second)
	if w.desk.Open() || w.page.id != openID || saved != 1 {
		t.Fatalf("not locked: page %s, saved %d times", w.page.id, saved)
	}
}

// TestLocksAfterSleep: an hour between two beats is a machine that slept.
func TestLocksAfterSleep(t *testing.T) {
	w, c := timed(t)
	w.beat()
	c.now = c.now.Add(time.Hour)
	w.beat()
	if w.desk.Open() {
		t.Error("still open after sleep")
	}
}

// TestLocksBeforeSleep: the computer is not told to go on before the case is
// locked and what was typed is saved.
func TestLocksBeforeSleep(t *testing.T) {
	w, _ := timed(t)
	saved := 0
	w.put(w.page, view{content: widget.NewLabel("Marigold"), leave: func() error { saved++; return nil }})
	w.env.Sleep = func(_ context.Context, before func()) error {
		before()
		if w.desk.Open() || saved != 1 || w.page.id != openID {
			t.Errorf("sleeps with the case open %v, saved %d times, on page %s", w.desk.Open(), saved, w.page.id)
		}
		before() // again, while it is locked
		return nil
	}
	w.env.beforeSleep(w.sleeps)()
	if saved != 1 {
		t.Errorf("saved %d times", saved)
	}
}

// TestHide: the sheet shows nothing of the program, the case is locked, what was
// typed is saved and the clipboard is empty; Open leads back, and tells then
// what went wrong.
func TestHide(t *testing.T) {
	w, _ := timed(t)
	w.app.Clipboard().SetContent("from the case")
	saved := 0
	w.put(w.page, view{content: widget.NewLabel("Marigold"), leave: func() error { saved++; return errors.New("the draft could not be saved") }})
	w.notice("A question", "over the page")
	for _, a := range actions() {
		if a.name == "Hide now" {
			w.act(a)
		}
	}
	if w.desk.Open() || saved != 1 || w.app.Clipboard().Content() != "" || w.busy() {
		t.Errorf("open %v, saved %d, clipboard %q, dialog %v", w.desk.Open(), saved, w.app.Clipboard().Content(), w.busy())
	}
	if s := strings.TrimSpace(w.words()); s != "" {
		t.Errorf("the sheet says %q", s)
	}
	for _, m := range w.win.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label != "Open  (Ctrl+O)" && i.Label != "Quit" {
				t.Errorf("the sheet's menu has %q", i.Label)
			}
		}
	}
	w.win.MainMenu().Items[0].Items[0].Action()
	if s := w.words(); w.page.id != openID || !strings.Contains(s, "The draft could not be saved") {
		t.Errorf("back on %s: %s", w.page.id, s)
	}
}

// TestHideKey: three taps of the chosen key reach the window while a field has
// the keys; those of another key do nothing, and no key does where none is
// chosen.
func TestHideKey(t *testing.T) {
	w, c := timed(t)
	tapped := func(key fyne.KeyModifier) bool {
		for range 3 {
			for _, keys := range []fyne.KeyModifier{key, 0} {
				c.now = c.now.Add(100 * time.Millisecond)
				w.heard(c.now, sign{keys: keys})
			}
		}
		c.now = c.now.Add(2 * time.Second)
		return w.hidden
	}
	keys := map[string]fyne.KeyModifier{"shift": fyne.KeyModifierShift, "ctrl": fyne.KeyModifierControl, "alt": fyne.KeyModifierAlt, "off": 0}
	for _, name := range model.HideKeys() {
		w.chosen.Hide = name
		for other, key := range keys {
			if other != name && tapped(key) {
				t.Errorf("%s is chosen, and %s hides", name, other)
			}
		}
		if name != "off" && !tapped(keys[name]) {
			t.Errorf("three taps of %s do not hide", name)
		}
		w.hidden = false
	}
}

// TestAltHidesThroughTheMenu: each tap of Alt opens or closes the menu, which
// has the keys while it is open.
func TestAltHidesThroughTheMenu(t *testing.T) {
	w, c := timed(t)
	w.chosen.Hide = "alt"
	field := widget.NewEntry()
	field.SetText("Marigold")
	for _, s := range []sign{{focused: field, cursor: 8}, {}, {focused: field, cursor: 8}} {
		for _, s.keys = range []fyne.KeyModifier{fyne.KeyModifierAlt, 0} {
			c.now = c.now.Add(100 * time.Millisecond)
			w.heard(c.now, s)
		}
	}
	if !w.hidden {
		t.Error("three taps of Alt do not hide")
	}
}

// TestPickingDoesNotHide: Shift with an arrow, again and again, picks rows; it is
// not the sign.
func TestPickingDoesNotHide(t *testing.T) {
	w, p := sampled(t, fyne.NewSize(1280, 800))
	w.win.Canvas().Focus(p.list)
	now := w.env.Now()
	for range 4 {
		for _, keys := range []fyne.KeyModifier{fyne.KeyModifierShift, 0} {
			now = now.Add(100 * time.Millisecond)
			s := w.sign()
			s.keys = keys
			w.heard(now, s)
			if keys != 0 {
				p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
		}
	}
	if w.hidden {
		t.Error("picking with Shift and an arrow hides")
	}
}

// TestCancelledByLock: a lock ends work under way, nobody waits for its outcome,
// and no case comes open behind it.
func TestCancelledByLock(t *testing.T) {
	w := window(t, Options{})
	var late []func()
	w.env.Go = func(f func()) { late = append(late, f) }
	w.unlock(t.TempDir(), "tin whistle")
	if w.job == nil || !w.busy() {
		t.Fatal("no work under way")
	}
	w.hide()
	for len(late) > 0 {
		f := late[0]
		late = late[1:]
		f()
	}
	if w.job != nil || w.busy() || w.desk.Open() || !w.hidden {
		t.Errorf("job %v, dialog %v, open %v, hidden %v", w.job, w.busy(), w.desk.Open(), w.hidden)
	}
}

// TestSettingsHoldAtOnce: what is chosen shows, is kept in the case, and comes
// back with it.
func TestSettingsHoldAtOnce(t *testing.T) {
	w, _ := timed(t)
	w.show(settingsID)
	var picks []*selection
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok {
			picks = append(picks, s)
		}
	})
	if len(picks) != len(settings()) {
		t.Fatalf("%d fields", len(picks))
	}
	picks[len(picks)-1].SetSelected("Garden")
	if w.win.Title() != "Garden" {
		t.Errorf("the window is called %q", w.win.Title())
	}
	if s, err := w.desk.Settings(model.DefaultSettings()); err != nil || s.Title != "Garden" {
		t.Errorf("kept: %+v, %v", s, err)
	}
	w.lock()
	w.show(settingsID)
	if s := w.words(); strings.Contains(s, "Lock when") || !strings.Contains(s, "Size of text") {
		t.Errorf("without a case: %s", s)
	}
}

// TestTheNoticeBeforeTheFirstIncident: whoever goes past the notice of a new case
// finds it before they write anything down, and after they have read it no more.
func TestTheNoticeBeforeTheFirstIncident(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.chosen.Notice = 0
	p, _ := find(writeID)
	w.visit(p)
	if s := w.words(); !strings.Contains(s, "may be given to the other side") {
		t.Fatalf("%s", s)
	}
	w.tap(t, "Not now")
	if w.page.id != homeID || w.busy() {
		t.Fatalf("Not now leads to %s", w.page.id)
	}
	w.visit(p)
	w.tap(t, "I have read this")
	if w.page.id != writeID || w.busy() || w.win.Canvas().Focused() != w.view.focus {
		t.Errorf("%s, dialog %v, %T has the keys", w.page.id, w.busy(), w.win.Canvas().Focused())
	}
	w.show(homeID)
	if w.visit(p); w.busy() {
		t.Error("it comes again")
	}
}

// TestAnErrorLeavesTheFormStanding: after an error the keys are at what lacks,
// and nothing that was typed goes without a question.
func TestAnErrorLeavesTheFormStanding(t *testing.T) {
	w := window(t, Options{})
	w.show(createID)
	w.tap(t, "Back")
	if w.page.id != openID {
		t.Fatalf("from an empty form Back leads to %s", w.page.id)
	}
	w.show(createID)
	w.entries()[2].SetText("Marigold terrace")
	w.win.Canvas().Unfocus() // the mouse does so
	w.tap(t, "Next: the recovery words")
	w.tap(t, "OK")
	if f, ok := w.win.Canvas().Focused().(*line); !ok || &f.Entry != w.entries()[3] { // who keeps the record
		t.Errorf("%T has the keys", w.win.Canvas().Focused())
	}
	w.tap(t, "Back")
	w.tap(t, "Stay here")
	if s := w.entries()[2].Text; w.page.id != createID || s != "Marigold terrace" {
		t.Errorf("%s, %q", w.page.id, s)
	}
	w.tap(t, "Back")
	w.tap(t, "Leave it")
	if w.page.id != openID {
		t.Errorf("Back leads to %s", w.page.id)
	}
}

// TestEscape: Esc and Enter give a question its harmless answer, whatever has the
// keys.
func TestEscape(t *testing.T) {
	w := window(t, Options{})
	said := ""
	ask := func() { w.ask("Throw it away?", "It is gone then.", "Yes", "No", func() { said = "yes" }) }
	for name, esc := range map[string]func(){
		"a button": func() { w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) },
		"nothing": func() {
			w.win.Canvas().Unfocus()
			w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		},
	} {
		ask()
		esc()
		if w.busy() || said != "" {
			t.Errorf("%s has the keys: dialog %v, said %q", name, w.busy(), said)
		}
	}
	w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	ask()
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	if w.busy() || said != "" {
		t.Errorf("Enter throws it away: dialog %v, said %q", w.busy(), said)
	}
	ask()
	w.tap(t, "Yes")
	if said != "yes" {
		t.Error("the other answer does nothing")
	}
}

// tapsLate gives three taps of Shift to what has the keys, all in one moment, as
// they come where the computer was busy.
func (w *Window) tapsLate(t *testing.T) {
	t.Helper()
	for range 3 {
		for _, down := range []bool{true, false} {
			e := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
			f, ok := w.win.Canvas().Focused().(desktop.Keyable)
			switch {
			case w.hidden:
			case !ok:
				t.Fatalf("%T hears no key", w.win.Canvas().Focused())
			case down:
				f.KeyDown(e)
			default:
				f.KeyUp(e)
			}
		}
	}
}

// TestHidesDuringUnlocking: three taps right after Enter win over the work under
// way, whether they come before its dialog, over it or after it, however slow the
// computer is.
func TestHidesDuringUnlocking(t *testing.T) {
	for _, begun := range []int{0, 1, 2} {
		w := window(t, Options{Case: t.TempDir()})
		var late []func()
		w.env.Go = func(f func()) { late = append(late, f) }
		now := w.env.Now()
		w.env.Now = func() time.Time { return now }
		shift := func(down bool) {
			now = now.Add(100 * time.Millisecond)
			w.pressed(desktop.KeyShiftLeft, down)
		}
		for range begun {
			shift(true)
			shift(false)
		}
		w.unlock(w.offered, "tin whistle")
		if begun == 0 {
			w.tapsLate(t)
		}
		for range 3 - begun {
			if !w.hidden {
				shift(true)
				shift(false)
			}
		}
		if !w.hidden || w.job != nil || w.busy() {
			t.Errorf("%d taps before Enter: hidden %v, dialog %v", begun, w.hidden, w.busy())
		}
		for len(late) > 0 {
			f := late[0]
			late = late[1:]
			f()
		}
		if w.desk.Open() || !w.hidden || w.busy() {
			t.Errorf("%d taps before Enter: open %v, hidden %v, dialog %v", begun, w.desk.Open(), w.hidden, w.busy())
		}
	}
}

// TestTapsAreHeardEverywhere: three taps that come at once hide from the
// passphrase, a page's buttons and a card.
func TestTapsAreHeardEverywhere(t *testing.T) {
	for _, id := range []string{openID, recoverID, settingsID, helpID} {
		w := window(t, Options{})
		w.show(id)
		var all []fyne.Focusable
		w.walk(func(o fyne.CanvasObject) {
			if f, ok := o.(desktop.Keyable); ok {
				all = append(all, f)
			}
		})
		for _, f := range all {
			w.win.Canvas().Focus(f)
			w.tapsLate(t)
			if !w.hidden {
				t.Errorf("%s: three taps on %T do not hide", id, f)
			}
			w.comeBack()
			w.show(id)
			break
		}
		if len(all) == 0 {
			t.Errorf("%s: nothing hears keys", id)
		}
	}
}
