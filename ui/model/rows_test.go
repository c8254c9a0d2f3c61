package model

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline"
)

// someSurvey draws the columns of some days.
func someSurvey(t *rapid.T) *timeline.Survey {
	s := &timeline.Survey{Marks: map[int][]timeline.Mark{}, Persons: []int64{11, 22, 33}, Groups: [][]uint32{{1, 2}, {3}, {1, 1}}, Threads: []string{"Family"}, Sources: []timeline.Origin{{Item: 1, Importer: "whatsapp"}}}
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	n := rapid.IntRange(0, 900).Draw(t, "events")
	undated := rapid.IntRange(0, 3).Draw(t, "undated")
	for i := range n {
		at += rapid.SampledFrom([]int64{0, 60_000, 600_000, 1_800_000, 3_600_000, 40_000_000}).Draw(t, "gap")
		if i < n-undated {
			s.Time = append(s.Time, at)
			s.Day = append(s.Day, int32(at/86_400_000))
		}
		s.Kind = append(s.Kind, rapid.SampledFrom([]uint8{0, 1, 1, 1, 3, 12}).Draw(t, "kind"))
		s.From = append(s.From, uint32(rapid.IntRange(0, 3).Draw(t, "from")))
		s.To = append(s.To, uint32(rapid.IntRange(0, 3).Draw(t, "to")))
		s.Thread = append(s.Thread, uint32(rapid.IntRange(0, 1).Draw(t, "thread")))
		s.Source = append(s.Source, 0)
		if rapid.IntRange(0, 9).Draw(t, "marked") == 0 {
			s.Marks[i] = []timeline.Mark{{Code: rapid.SampledFrom([]string{"CONTACT", "FOLLOW"}).Draw(t, "code")}}
		}
	}
	return s
}

func every(s *timeline.Survey) []int32 {
	var out []int32
	for i := range s.Kind {
		out = append(out, int32(i))
	}
	return out
}

// TestRowsKeepEveryEvent: whatever is folded, opened and measured, each event
// stands under its day once, and heights, places and lines agree.
func TestRowsKeepEveryEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSurvey(t)
		r := newRows(s, every(s), findFolds(s, every(s)))
		r.Measure(Heights{40, 30, 50, 70, 90, 130})
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			if r.Len() == 0 {
				break
			}
			line := rapid.IntRange(0, r.Len()-1).Draw(t, "line")
			switch r.Sort(line) {
			case FoldLine:
				r.Fold(line, r.Folded(line))
			case EventLine:
				r.SetClass(line, Class(rapid.IntRange(1, 5).Draw(t, "class")))
			}
		}
		checkRows(t, s, r)
	})
}

func checkRows(t *rapid.T, s *timeline.Survey, r *Rows) {
	var y float64
	shown := make([]int, len(s.Kind))
	for line := range r.Len() {
		if got := r.Top(line); got != y {
			t.Fatalf("line %d stands at %v, want %v", line, got, y)
		}
		if got := r.At(y + r.Height(line)/2); got != line {
			t.Fatalf("at %v stands line %d, want %d", y, got, line)
		}
		y += r.Height(line)
		if r.Sort(line) == DayLine {
			continue
		}
		open := r.Sort(line) == FoldLine && !r.Folded(line)
		for _, e := range r.EventsAt(line) {
			if !open {
				shown[e]++
			}
			if day := r.DayOf(line); day.Name != dayName(r.dayOf(e)) || day.Line >= line || day.Next <= line {
				t.Fatalf("event %d stands under %+v", e, day)
			}
			found, ok := r.Line(int(e))
			if in := r.EventsAt(found); !ok || !slices.Contains(in, e) {
				t.Fatalf("event %d is not at line %d", e, found)
			}
		}
	}
	if r.Total() != y {
		t.Fatalf("total %v, want %v", r.Total(), y)
	}
	for e, n := range shown {
		if n != 1 {
			t.Fatalf("event %d stands %d times", e, n)
		}
	}
}

// TestFoldsAreByTheRule: a run is of one kind, person, conversation and day,
// without a gap of half an hour, of five at least, and as long as it can be.
func TestFoldsAreByTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSurvey(t)
		folded := map[int32]bool{}
		for _, f := range findFolds(s, every(s)) {
			if len(f.events) < foldLeast {
				t.Fatalf("a run of %d", len(f.events))
			}
			for i, e := range f.events {
				folded[e] = true
				a := f.events[0]
				if !folds(timeline.Kinds()[s.Kind[e]]) || s.Kind[e] != s.Kind[a] || s.From[e] != s.From[a] || s.Thread[e] != s.Thread[a] || s.Day[e] != s.Day[a] {
					t.Fatalf("event %d does not belong to the run of %d", e, a)
				}
				if i > 0 && s.Time[e]-s.Time[f.events[i-1]] >= foldGap.Milliseconds() {
					t.Fatalf("a gap before event %d", e)
				}
			}
		}
		for _, e := range every(s) {
			if int(e) < len(s.Time) && folds(timeline.Kinds()[s.Kind[e]]) && !folded[e] && alike(s, e) >= foldLeast {
				t.Fatalf("event %d stands in a run of %d and is not folded", e, alike(s, e))
			}
		}
	})
}

// alike counts the run that an event stands in, going both ways from it.
func alike(s *timeline.Survey, e int32) int {
	n := 1
	for _, by := range []int32{-1, 1} {
		last := e
		for i := e + by; i >= 0 && int(i) < len(s.Time); i += by {
			if s.Kind[i] != s.Kind[e] || s.From[i] != s.From[e] || s.Thread[i] != s.Thread[e] {
				continue
			}
			gap := s.Time[i] - s.Time[last]
			if s.Day[i] != s.Day[e] || gap >= foldGap.Milliseconds() || -gap >= foldGap.Milliseconds() {
				break
			}
			n, last = n+1, i
		}
	}
	return n
}

// TestRowsGoToAMoment: the line at a moment is the first of the day or event
// that is not before it.
func TestRowsGoToAMoment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSurvey(t)
		if len(s.Time) == 0 {
			return
		}
		r := newRows(s, every(s), nil)
		ms := s.Time[0] + int64(rapid.IntRange(-1000, 90*86_400_000).Draw(t, "ms"))
		line := r.LineAt(ms)
		if r.Sort(line) == DayLine {
			line++
		}
		e, _ := r.Event(line)
		if e < len(s.Time) && s.Time[e] < ms && line != r.Len()-1 {
			t.Fatalf("event %d is before", e)
		}
		if e > 0 && e-1 < len(s.Time) && s.Time[e-1] >= ms {
			t.Fatalf("event %d was passed over", e-1)
		}
	})
}

// TestFoldEndsAtTheGap: half an hour is a gap, a millisecond less is none.
func TestFoldEndsAtTheGap(t *testing.T) {
	for gap, want := range map[time.Duration]int{foldGap: 0, foldGap - time.Millisecond: 1} {
		s := &timeline.Survey{Kind: make([]uint8, foldLeast), From: make([]uint32, foldLeast), Thread: make([]uint32, foldLeast), Day: make([]int32, foldLeast)}
		for i := range foldLeast {
			s.Kind[i] = uint8(slices.Index(timeline.Kinds(), timeline.Call))
			s.Time = append(s.Time, int64(i)*gap.Milliseconds())
		}
		if got := findFolds(s, every(s)); len(got) != want {
			t.Errorf("gaps of %s make %d runs", gap, len(got))
		}
	}
}

// TestAnAnsweredDateOrder: where the file leaves open which is the day, somebody
// was asked, and their answer is no assumption.
func TestAnAnsweredDateOrder(t *testing.T) {
	got := hints(timeline.Row{Event: timeline.Event{Flags: []timeline.Flag{timeline.AssumedOrder, timeline.Edited}}})
	if got != "date order said by a person, edited" {
		t.Errorf("%q", got)
	}
}
