// Package voicemail reads voicemail.db, in which an iPhone keeps the list of its
// visual voicemails. The recordings lie beside it, each named by the number of
// its row: 12.amr, and 12.transcript where the telephone wrote down what is said.
//
// The time of a voicemail is UTC, seconds since 1970; the time at which it was
// put in the bin is seconds since 2001.
package voicemail

import (
	"bytes"
	"context"
	"path"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "voicemail",
		Version: 2,
		Title:   "iPhone voicemail (voicemail.db)",
		HowToGet: "Make a backup of the iPhone on a computer without encryption and add the folder that an extraction tool makes of it: voicemail.db lies in Library, Voicemail. " +
			"A single voicemail can be shared in the app Phone: open Voicemail, tap the message, tap the sign for sharing, and save the recording.",
		LeavesOut: []string{
			"Voicemails that were deleted for good, and those that the network never sent to the telephone.",
			"What is said in a recording, unless the telephone wrote it down.",
			"The name of the caller.",
		},
		Tried: []string{"voicemail.db of iOS 9 to 17"},
	}
}

// Claims goes by the name, and by the tables that stand in the head.
func (importer) Claims(s importers.Source) bool {
	if database, beside := sqlite.Beside(s.Path); beside {
		return named(database)
	}
	return sqlite.Is(s.Head) && (named(s.Path) || bytes.Contains(s.Head, []byte("callback_num")))
}

func named(p string) bool { return strings.EqualFold(path.Base(p), "voicemail.db") }

var (
	columns = []string{"date", "sender", "callback_num", "duration", "trashed_date", "flags"}
	kept    = sqlite.Table{Name: "voicemail", Columns: columns}
	binned  = sqlite.Table{Name: "deleted", Columns: columns}
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if _, beside := sqlite.Beside(s.Path); beside && !sqlite.Is(s.Head) {
		return sqlite.SkipBeside(s, out)
	}
	return sqlite.Read(ctx, s, out, sqlite.Format{
		Needs: []sqlite.Table{kept}, Records: []sqlite.Table{kept, binned},
		Known: []string{"_SqliteDatabaseProperties", "map"}, Read: read,
	})
}

func read(v *sqlite.View) error {
	for _, t := range []sqlite.Table{kept, binned} {
		for row := range v.Rows(t.Name, "remote_uid", "date", "sender", "callback_num", "duration", "expiration", "trashed_date", "flags", "receiver", "label") {
			if err := v.Event(t.Name, row, event(v, t.Name, row)); err != nil {
				return err
			}
		}
	}
	return nil
}

func event(v *sqlite.View, table string, row sqlite.Row) timeline.Event {
	e := timeline.Event{
		Kind: timeline.Audio, When: sqlite.UnixSeconds.When(row, "date"), Source: timeline.Pinpoint{Record: v.Record(table, row)},
		From: timeline.Party{Address: row.Text("sender")}, To: []timeline.Party{{Owner: true, Address: row.Text("receiver")}}, Thread: row.Text("sender"),
	}
	const first = 2007 // year of the iPhone; a number that is earlier counts from elsewhere
	if e.When.Precision != timeline.Undated && e.When.Instant.Year() < first {
		e.When = sqlite.Undated(row.Text("date"))
	}
	number := row.Text("callback_num")
	switch {
	case e.From.Address == "" && number != "":
		e.Thread = number
		sqlite.Fact(&e, "sender", "not stated")
		sqlite.Fact(&e, "number to call back", number)
	case e.From.Address == "":
		sqlite.Fact(&e, "sender", "not stated: the number was withheld, or the network did not send it")
	case number != e.From.Address:
		sqlite.Fact(&e, "number to call back", number)
	}
	id := strconv.FormatInt(row.ID, 10)
	e.Files = []timeline.Attachment{v.File(id+".amr", "audio/amr", id+".amr")}
	if said := v.File(id+".transcript", "", id+".transcript"); !said.Missing {
		e.Files = append(e.Files, said)
	}
	sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
	sqlite.Fact(&e, "kept until", sqlite.Moment(sqlite.UnixSeconds.When(row, "expiration")))
	sqlite.Fact(&e, "flags", row.Text("flags"))
	if at := sqlite.Moment(sqlite.AppleSeconds.When(row, "trashed_date")); at != "" || table == binned.Name {
		sqlite.Flag(&e, timeline.Deleted)
		sqlite.Fact(&e, "deleted", strings.TrimSpace("put in the bin "+at))
	}
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("voicemail", row.Text("remote_uid"), row.Text("date"), row.Text("sender"), row.Text("duration")))
	return e
}
