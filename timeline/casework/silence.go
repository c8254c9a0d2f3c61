package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// Silence is a run of days without one of the events of a material.
type Silence struct {
	First, Last int32
	Spoken      int           // of how many of its days the files speak
	May         []timeline.ID // what may have been then: its day is not known
}

// Days is how many days it is.
func (s Silence) Days() int { return int(s.Last-s.First) + 1 }

// Silences are all of them, and what they were found by. An entry of a register
// ends none.
type Silences struct {
	List        []Silence
	Held        Held
	On          []int32 // days with an event
	First, Last int32   // of the period; the last before the first where there is nothing
	NoDay       []timeline.ID
}

// Silences finds the runs of at least so many days without an event in the period
// of the material; where it has no end there, from the first or to the last event.
func (m Material) Silences(ctx context.Context, least int) (Silences, error) {
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return Silences{}, err
	}
	out := Silences{Held: m.held(s)}
	var unplaced []timeline.Row
	kinds := timeline.Kinds()
	for i, kind := range s.Kind {
		switch {
		case kinds[kind].Register():
		case i >= len(s.Day):
			out.NoDay = append(out.NoDay, m.Result.IDs(i, 1)...)
		case s.Clock[i] < timeline.NoDay:
			out.On = append(out.On, s.Day[i])
		default:
			rows, err := m.Result.Rows(i, 1)
			if err != nil {
				return out, err
			}
			unplaced = append(unplaced, rows...)
			out.NoDay = append(out.NoDay, m.Result.IDs(i, 1)...)
		}
	}
	slices.Sort(out.On)
	out.On = slices.Compact(out.On)
	out.First, out.Last = m.period(out.On)
	before := out.First - 1
	for _, d := range append(slices.Clone(out.On), out.Last+1) {
		if int(d-before)-1 >= least {
			out.List = append(out.List, m.silence(out.Held, before+1, d-1, unplaced))
		}
		before = d
	}
	return out, nil
}

// period is that of the material, in days.
func (m Material) period(on []int32) (first, last int32) {
	first, last = 0, -1
	if len(on) > 0 {
		first, last = on[0], on[len(on)-1]
	}
	if len(on) == 0 && (m.From.IsZero() || m.To.IsZero()) {
		return first, last
	}
	if !m.From.IsZero() {
		first = DayNumber(m.From.In(m.Index.Zone()))
	}
	if !m.To.IsZero() {
		last = DayNumber(m.To.In(m.Index.Zone()).Add(-time.Nanosecond))
	}
	return first, last
}

func (m Material) silence(held Held, first, last int32, unplaced []timeline.Row) Silence {
	s := Silence{First: first, Last: last, Spoken: held.Days(first, last)}
	zone := m.Index.Zone()
	begins, ends := midnight(first, zone), midnight(last+1, zone)
	for _, r := range unplaced {
		if may, _ := r.When.In(begins, ends); may {
			s.May = append(s.May, r.ID)
		}
	}
	return s
}

// midnight is the beginning of a day by the clock of a zone.
func midnight(day int32, zone *time.Location) time.Time {
	y, mo, d := DayOf(day).Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, zone)
}

// silences are the figures of the silences.
func (m Material) silences(ctx context.Context) ([]Figure, error) {
	found, err := m.Silences(ctx, cmp.Or(m.Days, UsualSilence))
	if err != nil {
		return nil, err
	}
	var list []Figure
	for _, s := range found.List {
		f := figure(saySilent, DayOf(s.First).Format(time.DateOnly)+" to "+DayOf(s.Last).Format(time.DateOnly), fmt.Sprintf("%d days", s.Days()), s.May...)
		switch {
		case s.Spoken == 0:
			f.Group = sayNotHeld
		case s.Spoken < s.Days():
			f.Group = sayPartly
		}
		if len(s.May) > 0 {
			f.Group = sayMayBe
		}
		if len(s.May) > 0 || f.Group == sayPartly {
			f.Note += fmt.Sprintf(sayPartlyDays, s.Spoken)
		}
		list = append(list, f)
	}
	if len(list) > 0 && len(found.NoDay) > 0 {
		list = append(list, figure(sayEndNone, "day not known", "", found.NoDay...))
	}
	return list, nil
}
