package timeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// SameKey is the fact of an event that is equal for copies of one record: the
// same message in two exports that overlap. An importer whose exports overlap
// sets it. A key that begins with WithinChat counts within one conversation, by
// whatever name; see chats.go.
//
// What several items of one importer hold under the same key is counted once:
// the n-th of them in one item is the n-th in another, so that two equal
// messages in one file stay two. One stands on the timeline and names the
// others: of those read from an original one whose files are all there, of these
// one with a time that is not weak, of these that of the lowest item; and one
// that is second-hand only where there is no other, so that a list from elsewhere
// hides nothing. The others stay in their readings and are shown when they are asked for. When the
// item of the one that stands is deleted, the next stands.
//
// An event that is a file itself, a picture say, needs no key: its ID is the same
// wherever these bytes lie, under whatever name. The names may give it different
// times; that is why both are read.
const SameKey = "same"

// SameReader is a fact of an event whose SameKey is another importer's: of what is
// second-hand, and of letters, which several formats hold. SameEvent is one of a
// second-hand event: the ID of the event where it was read from the original. By
// them it is one with what this case reads itself.
const (
	SameReader = "same reader"
	SameEvent  = "same event"
)

// Identifies tells a fact by which events are known as one: Daybook's own, that
// no source can state and no page shows.
func Identifies(fact string) bool {
	return fact == SameKey || fact == SameReader || fact == SameEvent
}

// sameOf gives the key of an event for its column; zero where it has none.
func sameOf(e *Event) ID {
	key := e.Extra.Get(SameKey)
	if key == "" {
		if id, err := ParseID(e.Extra.Get(SameEvent)); err == nil {
			return id
		}
		if e.Kind.File() {
			return e.ID
		}
		return ID{}
	}
	var room [128]byte // enough for nearly every key: nothing is allocated
	b := append(room[:0], cmp.Or(e.Extra.Get(SameReader), e.Source.Importer)...)
	sum := sha256.Sum256(append(append(b, '\n'), key...))
	return ID(sum[:16])
}

// again is an event that is counted as another.
type again struct{ doc, as uint32 }

// copies are the events of a view that are counted as others.
type copies struct {
	keys    map[uint32]ID     // of those whose key is not that of their column; see secondhand.go
	heardIn map[uint32]chatIn // of these, the conversation that they are of
	chats   chats             // conversations that are one under several names
	byDoc   []again
	byAs    []again // those of one event in the order of their items
	gaps    *gaps   // what only some of the exports hold; nil where there are no copies
}

// as gives the event that an event is counted as, which is mostly itself.
func (c *copies) as(doc uint32) uint32 {
	if i, ok := slices.BinarySearchFunc(c.byDoc, doc, func(a again, doc uint32) int { return cmp.Compare(a.doc, doc) }); ok {
		return c.byDoc[i].as
	}
	return doc
}

// of gives the events that are counted as another one.
func (c *copies) of(as uint32) []again {
	i, _ := slices.BinarySearchFunc(c.byAs, as, func(a again, as uint32) int { return cmp.Compare(a.as, as) })
	n := 0
	for i+n < len(c.byAs) && c.byAs[i+n].as == as {
		n++
	}
	return c.byAs[i : i+n]
}

// countOnce finds the copies among the live events and takes them out of the
// order that is shown. A view that only has other incidents than the old one
// has the same copies.
func (v *view) countOnce(old *view) {
	if old != nil && len(v.segments) == len(old.segments) && v.extends(old) {
		v.copies = old.copies
	} else {
		v.findCopies()
	}
	v.inOrder = v.every
	if len(v.copies.byDoc) == 0 {
		return
	}
	later := v.later()
	v.order = make([]uint32, 0, len(v.every.order)-len(v.copies.byDoc))
	for i, doc := range v.every.order {
		if i == v.every.dated {
			v.dated = len(v.order)
		}
		if !later[slotOf(doc)].has(posOf(doc)) {
			v.order = append(v.order, doc)
		}
	}
	if v.every.dated == len(v.every.order) {
		v.dated = len(v.order)
	}
}

// later marks the events that are counted as others.
func (v *view) later() []bitmap {
	out := v.none()
	for _, a := range v.copies.byDoc {
		out[slotOf(a.doc)].set(posOf(a.doc))
	}
	return out
}

func (v *view) findCopies() {
	live := v.stretches(func(slot int) bool { return v.segments[slot].same != nil })
	if len(live) == 0 || live[0].item == live[len(live)-1].item && !v.heard(live) {
		return
	}
	var keys []uint64
	var docs []uint32
	for _, st := range live {
		s := v.segments[st.slot]
		for pos := st.from; pos < st.to; pos++ {
			if s.same[pos] != (ID{}) {
				keys = append(keys, binary.BigEndian.Uint64(s.same[pos][:]))
				docs = append(docs, number(st.slot, pos))
			}
		}
	}
	keys, docs = v.joinHeard(keys, docs)
	radix(keys, docs)
	v.joinChats(keys, docs)
	for i, n := 0, 0; i < len(keys); i += n {
		for n = 1; i+n < len(keys) && keys[i+n] == keys[i]; n++ {
		}
		if n > 1 {
			v.pair(docs[i : i+n])
		}
	}
	v.copies.byAs = slices.Clone(v.copies.byDoc)
	slices.SortStableFunc(v.copies.byAs, func(a, b again) int { return cmp.Compare(a.as, b.as) })
	slices.SortFunc(v.copies.byDoc, func(a, b again) int { return cmp.Compare(a.doc, b.doc) })
	if len(v.copies.byDoc) > 0 {
		v.copies.gaps = &gaps{}
	}
}

// pair takes events whose keys begin alike, by item and as they stand, and
// notes which of them are copies.
func (v *view) pair(docs []uint32) {
	if v.oneEach(docs) {
		v.note(docs)
		return
	}
	type inItem struct {
		same ID
		item int64
		chat uint32 // the first event of the same chat
	}
	type nth struct {
		same ID
		chat uint32
		n    int
	}
	seen, place := map[inItem]int{}, map[nth]int{}
	var groups [][]uint32
	for _, doc := range docs {
		s, pos := v.at(doc)
		chat := docs[slices.IndexFunc(docs, func(d uint32) bool { return v.keyOf(d) == v.keyOf(doc) && v.sameChat(d, doc) })]
		in := inItem{v.keyOf(doc), s.partOf(pos).reading.Item, chat}
		seen[in]++
		key := nth{in.same, chat, seen[in]}
		g, ok := place[key]
		if !ok {
			g = len(groups)
			place[key] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], doc)
	}
	for _, g := range groups {
		v.note(g)
	}
}

// oneEach tells events of one key and chat of which no item holds two, as nearly
// all are.
func (v *view) oneEach(docs []uint32) bool {
	s, pos := v.at(docs[0])
	key, item := v.keyOf(docs[0]), s.partOf(pos).reading.Item
	for _, doc := range docs[1:] {
		s, pos := v.at(doc)
		next := s.partOf(pos).reading.Item
		if v.keyOf(doc) != key || next == item || !v.sameChat(docs[0], doc) {
			return false
		}
		item = next
	}
	return true
}

// note takes events that are one, by item, and notes which one stands.
func (v *view) note(docs []uint32) {
	as := slices.MaxFunc(docs, func(a, b uint32) int { return cmp.Compare(v.worth(a), v.worth(b)) })
	for _, doc := range docs {
		if doc != as {
			v.copies.byDoc = append(v.copies.byDoc, again{doc, as})
		}
	}
}

// worth tells which of several that are one stands: the first of the highest.
func (v *view) worth(doc uint32) (n int) {
	s, pos := v.at(doc)
	for worth, bit := range []uint32{bitWeakTime, bitMissing, bitSecondHand} {
		if s.bits[pos]&bit == 0 {
			n |= 1 << worth
		}
	}
	return n
}

var bitWeakTime = uint32(1) << slices.Index(flagCodes[:], WeakTime)

// lift lets the event that stands pass where a copy of it did.
func (v *view) lift(marked []bitmap) {
	for _, a := range v.copies.byDoc {
		if marked[slotOf(a.doc)].has(posOf(a.doc)) {
			marked[slotOf(a.as)].set(posOf(a.as))
		}
	}
}

// once narrows what a filter found to what it asks of copies.
func (v *view) once(f Filter, marked []bitmap) {
	if f.copies || len(v.copies.byDoc) == 0 && !f.Again {
		return
	}
	if !f.Again {
		v.lift(marked)
	}
	for slot, later := range v.later() {
		if f.Again {
			marked[slot].and(later)
		} else {
			marked[slot].andNot(later)
		}
	}
}

// others gives the events that are one with an event, without itself: the one
// that stands first.
func (v *view) others(doc uint32) []uint32 {
	as := v.copies.as(doc)
	var out []uint32
	if as != doc {
		out = append(out, as)
	}
	for _, a := range v.copies.of(as) {
		if a.doc != doc {
			out = append(out, a.doc)
		}
	}
	return out
}

// also fills in where else an event's record stands, and what was said about
// it there.
func (v *view) also(r *Row, doc uint32, marks func(ID) []Mark) {
	r.Marks = marks(r.ID)
	r.Elsewhere = v.elsewhere(&r.Event, doc)
	if len(v.copies.byDoc) == 0 {
		return
	}
	r.Again = v.copies.as(doc) != doc
	r.Differs = v.differences(doc)
	if len(r.Differs) > 0 {
		r.Flags = append(r.Flags, ExportsDiffer)
	}
	for _, other := range v.others(doc) {
		s, pos := v.at(other)
		src := s.partOf(pos).reading.source()
		if e, err := s.event(pos); err == nil { // a damaged copy, which Verify names, does not hide what stands
			src = e.Source
		}
		r.Also = append(r.Also, src)
		if id := s.ids[pos]; id != r.ID && !r.Again {
			r.Marks = append(r.Marks, marks(id)...)
		}
	}
	slices.SortStableFunc(r.Marks, func(a, b Mark) int { return cmp.Compare(a.Number, b.Number) })
}

// idsOf gives the IDs under which an event was marked: its own, and those of
// the events that are counted as it.
func (v *view) idsOf(doc uint32) []ID {
	s, pos := v.at(doc)
	ids := []ID{s.ids[pos]}
	for _, a := range v.copies.of(doc) {
		s, pos := v.at(a.doc)
		if !slices.Contains(ids, s.ids[pos]) {
			ids = append(ids, s.ids[pos])
		}
	}
	return ids
}

// Reconcile says of a reconciliation's readings how many of their events were
// there already, in how many a line looks like another message, and how many are
// dated later than they were added.
func (x *Index) Reconcile(rec *Reconciliation) {
	items := make([]int64, len(rec.Sources))
	for i, s := range rec.Sources {
		items[i] = s.Item
	}
	already, forged, ahead := x.Already(items), x.flagged(ForgedHeader), x.flagged(StillToCome)
	rec.Already, rec.Forged, rec.Ahead = 0, 0, 0
	for i := range rec.Sources {
		s := &rec.Sources[i]
		s.Already = already[s.Item]
		rec.Already += s.Already
		s.Forged = forged[s.Item]
		rec.Forged += s.Forged
		s.Ahead = ahead[s.Item]
		rec.Ahead += s.Ahead
	}
}

// flagged counts by item the events that bear a flag.
func (x *Index) flagged(f Flag) map[int64]int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out, bit := map[int64]int{}, flagBits([]Flag{f})
	for _, s := range x.view.segments {
		for _, p := range s.parts {
			if !x.view.lives(p.reading) {
				continue
			}
			for _, b := range s.bits[p.from:p.to] {
				if b&bit != 0 {
					out[p.reading.Item]++
				}
			}
		}
	}
	return out
}

// Already counts, by item, the events of the given items that other items, or
// an earlier one of these, hold too: they add nothing to the timeline.
func (x *Index) Already(items []int64) map[int64]int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v, among := x.view, map[int64]bool{}
	for _, n := range items {
		among[n] = true
	}
	itemOf := func(doc uint32) int64 {
		s, pos := v.at(doc)
		return s.partOf(pos).reading.Item
	}
	out := map[int64]int{}
	for i, n := 0, 0; i < len(v.copies.byAs); i += n {
		as := v.copies.byAs[i].as
		rest := v.copies.of(as)
		n = len(rest)
		elsewhere := slices.ContainsFunc(rest, func(a again) bool { return !among[itemOf(a.doc)] })
		if elsewhere && among[itemOf(as)] { // it was read after its copy, when a question was answered
			out[itemOf(as)]++
		}
		for _, a := range rest {
			if item := itemOf(a.doc); among[item] {
				out[item]++
			}
		}
	}
	return out
}
