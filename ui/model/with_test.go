package model

import (
	"testing"

	"daybook/timeline"
)

// TestWith: the page of an event that nobody is said to have sent does not say to
// whom it is.
func TestWith(t *testing.T) {
	dan := timeline.Party{Name: "Dan"}
	if got := people(timeline.Event{Kind: timeline.Call, To: []timeline.Party{dan}}); len(got) != 1 || got[0] != (Fact{"With", "Dan"}) {
		t.Error(got)
	}
	if got := people(timeline.Event{Kind: timeline.Call, From: timeline.Party{Owner: true}, To: []timeline.Party{dan}}); len(got) != 2 || got[1] != (Fact{"To", "Dan"}) {
		t.Error(got)
	}
}
