package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Two exports of one chat mostly name it alike. A file that was renamed, and a
// contact who was, name it otherwise. The key of a message then leaves the name
// of the chat out (WithinChat), and means something within one conversation
// alone: the same words of the same sender in the same minute may stand in two
// chats.
//
// Two conversations of exports are one chat where they are called alike, and
// where it is certain: in the time that both cover they share at least
// leastShared messages, of two senders or more, and these are three of four that
// either holds there. Different chats of one telephone share what its owner sent
// to several people, and no second sender. What is likely and not certain is
// linked and not counted once; see overlap.go.

// WithinChat begins a SameKey that is counted within one conversation.
const WithinChat = "within chat "

// leastShared is how many messages two conversations share before their names
// do not matter.
const leastShared = 5

func withinChat(e *Event) bool { return strings.HasPrefix(e.Extra.Get(SameKey), WithinChat) }

// chatIn is a conversation of one export.
type chatIn struct {
	item   int64
	thread uint32
}

func (v *view) chatOf(doc uint32) chatIn {
	if c, ok := v.copies.heardIn[doc]; ok {
		return c
	}
	s, pos := v.at(doc)
	if s.bits[pos]&bitWithinChat == 0 {
		return chatIn{}
	}
	return chatIn{s.partOf(pos).reading.Item, s.thread[pos]}
}

// sameChat tells that events of one key are of one chat.
func (v *view) sameChat(a, b uint32) bool {
	x, y := v.chatOf(a), v.chatOf(b)
	return x.thread == y.thread || v.copies.chats.of(x) == v.copies.chats.of(y)
}

// chats are conversations that are certain to be one, each but the lowest with a
// lower one.
type chats map[chatIn]chatIn

func (c chats) of(x chatIn) chatIn {
	for next, ok := c[x]; ok; next, ok = c[x] {
		x = next
	}
	return x
}

// overlap is what two conversations of different names share.
type overlap struct {
	n       int
	from    uint32 // a sender of the first
	several bool   // there is another
}

// joinChats finds the conversations that are one under several names. Keys are in
// order, each with its event.
func (v *view) joinChats(keys []uint64, docs []uint32) {
	shares := map[[2]chatIn]*overlap{}
	for i, n := 0, 0; i < len(keys); i += n {
		for n = 1; i+n < len(keys) && keys[i+n] == keys[i]; n++ {
		}
		if n > 1 {
			v.share(docs[i:i+n], shares)
		}
	}
	for pair, c := range shares {
		if !c.several || c.n < leastShared {
			continue
		}
		a, b := v.timesOf(pair[0]), v.timesOf(pair[1])
		if 4*c.n < 3*max(a.within(b), b.within(a)) {
			continue
		}
		if v.copies.chats == nil {
			v.copies.chats = chats{}
		}
		x, y := v.copies.chats.of(pair[0]), v.copies.chats.of(pair[1])
		if x.compare(y) < 0 {
			x, y = y, x
		}
		if x != y {
			v.copies.chats[x] = y
		}
	}
}

// compare puts conversations in order, so that the outcome hangs on nothing else.
func (c chatIn) compare(o chatIn) int {
	return cmp.Or(cmp.Compare(c.item, o.item), cmp.Compare(c.thread, o.thread))
}

// mostShare bounds in how many exports one message is looked at.
const mostShare = 16

// share counts what events of one key, first-hand and with a sender, have in
// common, each conversation once.
func (v *view) share(docs []uint32, shares map[[2]chatIn]*overlap) {
	first, at := v.at(docs[0])
	if !slices.ContainsFunc(docs[1:], func(doc uint32) bool { s, pos := v.at(doc); return s.thread[pos] != first.thread[at] }) {
		return // as nearly all are
	}
	var in []chatIn
	var from []uint32
	for _, doc := range docs {
		s, pos := v.at(doc)
		c := v.chatOf(doc)
		if c == (chatIn{}) || s.from[pos] == 0 || !s.compared(pos) || s.same[pos] != first.same[at] || len(in) == mostShare {
			continue
		}
		if len(in) == 0 || in[len(in)-1] != c {
			in, from = append(in, c), append(from, s.from[pos])
		}
	}
	for i, a := range in {
		for _, b := range in[i+1:] {
			if a.thread == b.thread || a.item == b.item {
				continue
			}
			c := shares[[2]chatIn{a, b}]
			if c == nil {
				c = &overlap{from: from[i]}
				shares[[2]chatIn{a, b}] = c
			}
			c.n++
			c.several = c.several || c.from != from[i]
		}
	}
}

// times are those of the messages of a conversation that have a sender.
type times struct {
	all         []int64
	first, last int64
}

func (v *view) timesOf(c chatIn) times {
	t := times{first: math.MaxInt64, last: math.MinInt64}
	for _, st := range v.stretches(func(slot int) bool { return v.segments[slot].same != nil }) {
		if st.item != c.item {
			continue
		}
		s := v.segments[st.slot]
		for pos := st.from; pos < st.to; pos++ {
			if s.thread[pos] != c.thread || s.from[pos] == 0 || !s.compared(pos) {
				continue
			}
			t.all = append(t.all, s.time[pos])
			t.first, t.last = min(t.first, s.time[pos]), max(t.last, s.time[pos])
		}
	}
	return t
}

// within counts the messages in the time that both cover.
func (t times) within(o times) (n int) {
	from, to := max(t.first, o.first), min(t.last, o.last)
	for _, at := range t.all {
		if from <= at && at <= to {
			n++
		}
	}
	return n
}
