package takeout

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// hangoutsEvent is one of a conversation of Hangouts.
type hangoutsEvent struct {
	Sender  hangoutsID      `json:"sender_id"`
	At      jsonfile.Scalar `json:"timestamp"`
	State   jsontext.Value  `json:"self_event_state"`
	Chat    jsontext.Value  `json:"chat_message"`
	Type    jsonfile.Scalar `json:"event_type"`
	ID      jsonfile.Scalar `json:"event_id"`
	Talk    jsontext.Value  `json:"conversation_id"`
	Hangout jsontext.Value  `json:"hangout_event"`
	Rest    jsontext.Value  `json:",embed"`
}

// hangoutsID is an account's number.
type hangoutsID struct {
	Gaia jsonfile.Scalar `json:"gaia_id"`
	Chat jsonfile.Scalar `json:"chat_id"`
}

func (id hangoutsID) number() string {
	if id.Gaia != "" {
		return string(id.Gaia)
	}
	return string(id.Chat)
}

// conversation is what stands above the events of one.
type conversation struct {
	ID   struct{ ID jsonfile.Scalar } `json:"id"`
	Name jsonfile.Scalar              `json:"name"`
	Type jsonfile.Scalar              `json:"type"`
	Self struct {
		Read struct {
			Who hangoutsID `json:"participant_id"`
		} `json:"self_read_state"`
	} `json:"self_conversation_state"`
	People []struct {
		ID    hangoutsID      `json:"id"`
		Name  jsonfile.Scalar `json:"fallback_name"`
		Phone struct {
			Number jsonfile.Scalar `json:"e164"`
		} `json:"phone_number"`
	} `json:"participant_data"`
}

// talk is a conversation while its events are read.
type talk struct {
	name   string
	order  []string // numbers of its people
	people map[string]timeline.Party
}

func (t *talk) of(id hangoutsID) timeline.Party {
	if p, ok := t.people[id.number()]; ok {
		return p
	}
	return timeline.Party{Address: account(id.number())}
}

// account is an account's number, so written that it is no telephone's.
func account(number string) string {
	if number == "" {
		return ""
	}
	return "google:" + number
}

func (x *export) hangouts(ctx context.Context) error {
	return x.walk(ctx, func(f *jsonfile.File) error {
		for name, err := range f.Members() {
			if err != nil {
				return err
			}
			if name != "conversations" && name != "conversation_state" {
				continue
			}
			for _, err := range f.Elements() {
				if err != nil {
					return err
				}
				if err := x.conversation(f, &talk{}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// conversation reads one, whose people come first. Until 2015 both stood in one
// more object.
func (x *export) conversation(f *jsonfile.File, t *talk) error {
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		switch name {
		case "conversation_state":
			err = x.conversation(f, t)
		case "conversation":
			err = x.people(f, t)
		case "events", "event":
			var m hangoutsEvent
			err = x.list(f, &m, func() (timeline.Event, error) { return t.said(&m) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// people reads who is in a conversation, and hands on what it says as a note.
func (x *export) people(f *jsonfile.File, t *talk) error {
	v, err := f.Value()
	if err != nil {
		return err
	}
	var outer struct {
		Inner jsontext.Value `json:"conversation"`
	}
	var c conversation
	why := v.Decode(&outer)
	if why == nil {
		inner := v
		if outer.Inner.Kind() == '{' {
			inner.Raw, inner.Size = outer.Inner, int64(len(outer.Inner))
		}
		why = inner.Decode(&c)
	}
	if why != nil {
		return x.out.Skip(v.Record, v.Text(), why)
	}
	t.people = make(map[string]timeline.Party, len(c.People))
	self := c.Self.Read.Who.number()
	var others []string
	for _, p := range c.People {
		party := timeline.Party{Name: string(p.Name), Address: account(p.ID.number()), Owner: self != "" && p.ID.number() == self}
		if p.Phone.Number != "" {
			party.Address = string(p.Phone.Number)
		}
		t.order = append(t.order, p.ID.number())
		t.people[p.ID.number()] = party
		if !party.Owner && party.Name != "" {
			others = append(others, party.Name)
		}
	}
	if t.name = string(c.Name); t.name == "" {
		t.name = importers.Shorten(strings.Join(others, ", "), 500)
	}
	if t.name == "" {
		t.name = string(c.ID.ID)
	}
	return x.out.Covers(timeline.When{}, timeline.When{}, v.Record+", a conversation: "+jsonfile.Line(v.Raw))
}

func (t *talk) said(m *hangoutsEvent) (timeline.Event, error) {
	n, err := strconv.ParseInt(string(m.At), 10, 64)
	if err != nil || n < 1e15 || n > 4e15 {
		return timeline.Event{}, errNoTime
	}
	e := timeline.Event{Kind: timeline.Message, From: t.of(m.Sender), Thread: t.name, When: timeline.FromInstant(time.UnixMicro(n), timeline.Millisecond, string(m.At))}
	for _, id := range t.order {
		if p := t.people[id]; p.Address != e.From.Address {
			e.To = append(e.To, p)
		}
	}
	facts := importers.FactsOf(&e)
	switch {
	case m.Chat != nil:
		spoken(facts, m.Chat)
	case m.Hangout != nil:
		e.Kind = timeline.Call
		facts.Say(strings.ToLower(strings.ReplaceAll(string(m.Type), "_", " ")))
		facts.Flag(timeline.AppText)
		facts.Add("call", jsonfile.Line(m.Hangout))
	default:
		e.Kind = timeline.System
		facts.Say(strings.ToLower(strings.ReplaceAll(string(m.Type), "_", " ")))
		facts.Flag(timeline.AppText)
	}
	facts.Add("type", string(m.Type))
	facts.Add("event id", string(m.ID))
	facts.Add("conversation id", strings.TrimPrefix(jsonfile.Line(m.Talk), "id "))
	facts.Add("state", jsonfile.Line(m.State))
	jsonfile.Rest(facts, m.Rest)
	e.Extra.Set(timeline.SameKey, importers.SameOf("hangouts", string(m.ID), m.Sender.number(), string(m.At), e.Text))
	return e, nil
}

// spoken sets the words of a message, and the files that it shows: their web
// addresses, for Takeout holds no more of them.
func spoken(facts importers.Facts, raw jsonfile.Raw) {
	var m struct {
		Content struct {
			Segments    jsontext.Value `json:"segment"`
			Attachments jsontext.Value `json:"attachment"`
			Rest        jsontext.Value `json:",embed"`
		} `json:"message_content"`
		Rest jsontext.Value `json:",embed"`
	}
	v := jsonfile.Value{Raw: raw, Size: int64(len(raw))}
	if err := v.Decode(&m); err != nil {
		facts.Flag(timeline.Undecoded)
		facts.Add("message", jsonfile.Line(raw))
		return
	}
	var text strings.Builder
	for _, s := range jsonfile.Items(m.Content.Segments) {
		kind := ""
		for name, value := range jsonfile.Fields(s) {
			switch name {
			case "type":
				kind = jsonfile.Plain(value)
			case "text":
				if kind != "LINE_BREAK" {
					text.WriteString(jsonfile.Plain(value))
				}
			default:
				facts.Add("part of the text "+name, jsonfile.Line(value))
			}
		}
		if kind == "LINE_BREAK" {
			text.WriteByte('\n')
		}
	}
	facts.Say(text.String())
	for _, a := range jsonfile.Items(m.Content.Attachments) {
		line := jsonfile.Line(a)
		facts.Files = append(facts.Files, timeline.Attachment{Name: address(line), Missing: true, Note: "the export names it by its web address alone"})
		facts.Add("attachment", line)
	}
	jsonfile.Rest(facts, m.Content.Rest)
	jsonfile.Rest(facts, m.Rest)
}

// address is the first web address in a line.
func address(line string) string {
	for _, w := range strings.Fields(line) {
		if strings.HasPrefix(w, "http") {
			return strings.TrimRight(w, ",;")
		}
	}
	return "attachment"
}
