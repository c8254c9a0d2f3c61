package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/timeline"
)

// peopleFlags are what a person says about who is who.
type peopleFlags struct {
	join, split, me, name, maybe, reason, strength string
	reasons, against                               []string
	undo                                           uint64
}

const aboutPeople = `List who is in the data, with their handles, how sure each link is, and why.

Only what is certain is counted together: one telephone number, one e-mail address, one account, the
owner of the exports, and one name within one export. Who may be the same person, and whose name looks
like another's, is said beside both. What you say goes before that; it is journaled with the reason. Join
only who is certainly one:

  people CASE --join 12,34 --reason "she gave me both numbers"   34 is the same person as 12
  people CASE --me maya@post.example --reason "my own address"   this is the owner of the exports
  people CASE --split maya@post.example --reason "a mistake"     takes back what was said last about it
  people CASE --name 12=Dan                                      what you call somebody

Of a number or account that nobody is known to use it is said who it may be. That joins nothing, and stands
nowhere without its strength and the reasons on both sides:

  people CASE --may-be 34,12 --for "writes of the gym before I told anybody" --against "another number" --strength possible
  people CASE --undo 61 --reason "the gym was in the paper"      takes back what entry 61 of the journal said

A person is named by the number in the list or by one of their handles; a handle by its address, or by
its "handle" of --json, where a name stands in several exports.`

func peopleCommand(t *terminal) *cobra.Command {
	var f peopleFlags
	cmd := &cobra.Command{
		Use: "people CASE", Short: "List who is in the data; join, split and name them", Long: aboutPeople, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := f.check(cmd.Flags().Changed("strength")); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if err := f.say(cmd.Context(), x); err != nil {
				return err
			}
			return t.people(x)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.join, "join", "", "PERSON,PERSON: both are the first one")
	fl.StringVar(&f.me, "me", "", "a person or handle that is the owner of the exports")
	fl.StringVar(&f.split, "split", "", "a handle: take back what was said last about it")
	fl.StringVar(&f.name, "name", "", "PERSON=NAME: what you call somebody; an empty name takes it back")
	fl.StringVar(&f.maybe, "may-be", "", "PERSON,PERSON: who uses the first one's numbers and accounts may be the second one; joins nothing")
	fl.StringArrayVar(&f.reasons, "for", nil, "with --may-be, a `REASON` for it; may be given several times")
	fl.StringArrayVar(&f.against, "against", nil, "with --may-be, a `REASON` against it; may be given several times")
	fl.Uint64Var(&f.undo, "undo", 0, "take back what --may-be said, by the number of its `ENTRY`")
	fl.StringVar(&f.reason, "reason", "", "why, for --join, --me, --split and --undo; it may have to be disclosed")
	fl.StringVar(&f.strength, "strength", string(timeline.Possible), "with --may-be, how strong it is: likely, possible or unknown")
	return cmd
}

func (f *peopleFlags) check(strength bool) error {
	given := 0
	for _, is := range []bool{f.join != "", f.me != "", f.split != "", f.name != "", f.maybe != "", f.undo != 0} {
		if is {
			given++
		}
	}
	why := f.join+f.me+f.split != "" || f.undo != 0
	switch {
	case given > 1:
		return errors.New("people: one of --join, --me, --split, --name, --may-be and --undo at a time")
	case f.reason == "" && why:
		return errors.New("people: say why with --reason")
	case f.reason != "" && !why:
		return errors.New("people: --reason is for --join, --me, --split or --undo")
	case f.maybe == "" && len(f.reasons)+len(f.against) > 0:
		return errors.New("people: --for and --against are for --may-be")
	case f.maybe != "" && len(f.reasons) == 0:
		return errors.New("people: say what speaks for it with --for, and what speaks against it with --against")
	case f.maybe == "" && strength:
		return errors.New("people: who is joined is counted as one, so it is for who is certainly one; who may be one is said with --may-be, --for and --against")
	case f.maybe != "" && f.strength == string(timeline.Certain):
		return errors.New("people: who is certainly one is joined: --join")
	}
	return nil
}

// say journals what a person says about who is who.
func (f peopleFlags) say(ctx context.Context, x *timeline.Index) error {
	switch {
	case f.join != "":
		into, from, err := pair(x, "--join", f.join)
		if err != nil {
			return err
		}
		return x.Merge(ctx, from.Number, into.Number, f.reason)
	case f.maybe != "":
		p, into, err := pair(x, "--may-be", f.maybe)
		if err != nil {
			return err
		}
		return x.Attribute(ctx, p.Number, into.Number, timeline.Strength(f.strength), f.reasons, f.against)
	case f.undo != 0:
		if err := x.Unattribute(ctx, f.undo, f.reason); err != nil {
			return use(fmt.Errorf("--undo: %w", err))
		}
	case f.me != "":
		p, err := person(x, f.me)
		if err != nil {
			return use(fmt.Errorf("--me: %w", err))
		}
		return x.Merge(ctx, p.Number, timeline.OwnerNumber(), f.reason)
	case f.split != "":
		l, err := timeline.Called(x.People(), f.split)
		if err != nil {
			return use(fmt.Errorf("--split: %w", err))
		}
		return x.Split(ctx, l.Key, f.reason)
	case f.name != "":
		who, name, ok := strings.Cut(f.name, "=")
		if !ok {
			return use(fmt.Errorf("--name %q: write PERSON=NAME", f.name))
		}
		p, err := person(x, who)
		if err != nil {
			return use(fmt.Errorf("--name: %w", err))
		}
		return x.Name(ctx, p.Number, strings.TrimSpace(name))
	}
	return nil
}

// pair are two persons with a comma between.
func pair(x *timeline.Index, flag, text string) (one, other timeline.Person, err error) {
	first, second, ok := strings.Cut(text, ",")
	if !ok {
		return one, other, use(fmt.Errorf("%s %q: write two persons with a comma between", flag, text))
	}
	if one, err = person(x, first); err == nil {
		other, err = person(x, second)
	}
	if err != nil {
		return one, other, use(fmt.Errorf("%s: %w", flag, err))
	}
	return one, other, nil
}

func person(x *timeline.Index, text string) (timeline.Person, error) {
	return timeline.CalledPerson(x.People(), strings.TrimSpace(text))
}

// people prints everybody.
func (t *terminal) people(x *timeline.Index) error {
	people := x.People()
	name := map[int64]string{}
	for i := range people {
		name[people[i].Number] = people[i].Called()
	}
	for i := range people {
		p := &people[i]
		if t.json {
			if err := t.emit(p.Wire()); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprint(t.out, personText(p, name, x.Zone())); err != nil {
			return err
		}
	}
	return nil
}

var adverb = map[timeline.Strength]string{timeline.Likely: "likely", timeline.Possible: "possibly", timeline.Unknown: "not known whether"}

// mostOthers is how many persons of one name are listed beside each of them.
const mostOthers = 5

// personText is a person on a few lines.
func personText(p *timeline.Person, name map[int64]string, zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%13d  %-30s  %13s", p.Number, visible(p.Called()), count(p.Events, "event"))
	if !p.First.IsZero() {
		fmt.Fprintf(&b, "  %s to %s", p.First.In(zone).Format(time.DateOnly), p.Last.In(zone).Format(time.DateOnly))
	}
	b.WriteByte('\n')
	if p.Flagged() {
		fmt.Fprintf(&b, "               %s: %s\n", timeline.NameLookalike, timeline.NameLookalike.Title())
	}
	for i := range p.Handles {
		l := &p.Handles[i]
		said := ""
		if l.By != "" {
			said = ", said by " + timeline.Shown(l.By)
		}
		fmt.Fprintf(&b, "               %s %s: %s, %s%s: %s\n", l.Kind, visible(handleText(l)), count(l.Events, "event"), l.Strength, said, visible(timeline.Shown(l.Reason)))
		if names := p.OtherNames(l); len(names) > 0 {
			fmt.Fprintf(&b, "               %s %s is also printed as %s\n", l.Kind, visible(handleText(l)), visible(strings.Join(names, ", ")))
		}
	}
	for _, k := range p.Perhaps {
		others := slices.DeleteFunc(slices.Clone(k.Persons), func(n int64) bool { return n == p.Number })
		for _, n := range others[:min(len(others), mostOthers)] {
			fmt.Fprintf(&b, "               %s the same person as %d %s: %s\n", adverb[k.Strength], n, visible(name[n]), visible(k.Reason))
			if k.Entry != 0 {
				fmt.Fprintf(&b, "               that is an attribution, and no fact; --undo %d takes it back\n", k.Entry)
			}
		}
		if n := len(others) - mostOthers; n > 0 {
			fmt.Fprintf(&b, "               and %d more of the same name; --json names them all\n", n)
		}
	}
	for _, a := range p.Alike {
		fmt.Fprintf(&b, "               %s looks like %s of %d\n", visible(timeline.SpeltOut(a.Name)), visible(timeline.SpeltOut(a.Other)), a.Person)
	}
	return b.String()
}

// handleText is a handle's address, and in what a name stands.
func handleText(l *timeline.Link) string {
	s := cmp.Or(l.Shown(), "(none given)")
	if l.Kind == timeline.NameHandle && l.Item != 0 {
		s += fmt.Sprintf(" in item %d", l.Item)
	}
	return s
}
