package casework

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"daybook/timeline"
)

// usualDays is how many days before and after a moment are counted, usualSilence
// how many without an event are a silence, where nobody says otherwise.
const (
	usualDays    = 28
	usualSilence = 7
)

// Moment is a day, or a minute of it, on which somebody was told, or an order was
// made or served.
type Moment struct {
	Event timeline.ID
	Name  string
	At    time.Time // by the clock of the case; zero: its day is not known
	Day   bool      // the day is known and not the hour
}

// Moments are those of the registers, in order of time.
func (m Material) Moments() (list []Moment) {
	zone := m.Index.Zone()
	add := func(r timeline.Row, what string, w timeline.When) {
		n := Moment{Event: r.ID, Name: dayWords(w, zone)}
		if at, ok := day(w, zone); ok {
			unit, _ := w.Units()
			n.At, n.Day = at, unit.WholeDay() || !w.Known(timeline.Hour)
			if !n.Day {
				n.Name = at.Format("2006-01-02 15:04")
			}
		}
		n.Name += ", " + what + ": " + excerpt(r.Text)
		list = append(list, n)
	}
	for _, r := range m.Rows {
		switch r.Kind {
		case timeline.Notice:
			add(r, cmp.Or(r.Extra.Get("how"), "told"), r.When)
		case timeline.CourtOrder:
			sort := cmp.Or(r.Extra.Get("sort"), "order")
			add(r, sort+" made", r.When)
			if w, err := timeline.Typed(r.Extra.Get("served"), "", "", zone); err == nil && r.Extra.Get("served") != "" {
				add(r, sort+" served", w)
			}
		}
	}
	return list
}

// moments counts before and after each of them.
func (m Material) moments(ctx context.Context) ([]Figure, error) {
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return nil, err
	}
	held := m.held(s)
	var list []Figure
	for _, at := range m.Moments() {
		if at.At.IsZero() {
			list = append(list, figure(at.Name, "not counted", sayNoDay))
			continue
		}
		list = append(list, m.around(s, held, at)...)
	}
	return list, nil
}

// held are the days of which the files speak whose events were found.
func (m Material) held(s *timeline.Survey) Held {
	used := map[timeline.Origin]bool{}
	for i, o := range s.Sources {
		used[s.Sources[i]] = o.Item != 0
	}
	return HeldBy(m.Index, func(o timeline.Origin) (string, bool) { return fmt.Sprintf("item %d", o.Item), used[o] })
}

// around counts the events of the days before and after a moment.
func (m Material) around(s *timeline.Survey, held Held, at Moment) []Figure {
	days, on := int32(cmp.Or(m.Days, usualDays)), DayNumber(at.At)
	clock := at.At.Format("15:04")
	const before, that, from, after, noHour, noDay = 0, 1, 2, 3, 4, 5
	list := []Figure{
		figure(at.Name, fmt.Sprintf("%d days before", days), heldWords(held, on-days, on-1)),
		figure(at.Name, "that day until "+clock, ""), figure(at.Name, "that day from "+clock, ""),
		figure(at.Name, fmt.Sprintf("%d days after", days), heldWords(held, on+1, on+days)),
		figure(at.Name, sayNoHour, ""), figure(at.Name, "day not known", sayInNone),
	}
	if at.Day {
		list[that].Key = "that day"
	}
	minute := at.At.Hour()*60 + at.At.Minute()
	kinds := timeline.Kinds()
	for i, d := range s.Day {
		if kinds[s.Kind[i]].Register() {
			continue
		}
		n := 0
		switch {
		case s.Clock[i] >= timeline.NoDay:
			n = noDay
		case d < on-days || d > on+days:
			continue
		case d < on:
			n = before
		case d > on:
			n = after
		case at.Day:
			n = that
		case s.Clock[i] == timeline.NoHour:
			n = noHour
		case s.Minute(i, m.Index.Zone()) < minute:
			n = that
		default:
			n = from
		}
		list[n].N++
		list[n].Events = append(list[n].Events, m.Result.IDs(i, 1)...)
	}
	return kept(list, at.Day)
}

// kept are the two periods and the day between them, and of the others those that
// hold something.
func kept(list []Figure, wholeDay bool) (out []Figure) {
	for i, f := range list {
		if i >= 4 && f.N == 0 || wholeDay && i == 2 {
			continue
		}
		out = append(out, f)
	}
	return out
}

// heldWords say of how many of some days the files speak.
func heldWords(held Held, first, last int32) string {
	return fmt.Sprintf(sayHeld, DayOf(first).Format(time.DateOnly), DayOf(last).Format(time.DateOnly), held.Days(first, last), last-first+1)
}

// silences are the runs of days without one of the events, from the first to the
// last of them.
func (m Material) silences(ctx context.Context) ([]Figure, error) {
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return nil, err
	}
	held, least := m.held(s), int32(cmp.Or(m.Days, usualSilence))
	on := map[int32]bool{}
	first, last := int32(0), int32(-1)
	kinds := timeline.Kinds()
	for i, d := range s.Day {
		if s.Clock[i] >= timeline.NoDay || kinds[s.Kind[i]].Register() {
			continue
		}
		if len(on) == 0 {
			first, last = d, d
		}
		on[d], first, last = true, min(first, d), max(last, d)
	}
	var list []Figure
	begin := first
	for d := first; d <= last; d++ {
		if !on[d] {
			continue
		}
		if d-begin >= least {
			list = append(list, silence(held, begin, d-1))
		}
		begin = d + 1
	}
	return list, nil
}

func silence(held Held, first, last int32) Figure {
	n := int(last-first) + 1
	f := figure(saySilent, DayOf(first).Format(time.DateOnly)+" to "+DayOf(last).Format(time.DateOnly), fmt.Sprintf("%d days", n))
	switch spoken := held.Days(first, last); {
	case spoken == 0:
		f.Group = sayNotHeld
	case spoken < n:
		f.Group = sayPartly
		f.Note += fmt.Sprintf(sayPartlyDays, spoken)
	}
	return f
}

// leastBurst is how many events are a burst.
const leastBurst = 5

// bursts are the runs of events from one sender.
func (m Material) bursts(context.Context) ([]Figure, error) {
	zone := m.Index.Zone()
	var list []Figure
	for _, o := range m.Result.Bursts(timeline.OccasionGap, leastBurst) {
		first, last := o.First.In(zone), o.Last.In(zone)
		until := last.Format("15:04")
		if first.Format(time.DateOnly) != last.Format(time.DateOnly) {
			until = last.Format("2006-01-02 15:04")
		}
		list = append(list, figure(o.Channel.String(), first.Format("2006-01-02 15:04")+" to "+until, "from "+cmp.Or(o.Sender, "(not named)"), o.Events...))
	}
	return list, nil
}
