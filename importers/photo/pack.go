package photo

import (
	"encoding/binary"
	"errors"
)

// pack writes metadata as a worker sends it: numbers as varints, each text
// with its length before it.
func (m Metadata) pack() []byte {
	b := make([]byte, 0, 4<<10)
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	text(m.Format)
	b = binary.AppendVarint(b, int64(m.Width))
	b = binary.AppendVarint(b, int64(m.Height))
	cut := byte(0)
	if m.Cut {
		cut = 1
	}
	b = append(b, cut)
	text(m.InPart)
	b = binary.AppendUvarint(b, uint64(len(m.Values)))
	for _, v := range m.Values {
		text(v.Reader)
		text(v.Group)
		text(v.Name)
		text(v.Text)
	}
	b = binary.AppendUvarint(b, uint64(len(m.Notes)))
	for _, n := range m.Notes {
		text(n)
	}
	return b
}

var errPacked = errors.New("not metadata")

// unpack is the inverse of pack. It does not trust the worker.
func unpack(b []byte) (Metadata, error) {
	u := unpacker{left: string(b)}
	m := Metadata{Format: u.text(), Width: int(u.signed()), Height: int(u.signed()), Cut: u.byte() == 1, InPart: u.text()}
	if n := u.count(maxValues); n > 0 {
		m.Values = make([]Value, n)
		for i := range m.Values {
			m.Values[i] = Value{u.text(), u.text(), u.text(), u.text()}
		}
	}
	for range u.count(maxNotes) {
		m.Notes = append(m.Notes, u.text())
	}
	if u.bad || u.left != "" {
		return Metadata{}, errPacked
	}
	return m, nil
}

// unpacker takes things from the front; after the first that is not there it
// gives zeros and is bad.
type unpacker struct {
	left string
	bad  bool
}

func (u *unpacker) unsigned() uint64 {
	v, n := binary.Uvarint([]byte(u.left[:min(len(u.left), binary.MaxVarintLen64)]))
	if n <= 0 {
		u.bad = true
		return 0
	}
	u.left = u.left[n:]
	return v
}

func (u *unpacker) signed() int64 {
	v := u.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

func (u *unpacker) count(most int) int {
	n := u.unsigned()
	if n > uint64(most) {
		u.bad = true
		return 0
	}
	return int(n)
}

func (u *unpacker) text() string {
	n := u.unsigned()
	if n > uint64(len(u.left)) {
		u.bad = true
		return ""
	}
	s := u.left[:n]
	u.left = u.left[n:]
	return s
}

func (u *unpacker) byte() byte {
	if u.left == "" {
		u.bad = true
		return 0
	}
	c := u.left[0]
	u.left = u.left[1:]
	return c
}
