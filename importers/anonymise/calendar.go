package anonymise

import (
	_ "embed"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// calendar moves every date and time of a copy by one secret number of whole
// weeks, so that days of the week and times of day keep their shape.
type calendar struct {
	weeks           int
	earliest, later time.Time // what was seen, of years that exports are of
	files           map[string]*dates
	seen            int
	file            string // which is being read
}

// A day is a date in numbers as it stands: the first two may be day and month
// either way.
type day struct{ first, second, year int }

const mostDays = 200_000 // that are remembered

func newCalendar() calendar { return calendar{files: map[string]*dates{}} }

// The years that a number is taken for a time of.
var (
	firstTime = time.Date(2001, 9, 9, 2, 0, 0, 0, time.UTC) // numbers of ten digits
	lastTime  = time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (c *calendar) saw(t time.Time) {
	if t.Before(firstTime) || t.After(lastTime) {
		return
	}
	if c.earliest.IsZero() || t.Before(c.earliest) {
		c.earliest = t
	}
	if t.After(c.later) {
		c.later = t
	}
}

// sawDay keeps a date whose order its file may have to show.
func (c *calendar) sawDay(d day) {
	if c.seen < mostDays {
		c.seen++
		c.of(c.file).written[d] = true
	}
}

// sawStamp keeps a date whose order is known.
func (c *calendar) sawStamp(y, m, d int) {
	if c.seen < mostDays {
		c.seen++
		c.of(c.file).stamps[day{d, m, y}] = true
	}
}

// dates are those of one file: in numbers as they stand, and those of stamps
// like 20240105 in the names of pictures.
type dates struct {
	written, stamps map[day]bool
	month           bool // stands before the day; known once all were seen
}

func (c *calendar) of(file string) *dates {
	f := c.files[file]
	if f == nil {
		f = &dates{written: map[day]bool{}, stamps: map[day]bool{}}
		if c.files != nil { // else nothing is to be learned
			c.files[file] = f
		}
	}
	return f
}

// monthFirst tells how a file writes its dates; shown is false where none of
// them shows it.
func (f *dates) monthFirst() (month, shown bool) {
	for d := range f.written {
		if d.first > 12 {
			return false, true
		}
		if d.second > 12 {
			month, shown = true, true
		}
	}
	if shown {
		return month, true
	}
	days, months := 0, 0
	for d := range f.written { // a picture of that day
		if f.stamps[d] {
			days++
		}
		if f.stamps[day{d.second, d.first, d.year}] {
			months++
		}
	}
	return months > days, false
}

// The weeks that a copy is moved by, at the least and at the most.
const (
	leastWeeks = 9
	mostWeeks  = 400
)

// moved is the time of a file, moved as those in texts are. One of no year that
// exports are of, as packers write where they know none, is known to everybody and
// would tell by how much: it is left out.
func (c *calendar) moved(t time.Time) time.Time {
	if t.Before(firstTime) || t.After(lastTime) {
		return time.Time{}
	}
	return t.AddDate(0, 0, 7*c.weeks)
}

// choose takes the weeks by chance, such that times stay in years that exports
// are of and a file that shows the order of its dates goes on showing it.
func (c *calendar) choose(d *draws) {
	for _, f := range c.files {
		f.month, _ = f.monthFirst()
	}
	best := -1
	for range 400 {
		weeks := leastWeeks + d.below(mostWeeks-leastWeeks)
		if d.below(2) == 0 {
			weeks = -weeks
		}
		if fits := c.fits(weeks); fits > best {
			best, c.weeks = fits, weeks
		}
	}
}

// fits counts what holds with a number of weeks.
func (c *calendar) fits(weeks int) (n int) {
	floor := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	if c.earliest.Before(floor) {
		floor = firstTime
	}
	by := time.Duration(weeks) * 7 * 24 * time.Hour
	if !c.earliest.Add(by).Before(floor) {
		n += 1_000_000
	}
	if weeks < 0 || c.later.Add(by).Before(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)) {
		n += 1_000_000
	}
	for _, f := range c.files {
		n += f.stillShown(weeks)
	}
	return n
}

// stillShown is how much of the order that a file shows its copy would show, in
// hundredths; of a file that does not show it nothing may.
func (f *dates) stillShown(weeks int) int {
	month, shown := f.monthFirst()
	before, after, alike := 0, 0, 0
	for d := range f.written {
		if telling(d, month) {
			before++
		}
		moved := moveDay(d, month, weeks)
		if telling(moved, month) && (telling(d, month) || !shown) {
			after++
		}
		if moved.first == moved.second {
			alike++
		}
	}
	switch {
	case !shown && (after > 0 || len(f.stamps) > 0 && alike == len(f.written)):
		return 0
	case !shown:
		return 100
	case after == 0:
		return 0
	}
	return 50 + 50*after/before
}

// telling tells a date that can be read in one order only.
func telling(d day, month bool) bool {
	if month {
		return d.second > 12
	}
	return d.first > 12
}

func moveDay(d day, month bool, weeks int) day {
	y, m, dd := d.year, d.second, d.first
	if month {
		m, dd = dd, m
	}
	y, m, dd = moveDate(y, m, dd, weeks)
	if month {
		return day{m, dd, y}
	}
	return day{dd, m, y}
}

func moveDate(y, m, d, weeks int) (int, int, int) {
	switch {
	case y == 1970 && m == 1 && d == 1: // no time at all
		return y, m, d
	case y >= 2443 && y < 2743: // Buddhist: the Gregorian calendar, 543 years ahead
		y, m, d = moveDate(y-543, m, d, weeks)
		return y + 543, m, d
	case y >= 1300 && y < 1500: // Hijri, of sun or moon: the day stays and the year moves
		return y + (weeks*7+183)/365, m, d
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*weeks)
	return t.Year(), int(t.Month()), t.Day()
}

// date moves a date; with learning it stays.
func (s *scribe) date(y, m, d int) (int, int, int) {
	if s.learning {
		s.calendar.saw(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
		return y, m, d
	}
	return moveDate(y, m, d, s.calendar.weeks)
}

// validDate tells a date of years that exports are of.
func validDate(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	if y >= 1300 && y < 1500 {
		return true
	}
	if y >= 2443 && y < 2743 {
		y -= 543
	}
	return y >= 1970 && y <= 2037 && time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}

//go:embed months.txt
var monthLines string

// A monthName is one of a row of twelve, as one language writes them.
type monthName struct {
	row    *[12]string
	number int
}

// months are the names of months in small letters; a name of several rows
// stands for the first.
var months = func() map[string]monthName {
	m := map[string]monthName{}
	for line := range strings.Lines(monthLines) {
		row := (*[12]string)(strings.Fields(line))
		for i, w := range row {
			if _, there := m[w]; !there {
				m[w] = monthName{row, i + 1}
			}
		}
	}
	return m
}()

// named gives the name of a month of the same row, in the case of a word.
func (m monthName) named(number int, like string) string {
	name := m.row[number-1]
	switch {
	case like == strings.ToUpper(like):
		return strings.ToUpper(name)
	case like != strings.ToLower(like):
		first, n := utf8.DecodeRuneInString(name)
		return string(unicode.ToUpper(first)) + name[n:]
	}
	return name
}
