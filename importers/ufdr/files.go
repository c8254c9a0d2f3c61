package ufdr

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"

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
	at := x.d.InputOffset()
	n, err := x.element(el)
	if err != nil {
		return err
	}
	if n.name != "file" {
		return x.out.Skip(fmt.Sprintf("%s at byte %d", n.name, at), n.words(), errUnknown)
	}
	local := localPath(n)
	if len(x.files) < maxFiles && local != "" {
		x.files[n.attr("id")] = local
		base := baseOf(n.attr("path"))
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
	return x.out.Skip(fmt.Sprintf("file at byte %d", at), n.words(), reason)
}

// localPath is the path of a file in the archive.
func localPath(n *element) string {
	for _, section := range n.kids {
		for _, item := range section.kids {
			if item.attr("name") == "Local Path" {
				return item.text
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
			for _, k := range m.kids { // it is shown as it stands
				if k.attr("name") == "Position" {
					delete(m.used, k)
				}
			}
			continue
		}
		e.Place = timeline.Place{Lat: lat, Lon: lon, Fix: true}
	}
	if e.Kind == timeline.Location {
		e.Place.Name = value(m.element, "Name")
	}
}
