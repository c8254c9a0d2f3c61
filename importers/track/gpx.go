package track

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"

	"daybook/importers"
	"daybook/importers/xmlfile"
)

// walk opens a file of XML and walks what is inside its root element.
func (x *reading) walk(ctx context.Context, s importers.Source, root string, inside func(*xmlfile.Reader, xml.StartElement) error) (err error) {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r, err := xmlfile.New(ctx, f)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	el, err := r.Root()
	if err == nil && el.Name.Local != root {
		return importers.ErrNotMine
	}
	if err == nil {
		err = x.note("%s", (&xmlfile.Element{Name: root, Attrs: el.Attr}).Words())
	}
	if err == nil {
		err = r.Children(func(el xml.StartElement) error { return inside(r, el) })
	}
	if err != nil {
		return fmt.Errorf("%s: at byte %d: %w", s.Path, r.Offset(), err)
	}
	if r.Odd() > 0 {
		return x.note("%d characters that XML does not allow were read as spaces", r.Odd())
	}
	return nil
}

func (x *reading) gpx(ctx context.Context, s importers.Source) error {
	return x.walk(ctx, s, "gpx", x.gpxPart)
}

// gpxPart reads a part of a GPX file: a point, a list of points, or what is said
// of them.
func (x *reading) gpxPart(r *xmlfile.Reader, el xml.StartElement) error {
	switch el.Name.Local {
	case "wpt", "rtept", "trkpt":
		return x.gpxPoint(r, el)
	case "trk", "rte":
		x.thread = x.file
		err := r.Children(func(el xml.StartElement) error { return x.gpxPart(r, el) })
		x.thread = ""
		return err
	case "trkseg":
		return r.Children(func(el xml.StartElement) error { return x.gpxPart(r, el) })
	}
	n, err := r.Element(el)
	if err != nil {
		return err
	}
	if n.Name == "name" && x.thread != "" && n.Text != "" {
		x.thread = importers.Shorten(n.Text, 200)
	}
	return x.note("%s", n.Words())
}

func (x *reading) gpxPoint(r *xmlfile.Reader, el xml.StartElement) error {
	n, err := r.Element(el)
	if err != nil {
		return err
	}
	p := point{record: x.texts.At(n.Name, n.At), lat: n.Attr("lat"), lon: n.Attr("lon"), time: n.Kid("time"), name: n.Kid("name"),
		text: n.Kid("desc"), words: n.Words}
	if n.Name != "trkpt" {
		p.facts = append(p.facts, [2]string{"kind of point", map[string]string{"wpt": "waypoint", "rtept": "point of a route"}[n.Name]})
	}
	for i, k := range n.Kids {
		if k.Name == "time" && named(n.Kids[:i], "time") {
			p.other = append(p.other, k.Text)
		}
		switch {
		case (k.Name == "time" || k.Name == "name" || k.Name == "desc") && !named(n.Kids[:i], k.Name): // read above
		case len(k.Kids) > 0 || len(k.Attrs) > 0:
			p.facts = append(p.facts, [2]string{k.Name, k.Words()})
		default:
			p.facts = append(p.facts, [2]string{k.Name, k.Text})
		}
	}
	return x.hand(p)
}

// named tells whether one of some elements has a name.
func named(list []*xmlfile.Element, name string) bool {
	return slices.ContainsFunc(list, func(n *xmlfile.Element) bool { return n.Name == name })
}
