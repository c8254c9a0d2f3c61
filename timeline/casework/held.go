package casework

import (
	"cmp"
	"slices"
	"time"

	"daybook/timeline"
)

// DaySpan is days since 1970 from First to Last, both of them in it.
type DaySpan struct{ First, Last int32 }

// Held are the days of which the files speak that hold some events: by their own
// word, or from their first to their last event. What a person wrote down speaks of
// its own days alone and is none of them.
type Held struct {
	Spans []DaySpan // apart from each other, in order
	Files []HeldFile
}

// HeldFile is one such file.
type HeldFile struct {
	Name  string
	Spans []DaySpan
}

// HeldBy finds the days of which the readings speak that have a name.
func HeldBy(x *timeline.Index, name func(timeline.Origin) (string, bool)) Held {
	var h Held
	for _, r := range x.Readings() {
		called, ok := name(timeline.Origin{Item: r.Item, Importer: r.Importer})
		if !ok {
			continue
		}
		f := HeldFile{Name: called}
		for _, c := range r.Spans() {
			if d, ok := spanOf(c, x.Zone()); ok {
				f.Spans = append(f.Spans, d)
			}
		}
		h.Files = append(h.Files, f)
		h.Spans = append(h.Spans, f.Spans...)
	}
	h.Spans = joined(h.Spans)
	return h
}

func spanOf(c timeline.Coverage, zone *time.Location) (DaySpan, bool) {
	first, ok1 := shownAt(c.First, zone)
	last, ok2 := shownAt(c.Last, zone)
	return DaySpan{DayNumber(first), DayNumber(last)}, ok1 && ok2 && !last.Before(first)
}

// shownAt is a time by the clock of the case; the source's own where there is no
// instant.
func shownAt(w timeline.When, zone *time.Location) (time.Time, bool) {
	if !w.Instant.IsZero() {
		return w.Instant.In(zone), true
	}
	return w.Local, !w.Local.IsZero()
}

// DayNumber is the day of a moment, since 1970, by its own clock.
func DayNumber(t time.Time) int32 {
	return int32(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// DayOf is the day of a number of days since 1970.
func DayOf(day int32) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }

// joined puts spans in order and joins those that touch.
func joined(spans []DaySpan) []DaySpan {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b DaySpan) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
	var out []DaySpan
	for _, s := range spans {
		if n := len(out); n > 0 && s.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, s.Last)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Days counts the days from first to last of which something speaks.
func (h Held) Days(first, last int32) int { return daysIn(h.Spans, first, last) }

func daysIn(spans []DaySpan, first, last int32) (n int) {
	for _, s := range spans {
		n += max(0, int(min(last, s.Last)-max(first, s.First))+1)
	}
	return n
}

// Whole names the files that speak of every day from first to last.
func (h Held) Whole(first, last int32) (names []string) {
	for _, f := range h.Files {
		if daysIn(joined(f.Spans), first, last) == int(last-first)+1 {
			names = append(names, f.Name)
		}
	}
	return names
}
