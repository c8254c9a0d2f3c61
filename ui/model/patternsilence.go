package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// SilenceSort tells what a silence is worth.
type SilenceSort int

// The sorts of silence.
const (
	Silent  SilenceSort = iota // files speak of all its days, and hold none of these events
	Partly                     // files speak of some of its days
	NotHeld                    // nothing that is held speaks of it
)

// Silence is a run of days without one of the counted events.
type Silence struct {
	Sort SilenceSort
	Days string // "12 days without any: 3 to 14 March 2025"
	Said string // what it is worth, in one sentence
	Query
	First, Last int32 // days since 1970
}

// Silences are all of them, and what a strip of the whole period is drawn from.
type Silences struct {
	Name, Rule string
	List       []Silence
	First      int32
	Last       int32              // of the period; before First where there is nothing
	Held       []casework.DaySpan // of which days something speaks
	On         []int32            // days with an event
	Left       []Left
}

// Silences finds the runs of at least so many days without one of the counted
// events, and tells those of which something held speaks from those of which
// nothing does.
func (p *Pattern) Silences(least int) *Silences {
	out := &Silences{Name: "Silences", Rule: fmt.Sprintf("A silence is %d days or more without one of these events. What a file does not hold may have happened all the same: it is told which silences the files speak of and which they do not.", least)}
	held := p.held()
	out.Held = held.Spans
	out.On = p.days(out)
	out.First, out.Last = p.span(out.On)
	before := out.First - 1
	for _, day := range append(slices.Clone(out.On), out.Last+1) {
		if n := int(day - before - 1); n >= least {
			out.List = append(out.List, p.silence(before+1, day-1, held))
		}
		before = day
	}
	return out
}

// days are the days with an event, in order; what has no day is left out.
func (p *Pattern) days(out *Silences) (days []int32) {
	s := p.base.survey
	unknown := 0
	for _, i := range p.list {
		if s.Clock[i] >= timeline.NoDay {
			unknown++
			continue
		}
		days = append(days, s.Day[i])
	}
	if unknown > 0 {
		out.Left = []Left{{"whose day is not known; it ends no silence", unknown}}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// span is the period that was asked for; where none was, from the first to the
// last of the days.
func (p *Pattern) span(days []int32) (first, last int32) {
	first, last = 0, -1
	if len(days) > 0 {
		first, last = days[0], days[len(days)-1]
	}
	zone := p.base.x.Zone()
	from, err := ParseDate(p.Query.From, zone)
	to, err2 := ParseDate(p.Query.To, zone)
	if len(days) == 0 && (err != nil || err2 != nil) {
		return first, last
	}
	if err == nil {
		first = casework.DayNumber(from.First)
	}
	if err2 == nil {
		last = casework.DayNumber(to.Next.Add(-time.Nanosecond))
	}
	return first, last
}

func (p *Pattern) silence(first, last int32, held casework.Held) Silence {
	n := int(last-first) + 1
	s := Silence{First: first, Last: last, Query: Query{From: casework.DayOf(first - 1).Format(time.DateOnly), To: casework.DayOf(last + 1).Format(time.DateOnly)}}
	const form = "2 January 2006"
	s.Days = fmt.Sprintf("%s without any: %s to %s", count(n, "day"), casework.DayOf(first).Format(form), casework.DayOf(last).Format(form))
	if n == 1 {
		s.Days = "1 day without any: " + casework.DayOf(first).Format(form)
	}
	switch spoken := held.Days(first, last); {
	case spoken == 0:
		s.Sort, s.Said = NotHeld, "Nothing that is held here speaks of these days. Whether anything happened is not known."
	case spoken < n:
		s.Sort, s.Said = Partly, fmt.Sprintf("What is held here speaks of %d of these days and is silent. Of the others nothing is known.", spoken)
	default:
		s.Said = "What is held here speaks of all these days and holds none of these events"
		if names := held.Whole(first, last); len(names) > 0 {
			s.Said += ": " + strings.Join(names[:min(len(names), 3)], ", ")
		}
		s.Said += "."
	}
	return s
}
