package timeline

import (
	"slices"
	"time"
)

// maxPrinted is how many printed forms of a handle are listed.
const maxPrinted = 20

// links counts the events of every handle.
func (v *view) links() []Link {
	out := make([]Link, len(v.handles))
	for i, h := range v.handles {
		out[i].Handle = h
	}
	sets := v.handleSets()
	heard := v.hearing(out)
	for i, doc := range v.order {
		s, pos := v.at(doc)
		at := time.Time{}
		if i < v.dated {
			at = time.UnixMilli(s.time[pos]).UTC()
		}
		heard(s.from[pos], s.to[pos])
		var from uint32
		if n := s.from[pos]; n != 0 {
			from = v.handleOf[n-1]
			out[from-1].Sent++
			out[from-1].event(at)
		}
		for _, n := range sets[s.to[pos]] {
			if n != from {
				out[n-1].event(at)
			}
		}
	}
	return slices.DeleteFunc(out, func(l Link) bool { return l.Events == 0 })
}

// hearing gives what notes the printed forms of speakers in the order in which
// the timeline first shows them, so that they do not depend on which item was
// read first.
func (v *view) hearing(out []Link) func(from, to uint32) {
	speakers, sets := make([]bool, len(v.speakers)+1), make([]bool, len(v.sets)+1)
	hear := func(n uint32) {
		if n == 0 || speakers[n] {
			return
		}
		speakers[n] = true
		s := v.speakers[n-1]
		l := &out[v.handleOf[n-1]-1]
		l.Owner = l.Owner || s.Owner
		for _, printed := range []string{s.Name, s.Address} {
			if printed != "" && len(l.Printed) < maxPrinted && !slices.Contains(l.Printed, printed) {
				l.Printed = append(l.Printed, printed)
			}
		}
	}
	return func(from, to uint32) {
		hear(from)
		if to == 0 || sets[to] {
			return
		}
		sets[to] = true
		for _, n := range v.sets[to-1] {
			hear(n)
		}
	}
}

// event counts one event; they come in order of time.
func (l *Link) event(at time.Time) {
	l.Events++
	if at.IsZero() {
		return
	}
	if l.First.IsZero() {
		l.First = at
	}
	l.Last = at
}

// handleSets gives the distinct handles of every set of speakers.
func (v *view) handleSets() [][]uint32 {
	out := make([][]uint32, len(v.sets)+1)
	for i, set := range v.sets {
		for _, n := range set {
			if h := v.handleOf[n-1]; !slices.Contains(out[i+1], h) {
				out[i+1] = append(out[i+1], h)
			}
		}
	}
	return out
}
