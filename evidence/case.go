package evidence

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"daybook/evidence/disk"
	"daybook/evidence/journal"
	"daybook/evidence/keys"
)

// Progress is told how far long work has come, at most ten times a second.
type Progress func(done, total int64, what string)

// CreateOptions says what a new case is called and what opens it.
type CreateOptions struct {
	Title string
	Zone  string // IANA name of the time zone that the case is told in; empty is UTC
	Actor string // who works on it, as they name themself

	Passphrase string
	Words      keys.Words
	Recipients []string  // age recipients of trusted people
	KDF        keys.Cost // zero: the default
	Weak       bool      // accept a passphrase that can be guessed

	Device, Version string  // journaled with each entry
	FS              disk.FS // nil: the real one
}

// OpenOptions says who opens a case.
type OpenOptions struct {
	Actor           string
	Device, Version string
	FS              disk.FS  // nil: the real one
	Progress        Progress // of a rebuild; may be nil
}

// A Case is an open case folder. Its methods may be called by several
// goroutines at once.
type Case struct {
	dir   string
	fs    disk.FS
	about about
	zone  *time.Location
	actor string

	unlock    func() error
	ring      *keys.Ring
	log       *journal.Log
	room      *room
	originals *originals
	records   *records
	copies    *copies
	copier    atomic.Pointer[copier]
	tables    sync.Pool // of *worktable

	mu        sync.Mutex   // one writer of journal and records
	erasing   sync.RWMutex // held for writing while a key is destroyed
	healing   sync.Mutex   // one heals at a time
	drafting  sync.Mutex   // one writer of drafts
	picturing sync.Mutex   // one writer of pictures for pages
	items     atomic.Int64
	stopped   atomic.Pointer[string] // why nothing is written any more

	forgotten uint64   // entries of another state of the journal, which the records had followed
	recovered []string // what the opening found and did

	batchesMu sync.Mutex
	batches   map[*Batch]bool
	closed    bool
}

// about is the detail of the first entry.
type about struct {
	Case  string `json:"case"`
	Title string `json:"title"`
	Zone  string `json:"zone,omitempty"`
	// Signer is the fingerprint of the key that signs for the case, so that a
	// journal names its key; older cases do not have it.
	Signer string `json:"signer,omitempty"`
}

// Create makes a case in the folder dir, which does not exist or is empty.
func Create(dir string, o CreateOptions) (*Case, error) {
	fsys := orOS(o.FS)
	if _, err := time.LoadLocation(o.Zone); err != nil {
		return nil, fmt.Errorf("zone %q: %w", o.Zone, err)
	}
	if err := o.policy().Check(o.Passphrase); err != nil && o.Passphrase != "" {
		return nil, err
	}
	if err := mustBeEmpty(fsys, dir); err != nil {
		return nil, err
	}
	_, missing := fsys.Stat(dir)
	if err := fsys.MkdirAll(filepath.Join(dir, "originals")); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if err := fsys.SyncDir(filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	c := newCase(fsys, dir, o.Actor)
	if err := c.create(o); err != nil {
		held := c.unlock != nil
		err = errors.Join(fmt.Errorf("%s: %w", dir, c.full(err)), c.abandon())
		if held {
			err = errors.Join(err, clearCreated(fsys, dir, missing != nil)) // and no half case is in the way of the next try
		}
		return nil, err
	}
	return c, nil
}

func (o CreateOptions) policy() keys.Policy { return keys.Policy{Cost: o.KDF, Weak: o.Weak} }

// clearCreated takes away what a Create that failed has made in a folder that
// was empty, or was not there.
func clearCreated(fsys disk.FS, dir string, whole bool) error {
	if whole {
		return fsys.RemoveAll(dir)
	}
	list, err := fsys.ReadDir(dir)
	for _, e := range list {
		err = errors.Join(err, fsys.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

func orOS(fsys disk.FS) disk.FS {
	if fsys == nil {
		return disk.OS
	}
	return fsys
}

func mustBeEmpty(fsys disk.FS, dir string) error {
	list, err := fsys.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if len(list) > 0 {
		return fmt.Errorf("%s: %w", dir, ErrExists)
	}
	return nil
}

func newCase(fsys disk.FS, dir, actor string) *Case {
	return &Case{
		dir: dir, fs: fsys, actor: actor,
		room:    &room{fs: fsys, dir: dir},
		tables:  sync.Pool{New: newWorktable},
		batches: map[*Batch]bool{},
	}
}

func (c *Case) create(o CreateOptions) error {
	if err := c.lock(); err != nil {
		return err
	}
	defer debug.FreeOSMemory() // what slows a guess down takes much of it
	ring, err := keys.Create(c.fs, c.dir, keys.Options{
		Policy:     o.policy(),
		Passphrase: o.Passphrase, Words: o.Words, Recipients: o.Recipients,
	})
	if err != nil {
		return err
	}
	c.ring, c.originals = ring, newOriginals(c.fs, c.dir, ring)
	if c.log, err = journal.Create(c.fs, c.dir, ring, c.journalOptions(o.Device, o.Version)); err != nil {
		return err
	}
	if err := c.room.keep(); err != nil {
		return err
	}
	if err := c.openStore(nil); err != nil {
		return err
	}
	signer, err := keys.Fingerprint(ring.SignerPublic())
	if err != nil {
		return err
	}
	c.about = about{Case: ring.ID(), Title: o.Title, Zone: o.Zone, Signer: signer}
	if _, err := c.record(context.Background(), Draft{ActionCreate, nil, c.about}); err != nil {
		return err
	}
	return c.ready()
}

func (c *Case) journalOptions(device, version string) journal.Options {
	return journal.Options{Actor: c.actor, Device: device, Version: version}
}

func (c *Case) lock() error {
	unlock, err := c.fs.Lock(filepath.Join(c.dir, "lock"))
	if errors.Is(err, disk.ErrLocked) {
		return ErrInUse
	}
	if err != nil {
		return err
	}
	c.unlock = unlock
	return nil
}

// lockIfWritable opens a case on a medium that cannot be written, such as a
// disc handed over, without a lock and for reading only.
func (c *Case) lockIfWritable() error {
	err := c.lock()
	if errors.Is(err, fs.ErrPermission) || disk.IsReadOnly(err) {
		c.stopWriting("the folder of the case cannot be written; copy it to another disk to go on working in it")
		return nil
	}
	return err
}

// Open opens the case in the folder dir.
func Open(dir string, u keys.Unlock, o OpenOptions) (*Case, error) {
	fsys := orOS(o.FS)
	c := newCase(fsys, dir, o.Actor)
	if err := c.mustBeCase(); err != nil {
		return nil, err
	}
	if err := c.open(u, o); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, c.full(err)), c.abandon())
	}
	return c, nil
}

func (c *Case) mustBeCase() error {
	for _, name := range []string{keys.FileName, keys.BackupName} {
		_, err := c.fs.Stat(filepath.Join(c.dir, name))
		if err == nil {
			return nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", c.dir, err)
		}
	}
	return fmt.Errorf("%s: %w", c.dir, ErrNoCase)
}

func (c *Case) open(u keys.Unlock, o OpenOptions) error {
	if err := c.lockIfWritable(); err != nil {
		return err
	}
	ring, err := keys.Open(c.fs, c.dir, u)
	debug.FreeOSMemory() // what slows a guess down takes much of it
	if errors.Is(err, keys.ErrDamaged) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err != nil {
		return err
	}
	c.ring, c.originals = ring, newOriginals(c.fs, c.dir, ring)
	log, recovery, err := journal.Open(context.Background(), c.fs, c.dir, ring, c.journalOptions(o.Device, o.Version))
	if err != nil {
		return err
	}
	c.log = log
	if err := c.readAbout(); err != nil {
		return err
	}
	if err := c.makeRoom(); err != nil {
		return err
	}
	if err := c.openStore(o.Progress); err != nil {
		return err
	}
	if err := c.recover(recovery); err != nil {
		return err
	}
	return c.ready()
}

// makeRoom sees to it that there is room to work in. On a full disk the case is
// opened for reading only.
func (c *Case) makeRoom() error {
	if ok, _ := c.writable(); !ok {
		return nil
	}
	if err := c.room.keep(); err != nil {
		return err
	}
	err := c.room.need(openMargin+writeMargin, "to work in the case")
	if errors.Is(err, ErrFull) {
		c.stopWriting(err.Error())
		return nil
	}
	return err
}

// readAbout reads the first entry, which says what the case is called. In a
// journal with entries missing, that one may be.
func (c *Case) readAbout() error {
	c.about.Case = c.ring.ID()
	damaged := c.log.ReadOnly() != ""
	for e, err := range c.log.From(context.Background(), 0) {
		if err == nil {
			err = json.Unmarshal(e.Detail, &c.about)
		}
		if c.actor == "" {
			c.actor = e.Actor // who made the case keeps it, unless somebody says otherwise
		}
		if err != nil && !damaged {
			return fmt.Errorf("journal: entry 0: %w", err)
		}
		return nil
	}
	if damaged {
		return nil
	}
	return fmt.Errorf("the making of this case was cut short and there is nothing in it: remove the folder and make the case again: %w", ErrNoCase)
}

// ready starts what works beside the case.
func (c *Case) ready() error {
	zone, err := time.LoadLocation(c.about.Zone)
	if err != nil {
		zone = time.UTC // a zone that this machine does not know; Zone says UTC then
	}
	c.zone = zone
	c.copier.Store(startCopier(c))
	return nil
}

// Dir is the case folder.
func (c *Case) Dir() string { return c.dir }

// ID is the random identifier of the case.
func (c *Case) ID() string { return c.about.Case }

// Title is what the case was called when it was made.
func (c *Case) Title() string { return c.about.Title }

// Zone is the time zone that the case is told in.
func (c *Case) Zone() *time.Location { return c.zone }

// Actor is who opened the case, as they named themself.
func (c *Case) Actor() string { return c.actor }

// ReadOnly tells whether the case can only be read, and why, in a sentence.
func (c *Case) ReadOnly() (bool, string) {
	ok, why := c.writable()
	return !ok, why
}

// Missing tells whether entries of the journal that were acknowledged are gone:
// what is read from the case is then not all that was put into it.
func (c *Case) Missing() bool { return c.log.Missing() }

// Recovered tells what the opening found after a use that did not end in order,
// or was damaged, and what it did, in sentences; what was done to the key files,
// the journal and the originals stands in the journal too.
func (c *Case) Recovered() []string { return c.recovered }

func (c *Case) writable() (bool, string) {
	if why := c.stopped.Load(); why != nil {
		return false, *why
	}
	if why := c.log.ReadOnly(); why != "" {
		return false, why
	}
	return true, ""
}

// stopWriting makes the case read-only until it is opened again. The first
// reason stands.
func (c *Case) stopWriting(why string) { c.stopped.CompareAndSwap(nil, &why) }

// Head tells how far the journal goes.
func (c *Case) Head() journal.Head { return c.log.Head() }

// Checkpoint gives the signed head of the journal, to be kept elsewhere; the
// extra lines are signed with it.
func (c *Case) Checkpoint(extra ...string) ([]byte, error) { return c.log.Checkpoint(extra...) }

// HeadQR is the head of the journal as a QR code to be kept elsewhere.
func (c *Case) HeadQR() (journal.QR, error) { return journal.HeadQR(c.log.Origin(), c.log.Head()) }

// VerifierKey is the public key in the form that checkers of signed notes take.
func (c *Case) VerifierKey() string { return c.log.VerifierKey() }

// WriteChain writes the public skeleton of the journal, whole.
func (c *Case) WriteChain(ctx context.Context, w io.Writer) error { return c.log.WriteChain(ctx, w) }

// SignerPublic is the key that checkpoints and Sign can be checked with.
func (c *Case) SignerPublic() ed25519.PublicKey { return c.ring.SignerPublic() }

// Sign signs with the case's own key.
func (c *Case) Sign(message []byte) ([]byte, error) { return c.ring.Sign(message) }

// Phrase is the head of the journal as words that can be read aloud.
func (c *Case) Phrase() string { return journal.Phrase(c.log.Head().Hash) }
