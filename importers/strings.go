package importers

import (
	"strconv"
	"strings"
)

// Strings makes the many small strings of a file, each of them once, in pieces
// of memory that they share. It is for what lives as long as its neighbours, as
// the records of events do: one string that is kept keeps its piece.
type Strings struct{ piece strings.Builder }

const piece = 2 << 10

// Of gives b as a string.
func (s *Strings) Of(b []byte) string {
	if s.piece.Cap()-s.piece.Len() < len(b) {
		if len(b) > piece/4 {
			return string(b)
		}
		s.piece = strings.Builder{}
		s.piece.Grow(piece)
	}
	n := s.piece.Len()
	s.piece.Write(b)
	return s.piece.String()[n:]
}

// SameOf is the function of that name, for one record of many.
func (s *Strings) SameOf(parts ...string) string {
	var room [512]byte
	return s.SumOf(appendParts(room[:0], parts))
}

// SumOf is the function of that name, for one record of many.
func (s *Strings) SumOf(b []byte) string {
	text := sumOf(b)
	return s.Of(text[:])
}

// At is the record of what stands at a byte: "message at byte 120".
func (s *Strings) At(what string, offset int64) string {
	var room [96]byte
	b := append(append(room[:0], what...), " at byte "...)
	return s.Of(strconv.AppendInt(b, offset, 10))
}
