// Package skypedb reads main.db, in which Skype for computers kept chats, calls,
// text messages, transfers of files and voicemails until 2017. The export that
// Microsoft makes of a newer account is another format.
//
// Times are UTC, seconds since 1970. The owner is whoever the table of accounts
// names. The words of a message are XML of the app (words.go).
package skypedb

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
		Name:    "skypedb",
		Version: 2,
		Title:   "Skype database (main.db)",
		HowToGet: "On an old computer: on Windows press the Windows key and R, type %appdata%\\Skype, open the folder with your Skype name and copy main.db; " +
			"on a Mac it lies in Library, Application Support, Skype. Copy main.db-wal or main.db-journal too, if they are there.",
		LeavesOut: []string{
			"Chats that were deleted, and those older than the history that was kept.",
			"The files that were sent: only their names are there.",
			"What was said in a call.",
			"Chats since 2017, which newer versions of Skype kept elsewhere.",
		},
		Tried: []string{"main.db of Skype 5 to 7: messages, calls, SMS, transfers, voicemails"},
	}
}

// Claims goes by the tables that stand in the head, for main.db is a name of
// many.
func (importer) Claims(s importers.Source) bool {
	if database, beside := sqlite.Beside(s.Path); beside {
		return strings.EqualFold(path.Base(database), "main.db")
	}
	if !sqlite.Is(s.Head) {
		return false
	}
	return strings.EqualFold(path.Base(s.Path), "main.db") || bytes.Contains(s.Head, []byte("skypename")) || bytes.Contains(s.Head, []byte("from_dispname"))
}

var (
	messageTable   = sqlite.Table{Name: "Messages", Columns: []string{"author", "timestamp", "type", "body_xml", "edited_timestamp"}}
	callTable      = sqlite.Table{Name: "Calls", Columns: []string{"begin_timestamp", "host_identity", "duration"}}
	smsTable       = sqlite.Table{Name: "SMSes", Columns: []string{"timestamp", "target_numbers", "body"}}
	transferTable  = sqlite.Table{Name: "Transfers", Columns: []string{"partner_handle", "starttime", "filename", "status"}}
	voicemailTable = sqlite.Table{Name: "Voicemails", Columns: []string{"partner_handle", "timestamp", "duration"}}
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if _, beside := sqlite.Beside(s.Path); beside && !sqlite.Is(s.Head) {
		return sqlite.SkipBeside(s, out)
	}
	return sqlite.Read(ctx, s, out, sqlite.Format{
		Needs:   []sqlite.Table{messageTable},
		Records: []sqlite.Table{messageTable, callTable, smsTable, transferTable, voicemailTable},
		Known:   []string{"Accounts", "Conversations", "Participants", "CallMembers", "Chats", "DbMeta", "AppSchemaVersion", "ContactGroups", "ChatMembers"},
		Read:    read,
	})
}

func read(v *sqlite.View) error {
	b := newBook(v)
	for _, part := range []func() error{b.messages, b.calls, b.sms, b.transfers, b.voicemails} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}
