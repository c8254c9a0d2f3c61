package telegram

import (
	"math"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// media reads the files of a message, its place, and what else it shares.
func (x *export) media(e *timeline.Event, m *message) {
	x.file(e, string(m.Photo), "", "")
	x.file(e, string(m.File), string(m.FileName), string(m.Mime))
	if name := string(m.Thumbnail); name != "" {
		if leftOut(name) {
			extra(e, "thumbnail", name)
		} else {
			x.file(e, name, "", "")
			e.Files[len(e.Files)-1].Note = strings.TrimPrefix(e.Files[len(e.Files)-1].Note+"; the small picture of the file before it", "; ")
		}
	}
	x.file(e, string(m.VCard), "", "text/vcard")
	extra(e, "contact_information", joined(m.Contact, ", "))
	x.place(e, m)
	poll(e, m.Poll)
}

// file lists a file that a message names.
func (x *export) file(e *timeline.Event, name, called, mediaType string) {
	if name == "" {
		return
	}
	if leftOut(name) {
		a := timeline.Attachment{Name: called, Type: mediaType, Missing: true, Note: "not in the export: " + strings.Trim(name, "()")}
		if a.Name == "" {
			a.Name = name
		}
		e.Files = append(e.Files, a)
		return
	}
	a := x.Beside(importers.Shorten(name, importers.MostFact))
	a.Type = mediaType
	if called != "" && !strings.HasSuffix(name, called) {
		a.Note = strings.TrimPrefix(a.Note+"; sent as "+called, "; ")
	}
	e.Files = append(e.Files, a)
}

// leftOut tells the words that stand in place of a path, behind a name or not.
func leftOut(name string) bool {
	for _, words := range []string{"(File ", "(Photo ", "(Story "} {
		if i := strings.Index(name, words); i >= 0 && strings.HasSuffix(name, ")") {
			rest := name[i+len(words):]
			return strings.HasPrefix(rest, "not included.") || strings.HasPrefix(rest, "exceeds maximum size.") || strings.HasPrefix(rest, "unavailable,")
		}
	}
	return false
}

// place reads where a message says that somebody is.
func (x *export) place(e *timeline.Event, m *message) {
	var names []string
	for _, s := range []jsonfile.Scalar{m.PlaceName, m.Address} {
		if s != "" {
			names = append(names, string(s))
		}
	}
	e.Place.Name = importers.Shorten(strings.Join(names, ", "), importers.MostFact)
	if len(m.Location) == 0 {
		return
	}
	var at struct {
		Lat  *float64       `json:"latitude"`
		Lon  *float64       `json:"longitude"`
		Rest jsontext.Value `json:",embed"`
	}
	err := json.Unmarshal(m.Location, &at, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err != nil || at.Lat == nil || at.Lon == nil || math.Abs(*at.Lat) > 90 || math.Abs(*at.Lon) > 180 || len(at.Rest) > 0 {
		extra(e, "location_information", compact(m.Location))
		if at.Lat == nil || at.Lon == nil {
			return
		}
	}
	if err == nil && math.Abs(*at.Lat) <= 90 && math.Abs(*at.Lon) <= 180 {
		e.Place.Lat, e.Place.Lon, e.Place.Fix = *at.Lat, *at.Lon, true
	}
}

// poll reads a question to the chat and how it was answered.
func poll(e *timeline.Event, raw jsontext.Value) {
	var list []string
	for name, v := range jsonfile.Fields(raw) {
		switch {
		case name == "question":
			list = append(list, jsonfile.Plain(v))
			if e.Text == "" {
				e.Text = importers.Shorten(jsonfile.Plain(v), importers.MostText)
			}
		case v.Kind() == '[':
			for _, answer := range jsonfile.Items(v) {
				list = append(list, labelled(answer))
			}
		default:
			list = append(list, name+" "+jsonfile.Plain(v))
		}
	}
	extra(e, "poll", strings.Join(list, "; "))
}

// labelled are the members of an object with their names.
func labelled(raw jsontext.Value) string {
	var list []string
	for name, v := range jsonfile.Fields(raw) {
		list = append(list, name+" "+jsonfile.Plain(v))
	}
	if list == nil {
		return jsonfile.Plain(raw)
	}
	return strings.Join(list, ", ")
}
