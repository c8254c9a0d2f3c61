package timeline

import (
	"context"
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
			if !c.eachSkip(ctx, v, yield) {
				return
			}
		}
	}
}

// eachSkip hands on the skips of a commit's live readings; false means stop.
func (c *commit) eachSkip(ctx context.Context, v *view, yield func(Skip, error) bool) bool {
	for _, s := range c.segments {
		for n := range s.skips {
			if err := ctx.Err(); err != nil {
				yield(Skip{}, err)
				return false
			}
			records, err := s.skipBlock(n)
			if err != nil {
				return yield(Skip{}, err)
			}
			for _, record := range records {
				r := &reader{s: record}
				of := r.uvarint()
				if r.err != nil || of >= uint64(len(c.readings)) {
					return yield(Skip{}, fmt.Errorf("skips: damaged"))
				}
				reading := c.readings[of]
				if !v.lives(reading) {
					continue
				}
				if !yield(decodeSkip(r.s, reading)) {
					return false
				}
			}
		}
	}
	return true
}

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
