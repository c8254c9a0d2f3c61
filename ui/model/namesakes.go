package model

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// namesakes are the people of a scope whose name is another's too, or can be taken
// for it.
type namesakes struct {
	name map[string]string // by the key of a choice: what their names have in common
	text map[string]string // and what tells each from the others
}

func namesakesIn(c *evidence.Case, x *timeline.Index) namesakes {
	a := namesakes{map[string]string{}, map[string]string{}}
	book := &PeopleBook{zone: x.Zone(), c: c}
	groups := map[string][]*timeline.Person{}
	people := x.People()
	for i := range people {
		if p := &people[i]; p.Name != "" {
			name := timeline.Skeleton(strings.ToLower(p.Name))
			groups[name] = append(groups[name], p)
		}
	}
	for name, group := range groups {
		if len(group) < 2 {
			continue
		}
		for _, p := range group {
			key := fmt.Sprint(p.Number)
			a.name[key], a.text[key] = name, book.apart(p)
		}
	}
	return a
}

// apart says by what somebody can be told from who is called alike: the files and
// addresses of their name, and its days.
func (b *PeopleBook) apart(p *timeline.Person) string {
	var parts []string
	for i := range p.Handles {
		h := b.handle(p, &p.Handles[i])
		for _, s := range []string{path.Base(h.Where), p.Handles[i].Address} {
			if s = oneLine(timeline.Shown(s)); s != "" && s != "." && s != p.Name && !slices.Contains(parts, s) {
				parts = append(parts, s)
			}
		}
	}
	if len(parts) > mostNames {
		parts = append(parts[:mostNames], "…")
	}
	if days := b.period(p.First, p.Last); days != "" {
		parts = append(parts, days)
	}
	return strings.Join(parts, ", ")
}

// Apart says by what somebody can be told from who is called alike; empty where
// nobody is.
func (s *Scope) Apart(v Value) string { return s.names.text[v.Key] }

// Torn names those who are ticked while somebody who is called alike is not;
// empty where there is none.
func (s *Scope) Torn(people []Value) string {
	on, off := map[string]string{}, map[string]bool{}
	var order []string
	for _, v := range people {
		switch name := s.names.name[v.Key]; {
		case name == "":
		case !v.On:
			off[name] = true
		case on[name] == "":
			on[name] = v.Name
			order = append(order, name)
		}
	}
	var torn []string
	for _, name := range order {
		if off[name] {
			torn = append(torn, "“"+on[name]+"”")
		}
	}
	if len(torn) == 0 {
		return ""
	}
	return strings.Join(torn, ", ") + ": somebody of the same or nearly the same name is not ticked. If they are one person, tick both, or join them under “People”."
}
