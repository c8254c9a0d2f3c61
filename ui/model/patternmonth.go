package model

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// By is what the bars of the months are divided by.
type By int

// The divisions.
const (
	ByBehaviour By = iota // the behaviour codes that a person marked
	ByKind                // message, call, photo …
)

// mostColumns is how many bars a chart has at the most; longer periods are
// counted by quarters, years or more.
const mostColumns = 60

// Months counts what others did by month and behaviour, or by month and kind.
func (p *Pattern) Months(by By) *Figures {
	f := p.figures([]string{"By month and behaviour", "By month and kind"}[by], "")
	theirs := *p
	theirs.list = p.byOthers(p.list)
	rowsOf, columnOf := theirs.rows(f, by), theirs.months(f)
	f.Left = []Left{{What: "whose month is not known"}}
	p.clocked(f, func(unit []int32) place { return place{columnOf(unit[0]), rowsOf(unit)} })
	f.Rule = strings.TrimSpace(f.Rule + " " + theirs.weak())
	return f
}

// weak says how many of what is counted stand at a weak sign of their time.
func (p *Pattern) weak() string {
	n := 0
	for _, i := range p.list {
		if p.base.survey.Weak[i] {
			n++
		}
	}
	return casework.SayWeak(n)
}

// rows makes the rows of a division and gives those of a unit: its own, that of
// all, and that of what stands in two sources, where that is known.
func (p *Pattern) rows(f *Figures, by By) func(unit []int32) uint64 {
	of := p.kinds
	if by == ByBehaviour {
		of = p.behaviours
	}
	rowsOf := of(f)
	none, all := uint64(1)<<f.Drawn, uint64(1)<<(len(f.Rows)-1)
	if len(p.twice) > 0 && p.ends == nil {
		f.Rows = append(f.Rows, Heading{Short: "In two sources", Long: "all in two sources"})
	}
	return func(unit []int32) (rows uint64) {
		for _, i := range unit {
			rows |= rowsOf(i)
		}
		if rows == 0 {
			rows = none
		}
		if p.ends == nil && p.twice[unit[0]] {
			rows |= all << 1
		}
		return rows | all
	}
}

// behaviours makes a row of every code that is marked, of what has none, and of all;
// it gives the rows of an event's codes.
func (p *Pattern) behaviours(f *Figures) func(i int32) uint64 {
	marks := p.base.survey.Marks
	codes := p.codes()
	for _, c := range codes {
		f.Rows = append(f.Rows, Heading{Short: oneLine(c), Long: behaviour(c, p.titles)})
	}
	f.Drawn = len(codes)
	f.Rows = append(f.Rows, Heading{Short: "Not marked", Long: "no behaviour marked"})
	f.Rows = append(f.Rows, Heading{Short: "All", Long: "all"})
	f.Rule += " What has two behaviours counts under both. What has none marked has no bar and stands in the table."
	return func(i int32) (rows uint64) {
		if timeline.Own(marks[int(i)]) {
			return 0
		}
		for _, m := range marks[int(i)] {
			if n := slices.Index(codes, m.Code); n >= 0 {
				rows |= 1 << n
			}
		}
		return rows
	}
}

// codes are the behaviours that are marked on what is counted, in the order of
// the law; then those that a person made up.
func (p *Pattern) codes() []string {
	var codes []string
	for _, b := range timeline.Behaviours() {
		codes = append(codes, b.Code)
	}
	used, listed := map[string]bool{}, len(codes)
	for _, i := range p.list {
		if timeline.Own(p.base.survey.Marks[int(i)]) {
			continue
		}
		for _, m := range p.base.survey.Marks[int(i)] {
			used[m.Code] = true
			if m.Code != "" && !slices.Contains(codes, m.Code) {
				codes = append(codes, m.Code)
			}
		}
	}
	slices.Sort(codes[listed:])
	codes = slices.DeleteFunc(codes, func(c string) bool { return !used[c] })
	return codes[:min(len(codes), mostRows-4)]
}

// behaviour is a code with its words.
func behaviour(code string, titles map[string]string) string {
	if title := titles[code]; title != "" {
		return code + " (" + oneLine(title) + ")"
	}
	return oneLine(code)
}

// kinds makes a row of every kind that occurs, and of all.
func (p *Pattern) kinds(f *Figures) func(i int32) uint64 {
	kind := p.base.survey.Kind
	used := make([]bool, len(timeline.Kinds()))
	for _, i := range p.list {
		used[kind[i]] = true
	}
	rowOf := make([]uint64, len(used))
	for k, title := range timeline.Kinds() {
		if used[k] {
			rowOf[k] = 1 << len(f.Rows)
			f.Rows = append(f.Rows, Heading{Short: kindName(title), Long: kindName(title)})
		}
	}
	f.Drawn = len(f.Rows)
	f.Rows = append(f.Rows, Heading{Short: "All", Long: "all"})
	return func(i int32) uint64 { return rowOf[kind[i]] }
}

// months makes a column of every month from the first to the last, or of longer
// steps where those are too many; it gives the column of an event.
func (p *Pattern) months(f *Figures) func(i int32) int {
	first, last := p.monthsOf()
	step := stepOf(first, last)
	first -= mod(first, step)
	for m := first; m <= last; m += step {
		f.Columns = append(f.Columns, monthHeading(m, step))
	}
	if step > 1 {
		f.Rule += fmt.Sprintf(" One column is %s, because the period is long.", stepName(step))
	}
	s := p.base.survey
	column := func(day int32) int {
		after := monthNumber(casework.DayOf(day)) - first
		return (after - mod(after, step)) / step
	}
	return func(i int32) int {
		if int(i) < len(s.Clock) && s.Clock[i] < timeline.NoMonth {
			return column(s.Day[i])
		}
		if from, to := s.Days(int(i)); step > 1 && from > math.MinInt32 && to < math.MaxInt32 && column(from) == column(to) {
			return column(from)
		}
		return -1
	}
}

// monthsOf is the first and the last month of the period that was asked for;
// else of the events.
func (p *Pattern) monthsOf() (first, last int) {
	if len(p.list) == 0 {
		return 0, -1
	}
	s := p.base.survey
	low, high := s.Day[p.list[0]], s.Day[p.list[0]]
	for _, i := range p.list {
		low, high = min(low, s.Day[i]), max(high, s.Day[i])
	}
	first, last = monthNumber(casework.DayOf(low)), monthNumber(casework.DayOf(high))
	zone := p.base.x.Zone()
	if d, err := ParseDate(p.Query.From, zone); err == nil {
		first = min(first, monthNumber(d.First))
	}
	if d, err := ParseDate(p.Query.To, zone); err == nil {
		last = max(last, monthNumber(d.Next.Add(-time.Nanosecond)))
	}
	return first, last
}

func monthNumber(t time.Time) int { return t.Year()*12 + int(t.Month()) - 1 }

func mod(a, b int) int { return ((a % b) + b) % b }

// stepOf is how many months one column is.
func stepOf(first, last int) int {
	for _, step := range []int{1, 3, 12, 60, 120} {
		if (last-first+mod(first, step))/step < mostColumns {
			return step
		}
	}
	return 1200
}

func stepName(step int) string {
	switch step {
	case 3:
		return "three months"
	case 12:
		return "a year"
	}
	return fmt.Sprintf("%d years", step/12)
}

// monthHeading names a column that begins with a month.
func monthHeading(month, step int) Heading {
	from := time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, step-1, 0)
	switch step {
	case 1:
		return Heading{from.Format("Jan"), from.Format("2006"), from.Format("January 2006")}
	case 3:
		return Heading{fmt.Sprintf("Q%d", (int(from.Month())+2)/3), from.Format("2006"), from.Format("January") + " to " + to.Format("January 2006")}
	case 12:
		return Heading{from.Format("2006"), "", from.Format("2006")}
	}
	return Heading{from.Format("2006"), "", from.Format("2006") + " to " + to.Format("2006")}
}
