package timeline

import "strings"

// renumber turns the numbers of a segment's own names into those of the whole
// index, and lets go of its own. A party without an address gets a number for
// each item that names it.
func (s *segment) renumber(in *interner) {
	r := renumbering{s: s, in: in, speakers: make([]mapped, len(s.speakers)+1), sets: make([]mapped, len(s.sets)+1)}
	threads := make([]uint32, len(s.threads)+1)
	for i, t := range s.threads {
		threads[i+1] = in.thread(t)
	}
	for n, p := range s.parts {
		r.part, r.item = n+1, p.reading.Item
		for i := p.from; i < p.to; i++ {
			s.from[i], s.to[i], s.thread[i] = r.speaker(s.from[i]), r.set(s.to[i]), threads[s.thread[i]]
		}
	}
	s.names = names{}
}

// renumbering is where renumber is: in which part of the segment.
type renumbering struct {
	s              *segment
	in             *interner
	part           int
	item           int64
	speakers, sets []mapped
	members        []uint32
}

// mapped is the number that a speaker or a set has in the whole index, in one
// part of the segment or in all of them.
type mapped struct {
	number uint32
	part   int
}

const everyPart = -1

func (r *renumbering) speaker(n uint32) uint32 {
	m := &r.speakers[n]
	if n == 0 || m.part == r.part || m.part == everyPart {
		return m.number
	}
	key := r.s.speakers[n-1]
	m.part = everyPart
	if strings.TrimSpace(key.Address) == "" {
		key.item, m.part = r.item, r.part
	}
	m.number = r.in.speaker(key)
	return m.number
}

func (r *renumbering) set(n uint32) uint32 {
	m := &r.sets[n]
	if n == 0 || m.part == r.part || m.part == everyPart {
		return m.number
	}
	m.part = everyPart
	r.members = r.members[:0]
	for _, k := range r.s.sets[n-1] {
		r.members = append(r.members, r.speaker(k))
		if r.speakers[k].part != everyPart {
			m.part = r.part
		}
	}
	m.number = r.in.numbers(r.members)
	return m.number
}
