package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"iter"

	"github.com/dgraph-io/badger/v4"
)

// A Store is a named key space for what the packages above make from the case
// and can make again: sealed, and never trusted. It may be found empty at any
// opening; Case.Generation tells when that has happened. Its methods may be
// called by several goroutines at once.
type Store struct {
	c    *Case
	name string
}

// KV is a key of a store and its value.
type KV struct{ Key, Value []byte }

// Store gives the key space of that name.
func (c *Case) Store(name string) *Store { return &Store{c, "store " + name} }

// Generation changes whenever the stores were emptied behind the back of their
// owners, because Badger lost or damaged them or somebody removed the folder.
func (c *Case) Generation() uint64 { return c.records.generation.Load() }

func (s *Store) sealer() sealer { return s.c.records.sealer() }

func (s *Store) opaque(key []byte) ([]byte, error) {
	space, err := s.sealer().space(s.name)
	if err != nil {
		return nil, err
	}
	return s.sealer().key(space, key)
}

// Get gives the value of a key: ErrNotFound when there is none, ErrDamaged
// when it does not open any more.
func (s *Store) Get(key []byte) ([]byte, error) {
	opaque, err := s.opaque(key)
	if err != nil {
		return nil, err
	}
	sealed, err := s.c.records.engine.get(opaque)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	_, value, err := s.sealer().open(opaque, sealed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", s.name, ErrDamaged, err)
	}
	return value, nil
}

// Put sets the value of a key.
func (s *Store) Put(key, value []byte) error {
	b := s.Batch()
	if err := b.Put(key, value); err != nil {
		return err
	}
	return b.Commit()
}

// Delete removes a key; one that is not there is no error.
func (s *Store) Delete(key []byte) error {
	b := s.Batch()
	if err := b.Delete(key); err != nil {
		return err
	}
	return b.Commit()
}

// Drop removes everything in the store.
func (s *Store) Drop() error {
	space, err := s.sealer().space(s.name)
	if err != nil {
		return err
	}
	if err := s.c.records.engine.drop(space); err != nil {
		return fmt.Errorf("%s: drop: %w", s.name, err)
	}
	return nil
}

// Scan yields every key that begins with prefix, in no particular order: the
// order on disk is that of the opaque keys. A value that does not open is
// yielded as ErrDamaged, and the scan goes on.
func (s *Store) Scan(prefix []byte) iter.Seq2[KV, error] {
	return func(yield func(KV, error) bool) {
		space, err := s.sealer().space(s.name)
		if err != nil {
			yield(KV{}, err)
			return
		}
		stopped := errors.New("stopped")
		err = s.c.records.engine.scan(space, func(opaque, sealed []byte) error {
			key, value, err := s.sealer().open(opaque, sealed)
			if err != nil {
				err = fmt.Errorf("%s: %w: %w", s.name, ErrDamaged, err)
			} else if !bytes.HasPrefix(key, prefix) {
				return nil
			}
			if !yield(KV{key, value}, err) {
				return stopped
			}
			return nil
		})
		if err != nil && err != stopped {
			yield(KV{}, fmt.Errorf("%s: %w", s.name, err))
		}
	}
}

// A WriteBatch gathers changes of one store and writes them in as few commits
// as it takes. It is not one act: after a crash a part may be there. It is for
// one goroutine.
type WriteBatch struct {
	s       *Store
	changes []change
	size    int
}

// batchBytes is how much a WriteBatch holds before it writes.
const batchBytes = 8 << 20

// maxValue is how long a value may be: it has to fit Badger's files many times.
const maxValue = 16 << 20

// Batch begins a set of changes.
func (s *Store) Batch() *WriteBatch { return &WriteBatch{s: s} }

// Put sets the value of a key. Both may be used again afterwards.
func (b *WriteBatch) Put(key, value []byte) error {
	if len(value) > maxValue {
		return fmt.Errorf("%s: a value of %d bytes: may have %d", b.s.name, len(value), maxValue)
	}
	opaque, err := b.s.opaque(key)
	if err != nil {
		return err
	}
	sealed, err := b.s.sealer().seal(opaque, key, value)
	if err != nil {
		return err
	}
	return b.add(change{opaque, sealed})
}

// Delete removes a key.
func (b *WriteBatch) Delete(key []byte) error {
	opaque, err := b.s.opaque(key)
	if err != nil {
		return err
	}
	return b.add(change{key: opaque})
}

func (b *WriteBatch) add(c change) error {
	b.changes = append(b.changes, c)
	b.size += len(c.key) + len(c.value)
	if b.size < batchBytes {
		return nil
	}
	return b.Commit()
}

// Commit writes what was gathered; the batch can be used again.
func (b *WriteBatch) Commit() error {
	err := b.s.c.records.engine.write(b.changes)
	b.changes, b.size = b.changes[:0], 0
	if err != nil {
		return fmt.Errorf("%s: write: %w", b.s.name, err)
	}
	return nil
}
