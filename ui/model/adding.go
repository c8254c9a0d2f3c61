package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// Add puts files, folders and zips into the case and reads them. The outcome
// says what became of each; it stands beside an error too, for what was stored
// until then stays.
func (d *Desk) Add(ctx context.Context, note string, paths []string, progress evidence.Progress) (Outcome, error) {
	if len(paths) == 0 {
		return Outcome{}, errors.New("choose at least one file or folder")
	}
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		return r.Add(ctx, strings.TrimSpace(note), paths...)
	})
}

// Pasted is a picture as it came from the clipboard. It is nowhere on the disk.
type Pasted struct {
	Type string // its media type
	Data []byte
}

// Paste puts a picture from the clipboard into the case. It goes there from
// memory.
func (d *Desk) Paste(ctx context.Context, note string, p Pasted, now time.Time, progress evidence.Progress) (Outcome, error) {
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		name := "pasted picture " + now.In(r.Case.Zone()).Format("2006-01-02 15.04.05") + ending(p.Type)
		it, err := r.Case.Add(ctx, strings.NewReader(string(p.Data)), evidence.Provenance{Name: name, Path: name, Type: p.Type,
			Size: int64(len(p.Data)), How: "clipboard", Note: strings.TrimSpace(note)})
		if err != nil {
			return timeline.Reconciliation{}, err
		}
		rec, err := r.Read(ctx, it.Number)
		rec.Files = 1
		return rec, err
	})
}

func ending(mediaType string) string {
	switch mediaType {
	case "image/jpeg":
		return ".jpg"
	case "image/bmp":
		return ".bmp"
	}
	return ".png"
}

// GoOn reads what was stored and not read when an act of adding was stopped.
func (d *Desk) GoOn(ctx context.Context, progress evidence.Progress) (Outcome, error) {
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) { return r.Resume(ctx) })
}

// adding does one act of adding.
func (d *Desk) adding(ctx context.Context, progress evidence.Progress, act func(importers.Run) (timeline.Reconciliation, error)) (out Outcome, err error) {
	c, x, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Assume: importers.Assume{Zone: c.Zone()}, Limits: importers.DefaultLimits, Progress: progress}
	rec, err := act(run)
	stopped := ctx.Err() != nil
	out, lookErr := outcomeOf(context.WithoutCancel(ctx), c, x, set, rec, stopped)
	if stopped {
		return out, ctx.Err()
	}
	return out, errors.Join(err, lookErr)
}

// Outcomes lists earlier acts of adding, the latest first.
func (d *Desk) Outcomes(ctx context.Context) ([]OutcomeLine, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	var lines []OutcomeLine
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		files, err := cameIn(b)
		if err != nil {
			return nil, err
		}
		l := OutcomeLine{Batch: b.Number, When: longTime(b.Started, c.Zone()), What: count(files, "file"), Note: oneLine(b.Note)}
		if b.Finished.IsZero() {
			l.What += ", stopped before its end"
		}
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	return lines, nil
}

// OutcomeLine is one earlier act of adding.
type OutcomeLine struct {
	Batch            int64
	When, What, Note string
}

// Outcome gives the outcome of an earlier act again.
func (d *Desk) Outcome(ctx context.Context, batch int64) (Outcome, error) {
	c, x, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if err := stop(); err != nil {
		return Outcome{}, err
	}
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return Outcome{}, err
		}
		if b.Number != batch {
			continue
		}
		rec := timeline.Reconciliation{Batch: batch}
		if len(b.Reconciliation) > 0 {
			if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
				return Outcome{}, fmt.Errorf("act of adding %d: %w", batch, err)
			}
		}
		answered, err := settle(ctx, c, x, &rec)
		if err != nil {
			return Outcome{}, err
		}
		o, err := outcomeOf(ctx, c, x, set, rec, b.Finished.IsZero())
		o.Answered = append(answered, o.Answered...)
		return o, err
	}
	return Outcome{}, fmt.Errorf("act of adding %d: there is none in this case", batch)
}

// Unread is how many files wait to be read because an act was stopped.
func (d *Desk) Unread(ctx context.Context) (int, error) {
	c, x, err := d.held()
	if err != nil {
		return 0, err
	}
	list, err := importers.Unread(ctx, c, x)
	return len(list), err
}

// UnreadFiles says that so many wait.
func UnreadFiles(n int) string {
	if n == 1 {
		return "1 file of an earlier adding is in the case and was not read yet."
	}
	return count(n, "file") + " of an earlier adding are in the case and were not read yet."
}
