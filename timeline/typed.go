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
