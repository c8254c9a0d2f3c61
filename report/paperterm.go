package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/report/protected"
	"daybook/timeline"
)

// shownTerm is a term of an order as this paper may show it. What a term tells beside
// places and people that somebody told apart nobody knows, so that a reader who is to have
// neither reads none of its words, but of what sort it is and until when.
func (f *filler) shownTerm(t timeline.Term, against string) timeline.Term {
	switch {
	case f.out.Whole:
		return t
	case !f.out.Apart:
		return f.withoutOthers(t, against)
	case !t.ToldApart():
		return timeline.Term{Text: f.in(sayTermApart), Sort: t.Sort, Ends: t.Ends}
	}
	t = f.withoutOthers(t, against)
	for _, s := range []*string{&t.Text, &t.People, &t.Platforms} {
		*s = protected.Shapes(*s, func(s protected.Shape) string { return withheldMark(codeOfShape(s)) })
	}
	return t
}

// codeOfShape is why something is withheld that its own shape tells.
func codeOfShape(s protected.Shape) string {
	switch s {
	case protected.Plate:
		return "VEHICLE"
	case protected.Telephone:
		return "PHONE"
	case protected.Email:
		return "EMAIL"
	default:
		return "ADDRESS"
	}
}

// untold counts the terms of which this paper has no words.
func (f *filler) untold(terms []timeline.Term) {
	for _, t := range terms {
		if f.out.Apart && !t.ToldApart() {
			f.out.TermsApart++
		}
	}
}

// cutTerm is a term as this paper shows it: where it is cut, the day on which it ends,
// of which the paper may say that it has gone by, stays.
func (f *filler) cutTerm(t timeline.Term) string {
	if t.Ends == "" {
		return f.clean(t.String())
	}
	until := timeline.Term{Ends: t.Ends}.String()
	return f.clean(strings.TrimSuffix(t.String(), until)) + f.clean(until)
}

// holding counts an order whose terms name people or places.
func (f *filler) holding(terms []timeline.Term) {
	if f.said == nil {
		f.said = map[string]int{}
	}
	if slices.ContainsFunc(terms, func(t timeline.Term) bool { return len(t.EachPerson()) > 0 }) {
		f.said[termPeople]++
	}
	if slices.ContainsFunc(terms, timeline.Term.NamesPlaces) {
		f.said[termPlaces]++
	}
}

// withoutOthers is a term for whoever need not know the places that it names, nor the
// people: whom the order is against and whose case it is may be named, and no child.
func (f *filler) withoutOthers(t timeline.Term, against string) timeline.Term {
	words := f.streets()
	for _, p := range t.EachPlace() {
		words = append(words, protected.Word{Text: p, Mark: withheldMark("ADDRESS"), As: protected.House})
		words = append(words, f.streetsOf(p)...)
	}
	if t.NamesPlaces() {
		t.Places = withheldMark("ADDRESS")
	} else {
		t.Places = ""
	}
	known := append(ownNames(f.c, f.x), against)
	var kept []string
	for _, who := range t.EachPerson() {
		if !who.Child && isOneOf(who.Name, known) {
			kept = append(kept, who.Name)
		} else {
			words = append(words, protected.Word{Text: who.Name, Mark: withheldMark("THIRD_PARTY")})
			if first := firstName(who.Name); (who.Child || f.out.Apart) && first != "" {
				words = append(words, protected.Word{Text: first, Mark: withheldMark("THIRD_PARTY")})
			}
		}
	}
	if len(kept) < len(t.EachPerson()) {
		kept = append(kept, withheldMark("THIRD_PARTY"))
	}
	t.Text, t.People = protected.New(words).Clean(t.Text), strings.Join(kept, "; ")
	return t
}

// streets are those of the addresses that are withheld, and streetsOf those of one, for a
// paper whose reader is not to have what tells where somebody lives: fourteen Rose Lane,
// and Rose Lane.
func (f *filler) streets() (words []protected.Word) {
	for _, w := range f.p.withholdings() {
		if w.Everywhere() && writtenAs(w.Code) == protected.House {
			words = append(words, f.streetsOf(w.Text)...)
		}
	}
	return words
}

func (f *filler) streetsOf(address string) (words []protected.Word) {
	if !f.out.Apart {
		return nil
	}
	for _, street := range protected.Streets(address) {
		words = append(words, protected.Word{Text: street, Mark: withheldMark("ADDRESS"), As: protected.Address})
	}
	return words
}

// ownNames are what whoever keeps the case and the owners of the exports are called.
func ownNames(c *evidence.Case, x *timeline.Index) []string {
	names := []string{c.Actor()}
	for _, who := range x.People() {
		if who.Owner {
			names = append(names, who.Name)
			for _, l := range who.Handles {
				names = append(names, l.Names()...)
			}
		}
	}
	return names
}

// isOneOf tells that a name is one of others, or a part of one: Dan is Dan Reed.
func isOneOf(name string, others []string) bool {
	return slices.ContainsFunc(others, func(other string) bool {
		return protected.New([]protected.Word{{Text: name}}).In(other)
	})
}

// term is the term that a breach names, in the words that it had when it was named.
func (f *filler) term(v timeline.RegisteredVersion) []Run {
	t, ok := f.x.NamedTerm(v)
	if !ok {
		return quote(v.Fields["term"])
	}
	order, _ := f.entry(v.Fields["order"])
	t.Term = f.shownTerm(t.Term, order.Fields["against"])
	runs := quote(fmt.Sprintf("%d. %s", t.Number, f.cutTerm(t.Term)))
	if t.Now != "" {
		day := t.Changed.In(f.x.Zone()).Format(time.DateOnly)
		runs = append(runs, Run{Text: " (" + fmt.Sprintf(f.in(string(t.Now)), f.clean(t.By), day) + ")"})
	}
	return runs
}
