package timeline

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"
)

// A clock that is put back shows an hour twice, and one that is put forward never
// shows another. A source that gives such a time without an offset means one of two
// moments, and does not say which. In order it stands at the second, or at the moment
// of the change (When.Order); what the other would
// make of the occasions is said beside them (OccasionsOtherwise).

// sense is how such times are taken.
type sense int

const (
	inOrderAsListed sense = iota
	atTheFirst            // of the two moments
	atTheLast
)

// changed are the flags of events whose clock showed their time twice, or never.
var changed = flagBits([]Flag{ClockTwice, ClockNever})

// unsure tells an event that means one of two moments.
func (c *columns) unsure(pos uint32) bool {
	return c.bits[pos]&changed != 0 && c.bits[pos]&bitInstant == 0
}

// meant is the moment of an event, in milliseconds since 1970, in a sense.
func (c *columns) meant(pos uint32, as sense) int64 {
	if as == inOrderAsListed || !c.unsure(pos) {
		return c.time[pos]
	}
	n, found := slices.BinarySearchFunc(c.may, pos, func(p place, pos uint32) int { return cmp.Compare(p.pos, pos) })
	if !found {
		return c.time[pos]
	}
	if as == atTheLast && n+1 < len(c.may) && c.may[n+1].pos == pos {
		n++
	}
	return c.may[n].from
}

// moments are events in order with their time.
type moments = iter.Seq2[uint32, int64]

// meaning puts dated events into the order that they have in a sense.
func (r *Result) meaning(docs []uint32, as sense) moments {
	at := func(doc uint32) int64 {
		s, pos := r.v.at(doc)
		return s.meant(pos, as)
	}
	if as != inOrderAsListed {
		docs = slices.Clone(docs)
		slices.SortStableFunc(docs, func(a, b uint32) int { return cmp.Compare(at(a), at(b)) })
	}
	return func(yield func(uint32, int64) bool) {
		for _, doc := range docs {
			if !yield(doc, at(doc)) {
				return
			}
		}
	}
}

// OccasionsOtherwise are the occasions of a filter if each such time is the first of
// its two moments, and if it is the last; none where the case has no such time.
func (x *Index) OccasionsOtherwise(ctx context.Context, f Filter, gap time.Duration) ([][]Occasion, error) {
	r, err := x.Find(ctx, f)
	if err != nil || !r.AnyUnsure() {
		return nil, err
	}
	cuts := x.cutsNow()
	return [][]Occasion{r.occasions(gap, cuts, atTheFirst), r.occasions(gap, cuts, atTheLast)}, nil
}

// AnyUnsure tells that the case has a time anywhere that a clock showed twice or
// never, and whose source does not say which it means: what lies between the
// events of a result counts too.
func (r *Result) AnyUnsure() bool {
	return slices.ContainsFunc(r.v.order[:r.v.dated], func(doc uint32) bool {
		s, pos := r.v.at(doc)
		return s.unsure(pos)
	})
}
