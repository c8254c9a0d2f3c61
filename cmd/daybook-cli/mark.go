package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daybook/assets/law"
	"daybook/evidence"
	"daybook/report"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// behaviours are the codes of what a person did.
func behaviours() (codes []string) {
	for _, b := range timeline.Behaviours() {
		codes = append(codes, b.Code)
	}
	return codes
}

// checkCode refuses a code that neither the program nor a law pack of the case knows.
func checkCode(ctx context.Context, c *evidence.Case, code string) error {
	if code == "" || slices.Contains(behaviours(), code) {
		return nil
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return err
	}
	var codes []string
	for _, b := range l.Behaviours() {
		codes = append(codes, b.Code)
	}
	if !slices.Contains(codes, code) {
		return use(fmt.Errorf("--code %q: one of %s", code, strings.Join(codes, ", ")))
	}
	return nil
}

// anID is an event's id, or as much of it as tells it from others.
var anID = regexp.MustCompile(`^[0-9a-f]{8,32}$`)

const wantID = "want an event's id, as timeline CASE --ids prints it: 32 of the digits 0-9 and a-f, or the first 8 or more of them"

// named finds the events whose ids begin as given.
func named(ctx context.Context, x *timeline.Index, given []string) (ids []timeline.ID, err error) {
	var all []timeline.ID
	for _, g := range given {
		if id, err := timeline.ParseID(g); err == nil {
			ids = append(ids, id)
			continue
		}
		if all == nil {
			found, err := x.Find(ctx, timeline.Filter{})
			if err != nil {
				return nil, err
			}
			all = found.IDs(0, found.Len())
		}
		id, err := beginning(all, g)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// beginning gives the one id that begins with these digits.
func beginning(all []timeline.ID, digits string) (found timeline.ID, err error) {
	n := 0
	for _, id := range all {
		if strings.HasPrefix(id.String(), digits) {
			found, n = id, n+1
		}
	}
	switch n {
	case 0:
		return found, fmt.Errorf("event %s: no event's id begins so", digits)
	case 1:
		return found, nil
	}
	return found, fmt.Errorf("event %s: the ids of %d events begin so; give more digits", digits, n)
}

// aboutMark is said with the reasons that can be chosen, one a line.
const aboutMark = `Mark events with a behaviour, a tag, a note, or as an exhibit. EVENT is the id of an event,
as timeline CASE --ids prints it at the beginning of each line; its first 8 digits do, where no other begins so.

  daybook-cli mark mycase.daybook 1f0c22ab --code FOLLOW --note "the third time that week"
  daybook-cli mark mycase.daybook 1f0c22ab --leave-out private
  daybook-cli mark mycase.daybook --undo 312 --reason "it was somebody else"

--leave-out keeps the row's number in a served pack and prints the reason in its place, which the other side
reads. Choose one of these, which say nothing of what they protect:
%s
Other words stand in the full pack alone; the served pack says that the full pack has the reason.

--tag takes any word. These have a meaning, by which patterns, elements of offences, papers or packs go:
%s

--undo takes a mark back by the number of its entry, which mark prints when it is made and timeline at the
event; a row that was left out is in bundles again. Nothing is removed: the record keeps the mark, and that
it was taken back. A behaviour, a tag and a note are taken back by whoever made them alone (--actor): how
somebody else sees it is a mark of their own beside it.`

// reasonsToLeaveOut are the reasons that can be chosen, one a line, and their
// words.
func reasonsToLeaveOut() (lines, words string) {
	var l, w []string
	for _, r := range report.Reasons() {
		l, w = append(l, fmt.Sprintf("  %-10s %s", r.Word, r.Text)), append(w, r.Word)
	}
	return strings.Join(l, "\n"), strings.Join(w, ", ")
}

// tagsKnown are the tags of the law that the program has, one a line.
func tagsKnown() string {
	packs, err := law.All()
	if err != nil {
		return "  " + err.Error()
	}
	var lines []string
	for _, k := range (casework.Law{Packs: packs}).Tags() {
		lines = append(lines, fmt.Sprintf("  %-23s  %s", k.Tag, k.Label))
	}
	return strings.Join(lines, "\n")
}

func markCommand(t *terminal) *cobra.Command {
	var d timeline.MarkDraft
	var undo uint64
	var reason string
	lines, words := reasonsToLeaveOut()
	cmd := &cobra.Command{
		Use: "mark CASE EVENT…", Short: "Mark events with a behaviour, a tag, a note, or as an exhibit; take a mark back", Args: cobra.MinimumNArgs(1), Long: fmt.Sprintf(aboutMark, lines, tagsKnown()),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			undoing := cmd.Flags().Changed("undo")
			if err := markable(&d, args[1:], undoing, reason); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if err := checkCode(cmd.Context(), c, d.Code); err != nil {
				return err
			}
			if d.Events, err = named(cmd.Context(), x, args[1:]); err != nil {
				return use(err)
			}
			if undoing {
				return t.unmark(cmd.Context(), x, undo, reason, d.Events)
			}
			marks, err := x.Mark(cmd.Context(), d)
			if errors.Is(err, timeline.ErrNoOriginal) || errors.Is(err, timeline.ErrOwnAct) {
				return use(err)
			}
			if err != nil {
				return err
			}
			if err := t.marked(args[0], marks); err != nil {
				return err
			}
			return t.ownTag(cmd.Context(), c, d.Tag)
		},
	}
	cmd.Flags().StringVar(&d.Code, "code", "", "behaviour: "+strings.Join(behaviours(), ", "))
	cmd.Flags().StringVar(&d.Tag, "tag", "", "a `TAG`: one that patterns go by, or one of your own")
	cmd.Flags().StringVar(&d.Note, "note", "", "a `NOTE`; it may have to be disclosed")
	cmd.Flags().BoolVar(&d.Exhibit, "exhibit", false, "put it among the exhibits")
	cmd.Flags().StringVar(&d.LeftOut, "leave-out", "", "leave it out of served packs, for this `reason`: "+words+", or other words")
	cmd.Flags().StringVar(&d.Element, "element", "", "the `ELEMENT` of an offence that it may show, such as EW-PHA-2A/knowledge; matrix lists it there")
	cmd.Flags().Uint64Var(&undo, "undo", 0, "take the mark of this `ENTRY` back; from the events named, or from all")
	cmd.Flags().StringVar(&reason, "reason", "", "with --undo: `WHY`; the record keeps it")
	return cmd
}

// markable checks what is to be marked before the case is opened.
func markable(d *timeline.MarkDraft, events []string, undoing bool, reason string) error {
	for _, a := range events {
		if !anID.MatchString(a) {
			return fmt.Errorf("event %q: %s", a, wantID)
		}
	}
	d.Code, d.LeftOut = strings.ToUpper(d.Code), report.ReasonText(d.LeftOut)
	says := d.Code != "" || d.Tag != "" || d.Note != "" || d.Exhibit || d.LeftOut != "" || d.Element != ""
	switch {
	case d.Element != "" && strings.Count(d.Element, "/") != 1:
		return fmt.Errorf("--element %q: write the offence and its element as EW-PHA-2A/knowledge", d.Element)
	case undoing && says:
		return errors.New("--undo: takes a mark back and makes none; give the new mark in a command of its own")
	case !undoing && reason != "":
		return errors.New("--reason: goes with --undo; what you want to say of an event is a --note")
	case undoing:
		return nil
	case len(events) == 0:
		return errors.New("mark: name at least one event; timeline CASE --ids prints their ids")
	case !says:
		return errors.New("mark: say how to mark it: --code, --tag, --note, --exhibit, --leave-out or --element")
	}
	return nil
}

// marked says what was marked, and how to take it back.
func (t *terminal) marked(dir string, marks []timeline.Mark) error {
	var entries []uint64
	for _, m := range marks {
		if !slices.Contains(entries, m.Number) {
			entries = append(entries, m.Number)
		}
	}
	if t.json {
		return t.emit(map[string]any{"marks": len(marks), "entries": entries})
	}
	fmt.Fprintf(t.out, "Marked: %d\n", len(marks))
	for _, n := range entries {
		fmt.Fprintf(t.out, "To take it back: daybook-cli mark %s --undo %d\n", forShell(dir), n)
	}
	return nil
}

// ownTag says of a tag of somebody's own what casework says of it.
func (t *terminal) ownTag(ctx context.Context, c *evidence.Case, tag string) error {
	if tag == "" {
		return nil
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return err
	}
	if said := casework.OwnTag(l.Tags(), tag); said != "" {
		t.say("%s", visible(said))
	}
	return nil
}

// unmark takes a mark back from events, or from all that have it.
func (t *terminal) unmark(ctx context.Context, x *timeline.Index, entry uint64, reason string, events []timeline.ID) error {
	bearing := x.Bearing(entry)
	if len(bearing) == 0 {
		return use(fmt.Errorf("--undo %d: no event has a mark of this entry; timeline prints the entry of each mark at its event", entry))
	}
	for _, id := range events {
		if !slices.Contains(bearing, id) {
			return use(fmt.Errorf("event %s: it has no mark of entry %d", id, entry))
		}
	}
	if len(events) > 0 {
		bearing = events
	}
	if err := x.Unmark(ctx, entry, reason, bearing...); err != nil {
		if errors.Is(err, timeline.ErrOwnAct) || errors.Is(err, timeline.ErrTheirMark) {
			err = use(err)
		}
		return err
	}
	if t.json {
		return t.emit(map[string]any{"undone": entry, "marks": len(bearing)})
	}
	fmt.Fprintf(t.out, "Taken back: the mark of entry %d, at %s. The record keeps both.\n", entry, count(len(bearing), "event"))
	return nil
}
