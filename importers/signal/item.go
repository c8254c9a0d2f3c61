package signal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// item is a message, a call or a notice of a chat.
type item struct {
	Chat      jsonfile.Scalar `json:"chatId"`
	Author    jsonfile.Scalar `json:"authorId"`
	Sent      jsonfile.Scalar `json:"dateSent"`
	SMS       bool            `json:"sms"`
	Expires   jsonfile.Scalar `json:"expiresInMs"`
	Revisions []item          `json:"revisions"`
	Incoming  *struct {
		Received jsonfile.Scalar `json:"dateReceived"`
		Server   jsonfile.Scalar `json:"dateServerSent"`
		Read     bool            `json:"read"`
		Sealed   bool            `json:"sealedSender"`
		Rest     jsontext.Value  `json:",embed"`
	} `json:"incoming"`
	Outgoing *struct {
		Status   []jsontext.Value `json:"sendStatus"`
		Received jsonfile.Scalar  `json:"dateReceived"`
		Rest     jsontext.Value   `json:",embed"`
	} `json:"outgoing"`
	Directionless jsontext.Value `json:"directionless"`

	Standard *standard      `json:"standardMessage"`
	Contact  *reacted       `json:"contactMessage"`
	Sticker  *stickered     `json:"stickerMessage"`
	Deleted  jsontext.Value `json:"remoteDeletedMessage"`
	ByAdmin  *adminDeleted  `json:"adminDeletedMessage"`
	ViewOnce *viewOnce      `json:"viewOnceMessage"`
	Poll     *poll          `json:"poll"`
	Story    *storyReply    `json:"directStoryReplyMessage"`
	Update   *update        `json:"updateMessage"`
	Payment  jsontext.Value `json:"paymentNotification"`
	Badge    jsontext.Value `json:"giftBadge"`
	Rest     jsontext.Value `json:",embed"`
}

var errItem = errors.New("this item of a chat holds nothing that is known of Signal")

// item reads an item, and before it every earlier wording of it.
func (x *export) item(it *item, record string) error {
	versions := len(it.Revisions) + 1
	for i := range it.Revisions {
		old := &it.Revisions[i]
		err := x.one(old, fmt.Sprintf("%s, version %d", record, i+1), fmt.Sprintf("%d of %d, changed later", i+1, versions), it)
		if err != nil {
			return err
		}
	}
	version := ""
	if versions > 1 {
		version = fmt.Sprintf("%d of %d, the last", versions, versions)
	}
	return x.one(it, record, version, it)
}

// one reads one wording. Who and where are those of the item as a whole.
func (x *export) one(it *item, record, version string, whole *item) error {
	e := newEvent(timeline.Message, record)
	to := x.people[x.chats[string(whole.Chat)]]
	e.Thread = to.Name
	if e.Thread == "" {
		e.Thread = to.Address
	}
	x.when(&e, it)
	x.parties(&e, whole, to)
	if version != "" {
		flag(&e, timeline.Edited)
		extra(&e, "version", version)
	}
	if !x.content(&e, it, to) {
		x.events++
		return x.out.Skip(record, x.tell(it.Rest), errItem)
	}
	x.dispute(&e, whole, to)
	x.direction(&e, it)
	if it.SMS {
		extra(&e, "sent as", "text message (SMS)")
	}
	extra(&e, "expiresInMs", string(it.Expires))
	if x.chats[string(whole.Chat)] == "" && whole.Chat != "" {
		extra(&e, "chat", "chat "+string(whole.Chat)+", which the file does not name")
	}
	x.rest(&e, it.Rest)
	e.Extra.Set(timeline.SameKey, importers.SameOf(e.From.Address, strconv.FormatBool(e.From.Owner), to.Name, to.Address, string(it.Sent), e.Text, string(e.Kind)))
	x.events++
	return x.out.Event(e)
}

// when gives the time by the sender's clock, with those of the server and of the
// owner's device beside it.
func (x *export) when(e *timeline.Event, it *item) {
	e.When = moment(string(it.Sent))
	if it.Incoming == nil {
		return
	}
	claims := append(make([]timeline.Claim, 0, 3), timeline.Claim{Label: "dateSent", When: e.When, Chosen: true, Note: "the sender's clock"})
	for _, c := range []struct {
		label, note string
		raw         jsonfile.Scalar
	}{{"dateServerSent", "when Signal's server sent it on", it.Incoming.Server}, {"dateReceived", "when the owner's device received it", it.Incoming.Received}} {
		if c.raw != "" && c.raw != "0" {
			claims = append(claims, timeline.Claim{Label: c.label, When: moment(string(c.raw)), Note: c.note})
		}
	}
	if len(claims) == 1 {
		return
	}
	e.Claims = claims
	by := claims[1].When // the server's clock where it is given: a device may have been off
	if late := by.Instant.Sub(e.When.Instant); !by.Instant.IsZero() && (late > 24*time.Hour || late < -5*time.Minute) {
		flag(e, timeline.TimesDisagree)
	}
}

// parties are who sent it and, in a chat of two, to whom.
func (x *export) parties(e *timeline.Event, it *item, to person) {
	e.From = x.party(e, "author", string(it.Author))
	switch {
	case it.Outgoing != nil:
		e.From.Owner = true
		e.To = []timeline.Party{to.Party}
		if to.group {
			e.To = nil
		}
	case it.Incoming != nil:
		e.To = []timeline.Party{{Owner: true}}
	}
}

// dispute takes nobody for the sender where the file says two things of it.
func (x *export) dispute(e *timeline.Event, it *item, to person) {
	id := string(it.Author)
	author, known := x.people[id]
	named := append([]timeline.Party{author.Party}, author.also...)
	chat := x.chats[string(it.Chat)]
	switch {
	case len(author.also) > 0:
		importers.FactsOf(e).Dispute("recipient "+id+" is "+author.said(), named...)
	case it.Outgoing != nil && known && !author.Owner:
		importers.FactsOf(e).Dispute("“outgoing” says that the owner sent it; authorId "+id+" says "+author.said(), named...)
	case it.Incoming != nil && author.Owner:
		importers.FactsOf(e).Dispute("“incoming” says that the owner received it; authorId "+id+" says that the owner wrote it", to.Party)
	case it.Incoming != nil && known && !to.group && !to.Owner && chat != "" && id != chat && to.Party != (timeline.Party{}):
		importers.FactsOf(e).Dispute("authorId "+id+" says "+author.said()+"; the chat is with "+to.said()+" alone", author.Party, to.Party)
	case e.Kind == timeline.Call && len(to.also) > 0:
		importers.FactsOf(e).Dispute("recipient "+chat+", whom the chat is with, is "+to.said(), append([]timeline.Party{to.Party}, to.also...)...)
	case it.Outgoing != nil && len(to.also) > 0:
		e.To = nil
		importers.FactsOf(e).Differ("recipient " + chat + ", whom the chat is with, is " + to.said())
	}
}

// direction keeps what became of a message on its way.
func (x *export) direction(e *timeline.Event, it *item) {
	if in := it.Incoming; in != nil {
		if !in.Read {
			extra(e, "read", "no")
		}
		if in.Sealed {
			extra(e, "sealedSender", "true")
		}
		x.rest(e, in.Rest)
	}
	if it.Outgoing == nil {
		return
	}
	var list []string
	failed := 0
	for _, raw := range it.Outgoing.Status {
		list = append(list, x.tell(raw))
		for name := range jsonfile.Fields(raw) {
			if name == "failed" {
				failed++
			}
		}
	}
	if failed > 0 && failed == len(it.Outgoing.Status) {
		flag(e, timeline.Failed)
	}
	extra(e, "sendStatus", strings.Join(list, "; "))
	x.rest(e, it.Outgoing.Rest)
}

func newEvent(kind timeline.Kind, record string) timeline.Event {
	return timeline.Event{Kind: kind, When: importers.Undated("not stated"), Source: timeline.Pinpoint{Record: record}, Extra: timeline.Facts{}}
}
