// Package papertest reads a finished PDF as two other programs do: qpdf its
// links and bookmarks, poppler its words and where they stand. It knows nothing
// of how the PDF was written.
package papertest

import (
	"encoding/json"
	"encoding/xml"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// Paper is a PDF that was read.
type Paper struct {
	Links []Link
	Words [][]Word // by page
	Marks []string // titles of the bookmarks
}

// Link is one that leads to another place of the document.
type Link struct {
	Page   int // from 0
	Rect   [4]float64
	Text   string
	Target int     // page, -1 for nowhere
	Y      float64 // on the target, from the foot
}

// Word is a word and its place on its page, from the top left.
type Word struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// PageHeight is that of A4 in points.
const PageHeight = 841.89

// Read reads a PDF; the test ends when qpdf finds a fault in it.
func Read(t testing.TB, file string) Paper {
	t.Helper()
	run := func(name string, args ...string) []byte {
		out, err := exec.Command(name, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return out
	}
	run("qpdf", "--check", file)
	var boxes struct {
		Pages []struct {
			Words []Word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(run("pdftotext", "-bbox", file, "-"), &boxes); err != nil {
		t.Fatal(err)
	}
	var p Paper
	for _, page := range boxes.Pages {
		p.Words = append(p.Words, page.Words)
	}
	var q struct {
		Pages []struct {
			Object string `json:"object"`
		} `json:"pages"`
		Objects [2]map[string]struct {
			Value json.RawMessage `json:"value"`
		} `json:"qpdf"`
		Outlines []outline `json:"outlines"`
	}
	text := run("qpdf", "--json=2", "--json-stream-data=none", file)
	text = regexp.MustCompile(`(?s)"qpdf": \[\s*\{.*?\},\s*\{`).ReplaceAll(text, []byte(`"qpdf": [{}, {`))
	if err := json.Unmarshal(text, &q); err != nil {
		t.Fatal(err)
	}
	number := map[string]int{}
	for i, page := range q.Pages {
		number[page.Object] = i
	}
	for i, page := range q.Pages {
		var dict struct {
			Annots json.RawMessage `json:"/Annots"`
		}
		if err := json.Unmarshal(q.Objects[1]["obj:"+page.Object].Value, &dict); err != nil {
			t.Fatal(err)
		}
		for _, a := range annots(t, dict.Annots, func(ref string) json.RawMessage { return q.Objects[1]["obj:"+ref].Value }) {
			l := Link{Page: i, Rect: a.Rect, Target: -1}
			var to string
			if len(a.Dest) >= 4 && json.Unmarshal(a.Dest[0], &to) == nil {
				if n, ok := number[to]; ok {
					l.Target = n
				}
				if err := json.Unmarshal(a.Dest[3], &l.Y); err != nil {
					t.Fatal(err)
				}
			}
			l.Text = p.inside(i, a.Rect)
			p.Links = append(p.Links, l)
		}
	}
	for _, o := range q.Outlines {
		o.collect(&p.Marks)
	}
	return p
}

type outline struct {
	Title string    `json:"title"`
	Kids  []outline `json:"kids"`
}

func (o outline) collect(to *[]string) {
	*to = append(*to, o.Title)
	for _, k := range o.Kids {
		k.collect(to)
	}
}

type annotation struct {
	Rect [4]float64        `json:"/Rect"`
	Dest []json.RawMessage `json:"/Dest"`
}

func annots(t testing.TB, raw json.RawMessage, object func(string) json.RawMessage) []annotation {
	t.Helper()
	if len(raw) == 0 {
		return nil
	}
	var ref string
	if json.Unmarshal(raw, &ref) == nil {
		raw = object(ref)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	var all []annotation
	for _, one := range list {
		if json.Unmarshal(one, &ref) == nil {
			one = object(ref)
		}
		var a annotation
		if err := json.Unmarshal(one, &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

// inside gives the words in a rectangle of a page.
func (p Paper) inside(page int, r [4]float64) string {
	var s []string
	for _, w := range p.Words[page] {
		x, y := (w.XMin+w.XMax)/2, PageHeight-(w.YMin+w.YMax)/2
		if x > r[0]-1 && x < r[2]+1 && y > r[1]-1 && y < r[3]+1 {
			s = append(s, w.Text)
		}
	}
	return strings.Join(s, " ")
}

// At gives the words of a page beside a height, left to right.
func (p Paper) At(page int, y float64) []string {
	var s []string
	for _, w := range p.Words[page] {
		top := PageHeight - w.YMin
		if top <= y+2 && top > y-26 {
			s = append(s, w.Text)
		}
	}
	return s
}

// Beside is the word at the left of the line that a link stands in: the number
// of its row in a table.
func (p Paper) Beside(l Link) string {
	for _, w := range p.Words[l.Page] {
		if top := PageHeight - w.YMin; w.XMin < 75 && top > l.Rect[3]-5 && top < l.Rect[3]+5 {
			return w.Text
		}
	}
	return ""
}

// Under is the label, which begins with prefix, in the last heading of an
// exhibit before a page, or on it.
func (p Paper) Under(page int, prefix string) string {
	for ; page >= 0; page-- {
		for _, w := range p.Words[page] {
			if label, ok := strings.CutSuffix(w.Text, ","); ok && strings.HasPrefix(label, prefix) && w.YMax-w.YMin > 14 {
				return label
			}
		}
	}
	return ""
}
