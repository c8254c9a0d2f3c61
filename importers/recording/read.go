package recording

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"daybook/evidence"
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
	Failed  []Failure
}

// Failure is a recording that could not be looked into, or not wholly.
type Failure struct {
	Item   int64
	Name   string
	Reason string
}

// Read looks into those of the items that nobody looked into yet. What was made before
// stays as it is, so that a bundle that is made once more shows the same.
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
		if _, known, err := r.Index.Recording(i.Hash); err == nil && known { // a damaged one is made again
			out.Already++
			continue
		}
		todo = append(todo, i)
	}
	err := r.each(ctx, todo, numbers, &out)
	return out, err
}

// each looks into recordings, some at the same time.
func (r Reading) each(ctx context.Context, todo []evidence.Item, numbers map[evidence.Hash][]int64, out *Outcome) error {
	var mu sync.Mutex
	done := 0
	told := func() {
		if r.Progress != nil && len(todo) > 0 {
			r.Progress(int64(done), int64(len(todo)), "films and sounds looked into")
		}
	}
	told()
	g, work := errgroup.WithContext(ctx)
	g.SetLimit(max(1, runtime.GOMAXPROCS(0)/2)) // a laptop stays usable
	for _, item := range todo {
		if work.Err() != nil {
			break
		}
		g.Go(func() error {
			rec, err := r.one(work, item)
			if work.Err() != nil {
				return work.Err()
			}
			rec.Items = numbers[item.Hash]
			mu.Lock()
			defer mu.Unlock()
			done++
			defer told()
			if err != nil {
				out.Failed = append(out.Failed, Failure{item.Number, item.Name, err.Error()})
				return nil // tried again the next time
			}
			if rec.Note != "" {
				out.Failed = append(out.Failed, Failure{item.Number, item.Name, rec.Note})
			} else {
				out.Looked++
			}
			return r.Index.KeepRecording(rec)
		})
	}
	err := g.Wait()
	slices.SortFunc(out.Failed, func(a, b Failure) int { return cmp.Compare(a.Item, b.Item) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
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
