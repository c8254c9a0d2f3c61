package report

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"daybook/assets/profiles"
	"daybook/report/papertest"
	"daybook/report/pdf"
)

// many is a sample with rows in three scripts over six months.
func many(t testing.TB, rows int) *sample {
	s := newSample(t, Full)
	texts := []string{"أعرف أين أنت", "אני יודע איפה את", "I know 😀 <img src=x onerror=alert(1)>", "\u202egnirts desrever", "javascript:alert(1)"}
	for i := range rows {
		s.row(Row{Kind: "message", From: texts[i%5], Text: texts[(i+1)%5], Item: 1 + int64(i%2), Record: fmt.Sprintf("line %d", i+3)}, 15, i%60)
		s.rows[len(s.rows)-1].Month = fmt.Sprintf("2024-%02d", 3+6*i/rows)
	}
	s.again()
	p := pager{limit: s.bundle.Profile.PageRows}
	for _, r := range s.rows {
		p.add(r.Number, max(r.Month, "2024-03"))
	}
	s.bundle.Pages = p.pages(1, len(s.rows))
	return s
}

type element struct {
	tag   string
	attrs map[string]string
}

// elements reads a page as a browser would.
func elements(t *testing.T, page []byte) []element {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	var all []element
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			e := element{n.Data, map[string]string{}}
			for _, a := range n.Attr {
				e.attrs[a.Key] = a.Val
			}
			all = append(all, e)
		}
	}
	return all
}

// Every page opens from disk: it loads nothing but the pictures beside it, runs
// nothing, or on a search page the one script whose hash its policy names, and
// every link arrives, those of the rows that are held as data too.
func TestPagesAreWholeInThemselves(t *testing.T) {
	for _, rows := range []int{0, 100, 1200} {
		s := many(t, rows)
		tree := readTree(t, s.write(t))
		ids, hrefs, pages := map[string]bool{}, map[string]string{}, 0
		for name, data := range tree {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			pages++
			policy := ""
			for _, e := range elements(t, data) {
				ids[name+"#"+e.attrs["id"]] = true
				ids[name+"#"] = true
				if e.tag == "meta" && e.attrs["http-equiv"] == "Content-Security-Policy" {
					policy = e.attrs["content"]
				}
				for key, value := range e.attrs {
					if strings.HasPrefix(key, "on") || key == "style" {
						t.Errorf("%s: <%s %s>", name, e.tag, key)
					}
					if code := "data:image/png;base64," + base64.StdEncoding.EncodeToString(s.bundle.Log.Code); value == code && e.tag == "img" {
						continue // the QR code is in the page
					}
					if key == "href" || key == "src" {
						hrefs[name+" "+value] = e.tag
					}
				}
				switch e.tag {
				case "base", "link", "iframe", "object", "embed", "video", "audio":
					t.Errorf("%s: <%s>", name, e.tag)
				}
			}
			for _, want := range []string{"default-src 'none'", "script-src '", "style-src 'sha256-", "base-uri 'none'"} {
				if !strings.Contains(policy, want) {
					t.Errorf("%s: its policy is %q", name, policy)
				}
			}
			scripts := strings.Count(string(data), "<script>")
			if search := strings.HasPrefix(name, timelineDir+"search"); scripts > 1 || (scripts == 1) != (search || name == "VERIFY.html") {
				t.Errorf("%s: it has %d scripts", name, scripts)
			}
			for _, href := range heldLinks(t, data) {
				hrefs[name+" "+href] = "data"
			}
		}
		for from := range hrefs {
			name, to, _ := strings.Cut(from, " ")
			file, anchor, _ := strings.Cut(to, "#")
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if n, ok := strings.CutPrefix(anchor, "page="); ok && target == documentFile {
				if page, err := strconv.Atoi(n); err != nil || page < 1 {
					t.Errorf("%s: the link %q leads to no page", name, to)
				}
				continue // whether it is the right one: TestRowsLeadIntoTheDocument
			}
			if n, ok := strings.CutPrefix(anchor, "sources="); ok && strings.HasPrefix(target, timelineDir+"search") {
				if i, err := strconv.Atoi(n); err != nil || i < 0 || i >= len(s.bundle.Exhibits) {
					t.Errorf("%s: the link %q leads to no exhibit", name, to)
				}
				anchor = ""
			}
			if _, ok := tree[target]; !ok || anchor != "" && !ids[target+"#"+anchor] {
				t.Errorf("%s: the link %q leads nowhere", name, to)
			}
		}
		if want := map[int]int{0: 4, 100: 4, 1200: 10}[rows]; pages != want {
			t.Errorf("%d rows: %d pages, want %d", rows, pages, want)
		}
	}
}

var heldData = regexp.MustCompile(`(?s)<script type="application/json" data-holds="(\w+)">(.*?)</script>`)

// heldRows are the rows that a search page holds as data.
func heldRows(t *testing.T, page []byte) []foundRow {
	t.Helper()
	var all []foundRow
	for _, m := range heldData.FindAllSubmatch(page, -1) {
		if string(m[1]) == "rows" {
			var p piece
			if err := json.Unmarshal(m[2], &p); err != nil {
				t.Fatal(err)
			}
			all = append(all, p.Rows...)
		}
	}
	return all
}

// heldLinks are the addresses among the data of a search page.
func heldLinks(t *testing.T, page []byte) []string {
	t.Helper()
	var all []string
	for _, m := range heldData.FindAllSubmatch(page, -1) {
		if string(m[1]) != "site" {
			continue
		}
		var s foundSite
		if err := json.Unmarshal(m[2], &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s.Document...)
		for _, p := range s.Pages {
			all = append(all, fmt.Sprintf("%s#row-%d", p.Href, p.Last))
		}
		for _, e := range s.Exhibits {
			all = append(all, e.Href)
			if e.Picture != "" {
				all = append(all, e.Picture)
			}
		}
	}
	for _, r := range heldRows(t, page) {
		for _, f := range r.Facts {
			for _, run := range f.Value {
				if run.Href != "" {
					all = append(all, run.Href)
				}
			}
		}
	}
	return all
}

// Every row stands on a page once and leads to its exhibit; the exhibit leads
// back.
func TestPagesLeadToExhibitsAndBack(t *testing.T) {
	s := many(t, 1200)
	tree := readTree(t, s.write(t))
	rows, back := map[string]int{}, map[string]bool{}
	for name, data := range tree {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		row := ""
		for _, e := range elements(t, data) {
			if e.tag == "article" {
				row = e.attrs["id"]
				rows[row]++
			}
			if href := e.attrs["href"]; e.tag == "a" && strings.Contains(href, "#exhibit-") && row != "" {
				n, err := strconv.Atoi(strings.TrimPrefix(row, "row-"))
				if err != nil {
					t.Fatal(err)
				}
				_, anchor, _ := strings.Cut(href, "#")
				if r := s.rows[n-1]; anchor == itemAnchor(r.Item) {
					back[row] = true
				}
			}
		}
	}
	for _, r := range s.rows {
		id := rowAnchor(r.Number)
		if rows[id] != 1 {
			t.Errorf("%s stands %d times", id, rows[id])
		}
		if r.Item > 0 && r.LeftOut == "" && !back[id] {
			t.Errorf("%s does not lead to its exhibit", id)
		}
	}
	exhibits := string(tree["data/timeline/exhibits-1.html"])
	if !strings.Contains(exhibits, `href="2024-03.html#row-1"`) || !strings.Contains(exhibits, `href="2024-08.html#row-1205"`) {
		t.Error("the exhibits do not lead back to the first and last row")
	}
}

// The page of the document to which a row leads, on the plain page and on the
// search page, has its number; that of an exhibit has its label.
func TestRowsLeadIntoTheDocument(t *testing.T) {
	s := many(t, 95)
	s.bundle.Profile = ProfileOf(must(profiles.Named("EW-family-2026"))(t)) // pages A1, B1 …
	s.again()
	dir := s.write(t)
	tree := readTree(t, dir)
	words := papertest.Read(t, filepath.Join(dir, documentFile)).Words
	stands := func(word string, page int, where string) {
		if page < 1 || page > len(words) || !slices.ContainsFunc(words[page-1], func(w papertest.Word) bool { return w.Text == word }) {
			t.Errorf("%s: %s does not stand on page %d", where, word, page)
		}
	}
	n := 0
	for name, data := range tree {
		if !strings.HasPrefix(name, "data/timeline") || !strings.HasSuffix(name, ".html") {
			continue
		}
		word := ""
		for _, e := range elements(t, data) {
			id := e.attrs["id"]
			if row, ok := strings.CutPrefix(id, "row-"); ok {
				word = row
			} else if item, ok := strings.CutPrefix(id, "exhibit-"); ok {
				word = "ABC/" + item
			}
			if _, page, ok := strings.Cut(e.attrs["href"], "bundle.pdf#page="); ok {
				stands(word, must(strconv.Atoi(page))(t), name)
				n++
			}
		}
		for _, r := range heldRows(t, data) {
			if r.LeftOut != "" {
				continue
			}
			stands(strconv.Itoa(r.Number), r.Sheet, name)
			if r.Label == "" || !slices.ContainsFunc(words[r.Sheet-1], func(w papertest.Word) bool { return w.Text == r.Label }) {
				t.Errorf("%s: page %d does not say that it is %s", name, r.Sheet, r.Label)
			}
			n++
		}
	}
	if n < 200 {
		t.Errorf("only %d links into the document", n)
	}
}

// Numbers that are counted stand below each other, by their last digits; those that name
// something do not.
func TestCountsStandToTheRight(t *testing.T) {
	counted := reconciled(nil)
	var right []string
	for _, c := range (&paper{}).columns(counted) {
		if c.Align == pdf.End {
			right = append(right, c.Title)
		}
	}
	if want := []string{"Files", "Rows", "Skipped"}; !slices.Equal(right, want) {
		t.Errorf("on paper %v, want %v", right, want)
	}
	pages := must(template.New("timeline").Funcs(template.FuncMap{"visible": visible}).Parse(timelinePage))(t)
	for name, v := range map[string]any{"table": tableView{Table: counted}, "line": lineView{Table: counted, Cells: make([]template.HTML, len(counted.Cols))}} {
		var out strings.Builder
		if err := pages.ExecuteTemplate(&out, name, v); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), ` class="counts"`); n != len(right) {
			t.Errorf("%s: %d columns of %s", name, n, out.String())
		}
	}
}

// What somebody else wrote stands in an element with a direction of its own.
func TestForeignTextIsIsolated(t *testing.T) {
	s := many(t, 10)
	page := readTree(t, s.write(t))["data/timeline.html"]
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || !strings.ContainsAny(n.Data, "אأ") && !strings.Contains(n.Data, "[U+202E]") {
			continue
		}
		seen++
		isolated := false
		for up := range n.Ancestors() {
			for _, a := range up.Attr {
				isolated = isolated || a.Key == "dir" && a.Val == "auto"
			}
		}
		if !isolated {
			t.Errorf("%q stands in no element of its own direction", n.Data)
		}
	}
	if seen < 10 {
		t.Errorf("only %d texts in other scripts on the page", seen)
	}
}

// The colours of both schemes have the contrast that WCAG AA asks for.
func TestContrast(t *testing.T) {
	for name, style := range map[string]string{"timeline": timelineStyle, "verify": verifyStyle} {
		light, dark, ok := strings.Cut(style, "prefers-color-scheme: dark")
		if !ok {
			t.Fatalf("%s: no dark scheme", name)
		}
		colours := func(css string) map[string]string {
			css, _, _ = strings.Cut(css, "}\n")
			all := map[string]string{}
			for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(css, -1) {
				all[m[1]] = m[2]
			}
			return all
		}
		for scheme, c := range map[string]map[string]string{"light": colours(light), "dark": colours(dark)} {
			pairs := [][2]string{{"ink", "paper"}, {"soft", "paper"}, {"good", "paper"}, {"bad", "paper"}, {"link", "paper"}, {"paper", "link"}, {"ink", "card"}, {"soft", "card"}, {"link", "card"}, {"link", "tint"}, {"note-ink", "note"}}
			n := 0
			for _, p := range pairs {
				if c[p[0]] == "" || c[p[1]] == "" {
					continue
				}
				n++
				if r := contrast(c[p[0]], c[p[1]]); r < 4.5 {
					t.Errorf("%s, %s: %s on %s has a contrast of %.2f", name, scheme, p[0], p[1], r)
				}
			}
			if n < 4 {
				t.Errorf("%s, %s: only %d pairs of colours: %v", name, scheme, n, c)
			}
		}
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			return math.NaN()
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// Characters that turn the writing, and control characters, are seen on the
// pages, in the title of the case as in the texts.
func TestPagesShowWhatHides(t *testing.T) {
	const bad = "gpj.\u202eexe\x1b[2J\u2028"
	s := newSample(t, Full)
	s.bundle.Title = bad
	s.row(Row{Kind: "message", From: bad, Text: bad, Codes: []string{bad}, Flags: []string{bad}, Facts: []Fact{fact(bad, quote(bad))}, Item: 1, Record: bad}, 15, 1)
	s.again()
	tree := readTree(t, s.write(t))
	for name, want := range map[string]int{homePage: 8, timelineDir + "search.html": 6} {
		page := string(tree[name])
		if i := strings.IndexAny(page, "\u202e\x1b\u2028"); i >= 0 || strings.Contains(page, `\u202e`) {
			t.Errorf("%s: a hidden character is in %q", name, page[max(0, i-80):max(0, i)])
		}
		if n := strings.Count(html.UnescapeString(page), "[U+202E]exe"); n < want {
			t.Errorf("%s: it is shown %d times; want %d or more", name, n, want)
		}
	}
}

// The label of an exhibit stands beside the name of its file, and not within it: a name
// that runs from right to left would take it to its other side.
func TestLabelStandsBesideTheNameOfAFile(t *testing.T) {
	const name = "01-11-2025 تسجيل صوتي.wav"
	s := newSample(t, Full)
	s.row(Row{Kind: "message", From: "Alex", Files: []File{{Name: name, Item: 2, Label: "ABC/2"}, {Name: name, Note: "left out by the app"}}, Item: 1, Record: "line 9"}, 15, 0)
	s.again()
	page := string(readTree(t, s.write(t))[homePage])
	for _, want := range []string{name + "</bdi> <a href=", ">(ABC/2)</a>", name + "</bdi> (left out by the app)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}
