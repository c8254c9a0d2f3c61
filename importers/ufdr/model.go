package ufdr

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/xmlfile"
	"daybook/timeline"
)

// kinds are the models that are things of their own; any other that has a time
// is an app notice.
var kinds = map[string]timeline.Kind{
	"InstantMessage": timeline.Message, "SMS": timeline.Message, "MMS": timeline.Message, "Chat": timeline.Message,
	"Call": timeline.Call, "Email": timeline.Email, "Voicemail": timeline.Audio, "Recording": timeline.Audio,
	"Location": timeline.Location, "Journey": timeline.Location, "CalendarEntry": timeline.Document, "Note": timeline.Document,
	"SocialMediaActivity": timeline.Post,
}

// times are the names of fields that say when a thing happened, the better
// first; after them any field that is a time.
var times = []string{"TimeStamp", "Timestamp", "StartTime", "StartDate", "DateTime", "LastVisited", "Date", "EventTimestamp", "CreationTime", "DateCreated"}

// texts are the names of fields that hold the words of a thing.
var texts = []string{"Body", "Value", "Content", "Text", "Message", "Title", "Subject", "Url", "URL"}

var errUntimed = errors.New("has no time, so it is no event; its words are kept here")

// model reads a model. Messages of a chat are read one by one, each as soon as
// it is whole, with what is known of the chat by then.
func (x *report) model(el xml.StartElement, chat *xmlfile.Element) error {
	messages := 0
	n, err := x.Apart(el, func(n *xmlfile.Element, field xml.StartElement) (bool, error) {
		if xmlfile.Attr(el.Attr, "type") != "Chat" || field.Name.Local != "multiModelField" || xmlfile.Attr(field.Attr, "name") != "Messages" {
			return false, nil
		}
		return true, x.Children(func(el xml.StartElement) error {
			messages++
			return x.model(el, n)
		})
	})
	if err != nil {
		return err
	}
	return x.hand(n, chat, messages)
}

// hand makes an event of a model, or a skip.
func (x *report) hand(n, chat *xmlfile.Element, messages int) error {
	kind, known := kinds[n.Attr("type")]
	if !known {
		kind = timeline.System
	}
	record := x.texts.At(n.Attr("type"), n.At)
	m := &model{report: x, Element: n, used: map[*xmlfile.Element]bool{}}
	e := timeline.Event{Kind: kind, Source: timeline.Pinpoint{Record: record}}
	facts := importers.FactsOf(&e)
	timed := m.when(&e, facts)
	if n.Attr("type") == "Chat" || !known && !timed {
		reason := errUntimed
		if n.Attr("type") == "Chat" {
			reason = fmt.Errorf("describes a chat; its %d messages are events of their own", messages)
		}
		return x.out.Skip(record, n.Words(), reason)
	}
	if !known {
		facts.Flag(timeline.AppText)
	}
	facts.Add("type", n.Attr("type"))
	m.parties(&e, facts)
	m.place(&e)
	e.Files = m.files()
	e.Thread = thread(chat)
	for _, name := range texts {
		if f := m.field(name); f != nil && f.words != "" {
			facts.Say(f.words)
			break
		}
	}
	m.state(n, facts)
	if chat != nil {
		facts.Add("app of the chat", value(chat, "Source"))
	}
	m.rest(facts)
	if n.Cut {
		facts.Flag(timeline.TextCut)
	}
	e.Extra.Set(timeline.SameKey, x.texts.SameOf("ufdr", n.Attr("type"), e.When.Raw, e.Extra.Get("Source"), e.From.Address, e.From.Name, e.Text, e.Thread, n.Attr("deleted_state")))
	return x.out.Event(e)
}

// model is a model of which some fields were read.
type model struct {
	*report
	*xmlfile.Element
	used map[*xmlfile.Element]bool
}

// field is a field with a value.
type field struct {
	*xmlfile.Element
	words string
	value *xmlfile.Element // its value, where it has one
}

// fieldOf reads a field's values.
func fieldOf(k *xmlfile.Element) *field {
	f := &field{Element: k, words: k.Text}
	for _, v := range k.Kids {
		if v.Name != "value" {
			continue
		}
		if f.value == nil {
			f.value = v
		}
		if v.Text != "" {
			f.words = strings.TrimPrefix(f.words+"\n"+v.Text, "\n")
		}
	}
	return f
}

// field gives a field by its name and notes that it was read.
func (m *model) field(name string) *field {
	for _, k := range m.Kids {
		if (k.Name == "field" || k.Name == "multiField") && k.Attr("name") == name {
			m.used[k] = true
			return fieldOf(k)
		}
	}
	return nil
}

// value is the value of a field of an element that is read for that alone.
func value(n *xmlfile.Element, names ...string) string {
	if n == nil {
		return ""
	}
	for _, name := range names {
		for _, k := range n.Kids {
			if (k.Name == "field" || k.Name == "multiField") && k.Attr("name") == name {
				if w := fieldOf(k).words; w != "" {
					return w
				}
			}
		}
	}
	return ""
}

// inside gives the models of a field by its name.
func (m *model) inside(name string) []*xmlfile.Element {
	var list []*xmlfile.Element
	for _, k := range m.Kids {
		if (k.Name == "modelField" || k.Name == "multiModelField") && k.Attr("name") == name {
			m.used[k] = true
			for _, in := range k.Kids {
				if in.Name == "model" {
					list = append(list, in)
				}
			}
		}
	}
	return list
}

// parties reads who a thing is from and to.
func (m *model) parties(e *timeline.Event, facts importers.Facts) {
	var from []timeline.Party
	for _, p := range m.inside("From") {
		from = append(from, party(p))
	}
	for _, name := range []string{"To", "Cc", "Bcc"} {
		for _, p := range m.inside(name) {
			e.To = append(e.To, party(p))
			if name != "To" {
				facts.Add(strings.ToLower(name), strings.TrimSpace(value(p, "Name")+" "+value(p, "Identifier")))
			}
		}
	}
	for _, p := range append(m.inside("Parties"), m.inside("Party")...) {
		role := strings.ToLower(value(p, "Role"))
		if role == "from" || role == "sender" || role == "caller" {
			from = append(from, party(p))
			continue
		}
		e.To = append(e.To, party(p))
		if role != "to" && role != "" {
			facts.Add("role of "+value(p, "Identifier", "Name"), value(p, "Role"))
		}
	}
	m.from(e, facts, from)
}

// from takes nobody for the sender of a thing that names two, or whose direction
// is another's.
func (m *model) from(e *timeline.Event, facts importers.Facts, named []timeline.Party) {
	if len(named) == 0 {
		return
	}
	e.From = named[0]
	said := ""
	for _, p := range named[1:] {
		if p != named[0] {
			said += "; From says " + strings.TrimSpace(p.Name+" "+p.Address)
		}
	}
	if said != "" {
		facts.Dispute("From says "+strings.TrimSpace(e.From.Name+" "+e.From.Address)+said, append(named, e.To...)...)
		return
	}
	owned := slices.ContainsFunc(e.To, func(p timeline.Party) bool { return p.Owner })
	switch way := strings.ToLower(value(m.Element, "Direction")); {
	case way == "outgoing" && !e.From.Owner && owned, way == "incoming" && e.From.Owner:
		facts.Dispute("Direction says "+way+"; From says "+strings.TrimSpace(e.From.Name+" "+e.From.Address), append(named, e.To...)...)
	}
}

func party(p *xmlfile.Element) timeline.Party {
	return timeline.Party{
		Name: value(p, "Name"), Address: value(p, "Identifier"),
		Owner: strings.EqualFold(value(p, "IsPhoneOwner"), "true"),
	}
}

// thread is what a chat is called, or its number.
func thread(chat *xmlfile.Element) string {
	if chat == nil {
		return ""
	}
	if name := value(chat, "Name", "Id"); name != "" {
		return name
	}
	return chat.Attr("id")
}

// state says what the report says of a thing's deletion.
func (m *model) state(n *xmlfile.Element, facts importers.Facts) {
	state := n.Attr("deleted_state")
	facts.Add("state on the device", state)
	if strings.EqualFold(state, "deleted") || strings.EqualFold(state, "trash") {
		facts.Flag(timeline.Deleted)
	}
	for _, a := range n.Attrs {
		switch a.Name.Local {
		case "type", "deleted_state", "xmlns":
		default:
			facts.Add("model "+a.Name.Local, a.Value)
		}
	}
}

// files finds the attachments in the archive.
func (m *model) files() []timeline.Attachment {
	var list []timeline.Attachment
	for _, name := range []string{"Attachments", "Attachment", "Recording", "Photos"} {
		for _, a := range m.inside(name) {
			list = append(list, m.attachment(a))
		}
	}
	return list
}

// attachment finds a file by its path in the archive, its id, or its name.
func (m *model) attachment(a *xmlfile.Element) timeline.Attachment {
	shown := value(a, "Filename", "Name", "Title")
	where := value(a, "attachment_extracted_path", "LocalPath")
	for _, k := range a.Kids {
		if k.Name != "jumptargets" {
			continue
		}
		for _, t := range k.Kids {
			if where == "" {
				where = m.report.files[t.Text]
			}
		}
	}
	if where == "" {
		where = m.report.names[baseOf(shown)]
	}
	if where == "" {
		where = shown
	}
	file := m.source.Beside(where)
	if shown != "" {
		file.Name = shown
	}
	file.Type = value(a, "ContentType")
	if url := value(a, "URL"); url != "" && file.Missing {
		file.Note += "; it lay at " + url
	}
	if state := a.Attr("deleted_state"); state != "" && !strings.EqualFold(state, "intact") {
		file.Note = strings.TrimPrefix(file.Note+"; on the device it is "+strings.ToLower(state), "; ")
	}
	return file
}

func baseOf(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// rest notes every field that was not read, those of models inside under both
// names.
func (m *model) rest(facts importers.Facts) {
	for _, k := range m.Kids {
		if !m.used[k] {
			flat(facts, k, "")
		}
	}
}

func flat(facts importers.Facts, k *xmlfile.Element, under string) {
	name := k.Attr("name")
	if name == "" {
		name = k.Name
	}
	if under != "" && name != k.Name {
		name = under + ", " + name
	}
	switch {
	case k.Name == "model":
		for _, in := range k.Kids {
			flat(facts, in, under)
		}
	case slices.ContainsFunc(k.Kids, func(in *xmlfile.Element) bool { return in.Name == "model" }):
		for _, in := range k.Kids {
			flat(facts, in, name)
		}
	case k.Name == "field" || k.Name == "multiField":
		facts.Add(name, fieldOf(k).words)
	case len(k.Kids) > 0 || k.Text != "":
		facts.Add(name, k.Words())
	}
}
