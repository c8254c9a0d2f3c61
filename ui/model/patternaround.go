package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// Moment is something dated, before and after which can be counted.
type Moment struct {
	Key  string
	Name string // "18 Jul 2025, 20:05: asked to stop"
	At   time.Time
	Day  bool // the day is known and not the hour
}

// mostMoments is how many marked events are offered.
const mostMoments = 200

// Moments gives the orders, with the days on which they were made and served,
// and the marked events, each in order of time.
func (p *Pattern) Moments(ctx context.Context) ([]Moment, error) {
	var out []Moment
	zone := p.base.x.Zone()
	for _, o := range p.base.x.Orders() {
		for _, d := range []struct {
			what string
			when timeline.When
		}{{"made", o.Made}, {"served", o.Served}} {
			if m, ok := momentOf(d.when, zone, fmt.Sprintf("%s, %s: %s", oneLine(o.Kind), d.what, oneLine(o.Title))); ok {
				m.Key = fmt.Sprint("order ", o.Number, " ", d.what)
				out = append(out, m)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Moment) int { return a.At.Compare(b.At) })
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
		words := cmp.Or(oneLine(r.Text), r.Kind.Title())
		if m, ok := momentOf(r.When, zone, words); ok {
			m.Key = "event " + r.ID.String()
			out = append(out, m)
		}
	}
	return out, nil
}

// mostWords is how long the name of a moment is.
const mostWords = 70

// momentOf makes a moment of a time whose day is known.
func momentOf(w timeline.When, zone *time.Location, words string) (Moment, bool) {
	t, ok := shown(w, zone)
	unit, _ := w.Units()
	if !ok || w.Precision == timeline.Undated || unit == timeline.Month || unit == timeline.Year {
		return Moment{}, false
	}
	m := Moment{At: t, Day: unit.WholeDay()}
	if letters := []rune(words); len(letters) > mostWords {
		words = string(letters[:mostWords]) + "…"
	}
	m.Name = m.when() + ": " + words
	return m, true
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
	m := Moment{At: d.First, Day: d.Next.Sub(d.First) > time.Minute}
	if m.Day && !d.Next.Equal(d.First.AddDate(0, 0, 1)) {
		return Moment{}, fmt.Errorf("date %q: write a day, as 12 Mar 2025 or 12 Mar 2025 14:30", oneLine(text))
	}
	m.Name = m.when()
	return m, nil
}

// Around counts before and after a moment, in two periods of as many days. The
// day itself is in neither.
func (p *Pattern) Around(m Moment, days int, by By) *Figures {
	day := casework.DayNumber(m.At)
	f := p.figures("Before and after "+m.when(), fmt.Sprintf("Both periods are %d days long; the day itself is in neither of them and stands between.", days))
	rowsOf := p.rows(f, by)
	first, last := casework.DayOf(day-int32(days)), casework.DayOf(day+int32(days))
	const form = "2 January 2006"
	length := fmt.Sprintf("%d days", days)
	f.Columns = []Heading{{"Before", length, fmt.Sprintf("The %d days before, %s to %s", days, first.Format(form), casework.DayOf(day-1).Format(form))}}
	if m.Day {
		f.Columns = append(f.Columns, Heading{"That day", "", "That day, " + m.At.Format(form)})
	} else {
		clock := m.At.Format("15:04")
		f.Columns = append(f.Columns, Heading{"That day", "until " + clock, "That day until " + clock}, Heading{"That day", "from " + clock, "That day from " + clock + " on"})
	}
	after := len(f.Columns)
	f.Columns = append(f.Columns, Heading{"After", length, fmt.Sprintf("The %d days after, %s to %s", days, casework.DayOf(day+1).Format(form), last.Format(form))})
	f.Left = []Left{{What: "of that day, at an hour that is not known"}, {What: "whose day is not known"}, {What: "before or after these days"}}
	s := p.base.survey
	f.cell = func(unit []int32) place {
		i := unit[0]
		return place{p.side(m, i, int(s.Day[i])-int(day), days, after), rowsOf(unit)}
	}
	f.count()
	held := p.held()
	f.Note = fmt.Sprintf("The files in which these events stand speak of %d of the %d days before, and of %d of the %d days after. Of the other days nothing is held here.",
		held.Days(day-int32(days), day-1), days, held.Days(day+1, day+int32(days)), days)
	return f
}

// side is the column of an event that is so many days from a moment.
func (p *Pattern) side(m Moment, i int32, from, days, after int) int {
	clock := p.base.survey.Clock[i]
	switch {
	case clock >= timeline.NoDay:
		return -2
	case from < -days || from > days:
		return -3
	case from < 0:
		return 0
	case from > 0:
		return after
	case m.Day:
		return 1
	case clock == timeline.NoHour:
		return -1
	case p.base.survey.Minute(int(i), p.base.x.Zone()) < m.At.Hour()*60+m.At.Minute():
		return 1
	}
	return 2
}
