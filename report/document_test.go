//go:build linux || darwin

package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// paperRead is a PDF as two other programs read it: qpdf its links, poppler its
// words and where they stand.
type paperRead struct {
	links []pdfLink
	words [][]pdfWord // by page
	marks []string    // titles of the bookmarks
}

type pdfLink struct {
	page   int // from 0
	rect   [4]float64
	text   string
	target int
	y      float64 // on the target, from the foot
}

type pdfWord struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

const pageHeight = 841.89

func readPaper(t *testing.T, file string) paperRead {
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
			Words []pdfWord `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(run("pdftotext", "-bbox", file, "-"), &boxes); err != nil {
		t.Fatal(err)
	}
	var p paperRead
	for _, page := range boxes.Pages {
		p.words = append(p.words, page.Words)
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
			l := pdfLink{page: i, rect: a.Rect, target: -1}
			var to string
			if len(a.Dest) >= 4 && json.Unmarshal(a.Dest[0], &to) == nil {
				if n, ok := number[to]; ok {
					l.target = n
				}
				if err := json.Unmarshal(a.Dest[3], &l.y); err != nil {
					t.Fatal(err)
				}
			}
			l.text = p.inside(i, a.Rect)
			p.links = append(p.links, l)
		}
	}
	for _, o := range q.Outlines {
		o.collect(&p.marks)
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

func annots(t *testing.T, raw json.RawMessage, object func(string) json.RawMessage) []annotation {
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
func (p paperRead) inside(page int, r [4]float64) string {
	var s []string
	for _, w := range p.words[page] {
		x, y := (w.XMin+w.XMax)/2, pageHeight-(w.YMin+w.YMax)/2
		if x > r[0]-1 && x < r[2]+1 && y > r[1]-1 && y < r[3]+1 {
			s = append(s, w.Text)
		}
	}
	return strings.Join(s, " ")
}

// at gives the words of a page beside a height, left to right.
func (p paperRead) at(page int, y float64) []string {
	var s []string
	for _, w := range p.words[page] {
		top := pageHeight - w.YMin
		if top <= y+2 && top > y-26 {
			s = append(s, w.Text)
		}
	}
	return s
}

// Every row leads to its exhibit, and every exhibit back to each of its rows;
// every link in the document arrives at what it says.
func TestRowsLeadToExhibitsAndBack(t *testing.T) {
	s := newSample(t, Full)
	for i := range 120 {
		s.row(Row{Kind: "message", From: "Alex", Text: fmt.Sprintf("again %d", i), Item: 1 + int64(i%2), Record: fmt.Sprintf("line %d", i+3)}, 15, i%60)
	}
	s.again()
	p := readPaper(t, filepath.Join(s.write(t), "data", "bundle.pdf"))
	there, back := map[string]bool{}, map[string]bool{}
	for _, l := range p.links {
		if l.target < 0 {
			t.Errorf("page %d: the link %q leads nowhere", l.page+1, l.text)
			continue
		}
		words := p.at(l.target, l.y)
		switch label := strings.Trim(l.text, ",."); {
		case regexp.MustCompile(`^ABC/\d+$`).MatchString(label):
			if !slices.Contains(words, label+",") {
				t.Errorf("page %d: the link %q arrives at %q", l.page+1, l.text, words)
			}
			there[rowBeside(p, l)+" "+label] = true
		case regexp.MustCompile(`^\d+$`).MatchString(label):
			if n, _ := strconv.Atoi(label); l.target+1 == n && !slices.Contains(words, label) {
				continue // the number of a page
			}
			if !slices.Contains(words, label) {
				t.Errorf("page %d: the link to row %s arrives at %q", l.page+1, label, words)
			}
			back[exhibitOf(p, l.page)+" "+label] = true
		}
	}
	for _, r := range s.rows {
		if r.Item == 0 || r.LeftOut != "" {
			continue
		}
		if n := strconv.Itoa(r.Number); !there[n+" "+r.Label] || !back[r.Label+" "+n] {
			t.Errorf("row %s and %s: there %v, back %v", n, r.Label, there[n+" "+r.Label], back[r.Label+" "+n])
		}
	}
	for _, m := range p.marks {
		if !regexp.MustCompile(`^.+ \(p\. \d+\)$`).MatchString(m) {
			t.Errorf("bookmark %q does not end with its page", m)
		}
	}
	if len(p.marks) < 12 {
		t.Errorf("only %d bookmarks", len(p.marks))
	}
	for i, words := range p.words {
		if last := words[len(words)-1].Text; last != strconv.Itoa(i+1) {
			t.Errorf("page %d says that it is %q", i+1, last)
		}
	}
}

// rowBeside is the number at the left of the line that a link stands in.
func rowBeside(p paperRead, l pdfLink) string {
	for _, w := range p.words[l.page] {
		if top := pageHeight - w.YMin; w.XMin < 75 && top > l.rect[3]-5 && top < l.rect[3]+5 {
			return w.Text
		}
	}
	return ""
}

// exhibitOf is the label in the last heading of an exhibit before a page, or
// on it.
func exhibitOf(p paperRead, page int) string {
	for ; page >= 0; page-- {
		for _, w := range p.words[page] {
			if label, ok := strings.CutSuffix(w.Text, ","); ok && strings.HasPrefix(label, "ABC/") && w.YMax-w.YMin > 14 {
				return label
			}
		}
	}
	return ""
}
