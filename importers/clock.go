package importers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// Clock is what a person says of the clock of the device that a source comes
// from: how far it was behind, in which period. The zero Clock says nothing.
//
// The source is read again with it, as with any answer: the time that it gives
// stays among the claims of each event, and the corrected one is marked as the
// person's statement.
type Clock struct {
	Slow     time.Duration // how far it was behind; less than zero: ahead
	From, To time.Time     // from on, and before To, as the device showed it; zero: always
	Entry    uint64        // of the journal in which it was said
	By       string        // who said it
}

// IsZero tells that nothing was said.
func (c Clock) IsZero() bool { return c.Slow == 0 }

// clockText is a Clock as the journal keeps it.
type clockText struct {
	Slow  string `json:"slow"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Entry uint64 `json:"entry,omitempty"`
	By    string `json:"by,omitempty"`
}

func (c Clock) text() clockText {
	t := clockText{Slow: c.Slow.String(), Entry: c.Entry, By: c.By}
	if !c.From.IsZero() {
		t.From = c.From.Format(time.RFC3339)
	}
	if !c.To.IsZero() {
		t.To = c.To.Format(time.RFC3339)
	}
	return t
}

func (t clockText) clock() (c Clock, err error) {
	if c.Slow, err = time.ParseDuration(t.Slow); err != nil {
		return c, fmt.Errorf("clock: %w", err)
	}
	c.Entry, c.By = t.Entry, t.By
	for _, f := range []struct {
		text string
		to   *time.Time
	}{{t.From, &c.From}, {t.To, &c.To}} {
		if f.text == "" {
			continue
		}
		if *f.to, err = time.Parse(time.RFC3339, f.text); err != nil {
			return c, fmt.Errorf("clock: %w", err)
		}
	}
	return c, nil
}

// String is a Clock as a reading keeps it among its answers.
func (c Clock) String() string {
	b, err := json.Marshal(c.text())
	if err != nil {
		return "" // strings and a number: cannot be
	}
	return string(b)
}

// UnmarshalText is the inverse of String.
func (c *Clock) UnmarshalText(b []byte) error {
	var t clockText
	if err := json.Unmarshal(b, &t); err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	said, err := t.clock()
	*c = said
	return err
}

// Words say it to a reader.
func (c Clock) Words() string {
	how, by := "slow", c.Slow
	if by < 0 {
		how, by = "fast", -by
	}
	s := fmt.Sprintf("the clock was %s %s", by, how)
	if !c.From.IsZero() {
		s += ", from " + c.From.Format("2006-01-02 15:04")
	}
	if !c.To.IsZero() {
		s += ", until " + c.To.Format("2006-01-02 15:04")
	}
	return s
}

// holds tells whether a time is in the period.
func (c Clock) holds(w timeline.When) bool {
	at, from, to := w.Instant, c.From, c.To
	if !w.Local.IsZero() {
		at, from, to = w.Local, wallClock(from), wallClock(to)
	}
	return !at.IsZero() && (c.From.IsZero() || !at.Before(from)) && (c.To.IsZero() || at.Before(to))
}

func wallClock(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// correctedLabel is the claim by which a corrected event is placed.
const correctedLabel = "corrected by the person's statement"

// correct moves an event whose time the statement is about. A time that states
// no hour is not moved by less than a day.
func (c Clock) correct(e *timeline.Event) {
	if c.IsZero() || e.When.Precision == timeline.Undated || !c.holds(e.When) {
		return
	}
	switch unit, _ := e.When.Units(); unit {
	case timeline.Day, timeline.Month, timeline.Year:
		if c.Slow.Abs() < 24*time.Hour {
			return
		}
	}
	claims := slices.Clone(e.Claims)
	if len(claims) == 0 {
		claims = []timeline.Claim{{Label: "as the source gives it", When: e.When}}
	}
	for i := range claims {
		claims[i].Chosen = false
	}
	e.When = c.moved(e.When)
	note := fmt.Sprintf("%s, as %s said in entry %d", c.Words(), cmp.Or(c.By, "a person"), c.Entry)
	e.Claims = append([]timeline.Claim{{Label: correctedLabel, When: e.When, Chosen: true, Note: note}}, claims...)
	e.Flags = append(slices.Clone(e.Flags), timeline.ClockCorrected)
	if !e.When.Instant.IsZero() {
		e.Flags = slices.DeleteFunc(e.Flags, func(f timeline.Flag) bool { return f == timeline.ClockTwice || f == timeline.ClockNever })
	}
}

// moved is what the clock should have shown.
func (c Clock) moved(w timeline.When) timeline.When {
	out := w
	if !w.Until.IsZero() {
		out.Until = w.Until.Add(c.Slow)
	}
	if !w.Local.IsZero() {
		out.Local = w.Local.Add(c.Slow)
	}
	if w.Instant.IsZero() {
		if zone, err := time.LoadLocation(w.Zone); err == nil && w.Basis == timeline.AssumedZone {
			again := timeline.FromLocal(out.Local, zone, w.Precision, w.Raw)
			again.Until = out.Until
			return again
		}
		return out
	}
	out.Instant = w.Instant.Add(c.Slow)
	if zone, err := time.LoadLocation(w.Zone); err == nil && !w.Local.IsZero() && w.Zone != "" {
		out.Local = wallClock(out.Instant.In(zone))
	}
	return out
}
