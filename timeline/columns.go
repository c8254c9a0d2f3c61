package timeline

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/klauspost/compress/s2"
)

// columns hold of each event of a segment what filters and counts look at.
// Numbers of parties, sets of parties and threads count from 1; 0 is none.
type columns struct {
	ids    []ID
	time   []int64 // milliseconds since 1970 of When.Order
	bits   []uint32
	kind   []uint8
	from   []uint32
	to     []uint32 // a set of parties
	thread []uint32
	same   []ID // equal for copies of one record, zero for what has none; nil where nothing has
	may    []place
}

// place is a period in which an event may have happened that is not a moment in
// time alone; some have two. They stand in the order of the events.
type place struct {
	pos uint32
	span
}

// names are what the columns count: parties as they were printed, with the
// importer that read them, sets of them, and threads. In the whole index a
// party without an address has its item too: a name alone means nothing
// outside its export.
type names struct {
	speakers []speaker
	sets     [][]uint32
	threads  []string
}

type speaker struct {
	Party
	importer string
	item     int64
}

func (c *columns) len() int { return len(c.ids) }

func (c *columns) add(e *Event, z zones, from, to, thread uint32) {
	at := int64(0)
	b := eventBits(e, z)
	if b&bitDated != 0 {
		t, _ := e.When.Order()
		at = t.UnixMilli()
	}
	if !e.When.exact() {
		for _, s := range e.When.spans(z) {
			c.may = append(c.may, place{uint32(c.len()), s})
		}
	}
	k, _ := code("", kindCodes[:], e.Kind)
	c.ids = append(c.ids, e.ID)
	c.time = append(c.time, at)
	c.bits = append(c.bits, b)
	c.kind = append(c.kind, k)
	c.from = append(c.from, from)
	c.to = append(c.to, to)
	c.thread = append(c.thread, thread)
	if same := sameOf(e); c.same != nil || same != (ID{}) {
		c.same = append(append(c.same, make([]ID, len(c.ids)-1-len(c.same))...), same)
	}
}

// interner gives names their numbers.
type interner struct {
	names
	numberOf map[speaker]uint32
	setOf    map[string]uint32
	threadOf map[string]uint32
	key      []byte
	members  []uint32
}

func newInterner() *interner {
	return &interner{numberOf: map[speaker]uint32{}, setOf: map[string]uint32{}, threadOf: map[string]uint32{}}
}

func (in *interner) speaker(key speaker) uint32 {
	if key.Party == (Party{}) {
		return 0
	}
	n, ok := in.numberOf[key]
	if !ok {
		in.speakers = append(in.speakers, key)
		n = uint32(len(in.speakers))
		in.numberOf[key] = n
	}
	return n
}

func (in *interner) set(to []Party, importer string) uint32 {
	in.members = in.members[:0]
	for _, p := range to {
		if n := in.speaker(speaker{Party: p, importer: importer}); n != 0 {
			in.members = append(in.members, n)
		}
	}
	return in.numbers(in.members)
}

// numbers gives the number of a set of speakers.
func (in *interner) numbers(members []uint32) uint32 {
	if len(members) == 0 {
		return 0
	}
	in.key = in.key[:0]
	for _, n := range members {
		in.key = binary.AppendUvarint(in.key, uint64(n))
	}
	n, ok := in.setOf[string(in.key)]
	if !ok {
		in.sets = append(in.sets, slices.Clone(members))
		n = uint32(len(in.sets))
		in.setOf[string(in.key)] = n
	}
	return n
}

func (in *interner) thread(s string) uint32 {
	if s == "" {
		return 0
	}
	n, ok := in.threadOf[s]
	if !ok {
		in.threads = append(in.threads, s)
		n = uint32(len(in.threads))
		in.threadOf[s] = n
	}
	return n
}

// head is a segment's own record: its columns, and where the rest lies.
type head struct {
	columns
	names
	blocks   []uint32 // position of the first event of each block
	skips    int      // blocks of skips
	terms    []string // first word of each chunk of the word list
	postings int      // bytes
}

const (
	headVersion   = 3
	maxHead       = 256 << 20
	segmentEvents = 1 << 16 // events in a segment, at most
)

func appendHead(b []byte, h *head) []byte {
	var raw []byte
	n := h.len()
	raw = binary.AppendUvarint(raw, uint64(n))
	for i := range h.ids {
		raw = append(raw, h.ids[i][:]...)
	}
	var last int64
	for _, t := range h.time {
		raw = binary.AppendVarint(raw, t-last)
		last = t
	}
	raw = append(raw, h.kind...)
	for _, column := range [][]uint32{h.bits, h.from, h.to, h.thread} {
		for _, v := range column {
			raw = binary.AppendUvarint(raw, uint64(v))
		}
	}
	raw = append(raw, flag(h.same != nil))
	for i := range h.same {
		raw = append(raw, h.same[i][:]...)
	}
	raw = appendPlaces(raw, h.may)
	raw = binary.AppendUvarint(raw, uint64(len(h.speakers)))
	for _, s := range h.speakers {
		raw = appendString(appendParty(raw, s.Party), s.importer)
	}
	raw = binary.AppendUvarint(raw, uint64(len(h.sets)))
	for _, s := range h.sets {
		raw = appendNumbers(raw, s)
	}
	raw = appendStrings(raw, h.threads)
	raw = appendNumbers(raw, h.blocks)
	raw = appendStrings(raw, h.terms)
	raw = binary.AppendUvarint(raw, uint64(h.skips))
	raw = binary.AppendUvarint(raw, uint64(h.postings))
	return append(append(b, headVersion), s2.Encode(nil, raw)...)
}

func appendPlaces(b []byte, list []place) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	last := uint32(0)
	for _, p := range list {
		b = binary.AppendUvarint(b, uint64(p.pos-last))
		b = binary.AppendVarint(binary.AppendVarint(b, p.from), p.to)
		last = p.pos
	}
	return b
}

func appendNumbers(b []byte, list []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, v := range list {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return b
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func decodeHead(value []byte) (*head, error) {
	if len(value) == 0 || value[0] != headVersion {
		return nil, fmt.Errorf("columns: not of a version that this program knows")
	}
	size, err := s2.DecodedLen(value[1:])
	if err != nil || size > maxHead {
		return nil, fmt.Errorf("columns: damaged length")
	}
	raw, err := s2.Decode(nil, value[1:])
	if err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	r := &reader{s: string(raw)}
	h := &head{}
	h.readColumns(r)
	number := func(r *reader) uint32 { return uint32(r.uvarint()) }
	numbers := func(r *reader) []uint32 { return many(r, 1, number) }
	kept := func(r *reader) string { return strings.Clone(r.string()) } // not to hold the whole record in memory
	h.speakers = many(r, 4, func(r *reader) speaker {
		return speaker{Party: Party{Name: kept(r), Address: kept(r), Owner: r.byte() == 1}, importer: kept(r)}
	})
	h.sets = many(r, 1, numbers)
	h.threads = many(r, 1, kept)
	h.blocks = numbers(r)
	h.terms = many(r, 1, kept)
	h.skips, h.postings = int(r.uvarint()), int(r.uvarint())
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	return h, h.check()
}

func (h *head) readColumns(r *reader) {
	n := r.count(len(ID{}) + 6)
	h.ids = make([]ID, n)
	h.time = make([]int64, n)
	for i := range h.ids {
		copy(h.ids[i][:], r.bytes(len(ID{})))
	}
	var last int64
	for i := range h.time {
		last += r.varint()
		h.time[i] = last
	}
	h.kind = []uint8(r.bytes(n))
	for _, column := range []*[]uint32{&h.bits, &h.from, &h.to, &h.thread} {
		*column = make([]uint32, n)
		for i := range *column {
			(*column)[i] = uint32(r.uvarint())
		}
	}
	if r.byte() != 0 {
		h.same = make([]ID, n)
		for i := range h.same {
			copy(h.same[i][:], r.bytes(len(ID{})))
		}
	}
	at := uint32(0)
	h.may = many(r, 3, func(r *reader) place {
		at += uint32(r.uvarint())
		return place{at, span{r.varint(), r.varint()}}
	})
}

// check refuses numbers that point nowhere, so that nothing that reads the
// columns has to ask.
func (h *head) check() error {
	n := h.len()
	if n > segmentEvents || len(h.kind) != n || h.skips < 0 || h.postings < 0 {
		return fmt.Errorf("columns: damaged counts")
	}
	for i := range n {
		if int(h.kind[i]) >= len(kindCodes) || int(h.from[i]) > len(h.speakers) ||
			int(h.to[i]) > len(h.sets) || int(h.thread[i]) > len(h.threads) {
			return fmt.Errorf("columns: event %d points nowhere", i)
		}
	}
	for i, p := range h.may {
		if int(p.pos) >= n || i > 0 && p.pos < h.may[i-1].pos {
			return fmt.Errorf("columns: a time points nowhere")
		}
	}
	for _, set := range h.sets {
		for _, p := range set {
			if p == 0 || int(p) > len(h.speakers) {
				return fmt.Errorf("columns: a set points nowhere")
			}
		}
	}
	for i, first := range h.blocks {
		if i == 0 && first != 0 || i > 0 && first <= h.blocks[i-1] || int(first) >= n {
			return fmt.Errorf("columns: block %d points nowhere", i)
		}
	}
	if n > 0 && len(h.blocks) == 0 {
		return fmt.Errorf("columns: no blocks")
	}
	return nil
}
