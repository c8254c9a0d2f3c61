package model

import (
	"context"
	"errors"
	"io"
	"sync"

	"daybook/report"
)

// PrepareAhead makes the pictures that the pages of a bundle will show of what was
// added since it was last done: one at a time, for it is done beside a person's work.
// What it has not made, the bundle makes.
func (d *Desk) PrepareAhead(ctx context.Context) (err error) {
	c, x, err := d.writable()
	if err != nil || d.Pictures == nil {
		return err
	}
	p := report.Preparation{Case: c, Index: x, Selection: d.selection(nil), Added: true}
	if !p.Due() {
		return nil
	}
	begun, err := d.Begun()
	if err != nil {
		return err
	}
	if p.Profile, err = begun.rules(); err != nil {
		return err
	}
	still, stop, err := d.stills(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	p.Still = inTurn(still)
	_, err = p.Prepare(ctx)
	return err
}

// inTurn makes one picture at a time.
func inTurn(still report.Stiller) report.Stiller {
	var turn sync.Mutex
	return func(ctx context.Context, original io.Reader, fit report.Fit) (report.Still, error) {
		turn.Lock()
		defer turn.Unlock()
		return still(ctx, original, fit)
	}
}
