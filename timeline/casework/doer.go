package casework

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// Doer is who did something, as far as anything says so: who sent it, or whom an
// incident names, which is somebody's word; or the person themself. Nothing of it is
// known of a picture, and an entry of a register is nobody's doing.
type Doer struct {
	From string `json:"from,omitempty"`
	Said string `json:"said_to_be_by,omitempty"`
	Own  bool   `json:"own_act,omitempty"`
	Who
}

// Who is whom People has a doer for, with what tells them apart where it has another of
// one name.
type Who struct {
	Person int64   `json:"person,omitempty"`  // 0: nobody whom People has
	Under  []Under `json:"handles,omitempty"` // where another doer beside them has their name
}

// Under is a handle by which somebody is told apart.
type Under struct {
	Handle  string              `json:"handle"`
	Kind    timeline.HandleKind `json:"kind"`
	Address string              `json:"address"`
	Item    int64               `json:"item,omitempty"` // of a name: the export; 0 for what a person wrote down
}

// nameOnly puts names behind addresses.
func nameOnly(u Under) int {
	if u.Kind == timeline.NameHandle {
		return 1
	}
	return 0
}

// written tells a name that stands in what was written down alone.
func (u Under) written() bool { return u.Kind == timeline.NameHandle && u.Item == 0 }

// SayOneName says why a name stands there twice.
const SayOneName = "Two of one name are counted as two until somebody says that they are one person."

// What stands for the handles that are no address.
const (
	sayNameInItem    = "%s in item %d"
	sayNameInWriting = "%s in what was written down"
)

// mostUnder is how many handles of one are named.
const mostUnder = 4

// Handles are the handles in words, as “+447700900123” and “Dan in item 3”; none where
// nobody else has the name.
func (w Who) Handles(in func(string) string) (all []string) {
	for _, u := range w.Under[:min(len(w.Under), mostUnder)] {
		name := timeline.Shown(strings.TrimSpace(u.Address))
		switch {
		case u.written():
			all = append(all, fmt.Sprintf(in(sayNameInWriting), name))
		case u.Kind == timeline.NameHandle:
			all = append(all, fmt.Sprintf(in(sayNameInItem), name, u.Item))
		default:
			all = append(all, name)
		}
	}
	if len(w.Under) > mostUnder {
		all = append(all, "…")
	}
	return all
}

// Apart is the handles behind a name, as “ (+447700900123)”.
func (w Who) Apart(in func(string) string) string {
	if all := w.Handles(in); len(all) > 0 {
		return " (" + strings.Join(all, "; ") + ")"
	}
	return ""
}

// ByWhom says it in words, as “from Dan R”; empty where nothing is known.
func (d Doer) ByWhom() string {
	apart := d.Apart(func(s string) string { return s })
	switch {
	case d.Own:
		return "own act"
	case d.Said != "":
		return "said to be done by " + d.Said + apart
	case d.From != "":
		return "from " + d.From + apart
	}
	return ""
}

// name is what they are called.
func (d Doer) name() string { return timeline.Spaced(cmp.Or(d.Said, d.From)) }

// Key is one text for all that one person did: that of their number, or of the name as it
// is written, where People has nobody.
func (d Doer) Key() string {
	switch name := d.name(); {
	case name == "":
		return ""
	case d.Person != 0:
		return fmt.Sprint(d.Person)
	default:
		return "name " + strings.ToLower(name)
	}
}

// DoerOf is that of an event, by name.
func DoerOf(r timeline.Row) Doer {
	d := Doer{Own: timeline.Own(r.Marks)}
	switch {
	case r.Incident != nil:
		d.Said = r.Incident.Who
	case r.From.Owner:
		d.From = cmp.Or(r.From.Name, r.From.Address, "the owner of the exports")
	case !r.Kind.Register():
		d.From = cmp.Or(r.From.Name, r.From.Address)
	}
	return d
}

// DoersOf are those of some events, as People has them: two persons of one name are two,
// told apart by their handles, and the names of a person are one. A name that stands in
// what was written down, and that nobody joined with anything, goes by how it is written.
func DoersOf(x *timeline.Index, rows []timeline.Row) []Doer {
	all, under := make([]Doer, len(rows)), map[int64][]Under{}
	called := map[string]map[string]bool{} // by name: the keys of those who have it
	for i, r := range rows {
		d := DoerOf(r)
		if name := strings.ToLower(d.name()); name != "" {
			n := x.PersonFrom(r)
			if _, known := under[n]; !known && n != 0 {
				under[n] = underOf(x, n)
			}
			if d.Person, d.Under = n, under[n]; len(d.Under) == 1 && d.Under[0].written() {
				d.Person = 0
			}
			if called[name] == nil {
				called[name] = map[string]bool{}
			}
			called[name][d.Key()] = true
		}
		all[i] = d
	}
	for i, d := range all {
		if len(called[strings.ToLower(d.name())]) < 2 {
			all[i].Under = nil
		}
	}
	return all
}

// underOf are the handles of a person.
func underOf(x *timeline.Index, person int64) (all []Under) {
	for _, h := range x.HandlesOf(person) {
		all = append(all, Under{h.Key, h.Kind, h.Address, h.Item})
	}
	slices.SortFunc(all, func(a, b Under) int {
		return cmp.Or(cmp.Compare(nameOnly(a), nameOnly(b)), cmp.Compare(a.Handle, b.Handle))
	})
	return all
}

// tellApart gives things who did each.
func tellApart(x *timeline.Index, list []thing) {
	rows := make([]timeline.Row, len(list))
	for i, t := range list {
		rows[i] = t.Row
	}
	for i, d := range DoersOf(x, rows) {
		list[i].by = d
	}
}

// WhoDid are those of the events of a filter that may show something, for pages that show
// some of them.
func WhoDid(ctx context.Context, x *timeline.Index, f timeline.Filter) (map[timeline.ID]Who, error) {
	list, err := things(ctx, x, f)
	if err != nil {
		return nil, err
	}
	tellApart(x, list)
	of := make(map[timeline.ID]Who, len(list))
	for _, t := range list {
		of[t.ID] = t.by.Who
	}
	return of, nil
}

// OneName tells that two of them have one name.
func OneName(by []Does) bool {
	return slices.ContainsFunc(by, func(d Does) bool { return len(d.Under) > 0 })
}

// Does is how much of what is counted one is said to have done, or came from them.
type Does struct {
	Name string `json:"who"` // empty: of what names nobody
	Who
	Events  int    `json:"events"`
	Undated int    `json:"undated"` // of these, of no certain day
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
}

// Called is the name, with what tells it from another of one name; empty: nobody is named.
func (d Does) Called(in func(string) string) string { return d.Name + d.Apart(in) }

// SayDoneBy says that several are named, and how many.
const SayDoneBy = "What is counted here is said to be done by several, or came from them. How many are named: %d."

// Named is how many of them are named.
func Named(by []Does) (n int) {
	for _, d := range by {
		n += 1 - unnamed(d.Name)
	}
	return n
}

// doneBy is that of each where several are named; nil where not.
func doneBy(zone *time.Location, list []thing) (all []Does) {
	of := byDoer(list, func(t thing) Doer { return t.by })
	if named(of) < 2 {
		return nil
	}
	for _, g := range of {
		d := Does{Name: g.name(), Who: g.Who, Events: len(g.of)}
		for _, t := range g.of {
			on := dayText(t.When, zone)
			if on == "" {
				d.Undated++
			}
			d.First, d.Last = span(d.First, d.Last, on)
		}
		all = append(all, d)
	}
	return all
}

// done is what one did, with what stands beside the first of it.
type done[T any] struct {
	Doer
	of []T
}

// byDoer tells apart who did some things. What names nobody comes last.
func byDoer[T any](list []T, doer func(T) Doer) (groups []done[T]) {
	place := map[string]int{}
	for _, t := range list {
		d := doer(t)
		at, known := place[d.Key()]
		if !known {
			at = len(groups)
			place[d.Key()], groups = at, append(groups, done[T]{Doer: d})
		}
		groups[at].of = append(groups[at].of, t)
	}
	slices.SortStableFunc(groups, func(a, b done[T]) int { return cmp.Compare(unnamed(a.name()), unnamed(b.name())) })
	return groups
}

func unnamed(who string) int {
	if who == "" {
		return 1
	}
	return 0
}

// named is how many are named.
func named[T any](groups []done[T]) (n int) {
	for _, g := range groups {
		n += 1 - unnamed(g.name())
	}
	return n
}

// OtherNamesFirst puts behind the names those that have a word of one before them: a list
// that is cut loses another spelling before it loses another person.
func OtherNamesFirst(names []string) []string {
	var first, spellings []string
	words := map[string]bool{}
	for _, name := range names {
		if haveOneOf(words, name) {
			spellings = append(spellings, name)
			continue
		}
		first = append(first, name)
		maps.Copy(words, wordsOf(name))
	}
	return append(first, spellings...)
}
