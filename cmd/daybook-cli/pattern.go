package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daybook/timeline"
)

const aboutPattern = `Count events, each count with its events.

An event counts under an hour, a day, a week, a month or a year where every moment at
which it may have happened is in that one. About a time reaches an hour further each
way, about a day a day, about a month a month, about a year a year; "before" and
"after" reach over every day on their side. What may lie in one or another counts
under "not known".`

func patternCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var by string
	cmd := &cobra.Command{
		Use: "pattern CASE", Short: "Count events, each count with its events", Args: cobra.ExactArgs(1), Long: aboutPattern,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if !slices.Contains(timeline.Patterns(), by) {
				return use(fmt.Errorf("--by %q: one of %s", by, strings.Join(timeline.Patterns(), ", ")))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			filter, err := t.filter(&f, x)
			if err != nil {
				return err
			}
			counts, err := x.Pattern(cmd.Context(), filter, by)
			if err != nil {
				return use(fmt.Errorf("--search: %w", err))
			}
			if len(counts) == 0 {
				return t.sayWhyNothing(cmd.Context(), x, filter)
			}
			most := 1
			for _, n := range counts {
				most = max(most, n.N)
			}
			for _, n := range counts {
				if t.json {
					if err := t.emit(map[string]any{"key": n.Key, "n": n.N, "in_another_source_too": n.Twice, "events": n.Events}); err != nil {
						return err
					}
					continue
				}
				key := n.Key
				switch by {
				case "hour", "day", "week", "weekday", "month", "year":
					if key == timeline.UnknownKey {
						key = "not known: in one or another"
					}
				case "kind":
					key = timeline.Kind(key).Title()
				case "code":
					if key = coded(key); key == timeline.UnknownKey {
						key = "not marked with a code"
					}
				}
				fmt.Fprintf(t.out, "%-38s %7d  %s%s\n", visible(key), n.N, strings.Repeat("▪", (n.N*40+most-1)/most), twice(n.Twice))
			}
			return nil
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&by, "by", "month", strings.Join(timeline.Patterns(), ", "))
	return cmd
}

// twice says beside a count how many of it are in another source too.
func twice(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("  of these in another source too: %d", n)
}
