package worker

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Failure is an original that an outside program could not read, or not wholly.
type Failure struct {
	Item   int64
	Name   string
	Reason string
}

// Each does one thing with each of a list, some at the same time, and has noted what came
// of it, one after the other. It may be cancelled at any moment: what was noted stays.
// told, which may be nil, hears how many are done.
func Each[T, R any](ctx context.Context, list []T, told func(done, all int64), one func(context.Context, T) (R, error), noted func(T, R, error) error) error {
	var mu sync.Mutex
	done := 0
	tell := func() {
		if told != nil && len(list) > 0 {
			told(int64(done), int64(len(list)))
		}
	}
	tell()
	g, work := errgroup.WithContext(ctx)
	g.SetLimit(max(1, runtime.GOMAXPROCS(0)/2)) // a laptop stays usable
	for _, item := range list {
		if work.Err() != nil {
			break
		}
		g.Go(func() error {
			got, err := one(work, item)
			if work.Err() != nil {
				return work.Err()
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			defer tell()
			return noted(item, got, err)
		})
	}
	err := g.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
