package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	w.tap(t, "Back")
	wants(t, w, "2 of 6", "Kept out wherever they stand: 1")

	out := t.TempDir()
	w.save()
	for range 3 {
		w.tap(t, "Next")
	}
	w.fields()[0].SetText(out)
	w.fields()[1].SetText("b")
	w.tap(t, "Make the bundle")
	wants(t, w, "Look at this before you hand it over", "“the end of platform 3 and filmed me”", "Private note", "– data/bundle.pdf, page ", "looked through for")
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
	w.tap(t, "Hand it over")
	wants(t, w, "The bundle is made – served pack", "The pack was read again")
	looked(t, w, "bundle-released")
	if _, err := os.Stat(filepath.Join(out, "b", "VERIFY.txt")); err != nil {
		t.Error(err)
	}
}
