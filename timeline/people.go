package timeline

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Strength says how sure it is that a handle belongs to somebody.
type Strength string

// The strengths, from the strongest on.
const (
	Certain  Strength = "certain"
	Likely   Strength = "likely"
	Possible Strength = "possible"
	Unknown  Strength = "unknown"
)

// Link is a handle of a person and why it is taken to be theirs: by rule, or
// because a person said so.
type Link struct {
	Handle
	Owner       bool     // some source says that this is the person whose export it is
	Given       string   // of an owner: the name that a person gave when they added the export
	Printed     []string // names and addresses as the sources print them
	Flags       []Flag   // NameLookalike: a name of it can be taken for another
	Strength    Strength
	Reason      string
	By          string    // who said so; empty where it is a rule
	At          time.Time // when
	First, Last time.Time // of its dated events
	Sent        int       // events from it
	About       int       // incidents about it
	Events      int       // events from it, to it and about it
}

// Person is somebody in the data: the handles that are certainly theirs, and
// those that a person said are.
type Person struct {
	Number      int64
	Name        string // as a person gave it, else as printed
	Given       string // as a person gave it; empty: nobody did
	Handles     []Link
	Perhaps     []Perhaps // who may be the same person, and is counted apart
	Alike       []Alike   // whose name can be taken for theirs
	Owner       bool
	First, Last time.Time
	Sent        int // events from them
	About       int // incidents about them: somebody else wrote these
	Events      int
}

// Perhaps says that persons may be one.
type Perhaps struct {
	Persons  []int64 // this one among them; shared by all of them
	Strength Strength
	Reason   string // in full, so that it never stands without its strength's grounds
	For      []string
	Against  []string
	By       string // who said so, with the reasons for it and against it; empty where it is a rule
	At       time.Time
	Entry    uint64 // of the journal
}

// Alike is a name that looks like another person's and is written otherwise.
type Alike struct {
	Name   string // of this person
	Person int64  // the other one
	Other  string // and theirs
}

// Flagged tells that a name of the person can be taken for another.
func (p *Person) Flagged() bool {
	return slices.ContainsFunc(p.Handles, func(l Link) bool { return len(l.Flags) > 0 })
}

// Shown is the person's name with what the eye passes over made visible.
func (p *Person) Shown() string {
	if p.Flagged() {
		return SpeltOut(p.Name)
	}
	return Shown(p.Name)
}

// Called is how the person is listed: by name, or by what is known instead.
func (p *Person) Called() string {
	switch {
	case p.Name != "":
		return p.Shown()
	case p.Owner:
		return "(the owner of the exports)"
	}
	return "(not named)"
}

// People gives everybody in the data, those with the most events first.
func (x *Index) People() []Person {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.persons(x.view, x.view.order, x.view.dated)
}

// People gives everybody in the events that were found, counted in them.
func (r *Result) People() []Person {
	r.x.mu.RLock()
	defer r.x.mu.RUnlock()
	return r.x.persons(r.v, r.docs, r.dated)
}

func (x *Index) persons(v *view, docs []uint32, dated int) []Person {
	places, numbers := x.people.places(v)
	t := v.tally(docs, dated, places, len(numbers))
	for i := range t.links {
		l := &t.links[i]
		if l.Events == 0 {
			continue
		}
		x.explain(v, uint32(i+1), l)
		p := &t.persons[places[i+1]-1]
		p.Handles = append(p.Handles, *l)
		p.Owner = p.Owner || l.Owner
	}
	out := make([]Person, 0, len(numbers))
	for i, n := range numbers {
		p := &t.persons[i]
		if p.Events == 0 {
			continue
		}
		p.Number = n
		p.Owner = p.Owner || n == OwnerNumber() // a person may say so where no source does
		slices.SortFunc(p.Handles, func(a, b Link) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.Key, b.Key)) })
		p.Given = x.people.names[n]
		p.Name = cmp.Or(p.Given, p.printedName())
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b Person) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortStableFunc(out, func(a, b Person) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.Name, b.Name)) })
	perhaps(out, t.noticed, v.identities().sentOne)
	if why := v.identities().several; why != "" {
		perhapsOwners(out, why)
	}
	x.people.attributed(v, out)
	alike(out)
	return out
}

// explain says how sure a handle's link is, and why.
func (x *Index) explain(v *view, n uint32, l *Link) {
	l.Given = v.identities().given[n]
	l.Strength, l.Reason = v.byRule(n, l)
	if said, ok := x.people.last(l.Key); ok {
		l.Strength, l.Reason, l.By, l.At = said.strength, said.reason+x.people.joined(v, n), said.by, said.at
	}
	if v.identities().handles[n] {
		l.Flags = []Flag{NameLookalike}
	}
}

// isName tells a printed form that is more than an address.
func isName(printed, address string) bool {
	return printed != address && Phone(printed) == "" && !strings.Contains(printed, "@")
}

// Names are the display names that a handle is printed with.
func (l *Link) Names() []string {
	var out []string
	for _, s := range l.Printed {
		if l.Kind == NameHandle && s != "" || isName(s, l.Address) {
			out = append(out, s)
		}
	}
	return out
}

// OtherNames are what the sources call a handle of the person, beside the name
// that the person is listed with, to be shown.
func (p *Person) OtherNames(l *Link) []string {
	var names []string
	for _, name := range l.Names() {
		if name != p.Name && name != l.Address {
			names = append(names, Shown(name))
		}
	}
	return names
}

// printedName is the first display name, else the name that was given of an
// owner, else the first address.
func (p *Person) printedName() string {
	for i := range p.Handles {
		if names := p.Handles[i].Names(); len(names) > 0 {
			return names[0]
		}
	}
	for _, l := range p.Handles {
		if l.Given != "" {
			return l.Given
		}
	}
	for _, l := range p.Handles {
		if l.Address != "" {
			return l.Address
		}
	}
	return ""
}

// perhaps states who shares a display name with whom. sentOne are the handles that
// sent one message, in two exports of it.
func perhaps(people []Person, noticed map[string]bool, sentOne map[string][]string) {
	type named struct {
		person int
		handle string
	}
	same, names := map[string][]named{}, map[string]string{}
	for i := range people {
		for k := range people[i].Handles {
			for _, name := range people[i].Handles[k].Names() {
				key := foldName(Spaced(name))
				names[key] = cmp.Or(names[key], name)
				same[key] = append(same[key], named{i, people[i].Handles[k].Key})
			}
		}
	}
	persons := func(of []named) (out []int) {
		for _, n := range of {
			out = append(out, n.person)
		}
		return slices.Compact(out)
	}
	for _, key := range slices.Sorted(maps.Keys(same)) {
		group, reason := same[key], "the same display name, "+Shown(names[key])
		if noticed[key] {
			state(people, persons(group), Perhaps{Strength: Likely, Reason: reason + ", which an app's notice gives together with an address"})
			continue
		}
		both := slices.DeleteFunc(slices.Clone(group), func(n named) bool {
			return !slices.ContainsFunc(group, func(o named) bool { return o.person != n.person && slices.Contains(sentOne[n.handle], o.handle) })
		})
		state(people, persons(both), Perhaps{Strength: Likely, Reason: reason + ", under which the same message stands in the exports of both; it is counted once"})
		if len(persons(both)) < len(persons(group)) {
			state(people, persons(group), Perhaps{Strength: Possible, Reason: reason + "; names are chosen freely"})
		}
	}
}

// perhapsOwners states that the exports have several owners.
func perhapsOwners(people []Person, why string) {
	var owners []int
	for i := range people {
		if people[i].Owner {
			owners = append(owners, i)
		}
	}
	state(people, owners, Perhaps{Strength: Possible, Reason: why})
}

func state(people []Person, which []int, p Perhaps) {
	if len(which) < 2 {
		return
	}
	for _, i := range which {
		p.Persons = append(p.Persons, people[i].Number)
	}
	for _, i := range which {
		people[i].Perhaps = append(people[i].Perhaps, p)
	}
}

// alike states whose names can be taken for one another's.
func alike(people []Person) {
	type form struct {
		person int
		text   string
	}
	looks := map[string][]form{}
	for i := range people {
		for k := range people[i].Handles {
			l := &people[i].Handles[k]
			if len(l.Flags) == 0 {
				continue
			}
			texts := l.Names()
			if l.Kind != PhoneHandle {
				texts = append(texts, l.Address)
			}
			for _, s := range texts {
				key, f := Skeleton(s), form{i, norm.NFC.String(s)}
				if !slices.Contains(looks[key], f) {
					looks[key] = append(looks[key], f)
				}
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(looks)) {
		for _, a := range looks[key] {
			for _, b := range looks[key] {
				if p := &people[a.person]; a.person != b.person && a.text != b.text && len(p.Alike) < maxPrinted {
					p.Alike = append(p.Alike, Alike{a.text, people[b.person].Number, b.text})
				}
			}
		}
	}
}
