package model

import (
	"context"
	"fmt"
	"strings"
	"time"

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
	Counted    bool // false: they are not counted of this selection, as Rule says
	List       []Silence
	First      int32
	Last       int32              // of the period; before First where there is nothing
	Held       []casework.DaySpan // of which days something speaks
	On         []int32            // days with an event
	Left       []Left
}

// Silences finds the runs of at least so many days without one of the counted
// events, by the rule of casework, and tells those of which something held speaks
// from those of which nothing does.
func (p *Pattern) Silences(ctx context.Context, least int) (*Silences, error) {
	m, err := p.material(ctx)
	if err != nil {
		return nil, err
	}
	found, err := m.Silences(ctx, least)
	if err != nil {
		return nil, err
	}
	if found.Why != "" {
		return &Silences{Name: "Silences", Rule: found.Why, Last: -1}, nil
	}
	rule := fmt.Sprintf("A silence is %d days or more without one of these events; entries of registers end none. What has no certain day ends one where every day on which it may have been is without another: none of these days is called silent. What a file does not hold may have happened all the same: it is told which silences the files speak of and which they do not.", least)
	out := &Silences{Name: "Silences", Counted: true, Rule: strings.TrimSpace(rule + " " + p.weak()),
		First: found.First, Last: found.Last, Held: found.Held.Spans, On: found.On}
	named := p.held()
	for _, s := range found.List {
		out.List = append(out.List, silence(s, named))
	}
	if n := len(found.NoDay); n > 0 {
		out.Left = []Left{{"whose day is not known; it ends no silence", n}}
	}
	return out, nil
}

// silence is one in words; held names the files.
func silence(found casework.Silence, held casework.Held) Silence {
	first, last, n := found.First, found.Last, found.Days()
	s := Silence{First: first, Last: last, Query: Query{From: casework.DayOf(first - 1).Format(time.DateOnly), To: casework.DayOf(last + 1).Format(time.DateOnly)}}
	const form = "2 January 2006"
	s.Days = fmt.Sprintf("%s without any: %s to %s", count(n, "day"), casework.DayOf(first).Format(form), casework.DayOf(last).Format(form))
	if n == 1 {
		s.Days = "1 day without any: " + casework.DayOf(first).Format(form)
	}
	switch {
	case found.Spoken == 0:
		s.Sort, s.Said = NotHeld, "Nothing that is held here speaks of these days. Whether anything happened is not known."
	case found.Spoken < n:
		s.Sort, s.Said = Partly, fmt.Sprintf("What is held here speaks of %d of these days and is silent. Of the others nothing is known.", found.Spoken)
	default:
		s.Said = "What is held here speaks of all these days and holds none of these events"
		if names := held.Whole(first, last); len(names) > 0 {
			s.Said += ": " + strings.Join(names[:min(len(names), 3)], ", ")
		}
		s.Said += "."
	}
	if may := len(found.May); may > 0 {
		s.Sort = NotHeld
		s.Said += fmt.Sprintf(" Of no certain day, and perhaps of these: %s.", count(may, "event"))
	}
	if found.Undated > 0 {
		s.Said += fmt.Sprintf(" Without a date, and may lie in this time: %s.", count(found.Undated, "event"))
	}
	return s
}
