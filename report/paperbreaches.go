package report

import (
	"slices"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// markedBreaches are the events that somebody marked as what may break an order, as
// entries of the register of breaches: a paper must not say that nothing may have
// broken it because it was written down in another place.
func (f *filler) markedBreaches() ([]timeline.Registered, error) {
	marked, err := casework.MarkedBreaches(f.ctx, f.x)
	if f.out.One == string(timeline.CourtOrder) {
		marked, err = casework.MarkedOf(f.ctx, f.x, f.one.ID)
	}
	if err != nil {
		return nil, err
	}
	if f.twice, err = casework.UnderSeveral(f.ctx, f.x); err != nil {
		return nil, err
	}
	f.again = casework.UnderTerms(f.x)
	var list []timeline.Registered
	for _, b := range marked {
		f.several[b.ID] = !b.Sole() && slices.Contains(b.Orders, f.one.ID)
		r := b.Registered()
		v := &r.Versions[0]
		v.Words, v.Items, _ = f.told(b.Row)
		unsaid := sayPaperMarkedTerm
		switch {
		case b.Elsewhere:
			unsaid = sayPaperMarkedOther
		case !b.Sole():
			v.Fields["order"], unsaid = f.in(sayPaperAnOrder), sayPaperMarkedOrder
		}
		said := ""
		if w, ok := f.written(b.ID); ok {
			in, _ := f.p.readable(w)
			said = f.clean(in.OrderInForce)
			v.Fields["reported"] = numbersOf(in.ReportedTo)
		}
		v.Fields["term"] = strings.Join(slices.DeleteFunc([]string{f.in(unsaid), said}, func(s string) bool { return s == "" }), "\n")
		list = append(list, r)
	}
	return list, nil
}

// numbersOf are the numbers under which an incident was reported.
func numbersOf(reports []timeline.Report) string {
	var all []string
	for _, t := range reports {
		all = append(all, t.Crime)
	}
	return joined(all...)
}
