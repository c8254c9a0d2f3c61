package model

import (
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

// Date is a day, month, year or minute that a person typed: from First up to,
// and not with, Next.
type Date struct {
	First, Next time.Time
	Text        string // as it was understood: "Wednesday 12 March 2025"
}

// clockForms are the forms of a day with a clock behind it.
var clockForms = []string{"2 Jan 2006 15:04", "2 January 2006 15:04", "2006-01-02 15:04", "2/1/2006 15:04"}

// ParseDate reads a date as a person types it: a day, month or year as the diary
// takes it, a month as 3/2025, or a day with "14:30" after it. A clock that
// came twice is taken from its first time to its second.
func ParseDate(text string, zone *time.Location) (Date, error) {
	s := inEnglish(strings.ReplaceAll(text, ",", " "))
	if first, rest, ok := strings.Cut(s, " "); ok {
		if _, weekday := weekdayNamed(strings.ToLower(first)); weekday {
			s = rest
		}
	}
	for _, form := range clockForms {
		if t, err := time.Parse(form, s); err == nil {
			first, last := timeline.Instants(t, zone)
			return Date{first, last.Add(time.Minute), t.Format("Monday 2 January 2006, 15:04")}, nil
		}
	}
	if t, err := time.Parse("1/2006", s); err == nil {
		return date{t, timeline.Month}.in(zone), nil
	}
	d, err := readDay(text, time.Now().In(zone))
	if err != nil {
		return Date{}, fmt.Errorf("date %q: write it as 12 Mar 2025, 2025-03-12, March 2025 or 2025", oneLine(text))
	}
	return d.in(zone), nil
}

// in is a day, month or year of a zone.
func (d date) in(zone *time.Location) Date {
	begin := time.Date(d.first.Year(), d.first.Month(), d.first.Day(), 0, 0, 0, 0, zone)
	switch d.unit {
	case timeline.Year:
		return Date{begin, begin.AddDate(1, 0, 0), begin.Format("2006")}
	case timeline.Month:
		return Date{begin, begin.AddDate(0, 1, 0), begin.Format("January 2006")}
	default:
		return Date{begin, begin.AddDate(0, 0, 1), begin.Format("Monday 2 January 2006")}
	}
}
