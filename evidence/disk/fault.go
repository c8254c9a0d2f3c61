package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// ErrPowerLost is what a file says that was open when the power went.
var ErrPowerLost = errors.New("the power was lost")

// Fault is a file system for tests that can lose what was not synced, fail at
// a chosen call and be full. It works over real folders, so that what does not
// come through it (Badger, a test that flips a bit) sees the same files; it
// keeps in memory what of them is safe. Files that were there before are safe.
//
// Two things are simpler than on a disk: RemoveAll, and the renaming of a
// folder, are safe at once.
type Fault struct {
	mu       sync.Mutex
	steps    []string
	failure  failure
	capacity int64 // bytes of all files, 0 for no limit
	epoch    int   // power losses so far: files opened before are dead
	unlocks  []func() error

	live   map[string]*node // what a program sees
	safe   map[string]*node // what a power loss leaves of the names
	unsafe []nameChange     // names changed and not synced, in order
}

var _ FS = (*Fault)(nil)

// failure says which call fails and how.
type failure struct {
	call    int // 1 is the first; 0 for none
	err     error
	forever bool
	short   bool
}

// NewFault gives a file system on which nothing fails yet.
func NewFault() *Fault {
	return &Fault{live: map[string]*node{}, safe: map[string]*node{}}
}

// FailAt lets the call with that number fail with err, counted from 1 and from
// now; with forever also every call after it. A write that fails has written
// half of its bytes.
func (d *Fault) FailAt(call int, err error, forever bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.steps = nil
	d.failure = failure{call: call, err: err, forever: forever}
}

// ShortAt lets the call with that number, if it is a write, write half and say
// so (io.ErrShortWrite).
func (d *Fault) ShortAt(call int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.steps = nil
	d.failure = failure{call: call, err: io.ErrShortWrite, short: true}
}

// Heal ends every failure and forgets the count.
func (d *Fault) Heal() { d.FailAt(0, nil, false) }

// Steps lists the calls since the last FailAt, ShortAt or Heal: "sync frames".
func (d *Fault) Steps() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.steps...)
}

// SetCapacity makes the disk that large; 0 takes the limit away.
func (d *Fault) SetCapacity(bytes int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.capacity = bytes
}

// step counts a call and tells whether it fails.
func (d *Fault) step(what, name string) error {
	d.steps = append(d.steps, what+" "+filepath.Base(name))
	f := d.failure
	n := len(d.steps)
	hit := f.call > 0 && (n == f.call || f.forever && n > f.call)
	if !hit || f.short && what != "write" {
		return nil
	}
	return fmt.Errorf("%s %s: %w", what, filepath.Base(name), f.err)
}

// PowerLoss takes the power away: every open file is dead, locks are free, and
// of what was not synced a part is lost that the seed chooses. Seeds that end
// in 0 lose all of it and those that end in 1 nothing; any other loses some
// names, some writes, and may cut the last write of a file short.
func (d *Fault) PowerLoss(seed uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	luck := &luck{rand.New(rand.NewPCG(seed, 1)), seed % 10}
	d.epoch++
	d.failure, d.steps = failure{}, nil
	var all error
	for _, unlock := range d.unlocks {
		all = errors.Join(all, unlock())
	}
	d.unlocks = nil
	return errors.Join(all, d.lose(luck))
}

// luck decides what survives.
type luck struct {
	*rand.Rand
	digit uint64
}

func (l *luck) kept() bool {
	switch l.digit {
	case 0:
		return false
	case 1:
		return true
	}
	return l.IntN(2) == 0
}

// Create and the methods after it are those of FS.
func (d *Fault) Create(name string) (File, error) {
	return d.open("create", name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

func (d *Fault) OpenAppend(name string) (File, error) {
	return d.open("open", name, os.O_RDWR|os.O_CREATE|os.O_APPEND)
}

func (d *Fault) Open(name string) (File, error) { return d.open("open", name, os.O_RDONLY) }

func (d *Fault) OpenRW(name string) (File, error) { return d.open("open", name, os.O_RDWR) }

func (d *Fault) open(what, name string, flag int) (File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name = filepath.Clean(name)
	if err := d.step(what, name); err != nil {
		return nil, err
	}
	d.adopt(name)
	f, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	n := d.live[name]
	if n == nil {
		n = &node{}
		d.live[name] = n
		d.unsafe = append(d.unsafe, nameChange{change: created, name: name, node: n})
	}
	return &faultFile{File: f, disk: d, node: n, epoch: d.epoch, appends: flag&os.O_APPEND != 0}, nil
}

func (d *Fault) Rename(old, new string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	old, new = filepath.Clean(old), filepath.Clean(new)
	if err := d.step("rename", new); err != nil {
		return err
	}
	if info, err := os.Stat(old); err == nil && info.IsDir() {
		return d.renameFolder(old, new)
	}
	d.adopt(old)
	d.adopt(new)
	if err := os.Rename(old, new); err != nil {
		return err
	}
	n := d.live[old]
	delete(d.live, old)
	d.live[new] = n
	d.unsafe = append(d.unsafe, nameChange{change: renamed, old: old, name: new, node: n})
	return nil
}

func (d *Fault) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	name = filepath.Clean(name)
	if err := d.step("remove", name); err != nil {
		return err
	}
	d.adopt(name)
	if err := os.Remove(name); err != nil {
		return err
	}
	if n := d.live[name]; n != nil {
		delete(d.live, name)
		d.unsafe = append(d.unsafe, nameChange{change: removed, name: name, node: n})
	}
	return nil
}

func (d *Fault) RemoveAll(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("removeall", name); err != nil {
		return err
	}
	d.forget(filepath.Clean(name))
	return os.RemoveAll(name)
}

func (d *Fault) MkdirAll(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	name = filepath.Clean(name)
	if err := d.step("mkdir", name); err != nil {
		return err
	}
	var made []string
	for at := name; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, at)
	}
	if err := os.MkdirAll(name, 0o700); err != nil {
		return err
	}
	for i := len(made) - 1; i >= 0; i-- {
		d.unsafe = append(d.unsafe, nameChange{change: madeFolder, name: made[i]})
	}
	return nil
}

func (d *Fault) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("readdir", name); err != nil {
		return nil, err
	}
	return os.ReadDir(name)
}

func (d *Fault) Stat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("stat", name); err != nil {
		return nil, err
	}
	return os.Stat(name)
}

func (d *Fault) SyncDir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("syncdir", name); err != nil {
		return err
	}
	d.syncNames(filepath.Clean(name))
	return nil
}

func (d *Fault) Free(name string) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("free", name); err != nil {
		return 0, err
	}
	if d.capacity == 0 {
		return free(name)
	}
	return uint64(max(d.capacity-d.used(), 0)), nil
}

func (d *Fault) Lock(name string) (func() error, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("lock", name); err != nil {
		return nil, err
	}
	unlock, err := OS.Lock(name)
	if err != nil {
		return nil, err
	}
	once := sync.OnceValue(unlock)
	d.unlocks = append(d.unlocks, once)
	return once, nil
}

// used is the size of all files that came through here.
func (d *Fault) used() int64 {
	var sum int64
	for _, n := range d.live {
		sum += n.size
	}
	return sum
}

// room tells how many of n more bytes fit.
func (d *Fault) room(n int64) (int64, error) {
	if d.capacity == 0 || n <= 0 {
		return max(n, 0), nil
	}
	left := max(d.capacity-d.used(), 0)
	if n <= left {
		return n, nil
	}
	return left, syscall.ENOSPC
}
