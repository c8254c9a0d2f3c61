package takeout

import (
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// clock is a time as Google prints it for people: "Thursday, November 3, 2016 at
// 11:59:50 AM UTC", "31 Jan 2018, 22:54:50 GMT", "31.01.2018, 22:54:50 MEZ".
type clock struct {
	raw      string
	local    time.Time      // carried in time.UTC
	zone     *time.Location // nil where none is printed, or one that means several
	zoneName string         // as printed
	dotted   bool           // its date is written with points
	either   bool           // by itself, its day could be the month
}

// months are their names as languages begin them, without capitals.
var months = [12][]string{
	{"jan", "ene", "gen", "jän"}, {"feb", "fév", "fev"}, {"mar", "mär", "mrt", "maa"}, {"apr", "avr", "abr"}, {"may", "mai", "mag", "mei"}, {"jun", "juin", "giu"},
	{"jul", "juil", "lug"}, {"aug", "aoû", "ago"}, {"sep", "set"}, {"oct", "okt", "ott", "out"}, {"nov"}, {"dec", "dez", "déc", "dic"},
}

// zones are the abbreviations that mean one offset only where Google prints
// them, in hours. It writes others as GMT+5:30. IST is three zones, and is none.
var zones = map[string]float64{
	"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
	"NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "SAST": 2, "JST": 9, "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}

// readClock reads a time. ok is false for words that are none.
func readClock(text string, order importers.DateOrder) (c clock, ok bool) {
	c.raw = importers.Shorten(text, 200)
	var date []string // numbers of the date, in their order
	month, afternoon, timed := 0, "", false
	var hour, minute, second int
	for _, w := range strings.FieldsFunc(text, separates) {
		switch m := monthOf(w); {
		case strings.Count(w, ":") >= 1 && w[0] >= '0' && w[0] <= '9' && !timed:
			if hour, minute, second, timed = hands(w); !timed {
				return c, false
			}
		case timed && (strings.EqualFold(w, "AM") || strings.EqualFold(w, "PM") || strings.EqualFold(w, "a.m.") || strings.EqualFold(w, "p.m.")):
			afternoon = strings.ToLower(w[:1])
		case timed:
			if c.zoneName != "" {
				return c, false // words follow
			}
			c.zoneName, c.zone = w, zoneOf(w)
		case w[0] >= '0' && w[0] <= '9':
			date = append(date, numbers(w)...)
			if strings.Contains(w, ".") { // where dates have points, the day comes first
				c.dotted, order = true, importers.DayFirst
			}
		case month == 0 && m > 0:
			month = m
		}
	}
	if afternoon != "" {
		if hour < 1 || hour > 12 {
			return c, false
		}
		hour %= 12
		if afternoon == "p" {
			hour += 12
		}
	}
	year, mon, day, ok := c.date(date, month, order)
	if !ok || !timed || hour > 23 || minute > 59 || second > 59 {
		return c, false
	}
	c.local = time.Date(year, time.Month(mon), day, hour, minute, second, 0, time.UTC)
	return c, c.local.Day() == day && year >= 1990 && year < 2100
}

func separates(r rune) bool {
	return r == ' ' || r == ',' || r == '\u202f' || r == '\u00a0' || r == '\n' || r == '\t' || r == '\u2009'
}

// date puts the numbers of a date in order.
func (c *clock) date(n []string, month int, order importers.DateOrder) (year, mon, day int, ok bool) {
	v := make([]int, len(n))
	for i, s := range n {
		x, err := strconv.Atoi(s)
		if err != nil {
			return 0, 0, 0, false
		}
		v[i] = x
	}
	switch {
	case month > 0 && len(v) == 2 && len(n[1]) == 4:
		return v[1], month, v[0], true
	case len(v) != 3 || month > 0:
		return 0, 0, 0, false
	case len(n[0]) == 4:
		year, mon, day = v[0], v[1], v[2]
	case len(n[2]) != 4:
		return 0, 0, 0, false
	case v[1] > 12 || order == importers.MonthFirst && v[0] <= 12:
		year, mon, day = v[2], v[0], v[1]
	default:
		year, mon, day = v[2], v[1], v[0]
	}
	c.either = len(n[0]) < 3 && v[0] <= 12 && v[1] <= 12 && v[0] != v[1] && !c.dotted
	return year, mon, day, mon >= 1 && mon <= 12 && day >= 1 && day <= 31
}

// numbers are the digits of "31.01.2018", "1/31/2018" or "3".
func numbers(w string) []string {
	return strings.FieldsFunc(w, func(r rune) bool { return r < '0' || r > '9' })
}

func monthOf(w string) int {
	if w[0] <= '9' {
		return 0
	}
	w = strings.ToLower(w)
	if strings.HasPrefix(w, "mard") || strings.HasPrefix(w, "marte") {
		return 0 // Tuesday
	}
	for i, names := range months {
		for _, name := range names {
			if strings.HasPrefix(w, name) {
				return i + 1
			}
		}
	}
	return 0
}

func hands(w string) (hour, minute, second int, ok bool) {
	parts := strings.Split(w, ":")
	if len(parts) > 3 {
		return 0, 0, 0, false
	}
	v := [3]int{}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || len(p) > 2 {
			return 0, 0, 0, false
		}
		v[i] = n
	}
	return v[0], v[1], v[2], true
}

// zoneOf reads "BST", "GMT+1" or "GMT-05:30"; nil for what means several zones.
func zoneOf(name string) *time.Location {
	if hours, ok := zones[strings.ToUpper(name)]; ok {
		return fixed(int(hours * 3600))
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.ReplaceAll(strings.ToUpper(name), "−", "-"), "GMT"), "UTC")
	if len(rest) < 2 || rest[0] != '+' && rest[0] != '-' {
		return nil
	}
	h, m, _ := strings.Cut(rest[1:], ":")
	hours, err := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi("0" + m)
	if err != nil || err2 != nil || hours < 0 || hours > 14 || minutes > 59 {
		return nil
	}
	seconds := hours*3600 + minutes*60
	if rest[0] == '-' {
		seconds = -seconds
	}
	return fixed(seconds)
}

func fixed(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

// when is the time, and the flags that an event with it needs.
func (c clock) when(a importers.Assume, facts *importers.Facts) timeline.When {
	l := c.local
	switch {
	case c.zone == nil:
		w, flags := a.Local(l, timeline.Second, c.raw)
		if facts != nil {
			facts.Flag(flags...)
		}
		return w
	case c.zone == time.UTC:
		return timeline.FromInstant(l, timeline.Second, c.raw)
	}
	t := time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, c.zone)
	w := timeline.FromOffset(t, timeline.Second, c.raw)
	if facts != nil && !strings.ContainsAny(c.zoneName, "+-−") {
		facts.Add("zone as printed", c.zoneName+", read as "+w.Zone)
	}
	return w
}
