package whatsapp

import "bytes"

// shape is what all time stamps of one export have in common: its brackets,
// separators, spaces, words, the style of its am and pm, the script of its
// digits and the places of long numbers. Only the values of the digits are
// left out. An export is written in one go, so it has one shape.
type shape struct {
	n uint8
	b [63]byte
}

func (s *shape) add(c byte) {
	if int(s.n) < len(s.b) {
		s.b[s.n] = c
		s.n++
	}
}

func (s *shape) addAll(b []byte) {
	for _, c := range b {
		s.add(c)
	}
}

// isoLike tells a shape that logs and other programs write as well as
// WhatsApp: year first, hyphens, no comma.
func (s shape) isoLike() bool {
	str := bytes.TrimLeft(s.b[:s.n], "[")
	return bytes.HasPrefix(str, []byte("4-0-0 0:0"))
}

// widths says of each number of a stamp whether it is padded to two digits.
// Only a value under ten can show it.
type widths [4]struct{ one, two int }

func (w *widths) count(h *head, first bool) {
	weight := 1
	if first {
		weight = decisive
	}
	for i := range w {
		switch n := h.number(i); {
		case n.v >= 10:
		case n.w == 1:
			w[i].one += weight
		case n.w == 2:
			w[i].two += weight
		}
	}
}

// decisive is the weight of a file's first line, which no sender can have
// written: more than all others can have.
const decisive = 1 << 40

// fit tells whether a header's numbers are padded as those of the others are.
func (w *widths) fit(h *head) bool {
	for i := range w {
		n := h.number(i)
		if n.v >= 10 || n.w > 2 || w[i].one == w[i].two {
			continue
		}
		if padded := w[i].two > w[i].one; padded != (n.w == 2) {
			return false
		}
	}
	return true
}
