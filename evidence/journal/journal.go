// Package journal holds the append-only log of a case: what people did and
// said, in order, each entry bound to the one before it.
//
// The folder journal has the frames (one sealed body after another), a mirror
// of them byte for byte, and two head files that say by turns how far the
// journal is acknowledged. Beside it chain.txt is the public skeleton: a line
// for each entry with the hash of the line before and the salted hash of the
// body. It is made from the frames and can always be made again.
//
// An entry is acknowledged when Append has returned: the frames are synced,
// the mirror is synced, the head is synced. What was acknowledged is never cut
// off; what was not is kept as a file, reported, and then cut. A flipped bit in
// one copy is healed from the other.
//
// The package knows nothing of what an entry means. It cannot tell that the
// whole folder was put back to an earlier day: only a checkpoint that somebody
// else keeps can. Before its first such checkpoint an entry's time is what this
// machine's clock said, and no more.
package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

var (
	// ErrReadOnly means that the journal may be read and not written: part of
	// what was acknowledged is missing, or a repair could not be written.
	ErrReadOnly = errors.New("the journal is open for reading only")
	// ErrBroken means that a write failed in a way that leaves its outcome
	// open: nothing more is written until the journal is opened again.
	ErrBroken = errors.New("an earlier write to the journal failed: close the case and open it again")
	// ErrMissing means that an acknowledged entry cannot be read from either
	// copy.
	ErrMissing = errors.New("this entry of the journal is damaged in both copies")
	// ErrTooLong means that an entry does not fit a frame.
	ErrTooLong = errors.New("too long for one entry of the journal")
	// ErrExists means that the folder has a journal already.
	ErrExists = errors.New("there is a journal here already")
	errClosed = errors.New("the journal is closed")
)

// Entry is one line of the journal, as read back.
type Entry struct {
	Seq     uint64        // 0, 1, 2 …
	Time    time.Time     // the machine's wall clock with its zone offset
	Mono    time.Duration // since Boot began, by a clock that nobody sets
	Boot    string        // names the period that Mono counts in
	Jump    time.Duration // how far the wall clock moved against Mono since the entry before; 0 when not noticed
	Actor   string        // as the person named themself
	Action  string
	Subject json.RawMessage
	Detail  json.RawMessage
	Device  string // the device's key
	Version string // of the program

	Salt [16]byte // hides short bodies from guessing
	Prev [32]byte // SHA-256 of the chain line before, zeros for the first
	Hash [32]byte // SHA-256 of this entry's chain line
	Body []byte   // the very bytes that the chain commits to: one line with its LF
}

// Draft is an entry to be written. Subject and Detail are put down as JSON; a
// nil one is left out.
type Draft struct {
	Actor   string // empty: the actor of the log
	Action  string
	Subject any
	Detail  any
}

// Options says on whose behalf the journal is written.
type Options struct {
	Actor   string
	Device  string
	Version string
	Clock   Clock // nil: the machine's
}

// Head is how far the journal is acknowledged.
type Head struct {
	Count uint64   // entries
	Hash  [32]byte // SHA-256 of the last chain line, zeros when there is none
}

// The files of a journal, from the case folder.
const (
	folder     = "journal"
	framesName = "journal/frames"
	mirrorName = "journal/mirror"
	chainName  = "chain.txt"
)

func headName(slot int) string { return fmt.Sprintf("journal/head.%d", slot) }

// Log is an open journal. One goroutine appends at a time, any number read.
type Log struct {
	fsys  disk.FS
	dir   string
	ring  *keys.Ring
	opt   Options
	acked Head // as it was opened

	mu       sync.Mutex
	state    state
	frames   disk.File
	mirror   disk.File
	chain    disk.File
	heads    [2]disk.File
	readOnly string // why, when it is; does not change once the journal is open
	missing  bool   // acknowledged entries are gone; does not change either
	broken   error
	closed   bool
}

// state is where the journal ends.
type state struct {
	Head
	offsets []int64 // where each frame begins; -1 for one that is missing
	end     int64   // of the frames
	chained int64   // length of chain.txt
	tree    tree    // over the chain lines
	turn    uint64  // of the head that was written last
	clock   reading // when the last entry was written
}

// Head tells how far the journal is acknowledged.
func (l *Log) Head() Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state.Head
}

// Acknowledged is what the head files said at the opening: more than Head when
// entries at the end are missing.
func (l *Log) Acknowledged() Head { return l.acked }

// Broken tells that a write failed in a way that leaves its outcome open.
func (l *Log) Broken() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.broken != nil
}

// ReadOnly tells why nothing can be written, or nothing. It does not wait for
// an entry that is on its way to the disk.
func (l *Log) ReadOnly() string { return l.readOnly }

// Missing tells whether entries that were acknowledged were gone when the
// journal was opened.
func (l *Log) Missing() bool { return l.missing }

func (l *Log) path(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// Close lets the files go. Everything acknowledged is safe already.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	var err error
	if l.chain != nil {
		err = l.chain.Sync()
	}
	return errors.Join(err, l.closeFiles())
}

func (l *Log) closeFiles() error {
	var all error
	for _, f := range []*disk.File{&l.frames, &l.mirror, &l.chain, &l.heads[0], &l.heads[1]} {
		if *f != nil {
			all = errors.Join(all, (*f).Close())
			*f = nil
		}
	}
	return all
}
