// Package plaso reads the timelines that examiners of devices hand over: those
// of plaso (psort's dynamic, l2tcsv, tln, json and json_line outputs) and of
// Timesketch (CSV and JSONL). It knows how they write a row and its time; what
// each tool's row means is in the row's own words.
//
// A row is what a tool found in a file system, a log or a database, so it names
// nobody as its sender: users and hosts are facts of it. Timesketch's datetime
// without a zone is UTC by its own rule, and its timestamp is in microseconds;
// one of ten or thirteen digits is in seconds or milliseconds, as Timesketch
// takes it. Where both stand in a row they are both kept, datetime is used, and
// a difference of a second or more is flagged.
//
// Sources: Timesketch, docs/guides/user/import-from-json-csv.md and its tests;
// plaso, docs/sources/user/Output-and-formatting.md and its output tests.
package plaso

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"path"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/table"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "plaso",
		Version: 3,
		Title:   "Timeline of a device examination (plaso, Timesketch)",
		HowToGet: "An examiner of a phone or computer makes it. Ask for the timeline as CSV or JSON lines (psort -o dynamic, l2tcsv or json_line; in Timesketch: Export), " +
			"together with a note of which device it is of, who made it and with which version.",
		LeavesOut: []string{
			"The files and databases themselves: a row is what a tool read in them.",
			"Whatever the examiner filtered out before writing it.",
			"In l2tcsv and tln: fractions of a second.",
		},
		Tried: []string{
			"plaso 2020 to 2026: dynamic, l2tcsv, tln, json, json_line",
			"Timesketch 2022 to 2026: CSV and JSONL",
		},
	}
}

// form is how the rows of one output are written.
type form struct {
	columns []string // all of them stand in its header
	when    func(*reading, *timeline.Event, row)
	text    []string // what the words of a row stand under, the better first
	known   []string // what the two above have used up
}

// row is a row of a table or an object of a JSON output.
type row interface {
	Get(names ...string) string
	Rest(but ...string) iter.Seq2[string, string]
}

var sketch = form{
	columns: []string{"message", "timestamp desc"},
	when:    (*reading).sketched,
	text:    []string{"message"},
	known: []string{"message", "datetime", "timestamp", "timestamp desc", "timestamp_desc",
		"__container_type__", "__type__", "__container type", "type", "container type"},
}

var tables = []form{
	sketch,
	{
		columns: []string{"date", "time", "timezone", "macb", "sourcetype", "desc"},
		when:    (*reading).logged,
		text:    []string{"desc", "short"},
		known:   []string{"date", "time", "timezone", "desc", "type"},
	},
	{
		columns: []string{"time", "source", "host", "user", "description"},
		when:    (*reading).counted,
		text:    []string{"description"},
		known:   []string{"time", "description"},
	},
}

// which gives the Fits of the output that a file is, and tells by found which
// it was.
func which(found *form) table.Fits {
	return func(c table.Columns) bool {
		for _, f := range tables {
			if c.Has(f.columns...) && (c.Has("datetime") || c.Has("timestamp") || f.columns[0] != "message") {
				*found = f
				return true
			}
		}
		return false
	}
}

// Claims tells a table by its columns, JSON by the names in its first object.
func (importer) Claims(s importers.Source) bool {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".csv", ".tsv", ".txt", ".log", ".tln", ".json", ".jsonl":
	default:
		return false
	}
	if looksJSON(s.Head) {
		first, _, _ := bytes.Cut(bytes.TrimSpace(s.Head), []byte("\n"))
		return bytes.Contains(first, []byte(`"timestamp_desc"`)) && bytes.Contains(first, []byte(`"message"`)) ||
			bytes.HasPrefix(first, []byte(`{"event_0": {`))
	}
	var f form
	return table.Found(s.Head, which(&f))
}

func looksJSON(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))), []byte("{"))
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x := &reading{out: out, assume: s.Assume}
	read := x.table
	if looksJSON(s.Head) {
		read = x.json
	}
	if err := read(ctx, s); err != nil {
		return err
	}
	if x.rows == 0 {
		return out.Skip("file", "", errEmpty)
	}
	return nil
}

var (
	errEmpty   = errors.New("the timeline has no rows")
	errNoWords = errors.New("this row has no message")
)

// reading is a file while it is read.
type reading struct {
	out    importers.Output
	assume importers.Assume
	rows   int
	row    jsonfile.Flat  // the last one of JSON
	event  timeline.Event // of the last row
	texts  importers.Strings
	zone   struct { // the last that a row named
		name string
		at   *time.Location // nil for a name of none
	}
}

// The names of what several outputs have. They stand here, and not where they are
// asked for, so that asking a row costs nothing.
var (
	described = []string{"timestamp desc", "timestamp_desc", "type"}
	sources   = []string{"source long", "source_long", "sourcetype", "data type", "data_type", "source"}
	shown     = []string{"display name", "display_name", "filename"}
)

// hand makes an event of a row, or a skip with the row's own words.
func (x *reading) hand(f form, r row, record string, words func() string, flags ...timeline.Flag) error {
	x.rows++
	text := r.Get(f.text...)
	if text == "" {
		return x.out.Skip(record, words(), errNoWords)
	}
	x.event = timeline.Event{Kind: timeline.System, Source: timeline.Pinpoint{Record: record}}
	e, what := &x.event, r.Get(described...)
	facts := importers.FactsOf(e)
	facts.Say(text)
	e.Flags = append(flags, timeline.AppText)
	facts.Add("what the time is", what)
	e.Thread = importers.Shorten(r.Get(sources...), 200)
	f.when(x, e, r)
	for name, value := range r.Rest(f.known...) {
		if value != "-" {
			facts.Add(name, value)
		}
	}
	e.Extra.Set(timeline.SameKey, x.texts.SameOf(e.When.Raw, what, text, r.Get(shown...)))
	return x.out.Event(*e)
}

func (x *reading) table(ctx context.Context, s importers.Source) (err error) {
	var f form
	t, err := table.Open(s, which(&f))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for _, r := range t.Before {
		if err := x.out.Covers(timeline.When{}, timeline.When{}, r.Record()+", above the rows: "+r.Words()); err != nil {
			return err
		}
	}
	var last table.Row
	words := func() string { return last.Words() }
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		last = r
		if err := x.hand(f, &last, r.Record(), words, r.Flags()...); err != nil {
			return err
		}
	}
	return nil
}

// json reads one object a line, or one object of events "event_0", "event_1".
func (x *reading) json(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if first, _, _ := bytes.Cut(s.Head, []byte("\n")); !bytes.Contains(first, []byte(`"event_0"`)) {
		for v, err := range f.Lines() {
			if err != nil {
				return err
			}
			if err := x.value(v); err != nil {
				return err
			}
		}
		if err := f.End(); err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		return nil
	}
	for _, err := range f.Members() {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		v, err := f.Value()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		if err := x.value(v); err != nil {
			return err
		}
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return f.SkipUnread(x.out)
}

func (x *reading) value(v jsonfile.Value) error {
	if err := v.Decode(&x.row); err != nil {
		x.rows++
		return x.out.Skip(v.Record, v.Text(), err)
	}
	var flags []timeline.Flag
	if v.Twice("datetime") != nil || v.Twice("timestamp") != nil {
		flags = append(flags, timeline.TimesDisagree)
	}
	return x.hand(sketch, x.row, v.Record, v.Text, flags...)
}
