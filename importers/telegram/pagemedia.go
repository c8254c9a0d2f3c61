package telegram

import (
	"math"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// media reads what a message shares: a file, a call, a place, a question.
func (m *pageMessage) media(wrap *page.Node) {
	for n := range wrap.Own() {
		switch {
		case n.Class("media_poll"):
			m.poll(n)
		case n.Class("media_call"):
			m.call(n)
		case n.Class("media"):
			m.generic(n)
		case n.Attr("href") != "":
			m.picture(n)
		default:
			m.odd(n)
		}
	}
}

// picture is a file that the page shows as a small picture.
func (m *pageMessage) picture(n *page.Node) {
	kind, _, _ := strings.Cut(n.Attr("class"), "_wrap")
	extra(&m.e, "media", strings.ReplaceAll(kind, "_", " "))
	m.e.Files = append(m.e.Files, m.Beside(importers.Shorten(n.Attr("href"), importers.MostFact)))
	if small := n.FirstTag("img"); small != nil && small.Attr("src") != n.Attr("href") {
		a := m.Beside(importers.Shorten(small.Attr("src"), importers.MostFact))
		if a.Missing {
			extra(&m.e, "thumbnail", a.Name)
		} else {
			a.Note = "the small picture of the file before it"
			m.e.Files = append(m.e.Files, a)
		}
	}
	extra(&m.e, "duration", n.First("video_duration").Words())
}

// generic is anything that the page shows with a title and a few words.
func (m *pageMessage) generic(n *page.Node) {
	title, about, status := n.First("title").Words(), n.First("description").Words(), n.First("status").Words()
	kind := "file"
	for word := range strings.FieldsSeq(n.Attr("class")) {
		if rest, found := strings.CutPrefix(word, "media_"); found {
			kind = strings.ReplaceAll(rest, "_", " ")
		}
	}
	extra(&m.e, "media", kind)
	extra(&m.e, "title", title)
	extra(&m.e, "description", about)
	extra(&m.e, "status", status)
	to := n.Attr("href")
	switch {
	case kind == "location" || kind == "live location" || kind == "venue":
		m.place(title, about, status, to)
	case strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://"):
		extra(&m.e, "link", to)
	case to != "":
		a := m.Beside(importers.Shorten(to, importers.MostFact))
		if !strings.HasSuffix(to, title) && a.Note == "" && kind == "file" {
			a.Note = "sent as " + title
		}
		m.e.Files = append(m.e.Files, a)
	case kind != "contact" && kind != "game" && kind != "invoice":
		m.e.Files = append(m.e.Files, timeline.Attachment{Name: title, Missing: true, Note: "not in the export: " + about})
	}
}

// place reads the coordinates, which stand in the link to a map.
func (m *pageMessage) place(title, about, status, to string) {
	if title != "Location" && title != "Live location" {
		m.e.Place.Name = importers.Shorten(strings.Trim(title+", "+about, ", "), importers.MostFact)
	}
	extra(&m.e, "link", to)
	_, q, found := strings.Cut(to, "?q=")
	if !found {
		q = strings.ReplaceAll(status, " ", "")
	}
	q, _, _ = strings.Cut(q, "&")
	a, b, _ := strings.Cut(q, ",")
	lat, badLat := strconv.ParseFloat(a, 64)
	lon, badLon := strconv.ParseFloat(b, 64)
	if badLat == nil && badLon == nil && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 {
		m.e.Place.Lat, m.e.Place.Lon, m.e.Place.Fix = lat, lon, true
	}
}

// poll reads a question to the chat and how it was answered.
func (m *pageMessage) poll(n *page.Node) {
	var list []string
	for part := range n.Own() {
		list = append(list, part.Words())
	}
	m.e.Text = importers.Shorten(n.First("question").Words(), importers.MostText)
	extra(&m.e, "poll", strings.Join(list, "; "))
}

// call reads a call. Its title is who was called, and how it went says which
// side the export is from.
func (m *pageMessage) call(n *page.Node) {
	m.e.Kind = timeline.Call
	m.e.To = []timeline.Party{{Name: importers.Shorten(n.First("title").Words(), importers.MostFact)}}
	status := n.First("status").Words()
	extra(&m.e, "type", status)
	if _, after, found := strings.Cut(status, "("); found {
		if seconds, isSeconds := strings.CutSuffix(after, " seconds)"); isSeconds {
			extra(&m.e, "duration", seconds+" s")
		}
	}
}

// towards says of a call on which side the owner of the export was.
func (m *pageMessage) towards() {
	if m.e.Kind != timeline.Call || len(m.e.To) == 0 {
		return
	}
	how, _, _ := strings.Cut(m.e.Extra.Get("type"), " ")
	switch how {
	case "Outgoing", "Cancelled":
		m.e.From.Owner = true
	case "Incoming", "Missed", "Declined":
		m.e.To[0].Owner = true
	}
}
