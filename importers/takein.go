package importers

import (
	"context"
	"errors"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/timeline"
)

// TakeIn stores and reads what add-only devices have added, as one act of
// adding, and takes it out of their folders when it is acknowledged. What cannot
// be taken in stays where it is and is named: in.Said tells, and the
// reconciliation. Where nothing arrived it does nothing.
func (r Run) TakeIn(ctx context.Context, in *evidence.Inbox) (timeline.Reconciliation, error) {
	if len(in.Arrivals) == 0 {
		return timeline.Reconciliation{}, in.Clear(ctx)
	}
	return r.act(ctx, "taken in from add-only devices", func(a *act) ([]evidence.Item, error) {
		a.total = int64(len(in.Arrivals))
		for _, arrival := range in.Arrivals {
			if err := a.storeArrival(ctx, arrival); err != nil {
				return nil, err
			}
		}
		items, err := a.acknowledged(ctx)
		if err != nil {
			return nil, err
		}
		return items, in.Clear(ctx)
	})
}

// storeArrival stores one file. Only a broken case, or the end of ctx, is an
// error; a file that is not what its note says is a failure of that file.
func (a *act) storeArrival(ctx context.Context, arrival evidence.Arrival) error {
	f, err := arrival.Open()
	if err != nil {
		a.fail(arrival.Label(), "could not be taken in and stays where it is: %w", plain(err))
		return nil
	}
	a.rec.Files++
	source := &disk.Source{R: f}
	err = a.put(ctx, source, arrival.Provenance)
	if err != nil && source.Err != nil {
		a.fail(arrival.Label(), "could not be taken in and stays where it is: %w", plain(source.Err))
		err = nil
	}
	return errors.Join(err, f.Close())
}
