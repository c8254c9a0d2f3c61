// Package ufdr reads the report that Cellebrite's programs make of a phone: the
// report.xml of a .ufdr archive, or of a folder.
//
// The report lists extractions, the device, the files that were found, and what
// was decoded: chats, messages, calls, e-mails, places and so on, each a model of
// fields and of models inside it.
//
//	<project xmlns="http://pa.cellebrite.com/report/2.0" name="…" reportVersion="…">
//	  <taggedFiles><file id="…" path="…" size="…" deleted="Intact">…</file></taggedFiles>
//	  <decodedData><modelType type="SMS">
//	    <model type="SMS" id="…" deleted_state="Deleted">
//	      <field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" formattedTimestamp="2019-01-02T03:04:05+00:00">02/01/2019 03:04:05(UTC+0)</value></field>
//
// The time shown is in whatever zone the report was made for, so the one in
// formattedTimestamp is used. What the device had deleted says so on each event.
// A party is the owner where the report says IsPhoneOwner. A model that this
// package does not know is an app notice with all its fields where it has a time,
// and else a skip with its words.
//
// There is no public sample: the shapes are those that CASE's and IPED's readers
// know.
package ufdr

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/xmlfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "ufdr",
		Version: 2,
		Title:   "Cellebrite report of a phone (.ufdr, report.xml)",
		HowToGet: "The police, or an examiner that a solicitor has instructed, make it. Ask for the UFED Reader report (.ufdr) with its files, " +
			"or for the XML report with its folder, not only for a PDF. Add the .ufdr file as it is.",
		LeavesOut: []string{
			"What the examiner did not tick for the report.",
			"What the program could not decode on the phone.",
			"When a thing was deleted: only that it was.",
			"The files of the phone that are only listed and not in the archive.",
			"In reports that print a time only as 02/01/2019: which is the day and which the month, where nothing tells. Such a thing is shown without a date.",
		},
		Tried: []string{"report version 5: chats, SMS, MMS, calls, e-mail", "report version 7: places, searches, pages visited", "reports without formattedTimestamp (made from descriptions: there is no public sample)"},
	}
}

// space is the name space of the report, without its version.
const space = "http://pa.cellebrite.com/report/"

// Claims goes by the root element and its name space.
func (importer) Claims(s importers.Source) bool {
	head := s.Head[:min(len(s.Head), 4<<10)]
	root := bytes.Index(head, []byte("<project"))
	return root >= 0 && bytes.Contains(head[root:], []byte(space))
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r, err := xmlfile.New(ctx, f)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	x := &report{Reader: r, source: s, out: out, files: map[string]string{}, names: map[string]string{}}
	if err := x.read(); err != nil {
		return fmt.Errorf("%s: at byte %d: %w", s.Path, x.Offset(), err)
	}
	if x.Odd() > 0 {
		return x.note("%d characters that XML does not allow were read as spaces", x.Odd())
	}
	return nil
}

// report is a report while it is read.
type report struct {
	*xmlfile.Reader
	source importers.Source
	out    importers.Output
	files  map[string]string // where each file lies in the archive, by its id
	names  map[string]string // and by its name, where only one has it
	texts  importers.Strings
}

// read walks the sections of the report.
func (x *report) read() error {
	root, err := x.Root()
	if err != nil {
		return err
	}
	if root.Name.Local != "project" || !strings.HasPrefix(root.Name.Space, space) {
		return importers.ErrNotMine
	}
	if err := x.note("the report: %s", (&xmlfile.Element{Name: "project", Attrs: root.Attr}).Words()); err != nil {
		return err
	}
	return x.Children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "taggedFiles":
			return x.Children(x.file)
		case "decodedData":
			return x.Children(x.models)
		case "sourceExtractions", "caseInformation", "metadata", "images", "extraInfos":
			n, err := x.Element(el)
			if err != nil {
				return err
			}
			return x.note("%s", n.Words())
		}
		return x.unknown(el)
	})
}

// models reads the models of one type.
func (x *report) models(el xml.StartElement) error {
	if el.Name.Local != "modelType" {
		return x.unknown(el)
	}
	return x.Children(func(el xml.StartElement) error {
		if el.Name.Local != "model" {
			return x.unknown(el)
		}
		return x.model(el, nil)
	})
}

var errUnknown = errors.New("a part of the report that is not known")

func (x *report) unknown(el xml.StartElement) error {
	at := x.Offset()
	n, err := x.Element(el)
	if err != nil {
		return err
	}
	return x.out.Skip(fmt.Sprintf("%s at byte %d", el.Name.Local, at), n.Words(), errUnknown)
}

// note states what the report says of itself.
func (x *report) note(format string, args ...any) error {
	return x.out.Covers(timeline.When{}, timeline.When{}, importers.Shorten(fmt.Sprintf(format, args...), importers.MostFact))
}
