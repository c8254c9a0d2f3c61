package timeline

import (
	"encoding/binary"
	"slices"
)

// A phrase is found without writing down where its words stand: two lists are
// walked side by side, and places are read only of events that are in both.

// phrase marks the events in which the words stand one after the other; nil is
// none.
func (s *segment) phrase(q sequence) (bitmap, error) {
	at, err := s.pair(q)
	for i := 2; i < len(q.words) && err == nil && len(at) > 0; i++ {
		at, err = s.then(at, q.words[i], q.prefix && i == len(q.words)-1)
	}
	if err != nil || len(at) == 0 {
		return nil, err
	}
	out := newBitmap(s.len())
	for _, p := range at {
		if doc := uint32(p >> 32); int(doc) < s.len() {
			out.set(doc)
		}
	}
	return out, nil
}

// pair gives the places of the second word, of those that stand right after the
// first.
func (s *segment) pair(q sequence) ([]uint64, error) {
	first, err := s.postingsOf(q.words[0], false)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	second, err := s.postingsOf(q.words[1], q.prefix && len(q.words) == 2)
	var at []uint64
	for _, list := range second {
		if err == nil {
			at, err = sideBySide(at, first[0], list)
		}
	}
	if len(second) > 1 {
		slices.Sort(at)
	}
	return at, err
}

// then gives the places of a word that stand right after one of at.
func (s *segment) then(at []uint64, word string, prefix bool) ([]uint64, error) {
	lists, err := s.postingsOf(word, prefix)
	var out []uint64
	for _, list := range lists {
		if err == nil {
			out, err = behind(out, at, list)
		}
	}
	if len(lists) > 1 {
		slices.Sort(out)
	}
	return out, err
}

// postingsOf gives the list of a word, or those of every word that begins so.
func (s *segment) postingsOf(word string, prefix bool) (lists [][]byte, err error) {
	err = s.lists(word, prefix, true, func(list []byte) error {
		lists = append(lists, list)
		return nil
	})
	return lists, err
}

// sideBySide adds to out the places of the second list that stand right after
// one of the first.
func sideBySide(out []uint64, first, second []byte) ([]uint64, error) {
	a, err := newCursor(first)
	if err != nil {
		return out, err
	}
	b, err := newCursor(second)
	if err != nil {
		return out, err
	}
	for a.next() && b.next() {
		for a.doc != b.doc {
			if a.doc < b.doc && !a.next() || a.doc > b.doc && !b.next() {
				return out, firstError(a, b)
			}
		}
		out = b.after(out, a.here())
	}
	return out, firstError(a, b)
}

// behind adds to out the places of a list that stand right after one of at.
func behind(out, at []uint64, list []byte) ([]uint64, error) {
	b, err := newCursor(list)
	if err != nil {
		return out, err
	}
	for i := 0; i < len(at) && b.next(); {
		for ; i < len(at) && uint32(at[i]>>32) < b.doc; i++ {
		}
		from := i
		for ; i < len(at) && uint32(at[i]>>32) == b.doc; i++ {
		}
		if i > from {
			out = b.after(out, at[from:i])
		}
	}
	return out, b.err
}

func firstError(a, b *cursor) error {
	if a.err != nil {
		return a.err
	}
	return b.err
}

// cursor walks through the events of a list. The places of an event are read
// when they are asked for, and passed over otherwise.
type cursor struct {
	docs, positions []byte
	doc             uint32
	sum             uint64
	places          int // of the event, in positions behind those to be passed over
	passed          int // places of earlier events that were not read
	found           []uint64
	err             error
}

func newCursor(list []byte) (*cursor, error) {
	docs, positions, err := parts(list)
	return &cursor{docs: docs, positions: positions}, err
}

// next goes to the next event.
func (c *cursor) next() bool {
	c.passed += c.places
	c.places = 0
	if len(c.docs) == 0 || c.err != nil {
		return false
	}
	v := c.number(&c.docs)
	c.places = 1
	if v&1 == 0 {
		n := c.number(&c.docs)
		if n > uint64(len(c.positions)) {
			c.err = errCutRecord
		}
		c.places = int(min(n, uint64(len(c.positions))))
	}
	if c.sum += v >> 1; c.sum >= segmentEvents && c.err == nil {
		c.err = pastTheEnd(c.sum)
	}
	c.doc = uint32(c.sum)
	return c.err == nil
}

// here gives the places of the event, until the next call.
func (c *cursor) here() []uint64 {
	c.pass()
	c.found = c.found[:0]
	pos := uint64(0)
	for ; c.places > 0 && c.err == nil; c.places-- {
		pos += c.number(&c.positions)
		c.found = append(c.found, c.sum<<32|uint64(uint32(pos)))
	}
	return c.found
}

// after adds to out the places of the event that stand right after one of at.
func (c *cursor) after(out, at []uint64) []uint64 {
	i := 0
	for _, p := range c.here() {
		for i < len(at) && at[i]+1 < p {
			i++
		}
		if i < len(at) && at[i]+1 == p {
			out = append(out, p)
		}
	}
	return out
}

// pass passes over the places that nobody asked for.
func (c *cursor) pass() {
	i := 0
	for ; c.passed > 0 && i < len(c.positions); i++ {
		if c.positions[i] < 0x80 {
			c.passed--
		}
	}
	if c.positions = c.positions[i:]; c.passed > 0 {
		c.err = errCutRecord
	}
}

// number takes a number off b; nearly all are of one byte.
func (c *cursor) number(b *[]byte) uint64 {
	if s := *b; len(s) > 0 && s[0] < 0x80 {
		*b = s[1:]
		return uint64(s[0])
	}
	return c.long(b)
}

func (c *cursor) long(b *[]byte) uint64 {
	v, n := binary.Uvarint(*b)
	if n <= 0 {
		c.err = errCutRecord
		*b = nil
		return 0
	}
	*b = (*b)[n:]
	return v
}
