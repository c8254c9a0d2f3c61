package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/report"
	"daybook/timeline"
)

func bundlesCommand(t *terminal) *cobra.Command {
	return list(t, "bundles CASE", "List the bundles that were frozen", func(ctx context.Context, c *evidence.Case, _ *timeline.Index) error {
		all, err := report.FrozenBundles(ctx, c)
		if err != nil {
			return err
		}
		for _, f := range all {
			if err := t.frozen(f); err != nil {
				return err
			}
		}
		return nil
	})
}

// frozen prints a bundle that was frozen.
func (t *terminal) frozen(f report.Frozen) error {
	if t.json {
		return t.emit(f)
	}
	continues := ""
	if f.Continues != 0 {
		continues = fmt.Sprintf(", continues bundle %d", f.Continues)
	}
	_, err := fmt.Fprintf(t.out, "%3d  %s  %s, %s%s: rows to %d, pages to %s, %d exhibits\n     list of files %s\n     law: %s\n",
		f.Bundle, f.Made.Format("2006-01-02 15:04:05 -07:00"), f.Pack, f.Profile, continues, f.Rows, f.Last.Label, len(f.Exhibits), f.Manifest, cmp.Or(f.Law.String(), "not noted"))
	return err
}

const aboutCompare = `Say what has changed since a bundle was frozen: rows that have come, changed, been
left out or gone, and new exhibits. What was chosen for that bundle is chosen again; the
case is not changed. The next bundle has the same on a page of its own.

  daybook-cli compare mycase.daybook --bundle 1`

func compareCommand(t *terminal) *cobra.Command {
	var number int
	cmd := &cobra.Command{
		Use: "compare CASE", Short: "Say what has changed since a bundle was frozen", Args: cobra.ExactArgs(1), Long: aboutCompare,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			all, err := report.FrozenBundles(cmd.Context(), c)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return errors.New("no bundle of this case was frozen yet; bundle --freeze does it")
			}
			if number == 0 {
				number = len(all)
			}
			i := slices.IndexFunc(all, func(f report.Frozen) bool { return f.Bundle == number })
			if i < 0 {
				return use(fmt.Errorf("--bundle %d: %w; bundles lists them", number, report.ErrNotFrozen))
			}
			changes, err := t.changes(cmd.Context(), c, x, all[i])
			if err != nil {
				return err
			}
			if t.json {
				return t.emit(changes)
			}
			return t.printChanges(changes)
		},
	}
	cmd.Flags().IntVar(&number, "bundle", 0, "the `NUMBER` of the bundle, as bundles lists it; the last one where it is left away")
	return cmd
}

// changes plans the bundle that would be made now of what was chosen then.
func (t *terminal) changes(ctx context.Context, c *evidence.Case, x *timeline.Index, f report.Frozen) (*report.Changes, error) {
	sel := report.Selection{Version: version(), Draft: true, Since: f.Bundle}
	sel.Sources, sel.Limits = sources()
	sel.Choose(f.Chosen)
	b, err := report.Plan(ctx, c, x, sel, report.General, f.Pack)
	if err != nil {
		return nil, err
	}
	return b.Changes, nil
}

func (t *terminal) printChanges(c *report.Changes) error {
	fmt.Fprintf(t.out, "Since bundle %d, frozen on %s:\n", c.Since, c.Made.Format("2006-01-02 15:04:05 -07:00"))
	if c.None() {
		_, err := fmt.Fprintln(t.out, "nothing has come, gone or changed")
		return err
	}
	if n := c.Added.Len(); n > 0 {
		fmt.Fprintf(t.out, "  rows added: %d (now %s)\n", n, c.Added)
	}
	for _, group := range []struct {
		what string
		rows []report.ChangedRow
	}{{"rows changed", c.Changed}, {"rows left out now", c.Withheld}, {"rows shown again", c.Shown}, {"rows gone", c.Gone}} {
		if len(group.rows) == 0 {
			continue
		}
		fmt.Fprintf(t.out, "  %s: %d\n", group.what, len(group.rows))
		for _, r := range group.rows {
			fmt.Fprintf(t.out, "    %s\n", changedRow(r))
		}
	}
	if note := c.Note(); note != "" {
		fmt.Fprintf(t.out, "  %s\n", note)
	}
	for _, group := range []struct {
		what     string
		exhibits []report.FrozenExhibit
	}{{"new exhibits", c.New}, {"exhibits gone", c.NotHere}} {
		if len(group.exhibits) > 0 {
			fmt.Fprintf(t.out, "  %s: %s\n", group.what, labels(group.exhibits))
		}
	}
	return nil
}

func changedRow(r report.ChangedRow) string {
	var issued []string
	for _, i := range r.Issued {
		issued = append(issued, i.String())
	}
	line := strings.Join(issued, "; ")
	if r.Row > 0 {
		line += fmt.Sprintf(", now row %d", r.Row)
	}
	if len(r.Parts) > 0 {
		line += ": " + strings.Join(r.Parts, "; ")
	}
	return line
}

func labels(all []report.FrozenExhibit) string {
	var s []string
	for _, e := range all {
		s = append(s, e.Label)
	}
	return strings.Join(s, ", ")
}
