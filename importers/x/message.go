package x

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// happening is anything that stands in a conversation. Which of its members are
// there depends on what it is called.
type happening struct {
	ID         jsonfile.Scalar   `json:"id"`
	Sender     jsonfile.Scalar   `json:"senderId"`
	Recipient  jsonfile.Scalar   `json:"recipientId"`
	Text       jsonfile.Scalar   `json:"text"`
	CreatedAt  jsonfile.Scalar   `json:"createdAt"`
	Media      []jsonfile.Scalar `json:"mediaUrls"`
	Initiating jsonfile.Scalar   `json:"initiatingUserId"`
	Snapshot   []jsonfile.Scalar `json:"participantsSnapshot"`
	Users      []jsonfile.Scalar `json:"userIds"`
	Name       jsonfile.Scalar   `json:"name"`
	Links      []struct {
		Expanded jsonfile.Scalar `json:"expanded"`
	} `json:"urls"`
	Reactions []reaction                 `json:"reactions"`
	Edits     []jsontext.Value           `json:"editHistory"`
	Rest      map[string]jsonfile.Scalar `json:",embed"`
}

type reaction struct {
	Sender    jsonfile.Scalar `json:"senderId"`
	Key       jsonfile.Scalar `json:"reactionKey"`
	Event     jsonfile.Scalar `json:"eventId"`
	CreatedAt jsonfile.Scalar `json:"createdAt"`
}

// conversation reads the messages of one conversation, which stand newest first.
func (a *archive) conversation(f *jsonfile.File) error {
	var id jsonfile.Scalar
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		switch {
		case name == "conversationId" && f.Kind() == '"':
			v, err := f.Value()
			if err != nil {
				return err
			}
			if err := v.Decode(&id); err != nil {
				return err
			}
		case name == "messages":
			for _, err := range f.Elements() {
				if err != nil {
					return err
				}
				for kind, err := range f.Members() {
					if err != nil {
						return err
					}
					if err := a.happens(f, string(id), kind); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// happens hands on what stands here, and the reactions to it.
func (a *archive) happens(f *jsonfile.File, conversation, kind string) error {
	h := &a.last
	v, err := f.Decode(h)
	if err != nil {
		return err
	}
	a.count++
	e := timeline.Event{Kind: timeline.Message, Extra: make(timeline.Facts, 0, 4)}
	why := v.Bad
	if why == nil {
		e.When, why = a.made(&e, string(h.CreatedAt), string(h.ID))
		if why != nil && h.Text != "" {
			e.When, why = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: string(h.CreatedAt)}, nil
		}
	}
	if why != nil {
		return a.out.Skip(v.Record, v.Text(), why)
	}
	e.Source.Record = v.Record
	e.Extra.Set("conversation", conversation)
	if kind == "messageCreate" || kind == "welcomeMessageCreate" {
		a.message(&e, h, conversation)
		if kind == "messageCreate" {
			a.dispute(&e, h, v, conversation)
		}
	} else {
		a.notice(&e, h, kind)
	}
	for name, value := range h.Rest {
		set(&e, name, string(value))
	}
	if err := a.out.Event(e); err != nil {
		return err
	}
	return a.reactions(&e, h)
}

// message fills in what somebody wrote. To whom it went in a group the archive
// does not say, but for the account whose archive it is.
func (a *archive) message(e *timeline.Event, h *happening, conversation string) {
	e.From = a.party(string(h.Sender), "")
	switch {
	case h.Recipient != "":
		e.To = []timeline.Party{a.party(string(h.Recipient), "")}
	case !e.From.Owner:
		e.To = []timeline.Party{a.self()}
	}
	e.Thread = a.thread(e, h, conversation)
	e.Text = string(h.Text)
	for _, m := range h.Media {
		e.Files = append(e.Files, a.file(string(h.ID), []string{string(m)}, "direct_messages_media", "direct_messages_group_media", "direct_message_media", "direct_message_group_media"))
	}
	var links []string
	for _, l := range h.Links {
		links = append(links, string(l.Expanded))
	}
	set(e, "links", strings.Join(links, " "))
	if len(h.Edits) > 0 {
		e.Flags = append(e.Flags, timeline.Edited)
		var words []string
		for _, raw := range h.Edits {
			words = append(words, jsonfile.Plain(raw))
		}
		set(e, "earlier versions", strings.Join(words, "\n"))
	}
	set(e, "id", string(h.ID))
	e.Extra.Set(timeline.SameKey, importers.SameOf("message", string(h.ID), string(h.CreatedAt), string(h.Sender)))
}

// dispute takes nobody for the sender of a message whose record names two, or
// whose conversation is named by two accounts that are not its sender and its
// recipient.
func (a *archive) dispute(e *timeline.Event, h *happening, v jsonfile.Value, conversation string) {
	f := importers.FactsOf(e)
	one, other, two := strings.Cut(conversation, "-")
	from, to := string(h.Sender), string(h.Recipient)
	if two && to != "" && (from != one || to != other) && (from != other || to != one) {
		f.Dispute("the conversation is of "+one+" and "+other+"; senderId says "+from+", recipientId "+to, e.From, e.To[0])
	}
	v.DisputeWho(f, func(id string) timeline.Party { return a.party(id, "") }, "senderId", "recipientId")
	v.DisputeWhen(f, "createdAt", "id")
}

// thread is the other account of a conversation of two, and the identifier of
// any other.
func (a *archive) thread(e *timeline.Event, h *happening, conversation string) string {
	other := e.From
	if other.Owner && len(e.To) == 1 {
		other = e.To[0]
	}
	if h.Recipient == "" || a.owner == "" {
		return conversation
	}
	return shown(other)
}

// notices are what X calls the things that happen in a conversation.
var notices = map[string]string{
	"joinConversation":       "Joined the conversation",
	"participantsJoin":       "Added to the conversation",
	"participantsLeave":      "Left the conversation",
	"conversationNameUpdate": "Named the conversation",
	"conversationCreate":     "Began the conversation",
	"reactionCreate":         "Reacted",
}

// notice fills in what happened in a conversation without anybody's words.
func (a *archive) notice(e *timeline.Event, h *happening, kind string) {
	e.Kind, e.Thread = timeline.System, e.Extra.Get("conversation")
	e.Extra.Set(timeline.SameKey, importers.SameOf(kind, e.Thread, string(h.CreatedAt), string(h.Initiating), list(h.Users), string(h.Name), string(h.ID)))
	e.Flags = append(e.Flags, timeline.AppText)
	if e.Text = notices[kind]; e.Text == "" {
		e.Text = kind
	}
	if h.Name != "" {
		e.Text += ": " + string(h.Name)
	}
	if by := first(h.Initiating, h.Sender); by != "" {
		e.From = a.party(by, "")
	}
	if kind == "participantsLeave" && len(h.Users) == 1 {
		e.From, h.Users = a.party(string(h.Users[0]), ""), nil
	}
	for _, id := range append(h.Users, h.Snapshot...) {
		e.To = append(e.To, a.party(string(id), ""))
	}
	e.Extra.Set("type", kind)
}

// reactions hands on the reactions to a message, each with its own time.
func (a *archive) reactions(to *timeline.Event, h *happening) error {
	for i, r := range h.Reactions {
		record := fmt.Sprintf("%s, reaction %d", to.Source.Record, i+1)
		w, why := moment(string(r.CreatedAt))
		var err error
		if why != nil {
			err = a.out.Skip(record, string(r.Key), why)
		} else {
			e := timeline.Event{Kind: timeline.System, When: w, From: a.party(string(r.Sender), ""), Thread: to.Thread, Text: "Reacted: " + string(r.Key),
				Flags: []timeline.Flag{timeline.AppText}, Source: timeline.Pinpoint{Record: record},
				Extra: timeline.FactsOf("type", "reaction", "to the message", string(h.ID), "id", string(r.Event))}
			e.Extra.Set(timeline.SameKey, importers.SameOf("reaction", string(h.ID), string(r.Sender), string(r.CreatedAt), string(r.Key)))
			err = a.out.Event(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
