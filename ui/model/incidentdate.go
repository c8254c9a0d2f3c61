package model

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// date is a day, a month or a year as somebody typed it, carried in UTC.
type date struct {
	first time.Time
	unit  timeline.Precision
}

// moment is a minute (or a second) of a day, as a clock on the wall shows it.
type moment struct {
	local   time.Time
	seconds bool
}

var (
	ordinal   = regexp.MustCompile(`^(\d{1,2})(st|nd|rd|th)$`)
	numbers   = regexp.MustCompile(`^(\d{1,4})[./-](\d{1,2})(?:[./-](\d{2,4}))?$`)
	daysAgo   = regexp.MustCompile(`^(a|one|\d{1,3}) (day|week)s? ago$`)
	clockForm = regexp.MustCompile(`^(\d{1,2})(?:[:. h]?([0-5]\d))?(?:[:.]([0-5]\d))?\s*h?\s*(am|pm|a\.m\.|p\.m\.)?$`)
)

func monthNamed(s string) time.Month {
	if len(s) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if strings.HasPrefix(name, s) || m == time.September && s == "sept" {
			return m
		}
	}
	return 0
}

func weekdayNamed(s string) (time.Weekday, bool) {
	if len(s) < 3 {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(strings.ToLower(d.String()), s) || s == "tues" && d == time.Tuesday || s == "thurs" && d == time.Thursday {
			return d, true
		}
	}
	return 0, false
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// readDay understands a day as people write it: today, yesterday, Monday, 14
// March, 14/3/2026, 2026-03-14; also a month or a year. Numbers are read day
// first, and the words that are shown name the month.
func readDay(text string, now time.Time) (date, error) {
	s := strings.Join(strings.Fields(strings.ToLower(inEnglish(strings.ReplaceAll(text, ",", " ")))), " ")
	s = strings.TrimPrefix(s, "on ")
	if s == "" {
		return date{}, errors.New("write the day, like 14 March, 14/3/2026 or yesterday")
	}
	today := dayOf(now)
	if d, ok := spokenDay(s, today); ok {
		return date{d, timeline.Day}, nil
	}
	d, ok := numericDay(s, today)
	if !ok {
		d, ok = namedMonth(s, today)
	}
	if !ok || d.first.Year() < 1900 {
		return date{}, fmt.Errorf("“%s” is no date that can be read here; write it like 14 March 2026, 14/3/2026 or yesterday", strings.TrimSpace(text))
	}
	return d, nil
}

var daysAhead = regexp.MustCompile(`^in (a|one|\d{1,3}) (day|week|month)s?$`)

// readDayAhead understands a day that is to come: tomorrow, in two weeks, Monday;
// a date without a year is the next such day.
func readDayAhead(text string, now time.Time) (date, error) {
	s := strings.Join(strings.Fields(strings.ToLower(inEnglish(text))), " ")
	today := dayOf(now)
	if s == "tomorrow" {
		return date{today.AddDate(0, 0, 1), timeline.Day}, nil
	}
	if m := daysAhead.FindStringSubmatch(s); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = 1 // “in a week”
		}
		step := map[string][2]int{"day": {0, 1}, "week": {0, 7}, "month": {1, 0}}[m[2]]
		return date{today.AddDate(0, n*step[0], n*step[1]), timeline.Day}, nil
	}
	if wd, ok := weekdayNamed(strings.TrimPrefix(s, "next ")); ok {
		return date{today.AddDate(0, 0, (int(wd-today.Weekday())+6)%7+1), timeline.Day}, nil
	}
	if d, ok := spokenDay(s, today); ok {
		return date{d, timeline.Day}, nil
	}
	d, err := readDay(text, now.AddDate(1, 0, -1))
	if err != nil {
		err = fmt.Errorf("“%s” is no date that can be read here; write it like 14 March 2026, 14/3/2026 or tomorrow", strings.TrimSpace(text))
	}
	return d, err
}

func spokenDay(s string, today time.Time) (time.Time, bool) {
	switch s {
	case "today", "now", "tonight", "this morning", "this afternoon", "this evening":
		return today, true
	case "yesterday", "last night":
		return today.AddDate(0, 0, -1), true
	case "the day before yesterday", "day before yesterday":
		return today.AddDate(0, 0, -2), true
	}
	if m := daysAgo.FindStringSubmatch(s); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = 1 // “a week ago”
		}
		if m[2] == "week" {
			n *= 7
		}
		return today.AddDate(0, 0, -n), true
	}
	name, last := strings.CutPrefix(s, "last ")
	wd, ok := weekdayNamed(name)
	if !ok {
		return time.Time{}, false
	}
	back := (int(today.Weekday()) - int(wd) + 7) % 7
	if last && back == 0 {
		back = 7
	}
	return today.AddDate(0, 0, -back), true
}

// numericDay reads 14/3, 14.3.26, 14-03-2026, 2026-03-14, 2026-03 and 2026.
func numericDay(s string, today time.Time) (date, bool) {
	if len(s) == 4 {
		if y, err := strconv.Atoi(s); err == nil {
			return date{time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), timeline.Year}, true
		}
	}
	m := numbers.FindStringSubmatch(s)
	if m == nil {
		return date{}, false
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // digits by the expression, or nothing
	}
	switch {
	case len(m[1]) == 4 && m[3] == "":
		return monthOf(n[0], time.Month(n[1]))
	case len(m[1]) == 4:
		return dayIn(n[0], time.Month(n[1]), n[2])
	case len(m[1]) == 3 || len(m[3]) == 3:
		return date{}, false
	case m[3] == "":
		return recentDay(time.Month(n[1]), n[0], today)
	case len(m[3]) == 2:
		return dayIn(century(n[2], today), time.Month(n[1]), n[0])
	}
	return dayIn(n[2], time.Month(n[1]), n[0])
}

func century(y int, today time.Time) int {
	if y += 2000; y > today.Year()+1 {
		y -= 100
	}
	return y
}

// namedMonth reads 14 March, March 14th 2026, Sat 14 March, March 2026, March.
func namedMonth(s string, today time.Time) (date, bool) {
	var month time.Month
	day, year := 0, 0
	for i, word := range strings.Fields(strings.ReplaceAll(s, " of ", " ")) {
		if m := ordinal.FindStringSubmatch(word); m != nil {
			word = m[1]
		}
		if m := monthNamed(strings.TrimSuffix(word, ".")); m != 0 && month == 0 {
			month = m
			continue
		}
		n, err := strconv.Atoi(word)
		_, weekday := weekdayNamed(strings.TrimSuffix(word, "."))
		switch {
		case err != nil && i == 0 && (weekday || word == "the"):
		case err != nil:
			return date{}, false
		case len(word) <= 2 && day == 0:
			day = n
		case len(word) == 2 && year == 0:
			year = century(n, today)
		case len(word) == 4 && year == 0:
			year = n
		default:
			return date{}, false
		}
	}
	switch {
	case month == 0:
		return date{}, false
	case day == 0 && year == 0:
		year = today.Year()
		if month > today.Month() {
			year--
		}
		return monthOf(year, month)
	case day == 0:
		return monthOf(year, month)
	case year == 0:
		return recentDay(month, day, today)
	}
	return dayIn(year, month, day)
}

func monthOf(year int, month time.Month) (date, bool) {
	return date{time.Date(year, month, 1, 0, 0, 0, 0, time.UTC), timeline.Month}, month >= 1 && month <= 12
}

func dayIn(year int, month time.Month, day int) (date, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return date{t, timeline.Day}, t.Month() == month && t.Day() == day
}

// recentDay is the last such day: nobody writes down what is to come. 29
// February is looked for as far back as there may be none.
func recentDay(month time.Month, day int, today time.Time) (date, bool) {
	for y := today.Year(); y >= today.Year()-8; y-- {
		if d, ok := dayIn(y, month, day); ok && !d.first.After(today) {
			return d, true
		}
	}
	return date{}, false
}

// typed is the date in the form that the record takes.
func (d date) typed() string {
	switch d.unit {
	case timeline.Year:
		return d.first.Format("2006")
	case timeline.Month:
		return d.first.Format("2006-01")
	}
	return d.first.Format(time.DateOnly)
}

// words names the date in full, so that a slip is seen.
func (d date) words(now time.Time) string {
	switch d.unit {
	case timeline.Year:
		return d.first.Format("2006")
	case timeline.Month:
		return d.first.Format("January 2006")
	}
	s := d.first.Format("Monday 2 January 2006")
	switch n := int(dayOf(now).Sub(d.first).Hours() / 24); {
	case n == 0:
		return s + " (today)"
	case n == 1:
		return s + " (yesterday)"
	case n > 1 && n < 14:
		return fmt.Sprintf("%s (%d days ago)", s, n)
	}
	return s
}

// at reads a time of day: 18:30, 1830, 6.30 pm, noon, now.
func (d date) at(text string, now time.Time) (moment, error) {
	if d.unit != timeline.Day {
		return moment{}, errors.New("a time of day needs a day; write the day, or choose “not sure”")
	}
	h, m, s, seconds, err := readClock(text, now)
	if err != nil {
		return moment{}, err
	}
	return moment{d.first.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second), seconds}, nil
}

func readClock(text string, now time.Time) (h, m, s int, seconds bool, err error) {
	c := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	switch c {
	case "now":
		return now.Hour(), now.Minute(), 0, false, nil
	case "noon", "midday":
		return 12, 0, 0, false, nil
	case "midnight":
		return 0, 0, 0, false, errors.New("midnight lies between two days; write 00:00 for the start of this day, or 23:59 for its end")
	}
	p := clockForm.FindStringSubmatch(c)
	unread := fmt.Errorf("“%s” is no time of day that can be read here; write it like 18:30 or 6.30 pm", strings.TrimSpace(text))
	if p == nil {
		return 0, 0, 0, false, unread
	}
	h, _ = strconv.Atoi(p[1]) // digits by the expression, or nothing
	m, _ = strconv.Atoi(p[2])
	s, _ = strconv.Atoi(p[3])
	half := strings.ReplaceAll(p[4], ".", "")
	switch {
	case half != "" && (h < 1 || h > 12) || h > 23:
		return 0, 0, 0, false, unread
	case half == "" && p[2] == "" && h >= 1 && h <= 12 && !strings.HasSuffix(c, "h"):
		return 0, 0, 0, false, fmt.Errorf("write %d am or %d pm, so that nobody has to guess", h, h)
	case half == "am":
		h %= 12
	case half == "pm":
		h = h%12 + 12
	}
	return h, m, s, p[3] != "", nil
}

func (m moment) clock() string {
	if m.seconds {
		return m.local.Format("15:04:05")
	}
	return m.local.Format("15:04")
}

// words says the part of the day too, for 6:30 is easily written for 18:30.
func (m moment) words() string {
	part := "at night"
	switch h := m.local.Hour(); {
	case h >= 5 && h < 12:
		part = "in the morning"
	case h >= 12 && h < 18:
		part = "in the afternoon"
	case h >= 18 && h < 22:
		part = "in the evening"
	}
	return m.clock() + " " + part
}

func (m moment) typed() string { return m.local.Format(time.DateOnly) + " " + m.clock() }

// offsets gives the two moments that the same clock can mean, the earlier one
// first; the same one twice where it means one only.
func (m moment) offsets(zone *time.Location) (first, second string) {
	l := m.local
	at := time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, zone)
	var found []time.Time
	for _, near := range []time.Duration{-25 * time.Hour, 25 * time.Hour} {
		_, off := at.Add(near).Zone()
		t := l.Add(-time.Duration(off) * time.Second).In(zone)
		if t.Format(time.DateTime) == l.Format(time.DateTime) {
			found = append(found, t)
		}
	}
	if len(found) == 0 {
		return m.typed(), m.typed()
	}
	with := func(t time.Time) string { return m.typed() + t.Format(" -07:00") }
	return with(found[0]), with(found[len(found)-1])
}
