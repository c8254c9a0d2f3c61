package model

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// Query is what a person asked the timeline for.
type Query struct {
	Words  string
	From   string // a day as a person types it; empty: from the first on
	To     string // the last day that belongs to it
	Thread string // this conversation alone; empty: all
	Choice Choice // what was ticked among people, kinds, sources and marks
	Unread bool   // Words are not looked for in what was read in pictures
	Unfold bool   // runs of calls and pictures stand event by event
	Only   *Only  // what another page counted; nil: all
}

// Only is a list of events that stands behind a figure of another page.
type Only struct {
	Name   string // what they are, as a heading
	Events []timeline.ID
}

// Narrow tells whether the query leaves anything out.
func (q Query) Narrow() bool {
	return strings.TrimSpace(q.Words) != "" || q.From != "" || q.To != "" || q.Thread != "" || len(q.Choice) > 0 || q.Only != nil
}

// Look is what a query found, ready to be drawn. It belongs to one moment of the
// case; a new mark or a new import is seen by looking again.
type Look struct {
	Query  Query
	Note   string // "12 of 500,000 events", or what was searched instead
	Rows   *Rows
	Pages  *Pages
	Facets []Facet

	base  *base
	shown []int32
	found *found // of a bundle that is read
}

// base is what words and dates alone let through. Everything else is decided
// on its columns, so that a tick in the filters reads nothing.
type base struct {
	words, from, to string
	unread          bool
	only            *Only
	c               *evidence.Case
	item            func(int64) (evidence.Item, error)
	x               *timeline.Index
	zone            *time.Location // the clock that is shown
	result          *timeline.Result
	survey          *timeline.Survey
	cast            *cast
	all             int // events of the case
}

// Look looks up what a query asks for. old is a look whose findings may be used
// again where words and dates are the same; nil looks everything up. It may be
// called beside the window.
func (d *Desk) Look(ctx context.Context, q Query, old *Look) (*Look, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var b *base
	if old != nil && old.base.same(q, x) {
		b = old.base
	} else if b, err = newBase(ctx, c, x, q); err != nil {
		return nil, err
	}
	l := &Look{Query: q, base: b, Pages: newPages(b)}
	l.Facets, l.shown = b.choose(q, b.every())
	var runs []*fold
	if !q.Unfold && strings.TrimSpace(q.Words) == "" {
		runs = findFolds(b.survey, l.shown)
	}
	l.Rows = newRows(b.survey, l.shown, runs)
	l.Note = l.note()
	return l, nil
}

func (b *base) same(q Query, x *timeline.Index) bool {
	return b.x == x && b.all == x.Len() && b.words == q.Words && b.unread == q.Unread && b.from == q.From && b.to == q.To && b.only == q.Only
}

func newBase(ctx context.Context, c *evidence.Case, x *timeline.Index, q Query) (*base, error) {
	f := timeline.Filter{Words: q.Words, Pictures: !q.Unread}
	if q.Only != nil {
		f.Events = q.Only.Events
	}
	var err error
	if f.From, f.To, err = period(q.From, q.To, x.Zone()); err != nil {
		return nil, err
	}
	found, err := x.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	survey, err := found.Survey(ctx)
	if err != nil {
		return nil, err
	}
	return &base{words: q.Words, unread: q.Unread, from: q.From, to: q.To, only: q.Only, c: c, item: c.Item, x: x, zone: x.Zone(), result: found, survey: survey,
		cast: newCast(x.People(), survey), all: x.Len()}, nil
}

// period reads the first and the last day as a person types them: what is from a
// moment on and before the next one. Either may be none.
func period(from, to string, zone *time.Location) (first, next time.Time, err error) {
	for _, at := range []struct {
		text string
		take func(Date)
	}{{from, func(d Date) { first = d.First }}, {to, func(d Date) { next = d.Next }}} {
		if strings.TrimSpace(at.text) == "" {
			continue
		}
		d, err := ParseDate(at.text, zone)
		if err != nil {
			return first, next, err
		}
		at.take(d)
	}
	if !next.IsZero() && !first.Before(next) {
		return first, next, fmt.Errorf("dates: the last day, %s, is before the first, %s", to, from)
	}
	return first, next, nil
}

func (l *Look) note() string {
	n := len(l.shown)
	note := count(n, "event")
	switch {
	case l.base.all == 0:
		return "Nothing has been added yet."
	case n == 0 && strings.TrimSpace(l.Query.Words) != "" && l.base.result.Len() == 0:
		note = "Nothing holds these words. Try fewer letters with a star at the end: plat*"
	case n == 0:
		note = "Nothing is left with these filters."
	case n < l.base.all:
		note = thousands(n) + " of " + count(l.base.all, "event")
	}
	if l.Query.Only != nil {
		note = l.Query.Only.Name + ": " + note
	}
	for _, word := range slices.Sorted(maps.Keys(l.base.result.Instead)) {
		note += fmt.Sprintf("; “%s” stands nowhere, so this is %s", word, strings.Join(l.base.result.Instead[word], ", "))
	}
	return note
}

// Same tells whether the places of events mean the same in an older look: the
// case has no more events, and words and dates are as they were.
func (l *Look) Same(old *Look) bool {
	return old != nil && l.base.all == old.base.all && len(l.base.survey.Kind) == len(old.base.survey.Kind) &&
		l.base.words == old.base.words && l.base.from == old.base.from && l.base.to == old.base.to && l.base.only == old.base.only
}

// Period is the first and the last moment of what is shown; ok is false where
// nothing has a time.
func (l *Look) Period() (first, last time.Time, ok bool) {
	n := l.dated()
	if n == 0 {
		return first, last, false
	}
	return l.momentOf(0), l.momentOf(n - 1), true
}

// dated is how many of the shown events have a time; they come first.
func (l *Look) dated() int {
	n, _ := slices.BinarySearch(l.shown, int32(len(l.base.survey.Time)))
	return n
}

func (l *Look) momentOf(i int) time.Time {
	return time.UnixMilli(l.base.survey.Time[l.shown[i]]).In(l.base.zone)
}

// ID names the event at a place of the survey.
func (l *Look) ID(event int) (timeline.ID, bool) {
	ids := l.base.result.IDs(event, 1)
	if len(ids) == 0 {
		return timeline.ID{}, false
	}
	return ids[0], true
}

// mostKept is how many picked events are kept for somebody who comes back.
const mostKept = 100_000

// IDs names the events of a selection; none where they are too many to keep.
func (l *Look) IDs(s *Selection) []timeline.ID {
	if s.Len() > mostKept {
		return nil
	}
	out := make([]timeline.ID, 0, s.Len())
	s.each(func(event int) {
		if id, ok := l.ID(event); ok {
			out = append(out, id)
		}
	})
	return out
}

// Pick makes a selection of those of the events that were found here.
func (l *Look) Pick(ids []timeline.ID) *Selection {
	s, wanted := NewSelection(), make(map[timeline.ID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	const some = 4096
	for from := 0; s.Len() < len(wanted); from += some {
		page := l.base.result.IDs(from, some)
		for i, id := range page {
			if wanted[id] {
				s.Add([]int32{int32(from + i)})
			}
		}
		if len(page) < some {
			break
		}
	}
	return s
}

// Find gives the line of an event by its ID.
func (l *Look) Find(id timeline.ID) (line int, ok bool) {
	n, ok := l.base.result.Offset(id)
	if !ok {
		return 0, false
	}
	return l.Rows.Line(n)
}

// Around asks for what stands before and after an event: its conversation,
// whole; or everything, where the source names none.
func (l *Look) Around(event int) Query {
	if n := l.base.survey.Thread[event]; n != 0 {
		return Query{Thread: l.base.survey.Threads[n-1], Unfold: true}
	}
	return Query{Unfold: true}
}

// Shown are the moments of two events, in milliseconds since 1970; ok is false
// where neither has a time.
func (l *Look) Shown(first, last int) (from, to int64, ok bool) {
	times := l.base.survey.Time
	if first < 0 || len(times) == 0 {
		return 0, 0, false
	}
	return times[min(first, len(times)-1)], times[max(0, min(last, len(times)-1))], true
}

// Date reads a date as a person types it, by the clock of the case.
func (d *Desk) Date(text string) (Date, error) {
	_, x, err := d.held()
	if err != nil {
		return Date{}, err
	}
	return ParseDate(text, x.Zone())
}
