package timeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"slices"
)

// Verify reads everything stored again: events and skips are compared with the
// digests in the journal, word lists and postings must be whole. It gives the
// items whose reading is damaged, each with why; NeedsReading lists them from
// then on.
func (x *Index) Verify(ctx context.Context) (map[int64]error, error) {
	x.mu.RLock()
	v, commits := x.view, slices.Clone(x.commits)
	x.mu.RUnlock()
	bad := map[int64]error{}
	for _, c := range commits {
		if err := c.verify(ctx, v, bad); err != nil {
			return bad, err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for item := range bad {
		x.damaged[item] = true
	}
	return bad, nil
}

// verify compares the living readings of a commit with their digests.
func (c *commit) verify(ctx context.Context, v *view, bad map[int64]error) error {
	type sums struct{ events, skips hash.Hash }
	of := map[*reading]sums{}
	for _, r := range c.readings {
		if v.lives(r) {
			of[r] = sums{sha256.New(), sha256.New()}
		}
	}
	for _, p := range c.parts() {
		if !v.lives(p.reading) {
			continue
		}
		err := p.segment.eachEvent(ctx, p.part, func(e *Event, record string) error {
			if e.ID != NewID(e.Source.Hash, e.Source.Importer, e.Source.Record) {
				return fmt.Errorf("event %s: its ID is not that of its record", e.ID)
			}
			hashRecord(of[p.reading].events, []byte(record))
			return nil
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			bad[p.reading.Item] = err
		}
	}
	for _, s := range c.segments {
		if err := s.verifyWords(); err != nil {
			for _, p := range s.parts {
				if !v.lives(p.reading) {
					continue
				}
				bad[p.reading.Item] = cmp.Or(bad[p.reading.Item], err)
			}
		}
	}
	err := c.eachSkip(ctx, func(r *reading, record string) error {
		if s, ok := of[r]; ok {
			hashRecord(s.skips, []byte(record))
		}
		return nil
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for r, s := range of {
		if bad[r.Item] == nil && digest(s.events, s.skips) != r.Digest {
			bad[r.Item] = cmp.Or(err, fmt.Errorf("item %d: its stored events are not those that the journal names", r.Item))
		}
	}
	return nil
}

// verifyWords reads the word list and the postings of a segment.
func (s *segment) verifyWords() error {
	for n := range s.terms {
		data, err := s.chunk(n)
		if err != nil {
			return err
		}
		if err := eachTerm(data, func(term) bool { return true }); err != nil {
			return err
		}
	}
	_, err := s.stretch(0, s.postings)
	return err
}
