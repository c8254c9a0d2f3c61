package main

import (
	"context"
	"fmt"
	"os"

	"daybook/evidence"
	"daybook/importers/recording"
	"daybook/timeline"
)

// failuresPrinted is how many recordings are named that could not be looked into.
const failuresPrinted = 20

// lookInto looks into the films and sounds of a bundle with the engine that is
// installed. A bundle is made without it too, and says so.
func (t *terminal) lookInto(c *evidence.Case, x *timeline.Index) func(context.Context, []evidence.Item) error {
	return func(ctx context.Context, items []evidence.Item) error {
		if readOnly, _ := c.ReadOnly(); readOnly {
			return nil
		}
		exe, err := os.Executable()
		if err != nil {
			return fmt.Errorf("worker: %w", err)
		}
		engine, err := recording.FindEngine(ctx, exe)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			t.say("%s.", err)
			return nil
		}
		got, err := recording.Reading{Case: c, Index: x, Engine: engine, Progress: t.progress}.Read(ctx, items)
		t.endProgress()
		if err != nil {
			return err
		}
		if got.Looked > 0 {
			t.say("%s looked into by %s.", count(got.Looked, "film or sound", "films and sounds"), got.Engine)
		}
		for i, f := range got.Failed {
			if i == failuresPrinted {
				t.say("and %s", count(len(got.Failed)-i, "more"))
				break
			}
			t.say("Not looked into, or not wholly: item %d, %s: %s", f.Item, visible(f.Name), visible(f.Reason))
		}
		return nil
	}
}
