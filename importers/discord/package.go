package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/table"
	"daybook/timeline"
)

// maxBeside bounds the files that only name channels and people.
const maxBeside = 8 << 20

// channel is one folder of a data package while it is read.
type channel struct {
	importers.Source
	out    importers.Output
	id     string
	kind   string
	name   string
	owner  timeline.Party
	others []timeline.Party
	notes  []string
	n      int
}

// newChannel learns what the files beside the messages say.
func newChannel(s importers.Source, out importers.Output) *channel {
	c := &channel{Source: s, out: out, owner: timeline.Party{Owner: true}}
	dir := path.Dir(s.Path)
	c.id = strings.TrimPrefix(path.Base(dir), "c")
	people := c.account(path.Dir(path.Dir(dir)))
	var head struct {
		ID         jsonfile.Scalar   `json:"id"`
		Type       jsonfile.Scalar   `json:"type"`
		Name       jsonfile.Scalar   `json:"name"`
		Recipients []jsonfile.Scalar `json:"recipients"`
		Guild      struct {
			Name jsonfile.Scalar `json:"name"`
		} `json:"guild"`
	}
	if c.beside(path.Join(dir, "channel.json"), &head) && head.ID != "" {
		c.id = string(head.ID)
	}
	c.kind, c.name = string(head.Type), string(head.Name)
	if head.Guild.Name != "" {
		c.name = string(head.Guild.Name) + " / " + c.name
	}
	for _, r := range head.Recipients {
		if p := people[string(r)]; !p.Owner && r != "" {
			p.Address = "discord:" + string(r)
			c.others = append(c.others, p)
		}
	}
	var index map[string]jsonfile.Scalar
	if c.beside(path.Join(path.Dir(dir), "index.json"), &index) && index[c.id] != "" && head.Guild.Name == "" {
		c.name = string(index[c.id])
	}
	if who, direct := strings.CutPrefix(c.name, "Direct Message with "); direct && len(c.others) == 1 && c.others[0].Name == "" {
		c.others[0].Name = importers.Shorten(strings.TrimSuffix(who, "#0"), importers.MostFact)
	}
	if c.name == "" {
		c.name = "channel " + c.id
	}
	c.name = importers.Shorten(c.name, importers.MostFact)
	return c
}

// account learns who the owner is and how the owner's friends and blocked people
// are called.
func (c *channel) account(root string) map[string]timeline.Party {
	people := map[string]timeline.Party{}
	var me struct {
		ID            jsonfile.Scalar `json:"id"`
		Username      jsonfile.Scalar `json:"username"`
		Relationships []struct {
			ID   jsonfile.Scalar `json:"id"`
			User struct {
				Username jsonfile.Scalar `json:"username"`
			} `json:"user"`
		} `json:"relationships"`
	}
	if !c.beside(path.Join(root, "account", "user.json"), &me) && !c.beside(path.Join(root, "Account", "user.json"), &me) {
		c.notes = append(c.notes, "account/user.json, which says whose package it is, is not beside it")
		return people
	}
	if me.ID != "" {
		c.owner = timeline.Party{Name: string(me.Username), Address: "discord:" + string(me.ID), Owner: true}
		people[string(me.ID)] = c.owner
	}
	for _, r := range me.Relationships {
		people[string(r.ID)] = timeline.Party{Name: string(r.User.Username)}
	}
	return people
}

// beside reads a small file of the package; what cannot be read says so in the
// note.
func (c *channel) beside(name string, into any) bool {
	f, err := c.FS.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	var data []byte
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(f, maxBeside))
		err = errors.Join(err, f.Close())
	}
	if err == nil {
		err = json.Unmarshal(data, into, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	}
	if err != nil {
		c.notes = append(c.notes, path.Base(name)+" could not be read: "+err.Error())
	}
	return err == nil
}

// row is a message of the package.
type row struct {
	ID          jsonfile.Scalar `json:"ID"`
	Time        jsonfile.Scalar `json:"Timestamp"`
	Contents    jsonfile.Scalar `json:"Contents"`
	Attachments jsonfile.Scalar `json:"Attachments"`
	Rest        jsontext.Value  `json:",embed"`
}

func importChannel(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c := newChannel(s, out)
	for _, err := range f.Elements() {
		if err != nil {
			return c.cut(err)
		}
		v, err := f.Value()
		if err != nil {
			return c.cut(err)
		}
		c.n++
		var r row
		if err := v.Decode(&r); err != nil {
			err = out.Skip(v.Record, v.Text(), err)
			if err != nil {
				return err
			}
			continue
		}
		if err := c.message(r, v.Record, nil); err != nil {
			return err
		}
	}
	if err := f.End(); err != nil {
		return c.cut(err)
	}
	return c.end()
}

func (c *channel) cut(err error) error {
	var cut *jsonfile.Broken
	if errors.As(err, &cut) {
		return fmt.Errorf("%s: %w (%d messages were read before)", c.Path, err, c.n)
	}
	return err
}

func importChannelTable(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	t, err := table.Open(s, packageColumns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	c := newChannel(s, out)
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return err
		}
		c.n++
		m := row{ID: jsonfile.Scalar(r.Get("id")), Time: jsonfile.Scalar(r.Get("timestamp")), Contents: jsonfile.Scalar(r.Get("contents")), Attachments: jsonfile.Scalar(r.Get("attachments"))}
		if err := c.message(m, r.Record(), &r); err != nil {
			return err
		}
	}
	return c.end()
}

// message hands on a message, which is always the owner's.
func (c *channel) message(m row, record string, cells *table.Row) error {
	e := timeline.Event{Kind: timeline.Message, Thread: c.name, From: c.owner, To: c.others, Source: timeline.Pinpoint{Record: record}}
	f := importers.FactsOf(&e)
	checked(f, packageTime(string(m.Time)), string(m.ID))
	f.Say(string(m.Contents))
	for at := range strings.FieldsSeq(string(m.Attachments)) {
		e.Files = append(e.Files, file(c.Source, at, ""))
	}
	f.Add("id", string(m.ID))
	f.Add("channel", c.id)
	f.Add("channel type", c.kind)
	jsonfile.Rest(f, m.Rest)
	if cells != nil {
		f.Flag(cells.Flags()...)
		for name, value := range cells.Rest("id", "timestamp", "contents", "attachments") {
			f.Add(name, value)
		}
	}
	if m.ID != "" {
		e.Extra.Set(timeline.SameKey, importers.SameOf(string(m.ID), e.Text))
	}
	return c.out.Event(e)
}

// packageTime reads a time of the package, which is UTC whether it says so or
// not.
func packageTime(raw string) timeline.When {
	t, p, zoned, ok := importers.ReadTime(raw)
	switch {
	case !ok:
		return importers.Undated(raw)
	case zoned && t.Location() != time.UTC:
		return timeline.FromOffset(t, p, raw)
	}
	return timeline.FromInstant(t, p, raw)
}

func (c *channel) end() error {
	if c.n == 0 {
		if err := c.out.Skip("the whole file", c.name, errEmpty); err != nil {
			return err
		}
	}
	notes := append([]string{fmt.Sprintf("%d messages, all of them the account owner's own: a data package of Discord holds nothing that others wrote", c.n)}, c.notes...)
	return c.out.Covers(importers.Undated(""), importers.Undated(""), strings.Join(notes, "; "))
}

func base(p string) string { return path.Base(p) }
