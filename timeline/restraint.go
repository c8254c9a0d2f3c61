package timeline

import (
	"cmp"
	"encoding/json"
	"time"
)

// Order is an entry of the registers of orders and of notices: an order, a bail
// condition, a warning or a request to stop, with its dates.
type Order struct {
	Number                uint64 // of the journal entry of its last version
	Kind                  string // "restraining order", "asked to stop"
	Title                 string
	Issuer                string // the court, the force, the person
	Made, Served, Expires When
	Terms                 []Term
	Items                 []int64 // that show it
}

// Orders gives the orders and conditions of the registers, and after them when
// somebody was told to stop, blocked or warned.
func (x *Index) Orders() []Order {
	var out []Order
	for _, r := range x.Registers(CourtOrder, Notice) {
		out = append(out, r.Current().order(x.zone))
	}
	return out
}

// order is the entry of a register as an order.
func (v RegisteredVersion) order(zone *time.Location) Order {
	o := Order{Number: v.Entry, Kind: cmp.Or(v.Fields["sort"], v.Fields["how"]), Title: v.Words, Issuer: cmp.Or(v.Fields["court"], v.Fields["by"]),
		Made: v.When, Expires: v.Ends, Terms: v.Terms, Items: v.Items}
	if w, err := Typed(v.Fields["served"], "", "", zone); err == nil && v.Fields["served"] != "" {
		o.Served = w.stated()
	}
	return o
}

func (x *Index) applyDelete(e entry) error {
	var s itemSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	x.deleted[s.Item] = true
	return nil
}
