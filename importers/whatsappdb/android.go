package whatsappdb

import (
	"errors"
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// android is msgstore.db as it is since about 2022.
func android() sqlite.Format {
	message := sqlite.Table{Name: "message", Columns: []string{"chat_row_id", "from_me", "key_id", "timestamp", "message_type", "text_data"}}
	addOn := sqlite.Table{Name: "message_add_on", Columns: []string{"parent_message_row_id", "timestamp", "message_add_on_type"}}
	call := sqlite.Table{Name: "call_log", Columns: []string{"jid_row_id", "timestamp", "duration", "call_result"}}
	return sqlite.Format{
		Needs:   []sqlite.Table{message, {Name: "jid", Columns: []string{"raw_string"}}},
		Records: []sqlite.Table{message, addOn, call},
		Known: []string{"chat", "jid_map", "message_media", "message_location", "message_system", "message_quoted", "message_vcard", "message_edit_info",
			"message_add_on_reaction", "receipt_user", "missed_call_logs", "android_metadata", "props", "message_ftsv2_content", "messages", "chat_list"},
		Read: readAndroid,
	}
}

// store is what the messages of an Android telephone refer to.
type store struct {
	*sqlite.View
	names map[string]string // by JID, from the database of contacts
	jids  map[int64]string
	chats map[int64]conversation
	side  map[string]beside // tables that hold more of a message
	adds  *sqlite.Finder    // the words of a reaction
	words *sqlite.Finder    // of the message that a reaction is about
}

type conversation struct{ jid, subject string }

// beside is a table with further facts of a message.
type beside struct {
	links sqlite.Links
	find  *sqlite.Finder
}

func newStore(v *sqlite.View, names map[string]string) *store {
	s := &store{View: v, names: names, jids: map[int64]string{}, chats: map[int64]conversation{}, side: map[string]beside{}}
	for row := range v.Rows("jid", "raw_string") {
		s.jids[row.ID] = row.Text("raw_string")
	}
	numbers := map[int64]string{}
	for row := range v.Rows("jid_map", "lid_row_id", "jid_row_id") {
		numbers[row.Int("lid_row_id")] = s.jids[row.Int("jid_row_id")]
	}
	for id, jid := range numbers {
		if jid != "" {
			s.jids[id] = jid
		}
	}
	for row := range v.Rows("chat", "jid_row_id", "subject") {
		s.chats[row.ID] = conversation{s.jids[row.Int("jid_row_id")], row.Text("subject")}
	}
	for _, t := range []sqlite.Table{
		{Name: "message_media", Columns: []string{"file_path", "mime_type", "media_name", "media_caption", "file_hash", "media_duration", "file_size", "file_length"}},
		{Name: "message_location", Columns: []string{"latitude", "longitude", "place_name", "place_address", "live_location_share_duration"}},
		{Name: "message_system", Columns: []string{"action_type"}},
		{Name: "message_quoted", Columns: []string{"text_data", "key_id", "from_me", "sender_jid_row_id"}},
		{Name: "message_vcard", Columns: []string{"vcard"}},
		{Name: "message_edit_info", Columns: []string{"edited_timestamp", "original_key_id"}},
		{Name: "missed_call_logs", Columns: []string{"timestamp", "video_call"}},
		{Name: "receipt_user", Columns: []string{"receipt_user_jid_row_id", "receipt_timestamp", "read_timestamp", "played_timestamp"}},
	} {
		s.side[t.Name] = beside{v.Keys(t.Name, "message_row_id"), v.Finder(t.Name, t.Columns...)}
	}
	s.adds = v.Finder("message_add_on_reaction", "reaction", "sender_timestamp")
	s.words = v.Finder("message", "text_data", "key_id")
	return s
}

// party is somebody by their JID.
func (s *store) party(jid string) timeline.Party { return party(jid, s.names[jid]) }

// of goes through the rows of a table that tell of a message.
func (s *store) of(table string, message int64, each func(sqlite.Row)) {
	for _, id := range s.side[table].links.Of(message) {
		if row, ok := s.side[table].find.Row(id); ok {
			each(row)
		}
	}
}

func readAndroid(v *sqlite.View) error {
	names, err := contacts(v)
	if err != nil {
		return err
	}
	s := newStore(v, names)
	seen := map[int64]bool{}
	for row := range v.Rows("message", "chat_row_id", "from_me", "key_id", "sender_jid_row_id", "status", "timestamp", "received_timestamp",
		"receipt_server_timestamp", "message_type", "text_data", "starred", "origination_flags", "broadcast") {
		seen[row.ID] = true
		if err := s.message(row); err != nil {
			return err
		}
	}
	if err := s.reactions(); err != nil {
		return err
	}
	if err := s.calls(); err != nil || v.Before() {
		return err
	}
	return readOlder(v, names, seen)
}

var errPlaceholder = errors.New("an empty row that the app keeps for itself")

func (s *store) message(row sqlite.Row) error {
	key := row.Text("key_id")
	if row.Int("chat_row_id") <= 0 && (key == "" || key == "-1") && row.Null("text_data") {
		return s.Skip(s.Record("message", row), key, errPlaceholder)
	}
	c := s.chats[row.Int("chat_row_id")]
	kind := row.Int("message_type")
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "timestamp"), Text: row.Text("text_data"), Thread: thread(c.jid, c.subject),
		Source: timeline.Pinpoint{Record: s.Record("message", row)},
	}
	sqlite.Fact(&e, "type", meaning(androidTypes, kind))
	s.aside(&e, row.ID)
	switch kind {
	case 7:
		s.system(&e, row.ID)
	case 8, 10, 90:
		e.Kind = timeline.Call
	case 15, 64:
		deleted(&e, androidTypes[kind])
	}
	towards(&e, row.Int("from_me") != 0 && e.Kind != timeline.System, s.party(c.jid), s.party(s.jids[row.Int("sender_jid_row_id")]), isGroup(c.jid))
	if row.Int("origination_flags")&1 != 0 {
		sqlite.Fact(&e, "forwarded", "forwarded")
	}
	if row.Int("starred") != 0 {
		sqlite.Fact(&e, "starred", "starred")
	}
	if e.From.Owner {
		sqlite.Fact(&e, "status", map[int64]string{0: "not sent yet", 4: "sent", 5: "delivered", 13: "read"}[row.Int("status")])
	} else {
		sqlite.Fact(&e, "received", sqlite.Moment(sqlite.UnixMillis.When(row, "received_timestamp")))
	}
	keys(&e, c.jid, key)
	return s.Event("message", row, e)
}

// keys are the identifier of a message and what makes its copies the same.
func keys(e *timeline.Event, chat, key string) {
	sqlite.Fact(e, "key", key)
	if key != "" {
		sqlite.Fact(e, timeline.SameKey, importers.SameOf("whatsapp", chat, key))
	}
}

// aside adds what other tables tell of a message.
func (s *store) aside(e *timeline.Event, id int64) {
	s.of("message_media", id, func(row sqlite.Row) {
		if caption := row.Text("media_caption"); e.Text == "" {
			e.Text = caption
		}
		attach(s.View, e, row.Text("media_name"), row.Text("file_path"), row.Text("mime_type"))
		sqlite.Fact(e, "sum of the file", row.Text("file_hash"))
		if row.Int("media_duration") != 0 {
			sqlite.Fact(e, "duration", sqlite.Seconds(row, "media_duration"))
		}
	})
	s.of("message_location", id, func(row sqlite.Row) {
		place(e, row.Float("latitude"), row.Float("longitude"), strings.TrimSpace(row.Text("place_name")+" "+row.Text("place_address")))
	})
	s.of("message_quoted", id, func(row sqlite.Row) {
		sqlite.Fact(e, "in reply to", quoted(row.Text("text_data"), row.Text("key_id")))
	})
	s.of("message_vcard", id, func(row sqlite.Row) { more(e, "contact", row.Text("vcard")) })
	s.of("message_edit_info", id, func(row sqlite.Row) {
		sqlite.Flag(e, timeline.Edited)
		sqlite.Fact(e, "edited", sqlite.Moment(sqlite.UnixMillis.When(row, "edited_timestamp")))
	})
	s.of("missed_call_logs", id, func(row sqlite.Row) {
		sqlite.Fact(e, "missed call", map[bool]string{true: "video", false: "voice"}[row.Int("video_call") != 0])
	})
	s.of("receipt_user", id, func(row sqlite.Row) {
		who := address(s.jids[row.Int("receipt_user_jid_row_id")])
		for _, c := range [][2]string{{"receipt_timestamp", "delivered to"}, {"read_timestamp", "read by"}, {"played_timestamp", "played by"}} {
			if at := sqlite.Moment(sqlite.UnixMillis.When(row, c[0])); at != "" {
				more(e, "receipts", c[1]+" "+who+" "+at)
			}
		}
	})
}

// more adds a line to a fact.
func more(e *timeline.Event, name, line string) {
	if have := e.Extra.Get(name); have != "" {
		line = have + "\n" + line
	}
	sqlite.Fact(e, name, line)
}

func quoted(words, key string) string {
	if words == "" {
		return key
	}
	return "“" + sqlite.Short(words) + "” (" + key + ")"
}

// attach lists a file of a message.
func attach(v *sqlite.View, e *timeline.Event, name, stored, mediaType string) {
	if name == "" {
		name = stored[strings.LastIndexByte(stored, '/')+1:]
	}
	if name == "" {
		name = "file of type " + mediaType
	}
	a := v.File(name, mediaType, media(stored)...)
	if a.Missing && stored == "" {
		a.Note = "the database names no place: it was not fetched, or is gone"
	}
	e.Files = append(e.Files, a)
}

func place(e *timeline.Event, lat, lon float64, name string) {
	if lat == 0 && lon == 0 || lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		sqlite.Fact(e, "place", name)
		return
	}
	e.Place = timeline.Place{Name: name, Lat: lat, Lon: lon, Fix: true}
}

// system is a notice of the app.
func (s *store) system(e *timeline.Event, id int64) {
	says := "a notice of the app (meaning not known)"
	s.of("message_system", id, func(row sqlite.Row) { says = meaning(androidActions, row.Int("action_type")) })
	notice(e, says)
}

// reactions hands on what was added to messages.
func (s *store) reactions() error {
	const reaction = 56
	of := s.Keys("message_add_on_reaction", "message_add_on_row_id")
	for row := range s.Rows("message_add_on", "parent_message_row_id", "chat_row_id", "sender_jid_row_id", "from_me", "timestamp", "message_add_on_type", "key_id") {
		c := s.chats[row.Int("chat_row_id")]
		e := timeline.Event{
			Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "timestamp"), Thread: thread(c.jid, c.subject),
			Source: timeline.Pinpoint{Record: s.Record("addition", row)}, Flags: []timeline.Flag{timeline.AppText},
		}
		about := fmt.Sprintf("message %d", row.Int("parent_message_row_id"))
		if m, ok := s.words.Row(row.Int("parent_message_row_id")); ok {
			about = quoted(m.Text("text_data"), m.Text("key_id"))
		}
		did := "an addition of type " + row.Text("message_add_on_type") + " (meaning not known)"
		if row.Int("message_add_on_type") == reaction {
			did = "took a reaction back"
			for _, id := range of.Of(row.ID) {
				if r, ok := s.adds.Row(id); ok && r.Text("reaction") != "" {
					did = "reacted with " + r.Text("reaction")
				}
			}
			sqlite.Fact(&e, "reaction", did)
		}
		e.Text = did + " to: " + about
		sqlite.Fact(&e, "to message", about)
		towards(&e, row.Int("from_me") != 0, s.party(c.jid), s.party(s.jids[row.Int("sender_jid_row_id")]), isGroup(c.jid))
		keys(&e, c.jid, row.Text("key_id"))
		if err := s.Event("message_add_on", row, e); err != nil {
			return err
		}
	}
	return nil
}

// calls hands on the list of calls.
func (s *store) calls() error {
	for row := range s.Rows("call_log", "jid_row_id", "group_jid_row_id", "from_me", "call_id", "timestamp", "video_call", "duration", "call_result", "bytes_transferred") {
		jid := s.jids[row.Int("jid_row_id")]
		e := timeline.Event{Kind: timeline.Call, When: sqlite.UnixMillis.When(row, "timestamp"), Thread: thread(jid, ""), Source: timeline.Pinpoint{Record: s.Record("call", row)}}
		towards(&e, row.Int("from_me") != 0, s.party(jid), timeline.Party{}, isGroup(jid))
		sqlite.Fact(&e, "type", map[bool]string{true: "video", false: "voice"}[row.Int("video_call") != 0])
		sqlite.Fact(&e, "result", meaning(callResults, row.Int("call_result")))
		sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
		if group := s.jids[row.Int("group_jid_row_id")]; group != "" {
			sqlite.Fact(&e, "group", group)
		}
		keys(&e, jid, row.Text("call_id"))
		if err := s.Event("call_log", row, e); err != nil {
			return err
		}
	}
	return nil
}
