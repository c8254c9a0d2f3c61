package takeout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/page"
	"daybook/importers/table"
	"daybook/timeline"
)

// activity reads My Activity as JSON.
func (x *export) activity(ctx context.Context) error {
	var r jsonfile.Leaves
	return x.walk(ctx, func(f *jsonfile.File) error {
		return x.list(f, &r, func() (timeline.Event, error) {
			when, ok := importers.ReadInstant(r.Get("time"))
			if !ok {
				return timeline.Event{}, errNoTime
			}
			e := timeline.Event{Kind: timeline.System, When: when, From: owner(), Thread: r.Get("header"), Text: r.Get("title")}
			facts := importers.FactsOf(&e)
			facts.Flag(timeline.AppText)
			for _, list := range []string{"audioFiles", "attachedFiles", "imageFile"} {
				for name := range strings.SplitSeq(r.Get(list), "; ") {
					if name != "" {
						e.Files = append(e.Files, x.Beside(name))
					}
				}
			}
			for name, value := range r.Rest("time", "header", "title") {
				facts.Add(name, value)
			}
			e.Extra.Set(timeline.SameKey, importers.SameOf("activity", when.Instant.Format(time.RFC3339), e.Thread, e.Text, r.Get("titleUrl")))
			return e, nil
		})
	})
}

// browser reads Chrome's history.
func (x *export) browser(ctx context.Context) error {
	var r jsonfile.Flat
	return x.walk(ctx, func(f *jsonfile.File) error {
		for name, err := range f.Members() {
			if err != nil {
				return err
			}
			if name != "Browser History" && name != "Browser_History" {
				continue
			}
			if err := x.list(f, &r, func() (timeline.Event, error) { return visited(r) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func visited(r jsonfile.Flat) (timeline.Event, error) {
	at := r.Get("time_usec")
	n, err := strconv.ParseInt(at, 10, 64)
	if err != nil || n < 1e14 || n > 4e15 {
		return timeline.Event{}, errNoTime
	}
	e := timeline.Event{Kind: timeline.System, From: owner(), Thread: "Chrome", When: timeline.FromInstant(time.UnixMicro(n), timeline.Millisecond, at)}
	facts := importers.FactsOf(&e)
	facts.Flag(timeline.AppText)
	title := r.Get("title")
	if title == "" {
		title = r.Get("url")
	}
	facts.Say("Visited " + title)
	for name, value := range r.Rest("time_usec", "title") {
		facts.Add(name, value)
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("visited", at, r.Get("url")))
	return e, nil
}

// accounts tells the tables of account activity.
func accounts(c table.Columns) bool {
	return c.Has("gaia id") && (c.Has("activity timestamp") || c.Has("device type") || c.Has("ip address"))
}

// dated are the columns that have held the time of a row.
var dated = []string{"activity timestamp", "device last location timestamp", "last activity time", "last activity timestamp", "timestamp", "date"}

// access reads who used the account, and with what.
func (x *export) access(ctx context.Context) (err error) {
	t, err := table.Open(x.Source, accounts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for _, r := range t.Before {
		if err := x.out.Covers(timeline.When{}, timeline.When{}, r.Record()+", above the rows: "+r.Words()); err != nil {
			return err
		}
	}
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return fmt.Errorf("%s: %w", x.Path, err)
		}
		x.count++
		when, ok := importers.ReadInstant(r.Get(dated...))
		if !ok {
			if err := x.out.Skip(r.Record(), r.Words(), errNoTime); err != nil {
				return err
			}
			continue
		}
		if err := x.out.Event(x.used(r, when)); err != nil {
			return err
		}
	}
	if x.count == 0 {
		return x.out.Skip("file", t.Header.Words(), errNothing)
	}
	return nil
}

// used is a use of the account, whoever used it.
func (x *export) used(r table.Row, when timeline.When) timeline.Event {
	e := timeline.Event{Kind: timeline.Login, When: when, To: []timeline.Party{owner()}, Source: timeline.Pinpoint{Record: r.Record()}}
	e.Extra = make(timeline.Facts, 0, len(r.Cells)+1)
	facts := importers.FactsOf(&e)
	for _, name := range []string{"activity type", "product name", "device type"} {
		if value := r.Get(name); value != "" {
			e.Text = strings.TrimPrefix(e.Text+", "+value, ", ")
		}
	}
	facts.Say(e.Text)
	e.Flags = append(r.Flags(), timeline.AppText)
	for name, value := range r.Rest(dated...) {
		facts.Add(name, value)
	}
	x.parts = append(append(x.parts[:0], "access"), r.Cells...)
	e.Extra.Set(timeline.SameKey, x.texts.SameOf(x.parts...))
	return e
}

// ambiguous finds a date of the sort in which the day may come first or the
// month.
var ambiguous = regexp.MustCompile(`[ >;](\d{1,2})/(\d{1,2})/\d{4},? `)

// page reads My Activity as HTML.
func (x *export) page(ctx context.Context) error {
	order, err := x.order(ctx)
	if err != nil {
		return err
	}
	return x.cells(ctx, func(n *page.Node) error { return x.cell(n, order) })
}

// order finds out whether the day or the month comes first, where the page
// prints dates as numbers alone.
func (x *export) order(ctx context.Context) (importers.DateOrder, error) {
	found := ambiguous.FindSubmatch(x.Head)
	if x.Assume.DateOrder != "" || found == nil {
		return x.Assume.DateOrder, nil
	}
	order, first := importers.DateOrder(""), ""
	err := x.blocks(ctx, func(n *page.Node) error {
		_, last := lines(n)
		c, ok := readClock(last, "")
		switch m := ambiguous.FindStringSubmatch(" " + last + " "); {
		case !ok || m == nil:
		case first == "":
			first = last
			fallthrough
		default:
			a, _ := strconv.Atoi(m[1]) // the expression has digits there
			b, _ := strconv.Atoi(m[2])
			switch {
			case c.either:
			case a > 12:
				order = importers.DayFirst
			case b > 12:
				order = importers.MonthFirst
			}
		}
		if order != "" {
			return errSettled
		}
		return nil
	})
	if err != nil && !errors.Is(err, errSettled) {
		if cut := (*page.CutError)(nil); !errors.As(err, &cut) {
			return "", err
		}
	}
	if order != "" || first == "" {
		return order, nil
	}
	ask := &importers.Ask{What: "date-order", Text: "Which comes first in the dates of this page, the day or the month?"}
	for _, o := range []importers.DateOrder{importers.DayFirst, importers.MonthFirst} {
		c, _ := readClock(first, o)
		ask.Choices = append(ask.Choices, importers.Choice{Value: string(o), Example: first + " is " + c.local.Format("2 January 2006")})
	}
	return "", ask
}

var errSettled = errors.New("the order is known")

// cells gives every record of the page, and at its end says so if there was none.
func (x *export) cells(ctx context.Context, each func(*page.Node) error) error {
	err := x.blocks(ctx, each)
	if x.count == 0 && (err == nil || isCut(err)) {
		err = errors.Join(x.out.Skip("page", "", errNothing), err)
	}
	return err
}

func isCut(err error) bool {
	if err == nil {
		return false
	}
	cut := (*page.CutError)(nil)
	return errors.As(err, &cut)
}

func (x *export) blocks(ctx context.Context, each func(*page.Node) error) (err error) {
	f, err := x.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", x.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := page.NewReader(importers.UntilDone(ctx, f))
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if isCut(err) {
			return fmt.Errorf("%s: %w", x.Path, err)
		}
		if err != nil {
			return err
		}
		if p.Kind != page.Open || !p.Class("outer-cell") {
			continue
		}
		n, err := r.Block(p)
		if n != nil {
			err = errors.Join(each(n), err)
		}
		if err != nil {
			return err
		}
	}
}

// lines are the words of a record's first cell, the last line apart: the time.
func lines(n *page.Node) (words []string, last string) {
	cell := n.First("content-cell")
	for line := range strings.SplitSeq(cell.Words(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
		}
	}
	if len(words) == 0 {
		return nil, ""
	}
	return words[:len(words)-1], words[len(words)-1]
}

// cell makes the event of one record.
func (x *export) cell(n *page.Node, order importers.DateOrder) error {
	x.count++
	record := fmt.Sprintf("record %d at byte %d", x.count, n.At)
	words, last := lines(n)
	c, ok := readClock(last, order)
	if !ok {
		return x.out.Skip(record, importers.Shorten(n.Words(), 4<<10), errNoTime)
	}
	e := timeline.Event{Kind: timeline.System, From: owner(), Source: timeline.Pinpoint{Record: record}}
	facts := importers.FactsOf(&e)
	e.When = c.when(x.Assume, &facts)
	if c.either && x.Assume.DateOrder != "" {
		facts.Flag(timeline.AssumedOrder)
	}
	facts.Say(strings.Join(words, "\n"))
	facts.Flag(timeline.AppText)
	if n.Cut {
		facts.Flag(timeline.Truncated)
	}
	if head := n.First("header-cell"); head != nil {
		e.Thread = head.Words()
	}
	first := n.First("content-cell")
	link := ""
	for in := range n.All() {
		switch {
		case in != first && in.Class("content-cell"):
			facts.Add("details", strings.Join(strings.Fields(in.Words()), " "))
		case in.Tag == "a":
			link += in.Attr("href") + "\n"
			if in.Words() != in.Attr("href") {
				facts.Add("link", in.Attr("href"))
			}
		case in.Attr("src") != "":
			e.Files = append(e.Files, x.Beside(in.Attr("src")))
		}
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("activity page", c.raw, e.Thread, e.Text, link))
	return x.out.Event(e)
}
