package ui

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"daybook/importers/photo"
	"daybook/ui/model"
)

// orders is the list of exhibits on the page.
func (w *Window) orders(t *testing.T) *orderList {
	t.Helper()
	l, ok := w.view.focus.(*orderList)
	if !ok {
		t.Fatalf("%T has the keys: %s", w.view.focus, w.words())
	}
	return l
}

func wants(t *testing.T, w *Window, all ...string) {
	t.Helper()
	s := w.words()
	for _, want := range all {
		if !strings.Contains(s, want) {
			t.Fatalf("no %q in %s", want, s)
		}
	}
}

// TestHandOverAndRead goes the whole walk of a served pack, and reads what came
// of it as the other side does.
func TestHandOverAndRead(t *testing.T) {
	out := t.TempDir()
	w := practised(t)
	w.chosen.Notice = 0
	w.show(bundleID)
	wants(t, w, "1 of 6: Who is it for?", "The other side may read it")
	looked(t, w, "bundle-1")
	w.tap(t, "The other side may read it")
	wants(t, w, "may be given to the other side")
	w.tap(t, "I have read this")
	wants(t, w, "2 of 6: Days and people – served pack", "556 events")
	w.tap(t, "Whom is it about?")
	w.tickAbout(t)
	looked(t, w, "bundle-2")
	w.view.content.(*container.Scroll).ScrollToBottom()
	wants(t, w, "After whose rules is it laid out?")
	looked(t, w, "bundle-2-court")
	w.fields()[0].SetText("31 Feb")
	wants(t, w, "write it as 12 Mar 2025")
	w.fields()[0].SetText("2024")
	w.fields()[0].SetText("")
	w.save() // Ctrl+Enter goes on
	wants(t, w, "3 of 6: Exhibits")
	l := w.orders(t)
	first, second := l.b.plan.Exhibits[0].Label, l.b.plan.Exhibits[1].Label
	l.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	if got := l.b.plan.Exhibits[1].Label; got != first || l.current != 1 || l.b.h.Order[0] != l.b.plan.Exhibits[0].Item {
		t.Errorf("%s stands second", got)
	}
	l.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt})
	w.dragFirst(t, l)
	if got := l.b.plan.Exhibits[0].Label; got != second {
		t.Errorf("dragged: %s stands first", got)
	}
	l.current = 1
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	wants(t, w, "The other side reads the reason")
	looked(t, w, "bundle-reason")
	w.picks(t, "About another person")
	w.tap(t, "Leave it out")
	looked(t, w, "bundle-3")
	w.tap(t, "Next")
	wants(t, w, "4 of 6", "about another person", "Read the bundle yourself")
	looked(t, w, "bundle-4")
	w.tap(t, "Next")
	wants(t, w, "5 of 6", "nothing is written anywhere")
	if err := w.desk.PrepareAhead(t.Context()); err != nil { // so that the layouts alone ask for pictures
		t.Fatal(err)
	}
	layouts, pictures := 0, w.desk.Pictures
	w.desk.Pictures = func(ctx context.Context) (photo.Pictures, func() error, error) {
		layouts++
		return pictures(ctx)
	}
	w.tap(t, "Show the pages")
	wants(t, w, "1 of ")
	looked(t, w, "bundle-5")
	for range 7 {
		w.tap(t, "Page after")
	}
	wants(t, w, "8 of ")
	looked(t, w, "bundle-5-later")
	w.tap(t, "Page before")
	w.tap(t, "Read it as text")
	wants(t, w, "5 of 6", "Served pack")
	looked(t, w, "bundle-5-text")
	w.tap(t, "See the pages")
	wants(t, w, "5 of 6", "1 of ")
	if layouts != 1 {
		t.Errorf("the document was laid out %d times", layouts)
	}
	w.tap(t, "Next")
	wants(t, w, "6 of 6")
	w.fields()[0].SetText(out)
	w.fields()[1].SetText("b")
	wants(t, w, "What the other side can read in it", "30 incidents in the person's own words", "These go to them as whole files:", "lamp.jpg")
	looked(t, w, "bundle-6")
	w.tap(t, "Make the bundle")
	wants(t, w, "Look at this before you hand it over", "A photo of our street") // of the exhibit that is left out, and said elsewhere too
	w.tap(t, "Hand it over all the same…")
	w.tap(t, "Hand it over")
	wants(t, w, "The bundle is made – served pack", "What the other side can read in it")
	wants(t, w, "No fault was found against: England and Wales", "Write these on paper", "How the other side checks it")
	wants(t, w, "Or photograph this")
	looked(t, w, "bundle-done")
	if h, err := w.desk.Begun(); err != nil || h.Served {
		t.Errorf("what is finished is offered again: %+v, %v", h, err)
	}
	w.tap(t, "Put the program that checks it beside it")
	wants(t, w, "for Linux, Windows and macOS does not lie beside this program; the commands in VERIFY.txt")
	w.tap(t, "OK")
	verifiersBuilt(t)
	w.tap(t, "Put the program that checks it beside it")
	if got, err := os.ReadFile(filepath.Join(out, "b-check", "macos", "daybook-verify")); err != nil || string(got) != "darwin" {
		t.Errorf("beside the bundle lies %q (%v), not the program for macOS", got, err)
	}
	_, after, _ := strings.Cut(w.words(), "The record, in twelve words\n")
	phrase, _, _ := strings.Cut(after, "\n")
	w.tap(t, "Read it as they will")
	wants(t, w, "Intact: yes", "Not proved", "withheld")
	w.fields()[0].SetText("one two")
	w.tap(t, "Compare")
	wants(t, w, "want the 12 that were noted")
	w.tap(t, "OK")
	w.fields()[0].SetText(phrase)
	w.tap(t, "Compare")
	wants(t, w, "had the state that you noted, after entry")
	looked(t, w, "reader-check")
	w.tap(t, "Timeline")
	wants(t, w, "left out of this pack")
	looked(t, w, "reader-rows")
	w.tap(t, "Filters")
	wants(t, w, "People", "What it is", "Dates")
	w.tickValue(t, "calls")
	wants(t, w, "60 of ")
	looked(t, w, "reader-filters")
	w.tap(t, "Show all rows")
	w.tap(t, "Exhibits")
	looked(t, w, "reader-exhibits")
	if w.leave(); w.view.leave != nil {
		t.Error("the bundle stays open")
	}
}

// tickAbout ticks the first two persons whom the pack is about, and lets the
// second go.
func (w *Window) tickAbout(t *testing.T) {
	t.Helper()
	tick := func(n int) string {
		var list []*valueBox
		w.walk(func(o fyne.CanvasObject) {
			if p, ok := o.(*valueBox); ok {
				list = append(list, p)
			}
		})
		p := list[len(list)/2+n] // the second list, which holds the same people
		p.Tapped(nil)
		return p.value.Key
	}
	first, second := tick(0), tick(1)
	tick(1)
	if err := w.view.leave(); err != nil {
		t.Fatal(err)
	}
	if h, err := w.desk.Begun(); err != nil || len(h.About) != 1 || h.About[0] != first || first == second {
		t.Fatalf("about %v, not %s: %v", h.About, first, err)
	}
}

// tickValue ticks a filter by its name.
func (w *Window) tickValue(t *testing.T, name string) {
	t.Helper()
	var found *valueBox
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*valueBox); ok && b.value.Name == name {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no filter %q", name)
	}
	found.Tapped(nil)
}

// dragFirst drags the first exhibit one place down.
func (w *Window) dragFirst(t *testing.T, l *orderList) {
	t.Helper()
	var g *grip
	w.walk(func(o fyne.CanvasObject) {
		if found, ok := o.(*grip); ok && found.place == 0 && g == nil {
			g = found
		}
	})
	if g == nil {
		t.Fatal("nothing to drag by")
	}
	g.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, g.Size().Height/2)})
	g.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, g.Size().Height/2+3)})
	g.DragEnd()
	if l.current != 1 {
		t.Errorf("dragged to %d", l.current)
	}
}

// TestFullPackIsNamed: the right arrow goes to the card beside, and whoever makes
// the full pack is told so at every step, under a name of its own.
func TestFullPackIsNamed(t *testing.T) {
	w := practised(t)
	w.chosen.Notice = 0
	w.show(bundleID)
	c := w.win.Canvas()
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if at, ok := c.Focused().(*card); !ok || at.name != "The other side may read it" {
		t.Fatalf("%T has the keys", c.Focused())
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	c.Focused().TypedRune(space)
	w.tap(t, "I have read this")
	wants(t, w, "2 of 6: Days and people – full pack")
	w.tap(t, "Next")
	w.tap(t, "Next")
	wants(t, w, "4 of 6: Left out – full pack", "This is the full pack", "It is not for the other side")
	if model.BundleName("", true) == model.BundleName("", false) {
		t.Error("both packs have one name")
	}
}

// TestBundleStopsAndWarns: a case that is empty, a folder inside the case.
func TestBundleStopsAndWarns(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(bundleID)
	w.tap(t, "Police, prosecutor, my own solicitor")
	w.tap(t, "Next")
	wants(t, w, "That did not work", "Nothing in this case matches")
	w.tap(t, "OK")
	b := &bundleWalk{w: w, name: "b", folder: filepath.Dir(t.TempDir())}
	w.put(w.page, b.at(5))
	looked(t, w, "bundle-where")
}

// TestBundleLongNames: names that are longer than any page is wide.
func TestBundleLongNames(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	dir := t.TempDir()
	long := strings.Repeat("Maximiliana-Featherstonehaugh", 4)
	chat := filepath.Join(dir, "WhatsApp Chat with "+long+".txt")
	if err := os.WriteFile(chat, []byte("24/12/2024, 21:05 - "+long+": "+strings.Repeat("word", 90)+"\n25/12/2024, 09:15 - Maya: "+long+".jpg (file attached)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Add(t.Context(), "", []string{chat}, nil); err != nil {
		t.Fatal(err)
	}
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	looked(t, w, "long-people")
	w.tap(t, "Next")
	l := w.orders(t)
	looked(t, w, "long-exhibits")
	l.leaveOut()
	looked(t, w, "long-reason")
	w.tap(t, "Cancel")
	w.tap(t, "Next")
	looked(t, w, "long-leftout")
	w.tap(t, "Next")
	looked(t, w, "long-preview")
	out, err := w.desk.HandOver(t.Context(), model.Handover{}, model.Place{Folder: dir, Name: long}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.put(w.page, l.b.done(out))
	looked(t, w, "long-done")
	w.readBundle(out.Path)
	got, err := w.desk.Receive(t.Context(), out.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := newBundleReader(w, got)
	r.showRows()
	r.open(0)
	looked(t, w, "long-row")
	r.showExhibits()
	looked(t, w, "long-list")
	r.showExhibit(got.Exhibits[0].Label)
	looked(t, w, "long-exhibit")
}

// TestDraftStatement: beside a bundle that was made stands, when it is asked for,
// a draft of a statement.
func TestDraftStatement(t *testing.T) {
	w := practised(t)
	b := &bundleWalk{w: w, folder: t.TempDir(), name: "b", h: model.Handover{Court: "EW-criminal-police-pack"}}
	out, err := w.desk.HandOver(t.Context(), b.h, model.Place{Folder: b.folder, Name: b.name}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.put(w.page, b.done(out))
	wants(t, w, "RECEIPT.pdf", "In data/files each statement")
	w.tap(t, "Write a draft statement beside it")
	wants(t, w, "b-statement.pdf")
	if draft, err := os.ReadFile(out.Path + "-statement.pdf"); err != nil || !bytes.HasPrefix(draft, []byte("%PDF-")) {
		t.Errorf("the draft of a statement: %v", err)
	}
	looked(t, w, "bundle-papers")
}

// TestReadDamaged: a bundle that was changed says so on each of its pages.
func TestReadDamaged(t *testing.T) {
	dir := t.TempDir()
	w := practised(t)
	out, err := w.desk.HandOver(t.Context(), model.Handover{}, model.Place{Folder: dir, Name: "b"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(out.Path, "data", "originals")); err != nil {
		t.Fatal(err)
	}
	w.lock()
	w.show(readerID)
	looked(t, w, "reader-open")
	w.view.dropped([]string{out.Path})
	wants(t, w, "Intact: no", "data/originals/", "is missing", "See all", "Complete: this cannot be told", "It says of itself: ")
	if s := w.words(); strings.Contains(s, "is opened here\n") || strings.Contains(s, "Nothing was changed") {
		t.Errorf("the parts contradict each other: %s", s)
	}
	looked(t, w, "reader-failed")
	w.tap(t, "See all "+seen(w))
	looked(t, w, "reader-problems")
	w.tap(t, "Back")
	got, err := w.desk.Receive(t.Context(), out.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := newBundleReader(w, got)
	r.showRows()
	wants(t, w, "This bundle failed its check")
	r.open(0)
	wants(t, w, "Row 1: ", "See exhibit")
	looked(t, w, "reader-row")
	row, err := r.got.Read(0, "")
	if err != nil {
		t.Fatal(err)
	}
	w.tap(t, "See exhibit "+row.Exhibits[0])
	wants(t, w, "This bundle failed its check", "SHA-256", "the file is not in the bundle")
	w.tap(t, "See its rows")
	wants(t, w, "of exhibit "+row.Exhibits[0])
	w.tap(t, "Show all rows")
	for _, e := range r.got.Exhibits {
		if e.Picture {
			r.showExhibit(e.Label)
			w.tap(t, "Show the picture")
			looked(t, w, "reader-picture")
			break
		}
	}
	w.show(readerID)
	w.fields()[0].SetText(dir)
	w.tap(t, "Check it and open it")
	wants(t, w, "This is no Daybook bundle")
}

func seen(w *Window) string {
	_, rest, _ := strings.Cut(w.words(), "[See all ")
	n, _, _ := strings.Cut(rest, "]")
	return n
}

// picks gives an answer of the dialog.
func (w *Window) picks(t *testing.T, text string) {
	t.Helper()
	found := false
	w.walk(func(o fyne.CanvasObject) {
		if r, ok := o.(*selection); ok {
			r.SetSelected(text)
			found = r.Selected == text
		}
	})
	if !found {
		t.Fatalf("no answer %q", text)
	}
}

// TestSupplementWithThePointer: a draft is made and made final, the final one is
// listed with what has changed since, and a supplement to it says at every step what
// it is.
func TestSupplementWithThePointer(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.chosen.Notice = 0
	dir, out := t.TempDir(), t.TempDir()
	add := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := w.desk.Add(t.Context(), "", []string{file}, nil); err != nil {
			t.Fatal(err)
		}
	}
	add("WhatsApp Chat with Dan.txt", "24/12/2024, 21:05 - Dan: open the door\n25/12/2024, 09:15 - Maya: no\n")
	w.show(bundleID)
	if strings.Contains(w.words(), "Bundles that were made before") {
		t.Error("bundles are listed before there is one")
	}
	w.tap(t, "Police, prosecutor, my own solicitor")
	w.tap(t, "I have read this")
	looked(t, w, "bundle-2-full")
	for range 4 {
		w.tap(t, "Next")
	}
	wants(t, w, "6 of 6", "Is it final?")
	w.fields()[0].SetText(out)
	w.chooses(t, "A draft to read first")
	if name := w.fields()[1].Text; name != "notes" {
		t.Errorf("the draft is called %q", name)
	}
	looked(t, w, "bundle-6-draft")
	w.tap(t, "Make the bundle")
	wants(t, w, "It is a draft, and each page says so")
	looked(t, w, "bundle-done-draft")
	w.tap(t, "Make it final…")
	wants(t, w, "6 of 6")
	if name := w.fields()[1].Text; name != "notes-2" { // beside its draft
		t.Errorf("the final one is called %q", name)
	}
	w.tap(t, "Make the bundle")
	wants(t, w, "Bundle 1, 2 rows", "What the case keeps of it")
	w.show(bundleID)
	wants(t, w, "Bundles that were made before", "Bundle 1", "Full pack, made on ")
	looked(t, w, "bundle-1-issued")
	w.tap(t, "What has changed since")
	wants(t, w, "Since bundle 1", "Nothing has come, gone or changed")
	w.tap(t, "OK")
	w.tap(t, "Make a supplement to it")
	wants(t, w, "2 of 6: Days and people – full supplement to bundle 1", "has come or has changed since bundle 1")
	w.tap(t, "Next")
	wants(t, w, "nothing has come and nothing has changed")
	w.tap(t, "OK")
	add("WhatsApp Chat with Layla.txt", "26/12/2024, 21:05 - Layla: he was here again\n")
	for range 4 {
		w.tap(t, "Next")
	}
	wants(t, w, "6 of 6: Where to – full supplement to bundle 1", "A supplement gets a number of its own")
	w.fields()[0].SetText(out)
	w.fields()[1].SetText("more")
	looked(t, w, "bundle-6-supplement")
	w.tap(t, "Make the bundle")
	wants(t, w, "Bundle 2, 1 row, 1 exhibit")
}

// chooses presses one of a row of choices.
func (w *Window) chooses(t *testing.T, text string) {
	t.Helper()
	found := false
	w.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*chips); ok {
			for i, option := range c.options {
				if option.Label == text {
					found = true
					c.set(c.options[i].Value)
				}
			}
		}
	})
	if !found {
		t.Fatalf("no choice %q: %s", text, w.words())
	}
}

// verifiersBuilt puts stand-ins for the programs that check a bundle where the build
// puts them, beside the program that runs.
func verifiersBuilt(t *testing.T) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for system, name := range map[string]string{"linux": "daybook-verify", "windows": "daybook-verify.exe", "darwin": "daybook-verify"} {
		dir := filepath.Join(filepath.Dir(exe), system)
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, name), []byte(system), 0o600)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
	}
}
