package timeline

import (
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
// day, a month or a year. How they qualify it is About, Before, After, or
// empty; with an until it is a Range. "not known" is an undated time.
func Typed(text, until string, how Precision, zone *time.Location) (When, error) {
	text, until = strings.TrimSpace(text), strings.TrimSpace(until)
	if text == "" || text == "not known" {
		return When{Basis: UnknownZone, Precision: Undated, Raw: text}, nil
	}
	local, p, err := typed(text)
	if err != nil {
		return When{}, err
	}
	raw := text
	if until != "" {
		raw = text + " to " + until
	}
	w := FromLocal(local, zone, p, raw)
	switch how {
	case About, Before, After:
		w.Precision = how
	case "", "exact", p:
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
	end, _, err := typed(until)
	if err != nil {
		return When{}, err
	}
	if end.Before(local) {
		return When{}, fmt.Errorf("time %q: ends before it begins", raw)
	}
	w.Precision, w.Until = Range, end
	return w, nil
}

func typed(text string) (time.Time, Precision, error) {
	for _, l := range typedLayouts {
		if t, err := time.Parse(l.layout, text); err == nil {
			return t, l.precision, nil
		}
	}
	return time.Time{}, "", fmt.Errorf("time %q: write it like 2025-10-26 01:30, 2025-10-26, or 2025-10", text)
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
	if _, p, err := typed(text); err == nil {
		return p
	}
	if w, err := parseMoment(text, time.UTC); err == nil {
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
