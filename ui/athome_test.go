package ui

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/clipboard"
	"daybook/ui/model"
)

// focusedField is the field that has the keys.
func focusedField(t *testing.T, w *Window) *formField {
	t.Helper()
	f, ok := w.win.Canvas().Focused().(*formField)
	if !ok {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	return f
}

func (w *Window) tab() { w.win.Canvas().(software.WindowlessCanvas).FocusNext() }

// saveKey is what Ctrl+Enter does from the menu.
func (w *Window) saveKey() { w.save() }

// TestWriteDownWithKeys: the least fields in the fewest keys: words, Tab, Tab,
// the day, Tab, the time, Ctrl+Enter.
func TestWriteDownWithKeys(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "He stood at the gate")
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Say when it happened") {
		t.Errorf("without a time: %s", s)
	}
	if f := focusedField(t, w); w.busy() || !strings.HasPrefix(f.PlaceHolder, "Day:") {
		t.Errorf("%q has the keys, not what lacks", f.PlaceHolder)
	}
	w.win.Canvas().Focus(w.view.focus)
	w.tab()
	if c, ok := w.win.Canvas().Focused().(*chips); !ok || c.value != "about" {
		t.Fatalf("%T", w.win.Canvas().Focused())
	}
	w.tab()
	test.Type(focusedField(t, w), "yesterday")
	w.tab()
	test.Type(focusedField(t, w), "6.30 pm")
	if s := w.words(); !strings.Contains(s, "About 18:30 in the evening, ") || !strings.Contains(s, "(yesterday)") {
		t.Errorf("what was understood: %s", s)
	}
	looked(t, w, "written")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Saved as entry") || !strings.Contains(s, "He stood at the gate") {
		t.Fatalf("%s", s)
	}
	looked(t, w, "saved")
	if drafts, err := w.desk.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("%v, %v", drafts, err)
	}
	w.tap(t, "Write another")
	w.tap(t, "What was written down")
	if s := w.words(); !strings.Contains(s, "He stood at the gate") || strings.Contains(s, "Not finished") {
		t.Errorf("the list: %s", s)
	}
	w.tap(t, "Read")
	w.tap(t, "Correct this")
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Say why you correct it") {
		t.Errorf("without a reason: %s", s)
	}
	if f := focusedField(t, w); w.busy() || f.PlaceHolder != "A mistake in the time, a name that you know now" {
		t.Errorf("%q has the keys, not the reason", f.PlaceHolder)
	}
	for _, f := range w.fields() {
		if f.PlaceHolder == "A mistake in the time, a name that you know now" {
			f.SetText("his full name")
		}
		if f.Text == "He stood at the gate" {
			f.SetText("Dan R stood at the gate")
		}
	}
	looked(t, w, "correcting")
	w.saveKey()
	s := w.words()
	for _, want := range []string{"Version 2 is saved as entry", "Why it was corrected: his full name", "Before: He stood at the gate", "Version 1 of 2"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	looked(t, w, "versions")
}

// fields are the fields of the sheet that stands.
func (w *Window) fields() (list []*formField) {
	w.walk(func(o fyne.CanvasObject) {
		if f, ok := o.(*formField); ok {
			list = append(list, f)
		}
	})
	return list
}

// TestEverySectionFitsItsPage: all of the form opened at once.
func TestEverySectionFitsItsPage(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	for _, title := range []string{"Did you notice it later?", "The words that were used", "Did anyone else see or hear it?", "How did it feel?", "What changed because of it? What did you do?",
		"Who was told? Was it reported?", "Online: which app and accounts?", "Anything else", "A private note"} {
		w.tap(t, title)
	}
	if n := len(w.fields()); n < 35 {
		t.Errorf("%d fields", n)
	}
	w.tap(t, "Add another person")
	w.walk(func(o fyne.CanvasObject) {
		f, ok := o.(fyne.Focusable)
		if !ok {
			return
		}
		w.win.Canvas().Focus(f)
		if _, ok := o.(*formField); ok {
			inSight(t, w, o)
		}
	})
	looked(t, w, "sections")
	w.win.Resize(fyne.NewSize(small.Width, 4000))
	kept(t, w, "sections-whole")
}

// inSight checks that an object that has the keys is to be seen.
func inSight(t *testing.T, w *Window, o fyne.CanvasObject) {
	t.Helper()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	page := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.view.content)
	if at.Y < page.Y || at.Y+20 > page.Y+w.view.content.Size().Height {
		t.Errorf("a field that has the keys is out of sight at %v", at)
	}
}

// TestNothingTypedIsLost: another page, a lock and a kept draft bring back what
// was typed, and a half written one is offered.
func TestNothingTypedIsLost(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "First words")
	w.show(homeID)
	looked(t, w, "waits")
	w.tap(t, "Go on with it")
	if got := focusedField(t, w).Text; got != "First words" {
		t.Errorf("from the first page: %q", got)
	}
	w.show(writeID)
	if !strings.Contains(w.words(), "Not finished: First words") {
		t.Fatalf("%s", w.words())
	}
	w.tap(t, "Go on with it")
	if got := focusedField(t, w).Text; got != "First words" {
		t.Errorf("%q", got)
	}
	if strings.Contains(w.words(), "Not finished") {
		t.Errorf("a draft is offered beside itself: %s", w.words())
	}
	looked(t, w, "draft")
}

// TestAddAndAnswer: dropped on another page, added with Enter, the question
// answered with one press, and the outcome said in words.
func TestAddAndAnswer(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	dir := t.TempDir()
	chat := filepath.Join(dir, "WhatsApp Chat with Dan.txt")
	letter := filepath.Join(dir, strings.Repeat("a very long name ", 9)+".txt")
	for name, text := range map[string]string{chat: "03/04/2024, 21:05 - Dan R: the lantern\n04/04/2024, 09:15 - Maya: IMG-1.jpg (file attached)\n", letter: "a letter"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.show(homeID)
	w.drop(fyne.Position{}, uris(chat, letter, filepath.Join(dir, "gone.txt")))
	if w.page.id != addID || !strings.Contains(w.words(), "These will be added") {
		t.Fatalf("%s", w.words())
	}
	looked(t, w, "waiting")
	w.drop(fyne.Position{}, uris(chat))
	b, ok := w.win.Canvas().Focused().(*formButton)
	if !ok || b.Text != "Add them" {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s := w.words()
	for _, want := range []string{"How do they read?", "03/04/2024, 21:05 - Dan R: the lantern", "03/04/2024 is 3 April 2024", "03/04/2024 is 4 March 2024", "What could not be read", "gone.txt"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	looked(t, w, "question")
	w.show(homeID)
	w.tap(t, "Answer it")
	if c, ok := w.win.Canvas().Focused().(*card); !ok || c.name != "The day comes first" {
		t.Errorf("Answer it: %T has the keys", w.win.Canvas().Focused())
	} else {
		w.inSightOf(t, "Answer it", c)
	}
	w.tap(t, "The day comes first")
	if c, ok := w.win.Canvas().Focused().(*card); ok {
		t.Errorf("the keys stand on %q, as if it were the likely name", c.name)
	}
	if s := w.words(); !strings.Contains(s, "2 messages, from 3 April 2024 to 4 April 2024") || !strings.Contains(s, "1 missing") {
		t.Errorf("%s", s)
	}
	if s := w.words(); !strings.Contains(s, "gone.txt") || !strings.Contains(s, "3 files came in") && !strings.Contains(s, "2 files came in") {
		t.Errorf("what else was told went with the answer: %s", s)
	}
	looked(t, w, "outcome")
	if n := w.ticks(); n != 1 {
		t.Errorf("%d ticks stand on the page, and one answer was given", n)
	}
	w.tap(t, "Maya")
	if s := w.words(); !strings.Contains(s, "Which of these names is you?") || !strings.Contains(s, "gone.txt") || strings.Contains(s, "[Maya]") || w.ticks() != 2 {
		t.Errorf("after the second answer: %s", s)
	}
	looked(t, w, "outcome-own")
	w.tap(t, "See them on the timeline")
	if w.page.id != timelineID || !strings.Contains(w.words(), "2 of 3 events") {
		t.Errorf("%s: %s", w.page.id, w.words())
	}
}

// ticks counts the ticks on the page.
func (w *Window) ticks() (n int) {
	w.walk(func(o fyne.CanvasObject) {
		if i, ok := o.(*widget.Icon); ok && strings.Contains(i.Resource.Name(), "check") && !strings.Contains(i.Resource.Name(), "button") {
			n++
		}
	})
	return n
}

// TestARefusedTimeIsToldBesideIt: the sentence stands at the field that is to
// blame, which has the keys; nothing comes over the page.
func TestARefusedTimeIsToldBesideIt(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "He stood at the gate")
	w.tab()
	w.tab()
	test.Type(focusedField(t, w), "yesterday")
	w.tab()
	test.Type(focusedField(t, w), "teatime-ish")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	f := focusedField(t, w)
	if w.busy() || f.Text != "teatime-ish" {
		t.Errorf("%q has the keys", f.Text)
	}
	wants(t, w, "Not saved yet: “teatime-ish” is no time of day that can be read here")
	inSight(t, w, f)
	looked(t, w, "refused")
	f.SetText("16:30")
	if s := w.words(); strings.Contains(s, "is no time of day that can be read") && !strings.Contains(s, "16:30") {
		t.Errorf("%s", s)
	}
	w.saveKey()
	wants(t, w, "Saved as entry")
}

// TestCancelSaysWhatStays: what was stored by then is said, and one press goes
// on.
func TestCancelSaysWhatStays(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	chat := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(chat, []byte("13/05/2024, 21:05 - Ann: the kettle\n14/05/2024, 09:15 - Maya: the spoon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.show(addID)
	w.addThen(func(ctx context.Context, _ evidence.Progress) (model.Outcome, error) {
		return w.desk.Add(ctx, "", []string{chat}, func(_, _ int64, what string) {
			if what == "read" {
				w.job.stopping()
			}
		})
	})
	if s := w.words(); !strings.Contains(s, "Stored by then, and staying in the case: 1 file.") || w.busy() {
		t.Errorf("%s", s)
	}
	looked(t, w, "stopped")
	w.show(addID)
	if s := w.words(); !strings.Contains(s, "1 file of an earlier adding") {
		t.Errorf("%s", s)
	}
	w.tap(t, "Go on")
	if s := w.words(); !strings.Contains(s, "2 messages, from 13 May 2024 to 14 May 2024") {
		t.Errorf("%s", s)
	}
}

func uris(paths ...string) (list []fyne.URI) {
	for _, p := range paths {
		list = append(list, storage.NewFileURI(p))
	}
	return list
}

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

// TestListsAreLooked: the diary with drafts and incidents, the outcome of an
// earlier adding, and the lines that are not shown.
func TestListsAreLooked(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), strings.Repeat("Many words about it ", 12))
	w.tab()
	w.win.Canvas().Focused().(*chips).set("not sure")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	w.show(writeID)
	test.Type(focusedField(t, w), strings.Repeat("Not finished words ", 12))
	w.show(writeID)
	looked(t, w, "unfinished")
	w.tap(t, "What was written down")
	looked(t, w, "diary")
	w.tap(t, "Throw away")
	w.tap(t, "Throw away")
	if strings.Contains(w.words(), "Not finished") {
		t.Errorf("%s", w.words())
	}
	calls := filepath.Join(t.TempDir(), "calls-1.xml")
	if err := os.WriteFile(calls, []byte(`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><calls count="1">
<call number="07700900123" duration="0" date="1700000000000" type="3" /> some words that belong to no call <fax number="1" /></calls>`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.show(addID)
	w.drop(fyne.Position{}, uris(calls))
	w.tap(t, "Add them")
	w.tap(t, "See each of these lines")
	if s := w.words(); !strings.Contains(s, "some words that belong to no call") {
		t.Errorf("%s", s)
	}
	looked(t, w, "skips")
	w.show(addID)
	w.tap(t, "What was added before")
	w.tap(t, "Read")
	if s := w.words(); !strings.Contains(s, "1 call, on 14 November 2023") {
		t.Errorf("%s", s)
	}
}

// TestPasteAndShow: a picture from the clipboard is in the case and with the
// incident.
func TestPasteAndShow(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	var b bytes.Buffer
	if err := png.Encode(&b, fence()); err != nil {
		t.Fatal(err)
	}
	w.env.Now = func() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }
	w.env.Clip = func(context.Context) (clipboard.Held, error) { return clipboard.Held{}, clipboard.ErrNone }
	w.show(writeID)
	w.tap(t, "Paste a picture")
	if !strings.Contains(w.words(), "There is no picture on the clipboard") {
		t.Errorf("%s", w.words())
	}
	w.tap(t, "OK")
	w.env.Clip = func(context.Context) (clipboard.Held, error) {
		return clipboard.Held{Type: "image/png", Data: b.Bytes()}, nil
	}
	w.win.Canvas().Focus(w.view.focus)
	focusedField(t, w).TypedShortcut(&fyne.ShortcutPaste{Clipboard: test.NewClipboard()})
	if want := "Item 1: pasted picture 2026-07-01 13.00.00.png, 1 kB"; !strings.Contains(w.words(), want) {
		t.Errorf("no %q in %s", want, w.words())
	}
	test.Type(focusedField(t, w), "هو وقف 12 عند البوابة (البيت) gate")
	looked(t, w, "picture")
	w.tab()
	w.win.Canvas().Focused().(*chips).set("not sure")
	w.save()
	var blur, clear image.Image
	w.walk(func(o fyne.CanvasObject) {
		if v, ok := o.(*thumbView); ok {
			blur = v.image.Image
			v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			clear = v.image.Image
		}
	})
	if blur == nil || clear == nil || blur == clear {
		t.Errorf("the picture is not blurred, and then as it is: %v, %v", blur != nil, clear != nil)
	}
	looked(t, w, "picture-saved")
}

// fence is a picture with something to be made out.
func fence() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			c := color.RGBA{uint8(x / 2), 120, uint8(y), 255}
			if x%40 < 12 {
				c = color.RGBA{90, 60, 30, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

// TestALongDiaryIsListedInParts: the latest first, the others when asked for.
func TestALongDiaryIsListedInParts(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	const many = 2*listedAtOnce + 3
	for i := range many {
		form, err := w.desk.WriteDown()
		if err != nil {
			t.Fatal(err)
		}
		form.Form.What, form.Form.Occurred.How = fmt.Sprint("Number ", i), model.NotSure
		if _, err := form.Save(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	w.show(writeID)
	w.tap(t, "What was written down")
	for _, want := range []int{listedAtOnce, 2 * listedAtOnce, many} {
		if n := strings.Count(w.words(), "[Read]"); n != want {
			t.Errorf("%d are listed, not %d", n, want)
		}
		if want < many {
			w.tap(t, fmt.Sprint("Show more: ", many-want))
		}
	}
	if s := w.words(); strings.Index(s, "Number 82") > strings.Index(s, "Number 0\n") || strings.Contains(s, "Show more") {
		t.Error("the order, or an end that is none")
	}
}

// TestNothingComesUpOverTheSheet: when a draft cannot be kept any more and the
// window is hidden, no word of it is shown.
func TestNothingComesUpOverTheSheet(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	var beat func()
	w.env.Every = func(_ time.Duration, do func()) func() { beat = do; return func() {} }
	w.show(writeID)
	test.Type(focusedField(t, w), "First words")
	if err := w.desk.Lock(); err != nil {
		t.Fatal(err)
	}
	beat()
	if s := w.words(); !strings.Contains(s, "What you type is not being kept") {
		t.Errorf("while the page stands it must be told: %s", s)
	}
	w.hide()
	beat()
	if s := w.words(); w.busy() || strings.Contains(s, "First words") || strings.Contains(s, "kept") {
		t.Errorf("over the sheet: %s", s)
	}
}

// TestASectionOpenedWithThePointer: it comes into sight and its first field has
// the keys.
func TestASectionOpenedWithThePointer(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.win.Resize(fyne.NewSize(900, 520))
	w.show(writeID)
	for _, title := range []string{"How did it feel?", "Anything else"} {
		var c *card
		w.walk(func(o fyne.CanvasObject) {
			if k, ok := o.(*card); ok && k.name == title {
				c = k
			}
		})
		c.Tapped(nil)
		f, ok := w.win.Canvas().Focused().(*formField)
		if !ok {
			t.Fatalf("%s: %T has the keys", title, w.win.Canvas().Focused())
		}
		w.inSightOf(t, title, f)
	}
}

// TestTheWheelGoesThroughFields: over a field the wheel moves the page; a field of
// many lines keeps it while somebody writes there.
func TestTheWheelGoesThroughFields(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.win.Resize(fyne.NewSize(900, 520))
	w.show(writeID)
	passed := 0
	for _, f := range w.fields() {
		over := overField(f)
		if over == nil {
			t.Fatalf("%q keeps the wheel", f.question)
		}
		page := f.sheet.scroll
		w.win.Canvas().Unfocus()
		page.ScrollToTop()
		over.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)})
		if page.Offset.Y == 0 {
			t.Errorf("%q: the page stands", f.question)
		}
		w.win.Canvas().Focus(f)
		if over.Visible() == f.MultiLine {
			t.Errorf("%q has the keys: the wheel is over it: %v", f.question, over.Visible())
		}
		passed++
	}
	if passed < 3 {
		t.Errorf("%d fields", passed)
	}
}

// overField is the last thing that a field draws and that takes the wheel.
func overField(f *formField) *wheel {
	var last fyne.Scrollable
	for _, o := range test.WidgetRenderer(f).Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			last = s
		}
	}
	if w, ok := last.(*wheel); ok {
		return w
	}
	return nil
}
