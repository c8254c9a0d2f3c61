package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestWordsToKeepOut goes from the second step to the words that are kept out,
// and from what is found in a pack to going back, or handing it over all the same.
func TestWordsToKeepOut(t *testing.T) {
	w := practised(t)
	l, err := w.desk.Look(t.Context(), model.Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	picked := model.NewSelection()
	picked.Add(l.Rows.All()[3:4])
	if _, err := w.desk.Mark(t.Context(), l, picked, model.MarkForm{Note: "the end of platform 3 and filmed me"}); err != nil {
		t.Fatal(err)
	}
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	wants(t, w, "2 of 6", "Nothing is kept out by its words yet")
	w.tap(t, "Words to keep out…")
	wants(t, w, "These words are in no file")
	w.tap(t, "Keep it out")
	wants(t, w, "Type the words")
	w.tap(t, "OK")
	w.fields()[0].SetText("Riverside School")
	w.picks(t, "Work or school")
	w.save()
	wants(t, w, "Kept out of every served pack", "Riverside School", "Work or school")
	w.fields()[0].SetText("PLATFORM 3")
	w.picks(t, "Place")
	w.tap(t, "Keep it out")
	looked(t, w, "bundle-keepout")
	w.tap(t, "Show it again…") // the last one
	wants(t, w, "Show this again?")
	looked(t, w, "bundle-keepout-again")
	w.tap(t, "Show it again")
	wants(t, w, "Riverside School")
	if s := w.words(); strings.Contains(s, "PLATFORM 3") {
		t.Errorf("it is still kept out: %s", s)
	}
	w.fields()[0].SetText("a lighthouse")
	w.fields()[0].OnSubmitted("")
	wants(t, w, "a lighthouse")
	if typed := w.fields()[0].Text; typed != "" {
		t.Errorf("Enter left %q in the field", typed)
	}
	w.tap(t, "Back")
	wants(t, w, "2 of 6", "Kept out wherever they stand: 2")

	out := t.TempDir()
	w.save()
	w.tap(t, "Next")
	wants(t, w, "Kept out wherever it stands: “Riverside School”; it stands in no row")
	w.tap(t, "Next")
	w.tap(t, "Next")
	wants(t, w, "“Riverside School”")
	w.fields()[0].SetText(out)
	w.fields()[1].SetText("b")
	w.tap(t, "Make the bundle")
	wants(t, w, "Look at this before you hand it over", "“the end of platform 3 and filmed me”", "Private note", "– data/bundle.pdf, page ", "times in all", "looked through for")
	if _, err := os.Stat(filepath.Join(out, "b")); !os.IsNotExist(err) {
		t.Errorf("the pack is there: %v", err)
	}
	looked(t, w, "bundle-found")
	w.tap(t, "Go back to the words to keep out")
	wants(t, w, "These words are in no file")
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	w.save()
	for range 3 {
		w.tap(t, "Next")
	}
	w.fields()[0].SetText(out)
	w.fields()[1].SetText("b")
	w.tap(t, "Make the bundle")
	w.tap(t, "Hand it over all the same…")
	wants(t, w, "cannot be taken back")
	if b, ok := w.win.Canvas().Focused().(*answerButton); !ok || b.Text != "Go back" {
		t.Errorf("Enter would not go back: %+v", w.win.Canvas().Focused())
	}
	w.tap(t, "Hand it over")
	wants(t, w, "The bundle is made – served pack", "You decided that the other side can read this:", "– “the end of platform 3 and filmed me”, private note: in ", ", released by you", "“Riverside School”", "The pack was read again")
	looked(t, w, "bundle-released")
	if _, err := os.Stat(filepath.Join(out, "b", "VERIFY.txt")); err != nil {
		t.Error(err)
	}
}

// TestTypedWordsAreNotThrownAway: whoever leaves words that are not kept out yet is
// asked; a lock keeps them as they were typed, and the walk says so afterwards.
func TestTypedWordsAreNotThrownAway(t *testing.T) {
	typed := func() *Window {
		w := practised(t)
		w.show(bundleID)
		w.tap(t, "The other side may read it")
		w.tap(t, "Words to keep out…")
		w.fields()[0].SetText("Elm Road")
		return w
	}
	w := typed()
	for _, way := range []string{"Back", "Timeline"} {
		w.tap(t, way)
		wants(t, w, "Leave this page?", "What you typed here is not kept.")
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // stays
		if w.busy() || w.fields()[0].Text != "Elm Road" {
			t.Fatalf("%s and Enter: %s", way, w.words())
		}
	}
	w.tap(t, "Back")
	w.tap(t, "Leave it")
	wants(t, w, "2 of 6", "Nothing is kept out by its words yet")
	if s := w.words(); strings.Contains(s, "Elm Road") {
		t.Errorf("it was let go: %s", s)
	}
	w = typed()
	w.lock()
	if s := w.words(); w.busy() || w.desk.Open() || strings.Contains(s, "Elm Road") {
		t.Fatalf("locked: %s", s)
	}
}

// TestTypedWordsOutlastALock: they are in the case, and the second step names them.
func TestTypedWordsOutlastALock(t *testing.T) {
	w := practised(t)
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	w.tap(t, "Words to keep out…")
	w.fields()[0].SetText("Elm Road")
	if err := w.saved(); err != nil { // as a lock does
		t.Fatal(err)
	}
	w.view.loses = nil
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	wants(t, w, "Typed and not kept out yet: “Elm Road”")
	w.tap(t, "Words to keep out…")
	w.tap(t, "Keep it out")
	wants(t, w, "Kept out of every served pack", "Elm Road")
}

// TestFoundPictureIsLeftOut: what a picture shows is kept out by leaving it out, from
// where it was found.
func TestFoundPictureIsLeftOut(t *testing.T) {
	w := practised(t)
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	w.tap(t, "Next")
	b := &bundleWalk{w: w, h: model.Handover{Served: true}}
	plan, err := w.desk.Plan(t.Context(), b.h, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := plan.Exhibits[0]
	w.put(w.page, b.found(&model.Found{Leaks: []model.Leak{{What: "Protected word (address)", Words: "Elm Road", Places: []string{e.Label + ", a.jpg, in the picture"}, Exhibits: []model.ExhibitLine{e}, Pictures: 1}}}))
	looked(t, w, "bundle-found-picture")
	if f, ok := w.win.Canvas().Focused().(*formButton); !ok || f.Text != "Leave "+e.Label+" out…" {
		t.Fatalf("%+v has the keys", w.win.Canvas().Focused())
	}
	w.tap(t, "Leave "+e.Label+" out…")
	w.picks(t, model.Reasons()[2].Label)
	w.tap(t, "Leave it out")
	wants(t, w, "3 of 6", "left out: "+model.Reasons()[2].Label)
}
