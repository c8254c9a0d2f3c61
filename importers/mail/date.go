package mail

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// parseDate reads a date as mail programs write it: RFC 5322 with its obsolete
// zones, asctime, and ISO. Comments are left out. A zone that is only a name
// with several meanings ("BST", "IST") is no zone: the wall clock is kept, and
// zone, when a person named one, stands in.
func parseDate(raw string, zone *time.Location) (timeline.When, bool) {
	d := date{day: -1, hour: -1}
	for _, word := range strings.FieldsFunc(withoutComments(raw), func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
		if !d.take(word) {
			return timeline.When{}, false
		}
	}
	return d.when(raw, zone)
}

// date is a date as far as its words were read.
type date struct {
	day, year, hour, minute, second int
	month                           time.Month
	zoned                           bool
	universal                       bool // an instant that says nothing of the place: "GMT", "-0000"
	offset                          int  // seconds
	seconds, pm, am                 bool
}

func (d *date) take(word string) bool {
	switch lower := strings.ToLower(word); {
	case strings.Contains(word, ":") && d.hour < 0:
		return d.iso(word) || d.clock(word)
	case word[0] == '+' || word[0] == '-':
		return d.numericZone(word)
	case word[0] >= '0' && word[0] <= '9':
		return d.number(word)
	case lower == "am":
		d.am = true
	case lower == "pm":
		d.pm = true
	case len(lower) >= 3 && d.month == 0 && monthOf(lower) != 0:
		d.month = monthOf(lower)
	default:
		d.namedZone(lower)
	}
	return true
}

// number is the day, the year, or a date in one word: "2006-01-02",
// "2-Jan-2006".
func (d *date) number(word string) bool {
	if parts := strings.Split(word, "-"); len(parts) == 3 {
		for i, part := range parts {
			if m := monthOf(strings.ToLower(part)); i == 1 && m != 0 {
				d.month = m
			} else if n, err := strconv.Atoi(part); i == 1 && err == nil {
				d.month = time.Month(n)
			} else if !d.number(part) {
				return false
			}
		}
		return true
	}
	n, err := strconv.Atoi(word)
	switch {
	case err != nil:
		return false
	case d.day < 0 && len(word) <= 2:
		d.day = n
	case d.year == 0 && len(word) <= 2: // RFC 5322, 4.3
		d.year = n + 1900
		if n < 50 {
			d.year = n + 2000
		}
	case d.year == 0 && len(word) == 3:
		d.year = n + 1900
	case d.year == 0 && len(word) == 4:
		d.year = n
	default:
		return false
	}
	return true
}

func (d *date) clock(word string) bool {
	parts := strings.Split(word, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	var n [3]int
	for i, part := range parts {
		whole, _, _ := strings.Cut(part, ".")
		v, err := strconv.Atoi(whole)
		if err != nil || v < 0 {
			return false
		}
		n[i] = v
	}
	d.hour, d.minute, d.second, d.seconds = n[0], n[1], n[2], len(parts) == 3
	return true
}

// iso reads "2006-01-02T15:04:05Z" and the like.
func (d *date) iso(word string) bool {
	t, err := time.Parse(time.RFC3339, word)
	if err != nil {
		return false
	}
	d.year, d.month, d.day = t.Date()
	d.hour, d.minute, d.second = t.Clock()
	d.seconds, d.zoned = true, true
	_, d.offset = t.Zone()
	d.universal = strings.HasSuffix(word, "Z")
	return true
}

func (d *date) numericZone(word string) bool {
	digits := strings.ReplaceAll(word[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 || n%100 >= 60 || n/100 > 15 {
		return true // no zone that there is: the wall clock remains
	}
	d.zoned, d.universal = true, word == "-0000"
	d.offset = (n/100*60 + n%100) * 60
	if word[0] == '-' {
		d.offset = -d.offset
	}
	return true
}

// namedZone takes the names that RFC 5322 gives a meaning.
func (d *date) namedZone(name string) {
	hours := 0
	switch name {
	case "gmt", "ut", "utc", "z":
		d.universal = true
	case "edt":
		hours = -4
	case "est", "cdt":
		hours = -5
	case "cst", "mdt":
		hours = -6
	case "mst", "pdt":
		hours = -7
	case "pst":
		hours = -8
	default: // a weekday, or a name with several meanings
		return
	}
	if !d.zoned {
		d.zoned, d.offset = true, hours*3600
	}
}

func (d *date) when(raw string, zone *time.Location) (timeline.When, bool) {
	if (d.am || d.pm) && d.hour >= 1 && d.hour <= 12 {
		d.hour %= 12
		if d.pm {
			d.hour += 12
		}
	}
	second := min(d.second, 59) // a leap second
	if d.month < 1 || d.month > 12 || d.day < 1 || d.hour < 0 || d.hour > 23 || d.minute > 59 || d.second > 60 || d.year < 1 || d.year > 9998 {
		return timeline.When{}, false
	}
	t := time.Date(d.year, d.month, d.day, d.hour, d.minute, second, 0, time.FixedZone("", d.offset))
	if t.Day() != d.day {
		return timeline.When{}, false
	}
	precision := timeline.Minute
	if d.seconds {
		precision = timeline.Second
	}
	switch raw = strings.TrimSpace(raw); {
	case d.universal && d.zoned || d.universal:
		return timeline.FromInstant(t, precision, raw), true
	case d.zoned:
		return timeline.FromOffset(t, precision, raw), true
	}
	return timeline.FromLocal(t, zone, precision, raw), true
}

func monthOf(word string) time.Month {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); strings.HasPrefix(name, word) || strings.HasPrefix(word, name[:3]) && len(word) <= 4 {
			return m
		}
	}
	return 0
}

// withoutComments leaves out what stands in parentheses.
func withoutComments(s string) string {
	if !strings.Contains(s, "(") {
		return s
	}
	var out strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// separatorDate reads the date of a line "From SENDER DATE". The sender may
// hold spaces, so the date is what begins with a weekday.
func separatorDate(line []byte) (date string, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("From "))
	if !ok || len(line) > 500 {
		return "", false
	}
	const longest = 8 // words of a date
	words := strings.Fields(string(rest))
	for i := max(1, len(words)-longest); i+4 <= len(words); i++ {
		switch strings.ToLower(strings.TrimSuffix(words[i], ",")) {
		case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
			date = strings.Join(words[i:], " ")
			if _, ok := parseDate(date, nil); ok {
				return date, true
			}
		}
	}
	return "", false
}
