package timeline

import (
	"cmp"
	"slices"
	"sort"
	"sync"
)

// view is the index at one moment. It never changes: a commit makes the next
// one, and a result keeps the one that it was found in.
type view struct {
	segments    []*segment // the first holds what a person wrote down
	live        []bitmap   // of each segment, what no later reading has replaced
	every       inOrder    // live events
	inOrder                // those of them that are shown: without the copies
	copies      copies     // live events that are counted as others
	names                  // of every segment
	speaks      []bool     // speakers of live events, from 1: names of what was replaced stay in the list
	handleOf    []uint32   // of each speaker, from 1
	handles     []Handle   // from 1
	own         []int64    // number of the person that each handle is by itself
	readings    map[int64]*reading
	looking     sync.Once
	comparing   sync.Once
	several     map[Kind]bool // kinds that several formats hold; see elsewhere.go
	overlapping sync.Once
	overlap     overlaps // see overlap.go
	deciding    sync.Once
	undecided   []undecided // in order of time; see elsewhere.go
	found       identities
}

// inOrder is events in their total order.
type inOrder struct {
	order []uint32
	dated int // how many of them have a time; the others follow
}

func (v *view) lives(r *reading) bool { return r.diary || v.readings[r.Item] == r }

// newView puts the segments of the diary and of every commit together; old is
// the view before, or nil.
func (x *Index) newView(old *view) *view {
	v := &view{readings: x.living()}
	v.segments = append(v.segments, x.diary.segment)
	for _, c := range x.commits {
		for _, s := range c.segments {
			if slices.ContainsFunc(s.parts, func(p part) bool { return v.lives(p.reading) }) {
				v.segments = append(v.segments, s)
			}
		}
	}
	for _, s := range v.segments {
		b := newBitmap(s.len())
		for _, p := range s.parts {
			if v.lives(p.reading) {
				b.setRange(p.from, p.to)
			}
		}
		v.live = append(v.live, b)
	}
	v.names = x.names.names
	x.handles.follow(v.speakers)
	v.handleOf, v.handles, v.own = x.handles.of, x.handles.all, x.handles.own
	v.sortEvents(old)
	v.countOnce(old)
	v.listen()
	return v
}

// listen finds the speakers that live events name.
func (v *view) listen() {
	v.speaks = make([]bool, len(v.speakers)+1)
	sets := make([]bool, len(v.sets)+1)
	for slot, s := range v.segments {
		v.live[slot].each(func(pos uint32) {
			v.speaks[s.from[pos]] = true
			sets[s.to[pos]] = true
		})
	}
	for i, set := range v.sets {
		if sets[i+1] {
			for _, n := range set {
				v.speaks[n] = true
			}
		}
	}
}

// between gives the stretch of the dated events of a list from one millisecond
// up to, and not with, another.
func (v *view) between(list inOrder, from, to int64) (lo, hi int) {
	at := func(ms int64) int {
		return sort.Search(list.dated, func(i int) bool {
			s, pos := v.at(list.order[i])
			return s.time[pos] >= ms
		})
	}
	return at(from), at(to)
}

// during gives the dated events of a list that may have happened from one
// millisecond up to, and not with, another, in order: those that stand there, but
// for what cannot have happened then, and those that stand elsewhere and can.
func (v *view) during(list inOrder, from, to int64) []uint32 {
	if from >= to {
		return nil
	}
	lo, hi := v.between(list, from, to)
	there := list.order[lo:hi]
	more, less := v.none(), v.none()
	other := false
	for slot, s := range v.segments {
		for i, n := 0, 0; i < len(s.may); i += n {
			pos, in := s.may[i].pos, false
			for n = 0; i+n < len(s.may) && s.may[i+n].pos == pos; n++ {
				in = in || s.may[i+n].meets(span{from, to})
			}
			switch stands := from <= s.time[pos] && s.time[pos] < to; {
			case in && !stands && v.live[slot].has(pos):
				more[slot].set(pos)
				other = true
			case !in && stands:
				less[slot].set(pos)
				other = true
			}
		}
	}
	for ; lo > 0; lo-- { // of a minute that has begun before
		s, pos := v.at(list.order[lo-1])
		if s.time[pos] <= from-minuteMillis {
			break
		}
		if s.bits[pos]&(bitMinute|bitInstant) == bitMinute|bitInstant {
			more[slotOf(list.order[lo-1])].set(pos)
			other = true
		}
	}
	if !other {
		return there
	}
	for _, doc := range there {
		more[slotOf(doc)].set(posOf(doc))
	}
	for slot := range more {
		more[slot].andNot(less[slot])
	}
	if len(list.order) < len(v.every.order) {
		for slot, later := range v.later() {
			more[slot].andNot(later)
		}
	}
	docs, _ := v.arrange(list, more)
	return docs
}

// find gives the numbers of the live events with an ID, those that stand first.
func (v *view) find(id ID) []uint32 {
	var out []uint32
	for slot, s := range v.segments {
		for pos := range s.ids {
			if s.ids[pos] == id && v.live[slot].has(uint32(pos)) {
				out = append(out, number(slot, uint32(pos)))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b uint32) int { return cmp.Compare(flag(v.copies.as(a) != a), flag(v.copies.as(b) != b)) })
	return out
}
