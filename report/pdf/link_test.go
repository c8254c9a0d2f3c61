package pdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

var bookmarkText = regexp.MustCompile(`^.+ \(p\. ([0-9]+)\)$`)

func TestBookmarksNameTheirPage(t *testing.T) {
	file := write(t, Options{Title: "Bookmarks"}, report)
	type outline struct {
		Title string
		Page  int `json:"destpageposfrom1"`
		Dest  []any
		Kids  []outline
		Open  bool
	}
	var parsed struct{ Outlines []outline }
	if err := json.Unmarshal([]byte(tool(t, "qpdf", "--json", "--json-key=outlines", file)), &parsed); err != nil {
		t.Fatal(err)
	}
	pages := pdftotext(t, file)
	var titles []string
	var walk func(list []outline, depth int)
	walk = func(list []outline, depth int) {
		for _, o := range list {
			found := bookmarkText.FindStringSubmatch(o.Title)
			if found == nil || found[1] != strconv.Itoa(o.Page) {
				t.Errorf("bookmark %q leads to page %d", o.Title, o.Page)
				continue
			}
			section := regexp.MustCompile(`Section [0-9]+|Contents`).FindString(o.Title)
			if !strings.Contains(pages[o.Page-1], section) {
				t.Errorf("bookmark %q: page %d does not have it", o.Title, o.Page)
			}
			if zoom := o.Dest[len(o.Dest)-1]; zoom != nil {
				t.Errorf("bookmark %q changes the zoom to %v", o.Title, zoom)
			}
			titles = append(titles, fmt.Sprint(depth, section))
			walk(o.Kids, depth+1)
		}
	}
	walk(parsed.Outlines, 1)
	want := []string{"1Contents"}
	for n := range 30 {
		want = append(want, fmt.Sprint(1+n%3, "Section ", n))
	}
	if fmt.Sprint(titles) != fmt.Sprint(want) {
		t.Errorf("bookmarks %v\nwant %v", titles, want)
	}
}

// Every link and every printed page number leads to the page of its section.
func TestLinksAndPageNumbersLeadToTheirPage(t *testing.T) {
	file := write(t, Options{Title: "Links"}, report)
	d := open(t, file)
	section := map[string]int{}
	for i := range d.pages {
		for _, found := range regexp.MustCompile(`(Section [0-9]+) 🇬🇧`).FindAllStringSubmatch(strings.Join(d.lines(i), ""), -1) {
			section[found[1]] = i + 1
		}
	}
	if len(section) != 30 {
		t.Fatalf("%d sections", len(section))
	}
	row := regexp.MustCompile(`(?m)^ *(Section [0-9]+) +([0-9]+)$`)
	found := row.FindAllStringSubmatch(pdftotext(t, file, "-layout", "-l", "2")[0]+pdftotext(t, file, "-layout", "-l", "2")[1], -1)
	if len(found) != 30 {
		t.Errorf("%d rows of contents", len(found))
	}
	for _, f := range found {
		if strconv.Itoa(section[f[1]]) != f[2] {
			t.Errorf("contents say page %s of %s, which is on %d", f[2], f[1], section[f[1]])
		}
	}
	var pages []int
	for i := range d.pages {
		for _, l := range annotationsOf(d, i) {
			pages = append(pages, d.number(l.Dest[0].(string)))
		}
	}
	// The contents: each row's title and number. Each section: back, back, on.
	if want := 30*2 + 30*3; len(pages) != want {
		t.Fatalf("%d links, want %d", len(pages), want)
	}
	for n := range 30 {
		name := fmt.Sprintf("Section %d", n)
		if pages[2*n] != section[name] || pages[2*n+1] != section[name] {
			t.Errorf("contents: %s leads to pages %d and %d, not %d", name, pages[2*n], pages[2*n+1], section[name])
		}
		onward := fmt.Sprintf("Section %d", (n*7+3)%30)
		if got := pages[60+3*n : 63+3*n]; got[0] != 1 || got[1] != 1 || got[2] != section[onward] {
			t.Errorf("%s: links lead to %v, want 1, 1, %d", name, got, section[onward])
		}
	}
}

type annotation struct {
	Dest []any     `json:"/Dest"`
	Rect []float64 `json:"/Rect"`
}

func annotationsOf(d *document, i int) (list []annotation) {
	var links []string
	if p := d.page(i); p.Annots != "" {
		d.get(p.Annots, &links)
	}
	for _, link := range links {
		var a annotation
		d.get(link, &a)
		list = append(list, a)
	}
	return list
}

// A link lies over the words that it belongs to.
func TestLinksLieOnTheirWords(t *testing.T) {
	file := write(t, Options{}, func(d *Doc) {
		d.Paragraph(Body, Run{Text: "Something before "}, Run{Text: "linked two words", Link: "there"}, Run{Text: " and after."})
		d.Anchor("there")
		d.Paragraph(Body, plain("There.")...)
	})
	rect := annotationsOf(open(t, file), 0)[0].Rect
	for _, b := range boxes(t, file) {
		bottom, top := A4().Height-b.yMax, A4().Height-b.yMin
		inside := b.xMin > rect[0]-1 && b.xMax < rect[2]+1 && bottom < rect[3] && top > rect[1]
		if inside != strings.Contains("linked two words", b.text) {
			t.Errorf("%q at %v, the link at %v", b.text, b, rect)
		}
	}
}

// Anchors are found by name too, whatever they are called.
func TestNamedDestinations(t *testing.T) {
	names := []string{"z", "a b", "é", "\U0001F600", "\uFFEE", "(", "", "שלום"}
	for n := range 250 {
		names = append(names, fmt.Sprintf("row-%d", n))
	}
	pages := map[string]int{}
	file := write(t, Options{}, func(d *Doc) {
		for _, name := range names {
			d.Anchor(name)
			d.Paragraph(Body, plain("text")...)
			pages[name] = d.Page()
		}
	})
	delete(pages, "")
	d := open(t, file)
	var catalog struct {
		Names struct {
			Dests string `json:"/Dests"`
		} `json:"/Names"`
	}
	d.get(d.root(), &catalog)
	var tree struct {
		Kids []string `json:"/Kids"`
	}
	d.get(catalog.Names.Dests, &tree)
	var before []uint16
	for _, kid := range tree.Kids {
		var leaf struct {
			Limits []string `json:"/Limits"`
			Names  []any    `json:"/Names"`
		}
		d.get(kid, &leaf)
		for i := 0; i < len(leaf.Names); i += 2 {
			name := strings.TrimPrefix(leaf.Names[i].(string), "u:")
			at := d.number(leaf.Names[i+1].([]any)[0].(string))
			if pages[name] != at {
				t.Errorf("%q is on page %d, not %d", name, at, pages[name])
			}
			delete(pages, name)
			if now := utf16.Encode([]rune(name)); slices.Compare(before, now) > 0 {
				t.Errorf("%q is out of order", name)
			} else {
				before = now
			}
		}
		if first, last := leaf.Names[0], leaf.Names[len(leaf.Names)-2]; leaf.Limits[0] != first || leaf.Limits[1] != last {
			t.Errorf("limits %q of names from %q to %q", leaf.Limits, first, last)
		}
	}
	if len(pages) > 0 {
		t.Errorf("not found: %v", pages)
	}
}

func TestAnchors(t *testing.T) {
	for name, print := range map[string]func(*Doc){
		"linked to, but not": func(d *Doc) { d.Paragraph(Body, Run{Text: "to nowhere", Link: "lost"}) },
		"page 1: anchor":     func(d *Doc) { d.Paragraph(Body, PageOf("lost")) },
		"set twice":          func(d *Doc) { d.Heading(1, "a", "lost"); d.Heading(1, "b", "lost") },
	} {
		d, err := New(&bytes.Buffer{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		print(d)
		_, err = d.Close()
		var anchor *AnchorError
		if !errors.As(err, &anchor) || anchor.Anchor != "lost" || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
