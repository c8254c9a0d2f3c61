package imessage

import (
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// columns are what is read of a message; versions of the app lack some.
var columns = []string{
	"guid", "text", "attributedBody", "handle_id", "other_handle", "subject", "service", "account", "destination_caller_id",
	"date", "date_read", "date_delivered", "date_edited", "date_retracted", "date_played", "is_from_me", "error", "item_type",
	"group_title", "group_action_type", "share_status", "share_direction", "associated_message_guid", "associated_message_type",
	"associated_message_emoji", "thread_originator_guid", "message_summary_info", "balloon_bundle_id", "payload_data",
	"expressive_send_style_id", "is_spam", "is_audio_message", "is_auto_reply", "is_forward", "is_corrupt", "was_delivered_quietly",
	"cache_roomnames", "schedule_type", "schedule_state",
}

// message is one row of the table while its event is made.
type message struct {
	*book
	row sqlite.Row
}

func (m message) event() timeline.Event {
	row := m.row
	e := timeline.Event{Kind: timeline.Message, When: moment(row, "date"), Source: timeline.Pinpoint{Record: m.Record("message", row)}}
	m.parties(&e)
	e.Files = m.attachments(row.ID)
	m.words(&e)
	m.times(&e)
	m.about(&e)
	m.summary(&e)
	if row.Int("item_type") != 0 {
		m.announcement(&e)
	}
	m.facts(&e)
	m.deleted(&e)
	guid := row.Text("guid")
	sqlite.Fact(&e, "guid", guid)
	if guid != "" {
		sqlite.Fact(&e, timeline.SameKey, importers.SameOf("imessage", guid))
	}
	if _, quoted := m.quoted[guid]; quoted {
		m.quoted[guid] = sqlite.Short(e.Text)
	}
	return e
}

// parties sets who the message is from and to, and its conversation.
func (m message) parties(e *timeline.Event) {
	c, further := m.chatOf(m.row.ID)
	e.Thread = c.thread()
	sqlite.Fact(e, "chat", c.guid)
	sqlite.Fact(e, "also in the conversations", strings.Join(further, ", "))
	owner := timeline.Party{Owner: true, Address: m.own()}
	handle := m.row.Int("handle_id")
	sender := m.party(handle)
	if m.row.Int("is_from_me") != 0 {
		e.From = owner
		e.To = m.others(c, 0)
		if len(e.To) == 0 && sender.Address != "" {
			e.To = []timeline.Party{sender}
		}
	} else {
		if sender.Address == "" && !c.group && c.identifier != "" {
			sender.Address = c.identifier
			sqlite.Fact(e, "sender", "the message names none: taken from the conversation of two")
		} else if sender.Address == "" {
			sqlite.Fact(e, "sender", "not stated")
		}
		e.From = sender
		e.To = []timeline.Party{owner}
		if c.group {
			e.To = append(e.To, m.others(c, handle)...)
		} else if c.identifier != "" && !m.among(sender, c) {
			importers.FactsOf(e).Differ("handle_id says " + sender.Address + "; the conversation is with " + c.identifier)
		}
	}
	if e.Thread == "" && sender.Address != "" {
		e.Thread = sender.Address
		sqlite.Fact(e, "conversation", "the message is in none that is left: named by its sender or recipient")
	}
}

// among tells whether somebody is the other one of a conversation of two.
func (m message) among(p timeline.Party, c chat) bool {
	number := m.phones.Of(p.Address)
	for _, other := range append(m.others(c, 0), timeline.Party{Address: c.identifier}) {
		if strings.EqualFold(p.Address, other.Address) || number != "" && number == m.phones.Of(other.Address) {
			return true
		}
	}
	return false
}

// others are those of a conversation but the owner and one of them.
func (m message) others(c chat, but int64) (list []timeline.Party) {
	for _, h := range c.members {
		if p := m.party(h); h != but && p.Address != "" {
			list = append(list, p)
		}
	}
	if len(list) == 0 && !c.group && c.identifier != "" {
		list = []timeline.Party{{Address: c.identifier}}
	}
	return list
}

// own is the owner's address: the number that the message went to or came from,
// or the account, behind its mark ("e:", "p:").
func (m message) own() string {
	if own := m.row.Text("destination_caller_id"); own != "" {
		return own
	}
	account := m.row.Text("account")
	if _, address, ok := strings.Cut(account, ":"); ok {
		return address
	}
	return account
}

// words sets the text: the plain one or, where there is none, that of the
// formatted form.
func (m message) words(e *timeline.Event) {
	plain, formatted := m.row.Text("text"), ""
	body := m.row.Bytes("attributedBody")
	if len(body) > 0 {
		var ok bool
		if formatted, ok = plainText(body); !ok && plain == "" {
			sqlite.Flag(e, timeline.Undecoded)
			sqlite.Fact(e, "formatted text", fmt.Sprintf("%d bytes, which could not be decoded", len(body)))
		}
	}
	plain, formatted = bare(plain), bare(formatted)
	e.Text = plain
	switch {
	case plain == "":
		e.Text = formatted
	case formatted != "" && formatted != plain:
		sqlite.Fact(e, "formatted text", formatted)
		sqlite.Flag(e, timeline.ReaderDiffer)
	}
}

// bare takes out the signs that stand where an attachment is shown, or an app's
// own picture.
func bare(text string) string {
	return strings.Trim(strings.ReplaceAll(strings.ReplaceAll(text, "\uFFFC", ""), "\uFFFD", ""), "\n")
}

// fates are the columns that say what became of a message afterwards.
var fates = []struct{ column, name string }{
	{"date_delivered", "delivered"}, {"date_read", "read"}, {"date_played", "played"}, {"date_edited", "edited"}, {"date_retracted", "taken back"},
}

// times keeps what became of the message afterwards.
func (m message) times(e *timeline.Event) {
	for _, f := range fates {
		if m.row.Int(f.column) != 0 {
			sqlite.Fact(e, f.name, sqlite.Moment(moment(m.row, f.column)))
		}
	}
}

// target is the identifier of the message that a reaction is about: "p:0/GUID"
// is its first part, "bp:GUID" a balloon.
func target(associated string) string {
	if i := strings.LastIndexAny(associated, ":/"); i >= 0 {
		return associated[i+1:]
	}
	return associated
}

// tapbacks are the reactions by number; 1000 more takes one back.
var tapbacks = map[int64]string{
	2000: "loved", 2001: "liked", 2002: "disliked", 2003: "laughed at", 2004: "emphasised", 2005: "questioned", 2006: "reacted to", 2007: "put a sticker on",
}

// about says which message a reaction or a reply is about.
func (m message) about(e *timeline.Event) {
	kind := m.row.Int("associated_message_type")
	guid := target(m.row.Text("associated_message_guid"))
	did, tapback := tapbacks[kind]
	if !tapback && kind >= 3000 && kind < 4000 {
		if did, tapback = tapbacks[kind-1000]; tapback {
			did = "took back: " + did
		}
	}
	switch {
	case tapback:
		if emoji := m.row.Text("associated_message_emoji"); emoji != "" {
			did = strings.Replace(did, "reacted to", "reacted with "+emoji+" to", 1)
		}
		sqlite.Fact(e, "reaction", did)
		sqlite.Fact(e, "to message", m.quote(guid))
		if e.Text == "" {
			e.Text = did + ": " + m.quote(guid)
			sqlite.Flag(e, timeline.AppText)
		}
	case kind != 0 && guid != "":
		sqlite.Fact(e, "about message", fmt.Sprintf("%s (kind %d)", m.quote(guid), kind))
	}
	if guid := m.row.Text("thread_originator_guid"); guid != "" {
		sqlite.Fact(e, "in reply to", m.quote(guid))
	}
}

// quote names another message: by its words, where they were read before.
func (m message) quote(guid string) string {
	if words := m.quoted[guid]; words != "" {
		return "“" + words + "” (" + guid + ")"
	}
	return guid
}

// announcement is a message that the app itself shows in a conversation.
func (m message) announcement(e *timeline.Event) {
	kind, action := m.row.Int("item_type"), m.row.Int("group_action_type")
	other := m.handles[m.row.Int("other_handle")]
	said := map[[2]int64]string{
		{1, 0}: "added " + other, {1, 1}: "removed " + other,
		{3, 0}: "left the conversation", {3, 1}: "changed the picture of the group", {3, 2}: "removed the picture of the group",
		{3, 4}: "changed the background", {3, 6}: "removed the background",
	}[[2]int64{kind, action}]
	switch {
	case kind == 1 && action == 0 && other != "" && m.row.Int("other_handle") == m.row.Int("handle_id"):
		said = "changed their number"
	case kind == 2:
		said = "named the conversation “" + m.row.Text("group_title") + "”"
	case kind == 4 && m.row.Int("share_status") == 0:
		said = "started to share a location"
	case kind == 4:
		said = "stopped sharing a location"
	case kind == 5:
		said = "kept an audio message"
	case kind == 6:
		said = "used SharePlay"
	case said == "":
		said = fmt.Sprintf("an announcement of the app (kind %d, action %d; meaning not known)", kind, action)
	}
	e.Kind = timeline.System
	sqlite.Flag(e, timeline.AppText)
	sqlite.Fact(e, "direction of sharing", m.row.Text("share_direction"))
	if e.Text != "" {
		sqlite.Fact(e, "announcement", said)
		return
	}
	e.Text = said
}

// marks are the columns that are 1 for what they say.
var marks = []struct{ column, name, words string }{
	{"is_spam", "spam", "put among junk"}, {"is_audio_message", "audio message", "audio message"},
	{"is_auto_reply", "auto reply", "sent by itself while driving or not to be disturbed"}, {"is_forward", "forward", "forwarded"},
	{"is_corrupt", "corrupt", "the app calls the message corrupt"}, {"was_delivered_quietly", "was delivered quietly", "delivered quietly"},
}

// facts keeps what else the row says.
func (m message) facts(e *timeline.Event) {
	for _, c := range []string{"subject", "service"} {
		sqlite.Fact(e, c, m.row.Text(c))
	}
	sqlite.Fact(e, "app", m.row.Text("balloon_bundle_id"))
	if n := len(m.row.Bytes("payload_data")); n > 0 {
		sqlite.Fact(e, "app data", fmt.Sprintf("%d bytes, not decoded", n))
	}
	sqlite.Fact(e, "effect", m.row.Text("expressive_send_style_id"))
	for _, f := range marks {
		if m.row.Int(f.column) != 0 {
			sqlite.Fact(e, f.name, f.words)
		}
	}
	if m.row.Int("schedule_type") != 0 {
		sqlite.Fact(e, "scheduled", fmt.Sprintf("sent later (state %d)", m.row.Int("schedule_state")))
	}
	if n := m.row.Int("error"); n != 0 {
		sqlite.Fact(e, "error", fmt.Sprintf("%d", n))
		if e.From.Owner {
			sqlite.Flag(e, timeline.Failed)
		}
	}
}

// deleted keeps that the message, or a part of it, is in Recently Deleted.
func (m message) deleted(e *timeline.Event) {
	if d, ok := m.recoverable[m.row.ID]; ok {
		words := "in Recently Deleted"
		if at := sqlite.Moment(d.when); at != "" {
			words += " since " + at
		}
		sqlite.Fact(e, "deleted", words)
		sqlite.Flag(e, timeline.Deleted)
	}
	if parts := m.parts[m.row.ID]; len(parts) > 0 {
		sqlite.Fact(e, "deleted parts", strings.Join(parts, "\n"))
		sqlite.Flag(e, timeline.Deleted)
		delete(m.parts, m.row.ID)
	}
}
