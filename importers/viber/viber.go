// Package viber reads the databases of Viber on an Android telephone:
// viber_data, with its calls, and viber_messages, with its chats. Times are UTC,
// milliseconds since 1970. The owner is whoever a record says sent it.
package viber

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
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
		Name:    "viber",
		Version: 3,
		Title:   "Viber databases (viber_data, viber_messages)",
		HowToGet: "These files lie where an Android telephone lets nobody look: they come from an examiner or a full copy of the telephone. " +
			"Add viber_data and viber_messages, with those beside them whose names begin alike.",
		LeavesOut: []string{
			"Chats and calls that were deleted, unless the file's write-ahead log still shows them.",
			"Pictures and recordings that did not come with the database: each is listed as missing.",
			"What was said in a call.",
		},
		Tried: []string{"viber_data of 2022 (calls)", "viber_messages by its published columns, of today and of versions up to 5 (until 2015), whose messages have an address"},
	}
}

// Claims goes by the names of the files, and by the tables that stand in the
// head.
func (importer) Claims(s importers.Source) bool {
	if database, beside := sqlite.Beside(s.Path); beside {
		return named(database)
	}
	return sqlite.Is(s.Head) && (named(s.Path) || bytes.Contains(s.Head, []byte("viber_call_type")) || bytes.Contains(s.Head, []byte("participants_info")) && bytes.Contains(s.Head, []byte("msg_date")))
}

func named(p string) bool {
	p = strings.ToLower(path.Base(p))
	return p == "viber_data" || p == "viber_messages"
}

var (
	callTable    = sqlite.Table{Name: "calls", Columns: []string{"number", "date", "duration", "type", "viber_call_type"}}
	blockTable   = sqlite.Table{Name: "blockednumbers", Columns: []string{"canonized_number", "blocked_date"}}
	olderTable   = sqlite.Table{Name: "messages", Columns: []string{"address", "date", "type", "body"}}
	messageTable = sqlite.Table{Name: "messages", Columns: []string{"conversation_id", "msg_date", "send_type", "body"}}
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if _, beside := sqlite.Beside(s.Path); beside && !sqlite.Is(s.Head) {
		return sqlite.SkipBeside(s, out)
	}
	return sqlite.Read(ctx, s, out,
		sqlite.Format{Needs: []sqlite.Table{callTable}, Records: []sqlite.Table{callTable, blockTable}, Known: []string{"phonebookcontact", "phonebookdata", "phonebookrawcontact", "vibernumbers"}, Read: calls},
		sqlite.Format{Needs: []sqlite.Table{messageTable}, Records: []sqlite.Table{messageTable}, Known: []string{"conversations", "participants", "participants_info"}, Read: messages},
		sqlite.Format{Needs: []sqlite.Table{olderTable}, Records: []sqlite.Table{olderTable}, Known: []string{"conversations", "participants", "participants_info", "threads"}, Read: addressed},
	)
}

// calls hands on the table of calls. Names are those of the telephone's address
// book and those that people gave themselves.
func calls(v *sqlite.View) error {
	names := map[string]string{}
	for row := range v.Rows("vibernumbers", "canonized_number", "viber_name") {
		names[row.Text("canonized_number")] = row.Text("viber_name")
	}
	for row := range v.Rows("calls", "call_id", "number", "canonized_number", "viber_call", "viber_call_type", "date", "duration", "type", "end_reason", "start_reason", "token", "conference_info") {
		number := row.Text("canonized_number")
		if number == "" {
			number = row.Text("number")
		}
		other, owner := timeline.Party{Address: number, Name: names[number]}, timeline.Party{Owner: true}
		e := timeline.Event{Kind: timeline.Call, When: sqlite.UnixMillis.When(row, "date"), Thread: number, Source: timeline.Pinpoint{Record: v.Record("call", row)}}
		kind, known := map[int64]string{1: "incoming", 2: "outgoing", 3: "missed"}[row.Int("type")]
		switch {
		case !known:
			kind = row.Text("type") + " (meaning not known)"
			e.To = []timeline.Party{other}
		case row.Int("type") == 2:
			e.From, e.To = owner, []timeline.Party{other}
		default:
			e.From, e.To = other, []timeline.Party{owner}
		}
		sqlite.Fact(&e, "type", kind)
		sqlite.Fact(&e, "kind of call", map[int64]string{1: "voice", 4: "video"}[row.Int("viber_call_type")])
		sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
		sqlite.Fact(&e, "end_reason", row.Text("end_reason"))
		sqlite.Fact(&e, "conference", row.Text("conference_info"))
		sqlite.Fact(&e, timeline.SameKey, importers.SameOf("call", number, row.Text("date"), row.Text("type")))
		if err := v.Event("calls", row, e); err != nil {
			return err
		}
	}
	return blocks(v, names)
}

// blocks hands on whom the owner blocked, and when.
func blocks(v *sqlite.View, names map[string]string) error {
	for row := range v.Rows("blockednumbers", "canonized_number", "blocked_date", "block_reason") {
		number := row.Text("canonized_number")
		e := timeline.Event{
			Kind: timeline.System, When: sqlite.UnixMillis.When(row, "blocked_date"), Text: "blocked " + number, Flags: []timeline.Flag{timeline.AppText},
			From: timeline.Party{Owner: true}, To: []timeline.Party{{Address: number, Name: names[number]}}, Thread: number,
			Source: timeline.Pinpoint{Record: v.Record("block", row)},
		}
		sqlite.Fact(&e, "reason", row.Text("block_reason"))
		if err := v.Event("blockednumbers", row, e); err != nil {
			return err
		}
	}
	return nil
}

// book is who is in the chats.
type book struct {
	people map[int64]timeline.Party // participants_info
	of     map[int64]int64          // participants, to participants_info
	in     map[int64][]int64        // participants_info of a conversation
	names  map[int64]string         // of conversations
	ways   map[int64]way            // of participants_info: in which directions there are messages
}

// way is a direction in which somebody has messages.
type way uint8

const (
	in way = 1 << iota
	out
)

func newBook(v *sqlite.View) *book {
	b := &book{map[int64]timeline.Party{}, map[int64]int64{}, map[int64][]int64{}, map[int64]string{}, map[int64]way{}}
	for row := range v.Rows("participants_info", "number", "display_name", "contact_name", "viber_name", "participant_type", "member_id") {
		p := timeline.Party{Address: row.Text("number")}
		for _, column := range []string{"contact_name", "display_name", "viber_name"} {
			if p.Name == "" {
				p.Name = row.Text(column)
			}
		}
		if p.Address == "" {
			p.Address = row.Text("member_id")
		}
		b.people[row.ID] = p
	}
	for row := range v.Rows("participants", "conversation_id", "participant_info_id") {
		b.of[row.ID] = row.Int("participant_info_id")
		b.in[row.Int("conversation_id")] = append(b.in[row.Int("conversation_id")], row.Int("participant_info_id"))
	}
	for row := range v.Rows("conversations", "name") {
		b.names[row.ID] = row.Text("name")
	}
	for row := range v.Some("messages", "participant_id", "send_type") {
		switch id := b.of[row.Int("participant_id")]; {
		case row.Null("send_type"):
		case row.Int("send_type") == 0:
			b.ways[id] |= in
		case row.Int("send_type") == 1:
			b.ways[id] |= out
		}
	}
	return b
}

func messages(v *sqlite.View) error {
	b := newBook(v)
	for row := range v.Rows("messages", "conversation_id", "participant_id", "msg_date", "send_type", "body", "extra_mime", "extra_uri", "extra_status", "type", "deleted", "location_lat", "location_lng", "token", "description") {
		if err := v.Event("messages", row, b.message(v, row)); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) message(v *sqlite.View, row sqlite.Row) timeline.Event {
	conversation := row.Int("conversation_id")
	sender := b.people[b.of[row.Int("participant_id")]]
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "msg_date"), Text: row.Text("body"), Thread: b.names[conversation],
		Source: timeline.Pinpoint{Record: v.Record("message", row)},
	}
	if e.Text == "" {
		e.Text = row.Text("description")
	}
	owner := timeline.Party{Owner: true}
	switch n := row.Int("send_type"); {
	case row.Null("send_type") || n != 0 && n != 1:
		sqlite.Fact(&e, "direction", "not stated")
		e.To = []timeline.Party{sender}
	case n == 0:
		e.From, e.To = sender, []timeline.Party{owner}
	default:
		owner.Address = sender.Address
		e.From = owner
		for _, id := range b.in[conversation] {
			if p := b.people[id]; p != sender {
				e.To = append(e.To, p)
			}
		}
	}
	switch id, known := b.of[row.Int("participant_id")]; {
	case known && b.ways[id] == in|out:
		importers.FactsOf(&e).Dispute(fmt.Sprintf("send_type says %s; participant %s has messages that came in and messages that went out", row.Text("send_type"), row.Text("participant_id")), sender)
	case known && !slices.Contains(b.in[conversation], id):
		importers.FactsOf(&e).Dispute(fmt.Sprintf("participant_id %s is in another conversation than %d", row.Text("participant_id"), conversation), sender)
	}
	if e.Thread == "" {
		e.Thread = fmt.Sprintf("conversation %d", conversation)
	}
	beside(v, row, &e)
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("message", row.Text("token"), row.Text("msg_date"), row.Text("body")))
	return e
}

// beside takes what a message has beside its words: a file, a place, that it was
// deleted.
func beside(v *sqlite.View, row sqlite.Row, e *timeline.Event) {
	if uri, kind := row.Text("extra_uri"), row.Text("extra_mime"); uri != "" {
		base := path.Base(uri)
		e.Files = []timeline.Attachment{v.File(base, "", base, "media/"+base, "../files/"+base)}
		sqlite.Fact(e, "file", uri)
		sqlite.Fact(e, "kind of file", kind)
	}
	if lat, lon := row.Float("location_lat")/1e7, row.Float("location_lng")/1e7; (lat != 0 || lon != 0) && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		sqlite.Fact(e, "place", fmt.Sprintf("%.5f, %.5f (as the app writes it: %s, %s)", lat, lon, row.Text("location_lat"), row.Text("location_lng")))
	}
	if row.Int("deleted") != 0 {
		sqlite.Flag(e, timeline.Deleted)
	}
	sqlite.Fact(e, "token", row.Text("token"))
}
