package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// UsualDays is how many days before and after a moment are counted, UsualSilence
// how many without an event are a silence, where nobody says otherwise.
const (
	UsualDays    = 28
	UsualSilence = 7
)

// Moment is a day, or a minute of it, on which somebody was told, or an order was
// made or served.
type Moment struct {
	Event  timeline.ID
	Name   string    // its day or minute, and About
	About  string    // "asked to stop: Please stop."
	Source string    // where it stands: "entry 31", "item 3, line 12"
	At     time.Time // by the clock of the case; zero: its day is not known
	Day    bool      // the day is known and not the hour
}

// Moments are those of the registers, in order of time.
func (m Material) Moments() (list []Moment) {
	zone := m.Index.Zone()
	add := func(r timeline.Row, what string, w timeline.When) {
		r.When = w
		n := MomentOf(r, zone)
		n.About = what + ": " + excerpt(r.Text)
		n.Name += ", " + n.About
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
	all := make([]*Moment, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	TellApart(all)
	slices.SortStableFunc(list, func(a, b Moment) int { // an order is served later than it is made
		return cmp.Or(cmp.Compare(unplaced(a), unplaced(b)), a.At.Compare(b.At))
	})
	return list
}

// unplaced puts a moment whose day is not known behind those that have one.
func unplaced(m Moment) int {
	if m.At.IsZero() {
		return 1
	}
	return 0
}

// TellApart adds to names that several moments have where each stands.
func TellApart(list []*Moment) {
	many := map[string]int{}
	for _, m := range list {
		many[m.Name]++
	}
	for _, m := range list {
		if many[m.Name] > 1 {
			m.Name += ", " + m.Source
		}
	}
}

// MomentOf is the moment of an event.
func MomentOf(r timeline.Row, zone *time.Location) Moment {
	m := Moment{Event: r.ID, Name: dayWords(r.When, zone), Source: r.Source.Record}
	if r.Source.Item != 0 {
		m.Source = fmt.Sprintf("item %d, %s", r.Source.Item, r.Source.Record)
	}
	if at, ok := day(r.When, zone); ok {
		unit, _ := r.When.Units()
		m.At, m.Day = at, unit.WholeDay() || !r.When.Known(timeline.Hour)
		if !m.Day {
			m.Name = at.Format("2006-01-02 15:04")
		}
	}
	return m
}

// moments counts before and after each of them.
func (m Material) moments(ctx context.Context) ([]Figure, error) {
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return nil, err
	}
	held, arounds := m.held(s), AroundsOf(m.Index, s)
	var list []Figure
	for _, at := range m.Moments() {
		if at.At.IsZero() {
			f := figure(at.Name, NotCounted, sayNoDay)
			f.None = true
			list = append(list, f)
			continue
		}
		figures, err := m.around(ctx, arounds, held, at)
		if err != nil {
			return nil, err
		}
		list = append(list, figures...)
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
func (m Material) around(ctx context.Context, arounds Arounds, held Held, at Moment) ([]Figure, error) {
	days, on := int32(cmp.Or(m.Days, UsualDays)), DayNumber(at.At)
	clock := at.At.Format("15:04")
	a, err := arounds.Of(ctx, at, days)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Untold() && !m.Holds(on-days, on+days):
		return []Figure{outside(at.Name, NotCounted, on-days, on+days)}, nil
	case a.Untold():
		return []Figure{a.untold(m.Result)}, nil
	}
	figures := map[Part]*Figure{}
	var parts []Part
	put := func(part Part, f Figure) { figures[part], parts = &f, append(parts, part) }
	add := func(part Part, key, note string) { put(part, figure(at.Name, key, note)) }
	not := map[int]bool{} // sides of which not all days were selected
	period := func(part Part, key string, first, last int32, note string) {
		if not[part.side()] = !m.Holds(first, last); not[part.side()] {
			put(part, outside(at.Name, key, first, last))
			return
		}
		add(part, key, note)
	}
	period(EarlierDays, fmt.Sprintf("%d days before", days), on-days, on-1, m.daysSaid(held, on-days, on-1)+a.unlinked())
	if at.Day {
		period(ThatDay, "that day", on, on, "")
	} else {
		period(ThatDay, "that day until "+clock, on, on, "")
		period(ThatDayThen, "that day from "+clock, on, on, "")
	}
	period(LaterDays, fmt.Sprintf("%d days after", days), on+1, on+days, m.daysSaid(held, on+1, on+days))
	always := len(parts)
	add(NoHourThen, sayNoHour, "")
	add(NoDayThen, "day not known", sayInNone)
	for part, words := range AsideParts(int(days)) {
		add(part, words, a.beside(part))
	}
	for i := range a.s.Kind {
		if part := a.Part(i); figures[part] != nil && !not[part.side()] {
			f := figures[part]
			f.N++
			f.Events = append(f.Events, m.Result.IDs(i, 1)...)
		}
	}
	var list []Figure
	for i, part := range parts {
		if f := figures[part]; i < always || f.N > 0 {
			list = append(list, *f)
		}
	}
	return list, nil
}

// untold is the figure of a moment of which nothing says whom it is about: what
// everybody did in all its days, and nothing before it or after it.
func (a Around) untold(r *timeline.Result) Figure {
	var events []timeline.ID
	for i := range a.s.Kind {
		if a.Part(i).Near() {
			events = append(events, r.IDs(i, 1)...)
		}
	}
	first, last := DayOf(a.day-a.days), DayOf(a.day+a.days)
	return figure(a.at.Name, NotCounted, sayUntold+fmt.Sprintf(sayUntoldAll, first.Format(time.DateOnly), last.Format(time.DateOnly)), events...)
}

// daysSaid are some days, with how many of them the files speak of where all of what
// these hold is counted, and else that it is not: a table is quoted without its head.
func (m Material) daysSaid(held Held, first, last int32) string {
	if m.Of != AllOfItsDays {
		return fmt.Sprintf(sayPartOf, DayOf(first).Format(time.DateOnly), DayOf(last).Format(time.DateOnly))
	}
	return heldWords(held, first, last)
}

// heldWords say of how many of some days the files speak.
func heldWords(held Held, first, last int32) string {
	return fmt.Sprintf(sayHeld, DayOf(first).Format(time.DateOnly), DayOf(last).Format(time.DateOnly), held.Days(first, last), last-first+1)
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
		note := "from " + o.Sender
		if o.Sender == "" {
			note = "not shown from whom, and may be from several"
		}
		if o.Unsure {
			note += sayUnsureRun
		}
		list = append(list, figure(o.Channel.String(), first.Format("2006-01-02 15:04")+" to "+until, note, o.Events...))
	}
	return list, nil
}
