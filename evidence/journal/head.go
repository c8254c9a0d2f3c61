package journal

import (
	"encoding/binary"
	"errors"

	"daybook/evidence/keys"
)

// A head file is "dbh1" and a sealed record: turn, count, hash. Turn n stands
// in head.(n mod 2) and nowhere else, so that the one before is untouched while
// a head is being written.
const (
	headMagic  = "dbh1"
	headRecord = 8 + 8 + 32
	headSize   = len(headMagic) + headRecord + keys.SealOverhead
)

var errHead = errors.New("not a head")

// mark is what a head file says.
type mark struct {
	turn uint64
	Head
}

func (m mark) slot() int { return int(m.turn % 2) }

func (m mark) encode(ring *keys.Ring) ([]byte, error) {
	b := make([]byte, 0, headRecord)
	b = binary.BigEndian.AppendUint64(b, m.turn)
	b = binary.BigEndian.AppendUint64(b, m.Count)
	b = append(b, m.Hash[:]...)
	return ring.Head().Seal([]byte(headMagic), b, nil)
}

func decodeHead(data []byte, ring *keys.Ring, slot int) (mark, error) {
	if len(data) != headSize || string(data[:len(headMagic)]) != headMagic {
		return mark{}, errHead
	}
	b, err := ring.Head().Open(nil, data[len(headMagic):], nil)
	if errors.Is(err, keys.ErrClosed) {
		return mark{}, err
	}
	if err != nil || len(b) != headRecord {
		return mark{}, errHead
	}
	m := mark{turn: binary.BigEndian.Uint64(b), Head: Head{Count: binary.BigEndian.Uint64(b[8:]), Hash: [32]byte(b[16:])}}
	if m.slot() != slot {
		return mark{}, errHead
	}
	return m, nil
}
