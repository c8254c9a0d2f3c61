package report

import (
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"
	"strings"

	"daybook/report/pdf"
)

// site is the HTML timeline while it is written: pages that open from disk
// without a script and load nothing.
type site struct {
	b        *Bundle
	to       *bag
	pages    *template.Template
	parts    pageParts
	exhibits []Page // exhibit pages; First and Last are places in Exhibits
	here     string // the page being written
	out      io.Writer
}

// The words that the templates need.
type siteWords struct{ Search, AllKinds, Shown, Pages, Skip, ShowImage, OpenFile, More string }

var words = siteWords{wordSearch, wordAllKinds, wordShown, wordPages, wordSkip, wordShowImage, wordOpenFile, wordMore}

const (
	homePage     = "data/timeline.html"
	timelineDir  = "data/timeline/"
	exhibitPages = 500 // exhibits on one page
)

func (b *Bundle) writeTimeline(to *bag) error {
	t, err := template.New("timeline").Funcs(template.FuncMap{"visible": pdf.Visible}).Parse(timelinePage)
	if err != nil {
		return err
	}
	s := &site{b: b, to: to, pages: t, parts: partsOf(timelineStyle, timelineScript), exhibits: b.exhibitPages()}
	if err := s.page(homePage, b.Title, s.home); err != nil {
		return err
	}
	for _, p := range b.Pages {
		if p.File == homePage {
			continue
		}
		if err := s.page(p.File, p.Title, func() error { return s.rows(p) }); err != nil {
			return err
		}
	}
	for _, p := range s.exhibits {
		if err := s.page(p.File, p.Title, func() error { return s.exhibitPage(p) }); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bundle) exhibitPages() []Page {
	var all []Page
	for first := 0; first < len(b.Exhibits); first += exhibitPages {
		last := min(first+exhibitPages, len(b.Exhibits)) - 1
		title := titleExhibits
		if len(b.Exhibits) > exhibitPages {
			title = fmt.Sprintf("%s %s – %s", titleExhibits, b.Exhibits[first].Label, b.Exhibits[last].Label)
		}
		all = append(all, Page{fmt.Sprintf("%sexhibits-%d.html", timelineDir, len(all)+1), title, first, last})
	}
	return all
}

// page writes one page around body.
func (s *site) page(file, title string, body func() error) error {
	return s.to.create(file, func(w io.Writer) error {
		s.here, s.out = file, w
		err := s.put("top", struct {
			pageParts
			Lang, Title, Pack string
			Nav               []navLink
			Word              siteWords
		}{s.parts, s.b.Profile.Lang, title, s.b.says(), s.nav(), words})
		if err != nil {
			return err
		}
		if err := body(); err != nil {
			return err
		}
		return s.put("bottom", s.parts)
	})
}

func (s *site) put(name string, data any) error { return s.pages.ExecuteTemplate(s.out, name, data) }

type navLink struct {
	Href, Text string
	Here       bool
}

// nav leads to the first page, to the neighbours of this page, and to the
// exhibits. All pages are listed on the first.
func (s *site) nav() []navLink {
	all := []navLink{s.navTo("", homePage, titleCover)}
	for _, pages := range [][]Page{s.b.Pages, s.exhibits} {
		i := slices.IndexFunc(pages, func(p Page) bool { return p.File == s.here && p.File != homePage })
		if i > 0 {
			all = append(all, s.navTo(wordPrevious+": ", pages[i-1].File, pages[i-1].Title))
		}
		if i >= 0 {
			all = append(all, s.navTo("", pages[i].File, pages[i].Title))
		}
		if i >= 0 && i+1 < len(pages) {
			all = append(all, s.navTo(wordNext+": ", pages[i+1].File, pages[i+1].Title))
		}
	}
	if len(s.exhibits) > 0 && !slices.ContainsFunc(s.exhibits, func(p Page) bool { return p.File == s.here }) {
		all = append(all, s.navTo("", s.exhibits[0].File, titleExhibits))
	}
	return all
}

func (s *site) navTo(word, file, title string) navLink {
	return navLink{s.href(file, ""), word + title, s.here == file}
}

// href leads from the page being written, which is in data/ or data/timeline/,
// to an anchor in another file.
func (s *site) href(file, anchor string) string {
	if anchor != "" {
		anchor = "#" + anchor
	}
	if file == s.here {
		return anchor
	}
	if rest, ok := strings.CutPrefix(file, path.Dir(s.here)+"/"); ok {
		return rest + anchor
	}
	return "../" + strings.TrimPrefix(file, "data/") + anchor
}

// find gives the address of an anchor of the plan.
func (s *site) find(anchor string) string {
	var n int
	if _, err := fmt.Sscanf(anchor, "row-%d", &n); err == nil {
		return s.rowHref(n)
	}
	if _, err := fmt.Sscanf(anchor, "diary-%d", &n); err == nil {
		return s.rowHref(n)
	}
	if _, err := fmt.Sscanf(anchor, "exhibit-%d", &n); err == nil {
		return s.exhibitHref(int64(n))
	}
	return s.href(homePage, anchor)
}

func (s *site) rowHref(n int) string {
	i, _ := slices.BinarySearchFunc(s.b.Pages, n, func(p Page, n int) int { return p.Last - n })
	if i == len(s.b.Pages) {
		return ""
	}
	return s.href(s.b.Pages[i].File, rowAnchor(n))
}

func (s *site) exhibitHref(item int64) string {
	i, ok := s.b.byItem[item]
	if !ok {
		return ""
	}
	return s.href(s.exhibits[i/exhibitPages].File, itemAnchor(item))
}

// home is the first page: the rows when they fit on it, or links to the pages
// that have them, and the plan's other sections.
func (s *site) home() error {
	if err := s.blocks([]Block{para(sayHTMLIntro)}); err != nil {
		return err
	}
	if err := s.chronology(); err != nil {
		return err
	}
	for _, sec := range s.b.Sections {
		switch sec.Anchor {
		case "chronology", "index", "diary", "exhibits":
			continue // the rows, the pages' own links and the exhibit pages are these
		}
		if err := s.section(sec); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) section(sec Section) error {
	if err := s.put("open", sec); err != nil {
		return err
	}
	if err := s.blocks(sec.Blocks); err != nil {
		return err
	}
	return s.put("close", nil)
}

// chronology is the rows, or links to the pages that have them.
func (s *site) chronology() error {
	sec := Section{Title: titleChronology, Anchor: "chronology"}
	if len(s.b.Pages) == 1 && s.b.Pages[0].File == homePage {
		if err := s.put("open", sec); err != nil {
			return err
		}
		if err := s.rows(s.b.Pages[0]); err != nil {
			return err
		}
		return s.put("close", nil)
	}
	var list []Line
	for _, p := range s.b.Pages {
		list = append(list, line("", []Run{link(p.Title, rowAnchor(p.First))}, say(Span{p.First, p.Last}.String()), number(p.Last-p.First+1)))
	}
	if len(list) == 0 {
		return s.section(Section{Title: sec.Title, Anchor: sec.Anchor, Blocks: []Block{para(sayNoRows)}})
	}
	t := table("", Col{wordPages, 3}, Col{"No.", 2}, Col{wordRows, 1})
	t.Rows = lines(list)
	return s.section(Section{Title: sec.Title, Anchor: sec.Anchor, Blocks: []Block{t}})
}

// rows writes the rows of a page under headings of their months.
func (s *site) rows(p Page) error {
	if err := s.put("bar", words); err != nil {
		return err
	}
	if len(s.b.Pages) > 1 {
		if err := s.put("note", sayHTMLSearch); err != nil {
			return err
		}
	}
	if s.b.Usual != "" {
		if err := s.block(s.b.usualZone()); err != nil {
			return err
		}
	}
	under := ""
	for r, err := range s.b.Walk(s.to.ctx, p.First, p.Last) {
		if err != nil {
			return err
		}
		if r.Month != under && r.LeftOut == "" {
			under = r.Month
			if err := s.put("heading", monthTitle(under)); err != nil {
				return err
			}
		}
		v, err := s.view(r)
		if err != nil {
			return err
		}
		if err := s.put("row", v); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) exhibitPage(p Page) error {
	for _, e := range s.b.Exhibits[p.First : p.Last+1] {
		if err := s.to.ctx.Err(); err != nil {
			return err
		}
		var body strings.Builder
		page := s.out
		s.out = &body
		err := s.blocks(s.b.coverSheet(e, spansOnPage))
		if err == nil && e.NoPicture != "" {
			err = s.blocks([]Block{para(e.NoPicture)})
		}
		s.out = page
		if err != nil {
			return err
		}
		v := exhibitView{Item: e.Item, Label: e.Label, Title: e.Title, Body: template.HTML(body.String()), Word: words}
		if e.File != "" {
			v.File = s.href(e.File, "")
		}
		if e.Show == ShowPicture {
			v.Picture = s.picture(e)
		}
		if err := s.put("exhibit", v); err != nil {
			return err
		}
	}
	return nil
}
