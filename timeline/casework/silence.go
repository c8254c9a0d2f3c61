package casework

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"daybook/timeline"
)

// Silence is a run of days without one of the events of a material.
type Silence struct {
	First, Last int32
	Spoken      int           // of how many of its days the files speak
	May         []timeline.ID // what may have been then: its day is not known
	Undated     int           // what has no date at all, and may have been then as at any other time
}

// Days is how many days it is.
func (s Silence) Days() int { return int(s.Last-s.First) + 1 }

// Silences are all of them, and what they were found by. An entry of a register
// ends none. What has no certain day ends one where every day on which it may have
// been is a day without another event of a certain day: these are in no silence.
type Silences struct {
	List        []Silence
	Held        Held
	On          []int32       // days with an event
	First, Last int32         // of the period; the last before the first where there is nothing
	NoDay       []timeline.ID // what has no certain day, and ends none
	Why         string        // why there are none of this material, whatever it lacks; empty where they are counted
}

// uncertain is an event of no certain day, with the days on which it may have been.
type uncertain struct {
	DaySpan
	id timeline.ID
}

// Silences finds the runs of at least so many days without an event in the period
// of the material; where it has no end there, from the first or to the last event.
func (m Material) Silences(ctx context.Context, least int) (Silences, error) {
	if why := m.Of.whyNot("silence"); why != "" {
		return Silences{Last: -1, Why: why}, nil
	}
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return Silences{}, err
	}
	out := Silences{Held: m.held(s)}
	var may []uncertain
	kinds := timeline.Kinds()
	for i, kind := range s.Kind {
		first, last := s.Days(i)
		switch {
		case kinds[kind].Register():
		case i < len(s.Day) && s.Clock[i] < timeline.NoDay:
			out.On = append(out.On, first)
		default:
			may = append(may, uncertain{DaySpan{first, last}, m.Result.IDs(i, 1)[0]})
		}
	}
	slices.Sort(out.On)
	out.On = slices.Compact(out.On)
	ends, may := m.ends(out.On, may)
	for _, u := range may {
		out.NoDay = append(out.NoDay, u.id)
	}
	out.First, out.Last = m.period(ends)
	before := out.First - 1
	for _, d := range append(ends, DaySpan{out.Last + 1, out.Last + 1}) {
		if int(d.First-before)-1 >= least {
			out.List = append(out.List, silence(out.Held, before+1, d.First-1, may))
		}
		before = d.Last
	}
	return out, nil
}

// ends are the days that are in no silence, and the events of no certain day that
// end none.
func (m Material) ends(on []int32, all []uncertain) (ends []DaySpan, none []uncertain) {
	for _, day := range on {
		ends = append(ends, DaySpan{day, day})
	}
	asked := m.asked()
	for _, u := range all {
		next, _ := slices.BinarySearch(on, u.First)
		if u.First >= asked.First && u.Last <= asked.Last && (next == len(on) || on[next] > u.Last) {
			ends = append(ends, u.DaySpan)
		} else {
			none = append(none, u)
		}
	}
	return joined(ends), none
}

// asked are the days of the period that was asked for; every day that a calendar has
// where none was.
func (m Material) asked() DaySpan {
	asked := DaySpan{math.MinInt32 + 1, math.MaxInt32 - 1}
	if !m.From.IsZero() {
		asked.First = DayNumber(m.From.In(m.Index.Zone()))
	}
	if !m.To.IsZero() {
		asked.Last = DayNumber(m.To.In(m.Index.Zone()).Add(-time.Nanosecond))
	}
	return asked
}

// period is that of the material, in days.
func (m Material) period(ends []DaySpan) (first, last int32) {
	if len(ends) == 0 && (m.From.IsZero() || m.To.IsZero()) {
		return 0, -1
	}
	asked := m.asked()
	first, last = asked.First, asked.Last
	if m.From.IsZero() {
		first = ends[0].First
	}
	if m.To.IsZero() {
		last = ends[len(ends)-1].Last
	}
	return first, last
}

func silence(held Held, first, last int32, may []uncertain) Silence {
	s := Silence{First: first, Last: last, Spoken: held.Days(first, last)}
	for _, u := range may {
		switch {
		case u.First == math.MinInt32 && u.Last == math.MaxInt32:
			s.Undated++
		case u.First <= last && u.Last >= first:
			s.May = append(s.May, u.id)
		}
	}
	return s
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
		if s.Undated > 0 {
			f.Note += fmt.Sprintf(sayUndated, s.Undated)
		}
		if n := looseThen(m.Index, s.First, s.Last); n > 0 {
			f.Note += fmt.Sprintf(sayLooseThen, n)
		}
		list = append(list, f)
	}
	if len(list) > 0 && len(found.NoDay) > 0 {
		list = append(list, figure(sayEndNone, "day not known", "", found.NoDay...))
	}
	return list, nil
}
