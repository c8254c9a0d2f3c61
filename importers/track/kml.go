package track

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/xmlfile"
)

// maxTrack is how many times of one gx:Track are held: they all stand before
// its places, or may.
const maxTrack = 2_000_000

var errLong = errors.New("the track has more points than are held, so the others are not read")

func (x *reading) kml(ctx context.Context, s importers.Source) error {
	return x.walk(ctx, s, "kml", x.kmlPart)
}

// kmlPart reads a part of a KML file: a folder of others, a mark, or what is
// said of them.
func (x *reading) kmlPart(r *xmlfile.Reader, el xml.StartElement) error {
	switch el.Name.Local {
	case "Document", "Folder":
		return r.Children(func(el xml.StartElement) error { return x.kmlPart(r, el) })
	case "Placemark":
		return x.placemark(r, el)
	}
	n, err := r.Element(el)
	if err != nil {
		return err
	}
	return x.note("%s", n.Words())
}

// placemark reads a mark; the points of a track in it one by one.
func (x *reading) placemark(r *xmlfile.Reader, el xml.StartElement) error {
	points := 0
	n, err := r.Apart(el, func(n *xmlfile.Element, el xml.StartElement) (bool, error) {
		x.thread = importers.Shorten(n.Kid("name"), 200)
		switch el.Name.Local {
		case "Track":
			return true, x.kmlTrack(r, el, &points)
		case "MultiTrack":
			return true, r.Children(func(el xml.StartElement) error {
				if el.Name.Local == "Track" {
					return x.kmlTrack(r, el, &points)
				}
				n, err := r.Element(el)
				if err != nil {
					return err
				}
				return x.note("%s", n.Words())
			})
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if points > 0 {
		return x.note("%s", n.Words())
	}
	return x.mark(n)
}

// mark hands on a mark that is one point.
func (x *reading) mark(n *xmlfile.Element) error {
	p := point{record: x.texts.At("Placemark", n.At), name: n.Kid("name"), text: n.Kid("description"), words: n.Words}
	for _, k := range n.Kids {
		switch k.Name {
		case "name", "description":
		case "TimeStamp":
			p.time = k.Kid("when")
		case "TimeSpan":
			p.time = k.Kid("begin")
			p.facts = append(p.facts, [2]string{"from", k.Kid("begin")}, [2]string{"until", k.Kid("end")})
		case "Point":
			p.lat, p.lon, p.facts = coordinates(k.Kid("coordinates"), ",", p.facts)
		default:
			p.facts = append(p.facts, [2]string{k.Name, k.Words()})
		}
	}
	x.thread = ""
	if p.lat == "" {
		x.records++
		return x.out.Skip(p.record, p.words(), errors.New("a mark that is no single place"))
	}
	return x.hand(p)
}

// coordinates takes longitude, latitude and altitude apart.
func coordinates(s, between string, facts [][2]string) (lat, lon string, all [][2]string) {
	parts := strings.Split(strings.TrimSpace(s), between)
	if len(parts) < 2 {
		return "", s, facts
	}
	if len(parts) > 2 {
		facts = append(facts, [2]string{"altitude", parts[2]})
	}
	return parts[1], parts[0], facts
}

// kmlTrack pairs the times of a gx:Track with its places, in their order.
func (x *reading) kmlTrack(r *xmlfile.Reader, el xml.StartElement, points *int) error {
	var times []string
	paired := 0
	err := r.Children(func(el xml.StartElement) error {
		n, err := r.Element(el)
		if err != nil {
			return err
		}
		switch n.Name {
		case "when":
			if len(times) == maxTrack {
				return errLong
			}
			times = append(times, n.Text)
			return nil
		case "coord":
			*points++
			p := point{record: x.texts.At("coord", n.At), words: n.Words}
			if paired < len(times) {
				p.time = times[paired]
				p.words = func() string { return p.time + " " + n.Words() }
			}
			paired++
			p.lat, p.lon, p.facts = coordinates(n.Text, " ", nil)
			return x.hand(p)
		}
		return x.note("%s", n.Words())
	})
	if err != nil {
		return err
	}
	if paired < len(times) {
		x.records++
		return x.out.Skip(fmt.Sprintf("Track ending at byte %d", r.Offset()), strings.Join(times[paired:min(len(times), paired+100)], "\n"),
			fmt.Errorf("%d times without a place", len(times)-paired))
	}
	return nil
}
