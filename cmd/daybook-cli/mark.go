package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daybook/timeline"
)

// behaviours are the codes of what a person did.
var behaviours = []string{"FOLLOW", "CONTACT", "PUBLISH", "MONITOR", "LOITER", "INTERFERE", "WATCH", "ENTER", "LEAVE", "OTHER"}

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

func markCommand(t *terminal) *cobra.Command {
	var d timeline.MarkDraft
	cmd := &cobra.Command{
		Use: "mark CASE EVENT…", Short: "Mark events with a behaviour, a tag, a note, or as an exhibit", Args: cobra.MinimumNArgs(2),
		Long: "Mark events with a behaviour, a tag, a note, or as an exhibit. EVENT is the id of an event,\nas timeline CASE --ids prints it at the beginning of each line; its first 8 digits do, where no other begins so.\n\n" +
			"--leave-out keeps the row's number in bundles and prints the reason in its place, in the served pack too:\n" +
			"the other side reads it.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			for _, a := range args[1:] {
				if !anID.MatchString(a) {
					return use(fmt.Errorf("event %q: %s", a, wantID))
				}
			}
			d.Code = strings.ToUpper(d.Code)
			if d.Code != "" && !slices.Contains(behaviours, d.Code) {
				return use(fmt.Errorf("--code %q: one of %s", d.Code, strings.Join(behaviours, ", ")))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if d.Events, err = named(cmd.Context(), x, args[1:]); err != nil {
				return use(err)
			}
			marks, err := x.Mark(cmd.Context(), d)
			if err != nil {
				return err
			}
			if t.json {
				return t.emit(map[string]any{"marks": len(marks)})
			}
			fmt.Fprintf(t.out, "Marked: %d\n", len(marks))
			return nil
		},
	}
	cmd.Flags().StringVar(&d.Code, "code", "", "behaviour: "+strings.Join(behaviours, ", "))
	cmd.Flags().StringVar(&d.Tag, "tag", "", "a tag of your own")
	cmd.Flags().StringVar(&d.Note, "note", "", "a note; it may have to be disclosed")
	cmd.Flags().BoolVar(&d.Exhibit, "exhibit", false, "put it among the exhibits")
	cmd.Flags().StringVar(&d.LeftOut, "leave-out", "", "leave it out of bundles, for this reason, which the other side reads")
	return cmd
}
