package timeline

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// notSure are the ways to say that a time is not known, instead of leaving it
// empty.
var notSure = []string{"not sure", "not known", "unknown", "undated"}

func isNotSure(text string) bool {
	return slices.Contains(notSure, strings.ToLower(strings.TrimSpace(text)))
}

// Happened checks a time that a person states, before it is locked: that one was
// stated at all, that a clock can have shown it and once only, and that it has
// come. Its error is a sentence that says how to write the time instead.
func (w When) Happened(now time.Time) error {
	switch {
	case w.Precision == "" || w.Precision == Undated && strings.TrimSpace(w.Raw) == "":
		return errors.New(`say when it happened: like 2025-10-11 17:40, a day (2025-10-11) or a month (2025-10); if it is not known, write "not sure"`)
	case w.Precision == Undated:
		return nil
	}
	first, last := w.Units()
	if err := w.onAClock(w.Local, first, w.Instant.IsZero()); err != nil {
		return err
	}
	if err := w.onAClock(w.Until, last, !w.Local.IsZero()); err != nil {
		return err
	}
	return w.come(now)
}

// onAClock refuses a wall clock that its zone shows twice or never. A whole day
// has a midnight only by the way it is kept.
func (w When) onAClock(local time.Time, unit Precision, undecided bool) error {
	if local.IsZero() || !undecided || unit.WholeDay() || w.Basis != AssumedZone {
		return nil
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return fmt.Errorf("time zone %s: %w", w.Zone, err)
	}
	text := local.Format("2006-01-02 15:04")
	before, after := offsetsAround(local, zone)
	switch Ambiguous(local, zone) {
	case "twice":
		return fmt.Errorf("%s came twice in %s, because the clocks went back: write %s %s for the first time, or %s %s for the second",
			text, zone, text, before, text, after)
	case "never":
		return fmt.Errorf("%s never came in %s, because the clocks went forward: write %s %s if your clock was not put forward yet, or %s %s if it was",
			text, zone, text, before, text, after)
	}
	return nil
}

// offsetsAround are a zone's offsets from UTC a day before and a day after a
// change of its clocks.
func offsetsAround(local time.Time, zone *time.Location) (before, after string) {
	at := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, zone)
	const day = 25 * time.Hour
	return at.Add(-day).Format("-07:00"), at.Add(day).Format("-07:00")
}

// ahead is how far a wall clock may be ahead of UTC.
const ahead = 14 * time.Hour

// come refuses what has not come yet by the computer's clock. "Before" says
// nothing of the kind. A wall clock without an instant may be ahead.
func (w When) come(now time.Time) error {
	begins, _ := w.Order()
	if w.Instant.IsZero() {
		begins = begins.Add(-ahead)
	}
	ends := w.Until
	if !ends.IsZero() && !w.Local.IsZero() {
		ends = ends.Add(-ahead)
		if !w.Instant.IsZero() {
			ends = w.Instant.Add(w.Until.Sub(w.Local))
		}
	}
	if w.Precision == Before || !begins.After(now) && !ends.After(now) {
		return nil
	}
	return fmt.Errorf("%s has not come yet: this computer's clock shows %s; write when it happened, or put the clock right first",
		strings.TrimSpace(w.Raw), now.Format("2006-01-02 15:04 -07:00"))
}

// NotBefore refuses a time at which something was noticed that had ended before
// it can have happened at the earliest.
func (w When) NotBefore(occurred When) error {
	begins, known := occurred.earliest()
	ends, stated := w.latest()
	if !known || !stated {
		return nil
	}
	if w.Instant.IsZero() != occurred.Instant.IsZero() { // a wall clock beside an instant
		ends = ends.Add(ahead)
	}
	if ends.After(begins) {
		return nil
	}
	return fmt.Errorf("%s is before it happened (%s): write when it was noticed, or when it happened, anew", strings.TrimSpace(w.Raw), strings.TrimSpace(occurred.Raw))
}

// earliest is when a time can have begun; ok is false where that is not said.
// About reaches a day, a month or a year further.
func (w When) earliest() (t time.Time, ok bool) {
	t, ok = w.Order()
	if !ok || w.Precision == Undated || w.Precision == Before {
		return t, false
	}
	if first, _ := w.Units(); w.Precision == About {
		t = further(t, first, -1)
	}
	return t, true
}

// latest is when a time has ended; ok is false where that is not said.
func (w When) latest() (t time.Time, ok bool) {
	t, ok = w.Order()
	if !ok || w.Precision == Undated || w.Precision == After {
		return t, false
	}
	first, last := w.Units()
	if w.Precision == Range {
		if t = w.Until; !w.Local.IsZero() && !w.Instant.IsZero() {
			t = w.Instant.Add(w.Until.Sub(w.Local))
		}
		first = last
	}
	if zone, err := time.LoadLocation(w.Zone); err == nil && w.Basis == AssumedZone && !w.Instant.IsZero() {
		t = t.In(zone) // where a day may have 25 hours
	}
	if w.Precision == About {
		t = further(t, first, 1)
	}
	switch first {
	case Year, Month, Day:
		return further(t, first, 1), true
	case Hour:
		return t.Add(time.Hour), true
	case Second:
		return t.Add(time.Second), true
	case Millisecond:
		return t.Add(time.Millisecond), true
	default:
		return t.Add(time.Minute), true
	}
}

// further is n years, months or else days away.
func further(t time.Time, unit Precision, n int) time.Time {
	switch unit {
	case Year:
		return t.AddDate(n, 0, 0)
	case Month:
		return t.AddDate(0, n, 0)
	default:
		return t.AddDate(0, 0, n)
	}
}
