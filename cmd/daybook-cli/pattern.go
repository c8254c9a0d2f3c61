package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"daybook/timeline"
	"daybook/timeline/casework"
)

const aboutPattern = `Count events, each count with its events.

An event counts under an hour, a day, a week, a month or a year where every moment at
which it may have happened is in that one. About a time reaches an hour further each
way, about a day a day, about a month a month, about a year a year; "before" and
"after" reach over every day on their side. What may lie in one or another counts
under "not known". The hour of a weak sign, such as when a file was saved, is none:
copying sets it.

Days before or after a moment that do not all lie in --from and --to have no number.
Silences are counted of all that happened in a period: not where --search, --person or
anything else chooses.

By the clock counts what others did alone. Entries of registers, what the owner of the
exports sent and own acts stand under "not counted".

  pattern CASE --by moment       before and after each time that they were told, and each order
  pattern CASE --by new-handle   the first event from each new number or account after a block
  pattern CASE --by reach        what reached family, friends, work or school
  pattern CASE --by private      what shows that they know private things
  pattern CASE --by burst        many in a row from one sender
  pattern CASE --by silence      days without any, and of which of them the files speak
  pattern CASE --by impact       what it did to the person, in their own words, by month
  pattern CASE --by cost         what the changes cost, and what incidents say of it, each currency for itself

--beside, twice, sets two periods or two channels side by side, with the raw counts of
both: --beside 2025-07-01..2025-07-31 --beside 2025-08-01..2025-08-31.`

// patternFlags say what is counted, and by what.
type patternFlags struct {
	filterFlags
	by     string
	days   int
	beside []string
}

func patternCommand(t *terminal) *cobra.Command {
	var f patternFlags
	cmd := &cobra.Command{
		Use: "pattern CASE", Short: "Count events, each count with its events", Args: cobra.ExactArgs(1), Long: aboutPattern,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := f.check(); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if len(f.beside) > 0 {
				return t.beside(cmd.Context(), x, f)
			}
			filter, err := t.filter(&f.filterFlags, x)
			if err != nil {
				return err
			}
			p, _, err := f.pattern(cmd.Context(), x, filter)
			if err != nil {
				return use(fmt.Errorf("--search: %w", err))
			}
			if len(p.Figures) == 0 {
				return t.sayNoFigures(cmd.Context(), x, filter, p, f.by)
			}
			return t.figures(p)
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&f.by, "by", "month", strings.Join(casework.Patterns(), ", "))
	cmd.Flags().IntVar(&f.days, "days", 0, "with --by moment, this `NUMBER` of days before and after (28); with --by silence, the fewest without any (7)")
	cmd.Flags().StringArrayVar(&f.beside, "beside", nil, "a `PERIOD`, FIRST..LAST, or a channel as --by channel prints it; given twice")
	return cmd
}

func (f *patternFlags) check() error {
	switch {
	case !slices.Contains(casework.Patterns(), f.by):
		return fmt.Errorf("--by %q: one of %s", f.by, strings.Join(casework.Patterns(), ", "))
	case f.days < 0 || f.days > 3660:
		return fmt.Errorf("--days %d: a number from 1 to 3660", f.days)
	case f.days > 0 && f.by != "moment" && f.by != "silence":
		return errors.New("--days is for --by moment or --by silence")
	case len(f.beside) != 0 && len(f.beside) != 2:
		return errors.New("--beside: give it twice, as --beside 2025-07-01..2025-07-31 --beside 2025-08-01..2025-08-31")
	}
	return nil
}

// pattern finds the pattern of a filter, and what it was found in.
func (f *patternFlags) pattern(ctx context.Context, x *timeline.Index, filter timeline.Filter) (p casework.Pattern, m casework.Material, err error) {
	if m, err = casework.Gather(ctx, x, filter); err != nil {
		return p, m, err
	}
	m.Days = f.days
	p, err = m.Pattern(ctx, f.by)
	return p, m, err
}

// sayNoFigures says why there is no figure.
func (t *terminal) sayNoFigures(ctx context.Context, x *timeline.Index, filter timeline.Filter, p casework.Pattern, by string) error {
	switch {
	case p.Said() == "":
		return t.sayWhyNothing(ctx, x, filter)
	case p.Why != "":
		t.say("%s. %s", p.Title, p.Why)
		return nil
	}
	t.say("%s: there is none of it here. %s", p.Title, p.Said())
	for _, tag := range casework.TagsOf(by) {
		t.say("It is marked with: daybook-cli mark CASE EVENT --tag %s", tag)
	}
	return nil
}

// figures prints a pattern.
func (t *terminal) figures(p casework.Pattern) error {
	most := map[string]int{}
	for _, n := range p.Figures {
		if n.Key != casework.NotCounted {
			most[n.Group] = max(most[n.Group], n.N, 1)
		}
	}
	if p.Rule != "" && !t.json {
		fmt.Fprintf(t.out, "%s. %s\n", p.Title, p.Said())
	}
	group := ""
	return each(t, p.Figures, func(n casework.Figure) {
		if n.Group != group {
			group = n.Group
			fmt.Fprintf(t.out, "\n%s\n", visible(group))
		}
		fmt.Fprintf(t.out, "%-38s %7s  %s%s%s\n", visible(figureKey(p.By, n.Key)), counted(n), bar(n, most[n.Group]), twice(n.Twice), aside(n.Note))
	})
}

// counted is the number of a figure; a dash where nothing was counted.
func counted(f casework.Figure) string {
	if f.None {
		return "–"
	}
	return strconv.Itoa(f.N)
}

// bar is how long a number is beside the largest; none where no number is above one,
// and of what is not counted.
func bar(f casework.Figure, most int) string {
	if most < 2 || f.None || f.Key == casework.NotCounted {
		return ""
	}
	return strings.Repeat("▪", (f.N*40+most-1)/most)
}

// aside is what must be known beside a number.
func aside(note string) string {
	if note == "" {
		return ""
	}
	return "  " + visible(note)
}

// figureKey is the key of a figure in words.
func figureKey(by, key string) string {
	switch by {
	case "hour", "day", "week", "weekday", "month", "year":
		if key == timeline.UnknownKey {
			return "not known: in one or another"
		}
	case "kind":
		return timeline.Kind(key).Title()
	case "code":
		switch key {
		case timeline.UnknownKey:
			return "from others, not marked with a code"
		case timeline.OwnAct:
			return "own acts, counted in none of these"
		}
		return coded(key)
	}
	return key
}

// beside prints two periods or two channels side by side.
func (t *terminal) beside(ctx context.Context, x *timeline.Index, f patternFlags) error {
	var both [2]casework.Pattern
	for i, part := range f.beside {
		filter, err := t.part(ctx, x, f.filterFlags, part)
		if err != nil {
			return err
		}
		p, m, err := f.pattern(ctx, x, filter)
		if err != nil {
			return use(fmt.Errorf("--search: %w", err))
		}
		all, err := m.All(ctx, filter.From, filter.To)
		if err != nil {
			return err
		}
		p.Figures = append([]casework.Figure{all}, p.Figures...)
		both[i] = p
	}
	if both[0].Why != "" {
		t.say("%s. %s", both[0].Title, both[0].Why)
	}
	if !t.json {
		fmt.Fprintf(t.out, "%-38s %20s  %20s\n", "", visible(f.beside[0]), visible(f.beside[1]))
	}
	group := ""
	return each(t, casework.Beside(both[0], both[1]), func(pair casework.Pair) {
		if pair.Group != group {
			group = pair.Group
			fmt.Fprintf(t.out, "\n%s\n", visible(group))
		}
		fmt.Fprintf(t.out, "%-38s %20s  %20s\n", visible(figureKey(f.by, pair.Key)), counted(pair.Beside[0]), counted(pair.Beside[1]))
		for i, n := range pair.Beside {
			if n.Note != "" {
				fmt.Fprintf(t.out, "    %s: %s\n", visible(f.beside[i]), visible(n.Note))
			}
		}
	})
}

// part is the filter of one side: a period, FIRST..LAST, or a channel.
func (t *terminal) part(ctx context.Context, x *timeline.Index, f filterFlags, part string) (timeline.Filter, error) {
	first, last, period := strings.Cut(part, "..")
	if period {
		if f.from != "" || f.to != "" {
			return timeline.Filter{}, use(errors.New("--beside names periods: leave --from and --to away"))
		}
		f.from, f.to = first, last
	}
	filter, err := t.filter(&f, x)
	if err != nil || period {
		return filter, err
	}
	if filter.Events, err = casework.ChannelEvents(ctx, x, filter, part); err != nil {
		return filter, use(fmt.Errorf("--beside: %w", err))
	}
	return filter, nil
}

// twice says beside a count how many of it are in another source too.
func twice(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("  of these in another source too: %d", n)
}
