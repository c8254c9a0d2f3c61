package timeline

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The same message in two formats is linked, both ways, and nothing else is.
func TestSameElsewhere(t *testing.T) {
	at := time.Date(2024, 3, 13, 14, 30, 20, 0, time.UTC)
	minute := func(to time.Time) When { return FromInstant(to.Truncate(time.Minute), Minute, "raw") }
	me, sam := Party{Name: "Ada", Owner: true}, Party{Name: "Sam Hill", Address: "07700 900123"}
	base := Event{Kind: Message, When: FromInstant(at, Second, "raw"), From: sam, To: []Party{me}, Text: "Where are\nyou?"}
	change := func(f func(*Event)) Event { e := base; f(&e); return e }
	tests := []struct {
		name  string
		other Event
		want  bool
	}{
		{"to the minute", change(func(e *Event) { e.When = minute(at) }), true},
		{"another printing of the number", change(func(e *Event) { e.From = Party{Address: "+447700900123"} }), true},
		{"the lines broken elsewhere", change(func(e *Event) { e.Text = "Where are you?" }), true},
		{"a name and a direction", change(func(e *Event) { e.From = Party{Name: "Sam Hill"} }), true},
		{"a second later", change(func(e *Event) { e.When = FromInstant(at.Add(time.Second), Second, "raw") }), false},
		{"the minute after", change(func(e *Event) { e.When = minute(at.Add(time.Minute)) }), false},
		{"another number", change(func(e *Event) { e.From = Party{Name: "Sam Hill", Address: "07700 900124"} }), false},
		{"the other direction", change(func(e *Event) { e.From, e.To = Party{Name: "Ada", Owner: true}, []Party{{Name: "Sam Hill"}} }), false},
		{"another name, no direction", change(func(e *Event) { e.From, e.To = Party{Name: "Dan"}, nil }), false},
		{"other words", change(func(e *Event) { e.Text = "Where are you" }), false},
		{"a day alone", change(func(e *Event) { e.When = FromInstant(at.Truncate(24*time.Hour), Day, "raw") }), false},
	}
	for _, tt := range tests {
		if got := sameElsewhere(&base, &tt.other); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
		if got := sameElsewhere(&tt.other, &base); got != tt.want {
			t.Errorf("%s, the other way: %t", tt.name, got)
		}
	}
	call := Event{Kind: Call, When: base.When, From: sam, To: []Party{me}}
	if same := call; !sameElsewhere(&call, &same) {
		t.Error("a call is not found again by its number")
	}
	named := call
	named.From = Party{Name: "Sam Hill"}
	if sameElsewhere(&call, &named) {
		t.Error("a call without a number is taken for another")
	}
}

// addAs reads an item with an importer.
func addAs(t tester, x *Index, importer string, item int64, events ...Event) {
	t.Helper()
	w := x.Begin(context.Background(), 1)
	read(t, w, item, importer, events)
	_, err := w.Commit(context.Background())
	must(t, err)
}

func TestElsewhereIsShownOnBothAndCountedTwice(t *testing.T) {
	x, _, _ := newIndex(t)
	coarse := message("row 1", "Maya", "one", minuteOf(1))
	coarse.When = FromInstant(minuteOf(1), Minute, "12:01")
	addAs(t, x, "whatsapp", 4, coarse, message("line 2", "Maya", "two", minuteOf(2)))
	addAs(t, x, "whatsappdb", 5, message("message 9", "Maya", "one", minuteOf(1).Add(40*time.Second)), message("message 10", "Dan", "two", minuteOf(2)))
	rows := find(t, x, Filter{})
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		switch {
		case r.Text == "one" && (len(r.Elsewhere) != 1 || r.Elsewhere[0].Item == r.Source.Item):
			t.Errorf("item %d, one: %+v", r.Source.Item, r.Elsewhere)
		case r.Text == "two" && len(r.Elsewhere) != 0:
			t.Errorf("item %d, two: %+v", r.Source.Item, r.Elsewhere)
		}
		line, err := r.AppendJSONL(nil)
		must(t, err)
		back, err := ParseJSONL(line)
		must(t, err)
		if len(back.Elsewhere) != len(r.Elsewhere) {
			t.Errorf("%s: %+v", line, back.Elsewhere)
		}
	}
}

// A second-hand event is one with what this case read itself, by its ID or its
// key, and never stands over it.
func TestSecondHandStandsBehind(t *testing.T) {
	x, _, _ := newIndex(t)
	heard := func(record, text string, at time.Time, id ID, key string) Event {
		e := message(record, "Maya", text, at)
		e.Flags, e.Extra = []Flag{SecondHand}, FactsOf(SameEvent, id.String())
		if key != "" {
			e.Extra.Set(SameKey, key)
			e.Extra.Set(SameReader, "whatsapp")
		}
		return e
	}
	first := keyed("line 2", "Maya", "two", minuteOf(2), Attachment{Name: "lost.jpg", Missing: true})
	addAs(t, x, "whatsapp", 9, message("line 1", "Maya", "one", minuteOf(1)), first)
	own := find(t, x, Filter{})
	addAs(t, x, "bundle", 4, heard("line 1", "forged", minuteOf(1), own[0].ID, ""), heard("line 2", "two", minuteOf(2), ID{1}, first.Extra.Get(SameKey)),
		heard("line 3", "three", minuteOf(3), ID{2}, ""))
	addAs(t, x, "bundle", 5, heard("line 1", "three", minuteOf(3), ID{2}, ""))
	want := []string{"9 one also 4 line 1", "9 two also 4 line 2", "4 three also 5 line 1"}
	if diff := cmp.Diff(want, places(find(t, x, Filter{}))); diff != "" {
		t.Error(diff)
	}
}

// A count says how many of its events are in another source too.
func TestPatternSaysWhatIsInAnotherSource(t *testing.T) {
	x, _, _ := newIndex(t)
	call := func(record string, at time.Time) Event {
		return Event{Kind: Call, When: FromInstant(at, Second, "raw"), From: Party{Address: "+447700900123"}, Source: Pinpoint{Record: record}}
	}
	addAs(t, x, "telephony", 4, call("1", minuteOf(1)), call("2", minuteOf(9)))
	addAs(t, x, "bill", 5, call("row 1", minuteOf(1)), call("row 2", minuteOf(20)), call("row 3", minuteOf(20)))
	list, err := x.Pattern(context.Background(), Filter{}, "importer")
	must(t, err)
	got := map[string][2]int{}
	for _, c := range list {
		got[c.Key] = [2]int{c.N, c.Twice}
	}
	if d := cmp.Diff(map[string][2]int{"telephony": {2, 1}, "bill": {3, 1}}, got); d != "" {
		t.Error(d)
	}
}

// At the hour that a clock shows twice, one source may tell which of the two it is
// and another not: one wall clock is one message. So it is where a telephone whose
// clock was not yet put forward shows what the zone never shows.
func TestSameElsewhereWhereTheClockChanges(t *testing.T) {
	local := func(record, clock string, p Precision) Event {
		at, err := time.Parse("2006-01-02 15:04:05", clock)
		must(t, err)
		return Event{Kind: Message, When: FromLocal(at, london, p, clock), From: Party{Name: "Dan"}, Text: "one", Source: Pinpoint{Record: record}}
	}
	instant := func(record, clock string) Event {
		at, err := time.Parse(time.RFC3339, clock)
		must(t, err)
		return Event{Kind: Message, When: FromOffset(at, Minute, clock), From: Party{Name: "Dan"}, Text: "one", Source: Pinpoint{Record: record}}
	}
	for _, tt := range []struct {
		name string
		a, b Event
		want int
	}{
		{"first of the two", instant("1", "2026-10-25T01:10:00+01:00"), local("2", "2026-10-25 01:10:07", Second), 1},
		{"second of the two", instant("1", "2026-10-25T01:10:00+00:00"), local("2", "2026-10-25 01:10:07", Second), 1},
		{"neither tells", local("1", "2026-10-25 01:10:00", Minute), local("2", "2026-10-25 01:10:07", Second), 1},
		{"another minute", instant("1", "2026-10-25T01:11:00+01:00"), local("2", "2026-10-25 01:10:07", Second), 0},
		{"never shown", local("1", "2026-03-29 01:30:00", Minute), local("2", "2026-03-29 01:30:07", Second), 1},
		{"never shown, another minute", local("1", "2026-03-29 01:31:00", Minute), local("2", "2026-03-29 01:30:07", Second), 0},
	} {
		x, _, _ := newIndex(t)
		addAs(t, x, "whatsapp", 4, tt.a)
		addAs(t, x, "imessage", 5, tt.b)
		for _, r := range find(t, x, Filter{}) {
			if len(r.Elsewhere) != tt.want {
				t.Errorf("%s: item %d is in %d others", tt.name, r.Source.Item, len(r.Elsewhere))
			}
		}
		list, err := x.Pattern(context.Background(), Filter{}, "kind")
		must(t, err)
		if list[0].Twice != 2*tt.want {
			t.Errorf("%s: %d counted twice", tt.name, list[0].Twice)
		}
	}
}
