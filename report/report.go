// Package report plans what is handed over and lays it out. Plan decides
// everything — which rows, which exhibits, their labels and links, every
// sentence — and returns plain data; the writers (PDF, HTML, CSV, JSON lines,
// BagIt) lay that out and decide nothing. It knows the case and the timeline;
// it knows no import format, no window, and no other page description than
// that of report/pdf. What it says in its own voice stands in wording.go.
package report

import (
	"context"
	"crypto/ed25519"
	"io"
	"iter"
	"time"

	"daybook/assets/dated"
	"daybook/assets/profiles"
	"daybook/evidence"
	"daybook/report/leak"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// Pack is who a bundle is for.
type Pack string

// The packs.
const (
	Full   Pack = "full"   // police and prosecutor: everything that was selected
	Served Pack = "served" // the other side may read it: without what was protected or left out
)

// Profile is what a court or an office asks of a bundle.
type Profile struct {
	Name       string          // "EW-general-2021"
	Title      string          // for a person
	Issue      dated.Issue     // of the rules
	Lang       string          // of our own sentences: "en-GB"
	Parts      []profiles.Part // of the bundle, in their order; none: the usual ones
	Files      profiles.Files  // that are given one at a time
	Type       profiles.Type   // in which it is printed
	Criminal   bool            // it is for a criminal court: papers of the family court are kept out
	BySection  bool            // pages are numbered A1, A2 …, B1 …: a letter for each section
	Volumes    VolumeLimits    // of one file of the document
	Inserted   bool            // pages of a supplement are numbered 344A, 344B … behind the last page, and not 345, 346 …
	Transcript int             // records of one exhibit that are printed below its cover sheet
	TextLines  int             // lines of a text exhibit that are printed
	PageRows   int             // chronology rows on one page of the HTML timeline
}

// VolumeLimits are what a file of the document has at most; 0: as much as there is.
// What goes beyond goes on in the next volume.
type VolumeLimits struct {
	Pages int
	Bytes int64
}

// General is the profile of the judiciary's general guidance on electronic
// bundles (England and Wales, November 2021).
var General = Profile{
	Name: "EW-general-2021", Title: titleGeneral,
	Lang: "en-GB", Transcript: 20_000, TextLines: 160, PageRows: 1000,
}

// ProfileOf is how a bundle is made after the rules of a court.
func ProfileOf(p profiles.Profile) Profile {
	made := General
	made.Name, made.Title, made.Issue, made.BySection = p.ID, p.Title, p.Issue, p.Numbering == profiles.BySection
	made.Criminal = p.Criminal
	made.Parts, made.Files, made.Type, made.Inserted = p.Order(), p.Files, p.Type, p.Supplements == profiles.Inserted
	for _, r := range p.Rules {
		if r.ID == profiles.FileSize && !r.Advice {
			made.Volumes.Bytes = int64(r.Numbers["megabytes"] * 1e6)
		}
	}
	return made
}

// said is the profile with the issue of its rules, where they come from data.
func (p Profile) said() string {
	if p.Issue == (dated.Issue{}) {
		return p.Title
	}
	return p.Title + "; " + p.Issue.String()
}

// Moment fixes what a bundle speaks of: so many entries of the journal, at a
// time. Two bundles of the same case and moment are byte-identical.
type Moment struct {
	Time    time.Time
	Entries uint64
}

// Bundle is the plan of everything that is handed over: plain data, and for
// what may be too much for memory (rows, journal, originals) ways to walk it
// again and again with the same result.
type Bundle struct {
	Case    string // the case's ID
	Title   string
	Zone    *time.Location // in which times without a wall clock of their own are shown
	Pack    Pack
	Profile Profile
	Moment  Moment
	Version string // of the program

	Sections   []Section
	Exhibits   []Exhibit
	Containers []Container // what exhibits of a full pack came in, by item
	Pages      []Page      // of the HTML timeline, in order
	Rows       int         // in the chronology
	LeftOut    int         // of them left out of this pack
	Days       Days        // on which stands what others did, of the rest
	ByOthers   int         // how many rows that is
	Usual      string      // where the zones of most rows come from, as Time.Basis has it; empty when no one way is that of most
	Log        Log
	Signer     Signer
	Told       Told          // what its maker should know; nothing of it is printed
	Show       []Detail      // that a served pack shows because it was asked for
	About      int           // how many persons a served pack is about, whose addresses it shows
	Flat       bool          // what is given one file at a time stands in one folder
	Draft      bool          // it was planned to be looked at
	Private    bool          // a full pack has private notes and private registers
	Secrets    []leak.Secret // what a served pack withholds, to be looked for in it once it is written
	Unsought   int           // how much more it withholds than is looked for

	Volumes   VolumeLimits // of one file of the document; zero: it is one file
	Number    int          // of a bundle that is frozen; 0: it is a draft, whether to be looked at or to be written
	Continues int          // the frozen bundle of which it is a supplement; 0: none
	Before    int          // so many rows were counted before its first
	After     PageCount    // so far pages were numbered before its first
	Changes   *Changes     // since the bundle before; nil: there is none

	// Walk gives the rows first to last, counted from 1.
	Walk func(ctx context.Context, first, last int) iter.Seq2[Row, error]
	// Open gives an original's bytes, checked as they are read.
	Open func(ctx context.Context, h evidence.Hash) (io.ReadCloser, error)
	// Entries gives the journal up to the moment.
	Entries func(ctx context.Context) iter.Seq2[Entry, error]

	law        casework.Law        // that the case goes by
	course     []int               // the rows of the course of conduct
	occasion   map[timeline.ID]int // of each of them, from 1
	matrices   []matrix
	force      *force   // that works on the case; nil: nobody does
	people     []person // who is who in the rows; nil in a served pack
	sidesOf    []sidePattern
	by         string // who makes it
	head       string // of each page of a paper, which is no bundle
	statements []statement
	steps      map[int64]steps // by exhibit
	byItem     map[int64]int   // places in Exhibits
	lines      []int           // of each exhibit, the last row that its transcript prints
	recording  func(evidence.Hash) (timeline.Recording, bool, error)
	still      Stiller                      // while it is written
	pager      Pager                        // while it is written
	madeBefore pagePictures                 // that were made for earlier bundles; nil: none are kept
	coder      string                       // what the pictures are made with; empty: none are kept
	sheet      func(anchor string) sheetRef // of the document, once it is written

	painted []paintedFile    // files of which a served pack withholds parts
	chain   []int            // of a supplement: the bundles that it continues, the first of them first
	earlier []earlierExhibit // theirs, by label

	held   func(context.Context) iter.Seq2[held, error] // the files of the case
	beside []beside                                     // what it holds beside them

	chosen    Chosen
	states    []FrozenRow   // of a bundle that is frozen or compared
	nameless  map[int64]int // numbers of people whose address a served pack withholds
	keep      func(context.Context, Frozen) error
	documents []Document // files of the document, once it is written
	numbered  PageCount  // how far its own pages are numbered, once it is written
}

// Signer is the key that signs for the case.
type Signer struct {
	Public ed25519.PublicKey
	Sign   func([]byte) ([]byte, error)
}

// Log is what the bundle says about the journal.
type Log struct {
	Entries   uint64
	Disclosed uint64
	Closed    []int64       // exhibits whose adding is not opened in this pack
	Head      evidence.Hash // of the last line of the skeleton
	Phrase    string        // of the head, to be read aloud
	Code      []byte        // of the head, to be photographed: a QR code as a PNG
}

// Entry is one entry of the journal as a bundle gives it: the line of its
// skeleton always, the body when it is disclosed in this pack.
type Entry struct {
	Seq  uint64
	Line []byte // with its line feed
	Body []byte // nil when withheld
}

// Page is one page of the HTML timeline: a month, or a part of one.
type Page struct {
	File        string // under data/timeline/
	Title       string
	First, Last int // rows
}

// Show is how an exhibit is shown below its cover sheet.
type Show string

// The ways to show an exhibit.
const (
	ShowNothing    Show = ""
	ShowPicture    Show = "picture"
	ShowPages      Show = "pages"
	ShowTranscript Show = "transcript"
	ShowText       Show = "text"
	ShowFrames     Show = "frames" // of a film
	ShowLevel      Show = "level"  // of a sound
)

// Exhibit is an original with a label that was given once.
type Exhibit struct {
	Label         string // ABC/1
	Title         string // what it is, in a few words
	Item          int64
	Hash          evidence.Hash
	NoSum         bool // Hash stands nowhere in the pack
	Size          int64
	Name          string // as it came
	Path          string // as it came
	Type          string
	How           string // how it was obtained, in plain words
	By            string
	Note          string
	Within        string // what it came in, when it came in something
	Added         time.Time
	Modified      time.Time
	Place         string          // where it was taken, as its row shows it
	Wall          bool            // Modified is what a clock showed, in a zone that is not known
	Entry         uint64          // of the journal: when it was added
	File          string          // where its bytes are in the bundle; empty when they are withheld
	Withheld      string          // why they are
	Picture       string          // where its picture is in the bundle, when Show is ShowPicture
	NoPicture     string          // why there is none, in place of it
	Read, Reader  string          // what a program read in the picture, an aid, and which program did
	Width, Height int             // of the picture
	Areas         []timeline.Area // that are painted over in the picture, or on pages
	Show          Show
	Duration      string // of a recording, as a program counted it or else as its file says
	Counted       string // who counted it, where a program did
	Engine        string // the program that looked into a recording; empty: none did
	Frames        []FrameShown
	Sheets        int      // pages of its document that a served pack prints
	Level         []int8   // how loud a sound is over its time: see timeline.Recording
	Ticks         []string // times along it
	Records       int      // events read from it
	Rows          Spans
	Clocks        []string        // by which its rows have their times
	Same          []FrozenExhibit // others of the same bytes
	Issued        string          // of a supplement: where it was issued first, if in a bundle that it continues
}

// Row is one row of the chronology: ready strings, in the words of the source.
type Row struct {
	Number   int
	LeftOut  string // why it is left out of this pack; everything below is then empty
	Remark   string // why a person marked it as left out, in the full pack
	ID       timeline.ID
	Time     Time
	Month    string // "2024-03": the heading it stands under; empty without a date
	Kind     string
	From, To string // of an incident From is empty: nobody sent it
	With     bool   // To are whom it was with: the source does not say who sent it
	About    string // whom an incident is about
	Author   string // who wrote an incident down
	Thread   string
	Text     string
	// Who they are in the list of people: numbers in it, in the order of the
	// names; empty where the pack does not say who is who.
	FromPerson string
	ToPersons  []string
	Names      []string // who sent it or whom it is about, and who got it, as this pack shows them
	Facts      []Fact   // further facts that the source gives, as a reader needs them
	More       []Fact   // the others: for the tables and the data
	Files      []File
	Read       []Fact // what a program read in its pictures, an aid
	Place      string
	Codes      []string          // behaviour codes
	packWords  map[string]string // of codes that a law pack adds
	Tags       []string
	Notes      []string
	Flags      []string // what a reader must know, in plain words
	Detail     []Fact   // what only the diary shows
	Said       string   // the words as a statement of whoever wrote it down has them
	Stated     []Fact   // and the rest of it
	Earlier    []Fact   // the versions before, each with its fields
	Versions   int      // of what was corrected, where its sheet shows them all
	Item       int64    // the exhibit it comes from; 0 for what a person wrote down
	Label      string
	Record     string        // where in the original
	Register   string        // whose entry it is; empty for everything else
	Incident   int           // its number in the case; 0 of everything else
	Entry      uint64        // of the journal, of what a person wrote down
	Theirs     bool          // it is what others did, which is counted by the clock
	Data       *timeline.Row // as this pack has it, for the data; nil where it is left out
}

// Time is a time as it is shown: never more exact than its source.
type Time struct {
	Local string // on the wall, where it happened or in the case's zone
	Day   string // of Local, "2024-03-12"; empty where it may have been on one or another
	UTC   string // empty when the zone is not known; of both ends of a time between two
	Zone  string
	Short string // the zone's own short name at that time: "BST"
	Whole bool   // it names no hour
	Both  bool   // Local names the zone, which is not one and the same, at both ends
	Basis string // where the zone comes from, in plain words
	Usual bool   // most rows of the bundle have it so, and it is said once
	Raw   string // the words of the source
}

// File is a file that a record names.
type File struct {
	Name  string
	Item  int64
	Label string // of its exhibit
	Note  string // why it is missing
}

// Fact is a name and what it is.
type Fact struct {
	Name  string
	Value []Run
	Lines int `json:",omitempty"` // to be written on by hand: Value has them for who reads it as text
}
