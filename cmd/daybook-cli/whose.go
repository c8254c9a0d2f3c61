package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
)

// mostNamed is how many names are listed of conversations that do not say whose
// they are.
const mostNamed = 8

// whose says which conversations do not tell whose export they are, and how the
// person who keeps the record says which name is theirs. Nothing waits for it.
func (t *terminal) whose(ctx context.Context, x *timeline.Index, rec timeline.Reconciliation, dir string) error {
	var names []string
	talks := 0
	for _, s := range rec.Sources {
		if s.Events < 2 {
			continue // no conversation; and a folder may hold many thousand photos
		}
		found, err := x.Find(ctx, timeline.Filter{Sources: []int64{s.Item}, Kinds: []timeline.Kind{timeline.Message}})
		if err != nil {
			return err
		}
		people := found.People()
		wrote := slices.DeleteFunc(slices.Clone(people), func(p timeline.Person) bool { return p.Sent == 0 || p.Name == "" })
		if len(wrote) < 2 || slices.ContainsFunc(people, func(p timeline.Person) bool { return p.Owner }) {
			continue
		}
		talks++
		for _, p := range wrote {
			if name := visible(p.Name); len(names) < mostNamed && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	t.owners(x, rec, dir)
	if talks > 0 {
		t.say("%s not say whose it is. If one of these names is you (%s), say so: daybook-cli people %s --me NAME --reason WHY", count(talks, "conversation does", "conversations do"), strings.Join(names, ", "), quoted(dir))
	}
	return nil
}

// owners says that the exports of this act and of earlier ones were given owners
// of several names, which makes them several people, and how these are made one.
func (t *terminal) owners(x *timeline.Index, rec timeline.Reconciliation, dir string) {
	given := slices.ContainsFunc(rec.Sources, func(s timeline.ReconciledReading) bool {
		r, ok := x.Reading(s.Item)
		return ok && r.Assume["owner"] != ""
	})
	if !given {
		return
	}
	var names, numbers []string
	for _, p := range x.People() {
		if p.Owner && slices.ContainsFunc(p.Handles, func(l timeline.Link) bool { return l.Given != "" }) {
			names, numbers = append(names, visible(p.Called())), append(numbers, fmt.Sprint(p.Number))
		}
	}
	if len(names) > 1 {
		t.say("The owners of the exports were given different names (%s) and are counted as different people. Where two are one person, say so: daybook-cli people %s --join %s --reason WHY", strings.Join(names, ", "), quoted(dir), strings.Join(numbers[:2], ","))
	}
}
