package report

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"daybook/report/pdf"
)

// rowView is a row for the template.
type rowView struct {
	Number    int
	Kind      string
	LeftOut   string
	Time      Time
	Zone, UTC string
	Head      template.HTML
	Text      string
	Facts     []factView
	More      []factView
	Flags     []string
	Codes     []string
	Pictures  []*pictureView
	Source    template.HTML
	Sheet     *sheetView
	Word      siteWords
}

// sheetView leads to a page of the document.
type sheetView struct{ Href, Label string }

type factView struct {
	Name  string
	Value template.HTML
}

type pictureView struct {
	Label, Src    string
	Width, Height int
}

type exhibitView struct {
	Item         int64
	Label, Title string
	Body         template.HTML
	Picture      *pictureView
	Frames       []frameView
	Level        *levelView // nil: it is no sound, or nobody listened to it
	Text, Said   string     // its own text, and how much of it that is
	File         string
	Rows         string // the address of its rows on a search page
	Sheet        *sheetView
	Word         siteWords
}

// frameView is a frame of a film.
type frameView struct {
	pictureView
	Said string
}

// frames are those of a film.
func (s *site) frames(e Exhibit) (all []frameView) {
	for _, f := range e.Frames {
		all = append(all, frameView{pictureView{fmt.Sprintf(sayFrameAlt, e.Label, f.At), s.href(f.File, ""), f.Width, f.Height}, fmt.Sprintf(sayFrameOf, e.Label, f.At)})
	}
	return all
}

// levelView is how loud a sound is over its time: a path in a field of so many by
// levelHigh.
type levelView struct {
	Alt, Path string
	Wide      int
	Ticks     []string
}

const levelHigh = 100

// levelView draws it.
func (e Exhibit) levelView() *levelView {
	if e.Show != ShowLevel {
		return nil
	}
	var path strings.Builder
	for i, v := range e.heights() {
		fmt.Fprintf(&path, "M%d %dV%.1f", i, levelHigh, levelHigh*(1-v)-0.5)
	}
	return &levelView{e.levelAlt(), path.String(), len(e.Level), e.Ticks}
}

func (s *site) view(r Row) rowView {
	v := rowView{Number: r.Number, Word: words}
	if r.LeftOut != "" {
		v.LeftOut = fmt.Sprintf(sayRowLeftOut, r.LeftOut)
		return v
	}
	v.Kind, v.Time, v.Text, v.Flags, v.Codes = r.Kind, r.Time, r.Text, r.toKnow(), r.marks()
	v.Sheet = s.sheetLink(rowAnchor(r.Number))
	v.Zone = r.Time.brief()
	if utc := r.Time.shortUTC(); utc != "" {
		v.UTC = fmt.Sprintf(sayUTC, utc)
	}
	v.Head, v.Source = s.runs(r.head()), s.runs(s.sourceRuns(r))
	v.More, v.Facts = s.facts(r.further()), s.facts(r.asFacts())
	v.Pictures = s.pictures(r)
	return v
}

// further are the facts of a row that are shown when they are asked for.
func (r Row) further() []Fact {
	return maybe(r.More[:len(r.More):len(r.More)], wordSourceTime, r.Time.Raw)
}

// toKnow is what a reader of a row must know.
func (r Row) toKnow() []string {
	known := r.known(sayEarlierData)
	if r.Remark == "" {
		return known
	}
	return append(slices.Clip(known), fmt.Sprintf(sayMarkedOut, r.Remark))
}

// sheetLink leads from the page being written to where an anchor stands in the
// document; nil where it does not.
func (s *site) sheetLink(anchor string) *sheetView {
	at := s.b.sheet(anchor)
	if at.Page == 0 {
		return nil
	}
	return &sheetView{s.href(at.File, fmt.Sprintf("page=%d", at.Page)), at.Label}
}

// rowsHref leads to all rows that come from an exhibit, on the search page that
// has the first of them; empty where none does.
func (s *site) rowsHref(e Exhibit) string {
	for _, p := range s.searches {
		if len(e.Rows) > 0 && e.Rows[0].First <= p.Last {
			return s.href(p.File, fmt.Sprintf("sources=%d", s.b.byItem[e.Item]))
		}
	}
	return ""
}

// asFacts are the parts of a row below its text, by name.
func (r Row) asFacts() []Fact {
	facts := append([]Fact(nil), r.Facts...)
	for _, f := range r.Files {
		facts = append(facts, fact("File", f.runs()))
	}
	facts = maybe(facts, "Place", r.Place)
	for _, n := range r.Notes {
		facts = append(facts, fact("Note", quote(n)))
	}
	return append(facts, r.Read...)
}

func (s *site) sourceRuns(r Row) []Run {
	if r.Item == 0 {
		return []Run{{Text: r.Record}}
	}
	return []Run{link(r.Label, itemAnchor(r.Item)), {Text: "\n"}, {Text: r.Record, Evidence: true}}
}

func (s *site) pictures(r Row) []*pictureView {
	var all []*pictureView
	for _, e := range s.b.picturesOf(&r) {
		all = append(all, s.picture(e))
	}
	return all
}

func (s *site) picture(e Exhibit) *pictureView {
	return &pictureView{e.Label, s.href(e.Picture, ""), e.Width, e.Height}
}

// runs lays out runs in a line. There are several to a row, for which a template
// would take as long as for all the rest of the page.
func (s *site) runs(runs []Run) template.HTML {
	var b strings.Builder
	for _, r := range runs {
		if r.PageOf != "" {
			continue // these pages have no numbers
		}
		var ends []string
		within := func(is bool, element, attributes string) {
			if is {
				b.WriteString("<" + element + attributes + ">")
				ends = append(ends, "</"+element+">")
			}
		}
		if r.Link != "" {
			within(true, "a", ` href="`+template.HTMLEscapeString(s.find(r.Link))+`"`)
		}
		within(r.Bold, "b", "")
		within(r.Mono, "code", "")
		within(r.Evidence, "bdi", ` lang="" dir="auto"`)
		b.WriteString(template.HTMLEscapeString(pdf.Visible(r.Text)))
		for _, end := range slices.Backward(ends) {
			b.WriteString(end)
		}
	}
	return template.HTML(b.String())
}

func (s *site) facts(list []Fact) []factView {
	var all []factView
	for _, f := range list {
		all = append(all, factView{f.Name, s.runs(f.Value)})
	}
	return all
}

// blocks lays out the plan's blocks, one case for each kind that these pages
// show.
func (s *site) blocks(blocks []Block) error {
	for _, block := range blocks {
		if err := s.block(block); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) block(block Block) error {
	switch b := block.(type) {
	case Para:
		return s.put("para", s.runs(b.Runs))
	case Bullets:
		return s.put("bullets", s.cells(b.Items))
	case Facts:
		return s.put("facts", s.facts(b.List))
	case QR:
		return s.put("qr", qrView{template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.PNG)), b.Caption})
	case Commands:
		return s.put("commands", b.Text)
	case Table:
		return s.table(b)
	default:
		return nil // pictures, excerpts and the index have their own places here
	}
}

func (s *site) table(t Table) error {
	if err := s.put("table", tableView{t, t.Cols[0].Title, t.widths()}); err != nil {
		return err
	}
	for l, err := range t.Rows(s.to.ctx) {
		if err != nil {
			return err
		}
		cells := lineView{Table: t, Cells: s.cells(l.Cells)}
		if len(l.Cells) == 1 && len(t.Cols) > 1 {
			cells.Across = len(t.Cols)
		}
		if err := s.put("line", cells); err != nil {
			return err
		}
	}
	return s.put("endtable", nil)
}

// qrView has its picture in the page: it is no file of the bundle.
type qrView struct {
	Src     template.URL
	Caption string
}

type tableView struct {
	Table
	Name   string // for who hears the page, where it has no title
	Widths []int
}

// lineView is a line; one cell of it stands across so many columns.
type lineView struct {
	Table
	Cells  []template.HTML
	Across int
}

// Counted tells that a column counts.
func (t Table) Counted(i int) bool { return slices.Contains(t.Counts, i) }

// widths are the columns' parts of the width, in a hundred.
func (t Table) widths() []int {
	total := 0.0
	for _, c := range t.Cols {
		total += c.Share
	}
	var all []int
	for _, c := range t.Cols {
		all = append(all, int(100*c.Share/total))
	}
	return all
}

func (s *site) cells(cells [][]Run) []template.HTML {
	var all []template.HTML
	for _, c := range cells {
		all = append(all, s.runs(c))
	}
	return all
}
