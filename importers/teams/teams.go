// Package teams reads the export of a Microsoft account's chats: Skype's
// (messages.json in 8_live_NAME_export.tar) and that of the personal Teams that
// took it over in 2025, which is built alike.
//
//	{userId, exportDate, conversations: [{id, displayName, properties,
//	 threadProperties, MessageList: [{id, from, displayName, messagetype, content,
//	 originalarrivaltime, properties, amsreferences}]}]}
//
// Messages come newest first. A time is UTC, by Microsoft's server. A person is
// "skype:" and the account ("8:live:name"), by the name beside the message, which
// everybody chooses freely; the owner is the account that the file says it is of.
//
// Content is text with Skype's own tags. Its words are shown without them; what
// is quoted in it is somebody else's and stands apart, as a fact; a place, a file,
// a contact and a call are read from their tags. An attachment lies in media/
// under the number that its tag has.
//
// The Teams of a company or school has no export of one's own.
package teams

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "teams",
		Version: 2,
		Title:   "Skype and Microsoft Teams (personal)",
		HowToGet: "Open secure.skype.com/en/data-export in a browser, log in with the account of Skype or of personal Teams, tick conversations and files, and choose Submit request. " +
			"When it is ready, the same page has a Download. Keep the .tar as it is. For the Teams of a company or school, ask its IT department.",
		LeavesOut: []string{
			"Messages that were deleted, and earlier wordings of edited ones.",
			"Files that Microsoft no longer has: each is listed as missing.",
			"What was said in calls.",
			"Chats of a work or school account.",
		},
		Tried: []string{"messages.json of Skype (2020, 2023) and of personal Teams (2025)"},
	}
}

// Claims looks at the members of the file's object.
func (importer) Claims(s importers.Source) bool {
	if strings.ToLower(path.Ext(s.Path)) != ".json" {
		return false
	}
	f := jsonfile.New(context.Background(), bytes.NewReader(s.Head))
	user := false
	for name, err := range f.Members() {
		if err != nil {
			return false
		}
		switch name {
		case "userId":
			user = f.Kind() == '"'
		case "conversations":
			return user && f.Kind() == '['
		}
	}
	return false
}

// export is a messages.json while it is read.
type export struct {
	importers.Source
	ctx   context.Context
	out   importers.Output
	f     *jsonfile.File
	owner string
	made  string
	media map[string]string // files of media/ by their number, once it was looked at
	m     message           // the last one
	n     int
	notes []string
}

// conversation is the one whose messages are being read.
type conversation struct{ id, name string }

var (
	errEmpty = errors.New("the conversation holds no messages")
	errAbout = errors.New("what the file says of the conversation as a whole; it has no time of its own")
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	x := &export{Source: s, ctx: ctx, out: out, f: f}
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
		if err := out.Skip("the whole file", x.owner, errEmpty); err != nil {
			return err
		}
	}
	notes := append([]string{fmt.Sprintf("%d messages of the account %s; exported %s", x.n, x.owner, x.made)}, x.notes...)
	return out.Covers(importers.Undated(""), importers.Undated(x.made), strings.Join(notes, "; "))
}

func (x *export) root() error {
	if x.f.Kind() != '{' {
		return importers.ErrNotMine
	}
	for name, err := range x.f.Members() {
		if err != nil {
			return err
		}
		switch name {
		case "userId":
			x.owner, err = x.plain()
		case "exportDate":
			x.made, err = x.plain()
		case "conversations":
			err = x.conversations()
		}
		if err != nil {
			return err
		}
	}
	return x.f.End()
}

func (x *export) plain() (string, error) {
	v, err := x.f.Value()
	return importers.Shorten(jsonfile.Plain(v.Raw), importers.MostFact), err
}

func (x *export) conversations() error {
	for i, err := range x.f.Elements() {
		if err != nil {
			return err
		}
		c := conversation{}
		before := x.n
		for name, err := range x.f.Members() {
			if err != nil {
				return err
			}
			if err := x.member(&c, name); err != nil {
				return err
			}
		}
		if x.n == before {
			if err := x.out.Skip(fmt.Sprintf("conversations[%d]", i), strings.TrimSpace(c.id+" "+c.name), errEmpty); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *export) member(c *conversation, name string) (err error) {
	switch name {
	case "id":
		c.id, err = x.plain()
	case "displayName":
		c.name, err = x.plain()
	case "properties", "threadProperties":
		v, err := x.f.Value()
		if err != nil || jsonfile.Empty(v.Raw) {
			return err
		}
		if c.name == "" {
			c.name = topic(v.Raw)
		}
		return x.out.Skip(v.Record, c.id+" "+c.name+": "+jsonfile.Line(v.Raw), errAbout)
	case "MessageList":
		for v, err := range x.f.Records(&x.m) {
			if err != nil {
				return err
			}
			x.n++
			if v.Bad != nil {
				err = x.out.Skip(v.Record, v.Text(), v.Bad)
			} else {
				err = x.message(c, v, &x.m)
			}
			if err != nil {
				return err
			}
		}
	}
	return err
}

// topic is the name that a group has in its properties.
func topic(raw jsontext.Value) string {
	for name, v := range jsonfile.Fields(raw) {
		if name == "topic" {
			return importers.Shorten(jsonfile.Plain(v), importers.MostFact)
		}
	}
	return ""
}

// thread is the conversation's name, or its account where it has none.
func (c *conversation) thread() string {
	if c.name != "" {
		return c.name
	}
	return c.id
}

// party is an account. In a chat of two the other's name is the chat's, which is
// how the owner has them.
func (x *export) party(c *conversation, account, name string) timeline.Party {
	if account == c.id && c.name != "" {
		name = c.name
	}
	p := timeline.Party{Name: importers.Shorten(name, importers.MostFact)}
	if account != "" {
		p.Address = "skype:" + importers.Shorten(account, importers.MostFact)
	}
	p.Owner = account != "" && account == x.owner || x.owner == "" && x.Assume.Owner != "" && (account == x.Assume.Owner || name == x.Assume.Owner)
	return p
}
