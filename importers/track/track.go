// Package track reads places over time as navigation programs, watches, trackers
// and maps write them: GPX 1.0 and 1.1, KML (a KMZ holds one) and GeoJSON.
//
// A point with a time is a place at that time. A point without one (a planned
// route, a mark on a map) is a skip with its words. GPX says that its times are
// UTC, and some programs write the clock of the device instead: a time that names
// no zone has none here until a person names it. KML and GeoJSON write longitude
// before latitude.
//
// Whose device it was, no such file says.
//
// Sources: topografix.com/GPX/1/1; OGC KML 2.3 and Google's gx extensions; RFC
// 7946 with the names of times that programs put into properties.
package track

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "track",
		Version: 3,
		Title:   "Track of places (GPX, KML, GeoJSON)",
		HowToGet: "In the app of the watch, phone, dashcam or tracker, open the recording and choose Export or Share as GPX, KML or GeoJSON. " +
			"Add the file as it is, and note which device it was on and who had it.",
		LeavesOut: []string{
			"Whose device it was.",
			"Points without a time: planned routes and marks on a map are kept as they stand.",
			"How exact a place is, in most files.",
		},
		Tried: []string{"GPX 1.0 and 1.1: Garmin, GPSBabel, Google My Tracks", "KML 2.2 with gx:Track", "GeoJSON with coordTimes"},
	}
}

// Claims goes by the root element, and for GeoJSON by the words of its first
// object.
func (importer) Claims(s importers.Source) bool { return formOf(s) != nil }

type form func(*reading, context.Context, importers.Source) error

func formOf(s importers.Source) form {
	head := bytes.ReplaceAll(s.Head[:min(len(s.Head), 4<<10)], []byte{0}, nil) // UTF-16 as well
	switch {
	case bytes.Contains(head, []byte("<gpx")) && opensTag(head):
		return (*reading).gpx
	case bytes.Contains(head, []byte("<kml")) && opensTag(head):
		return (*reading).kml
	}
	ext := strings.ToLower(path.Ext(s.Path))
	start := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if (ext == ".geojson" || ext == ".json") && bytes.HasPrefix(start, []byte("{")) &&
		bytes.Contains(head, []byte(`"FeatureCollection"`)) && bytes.Contains(s.Head, []byte(`"features"`)) {
		return (*reading).geoJSON
	}
	return nil
}

// opensTag tells a file that begins with a tag.
func opensTag(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe")), []byte("<"))
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	read := formOf(s)
	if read == nil {
		return importers.ErrNotMine
	}
	x := &reading{out: out, assume: s.Assume, file: path.Base(s.Path)}
	if err := read(x, ctx, s); err != nil {
		return err
	}
	if x.records == 0 {
		return out.Skip("file", "", errEmpty)
	}
	return nil
}

var (
	errEmpty   = errors.New("the file holds no points")
	errUntimed = errors.New("a place without a time")
	errNowhere = errors.New("its place is none on earth")
)

// reading is a file while it is read.
type reading struct {
	out     importers.Output
	assume  importers.Assume
	file    string
	thread  string // the track that is read, as the file calls it
	records int
	texts   importers.Strings
}

// point is a place as a file has it.
type point struct {
	record   string
	lat, lon string
	time     string
	other    []string // further times of it
	name     string
	text     string
	words    func() string // all of it, as it stands
	facts    [][2]string   // what else is said of it
}

// hand makes an event of a point, or a skip.
func (x *reading) hand(p point) error {
	x.records++
	lat, lon, ok := onEarth(p.lat, p.lon)
	switch {
	case !ok:
		return x.out.Skip(p.record, p.words(), errNowhere)
	case strings.TrimSpace(p.time) == "":
		return x.out.Skip(p.record, p.words(), errUntimed)
	}
	e := timeline.Event{Kind: timeline.Location, Thread: x.thread, Source: timeline.Pinpoint{Record: p.record},
		Place: timeline.Place{Name: importers.Shorten(p.name, 1000), Lat: lat, Lon: lon, Fix: true}}
	facts := importers.FactsOf(&e)
	facts.Say(p.text)
	when, flags := x.when(p.time)
	e.When = when
	facts.Flag(flags...)
	if _, unit, ok := importers.ReadCount(when.Raw); ok {
		facts.UnitBySize("time", unit, "")
	}
	for _, at := range p.other {
		if w, _ := x.when(at); w != when && (w.Instant.IsZero() || !w.Instant.Equal(when.Instant)) {
			facts.Flag(timeline.TimesDisagree)
		}
	}
	for _, f := range p.facts {
		facts.Add(f[0], f[1])
	}
	e.Extra.Set(timeline.SameKey, x.texts.SameOf("track", p.lat, p.lon, when.Raw))
	return x.out.Event(e)
}

// onEarth reads degrees.
func onEarth(lat, lon string) (a, b float64, ok bool) {
	a, err := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	b, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	return a, b, err == nil && err2 == nil && a >= -90 && a <= 90 && b >= -180 && b <= 180
}

// when reads a time; one that is a count is in seconds or milliseconds, by its
// digits.
func (x *reading) when(raw string) (timeline.When, []timeline.Flag) {
	raw = strings.TrimSpace(raw)
	if w, unit, ok := importers.ReadCount(raw); ok && len(raw) > 8 && unit != importers.Microseconds {
		return w, nil
	}
	if w, ok := importers.ReadInstant(raw); ok {
		return w, nil
	}
	if t, p, zoned, ok := importers.ReadTime(raw); ok && !zoned {
		return x.assume.Local(t, p, raw)
	}
	if t, err := time.Parse(time.DateOnly, raw); err == nil && t.Year() >= 1900 {
		return x.assume.Local(t, timeline.Day, raw)
	}
	return importers.Undated(raw), nil
}

// note states what a file says of itself.
func (x *reading) note(format string, args ...any) error {
	return x.out.Covers(timeline.When{}, timeline.When{}, importers.Shorten(fmt.Sprintf(format, args...), importers.MostFact))
}
