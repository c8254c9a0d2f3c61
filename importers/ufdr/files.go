package ufdr

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"

	"daybook/importers/xmlfile"
	"daybook/timeline"
)

// maxFiles is how many files of the device are known by their ids while the
// report is read.
const maxFiles = 400_000

var (
	errFile   = errors.New("a file of the device: it is in the archive, and an item of its own")
	errAbsent = errors.New("a file of the device that is listed and not in the archive")
)

// file notes where a file of the device lies in the archive.
func (x *report) file(el xml.StartElement) error {
	at := x.Offset()
	n, err := x.Element(el)
	if err != nil {
		return err
	}
	if n.Name != "file" {
		return x.out.Skip(fmt.Sprintf("%s at byte %d", n.Name, at), n.Words(), errUnknown)
	}
	local := localPath(n)
	if len(x.files) < maxFiles && local != "" {
		x.files[n.Attr("id")] = local
		base := baseOf(n.Attr("path"))
		if _, twice := x.names[base]; twice {
			x.names[base] = "" // two files have the name: it tells nothing
		} else {
			x.names[base] = local
		}
	}
	reason := errAbsent
	if local != "" && !x.source.Beside(local).Missing {
		reason = errFile
	}
	return x.out.Skip(fmt.Sprintf("file at byte %d", at), n.Words(), reason)
}

// localPath is the path of a file in the archive.
func localPath(n *xmlfile.Element) string {
	for _, section := range n.Kids {
		for _, item := range section.Kids {
			if item.Attr("name") == "Local Path" {
				return item.Text
			}
		}
	}
	return ""
}

// place reads where a thing was.
func (m *model) place(e *timeline.Event) {
	for _, p := range m.inside("Position") {
		lat, err := strconv.ParseFloat(value(p, "Latitude"), 64)
		lon, err2 := strconv.ParseFloat(value(p, "Longitude"), 64)
		if err != nil || err2 != nil || lat < -90 || lat > 90 || lon < -180 || lon > 180 {
			for _, k := range m.Kids { // it is shown as it stands
				if k.Attr("name") == "Position" {
					delete(m.used, k)
				}
			}
			continue
		}
		e.Place = timeline.Place{Lat: lat, Lon: lon, Fix: true}
	}
	if e.Kind == timeline.Location {
		e.Place.Name = value(m.Element, "Name")
	}
}
