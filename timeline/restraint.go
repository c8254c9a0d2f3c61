package timeline

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// Order is an entry of the registers of orders and of notices: an order, a bail
// condition, a warning or a request to stop, with its dates.
type Order struct {
	Number                uint64 // of the journal entry of its last version
	Kind                  string // "restraining order", "asked to stop"
	Notice                bool   // somebody was told, and nothing was ordered
	Against               string // whom it is against, or to, as its entry says it
	Title                 string
	Issuer                string // the court, the force, the person
	Made, Served, Expires When
	Terms                 []Term
	Items                 []int64 // that show it
}

// Orders gives the orders and conditions of the registers, and with them when
// somebody was told to stop, blocked or warned: by when they were made, and last those
// of which nothing says when.
func (x *Index) Orders() []Order {
	var out []Order
	for _, r := range x.Registers(CourtOrder, Notice) {
		out = append(out, r.Current().order(x.zone))
	}
	slices.SortStableFunc(out, func(a, b Order) int { return a.Made.before(b.Made) })
	return out
}

// before compares two times by where they begin; one without stands behind all.
func (w When) before(o When) int {
	at, known := w.Order()
	other, also := o.Order()
	switch {
	case known && also:
		return at.Compare(other)
	case known:
		return -1
	case also:
		return 1
	}
	return 0
}

// order is the entry of a register as an order.
func (v RegisteredVersion) order(zone *time.Location) Order {
	o := Order{Number: v.Entry, Kind: cmp.Or(v.Fields["sort"], v.Fields["how"]), Title: v.Words, Issuer: cmp.Or(v.Fields["court"], v.Fields["by"]), Notice: v.Kind == Notice, Against: v.Fields["against"],
		Made: v.When, Expires: v.Ends, Terms: v.Terms, Items: v.Items}
	if w, err := Typed(v.Fields["served"], "", "", zone); err == nil && v.Fields["served"] != "" {
		o.Served = w.stated()
	}
	return o
}

// LiveTerm is a term that is in force on a day.
type LiveTerm struct {
	Order  ID
	Number int // from 1
	Term
	Called  string // what the order is
	Law     string // its name in the law, where somebody said it
	Made    When
	Served  string // the day of it, where that came after the time; empty: not after it
	Against string // whom it is against, as its entry says it
}

// LiveTerms gives the terms of orders and conditions that were in force at a
// time.
func (x *Index) LiveTerms(at time.Time) (live []LiveTerm) {
	for _, r := range x.Registers(CourtOrder) {
		v := r.Current()
		if !v.InForce(at, x.zone) {
			continue
		}
		for i, t := range v.Terms {
			if !t.Ended(at, x.zone) {
				live = append(live, LiveTerm{r.ID, i + 1, t, cmp.Or(v.Fields["sort"], v.Words), v.Fields["law"], v.When, v.servedAfter(at, x.zone), v.Fields["against"]})
			}
		}
	}
	return live
}

// servedAfter is the day of service, where a time lies before it.
func (v RegisteredVersion) servedAfter(at time.Time, zone *time.Location) string {
	if day := v.Fields["served"]; day > at.In(zone).Format(time.DateOnly) {
		return day
	}
	return ""
}

// InForce tells that an order holds at a time: made before it, and not ended.
func (v RegisteredVersion) InForce(at time.Time, zone *time.Location) bool {
	begins, _ := v.When.Order()
	return !begins.After(at) && !v.Ended(at, zone)
}

// Ended tells that it holds no more; the day on which it ends is still in it, and
// what may hold yet has not ended.
func (v RegisteredVersion) Ended(at time.Time, zone *time.Location) bool {
	end, ok := v.Ends.Latest()
	return ok && end.Add(-time.Nanosecond).In(zone).Format(time.DateOnly) < at.In(zone).Format(time.DateOnly)
}

// Ended tells that a term has ended before its order.
func (t Term) Ended(at time.Time, zone *time.Location) bool {
	return t.Ends != "" && t.Ends < at.In(zone).Format(time.DateOnly)
}

func (x *Index) applyDelete(e entry) error {
	var s itemSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	x.deleted[s.Item] = true
	return nil
}
