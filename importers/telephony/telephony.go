// Package telephony reads the databases in which an Android telephone keeps its
// text messages and calls: mmssms.db (SMS and MMS; many telephones keep RCS
// chats as MMS) and the table of calls of calllog.db, or of contacts2.db before
// Android 7.
//
// Times are UTC: milliseconds since 1970, and seconds for an MMS. The owner of
// the telephone is a party without an address, unless the message itself names
// the number that was theirs. The box that a message lies in decides who sent
// it; an MMS has addresses of its own beside.
package telephony

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
		Name:    "telephony",
		Version: 3,
		Title:   "Android text messages and calls (mmssms.db, calllog.db)",
		HowToGet: "These files lie where an Android telephone lets nobody look: they come from an examiner, a repair shop or a full copy of the telephone. " +
			"If you still have the telephone, use the app SMS Backup & Restore instead. " +
			"Add each file together with those beside it whose names begin alike (-wal, -journal), and the folder app_parts.",
		LeavesOut: []string{
			"Messages and calls that were deleted, unless the file's write-ahead log still shows them.",
			"Chats of other apps, and RCS chats where the telephone keeps them elsewhere.",
			"Pictures of MMS, where the folder app_parts did not come with the file: each is listed as missing.",
			"The telephone's own number, in most records, and the zone that it was in.",
		},
		Tried: []string{
			"mmssms.db of Android 4.4 and later", "calllog.db of Android 7 and later", "contacts2.db of Android 4",
		},
	}
}

// Claims goes by the names of the files, and by the tables that stand in the
// head.
func (importer) Claims(s importers.Source) bool {
	if database, beside := sqlite.Beside(s.Path); beside {
		return named(database)
	}
	has := func(words string) bool { return bytes.Contains(s.Head, []byte(words)) }
	return sqlite.Is(s.Head) && (named(s.Path) || has("canonical_addresses") && has("CREATE TABLE pdu") ||
		has("CREATE TABLE calls") && has("geocoded_location"))
}

func named(p string) bool {
	switch strings.ToLower(path.Base(p)) {
	case "mmssms.db", "calllog.db", "contacts2.db":
		return true
	}
	return false
}

var (
	smsTable  = sqlite.Table{Name: "sms", Columns: []string{"address", "date", "type", "body"}}
	pduTable  = sqlite.Table{Name: "pdu", Columns: []string{"date", "msg_box", "m_type", "sub", "m_id"}}
	callTable = sqlite.Table{Name: "calls", Columns: []string{"number", "date", "type", "duration"}}
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if _, beside := sqlite.Beside(s.Path); beside && !sqlite.Is(s.Head) {
		return sqlite.SkipBeside(s, out)
	}
	messages := sqlite.Format{
		Needs:   []sqlite.Table{smsTable},
		Records: []sqlite.Table{smsTable, pduTable},
		Known:   []string{"addr", "part", "threads", "canonical_addresses", "android_metadata", "raw", "words", "words_content", "words_segments", "words_segdir"},
		Read:    messages,
	}
	calls := sqlite.Format{
		Needs: []sqlite.Table{callTable}, Records: []sqlite.Table{callTable},
		Known: []string{"android_metadata", "properties"},
		Read:  calls,
	}
	return sqlite.Read(ctx, s, out, messages, calls)
}
