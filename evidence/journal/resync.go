package journal

import (
	"bytes"
	"context"
	"errors"

	"daybook/evidence/keys"
)

// found is a whole frame somewhere after a damaged place.
type found struct {
	off  int64
	seq  uint64
	prev [32]byte
}

// resync looks for the next whole frame after a place where neither copy has
// one, and goes on there: the entries between are missing, those after it are
// not. It tells whether there was one.
func (s *survey) resync(ctx context.Context) (bool, error) {
	var best *found
	for _, w := range []*window{s.frames, s.mirror} {
		f, err := s.search(ctx, w)
		if err != nil {
			return false, err
		}
		if f != nil && (best == nil || f.off < best.off) {
			best = f
		}
	}
	if best == nil {
		return false, nil
	}
	if s.whole == nil {
		s.whole = s.snapshot()
		if err := s.chainRest(); err != nil {
			return false, err
		}
	}
	s.gaps = append(s.gaps, span{s.Count, best.seq - 1})
	if err := s.bridge(*best); err != nil {
		return false, err
	}
	s.end = best.off
	return true, nil
}

// bridge goes over missing entries by their lines in chain.txt, when these
// lead to the frame that was found: its previous hash is authentic, so the
// lines are too.
func (s *survey) bridge(to found) error {
	lines, err := s.linesTo(to)
	if err != nil {
		return err
	}
	if lines == nil && s.badChain < 0 {
		s.badChain, s.chainGood = int64(s.Count), s.chained
	}
	for n := s.Count; n < to.seq; n++ {
		s.offsets = append(s.offsets, -1)
	}
	for _, l := range lines {
		s.count(l.Append(nil), l.Hash())
	}
	s.Head = Head{Count: to.seq, Hash: to.prev}
	return nil
}

func (s *survey) linesTo(to found) ([]Line, error) {
	if s.badChain >= 0 {
		return nil, nil
	}
	var lines []Line
	off, prev := s.chained, s.Hash
	for seq := s.Count; seq < to.seq; seq++ {
		line, size, err := s.chainLine(off)
		if err != nil {
			return nil, err
		}
		if size == 0 || line.Seq != seq || line.Prev != prev {
			return nil, nil
		}
		lines = append(lines, line)
		off, prev = off+size, line.Hash()
	}
	if prev != to.prev {
		return nil, nil
	}
	return lines, nil
}

// search gives the next whole frame of a later entry in one copy.
func (s *survey) search(ctx context.Context, w *window) (*found, error) {
	for off := s.end + 1; ; off++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		off, err = w.find([]byte(frameMagic), off)
		if errors.Is(err, errShort) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		f, err := s.laterFrame(w, off)
		if f != nil || err != nil {
			return f, err
		}
	}
}

// laterFrame tells whether a frame of a later entry stands at off. A number
// that the bytes between leave no room for is not believed.
func (s *survey) laterFrame(w *window, off int64) (*found, error) {
	f, _, err := w.frame(nil, s.ring, off)
	if errors.Is(err, keys.ErrClosed) {
		return nil, err
	}
	if err != nil {
		return nil, nil
	}
	e, _, err := decodeBody(f.body)
	room := uint64(off-s.end) / uint64(frameHeader)
	if err != nil || e.Seq <= s.Count || e.Seq-s.Count > room {
		return nil, nil
	}
	return &found{off: off, seq: e.Seq, prev: f.prev}, nil
}

// find gives the place of the next what at or after off, errShort when there
// is none.
func (w *window) find(what []byte, off int64) (int64, error) {
	for off < w.size {
		n := min(int64(windowBlock), w.size-off)
		b, err := w.at(off, int(n))
		if err != nil {
			return 0, err
		}
		if i := bytes.Index(b, what); i >= 0 {
			return off + int64(i), nil
		}
		if n < windowBlock {
			break
		}
		off += n - int64(len(what)) + 1
	}
	return 0, errShort
}
