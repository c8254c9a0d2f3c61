package whatsappdb

import (
	"fmt"

	"daybook/importers/sqlite"
	"daybook/timeline"
)

// older is msgstore.db as it was before about 2022: one table for all.
func older() sqlite.Format {
	t := sqlite.Table{Name: "messages", Columns: []string{"key_remote_jid", "key_from_me", "key_id", "data", "timestamp", "media_wa_type"}}
	return sqlite.Format{
		Needs: []sqlite.Table{t}, Records: []sqlite.Table{t},
		Known: []string{"chat_list", "android_metadata", "props", "messages_fts_content", "messages_quotes"},
		Read: func(v *sqlite.View) error {
			names, err := contacts(v)
			if err != nil {
				return err
			}
			return readOlder(v, names, nil)
		},
	}
}

// readOlder reads the old table, but for what the new one showed before.
func readOlder(v *sqlite.View, names map[string]string, seen map[int64]bool) error {
	subjects := map[string]string{}
	for row := range v.Rows("chat_list", "key_remote_jid", "subject") {
		subjects[row.Text("key_remote_jid")] = row.Text("subject")
	}
	quotes := v.Finder("messages_quotes", "data", "key_id")
	for row := range v.Rows("messages", "key_remote_jid", "key_from_me", "key_id", "status", "data", "timestamp", "received_timestamp", "media_mime_type", "media_wa_type",
		"media_size", "media_name", "media_caption", "media_hash", "media_duration", "latitude", "longitude", "remote_resource", "quoted_row_id", "edit_version", "forwarded", "starred",
		"receipt_device_timestamp", "read_device_timestamp") {
		if seen[row.ID] {
			continue
		}
		chat, key := row.Text("key_remote_jid"), row.Text("key_id")
		if (chat == "" || chat == "-1") && (key == "" || key == "-1") {
			if err := v.Skip(v.Record("old message", row), row.Text("data"), errPlaceholder); err != nil {
				return err
			}
			continue
		}
		e := olderEvent(v, row, names, subjects[chat])
		if q, ok := quotes.Row(row.Int("quoted_row_id")); ok {
			sqlite.Fact(&e, "in reply to", quoted(q.Text("data"), q.Text("key_id")))
		}
		if err := v.Event("messages", row, e); err != nil {
			return err
		}
	}
	return nil
}

func olderEvent(v *sqlite.View, row sqlite.Row, names map[string]string, subject string) timeline.Event {
	const ofTheApp = 6 // status
	chat, kind := row.Text("key_remote_jid"), row.Int("media_wa_type")
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "timestamp"), Text: row.Text("data"), Thread: thread(chat, subject),
		Source: timeline.Pinpoint{Record: v.Record("old message", row)},
	}
	sqlite.Fact(&e, "type", meaning(androidTypes, kind))
	if e.Text == "" {
		e.Text = row.Text("media_caption")
	}
	switch {
	case row.Int("status") == ofTheApp:
		notice(&e, meaning(androidActions, row.Int("media_size")))
	case kind == 8 || kind == 10:
		e.Kind = timeline.Call
	case kind == 15:
		deleted(&e, androidTypes[kind])
	case kind == 5 || kind == 16:
		place(&e, row.Float("latitude"), row.Float("longitude"), row.Text("media_name"))
	case row.Text("media_mime_type") != "" || row.Text("media_name") != "":
		attach(v, &e, row.Text("media_name"), olderPath(kind, row.Text("media_name")), row.Text("media_mime_type"))
		sqlite.Fact(&e, "sum of the file", row.Text("media_hash"))
	}
	if n := row.Int("media_duration"); n > 0 {
		sqlite.Fact(&e, "duration", fmt.Sprintf("%d s", n))
	}
	if row.Int("forwarded") != 0 {
		sqlite.Fact(&e, "forwarded", "forwarded")
	}
	towards(&e, row.Int("key_from_me") != 0 && e.Kind != timeline.System, party(chat, names[chat]), party(row.Text("remote_resource"), names[row.Text("remote_resource")]), isGroup(chat))
	for column, name := range map[string]string{"received_timestamp": "received", "receipt_device_timestamp": "delivered", "read_device_timestamp": "read"} {
		sqlite.Fact(&e, name, sqlite.Moment(sqlite.UnixMillis.When(row, column)))
	}
	keys(&e, chat, row.Text("key_id"))
	return e
}

// olderPath is where the app kept a file of a kind, by its name.
func olderPath(kind int64, name string) string {
	folder := map[int64]string{1: "WhatsApp Images", 2: "WhatsApp Audio", 3: "WhatsApp Video", 9: "WhatsApp Documents", 13: "WhatsApp Animated Gifs"}[kind]
	if folder == "" || name == "" {
		return name
	}
	return "Media/" + folder + "/" + name
}
