package model

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day, month, year or minute that a person typed: from First up to,
// and not with, Next.
type Date struct {
	First, Next time.Time
	Text        string // as it was understood: "Wednesday 12 March 2025"
}

// The forms in which a date may be typed; numbers with strokes or dots are day,
// month, year.
var dateForms = []struct {
	layout string
	until  func(time.Time) time.Time
	said   string
}{
	{"2 Jan 2006 15:04", nextMinute, "Monday 2 January 2006, 15:04"},
	{"2 January 2006 15:04", nextMinute, "Monday 2 January 2006, 15:04"},
	{"2006-01-02 15:04", nextMinute, "Monday 2 January 2006, 15:04"},
	{"2/1/2006 15:04", nextMinute, "Monday 2 January 2006, 15:04"},
	{"2006-01-02", nextDay, "Monday 2 January 2006"},
	{"2 Jan 2006", nextDay, "Monday 2 January 2006"},
	{"2 January 2006", nextDay, "Monday 2 January 2006"},
	{"2/1/2006", nextDay, "Monday 2 January 2006"},
	{"2.1.2006", nextDay, "Monday 2 January 2006"},
	{"2/1/06", nextDay, "Monday 2 January 2006"},
	{"Jan 2006", nextMonth, "January 2006"},
	{"January 2006", nextMonth, "January 2006"},
	{"2006-01", nextMonth, "January 2006"},
	{"1/2006", nextMonth, "January 2006"},
	{"2006", nextYear, "2006"},
}

func nextMinute(t time.Time) time.Time { return t.Add(time.Minute) }
func nextDay(t time.Time) time.Time    { return t.AddDate(0, 0, 1) }
func nextMonth(t time.Time) time.Time  { return t.AddDate(0, 1, 0) }
func nextYear(t time.Time) time.Time   { return t.AddDate(1, 0, 0) }

// ParseDate reads a date as a person types it: "12 Mar 2025", "2025-03-12",
// "12/3/2025", "March 2025", "2025", a day with "14:30" after it.
func ParseDate(text string, zone *time.Location) (Date, error) {
	s := strings.Join(strings.Fields(strings.ReplaceAll(text, ",", " ")), " ")
	for _, day := range []string{"monday ", "tuesday ", "wednesday ", "thursday ", "friday ", "saturday ", "sunday ", "mon ", "tue ", "wed ", "thu ", "fri ", "sat ", "sun "} {
		if len(s) > len(day) && strings.EqualFold(s[:len(day)], day) {
			s = s[len(day):]
			break
		}
	}
	for _, f := range dateForms {
		if t, err := time.ParseInLocation(f.layout, s, zone); err == nil {
			return Date{t, f.until(t), t.Format(f.said)}, nil
		}
	}
	return Date{}, fmt.Errorf("date %q: write it as 12 Mar 2025, 2025-03-12, March 2025 or 2025", oneLine(text))
}
