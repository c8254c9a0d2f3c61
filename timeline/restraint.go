package timeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Order is an order, bail condition, warning or request to stop.
type Order struct {
	OrderDraft
	Number   uint64 // of its journal entry
	Recorded time.Time
	By       string
}

// OrderDraft is an order to be noted. Replaces names the number of an earlier
// note that this one corrects; both stay in the journal.
type OrderDraft struct {
	Kind     string `json:"kind"` // "order", "bail", "warning", "request to stop"
	Title    string `json:"title"`
	Issuer   string `json:"issuer,omitempty"` // the court, the force, the person
	Made     When   `json:"-"`
	Served   When   `json:"-"`
	Expires  When   `json:"-"`
	Terms    string `json:"terms,omitempty"`
	Item     int64  `json:"item,omitempty"` // the item that shows it
	Replaces uint64 `json:"replaces,omitempty"`
}

const actionOrder = "order"

type orderEntry struct {
	Made    *WireWhen `json:"made,omitempty"`
	Served  *WireWhen `json:"served,omitempty"`
	Expires *WireWhen `json:"expires,omitempty"`
	OrderDraft
}

type nothing struct{}

// AddOrder notes an order.
func (x *Index) AddOrder(ctx context.Context, d OrderDraft) (Order, error) {
	if strings.TrimSpace(d.Title) == "" || d.Kind == "" {
		return Order{}, errors.New("order: say what it is")
	}
	if d.Made == (When{}) && d.Served == (When{}) {
		return Order{}, errors.New("order: say when it was made or served")
	}
	entry := orderEntry{wireWhenOf(d.Made), wireWhenOf(d.Served), wireWhenOf(d.Expires), d}
	entries, err := x.record(ctx, draft{actionOrder, nothing{}, entry})
	if err != nil {
		return Order{}, fmt.Errorf("order: %w", err)
	}
	e := entries[0]
	return Order{d, e.Seq, e.Time, e.Actor}, nil
}

func (x *Index) applyOrder(e entry) error {
	var in orderEntry
	if err := json.Unmarshal(e.Detail, &in); err != nil {
		return err
	}
	o := Order{in.OrderDraft, e.Seq, e.Time, e.Actor}
	for _, t := range []struct {
		to   *When
		wire *WireWhen
	}{{&o.Made, in.Made}, {&o.Served, in.Served}, {&o.Expires, in.Expires}} {
		var err error
		if *t.to, err = t.wire.when(); err != nil {
			return err
		}
	}
	x.orders = slices.DeleteFunc(slices.Clone(x.orders), func(old Order) bool { return old.Number == o.Replaces && o.Replaces != 0 })
	x.orders = append(x.orders, o)
	return nil
}

// Orders gives the orders as last noted, and after them those of the registers:
// orders and conditions, and when somebody was told to stop, blocked or warned.
func (x *Index) Orders() []Order {
	x.mu.RLock()
	out := slices.Clone(x.orders)
	x.mu.RUnlock()
	for _, r := range x.Registers(CourtOrder, Notice) {
		out = append(out, r.Current().order(x.zone))
	}
	return out
}

// order is the entry of a register as an order.
func (v RegisteredVersion) order(zone *time.Location) Order {
	o := Order{OrderDraft{Kind: cmp.Or(v.Fields["sort"], v.Fields["how"]), Title: v.Words, Issuer: cmp.Or(v.Fields["court"], v.Fields["by"]),
		Made: v.When, Expires: v.Ends}, v.Entry, v.Recorded, v.By}
	if w, err := Typed(v.Fields["served"], "", "", zone); err == nil && v.Fields["served"] != "" {
		o.Served = w.stated()
	}
	var terms []string
	for _, t := range v.Terms {
		terms = append(terms, t.Text)
	}
	if o.Terms = strings.Join(terms, "; "); len(v.Items) > 0 {
		o.Item = v.Items[0]
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
