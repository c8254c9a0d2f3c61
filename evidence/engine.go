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
)

// openTries is how often an opening is tried: after a kill, Badger's first
// opening now and then fails over a file that its second finds in order.
const openTries = 3

// An engine is one Badger folder. Beside it stands a state file, which tells
// the next opening how this one ended: in order, with the sums of Badger's
// files; while it was being opened; or while it was open. Badger does not
// survive some damage to its files: it takes the process down. So damaged files
// are found by their sums and never shown to it, and a folder that it died over
// is not shown to it again.
type engine struct {
	fs    disk.FS
	path  string
	opts  badger.Options
	room  *room
	boot  string // names the time since this machine was started
	hardy bool   // believed after a loss of power: its owner looks at each value
	light *shelf // kept in memory instead: the folder cannot be written
	db    *badger.DB

	torn  bool // the last use did not end in order
	fresh bool // the folder was made just now and is empty

	gate   gate         // lets users in while the folder is open
	writes sync.RWMutex // held for reading by writers; a drop wants no writer beside it
}

// How a use of the folder ended.
const (
	stateOpening = "opening" // it did not: Badger died, or was killed, over it
	stateOpen    = "open"    // it did not: the process ended
	stateClosed  = "closed"  // in order; the sums of the files follow
)

// start opens the folder, or makes an empty one. A folder that is not to be
// believed is moved aside and an empty one takes its place: what was in it is
// made again by the caller, who learns of it from fresh.
func (e *engine) start() error {
	if e.light != nil {
		e.fresh = true
		e.gate.unlock()
		return nil
	}
	if err := e.room.need(openMargin, "open the working store"); err != nil {
		return err
	}
	if err := e.fs.MkdirAll(filepath.Dir(e.path)); err != nil {
		return fmt.Errorf("working store: %w", err)
	}
	there, err := e.there()
	if err != nil {
		return fmt.Errorf("working store: %w", err)
	}
	e.torn, e.fresh = false, !there
	if there {
		if err := e.judge(); err != nil {
			return fmt.Errorf("working store: %w", err)
		}
	}
	if err := e.setState(stateOpening); err != nil {
		return err
	}
	if err := e.load(); err != nil {
		if aerr := e.aside(); aerr != nil {
			return errors.Join(err, aerr)
		}
		if err := e.load(); err != nil {
			return fmt.Errorf("working store: make a new one: %w", err)
		}
	}
	return e.setState(stateOpen)
}

// there tells whether Badger has a folder at all.
func (e *engine) there() (bool, error) {
	_, err := e.fs.Stat(e.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// judge moves the folder aside when it is not to be believed: Badger died over
// it, its files are not those that were closed in order, or the machine went
// down while it was open, so that mapped pages may be lost.
func (e *engine) judge() error {
	state, said, err := e.state()
	if err != nil {
		return err
	}
	e.torn = state != stateClosed
	switch state {
	case stateOpen:
		if said == e.boot || e.hardy {
			return nil
		}
	case stateClosed:
		sums, err := fileSums(e.path)
		if err != nil {
			return err
		}
		if sums == said {
			return nil
		}
	}
	return e.aside()
}

// load gives Badger its tries.
func (e *engine) load() error {
	opts := e.opts.WithDir(e.path).WithValueDir(e.path)
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

// stop closes the folder in order.
func (e *engine) stop() error {
	if !e.gate.lock() {
		return nil
	}
	if e.light != nil {
		return nil
	}
	err := closeBadger(e.db)
	e.db = nil
	if err != nil {
		return fmt.Errorf("working store: close: %w", err)
	}
	sums, err := fileSums(e.path)
	if err != nil {
		return fmt.Errorf("working store: close: %w", err)
	}
	return e.writeState(stateClosed + "\n" + sums)
}

// aside moves the folder away, for a person to look at or throw away; one such
// folder is kept.
func (e *engine) aside() error {
	e.torn, e.fresh = true, true
	if err := e.dropAside(); err != nil {
		return fmt.Errorf("remove the one set aside before: %w", err)
	}
	err := e.fs.Rename(e.path, e.path+".bad")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("set the damaged one aside: %w", err)
	}
	return nil
}

// dropAside removes what aside has moved away.
func (e *engine) dropAside() error { return e.fs.RemoveAll(e.path + ".bad") }

// renew drops everything and starts with an empty folder.
func (e *engine) renew() error {
	// How it closes does not matter: nothing of it is kept.
	_ = e.stop()
	if e.light != nil {
		e.light.drop(nil)
		return e.start()
	}
	if err := e.aside(); err != nil {
		return fmt.Errorf("working store: %w", err)
	}
	return e.start()
}

// clear removes the folder and its state: there never was one.
func (e *engine) clear() error {
	if e.light != nil {
		return nil
	}
	return errors.Join(e.fs.RemoveAll(e.path), e.fs.RemoveAll(e.stateFile()), e.dropAside())
}

func (e *engine) stateFile() string { return e.path + ".state" }

func (e *engine) setState(state string) error { return e.writeState(state + "\n" + e.boot) }

// writeState is not synced. It need not be: after a loss of power any earlier
// state is safe, for the sums do not agree or the boot does not.
func (e *engine) writeState(text string) error {
	tmp := e.stateFile() + tempSuffix
	if err := e.fs.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("working store: %w", err)
	}
	f, err := e.fs.Create(tmp)
	if err != nil {
		return fmt.Errorf("working store: %w", err)
	}
	_, err = f.Write([]byte(text))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("working store: %w", errors.Join(err, e.fs.Remove(tmp)))
	}
	return e.fs.Rename(tmp, e.stateFile())
}

// state reads the state file: what it says first, and the rest. One that is
// missing or cut says nothing.
func (e *engine) state() (state, said string, err error) {
	data, err := disk.ReadFile(e.fs, e.stateFile(), 16<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	state, said, _ = strings.Cut(string(data), "\n")
	return state, said, nil
}
