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
	"daybook/timeline/casework"
)

const aboutMatrix = `Set an offence of the law against the case: each thing that must be shown, and what
may show it, with why. It is an index for whoever decides; it says of nothing that it
is made out. Conduct counts where the offence was in force on its day.

  daybook-cli matrix mycase.daybook EW-PHA-2A

Without an offence it lists those to look at, with how many elements have material; those
of which one is enough are counted as one.
One that is for partners and family alone is among them when the register
relationship says so, or when an order was made whose breach it is; all others stand
there for everybody. Only orders of its own sort, their service and their breaches are
material of the breach of an order.

--person sets what is from or to one person against it, what incidents name them for, and
the entries of registers, which are of the whole case; how much of the course of conduct
that leaves out is said, and course lists all of it.

mark --element EW-PHA-2A/knowledge links an event by hand; the register considered
keeps why an offence was or was not put forward, and stands in the matrix of it. law
lists the names.`

func matrixCommand(t *terminal) *cobra.Command {
	var f lawFlags
	var whom filterFlags
	cmd := &cobra.Command{
		Use: "matrix CASE [OFFENCE]", Short: "List what may show each element of an offence", Args: cobra.RangeArgs(1, 2), Long: aboutMatrix,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			l, err := casework.LawOf(cmd.Context(), c, 0)
			if err == nil {
				l.Packs, err = f.over(t, l.Packs)
			}
			if err != nil {
				return err
			}
			if len(args) == 1 && len(whom.people) > 0 {
				return use(errors.New("--person: name the offence too; which are to be looked at is asked of the whole case"))
			}
			if len(args) == 1 {
				return t.path(cmd.Context(), x, l)
			}
			pack, err := l.Pack(args[1])
			if err != nil {
				return use(err)
			}
			filter, err := t.filter(&whom, x)
			if err != nil {
				return err
			}
			m, err := casework.MatrixWith(cmd.Context(), x, filter, pack, args[1])
			if err != nil {
				return err
			}
			if t.json {
				return t.emit(m)
			}
			t.matrix(m, x.Zone())
			return nil
		},
	}
	cmd.Flags().StringVar(&f.pack, "pack", "", "a signed `FILE` with a newer law of one jurisdiction, for this time alone; law --case keeps one")
	cmd.Flags().StringArrayVar(&whom.people, "person", nil, "only what is from or to the person of this `NAME`, address, or number that people prints, and the entries of registers")
	return cmd
}

// path lists the offences to look at, each with how many of its elements have
// material.
func (t *terminal) path(ctx context.Context, x *timeline.Index, l casework.Law) error {
	list, err := casework.Path(ctx, x, l, time.Now())
	if err != nil {
		return err
	}
	return each(t, list, func(p casework.Look) {
		fmt.Fprintf(t.out, "%-18s %s  %d of %d elements have material%s\n", p.Offence, p.Label, p.WithMaterial, p.Elements, onlyIf(p.Relationship != "", "; for: "+p.Relationship))
	})
}

func (t *terminal) matrix(m casework.Matrix, zone *time.Location) {
	fmt.Fprintf(t.out, "%s  %s (%s). An index, and no finding.\n", m.Offence.ID, m.Offence.Label, m.Law)
	for _, l := range m.Lines {
		fmt.Fprintf(t.out, "\n%s: %s%s\n", l.ID, l.Text, onlyIf(l.Either != "", " (one of these is enough)"))
		if len(l.Cells) == 0 {
			fmt.Fprintln(t.out, "    "+casework.NothingYet)
			continue
		}
		if l.Least > 0 {
			fmt.Fprintf(t.out, "    Occasions that are asked for: %d or more. Linked: %s\n", l.Least, occasionWords(l.Counted))
		}
		if l.Told != nil {
			fmt.Fprintf(t.out, "    %v\n", l.Told)
		}
		for _, c := range l.Cells {
			t.cell(c, zone)
		}
	}
	t.doneBy(m.DoneBy)
	t.unmarked(m.Unmarked, m.Loose)
	if n := len(m.Outside); n > 0 {
		fmt.Fprintf(t.out, "\nOn days on which the offence was not in force: %s\n", count(n, "event"))
	}
	t.aside(m)
	t.clock(m.Clock, zone)
	for _, c := range m.Considered {
		fmt.Fprintf(t.out, "\nConsidered: %s, %s: %s%s\n", visible(c.Law), c.Outcome, visible(c.Words), onlyIf(c.By != "", " ("+visible(c.By)+")"))
	}
	for _, d := range m.Differences {
		fmt.Fprintf(t.out, "\n%s\n", d.Question)
		for _, id := range append([]string{m.Offence.ID}, m.Offence.Alternatives...) {
			if d.Answers[id] != "" {
				fmt.Fprintf(t.out, "    %s: %s\n", id, d.Answers[id])
			}
		}
	}
}

// aside says how much is not here for who did it, and which command lists it.
func (t *terminal) aside(m casework.Matrix) {
	marks, left := m.Aside()
	if marks != "" {
		fmt.Fprintf(t.out, "\n%s register CASE breach lists them.\n", marks)
	}
	if left != "" {
		fmt.Fprintf(t.out, "\n%s course CASE lists all, with who each is from.\n", left)
	}
}

// cell says what may show an element: by its day, or in the words of a time that has none.
func (t *terminal) cell(c casework.Cell, zone *time.Location) {
	fmt.Fprintf(t.out, "    %s  %-10s  %s  (%s)\n", c.Event, cmp.Or(c.Day, c.When.Brief(zone)), visible(c.Text), visible(onlyIf(c.ByWhom() != "", c.ByWhom()+"; ")+c.Why))
}

// clock says which day a rule of time gives, from what it is counted, and what later
// is not; or why there is none.
func (t *terminal) clock(k *casework.Clock, zone *time.Location) {
	if k == nil {
		fmt.Fprintf(t.out, "\n%s\n", casework.NoRule)
		return
	}
	as := func(s string) string { return s }
	fmt.Fprintf(t.out, "\n%s. %s\n", k.Rule, k.Words)
	for _, c := range k.Lines() {
		fmt.Fprintf(t.out, "    %s%s.\n", onlyIf(c.Among > 0, visible(c.Whose(as))+" "), upper(c.Said(as)))
		if c.From != nil {
			fmt.Fprintln(t.out, "    It is counted from the last of what is linked to this offence:")
			t.cell(*c.From, zone)
		}
		for _, beside := range c.Beside(as, as) {
			fmt.Fprintln(t.out, "    "+beside)
		}
		t.toMark(c.Breaches.Named)
	}
}

// upper is a sentence with a capital.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// occasionWords are both counts, always together, and what they hang on.
func occasionWords(c casework.Counted) string {
	s := fmt.Sprintf("%s, %d by the rule alone", count(c.Occasions, "occasion"), c.ByRule)
	if beside := c.Beside(); len(beside) > 0 {
		s += " (" + strings.Join(beside, "; ") + ")"
	}
	return s
}

func courseCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var event string
	cmd := &cobra.Command{
		Use: "course CASE", Short: "List the course of conduct: behaviour by date and effect, with totals", Args: cobra.ExactArgs(1),
		Long: "List the course of conduct: what was written down and every event with a code, by date, with who it is from, or\n" +
			"said to be done by, and with its effect in your own words. The totals add up: those of the codes are the codes on events together. Occasions are counted by the rule,\n" +
			"and as occasions has split and joined them. The first and the last day are those of events whose day is certain, as\n" +
			"pattern counts them: not of what was about a month, or before or after a day.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			filter, err := t.filter(&f, x)
			if err != nil {
				return err
			}
			course, err := casework.CourseOf(cmd.Context(), x, filter)
			if err != nil {
				return err
			}
			if event != "" {
				return t.place(cmd.Context(), x, course, event)
			}
			if t.json {
				return t.emit(course)
			}
			t.course(course, x.Zone())
			return nil
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&event, "event", "", "say where this `EVENT` stands in the course: the n-th of how many")
	return cmd
}

// place says where one event stands in the course.
func (t *terminal) place(ctx context.Context, x *timeline.Index, c casework.Course, event string) error {
	if !anID.MatchString(event) {
		return use(fmt.Errorf("event %q: %s", event, wantID))
	}
	ids, err := named(ctx, x, []string{event})
	if err != nil {
		return use(err)
	}
	p, ok := c.Place(ids[0])
	if !ok {
		return use(fmt.Errorf("event %s: it is not in the course: nobody wrote it down as an incident or gave it a code", event))
	}
	if t.json {
		return t.emit(p)
	}
	_, err = fmt.Fprintf(t.out, "This is %d of %d%s: %s\n", p.Number, p.Of, fromTo(", from %s to %s", p.First, p.Last), strings.Join(p.Codes, ", "))
	return err
}

func (t *terminal) course(c casework.Course, zone *time.Location) {
	for _, s := range c.Rows {
		exhibit, occasion := "", "in no occasion"
		if s.Item != 0 {
			exhibit = fmt.Sprintf("  item %d", s.Item)
		}
		if s.Occasion > 0 {
			occasion = fmt.Sprintf("occasion %d", s.Occasion)
		}
		fmt.Fprintf(t.out, "%4d  %s  %s  %s%s%s  %s\n", s.Number, s.When.Text(zone), occasion, strings.Join(s.Codes, " "), exhibit, onlyIf(s.ByWhom() != "", "  "+visible(s.ByWhom())), visible(s.Text))
		for _, e := range s.Effect {
			fmt.Fprintf(t.out, "        effect: %s\n", visible(e))
		}
		if s.Hand != "" {
			fmt.Fprintf(t.out, "        %s\n", visible(s.Hand))
		}
	}
	fmt.Fprintln(t.out)
	for _, k := range c.Codes {
		fmt.Fprintf(t.out, "%-38s %5d  %s%s\n", coded(k.Code), k.Events, occasionWords(k.Counted), fromTo("  %s to %s", k.First, k.Last))
	}
	fmt.Fprintf(t.out, "%s with %s; %d without a code, %d whose day is not known. %s%s.\n", count(c.Events, "event"), count(c.Marks, "code"), c.Uncoded, c.Undated, occasionWords(c.Counted), fromTo(", from %s to %s", c.First, c.Last))
	t.doneBy(c.DoneBy)
	t.unmarked(c.Unmarked, c.Loose)
}

// doneBy says how much each is said to have done, where several are named.
func (t *terminal) doneBy(all []casework.Does) {
	if len(all) == 0 {
		return
	}
	as := func(s string) string { return s }
	fmt.Fprintf(t.out, "\n"+casework.SayDoneBy+"\n", casework.Named(all))
	for _, d := range all {
		fmt.Fprintf(t.out, "    %-30s %5d%s%s\n", visible(cmp.Or(d.Called(as), "(nobody is named)")), d.Events, fromTo("  %s to %s", d.First, d.Last), onlyIf(d.Undated > 0, fmt.Sprintf("  (%d of no certain day)", d.Undated)))
	}
	if casework.OneName(all) {
		fmt.Fprintf(t.out, "    %s people CASE lists them; people CASE --join PERSON,PERSON --reason WHY says so.\n", casework.SayOneName)
	}
}

// unmarked says what is held beside what is counted.
func (t *terminal) unmarked(u casework.Unmarked, l casework.Loose) {
	as := func(s string) string { return s }
	for _, said := range []string{u.Said(as, as), l.Said(as, as)} {
		if said != "" {
			fmt.Fprintf(t.out, "\n%s\n", said)
		}
	}
	t.toMark(l.Named)
}

// toMark is the command that marks what entries of breaches name.
func (t *terminal) toMark(u casework.Uncoded) {
	if len(u.Events) == 0 {
		return
	}
	var ids []string
	for _, id := range u.Events[:min(len(u.Events), mostToMark)] {
		ids = append(ids, id.String()[:8])
	}
	fmt.Fprintf(t.out, "    To mark them: daybook-cli mark CASE %s%s --code CONTACT, or another behaviour\n", strings.Join(ids, " "), onlyIf(len(ids) < len(u.Events), " …"))
}

// mostToMark is how many events stand in a command that marks them.
const mostToMark = 8

// fromTo says the first and the last day, where any is known.
func fromTo(form, first, last string) string {
	if first == "" {
		return ""
	}
	return fmt.Sprintf(form, first, last)
}

const aboutOccasions = `List occasions: events on one channel with less than 60 minutes between them count
as one; what has no known hour joins no other. Split and join them by hand where the rule is wrong; the record keeps who did
and why, and both counts are always shown. What you join is joined to the last event before it on its channel, and what
is added later between the two is of the same occasion.

  daybook-cli occasions mycase.daybook --mark CONTACT
  daybook-cli occasions mycase.daybook --split 1f0c22ab --reason "he came back after he had left"
  daybook-cli occasions mycase.daybook --join 1f0c22ab --reason "one evening, from six to nine"`

func occasionsCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var split, join, reason string
	cmd := &cobra.Command{
		Use: "occasions CASE", Short: "List occasions; split and join them by hand", Args: cobra.ExactArgs(1), Long: aboutOccasions,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			event := split + join
			switch {
			case split != "" && join != "":
				return use(errors.New("--split and --join: one at a time"))
			case event != "" && reason == "":
				return use(errors.New("--reason: say why; the record keeps it"))
			case event != "" && !anID.MatchString(event):
				return use(fmt.Errorf("event %q: %s", event, wantID))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if event != "" {
				if err := t.cutOccasion(cmd.Context(), x, event, split != "", reason); err != nil {
					return err
				}
			}
			filter, err := t.filter(&f, x)
			if err != nil {
				return err
			}
			return t.occasions(cmd.Context(), x, filter)
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&split, "split", "", "the `EVENT` with which a new occasion begins")
	cmd.Flags().StringVar(&join, "join", "", "the `EVENT` that belongs to the occasion before it on its channel")
	cmd.Flags().StringVar(&reason, "reason", "", "with --split or --join: `WHY`; the record keeps it")
	return cmd
}

func (t *terminal) cutOccasion(ctx context.Context, x *timeline.Index, event string, split bool, reason string) error {
	ids, err := named(ctx, x, []string{event})
	if err != nil {
		return use(err)
	}
	if split {
		return x.SplitOccasion(ctx, ids[0], reason)
	}
	before, err := x.JoinOccasion(ctx, ids[0], reason)
	if err != nil {
		return err
	}
	said, err := timesOf(ctx, x, []timeline.Occasion{before})
	if err != nil {
		return err
	}
	t.say("Joined to the one before it on its channel: %s", occasionLine(before, said[0], x.Zone()))
	return nil
}

// occasionLine is when an occasion was, how much of it there is, and on which channel.
func occasionLine(o timeline.Occasion, said string, zone *time.Location) string {
	return fmt.Sprintf("%s  %s  %s", cmp.Or(said, lasting(o.First.In(zone), o.Last.In(zone))), count(o.N, "event"), visible(o.Channel.String()))
}

// lasting is how long an occasion went on, each moment so that it is one: an hour that
// comes twice has two names.
func lasting(first, last time.Time) string {
	const day, clock, zone = "2006-01-02", " 15:04", " MST"
	from, to := first.Format(day+clock), strings.TrimSpace(last.Format(clock+zone))
	if first.Format(day) != last.Format(day) {
		to = last.Format(day + clock + zone)
	}
	if first.Format(zone) != last.Format(zone) {
		from = first.Format(day + clock + zone)
	}
	return from + " to " + to
}

// timesOf are the times of the occasions of which no hour is known, as they were said,
// by their place in the list.
func timesOf(ctx context.Context, x *timeline.Index, list []timeline.Occasion) (map[int]string, error) {
	place := map[timeline.ID]int{}
	var ids []timeline.ID
	for i, o := range list {
		if o.NoHour {
			place[o.Events[0]] = i
			ids = append(ids, o.Events[0])
		}
	}
	said := map[int]string{}
	if len(ids) == 0 {
		return said, nil
	}
	found, err := x.Find(ctx, timeline.Filter{Events: ids})
	if err != nil {
		return nil, err
	}
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, err
		}
		if i, ok := place[r.ID]; ok {
			said[i] = r.Said().Brief(x.Zone())
		}
	}
	return said, nil
}

func (t *terminal) occasions(ctx context.Context, x *timeline.Index, f timeline.Filter) error {
	list, err := x.Occasions(ctx, f, 0)
	if err != nil {
		return use(fmt.Errorf("--search: %w", err))
	}
	said, err := timesOf(ctx, x, list)
	if err != nil {
		return err
	}
	var ids []timeline.ID
	for i, o := range list {
		ids = append(ids, o.Events...)
		first, last := o.First.In(x.Zone()), o.Last.In(x.Zone())
		if t.json {
			line := map[string]any{"occasion": i + 1, "channel": o.Channel.String(), "first": first.Format(time.RFC3339), "last": last.Format(time.RFC3339), "unsure": o.Unsure, "events": o.Events}
			if o.NoHour {
				line["said"] = said[i]
			}
			if err := t.emit(line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(t.out, "%4d  %s%s\n", i+1, occasionLine(o, said[i], x.Zone()),
			onlyIf(o.Unsure, "  (the clock showed the hour of one of them twice, or never)"))
	}
	counted, _, err := casework.Numbered(ctx, x, ids)
	if err != nil {
		return err
	}
	t.say("%s", occasionWords(counted))
	for _, h := range slices.Concat(counted.Hand, counted.Lost) {
		t.say("  %s %s  %s%s", h.Event, h.Day, visible(h.String()), onlyIf(h.To != timeline.ID{} && h.Lost == timeline.Holds, fmt.Sprintf(" (to %.8s)", h.To)))
	}
	return nil
}
