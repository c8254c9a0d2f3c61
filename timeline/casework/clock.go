package casework

import (
	"fmt"
	"time"

	"daybook/assets/law"
)

// Clock is a rule of time of an offence, counted from the last thing that was
// done: information, and never a reason to give up.
type Clock struct {
	Rule  string `json:"rule"`
	Words string `json:"words"`
	Last  string `json:"last"`  // the day of the last thing that was done; empty where nothing has a certain day
	Until string `json:"until"` // so many months after it; empty likewise
	Later
}

// Later is what events of no certain day leave open of a clock: as many of them may
// lie after the last of a certain day, and move it.
type Later struct {
	Events  int    `json:"later_events,omitempty"`
	Perhaps string `json:"until_perhaps,omitempty"` // the day that it may be at the latest; empty where none can be said
}

// gone tells that a day, and any that it may be moved to, lies before another.
func (l Later) gone(on, today string) bool {
	return on < today && (l.Events == 0 || l.Perhaps != "" && l.Perhaps < today)
}

// Said is when the last thing was done and what day follows, each day in the
// reader's own words for it.
func (c Clock) Said(day func(string) string) string {
	if c.Last == "" && c.Perhaps == "" {
		return "no event has a certain day: the day cannot be said, nor the latest possible"
	}
	if c.Last == "" {
		return fmt.Sprintf("no event has a certain day: the day cannot be said; the latest possible is %s", day(c.Perhaps))
	}
	switch last, until := day(c.Last), day(c.Until); {
	case c.Events == 0:
		return fmt.Sprintf("the last was on %s; that day comes on %s", last, until)
	case c.Perhaps == "":
		return fmt.Sprintf("the last of a certain day was on %s, which makes it %s; %d of no certain day may move it, how far cannot be said", last, until, c.Events)
	default:
		return fmt.Sprintf("the last of a certain day was on %s, which makes it %s; %d of no certain day may move it as far as %s", last, until, c.Events, day(c.Perhaps))
	}
}

// clock is that of an offence; nil where it has none, or nothing was done.
func clock(pack law.Pack, o law.Offence, list []thing, zone *time.Location) *Clock {
	r, ok := pack.Rule(o.Limitation)
	if !ok || r.Months == 0 {
		return nil
	}
	var last time.Time
	for _, t := range list {
		if at, known := day(t.When, zone); known && t.isConduct() && at.After(last) {
			last = at
		}
	}
	c := &Clock{Rule: r.Label, Words: r.Words, Later: mayMove(list, last, r.Months, zone)}
	if !last.IsZero() {
		c.Last, c.Until = last.Format(time.DateOnly), monthsAfter(last, r.Months).Format(time.DateOnly)
	} else if c.Events == 0 {
		return nil
	}
	return c
}

// mayMove is what conduct of no certain day leaves open of a clock that counts so many
// months from a day; from none where the day is zero.
func mayMove(list []thing, last time.Time, months int, zone *time.Location) (l Later) {
	end, open := last, false
	for _, t := range list {
		if _, known := day(t.When, zone); known || !t.isConduct() {
			continue
		}
		at, ends := t.When.Latest()
		if at = at.Add(-1); !t.When.Instant.IsZero() {
			at = at.In(zone)
		}
		if ends && at.Format(time.DateOnly) <= last.Format(time.DateOnly) {
			continue
		}
		l.Events++
		if open = open || !ends; ends && at.After(end) {
			end = at
		}
	}
	if l.Events > 0 && !open {
		l.Perhaps = monthsAfter(end, months).Format(time.DateOnly)
	}
	return l
}

// monthsAfter is the day so many months after another: the last of the month,
// where that has no such day.
func monthsAfter(from time.Time, months int) time.Time {
	y, m, d := from.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+time.Month(months), min(d, last), 0, 0, 0, 0, time.UTC)
}
