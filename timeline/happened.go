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

// come refuses what has not come yet by the computer's clock. "Before" says
// nothing of the kind. A wall clock without an instant may be ahead.
func (w When) come(now time.Time) error {
	begins, _ := w.Order()
	if w.Instant.IsZero() {
		begins = begins.Add(-ahead)
	}
	ends := w.Ended()
	if ends.IsZero() && !w.Until.IsZero() {
		ends = w.Until.Add(-ahead)
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
	ends, stated := w.Latest()
	if !known || !stated {
		return nil
	}
	if w.Instant.IsZero() != occurred.Instant.IsZero() { // a wall clock beside an instant
		ends = ends.Add(ahead)
	}
	if w.Precision == About || occurred.Precision == About { // nobody is held to the hour that they guess
		ends = ends.AddDate(0, 0, 1)
	}
	if ends.After(begins) {
		return nil
	}
	return fmt.Errorf("%s is before it happened (%s): write when it was noticed, or when it happened, anew", strings.TrimSpace(w.Raw), strings.TrimSpace(occurred.Raw))
}

// earliest is when a time can have begun; ok is false where that is not said.
func (w When) earliest() (t time.Time, ok bool) {
	list := w.possible(nil)
	if len(list) == 0 {
		return t, false
	}
	return list[0].from, !list[0].from.IsZero()
}

// Latest is when a time has ended; ok is false where that is not said.
func (w When) Latest() (t time.Time, ok bool) {
	list := w.possible(nil)
	if len(list) == 0 {
		return t, false
	}
	t = list[len(list)-1].to
	return t, !t.IsZero()
}
