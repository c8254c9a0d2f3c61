package track

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
)

// timeNames are the names under which programs put a time into a feature's
// properties.
var timeNames = []string{"time", "timestamp", "Timestamp", "datetime", "dateTime", "date", "when", "recorded_at", "created_at", "fixTime"}

// listNames are those of a list with a time for each point of a line.
var listNames = []string{"coordTimes", "times", "timestamps"}

func (x *reading) geoJSON(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for name, err := range f.Members() {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		if name == "features" {
			if err := x.features(f, s); err != nil {
				return err
			}
		} else if name == "name" {
			v, err := f.Value()
			if err != nil {
				return fmt.Errorf("%s: %w", s.Path, err)
			}
			x.thread = importers.Shorten(jsonfile.Plain(v.Raw), 200)
		}
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return f.SkipUnread(x.out)
}

func (x *reading) features(f *jsonfile.File, s importers.Source) error {
	for _, err := range f.Elements() {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		v, err := f.Value()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		if err := x.feature(v); err != nil {
			return err
		}
	}
	return nil
}

// feature is one feature as it stands.
type feature struct {
	Geometry struct {
		Type        string         `json:"type"`
		Coordinates jsontext.Value `json:"coordinates"`
	} `json:"geometry"`
	Properties jsontext.Value `json:"properties"`
}

func (x *reading) feature(v jsonfile.Value) error {
	var ft feature
	if err := v.Decode(&ft); err != nil {
		x.records++
		return x.out.Skip(v.Record, v.Text(), err)
	}
	p := point{record: v.Record, words: v.Text}
	var times []string
	timed := "" // the name of its time
	for name, value := range jsonfile.Fields(ft.Properties) {
		switch plain := jsonfile.Plain(value); {
		case slices.Contains(listNames, name) && value.Kind() == '[':
			for _, t := range jsonfile.Items(value) {
				times = append(times, jsonfile.Plain(t))
			}
		case p.time == "" && slices.Contains(timeNames, name):
			p.time, timed = plain, name
		case p.name == "" && name == "name":
			p.name = plain
		case p.text == "" && (name == "desc" || name == "description"):
			p.text = plain
		default:
			if name == timed {
				p.other = append(p.other, plain)
			}
			p.facts = append(p.facts, [2]string{name, plain})
		}
	}
	for name, value := range jsonfile.Fields(v.Raw) {
		if name != "type" && name != "geometry" && name != "properties" {
			p.facts = append(p.facts, [2]string{name, jsonfile.Plain(value)})
		}
	}
	switch ft.Geometry.Type {
	case "Point":
		p.lat, p.lon, p.facts = position(ft.Geometry.Coordinates, p.facts)
		return x.hand(p)
	case "LineString":
		return x.line(ft, p, times)
	}
	x.records++
	return x.out.Skip(p.record, p.words(), errors.New("a shape that is no place and no track"))
}

// position takes the numbers of a place apart.
func position(raw jsontext.Value, facts [][2]string) (lat, lon string, all [][2]string) {
	var n []string
	for _, v := range jsonfile.Items(raw) {
		n = append(n, jsonfile.Plain(v))
	}
	if len(n) < 2 {
		return "", "", facts
	}
	if len(n) > 2 {
		facts = append(facts, [2]string{"altitude", n[2]})
	}
	return n[1], n[0], facts
}

// line reads a line whose points have times of their own.
func (x *reading) line(ft feature, p point, times []string) error {
	if len(times) == 0 {
		x.records++
		return x.out.Skip(p.record, p.words(), errUntimed)
	}
	thread := x.thread
	defer func() { x.thread = thread }()
	if p.name != "" {
		x.thread = importers.Shorten(p.name, 200)
	}
	n := 0
	for i, v := range jsonfile.Items(ft.Geometry.Coordinates) {
		at := point{record: fmt.Sprintf("%s, point %d", p.record, i+1), words: func() string { return string(v) }}
		if i < len(times) {
			at.time = times[i]
		}
		at.lat, at.lon, at.facts = position(v, nil)
		if i == 0 {
			at.text, at.facts = p.text, append(at.facts, p.facts...)
		}
		n++
		if err := x.hand(at); err != nil {
			return err
		}
	}
	if n < len(times) {
		return x.out.Skip(p.record+", times", fmt.Sprint(times[n:]), fmt.Errorf("%d times without a place", len(times)-n))
	}
	return nil
}
