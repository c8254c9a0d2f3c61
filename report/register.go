package report

import (
	"errors"
	"fmt"
	"slices"

	"daybook/assets/registers"
	"daybook/evidence"
	"daybook/timeline"
)

// errPrivate refuses to hand what is private to the other side.
var errPrivate = errors.New("private registers: a served pack never has them; choose a full pack")

// private are the kinds of entries that no bundle has unless it is asked for.
func private(x *timeline.Index) (kinds []timeline.Kind, err error) {
	for _, k := range timeline.Kinds() {
		if !k.Register() {
			continue
		}
		r, err := x.Register(k)
		if err != nil {
			return nil, err
		}
		if r.Private {
			kinds = append(kinds, k)
		}
	}
	return kinds, nil
}

// bundled is the filter of a selection without what is private.
func bundled(f timeline.Filter, private []timeline.Kind) (timeline.Filter, error) {
	if len(f.Kinds) == 0 {
		f.Kinds = timeline.Kinds()
	}
	f.Kinds = slices.DeleteFunc(slices.Clone(f.Kinds), func(k timeline.Kind) bool { return slices.Contains(private, k) })
	if len(f.Kinds) == 0 {
		return f, ErrNothing
	}
	return f, nil
}

// servedRegister gives the entry of a register as the other side reads it: its
// words and the fields that may be served, where the register is. What is a detail
// is served when the pack is asked for it.
func servedRegister(r timeline.Row, show []Detail) (timeline.Row, string) {
	all, err := registers.All()
	if err != nil {
		return timeline.Row{}, sayPrivate
	}
	i := slices.IndexFunc(all, func(of registers.Register) bool { return of.Kind == string(r.Kind) })
	if i < 0 || !all[i].Served {
		return timeline.Row{}, sayPrivate
	}
	asked := func(detail string) bool { return detail == "" || slices.Contains(show, Detail(detail)) }
	if d := all[i].Detail; !asked(d) {
		return timeline.Row{}, fmt.Sprintf(sayNotAsked, detailWords[Detail(d)])
	}
	shown := timeline.Facts{}
	for _, name := range []string{"ends", "recorded", timeline.FirstRecorded, "recorded by", timeline.CorrectedBy, "version"} {
		if r.Extra.Has(name) {
			shown.Set(name, r.Extra.Get(name))
		}
	}
	for _, f := range all[i].Fields {
		if r.Extra.Has(f.ID) && f.Served && asked(f.Detail) {
			shown.Set(f.ID, r.Extra.Get(f.ID))
		}
	}
	r.Extra = shown
	return r, ""
}

// hide keeps the entries of private registers closed, and what was said of them.
func (o *opener) hide(x *timeline.Index, kinds []timeline.Kind) {
	for _, r := range x.Registers(kinds...) {
		o.hidden[r.ID] = true
		for _, v := range r.Versions {
			o.private[v.Entry] = true
		}
	}
}

// registered notes of which matter an entry of a register speaks.
func (p *planner) registered(r timeline.Row, n int) {
	p.m.Registers++
	p.entered[r.Kind]++
	switch r.Kind {
	case timeline.CourtOrder:
		p.orders[r.ID] = n
	case timeline.LifeChange:
		p.m.Effects = append(p.m.Effects, n)
	case timeline.ReportMade:
		p.m.Reports = append(p.m.Reports, n)
	}
}

// leftOutEntries are the entries of registers whose rows are left out of this
// pack, by their number in the journal.
func (p *planner) leftOutEntries() map[uint64]bool {
	left := map[uint64]bool{}
	for _, r := range p.x.Registers() {
		if p.out[r.ID] {
			left[r.Current().Entry] = true
		}
	}
	return left
}

// matter is an entry under the name by which the tables of effects and reports
// pick it.
func matter(r timeline.Row) []Fact {
	switch r.Kind {
	case timeline.LifeChange:
		return []Fact{fact(factChanged, quote(join(r.Text, r.Extra.Get("support"))))}
	case timeline.ReportMade:
		var said []string
		for _, name := range []string{"name", "channel", "officer", "number", "reference", "advice", "result", "state"} {
			said = append(said, r.Extra.Get(name))
		}
		return []Fact{fact(factReported, quote(join(append([]string{r.Extra.Get("body")}, said...)...)))}
	}
	return nil
}

// isPrivate tells that an entry is one of a private register, or is about one.
func (o *opener) isPrivate(e evidence.Entry, s about) bool {
	return o.private[e.Seq] || o.hidden[s.Event] || slices.ContainsFunc(s.Events, func(id timeline.ID) bool { return o.hidden[id] })
}

// register makes the row of an entry of a register: its fields under their
// labels, its terms, what shows it, and its earlier versions. Extra is what the
// pack lets through.
func (p *planner) register(out *Row, r timeline.Row, e timeline.Registered) error {
	reg, err := p.x.Register(r.Kind)
	if err != nil {
		return err
	}
	v := e.Current()
	out.Register = reg.Title
	out.Record, out.Entry, out.Author = fmt.Sprintf(sayOwnWords, v.Entry), v.Entry, visible(r.Author())
	for _, n := range v.Items {
		f, err := p.evidence(n)
		if err != nil {
			return err
		}
		out.Files = append(out.Files, f)
	}
	out.Facts, out.More = p.registerFacts(reg, r.Extra, v), nil
	out.Detail = append(slices.Clone(out.Facts), matter(r)...)
	p.outside(out, v)
	if len(e.Versions) == 1 {
		return nil
	}
	if p.b.Pack == Served {
		out.Flags = append(out.Flags, corrected(len(e.Versions)))
		return nil
	}
	out.Versions = len(e.Versions)
	out.Detail = maybe(out.Detail, factReason, v.Reason)
	for i, old := range e.Versions[:len(e.Versions)-1] {
		out.Detail = append(out.Detail, fact(fmt.Sprintf(sayVersion, i+1, stamp(old.Recorded)), quote(old.Words)))
		out.Detail = append(out.Detail, p.registerFacts(reg, old.Extra(), old)...)
	}
	return nil
}

// registerFacts are the fields, terms and dates of a version under their labels; of an
// order that it names, what the order is.
func (p *planner) registerFacts(reg registers.Register, extra timeline.Facts, v timeline.RegisteredVersion) (facts []Fact) {
	for _, f := range reg.Fields {
		switch value := extra.Get(f.ID); {
		case value != "" && f.Type == registers.Entry:
			facts = append(facts, fact(f.Label, p.orderNamed(value)))
		case f.Type == registers.Term:
			facts = maybe(facts, f.Label, p.termNamed(v, value))
		default:
			facts = maybe(facts, f.Label, value)
		}
	}
	for n := 1; extra.Get(timeline.TermFact(n)) != ""; n++ {
		facts = maybe(facts, fmt.Sprintf("%s %d", wordTerm, n), extra.Get(timeline.TermFact(n)))
	}
	return maybe(maybe(facts, reg.Dates.Ends, extra.Get("ends")), reg.Dates.Due, extra.Get("due"))
}
