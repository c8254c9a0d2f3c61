package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"daybook/assets/profiles"
	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/report"
	"daybook/timeline"
)

const aboutPrepare = `Make the pictures for the pages of a bundle now, so that the bundle need not.

A bundle shows each picture as a copy that holds its pixels alone, at most 300 to the
inch: to make one takes as long as to write many pages. What was made is kept in the
case, sealed, and the first bundle copies it, as every later one does. The bundle is
the same, byte for byte, whether this was done or not.

It can be stopped at any time, and goes on where it stopped. Pictures are prepared for
a full pack; of another pack, or where more stands on the page of a picture by then,
some are made again with the bundle.`

func prepareCommand(t *terminal) *cobra.Command {
	var profile string
	cmd := &cobra.Command{
		Use: "prepare CASE", Short: "Make the pictures for the pages of a bundle now, so that the bundle need not", Args: cobra.ExactArgs(1), Long: aboutPrepare,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			court, err := profiles.Named(profile)
			if err != nil {
				return use(fmt.Errorf("--%w", err))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			return t.prepare(cmd.Context(), c, x, report.ProfileOf(court))
		},
	}
	cmd.Flags().StringVar(&profile, "profile", report.General.Name, "the `NAME` of the rules of a court that the bundle will follow (profiles lists them)")
	return cmd
}

func (t *terminal) prepare(ctx context.Context, c *evidence.Case, x *timeline.Index, rules report.Profile) (err error) {
	pool, err := workers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	got, err := report.Preparation{Case: c, Index: x, Selection: spoken(report.Selection{}), Profile: rules,
		Still: still(photo.Worker{Pool: pool}), Progress: t.progress}.Prepare(ctx)
	t.endProgress()
	if errors.Is(err, report.ErrUnread) {
		return exit{exitDamage, fmt.Errorf("no picture was prepared: %w; %s", err, sayUnread)}
	}
	if err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"pictures": got.Pictures, "made": got.Made, "not_drawn": got.NotDrawn})
	}
	fmt.Fprintf(t.out, "%s on the pages of a bundle; %d prepared now.\n", count(got.Pictures, "picture"), got.Made)
	if got.NotDrawn > 0 {
		fmt.Fprintf(t.out, "%s cannot be drawn: the bundle says why in its place, and has the original.\n", count(got.NotDrawn, "picture"))
	}
	return nil
}
