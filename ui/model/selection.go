package model

import "math/bits"

// Selection is a set of events, as places in a survey.
type Selection struct {
	in map[int]uint64 // by place / 64
	n  int
}

// NewSelection is an empty set.
func NewSelection() *Selection { return &Selection{in: map[int]uint64{}} }

// Clear empties the set.
func (s *Selection) Clear() {
	clear(s.in)
	s.n = 0
}

// Has tells whether an event is in the set.
func (s *Selection) Has(event int) bool { return s.in[event>>6]&(1<<(event&63)) != 0 }

// Add puts events into the set, Remove takes them out.
func (s *Selection) Add(events []int32) {
	for _, e := range events {
		if !s.Has(int(e)) {
			s.in[int(e)>>6] |= 1 << (e & 63)
			s.n++
		}
	}
}

// Remove takes events out of the set.
func (s *Selection) Remove(events []int32) {
	for _, e := range events {
		if s.Has(int(e)) {
			s.in[int(e)>>6] &^= 1 << (e & 63)
			s.n--
		}
	}
}

// Len is how many events are in the set.
func (s *Selection) Len() int { return s.n }

// each hands on the events of the set, in no order.
func (s *Selection) each(yield func(event int)) {
	for k, w := range s.in {
		for ; w != 0; w &= w - 1 {
			yield(k<<6 + bits.TrailingZeros64(w))
		}
	}
}
