package timeline

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"daybook/evidence"
)

// space is a key space that may be lost and is then made again from originals
// and journal. Its order of writing is free; nothing in it is trusted before it
// has been decoded.
type space interface {
	get(key string) ([]byte, error) // errLost when there is none
	batch() batch
}

// batch is a large write; it is not atomic, so a directory is written last.
type batch interface {
	put(key string, value []byte) error
	delete(key string) error
	commit() error
}

// ledger is the journal as the index needs it: an entry is acknowledged when
// record returns.
type ledger interface {
	record(ctx context.Context, drafts ...draft) ([]entry, error)
	entries(ctx context.Context) iter.Seq2[entry, error] // goes on after an entry that cannot be read
	writable() bool
	actor() string // who is at the keyboard, as they named themself
}

type draft struct {
	action  string
	subject any
	detail  any
}

type entry struct {
	Seq     uint64
	Time    time.Time
	Actor   string
	Action  string
	Subject json.RawMessage
	Detail  json.RawMessage
	Hash    evidence.Hash
}

var errLost = errors.New("not in the store")

// pieceSize keeps every value well below the size at which Badger would move
// it to its value log.
const pieceSize = 64 << 10

// putPieces writes a value of any size in pieces under keys that start with
// prefix; getPieces is its inverse and needs the same number of bytes.
func putPieces(b batch, prefix string, data []byte) error {
	for n := 0; n*pieceSize < len(data); n++ {
		piece := data[n*pieceSize : min((n+1)*pieceSize, len(data))]
		if err := b.put(pieceKey(prefix, n), piece); err != nil {
			return err
		}
	}
	return nil
}

func getPieces(s space, prefix string, size int) ([]byte, error) {
	var out []byte
	for n := 0; n*pieceSize < size; n++ {
		piece, err := s.get(pieceKey(prefix, n))
		if err != nil {
			return nil, err
		}
		if want := min(size-n*pieceSize, pieceSize); len(piece) != want {
			return nil, fmt.Errorf("%s: piece %d has %d bytes, want %d", prefix, n, len(piece), want)
		}
		out = append(out, piece...)
	}
	return out, nil
}

func pieceKey(prefix string, n int) string {
	return prefix + string(binary.BigEndian.AppendUint32(nil, uint32(n)))
}

func deletePieces(b batch, prefix string, size int) error {
	for n := 0; n*pieceSize < size; n++ {
		if err := b.delete(pieceKey(prefix, n)); err != nil {
			return err
		}
	}
	return nil
}

// memory is a space for what is made again at every opening.
type memory map[string][]byte

func (m memory) get(key string) ([]byte, error) {
	v, ok := m[key]
	if !ok {
		return nil, errLost
	}
	return v, nil
}

func (m memory) batch() batch { return memoryBatch{m} }

type memoryBatch struct{ m memory }

func (b memoryBatch) put(key string, value []byte) error {
	b.m[key] = append([]byte(nil), value...)
	return nil
}

func (b memoryBatch) delete(key string) error { delete(b.m, key); return nil }
func (b memoryBatch) commit() error           { return nil }
