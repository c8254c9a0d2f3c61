package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

var (
	errHeading = errors.New("this heading is no day that could be read")
	errStray   = errors.New("these words stand between the records, where an export has none")
	errBeside  = errors.New("the same is read from result.json of the same export, which says more")
	errSummary = errors.New("this part of the page has no date")
)

// claimsPage tells the frame that Telegram gives all its pages.
func claimsPage(head []byte) bool {
	return bytes.Contains(head, []byte("<title>Exported Data</title>")) && bytes.Contains(head, []byte(`class="page_wrap"`))
}

// pageReader is one page while it is read.
type pageReader struct {
	importers.Source
	ctx     context.Context
	out     importers.Output
	title   string
	day     timeline.When // of the last heading
	flags   []timeline.Flag
	sender  *timeline.Party // of the message before, for those that do not repeat it
	forward string          // whom the message before was forwarded from
	records int
	notes   []string
}

func importPage(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if again, err := besideJSON(s); err != nil {
		return err
	} else if again {
		return out.Skip("the whole page", fmt.Sprintf("%d bytes", s.Size), errBeside)
	}
	x := &pageReader{Source: s, ctx: ctx, out: out, day: importers.Undated("no heading")}
	err = x.read(page.NewReader(importers.UntilDone(ctx, f)))
	var cut *page.CutError
	switch {
	case errors.As(err, &cut):
		return fmt.Errorf("%s: %w (%d records were read before)", s.Path, err, x.records)
	case err != nil:
		return err
	case x.records == 0:
		if err := out.Skip("the whole page", x.title, errEmpty); err != nil {
			return err
		}
	}
	notes := append([]string{fmt.Sprintf("%d records of a page that shows names and no numbers of accounts; messages that were deleted before the export are not in it", x.records)}, x.notes...)
	return out.Covers(importers.Undated("not stated"), importers.Undated("not stated"), strings.Join(notes, "; "))
}

// besideJSON tells whether the export holds the same as JSON, which says more:
// Telegram can write both at once. The lists and chats of an account lie one and
// two folders below it.
func besideJSON(s importers.Source) (bool, error) {
	dir := path.Dir(s.Path)
	up := path.Dir(dir)
	switch {
	case path.Base(dir) == "lists":
		dir = up
	case path.Base(up) == "chats":
		dir = path.Dir(up)
	}
	f, err := s.FS.Open(path.Join(dir, "result.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: result.json beside it: %w", s.Path, err)
	}
	head, err := io.ReadAll(io.LimitReader(f, importers.HeadSize))
	if err = errors.Join(err, f.Close()); err != nil {
		return false, fmt.Errorf("%s: result.json beside it: %w", s.Path, err)
	}
	return claimsJSON(bytes.TrimPrefix(head, []byte("\ufeff"))), nil
}

// read goes through the page, record by record.
func (x *pageReader) read(r *page.Reader) error {
	for {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		p, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case p.Kind == page.Words && !p.Aside && strings.TrimSpace(p.Text) != "":
			x.records++
			err = x.out.Skip(fmt.Sprintf("words at byte %d", p.At), strings.TrimSpace(p.Text), errStray)
		case p.Kind == page.Open && whole(p):
			var n *page.Node
			if n, err = r.Block(p); err == nil {
				err = x.part(n)
			}
		}
		if err != nil {
			return err
		}
	}
}

// whole tells the elements that are read whole, each as one part.
func whole(p page.Piece) bool {
	return slices.ContainsFunc([]string{"page_header", "message", "entry", "personal_info", "section", "page_about", "pagination"}, p.Class)
}

func (x *pageReader) part(n *page.Node) error {
	switch {
	case n.Class("message"):
		return x.message(n)
	case n.Class("entry"):
		return x.entry(n)
	case n.Class("page_header"):
		x.title = n.Words()
	case n.Class("pagination"):
		x.notes = append(x.notes, fmt.Sprintf("%s: %s", strings.ToLower(n.Words()), n.Attr("href")))
	default:
		x.records++
		return x.out.Skip(fmt.Sprintf("%s at byte %d", n.Attr("class"), n.At), n.Words()+" "+n.Attr("href"), errSummary)
	}
	return nil
}

// when reads a date as the pages show it: by the clock of the computer that
// exported, with its zone since 2021.
func (x *pageReader) when(shown string) (timeline.When, []timeline.Flag) {
	const form = "02.01.2006 15:04:05"
	shown = strings.TrimSpace(shown)
	clock, zone, zoned := strings.Cut(shown, " UTC")
	local, err := parse(form, clock)
	switch {
	case err != nil || local.Year() == 1970 && local.YearDay() == 1: // how Telegram writes that there is none
		if shown == "" {
			shown = "not stated"
		}
		return importers.Undated(shown), nil
	case !zoned:
		return x.Assume.Local(local, timeline.Second, shown)
	case zone == "":
		zone = "+00:00"
	}
	at, err := parse(form+"-07:00", clock+zone)
	if err != nil {
		w := timeline.FromLocal(local, nil, timeline.Second, shown)
		return w, []timeline.Flag{timeline.Undecoded}
	}
	return timeline.FromOffset(at, timeline.Second, shown), nil
}

// entry reads one of a list: a session, a contact, a picture.
func (x *pageReader) entry(n *page.Node) error {
	x.records++
	record := fmt.Sprintf("entry at byte %d", n.At)
	e := timeline.Event{Kind: timeline.System, Thread: x.title, Source: timeline.Pinpoint{Record: record}, Extra: timeline.Facts{}}
	if n.Cut {
		flag(&e, timeline.Truncated)
	}
	name := n.First("name").Words()
	extra(&e, "subname", n.First("subname").Words())
	info := n.First("info").Words()
	var created, active string
	var details []string
	for d := range n.All() {
		if !d.Class("details_entry") {
			continue
		}
		words := d.Words()
		if at, found := strings.CutPrefix(words, "Created: "); found {
			created = at
		} else if at, found := strings.CutPrefix(words, "Last active: "); found {
			active = at
		} else {
			details = append(details, words)
		}
	}
	switch file := n.Attr("href"); {
	case created != "" || active != "":
		extra(&e, "details", strings.Join(details, "; "))
		extra(&e, "info", info)
		extra(&e, "name", name)
		return x.session(e, created, active)
	case path.Base(x.Path) == "contacts.html":
		e.Text = strings.TrimSpace("contact: " + name + " " + strings.Join(details, " "))
		if number := importers.Shorten(strings.Join(details, " "), importers.MostFact); number != "" || name != "Deleted Account" {
			e.To = []timeline.Party{{Name: importers.Shorten(name, importers.MostFact), Address: number}}
		}
	case file != "":
		e.Kind, e.From = timeline.Post, timeline.Party{Owner: true}
		e.Text = n.First("text").Words()
		e.Files = append(e.Files, x.Beside(importers.Shorten(strings.TrimSuffix(file, "#allow_back"), importers.MostFact)))
		extra(&e, "name", name)
		extra(&e, "details", strings.Join(details, "; "))
	}
	w, flags := x.when(info)
	if w.Precision == timeline.Undated && e.To == nil && e.From == (timeline.Party{}) {
		return x.out.Skip(record, strings.Join(append([]string{name, n.Attr("href"), info}, details...), "; "), errNoDate)
	}
	e.When, e.Flags = w, append(e.Flags, flags...)
	return x.out.Event(e)
}

// session is a device or website that is logged in: when it logged in and when
// it was last used.
func (x *pageReader) session(e timeline.Event, created, active string) error {
	e.Kind, e.From = timeline.Login, timeline.Party{Owner: true}
	record, flags := e.Source.Record, e.Flags
	for _, t := range []struct{ shown, text, suffix string }{{created, "logged in", ""}, {active, "last used", ", last active"}} {
		if t.shown == "" {
			continue
		}
		w, more := x.when(t.shown)
		e.When, e.Flags = w, append(slices.Clip(flags), more...)
		e.Text, e.Source.Record = t.text, record+t.suffix
		if err := x.out.Event(e); err != nil {
			return err
		}
	}
	return nil
}
