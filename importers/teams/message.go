package teams

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

type message struct {
	ID         jsonfile.Scalar `json:"id"`
	Name       jsonfile.Scalar `json:"displayName"`
	Arrived    jsonfile.Scalar `json:"originalarrivaltime"`
	Type       jsonfile.Scalar `json:"messagetype"`
	Version    jsonfile.Scalar `json:"version"`
	Content    jsonfile.Scalar `json:"content"`
	In         jsonfile.Scalar `json:"conversationid"`
	From       jsonfile.Scalar `json:"from"`
	Properties jsontext.Value  `json:"properties"`
	References jsontext.Value  `json:"amsreferences"`
	Rest       jsontext.Value  `json:",embed"`
}

func (x *export) message(c *conversation, v jsonfile.Value, m *message) error {
	e := timeline.Event{Kind: kind(string(m.Type)), Thread: c.thread(), Source: timeline.Pinpoint{Record: v.Record}}
	f := importers.FactsOf(&e)
	x.when(f, m)
	e.From = x.party(c, string(m.From), string(m.Name))
	if strings.HasPrefix(c.id, "8:") {
		switch {
		case e.From.Owner:
			e.To = []timeline.Party{x.party(c, c.id, c.name)}
		case string(m.From) == c.id && x.owner != "":
			e.To = []timeline.Party{x.party(c, x.owner, "")}
		case m.From != "" && x.owner != "":
			f.Dispute("the conversation is of "+x.owner+" and "+c.id+"; from says "+string(m.From), e.From, x.party(c, c.id, c.name))
		}
	}
	if m.In != "" && string(m.In) != c.id {
		f.Differ("conversationid says " + string(m.In) + "; the message stands in " + c.id)
	}
	v.DisputeWho(f, func(account string) timeline.Party { return x.party(c, account, "") }, "from")
	v.DisputeWhen(f, "originalarrivaltime", "id")
	x.content(f, string(m.Type), string(m.Content))
	x.properties(f, m.Properties)
	f.Add("messagetype", string(m.Type))
	f.Add("id", string(m.ID))
	f.Add("conversation", c.id)
	if e.From.Name != string(m.Name) {
		f.Add("shown as", string(m.Name))
	}
	other(f, "conversationid", string(m.In), c.id)
	other(f, "version", string(m.Version), string(m.ID))
	f.Add("amsreferences", jsonfile.Line(m.References))
	jsonfile.Rest(f, m.Rest)
	if m.ID != "" {
		e.Extra.Set(timeline.SameKey, importers.SameOf(c.id, string(m.ID), e.Text, string(m.From)))
	}
	return x.out.Event(e)
}

// other notes a member that is mostly equal to another one, where it is not.
func other(f importers.Facts, name, value, mostly string) {
	switch value {
	case mostly:
	case "":
		f.Add(name, "not stated")
	default:
		f.Add(name, value)
	}
}

// when reads the time; a message's number is the same in milliseconds.
func (x *export) when(f importers.Facts, m *message) {
	w, ok := importers.ReadInstant(string(m.Arrived))
	by := number(string(m.ID))
	switch {
	case !ok && by.Instant.IsZero():
		w = importers.Undated(string(m.Arrived))
	case !ok:
		f.Claims = []timeline.Claim{{Label: "originalarrivaltime", When: importers.Undated(string(m.Arrived)), Note: "cannot be read"}, {Label: "number of the message", When: by, Chosen: true}}
		w = by
	case !by.Instant.IsZero() && by.Instant.Sub(w.Instant).Abs() > time.Minute:
		f.Claims = []timeline.Claim{{Label: "originalarrivaltime", When: w, Chosen: true}, {Label: "number of the message", When: by}}
		f.Flag(timeline.TimesDisagree)
	}
	f.When = w
}

// number is the time in a message's number, where it is one.
func number(id string) timeline.When {
	const first, last = 1_000_000_000_000, 253_402_300_799_999 // 2001 and the year 9999, in milliseconds
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < first || n > last {
		return importers.Undated(id)
	}
	return timeline.FromInstant(time.UnixMilli(n), timeline.Millisecond, id)
}

// kind tells what people wrote from calls and from what Skype notes itself.
func kind(t string) timeline.Kind {
	switch {
	case t == "Event/Call", strings.HasPrefix(t, "Call"):
		return timeline.Call
	case strings.HasPrefix(t, "ThreadActivity/"), t == "Notice", strings.HasPrefix(t, "InviteFreeRelationshipChanged"):
		return timeline.System
	}
	return timeline.Message
}

// properties say what became of a message.
func (x *export) properties(f importers.Facts, raw jsontext.Value) {
	for name, v := range jsonfile.Fields(raw) {
		value := jsonfile.Line(v)
		switch name {
		case "edittime":
			f.Flag(timeline.Edited)
			value = told(value)
		case "deletetime":
			f.Flag(timeline.Deleted)
			value = told(value)
		case "emotions":
			if inner := jsontext.Value(jsonfile.Plain(v)); inner.IsValid() {
				value = jsonfile.Line(inner)
			}
		}
		f.Add(name, value)
	}
}

// told is a time in milliseconds inside other words.
func told(raw string) string {
	if w := number(raw); !w.Instant.IsZero() {
		return w.Instant.Format("2006-01-02 15:04:05.000") + " UTC"
	}
	return raw
}

// stored finds a file of media/ by its number: NUMBER.1.jpg beside NUMBER.json.
func (x *export) stored(number string) string {
	if x.media == nil {
		x.media = map[string]string{}
		dir := path.Join(path.Dir(x.Path), "media")
		list, err := fs.ReadDir(x.FS, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			x.notes = append(x.notes, "the folder media could not be looked through: "+err.Error())
		}
		for _, d := range list {
			id, rest, _ := strings.Cut(d.Name(), ".")
			if d.Type().IsRegular() && rest != "json" && x.media[id] == "" {
				x.media[id] = path.Join(dir, d.Name())
			}
		}
	}
	return x.media[number]
}
