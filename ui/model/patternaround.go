package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// Moment is something dated, before and after which can be counted. Its name is
// "18 Jul 2025, 20:05: asked to stop".
type Moment struct {
	casework.Moment
	Key string
}

// mostMoments is how many marked events are offered.
const mostMoments = 200

// Moments gives when they were told, and the orders with the days on which they were
// made and served, as casework counts them; then the marked events. No two have one
// name.
func (p *Pattern) Moments(ctx context.Context) ([]Moment, error) {
	out, err := p.moments(ctx)
	all := make([]*casework.Moment, len(out))
	for i := range out {
		all[i] = &out[i].Moment
	}
	casework.TellApart(all)
	return out, err
}

func (p *Pattern) moments(ctx context.Context) ([]Moment, error) {
	var out []Moment
	m, err := p.material(ctx)
	if err != nil {
		return nil, err
	}
	for _, at := range m.Moments() {
		if !at.At.IsZero() {
			out = append(out, named(at, oneLine(at.About)))
		}
	}
	ids := p.base.x.Marked()
	if len(ids) == 0 {
		return out, nil
	}
	found, err := p.base.x.Find(ctx, timeline.Filter{Events: ids})
	if err != nil {
		return nil, err
	}
	rows, err := found.Rows(0, min(found.Dated(), mostMoments))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if at := casework.MomentOf(r, p.base.x.Zone()); !at.At.IsZero() {
			out = append(out, named(at, cmp.Or(oneLine(r.Text), r.Kind.Title())))
		}
	}
	return out, nil
}

// mostWords is how long the name of a moment is.
const mostWords = 70

// named is a moment with what it is about.
func named(at casework.Moment, words string) Moment {
	m := Moment{Moment: at}
	m.Key = m.Event.String() + " " + m.when()
	if letters := []rune(words); len(letters) > mostWords {
		words = string(letters[:mostWords]) + "…"
	}
	m.Name = m.when() + ": " + words
	return m
}

// None tells that it is no moment at all.
func (m Moment) None() bool { return m.At.IsZero() }

func (m Moment) when() string {
	if m.Day {
		return m.At.Format("2 Jan 2006")
	}
	return m.At.Format("2 Jan 2006, 15:04")
}

// MomentAt reads a day, or a day with a time, as a person types it.
func (p *Pattern) MomentAt(text string) (Moment, error) {
	d, err := ParseDate(text, p.base.x.Zone())
	if err != nil {
		return Moment{}, err
	}
	m := Moment{Moment: casework.Moment{At: d.First, Day: d.Next.Sub(d.First) > time.Minute}}
	if m.Day && !d.Next.Equal(d.First.AddDate(0, 0, 1)) {
		return Moment{}, fmt.Errorf("date %q: write a day, as 12 Mar 2025 or 12 Mar 2025 14:30", oneLine(text))
	}
	m.Name = m.when()
	return m, nil
}

// Around counts before and after a moment, in two periods of as many days, by the
// rule of casework. The day itself is in neither.
func (p *Pattern) Around(ctx context.Context, m Moment, days int, by By) (*Figures, error) {
	of, err := p.material(ctx)
	if err != nil {
		return nil, err
	}
	a, err := casework.AroundsOf(p.base.x, p.base.survey).Of(ctx, m.Moment, int32(days))
	if err != nil {
		return nil, err
	}
	day := casework.DayNumber(m.At)
	if a.Untold() {
		return p.untold(m, a, days, by, of), nil
	}
	f := p.figures("Before and after "+m.when(), fmt.Sprintf("Both periods are %d days long; the day itself is in neither of them and stands between. %s", days, a.Whose()))
	rowsOf := p.rows(f, by)
	first, last := casework.DayOf(day-int32(days)), casework.DayOf(day+int32(days))
	const form = "2 January 2006"
	length := fmt.Sprintf("%d days", days)
	column := map[casework.Part]int{casework.NoHourThen: -1, casework.NoDayThen: -2, casework.OtherDays: -3, casework.NotFromThem: -4}
	f.Left = notAround()
	before := [2]int32{day - int32(days), day - 1}
	after := [2]int32{day + 1, day + int32(days)}
	var missing []casework.Part // of whose days not all are in the period
	add := func(part casework.Part, h Heading, span [2]int32) {
		if of.Holds(span[0], span[1]) {
			column[part] = len(f.Columns)
			f.Columns = append(f.Columns, h)
			return
		}
		f.Left = append(f.Left, Left{What: notAll[part]})
		column[part], missing = -len(f.Left), append(missing, part)
	}
	add(casework.EarlierDays, Heading{"Before", length, fmt.Sprintf("The %d days before, %s to %s", days, first.Format(form), casework.DayOf(day-1).Format(form))}, before)
	if m.Day {
		add(casework.ThatDay, Heading{"That day", "", "That day, " + m.At.Format(form)}, [2]int32{day, day})
	} else {
		clock := m.At.Format("15:04")
		add(casework.ThatDay, Heading{"That day", "until " + clock, "That day until " + clock}, [2]int32{day, day})
		add(casework.ThatDayThen, Heading{"That day", "from " + clock, "That day from " + clock + " on"}, [2]int32{day, day})
	}
	add(casework.LaterDays, Heading{"After", length, fmt.Sprintf("The %d days after, %s to %s", days, casework.DayOf(day+1).Format(form), last.Format(form))}, after)
	for part, words := range casework.AsideParts(days) {
		if i := slices.IndexFunc(missing, part.With); i >= 0 {
			column[part] = column[missing[i]]
			continue
		}
		f.Left = append(f.Left, Left{What: "that stand beside: " + words})
		column[part] = -len(f.Left)
	}
	f.cell = func(unit []int32) place { return place{column[partOf(a, unit)], rowsOf(unit)} }
	f.count()
	switch {
	case len(missing) > 0:
		for _, part := range missing {
			f.Note += notAllSaid[part] + " "
		}
	case of.Of == casework.AllOfItsDays:
		held := p.held()
		f.Note = fmt.Sprintf("The files in which these events stand speak of %d of the %d days before, and of %d of the %d days after. Of the other days nothing is held here.",
			held.Days(before[0], before[1]), days, held.Days(after[0], after[1]), days)
	}
	f.Note = strings.TrimSpace(f.Note + " " + of.Of.Only())
	return f, nil
}

// notAll are the periods of whose days not all are in the period that is chosen.
var notAll = map[casework.Part]string{
	casework.EarlierDays: "of the days before, not all of which are in the period",
	casework.ThatDay:     "of that day, not all of which is in the period",
	casework.ThatDayThen: "of that day, not all of which is in the period",
	casework.LaterDays:   "of the days after, not all of which are in the period",
}

// notAllSaid says of each that it is not counted.
var notAllSaid = map[casework.Part]string{
	casework.EarlierDays: "Not all of the days before are in the period that is chosen, and they are not counted.",
	casework.ThatDay:     "Not all of that day is in the period that is chosen, and it is not counted.",
	casework.LaterDays:   "Not all of the days after are in the period that is chosen, and they are not counted.",
}

// notAround is what stands in no column of the days about a moment.
func notAround() []Left {
	return []Left{{What: "of that day, and it is not known whether before or after"}, {What: "whose day is not known: in one of these periods or in another, or in none"}, {What: "before or after these days"}, {What: "that did not come from them, entries of registers included"}}
}

// partOf is where a unit counts about a moment: an occasion stands where the first of
// what counts in it does.
func partOf(a casework.Around, unit []int32) casework.Part {
	part := casework.NotFromThem
	for _, i := range unit {
		if here := a.Part(int(i)); part == casework.NotFromThem || here.Counts() {
			part = here
		}
		if part.Counts() {
			break
		}
	}
	return part
}

const sayEverybodyOfPart = "Not all of these days are in the period that is chosen: the number is of those that are."

// untold is the table of a moment of which nothing says whom it is about: all its days
// in one column, and none of them before it or after it.
func (p *Pattern) untold(m Moment, a casework.Around, days int, by By, of casework.Material) *Figures {
	const form = "2 January 2006"
	f := p.figures("Before and after "+m.when(), a.Whose())
	rowsOf := p.rows(f, by)
	day := casework.DayNumber(m.At)
	first, last := casework.DayOf(day-int32(days)).Format(form), casework.DayOf(day+int32(days)).Format(form)
	f.Columns = []Heading{{"Everybody", fmt.Sprintf("%d days", 2*days+1), fmt.Sprintf("Of everybody together, %s to %s: not counted as before or after", first, last)}}
	f.Left = notAround()
	f.cell = func(unit []int32) place {
		part := partOf(a, unit)
		if part.Near() {
			return place{0, rowsOf(unit)}
		}
		return place{map[casework.Part]int{casework.NoDayThen: -2, casework.OtherDays: -3, casework.NotFromThem: -4}[part], rowsOf(unit)}
	}
	f.count()
	if !of.Holds(day-int32(days), day+int32(days)) {
		f.Note = sayEverybodyOfPart
	}
	return f
}
