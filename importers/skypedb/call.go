package skypedb

import (
	"fmt"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

func (b *book) calls() error {
	for row := range b.Rows("Calls", "begin_timestamp", "host_identity", "duration", "is_incoming", "is_unseen_missed", "is_conference", "topic", "name", "partner_handle", "partner_dispname", "conv_dbid", "pstn_number") {
		e := timeline.Event{
			Kind: timeline.Call, When: sqlite.UnixSeconds.When(row, "begin_timestamp"), Thread: b.thread(row.Int("conv_dbid"), ""),
			From: b.party(row.Text("host_identity"), ""), Source: timeline.Pinpoint{Record: b.Record("call", row)},
		}
		for _, who := range b.inCall[row.ID] {
			if who != e.From.Address {
				e.To = append(e.To, b.party(who, ""))
			}
		}
		if !e.From.Owner {
			e.To = append([]timeline.Party{b.owner()}, e.To...)
		}
		if host := row.Text("host_identity"); host != "" && !row.Null("is_incoming") && (row.Int("is_incoming") != 0) == e.From.Owner {
			importers.FactsOf(&e).Dispute("is_incoming says "+row.Text("is_incoming")+"; host_identity says "+host, append(e.To, e.From)...)
		}
		if e.Thread == "" && len(e.To) > 0 {
			e.Thread = e.To[0].Address
			if !e.From.Owner {
				e.Thread = e.From.Address
			}
		}
		sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
		if row.Null("duration") || row.Int("duration") == 0 {
			sqlite.Fact(&e, "duration", "none is stated: the call was not answered, as far as the app says")
		}
		if row.Int("is_unseen_missed") != 0 {
			sqlite.Fact(&e, "missed", "missed")
		}
		sqlite.Fact(&e, "topic", row.Text("topic"))
		sqlite.Fact(&e, "number", row.Text("pstn_number"))
		if err := b.Event("Calls", row, e); err != nil {
			return err
		}
	}
	return nil
}

// transferStates are how a transfer stood, by its number.
var transferStates = map[int64]string{
	0: "being made", 1: "waiting to be accepted", 2: "offered", 3: "going on", 4: "paused", 5: "paused by the other", 6: "cancelled", 7: "cancelled by the other", 8: "complete", 9: "failed",
}

// transfers hands on the files that were sent. Who sent one is not said for
// certain, so nobody is said to have.
func (b *book) transfers() error {
	for row := range b.Rows("Transfers", "type", "partner_handle", "partner_dispname", "status", "failurereason", "starttime", "finishtime", "accepttime", "filepath", "filename", "filesize", "bytestransferred", "convo_id") {
		e := timeline.Event{
			Kind: timeline.Message, When: sqlite.UnixSeconds.When(row, "starttime"), Thread: b.thread(row.Int("convo_id"), row.Text("partner_handle")),
			To: []timeline.Party{b.party(row.Text("partner_handle"), row.Text("partner_dispname"))}, Text: "File: " + row.Text("filename"),
			Flags: []timeline.Flag{timeline.AppText}, Source: timeline.Pinpoint{Record: b.Record("transfer", row)},
		}
		e.Files = []timeline.Attachment{b.File(row.Text("filename"), "", row.Text("filename"))}
		state, ok := transferStates[row.Int("status")]
		if !ok {
			state = "meaning not known"
		}
		sqlite.Fact(&e, "status", fmt.Sprintf("%s (%s)", state, row.Text("status")))
		sqlite.Fact(&e, "type", "transfer of a file (type "+row.Text("type")+")")
		sqlite.Fact(&e, "path on the computer", row.Text("filepath"))
		sqlite.Fact(&e, "size", row.Text("filesize"))
		sqlite.Fact(&e, "accepted", sqlite.Moment(sqlite.UnixSeconds.When(row, "accepttime")))
		sqlite.Fact(&e, "finished", sqlite.Moment(sqlite.UnixSeconds.When(row, "finishtime")))
		if err := b.Event("Transfers", row, e); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) voicemails() error {
	for row := range b.Rows("Voicemails", "type", "partner_handle", "partner_dispname", "status", "subject", "timestamp", "duration", "path", "convo_id") {
		path := row.Text("path")
		e := timeline.Event{
			Kind: timeline.Audio, When: sqlite.UnixSeconds.When(row, "timestamp"), Text: row.Text("subject"), Thread: b.thread(row.Int("convo_id"), row.Text("partner_handle")),
			To: []timeline.Party{b.party(row.Text("partner_handle"), row.Text("partner_dispname"))}, Source: timeline.Pinpoint{Record: b.Record("voicemail", row)},
		}
		if path != "" {
			e.Files = []timeline.Attachment{b.File(path, "", path)}
		}
		sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
		sqlite.Fact(&e, "type", "voicemail (type "+row.Text("type")+", status "+row.Text("status")+")")
		if err := b.Event("Voicemails", row, e); err != nil {
			return err
		}
	}
	return nil
}
