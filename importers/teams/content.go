package teams

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// content reads what a message says, by the tags that are in it.
func (x *export) content(f importers.Facts, messageType, content string) {
	if messageType == "Text" || !strings.Contains(content, "<") && !strings.Contains(content, "&") {
		f.Say(content)
		return
	}
	r := page.NewXMLReader(strings.NewReader(content))
	var words page.Lines
	for {
		p, err := r.Next()
		if err != nil {
			var cut *page.CutError
			if errors.As(err, &cut) || err != io.EOF {
				f.Flag(timeline.Undecoded)
				f.Add("content", content)
			}
			break
		}
		if p.Kind == page.Open && apart(p.Tag) {
			n, err := r.Block(p)
			if err != nil {
				f.Flag(timeline.Undecoded)
				f.Add("content", content)
				break
			}
			x.tag(f, n)
			continue
		}
		if p.Kind == page.Open && p.Tag == "a" {
			f.Add("link", p.Attr("href"))
		}
		if p.Kind == page.Open && (p.Tag == "at" || p.Tag == "ss") {
			f.Add(p.Tag, p.Attr("id")+p.Attr("type"))
		}
		words.Add(p)
	}
	if words.Len() > 0 {
		f.Say(words.String())
	}
}

// apart tells the tags that are not the sender's words.
func apart(tag string) bool {
	switch tag {
	case "quote", "uriobject", "location", "contacts", "partlist", "addmember", "deletemember", "topicupdate", "e_m", "roleupdate", "historydisclosedupdate", "joiningenabledupdate", "pictureupdate":
		return true
	}
	return false
}

// tag reads one of them.
func (x *export) tag(f importers.Facts, n *page.Node) {
	switch n.Tag {
	case "quote":
		f.Add("quote", strings.TrimSpace(n.Attr("authorname")+" ("+n.Attr("author")+"): "+quoted(n)+" "+n.Attr("timestamp")))
	case "uriobject":
		x.file(f, n)
	case "location":
		place(f, n)
	case "contacts":
		for c := range n.Own() {
			f.Add("contact", strings.TrimSpace(c.Attr("f")+" "+c.Attr("s")+" "+c.Attr("p")))
		}
	case "partlist":
		call(f, n)
	case "e_m": // the mark of an edit; it holds what follows it, which is nothing
		f.Flag(timeline.Edited)
		f.Add("edited", strings.TrimSpace(n.Attr("ts_ms")+" by "+n.Attr("a")))
	default:
		f.Say(strings.TrimSpace(n.Tag + " " + facts(n)))
		f.Kind = timeline.System
	}
	if n.Cut {
		f.Flag(timeline.Truncated)
	}
}

// quoted are the words of a quote without those that old apps show in its place.
func quoted(n *page.Node) string {
	var words page.Lines
	for _, in := range n.Nodes {
		if in.Tag == "" {
			words.Add(page.Piece{Kind: page.Words, Text: in.Text})
		} else if in.Tag != "legacyquote" {
			words.Add(page.Piece{Kind: page.Words, Text: in.Words()})
		}
	}
	return words.String()
}

// facts are the tags inside another, by name.
func facts(n *page.Node) string {
	var list []string
	for in := range n.Own() {
		list = append(list, in.Tag+" "+in.Words())
	}
	return strings.Join(list, ", ")
}

// file lists a picture or file. Its tag leads to Microsoft's server, by the
// number that it has in media/.
func (x *export) file(f importers.Facts, n *page.Node) {
	uri := n.Attr("uri")
	number := path.Base(uri)
	if doc := n.Attr("doc_id"); x.stored(number) == "" && doc != "" {
		number = doc
	}
	a := timeline.Attachment{Path: x.stored(number)}
	for in := range n.All() {
		switch in.Tag {
		case "originalname":
			a.Name = in.Attr("v")
		case "filesize":
			f.Add("file size", in.Attr("v"))
		}
	}
	if a.Name == "" {
		a.Name = number
	}
	if a.Path == "" {
		a.Missing, a.Note = true, "named in the export and not in it; Microsoft had it at "+importers.Shorten(uri, importers.MostFact)
	}
	f.Files = append(f.Files, a)
	f.Add("file type", n.Attr("type"))
	f.Add("width", n.Attr("width"))
	f.Add("height", n.Attr("height"))
}

// place reads a place, in millionths of a degree.
func place(f importers.Facts, n *page.Node) {
	f.Place.Name = importers.Shorten(n.Attr("address"), importers.MostFact)
	lat, badLat := strconv.ParseInt(n.Attr("latitude"), 10, 64)
	lon, badLon := strconv.ParseInt(n.Attr("longitude"), 10, 64)
	const degree = 1_000_000
	if badLat == nil && badLon == nil && max(lat, -lat) <= 90*degree && max(lon, -lon) <= 180*degree {
		f.Place.Lat, f.Place.Lon, f.Place.Fix = float64(lat)/degree, float64(lon)/degree, true
	} else {
		f.Add("place", n.Attr("latitude")+", "+n.Attr("longitude"))
	}
	f.Add("time of the place", told(n.Attr("timestamp")))
}

// call reads who was in a call, how it went, and for how long.
func call(f importers.Facts, n *page.Node) {
	f.Kind = timeline.Call
	f.Add("type", n.Attr("type"))
	f.Add("callId", n.Attr("callid"))
	longest := 0.0
	for part := range n.Own() {
		if part.Tag != "part" {
			continue
		}
		who := strings.TrimSpace(part.Attr("identity") + " " + part.FirstTag("name").Words())
		if d := part.FirstTag("duration").Words(); d != "" {
			who += " " + d + " s"
			if s, err := strconv.ParseFloat(d, 64); err == nil && s > longest {
				longest = s
			}
		}
		f.Add("part", who)
	}
	if longest > 0 {
		f.Add("duration", fmt.Sprintf("%g s", longest))
	}
}
