package anonymise

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// blob writes bytes of a database or a file of Apple's anew: a text as one, a
// property list and a typed stream with their strings written over in place,
// and anything else as so many zeros.
func (s *scribe) blob(field string, b []byte) []byte {
	switch {
	case len(b) == 0:
		return b
	case bytes.HasPrefix(b, []byte("bplist00")):
		return s.plist(bytes.Clone(b))
	case bytes.Contains(b[:min(len(b), 32)], []byte("streamtyped")):
		return s.stream(bytes.Clone(b))
	case utf8.Valid(b) && printable(b):
		return []byte(s.value(field, string(b)))
	}
	return make([]byte, len(b))
}

func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// inPlace writes words and long numbers anew and keeps what formats use; it
// gives as many bytes as it got.
func (s *scribe) inPlace(in string) string {
	if kept.phrase(in) || kept.name(in) {
		return in
	}
	return s.over(in)
}

// over writes a text anew in as many bytes.
func (s *scribe) over(in string) string {
	if out := s.value("", in); len(out) == len(in) {
		return out
	}
	w := writing{s: s, in: in}
	for w.at < len(in) {
		end := wordEnd(in, w.at)
		n := numberAt(in, w.at)
		switch {
		case end > w.at:
			w.put(s.word(in[w.at:end]), end)
		case len(n.digits) > shortFigures:
			w.put(n.like(s.digits(n.digits)), n.end)
		case len(n.digits) > 0:
			w.keep(n.end)
		default:
			_, size := utf8.DecodeRuneInString(in[w.at:])
			w.keep(w.at + size)
		}
	}
	return w.out.String()
}

// stream writes over the strings of a typed stream.
func (s *scribe) stream(b []byte) []byte {
	for at := 0; at < len(b); {
		end := at
		for end < len(b) {
			r, n := utf8.DecodeRune(b[end:])
			if r == utf8.RuneError && n == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
				break
			}
			end += n
		}
		if end == at {
			at++
			continue
		}
		copy(b[at:end], s.inPlace(string(b[at:end])))
		at = end
	}
	return b
}

// plist writes over the strings of a binary property list, and empties its data
// unless that is a list or a stream itself.
func (s *scribe) plist(b []byte) []byte {
	const trailer = 32
	if len(b) < 8+trailer {
		return make([]byte, len(b))
	}
	t := b[len(b)-trailer:]
	size, count, table := int(t[6]), binary.BigEndian.Uint64(t[8:]), binary.BigEndian.Uint64(t[24:])
	if size < 1 || size > 8 || table > uint64(len(b)) || count > uint64(len(b)) || table+count*uint64(size) > uint64(len(b)) {
		return make([]byte, len(b))
	}
	for i := range int(count) {
		at := uint64(0)
		for _, c := range b[int(table)+i*size:][:size] {
			at = at<<8 | uint64(c)
		}
		if at < 8 || at >= table || !s.object(b[at:table]) {
			return make([]byte, len(b))
		}
	}
	return b
}

// object writes over one object of a property list; false means that it does
// not fit.
func (s *scribe) object(b []byte) bool {
	kind, n := b[0]>>4, int(b[0]&15)
	if kind < 4 || kind > 6 {
		return true
	}
	b = b[1:]
	if n == 15 {
		if len(b) == 0 || b[0]>>4 != 1 || b[0]&15 > 3 || len(b) < 1+1<<(b[0]&15) {
			return false
		}
		length := b[1 : 1+1<<(b[0]&15)]
		n, b = 0, b[1+len(length):]
		for _, c := range length {
			if n = n<<8 | int(c); n < 0 || n > 1<<40 {
				return false
			}
		}
	}
	if kind == 6 {
		n *= 2
	}
	if n > len(b) {
		return false
	}
	switch b = b[:n]; kind {
	case 4:
		for n := copy(b, s.blob("", b)); n < len(b); n++ { // what was left out made it shorter
			b[n] = ' '
		}
	case 5:
		copy(b, s.inPlace(string(b)))
	case 6:
		copy(b, encode16(s.inPlace(decode16(b, binary.BigEndian)), binary.BigEndian))
	}
	return true
}
