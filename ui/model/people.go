package model

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// PeopleBook is everybody in the data at one moment, in ready strings. What is
// said about them afterwards is seen by asking again.
type PeopleBook struct {
	Rows []PersonRow

	people []timeline.Person // in the order of the rows
	at     map[int64]int
	zone   *time.Location
	c      *evidence.Case
}

// PersonRow is a person as a line of the list shows them.
type PersonRow struct {
	Number  int64
	Face    Face
	Names   string // what else they are called, and their addresses
	Contact string // "3 Mar 2025 to 14 Jun 2025"
	Events  string // "12 events"
	Flagged bool   // a name of theirs can be taken for another

	find string // what a search looks in
}

// Spoken is the row as it is read out.
func (r PersonRow) Spoken() string {
	parts := []string{r.Face.Name, r.Names, r.Events, r.Contact}
	if r.Flagged {
		parts = append(parts, "A name of theirs can be taken for another")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ". ")
}

// People gives everybody in the data, those with the most events first. It may
// be called beside the window.
func (d *Desk) People(ctx context.Context) (*PeopleBook, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	b := &PeopleBook{people: x.People(), at: map[int64]int{}, zone: x.Zone(), c: c}
	look := 0
	for i := range b.people {
		p := &b.people[i]
		b.at[p.Number] = i
		f := faceOf(p)
		if !f.Own {
			f.Look = look
			look++
		}
		b.Rows = append(b.Rows, b.row(p, f))
	}
	return b, ctx.Err()
}

// mostNames is how many names a line of the list has room for.
const mostNames = 4

func (b *PeopleBook) row(p *timeline.Person, f Face) PersonRow {
	r := PersonRow{Number: p.Number, Face: f, Events: count(p.Events, "event"), Contact: b.period(p.First, p.Last), Flagged: p.Flagged()}
	var names []string
	r.find = strings.ToLower(f.Name + " " + p.Name)
	for i := range p.Handles {
		l := &p.Handles[i]
		for _, s := range append([]string{l.Address}, l.Printed...) {
			r.find += " " + strings.ToLower(s+" "+timeline.Skeleton(s)) // who looks like a name is found by it
			if s = shownName(s, len(l.Flags) > 0); s != "" && s != f.Name && !slices.Contains(names, s) {
				names = append(names, s)
			}
		}
	}
	if n := len(names) - mostNames; n > 0 {
		names = append(names[:mostNames], fmt.Sprintf("and %d more", n))
	}
	r.Names = strings.Join(names, ", ")
	return r
}

// shownName is a name in one line with what the eye passes over made visible;
// of one that looks like another, every letter that could be taken for another.
func shownName(name string, flagged bool) string {
	if flagged {
		return oneLine(timeline.SpeltOut(name))
	}
	return oneLine(timeline.Shown(name))
}

// period is from a first to a last day; empty where neither is known.
func (b *PeopleBook) period(first, last time.Time) string {
	if first.IsZero() {
		return ""
	}
	from, to := first.In(b.zone).Format("2 Jan 2006"), last.In(b.zone).Format("2 Jan 2006")
	if from == to {
		return from
	}
	return from + " to " + to
}

// Find gives the people in whose names, addresses or numbers every word of a
// text stands.
func (b *PeopleBook) Find(text string) []PersonRow {
	words := strings.Fields(strings.ToLower(text))
	number := timeline.Phone(text)
	var out []PersonRow
	for _, r := range b.Rows {
		all := !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(r.find, w) })
		if all || number != "" && strings.Contains(r.find, number) {
			out = append(out, r)
		}
	}
	return out
}

// PersonPage is all that is known about who a person is.
type PersonPage struct {
	PersonRow
	Given   string // the name that a person gave; may be empty
	Summary string
	Owner   bool // the record is theirs
	Handles []HandleRow
	Perhaps []PerhapsRow
	Alike   []AlikeRow
}

// NoAddress stands for a handle that has nothing but its kind.
const NoAddress = "none given"

// HandleRow is one handle of a person.
type HandleRow struct {
	Key      string
	Kind     string // "telephone number"
	Address  string
	Printed  string // what else the sources print; may be empty
	Strength string // "certain"
	Why      string
	Where    string // the file that a name alone stands in; may be empty
	Events   string
	Flag     string // that it can be taken for another; may be empty
	CanSplit bool
	N        int
}

// PerhapsRow says that others may be the same person.
type PerhapsRow struct {
	Strength string
	Why      string
	Others   []PersonRow
	More     int // others of them that are not listed

	Entry        uint64 // of the journal, where a person said it; 0: a rule
	For, Against []string
	By           string
}

// AlikeRow is a name that can be taken for another person's.
type AlikeRow struct {
	Name, Other string // letter by letter where it matters
	Person      PersonRow
}

// mostOthers is how many persons who may be the same are listed.
const mostOthers = 8

// Person gives a person's page; ok is false where there is nobody of the number.
func (b *PeopleBook) Person(number int64) (PersonPage, bool) {
	i, ok := b.at[number]
	if !ok {
		return PersonPage{}, false
	}
	p := &b.people[i]
	page := PersonPage{PersonRow: b.Rows[i], Given: p.Given, Owner: p.Owner, Summary: b.summary(p)}
	for k := range p.Handles {
		page.Handles = append(page.Handles, b.handle(p, &p.Handles[k]))
	}
	for _, k := range p.Perhaps {
		row := PerhapsRow{Strength: string(k.Strength), Why: oneLine(k.Reason), Entry: k.Entry, For: k.For, Against: k.Against, By: k.By}
		for _, n := range k.Persons {
			switch {
			case n == number:
			case len(row.Others) == mostOthers:
				row.More++
			default:
				row.Others = append(row.Others, b.Rows[b.at[n]])
			}
		}
		page.Perhaps = append(page.Perhaps, row)
	}
	for _, a := range p.Alike {
		page.Alike = append(page.Alike, AlikeRow{shownName(a.Name, true), shownName(a.Other, true), b.Rows[b.at[a.Person]]})
	}
	return page, true
}

func (b *PeopleBook) summary(p *timeline.Person) string {
	s := fmt.Sprintf("%s: %s sent by them", count(p.Events, "event"), thousands(p.Sent))
	to := p.Events - p.Sent - p.About
	if to > 0 {
		s += fmt.Sprintf(", %s addressed to them", thousands(to))
	}
	if p.About > 0 {
		s += fmt.Sprintf(", %s about them", countOf(uint64(p.About), "incident", "incidents"))
	}
	s += "."
	if to == 0 {
		s += " None names them as the one it was sent to: exports of chats often do not say to whom a message went."
	}
	if p.First.IsZero() {
		return s + " None of them has a time."
	}
	const form = "2 January 2006, 15:04"
	return fmt.Sprintf("%s First on %s, last on %s.", s, p.First.In(b.zone).Format(form), p.Last.In(b.zone).Format(form))
}

func (b *PeopleBook) handle(p *timeline.Person, l *timeline.Link) HandleRow {
	flagged := len(l.Flags) > 0
	h := HandleRow{Key: l.Key, Kind: handleKind(l.Kind), Address: shownName(l.Address, flagged), Strength: string(l.Strength), Why: strings.TrimRight(oneLine(timeline.Shown(l.Reason)), "."), N: l.Events}
	if h.Address == "" {
		h.Address = NoAddress
	}
	if l.By != "" {
		h.Why += fmt.Sprintf(" (said by %s on %s)", oneLine(timeline.Shown(l.By)), l.At.In(b.zone).Format("2 January 2006"))
	}
	var printed []string
	for _, s := range l.Printed {
		if s != l.Address {
			printed = append(printed, shownName(s, flagged))
		}
	}
	h.Printed = strings.Join(printed, ", ")
	h.Events = count(l.Events, "event")
	if when := b.period(l.First, l.Last); when != "" {
		h.Events += ", " + when
	}
	if flagged {
		h.Flag = "This can be taken for another name or address. Letters that look like others have their number behind them."
	}
	if l.Item != 0 {
		h.Where = b.itemName(l.Item)
	}
	h.CanSplit = l.By != "" || p.Owner && len(p.Handles) > 1
	return h
}

// itemName is the name of an item; empty where it cannot be read.
func (b *PeopleBook) itemName(number int64) string {
	item, err := b.c.Item(number)
	if err != nil {
		return ""
	}
	return oneLine(item.Name)
}

func handleKind(k timeline.HandleKind) string {
	switch k {
	case timeline.PhoneHandle:
		return "Telephone number"
	case timeline.EmailHandle:
		return "E-mail address"
	case timeline.AccountHandle:
		return "Account"
	}
	return "Name alone"
}

// PersonQuery asks the timeline for what a person sent or got.
func PersonQuery(number int64) Query {
	return Query{Choice: Choice{PeopleFacet: {fmt.Sprint(number)}}}
}

// HandleEvents gives the events from and to one handle.
func (d *Desk) HandleEvents(ctx context.Context, h HandleRow) (*Only, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	found, err := x.Find(ctx, timeline.Filter{Handles: []string{h.Key}})
	if err != nil {
		return nil, err
	}
	return &Only{Name: h.Address, Events: found.IDs(0, found.Len())}, nil
}
