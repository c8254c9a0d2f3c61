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
	Mark   timeline.Mark // the first that says so
	Orders []timeline.ID // whose time leaves it open that it was them; where there is one, it is of that one
}

// breaks tells that a mark says that something may break an order.
func breaks(m timeline.Mark) bool { return m.Tag == "breach_of_order" || m.Tag == bailBreach }

const bailBreach = "bail_breach"

// MarkedBreaches finds them, in order of time. An entry that says of an event that it
// breaks no term takes no mark away.
func MarkedBreaches(ctx context.Context, x *timeline.Index) ([]MarkedBreach, error) {
	noted := map[timeline.ID]bool{}
	for _, r := range x.Registers(timeline.Breach) {
		if v := r.Current(); v.Fields["may"] != "no" {
			for _, id := range v.Events {
				noted[id] = true
			}
		}
	}
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
		if at < 0 || noted[r.ID] || r.Kind.Register() || !bears(r, "breach") {
			continue
		}
		b := MarkedBreach{Row: r, Mark: r.Marks[at]}
		b.Orders = b.open(x)
		list = append(list, b)
	}
	return list, nil
}

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

// of is the breach as an entry of the register would have it, of an order.
func (b MarkedBreach) of(order timeline.ID) timeline.RegisteredVersion {
	d := timeline.RegisterDraft{Kind: timeline.Breach, When: b.When, Words: b.Text, Events: []timeline.ID{b.ID},
		Fields: map[string]string{"order": order.String(), "may": "yes"}}
	return timeline.RegisteredVersion{RegisterDraft: d, Entry: b.Mark.Number, Recorded: b.Mark.At, By: b.Mark.By}
}

// Registered is the breach as an entry of the register: of the order that was in
// force on its day, or of none where several were, or none was.
func (b MarkedBreach) Registered() timeline.Registered {
	v := b.of(timeline.ID{})
	delete(v.Fields, "order")
	if len(b.Orders) == 1 {
		v.Fields["order"] = b.Orders[0].String()
	}
	return timeline.Registered{ID: b.ID, Number: b.Mark.Number, Versions: []timeline.RegisteredVersion{v}}
}

// Breaking are what may have broken an order: the entries of the register that do not
// say no, and after them what was marked and may be of it.
func Breaking(ctx context.Context, x *timeline.Index, order timeline.ID) (ids []timeline.ID, err error) {
	for _, r := range x.Registers(timeline.Breach) {
		if v := r.Current(); v.Fields["order"] == order.String() && v.Fields["may"] != "no" {
			ids = append(ids, r.ID)
		}
	}
	marked, err := MarkedBreaches(ctx, x)
	for _, b := range marked {
		if slices.Contains(b.Orders, order) {
			ids = append(ids, b.ID)
		}
	}
	return ids, err
}
