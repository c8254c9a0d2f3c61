package casework

import (
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/assets/law"
	"daybook/timeline"
)

// OrderOf is what the law says of an order, by the name that its entry gives, or by
// its sort as the law was when it was made.
func OrderOf(packs []law.Pack, v timeline.RegisteredVersion, zone *time.Location) (law.Order, bool) {
	sort := strings.TrimPrefix(v.Fields["sort"], "interim ")
	made, dated := day(v.When, zone)
	for _, p := range packs {
		for _, o := range p.Orders {
			if strings.EqualFold(o.ID, v.Fields["law"]) || v.Fields["law"] == "" && strings.EqualFold(o.Label, sort) && (!dated || o.At(made)) {
				return o, true
			}
		}
	}
	return law.Order{}, false
}

// breakable are the orders of a case that an offence is about.
type breakable struct {
	orders map[timeline.ID]bool
	whose  againsts
}

// breakableBy finds the orders that are broken by an offence, or that it names.
func breakableBy(x *timeline.Index, pack law.Pack, o law.Offence) breakable {
	of := breakable{map[timeline.ID]bool{}, againstsOf(x)}
	for _, r := range x.Registers(timeline.CourtOrder) {
		if k, ok := OrderOf([]law.Pack{pack}, r.Current(), x.Zone()); ok && (k.Breach == o.ID || slices.Contains(o.Orders, k.ID)) {
			of.orders[r.ID] = true
		}
	}
	return of
}

// shown is a thing without what it shows of other orders: that one was made, was
// served, or may have been broken. A mark does not say which order it means: it is of
// none that is against somebody else than who did it.
// Whether it is such a mark is told with it.
func (of breakable) shown(t thing) (_ thing, others bool) {
	var theirs bool
	switch t.Kind {
	case timeline.CourtOrder:
		theirs = of.orders[t.ID]
	case timeline.Breach:
		id, err := timeline.ParseID(t.Extra.Get("order"))
		theirs = err == nil && of.orders[id]
	default:
		theirs = t.shows["breach"] == ""
		for order := range of.orders {
			theirs = theirs || !of.whose.another(t.Row, order)
		}
		others = !theirs && len(of.orders) > 0
	}
	if !theirs {
		t.shows = maps.Clone(t.shows)
		for _, what := range []string{"order", "service", "breach"} {
			delete(t.shows, what)
		}
	}
	return t, others
}

// ordered tells that an order was made that is broken by an offence.
func ordered(x *timeline.Index, pack law.Pack, o law.Offence) bool {
	return slices.ContainsFunc(x.Registers(timeline.CourtOrder), func(r timeline.Registered) bool {
		k, ok := OrderOf([]law.Pack{pack}, r.Current(), x.Zone())
		return ok && k.Breach == o.ID
	})
}
