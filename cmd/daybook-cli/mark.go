package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daybook/timeline"
)

func markCommand(t *terminal) *cobra.Command {
	var d timeline.MarkDraft
	cmd := &cobra.Command{
		Use: "mark CASE EVENT…", Short: "Mark events with a behaviour, a tag, a note, or as an exhibit", Args: cobra.MinimumNArgs(2),
		Long: "Mark events with a behaviour, a tag, a note, or as an exhibit. EVENT is the id of an event,\nas timeline CASE --ids prints it at the beginning of each line.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			for _, a := range args[1:] {
				id, err := timeline.ParseID(a)
				if err != nil {
					return use(err)
				}
				d.Events = append(d.Events, id)
			}
			d.Code = strings.ToUpper(d.Code)
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
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
	cmd.Flags().StringVar(&d.Code, "code", "", "behaviour: FOLLOW, CONTACT, PUBLISH, MONITOR, LOITER, INTERFERE, WATCH, ENTER, LEAVE, OTHER")
	cmd.Flags().StringVar(&d.Tag, "tag", "", "a tag of your own")
	cmd.Flags().StringVar(&d.Note, "note", "", "a note; it may have to be disclosed")
	cmd.Flags().BoolVar(&d.Exhibit, "exhibit", false, "put it among the exhibits")
	cmd.Flags().StringVar(&d.LeftOut, "leave-out", "", "leave it out of bundles, for this reason")
	return cmd
}
