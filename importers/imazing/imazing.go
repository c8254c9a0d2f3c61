// Package imazing reads the CSV files that the program iMazing makes of an
// iPhone: the messages of a chat (Messages or WhatsApp) and the list of calls.
// Columns are found by their names, for each version has more of them.
//
// Times are those of the computer on which the file was made, without a zone.
// "Outgoing" is the owner's; who got an outgoing message is not stated, but for
// the name of the chat. A message with several files stands in several rows,
// which differ in the file alone: they are one event.
package imazing

import (
	"context"
	"errors"
	"fmt"
	"io"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "imazing",
		Version: 2,
		Title:   "iMazing CSV (messages, WhatsApp, calls of an iPhone)",
		HowToGet: "In iMazing on a computer: connect the iPhone, choose Messages, WhatsApp or Calls, select the chat, choose Export to CSV, and switch on the export of attachments. " +
			"Keep the CSV and the files beside it together, and note in which time zone the computer was.",
		LeavesOut: []string{
			"The zone of the times: they are those of the computer that made the file.",
			"Messages that were deleted on the telephone before.",
			"Who was in a group, other than by what they wrote.",
			"Files that were not exported with it: each is listed as missing.",
		},
		Tried: []string{"Messages with 13, 14 and 15 columns", "WhatsApp with 14 columns", "call history"},
	}
}

var (
	chat  = table.Named("chat session", "message date", "type", "sender id", "text")
	calls = table.Named("call type", "date", "duration", "number", "contact", "service")
)

func either(c table.Columns) bool { return chat(c) || calls(c) }

// Claims goes by the names of the columns.
func (importer) Claims(s importers.Source) bool { return table.Found(s.Head, either) }

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	t, err := table.Open(s, either)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	x := export{Source: s, Table: t, out: out}
	for _, r := range t.Before {
		if err := out.Skip(r.Record(), r.Words(), errBefore); err != nil {
			return err
		}
	}
	if err := x.look(ctx); err != nil {
		return err
	}
	if err := x.rows(ctx); err != nil {
		return err
	}
	if x.count == 0 {
		return out.Skip(t.Header.Record(), t.Header.Words(), errEmpty)
	}
	return nil
}

var (
	errBefore = errors.New("it stands above the names of the columns")
	errEmpty  = errors.New("there are no rows below the names of the columns")
)

// export is one file while it is read.
type export struct {
	importers.Source
	*table.Table
	out   importers.Output
	count int
	ways  map[string]way // of each sender

	waits bool // for further rows of the same message
	event timeline.Event
	last  table.Row
}

func (x *export) rows(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := x.Next()
		if errors.Is(err, io.EOF) {
			return x.hand()
		}
		if err != nil {
			return errors.Join(x.hand(), fmt.Errorf("%s: %w", x.Path, err))
		}
		x.count++
		if x.waits && x.goesOn(r) {
			x.last = r
			x.attach(r)
			importers.FactsOf(&x.event).Add("further row", r.Record())
			continue
		}
		if err := x.hand(); err != nil {
			return err
		}
		x.last, x.waits = r, true
		if calls(x.Columns) {
			x.event = x.call(r)
		} else {
			x.event = x.message(r)
			x.attach(r)
		}
	}
}

// hand hands on the message that is waiting.
func (x *export) hand() error {
	if !x.waits {
		return nil
	}
	x.waits = false
	return x.out.Event(x.event)
}

// goesOn tells a row that adds a file to the message before it.
func (x *export) goesOn(r table.Row) bool {
	if r.Get("attachment") == "" || x.last.Get("attachment") == "" || r.Get("attachment") == x.last.Get("attachment") {
		return false
	}
	for _, c := range []string{"chat session", "message date", "service", "type", "sender id", "sender name", "subject", "text"} {
		if r.Get(c) != x.last.Get(c) {
			return false
		}
	}
	return true
}
