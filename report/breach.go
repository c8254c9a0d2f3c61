package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// The page is all that a court has: what a possible breach names by an ID or a number
// stands there in words.

// orderNamed is the order that an entry names, as this pack shows it, with its row. One
// that is left out stays unnamed, and in a served pack one that has no row.
func (p *planner) orderNamed(id string) []Run {
	order, err := timeline.ParseID(id)
	if err != nil {
		return quote(id)
	}
	r, err := p.x.Event(order)
	if err != nil {
		return quote(id)
	}
	n := p.orders[order]
	shown, _, why := p.shown(r)
	if why != "" || n == 0 && p.b.Pack == Served {
		return say(sayOrderNotHere)
	}
	parts := []string{shown.Extra.Get("sort"), shown.Extra.Get("court"), listed(shown.Said(), p.b.Zone)}
	runs := quote(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", "))
	if n == 0 {
		return append(runs, Run{Text: " (" + sayNoRowHere + ")"})
	}
	return append(runs, Run{Text: " ("}, link(fmt.Sprintf(sayRowNumber, n), rowAnchor(n)), Run{Text: ")"})
}

// takeOrder takes the ID of an order out of the data of a row in a served pack that does
// not show that order.
func (p *planner) takeOrder(r *timeline.Row) {
	order, err := timeline.ParseID(r.Extra.Get("order"))
	if err == nil && r.Kind.Register() && p.b.Pack == Served && (p.orders[order] == 0 || p.out[order]) {
		r.Extra = slices.DeleteFunc(slices.Clone(r.Extra), func(f timeline.Fact) bool { return f.Name == "order" })
	}
}

// termNamed is the term that an entry names; in a served pack, which has no terms, by
// its number alone.
func (p *planner) termNamed(v timeline.RegisteredVersion, number string) string {
	t, ok := p.x.NamedTerm(v)
	if !ok || number == "" || p.b.Pack == Served {
		return number
	}
	if since := t.Since(p.x.Zone()); since != "" {
		return t.String() + " (" + since + ")"
	}
	return t.String()
}

// markedAlone are the events that a mark alone says may break an order, as what an entry
// would say of them; a served pack shows no such mark.
func (p *planner) markedAlone(ctx context.Context) error {
	p.marked = map[timeline.ID]timeline.RegisteredVersion{}
	if p.b.Pack == Served {
		return nil
	}
	p.strangers = casework.Strangers(p.x, p.x.Registers(timeline.Breach)...)
	list, err := casework.MarkedBreaches(ctx, p.x)
	for _, b := range list {
		p.marked[b.ID] = b.Registered().Current()
	}
	return err
}

// outside says of a breach how it lies outside the time of its order, where this pack
// shows that order, and of its term, where it shows terms; that somebody else did it than
// whom the order is against; and that nothing says since when the order was known.
func (p *planner) outside(out *Row, v timeline.RegisteredVersion) {
	order, err := timeline.ParseID(v.Fields["order"])
	if served := p.b.Pack == Served; err != nil || served && p.orders[order] == 0 {
		return
	}
	for _, how := range p.x.Outside(v) {
		if how != timeline.AfterTerm || p.b.Pack != Served {
			out.Flags = append(out.Flags, fmt.Sprintf(sayPaperOutside, how))
		}
	}
	if _, is := p.strangers[out.ID]; is {
		out.Flags = append(out.Flags, sayPaperStranger)
	}
	if p.x.Unserved(v) {
		out.Flags = append(out.Flags, sayPaperUnserved)
	}
}
