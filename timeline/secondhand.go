package timeline

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Second-hand events come from the list of another person's Daybook. One is
// known again by the key of the record, or else by the ID of the event, which
// is the same wherever the same original is read. It is then counted as the
// event that this case read itself.

// bitSecondHand is the place of SecondHand among the flags.
var bitSecondHand = uint32(1) << slices.Index(flagCodes[:], SecondHand)

func (v *view) firstHand(doc uint32) bool {
	s, pos := v.at(doc)
	return s.bits[pos]&bitSecondHand == 0
}

// heard tells whether any of the events is second-hand.
func (v *view) heard(live []stretch) bool {
	for _, st := range live {
		if slices.ContainsFunc(v.segments[st.slot].bits[st.from:st.to], func(b uint32) bool { return b&bitSecondHand != 0 }) {
			return true
		}
	}
	return false
}

// keyOf gives the key by which an event is known again.
func (v *view) keyOf(doc uint32) ID {
	if key, ok := v.copies.keys[doc]; ok {
		return key
	}
	s, pos := v.at(doc)
	return s.same[pos]
}

// joinHeard gives the second-hand events that name an event of this case the key
// of that event, and that event theirs where it has none.
func (v *view) joinHeard(keys []uint64, docs []uint32) ([]uint64, []uint32) {
	wanted := map[ID][]int{}
	for i, doc := range docs {
		if !v.firstHand(doc) {
			wanted[v.keyOf(doc)] = append(wanted[v.keyOf(doc)], i)
		}
	}
	if len(wanted) == 0 {
		return keys, docs
	}
	v.copies.keys, v.copies.heardIn = map[uint32]ID{}, map[uint32]chatIn{}
	for _, st := range v.stretches(func(int) bool { return true }) {
		s := v.segments[st.slot]
		for pos := st.from; pos < st.to; pos++ {
			who, ok := wanted[s.ids[pos]]
			if !ok || s.bits[pos]&bitSecondHand != 0 {
				continue
			}
			key := s.ids[pos]
			if s.same != nil && s.same[pos] != (ID{}) {
				key = s.same[pos]
			} else {
				doc := number(st.slot, pos)
				v.copies.keys[doc] = key
				keys, docs = append(keys, prefix(key)), append(docs, doc)
			}
			for _, i := range who {
				v.copies.keys[docs[i]], v.copies.heardIn[docs[i]] = key, v.chatOf(number(st.slot, pos))
				keys[i] = prefix(key)
			}
		}
	}
	return v.byItem(keys, docs)
}

func prefix(key ID) uint64 { return binary.BigEndian.Uint64(key[:]) }

// byItem puts events in the order of their items, as they stand in them.
func (v *view) byItem(keys []uint64, docs []uint32) ([]uint64, []uint32) {
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	item := func(i int) int64 {
		s, pos := v.at(docs[i])
		return s.partOf(pos).reading.Item
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(item(a), item(b)) })
	sortedKeys, sortedDocs := make([]uint64, len(keys)), make([]uint32, len(docs))
	for to, from := range order {
		sortedKeys[to], sortedDocs[to] = keys[from], docs[from]
	}
	return sortedKeys, sortedDocs
}
