package timeline

import (
	"cmp"
	"slices"
	"time"
)

// Two exports of one chat may differ in all that a key goes by: another person's
// telephone calls the same people otherwise, an iPhone writes seconds and Android
// does not, a contact was renamed. Their messages are not counted as one, for
// that is not certain, and each names the other (Row.Elsewhere).
//
// Two conversations overlap where, of messages that one of them holds in the time
// that both cover, half and at least leastAlike have the same words of the same
// minute in the other, and whom the one calls so the other always calls so: two
// senders or more, each with one name there. What an owner of two chats sent to
// both is from one sender.

const (
	leastAlike   = 3
	mostCompared = 16 // messages of two conversations
)

// overlaps are pairs of conversations, each with the names of the other for the
// senders of the one. Each pair stands both ways.
type overlaps map[[2]chatIn]map[Party]Party

// overlaps finds the conversations that overlap, once for a view.
func (v *view) overlaps() overlaps {
	v.overlapping.Do(func() {
		all := v.conversations()
		v.overlap = overlaps{}
		for i, a := range all {
			for _, b := range all[i+1:] {
				if a.chatIn.item == b.chatIn.item || v.importerOf(a) != v.importerOf(b) {
					continue
				}
				if names := v.calls(a, b); names != nil {
					v.overlap[[2]chatIn{a.chatIn, b.chatIn}] = names
					v.overlap[[2]chatIn{b.chatIn, a.chatIn}] = turned(names)
				}
			}
		}
	})
	return v.overlap
}

func turned(names map[Party]Party) map[Party]Party {
	if names == nil {
		return nil
	}
	out := make(map[Party]Party, len(names))
	for a, b := range names {
		out[b] = a
	}
	return out
}

// spoken are the messages of a conversation that have a sender, in order.
type spoken struct {
	chatIn
	docs []uint32
}

func (v *view) importerOf(s *spoken) string {
	g, pos := v.at(s.docs[0])
	return g.partOf(pos).reading.Importer
}

// conversations are those of messages that are counted within one.
func (v *view) conversations() []*spoken {
	items := map[int64]bool{}
	for _, s := range v.segments {
		for _, p := range s.parts {
			if v.lives(p.reading) && slices.ContainsFunc(s.bits[p.from:p.to], func(b uint32) bool { return b&bitWithinChat != 0 }) {
				items[p.reading.Item] = true
			}
		}
	}
	if len(items) < 2 {
		return nil
	}
	var all []*spoken
	at := map[chatIn]*spoken{}
	for _, doc := range v.order[:v.dated] {
		s, pos := v.at(doc)
		if s.bits[pos]&(bitWithinChat|bitInstant) != bitWithinChat|bitInstant || s.from[pos] == 0 {
			continue
		}
		c := v.chatOf(doc)
		if at[c] == nil {
			at[c] = &spoken{chatIn: c}
			all = append(all, at[c])
		}
		at[c].docs = append(at[c].docs, doc)
	}
	slices.SortFunc(all, func(a, b *spoken) int { return a.chatIn.compare(b.chatIn) })
	return all
}

func (v *view) timeOf(doc uint32) int64 {
	s, pos := v.at(doc)
	return s.time[pos]
}

// spokenIn gives the messages from one millisecond up to, and not with, another.
func (v *view) spokenIn(s *spoken, from, to int64) []uint32 {
	at := func(ms int64) int {
		i, _ := slices.BinarySearchFunc(s.docs, ms, func(doc uint32, ms int64) int { return cmp.Compare(v.timeOf(doc), ms) })
		return i
	}
	return s.docs[at(from):at(to)]
}

// sameMinute gives what a conversation holds in the minute of a message.
func (v *view) sameMinute(s *spoken, doc uint32) []uint32 {
	const minute = int64(time.Minute / time.Millisecond)
	from := v.timeOf(doc)
	from -= ((from % minute) + minute) % minute
	return v.spokenIn(s, from, from+minute)
}

// calls gives how b calls whom a names, where the two overlap; nil where they do
// not.
func (v *view) calls(a, b *spoken) map[Party]Party {
	const minute = int64(time.Minute / time.Millisecond)
	from := max(v.timeOf(a.docs[0]), v.timeOf(b.docs[0])) - minute
	to := min(v.timeOf(a.docs[len(a.docs)-1]), v.timeOf(b.docs[len(b.docs)-1])) + minute
	mine, theirs := v.spokenIn(a, from, max(from, to)), v.spokenIn(b, from, max(from, to))
	if len(mine) <= len(theirs) {
		return v.alike(mine, b)
	}
	return turned(v.alike(theirs, a))
}

// alike looks some of one conversation's messages up in another.
func (v *view) alike(mine []uint32, in *spoken) map[Party]Party {
	var some []uint32
	for i := range min(len(mine), mostCompared) {
		some = append(some, mine[i*len(mine)/min(len(mine), mostCompared)])
	}
	beside := 0
	for _, doc := range some {
		if len(v.sameMinute(in, doc)) > 0 {
			beside++
		}
	}
	if beside < leastAlike || 2*beside < len(some) { // mostly so, and nothing was opened
		return nil
	}
	found := 0
	names, back := map[Party]Party{}, map[Party]Party{}
	for _, doc := range some {
		e, err := v.event(doc)
		if err != nil {
			continue // named by Verify
		}
		for _, other := range v.sameMinute(in, doc) {
			o, err := v.event(other)
			if err != nil || !sameWords(&e, &o) {
				continue
			}
			x, y := e.From.called(), o.From.called()
			if to, ok := names[x]; ok && to != y {
				continue
			}
			if to, ok := back[y]; ok && to != x {
				continue
			}
			names[x], back[y] = y, x
			found++
			break
		}
	}
	if found < leastAlike || 2*found < len(some) || len(names) < 2 {
		return nil
	}
	return names
}

// sameWords tells that two messages have the same words of one time, as far as the
// coarser of the two states it.
func sameWords(a, b *Event) bool {
	return sameTime(a.When, b.When) && plainWords(a.Text) != "" && plainWords(a.Text) == plainWords(b.Text)
}

// sameIn tells that a message of one conversation is one of another that overlaps
// with it.
func sameIn(a, b *Event, names map[Party]Party) bool {
	to, ok := names[a.From.called()]
	return sameWords(a, b) && (ok && to == b.From.called() || !ok && plainWords(a.From.Name) == plainWords(b.From.Name))
}
