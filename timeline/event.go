// Package timeline holds what happened and when: events, their times, the
// people in them, marks, incidents, and the index that puts a million of them
// in order, filters and searches them. It knows no export format and no page
// layout: importers hand it events, report and ui read them back.
package timeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"daybook/evidence"
)

// Kind is what sort of thing happened.
type Kind string

// The kinds. A new one needs its plain title in Title.
const (
	Message  Kind = "message"  // a text, chat or direct message
	Call     Kind = "call"     // a call or a missed call, voice or video
	Email    Kind = "email"    // an e-mail
	Photo    Kind = "photo"    // a picture from a camera
	Shot     Kind = "shot"     // a screenshot or screen recording
	Video    Kind = "video"    // a video
	Audio    Kind = "audio"    // a voice note, voicemail or recording
	Document Kind = "document" // any other file, placed by a date of its own
	Post     Kind = "post"     // something published
	Location Kind = "location" // a place at a time
	Login    Kind = "login"    // an account used, or an attempt
	System   Kind = "system"   // what an app says about a conversation: joined, left, changed number
	Contact  Kind = "contact"  // an entry of an address book
	Incident Kind = "incident" // written down by a person

	// Entries of registers, which a person makes too; see register.go.
	Notice       Kind = "notice"       // the other person was told to stop, blocked or warned
	ReportMade   Kind = "report"       // to the police or to another body
	LifeChange   Kind = "change"       // to daily life
	CourtOrder   Kind = "order"        // an order, a bail or a licence condition
	Breach       Kind = "breach"       // what may break a term of one
	Support      Kind = "support"      // that was offered or asked for
	Assessment   Kind = "assessment"   // of risk, by others
	InfoRequest  Kind = "request"      // for the person's own information
	Enquiry      Kind = "enquiry"      // a line of it
	Review       Kind = "review"       // of how the case stands
	Considered   Kind = "considered"   // an offence or an order that was thought of
	Wish         Kind = "wish"         // about an order
	SafetyPlan   Kind = "safety"       // of the person's own
	Helper       Kind = "helper"       // somebody who helps, and how to reach them
	Attendance   Kind = "attendance"   // at a programme that an order asks for
	Answer       Kind = "answer"       // for an item of a paper
	Relationship Kind = "relationship" // what the person and the other one are to each other
	Family       Kind = "family"       // what it does to others
	Health       Kind = "health"       // what it does to the person's health
	Force        Kind = "force"        // the force, service or firm that works on the case
)

// registerKinds are the kinds of entries of registers.
var registerKinds = [...]Kind{Notice, ReportMade, LifeChange, CourtOrder, Breach, Support, Assessment, InfoRequest, Enquiry, Review, Considered, Wish, SafetyPlan, Helper, Attendance, Answer, Relationship, Family, Health, Force}

// Register tells that it is an entry of a register.
func (k Kind) Register() bool { return slices.Contains(registerKinds[:], k) }

// sent tells a kind of thing that comes from somebody, known or not. An
// incident is about somebody and comes from whoever wrote it down.
func (k Kind) sent() bool {
	switch k {
	case Message, Call, Email, Post:
		return true
	}
	return false
}

// ID names an event for ever: it depends on the original's bytes, the
// importer's name and the record's place alone, so that marks survive a
// second reading.
type ID [16]byte

// NewID makes an event's ID.
func NewID(original evidence.Hash, importer, record string) ID {
	var room [256]byte // enough for nearly every record: nothing is allocated
	b := hex.AppendEncode(room[:0], original[:])
	b = append(append(b, '\n'), importer...)
	b = append(append(b, '\n'), record...)
	sum := sha256.Sum256(b)
	return ID(sum[:16])
}

// ParseID reads 32 lower-case hexadecimal digits.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 2*len(id) || strings.ToLower(s) != s {
		return ID{}, fmt.Errorf("event %q: want 32 lower-case hexadecimal digits", s)
	}
	if _, err := hex.Decode(id[:], []byte(s)); err != nil {
		return ID{}, fmt.Errorf("event %q: %w", s, err)
	}
	return id, nil
}

func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes what String gives.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (id *ID) UnmarshalText(b []byte) error {
	p, err := ParseID(string(b))
	*id = p
	return err
}

// Party is somebody as a source names them: never more than the source says.
type Party struct {
	Name    string // as shown; may be empty
	Address string // number, e-mail or account as printed; may be empty
	Owner   bool   // the source says that this is the person whose export it is
}

// Attachment is a file that a record names.
type Attachment struct {
	Name    string        // as the record names it
	Path    string        // where it is in the importer's Source.FS; empty when it was not found
	Item    int64         // the item that holds it; set by the run, 0 when missing
	Hash    evidence.Hash // of that item
	Type    string        // media type, when known
	Missing bool          // named, and not in the export (or left out by the app)
	Note    string        // why it is missing, or what is odd about it
}

// Place is where something happened, as the source gives it.
type Place struct {
	Name     string
	Lat, Lon float64
	Fix      bool // Lat and Lon are set
}

// Pinpoint leads from an event to its record in the original.
type Pinpoint struct {
	Item     int64         // set by the run
	Hash     evidence.Hash // of the original; set by the run
	Path     string        // path of the file as it came, member path included; set by the run
	Record   string        // "line 12", "byte 1032", "/messages/3", "part 1.2": unique in its original
	Importer string        // set by the run
	Version  int           // of the importer; set by the run
}

// Text is where a record stands: in which item, under what name, and where in it.
func (p Pinpoint) Text() string {
	s := fmt.Sprintf("item %d", p.Item)
	for _, more := range []string{path.Base(p.Path), p.Record} {
		if more != "" && more != "." {
			s += ", " + Shown(more)
		}
	}
	return s
}

// Claim is one of several times that a source gives for the same thing.
type Claim struct {
	Label  string // "EXIF DateTimeOriginal", "file name", "mvhd creation time"
	When   When
	Chosen bool   // it is the event's When
	Note   string // "disagrees with …", "last GPS fix, may lag"
}

// Flag is something that a reader must know about an event.
type Flag string

// The flags that importers set; each is explained in plain words by Title.
const (
	AssumedOrder   Flag = "date-order-assumed" // day and month could not be told apart by the file itself
	ZoneAssumed    Flag = "zone-assumed"       // a person or the case named the zone
	ClockTwice     Flag = "clock-twice"        // the wall clock shows this time twice
	ClockNever     Flag = "clock-never"        // the wall clock never shows this time
	ForgedHeader   Flag = "forged-header"      // a line here looks like a message of its own and may not be one
	Edited         Flag = "edited"             // the source says it was changed after sending
	Deleted        Flag = "deleted"            // the source says it was deleted
	WeakTime       Flag = "weak-time"          // placed by a file time or another weak sign
	TimesDisagree  Flag = "times-disagree"     // the source gives several times that do not agree
	Truncated      Flag = "truncated"          // the record, or the file at this place, is cut off
	TextCut        Flag = "text-cut"           // shown shortened; the whole is in the original
	Draft          Flag = "draft"              // written and not sent, as far as the source says
	Failed         Flag = "failed"             // the source says that sending failed
	ReaderDiffer   Flag = "readers-differ"     // two readers of the same metadata disagree
	AppText        Flag = "app-text"           // written by the app, not by a person
	AppOrTyped     Flag = "app-or-typed"       // written by the app, or typed so by a person: the source does not tell
	OutOfOrder     Flag = "out-of-order"       // its time and a neighbour's in the file go backwards
	Undecoded      Flag = "undecoded"          // a part could not be decoded and is kept as it came
	SecondHand     Flag = "second-hand"        // from the list of another person's Daybook; its original is not in this case
	ClockCorrected Flag = "clock-corrected"    // moved by what a person said of the device's clock; what it showed is among the claims
	StillToCome    Flag = "still-to-come"      // dated more than a day after it was added: a clock that was wrong, or a date read in the wrong order; set by the run
	ExportsDiffer  Flag = "exports-differ"     // another export of the chat has something else in its place; set by the timeline, see differ.go
	PartiesDiffer  Flag = "parties-differ"     // two statements of the source about who it is from or to cannot both be so; see importers.Facts.Dispute
	NameLookalike  Flag = "name-lookalike"     // a name here can be taken for another; set by the timeline, which knows all names of the case
)

// Event is something that happened, read from an item by an importer or
// written by a person. It is never edited.
type Event struct {
	ID     ID
	Kind   Kind
	When   When
	Claims []Claim // every candidate time, where the source gives more than one
	From   Party   // of an incident: whom it is about
	To     []Party
	Thread string // the conversation, mailbox or album, as the source names it
	Text   string
	Files  []Attachment
	Place  Place
	Source Pinpoint
	Flags  []Flag
	Extra  Facts // further facts by name, as the source gives them: "subject", "duration", "status"
}

// StatedParties is the fact that holds the two statements of PartiesDiffer.
const StatedParties = "from and to, as stated"

// NotShown is the fact that holds the words of a page that it does not show, by its
// own style or because a script would have to show them.
const NotShown = "not shown by the page itself"

// NotAsSealed is the fact of a second-hand event whose bundle does not verify. Its
// value says so in a sentence.
const NotAsSealed = "not as it was sealed"

// Directed tells whether the source says who sent it to whom. Where nobody is named
// as the sender of a message or a call, those in To are who it was with, unless it
// came to the owner alone.
func (e Event) Directed() bool {
	if e.From != (Party{}) || e.Kind != Message && e.Kind != Call {
		return true
	}
	return len(e.To) == 0 || len(e.To) == 1 && e.To[0].Owner && !slices.Contains(e.Flags, PartiesDiffer)
}

// Skip is a record that was seen and not turned into an event.
type Skip struct {
	Item     int64
	Path     string
	Record   string
	Text     string // the record's own words, at most 4 KiB of them
	Reason   string // one plain sentence
	Importer string
}

// Kinds lists every kind.
func Kinds() []Kind {
	return slices.Clone(kindCodes[:]) // a survey has a kind by its place among them
}

// File tells the kinds of which an event is a file itself.
func (k Kind) File() bool {
	return k == Photo || k == Shot || k == Video || k == Audio || k == Document
}

// CaptionOf begins the words of a picture, a film or a sound that stand beside it in its
// file, and CaptionBeside those that stand in a file beside it: nobody who looks at it or
// listens to it sees them.
const (
	CaptionOf     = "Caption in the file ("
	CaptionBeside = "Written to it in Google Photos: "
)

// Caption gives the words of such a caption, where the words of an event are one.
func (e *Event) Caption() (words string, is bool) {
	if !e.Kind.File() || e.Kind == Document {
		return "", false
	}
	if words, is = strings.CutPrefix(e.Text, CaptionBeside); is || !strings.HasPrefix(e.Text, CaptionOf) {
		return words, is
	}
	_, words, _ = strings.Cut(e.Text, "): ")
	return words, true
}

// Title is its kind in plain words; an answer that something breaks no order is no
// possible breach.
func (e *Event) Title() string {
	if e.Kind == Breach && e.Extra.Get("may") == "no" {
		return "answered: no breach"
	}
	return e.Kind.Title()
}

// Title is a kind in plain words.
func (k Kind) Title() string {
	switch k {
	case Shot:
		return "screenshot"
	case System:
		return "app notice"
	case Contact:
		return "contact card"
	case Notice:
		return "told to stop, blocked or warned"
	case LifeChange:
		return "change to daily life"
	case CourtOrder:
		return "order or condition"
	case Breach:
		return "possible breach"
	case Support:
		return "referral or support"
	case Assessment:
		return "risk assessment by others"
	case InfoRequest:
		return "request for own information"
	case Enquiry:
		return "line of enquiry"
	case Considered:
		return "offence or order considered"
	case Wish:
		return "wish about an order"
	case SafetyPlan:
		return "safety plan"
	case Helper:
		return "person who helps"
	case Attendance:
		return "attendance at a programme"
	case Answer:
		return "answer for a paper"
	case Family:
		return "effect on family, school or work"
	case Health:
		return "effect on health"
	case Force:
		return "force, service or firm"
	default:
		return string(k)
	}
}
