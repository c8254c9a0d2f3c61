package ui

import (
	"testing"

	held "daybook/importers/pictures"
	"daybook/ui/model"
)

// Words in pictures are read when a person has agreed to it, and not before;
// without an engine the window says what to install.
func TestPicturesAreReadWhenAsked(t *testing.T) {
	w, _ := sampled(t, small)
	w.tap(t, "Filters")
	w.tap(t, "Read the words in pictures…")
	wants(t, w, model.AboutReading)
	w.tap(t, "Read them")
	wants(t, w, model.Sentence(held.ErrNoEngine))
	w.tap(t, "OK")
}

// Pictures that look alike are listed, and the list says what it is.
func TestPicturesAlikeAreListed(t *testing.T) {
	w, _ := sampled(t, small)
	w.tap(t, "Filters")
	w.tap(t, "Pictures that look alike…")
	wants(t, w, "Nothing was merged or hidden.")
	w.tap(t, "OK")
}

// The words in pictures can be left out of a search.
func TestWordsInPicturesAreSwitchedOff(t *testing.T) {
	w, p := sampled(t, small)
	w.tap(t, "Filters")
	p.filter.inside.SetChecked(false)
	if !p.look.Query.Unread {
		t.Error("they are still looked into")
	}
	p.filter.inside.SetChecked(true)
	if p.look.Query.Unread {
		t.Error("they are not looked into again")
	}
}
