// Package sms reads the backups of the Android app "SMS Backup & Restore" by
// SyncTech: text messages, picture and group messages (MMS; the app writes RCS
// chats as MMS too) and the call log, as XML.
//
// A backup holds only what was on the phone when it was made. The phone's own
// number is seldom in it: the owner of the phone is a party without an
// address. It does not say which zone the phone was in; where the printed date
// of a record shows it, the event carries it as Extra "phone zone" and as the
// wall clock of its time. The instant itself is the backup's UTC.
//
// An event carries in Extra every attribute that nothing else of it shows,
// under the app's own name, and in plain words: type, status, duration (of a
// call, "125 s"), presentation (why a call shows no number), subject, parts and
// addresses (of a message with parts), parties (what is odd about them).
//
// Incremental backups overlap. Every record is an event of its own file, and
// Extra "same" is equal for copies of one record, so that they can be counted
// once.
package sms

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"daybook/importers"
)

// The limits of what an event shows. The whole is in the original.
const (
	maxText     = 1 << 20  // bytes of a message's text
	maxValue    = 16 << 10 // bytes of any other value
	maxAddress  = 500      // bytes of one address, or one type, of many in a message
	maxFileName = 1000     // bytes of the name of a part's file
	maxDepth    = 200      // elements inside one another, in an unknown record
	maxBreaks   = 10_000   // broken places of one file
	maxParts    = 20_000   // parts, or addresses, of one message
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "sms",
		Version: 5,
		Title:   "SMS Backup & Restore (Android)",
		HowToGet: "On the phone, open the app SMS Backup & Restore, tap Back up now, choose messages and calls, " +
			"switch on the pictures and videos of messages (MMS), and keep the .xml files it makes. Leave encryption off.",
		LeavesOut: []string{
			"Messages and calls that were deleted from the phone before the backup was made.",
			"Chats of other apps, such as WhatsApp or Signal.",
			"Pictures and videos, when the backup was made without them: each is listed as missing.",
			"The phone's own number, in most records.",
		},
		Tried: []string{
			"sms-*.xml and calls-*.xml of version 10, full and incremental",
			"emoji as two references (before version 10.05.602)",
			"the old plain-text backup of Signal for Android (SignalPlaintextBackup.xml), which is built alike",
		},
	}
}

// Claims looks for the first element's name, and at nothing of the file's own.
func (importer) Claims(s importers.Source) bool {
	x := headScanner(s.Head)
	t, err := x.next()
	var no *broken
	switch {
	case errors.As(err, &no): // a document type: to be refused by name, when it is ours
		return bytes.Contains(s.Head, []byte("<smses")) || bytes.Contains(s.Head, []byte("<calls"))
	case err != nil, t.kind == ended, t.kind == endTag, t.kind == stray:
		return false
	}
	return t.name == "smses" || t.name == "calls" && callLog(x)
}

// callLog tells the app's <calls> from that of others.
func callLog(x *scanner) bool {
	a, err := x.attributes()
	if _, counted := a.get("count"); counted || err != nil {
		return counted
	}
	t, err := x.next()
	return err == nil && (t.kind == endTag || t.name == "call")
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	b := &backup{scanner: newScanner(importers.UntilDone(ctx, f)), ctx: ctx, out: out}
	err = b.read()
	var cut *broken
	if errors.As(err, &cut) {
		note, _ := b.tally()
		return fmt.Errorf("%s: %w (%s)", s.Path, err, note)
	}
	return err
}

// backup is one file while it is read.
type backup struct {
	*scanner
	ctx     context.Context
	out     importers.Output
	element string // smses or calls
	root    attributes
	count   counts
	broke   error // the first place where the file is broken
	breaks  int
}

type counts struct{ sms, mms, call, other int }

func (b *backup) read() error {
	t, err := b.next()
	if err != nil {
		return err
	}
	if t.kind != startTag || t.name != "smses" && t.name != "calls" {
		return importers.ErrNotMine
	}
	b.element = t.name
	if b.root, err = b.attributes(); err != nil {
		return err
	}
	for empty := b.closed; !empty; {
		t, err := b.next()
		if err == nil && t.kind == endTag && t.name == b.element {
			break
		}
		if err == nil {
			err = b.record(t)
		}
		if err != nil {
			if err = b.goOn(err); err != nil {
				return err
			}
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	return b.broke
}

// goOn finds the next record behind a place where the file is broken. The file
// stays broken: the first such place is its error in the end.
func (b *backup) goOn(err error) error {
	var at *broken
	if !errors.As(err, &at) {
		return err
	}
	if b.broke == nil {
		b.broke = err
	}
	from := b.offset()
	words, found := b.resync()
	if words != "" {
		record := fmt.Sprintf("bytes %d to %d", from, b.offset())
		if err := b.out.Skip(record, words, fmt.Errorf("%w: what stands here, up to the next record, was passed over", at)); err != nil {
			return err
		}
	}
	if b.breaks++; !found || b.breaks > maxBreaks {
		return b.broke
	}
	return b.scanner.failed()
}

// record reads what stands between two records, or one record.
func (b *backup) record(t tag) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	switch {
	case t.kind == ended:
		return b.fail("")
	case t.kind == endTag:
		return &broken{t.at, "the end tag " + t.name + " has no start"}
	case t.kind == stray:
		return b.out.Skip(fmt.Sprintf("words at byte %d", t.at), t.name, errStray)
	case t.name == "sms":
		return b.sms(t.at)
	case t.name == "mms":
		return b.mms(t.at)
	case t.name == "call":
		return b.call(t.at)
	}
	b.count.other++
	return b.unknown(t, fmt.Sprintf("%s at byte %d", t.name, t.at))
}

var (
	errStray   = errors.New("these words stand between the records, where a backup has none")
	errEmpty   = errors.New("the backup holds no messages and no calls")
	errUnknown = errors.New("this is no kind of record that is known of this app")
)

// unknown skips an element and all that is in it, and keeps its own words.
func (b *backup) unknown(t tag, record string) error {
	a, err := b.attributes()
	for depth := b.inside(0); err == nil && depth > 0; {
		var in tag
		if in, err = b.next(); err != nil {
			break
		}
		switch in.kind {
		case ended:
			err = b.fail("")
		case endTag:
			depth--
		case startTag:
			_, err = b.attributes()
			if depth = b.inside(depth); depth > maxDepth {
				err = &broken{in.at, fmt.Sprintf("more than %d elements stand inside one another", maxDepth)}
			}
		}
	}
	if err := b.out.Skip(record, a.words(t.name), errUnknown); err != nil {
		return err
	}
	return err
}

// inside is how deep it is behind a start tag.
func (b *backup) inside(depth int) int {
	if b.closed {
		return depth
	}
	return depth + 1
}

// end reads to the end of the file and says what the backup says of itself.
func (b *backup) end() error {
	for {
		t, err := b.next()
		if err != nil {
			return err
		}
		if t.kind == ended {
			break
		}
		if t.kind != stray {
			return &broken{t.at, "something follows the end of the backup"}
		}
		if err := b.out.Skip(fmt.Sprintf("words at byte %d", t.at), t.name, errStray); err != nil {
			return err
		}
	}
	if b.count == (counts{}) {
		if err := b.out.Skip("the whole file", "", errEmpty); err != nil {
			return err
		}
	}
	note, agrees := b.tally()
	if !agrees {
		if err := b.out.Skip("the count of records", b.root.words(b.element), errors.New(note)); err != nil {
			return err
		}
	}
	if kind, ok := b.root.get("type"); ok {
		note = kind + " backup: " + note
	}
	if b.comment != "" {
		note += "; " + b.comment
	}
	made, _ := b.root.get("backup_date")
	last, _ := moment(made)
	return b.out.Covers(importers.Undated(""), last, note)
}

// tally compares what the file says it holds with what was found. It agrees
// when the file does not say.
func (b *backup) tally() (note string, agrees bool) {
	found := b.count.sms + b.count.mms + b.count.call + b.count.other
	says, ok := b.root.get("count")
	if !ok {
		return fmt.Sprintf("the file does not say how many records it holds; %d were found", found), true
	}
	if n, err := strconv.Atoi(says); err == nil && n == found {
		return fmt.Sprintf("the file says that it holds %d records, and holds %d", n, found), true
	}
	return fmt.Sprintf("the file says that it holds %s records, and %d were found", says, found), false
}
