package model

import (
	"context"

	"daybook/evidence"
	"daybook/importers/recording"
	"daybook/timeline"
)

// lookInto looks into the films and sounds of a bundle, where something that can is
// installed. A bundle is made without it too, and says so.
func (d *Desk) lookInto(c *evidence.Case, x *timeline.Index, progress evidence.Progress) func(context.Context, []evidence.Item) error {
	return func(ctx context.Context, items []evidence.Item) error {
		if readOnly, _ := c.ReadOnly(); readOnly || d.Films == nil {
			return nil
		}
		engine, err := d.Films(ctx)
		if err != nil {
			return ctx.Err() // its pages say what is missing
		}
		_, err = recording.Reading{Case: c, Index: x, Engine: engine, Progress: progress}.Read(ctx, items)
		return err
	}
}
