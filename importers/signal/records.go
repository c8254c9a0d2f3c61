package signal

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// line is a message as signal-export writes it.
type line struct {
	Date        jsonfile.Scalar `json:"date"`
	Sender      jsonfile.Scalar `json:"sender"`
	Body        jsonfile.Scalar `json:"body"`
	Quote       jsonfile.Scalar `json:"quote"`
	Sticker     jsontext.Value  `json:"sticker"`
	Reactions   jsontext.Value  `json:"reactions"`
	Attachments []struct {
		Name jsonfile.Scalar `json:"name"`
		Path jsonfile.Scalar `json:"path"`
	} `json:"attachments"`
	Deleted bool           `json:"deleted"`
	Call    bool           `json:"call"`
	Missed  bool           `json:"missed"`
	Rest    jsontext.Value `json:",embed"`
}

// chatFile is a chat of signal-export: its folder is its name.
type chatFile struct {
	importers.Source
	out importers.Output
	n   int
}

func (c *chatFile) thread() string {
	if name := path.Base(path.Dir(c.Path)); name != "." && name != "/" && strings.EqualFold(path.Base(c.Path), "chat.md") || path.Base(c.Path) == "data.json" {
		return name
	}
	return strings.TrimSuffix(path.Base(c.Path), path.Ext(c.Path))
}

func importRecords(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c := &chatFile{Source: s, out: out}
	for v, err := range f.Lines() {
		if err != nil {
			return err
		}
		if err := c.line(v); err != nil {
			return err
		}
	}
	if c.n == 0 {
		if err := out.Skip("the whole file", "", errEmpty); err != nil {
			return err
		}
	}
	note := fmt.Sprintf("%d messages as the tool signal-export wrote them: names alone, and the clock of the computer that it ran on", c.n)
	if err := out.Covers(importers.Undated(""), importers.Undated(""), note); err != nil {
		return err
	}
	return ended(s, f)
}

// ended is why a file of lines was not read to its end, if it was not.
func ended(s importers.Source, f *jsonfile.File) error {
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return nil
}

func (c *chatFile) line(v jsonfile.Value) error {
	c.n++
	var m line
	if err := v.Decode(&m); err != nil {
		return c.out.Skip(v.Record, v.Text(), err)
	}
	e := newEvent(timeline.Message, v.Record)
	e.Thread = c.thread()
	e.When, e.Flags = c.when(string(m.Date))
	c.sender(&e, string(m.Sender))
	words := strings.TrimSuffix(string(m.Body), "  ") // the tool's own end of a line
	e.Text = importers.Shorten(words, importers.MostText)
	if len(words) > importers.MostText {
		flag(&e, timeline.TextCut)
	}
	if m.Call {
		e.Kind = timeline.Call
		extra(&e, "type", strings.TrimSpace(words))
		if m.Missed {
			extra(&e, "missed", "true")
		}
	}
	if m.Deleted {
		flag(&e, timeline.Deleted)
	}
	extra(&e, "quote", strings.TrimSpace(string(m.Quote)))
	c.facts(&e, &m)
	for _, a := range m.Attachments {
		c.file(&e, string(a.Name), string(a.Path))
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(e.Thread, string(m.Date), string(m.Sender), e.Text))
	return c.out.Event(e)
}

func (c *chatFile) facts(e *timeline.Event, m *line) {
	x := &export{}
	if raw := m.Sticker; len(raw) > 0 && string(raw) != "null" && string(raw) != `""` {
		extra(e, "sticker", x.tell(raw))
	}
	var list []string
	for _, r := range jsonfile.Items(m.Reactions) {
		var pair []string
		for _, v := range jsonfile.Items(r) {
			pair = append(pair, jsonfile.Plain(v))
		}
		if len(pair) == 2 {
			list = append(list, pair[1]+" by "+pair[0])
		} else {
			list = append(list, x.tell(r))
		}
	}
	extra(e, "reactions", strings.Join(list, "; "))
	x.rest(e, m.Rest)
}

// tools tells the files of signal-export, which write the owner as "Me".
func (c *chatFile) tools() bool { return strings.ToLower(path.Ext(c.Path)) != ".txt" }

// sender reads who sent a message. "Me" is how the tool writes the owner.
func (c *chatFile) sender(e *timeline.Event, name string) {
	switch {
	case name == "Me" && c.tools():
		e.From = timeline.Party{Name: name, Owner: true}
	case name == "" || c.tools() && (name == "No-Sender" || name == "None"):
		extra(e, "sender", name+" (the tool did not find who sent this)")
	default:
		e.From = timeline.Party{Name: importers.Shorten(name, importers.MostFact), Owner: c.Assume.Owner != "" && name == c.Assume.Owner}
		if c.tools() {
			e.To = []timeline.Party{{Owner: true}}
		}
	}
}

// file lists a file by its path from the chat's folder. The tool writes spaces
// as %20, and nothing else so.
func (c *chatFile) file(e *timeline.Event, name, at string) {
	a := c.Beside(importers.Shorten(strings.ReplaceAll(at, "%20", " "), importers.MostFact))
	if a.Missing {
		if b := c.Beside(importers.Shorten(at, importers.MostFact)); !b.Missing {
			a = b
		}
	}
	if name != "" && a.Name != "" && !strings.HasSuffix(a.Name, name) {
		a.Note = strings.TrimPrefix(a.Note+"; called "+name, "; ")
	}
	e.Files = append(e.Files, a)
}

// when reads the wall clock of the computer that the tool ran on.
func (c *chatFile) when(shown string) (timeline.When, []timeline.Flag) {
	for _, f := range []struct {
		form string
		p    timeline.Precision
	}{
		{"2006-01-02T15:04:05.000000", timeline.Millisecond}, {"2006-01-02T15:04:05", timeline.Second}, {"2006-01-02 15:04:05", timeline.Second},
		{"2006-01-02, 15:04:05", timeline.Second}, {"2006-01-02 15:04", timeline.Minute}, {"2006-01-02, 15:04", timeline.Minute},
	} {
		t, err := time.Parse(f.form, shown)
		if err != nil {
			continue
		}
		if y, m, d := t.Date(); y == 1970 && m == time.January && d == 1 || y == 1969 {
			return importers.Undated(shown), nil // how the tool writes that there is none
		}
		return c.Assume.Local(t, f.p, shown)
	}
	return importers.Undated(shown), nil
}
