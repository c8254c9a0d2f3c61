package timeline

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
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
	At       time.Time     // when it was said
}

// IsZero tells that nothing was said.
func (c Clock) IsZero() bool { return c.Slow == 0 }

// ClockText is a Clock as the journal keeps it.
type ClockText struct {
	Slow  string `json:"slow"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Entry uint64 `json:"entry,omitempty"`
	By    string `json:"by,omitempty"`
	At    string `json:"at,omitempty"`
}

// clockTime is a time of a Clock and its text.
type clockTime struct {
	time *time.Time
	text *string
}

func (c *Clock) times(t *ClockText) []clockTime {
	return []clockTime{{&c.From, &t.From}, {&c.To, &t.To}, {&c.At, &t.At}}
}

// ForJournal is a Clock as the journal keeps it.
func (c Clock) ForJournal() ClockText {
	t := ClockText{Slow: c.Slow.String(), Entry: c.Entry, By: c.By}
	for _, f := range c.times(&t) {
		if !f.time.IsZero() {
			*f.text = f.time.Format(time.RFC3339)
		}
	}
	return t
}

// Clock is the inverse of ForJournal.
func (t ClockText) Clock() (Clock, error) {
	c := Clock{Entry: t.Entry, By: t.By}
	var err error
	if c.Slow, err = time.ParseDuration(t.Slow); err != nil {
		return c, fmt.Errorf("clock: %w", err)
	}
	for _, f := range c.times(&t) {
		if *f.text == "" {
			continue
		}
		if *f.time, err = time.Parse(time.RFC3339, *f.text); err != nil {
			return c, fmt.Errorf("clock: %w", err)
		}
	}
	return c, nil
}

// String is a Clock as a reading keeps it among its answers.
func (c Clock) String() string {
	b, err := json.Marshal(c.ForJournal())
	if err != nil {
		return "" // strings and a number: cannot be
	}
	return string(b)
}

// UnmarshalText is the inverse of String.
func (c *Clock) UnmarshalText(b []byte) error {
	var t ClockText
	if err := json.Unmarshal(b, &t); err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	said, err := t.Clock()
	*c = said
	return err
}

// Words say to a reader how far it was wrong, and in which period.
func (c Clock) Words() string {
	by, way := c.Slow, "slow"
	if by < 0 {
		by, way = -by, "fast"
	}
	s := "the clock was " + spanWords(by) + " " + way
	if !c.From.IsZero() {
		s += ", from " + c.From.Format("2 January 2006 15:04")
	}
	if !c.To.IsZero() {
		s += ", until " + c.To.Format("2 January 2006 15:04")
	}
	return s
}

// Statement says it with by whom and when it was said, and where that stands.
func (c Clock) Statement() string {
	s := c.Words() + ", as " + cmp.Or(c.By, "a person") + " said"
	if !c.At.IsZero() {
		s += " on " + c.At.Format("2 January 2006 15:04 -07:00")
	}
	return fmt.Sprintf("%s in entry %d", s, c.Entry)
}

// spanWords is a length of time in words: 1 hour 7 minutes.
func spanWords(d time.Duration) string {
	var parts []string
	for _, u := range []struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		switch n := int(d / u.of); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+u.name)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, u.name))
		}
		d %= u.of
	}
	if len(parts) == 0 || d > 0 {
		parts = append(parts, d.String())
	}
	return strings.Join(parts, " ")
}

// holds tells whether a time is in the period.
func (c Clock) holds(w When) bool {
	at, from, to := w.Instant, c.From, c.To
	if !w.Local.IsZero() {
		at, from, to = w.Local, onWall(from), onWall(to)
	}
	return !at.IsZero() && (c.From.IsZero() || !at.Before(from)) && (c.To.IsZero() || at.Before(to))
}

// onWall is what a clock shows at a time, as When.Local holds it.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// CorrectedLabel is the label of the claim by which a corrected event is placed.
const CorrectedLabel = "corrected by the person's statement"

// Correct moves an event whose time the statement is about. A time that states
// no hour is not moved by less than a day.
func (c Clock) Correct(e *Event) {
	if c.IsZero() || e.When.Precision == Undated || !c.holds(e.When) {
		return
	}
	switch unit, _ := e.When.Units(); unit {
	case Day, Month, Year:
		if c.Slow.Abs() < 24*time.Hour {
			return
		}
	}
	claims := slices.Clone(e.Claims)
	if len(claims) == 0 {
		claims = []Claim{{Label: "as the source gives it", When: e.When}}
	}
	for i := range claims {
		claims[i].Chosen = false
	}
	e.When = c.moved(e.When)
	e.Claims = append([]Claim{{Label: CorrectedLabel, When: e.When, Chosen: true, Note: c.Statement()}}, claims...)
	e.Flags = append(slices.Clone(e.Flags), ClockCorrected)
	if !e.When.Instant.IsZero() {
		e.Flags = slices.DeleteFunc(e.Flags, func(f Flag) bool { return f == ClockTwice || f == ClockNever })
	}
}

// Corrected gives of a corrected event the claim by which it is placed, which
// says who corrected it, and what the clock showed; ok is false for any other.
func (e *Event) Corrected() (by, showed Claim, ok bool) {
	if len(e.Claims) == 0 || !e.Claims[0].Chosen || e.Claims[0].Label != CorrectedLabel {
		return by, showed, false
	}
	for _, c := range e.Claims[1:] {
		if c.When.Raw == e.When.Raw && c.When.Precision == e.When.Precision {
			return e.Claims[0], c, true
		}
	}
	return by, showed, false
}

// moved is what the clock should have shown.
func (c Clock) moved(w When) When {
	out := w
	if !w.Until.IsZero() {
		out.Until = w.Until.Add(c.Slow)
	}
	if !w.Local.IsZero() {
		out.Local = w.Local.Add(c.Slow)
	}
	if w.Instant.IsZero() {
		if zone, err := time.LoadLocation(w.Zone); err == nil && w.Basis == AssumedZone {
			again := FromLocal(out.Local, zone, w.Precision, w.Raw)
			again.Until = out.Until
			return again
		}
		return out
	}
	out.Instant = w.Instant.Add(c.Slow)
	if zone, err := time.LoadLocation(w.Zone); err == nil && !w.Local.IsZero() && w.Zone != "" {
		out.Local = onWall(out.Instant.In(zone))
	}
	return out
}
