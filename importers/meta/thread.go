package meta

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// conversation is what a file says of itself beside its messages.
type conversation struct {
	company
	name   string   // what its events call it
	folder string   // names it for ever: the folder that it lies in
	box    string   // inbox, message_requests, e2ee_cutover
	notes  []string // everything that stands beside the messages
	found  bool     // there is a list of messages
}

// thread reads a conversation of either kind.
func (r *reader) thread() error {
	c, err := r.survey()
	if err != nil {
		return err
	}
	if !c.found {
		return r.list()
	}
	f, err := jsonfile.Open(r.ctx, r.source)
	if err != nil {
		return err
	}
	var x extent
	n, err := r.messages(f, &c, &x)
	if err == nil {
		err = f.End()
	}
	if stop := r.close(f, &c, x, n, err); stop != nil {
		return stop
	}
	if at := (*jsonfile.Broken)(nil); errors.As(err, &at) {
		return r.wrap(err)
	}
	return err
}

// close says what was not read and of when the conversation is.
func (r *reader) close(f *jsonfile.File, c *conversation, x extent, n int, err error) error {
	closing := f.Close()
	var at *jsonfile.Broken
	if err != nil && !errors.As(err, &at) {
		return errors.Join(err, closing)
	}
	if err := f.SkipUnread(r.out); err != nil {
		return err
	}
	if n == 0 && err == nil {
		if err := r.out.Skip("messages", "", errors.New("the conversation holds no messages")); err != nil {
			return err
		}
	}
	if err == nil || n > 0 {
		first, last := x.period()
		if err := r.out.Covers(first, last, c.note()); err != nil {
			return err
		}
	}
	return closing
}

const maxNote = 4 << 10

func (c *conversation) note() string {
	note := strings.Join(c.notes, "; ")
	if c.box != "" && c.box != "." {
		note = "folder " + c.box + "; " + note
	}
	if len(note) > maxNote {
		note = strings.ToValidUTF8(note[:maxNote], "") + "…"
	}
	return note
}

// survey reads what stands beside the messages, and how texts are written, in a
// run over the file that decodes nothing else. Where the file breaks, the
// reading proper says so.
func (r *reader) survey() (c conversation, err error) {
	file, err := r.source.Open()
	if err != nil {
		return c, r.wrap(err)
	}
	var w writer
	f := jsonfile.New(r.ctx, io.TeeReader(file, &w))
	parts, err := r.parts(f, &c)
	if at := (*jsonfile.Broken)(nil); errors.As(err, &at) {
		_, err = io.Copy(&w, importers.UntilDone(r.ctx, file))
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return c, err
	}
	r.latin = !w.clean
	r.describe(&c, parts)
	return c, nil
}

// part is a value that stands beside the messages.
type part struct {
	name string
	raw  []byte
	bad  error
}

func (r *reader) parts(f *jsonfile.File, c *conversation) (list []part, err error) {
	for name, err := range f.Members() {
		switch {
		case err != nil:
			return list, err
		case name == "messages" && f.Kind() == '[':
			c.found = true
			_, err = f.Skip()
		default:
			var v jsonfile.Value
			if v, err = f.Value(); err == nil && len(list) < maxParts {
				var whole any
				list = append(list, part{name, append([]byte(nil), v.Raw...), v.Decode(&whole)})
			}
		}
		if err != nil {
			return list, err
		}
	}
	return list, f.End()
}

const maxParts = 100

func (r *reader) describe(c *conversation, parts []part) {
	dir := path.Dir(r.source.Path)
	if threadFile.MatchString(r.source.Path) {
		c.folder, c.box = path.Base(dir), path.Base(path.Dir(dir))
	}
	title, names := "", []string(nil)
	for _, p := range parts {
		text := r.saysJSON(nil, jsonfile.Plain(p.raw))
		switch p.name {
		case "title", "threadName":
			title = text
		case "thread_path":
			if box, folder := path.Split(text); folder != "" {
				c.box, c.folder = path.Base(path.Clean(box)), folder
			}
		case "participants":
			names = r.participants(p.raw)
			text = strings.Join(names, ", ")
		}
		if p.bad != nil {
			text = p.bad.Error()
		}
		c.notes = append(c.notes, p.name+": "+text)
	}
	c.name = title
	switch {
	case c.name == "":
		c.name = c.folder
	case c.folder != "" && c.folder != c.name:
		c.name = fmt.Sprintf("%s (%s)", title, c.folder)
	}
	c.company = companyOf(names, r.owner(), r.source.Assume.Owner)
}

// participants are the names of those in a conversation: objects with a name, or
// the names themselves.
func (r *reader) participants(raw []byte) (names []string) {
	for _, item := range jsonfile.Items(raw) {
		name := ""
		if item.Kind() == '"' {
			name = r.plain(nil, item)
		}
		for key, value := range jsonfile.Fields(item) {
			if key == "name" {
				name = r.plain(nil, value)
			}
		}
		names = append(names, name)
	}
	return names
}

// messages reads the messages and tells how many there were.
func (r *reader) messages(f *jsonfile.File, c *conversation, x *extent) (n int, err error) {
	var m message // the last one
	for name, err := range f.Members() {
		if err != nil {
			return n, err
		}
		if name != "messages" || f.Kind() != '[' {
			if _, err := f.Skip(); err != nil { // it is in the note
				return n, err
			}
			continue
		}
		for v, err := range f.Records(&m) {
			if err != nil {
				return n, err
			}
			n++
			if v.Bad == nil && m.opened().empty() {
				v.Bad = errNoMessage
			}
			if v.Bad != nil {
				err = r.out.Skip(v.Record, v.Text(), v.Bad)
			} else {
				err = r.message(v, &m, c, x)
			}
			if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// message hands on one message.
func (r *reader) message(v jsonfile.Value, m *message, c *conversation, x *extent) error {
	e := timeline.Event{Kind: timeline.Message, Source: timeline.Pinpoint{Record: v.Record}, Thread: c.name}
	r.fill(&e, m, c)
	r.dispute(&e, v, m)
	x.add(e.When)
	return r.out.Event(e)
}

// dispute takes nobody for the sender of a message that names two, under one name
// or under those of both downloads.
func (r *reader) dispute(e *timeline.Event, v jsonfile.Value, m *message) {
	f := importers.FactsOf(e)
	v.DisputeWho(f, r.named, "sender_name", "senderName")
	v.DisputeWhen(f, "timestamp_ms", "timestamp")
	if at, _, ok := importers.ReadCount(string(m.SealedAt)); ok && !at.Instant.Equal(e.When.Instant) {
		f.Flag(timeline.TimesDisagree)
		f.Add("times, as stated", "timestamp_ms says "+string(m.At)+"; timestamp says "+string(m.SealedAt))
	}
	if m.SealedSender == nil {
		return
	}
	for name, value := range jsonfile.Fields(v.Raw) {
		if said := jsonfile.Plain(value); name == "sender_name" && said != string(*m.SealedSender) {
			f.Dispute("sender_name says "+r.says(said)+"; senderName says "+r.says(string(*m.SealedSender)), r.named(said), r.named(string(*m.SealedSender)))
		}
	}
}

func (r *reader) named(said string) timeline.Party { return timeline.Party{Name: r.says(said)} }

var errNoMessage = errors.New("this has neither a time nor a sender, so it is no message")
