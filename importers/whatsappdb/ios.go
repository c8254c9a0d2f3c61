package whatsappdb

import (
	"strings"

	"daybook/importers/sqlite"
	"daybook/timeline"
)

// iphone is ChatStorage.sqlite.
func iphone() sqlite.Format {
	message := sqlite.Table{Name: "ZWAMESSAGE", Columns: []string{"ZISFROMME", "ZMESSAGEDATE", "ZTEXT", "ZMESSAGETYPE", "ZCHATSESSION"}}
	return sqlite.Format{
		Needs: []sqlite.Table{message}, Records: []sqlite.Table{message},
		Known: []string{"ZWACHATSESSION", "ZWAGROUPMEMBER", "ZWAMEDIAITEM", "ZWAPROFILEPUSHNAME", "ZWAGROUPINFO", "Z_PRIMARYKEY", "Z_METADATA", "Z_MODELCACHE"},
		Read:  readIPhone,
	}
}

// book is what the messages of an iPhone refer to.
type book struct {
	*sqlite.View
	chats   map[int64]conversation
	members map[int64]timeline.Party
	names   map[string]string // push names, by JID
	media   sqlite.Links
	find    *sqlite.Finder
}

func newBook(v *sqlite.View) *book {
	b := &book{View: v, chats: map[int64]conversation{}, members: map[int64]timeline.Party{}, names: map[string]string{}}
	for row := range v.Rows("ZWAPROFILEPUSHNAME", "ZJID", "ZPUSHNAME") {
		b.names[row.Text("ZJID")] = row.Text("ZPUSHNAME")
	}
	for row := range v.Rows("ZWACHATSESSION", "ZCONTACTJID", "ZPARTNERNAME") {
		b.chats[row.ID] = conversation{row.Text("ZCONTACTJID"), row.Text("ZPARTNERNAME")}
	}
	for row := range v.Rows("ZWAGROUPMEMBER", "ZMEMBERJID", "ZCONTACTNAME", "ZFIRSTNAME") {
		jid, name := row.Text("ZMEMBERJID"), row.Text("ZCONTACTNAME")
		for _, other := range []string{row.Text("ZFIRSTNAME"), b.names[jid]} {
			if name == "" {
				name = other
			}
		}
		b.members[row.ID] = party(jid, name)
	}
	b.media = v.Keys("ZWAMEDIAITEM", "ZMESSAGE")
	b.find = v.Finder("ZWAMEDIAITEM", "ZMEDIALOCALPATH", "ZTITLE", "ZVCARDNAME", "ZVCARDSTRING", "ZLATITUDE", "ZLONGITUDE", "ZMOVIEDURATION", "ZFILESIZE", "ZMEDIAURL")
	return b
}

func readIPhone(v *sqlite.View) error {
	b := newBook(v)
	for row := range v.Rows("ZWAMESSAGE", "ZISFROMME", "ZMESSAGEDATE", "ZSENTDATE", "ZTEXT", "ZMESSAGETYPE", "ZGROUPEVENTTYPE", "ZCHATSESSION", "ZLASTSESSION", "ZGROUPMEMBER",
		"ZSTANZAID", "ZFROMJID", "ZTOJID", "ZSTARRED", "ZMESSAGEERRORSTATUS", "ZFLAGS") {
		if err := v.Event("ZWAMESSAGE", row, b.event(row)); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) event(row sqlite.Row) timeline.Event {
	session := row.Int("ZCHATSESSION")
	if session == 0 {
		session = row.Int("ZLASTSESSION")
	}
	c := b.chats[session]
	kind, group := row.Int("ZMESSAGETYPE"), isGroup(c.jid)
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.AppleSeconds.When(row, "ZMESSAGEDATE"), Text: row.Text("ZTEXT"), Thread: thread(c.jid, c.subject),
		Source: timeline.Pinpoint{Record: b.Record("message", row)},
	}
	sqlite.Fact(&e, "type", meaning(iphoneTypes, kind))
	for _, id := range b.media.Of(row.ID) {
		if m, ok := b.find.Row(id); ok {
			b.item(&e, kind, m)
		}
	}
	switch kind {
	case 6:
		notice(&e, meaning(iphoneGroupEvents, row.Int("ZGROUPEVENTTYPE")))
	case 10, 12:
		says := meaning(iphoneNotices, row.Int("ZGROUPEVENTTYPE"))
		if notice(&e, says); strings.Contains(says, "call") {
			e.Kind = timeline.Call
		}
	case 14:
		deleted(&e, iphoneTypes[kind])
	}
	b.parties(&e, row, c, group)
	if sent := sqlite.AppleSeconds.When(row, "ZSENTDATE"); sent.Precision != timeline.Undated {
		sqlite.Fact(&e, "sent", sqlite.Moment(sent))
	}
	if row.Int("ZSTARRED") != 0 {
		sqlite.Fact(&e, "starred", "starred")
	}
	if row.Int("ZFLAGS")&(1<<7) != 0 && row.Int("ZISFROMME") == 0 {
		sqlite.Fact(&e, "flags", row.Text("ZFLAGS"))
	}
	keys(&e, c.jid, row.Text("ZSTANZAID"))
	return e
}

// parties sets who a message is from and to. In a group the sender stands in
// the table of members, and not in the message itself.
func (b *book) parties(e *timeline.Event, row sqlite.Row, c conversation, group bool) {
	name := c.subject
	if group {
		name = ""
	}
	chat := party(c.jid, name)
	if c.jid == "" {
		chat = party(row.Text("ZFROMJID"), b.names[row.Text("ZFROMJID")])
		e.Thread = address(row.Text("ZFROMJID"))
		sqlite.Fact(e, "conversation", "the message is in none that is left")
	}
	sender := b.members[row.Int("ZGROUPMEMBER")]
	if from := row.Text("ZFROMJID"); sender == (timeline.Party{}) && !isGroup(from) && from != "" {
		sender = party(from, b.names[from])
	}
	towards(e, row.Int("ZISFROMME") != 0 && e.Kind == timeline.Message, chat, sender, group)
	if to := row.Text("ZTOJID"); !e.From.Owner && to != "" && !isGroup(to) && len(e.To) == 1 && e.To[0].Owner {
		e.To[0].Address = address(to)
	}
}

// item is what a message shows beside its words.
func (b *book) item(e *timeline.Event, kind int64, row sqlite.Row) {
	const location = 5
	stored, title := row.Text("ZMEDIALOCALPATH"), row.Text("ZTITLE")
	if e.Text == "" {
		e.Text = title
	} else if title != e.Text {
		sqlite.Fact(e, "title", title)
	}
	if kind == location {
		place(e, row.Float("ZLATITUDE"), row.Float("ZLONGITUDE"), "")
		return
	}
	words := row.Text("ZVCARDSTRING") // of a file it is the media type
	mediaType := ""
	if strings.Contains(words, "/") && !strings.ContainsAny(words, " \n") {
		mediaType = words
	} else {
		sqlite.Fact(e, "contact", words)
	}
	if stored != "" || mediaType != "" {
		attach(b.View, e, "", stored, mediaType)
		if sum := row.Text("ZVCARDNAME"); strings.HasSuffix(sum, "=") {
			sqlite.Fact(e, "sum of the file", sum)
		}
	}
	if row.Int("ZMOVIEDURATION") != 0 {
		sqlite.Fact(e, "duration", sqlite.Seconds(row, "ZMOVIEDURATION"))
	}
}
