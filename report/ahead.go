package report

import (
	"context"
	"iter"
)

// How far ahead gets: enough that neither side waits for the other, and few enough that a
// table of long messages stays small.
const (
	aheadEach  = 64
	aheadLists = 4
)

// ahead walks a list on a goroutine of its own, a little before whoever reads it. What
// is read is what the list gives, in its order, and ends with its first error.
func ahead[T any](ctx context.Context, list func(context.Context) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		lists := make(chan []T, aheadLists)
		var failed error
		go func() {
			defer close(lists)
			failed = fetch(ctx, list, lists)
		}()
		defer func() {
			stop()
			for range lists { // until it is closed: nothing of the list is walked any longer
			}
		}()
		for some := range lists {
			for _, one := range some {
				if !yield(one, nil) {
					return
				}
			}
		}
		if failed != nil {
			var none T
			yield(none, failed)
		}
	}
}

// fetch puts what a list gives into lists, many at once.
func fetch[T any](ctx context.Context, list func(context.Context) iter.Seq2[T, error], lists chan<- []T) (err error) {
	var some []T
	for one, failed := range list(ctx) {
		if err = failed; err != nil {
			break
		}
		if some = append(some, one); len(some) < aheadEach {
			continue
		}
		select {
		case lists <- some:
			some = make([]T, 0, aheadEach)
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // whoever stops reading empties lists, which is no reason to walk on
			return context.Cause(ctx)
		}
	}
	select {
	case lists <- some:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	return err
}
