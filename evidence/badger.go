package evidence

import (
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// openMargin is the room a Badger folder needs before it may be opened, and
// writeMargin what stays free beside each write: Badger writes through mapped
// memory, where a full disk is no error but the end of the process.
const (
	openMargin  = 96 << 20
	writeMargin = 64 << 20
)

// recordOptions are for many small values; those from 4 KiB on lie in the value
// log, since a compaction holds several times what its tables hold. Badger need
// not verify its tables: their sums were compared before.
func recordOptions() badger.Options {
	return badger.DefaultOptions("").
		WithLogger(nil).
		WithMetricsEnabled(false).
		WithCompression(options.None). // sealed bytes do not compress
		WithMemTableSize(8 << 20).
		WithNumMemtables(2).
		WithBlockCacheSize(0).
		WithIndexCacheSize(0).
		WithNumCompactors(2).
		WithNumVersionsToKeep(1).
		WithDetectConflicts(false).
		WithValueThreshold(4 << 10).
		WithValueLogFileSize(64 << 20)
}

// copyOptions are for pieces of originals: the pieces lie in value logs, only
// their places go through the tables. A value log is full when its session is
// over, so that the next opening finds an empty one: it reads the last through.
func copyOptions() badger.Options {
	return recordOptions().
		WithMemTableSize(2 << 20).
		WithValueThreshold(1 << 10).
		WithValueLogFileSize(sessionBytes)
}

// checkOptions are for the records that a check makes to compare with.
func checkOptions() badger.Options {
	return recordOptions().
		WithMemTableSize(2 << 20).
		WithValueThreshold(64 << 10).
		WithValueLogFileSize(16 << 20)
}

// get reads one value; badger.ErrKeyNotFound when there is none.
func (e *engine) get(key []byte) ([]byte, error) {
	if err := e.gate.enter(); err != nil {
		return nil, err
	}
	defer e.gate.leave()
	if e.light != nil {
		return e.light.get(key)
	}
	var value []byte
	err := e.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get(key)
		if err != nil {
			return err
		}
		value, err = item.ValueCopy(nil)
		return err
	})
	return value, err
}

// write carries out changes in as few commits as Badger allows. They are not
// one act: after a crash some may be there and others not.
func (e *engine) write(changes []change) error {
	var size int64
	for _, c := range changes {
		size += int64(len(c.key) + len(c.value))
	}
	if err := e.gate.enter(); err != nil {
		return err
	}
	defer e.gate.leave()
	if e.light != nil {
		e.light.write(changes)
		return nil
	}
	if err := e.room.need(writeMargin+2*uint64(size), "write the working store"); err != nil {
		return err
	}
	e.writes.RLock()
	defer e.writes.RUnlock()
	wb := e.db.NewWriteBatch()
	defer wb.Cancel()
	for _, c := range changes {
		var err error
		if c.value == nil {
			err = wb.Delete(c.key)
		} else {
			err = wb.Set(c.key, c.value)
		}
		if err != nil {
			return err
		}
	}
	return wb.Flush()
}

// A change is a new value for a key, or none.
type change struct{ key, value []byte }

// drop removes every key with the prefix, tables and all.
func (e *engine) drop(prefix []byte) error {
	if err := e.gate.enter(); err != nil {
		return err
	}
	defer e.gate.leave()
	if e.light != nil {
		e.light.drop(prefix)
		return nil
	}
	e.writes.Lock()
	defer e.writes.Unlock()
	return e.db.DropPrefix(prefix)
}

// scan gives every key with the prefix and its value; both are the callee's.
func (e *engine) scan(prefix []byte, each func(key, value []byte) error) error {
	if err := e.gate.enter(); err != nil {
		return err
	}
	defer e.gate.leave()
	if e.light != nil {
		return e.light.scan(prefix, each)
	}
	return e.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix = prefix
		opts.PrefetchSize = 16
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			value, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			if err := each(it.Item().KeyCopy(nil), value); err != nil {
				return err
			}
		}
		return nil
	})
}

// sync makes what was written safe from a power loss, where the system can.
func (e *engine) sync() error {
	if err := e.gate.enter(); err != nil {
		return err
	}
	defer e.gate.leave()
	if e.light != nil {
		return nil
	}
	return e.db.Sync()
}

// empty tells whether there is no key at all.
func (e *engine) empty() (bool, error) {
	found := errors.New("found")
	err := e.scan(nil, func(_, _ []byte) error { return found })
	if errors.Is(err, found) {
		return false, nil
	}
	return err == nil, err
}

// closeTime is how long Badger may take to close. It tries for ever to write
// what it holds when its disk is gone: a stick pulled out must not keep a
// person from locking the case. What is not written is made again.
const closeTime = 20 * time.Second

func closeBadger(db *badger.DB) error {
	done := make(chan error, 1)
	go func() { done <- db.Close() }()
	select {
	case err := <-done:
		return err
	case <-time.After(closeTime):
		return fmt.Errorf("not closed in %s; its disk may be gone, and it is made again when the case is opened", closeTime)
	}
}
