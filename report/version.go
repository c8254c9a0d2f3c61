package report

import (
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
)

// versions are the earlier versions of an incident in a full pack, the latest of them first:
// each with every field that it had, and with the names of those that the
// version after it changed.
func (p *planner) versions(w timeline.Written) ([]Fact, error) {
	var facts []Fact
	after, err := p.fields(w.Current())
	if err != nil {
		return nil, err
	}
	for i := len(w.Versions) - 2; i >= 0; i-- {
		old, next := w.Versions[i], w.Versions[i+1]
		fields, err := p.fields(old)
		if err != nil {
			return nil, err
		}
		names := changed(fields, after)
		if old.PrivateNote != next.PrivateNote && !(p.keepsNote(old) && p.keepsNote(next)) {
			names = append(names, sayPrivateNote)
		}
		after = slices.Clone(fields)
		for j, f := range fields {
			if slices.Contains(names, f.Name) {
				fields[j].Name = fmt.Sprintf(sayChangedField, f.Name)
			}
		}
		head := fmt.Sprintf(sayVersion, i+1, stamp(old.Recorded.In(p.b.Zone)))
		facts = append(facts, fact(head, quote(fmt.Sprintf(sayChanged, old.By, i+2, strings.Join(names, ", ")))))
		facts = append(facts, fields...)
	}
	return facts, nil
}

// fields are all the fields of a version that were filled in.
func (p *planner) fields(v timeline.Version) ([]Fact, error) {
	if !p.keepsNote(v) {
		v.PrivateNote = ""
	}
	facts := []Fact{fact("What happened", quote(v.What)), fact(factHappened, quote(v.Occurred.Own().Text(p.b.Zone)))}
	facts = maybe(facts, factWho, v.Who)
	facts = maybe(facts, "Place", v.Place.Text)
	facts = append(facts, ownFacts(v)...)
	for _, n := range v.Evidence {
		f, err := p.evidence(n)
		if err != nil {
			return nil, err
		}
		facts = append(facts, fact("File", append(quote(f.Name), say(f.beside())...)))
	}
	facts = maybe(facts, "Behaviour", strings.Join(v.Codes, ", "))
	facts = maybe(facts, "Tags", strings.Join(v.Tags, ", "))
	return append(facts, longFacts(v, p.b.Zone)...), nil
}

// changed names the fields that differ between two versions, those that were
// added among them.
func changed(old, after []Fact) []string {
	was, is := byName(old), byName(after)
	var names []string
	for _, f := range append(slices.Clone(old), after...) {
		if was[f.Name] != is[f.Name] && f.Name != factReason && !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

func byName(facts []Fact) map[string]string {
	all := map[string]string{}
	for _, f := range facts {
		all[f.Name] += plain(f.Value) + "\n"
	}
	return all
}
