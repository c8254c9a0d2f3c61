package timeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// Skips gives every record that was seen and not turned into an event, of the
// current readings, in the order in which they were read.
func (x *Index) Skips(ctx context.Context) iter.Seq2[Skip, error] {
	return func(yield func(Skip, error) bool) {
		x.mu.RLock()
		v, commits := x.view, x.commits[:len(x.commits):len(x.commits)]
		x.mu.RUnlock()
		for _, c := range commits {
			err := c.eachSkip(ctx, func(r *reading, record string) error {
				if !v.lives(r) {
					return nil
				}
				s, err := decodeSkip(record, r)
				if err == nil && !yield(s, nil) {
					return errStopped
				}
				return err
			})
			if err == errStopped || err != nil && !yield(Skip{}, err) {
				return
			}
		}
	}
}

var errStopped = errors.New("stopped")

func (s *segment) skipBlock(n int) ([]string, error) {
	value, err := s.space.get(pieceKey(segmentKey(s.number, keySkips), n))
	if err != nil {
		return nil, fmt.Errorf("skips: %w", err)
	}
	records, err := openBlock(value)
	if err != nil {
		return nil, fmt.Errorf("skips: %w", err)
	}
	return records, nil
}
