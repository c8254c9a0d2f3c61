// Package googlelocation reads where an account's devices were, as Google Maps
// Timeline (Location History) kept it:
//
//	Records.json, Location History.json   {"locations": [{"latitudeE7": …, "timestamp": …}]}
//	2024_JUNE.json                        {"timelineObjects": [{"placeVisit": {…}}, {"activitySegment": {…}}]}
//	Timeline.json, from an Android phone  {"semanticSegments": [{"startTime": …, "visit": {…}}], "rawSignals": [{"position": {…}}]}
//	location-history.json, from an iPhone [{"startTime": …, "visit": {…}}]
//
// The first two came from Google Takeout until 2024; since then the history is
// kept on the phone, and exported there. A file is known by what it begins with,
// for names of files and folders are in the account's language.
//
// A position is measured; a visit or a journey is what Google made of positions,
// with a probability of its own. A visit's place is the likeliest of several
// that Google names. Coordinates are whole numbers of a ten-millionth of a
// degree, some of which have overflowed 32 bits; 0, 0 is no position.
//
// Sources: locationhistoryformat.com (schemas of the files until 2024), and the
// public readers of the files since.
package googlelocation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "googlelocation",
		Version: 3,
		Title:   "Google Maps Timeline (location history)",
		HowToGet: "The history is kept on the phone. On an Android phone, open Settings, Location, Location services, Timeline, and tap Export Timeline data. " +
			"On an iPhone, open Google Maps, tap your picture, Your Timeline, the three dots, Location and privacy settings, and tap Export Timeline data. " +
			"Save the .json file and add it here. For the time before 2025, a Google Takeout made at that time may hold more: add its zip file as it is.",
		LeavesOut: []string{
			"Places and journeys that were deleted, by hand or by the setting that deletes what is older than three months.",
			"Times at which the phone was off, had no signal, or had Timeline switched off.",
			"Which person carried the phone.",
			"Wi-Fi networks and motions that the phone noticed: they are in some files and are not read as events.",
		},
		Tried: []string{
			"Records.json of 2019 to 2024, and Location History.json of 2014 to 2018",
			"Semantic Location History of 2018 to 2024",
			"Timeline.json of Android, 2024 to 2026",
			"location-history.json of iOS, 2024 to 2026",
		},
	}
}

// Claims goes by the first names in the file.
func (importer) Claims(s importers.Source) bool {
	if !strings.EqualFold(path.Ext(s.Path), ".json") {
		return false
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	if len(head) == 0 {
		return false
	}
	if head[0] == '[' {
		first := head[:min(len(head), 4<<10)]
		return has(first, "startTime") && has(first, "endTime") && (has(first, "visit") || has(first, "activity") || has(first, "timelinePath") || has(first, "timelineMemory"))
	}
	for _, list := range []string{"timelineObjects", "semanticSegments", "rawSignals", "userLocationProfile", "timelineEdits"} {
		if begins(head, list) {
			return true
		}
	}
	return (begins(head, "locations") || begins(head, "somePointsTruncated")) && (has(head, "latitudeE7") || has(head, "timestampMs"))
}

func has(head []byte, name string) bool { return bytes.Contains(head, []byte(`"`+name+`"`)) }

// begins tells an object whose first member has a name.
func begins(head []byte, name string) bool {
	first := bytes.TrimLeft(head[1:], " \t\r\n")
	return head[0] == '{' && bytes.HasPrefix(first, []byte(`"`+name+`"`))
}

// history is a file while it is read.
type history struct {
	out   importers.Output
	row   jsonfile.Flat    // of a segment, whose path is a list of records
	open  jsonfile.Leaves  // of any other record
	made  []timeline.Event // of the last record
	count int
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	x := &history{out: out}
	if f.Kind() == '[' {
		err = x.list(f, "semanticSegments")
	} else {
		err = x.lists(f)
	}
	if err == nil {
		err = f.End()
	}
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	if err != nil {
		return err
	}
	if err := f.SkipUnread(out); err != nil {
		return err
	}
	if x.count == 0 && len(f.Unread()) == 0 {
		return out.Skip("file", "", errNothing)
	}
	return nil
}

var errNothing = errors.New("the history is empty")

func (x *history) lists(f *jsonfile.File) error {
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		if err := x.list(f, name); err != nil {
			return err
		}
	}
	return nil
}

// list reads the list that stands here, if it is one of places.
func (x *history) list(f *jsonfile.File, name string) error {
	if f.Kind() != '[' {
		return nil
	}
	whole := name == "locations" || name == "semanticSegments"
	if !whole && kindsOf[name] == nil {
		return nil
	}
	for _, err := range f.Elements() {
		if err != nil {
			return err
		}
		if whole || f.Kind() != '{' {
			err = x.record(f, name)
		} else {
			err = x.wrapped(f, kindsOf[name])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// kindsOf are the records of lists in which each stands in an object that says
// what it is.
var kindsOf = map[string]map[string]bool{
	"timelineObjects": {"placeVisit": true, "activitySegment": true},
	"rawSignals":      {"position": true},
	"timelineEdits":   {"rawSignal": true},
}

// wrapped reads what is known in an object; the rest is named at the end.
func (x *history) wrapped(f *jsonfile.File, known map[string]bool) error {
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		if !known[name] {
			continue
		}
		if err := x.record(f, name); err != nil {
			return err
		}
	}
	return nil
}

var errNoTime = errors.New("this record has no time that can be read")

// record reads one value; what says which sort of record it is.
func (x *history) record(f *jsonfile.File, what string) error {
	v, err := f.Decode(&x.open)
	if err != nil {
		return err
	}
	x.count++
	events, err := x.events(v, what)
	if err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	for _, e := range events {
		e.Source.Record = v.Record + e.Source.Record
		v.DisputeWhen(importers.FactsOf(&e), "timestamp", "timestampMs", "time", "startTime", "endTime")
		if err := x.out.Event(e); err != nil {
			return err
		}
	}
	return nil
}

func (x *history) events(v jsonfile.Value, what string) ([]timeline.Event, error) {
	if what == "semanticSegments" && bytes.Contains(v.Raw, []byte(`"timelinePath"`)) {
		if err := v.Decode(&x.row); err != nil || x.row.Has("timelinePath") {
			return trail(x.row, err)
		}
	}
	if v.Bad != nil {
		return nil, v.Bad
	}
	switch r := x.open.Flat; what {
	case "placeVisit":
		return x.one(visit(r))
	case "activitySegment":
		return x.one(journey(r))
	case "semanticSegments":
		return x.one(segment(r))
	default:
		return x.one(position(r))
	}
}

// one is the list of the only event of a record, until the next one.
func (x *history) one(e timeline.Event, err error) ([]timeline.Event, error) {
	x.made = append(x.made[:0], e)
	return x.made, err
}
