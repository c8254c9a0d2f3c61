package casework

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daybook/timeline"
)

// Doer is who did something, as far as anything says so: who sent it, or whom an
// incident names, which is somebody's word; or the person themself. Nothing of it is
// known of a picture, and an entry of a register is nobody's doing.
type Doer struct {
	From string `json:"from,omitempty"`
	Said string `json:"said_to_be_by,omitempty"`
	Own  bool   `json:"own_act,omitempty"`
}

// ByWhom says it in words, as “from Dan R”; empty where nothing is known.
func (d Doer) ByWhom() string {
	switch {
	case d.Own:
		return "own act"
	case d.Said != "":
		return "said to be done by " + d.Said
	case d.From != "":
		return "from " + d.From
	}
	return ""
}

// DoerOf is that of an event.
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

// Does is how much of what is counted one is said to have done, or came from them.
type Does struct {
	Who     string `json:"who"` // empty: of what names nobody
	Events  int    `json:"events"`
	Undated int    `json:"undated"` // of these, of no certain day
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
}

// SayDoneBy says that several are named, and how many.
const SayDoneBy = "What is counted here is said to be done by several, or came from them. How many are named: %d."

// Named is how many of them are named.
func Named(by []Does) (n int) {
	for _, d := range by {
		n += 1 - unnamed(d.Who)
	}
	return n
}

// doneBy is that of each where several are named; nil where not.
func doneBy(x *timeline.Index, list []thing) (all []Does) {
	of := byDoer(x, list, func(t thing) Doer { return DoerOf(t.Row) })
	if named(of) < 2 {
		return nil
	}
	for _, g := range of {
		d := Does{Who: g.who, Events: len(g.of)}
		for _, t := range g.of {
			on := dayText(t.When, x.Zone())
			if on == "" {
				d.Undated++
			}
			d.First, d.Last = span(d.First, d.Last, on)
		}
		all = append(all, d)
	}
	return all
}

// done is what one did, by the name that stands beside the first of it; empty: nothing
// says who.
type done[T any] struct {
	who string
	of  []T
}

// byDoer tells apart who did some things: names that the case has for one person are
// one. What names nobody comes last.
func byDoer[T any](x *timeline.Index, list []T, doer func(T) Doer) (groups []done[T]) {
	place := map[string]int{}
	keys := map[string]string{}
	for _, t := range list {
		name := strings.TrimSpace(cmp.Or(doer(t).Said, doer(t).From))
		key, known := keys[name]
		if !known {
			key = whose(x, name)
			keys[name] = key
		}
		at, known := place[key]
		if !known {
			at = len(groups)
			place[key], groups = at, append(groups, done[T]{who: name})
		}
		groups[at].of = append(groups[at].of, t)
	}
	slices.SortStableFunc(groups, func(a, b done[T]) int { return cmp.Compare(unnamed(a.who), unnamed(b.who)) })
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
		n += 1 - unnamed(g.who)
	}
	return n
}

// whose is one text for all names of a person, where a name is that of one alone.
func whose(x *timeline.Index, name string) string {
	if name != "" {
		if people := x.Called(name); len(people) == 1 {
			for n := range people {
				return fmt.Sprint(n)
			}
		}
	}
	return strings.ToLower(name)
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
