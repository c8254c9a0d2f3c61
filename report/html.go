package report

import (
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"
	"strings"

	"daybook/assets/profiles"
	"daybook/report/pdf"
)

// site is the HTML timeline while it is written: pages that open from disk
// without a script and load nothing.
type site struct {
	b        *Bundle
	to       *bag
	pages    *template.Template
	style    pageParts // of a page without a script
	finding  pageParts // of a search page
	exhibits []Page    // exhibit pages; First and Last are places in Exhibits
	searches []Page
	here     string // the page being written
	out      io.Writer
}

// The words that the templates need.
type siteWords struct {
	Pages, Skip, ShowImage, OpenFile, More, SeeSheet, ItsRows, ChartTable, Rows, FirstRow,
	ShowFrames, NoScript, Filters, Words, WordsHelp, From, To, Clock, ClockLocal, ClockUTC, Clear, Bottom string
}

var words = siteWords{
	Pages: wordPages, Skip: wordSkip, ShowImage: wordShowImage, OpenFile: wordOpenFile, More: wordMore, SeeSheet: wordSheet, ItsRows: wordItsRows,
	ChartTable: wordChartTable, Rows: wordRows, FirstRow: wordFirstRow,
	ShowFrames: wordShowFrames, NoScript: sayNoScript, Filters: wordFilters, Words: wordWords, WordsHelp: sayWordsHelp, From: wordFromDay, To: wordToDay,
	Clock: wordClock, ClockLocal: wordClockLocal, ClockUTC: wordClockUTC,
	Clear: wordClear, Bottom: wordBottom,
}

// searchWords are what the script of a search page says. %s stands for a value.
type searchWords struct {
	Count      string `json:"count"`
	Reading    string `json:"reading"`
	None       string `json:"none"`
	NoDay      string `json:"noDay"`
	Part       string `json:"part"`
	Earlier    string `json:"earlier"`
	Later      string `json:"later"`
	More       string `json:"more"`
	ShowImage  string `json:"showImage"`
	Sheet      string `json:"sheet"`
	Written    string `json:"written"`
	Chosen     string `json:"chosen"`
	ChosenIn   string `json:"chosenIn"`
	ChosenDays string `json:"chosenDays"`
	ChosenFrom string `json:"chosenFrom"`
	ChosenTo   string `json:"chosenTo"`
	Found      string `json:"found"`
	UTC        string `json:"utc"`
	Local      string `json:"local"`
}

var wordsOfSearch = searchWords{
	Count: sayFoundCount, Reading: sayFoundReading, None: sayFoundNone, NoDay: sayFoundNoDay, Part: sayFoundPart,
	Earlier: wordPrevious, Later: wordNext, More: wordMore, ShowImage: wordShowImage, Sheet: wordSheet, Written: wordWritten,
	Chosen: sayFoundChosen, ChosenIn: sayFoundIn, ChosenDays: sayFoundDays, ChosenFrom: sayFoundFrom, ChosenTo: sayFoundTo, Found: sayFoundOf, UTC: sayUTC, Local: sayLocal,
}

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
	s := &site{b: b, to: to, pages: t, style: partsOf(timelineStyle, ""), finding: partsOf(timelineStyle, searchScript), exhibits: b.exhibitPages(), searches: b.searchPages()}
	var rows, found []part
	for _, p := range b.Pages {
		if p.File != homePage {
			rows = append(rows, s.part(p, (*site).rows))
		}
	}
	for _, p := range s.searches {
		found = append(found, s.part(p, (*site).search))
	}
	home := s.part(Page{File: homePage, Title: b.Title}, func(s *site, _ Page) error { return s.home() })
	found = append(found, home)
	for _, p := range s.exhibits {
		found = append(found, s.part(p, (*site).exhibitPage))
	}
	return to.beside(rows, found)
}

// part is a page as a part of the bag: pages may be written beside each other, so that
// each has what it needs for itself.
func (s *site) part(p Page, body func(*site, Page) error) part {
	return part{p.File, func(to *bag) error {
		own := *s
		own.to = to
		return own.page(p.File, p.Title, func() error { return body(&own, p) })
	}}
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
		parts := s.style
		if slices.ContainsFunc(s.searches, func(p Page) bool { return p.File == file }) {
			parts = s.finding
		}
		err := s.put("top", struct {
			pageParts
			Lang, Title, Case, Pack string
			Nav                     []navLink
			Word                    siteWords
		}{parts, s.b.Profile.Lang, title, s.b.Title, s.b.says(), s.nav(), words})
		if err != nil {
			return err
		}
		if err := body(); err != nil {
			return err
		}
		return s.put("bottom", parts)
	})
}

func (s *site) put(name string, data any) error { return s.pages.ExecuteTemplate(s.out, name, data) }

type navLink struct {
	Href, Text string
	Here       bool
}

// nav leads to the first page, to the search, to the neighbours of this page, to
// the exhibits and the document. All pages are listed on the first.
func (s *site) nav() []navLink {
	all := []navLink{s.navTo("", homePage, titleCover)}
	if len(s.searches) > 0 && !slices.ContainsFunc(s.searches, func(p Page) bool { return p.File == s.here }) {
		all = append(all, s.navTo("", s.searches[0].File, titleSearch))
	}
	for _, pages := range [][]Page{s.searches, s.b.Pages, s.exhibits} {
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
	return append(all, s.navTo("", documentFile, titleDocument))
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
	if c := s.chart(); c != nil {
		if err := s.section(Section{Title: titleOverview, Anchor: "overview"}, func() error { return s.put("chart", c) }); err != nil {
			return err
		}
	}
	if err := s.chronology(); err != nil {
		return err
	}
	for _, sec := range s.b.Sections {
		switch sec.Part {
		case profiles.PartChronology, profiles.PartIndex, profiles.PartDiary, profiles.PartExhibitList, profiles.PartExhibits:
			continue // the rows, the pages' own links and the exhibit pages are these
		case profiles.PartStatement, profiles.PartContinuity, profiles.PartSchedule:
			continue // papers, to be printed: the document has them
		}
		if err := s.section(sec, func() error { return s.blocks(sec.Blocks) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) section(sec Section, body func() error) error {
	if err := s.put("open", sec); err != nil {
		return err
	}
	if err := body(); err != nil {
		return err
	}
	return s.put("close", nil)
}

// chronology is the rows, or links to the pages that have them.
func (s *site) chronology() error {
	return s.section(Section{Title: titleChronology, Anchor: "chronology"}, func() error {
		switch {
		case len(s.b.Pages) == 0:
			return s.block(para(sayNoRows))
		case s.b.Pages[0].File == homePage:
			return s.rows(s.b.Pages[0])
		}
		var list []Line
		for _, p := range s.b.Pages {
			list = append(list, line("", []Run{link(p.Title, rowAnchor(p.First))}, say(Span{p.First, p.Last}.String()), number(p.Last-p.First+1)))
		}
		t := table("", Col{wordPages, 3}, Col{"No.", 2}, Col{wordRows, 1}).counting(wordRows)
		t.Rows = lines(list)
		return s.block(t)
	})
}

// rows writes the rows of a page under headings of their months.
func (s *site) rows(p Page) error {
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
		if err := s.put("row", s.view(r)); err != nil {
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
		switch {
		case err != nil:
		case isRecording(e.Type):
			err = s.blocks(s.b.content(e))
		case e.NoPicture != "":
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
		v.Sheet, v.Rows = s.sheetLink(itemAnchor(e.Item)), s.rowsHref(e)
		if e.Show == ShowText {
			part := Excerpt{Item: e.Item, Lines: s.b.Profile.TextLines}
			x, err := s.b.begin(s.to.ctx, e, part)
			if err != nil {
				return err
			}
			v.Text, v.Said = x.text, x.said(e, part)
		}
		if e.Show == ShowPicture {
			v.Picture = s.picture(e)
			v.Text, v.Said = e.Read, e.machineSaid()
		}
		v.Frames, v.Level = s.frames(e), e.levelView()
		if err := s.put("exhibit", v); err != nil {
			return err
		}
	}
	return nil
}
