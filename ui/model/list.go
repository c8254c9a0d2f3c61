package model

import (
	"context"
	"strings"
	"time"

	"daybook/timeline"
)

// Row is one line of the timeline, in ready strings.
type Row struct {
	Day   string // heading that it stands under; empty for what has no date
	Time  string
	Kind  string
	Who   string
	Text  string
	Hints string // what a reader must know: "zone assumed", "edited"
}

// List is what a search found. Rows are read from the case when they are
// asked for, a page at a time.
type List struct {
	Note  string // "12 of 500,000 events", or what was searched instead
	found *timeline.Result
	zone  *time.Location
	pages map[int][]Row
	order []int // pages in the order they were read
}

const (
	pageRows = 200
	maxPages = 20
)

// Search lists the events that hold the words; all of them for no words.
func (d *Desk) Search(ctx context.Context, words string) (*List, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	found, err := x.Find(ctx, timeline.Filter{Words: words})
	if err != nil {
		return nil, err
	}
	l := &List{found: found, zone: x.Zone(), pages: map[int][]Row{}}
	l.Note = count(found.Len(), "event")
	if words != "" && found.Len() == 0 {
		l.Note = "Nothing holds these words. Try fewer letters with a star at the end: plat*"
	}
	for word, instead := range found.Instead {
		l.Note += "; “" + word + "” stands nowhere, so this is " + strings.Join(instead, ", ")
	}
	return l, nil
}

// Len is the number of rows.
func (l *List) Len() int { return l.found.Len() }

// Row gives a row; one that cannot be read says so in its text.
func (l *List) Row(i int) Row {
	n := i / pageRows
	page, ok := l.pages[n]
	if !ok {
		rows, err := l.found.Rows(n*pageRows, min(pageRows, l.Len()-n*pageRows))
		if err != nil {
			return Row{Text: "This event cannot be read: " + err.Error()}
		}
		for _, r := range rows {
			page = append(page, l.row(r))
		}
		l.keep(n, page)
	}
	if i%pageRows >= len(page) {
		return Row{}
	}
	return page[i%pageRows]
}

func (l *List) keep(n int, page []Row) {
	if len(l.order) == maxPages {
		delete(l.pages, l.order[0])
		l.order = l.order[1:]
	}
	l.pages[n] = page
	l.order = append(l.order, n)
}

func (l *List) row(r timeline.Row) Row {
	out := Row{Day: day(r.When, l.zone), Time: clock(r.When, l.zone), Kind: r.Kind.Title(), Who: who(r.From), Text: oneLine(text(r.Event))}
	var hints []string
	for _, f := range r.Flags {
		hints = append(hints, strings.ReplaceAll(string(f), "-", " "))
	}
	out.Hints = strings.Join(hints, ", ")
	return out
}

func day(w timeline.When, zone *time.Location) string {
	t, ok := shown(w, zone)
	if !ok {
		return "Without a date"
	}
	return t.Format("Monday 2 January 2006")
}

func clock(w timeline.When, zone *time.Location) string {
	t, ok := shown(w, zone)
	if unit, _ := w.Units(); unit.WholeDay() || w.Precision == timeline.Undated {
		return ""
	}
	switch w.Precision {
	case timeline.About:
		return "about " + t.Format("15:04")
	}
	if !ok {
		return ""
	}
	return t.Format("15:04")
}

// shown is the wall clock of the source, or the instant in the case's zone.
func shown(w timeline.When, zone *time.Location) (time.Time, bool) {
	if !w.Local.IsZero() {
		return w.Local, true
	}
	if w.Instant.IsZero() {
		return time.Time{}, false
	}
	return w.Instant.In(zone), true
}

func who(p timeline.Party) string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Address != "":
		return p.Address
	case p.Owner:
		return "Me"
	}
	return ""
}

func text(e timeline.Event) string {
	s := e.Text
	if s == "" {
		s = e.Extra["subject"]
	}
	for _, f := range e.Files {
		name := f.Name
		if f.Missing {
			name += " (not in the export)"
		}
		s = strings.TrimSpace(s + "  [" + name + "]")
	}
	return s
}

// oneLine takes line breaks and control characters out: a list row has room
// for one line, and direction controls could make a row read as another.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
	const most = 240
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
