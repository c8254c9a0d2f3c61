package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline"
)

// TestStripCounts: whatever is looked at, each event counts in the part that it
// falls into, and looking closer never leaves the whole.
func TestStripCounts(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := someSurvey(t)
		if len(s.Time) == 0 {
			return
		}
		events := every(s)[:len(s.Time)]
		strip := &Strip{zone: london, all: lane{events, s.Time}, Whole: Span{s.Time[0], s.Time[len(s.Time)-1] + shortest}}
		strip.At = strip.Whole
		for range rapid.IntRange(0, 6).Draw(t, "steps") {
			ms := strip.Moment(rapid.Float64Range(0, 1).Draw(t, "share"))
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 3:
				i := rapid.IntRange(0, len(s.Time)-1).Draw(t, "from event")
				strip.Show(Span{s.Time[i], s.Time[rapid.IntRange(i, len(s.Time)-1).Draw(t, "to event")]})
			case 0:
				strip.Zoom(rapid.SampledFrom([]float64{0.5, 2, 0.01}).Draw(t, "times"), ms)
			case 1:
				strip.Pan(rapid.Int64Range(-1e9, 1e9).Draw(t, "by"))
			case 2:
				strip.Reach(s.Time[rapid.IntRange(0, len(s.Time)-1).Draw(t, "event")])
			}
			if strip.At.From < strip.Whole.From || strip.At.To > strip.Whole.To || strip.At.Length() < min(shortest, strip.Whole.Length()) {
				t.Fatalf("looks at %+v of %+v", strip.At, strip.Whole)
			}
		}
		n := rapid.IntRange(1, 300).Draw(t, "parts")
		counts := strip.Counts(n)
		want := make([]int, n)
		for i := range n {
			from, to := strip.At.edge(i, n), strip.At.edge(i+1, n)
			for _, e := range events {
				if s.Time[e] >= from && s.Time[e] < to {
					want[i]++
				}
			}
		}
		for i := range want {
			if counts[i] != want[i] {
				t.Fatalf("part %d of %d: %d, want %d", i, n, counts[i], want[i])
			}
		}
		last := int64(0)
		for _, tick := range strip.Ticks(10) {
			if tick.At < strip.At.From || tick.At >= strip.At.To || tick.At <= last || tick.Label == "" {
				t.Fatalf("tick %+v outside of %+v", tick, strip.At)
			}
			last = tick.At
		}
	})
}

// TestStripSays: what is said of a moment is in the unit that can be told apart.
func TestStripSays(t *testing.T) {
	at := time.Date(2024, 3, 31, 10, 7, 0, 0, time.UTC).UnixMilli()
	s := &Strip{zone: time.UTC, all: lane{[]int32{0, 1}, []int64{at, at + 30_000}}, Whole: Span{at - 400*86_400_000, at + 400*86_400_000}}
	for span, want := range map[time.Duration]string{
		800 * 24 * time.Hour:  "three months from January 2024: 2 events",
		10 * 24 * time.Hour:   "Sunday 31 March 2024: 2 events",
		12 * time.Hour:        "Sun 31 Mar 2024 10:00: 2 events",
		10 * time.Minute:      "Sun 31 Mar 2024 10:07: 2 events",
		500 * 24 * time.Hour:  "March 2024: 2 events",
		120 * 24 * time.Hour:  "week of 25 March 2024: 2 events",
		9000 * 24 * time.Hour: "2024: 2 events",
	} {
		s.Whole = Span{at - span.Milliseconds()/2, at + span.Milliseconds()/2}
		s.At = s.Whole
		if got := s.Say(at); got != want {
			t.Errorf("%s: %q, want %q", span, got, want)
		}
	}
}

// TestLanesSayWhatTheyCount: a person's lane counts what they sent, which the
// filters count otherwise; what was written down is nobody's and has a lane of
// its own.
func TestLanesSayWhatTheyCount(t *testing.T) {
	d := practised(t)
	l, err := d.Look(t.Context(), Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	lanes := map[string]string{}
	for _, lane := range l.Lanes(ByPerson, 20) {
		lanes[lane.Name] = lane.N
	}
	people := d.x.People()
	for _, p := range people {
		if p.Sent > 0 && lanes[p.Shown()] != thousands(p.Sent)+" sent" {
			t.Errorf("%s: %q, and sent %d", p.Shown(), lanes[p.Shown()], p.Sent)
		}
	}
	for _, v := range l.Facets[1].Values {
		if v.Key == string(timeline.Incident) && lanes[writtenDown] != v.Said() {
			t.Errorf("written down: %q of %v", lanes[writtenDown], v)
		}
	}
	if lanes[writtenDown] == "" {
		t.Errorf("what was written down has no lane: %v", lanes)
	}
}

// TestOneEventIsSaidOnce: the strip is a little longer than a single event, and
// what is said is not.
func TestOneEventIsSaidOnce(t *testing.T) {
	at := time.Date(2025, 3, 1, 23, 40, 0, 0, time.UTC).UnixMilli()
	s := &Strip{zone: time.UTC, period: Span{at, at + 1}, Whole: Span{at - 30_000, at + 30_000}, At: Span{at - 30_000, at + 30_000}}
	if got := s.Said(); got != "1 Mar 2025 23:40" {
		t.Errorf("%q", got)
	}
	s.period.To += 2 * 60_000
	s.Whole.To, s.At.To = s.period.To, s.period.To
	if got := s.Said(); got != "1 Mar 2025 23:40 to 1 Mar 2025 23:42" {
		t.Errorf("%q", got)
	}
}
