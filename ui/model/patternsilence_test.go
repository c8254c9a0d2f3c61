package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"daybook/timeline"
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
		got := silence(casework.Silence{First: c.first, Last: c.last, Spoken: held.Days(c.first, c.last)}, held)
		if got.Sort != c.want || !strings.Contains(got.Said, c.says) {
			t.Errorf("days %d to %d: sort %d, %q", c.first, c.last, got.Sort, got.Said)
		}
	}
	undated := silence(casework.Silence{First: 10, Last: 19, Spoken: 10, Undated: 1}, held)
	if undated.Sort != Silent || !strings.HasSuffix(undated.Said, ": chat.txt. Without a date, and may lie in this time: 1 event.") {
		t.Errorf("beside an event without a date: sort %d, %q", undated.Sort, undated.Said)
	}
}

// TestSilencesAreTheTerminals: the window lists the silences that the terminal and a
// bundle do, of the sample with its registers.
func TestSilencesAreTheTerminals(t *testing.T) {
	d := practised(t)
	m, err := casework.Gather(t.Context(), d.x, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	m.Days = 1 // the sample has few long ones
	terminal, err := m.Pattern(t.Context(), "silence")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, f := range terminal.Figures {
		if first, last, ok := strings.Cut(f.Key, " to "); ok {
			want = append(want, fmt.Sprint(first, " ", last, " ", f.N > 0))
		}
	}
	for _, s := range silencesOf(t, pattern(t, d, PatternQuery{}), 1) {
		got = append(got, fmt.Sprint(casework.DayOf(s.First).Format("2006-01-02"), " ", casework.DayOf(s.Last).Format("2006-01-02"), " ", strings.Contains(s.Said, "perhaps of these")))
	}
	if !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("the window has %v, and the terminal %v", got, want)
	}
}
