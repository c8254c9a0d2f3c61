package evidence

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// A shelf stands in for a Badger folder in memory, where the folder of the case
// cannot be written: on a full disk, or on a disc that was handed over.
type shelf struct {
	mu     sync.RWMutex
	values map[string][]byte
}

func newShelf() *shelf { return &shelf{values: map[string][]byte{}} }

func (s *shelf) get(key []byte) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, ok := s.values[string(key)]
	if !ok {
		return nil, badger.ErrKeyNotFound
	}
	return slices.Clone(value), nil
}

func (s *shelf) write(changes []change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		if c.value == nil {
			delete(s.values, string(c.key))
		} else {
			s.values[string(c.key)] = slices.Clone(c.value)
		}
	}
}

func (s *shelf) drop(prefix []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.values, func(key string, _ []byte) bool { return strings.HasPrefix(key, string(prefix)) })
}

// scan gives what there is when it begins; each may write meanwhile.
func (s *shelf) scan(prefix []byte, each func(key, value []byte) error) error {
	s.mu.RLock()
	keys := slices.Sorted(maps.Keys(s.values))
	s.mu.RUnlock()
	for _, key := range keys {
		if !strings.HasPrefix(key, string(prefix)) {
			continue
		}
		value, err := s.get([]byte(key))
		if err != nil {
			continue // removed meanwhile
		}
		if err := each([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}
