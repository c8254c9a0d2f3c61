package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers/all"
	"daybook/timeline"
)

// list makes a command that opens a case and prints something of it.
func list(t *terminal, use, short string, print func(context.Context, *evidence.Case, *timeline.Index) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			return print(cmd.Context(), c, x)
		},
	}
}

func itemsCommand(t *terminal) *cobra.Command {
	return list(t, "items CASE", "List every file that was added", func(ctx context.Context, c *evidence.Case, _ *timeline.Index) error {
		var stones map[int64]tombstone
		for it, err := range c.Items(ctx) {
			if err != nil {
				return err
			}
			if it.Deleted && stones == nil {
				if stones, err = tombstones(ctx, c); err != nil {
					return err
				}
			}
			var within evidence.Item
			if it.Parent != 0 {
				if within, err = c.Item(it.Parent); err != nil {
					return err
				}
			}
			if err := t.item(it, within.Name, stones[it.Number], c.Zone()); err != nil {
				return err
			}
		}
		return nil
	})
}

// item prints an item, or what stays of it; within is the name of what it came
// in.
func (t *terminal) item(it evidence.Item, within string, stone tombstone, zone *time.Location) error {
	if t.json {
		line := map[string]any{"item": it.Number, "sha256": it.Hash, "size": it.Size, "name": it.Name, "path": it.Path, "type": it.Type,
			"parent": it.Parent, "batch": it.Batch, "added": it.Added.Format(time.RFC3339), "how": it.How, "deleted": it.Deleted}
		if it.Deleted {
			line["tombstone"] = stone
		}
		return t.emit(line)
	}
	s := ""
	if it.Parent != 0 {
		s = fmt.Sprintf("  (in item %d, %s)", it.Parent, within)
	}
	if it.Deleted {
		s += fmt.Sprintf("  (deleted on %s by %s: %s)", day(stone.At.In(zone)), stone.By, stone.Reason)
	}
	_, err := fmt.Fprintf(t.out, "%5d  %s  %12d  %s%s\n", it.Number, it.Hash.String()[:16], it.Size, visible(it.Path), visible(s))
	return err
}

func skipsCommand(t *terminal) *cobra.Command {
	return list(t, "skips CASE", "List records that were seen and not turned into events", func(ctx context.Context, _ *evidence.Case, x *timeline.Index) error {
		for s, err := range x.Skips(ctx) {
			if err != nil {
				return err
			}
			if t.json {
				err = t.emit(map[string]any{"item": s.Item, "path": s.Path, "record": s.Record, "text": s.Text, "reason": s.Reason, "importer": s.Importer})
			} else {
				_, err = fmt.Fprintf(t.out, "item %d, %s, %s: %s\n    %s\n", s.Item, visible(s.Path), s.Record, s.Reason, visible(s.Text))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func importersCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "importers", Short: "List what can be read, and how to get it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, imp := range all.Importers(nil) {
				i := imp.Info()
				if t.json {
					if err := t.emit(map[string]any{"name": i.Name, "version": i.Version, "title": i.Title, "how_to_get": i.HowToGet, "leaves_out": i.LeavesOut, "tried": i.Tried}); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(t.out, "%s (%s, version %d)\n  How to get it: %s\n", i.Title, i.Name, i.Version, i.HowToGet)
				for _, l := range i.LeavesOut {
					fmt.Fprintf(t.out, "  Leaves out: %s\n", l)
				}
				for _, s := range i.Tried {
					fmt.Fprintf(t.out, "  Tried: %s\n", s)
				}
			}
			return nil
		},
	}
}
