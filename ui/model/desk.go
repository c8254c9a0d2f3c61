// Package model holds what the pages show and what their buttons do, as plain
// values and ready strings. It knows the case, its timeline and the importers;
// it knows no window, no widget and no colour.
package model

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/photo"
	"daybook/importers/pictures"
	"daybook/importers/recording"
	"daybook/report"
	"daybook/timeline"
)

// Desk is what lies open: no case, or one. Lock may be called at any moment from
// any goroutine: work that is under way on the case then ends with an error.
type Desk struct {
	// Readers gives the importers, for a case whose store must be made again;
	// stop ends what they started.
	Readers func(context.Context) (set importers.Set, stop func() error, err error)
	// Pictures gives what makes pictures that can be shown, in a worker; nil: none
	// are. stop ends the worker.
	Pictures func(context.Context) (pictures photo.Pictures, stop func() error, err error)
	// Engine gives what reads words in pictures; nil: none is at hand.
	Engine func(context.Context) (*pictures.Engine, error)
	// Films gives what looks into films and sounds; nil: none is at hand.
	Films   func(context.Context) (*recording.Engine, error)
	Page    report.Pager // makes pictures of pages of PDFs of which a part is painted over; nil: none are made
	Version string
	LawKey  ed25519.PublicKey // by which laws from outside are signed; nil: the program's own
	Weak    bool              // accept a passphrase that can be guessed: tests only
	Cost    keys.Cost         // zero: the default

	mu      sync.Mutex
	c       *evidence.Case
	x       *timeline.Index
	guess   guesses
	inbox   []string // what the opening said of add-only devices
	asked   Asked
	apart   string     // a folder that goes with the case; empty: none
	closing sync.Mutex // held while a case is being closed: the next opening waits for it
}

// ErrLocked means that no case is open.
var ErrLocked = errors.New("no case is open; unlock one first")

// Open tells whether a case lies open.
func (d *Desk) Open() bool {
	_, _, err := d.held()
	return err == nil
}

// held gives the open case and its timeline. What works on them takes them
// once, at its start: a lock in between closes them and does not take them away.
func (d *Desk) held() (*evidence.Case, *timeline.Index, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c == nil {
		return nil, nil, ErrLocked
	}
	return d.c, d.x, nil
}

// Recorded is how many entries the record of the open case has; 0 where none lies open.
func (d *Desk) Recorded() uint64 {
	c, _, err := d.held()
	if err != nil {
		return 0
	}
	return uint64(c.Head().Count)
}

// writable gives the open case and its timeline where they can be written into.
func (d *Desk) writable() (*evidence.Case, *timeline.Index, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, nil, err
	}
	if readOnly, why := c.ReadOnly(); readOnly {
		return nil, nil, errors.New("this case can be read and not changed: " + why)
	}
	return c, x, nil
}

// hold lays an opened case on the desk, unless the work was cancelled: whoever
// locks first cancels, so that no case comes open behind a lock.
func (d *Desk) hold(ctx context.Context, c *evidence.Case, x *timeline.Index) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	d.c, d.x = c, x
	return nil
}

// readLost reads again what the working store has lost, reads what an act of
// adding stored before it was cut short, and takes in what add-only devices have
// added.
func (d *Desk) readLost(ctx context.Context, c *evidence.Case, x *timeline.Index, progress evidence.Progress) (err error) {
	lost := x.NeedsReading()
	short, err := importers.CutShort(ctx, c)
	if readOnly, _ := c.ReadOnly(); readOnly {
		short = nil
	}
	if err != nil {
		return err
	}
	in, err := c.Inbox(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if len(lost)+len(short)+len(in.Arrivals) == 0 {
		d.keepInbox(in.Said())
		return in.Clear(ctx)
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Assume: importers.Assume{Zone: c.Zone()}, Limits: importers.DefaultLimits, Progress: progress}
	if _, err := run.Again(ctx, lost); err != nil {
		return err
	}
	if len(short) > 0 {
		if _, err := run.Resume(ctx); err != nil {
			return err
		}
	}
	if _, err := run.TakeIn(ctx, in); err != nil && ctx.Err() == nil {
		d.keepInbox(append(in.Said(), "What add-only devices have added could not be taken in now; the next opening tries again: "+err.Error()+"."))
		return nil // nobody is kept out of the case by what is to come into it
	}
	d.keepInbox(in.Said())
	return ctx.Err()
}

func (d *Desk) keepInbox(said []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.inbox = inbox(said)
}

// Inbox tells, in sentences, what the opening did not take in of what add-only
// devices have added, and what does not fit together.
func (d *Desk) Inbox() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.inbox
}

// Lock closes the case at once; its keys are wiped. What is left to do beside
// the work (second copies) is done after the next opening.
func (d *Desk) Lock() error {
	d.closing.Lock()
	defer d.closing.Unlock()
	d.mu.Lock()
	c, apart := d.c, d.apart
	d.c, d.x, d.asked, d.apart = nil, nil, Asked{}, ""
	d.mu.Unlock()
	if c == nil {
		return nil
	}
	err := c.Lock()
	if apart != "" {
		err = errors.Join(err, disk.OS.RemoveAll(apart))
	}
	return err
}

// Overview is the head of the case's page.
type Overview struct {
	Title   string
	Summary string // how much of what, in one sentence
	Period  string // first to last day
	Phrase  string // the record so far, in short words
	Note    string // why the case can only be read; empty when it can be written
	Empty   bool   // nothing was added or written yet
}

// Overview gives the head of the case's page.
func (d *Desk) Overview(ctx context.Context) (Overview, error) {
	c, x, err := d.held()
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Title: c.Title(), Phrase: c.Phrase()}
	if o.Title == "" {
		o.Title = "Untitled"
	}
	if readOnly, why := c.ReadOnly(); readOnly {
		o.Note = "This case can be read and not changed: " + why
	}
	found, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return Overview{}, err
	}
	o.Summary = fmt.Sprintf("%s, %s", count(found.Len(), "event"), count(int(c.Len()), "file"))
	o.Empty = found.Len() == 0 && c.Len() == 0
	if n := found.Dated(); n > 0 {
		first, err := found.Rows(0, 1)
		if err != nil {
			return Overview{}, err
		}
		last, err := found.Rows(n-1, 1)
		if err != nil {
			return Overview{}, err
		}
		o.Period = day(first[0].When, x.Zone()) + " to " + day(last[0].When, x.Zone())
	}
	return o, nil
}

func count(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return thousands(n) + " " + of
}

// thousands groups digits: 1,000,000.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Sentence gives an error as a person should read it: one line, its first
// letter large.
func Sentence(err error) string {
	s := oneLine(err.Error())
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
