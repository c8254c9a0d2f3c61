// Package bill reads itemised telephone bills and call-detail records: tables of
// calls and texts as networks hand them out, as CSV or as a workbook (XLSX).
//
// There is no standard. Which column is which is proposed from the words of the
// header and from what stands below it, shown to the person with the first rows
// as they would read, and kept: as an answer in the journal, and, if they like,
// as a file NAME.columns.json beside the bill, which is then used without asking
// for every table whose header has those columns.
//
//	{"date": "Date", "time": "Time", "number": "Called number", "duration": "Duration",
//	 "order": "dmy", "direction": "outgoing"}
//
// Times have no zone as a rule: they are read in the one that was named. Numbers
// stay as they are printed. A withheld number is nobody.
package bill

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "bill",
		Version: 3,
		Title:   "Telephone bill or call records (CSV, Excel)",
		HowToGet: "Log in to your account on the website of your network (EE, O2, Vodafone, Three, BT, Sky, giffgaff, Tesco Mobile and others), open the bill, " +
			"and look for Itemised bill or Call details, and for Download as CSV or Excel. " +
			"Where there is only a PDF, add the PDF. " +
			"Bills list the calls that you made. For those that you received, ask the network in writing for your call records (a subject access request); police get them faster.",
		LeavesOut: []string{
			"Calls that you received, in nearly all bills.",
			"Calls and messages of apps such as WhatsApp.",
			"The words of texts.",
			"The time zone. Where the network keeps UTC, name that zone when you are asked.",
			"Rows of mobile data: each is listed as skipped.",
		},
		Tried: []string{
			"CSV as UK networks lay it out: date, time, number, duration, cost (dd/mm/yyyy and dd Mon yyyy)",
			"call records with two parties and a direction (CSV and XLSX)",
			"semicolons and tabs, account lines above the header, names of columns in other words, by a columns.json file",
		},
	}
}

// Claims tells a table of calls by the words of its header. What is in a workbook
// stands too far from its beginning to be told here.
func (importer) Claims(s importers.Source) bool {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".csv", ".tsv", ".txt":
		return table.Found(s.Head, fits(s))
	}
	return table.IsBook(s)
}

// fits tells the header of a list of calls, by its words or by the columns that
// were named.
func fits(s importers.Source) table.Fits {
	c, err := parseColumns(s.Assume.Columns)
	if err != nil {
		return looksLike
	}
	return func(header table.Columns) bool { return looksLike(header) || header.Has(c.names()...) }
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b := &bill{source: s, out: out}
	if !table.IsBook(s) {
		return b.whole(ctx, func() (*table.Table, error) { return table.Open(s, fits(s)) })
	}
	book, err := table.OpenBook(s)
	if err != nil {
		return fmt.Errorf("%w: %w", importers.ErrNotMine, err)
	}
	return errors.Join(b.book(ctx, book), book.Close())
}

// bill is one file while it is read.
type bill struct {
	source  importers.Source
	out     importers.Output
	columns Columns
	own     string // the subscriber's number
	phones  importers.Phones
	texts   importers.Strings
}

// book reads every sheet that is a table of calls, and names the others.
func (b *bill) book(ctx context.Context, book *table.Book) error {
	var left []string
	read := 0
	for i, name := range book.Sheets() {
		err := b.whole(ctx, func() (*table.Table, error) { return book.Table(i, fits(b.source)) })
		if errors.Is(err, importers.ErrNotMine) {
			left = append(left, name)
			continue
		}
		if err != nil {
			return err
		}
		read++
	}
	if read == 0 {
		return importers.ErrNotMine
	}
	for _, name := range left {
		if err := b.out.Skip("sheet "+name, "", errors.New("this sheet is no table of calls")); err != nil {
			return err
		}
	}
	return nil
}

// sampled is how many rows are looked at to tell what the columns are.
const sampled = 200

// whole reads one table: a first time to tell its columns, and then to its end.
func (b *bill) whole(ctx context.Context, open func() (*table.Table, error)) (err error) {
	t, err := open()
	if err != nil {
		return err
	}
	var sample []table.Row
	for len(sample) < sampled && err == nil {
		var r table.Row
		if r, err = t.Next(); err == nil {
			sample = append(sample, r)
		}
	}
	if err = errors.Join(t.Close(), end(err)); err != nil {
		return b.broken(err)
	}
	if b.columns, b.own, err = b.told(t, sample); err != nil {
		return err
	}
	if t, err = open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for _, r := range t.Before {
		if err := b.out.Skip(r.Record(), r.Words(), errAbove); err != nil {
			return err
		}
	}
	return t.Events(ctx, b.out, b.event)
}

// end is the error of a reading whose end is none.
func end(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (b *bill) broken(err error) error { return fmt.Errorf("%s: %w", b.source.Path, err) }

var errAbove = errors.New("this row stands above the list of calls")

// told gives what the columns are: by the answer that was given, by a file beside
// the bill, or else asks. It asks for the zone too, where no time has one and
// none was named.
func (b *bill) told(t *table.Table, sample []table.Row) (Columns, string, error) {
	own := ownNumber(t.Before)
	c, ok, err := b.known(t.Columns)
	if err != nil {
		return Columns{}, "", err
	}
	if !ok {
		proposals := propose(t.Columns, sample)
		if len(proposals) == 0 {
			return Columns{}, "", importers.ErrNotMine
		}
		return Columns{}, "", b.askColumns(proposals, own, sample)
	}
	if c = c.plain(); c.Own != "" {
		own = c.Own
	}
	for _, r := range sample {
		clock, err := c.clock(r, &b.texts)
		if err == nil && !clock.zoned && b.source.Assume.Zone == nil {
			return Columns{}, "", b.askZone(clock.raw)
		}
	}
	return c, own, nil
}

// askZone asks which clock the network prints.
func (b *bill) askZone(first string) error {
	return &importers.Ask{What: "zone", Text: "This list shows times without a time zone (the first is “" + first + "”). Whose clock is it? A bill of a British network shows the time in Britain; call records of police or of networks abroad may be in UTC.",
		Choices: []importers.Choice{{Value: "Europe/London", Example: first + ", as clocks in Britain show it"}, {Value: "UTC", Example: first + ", in universal time"},
			{Value: "Europe/Dublin", Example: first + ", as clocks in Ireland show it"}}}
}

// askColumns shows the first rows as each proposal would read them.
func (b *bill) askColumns(proposals []Columns, own string, sample []table.Row) error {
	a := &importers.Ask{What: "columns", Text: "Networks lay out their lists of calls in many ways. Which of these reads the rows of this list as they are meant?"}
	if b.source.Assume.Columns != "" {
		a.Text = "The columns that were named do not stand in the header of this list. " + a.Text
	}
	for _, c := range proposals {
		try := bill{columns: c.plain(), own: own}
		var shown []string
		for _, r := range sample {
			e, err := try.event(r)
			if err != nil {
				continue
			}
			if shown = append(shown, inWords(e)); len(shown) == 3 {
				break
			}
		}
		a.Choices = append(a.Choices, importers.Choice{Value: c.String(), Example: strings.Join(shown, "; ")})
	}
	return a
}

// inWords is an event as the question shows it.
func inWords(e timeline.Event) string {
	t, _ := e.When.Order()
	words := t.Format("2 January 2006 15:04:05")
	switch e.When.Precision {
	case timeline.Day:
		words = t.Format("2 January 2006")
	case timeline.Minute:
		words = t.Format("2 January 2006 15:04")
	}
	other := ""
	for _, p := range append([]timeline.Party{e.From}, e.To...) {
		if !p.Owner && p.Address != "" {
			other = p.Address
		}
	}
	if other == "" {
		other = "a number that is not shown"
	}
	kind := string(e.Kind)
	if d := e.Extra.Get("duration"); d != "" {
		kind += " of " + d
	}
	switch e.Extra.Get("type") {
	case "outgoing":
		return words + ", " + kind + " to " + other
	case "incoming":
		return words + ", " + kind + " from " + other
	}
	return words + ", " + kind + " with " + other
}
