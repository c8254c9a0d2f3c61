package takeout

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// chatMessage is one of Google Chat.
type chatMessage struct {
	Creator  jsontext.Value  `json:"creator"`
	Created  jsonfile.Scalar `json:"created_date"`
	Updated  jsonfile.Scalar `json:"updated_date"`
	Deleted  jsonfile.Scalar `json:"deleted_date"`
	Text     jsonfile.Scalar `json:"text"`
	ID       jsonfile.Scalar `json:"message_id"`
	Attached jsontext.Value  `json:"attached_files"`
	Rest     jsontext.Value  `json:",embed"`
}

// group is a conversation of Google Chat: what group_info.json says of it, and
// whose account it is.
type group struct {
	name    string
	members []timeline.Party
	owner   string // e-mail address; empty where it is not known
}

func (x *export) chat(ctx context.Context) error {
	g, err := x.group(ctx)
	if err != nil {
		return err
	}
	var m chatMessage
	return x.walk(ctx, func(f *jsonfile.File) error {
		for name, err := range f.Members() {
			if err != nil {
				return err
			}
			if name != "messages" {
				continue
			}
			if err := x.list(f, &m, func() (timeline.Event, error) { return x.message(g, &m) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// group reads the two files that serve a conversation, as far as they are there.
func (x *export) group(ctx context.Context) (group, error) {
	var g group
	dir := path.Dir(x.Path)
	users := path.Join(dir, "../../Users")
	list, err := fs.ReadDir(x.FS, users)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
		return g, err
	}
	for _, user := range list {
		var info struct {
			User jsontext.Value `json:"user"`
		}
		found, err := x.beside(ctx, path.Join(users, user.Name(), "user_info.json"), &info)
		if err != nil {
			return g, err
		}
		if found {
			g.owner = person(info.User, passOver).Address
			break
		}
	}
	var info struct {
		Name    jsonfile.Scalar `json:"name"`
		Members jsontext.Value  `json:"members"`
	}
	if _, err := x.beside(ctx, path.Join(dir, "group_info.json"), &info); err != nil {
		return g, err
	}
	for _, m := range jsonfile.Items(info.Members) {
		g.members = append(g.members, g.mark(person(m, passOver)))
	}
	g.name = g.called(string(info.Name), path.Base(dir))
	return g, nil
}

// called is a conversation's own name, else those of the others in it.
func (g group) called(name, folder string) string {
	if name != "" {
		return name
	}
	var others []string
	for _, m := range g.members {
		if !m.Owner && m.Name != "" {
			others = append(others, m.Name)
		}
	}
	if len(others) > 0 {
		return importers.Shorten(strings.Join(others, ", "), 500)
	}
	return folder
}

// beside decodes a file of the tree; found is false where it is not there, or is
// no such file.
func (x *export) beside(ctx context.Context, name string, into any) (found bool, err error) {
	f, err := x.FS.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	v, err := jsonfile.New(ctx, f).Value()
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return false, nil
	}
	return err == nil && v.Decode(into) == nil, err
}

// person is somebody as Google Chat names them. What else is said of them goes to
// other.
func person(raw jsonfile.Raw, other func(name string, v jsonfile.Raw)) timeline.Party {
	var p timeline.Party
	for name, v := range jsonfile.Fields(raw) {
		switch name {
		case "name":
			p.Name = jsonfile.Plain(v)
		case "email":
			p.Address = jsonfile.Plain(v)
		default:
			other(name, v)
		}
	}
	return p
}

func passOver(string, jsonfile.Raw) {}

// mark tells the owner by the address, which nobody else can have.
func (g group) mark(p timeline.Party) timeline.Party {
	p.Owner = g.owner != "" && strings.EqualFold(p.Address, g.owner)
	return p
}

func (x *export) message(g group, m *chatMessage) (timeline.Event, error) {
	e := timeline.Event{Kind: timeline.Message, Thread: g.name}
	facts := importers.FactsOf(&e)
	e.From = g.mark(person(m.Creator, func(name string, v jsonfile.Raw) { facts.Add("creator "+name, jsonfile.Line(v)) }))
	if m.Creator != nil && m.Creator.Kind() != '{' {
		facts.Add("creator", jsonfile.Line(m.Creator))
	}
	at := string(m.Created)
	if at == "" {
		at = string(m.Deleted)
	}
	if e.When = chatTime(at); e.When.Precision == timeline.Undated && m.Text == "" && m.Attached == nil {
		return e, errNoTime
	}
	for _, p := range g.members {
		if p.Address != e.From.Address || p.Name != e.From.Name && p.Address == "" {
			e.To = append(e.To, p)
		}
	}
	facts.Say(string(m.Text))
	for _, file := range jsonfile.Items(m.Attached) {
		e.Files = append(e.Files, x.attached(facts, file))
	}
	if m.Deleted != "" {
		facts.Flag(timeline.Deleted)
		facts.Add("deleted", string(m.Deleted))
		if m.Created == "" {
			facts.Add("time", "that of the deletion: the export does not say when it was sent")
		}
	}
	if m.Updated != "" && m.Updated != m.Created {
		facts.Flag(timeline.Edited)
		facts.Add("edited", string(m.Updated))
	}
	facts.Add("message id", string(m.ID))
	jsonfile.Rest(facts, m.Rest)
	e.Extra.Set(timeline.SameKey, importers.SameOf("chat", string(m.ID), e.From.Address, at, string(m.Updated), string(m.Deleted), string(m.Text), string(m.Attached)))
	return e, nil
}

// attached finds a file of a message. Takeout writes "_" on the disk for what a
// file's name cannot hold.
func (x *export) attached(facts importers.Facts, raw jsonfile.Raw) timeline.Attachment {
	names := map[string]string{}
	for name, v := range jsonfile.Fields(raw) {
		names[name] = jsonfile.Plain(v)
	}
	exported, original := names["export_name"], names["original_name"]
	if exported == "" {
		return timeline.Attachment{Name: original, Missing: true, Note: "the export says that it left this file out"}
	}
	a := x.Beside(exported)
	if a.Missing {
		onDisk := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`?&=<>:"|*%'`, r) && r != '=' {
				return '_'
			}
			return r
		}, exported)
		if found := x.Beside(onDisk); !found.Missing {
			a = found
			a.Name = exported
		}
	}
	if original != "" && original != exported {
		facts.Add("file as it was named when it was sent", original)
	}
	return a
}

// chatForms are how Google Chat prints a time in English: read at once, for a
// long chat is mostly times.
var chatForms = []string{"Monday, January 2, 2006 at 3:04:05 PM UTC", "Monday, 2 January 2006 at 15:04:05 UTC"}

func chatTime(text string) timeline.When {
	plain := strings.ReplaceAll(text, "\u202f", " ")
	for _, form := range chatForms {
		if t, err := time.Parse(form, plain); err == nil && t.Year() >= 1990 && t.Year() < 2100 {
			return timeline.FromInstant(t, timeline.Second, text)
		}
	}
	if w, ok := importers.ReadInstant(text); ok {
		return w
	}
	if c, ok := readClock(text, ""); ok && c.zone != nil {
		return c.when(importers.Assume{}, nil)
	}
	return importers.Undated(text)
}
