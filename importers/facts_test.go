package importers

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"daybook/timeline"
)

func TestFacts(t *testing.T) {
	var e timeline.Event
	f := FactsOf(&e)
	f.Add("id", "1")
	f.Add("id", "2")
	f.Add("none", "")
	f.Add(timeline.SameKey, "of the source")
	f.Flag(timeline.Edited, timeline.Edited)
	f.Say(strings.Repeat("é", MostText))
	if e.Extra.Get("id") != "1" || e.Extra.Get("id (2)") != "2" || len(e.Extra) != 3 || e.Extra.Get(timeline.SameKey) != "" || len(e.Flags) != 2 || len(e.Text) != MostText {
		t.Errorf("%d bytes of text, %v, %v", len(e.Text), e.Extra, e.Flags)
	}
	for range 2 * mostAlike {
		f.Add("part", "x")
	}
	if len(e.Extra) != 3+mostAlike {
		t.Errorf("%d facts", len(e.Extra))
	}
	var many timeline.Event
	for i := range 2 * mostFacts {
		FactsOf(&many).Add(strconv.Itoa(i), "x")
	}
	if len(many.Extra) != mostFacts || !slices.Contains(many.Flags, timeline.TextCut) {
		t.Errorf("%d facts, %v", len(many.Extra), many.Flags)
	}
	if got := Shorten("aé", 2); got != "a" {
		t.Errorf("%q", got)
	}
	if w := Undated(""); w.Raw == "" || w.Precision != timeline.Undated {
		t.Errorf("%+v", w)
	}
}
