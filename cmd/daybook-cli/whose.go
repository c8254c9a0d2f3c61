package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

const (
	mostNamed  = 8   // names that are listed of conversations that do not say whose they are
	mostLooked = 500 // rows in which the first words of each name are looked for
	mostFirst  = 60  // letters of these words
)

// whose asks which name is that of the person who keeps the record, where
// conversations do not tell whose export they are; where nobody can be asked it
// says how that is said. Nothing waits for it.
func (t *terminal) whose(ctx context.Context, x *timeline.Index, rec timeline.Reconciliation, dir string) error {
	t.owners(x, rec, dir)
	for {
		names, talks, err := talkers(ctx, x, rec)
		if err != nil || talks == 0 {
			return err
		}
		said := count(talks, "conversation does", "conversations do") + " not say whose it is."
		if !t.interactive() {
			var list []string
			for _, n := range names[:min(len(names), mostNamed)] {
				list = append(list, visible(n.name))
			}
			t.say("%s If one of these names is you (%s), say so: daybook-cli people %s --me NAME --reason WHY", said, strings.Join(list, ", "), forShell(dir))
			return nil
		}
		t.endProgress()
		t.say("%s Which of these names is you?", said)
		me, err := t.askOwner(names[:min(len(names), mostNamed)])
		if err != nil || me == nil {
			return err
		}
		for _, n := range me.persons {
			if err := x.Merge(ctx, n, timeline.OwnerNumber(), fmt.Sprintf("asked when it was added: “%s” is who keeps this record", timeline.Shown(me.name))); err != nil {
				return err
			}
		}
	}
}

// askOwner gives the name that was chosen; nil: it is left for later.
func (t *terminal) askOwner(names []*talker) (*talker, error) {
	for i, n := range names {
		line := fmt.Sprintf("  %d  %s   %s in %s", i+1, visible(timeline.Shown(n.name)), count(n.sent, "message"), count(len(n.persons), "conversation"))
		if n.first != "" {
			line += fmt.Sprintf(", “%s”", visible(n.first))
		}
		t.say("%s", line)
	}
	for {
		s, err := t.line("Number, or Enter to leave it; people --me says it later: ")
		if s == "" || errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(names) {
			return names[n-1], nil
		}
	}
}

// talker is a name in conversations whose owner is not known.
type talker struct {
	name    string
	persons []int64 // one in each conversation
	sent    int
	first   string // their first words
}

// talkers finds who writes in the conversations that do not tell whose export they
// are, those in most of them first, and how many these are.
func talkers(ctx context.Context, x *timeline.Index, rec timeline.Reconciliation) (names []*talker, talks int, err error) {
	for _, s := range rec.Sources {
		if s.Events < 2 {
			continue // no conversation; and a folder may hold many thousand photos
		}
		found, err := x.Find(ctx, timeline.Filter{Sources: []int64{s.Item}, Kinds: []timeline.Kind{timeline.Message}})
		if err != nil {
			return nil, 0, err
		}
		people := found.People()
		wrote := slices.DeleteFunc(slices.Clone(people), func(p timeline.Person) bool { return p.Sent == 0 || p.Name == "" })
		if len(wrote) < 2 || slices.ContainsFunc(people, func(p timeline.Person) bool { return p.Owner }) {
			continue
		}
		talks++
		rows, err := found.Rows(0, mostLooked)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range wrote {
			i := slices.IndexFunc(names, func(n *talker) bool { return n.name == p.Name })
			if i < 0 {
				i, names = len(names), append(names, &talker{name: p.Name})
			}
			names[i].add(p, rows)
		}
	}
	slices.SortStableFunc(names, func(a, b *talker) int { return cmp.Or(len(b.persons)-len(a.persons), b.sent-a.sent) })
	return names, talks, nil
}

// add takes in a further conversation.
func (n *talker) add(p timeline.Person, rows []timeline.Row) {
	n.persons, n.sent = append(n.persons, p.Number), n.sent+p.Sent
	for _, r := range rows {
		if text := []rune(strings.TrimSpace(r.Text)); n.first == "" && r.From.Name == p.Name && len(text) > 0 {
			if n.first = string(text); len(text) > mostFirst {
				n.first = string(text[:mostFirst]) + " …"
			}
		}
	}
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
	var names []string
	for _, p := range x.People() {
		if p.Owner && slices.ContainsFunc(p.Handles, func(l timeline.Link) bool { return l.Given != "" }) {
			names = append(names, fmt.Sprintf("%s is %d", visible(p.Called()), p.Number))
		}
	}
	if len(names) > 1 {
		slices.Sort(names)
		t.say("The owners of the exports were given different names and are counted as different people. Say of each that is you: daybook-cli people %s --me NUMBER --reason WHY (%s)", forShell(dir), strings.Join(names, ", "))
	}
}
