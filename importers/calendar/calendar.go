// Package calendar reads calendars (iCalendar, RFC 5545: .ics; vCalendar: .vcs):
// appointments, tasks and journal entries.
//
// An appointment stands at its start. That it was entered says that somebody
// planned it, not that it took place. One that repeats is one event, with the
// rule in words; its repetitions are not made up. A changed single one of them
// (RECURRENCE-ID) is an event of its own, as it is in the file.
//
// A start is an instant (…Z), a wall clock with a zone by name (TZID), a wall
// clock of no zone (floating: meant to be the same everywhere), or a day. A zone
// is taken by its IANA name or by the name that Windows has for it, never from
// the rules that the file gives for it, but where these are one fixed offset.
package calendar

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "calendar",
		Version: 3,
		Title:   "Calendar (.ics)",
		HowToGet: "In Google Calendar on a computer, open Settings, Import and export, and choose Export; or take Calendar in Google Takeout. " +
			"On a Mac, choose the calendar, then File, Export. In Outlook, choose File, Save Calendar. On an iPhone, share the calendar publicly for a moment at icloud.com and open its address with https instead of webcal. " +
			"An invitation that came by e-mail is read with the e-mail. Add the .ics file, or the zip file that Google makes, as it is.",
		LeavesOut: []string{
			"Whether what was planned took place.",
			"Appointments that were deleted, and what one said before it was changed.",
			"The single days of an appointment that repeats: its rule is shown in words.",
		},
		Tried: []string{
			"RFC 5545 calendars of Google, Apple and Outlook, 2008 to 2026",
			"vCalendar 1.0 of older telephones",
		},
	}
}

// Claims looks for the first line.
func (importer) Claims(s importers.Source) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	const first = "BEGIN:VCALENDAR"
	return len(head) >= len(first) && strings.EqualFold(string(head[:len(first)]), first)
}

// calendar is a file while it is read.
type calendar struct {
	importers.Source
	ctx     context.Context
	out     importers.Output
	lines   *contentline.Reader
	name    string
	method  string
	zones   map[string]*time.Location
	defined map[string][]int // seconds from UTC that the calendar itself gives a zone whose name is known
	count   int
	notes   []string
}

var (
	errCut     = importers.CutError("the file is cut off here")
	errNothing = errors.New("the calendar has no appointments")
	errNoLine  = errors.New("this line belongs to nothing that is known here")
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	lines, err := contentline.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lines.Close()) }()
	c := &calendar{Source: s, ctx: ctx, out: out, lines: lines, zones: map[string]*time.Location{}, defined: map[string][]int{}}
	return c.read()
}

// read reads the calendars of the file, which may be several.
func (c *calendar) read() error {
	open := 0
	for {
		l, err := c.lines.Next()
		if errors.Is(err, io.EOF) {
			return c.end(open > 0)
		}
		if err != nil {
			return err
		}
		switch value := strings.ToUpper(strings.TrimSpace(l.Value)); {
		case l.Name == "BEGIN" && value == "VCALENDAR":
			open++
			c.name, c.method = "", ""
		case l.Name == "END" && value == "VCALENDAR":
			open = max(0, open-1)
		case l.Name == "BEGIN":
			err = c.component(value, l)
		case l.Name == "X-WR-CALNAME":
			c.name = contentline.Text(l.Value)
			c.note(l.Raw)
		case l.Name == "METHOD":
			c.method = l.Value
			c.note(l.Raw)
		case l.Name == "":
			err = c.out.Skip(fmt.Sprintf("line at byte %d", l.At), importers.Shorten(l.Raw, 4<<10), errNoLine)
		default:
			c.note(l.Raw)
		}
		if errors.Is(err, errCut) {
			return errors.Join(c.end(false), fmt.Errorf("%s: byte %d: %w", c.Path, c.lines.Offset(), err))
		}
		if err != nil {
			return err
		}
	}
}

const mostNotes = 2000 // lines of what stands around the appointments

func (c *calendar) note(line string) {
	if len(c.notes) < mostNotes {
		c.notes = append(c.notes, importers.Shorten(line, 1000))
	}
}

// end says what stands around the appointments.
func (c *calendar) end(open bool) error {
	if c.count == 0 {
		if err := c.out.Skip("calendar", importers.Shorten(strings.Join(c.notes, "\n"), 4<<10), errNothing); err != nil {
			return err
		}
	} else if len(c.notes) > 0 {
		if err := c.out.Covers(timeline.When{}, timeline.When{}, "the calendar says of itself: "+strings.Join(c.notes, "\n")); err != nil {
			return err
		}
	}
	if open {
		return fmt.Errorf("%s: byte %d: %w, before END:VCALENDAR", c.Path, c.lines.Offset(), errCut)
	}
	return nil
}

// part is a component while it is read: its lines, and those of the parts in it.
type part struct {
	kind  string
	at    int64
	lines []contentline.Line
	inner []part
	cut   bool
}

func (p *part) get(name string) (contentline.Line, bool) {
	for _, l := range p.lines {
		if l.Name == name {
			return l, true
		}
	}
	return contentline.Line{}, false
}

func (p *part) text(name string) string {
	l, _ := p.get(name)
	return contentline.Text(l.Value)
}

// The limits of one component.
const (
	mostLines = 50_000
	mostDepth = 8
)

// collect reads a component to its end.
func (c *calendar) collect(kind string, at int64, depth int) (part, error) {
	p := part{kind: kind, at: at}
	for {
		l, err := c.lines.Next()
		if errors.Is(err, io.EOF) {
			p.cut = true
			return p, errCut
		}
		if err != nil {
			return p, err
		}
		switch value := strings.ToUpper(strings.TrimSpace(l.Value)); {
		case l.Name == "END":
			return p, nil
		case l.Name == "BEGIN" && depth < mostDepth:
			in, err := c.collect(value, l.At, depth+1)
			p.inner = append(p.inner, in)
			if err != nil {
				p.cut = p.cut || errors.Is(err, errCut)
				return p, err
			}
		case len(p.lines) < mostLines:
			p.lines = append(p.lines, l)
		default:
			p.cut = true
		}
	}
}

// component reads one, and hands on what is in it.
func (c *calendar) component(kind string, begin contentline.Line) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	p, err := c.collect(kind, begin.At, 0)
	if err != nil && !errors.Is(err, errCut) {
		return err
	}
	switch kind {
	case "VEVENT", "VTODO", "VJOURNAL":
		c.count++
		if told := c.event(&p); told != nil {
			return told
		}
	case "VTIMEZONE":
		c.zone(&p)
		c.note("time zone: " + p.words())
	default:
		c.count++
		record := fmt.Sprintf("%s at byte %d", kind, p.at)
		if told := c.out.Skip(record, importers.Shorten(p.words(), 4<<10), fmt.Errorf("a part of a calendar (%s) that is no appointment, task or journal entry", importers.Shorten(kind, 100))); told != nil {
			return told
		}
	}
	return err
}

// words are the lines of a component in one.
func (p *part) words() string {
	var list []string
	for _, l := range p.lines {
		list = append(list, l.Raw)
	}
	for i := range p.inner {
		list = append(list, p.inner[i].kind+": "+p.inner[i].words())
	}
	return strings.Join(list, "; ")
}

// attach stores a file that stands in an appointment, or notes where it is.
func (c *calendar) attach(e *timeline.Event, facts importers.Facts, l contentline.Line, n int) error {
	if !strings.EqualFold(l.Param("ENCODING"), "BASE64") && !strings.EqualFold(l.Param("ENCODING"), "B") {
		facts.Add("attached", l.Value)
		return nil
	}
	name := path.Base(l.Param("FILENAME") + l.Param("X-FILENAME") + l.Param("X-APPLE-FILENAME"))
	if name == "." || name == "/" {
		name = fmt.Sprintf("attachment-%d", n)
	}
	a, err := c.out.Attach(e.Source.Record, name, l.Param("FMTTYPE"), base64.NewDecoder(base64.StdEncoding, strings.NewReader(l.Value)))
	if err != nil {
		return err
	}
	e.Files = append(e.Files, a)
	return nil
}
