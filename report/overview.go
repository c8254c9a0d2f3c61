package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/timeline/casework"
)

// Days are the days of rows, "2024-03-12": those on the wall, and with no rows
// of their own those in UTC. A row whose source fixes no day is on none.
type Days map[string]Day

// Day is the rows of one day: how many, and the first of them.
type Day struct{ Rows, First int }

func (d Days) add(at Time, row int) {
	if at.Day != "" {
		day := d[at.Day]
		if day.Rows == 0 {
			day.First = row
		}
		day.Rows++
		d[at.Day] = day
	}
	if len(at.UTC) < len(time.DateOnly) {
		return
	}
	if utc := at.UTC[:len(time.DateOnly)]; d[utc].Rows == 0 {
		d[utc] = Day{}
	}
}

// stretch is a day, a week, a month or some years, and the rows in it.
type stretch struct {
	From, To string // its days
	Title    string
	Day
}

// How many days, weeks and months are drawn as such; a longer time is drawn in
// stretches of years, not more than that.
const mostStretches = 120

// stretches cuts the time from the first day to the last into equal parts, all
// of them, those without a row too, and says what they are called.
func (d Days) stretches() (all []stretch, unit string) {
	days := slices.Sorted(maps.Keys(d))
	if len(days) == 0 {
		return nil, ""
	}
	from, err := time.Parse(time.DateOnly, days[0])
	to, err2 := time.Parse(time.DateOnly, days[len(days)-1])
	if err != nil || err2 != nil {
		return nil, ""
	}
	c := cutting(from, to)
	i := 0
	for at := c.begin(from); !at.After(to); {
		next := c.next(at)
		s := stretch{From: at.Format(time.DateOnly), To: next.AddDate(0, 0, -1).Format(time.DateOnly), Title: c.title(at)}
		for ; i < len(days) && days[i] <= s.To; i++ {
			s.join(d[days[i]])
		}
		all, at = append(all, s), next
	}
	return all, c.unit
}

func (s *stretch) join(d Day) {
	s.Rows += d.Rows
	if d.Rows > 0 && (s.First == 0 || d.First < s.First) {
		s.First = d.First
	}
}

// division is a way to divide a time.
type division struct {
	unit  string
	begin func(time.Time) time.Time // of the part that a day is in
	next  func(time.Time) time.Time // the beginning of the next part
	title func(time.Time) string
}

// cutting is the finest division that gives no more parts than are drawn.
func cutting(from, to time.Time) division {
	days := int(to.Sub(from).Hours()/24) + 1
	months := 12*(to.Year()-from.Year()) + int(to.Month()-from.Month()) + 1
	date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	switch {
	case days <= mostStretches:
		return division{wordDay, func(t time.Time) time.Time { return t },
			func(t time.Time) time.Time { return t.AddDate(0, 0, 1) },
			func(t time.Time) string { return t.Format("Monday 2 January 2006") }}
	case days/7 < mostStretches:
		return division{wordWeek, func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) },
			func(t time.Time) time.Time { return t.AddDate(0, 0, 7) },
			func(t time.Time) string { return fmt.Sprintf(sayWeekOf, t.Format("2 January 2006")) }}
	case months <= mostStretches:
		return division{wordMonth, func(t time.Time) time.Time { return date(t.Year(), t.Month(), 1) },
			func(t time.Time) time.Time { return t.AddDate(0, 1, 0) },
			func(t time.Time) string { return t.Format("January 2006") }}
	}
	years := (to.Year()-from.Year())/mostStretches + 1
	c := division{wordYear, func(t time.Time) time.Time { return date(t.Year(), 1, 1) },
		func(t time.Time) time.Time { return t.AddDate(years, 0, 0) },
		func(t time.Time) string { return t.Format("2006") }}
	if years > 1 {
		c.unit = agree(sayYears, years)
		c.title = func(t time.Time) string { return fmt.Sprintf("%s–%d", t.Format("2006"), t.Year()+years-1) }
	}
	return c
}

// chartView is the picture of how the rows lie over the time, and its table.
type chartView struct {
	Width, Height  int
	Bars           []barView
	Label, Caption string
	First, Last    string
	Unit, Period   string
	Note           string
	Unplaced       string
	Word           siteWords
}

type barView struct {
	X, Y, Height int
	Stretch      stretch
	Href         string // of its first row
}

func (v barView) Title() string { return v.Stretch.Title }
func (v barView) Rows() int     { return v.Stretch.Rows }

// One bar is so many units wide and the highest so many high.
const (
	barWidth    = 10
	chartHeight = 100
)

// chart is nil when no row has a day.
func (s *site) chart() *chartView {
	b := s.b
	all, unit := b.Days.stretches()
	most, placed := 0, 0
	for _, s := range all {
		most, placed = max(most, s.Rows), placed+s.Rows
	}
	if most == 0 {
		return nil
	}
	v := &chartView{Width: barWidth * len(all), Height: chartHeight, First: all[0].Title, Last: all[len(all)-1].Title,
		Word: words,
		Unit: unit, Period: fmt.Sprintf(sayPeriod, unit), Label: fmt.Sprintf(sayChart, unit, all[0].Title, all[len(all)-1].Title), Caption: fmt.Sprintf(sayChartBy, unit), Note: agree(sayChartMost, most, unit)}
	for i, part := range all {
		bar := barView{X: barWidth * i, Stretch: part}
		if part.Rows > 0 {
			bar.Height = max(2, (chartHeight*part.Rows+most/2)/most) // one row among thousands is seen
			bar.Href = s.rowHref(part.First)
		}
		bar.Y = chartHeight - bar.Height
		v.Bars = append(v.Bars, bar)
	}
	if n := b.ByOthers - placed; n > 0 {
		v.Unplaced = fmt.Sprintf(sayChartUnplaced, n)
	}
	if n := b.Rows - b.LeftOut - b.ByOthers; n > 0 {
		v.Unplaced = strings.TrimSpace(v.Unplaced + " " + casework.SayByOthers + fmt.Sprintf(sayChartOthers, n))
	}
	return v
}
