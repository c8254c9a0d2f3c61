package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/table"
	"daybook/timeline"
)

// export is a file of DiscordChatExporter while it is read.
type export struct {
	importers.Source
	out   importers.Output
	f     *jsonfile.File
	guild struct{ Name, ID jsonfile.Scalar }
	chat  channelHead
	after jsonfile.Scalar
	until jsonfile.Scalar
	made  jsonfile.Scalar
	says  jsonfile.Scalar // how many messages
	m     message         // the last one
	n     int
}

type channelHead struct {
	ID       jsonfile.Scalar `json:"id"`
	Type     jsonfile.Scalar `json:"type"`
	Category jsonfile.Scalar `json:"category"`
	Name     jsonfile.Scalar `json:"name"`
	Rest     jsontext.Value  `json:",embed"`
}

type user struct {
	ID            jsonfile.Scalar `json:"id"`
	Name          jsonfile.Scalar `json:"name"`
	Discriminator jsonfile.Scalar `json:"discriminator"`
	Nickname      jsonfile.Scalar `json:"nickname"`
	Bot           bool            `json:"isBot"`
	Rest          jsontext.Value  `json:",embed"`
}

type message struct {
	ID          jsonfile.Scalar `json:"id"`
	Type        jsonfile.Scalar `json:"type"`
	Time        jsonfile.Scalar `json:"timestamp"`
	Edited      jsonfile.Scalar `json:"timestampEdited"`
	Ended       jsonfile.Scalar `json:"callEndedTimestamp"`
	Pinned      bool            `json:"isPinned"`
	Content     jsonfile.Scalar `json:"content"`
	Author      user            `json:"author"`
	Attachments []attachment    `json:"attachments"`
	Embeds      jsontext.Value  `json:"embeds"`
	Stickers    jsontext.Value  `json:"stickers"`
	Components  jsontext.Value  `json:"components"`
	Reactions   []struct {
		Emoji struct {
			Name jsonfile.Scalar `json:"name"`
			Code jsonfile.Scalar `json:"code"`
		} `json:"emoji"`
		Count jsonfile.Scalar `json:"count"`
		Users []user          `json:"users"`
	} `json:"reactions"`
	Mentions  []user         `json:"mentions"`
	Reference jsontext.Value `json:"reference"`
	Forwarded *message       `json:"forwardedMessage"`
	Emojis    jsontext.Value `json:"inlineEmojis"`
	Rest      jsontext.Value `json:",embed"`
}

type attachment struct {
	ID   jsonfile.Scalar `json:"id"`
	URL  jsonfile.Scalar `json:"url"`
	Name jsonfile.Scalar `json:"fileName"`
	Size jsonfile.Scalar `json:"fileSizeBytes"`
}

func importExport(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	x := &export{Source: s, out: out, f: f}
	if err := x.root(); err != nil {
		var cut *jsonfile.Broken
		if errors.As(err, &cut) {
			return fmt.Errorf("%s: %w (%d messages were read before)", s.Path, err, x.n)
		}
		return err
	}
	if err := f.SkipUnread(out); err != nil {
		return err
	}
	if x.n == 0 {
		if err := out.Skip("the whole file", x.thread(), errEmpty); err != nil {
			return err
		}
	}
	if says := string(x.says); says != "" && says != fmt.Sprint(x.n) {
		if err := out.Skip("messageCount", says, fmt.Errorf("the file says that it holds %s messages, and %d were found", says, x.n)); err != nil {
			return err
		}
	}
	note := fmt.Sprintf("%d messages; made by DiscordChatExporter on %s; channel %s %s %s; the file says that it holds %s", x.n, given(x.made), x.chat.Type, x.chat.ID, jsonfile.Line(x.chat.Rest), given(x.says))
	return out.Covers(when(string(x.after)), when(string(x.until)), note)
}

func given(s jsonfile.Scalar) string {
	if s == "" {
		return "(not stated)"
	}
	return string(s)
}

func (x *export) root() error {
	for name, err := range x.f.Members() {
		if err != nil {
			return err
		}
		switch name {
		case "guild":
			err = x.read(&x.guild)
		case "channel":
			err = x.read(&x.chat)
		case "dateRange":
			var r struct {
				After  jsonfile.Scalar `json:"after"`
				Before jsonfile.Scalar `json:"before"`
			}
			err = x.read(&r)
			x.after, x.until = r.After, r.Before
		case "exportedAt":
			err = x.read(&x.made)
		case "messageCount":
			err = x.read(&x.says)
		case "messages":
			err = x.messages()
		}
		if err != nil {
			return err
		}
	}
	return x.f.End()
}

// read reads a small part of the file's head.
func (x *export) read(into any) error {
	v, err := x.f.Value()
	if err != nil {
		return err
	}
	if g, ok := into.(*struct{ Name, ID jsonfile.Scalar }); ok {
		for name, raw := range jsonfile.Fields(v.Raw) {
			switch name {
			case "name":
				g.Name = jsonfile.Scalar(jsonfile.Plain(raw))
			case "id":
				g.ID = jsonfile.Scalar(jsonfile.Plain(raw))
			}
		}
		return nil
	}
	if err := v.Decode(into); err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	return nil
}

func (x *export) messages() error {
	for v, err := range x.f.Records(&x.m) {
		if err != nil {
			return err
		}
		x.n++
		if v.Bad != nil {
			err = x.out.Skip(v.Record, v.Text(), v.Bad)
		} else {
			err = x.message(v, &x.m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// thread is the server with its channel, or whom direct messages are with.
func (x *export) thread() string {
	var list []string
	for _, s := range []jsonfile.Scalar{x.guild.Name, x.chat.Category, x.chat.Name} {
		if s != "" {
			list = append(list, string(s))
		}
	}
	return importers.Shorten(strings.Join(list, " / "), importers.MostFact)
}

func (x *export) message(v jsonfile.Value, m *message) error {
	e := timeline.Event{Kind: kind(string(m.Type)), Thread: x.thread(), Source: timeline.Pinpoint{Record: v.Record}}
	f := importers.FactsOf(&e)
	checked(f, when(string(m.Time)), string(m.ID))
	e.From = x.party(m.Author)
	v.DisputeWho(f, x.author, "author")
	v.DisputeWhen(f, "timestamp", "id")
	if m.Author.Nickname != m.Author.Name {
		f.Add("shown as", string(m.Author.Nickname))
	}
	if m.Author.Bot {
		f.Add("isBot", "true")
	}
	f.Add("author", jsonfile.Line(m.Author.Rest))
	f.Say(string(m.Content))
	x.more(f, m)
	if e.Kind == timeline.Call {
		call(f, m)
	}
	f.Add("id", string(m.ID))
	f.Add("channel", string(x.chat.ID))
	f.Add("type", string(m.Type))
	if m.ID != "" {
		e.Extra.Set(timeline.SameKey, importers.SameOf(string(m.ID), e.Text))
	}
	return x.out.Event(e)
}

// more are the parts of a message beside its words.
func (x *export) more(f importers.Facts, m *message) {
	for _, a := range m.Attachments {
		f.Files = append(f.Files, file(x.Source, string(a.URL), string(a.Name)))
		f.Add("fileSizeBytes", string(a.Size))
		f.Add("attachment", string(a.ID))
	}
	if m.Edited != "" {
		f.Flag(timeline.Edited)
		f.Add("timestampEdited", string(m.Edited))
	}
	if m.Pinned {
		f.Add("isPinned", "true")
	}
	var list []string
	for _, r := range m.Reactions {
		one := strings.TrimSpace(string(r.Emoji.Name)+" "+string(r.Emoji.Code)) + " ×" + string(r.Count)
		for _, u := range r.Users {
			one += " by " + shown(u)
		}
		list = append(list, one)
	}
	f.Add("reactions", strings.Join(list, "; "))
	list = nil
	for _, u := range m.Mentions {
		list = append(list, shown(u))
	}
	f.Add("mentions", strings.Join(list, "; "))
	f.Add("embeds", jsonfile.Line(m.Embeds))
	f.Add("stickers", jsonfile.Line(m.Stickers))
	f.Add("components", jsonfile.Line(m.Components))
	f.Add("reference", jsonfile.Line(m.Reference))
	f.Add("inlineEmojis", jsonfile.Line(m.Emojis))
	if m.Forwarded != nil {
		f.Add("forwarded message", strings.TrimSpace(string(m.Forwarded.Time)+" "+string(m.Forwarded.Content)))
		for _, a := range m.Forwarded.Attachments {
			f.Files = append(f.Files, file(x.Source, string(a.URL), string(a.Name)))
		}
	}
	jsonfile.Rest(f, m.Rest)
}

// call says how long a call was.
func call(f importers.Facts, m *message) {
	end := when(string(m.Ended))
	if end.Instant.IsZero() || f.When.Instant.IsZero() {
		return
	}
	f.Add("callEndedTimestamp", string(m.Ended))
	if d := end.Instant.Sub(f.When.Instant); d >= 0 {
		f.Add("duration", fmt.Sprintf("%.0f s", d.Seconds()))
	}
}

// party is an account by its own name. The name that was shown for it is one
// that everybody chooses, somebody else's too.
func (x *export) party(u user) timeline.Party {
	p := timeline.Party{Name: importers.Shorten(handle(u), importers.MostFact)}
	if u.ID != "" {
		p.Address = "discord:" + importers.Shorten(string(u.ID), importers.MostFact)
	}
	p.Owner = ownerGiven(x.Source, string(u.ID), string(u.Name), handle(u))
	return p
}

// author is who stands in a record's author, where it has more than one.
func (x *export) author(said string) timeline.Party {
	var u user
	if v := (jsonfile.Value{Raw: jsontext.Value(said), Size: int64(len(said))}); v.Decode(&u) != nil {
		return timeline.Party{}
	}
	return x.party(u)
}

// shown is an account's own name with the one that was shown for it.
func shown(u user) string {
	if u.Nickname == "" || u.Nickname == u.Name {
		return handle(u)
	}
	return handle(u) + " (shown as " + string(u.Nickname) + ")"
}

// handle is the name of an account, which is its own alone.
func handle(u user) string {
	if u.Discriminator == "" || u.Discriminator == "0000" || u.Discriminator == "0" {
		return string(u.Name)
	}
	return string(u.Name) + "#" + string(u.Discriminator)
}

// kind tells messages from calls and from what Discord itself notes.
func kind(t string) timeline.Kind {
	switch t {
	case "Call":
		return timeline.Call
	case "RecipientAdd", "RecipientRemove", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage", "GuildMemberJoin", "ThreadCreated":
		return timeline.System
	}
	return timeline.Message
}

// importExportTable reads the tool's CSV, which has less.
func importExportTable(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	t, err := table.Open(s, exporterColumns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	n := 0
	for row, err := range t.Rows(ctx) {
		if err != nil {
			return err
		}
		n++
		if err := exportedRow(s, row, out); err != nil {
			return err
		}
	}
	if n == 0 {
		if err := out.Skip("the whole file", t.Header.Words(), errEmpty); err != nil {
			return err
		}
	}
	return out.Covers(importers.Undated(""), importers.Undated(""), fmt.Sprintf("%d messages, as DiscordChatExporter writes a table: %s", n, t.Header.Words()))
}

func exportedRow(s importers.Source, row table.Row, out importers.Output) error {
	e := timeline.Event{Kind: timeline.Message, Thread: strings.TrimSuffix(base(s.Path), ".csv"), Source: timeline.Pinpoint{Record: row.Record()}}
	f := importers.FactsOf(&e)
	f.Flag(row.Flags()...)
	e.When = tableTime(f, s, row.Get("date"))
	id, name := row.Get("authorid"), row.Get("author")
	e.From = timeline.Party{Name: importers.Shorten(name, importers.MostFact), Owner: ownerGiven(s, id, name)}
	if id != "" {
		e.From.Address = "discord:" + importers.Shorten(id, importers.MostFact)
	}
	f.Say(row.Get("content"))
	for at := range strings.SplitSeq(row.Get("attachments"), ",") {
		if at != "" {
			e.Files = append(e.Files, file(s, at, ""))
		}
	}
	for name, value := range row.Rest("authorid", "author", "date", "content", "attachments") {
		f.Add(name, value)
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("row", id, row.Get("date"), e.Text))
	return out.Event(e)
}

// tableTime reads the dates of the tool's tables: with their zone, and before
// 2022 by the clock of the computer that it ran on.
func tableTime(f importers.Facts, s importers.Source, raw string) timeline.When {
	if t, p, zoned, ok := importers.ReadTime(raw); ok && zoned {
		if t.Location() == time.UTC {
			return timeline.FromInstant(t, p, raw)
		}
		return timeline.FromOffset(t, p, raw)
	}
	for _, form := range []string{"02-Jan-06 03:04 PM", "02-Jan-06 15:04"} {
		if t, err := time.Parse(form, raw); err == nil {
			w, flags := s.Assume.Local(t, timeline.Minute, raw)
			f.Flag(flags...)
			return w
		}
	}
	return importers.Undated(raw)
}
