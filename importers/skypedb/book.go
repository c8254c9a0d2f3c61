package skypedb

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// book is what the records refer to.
type book struct {
	*sqlite.View
	owners  map[string]bool // Skype names of the accounts
	own     string          // the first of them
	threads map[int64]conversation
	members map[int64][]string      // by conversation
	names   map[string]string       // by Skype name
	inCall  map[int64][]string      // who was in a call
	smsOf   map[int64]timeline.When // when the SMS of a message was sent
	shown   map[int64]bool          // messages that show an SMS
}

type conversation struct{ identity, name string }

func newBook(v *sqlite.View) *book {
	b := &book{
		View: v, owners: map[string]bool{}, threads: map[int64]conversation{}, members: map[int64][]string{}, names: map[string]string{},
		inCall: map[int64][]string{}, smsOf: map[int64]timeline.When{}, shown: map[int64]bool{},
	}
	for row := range v.Rows("Accounts", "skypename", "fullname") {
		name := row.Text("skypename")
		if b.own == "" {
			b.own = name
		}
		b.owners[name], b.names[name] = true, row.Text("fullname")
	}
	for row := range v.Rows("Conversations", "identity", "displayname") {
		b.threads[row.ID] = conversation{row.Text("identity"), row.Text("displayname")}
	}
	for row := range v.Rows("Participants", "convo_id", "identity") {
		b.members[row.Int("convo_id")] = append(b.members[row.Int("convo_id")], row.Text("identity"))
	}
	for row := range v.Rows("CallMembers", "call_db_id", "identity", "dispname") {
		b.inCall[row.Int("call_db_id")] = append(b.inCall[row.Int("call_db_id")], row.Text("identity"))
		b.names[row.Text("identity")] = row.Text("dispname")
	}
	for row := range v.Rows("SMSes", "chatmsg_id", "timestamp") {
		if id := row.Int("chatmsg_id"); id != 0 {
			b.smsOf[id] = sqlite.UnixSeconds.When(row, "timestamp")
		}
	}
	return b
}

// party is somebody by their Skype name.
func (b *book) party(skype, name string) timeline.Party {
	if name == "" {
		name = b.names[skype]
	}
	return timeline.Party{Name: name, Address: skype, Owner: b.owners[skype]}
}

func (b *book) owner() timeline.Party {
	return timeline.Party{Address: b.own, Name: b.names[b.own], Owner: true}
}

// thread names a conversation; chat is its older name.
func (b *book) thread(id int64, chat string) string {
	c := b.threads[id]
	switch {
	case c.identity == "":
		return chat
	case c.name == "" || !strings.HasPrefix(c.identity, "#"):
		return c.identity
	}
	return c.name + " (" + c.identity + ")"
}

// others are those of a conversation but one.
func (b *book) others(id int64, but string) (list []timeline.Party) {
	for _, m := range b.members[id] {
		if m != but {
			list = append(list, b.party(m, ""))
		}
	}
	return list
}

// kinds are what the numbers of messages mean.
var kinds = map[int64]string{
	2: "changed the topic", 10: "added to the conversation", 12: "removed from the conversation", 13: "left the conversation", 30: "call began", 39: "call ended",
	50: "asked to be a contact", 51: "accepted as a contact", 53: "blocked", 60: "about themself", 61: "text", 63: "sent contacts", 64: "SMS", 68: "sent files",
	70: "video message", 100: "joined the chat", 110: "birthday", 201: "sent a picture", 253: "video message", 254: "sent a file",
}

// talk are the kinds that somebody wrote or sent.
var talk = []int64{60, 61, 63, 64, 68, 70, 201, 253, 254}

func (b *book) messages() error {
	for row := range b.Rows("Messages", "convo_id", "chatname", "author", "from_dispname", "dialog_partner", "guid", "timestamp", "type", "sending_status", "edited_by",
		"edited_timestamp", "body_xml", "identities", "reason", "error_code") {
		if err := b.Event("Messages", row, b.message(row)); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) message(row sqlite.Row) timeline.Event {
	author, kind := row.Text("author"), row.Int("type")
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.UnixSeconds.When(row, "timestamp"), Thread: b.thread(row.Int("convo_id"), row.Text("chatname")),
		From: b.party(author, row.Text("from_dispname")), Source: timeline.Pinpoint{Record: b.Record("message", row)},
	}
	said, known := kinds[kind]
	if !known {
		said = fmt.Sprintf("%d (meaning not known)", kind)
	}
	sqlite.Fact(&e, "type", said)
	var edited bool
	if e.Text, edited = words(row.Text("body_xml")); edited || row.Int("edited_timestamp") != 0 {
		sqlite.Flag(&e, timeline.Edited)
		sqlite.Fact(&e, "edited", sqlite.Moment(sqlite.UnixSeconds.When(row, "edited_timestamp")))
		sqlite.Fact(&e, "edited by", row.Text("edited_by"))
	}
	if known && !slices.Contains(talk, kind) {
		e.Kind = timeline.System
		if e.Text == "" {
			e.Text = strings.TrimSpace(said + " " + row.Text("identities"))
			sqlite.Flag(&e, timeline.AppText)
		}
	}
	b.recipients(&e, row)
	b.dispute(&e, row)
	b.sentAt(&e, row.ID)
	sqlite.Fact(&e, "people", row.Text("identities"))
	sqlite.Fact(&e, "reason", row.Text("reason"))
	if row.Int("sending_status") == 3 {
		sqlite.Flag(&e, timeline.Failed)
	}
	sqlite.Fact(&e, "chat", row.Text("chatname"))
	key := hex.EncodeToString(row.Bytes("guid"))
	if key == "" {
		key = importers.SameOf(row.Text("chatname"), author, row.Text("timestamp"), row.Text("body_xml"))
	}
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("skype", key))
	return e
}

// recipients sets who a message is to: the other of two, or all others of the
// conversation.
func (b *book) recipients(e *timeline.Event, row sqlite.Row) {
	partner := row.Text("dialog_partner")
	switch {
	case !e.From.Owner && partner != "":
		e.To = []timeline.Party{b.owner()}
	case partner != "":
		e.To = []timeline.Party{b.party(partner, "")}
	default:
		e.To = b.others(row.Int("convo_id"), e.From.Address)
	}
	if !e.From.Owner && !slices.ContainsFunc(e.To, func(p timeline.Party) bool { return p.Owner }) {
		e.To = append([]timeline.Party{b.owner()}, e.To...)
	}
}

// dispute takes nobody for the author of a message that its own row, or the
// conversation of two that it stands in, says is another's.
func (b *book) dispute(e *timeline.Event, row sqlite.Row) {
	const sent = 2
	author, with := row.Text("author"), b.threads[row.Int("convo_id")].identity
	f := importers.FactsOf(e)
	switch {
	case author == "" || b.own == "":
	case row.Int("sending_status") == sent && !e.From.Owner:
		f.Dispute("sending_status says that the owner sent it; author says "+author, e.From)
	case with != "" && !strings.HasPrefix(with, "#") && !e.From.Owner && author != with:
		f.Dispute("the conversation is with "+with+" alone; author says "+author, e.From, b.party(with, ""))
	}
}

// sentAt adds the time of the SMS that a message shows.
func (b *book) sentAt(e *timeline.Event, id int64) {
	sent, ok := b.smsOf[id]
	if !ok {
		return
	}
	b.shown[id] = true
	chosen := e.When.Precision == timeline.Undated && sent.Precision != timeline.Undated
	e.Claims = []timeline.Claim{
		{Label: "Messages.timestamp", When: e.When, Chosen: !chosen},
		{Label: "SMSes.timestamp", When: sent, Chosen: chosen},
	}
	const near = 5 * time.Minute
	late := e.When.Instant.Sub(sent.Instant).Abs()
	if chosen {
		e.When = sent
	}
	if chosen || sent.Precision != timeline.Undated && late > near {
		sqlite.Flag(e, timeline.TimesDisagree)
	}
}

var errShown = errors.New("it is shown as the message of the chat that it was sent in")

func (b *book) sms() error {
	for row := range b.Rows("SMSes", "type", "status", "timestamp", "target_numbers", "body", "chatmsg_id", "reply_to_number", "price", "price_precision", "price_currency") {
		if id := row.Int("chatmsg_id"); b.shown[id] {
			if err := b.Skip(b.Record("sms", row), row.Text("body"), fmt.Errorf("%w (message %d)", errShown, id)); err != nil {
				return err
			}
			continue
		}
		e := timeline.Event{
			Kind: timeline.Message, When: sqlite.UnixSeconds.When(row, "timestamp"), Text: row.Text("body"), Source: timeline.Pinpoint{Record: b.Record("sms", row)},
		}
		for _, number := range strings.Fields(strings.ReplaceAll(row.Text("target_numbers"), ",", " ")) {
			e.To = append(e.To, timeline.Party{Address: number})
		}
		const outgoing = 2
		if row.Int("type") == outgoing {
			e.From = b.owner()
		}
		e.Thread = row.Text("target_numbers")
		sqlite.Fact(&e, "type", "SMS (type "+row.Text("type")+", status "+row.Text("status")+")")
		if err := b.Event("SMSes", row, e); err != nil {
			return err
		}
	}
	return nil
}
