package casework

import (
	"context"
	"fmt"
	"slices"

	"daybook/timeline"
)

// MarkedBreach is an event that somebody marked as what may break an order, and of
// which no entry of the register of breaches speaks: what is noted in both ways is
// one breach.
type MarkedBreach struct {
	timeline.Row
	Mark      timeline.Mark // the first that says so
	Orders    []timeline.ID // whose time leaves it open that it was them, and of which no entry answers it; where there is one, it is of that one
	Others    []timeline.ID // of those it would be of, orders against somebody whose name who did it does not have
	Elsewhere bool          // an entry says that it may break another
}

// breaks tells that a mark says that something may break an order.
func breaks(m timeline.Mark) bool { return m.Tag == "breach_of_order" || m.Tag == bailBreach }

const bailBreach = "bail_breach"

// answers are what entries of the register say of one event and one order.
type answers struct {
	may bool            // that it may break it
	no  map[string]bool // terms that it does not break
}

// ofOrder is an event and an order.
type ofOrder struct{ event, order timeline.ID }

// answered finds them.
func answered(x *timeline.Index) map[ofOrder]answers {
	all := map[ofOrder]answers{}
	for _, r := range x.Registers(timeline.Breach) {
		v := r.Current()
		order, err := timeline.ParseID(v.Fields["order"])
		for _, id := range v.Events {
			if err != nil {
				break
			}
			of := ofOrder{id, order}
			a := all[of]
			if a.may = a.may || v.Fields["may"] != "no"; v.Fields["may"] == "no" {
				if a.no == nil {
					a.no = map[string]bool{}
				}
				a.no[v.Fields["term"]] = true
			}
			all[of] = a
		}
	}
	return all
}

// MarkedBreaches finds those of which no entry says that they may break an order, in
// order of time.
func MarkedBreaches(ctx context.Context, x *timeline.Index) ([]MarkedBreach, error) {
	list, err := markedBreaches(ctx, x)
	return slices.DeleteFunc(list, func(b MarkedBreach) bool { return b.Elsewhere }), err
}

// MarkedOf finds those that may be of an order, and apart those that would be if who did
// it had the name of whom the order is against: an entry of another order
// answers for that one alone.
func MarkedOf(ctx context.Context, x *timeline.Index, order timeline.ID) (of, others []MarkedBreach, err error) {
	list, err := markedBreaches(ctx, x)
	for _, b := range list {
		switch {
		case slices.Contains(b.Orders, order):
			of = append(of, b)
		case slices.Contains(b.Others, order):
			others = append(others, b)
		}
	}
	return of, others, err
}

func markedBreaches(ctx context.Context, x *timeline.Index) ([]MarkedBreach, error) {
	said, whose := answered(x), againstsOf(x)
	found, err := x.Find(ctx, timeline.Filter{Marks: []string{"breach_of_order", bailBreach}})
	if err != nil {
		return nil, fmt.Errorf("marked breaches: %w", err)
	}
	var list []MarkedBreach
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, fmt.Errorf("marked breaches: %w", err)
		}
		at := slices.IndexFunc(r.Marks, breaks)
		if at < 0 || r.Kind.Register() || !bears(r, "breach") {
			continue
		}
		b := MarkedBreach{Row: r, Mark: r.Marks[at]}
		open := b.open(x)
		left := b.unanswered(x, open, said)
		for _, order := range left {
			if whose.another(r, order) {
				b.Others = append(b.Others, order)
			} else {
				b.Orders = append(b.Orders, order)
			}
		}
		if len(left) > 0 || len(open) == 0 && !b.Elsewhere {
			list = append(list, b)
		}
	}
	return list, nil
}

// unanswered are those of some orders of which no entry says whether it may break
// them: of an order, no entry of another speaks, nor one that denies some of its terms.
func (b *MarkedBreach) unanswered(x *timeline.Index, open []timeline.ID, said map[ofOrder]answers) (orders []timeline.ID) {
	for _, r := range x.Registers(timeline.CourtOrder) {
		a := said[ofOrder{b.ID, r.ID}]
		b.Elsewhere = b.Elsewhere || a.may
		if !a.may && (len(a.no) == 0 || len(a.no) < len(r.Current().Terms)) && slices.Contains(open, r.ID) {
			orders = append(orders, r.ID)
		}
	}
	return orders
}

// Sole tells that it is of one order: the only one that its time, and who did it, leave
// open.
func (b MarkedBreach) Sole() bool { return len(b.Orders) == 1 && !b.Elsewhere }

// open are the orders whose time leaves it open that it broke them; of what is marked
// as a breach of bail, the conditions of bail.
func (b MarkedBreach) open(x *timeline.Index) (ids []timeline.ID) {
	for _, r := range x.Registers(timeline.CourtOrder) {
		if b.Mark.Tag == bailBreach && r.Current().Fields["sort"] != "bail condition" {
			continue
		}
		outside := x.Outside(b.of(r.ID))
		if !slices.Contains(outside, timeline.BeforeMade) && !slices.Contains(outside, timeline.AfterEnd) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// of is the breach as an entry of the register would have it, of an order. A mark does
// not answer whether it may break that: nobody was asked.
func (b MarkedBreach) of(order timeline.ID) timeline.RegisteredVersion {
	d := timeline.RegisterDraft{Kind: timeline.Breach, When: b.When, Words: b.Text, Events: []timeline.ID{b.ID}, Fields: map[string]string{"order": order.String()}}
	return timeline.RegisteredVersion{RegisterDraft: d, Entry: b.Mark.Number, Recorded: b.Mark.At, By: b.Mark.By, Author: b.Mark.By}
}

// Registered is the breach as an entry of the register: of the order that was in
// force on its day, or of none where several were, or none was.
func (b MarkedBreach) Registered() timeline.Registered {
	v := b.of(timeline.ID{})
	delete(v.Fields, "order")
	if b.Sole() {
		v = b.of(b.Orders[0])
	}
	return timeline.Registered{ID: b.ID, Number: b.Mark.Number, Versions: []timeline.RegisteredVersion{v}}
}

// Broken is what may have broken an order: the entries of the register that do not
// say no, and after them what was marked and may be of it.
type Broken struct {
	Events  []timeline.ID
	Shared  int                                // of these, what is counted under another order too
	Again   int                                // of these, further entries of an event that is counted already: one event may break two terms
	Denied  []timeline.Registered              // the entries that say no: none of them is counted
	Others  []MarkedBreach                     // what was marked, and done by somebody who does not have the name of whom it is against: not counted
	By      map[timeline.ID]Stranger           // of these, the entries that name what somebody else did than whom the order is against
	Outside map[timeline.ID][]timeline.Outside // of these, what lies outside the time of the order or of its term, or may, and how

	of int
}

// Of is of how many events these are; an entry that names none is of one.
func (b Broken) Of() int { return b.of }

// Early counts those of which it is sure that they lie outside.
func (b Broken) Early() (n int) {
	for _, how := range b.Outside {
		if slices.ContainsFunc(how, timeline.Outside.Surely) {
			n++
		}
	}
	return n
}

// Breaking finds it.
func Breaking(ctx context.Context, x *timeline.Index, order timeline.ID) (Broken, error) {
	all := Broken{Outside: map[timeline.ID][]timeline.Outside{}}
	seen := map[timeline.ID]bool{}
	add := func(id timeline.ID, v timeline.RegisteredVersion) {
		if slices.ContainsFunc(v.Events, func(of timeline.ID) bool { return seen[of] }) {
			all.Again++
		}
		for _, of := range v.Events {
			seen[of] = true
		}
		if len(v.Events) == 0 {
			all.of++
		}
		all.Events = append(all.Events, id)
		if how := x.Outside(v); len(how) > 0 {
			all.Outside[id] = how
		}
	}
	several, err := UnderSeveral(ctx, x)
	if err != nil {
		return all, err
	}
	var counted []timeline.Registered
	for _, r := range x.Registers(timeline.Breach) {
		switch v := r.Current(); {
		case v.Fields["order"] != order.String():
		case v.Fields["may"] == "no":
			all.Denied = append(all.Denied, r)
		default:
			add(r.ID, v)
			counted = append(counted, r)
		}
	}
	all.By = Strangers(x, counted...)
	marked, others, err := MarkedOf(ctx, x, order)
	all.Others = others
	for _, b := range marked {
		add(b.ID, b.of(order))
	}
	all.of += len(seen)
	for _, id := range all.Events {
		if several[id] {
			all.Shared++
		}
	}
	return all, err
}

// besideBreaches is what stands beside what an entry of a breach may show.
type besideBreaches struct {
	x         *timeline.Index
	strangers map[timeline.ID]Stranger
	again     map[timeline.ID]bool
}

func breachesOf(x *timeline.Index) besideBreaches {
	return besideBreaches{x, Strangers(x, x.Registers(timeline.Breach)...), UnderTerms(x)}
}

// beside says that its time lies outside that of its order, that another did it, that
// it is one event with another entry, and what others answered. The words have no name
// of who did it: papers say them that name nobody.
func (b besideBreaches) beside(r timeline.Registered) (said string) {
	v := r.Current()
	for _, how := range b.x.Outside(v) {
		said += "; its time is " + string(how)
	}
	if _, is := b.strangers[r.ID]; is {
		said += "; " + sayNotTheirs
	}
	if b.again[r.ID] {
		said += "; " + sayOneEvent
	}
	for _, other := range b.x.OtherAnswers(v.RegisterDraft, v.Entry) {
		o := other.Current()
		said += fmt.Sprintf("; answered %s by %s, entry %d", o.Fields["may"], o.Author, o.Entry)
	}
	return said
}

// UnderTerms are the entries of the register of breaches that name an event which
// another entry of the same order names too: it is one event, and may break two terms.
func UnderTerms(x *timeline.Index) map[timeline.ID]bool {
	entries := map[ofOrder][]timeline.ID{}
	terms := map[ofOrder]map[string]bool{}
	for _, r := range x.Registers(timeline.Breach) {
		v := r.Current()
		order, err := timeline.ParseID(v.Fields["order"])
		for _, id := range v.Events {
			if of := (ofOrder{id, order}); err == nil && v.Fields["may"] != "no" && !slices.Contains(entries[of], r.ID) {
				entries[of] = append(entries[of], r.ID)
				if terms[of] == nil {
					terms[of] = map[string]bool{}
				}
				terms[of][v.Fields["term"]] = true
			}
		}
	}
	several := map[timeline.ID]bool{}
	for of, list := range entries {
		for _, id := range list {
			several[id] = several[id] || len(terms[of]) > 1
		}
	}
	return several
}

// UnderSeveral are the entries of the register of breaches, and the marked events, that
// count under one order while what they are of counts under another too.
func UnderSeveral(ctx context.Context, x *timeline.Index) (map[timeline.ID]bool, error) {
	marked, err := markedBreaches(ctx, x)
	if err != nil {
		return nil, err
	}
	orders := map[timeline.ID]map[string]bool{} // under which an event counts
	count := func(event timeline.ID, order string) {
		if orders[event] == nil {
			orders[event] = map[string]bool{}
		}
		orders[event][order] = true
	}
	entries := x.Registers(timeline.Breach)
	for _, r := range entries {
		v := r.Current()
		for _, id := range v.Events {
			if v.Fields["may"] != "no" {
				count(id, v.Fields["order"])
			}
		}
	}
	for _, b := range marked {
		for _, order := range b.Orders {
			count(b.ID, order.String())
		}
	}
	several := map[timeline.ID]bool{}
	for _, r := range entries {
		v := r.Current()
		several[r.ID] = v.Fields["may"] != "no" && slices.ContainsFunc(v.Events, func(id timeline.ID) bool { return len(orders[id]) > 1 })
	}
	for _, b := range marked {
		several[b.ID] = len(orders[b.ID]) > 1
	}
	return several, nil
}
