package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"

	"daybook/evidence/keys"
)

// recordFormat is the first byte of every sealed value.
const recordFormat = 1

// A Badger key is a part that all keys of one space share, so that a space can
// be dropped whole, and a part of its own. Both are opaque.
const (
	spaceLen  = 8
	opaqueLen = 32
)

// A sealer turns keys into opaque ones and seals values under them. A value
// opens only under its own key, in its own space, in the store it was made for.
type sealer struct {
	record     keys.Sealer
	name       keys.Namer
	generation uint64 // of the store; a value of an earlier store does not open
}

func newSealer(ring *keys.Ring, generation uint64) sealer {
	return sealer{record: ring.Record(), name: ring.Name(), generation: generation}
}

// space is the prefix of all Badger keys of a space.
func (s sealer) space(name string) ([]byte, error) {
	sum, err := s.name.Of([]byte("space"), []byte(name))
	return sum[:spaceLen], err
}

// key is the Badger key of a key in the space with this prefix.
func (s sealer) key(space, key []byte) ([]byte, error) {
	sum, err := s.name.Of([]byte("key"), space, key)
	if err != nil {
		return nil, err
	}
	opaque := make([]byte, 0, opaqueLen)
	opaque = append(opaque, space...)
	return append(opaque, sum[:opaqueLen-spaceLen]...), nil
}

// seal gives the format and the sealed key and value.
func (s sealer) seal(opaque, key, value []byte) ([]byte, error) {
	plain := make([]byte, 0, binary.MaxVarintLen64+len(key)+len(value))
	plain = binary.AppendUvarint(plain, uint64(len(key)))
	plain = append(append(plain, key...), value...)
	out := make([]byte, 1, 1+keys.SealOverhead+len(plain))
	out[0] = recordFormat
	return s.record.Seal(out, plain, s.bound(opaque))
}

// open gives back the key and the value that were sealed under opaque.
func (s sealer) open(opaque, sealed []byte) (key, value []byte, err error) {
	if len(sealed) == 0 || sealed[0] != recordFormat {
		return nil, nil, errBroken
	}
	plain, err := s.record.Open(nil, sealed[1:], s.bound(opaque))
	if err != nil {
		return nil, nil, err
	}
	n, used := binary.Uvarint(plain)
	if used <= 0 || n > uint64(len(plain)-used) {
		return nil, nil, errBroken
	}
	rest := plain[used:]
	return rest[:n:n], rest[n:], nil
}

// bound is what a value is tied to: its opaque key and the store's generation.
func (s sealer) bound(opaque []byte) []byte {
	about := make([]byte, 0, 1+8+len(opaque))
	about = append(about, recordFormat)
	about = binary.BigEndian.AppendUint64(about, s.generation)
	return append(about, opaque...)
}

// stampLen is what stamp puts in front of a piece.
func stampLen(claim []byte) int { return keys.SealOverhead + len(claim) }

// stamp marks bytes that are sealed already (a piece of an age file) as ours,
// without sealing them again: value ends with the piece, and the stampLen
// bytes before it are filled.
func (s sealer) stamp(value, claim []byte) error {
	_, err := s.record.Seal(value[:0], claim, value[stampLen(claim):])
	return err
}

// unstamp gives the piece whose stamp makes the claim.
func (s sealer) unstamp(value, claim []byte) ([]byte, error) {
	n := stampLen(claim)
	if len(value) < n {
		return nil, errBroken
	}
	said, err := s.record.Open(nil, value[:n], value[n:])
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(said, claim) {
		return nil, errBroken
	}
	return value[n:], nil
}

var errBroken = errors.New("does not open: changed, or not from this place")
