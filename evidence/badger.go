package evidence

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"daybook/evidence/disk"

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

// openTries is how often an opening is tried: after a kill, Badger's first
// opening now and then fails over a file that its second finds in order.
const openTries = 3

// An engine is one Badger folder. A marker file beside it stands while it is
// open, so that the next opening knows that this one did not end in order.
type engine struct {
	fs    disk.FS
	path  string // the Badger folder; empty for one in memory
	opts  badger.Options
	room  *room
	boot  string // names the time since this machine was started
	db    *badger.DB
	torn  bool // the last use did not end in order, or there was none
	power bool // … and the machine has started anew since: mapped pages may be lost
	fresh bool // the folder was made just now and is empty

	gate   gate         // lets users in while the folder is open
	writes sync.RWMutex // held for reading by writers; a drop wants no writer beside it
}

// A gate counts who is inside. Closing it keeps others out and waits for those
// inside: Badger takes its mapped memory away under the feet of a reader.
type gate struct {
	mu     sync.Mutex
	inside int
	open   bool
	empty  chan struct{} // set while closing waits
}

func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open {
		return ErrClosed
	}
	g.inside++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

func (g *gate) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = true
}

// lock tells whether the gate was open.
func (g *gate) lock() bool {
	g.mu.Lock()
	was := g.open
	g.open = false
	var empty chan struct{}
	if g.inside > 0 {
		empty = make(chan struct{})
		g.empty = empty
	}
	g.mu.Unlock()
	if empty != nil {
		<-empty
	}
	return was
}

// recordOptions are for many small values, with checksums read at the opening:
// a damaged table then refuses to open and is made again, instead of losing
// keys in silence.
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
		WithValueThreshold(1 << 20).
		WithValueLogFileSize(64 << 20).
		WithChecksumVerificationMode(options.OnTableRead)
}

// copyOptions are for pieces of originals: the pieces lie in value logs, only
// their places go through the tables.
func copyOptions() badger.Options {
	return recordOptions().
		WithMemTableSize(2 << 20).
		WithValueThreshold(1 << 10).
		WithValueLogFileSize(64 << 20)
}

// checkOptions are for the records that a check makes to compare with.
func checkOptions() badger.Options {
	return recordOptions().
		WithMemTableSize(2 << 20).
		WithValueThreshold(64 << 10).
		WithValueLogFileSize(16 << 20)
}

func (e *engine) marker() string { return e.path + ".open" }

// start opens the folder, or makes an empty one. When Badger refuses it for
// good, or died the last time while opening it, the folder is moved aside and
// an empty one takes its place: what was in it is made again by the caller,
// who learns of it by finding it empty.
func (e *engine) start() error {
	if e.path == "" {
		return e.load()
	}
	if err := e.room.need(openMargin, "open the working store"); err != nil {
		return err
	}
	if err := e.fs.MkdirAll(filepath.Dir(e.path)); err != nil {
		return fmt.Errorf("working store: %w", err)
	}
	state, lastBoot, err := e.readMarker()
	if err != nil {
		return err
	}
	e.torn = state != ""
	e.power = e.torn && lastBoot != e.boot
	if state == stateOpening {
		if err := e.aside(); err != nil {
			return err
		}
	}
	if err := e.writeMarker(stateOpening); err != nil {
		return err
	}
	there, err := e.there()
	if err != nil {
		return err
	}
	e.fresh = !there
	if err := e.load(); err != nil {
		if aerr := e.aside(); aerr != nil {
			return errors.Join(err, aerr)
		}
		e.torn, e.fresh = true, true
		if err := e.load(); err != nil {
			return fmt.Errorf("working store: make a new one: %w", err)
		}
	}
	return e.writeMarker(stateOpen)
}

// there tells whether Badger has a folder at all.
func (e *engine) there() (bool, error) {
	_, err := e.fs.Stat(filepath.Join(e.path, badger.ManifestFilename))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// load gives Badger its tries.
func (e *engine) load() error {
	opts := e.opts.WithDir(e.path).WithValueDir(e.path).WithInMemory(e.path == "")
	var err error
	for try := range openTries {
		if try > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		if e.db, err = openBadger(opts); err == nil {
			e.gate.unlock()
			return nil
		}
	}
	return err
}

// openBadger makes an error of a panic: Badger panics over some damaged files.
func openBadger(opts badger.Options) (db *badger.DB, err error) {
	defer func() {
		if p := recover(); p != nil {
			db, err = nil, fmt.Errorf("badger: %v\n%s", p, debug.Stack())
		}
	}()
	return badger.Open(opts)
}

// stop closes the folder in order and takes the marker away.
func (e *engine) stop() error {
	if !e.gate.lock() {
		return nil
	}
	err := e.db.Close()
	e.db = nil
	if err != nil || e.path == "" {
		return err
	}
	return e.fs.Remove(e.marker())
}

// aside moves the folder away, to be looked at or thrown away by a person; one
// such folder is kept.
func (e *engine) aside() error {
	bad := e.path + ".bad"
	if err := e.fs.RemoveAll(bad); err != nil {
		return fmt.Errorf("working store: remove the one set aside before: %w", err)
	}
	err := e.fs.Rename(e.path, bad)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("working store: set the damaged one aside: %w", err)
	}
	return nil
}

// renew drops everything and starts with an empty folder.
func (e *engine) renew() error {
	if err := e.stop(); err != nil && e.path == "" {
		return err
	}
	if e.path == "" {
		return e.load()
	}
	if err := e.aside(); err != nil {
		return err
	}
	return e.start()
}

const (
	stateOpening = "opening"
	stateOpen    = "open"
)

func (e *engine) writeMarker(state string) error {
	return disk.WriteFile(e.fs, e.marker(), []byte(state+" "+e.boot+"\n"))
}

func (e *engine) readMarker() (state, boot string, err error) {
	data, err := disk.ReadFile(e.fs, e.marker(), 1<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("working store: %w", err)
	}
	state, boot, _ = strings.Cut(strings.TrimSpace(string(data)), " ")
	if state != stateOpening {
		state = stateOpen
	}
	return state, boot, nil
}

// get reads one value; badger.ErrKeyNotFound when there is none.
func (e *engine) get(key []byte) ([]byte, error) {
	if err := e.gate.enter(); err != nil {
		return nil, err
	}
	defer e.gate.leave()
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
	if e.path != "" {
		if err := e.room.need(writeMargin+2*uint64(size), "write the working store"); err != nil {
			return err
		}
	}
	if err := e.gate.enter(); err != nil {
		return err
	}
	defer e.gate.leave()
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

// dropAside removes what aside has moved away.
func (e *engine) dropAside() error { return e.fs.RemoveAll(e.path + ".bad") }
