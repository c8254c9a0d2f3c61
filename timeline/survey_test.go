package timeline

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestSurveySaysWhatTheRowsSay compares every column with the events read one
// by one, over both changes of the clock and a wall clock of no known zone.
func TestSurveySaysWhatTheRowsSay(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	var events []Event
	for at := time.Date(2023, 10, 28, 22, 30, 0, 0, time.UTC); at.Before(time.Date(2024, 4, 2, 0, 0, 0, 0, time.UTC)); at = at.Add(7 * time.Hour) {
		e := message(at.String(), "Sam", "x", at)
		e.To, e.Thread = []Party{{Name: "Ada"}, {Name: "Zoë", Address: "+447700900123"}}, "Family"
		if len(events)%3 == 0 {
			e.From, e.Kind, e.Thread = Party{Name: "Zoë", Address: "+447700900123"}, Call, ""
		}
		if len(events)%5 == 0 {
			e.When = FromLocal(at, nil, Minute, at.String())
		}
		events = append(events, e)
	}
	events = append(events, Event{Kind: Document, When: When{Precision: Undated, Basis: UnknownZone}, Source: Pinpoint{Record: "u"}})
	add(t, x, 3, events...)
	add(t, x, 4, message("line 1", "Bea", "y", time.Date(1969, 12, 31, 22, 0, 0, 0, time.UTC)))
	r, err := x.Find(ctx, Filter{})
	must(t, err)
	_, err = x.Mark(ctx, MarkDraft{Events: r.IDs(7, 2), Code: "CONTACT"})
	must(t, err)
	s, err := r.Survey(ctx)
	must(t, err)
	rows, err := r.Rows(0, r.Len())
	must(t, err)
	sameWithoutAnIndex(t, s, rows)
	if len(s.Time) != r.Dated() || len(s.Kind) != len(rows) || len(s.Marks) != 2 {
		t.Fatalf("%d times, %d kinds, %d marked", len(s.Time), len(s.Kind), len(s.Marks))
	}
	number := map[string]int64{}
	for _, p := range x.People() {
		number[p.Name] = p.Number
	}
	for i, row := range rows {
		if i < r.Dated() {
			at, _ := row.When.Order()
			clock := at
			if !row.When.Instant.IsZero() {
				clock = at.In(london)
			}
			if day := time.Unix(int64(s.Day[i])*86400, 0).UTC().Format(time.DateOnly); s.Time[i] != at.UnixMilli() || day != clock.Format(time.DateOnly) || int(s.Clock[i]) != clock.Hour() {
				t.Errorf("event %d: at %d on %s, hour %d, want %s", i, s.Time[i], day, s.Clock[i], clock)
			}
		}
		var to []int64
		if n := s.To[i]; n != 0 {
			for _, p := range s.Groups[n-1] {
				to = append(to, s.Persons[p-1])
			}
		}
		var want []int64
		for _, p := range row.To {
			want = append(want, number[p.Name])
		}
		if d := cmp.Diff(want, to); d != "" || Kinds()[s.Kind[i]] != row.Kind {
			t.Errorf("event %d, kind %s: %s", i, Kinds()[s.Kind[i]], d)
		}
		if n := s.From[i]; n == 0 != (row.From == Party{}) || n != 0 && s.Persons[n-1] != number[row.From.Name] {
			t.Errorf("event %d: from %d, want %s", i, n, row.From.Name)
		}
		if n := s.Thread[i]; n == 0 != (row.Thread == "") || n != 0 && s.Threads[n-1] != row.Thread {
			t.Errorf("event %d: thread %d, want %q", i, n, row.Thread)
		}
		if o := s.Sources[s.Source[i]]; o != (Origin{row.Source.Item, row.Source.Importer}) {
			t.Errorf("event %d: from %v", i, o)
		}
		if d := cmp.Diff(row.Marks, s.Marks[i]); d != "" {
			t.Errorf("event %d: %s", i, d)
		}
	}
}

func BenchmarkSurveyMillion(b *testing.B) {
	x, _, _ := newIndex(b)
	fill(b, x, benchEvents)
	r, err := x.Find(context.Background(), Filter{})
	must(b, err)
	for b.Loop() {
		_, err := r.Survey(context.Background())
		must(b, err)
	}
}

// BenchmarkPage is what a list reads when it jumps somewhere: rows that nothing
// has read before.
func BenchmarkPage(b *testing.B) {
	x, _, _ := newIndex(b)
	fill(b, x, benchEvents)
	r, err := x.Find(context.Background(), Filter{})
	must(b, err)
	n := 0
	for b.Loop() {
		n = (n + 377_777) % (r.Len() - 100)
		_, err := r.Rows(n, 100)
		must(b, err)
	}
}

// TestSurveySaysWhatIsNotKnown: an event counts under no hour, day or month that
// its time does not have.
func TestSurveySaysWhatIsNotKnown(t *testing.T) {
	x, _, _ := newIndex(t)
	var events []Event
	for _, text := range []string{"2024-01-05 14:30", "about 2024-02-05 14:30", "2024-03-05", "about 2024-04-05", "2024-05", "about 2024-06", "2025", "before 2026-01-02 10:00"} {
		var how Precision
		for word, p := range map[string]Precision{"about ": About, "before ": Before} {
			if rest, ok := strings.CutPrefix(text, word); ok {
				text, how = rest, p
			}
		}
		w, err := Typed(text, "", how, london)
		must(t, err)
		events = append(events, Event{Kind: Message, When: w, Source: Pinpoint{Record: string(how) + text}})
	}
	add(t, x, 3, events...)
	r, err := x.Find(context.Background(), Filter{})
	must(t, err)
	s, err := r.Survey(context.Background())
	must(t, err)
	if d := cmp.Diff([]uint8{14, NoHour, NoHour, NoDay, NoDay, NoMonth, NoMonth, NoYear}, s.Clock); d != "" {
		t.Error(d)
	}
	months, err := x.Pattern(context.Background(), Filter{}, "month")
	must(t, err)
	if last := months[len(months)-1]; last.Key != UnknownKey || last.N != 3 {
		t.Errorf("about a month, a year alone and before a day count in %q: %d", last.Key, last.N)
	}
}

// TestNamedEvents: a filter can name its events; they come in the order of the
// timeline, and no others.
func TestNamedEvents(t *testing.T) {
	x, _, _ := newIndex(t)
	var events []Event
	for i := range 9 {
		events = append(events, message(fmt.Sprint(i), "Sam", "x", time.Date(2024, 1, 1+i, 9, 0, 0, 0, time.UTC)))
	}
	add(t, x, 3, events...)
	all, err := x.Find(context.Background(), Filter{})
	must(t, err)
	ids := all.IDs(0, all.Len())
	some, err := x.Find(context.Background(), Filter{Events: []ID{ids[7], ids[2], {9}}})
	must(t, err)
	if d := cmp.Diff([]ID{ids[2], ids[7]}, some.IDs(0, some.Len())); d != "" {
		t.Error(d)
	}
}

// sameWithoutAnIndex: a surveyor that is given the rows one by one says the same
// of them as the index does, but for who is who.
func sameWithoutAnIndex(t *testing.T, want *Survey, rows []Row) {
	t.Helper()
	v := NewSurveyor()
	for _, r := range rows {
		v.Add(&r)
	}
	got, parties := v.Finish(london)
	for _, column := range []struct {
		name      string
		got, want any
	}{{"times", got.Time, want.Time}, {"days", got.Day, want.Day}, {"hours", got.Clock, want.Clock}, {"kinds", got.Kind, want.Kind}, {"marks", len(got.Marks), len(want.Marks)}} {
		if d := cmp.Diff(column.want, column.got); d != "" {
			t.Errorf("%s without an index: %s", column.name, d)
		}
	}
	mentions := make([]int, len(parties))
	for i, r := range rows {
		if n := got.From[i]; n == 0 != (r.From == Party{}) || n != 0 && parties[n-1] != r.From {
			t.Errorf("event %d is from %d, want %+v", i, n, r.From)
		}
		if n := got.Thread[i]; n == 0 != (r.Thread == "") || n != 0 && got.Threads[n-1] != r.Thread {
			t.Errorf("event %d is of conversation %d, want %q", i, n, r.Thread)
		}
		if o := got.Sources[got.Source[i]]; o != (Origin{r.Source.Item, r.Source.Importer}) {
			t.Errorf("event %d is of %+v", i, o)
		}
		var to []Party
		if n := got.To[i]; n != 0 {
			for _, p := range got.Groups[n-1] {
				to = append(to, parties[p-1])
				mentions[p-1]++
			}
		}
		if d := cmp.Diff(r.To, to); d != "" {
			t.Errorf("event %d: %s", i, d)
		}
		if n := got.From[i]; n != 0 {
			mentions[n-1]++
		}
	}
	if d := cmp.Diff(mentions, got.Mentions()); d != "" || v.Len() != len(rows) {
		t.Errorf("%d rows, mentions: %s", v.Len(), d)
	}
}
