package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers/triage"
	"daybook/timeline"
)

const aboutTriage = `List what of a case is still to be looked at, each with the command that lists it:
questions without an answer, files that were not read, records that became no event,
pictures that look nearly alike, events without a code. It counts, and weighs nothing.

  daybook-cli triage mycase.daybook                the counts
  daybook-cli triage mycase.daybook questions      what is asked of which file
  daybook-cli triage mycase.daybook unread         files that were not read, or not to their end

The other lists have a command each, which stands beside the count: skips, alike, and
timeline with a filter for what nobody gave a code.
Pictures count among those that alike has compared; how many it has not is said.`

// triaged is what a list of triage is, and the command that prints it.
var triaged = map[triage.List]struct{ title, command string }{
	triage.Questions: {"Questions without an answer", "triage %s questions"},
	triage.Unread:    {"Files that were not read, or not to their end", "triage %s unread"},
	triage.Skips:     {"Records that became no event", "skips %s"},
	triage.Alike:     {"Groups of pictures that look nearly alike", "alike %s"},
	triage.Unmarked:  {"Events without a code", "timeline %s --unmarked"},
}

func triageCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "triage CASE [questions | unread]", Short: "List what is still to be looked at", Args: cobra.RangeArgs(1, 2), Long: aboutTriage,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			which := triage.List("")
			if len(args) == 2 {
				which = triage.List(args[1])
			}
			if which != "" && which != triage.Questions && which != triage.Unread {
				return use(fmt.Errorf("triage %q: questions or unread; the others have a command each, which triage names", which))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			switch which {
			case triage.Questions:
				return t.askedOf(cmd.Context(), c, x)
			case triage.Unread:
				return t.unreadFiles(cmd.Context(), c, x)
			}
			return t.triage(cmd.Context(), c, x, args[0])
		},
	}
}

func (t *terminal) triage(ctx context.Context, c *evidence.Case, x *timeline.Index, dir string) error {
	counts, err := triage.Counts(ctx, c, x)
	if err != nil {
		return err
	}
	return each(t, counts, func(n triage.Count) {
		list := triaged[n.List]
		fmt.Fprintf(t.out, "%7d  %-46s daybook-cli %s\n", n.N, list.title, fmt.Sprintf(list.command, forShell(dir)))
		if n.Beside > 0 {
			fmt.Fprintf(t.out, "         not compared yet: %s\n", count(n.Beside, "picture"))
		}
	})
}

func (t *terminal) askedOf(ctx context.Context, c *evidence.Case, x *timeline.Index) error {
	open, err := triage.Asked(ctx, c, x)
	if err != nil {
		return err
	}
	return each(t, open, func(q timeline.Question) {
		fmt.Fprintf(t.out, "%5d  %s: %s\n", q.Item, visible(q.Path), visible(q.Question))
	})
}

func (t *terminal) unreadFiles(ctx context.Context, c *evidence.Case, x *timeline.Index) error {
	list, err := triage.Files(ctx, c, x)
	if err != nil {
		return err
	}
	return each(t, list, func(f triage.File) {
		fmt.Fprintf(t.out, "%5d  %s: %s\n", f.Item, visible(f.Path), visible(f.Why))
	})
}
