// Package imessage reads the database of Apple's Messages: chat.db of a Mac and
// sms.db of an iPhone or of its backup. It holds iMessage, SMS, MMS and RCS.
//
// Times are UTC: seconds since 2001 before iOS 11 and macOS 10.13, nanoseconds
// since. The text of a message stands in a column of its own or, in later
// years, only in its formatted form (typedstream.go). What was edited or taken
// back keeps its earlier versions in a property list (summary.go).
//
// The owner is whoever the database says sent a message (is_from_me); their own
// address is the account, or the number, that the message went through. In a
// conversation of two the other one is the sender of a message whose handle is
// lost. A reaction is an event of its own, by the one who reacted, and shows
// what it is about.
//
// A message has the same identifier on all devices of its owner, so that a
// Mac's database and an iPhone's are counted once.
package imessage

import (
	"bytes"
	"context"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "imessage",
		Version: 2,
		Title:   "Apple Messages (chat.db, sms.db)",
		HowToGet: "On a Mac that shows the messages: quit Messages, open a Finder window, choose Go, Go to Folder, type ~/Library/Messages, " +
			"and copy the whole folder Messages to a stick; the pictures are in it. " +
			"Without a Mac: make a backup of the iPhone on a computer (Finder, or the Apple Devices app on Windows), without encryption, and add the folder of that backup. " +
			"Copy chat.db, chat.db-wal and chat.db-shm together: the newest messages are often only in chat.db-wal.",
		LeavesOut: []string{
			"Messages that were deleted and then removed from Recently Deleted; their identifiers alone may be left, and are listed.",
			"Messages that the settings delete after 30 days or a year.",
			"What was in a message before it was taken back, on most devices.",
			"Pictures that lie in iCloud alone: each is listed as missing.",
			"The names of people: the database knows numbers and addresses.",
		},
		Tried: []string{
			"macOS 2015 (seconds)", "iOS 11 to 13 (nanoseconds, reactions, groups)",
			"macOS 13 and iOS 16 and later (edited, taken back, recently deleted, formatted text alone)",
			"with and without a write-ahead log",
		},
	}
}

// hashed is the name of sms.db in a backup that a computer made: the sum of
// "HomeDomain-Library/SMS/sms.db".
const hashed = "3d0d7e5fb2ce288813306e4d4636395e047a3d28"

// Claims goes by the names that Apple gives the file, and by the tables that
// stand in its head.
func (importer) Claims(s importers.Source) bool {
	database, beside := sqlite.Beside(s.Path)
	if beside {
		return named(database)
	}
	return sqlite.Is(s.Head) && (named(s.Path) || bytes.Contains(s.Head, []byte("chat_message_join")) && bytes.Contains(s.Head, []byte("attributedBody")))
}

func named(p string) bool {
	switch strings.ToLower(path.Base(p)) {
	case "chat.db", "sms.db", hashed:
		return true
	}
	return false
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if _, beside := sqlite.Beside(s.Path); beside && !sqlite.Is(s.Head) {
		return sqlite.SkipBeside(s, out)
	}
	return sqlite.Read(ctx, s, out, sqlite.Format{
		Needs: []sqlite.Table{{Name: "message", Columns: []string{"guid", "date", "is_from_me"}}, {Name: "handle", Columns: []string{"id"}}},
		Records: []sqlite.Table{{Name: "message", Columns: []string{
			"guid", "text", "attributedBody", "message_summary_info", "date", "date_edited", "is_from_me", "handle_id", "item_type", "group_title", "associated_message_guid",
		}}},
		Known: []string{
			"chat", "chat_message_join", "chat_handle_join", "attachment", "message_attachment_join", "deleted_messages",
			"chat_recoverable_message_join", "recoverable_message_part", "_SqliteDatabaseProperties", "kvtable",
		},
		Read: read,
	})
}

// read hands on the messages, and what is left of messages that are gone.
func read(v *sqlite.View) error {
	b := newBook(v)
	for row := range v.Rows("message", columns...) {
		m := message{book: b, row: row}
		if err := v.Event("message", row, m.event()); err != nil {
			return err
		}
	}
	if v.Before() {
		return nil
	}
	return b.rest()
}
