package recording

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"daybook/evidence"
	"daybook/importers/worker"
	"daybook/timeline"
)

// Reading is one run over recordings of a case. It may be cancelled at any moment:
// what was looked into is kept, and the next run goes on.
type Reading struct {
	Case     *evidence.Case
	Index    *timeline.Index
	Engine   *Engine
	Progress evidence.Progress
}

// Outcome is what a run did.
type Outcome struct {
	Engine  string
	Looked  int // into, now
	Already int // before, by whatever version of the engine
	Failed  []worker.Failure
}

// Read looks into those of the items that nobody looked into yet, and again into those
// that another version of the engine could not read. What was made before stays as it
// is, so that a bundle that is made once more shows the same.
func (r Reading) Read(ctx context.Context, items []evidence.Item) (Outcome, error) {
	out := Outcome{Engine: r.Engine.Name}
	if readOnly, why := r.Case.ReadOnly(); readOnly {
		return out, fmt.Errorf("this case can be read and not changed: %s", why)
	}
	todo, numbers := []evidence.Item{}, map[evidence.Hash][]int64{}
	for _, i := range items {
		if i.Deleted {
			continue
		}
		numbers[i.Hash] = append(numbers[i.Hash], i.Number)
		if len(numbers[i.Hash]) > 1 {
			continue
		}
		rec, known, err := r.Index.Recording(i.Hash)
		if err == nil && known && (rec.Note == "" || rec.Engine == r.Engine.Name) { // a damaged one is made again
			out.Already++
			continue
		}
		todo = append(todo, i)
	}
	told := func(done, all int64) {
		if r.Progress != nil {
			r.Progress(done, all, "films and sounds looked into")
		}
	}
	err := worker.Each(ctx, todo, told, r.one, func(item evidence.Item, rec timeline.Recording, err error) error {
		if err != nil {
			out.Failed = append(out.Failed, worker.Failure{Item: item.Number, Name: item.Name, Reason: err.Error()})
			return nil // tried again the next time
		}
		if rec.Note != "" {
			out.Failed = append(out.Failed, worker.Failure{Item: item.Number, Name: item.Name, Reason: rec.Note})
		} else {
			out.Looked++
		}
		rec.Items = numbers[item.Hash]
		return r.Index.KeepRecording(rec)
	})
	slices.SortFunc(out.Failed, func(a, b worker.Failure) int { return cmp.Compare(a.Item, b.Item) })
	return out, err
}

// one looks into one recording.
func (r Reading) one(ctx context.Context, item evidence.Item) (rec timeline.Recording, err error) {
	o, err := r.Case.Original(item.Hash)
	if err != nil {
		return rec, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	rec, err = r.Engine.Look(ctx, item.Name, o, o.Size())
	rec.Original = item.Hash
	return rec, err
}
