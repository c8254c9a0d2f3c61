package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// export is one result.json while it is read.
type export struct {
	importers.Source
	out     importers.Output
	f       *jsonfile.File
	self    string             // the owner's account, "user123", where the export says it
	writers map[string]writers // of the chats of two, where it does not, by their threads and numbers
	m       message            // the last one
	records int
	zones   []string // of the computer that exported, as its clock shows them
	offset  struct { // the last of them
		by   time.Duration
		name string
	}
	notes []string
}

// chat is the chat whose messages are being read.
type chat struct {
	name, kind, id string
	about          string // its kind and its number
	other          string // the account of the one that a chat of two is with
	writers
	last, gaps int64 // of the numbers of messages
	at         int64 // where it begins
	messages   int
}

func importJSON(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := ctx.Err(); err != nil {
		return err
	}
	x := &export{Source: s, out: out, f: f}
	if x.self, x.writers, err = survey(ctx, s); err != nil {
		return err
	}
	err = x.root()
	var cut *jsonfile.Broken
	if errors.As(err, &cut) {
		return fmt.Errorf("%s: %w (%d records were read before)", s.Path, err, x.records)
	}
	if err != nil {
		return err
	}
	if err := f.SkipUnread(out); err != nil {
		return err
	}
	return out.Covers(importers.Undated("not stated"), importers.Undated("not stated"), x.note())
}

// root reads the object that the file is: a chat, or an account.
func (x *export) root() error {
	if x.f.Kind() != '{' {
		return importers.ErrNotMine
	}
	c := &chat{}
	for name, err := range x.f.Members() {
		if err != nil {
			return err
		}
		switch name {
		case "personal_information":
			err = x.personal()
		case "profile_pictures":
			err = x.list(x.picture)
		case "stories":
			err = x.list(x.story)
		case "contacts":
			err = x.listed(x.contact)
		case "frequent_contacts":
			err = x.listed(x.frequent)
		case "sessions", "web_sessions":
			err = x.listed(x.session)
		case "chats", "left_chats":
			err = x.listed(nil)
		default:
			err = x.member(c, name)
		}
		if err != nil {
			return err
		}
	}
	if err := x.f.End(); err != nil {
		return err
	}
	if !c.begun() && x.records > 0 {
		return nil // an account
	}
	return x.close(c)
}

// listed reads the list of a part of an account: each record by read, or, where
// there is none, as a chat.
func (x *export) listed(read func(jsonfile.Value) error) error {
	for name, err := range x.f.Members() {
		if err != nil {
			return err
		}
		if name != "list" {
			continue
		}
		if read != nil {
			err = x.list(read)
		} else {
			err = x.chats()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *export) list(read func(jsonfile.Value) error) error {
	for _, err := range x.f.Elements() {
		if err != nil {
			return err
		}
		v, err := x.f.Value()
		if err != nil {
			return err
		}
		x.records++
		if err := read(v); err != nil {
			return err
		}
	}
	return nil
}

func (x *export) chats() error {
	for _, err := range x.f.Elements() {
		if err != nil {
			return err
		}
		c := &chat{at: x.f.Offset()}
		for name, err := range x.f.Members() {
			if err != nil {
				return err
			}
			if err := x.member(c, name); err != nil {
				return err
			}
		}
		if err := x.close(c); err != nil {
			return err
		}
	}
	return nil
}

// member reads one member of a chat.
func (x *export) member(c *chat, name string) error {
	switch name {
	case "name", "type", "id":
		v, err := x.f.Value()
		if err != nil {
			return err
		}
		text := importers.Shorten(jsonfile.Plain(v.Raw), importers.MostFact)
		switch name {
		case "name":
			c.name = text
		case "type":
			c.kind = text
		default:
			c.id = text
		}
		c.about, c.other = strings.TrimSpace(c.kind+" "+c.id), ""
		if c.ofTwo() && c.id != "" {
			c.other = "user" + c.id
			c.writers = x.writers[c.other]
		}
	case "messages":
		return x.messages(c)
	}
	return nil
}

func (x *export) messages(c *chat) error {
	for v, err := range x.f.Records(&x.m) {
		if err != nil {
			return err
		}
		x.records++
		c.messages++
		if v.Bad != nil {
			err = x.out.Skip(v.Record, v.Text(), v.Bad)
		} else {
			err = x.message(c, v, &x.m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *chat) ofTwo() bool { return c.kind == "personal_chat" || c.kind == "bot_chat" }

// numbered tells the chats whose messages are numbered one by one, for
// everybody: a number that is not there is a message that is not.
func (c *chat) numbered() bool {
	return strings.HasSuffix(c.kind, "_supergroup") || strings.HasSuffix(c.kind, "_channel")
}

// thread is the chat's name, or what there is in its place.
func (c *chat) thread() string {
	if c.name != "" || c.kind == "" && c.id == "" {
		return c.name
	}
	return strings.TrimSpace(strings.ReplaceAll(c.kind, "_", " ") + " " + c.id)
}

// count follows the numbers of a chat's messages.
func (c *chat) count(id string) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 || !c.numbered() {
		return
	}
	if c.last > 0 && n > c.last+1 && n-c.last < 1<<32 {
		c.gaps += n - c.last - 1
	}
	c.last = max(c.last, n)
}

// begun tells whether the file has said anything of the chat.
func (c *chat) begun() bool { return c.messages > 0 || c.name != "" || c.kind != "" || c.id != "" }

// close says of a chat what its messages do not.
func (x *export) close(c *chat) error {
	if c.messages == 0 {
		words := strings.TrimSpace(c.name + " " + c.kind + " " + c.id)
		return x.out.Skip(fmt.Sprintf("chat at byte %d", c.at), words, errEmpty)
	}
	const most = 20
	if c.gaps > 0 && len(x.notes) < most {
		x.notes = append(x.notes, fmt.Sprintf("%s: between the first and the last message %d numbers are not there (deleted, or not exported)", c.thread(), c.gaps))
	}
	return nil
}

func (x *export) note() string {
	notes := append([]string{fmt.Sprintf("%d records; messages that were deleted before the export are not in it", x.records)}, x.notes...)
	if len(x.zones) > 0 {
		notes = append(notes, "the clock of the computer that exported shows UTC"+strings.Join(x.zones, " and UTC"))
	}
	return strings.Join(notes, "; ")
}

// personal reads who the account's owner is.
func (x *export) personal() error {
	v, err := x.f.Value()
	if err != nil {
		return err
	}
	x.records++
	if x.self, err = accountOf(v); err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	return x.out.Skip(v.Record, v.Text(), errNoDate)
}

// accountOf is the account that a personal part is of; empty where it says none.
func accountOf(v jsonfile.Value) (string, error) {
	var p struct {
		UserID jsonfile.Scalar `json:"user_id"`
	}
	if err := v.Decode(&p); err != nil || p.UserID == "" || p.UserID == "0" {
		return "", err
	}
	return "user" + string(p.UserID), nil
}

// party is somebody as the export names them.
func (x *export) party(c *chat, name, id string) timeline.Party {
	p := timeline.Party{Name: importers.Shorten(name, importers.MostFact)}
	if id != "" {
		p.Address = "telegram:" + importers.Shorten(id, importers.MostFact)
	}
	p.Owner = x.isOwner(c, id) || x.Assume.Owner != "" && (p.Name == x.Assume.Owner || id == x.Assume.Owner)
	return p
}

func (x *export) isOwner(c *chat, id string) bool {
	switch {
	case id == "":
		return false
	case x.self != "":
		return id == x.self
	case c.kind == "saved_messages":
		return id == "user"+c.id
	}
	return c.other != "" && id == c.own
}

// towards is who a message of a chat of two is for.
func (x *export) towards(c *chat, from timeline.Party) []timeline.Party {
	switch {
	case c.other == "" || from.Address == "" || c.differ != "" && !c.byOther(from):
		return nil
	case from.Address == "telegram:"+c.other:
		self := x.self
		if self == "" {
			self = c.own
		}
		to := timeline.Party{Owner: true}
		if self != "" {
			to.Address = "telegram:" + self
		}
		return []timeline.Party{to}
	case from.Owner:
		return []timeline.Party{x.party(c, c.name, c.other)}
	}
	return nil
}
