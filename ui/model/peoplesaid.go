package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
)

// PeopleChange is what was just said about who is who, and how it is taken back.
// The journal keeps both.
type PeopleChange struct {
	Said string // in one sentence

	back func(context.Context, *timeline.Index) error
}

// takenBack is the reason of what takes something back at once.
const takenBack = "taken back at once by the person who said it"

// TakeBack takes a change back.
func (d *Desk) TakeBack(ctx context.Context, c *PeopleChange) error {
	_, x, err := d.held()
	if err != nil {
		return err
	}
	return c.back(ctx, x)
}

// ErrNoReason means that something about who is who was to be said without why.
var ErrNoReason = errors.New("say why first: the reason stands in the record, and others may ask for it")

// MergePeople says that another person is the same as this one.
func (d *Desk) MergePeople(ctx context.Context, other, into int64, reason string) (*PeopleChange, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, ErrNoReason
	}
	people := x.People()
	moved := other
	if other == timeline.OwnerNumber() {
		moved = into // the owner stays the owner
	}
	keys := keysOf(people, moved)
	said := fmt.Sprintf("%s and %s are one person now.", nameOf(people, into), nameOf(people, other))
	if err := x.Merge(ctx, other, into, strings.TrimSpace(reason)); err != nil {
		return nil, err
	}
	return &PeopleChange{Said: said, back: func(ctx context.Context, x *timeline.Index) error {
		for _, key := range keys {
			if err := x.Split(ctx, key, takenBack); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

// Attribute says that whoever uses a person's numbers and accounts may be another
// one, how strong that is, and what speaks for it and against it. It joins nothing.
func (d *Desk) Attribute(ctx context.Context, number, into int64, strength timeline.Strength, reasons, against []string) (*PeopleChange, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	if len(reasons) == 0 {
		return nil, ErrNoReason
	}
	if err := x.Attribute(ctx, number, into, strength, reasons, against); err != nil {
		return nil, err
	}
	all, people := x.Attributions(), x.People()
	entry := all[len(all)-1].Entry
	return &PeopleChange{Said: fmt.Sprintf("It is noted that %s may be %s. They are counted apart.", nameOf(people, number), nameOf(people, into)),
		back: func(ctx context.Context, x *timeline.Index) error { return x.Unattribute(ctx, entry, takenBack) }}, nil
}

// Unattribute takes an attribution back, by its entry (PerhapsRow.Entry).
func (d *Desk) Unattribute(ctx context.Context, entry uint64, reason string) error {
	_, x, err := d.held()
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return ErrNoReason
	}
	return x.Unattribute(ctx, entry, strings.TrimSpace(reason))
}

// ThisIsMe says that a person is the one whose record the case is.
func (d *Desk) ThisIsMe(ctx context.Context, number int64, reason string) (*PeopleChange, error) {
	c, err := d.MergePeople(ctx, number, timeline.OwnerNumber(), reason)
	if err != nil {
		return nil, err
	}
	c.Said = "These are yours now."
	return c, nil
}

// SplitHandle says that a handle does not belong to the person it stands with:
// what was said last about it is taken back.
func (d *Desk) SplitHandle(ctx context.Context, key, reason string) (*PeopleChange, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, ErrNoReason
	}
	person, link, ok := handleOf(x.People(), key)
	if !ok {
		return nil, fmt.Errorf("handle %q: it is nowhere in the data", key)
	}
	if err := x.Split(ctx, key, strings.TrimSpace(reason)); err != nil {
		return nil, err
	}
	back := func(ctx context.Context, x *timeline.Index) error { return x.Split(ctx, key, takenBack) }
	if link.By != "" {
		back = func(ctx context.Context, x *timeline.Index) error {
			return x.Link(ctx, key, person, link.Strength, link.Reason)
		}
	}
	return &PeopleChange{Said: shownName(link.Address, len(link.Flags) > 0) + " stands apart now.", back: back}, nil
}

// NamePerson gives a person the name that they are known by; an empty one takes
// it back.
func (d *Desk) NamePerson(ctx context.Context, number int64, name string) (*PeopleChange, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	people, old := x.People(), ""
	if i := slices.IndexFunc(people, func(p timeline.Person) bool { return p.Number == number }); i >= 0 {
		old = people[i].Given
	}
	name = strings.TrimSpace(name)
	said := nameOf(people, number) + " has no other name now."
	if name != "" {
		said = fmt.Sprintf("%s is called %s now.", nameOf(people, number), oneLine(name))
	}
	if err := x.Name(ctx, number, name); err != nil {
		return nil, err
	}
	return &PeopleChange{Said: said, back: func(ctx context.Context, x *timeline.Index) error { return x.Name(ctx, number, old) }}, nil
}

func keysOf(people []timeline.Person, number int64) (keys []string) {
	for _, p := range people {
		if p.Number != number {
			continue
		}
		for _, l := range p.Handles {
			keys = append(keys, l.Key)
		}
	}
	return keys
}

func nameOf(people []timeline.Person, number int64) string {
	for i := range people {
		if people[i].Number == number {
			return faceOf(&people[i]).Name
		}
	}
	return "Me"
}

func handleOf(people []timeline.Person, key string) (person int64, l timeline.Link, ok bool) {
	for _, p := range people {
		for _, l := range p.Handles {
			if l.Key == key {
				return p.Number, l, true
			}
		}
	}
	return 0, l, false
}

// Lines are the lines of a text that say something.
func Lines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
