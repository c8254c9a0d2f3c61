package model

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"

	"daybook/evidence"
	"daybook/timeline"
)

// ownerQuestion asks which name is the person's own, where a conversation does
// not say whose export it is. It keeps nothing from being read, so it is asked
// with the outcome, and can be left: a name is made one's own on the page of
// people too, and taken back there.
const ownerQuestion = "owner"

const (
	askOwner     = "Which of these names is you?"
	laterOwner   = "You can leave this: “People” has the same question about everybody, and takes an answer back."
	mostNamed    = 8   // answers that are offered
	mostLooked   = 500 // rows in which the first words of each name are looked for
	mostFirst    = 80  // letters of these words
	leastTalkers = 2   // who writes alone asks nothing
)

// talker is a name in conversations whose owner is not known.
type talker struct {
	name        string
	talks, sent int
	first       string // their first words
}

// owners gives the question of which name is the person's own for the
// conversations that do not say it, and what was answered to it. There is none
// where every conversation says it.
func owners(ctx context.Context, c *evidence.Case, x *timeline.Index, sources []timeline.ReconciledReading) ([]Question, []Answered, error) {
	q := Question{What: ownerQuestion, Text: askOwner, Later: laterOwner}
	var named []Answered
	var all []*talker
	for _, s := range sources {
		if s.Events < leastTalkers {
			continue
		}
		found, err := x.Find(ctx, timeline.Filter{Sources: []int64{s.Item}, Kinds: []timeline.Kind{timeline.Message}})
		if err != nil {
			return nil, nil, err
		}
		people := found.People()
		file := oneLine(path.Base(s.Path))
		if i := slices.IndexFunc(people, func(p timeline.Person) bool { return p.Owner }); i >= 0 {
			if name, said := saidOwn(people[i]); said {
				named = append(named, Answered{File: file, Text: askOwner, Answer: QuestionAnswer{Value: name, Label: oneLine(timeline.Shown(name))}})
			}
			continue
		}
		people = slices.DeleteFunc(people, func(p timeline.Person) bool { return p.Sent == 0 || p.Name == "" })
		if len(people) < leastTalkers {
			continue
		}
		q.Items = append(q.Items, s.Item)
		if q.File == "" {
			q.File = file
		}
		if all, err = talkers(all, found, people); err != nil {
			return nil, nil, err
		}
	}
	if len(q.Items) == 0 {
		return nil, named, nil
	}
	if n := len(q.Items) - 1; n > 0 {
		q.Also = "and " + count(n, "more conversation")
	}
	slices.SortStableFunc(all, func(a, b *talker) int { return cmp.Or(b.talks-a.talks, b.sent-a.sent) })
	for _, t := range all[:min(mostNamed, len(all))] {
		q.Answers = append(q.Answers, t.answer(len(q.Items)))
	}
	return []Question{q}, named, nil
}

// saidOwn is the name that a person said is their own.
func saidOwn(p timeline.Person) (name string, said bool) {
	for _, l := range p.Handles {
		if l.By != "" {
			return cmp.Or(l.Address, p.Name), true
		}
	}
	return "", false
}

// talkers counts who writes in one more conversation.
func talkers(all []*talker, found *timeline.Result, people []timeline.Person) ([]*talker, error) {
	rows, err := found.Rows(0, min(mostLooked, found.Len()))
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		i := slices.IndexFunc(all, func(t *talker) bool { return t.name == p.Name })
		if i < 0 {
			i = len(all)
			all = append(all, &talker{name: p.Name})
		}
		t := all[i]
		t.talks++
		t.sent += p.Sent
		if t.first != "" {
			continue
		}
		if k := slices.IndexFunc(rows, func(r timeline.Row) bool { return r.From.Name == p.Name && oneLine(r.Text) != "" }); k >= 0 {
			t.first = shortened(oneLine(rows[k].Text), mostFirst)
		}
	}
	return all, nil
}

func (t *talker) answer(of int) QuestionAnswer {
	wrote := count(t.sent, "message")
	if of > 1 {
		wrote += fmt.Sprintf(" in %d of %d conversations", t.talks, of)
	}
	a := QuestionAnswer{Value: t.name, Label: oneLine(timeline.Shown(t.name)), Examples: []string{wrote}}
	if t.first != "" {
		a.Examples = append(a.Examples, "“"+t.first+"”")
	}
	return a
}

// sayOwner keeps that a name is the person's own in each of the conversations
// in which it stands.
func sayOwner(ctx context.Context, c *evidence.Case, x *timeline.Index, items []int64, name string) error {
	said := 0
	for _, item := range items {
		found, err := x.Find(ctx, timeline.Filter{Sources: []int64{item}})
		if err != nil {
			return err
		}
		it, err := c.Item(item)
		if err != nil {
			return err
		}
		for _, p := range found.People() {
			if p.Owner || p.Name != name {
				continue
			}
			reason := fmt.Sprintf("asked when it was added: “%s” in %s is who keeps this record", timeline.Shown(name), oneLine(it.Name))
			if err := x.Merge(ctx, p.Number, timeline.OwnerNumber(), reason); err != nil {
				return fmt.Errorf("“%s” in %s: %w", oneLine(name), oneLine(it.Name), err)
			}
			said++
		}
	}
	if said == 0 {
		return fmt.Errorf("“%s”: nobody is called so there", oneLine(name))
	}
	return nil
}
