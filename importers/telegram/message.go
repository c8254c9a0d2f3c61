package telegram

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// message is one of a chat, as Telegram writes it. What an event shows only as a
// fact stays in Rest.
type message struct {
	ID         jsonfile.Scalar `json:"id"`
	Type       jsonfile.Scalar `json:"type"`
	Date       jsonfile.Scalar `json:"date"`
	Unix       jsonfile.Scalar `json:"date_unixtime"`
	Edited     jsonfile.Scalar `json:"edited"`
	EditedUnix jsonfile.Scalar `json:"edited_unixtime"`
	From       jsonfile.Scalar `json:"from"`
	FromID     jsonfile.Scalar `json:"from_id"`
	Actor      jsonfile.Scalar `json:"actor"`
	ActorID    jsonfile.Scalar `json:"actor_id"`
	Action     jsonfile.Scalar `json:"action"`
	Text       jsontext.Value  `json:"text"`
	Entities   jsontext.Value  `json:"text_entities"`
	Photo      jsonfile.Scalar `json:"photo"`
	File       jsonfile.Scalar `json:"file"`
	FileName   jsonfile.Scalar `json:"file_name"`
	Mime       jsonfile.Scalar `json:"mime_type"`
	Thumbnail  jsonfile.Scalar `json:"thumbnail"`
	Seconds    jsonfile.Scalar `json:"duration_seconds"`
	Duration   jsonfile.Scalar `json:"duration"`
	VCard      jsonfile.Scalar `json:"contact_vcard"`
	Location   jsontext.Value  `json:"location_information"`
	PlaceName  jsonfile.Scalar `json:"place_name"`
	Address    jsonfile.Scalar `json:"address"`
	Poll       jsontext.Value  `json:"poll"`
	Reactions  jsontext.Value  `json:"reactions"`
	Contact    jsontext.Value  `json:"contact_information"`
	ReplyTo    jsonfile.Scalar `json:"reply_to_message_id"`
	MediaType  jsonfile.Scalar `json:"media_type"`
	Width      jsonfile.Scalar `json:"width"`
	Height     jsonfile.Scalar `json:"height"`
	FileSize   jsonfile.Scalar `json:"file_size"`
	PhotoSize  jsonfile.Scalar `json:"photo_file_size"`
	Rest       jsontext.Value  `json:",embed"`
}

var (
	errUnsupported = errors.New("this message was not exported by Telegram Desktop: it is of a kind that this version of it does not know")
	errNoDate      = errors.New("this record has no date")
)

// message reads one record of a chat.
func (x *export) message(c *chat, v jsonfile.Value, m *message) error {
	c.count(string(m.ID))
	if m.Type == "unsupported" {
		return x.out.Skip(v.Record, v.Text(), errUnsupported)
	}
	if m.Type == "" && m.Date == "" && m.Unix == "" && m.Text == nil {
		return x.out.Skip(v.Record, v.Text(), errNoDate)
	}
	e := timeline.Event{Kind: timeline.Message, Thread: c.thread(), Source: timeline.Pinpoint{Record: v.Record}, Extra: timeline.Facts{}}
	e.When, e.Flags = x.when(string(m.Date), string(m.Unix))
	e.From = x.party(c, string(m.From), string(m.FromID))
	if m.Type == "service" {
		x.service(c, &e, m)
	}
	e.To = x.towards(c, e.From)
	x.differ(c, &e, v)
	v.DisputeWhen(importers.FactsOf(&e), "date", "date_unixtime")
	body(&e, m)
	x.edited(&e, m)
	x.media(&e, m)
	facts(&e, c, m)
	return x.out.Event(e)
}

// body is the text, with its styles where it has any.
func body(e *timeline.Event, m *message) {
	if plainTwice(m.Text, m.Entities) {
		importers.Facts{Event: e}.Say(jsonfile.Plain(m.Text))
		return
	}
	w, again := parts(m.Text), parts(m.Entities)
	if len(w) == 0 && len(again) > 0 {
		w, again = again, nil
		extra(e, "text", "taken from text_entities")
	}
	if text := w.String(); text != "" {
		importers.Facts{Event: e}.Say(text)
	}
	extra(e, "styles", w.styles())
	if len(again) > 0 && !w.same(again) {
		extra(e, "text_entities", again.String()+" ("+again.styles()+")")
	}
}

// edited says that the message was changed, as far as Telegram tells.
func (x *export) edited(e *timeline.Event, m *message) {
	if m.Edited == "" && m.EditedUnix == "" {
		return
	}
	w, _ := x.when(string(m.Edited), string(m.EditedUnix))
	flag(e, timeline.Edited)
	extra(e, "edited", w.Raw+" (Telegram sets this also when somebody reacts to a message)")
}

// facts are the members that nothing else of the event shows.
func facts(e *timeline.Event, c *chat, m *message) {
	extra(e, "chat", c.about)
	extra(e, "id", string(m.ID))
	switch m.Type {
	case "message", "service":
	case "":
		extra(e, "type", "not stated")
	default:
		extra(e, "type", string(m.Type))
	}
	for _, s := range []jsonfile.Scalar{m.Seconds, m.Duration} {
		if s != "" {
			extra(e, "duration", string(s)+" s")
		}
	}
	extra(e, "reply_to_message_id", string(m.ReplyTo))
	extra(e, "media_type", string(m.MediaType))
	extra(e, "width", string(m.Width))
	extra(e, "height", string(m.Height))
	extra(e, "file_size", string(m.FileSize))
	extra(e, "photo_file_size", string(m.PhotoSize))
	extra(e, "reactions", reactions(m.Reactions))
	rest(e, m.Rest)
	if key := same(c, e, m); key != "" {
		e.Extra.Set(timeline.SameKey, key)
	}
}

// rest keeps members by their own names.
func rest(e *timeline.Event, members jsontext.Value) {
	if len(members) == 0 {
		return
	}
	for name, raw := range jsonfile.Fields(members) {
		value := jsonfile.Plain(raw)
		switch raw.Kind() {
		case '[', '{':
			value = compact(raw)
		case 'n':
			value = "null"
		}
		extra(e, name, value)
	}
}

func compact(raw jsontext.Value) string {
	c := raw.Clone()
	if err := c.Compact(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return string(raw)
	}
	return string(c)
}

// same is equal for one message in two exports of an account: by the chat, the
// number, the time and the words. Numbers alone are not enough: in small groups
// each account has its own.
func same(c *chat, e *timeline.Event, m *message) string {
	if c.id == "" || m.ID == "" {
		return ""
	}
	at := string(m.Unix)
	if at == "" {
		at = string(m.Date)
	}
	return importers.SameOf(c.id, string(m.ID), at, e.Text, string(m.Action))
}

// reactions are who reacted with what, and when.
func reactions(raw jsontext.Value) string {
	var list []string
	for _, r := range jsonfile.Items(raw) {
		var words []string
		for name, v := range jsonfile.Fields(r) {
			switch name {
			case "recent":
				for _, who := range jsonfile.Items(v) {
					words = append(words, "by "+joined(who, " "))
				}
			case "emoji":
				words = append(words, jsonfile.Plain(v))
			case "count":
				words = append(words, "×"+jsonfile.Plain(v))
			default:
				words = append(words, name+" "+jsonfile.Plain(v))
			}
		}
		list = append(list, strings.Join(words, " "))
	}
	if len(list) == 0 && len(raw) > 0 && string(raw) != "null" && string(raw) != "[]" {
		return compact(raw)
	}
	return strings.Join(list, "; ")
}

// joined are the values of an object, one behind the other.
func joined(raw jsontext.Value, by string) string {
	var list []string
	for _, v := range jsonfile.Fields(raw) {
		list = append(list, jsonfile.Plain(v))
	}
	if list == nil {
		return jsonfile.Plain(raw)
	}
	return strings.Join(list, by)
}

func extra(e *timeline.Event, name, value string) { importers.FactsOf(e).Add(name, value) }

func flag(e *timeline.Event, f timeline.Flag) { importers.FactsOf(e).Flag(f) }
