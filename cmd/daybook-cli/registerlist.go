package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/registers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// registered is an entry as JSON gives it.
type registered struct {
	Event      timeline.ID        `json:"event"`
	Entry      uint64             `json:"entry"`
	Version    int                `json:"version"`
	By         string             `json:"by"`
	Recorded   string             `json:"recorded"`
	Kept       []timeline.Kept    `json:"corrected,omitempty"` // what others than who wrote it changed
	When       timeline.WireWhen  `json:"when"`
	Ends       *timeline.WireWhen `json:"ends,omitempty"`
	Due        *timeline.WireWhen `json:"due,omitempty"`
	Gone       string             `json:"expires_on,omitempty"` // when it may be gone, or is due
	Overdue    bool               `json:"overdue,omitempty"`
	Outside    []timeline.Outside `json:"outside,omitempty"`            // of a breach: how it lies outside the time of its order
	Marked     string             `json:"marked,omitempty"`             // the tag of an event that is no entry, and was marked as a breach
	Orders     []timeline.ID      `json:"orders,omitempty"`             // of such a one: those whose days fit
	Term       string             `json:"term,omitempty"`               // of a breach: the term that it names, as it stood when it was named
	TermNow    string             `json:"term_now,omitempty"`           // how the order has it now, where that is otherwise
	Unserved   bool               `json:"unserved,omitempty"`           // of a breach: no day of service of its order is noted
	Breaches   int                `json:"breaches,omitempty"`           // of an order: what may have broken it
	BreachesOf int                `json:"breaches_events,omitempty"`    // of these, of how many events
	Strangers  int                `json:"breaches_by_others,omitempty"` // of these, what somebody else did than whom the order is against
	Another    string             `json:"by_another,omitempty"`         // of a breach: that its order is against somebody else than who did it
	Shared     int                `json:"breaches_shared,omitempty"`    // of these, what is counted under another order too
	Again      int                `json:"breaches_again,omitempty"`     // of these, further entries of an event that is counted already
	Denied     int                `json:"breaches_denied,omitempty"`    // of an order: answers that say no, which are not counted
	Others     int                `json:"breaches_of_others,omitempty"` // of an order: what was marked, and another than whom it is against did; not counted
	Early      int                `json:"breaches_outside,omitempty"`   // of these, what lies outside the time of the order or of its term
	timeline.RegisterDraft

	whose      string // of what was marked: who did it, where the orders of its day are against somebody else
	late, lost bool   // what is due is past; what is looked for may be gone
}

func registeredOf(x *timeline.Index, r timeline.Registered, now time.Time) registered {
	v, zone := r.Current(), x.Zone()
	out := registered{Event: r.ID, Entry: v.Entry, Version: len(r.Versions), By: v.Author, Kept: v.Kept, Recorded: v.Recorded.Format(time.RFC3339),
		When: timeline.WireTime(v.When.Own()), RegisterDraft: v.RegisterDraft, Gone: v.DueOn(zone), Outside: x.Outside(v), Unserved: x.Unserved(v)}
	for _, d := range []struct {
		from timeline.When
		to   **timeline.WireWhen
	}{{v.Ends, &out.Ends}, {v.Due, &out.Due}} {
		if d.from.Precision != "" {
			w := timeline.WireTime(d.from.Own())
			*d.to = &w
		}
	}
	if t, ok := x.NamedTerm(v); ok {
		out.Term, out.TermNow = t.String(), t.Since(zone)
	}
	past := func(day string) bool { return v.Open() && day != "" && day < now.In(zone).Format(time.DateOnly) }
	out.Overdue, out.late, out.lost = past(out.Gone), past(v.DueDay(zone)), past(v.Fields["expires"])
	return out
}

// listed prints the entries of a register.
func (t *terminal) listed(ctx context.Context, x *timeline.Index, r registers.Register, f *registerFlags) error {
	if _, ok := r.Field(f.without); f.without != "" && !ok {
		return use(fmt.Errorf("--without %q: %s has no such field", f.without, r.Kind))
	}
	var list []registered
	for _, e := range x.Registers(timeline.Kind(r.Kind)) {
		v := e.Current()
		if f.without != "" && v.Says(f.without) || f.open && !v.Open() {
			continue
		}
		list = append(list, registeredOf(x, e, time.Now()))
	}
	list, err := t.withBreaches(ctx, x, timeline.Kind(r.Kind), list, f)
	if err != nil {
		return err
	}
	if f.open {
		slices.SortStableFunc(list, func(a, b registered) int {
			return cmp.Or(cmp.Compare(onlyIf(a.Gone == "", "x"), onlyIf(b.Gone == "", "x")), cmp.Compare(a.Gone, b.Gone))
		})
	}
	if err := each(t, list, func(e registered) {
		t.registered(r, e, x)
	}); err != nil {
		return err
	}
	if len(list) == 0 && !t.json {
		t.say("%s: nothing is in it yet", r.Title)
	}
	if r.Kind == string(timeline.ReportMade) {
		t.sayReports(x, r, list)
	}
	return nil
}

// sayReports says of how many reports it is known where they stand, and what stands
// beside those of the list: reports that incidents name, and incidents that have none.
func (t *terminal) sayReports(x *timeline.Index, r registers.Register, list []registered) {
	state, _ := r.Field("state")
	of := map[string]int{}
	for _, e := range list {
		of[e.Fields[state.ID]]++
	}
	var said []string
	for _, s := range append(slices.Clone(state.Choices), "") {
		if of[s] > 0 {
			said = append(said, fmt.Sprintf("%s %d", cmp.Or(s, "not said"), of[s]))
		}
	}
	if len(said) > 0 {
		t.say("Where they stand: %s.", strings.Join(said, ", "))
	}
	if n := x.ReportedWithIncidents(); n > 0 {
		t.say("Noted with incidents, beside these: %s.", count(n, "report"))
	}
	if n := x.NotReported(); n > 0 {
		t.say("Incidents with no report noted: %d.", n)
	}
}

func (t *terminal) registered(r registers.Register, e registered, x *timeline.Index) {
	zone, when := x.Zone(), e.RegisterDraft.When.Own()
	if e.Marked != "" {
		when = e.RegisterDraft.When // its source gave it, and nobody wrote it down
	}
	fmt.Fprintf(t.out, "%s  %s  %s\n", e.Event, when.Text(zone), visible(e.Words))
	for _, f := range r.Fields {
		v := e.Fields[f.ID]
		if f.Type == registers.Term {
			v = cmp.Or(e.Term, v)
		}
		if v != "" {
			fmt.Fprintf(t.out, "    %s: %s%s\n", f.Label, visible(v), onlyIf(f.ID == "expires" && e.lost, " (gone by)"))
		}
	}
	if e.TermNow != "" {
		fmt.Fprintf(t.out, "    %s\n", visible(e.TermNow))
	}
	for i, term := range e.Terms {
		fmt.Fprintf(t.out, "    Term %d: %s\n", i+1, visible(term.String()))
	}
	if e.Ends != nil {
		fmt.Fprintf(t.out, "    %s: %s\n", r.Dates.Ends, e.RegisterDraft.Ends.Own().Text(zone))
	}
	if e.Due != nil {
		fmt.Fprintf(t.out, "    %s: %s%s\n", r.Dates.Due, e.RegisterDraft.Due.Own().Text(zone), onlyIf(e.late, " (overdue)"))
	}
	if len(e.Events) > 0 && e.Marked == "" {
		fmt.Fprintf(t.out, "    %s: %s\n", r.Events, strings.Join(eventsNamed(x, e.Events), "; "))
	}
	for _, how := range e.Outside {
		fmt.Fprintf(t.out, "    Its time is %s.\n", how)
	}
	if e.Another != "" {
		fmt.Fprintf(t.out, "    %s\n", visible(e.Another))
	}
	if e.Unserved {
		fmt.Fprintln(t.out, "    No day of service of its order is noted.")
	}
	if e.Breaches > 0 {
		of := count(e.BreachesOf, "event")
		if e.Breaches != e.BreachesOf {
			of = fmt.Sprintf("%s, of %s", count(e.Breaches, "entry", "entries"), of)
		}
		fmt.Fprintf(t.out, "    May have broken it: %s (register CASE breach lists them)\n", of)
	}
	if e.Denied > 0 {
		fmt.Fprintf(t.out, "    Answered no, and so not counted: %d\n", e.Denied)
	}
	if e.Others > 0 {
		fmt.Fprintf(t.out, "    Marked, and not counted, for who did it does not have the name of whom it is against: %d (register CASE breach lists them)\n", e.Others)
	}
	if e.Shared > 0 {
		fmt.Fprintf(t.out, "    Of these, counted under another order too: %d\n", e.Shared)
	}
	if e.Again > 0 {
		fmt.Fprintf(t.out, "    Of these, of an event that is counted already, as under another term: %d\n", e.Again)
	}
	if e.Strangers > 0 {
		fmt.Fprintf(t.out, "    Of these, done by somebody who does not have the name of whom it is against: %d\n", e.Strangers)
	}
	if e.Early > 0 {
		fmt.Fprintf(t.out, "    Of these, outside the time of the order or of its term: %d\n", e.Early)
	}
	if e.Marked != "" {
		if e.whose != "" {
			fmt.Fprintf(t.out, "    It is %s; the orders of its day are against somebody else\n", visible(e.whose))
		}
		fmt.Fprintf(t.out, "    Marked as %s by %s, entry %d; which %s was not said\n", e.Marked, visible(e.By), e.Entry, onlyIf(len(e.Orders) != 1, "order and which ")+"term")
		return
	}
	fmt.Fprintf(t.out, "    Written down by %s, entry %d%s\n", visible(e.By), e.Entry, onlyIf(e.Version > 1, fmt.Sprintf(", version %d", e.Version)))
	for _, k := range e.Kept {
		fmt.Fprintf(t.out, "    Fields corrected by %s\n", visible(k.Full(zone)))
	}
}

// withBreaches counts of orders what may have broken them, and puts after the entries
// of breaches what was marked as one.
func (t *terminal) withBreaches(ctx context.Context, x *timeline.Index, kind timeline.Kind, list []registered, f *registerFlags) ([]registered, error) {
	switch kind {
	case timeline.CourtOrder:
		for i, e := range list {
			all, err := casework.Breaking(ctx, x, e.Event)
			if err != nil {
				return nil, err
			}
			list[i].Breaches, list[i].Denied, list[i].Shared, list[i].Again, list[i].Early = len(all.Events), len(all.Denied), all.Shared, all.Again, all.Early()
			list[i].Others, list[i].BreachesOf, list[i].Strangers = len(all.Others), all.Of(), len(all.By)
		}
	case timeline.Breach:
		by := casework.Strangers(x, x.Registers(kind)...)
		for i, e := range list {
			if s, is := by[e.Event]; is {
				list[i].Another = s.String()
			}
		}
		marked, err := casework.MarkedBreaches(ctx, x)
		if err != nil {
			return nil, err
		}
		for _, b := range marked {
			if r := b.Registered(); f.without == "" || !r.Current().Says(f.without) {
				e := registeredOf(x, r, time.Now())
				e.Marked, e.Orders, e.When = b.Mark.Tag, b.Orders, timeline.WireTime(b.Said())
				e.RegisterDraft.When = b.Said()
				if len(b.Orders) == 0 && len(b.Others) > 0 {
					e.whose = casework.DoerOf(b.Row).ByWhom()
				}
				list = append(list, e)
			}
		}
	}
	return list, nil
}
