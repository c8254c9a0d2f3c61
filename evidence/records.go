package evidence

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// recordSpace holds the case's own records; the named stores have spaces of
// their own, whose names cannot begin with NUL.
const recordSpace = "\x00case"

// A mark tells how far the records have followed the journal, and whose they
// are. It is sealed under generation 0, the one record that can be read before
// the generation is known.
type mark struct {
	Format     int    `json:"format"`
	Generation uint64 `json:"generation"`
	Count      uint64 `json:"count"` // entries that were worked in
	Hash       Hash   `json:"hash"`  // … and that of the last, to see that it is this journal
	Items      int64  `json:"items"`
	Batches    int64  `json:"batches"`
}

// markFormat rises when the records of earlier programs must be made again.
const markFormat = 1

// The keys of the records: a kind, and a number or a hash.
const markKey = "m"

func itemKey(n int64) string    { return numberKey('i', n) }
func memberKey(n int64) string  { return numberKey('c', n) }
func batchKey(n int64) string   { return numberKey('b', n) }
func originalKey(h Hash) string { return "o" + string(h[:]) }
func numberKey(kind byte, n int64) string {
	return string(binary.BigEndian.AppendUint64([]byte{kind}, uint64(n)))
}

// A placed original: where its sealed file is and which items it is.
type placed struct {
	File   string  `json:"file"`
	Size   int64   `json:"size"`
	Sealed int64   `json:"sealed"`
	Items  []int64 `json:"items"`          // those that were not deleted
	Gone   bool    `json:"gone,omitempty"` // its key was destroyed
}

// members are the numbers of the items that a container item holds.
type members struct {
	Items []int64 `json:"items"`
}

// BatchInfo is one act of adding.
type BatchInfo struct {
	Number         int64           `json:"batch"`
	Note           string          `json:"note,omitempty"`
	By             string          `json:"by,omitempty"`
	Started        time.Time       `json:"started"`
	Finished       time.Time       `json:"finished,omitzero"` // zero: under way, or cut short
	First          int64           `json:"first,omitempty"`   // number of its first item
	Last           int64           `json:"last,omitempty"`    // … and of its last
	Items          int64           `json:"items"`
	Reconciliation json.RawMessage `json:"reconciliation,omitempty"`
}

// records is the index of the journal: items, originals, batches. One
// goroutine at a time writes it, under the case's lock; any may read it.
type records struct {
	engine *engine
	plain  sealer // generation 0: for the mark
	space  []byte
	mark   mark // for the goroutine that writes

	generation atomic.Uint64 // as in the mark, for all
}

// sealer seals for the generation that there is now.
func (r *records) sealer() sealer {
	s := r.plain
	s.generation = r.generation.Load()
	return s
}

// load reads the mark; an empty or foreign store gets a new generation.
func (r *records) load() (found bool, err error) {
	if r.space == nil {
		if r.space, err = r.plain.space(recordSpace); err != nil {
			return false, err
		}
	}
	var m mark
	err = r.read(r.plain, markKey, &m)
	if err == nil && m.Format == markFormat {
		r.begun(m)
		return true, nil
	}
	var id [8]byte
	if _, err := rand.Read(id[:]); err != nil {
		return false, err
	}
	r.begun(mark{Format: markFormat, Generation: max(1, binary.BigEndian.Uint64(id[:]))})
	return false, nil
}

func (r *records) begun(m mark) {
	r.mark = m
	r.generation.Store(m.Generation)
}

// get reads a record; ErrNotFound or ErrDamaged when it cannot.
func (r *records) get(key string, v any) error { return r.read(r.sealer(), key, v) }

func (r *records) read(s sealer, key string, v any) error {
	opaque, err := s.key(r.space, []byte(key))
	if err != nil {
		return err
	}
	sealed, err := r.engine.get(opaque)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	_, value, err := s.open(opaque, sealed)
	if err != nil {
		return fmt.Errorf("record: %w: %w", ErrDamaged, err)
	}
	return json.Unmarshal(value, v)
}

func (r *records) item(n int64) (Item, error) {
	var it Item
	if err := r.get(itemKey(n), &it); err != nil {
		return Item{}, fmt.Errorf("item %d: %w", n, err)
	}
	return it, nil
}

func (r *records) original(h Hash) (placed, error) {
	var o placed
	if err := r.get(originalKey(h), &o); err != nil {
		return placed{}, fmt.Errorf("original %s: %w", h, err)
	}
	return o, nil
}

func (r *records) batch(n int64) (BatchInfo, error) {
	var b BatchInfo
	if err := r.get(batchKey(n), &b); err != nil {
		return BatchInfo{}, fmt.Errorf("batch %d: %w", n, err)
	}
	return b, nil
}

func (r *records) members(n int64) ([]int64, error) {
	var m members
	if err := r.get(memberKey(n), &m); err != nil && !errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("members of item %d: %w", n, err)
	}
	return m.Items, nil
}

// A draft of records: changes that are read back as they are made, and written
// together with the mark.
type recordDraft struct {
	r    *records
	mark mark
	made map[string]any // by record key: pointers to what will be written
}

func (r *records) begin() *recordDraft {
	return &recordDraft{r: r, mark: r.mark, made: map[string]any{}}
}

// edit gives the record under key to be changed in place: as this draft has
// it, as it is stored, or new. An error is one of reading.
func edit[T any](t *recordDraft, key string) (*T, error) {
	if v, ok := t.made[key].(*T); ok {
		return v, nil
	}
	v := new(T)
	if err := t.r.get(key, v); err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	t.made[key] = v
	return v, nil
}

// commit writes the draft. When it fails, the records stay where they were and
// the journal is replayed from there.
func (t *recordDraft) commit() error {
	out := make([]change, 0, len(t.made)+1)
	sealer := t.r.sealer()
	for _, key := range slices.Sorted(maps.Keys(t.made)) {
		c, err := sealRecord(sealer, t.r.space, key, t.made[key])
		if err != nil {
			return err
		}
		out = append(out, c)
	}
	m, err := sealRecord(t.r.plain, t.r.space, markKey, t.mark)
	if err != nil {
		return err
	}
	if err := t.r.engine.write(append(out, m)); err != nil {
		return err
	}
	t.r.mark = t.mark
	return nil
}

func sealRecord(s sealer, space []byte, key string, v any) (change, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return change{}, err
	}
	opaque, err := s.key(space, []byte(key))
	if err != nil {
		return change{}, err
	}
	sealed, err := s.seal(opaque, []byte(key), data)
	return change{opaque, sealed}, err
}
