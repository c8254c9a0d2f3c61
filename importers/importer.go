// Package importers holds the contract of a source format, the containers
// (folders, zip, tar, gz), and the run that adds files to a case and reads
// them into its timeline. It knows no single format: those are the packages
// below it, listed in importers/all.
//
// An export that came in several archives stays several trees, one for each;
// what one part names and does not hold is found in the others, also when they
// arrive in a later act (parts.go).
//
// To add a format, copy the folder of the one most like it; docs/
// ADDING-AN-IMPORTER.md says the rest.
package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"daybook/timeline"
)

// Importer reads one source format. A value holds no state: it may be used by
// several goroutines, and two runs over the same bytes with the same Assume
// give the same result.
type Importer interface {
	Info() Info
	// Claims tells by path and the first 64 KiB alone; it opens nothing else.
	Claims(Source) bool
	// Import reads the whole source and hands on every record, as an event or
	// as a skip, in the order of the source, from one goroutine.
	//
	// nil: the end was reached. ErrNotMine: nothing was handed on, try the next
	// importer. *Ask: a question must be answered first; nothing was handed on.
	// Any other error: the source is broken from here on; what was handed on
	// stays. It stops with ctx.Err() within one record when ctx ends.
	Import(ctx context.Context, s Source, out Output) error
}

// Info describes a format to people. Titles, help and the compatibility table
// are made from it.
type Info struct {
	Name      string   // the folder's name
	Version   int      // raised when the same bytes may give another result
	Title     string   // "WhatsApp chat export"
	HowToGet  string   // how a person gets this export, in plain sentences
	LeavesOut []string // what the format does not carry, one plain sentence each
	Tried     []string // format versions and years that the tests cover
	Single    bool     // a file of this format is one thing (a photo, a letter): read after the conversations that may show it
}

// HeadSize is how much of a file Claims may look at.
const HeadSize = 64 << 10

// Binary tells by the first bytes of a file that it is no text of bytes: the
// files of pictures, sound and programs have a zero near their beginning, and
// text has none, unless it is UTF-16, which begins with its mark. Formats that
// look through lines ask it before: most of what people add are photos.
func Binary(head []byte) bool {
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	return !wide && bytes.IndexByte(head[:min(len(head), 512)], 0) >= 0
}

// Source is one stored file and the tree it came in.
type Source struct {
	FS       fs.FS // read-only view of stored originals: the folder or container that the file came in; by name, files of its other parts too
	Path     string
	Head     []byte // the first HeadSize bytes
	Size     int64
	Modified time.Time // file system time as it came; zero when not known; weak
	Wall     bool      // Modified is what a clock showed, in a zone that is not known
	Assume   Assume
}

// Open opens the source's own file.
func (s Source) Open() (fs.File, error) { return s.FS.Open(s.Path) }

// Assume holds the answers that a person gave, for what a source cannot say
// itself. Every event that rests on one is flagged.
type Assume struct {
	Zone      *time.Location // zone of wall clocks without one; nil when not known
	DateOrder DateOrder      // empty when not known
	Owner     string         // the name or number in this source that is the person whose export it is
	Clock     timeline.Clock // what a person said of the clock of the device; the run corrects by it, not the importer
	Columns   string         // which column of a table is which, as a columns.json file says it; empty when not known
}

// DateOrder is the order of a numeric date.
type DateOrder string

// The date orders.
const (
	DayFirst   DateOrder = "dmy"
	MonthFirst DateOrder = "mdy"
	YearFirst  DateOrder = "ymd"
)

// Output takes what an importer reads. Its errors must be returned as they
// are: they mean that the run must stop.
type Output interface {
	// Event takes one event. The run fills in its ID and the parts of Source
	// that only it knows; Source.Record must be unique in the source.
	Event(timeline.Event) error
	// Skip takes a record that was seen and not turned into an event.
	Skip(record, text string, reason error) error
	// Covers says which period the source speaks of, when it says so itself,
	// or what it leaves out.
	Covers(first, last timeline.When, note string) error
	// Attach stores a file found inside the source (an e-mail attachment, the
	// part of an MMS) as an item of its own whose parent is the source, and
	// gives what an event lists in Files. record is the event's record. A reader
	// that is Dated gives the item its file time.
	Attach(record, name, mediaType string, r io.Reader) (timeline.Attachment, error)
}

// Dated is a reader of a file whose file system time is known; zero is not known.
// wall says that it is what a clock showed, in a zone that is not known.
type Dated interface {
	io.Reader
	Modified() (t time.Time, wall bool)
}

// ErrNotMine means that a claimed source turned out to be another format.
var ErrNotMine = errors.New("not this format")

// Ask is the error of an importer that needs an answer before it can read.
type Ask struct {
	What    string   // "date-order", "zone", "owner" or "columns": which field of Assume
	Text    string   // the question, one plain sentence
	Choices []Choice // the possible answers, with examples from the file
}

// Choice is one possible answer.
type Choice struct {
	Value   string // what Assume takes
	Example string // the first dates as they would then read, or the name
}

func (a *Ask) Error() string { return fmt.Sprintf("%s (%s)", a.Text, a.What) }

// Set is the list of importers in the order they are asked: the first that
// claims a source reads it.
type Set []Importer
