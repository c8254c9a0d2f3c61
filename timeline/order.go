package timeline

import (
	"cmp"
	"slices"
)

// An event's number in a view is its segment's place in the view, and its
// position in the segment: both 16 bits.
func number(slot int, pos uint32) uint32 { return uint32(slot)<<16 | pos }

func slotOf(doc uint32) int   { return int(doc >> 16) }
func posOf(doc uint32) uint32 { return doc & (segmentEvents - 1) }
func (v *view) at(doc uint32) (*segment, uint32) {
	return v.segments[slotOf(doc)], posOf(doc)
}

// reading is the one that an event is of.
func (v *view) reading(doc uint32) *reading {
	s, pos := v.at(doc)
	return s.partOf(pos).reading
}

// stretch is a live part of a segment in a view.
type stretch struct {
	item     int64
	slot     int
	from, to uint32
}

// sortEvents puts a view's live events in their total order: by time, then by
// item, then as they stand in their original; the undated ones follow, by item
// and as they stand. What an older view has in order already is kept.
func (v *view) sortEvents(old *view) {
	if old == nil || !v.extends(old) {
		dated, undated := v.sorted(v.stretches(func(int) bool { return true }))
		v.every = inOrder{append(dated, undated...), len(dated)}
		return
	}
	dated, undated := v.sorted(v.stretches(func(slot int) bool { return slot == 0 || slot >= len(old.segments) }))
	before := old.every
	order := make([]uint32, 0, len(before.order)+len(dated)+len(undated))
	order = v.merge(order, before.order[:before.dated], dated)
	v.every.dated = len(order)
	v.every.order = v.merge(order, before.order[before.dated:], undated)
}

// extends tells whether a view is an older one with more segments, but for the
// first, which holds the incidents.
func (v *view) extends(old *view) bool {
	if len(v.segments) < len(old.segments) {
		return false
	}
	for i := 1; i < len(old.segments); i++ {
		if v.segments[i] != old.segments[i] || !slices.Equal(v.live[i], old.live[i]) {
			return false
		}
	}
	return true
}

// merge appends a sorted list without the incidents, and another sorted list,
// in order.
func (v *view) merge(out, base, fresh []uint32) []uint32 {
	if slices.ContainsFunc(base, func(doc uint32) bool { return slotOf(doc) == 0 }) {
		base = slices.DeleteFunc(slices.Clone(base), func(doc uint32) bool { return slotOf(doc) == 0 })
	}
	for _, doc := range fresh {
		n, _ := slices.BinarySearchFunc(base, doc, v.compare)
		out = append(append(out, base[:n]...), doc)
		base = base[n:]
	}
	return append(out, base...)
}

// stretches gives the live parts of some segments by item and as they stand.
func (v *view) stretches(of func(slot int) bool) []stretch {
	var live []stretch
	for slot, s := range v.segments {
		if !of(slot) {
			continue
		}
		for _, p := range s.parts {
			if v.lives(p.reading) {
				live = append(live, stretch{p.reading.Item, slot, p.from, p.to})
			}
		}
	}
	slices.SortStableFunc(live, func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.slot, b.slot), cmp.Compare(a.from, b.from))
	})
	return live
}

// sorted gives the events of stretches in order, those without a time apart.
func (v *view) sorted(live []stretch) (dated, undated []uint32) {
	n := 0
	for _, st := range live {
		n += int(st.to - st.from)
	}
	dated = make([]uint32, 0, n)
	keys := make([]uint64, 0, n)
	for _, st := range live {
		s := v.segments[st.slot]
		for pos := st.from; pos < st.to; pos++ {
			if s.bits[pos]&bitDated == 0 {
				undated = append(undated, number(st.slot, pos))
				continue
			}
			dated = append(dated, number(st.slot, pos))
			keys = append(keys, uint64(s.time[pos])^1<<63)
		}
	}
	radix(keys, dated)
	return dated, undated
}

// radix sorts values by their keys and keeps the order of equal ones.
func radix(keys []uint64, values []uint32) {
	if slices.IsSorted(keys) {
		return
	}
	least, most := slices.Min(keys), slices.Max(keys)
	otherKeys, otherValues := make([]uint64, len(keys)), make([]uint32, len(values))
	from, to, fromValues, toValues := keys, otherKeys, values, otherValues
	const digit = 11
	for shift := uint(0); shift < 64 && (most-least)>>shift > 0; shift += digit {
		var starts [1<<digit + 1]int
		for _, k := range from {
			starts[(k-least)>>shift&(1<<digit-1)+1]++
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for i, k := range from {
			d := (k - least) >> shift & (1<<digit - 1)
			to[starts[d]], toValues[starts[d]] = k, fromValues[i]
			starts[d]++
		}
		from, to, fromValues, toValues = to, from, toValues, fromValues
	}
	if &from[0] != &keys[0] {
		copy(keys, from)
		copy(values, fromValues)
	}
}

// arrange gives the marked events of a list in its order.
func (v *view) arrange(list inOrder, marked []bitmap) (docs []uint32, dated int) {
	n := 0
	for _, b := range marked {
		n += b.count()
	}
	docs = make([]uint32, 0, n)
	if n*20 > len(list.order) {
		for i, doc := range list.order {
			if marked[slotOf(doc)].has(posOf(doc)) {
				docs = append(docs, doc)
				if i < list.dated {
					dated++
				}
			}
		}
		return docs, dated
	}
	for slot, b := range marked {
		b.each(func(pos uint32) { docs = append(docs, number(slot, pos)) })
	}
	slices.SortFunc(docs, v.compare)
	dated, _ = slices.BinarySearchFunc(docs, true, func(doc uint32, _ bool) int {
		if s, pos := v.at(doc); s.bits[pos]&bitDated != 0 {
			return -1
		}
		return 1
	})
	return docs, dated
}

// compare is the total order of two live events.
func (v *view) compare(a, b uint32) int {
	if a == b {
		return 0
	}
	s, p := v.at(a)
	t, q := v.at(b)
	undated := cmp.Compare(t.bits[q]&bitDated, s.bits[p]&bitDated)
	return cmp.Or(undated, cmp.Compare(s.time[p], t.time[q]),
		cmp.Compare(s.partOf(p).reading.Item, t.partOf(q).reading.Item), cmp.Compare(a, b))
}
