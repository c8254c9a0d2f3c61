package report

import (
	"encoding/json"
	"fmt"
	"strconv"

	"daybook/report/pdf"
)

// The search pages hold the rows as data, and a script that finds and shows some
// of them at a time. What they hold stands on the plain pages too, which need no
// script; a row leads there.

// How many rows a search page has, which a browser then holds in memory, and one
// piece of its data, between two of which it answers.
const (
	searchPage  = 250_000
	searchPiece = 2_000
)

func (b *Bundle) searchPages() []Page {
	var all []Page
	for first := b.first(); first <= b.last(); first += searchPage {
		p := Page{timelineDir + "search.html", titleSearch, first, min(first+searchPage-1, b.last())}
		if b.Rows > searchPage {
			p.File = fmt.Sprintf("%ssearch-%d.html", timelineDir, len(all)+1)
			p.Title = fmt.Sprintf(saySearchPart, titleSearch, Span{p.First, p.Last})
		}
		all = append(all, p)
	}
	return all
}

// foundRow is a row as a search page holds it. Numbers of names and heads are
// places in the lists of the pieces so far.
type foundRow struct {
	Number   int         `json:"n"`
	LeftOut  string      `json:"o,omitempty"`
	Theirs   bool        `json:"b,omitempty"` // it counts in the chart
	Local    string      `json:"t,omitempty"`
	Day      string      `json:"d,omitempty"`
	UTC      string      `json:"u,omitempty"`
	Zone     int         `json:"z"`
	Kind     int         `json:"k"`
	Head     int         `json:"h"`
	Text     string      `json:"x,omitempty"`
	Facts    []foundFact `json:"f,omitempty"`
	More     []foundFact `json:"m,omitempty"`
	Flags    []int       `json:"g,omitempty"`
	Marks    []int       `json:"c,omitempty"`
	People   []int       `json:"w,omitempty"`
	Pictures []int       `json:"i,omitempty"` // places among the exhibits
	Exhibit  int         `json:"e"`           // place among the exhibits; -1: the person wrote it down
	Record   string      `json:"r,omitempty"`
	Sheet    int         `json:"p,omitempty"` // page of the document
	Volume   int         `json:"v,omitempty"` // of the document, counted from 0
	Label    string      `json:"q,omitempty"` // what is printed on that page, where it is not its number
}

type foundFact struct {
	Name  int        `json:"n"`
	Value []foundRun `json:"v"`
}

type foundRun struct {
	Text string `json:"t"`
	Bold bool   `json:"b,omitempty"`
	Ours bool   `json:"o,omitempty"` // our own words
	Href string `json:"a,omitempty"`
}

type foundExhibit struct {
	Label   string `json:"label"`
	Title   string `json:"title"`
	Href    string `json:"href"`
	Picture string `json:"picture,omitempty"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
}

// foundSite is what a search page knows beside its rows.
type foundSite struct {
	Rows     int            `json:"rows"`
	Document []string       `json:"document"` // its volumes
	Pages    []foundPage    `json:"pages"`
	Exhibits []foundExhibit `json:"exhibits"`
	Words    searchWords    `json:"words"`
}

// foundPage is a plain page and its last row.
type foundPage struct {
	Href string `json:"href"`
	Last int    `json:"last"`
}

// piece is a stretch of the rows, with the names and heads that are new in it.
type piece struct {
	Names []string     `json:"names"`
	Heads [][]foundRun `json:"heads"`
	Rows  []foundRow   `json:"rows"`
}

// finder makes the rows of a search page. What repeats is written once.
type finder struct {
	s      *site
	people []string // by number; nil where the pack does not say who is who
	names  map[string]int
	heads  map[string]int
	piece  piece
}

func (s *site) search(p Page) error {
	type facet struct{ ID, Title string }
	if err := s.put("search", struct {
		Word   siteWords
		Chart  *chartView
		Facets []facet
	}{words, s.chart(), []facet{{"people", wordPeople}, {"kinds", wordKinds}, {"sources", wordSources}, {"marks", wordMarks}}}); err != nil {
		return err
	}
	if err := s.data("site", s.foundSite(p)); err != nil {
		return err
	}
	f := &finder{s: s, people: s.b.peopleApart(), names: map[string]int{}, heads: map[string]int{}}
	for r, err := range s.b.Walk(s.to.ctx, p.First, p.Last) {
		if err != nil {
			return err
		}
		row, err := f.row(r)
		if err != nil {
			return err
		}
		f.piece.Rows = append(f.piece.Rows, row)
		if len(f.piece.Rows) == searchPiece || r.Number == p.Last {
			if err := s.data("rows", f.piece); err != nil {
				return err
			}
			f.piece = piece{}
		}
	}
	return nil
}

// data writes a value into the page as JSON, which a browser does not run.
// encoding/json writes "<" as a code, so nothing in it ends the element.
func (s *site) data(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "<script type=\"application/json\" data-holds=%q>%s</script>\n", name, text)
	return err
}

func (s *site) foundSite(on Page) foundSite {
	v := foundSite{Rows: on.Last - on.First + 1, Words: wordsOfSearch, Exhibits: []foundExhibit{}}
	for n := range max(1, len(s.b.documents)) {
		v.Document = append(v.Document, s.href(volumeFile(n+1), ""))
	}
	for _, p := range s.b.Pages {
		v.Pages = append(v.Pages, foundPage{s.href(p.File, ""), p.Last})
	}
	for _, e := range s.b.Exhibits {
		x := foundExhibit{Label: e.Label, Title: pdf.Visible(e.Title), Href: s.exhibitHref(e.Item)}
		if e.Show == ShowPicture {
			x.Picture, x.Width, x.Height = s.href(e.Picture, ""), e.Width, e.Height
		}
		v.Exhibits = append(v.Exhibits, x)
	}
	return v
}

func (f *finder) row(r Row) (foundRow, error) {
	v := foundRow{Number: r.Number, Exhibit: -1}
	if r.LeftOut != "" {
		v.LeftOut = fmt.Sprintf(sayRowLeftOut, pdf.Visible(r.LeftOut))
		return v, nil
	}
	v.Theirs, v.Local, v.Day, v.UTC, v.Text, v.Record = r.Theirs, r.Time.Local, r.Time.Day, r.Time.UTC, pdf.Visible(r.Text), pdf.Visible(r.Record)
	v.Zone, v.Kind = f.name(r.Time.brief()), f.name(r.Kind)
	v.Facts, v.More = f.facts(r.asFacts()), f.facts(r.further())
	v.Flags, v.Marks, v.People = f.all(r.toKnow()), f.all(r.marks()), f.all(f.persons(r))
	if i, ok := f.s.b.byItem[r.Item]; ok {
		v.Exhibit = i
	}
	for _, e := range f.s.b.picturesOf(&r) {
		v.Pictures = append(v.Pictures, f.s.b.byItem[e.Item])
	}
	if at := f.s.b.sheet(rowAnchor(r.Number)); at.Page > 0 {
		v.Sheet, v.Volume = at.Page, at.Volume-1
		if at.Label != strconv.Itoa(at.Page) {
			v.Label = at.Label
		}
	}
	var err error
	v.Head, err = f.head(r.head())
	return v, err
}

// name is the place of a name among those of the page.
func (f *finder) name(s string) int {
	s = pdf.Visible(s)
	i, ok := f.names[s]
	if !ok {
		i = len(f.names)
		f.names[s] = i
		f.piece.Names = append(f.piece.Names, s)
	}
	return i
}

func (f *finder) all(names []string) []int {
	var places []int
	for _, n := range names {
		places = append(places, f.name(n))
	}
	return places
}

func (f *finder) head(runs []Run) (int, error) {
	v := f.runs(runs)
	key, err := json.Marshal(v)
	if err != nil {
		return 0, err
	}
	i, ok := f.heads[string(key)]
	if !ok {
		i = len(f.heads)
		f.heads[string(key)] = i
		f.piece.Heads = append(f.piece.Heads, v)
	}
	return i, nil
}

func (f *finder) facts(list []Fact) []foundFact {
	var all []foundFact
	for _, x := range list {
		all = append(all, foundFact{f.name(x.Name), f.runs(x.Value)})
	}
	return all
}

func (f *finder) runs(runs []Run) []foundRun {
	var all []foundRun
	for _, r := range runs {
		if r.PageOf != "" {
			continue
		}
		v := foundRun{Text: pdf.Visible(r.Text), Bold: r.Bold, Ours: !r.Evidence}
		if r.Link != "" {
			v.Href = f.s.find(r.Link)
		}
		all = append(all, v)
	}
	return all
}

// persons are those of a row, by name: where the pack says who is who, as its
// list of people has them, and else as the row has them.
func (f *finder) persons(r Row) []string {
	if f.people == nil {
		return compact(r.Names)
	}
	var all []string
	for _, n := range append([]string{r.FromPerson}, r.ToPersons...) {
		if i, err := strconv.Atoi(n); err == nil && i >= 1 && i <= len(f.people) {
			all = append(all, f.people[i-1])
		}
	}
	return compact(all)
}

// peopleApart are the names of the people, with their numbers where two have
// the same.
func (b *Bundle) peopleApart() []string {
	count := map[string]int{}
	for _, p := range b.people {
		count[p.Name]++
	}
	var all []string
	for i, p := range b.people {
		name := p.Name
		if count[name] > 1 {
			name = fmt.Sprintf(sayPersonOf, name, i+1)
		}
		all = append(all, name)
	}
	return all
}

// compact gives each name once, and none that is empty.
func compact(names []string) []string {
	var kept []string
	seen := map[string]bool{"": true}
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			kept = append(kept, n)
		}
	}
	return kept
}
