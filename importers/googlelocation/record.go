package googlelocation

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// position is one measured place.
func position(r jsonfile.Flat) (timeline.Event, error) {
	at := r.Get("timestamp", "timestampMs", "signal position timestamp", "time")
	when, err := moment(at)
	if err != nil {
		return timeline.Event{}, err
	}
	e := newEvent("position", when)
	used := []string{"timestamp", "timestampMs", "signal position timestamp", "time"}
	for _, name := range used {
		if other, err := moment(r.Get(name)); err == nil && !other.Instant.Equal(when.Instant) && !other.Instant.IsZero() {
			e.Flags = append(e.Flags, timeline.TimesDisagree)
			add(&e, name, r.Get(name))
			break
		}
	}
	used = append(used, point(&e, r, ends.position)...)
	rest(&e, r, used)
	e.Extra.Set(timeline.SameKey, importers.SameOf("position", when.Instant.Format(time.RFC3339Nano), where(e.Place), r.Get("deviceTag"), r.Get("source")))
	return e, nil
}

// visit is a stay at a place, in a file until 2024.
func visit(r jsonfile.Flat) (timeline.Event, error) {
	e, used, err := lasting("visit", r, "duration startTimestamp", "duration endTimestamp")
	if err != nil {
		return timeline.Event{}, err
	}
	name, address := r.Get("location name"), r.Get("location address")
	used = append(used, point(&e, r, ends.visit)...)
	e.Place.Name = strings.ReplaceAll(strings.Trim(name+", "+address, ", "), "\n", ", ")
	e.Text = say("Visit", r.Get("location semanticType"))
	used = append(used, "location name", "location address")
	rest(&e, r, used)
	return e, nil
}

// journey is a way from a place to another, in a file until 2024. It is placed
// at its start.
func journey(r jsonfile.Flat) (timeline.Event, error) {
	e, used, err := lasting("journey", r, "duration startTimestamp", "duration endTimestamp")
	if err != nil {
		return timeline.Event{}, err
	}
	used = append(used, point(&e, r, ends.journey)...)
	to := timeline.Event{}
	used = append(used, point(&to, r, ends.journeyEnd)...)
	add(&e, "to", where(to.Place))
	e.Text = say("Journey", r.Get("activityType"))
	rest(&e, r, used)
	return e, nil
}

// segment is a visit, a journey, a path or a memory of a file of today.
func segment(r jsonfile.Flat) (timeline.Event, error) {
	what := "segment"
	for _, m := range r {
		switch first, _, _ := strings.Cut(m.Name, " "); first {
		case "visit", "activity", "timelineMemory":
			what = first
		}
	}
	e, used, err := lasting(what, r, "startTime", "endTime")
	if err != nil {
		return timeline.Event{}, err
	}
	switch what {
	case "visit":
		used = append(used, point(&e, r, ends.visitToday)...)
		e.Text = say("Visit", r.Get("visit topCandidate semanticType"))
	case "activity":
		used = append(used, point(&e, r, ends.journeyToday)...)
		to := timeline.Event{}
		used = append(used, point(&to, r, ends.journeyEndToday)...)
		add(&e, "to", where(to.Place))
		e.Text = say("Journey", r.Get("activity topCandidate type"))
	case "timelineMemory":
		e.Text = "A trip or a note that Google Maps keeps as a memory"
	default:
		e.Text = "A stretch of time about which the history says nothing that is known here"
	}
	rest(&e, r, used)
	return e, nil
}

var errNoPath = errors.New("this path has no points that can be read")

// trail gives an event for every point of a path.
func trail(raw jsonfile.Flat, err error) ([]timeline.Event, error) {
	if err != nil {
		return nil, err
	}
	from := raw.Get("startTime")
	var events []timeline.Event
	for i, v := range jsonfile.Items(jsonfile.Raw(raw.Get("timelinePath"))) {
		var p jsonfile.Flat
		for name, value := range jsonfile.Fields(v) {
			p = append(p, jsonfile.Field{Name: name, Value: jsonfile.Plain(value)})
		}
		when, err := pointTime(p, from)
		if err != nil {
			when = importers.Undated(p.Get("time", "durationMinutesOffsetFromStartTime"))
		}
		e := newEvent("point of a path", when)
		used := append(point(&e, p, ends.path), "time")
		rest(&e, p, used)
		for name, value := range raw.Rest("timelinePath") {
			add(&e, "path "+name, value)
		}
		e.Source.Record = fmt.Sprintf(", point %d", i+1)
		e.Extra.Set(timeline.SameKey, importers.SameOf("point", when.Raw, where(e.Place)))
		events = append(events, e)
	}
	if len(events) == 0 {
		return nil, errNoPath
	}
	return events, nil
}

// pointTime is the time of a point: its own, or so many minutes after the
// path's.
func pointTime(p jsonfile.Flat, from string) (timeline.When, error) {
	if at := p.Get("time"); at != "" {
		return moment(at)
	}
	start, err := moment(from)
	after := p.Get("durationMinutesOffsetFromStartTime")
	minutes, bad := strconv.Atoi(after)
	if err != nil || bad != nil || minutes < 0 || minutes > 1e6 {
		return timeline.When{}, errNoTime
	}
	add := time.Duration(minutes) * time.Minute
	start.Instant, start.Precision = start.Instant.Add(add), timeline.Minute
	if !start.Local.IsZero() {
		start.Local = start.Local.Add(add)
	}
	start.Raw = from + " and " + after + " minutes"
	return start, nil
}

func newEvent(what string, when timeline.When) timeline.Event {
	return timeline.Event{
		Kind: timeline.Location, When: when, From: timeline.Party{Owner: true},
		Flags: []timeline.Flag{timeline.AppText}, Extra: timeline.FactsOf("type", what),
	}
}

// lasting makes the event of what has a start and an end, and tells the names
// that it has used.
func lasting(what string, r jsonfile.Flat, start, end string) (timeline.Event, []string, error) {
	oldStart, oldEnd := start+"Ms", end+"Ms"
	from, until := r.Get(start, oldStart), r.Get(end, oldEnd)
	when, err := moment(from)
	if err != nil {
		return timeline.Event{}, nil, err
	}
	e := newEvent(what, when)
	add(&e, "until", until)
	if to, err := moment(until); err == nil {
		add(&e, "duration", to.Instant.Sub(when.Instant).Round(time.Second).String())
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(what, from, until))
	return e, []string{start, oldStart, end, oldEnd}, nil
}

// moment reads a time with its zone, or milliseconds since 1970.
func moment(text string) (timeline.When, error) {
	if w, ok := importers.ReadInstant(text); ok {
		return w, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 1e11 && n < 1e14 {
		return timeline.FromInstant(time.UnixMilli(n), timeline.Millisecond, text), nil
	}
	if text == "" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, importers.Shorten(text, 100))
}

func say(what, which string) string {
	if which == "" {
		return what
	}
	return what + " (" + strings.ToLower(strings.ReplaceAll(which, "_", " ")) + ")"
}

// names are what a place's coordinates stand under: as whole numbers, or in one
// text.
type names struct{ lat, lon, text []string }

var ends = struct{ position, visit, journey, journeyEnd, visitToday, journeyToday, journeyEndToday, path names }{
	position: names{
		lat:  []string{"latitudeE7", "signal position point latE7"},
		lon:  []string{"longitudeE7", "signal position point lngE7"},
		text: []string{"LatLng", "latLng", "point"},
	},
	visit:           names{lat: []string{"location latitudeE7", "centerLatE7"}, lon: []string{"location longitudeE7", "centerLngE7"}},
	journey:         names{lat: []string{"startLocation latitudeE7"}, lon: []string{"startLocation longitudeE7"}},
	journeyEnd:      names{lat: []string{"endLocation latitudeE7"}, lon: []string{"endLocation longitudeE7"}},
	visitToday:      names{text: []string{"visit topCandidate placeLocation latLng", "visit topCandidate placeLocation"}},
	journeyToday:    names{text: []string{"activity start latLng", "activity start"}},
	journeyEndToday: names{text: []string{"activity end latLng", "activity end"}},
	path:            names{text: []string{"point", "latLng"}},
}

// point sets where an event was, and tells the names that it has used: none,
// where what they hold is no place on earth.
func point(e *timeline.Event, r jsonfile.Flat, n names) []string {
	for i := range n.lat {
		lat, lon := r.Get(n.lat[i]), r.Get(n.lon[i])
		x, overX, okX := degrees(lat, 90)
		y, overY, okY := degrees(lon, 180)
		if okX && okY && (x != 0 || y != 0) {
			e.Place.Lat, e.Place.Lon, e.Place.Fix = x, y, true
			if overX || overY {
				add(e, "coordinates as printed", lat+", "+lon+": overflowed, and put right")
			}
			return []string{n.lat[i], n.lon[i]}
		}
	}
	for _, name := range n.text {
		if lat, lon, ok := pair(r.Get(name)); ok {
			e.Place.Lat, e.Place.Lon, e.Place.Fix = lat, lon, true
			return []string{name}
		}
	}
	return nil
}

// degrees reads ten-millionths of a degree. What is too large by 2 to the power
// of 32 has overflowed where Google wrote it.
func degrees(text string, most float64) (d float64, overflowed, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, false, false
	}
	if overflowed = float64(n) > most*1e7; overflowed {
		n -= 1 << 32
	}
	d = float64(n) / 1e7
	return d, overflowed, math.Abs(d) <= most
}

// pair reads "51.5034°, -0.1276°" and "geo:51.5034,-0.1276".
func pair(text string) (lat, lon float64, ok bool) {
	a, b, ok := strings.Cut(strings.ReplaceAll(strings.TrimPrefix(text, "geo:"), "°", ""), ",")
	lat, err := strconv.ParseFloat(strings.TrimSpace(a), 64)
	if err != nil || !ok {
		return 0, 0, false
	}
	lon, err = strconv.ParseFloat(strings.TrimSpace(b), 64)
	onEarth := math.Abs(lat) <= 90 && math.Abs(lon) <= 180 // false for what is no number
	return lat, lon, err == nil && onEarth && (lat != 0 || lon != 0)
}

func where(p timeline.Place) string {
	if !p.Fix {
		return ""
	}
	var room [48]byte
	b := append(strconv.AppendFloat(room[:0], p.Lat, 'f', 7, 64), ", "...)
	return string(strconv.AppendFloat(b, p.Lon, 'f', 7, 64))
}

func add(e *timeline.Event, name, value string) { importers.FactsOf(e).Add(name, value) }

// rest notes what nothing else of an event shows.
func rest(e *timeline.Event, r jsonfile.Flat, used []string) {
	for name, value := range r.Rest(used...) {
		add(e, name, value)
	}
}
