package timeline

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Two exports of one chat may say different things of the same moment. Where
// both hold one message and a later one, each should hold the same between
// them; what only one of them holds there is flagged, and both stay. Which of
// them is right is not for Daybook to say: people delete, apps leave out,
// exports are edited.
//
// One chat may also be read in two zones, when the question was answered
// differently at two acts of adding: then one message is counted once, by one of
// the two, and that is flagged too.
//
// Only what has a key (SameKey) is compared: messages and calls of one
// conversation, read from originals. Of what the two hold between their common
// messages the following is no difference: the same time and words from a
// sender whose name the other export nowhere has, who is called otherwise
// there; words of the app, which come in the language of the telephone; a file
// that one export left out; one place. A stretch of more than mostBetween
// messages was left out of an export as a whole and is not compared.

// mostBetween bounds what is compared between two common messages.
const mostBetween = 500

// gap is what an export holds between two neighbours of the messages that it
// shares with another one, and what that holds there.
type gap struct {
	mine, theirs []uint32
	other        int64 // item

	once  sync.Once
	found []unlike // of each of mine
}

// unlike is a difference and the event that differs; no difference where how is
// empty.
type unlike struct {
	how  How
	with uint32
}

// gaps are those of a view whose events are counted once.
type gaps struct {
	finding, telling sync.Once
	all              []*gap
	of               []inGap
	names            map[int64]map[Party]bool // senders of the items that have gaps
	differ           []bitmap                 // what differs, and what is one with it
}

type inGap struct {
	doc uint32
	gap *gap
}

// compared tells what can be compared: keyed, of a conversation, first-hand.
func (s *segment) compared(pos uint32) bool {
	return s.same[pos] != (ID{}) && s.bits[pos]&bitSecondHand == 0 && (kindCodes[s.kind[pos]] == Message || kindCodes[s.kind[pos]] == Call)
}

// gaps finds what is only in one of two exports, once for a set of copies.
func (v *view) gaps() *gaps {
	g := v.copies.gaps
	if g == nil {
		return nil
	}
	g.finding.Do(func() { v.findGaps(g) })
	return g
}

// chain is how messages are linked while gaps are looked for: with their
// copies in a ring, and with the one before in their conversation.
type chain struct {
	v            *view
	ring, before [][]uint32
}

// end is no event: the first of a conversation has none before it.
const end = ^uint32(0)

func (v *view) newChain() *chain {
	c := &chain{v, make([][]uint32, len(v.segments)), make([][]uint32, len(v.segments))}
	for slot, s := range v.segments {
		if s.same == nil {
			continue
		}
		c.ring[slot], c.before[slot] = make([]uint32, s.len()), make([]uint32, s.len())
		for pos := range c.ring[slot] {
			c.ring[slot][pos] = number(slot, uint32(pos))
		}
	}
	for _, a := range v.copies.byAs {
		if c.ring[slotOf(a.doc)] == nil || c.ring[slotOf(a.as)] == nil {
			continue // known as one by its ID alone; see secondhand.go
		}
		c.ring[slotOf(a.doc)][posOf(a.doc)] = *c.next(a.as)
		*c.next(a.as) = a.doc
	}
	return c
}

func (c *chain) next(doc uint32) *uint32 { return &c.ring[slotOf(doc)][posOf(doc)] }

func (c *chain) item(doc uint32) int64 {
	s, pos := c.v.at(doc)
	return s.partOf(pos).reading.Item
}

// between gives what stands in a conversation between two of its messages; ok
// is false where it is too much, or they are not of one conversation.
func (c *chain) between(a, b uint32) (docs []uint32, ok bool) {
	a, b = min(a, b), max(a, b)
	for doc := c.before[slotOf(b)][posOf(b)]; doc != end && doc > a; doc = c.before[slotOf(doc)][posOf(doc)] {
		if len(docs) == mostBetween {
			return nil, false
		}
		docs = append(docs, doc)
		b = doc
	}
	slices.Reverse(docs)
	return docs, c.before[slotOf(b)][posOf(b)] == a
}

// in tells that a message is one with one of an item.
func (c *chain) in(doc uint32, item int64) bool {
	for m := *c.next(doc); m != doc; m = *c.next(m) {
		if c.item(m) == item {
			return true
		}
	}
	return false
}

// conversation is how far one of an export was looked through.
type conversation struct {
	item   int64
	last   uint32
	n      int
	shared []shared
}

// shared is the last message that a conversation has in common with an item.
type shared struct {
	item         int64
	mine, theirs uint32
	n            int // the place of mine in its conversation
}

func (c *conversation) with(item int64) *shared {
	for i := range c.shared {
		if c.shared[i].item == item {
			return &c.shared[i]
		}
	}
	c.shared = append(c.shared, shared{item: item, mine: end})
	return &c.shared[len(c.shared)-1]
}

func (v *view) findGaps(g *gaps) {
	c := v.newChain()
	type ends struct {
		from, to shared
	}
	var open []ends
	threads := make([]conversation, len(v.threads)+1)
	for _, st := range v.stretches(func(slot int) bool { return v.segments[slot].same != nil }) {
		s := v.segments[st.slot]
		for pos := st.from; pos < st.to; pos++ {
			if !s.compared(pos) {
				continue
			}
			doc, t := number(st.slot, pos), &threads[s.thread[pos]]
			if t.item != st.item {
				*t = conversation{item: st.item, last: end, shared: t.shared[:0]}
			}
			c.before[st.slot][pos], t.last = t.last, doc
			t.n++
			for m := *c.next(doc); m != doc; m = *c.next(m) {
				if q, at := v.at(m); !q.compared(at) {
					continue
				}
				l, now := t.with(c.item(m)), shared{mine: doc, theirs: m, n: t.n}
				now.item = l.item
				if l.mine != end && t.n-l.n > 1 {
					open = append(open, ends{*l, now})
				}
				*l = now
			}
		}
	}
	for _, o := range open {
		mine, whole := c.between(o.from.mine, o.to.mine)
		theirs, held := c.between(o.from.theirs, o.to.theirs)
		if !whole || !held {
			continue
		}
		own := c.item(o.to.mine)
		theirs = slices.DeleteFunc(theirs, func(doc uint32) bool { return c.in(doc, own) })
		g.add(&gap{mine: mine, theirs: theirs, other: o.to.item})
	}
	slices.SortStableFunc(g.of, func(a, b inGap) int { return cmp.Compare(a.doc, b.doc) })
	v.nameSenders(g)
}

func (g *gaps) add(one *gap) {
	g.all = append(g.all, one)
	for _, doc := range one.mine {
		g.of = append(g.of, inGap{doc, one})
	}
}

// nameSenders notes whom the exports name that are to be compared.
func (v *view) nameSenders(g *gaps) {
	g.names = map[int64]map[Party]bool{}
	for _, one := range g.all {
		g.names[one.other] = map[Party]bool{}
	}
	for _, st := range v.stretches(func(slot int) bool { return v.segments[slot].same != nil }) {
		names := g.names[st.item]
		if names == nil {
			continue
		}
		s, last := v.segments[st.slot], uint32(0)
		for pos := st.from; pos < st.to; pos++ {
			if n := s.from[pos]; n != last && n != 0 {
				names[v.speakers[n-1].called()], last = true, n
			}
		}
	}
}

// called is somebody without what the source says of their export.
func (p Party) called() Party { return Party{Name: p.Name, Address: p.Address} }

// inGap gives the gaps in which an event stands.
func (g *gaps) inGap(doc uint32) []inGap {
	return ofOne(g.of, doc, func(in inGap) uint32 { return in.doc })
}

// differences gives how other exports differ from an event, or from what is one
// with it, each export once.
func (v *view) differences(doc uint32) []Difference {
	out := v.otherZones(doc)
	g := v.gaps()
	if g == nil || len(g.all) == 0 {
		return out
	}
	for _, doc := range append([]uint32{doc}, v.others(doc)...) {
		for _, in := range g.inGap(doc) {
			u := v.tell(in.gap)[slices.Index(in.gap.mine, doc)]
			if u.how == "" || slices.ContainsFunc(out, func(d Difference) bool { return d.With.Item == in.gap.other }) {
				continue
			}
			d := Difference{How: u.how, With: v.readings[in.gap.other].source()}
			if u.how != NotThere {
				if e, err := v.event(u.with); err == nil { // a damaged one is named by Verify
					d.With = e.Source
				}
			}
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return cmp.Compare(a.With.Item, b.With.Item) })
	return out
}

// otherZones gives the copies of a message whose wall clock was read in another
// zone than its own.
func (v *view) otherZones(doc uint32) (out []Difference) {
	s, pos := v.at(doc)
	if s.bits[pos]&bitInstant == 0 {
		return nil
	}
	for _, other := range v.others(doc) {
		o, at := v.at(other)
		if o.time[at] == s.time[pos] || o.bits[at]&bitInstant == 0 || !o.compared(at) {
			continue
		}
		a, err := v.event(doc)
		b, failed := v.event(other)
		if err == nil && failed == nil && a.When.Local.Equal(b.When.Local) && a.When.Zone != b.When.Zone { // a damaged one is named by Verify
			out = append(out, Difference{How: OtherZone, With: b.Source, Zone: b.When.Zone})
		}
	}
	return out
}

// differ marks everything that differs.
func (v *view) differ() []bitmap {
	g := v.gaps()
	if g == nil {
		return v.none()
	}
	g.telling.Do(func() {
		g.differ = v.none()
		for _, a := range v.copies.byDoc {
			if len(v.otherZones(a.doc)) > 0 {
				g.differ[slotOf(a.doc)].set(posOf(a.doc))
				g.differ[slotOf(a.as)].set(posOf(a.as))
			}
		}
		for _, in := range g.of {
			if v.tell(in.gap)[slices.Index(in.gap.mine, in.doc)].how == "" {
				continue
			}
			for _, doc := range append([]uint32{in.doc}, v.others(in.doc)...) {
				g.differ[slotOf(doc)].set(posOf(doc))
			}
		}
	})
	return g.differ
}

// tell compares the two sides of a gap.
func (v *view) tell(one *gap) []unlike {
	one.once.Do(func() { one.found = v.unlike(one) })
	return one.found
}

// told is of a message what is compared.
type told struct {
	doc    uint32
	sender Party
	time   int64
	words  string
	app    bool // they are the app's
	files  []Attachment
	place  Place
	paired bool
}

func (v *view) toldOf(docs []uint32, knows map[Party]bool) []*told {
	out := make([]*told, len(docs))
	for i, doc := range docs {
		s, pos := v.at(doc)
		t := &told{doc: doc, time: s.time[pos], app: s.bits[pos]&bitsOfApp != 0, paired: true}
		out[i] = t
		e, err := v.event(doc)
		if err != nil {
			continue // named by Verify; it is compared with nothing
		}
		t.sender, t.words, t.files, t.place, t.paired = e.From.called(), plainWords(e.Text), e.Files, e.Place, false
		if !knows[t.sender] {
			t.sender = Party{Name: "\x00"} // called otherwise over there
		}
	}
	return out
}

var bitsOfApp = uint32(1)<<slices.Index(flagCodes[:], AppText) | uint32(1)<<slices.Index(flagCodes[:], AppOrTyped)

// unlike pairs what two exports hold in one place: what is equal first, then
// what is equal but for one thing, the n-th with the n-th.
func (v *view) unlike(one *gap) []unlike {
	s, pos := v.at(one.mine[0])
	mine := v.toldOf(one.mine, v.copies.gaps.names[one.other])
	theirs := v.toldOf(one.theirs, v.copies.gaps.names[s.partOf(pos).reading.Item])
	type key struct {
		sender Party
		time   int64
		words  string
	}
	with := make([]unlike, len(mine))
	for _, by := range []struct {
		how How
		key func(*told) key
	}{
		{"", func(t *told) key { return key{t.sender, t.time, t.words + " " + fileNames(t.files)} }},
		{OtherTime, func(t *told) key { return key{sender: t.sender, words: t.words + " " + fileNames(t.files)} }},
		{OtherSender, func(t *told) key { return key{time: t.time, words: t.words + " " + fileNames(t.files)} }},
		{OtherWords, func(t *told) key { return key{sender: t.sender, time: t.time} }},
	} {
		there := map[key][]*told{}
		for _, t := range theirs {
			if !t.paired {
				there[by.key(t)] = append(there[by.key(t)], t)
			}
		}
		for i, t := range mine {
			list := there[by.key(t)]
			if t.paired || len(list) == 0 {
				continue
			}
			there[by.key(t)] = list[1:]
			t.paired, list[0].paired = true, true
			if how := by.how; how != "" && !t.alike(list[0], &how) {
				with[i] = unlike{how, list[0].doc}
			}
		}
	}
	for i, t := range mine {
		if !t.paired && !t.app {
			with[i] = unlike{how: NotThere}
		}
	}
	return with
}

func fileNames(files []Attachment) string {
	var b strings.Builder
	for _, f := range files {
		b.WriteString("\x00" + f.Name)
	}
	return b.String()
}

// alike tells a difference of words that is none: of the app's own, of a file
// that was left out of one export, of one place. Where only the files differ,
// it says so.
func (t *told) alike(o *told, how *How) bool {
	if t.app && o.app {
		return true
	}
	if *how != OtherWords {
		return false
	}
	if t.place.Fix && t.place.Lat == o.place.Lat && t.place.Lon == o.place.Lon {
		return true
	}
	if t.words != o.words || len(t.files) == 0 || len(o.files) == 0 {
		return false
	}
	*how = OtherFile
	missing := func(f Attachment) bool { return f.Missing }
	return slices.ContainsFunc(t.files, missing) || slices.ContainsFunc(o.files, missing) ||
		slices.EqualFunc(t.files, o.files, func(a, b Attachment) bool { return a.Hash == b.Hash })
}
