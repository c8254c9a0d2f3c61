package importers

import (
	"context"
	"fmt"

	"daybook/evidence"
	"daybook/timeline"
)

// Again makes readings again that the store has lost, each with the importer
// and the answers it was made with. What cannot be read again is stated.
func (r Run) Again(ctx context.Context, lost []timeline.ReadingInfo) (timeline.Reconciliation, error) {
	numbers := make([]int64, len(lost))
	for i, info := range lost {
		numbers[i] = info.Item
	}
	items, err := r.items(numbers)
	if err != nil || len(items) == 0 {
		return timeline.Reconciliation{}, err
	}
	return r.again(ctx, items[0].Batch, items, lost)
}

// again reads items with what their readings say; what it makes belongs to a
// batch.
func (r Run) again(ctx context.Context, batch int64, items []evidence.Item, lost []timeline.ReadingInfo) (timeline.Reconciliation, error) {
	a := r.begin(ctx, batch, nil)
	err := a.plantBeside(ctx, items)
	for i := 0; i < len(items) && err == nil; i++ {
		if err = ctx.Err(); err == nil {
			a.progress(int64(i), int64(len(items)), "read again")
			a.rec.Items++
			err = a.repeat(ctx, items[i], lost[i])
		}
	}
	return a.end(ctx, err)
}

// repeat reads one item as it was read before.
func (a *act) repeat(ctx context.Context, it evidence.Item, info timeline.ReadingInfo) error {
	a.from = info.Batch
	return a.repeatNow(ctx, it, info)
}

// repeatNow reads one item with the importer and the answers that it was read
// with.
func (a *act) repeatNow(ctx context.Context, it evidence.Item, info timeline.ReadingInfo) error {
	a.Assume = Assume{}
	for what, value := range info.Assume {
		if err := a.Assume.set(what, value); err != nil {
			a.failItem(it, err)
			return nil
		}
	}
	for _, imp := range a.Set {
		if imp.Info().Name != info.Importer {
			continue
		}
		src, err := a.source(it, nil)
		if err != nil {
			return a.unreadable(it, err)
		}
		mine, err := a.readAs(ctx, it, imp, src)
		if err == nil && !mine {
			a.failItem(it, fmt.Errorf("was read by the importer %q, which does not know it any more", info.Importer))
		}
		if err != nil {
			return err
		}
		return a.commitSome(ctx)
	}
	a.failItem(it, fmt.Errorf("was read by the importer %q, which this version does not have", info.Importer))
	return nil
}
