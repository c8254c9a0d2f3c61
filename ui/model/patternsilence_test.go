package model

import (
	"strings"
	"testing"

	"daybook/timeline/casework"
)

// TestSortsOfSilence: a silence is one of what is held only where that speaks of
// each of its days; a single day of which nothing speaks makes it another.
func TestSortsOfSilence(t *testing.T) {
	held := casework.Held{
		Spans: []casework.DaySpan{{First: 10, Last: 19}, {First: 25, Last: 29}},
		Files: []casework.HeldFile{{Name: "chat.txt", Spans: []casework.DaySpan{{First: 10, Last: 19}}}, {Name: "calls.xml", Spans: []casework.DaySpan{{First: 14, Last: 19}, {First: 25, Last: 29}}}},
	}
	for _, c := range []struct {
		first, last int32
		want        SilenceSort
		says        string
	}{
		{10, 19, Silent, "speaks of all these days and holds none of these events: chat.txt."},
		{15, 16, Silent, "holds none of these events: chat.txt, calls.xml."},
		{25, 25, Silent, "holds none of these events: calls.xml."},
		{9, 19, Partly, "speaks of 10 of these days"},
		{10, 20, Partly, "speaks of 10 of these days"},
		{19, 25, Partly, "speaks of 2 of these days"},
		{20, 24, NotHeld, "Nothing that is held here speaks of these days"},
		{30, 90, NotHeld, "Nothing that is held here speaks of these days"},
	} {
		got := (&Pattern{}).silence(c.first, c.last, held)
		if got.Sort != c.want || !strings.Contains(got.Said, c.says) {
			t.Errorf("days %d to %d: sort %d, %q", c.first, c.last, got.Sort, got.Said)
		}
	}
}
