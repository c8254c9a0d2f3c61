package importers

import (
	"context"
	"fmt"

	"daybook/evidence"
	"daybook/timeline"
)

// Read reads items whose questions were left open, with the answers in Assume
// or those that Ask gives.
func (r Run) Read(ctx context.Context, numbers ...int64) (timeline.Reconciliation, error) {
	items, err := r.items(numbers)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	return r.read(ctx, nil, items)
}

// Again makes readings again that the store has lost, each with the importer
// and the answers it was made with.
func (r Run) Again(ctx context.Context, lost []timeline.ReadingInfo) (timeline.Reconciliation, error) {
	numbers := make([]int64, len(lost))
	for i, info := range lost {
		numbers[i] = info.Item
	}
	items, err := r.items(numbers)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	s := r.reader(nil, items)
	s.writer = r.Index.Begin(ctx, s.rec.Batch)
	s.again = true
	if err := s.plantBeside(ctx, items); err != nil {
		return s.rec, err
	}
	s.rec.Items = len(items)
	for i, it := range items {
		r.progress(int64(i), int64(len(items)), "read again")
		if err := s.repeat(ctx, it, lost[i]); err != nil {
			return s.rec, err
		}
	}
	infos, err := s.writer.Commit(ctx)
	if err != nil {
		return s.rec, err
	}
	return s.reconciled(infos), nil
}

func (r Run) items(numbers []int64) ([]evidence.Item, error) {
	items := make([]evidence.Item, len(numbers))
	for i, n := range numbers {
		it, err := r.Case.Item(n)
		if err != nil {
			return nil, err
		}
		items[i] = it
	}
	return items, nil
}

// repeat reads one item as it was read before.
func (s *reading) repeat(ctx context.Context, it evidence.Item, info timeline.ReadingInfo) error {
	s.Assume = Assume{}
	for what, value := range info.Assume {
		if err := s.Assume.set(what, value); err != nil {
			return fmt.Errorf("item %d: %w", it.Number, err)
		}
	}
	for _, imp := range s.Set {
		if imp.Info().Name == info.Importer {
			_, err := s.readAs(ctx, it, imp)
			return err
		}
	}
	return fmt.Errorf("item %d was read by the importer %q, which this version does not have", it.Number, info.Importer)
}

// plantBeside makes the trees of items with everything that came beside them.
func (s *reading) plantBeside(ctx context.Context, items []evidence.Item) error {
	for _, it := range items {
		s.trees[[2]int64{it.Batch, it.Parent}] = newTree(s.Case, nil)
		s.paths[it.Number] = it.Path
	}
	for it, err := range s.Case.Items(ctx) {
		if err != nil {
			return err
		}
		if t := s.trees[[2]int64{it.Batch, it.Parent}]; t != nil && !it.Deleted {
			t.put(it)
		}
	}
	return nil
}
