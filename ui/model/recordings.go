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

// NoFrame is why no frame of a film is shown, for whoever looks at it.
type NoFrame string

func (n NoFrame) Error() string { return "film: " + string(n) }

// firstFrame gives a frame of a film, which is looked into where nobody has yet.
func (d *Desk) firstFrame(ctx context.Context, f File) ([]byte, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	item, err := c.Item(f.Item)
	if err != nil {
		return nil, err
	}
	if _, known, err := x.Recording(f.Hash); err != nil || !known {
		if err := d.lookInto(c, x, nil)(ctx, []evidence.Item{item}); err != nil {
			return nil, err
		}
	}
	rec, known, err := x.Recording(f.Hash)
	switch {
	case err != nil:
		return nil, err
	case !known:
		return nil, recording.ErrNoEngine
	case len(rec.Frames) == 0:
		return nil, NoFrame(rec.Note)
	}
	return rec.Frames[0].JPEG, nil
}
