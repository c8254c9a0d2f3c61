package slack

import (
	"fmt"
	"html"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

type message struct {
	Type    jsonfile.Scalar `json:"type"`
	Subtype jsonfile.Scalar `json:"subtype"`
	User    jsonfile.Scalar `json:"user"`
	Name    jsonfile.Scalar `json:"username"`
	Bot     jsonfile.Scalar `json:"bot_id"`
	Text    jsonfile.Scalar `json:"text"`
	TS      jsonfile.Scalar `json:"ts"`
	Profile struct {
		RealName jsonfile.Scalar `json:"real_name"`
		Display  jsonfile.Scalar `json:"display_name"`
		Name     jsonfile.Scalar `json:"name"`
		Rest     jsontext.Value  `json:",embed"`
	} `json:"user_profile"`
	Edited    jsontext.Value `json:"edited"`
	Files     []slackFile    `json:"files"`
	File      *slackFile     `json:"file"`
	Reactions []struct {
		Name  jsonfile.Scalar   `json:"name"`
		Users []jsonfile.Scalar `json:"users"`
		Count jsonfile.Scalar   `json:"count"`
	} `json:"reactions"`
	Room *room          `json:"room"`
	Rest jsontext.Value `json:",embed"`
}

type room struct {
	Start jsonfile.Scalar `json:"date_start"`
	End   jsonfile.Scalar `json:"date_end"`
	Rest  jsontext.Value  `json:",embed"`
}

type slackFile struct {
	ID   jsonfile.Scalar `json:"id"`
	Name jsonfile.Scalar `json:"name"`
	Mode jsonfile.Scalar `json:"mode"`
	Mime jsonfile.Scalar `json:"mimetype"`
	Size jsonfile.Scalar `json:"size"`
	At   jsonfile.Scalar `json:"url_private"`
	Made jsonfile.Scalar `json:"created"`
}

func (c *channel) message(v jsonfile.Value, m *message) error {
	e := timeline.Event{Kind: kind(string(m.Subtype)), When: when(string(m.TS)), Thread: c.thread, Source: timeline.Pinpoint{Record: v.Record}}
	f := importers.FactsOf(&e)
	c.sender(f, m)
	v.DisputeWho(f, func(id string) timeline.Party { return account(id, c.lookUp(id).name) }, "user")
	v.DisputeWhen(f, "ts")
	c.day(f)
	c.text(f, string(m.Text))
	f.Add("subtype", string(m.Subtype))
	f.Add("ts", string(m.TS))
	switch m.Type {
	case "message":
	case "":
		f.Add("type", "not stated")
	default:
		f.Add("type", string(m.Type))
	}
	if len(m.Edited) > 0 {
		f.Flag(timeline.Edited)
		f.Add("edited", jsonfile.Line(m.Edited))
	}
	if m.Subtype == "tombstone" || m.Subtype == "message_deleted" {
		f.Flag(timeline.Deleted)
	}
	if m.File != nil {
		m.Files = append(m.Files, *m.File)
	}
	for i := range m.Files {
		e.Files = append(e.Files, m.Files[i].attachment())
		f.Add("file", m.Files[i].facts())
	}
	var list []string
	for _, r := range m.Reactions {
		one := string(r.Name) + " ×" + string(r.Count)
		for _, u := range r.Users {
			one += " by " + c.called(string(u))
		}
		list = append(list, one)
	}
	f.Add("reactions", strings.Join(list, "; "))
	c.huddle(f, m.Room)
	jsonfile.Rest(f, m.Rest)
	if m.TS != "" {
		e.Extra.Set(timeline.SameKey, importers.SameOf(c.thread, string(m.TS), string(m.User), e.Text))
	}
	return c.out.Event(e)
}

// sender reads who sent a message. What a bot or an old app calls itself is no
// account's name.
func (c *channel) sender(f importers.Facts, m *message) {
	p := person{name: first(m.Profile.RealName, m.Profile.Name), shown: string(m.Profile.Display)}
	f.From = c.party(f, string(m.User), p)
	f.Add("user_profile", jsonfile.Line(m.Profile.Rest))
	f.Add("bot_id", string(m.Bot))
	if m.Name == "" {
		return
	}
	if m.User == "" {
		if m.Bot != "" {
			f.From.Address = "slack:" + importers.Shorten(string(m.Bot), importers.MostFact)
		}
		f.From.Name = importers.Shorten(string(m.Name), importers.MostFact)
	} else {
		f.Add("username", string(m.Name))
	}
}

// day holds the time of a message against the name of its file, which is a day of
// the workspace's clock: anywhere in the world that is at most a day away.
func (c *channel) day(f importers.Facts) {
	name := path.Base(c.Path)
	at, err := time.Parse("2006-01-02.json", name)
	if err != nil || f.When.Instant.IsZero() {
		return
	}
	if past := f.When.Instant.Sub(at); past < -24*time.Hour || past > 48*time.Hour {
		f.Flag(timeline.TimesDisagree)
		f.Add("file", "it stands in "+name)
	}
}

// kind tells what people wrote from what Slack notes itself, and from calls.
func kind(subtype string) timeline.Kind {
	switch subtype {
	case "", "bot_message", "file_share", "me_message", "thread_broadcast", "file_comment", "file_mention", "message_changed", "tombstone", "message_deleted",
		"bot_add", "slackbot_response", "reply_broadcast", "assistant_app_thread", "document_mention":
		return timeline.Message
	case "huddle_thread", "sh_room_created", "channel_huddle":
		return timeline.Call
	}
	return timeline.System
}

func (c *channel) huddle(f importers.Facts, r *room) {
	if r == nil {
		return
	}
	start, end := when(string(r.Start)+".0"), when(string(r.End)+".0")
	if !start.Instant.IsZero() && end.Instant.After(start.Instant) {
		f.Add("duration", fmt.Sprintf("%.0f s", end.Instant.Sub(start.Instant).Seconds()))
	}
	f.Add("date_start", string(r.Start))
	f.Add("date_end", string(r.End))
	f.Add("room", jsonfile.Line(r.Rest))
}

// attachment is a file, which an export never holds.
func (s *slackFile) attachment() timeline.Attachment {
	a := timeline.Attachment{Name: importers.Shorten(first(s.Name, s.ID), importers.MostFact), Type: string(s.Mime), Missing: true, Note: "an export of Slack holds no files"}
	if s.Mode == "tombstone" {
		a.Note = "deleted at Slack"
	} else if at := bare(string(s.At)); at != "" {
		a.Note += "; Slack had it at " + at
	}
	return a
}

// bare is an address without the key that opens it.
func bare(at string) string {
	at, _, _ = strings.Cut(at, "?")
	return importers.Shorten(at, importers.MostFact)
}

func (s *slackFile) facts() string {
	var list []string
	for _, f := range []struct {
		name  string
		value jsonfile.Scalar
	}{{"id", s.ID}, {"size", s.Size}, {"created", s.Made}, {"mode", s.Mode}} {
		if f.value != "" {
			list = append(list, f.name+" "+string(f.value))
		}
	}
	return strings.Join(list, ", ")
}

// mark is one of Slack's own in a text: <@U1|jo>, <#C1|name>, <!here>,
// <address|words>.
var mark = regexp.MustCompile(`<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>`)

// text shows the words as Slack does, and keeps them as stored where marks were
// in them.
func (c *channel) text(f importers.Facts, stored string) {
	if strings.IndexByte(stored, '<') < 0 { // as most are
		f.Say(html.UnescapeString(stored))
		return
	}
	shown := mark.ReplaceAllStringFunc(stored, func(s string) string {
		m := mark.FindStringSubmatch(s)
		switch {
		case m[1] == "@" && m[3] != "":
			return "@" + m[3]
		case m[1] == "@":
			return "@" + c.called(m[2])
		case m[1] == "#" && m[3] != "":
			return "#" + m[3]
		case m[1] == "!":
			if m[3] != "" {
				return m[3]
			}
			return "@" + m[2]
		case m[1] == "" && m[3] != "" && m[3] != m[2]:
			return m[3] + " (" + m[2] + ")"
		}
		return m[2]
	})
	if shown != stored {
		f.Add("text as stored", stored)
	}
	f.Say(html.UnescapeString(shown))
}

// added is a line of the log of apps that were added to the workspace.
type added struct {
	User jsonfile.Scalar `json:"user_id"`
	Name jsonfile.Scalar `json:"user_name"`
	Date jsonfile.Scalar `json:"date"`
	Did  jsonfile.Scalar `json:"change_type"`
	App  jsonfile.Scalar `json:"app_type"`
	Kind jsonfile.Scalar `json:"service_type"`
	Rest jsontext.Value  `json:",embed"`
}

// app reads such a line: an app can read what is said in the workspace.
func (c *channel) app(v jsonfile.Value, a *added) error {
	e := timeline.Event{Kind: timeline.System, When: when(string(a.Date) + ".0"), Thread: "integration_logs", Source: timeline.Pinpoint{Record: v.Record}}
	f := importers.FactsOf(&e)
	if w := e.When; w.Instant.IsZero() {
		e.When = importers.Undated(string(a.Date))
	} else {
		e.When = timeline.FromInstant(w.Instant.Truncate(time.Second), timeline.Second, string(a.Date))
	}
	e.From = account(string(a.User), string(a.Name))
	v.DisputeWho(f, func(id string) timeline.Party { return account(id, "") }, "user_id")
	v.DisputeWhen(f, "date")
	f.Say(strings.TrimSpace("app " + string(a.Did) + ": " + first(a.App, a.Kind)))
	f.Add("change_type", string(a.Did))
	f.Add("app_type", string(a.App))
	f.Add("service_type", string(a.Kind))
	jsonfile.Rest(f, a.Rest)
	return c.out.Event(e)
}
