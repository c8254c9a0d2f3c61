package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// markedBreaches are the events that somebody marked as what may break an order, as
// entries of the register of breaches: a paper must not say that nothing may have
// broken it because it was written down in another place.
func (f *filler) markedBreaches() ([]timeline.Registered, error) {
	marked, err := casework.MarkedBreaches(f.ctx, f.x)
	if f.out.One == string(timeline.CourtOrder) {
		marked, f.apart, err = casework.MarkedOf(f.ctx, f.x, f.one.ID)
	}
	if err != nil {
		return nil, err
	}
	if f.twice, err = casework.UnderSeveral(f.ctx, f.x); err != nil {
		return nil, err
	}
	f.again, f.strangers = casework.UnderTerms(f.x), casework.Strangers(f.x, f.x.Registers(timeline.Breach)...)
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
		case len(b.Orders) == 0 && len(b.Others) > 0:
			v.Fields["order"], unsaid = f.in(sayPaperAnOrder), sayPaperMarkedBy
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

// brokenOrders are the orders of which a possible breach is held.
func (f *filler) brokenOrders() (map[timeline.ID]bool, error) {
	all, err := f.entries(papers.Part{Register: string(timeline.Breach)})
	broken := map[timeline.ID]bool{}
	for _, r := range all {
		v := r.Current()
		if id, err := timeline.ParseID(v.Fields["order"]); err == nil && v.Fields["may"] != "no" && !f.barred[r.ID] {
			broken[id] = true
		}
	}
	return broken, err
}

// numbersOf are the numbers under which an incident was reported.
func numbersOf(reports []timeline.Report) string {
	var all []string
	for _, t := range reports {
		all = append(all, t.Crime)
	}
	return joined(all...)
}

// denied says how many answers a part leaves out that say that nothing was broken, and
// by whom they are: none of them is a possible breach.
func (f *filler) denied(part papers.Part, all []timeline.Registered) []Block {
	may := part.Where["may"]
	if part.Register != string(timeline.Breach) || len(may) == 0 || slices.Contains(may, "no") {
		return nil
	}
	n, by := 0, map[string]int{}
	for _, r := range all {
		if v := r.Current(); v.Fields["may"] == "no" && !f.bars(r.ID) && (f.out.One == "" || f.ofOne(r)) {
			n++
			by[f.clean(v.Author)]++
		}
	}
	if n == 0 {
		return nil
	}
	return []Block{para(fmt.Sprintf(f.in(sayPaperDenied), n, byNumber(by)))}
}

// another says how many marks as a breach the paper of an order leaves out because of who
// is said to have done it, and who that is.
func (f *filler) another(part papers.Part) []Block {
	if part.Register != string(timeline.Breach) || !slices.Contains(part.Where["may"], "yes") {
		return nil
	}
	n, by := 0, map[string]int{}
	for _, b := range f.apart {
		if !f.bars(b.ID) {
			n++
			_, _, d := f.told(b.Row)
			by[f.clean(f.byWhom(d))]++
		}
	}
	if n == 0 {
		return nil
	}
	return []Block{para(fmt.Sprintf(f.in(sayPaperAnother), n, byNumber(by)))}
}

// byNumber are names, each with its number.
func byNumber(n map[string]int) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		all = append(all, fmt.Sprintf("%s (%d)", name, n[name]))
	}
	return strings.Join(all, ", ")
}

// chosenBy is what an entry says in a field by which a part chooses: a mark as a breach
// answers nothing, and stands among what may be one.
func chosenBy(v timeline.RegisteredVersion, field string) string {
	if v.Kind == timeline.Breach && field == "may" {
		return cmp.Or(v.Fields[field], "yes")
	}
	return v.Fields[field]
}

// otherAnswers are what others answered about the same event and term.
func (f *filler) otherAnswers(v timeline.RegisteredVersion) (runs []Run) {
	for _, r := range f.x.OtherAnswers(v.RegisterDraft, v.Entry) {
		if other := r.Current(); !f.bars(r.ID) {
			runs = append(runs, Run{Text: "\n" + fmt.Sprintf(f.in(sayPaperAnswered), f.choice(other, "may"), f.clean(other.Author), other.Entry)})
		}
	}
	return runs
}
