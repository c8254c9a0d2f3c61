package main

import (
	"context"
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
	if talks > 0 {
		t.say("%s not say whose it is. If one of these names is you (%s), say so: daybook-cli people %s --me NAME --reason WHY", count(talks, "conversation does", "conversations do"), strings.Join(names, ", "), quoted(dir))
	}
	return nil
}
