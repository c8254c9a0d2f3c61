package timeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// A commit is written again, without what is dead in it, when that is more
// than what lives, when it holds events of a deleted item, or when there are
// many small ones. The events themselves stay the same.
const (
	smallCommit = 4096 // events
	manySmall   = 16   // commits
)

// tidy makes the store smaller. It runs when a case is opened, for results
// that were handed out read from the segments that it removes.
func (x *Index) tidy(ctx context.Context) error {
	live := x.living()
	var keep, small, again, old []*commit
	for _, c := range x.commits {
		lives, dead, gone := x.weigh(c, live)
		switch {
		case lives+dead > 0 && lives == 0 && !slices.ContainsFunc(c.readings, func(r *reading) bool { return live[r.Item] == r }):
			old = append(old, c)
		case gone || dead > lives:
			again = append(again, c)
		case lives < smallCommit:
			small = append(small, c)
		default:
			keep = append(keep, c)
		}
	}
	if len(small) >= manySmall {
		again = append(again, small...)
	} else {
		keep = append(keep, small...)
	}
	if len(again)+len(old) == 0 {
		return nil
	}
	slices.SortFunc(again, byNumber)
	if len(again) > 0 {
		c, err := x.rewrite(ctx, again, live)
		if err != nil {
			return fmt.Errorf("tidy: %w", err)
		}
		keep = append(keep, c)
	}
	slices.SortFunc(keep, byNumber)
	if err := x.putDirectory(keep); err != nil {
		return fmt.Errorf("tidy: %w", err)
	}
	x.commits = keep
	return x.removeCommits(append(old, again...))
}

func byNumber(a, b *commit) int {
	switch {
	case a.number < b.number:
		return -1
	case a.number > b.number:
		return 1
	}
	return 0
}

// living gives the reading of each item that a view shows.
func (x *Index) living() map[int64]*reading {
	live := map[int64]*reading{}
	for _, c := range x.commits {
		for _, r := range c.readings {
			if x.isCurrent(r) {
				live[r.Item] = r // a later commit wins
			}
		}
	}
	return live
}

// weigh counts a commit's events that live, those that do not, and tells
// whether it holds any of a deleted item.
func (x *Index) weigh(c *commit, live map[int64]*reading) (lives, dead int, gone bool) {
	for _, s := range c.segments {
		for _, p := range s.parts {
			n := int(p.to - p.from)
			if live[p.reading.Item] == p.reading {
				lives += n
				continue
			}
			dead += n
			gone = gone || x.deleted[p.reading.Item]
		}
	}
	return lives, dead, gone
}

// rewrite puts the living readings of several commits into a new one.
func (x *Index) rewrite(ctx context.Context, from []*commit, live map[int64]*reading) (*commit, error) {
	w := x.Begin(ctx, 0)
	for _, c := range from {
		if err := w.copy(ctx, c, live); err != nil {
			return nil, err
		}
	}
	if w.open != nil {
		if err := w.endSegment(); err != nil {
			return nil, err
		}
	}
	if err := x.put(w.commit, w.store); err != nil {
		return nil, err
	}
	return w.commit, w.commit.load(x)
}

// copy writes the living readings of a commit again as they are.
func (w *Writer) copy(ctx context.Context, c *commit, live map[int64]*reading) error {
	index := map[*reading]int{}
	parts := c.parts()
	for _, r := range c.readings {
		var to *Reading
		if live[r.Item] == r {
			to = w.read(r.Item, r.hash, r.path, r.Importer, r.Version, r.Assume)
			to.r.ReadingInfo = r.ReadingInfo
			index[r] = to.index
		}
		for ; len(parts) > 0 && parts[0].reading == r; parts = parts[1:] {
			if to == nil {
				continue
			}
			if err := parts[0].segment.eachEvent(ctx, parts[0].part, w.again); err != nil {
				return err
			}
		}
		if to != nil {
			to.closed = true
			w.endPart()
		}
	}
	return c.eachSkip(ctx, func(r *reading, record string) error {
		to, ok := index[r]
		if !ok {
			return nil
		}
		s, err := w.segment()
		if err != nil {
			return err
		}
		return s.skip(to, []byte(record))
	})
}

func (w *Writer) again(e *Event, record string) error {
	s, err := w.segment()
	if err != nil {
		return err
	}
	return s.event(e, []byte(record), nil)
}

// placedPart is a part with its segment.
type placedPart struct {
	part
	segment *segment
}

// parts gives the parts of a commit in the order in which they were written,
// which is that of its readings.
func (c *commit) parts() []placedPart {
	var out []placedPart
	for _, s := range c.segments {
		for _, p := range s.parts {
			out = append(out, placedPart{p, s})
		}
	}
	return out
}

// eachEvent hands on the events of a part in source order, with their stored
// form.
func (s *segment) eachEvent(ctx context.Context, p part, yield func(*Event, string) error) error {
	for pos := p.from; pos < p.to; {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := s.blockOf(pos)
		records, err := s.block(b)
		if err != nil {
			return err
		}
		first := s.blocks[b]
		if int(pos-first) >= len(records) {
			return fmt.Errorf("block %d of segment %d: no event %d", b, s.number, pos-first)
		}
		for ; pos < p.to && int(pos-first) < len(records); pos++ {
			record := records[pos-first]
			e, err := decodeEvent(record, p.reading.source())
			if err != nil {
				return fmt.Errorf("event %s: %w", s.ids[pos], err)
			}
			e.ID = s.ids[pos]
			if err := yield(&e, record); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachSkip hands on the skips of a commit in the order in which they were read.
func (c *commit) eachSkip(ctx context.Context, yield func(r *reading, record string) error) error {
	for _, s := range c.segments {
		for n := range s.skips {
			if err := ctx.Err(); err != nil {
				return err
			}
			records, err := s.skipBlock(n)
			if err != nil {
				return err
			}
			for _, record := range records {
				in := &reader{s: record}
				of := in.uvarint()
				if in.err != nil || of >= uint64(len(c.readings)) {
					return errors.New("skips: damaged")
				}
				if err := yield(c.readings[of], in.s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (x *Index) removeCommits(list []*commit) error {
	b := x.space.batch()
	for _, c := range list {
		for _, e := range c.extents {
			if err := e.remove(b); err != nil {
				return err
			}
		}
		if err := deletePieces(b, commitKey(c.number), c.size); err != nil {
			return err
		}
	}
	return b.commit()
}

// Forget takes the events of deleted items, and what was read in pictures among
// them, out of the store at once. The
// journal must say already that they were deleted.
func (x *Index) Forget(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	for e, err := range x.ledger.entries(ctx) {
		if err != nil {
			return fmt.Errorf("forget: %w", err)
		}
		if e.Action == actionDelete {
			if err := x.applyDelete(e); err != nil {
				return fmt.Errorf("forget: %w", err)
			}
		}
	}
	x.cache.clear()
	if err := x.tidy(ctx); err != nil {
		return err
	}
	x.view = x.newView(x.view)
	return x.forgetDeleted(ctx, x.deleted)
}
