package timeline

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// typedLayouts are the forms in which a person may type a time, the most exact
// first.
var typedLayouts = []struct {
	layout    string
	precision Precision
}{
	{"2006-01-02 15:04:05", Second}, {"2006-01-02T15:04:05", Second},
	{"2006-01-02 15:04", Minute}, {"2006-01-02T15:04", Minute},
	{"2006-01-02", Day}, {"2006-01", Month}, {"2006", Year},
}

// Typed reads a time that a person types, as a wall clock of zone: a moment, a
// day, a month or a year. A moment may carry its own offset from UTC, like
// +01:00, where the clocks change. How they qualify it is About, Before, After,
// or empty; with an until it is a Range. "not sure" is an undated time, and so
// is an empty one, which Happened refuses.
func Typed(text, until string, how Precision, zone *time.Location) (When, error) {
	text, until = strings.TrimSpace(text), strings.TrimSpace(until)
	if text == "" || isNotSure(text) {
		return When{Basis: UnknownZone, Precision: Undated, Raw: text}, nil
	}
	w, err := typed(text, zone)
	if err != nil {
		return When{}, err
	}
	switch how {
	case About, Before, After:
		w.Precision = how
	case "", "exact", w.Precision:
	case Range:
		if until == "" {
			return When{}, fmt.Errorf("time %q: a time between two moments needs both", text)
		}
	default:
		return When{}, fmt.Errorf("time %q: %q is none of exact, about, before, after, range", text, how)
	}
	if until == "" {
		return w, nil
	}
	end, err := typed(until, zone)
	if err != nil {
		return When{}, err
	}
	w.Raw = text + " to " + until
	if !w.through(end) {
		return When{}, fmt.Errorf("time %q: ends before it begins", w.Raw)
	}
	return w, nil
}

// typed reads a moment, a day, a month or a year.
func typed(text string, zone *time.Location) (When, error) {
	var never string // what of it there is not: "day" of 31 June
	parse := func(layout string) (time.Time, bool) {
		t, err := time.Parse(layout, text)
		if bad := (*time.ParseError)(nil); errors.As(err, &bad) {
			if part, _, ok := strings.Cut(bad.Message, " out of range"); ok {
				never = strings.TrimPrefix(part, ": ")
			}
		}
		return t, err == nil
	}
	for _, l := range typedLayouts {
		if t, ok := parse(l.layout); ok {
			return FromLocal(t, zone, fraction(t, l.precision), text), nil
		}
		if l.precision.WholeDay() {
			continue
		}
		for _, offset := range []string{"Z07:00", " Z07:00"} {
			if t, ok := parse(l.layout + offset); ok {
				return FromOffset(t, fraction(t, l.precision), text).stated(), nil
			}
		}
	}
	if never != "" {
		return When{}, fmt.Errorf("time %q: there is no such %s", text, never)
	}
	return When{}, fmt.Errorf("time %q: write it like 2025-10-26 01:30, 2025-10-26, or 2025-10", text)
}

// stated is a time whose offset a person wrote, and no file.
func (w When) stated() When {
	if w.Basis == OffsetBasis {
		w.Basis = Stated
	}
	return w
}

// fraction is the unit of a time of which a fraction of a second may have been
// typed: time.Parse takes one after any second.
func fraction(t time.Time, p Precision) Precision {
	if p == Second && t.Nanosecond() != 0 {
		return Millisecond
	}
	return p
}

// through makes a time a Range that lasts until end, and tells whether that is
// not before it. Two wall clocks stand beside each other as they are; where
// their zones differ, as when the clocks are changed in between, and where there
// is no wall clock, the range is kept as instants.
func (w *When) through(end When) bool {
	w.Precision = Range
	exact := !w.Instant.IsZero() && !end.Instant.IsZero() && !w.Local.IsZero() && w.Zone != end.Zone
	if first, _ := w.Units(); exact && !first.WholeDay() && !end.Precision.WholeDay() {
		w.Local = time.Time{}
	}
	if w.Local.IsZero() {
		w.Until = end.Instant
		return !end.Instant.Before(w.Instant)
	}
	w.Until = end.Local
	return !end.Local.Before(w.Local)
}

// Units are the units in which the time and its Until were typed. About,
// Before, After and Range say how sure a person is and not how exact; what they
// typed is in Raw. Where Raw is nothing that can be typed here, the unit is the
// minute, or the second where the time has one.
func (w When) Units() (from, until Precision) {
	switch w.Precision {
	case About, Before, After, Range:
	default:
		return w.Precision, w.Precision
	}
	words := strings.TrimSpace(w.Raw)
	for _, qualifier := range []string{"about ", "before ", "after "} {
		if len(words) > len(qualifier) && strings.EqualFold(words[:len(qualifier)], qualifier) {
			words = words[len(qualifier):]
			break
		}
	}
	first, last, _ := strings.Cut(words, " to ")
	return unit(first, w.Local, w.Instant), unit(last, w.Until)
}

// unit is the unit of a moment as it was typed, or else that of the times.
func unit(text string, times ...time.Time) Precision {
	text = strings.TrimSpace(text)
	if w, err := typed(text, time.UTC); err == nil {
		return w.Precision
	}
	for _, t := range times {
		if t.Second() != 0 {
			return Second
		}
	}
	return Minute
}

// WholeDay tells a unit that names no hour: a zone or another clock beside it
// would say more than is known.
func (p Precision) WholeDay() bool { return p == Day || p == Month || p == Year }
