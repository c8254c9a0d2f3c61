package model

import "daybook/timeline"

// Asked is what was asked of a page last, so that it stands as it was when
// somebody comes back to it. It is a part of the case that lies open, and goes
// with it.
type Asked struct {
	Pattern  PatternAsked
	Law      LawAsked
	Paper    PaperAsked
	Person   int64          // who was looked at on the page of people; 0: nobody
	Timeline *TimelineAsked // nil: it was not looked at
}

// TimelineAsked is what the timeline shows, and where in it somebody was.
type TimelineAsked struct {
	Query  Query
	Top    *timeline.ID  // first on the screen
	At     *timeline.ID  // where the keys are
	Picked []timeline.ID // in no order
	Period Span          // that the overview looks at
}

// Period is the first and the last day of a period, as they are typed.
type Period struct{ From, To string }

// PatternAsked is what the page of patterns shows, and how.
type PatternAsked struct {
	PatternQuery
	Part   string // of the page
	By     By
	Table  bool
	Moment Moment // before and after which it counts
	Days   int    // in each of the two periods
	Least  int    // days of a silence
	List   string // which side of the pattern is listed

	Other    Period    // that is set beside this one
	Channels bool      // two channels are set side by side, and not two periods
	Two      [2]string // which
	BesideBy string    // what they are counted by
}

// Asked gives what was asked last.
func (d *Desk) Asked() Asked {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

// KeepPattern keeps what the page of patterns shows, while a case lies open.
func (d *Desk) KeepPattern(p PatternAsked) { d.keep(func(a *Asked) { a.Pattern = p }) }

// KeepPerson keeps who is looked at, while a case lies open.
func (d *Desk) KeepPerson(number int64) { d.keep(func(a *Asked) { a.Person = number }) }

// KeepTimeline keeps what the timeline shows, while a case lies open.
func (d *Desk) KeepTimeline(t TimelineAsked) { d.keep(func(a *Asked) { a.Timeline = &t }) }

func (d *Desk) keep(change func(*Asked)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c != nil {
		change(&d.asked)
	}
}
