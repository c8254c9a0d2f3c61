package lint

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/report/pdf"
	"daybook/report/pdf/object"
)

// held holds a file against a profile and gives the rules that found something.
func held(t testing.TB, name string, data []byte, profile string) (rules []profiles.ID, v Verdict) {
	t.Helper()
	p, err := profiles.Named(profile)
	if err != nil {
		t.Fatal(err)
	}
	v, err = hold(t.Context(), File{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}, p, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Findings {
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
		if f.Found == "" || f.Next == "" || f.Words == "" || f.Source.Document == "" {
			t.Errorf("%s: a finding without words: %+v", f.Rule, f)
		}
	}
	return rules, v
}

// good is a bundle in which no rule finds anything, tags included.
func good(t testing.TB, sections bool, pages int) *paper {
	t.Helper()
	p := open(t, bundle(t, sections, pages))
	p.changeCatalog(object.Dict{"MarkInfo": object.Dict{"Marked": true}, "StructTreeRoot": object.Dict{"Type": object.Name("StructTreeRoot")}})
	return open(t, p.bytes())
}

// profileFor is one that has the rule.
func profileFor(t testing.TB, id profiles.ID) string {
	t.Helper()
	all, err := profiles.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if _, ok := p.Rule(id, today); ok {
			return p.ID
		}
	}
	t.Fatalf("no profile has %s", id)
	return ""
}

func TestAGoodBundlePasses(t *testing.T) {
	all, err := profiles.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		data := good(t, p.Numbering == profiles.BySection, 40).bytes()
		if rules, v := held(t, "bundle.pdf", data, p.ID); len(rules) > 0 {
			t.Errorf("%s: %+v", p.ID, v.Findings)
		}
	}
}

// fault is a bundle with one thing wrong.
type fault struct {
	rule profiles.ID
	what string
	do   func(p *paper)
	says string // what is found
	page int    // where; 0: the file as a whole
}

// faults are what can be wrong with a bundle of which page 1 is the cover, 2 the
// index, and 3 to 5 are documents.
func faults() []fault {
	return []fault{
		{profiles.PageSize, "a page is wider", func(p *paper) { p.change(p.pages[3], object.Dict{"MediaBox": object.Array{0, 0, 700, 841.89}}) }, "247 by 297 mm", 4},
		{profiles.Orientation, "a page stands upside down", func(p *paper) { p.turned(4, "-1 0 0 -1 595.28 841.89") }, "upside down", 4},
		{profiles.Orientation, "a page lies on its side", func(p *paper) { p.turned(4, "0 1 -1 0 820 100") }, "reads upwards", 4},
		{profiles.PageNumber, "a number in the middle of the page", func(p *paper) { p.footMoved(3, "1 0 0 1 0 300") }, "no number", 3},
		{profiles.PageNumber, "a number too small to read", func(p *paper) { p.footMoved(3, "0.3 0 0 0.3 300 20") }, "points", 3},
		{profiles.PageNumber, "the number of another page", func(p *paper) {
			c := p.contents(3)
			c[1] = p.contents(4)[1]
			p.change(p.pages[2], object.Dict{"Contents": c})
		}, "shows 4 where its number is 3", 3},
		{profiles.PageLabels, "labels from 2 on", func(p *paper) { p.changeCatalog(labels(object.Dict{"S": object.Name("D"), "St": 2})) }, "“2”; its number is 1", 1},
		{profiles.PageLabels, "roman labels", func(p *paper) { p.changeCatalog(labels(object.Dict{"S": object.Name("r")})) }, "its number is 1", 1},
		{profiles.Index, "an entry without a link", func(p *paper) {
			p.change(p.pages[1], object.Dict{"Annots": p.pdf.Array(p.page(2)["Annots"])[:4]})
		}, "leads to “Document 2 (p. 5)”", 5},
		{profiles.Index, "an entry that leads to another document", func(p *paper) {
			list := slices.Clone(p.pdf.Array(p.page(2)["Annots"]))
			first := p.pdf.Dict(list[0])
			for i := range list {
				if d := p.pdf.Dict(list[i]); p.pdf.Array(d["Dest"])[0] == p.pages[3] {
					list[i] = object.Dict{"Subtype": d["Subtype"], "Rect": d["Rect"], "Dest": first["Dest"]}
					break
				}
			}
			p.change(p.pages[1], object.Dict{"Annots": list})
		}, "An entry says page 4, and its link leads to page 2", 2},
		{profiles.LinksBack, "a document without a way back", func(p *paper) { p.change(p.pages[3], object.Dict{"Annots": nil}) }, "No link leads from this document back", 4},
		{profiles.LinksLead, "a link to a page that is not there", func(p *paper) {
			p.link(3, object.Dict{"Dest": object.Array{object.Ref{Number: 999999}, object.Name("Fit")}})
		}, "leads to no page", 3},
		{profiles.LinksLead, "a link to a name that is not there", func(p *paper) { p.link(3, object.Dict{"Dest": object.String("nowhere")}) }, "leads to no page", 3},
		{profiles.Bookmarks, "a bookmark without its page", func(p *paper) { p.mark(object.Dict{"Title": object.String("Cover")}) }, "“Cover” does not have its page number, 1", 1},
		{profiles.Bookmarks, "a bookmark with another page", func(p *paper) { p.mark(object.Dict{"Title": object.String("Document 1 (p. 7)")}) }, "does not have its page number", 1},
		{profiles.Bookmarks, "a bookmark without words", func(p *paper) { p.mark(object.Dict{"Title": object.String("p. 1")}) }, "no description", 1},
		{profiles.Bookmarks, "no bookmarks", func(p *paper) { p.changeCatalog(object.Dict{"Outlines": nil}) }, "no bookmarks", 0},
		{profiles.BookmarkZoom, "a bookmark that fits the page", func(p *paper) { p.mark(object.Dict{"Dest": object.Array{p.pages[0], object.Name("Fit")}}) }, "changes the zoom", 1},
		{profiles.BookmarkZoom, "a bookmark that enlarges", func(p *paper) {
			p.mark(object.Dict{"Dest": object.Array{p.pages[0], object.Name("XYZ"), nil, 800, 2}})
		}, "changes the zoom", 1},
		{profiles.OutlineOpen, "bookmarks that are closed", func(p *paper) { p.changeCatalog(object.Dict{"PageMode": object.Name("UseNone")}) }, "closed when the file opens", 0},
		{profiles.FullSize, "half the size", func(p *paper) {
			p.changeCatalog(object.Dict{"OpenAction": object.Array{p.pages[0], object.Name("XYZ"), nil, nil, 0.5}})
		}, "opens at 50 per cent", 0},
		{profiles.FullSize, "fitted to the window", func(p *paper) {
			p.changeCatalog(object.Dict{"OpenAction": object.Dict{"S": object.Name("GoTo"), "D": object.Array{p.pages[0], object.Name("FitH"), 0}}})
		}, "fit the window", 0},
		{profiles.FullSize, "no size", func(p *paper) { p.changeCatalog(object.Dict{"OpenAction": nil}) }, "does not say at what size", 0},
		{profiles.Text, "a scan without text", func(p *paper) { p.scan(4, 100) }, "picture without text", 4},
		{profiles.PictureResolution, "a fine picture", func(p *paper) { p.picture(4, 900, "72 0 0 72 100 300 cm") }, "900 dots per inch", 4},
		{profiles.PictureResolution, "a fine picture in the content itself", func(p *paper) {
			p.over(4, "q 72 0 0 72 100 300 cm BI /W 400 /H 2 /BPC 1 /CS /G ID "+strings.Repeat("\xFF", 100)+" EI Q")
		}, "400 dots per inch", 4},
		{profiles.Language, "no language", func(p *paper) { p.changeCatalog(object.Dict{"Lang": nil}) }, "which language", 0},
		{profiles.Title, "no title", func(p *paper) { p.change(p.pdf.Trailer()["Info"], object.Dict{"Title": nil}) }, "no title", 0},
		{profiles.Title, "a title that is not shown", func(p *paper) { p.changeCatalog(object.Dict{"ViewerPreferences": nil}) }, "readers show the file's name", 0},
		{profiles.Tags, "no tags", func(p *paper) { p.changeCatalog(object.Dict{"MarkInfo": nil}) }, "not tagged", 0},
		{profiles.Fonts, "a font that is not in the file", func(p *paper) {
			p.over(4, "BT /Times 12 Tf 100 300 Td (Words in a font of the system) Tj ET")
			p.font(4, "Times")
		}, "The font Times-Roman is not in the file", 4},
		{profiles.NoScripts, "a script", func(p *paper) {
			p.changeCatalog(object.Dict{"Names": object.Dict{"Dests": p.pdf.Dict(p.catalog()["Names"])["Dests"], "JavaScript": object.Dict{"Names": object.Array{}}}})
		}, "holds scripts", 0},
		{profiles.NoScripts, "a link that starts a program", func(p *paper) {
			p.link(3, object.Dict{"A": object.Dict{"S": object.Name("Launch"), "F": object.String("x.exe")}})
		}, "starts a program", 3},
		{profiles.NoScripts, "a script behind a link", func(p *paper) {
			p.link(3, object.Dict{"A": object.Dict{"S": object.Name("GoTo"), "D": object.Array{p.pages[0], object.Name("Fit")}, "Next": object.Dict{"S": object.Name("JavaScript"), "JS": object.String("x")}}})
		}, "A script runs", 3},
		{profiles.NoScripts, "a script when a page opens", func(p *paper) {
			p.change(p.pages[2], object.Dict{"AA": object.Dict{"O": object.Dict{"S": object.Name("JavaScript"), "JS": object.String("x")}}})
		}, "A script runs", 3},
		{profiles.NoOutsideLinks, "a link to an address", func(p *paper) {
			p.link(3, object.Dict{"A": object.Dict{"S": object.Name("URI"), "URI": object.String("https://example.org/")}})
		}, "address outside", 3},
		{profiles.NoAttachments, "a file that is attached", func(p *paper) {
			p.changeCatalog(object.Dict{"Names": object.Dict{"Dests": p.pdf.Dict(p.catalog()["Names"])["Dests"],
				"EmbeddedFiles": object.Dict{"Names": object.Array{object.String("a.txt"), object.Dict{}}}}})
		}, "attached to the file", 0},
		{profiles.NoAttachments, "a file on a page", func(p *paper) { p.link(3, object.Dict{"Subtype": object.Name("FileAttachment")}) }, "attached to the page", 3},
		{profiles.NoHiddenText, "words under a black box", func(p *paper) { p.over(4, "0 g 50 740 500 40 re f") }, "under a box", 4},
		{profiles.NoHiddenText, "words under a picture", func(p *paper) { p.picture(4, 30, "500 0 0 100 50 700 cm") }, "under a picture", 4},
		{profiles.NoHiddenText, "words in white", func(p *paper) { p.words(4, "1 1 1 rg", 300) }, "in the colour of the paper", 4},
		{profiles.NoHiddenText, "words that are not printed", func(p *paper) { p.words(4, "3 Tr", 300) }, "that is not printed", 4},
		{profiles.NoHiddenText, "words beside the page", func(p *paper) { p.words(4, "0 g", 900) }, "outside the page", 4},
		{profiles.FileSize, "a large file", func(p *paper) { p.stream("", make([]byte, 36_100_000)) }, "37 MB", 0},
		{profiles.NoPassword, "a file that is locked", func(p *paper) { p.pdf.Trailer()["Encrypt"] = object.Dict{"Filter": object.Name("Standard")} }, "locked with a password", 0},
		{profiles.Opens, "a table that is cut off", func(p *paper) { p.cut = true }, "damaged", 0},
	}
}

// Each fault is found by its rule, on its page, and by no other.
func TestEachFaultIsFoundByItsRuleAlone(t *testing.T) {
	covered := map[profiles.ID]bool{profiles.FileName: true, profiles.PageCount: true, profiles.TextSize: true} // below
	for _, f := range faults() {
		covered[f.rule] = true
		t.Run(string(f.rule)+", "+f.what, func(t *testing.T) {
			p := good(t, false, 0)
			f.do(p)
			rules, v := held(t, "bundle.pdf", p.bytes(), "EW-general-2021")
			if !slices.Equal(rules, []profiles.ID{f.rule}) {
				t.Fatalf("found %q: %+v", rules, v.Findings)
			}
			got := v.Findings[0]
			if !strings.Contains(got.Found, f.says) {
				t.Errorf("found %q, want %q in it", got.Found, f.says)
			}
			if f.page == 0 && len(got.Pages) > 0 || f.page > 0 && (len(got.Pages) == 0 || got.Pages[0].First != f.page) {
				t.Errorf("on %v, want page %d", got.Pages, f.page)
			}
		})
	}
	for _, id := range profiles.IDs() {
		if !covered[id] {
			t.Errorf("no fault is made for the rule %s", id)
		}
	}
}

// The number that a page shows in the place of its own is said of that page alone.
func TestOtherNumberIsThatOfItsPage(t *testing.T) {
	p := good(t, false, 0)
	third, fourth := p.contents(3), p.contents(4)
	third[1], fourth[1] = fourth[1], third[1]
	p.change(p.pages[2], object.Dict{"Contents": third})
	p.change(p.pages[3], object.Dict{"Contents": fourth})
	_, v := held(t, "bundle.pdf", p.bytes(), "EW-general-2021")
	for i, want := range []string{"shows 4 where its number is 3", "shows 3 where its number is 4"} {
		if at := 3 + i; len(v.Findings) != 2 || !strings.Contains(v.Findings[i].Found, want) || !slices.Equal(v.Findings[i].Pages, []Span{{at, at}}) {
			t.Errorf("%+v, want %q of page %d alone", v.Findings, want, at)
		}
	}
}

// Pages on which most of the text is smaller than is asked are found, each once,
// and a bundle in the size that is asked is not.
func TestSmallTypeIsFound(t *testing.T) {
	for _, points := range []float64{10, 11.5, 12} {
		rules, v := held(t, "bundle.pdf", bundleIn(t, true, 0, points, 0), "EW-family-2026")
		if points == 12 {
			if v.Faults() > 0 {
				t.Errorf("12 points: %+v", v.Findings)
			}
			continue
		}
		if v.Faults() != 1 || rules[0] != profiles.TextSize || !strings.Contains(v.Findings[0].Found, fmt.Sprintf("in %g points", points)) {
			t.Errorf("%g points: %+v", points, v.Findings)
		}
	}
}

// Every rule that a profile may have is looked for.
func TestEveryRuleIsLookedFor(t *testing.T) {
	for _, id := range profiles.IDs() {
		if !slices.ContainsFunc(checks(), func(c check) bool { return c.id == id && c.next != "" }) {
			t.Errorf("%s: nothing looks for it, or says what to do", id)
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	profile := profileFor(t, profiles.FileName)
	data := good(t, false, 0).bytes()
	for name, plain := range map[string]bool{
		"Smith - Bundle A.pdf": true, "bundle.PDF": true, "Müller.pdf": false, "bundle": false, "a/b.pdf": false, ".pdf": false, strings.Repeat("a", 97) + ".pdf": false,
	} {
		rules, v := held(t, name, data, profile)
		if plain && len(rules) > 0 || !plain && !slices.Equal(rules, []profiles.ID{profiles.FileName}) {
			t.Errorf("%q: %+v", name, v.Findings)
		}
	}
}

func TestTooManyPages(t *testing.T) {
	for n, fits := range map[int]bool{350: true, 351: false} {
		rules, v := held(t, "bundle.pdf", good(t, true, n).bytes(), "EW-family-2026")
		if fits && len(rules) > 0 || !fits && !slices.Equal(rules, []profiles.ID{profiles.PageCount}) {
			t.Errorf("%d pages: %+v", n, v.Findings)
		}
	}
}

// A bundle that counts its pages through is found in a court that wants a letter
// for each section, and the other way round.
func TestTheNumberingOfAnotherCourt(t *testing.T) {
	want := []profiles.ID{profiles.PageNumber, profiles.PageLabels, profiles.Bookmarks}
	for profile, sections := range map[string]bool{"EW-family-2026": false, "EW-general-2021": true} {
		rules, v := held(t, "bundle.pdf", good(t, sections, 0).bytes(), profile)
		for _, id := range want {
			if !slices.Contains(rules, id) {
				t.Errorf("%s: %s finds nothing: %+v", profile, id, v.Findings)
			}
		}
	}
}

// Text behind a picture of text, as programs that recognise it write it, is no
// hidden text, and a scan with it can be searched.
func TestRecognisedTextIsNotHidden(t *testing.T) {
	p := good(t, false, 0)
	p.scan(4, 100)
	p.words(4, "3 Tr", 300)
	if rules, v := held(t, "bundle.pdf", p.bytes(), "EW-general-2021"); len(rules) > 0 {
		t.Errorf("%+v", v.Findings)
	}
}

// White words on a dark ground are read by everybody.
func TestWhiteOnDarkIsSeen(t *testing.T) {
	p := good(t, false, 0)
	p.over(4, "0 g 50 250 500 100 re f")
	p.words(4, "1 g", 300)
	if rules, v := held(t, "bundle.pdf", p.bytes(), "EW-general-2021"); len(rules) > 0 {
		t.Errorf("%+v", v.Findings)
	}
}

func TestSpans(t *testing.T) {
	for want, spans := range map[string][]Span{
		"page 3": {{3, 3}}, "pages 3 to 5": {{3, 5}}, "pages 1, 3 to 5": {{1, 1}, {3, 5}},
	} {
		if got := Spans(spans); got != want {
			t.Errorf("%v: %q", spans, got)
		}
	}
	var many []Span
	for n := range 20 {
		many = append(many, Span{2*n + 1, 2*n + 1})
	}
	if got := Spans(many); !strings.HasSuffix(got, "23 and others") {
		t.Errorf("%q", got)
	}
}

func labels(style object.Dict) object.Dict {
	return object.Dict{"PageLabels": object.Dict{"Nums": object.Array{0, style}}}
}

// turned turns what a page shows, but for its foot.
func (p *paper) turned(n int, how string) {
	c := p.contents(n)
	p.change(p.pages[n-1], object.Dict{"Contents": object.Array{p.stream("", []byte("q "+how+" cm")), c[0], p.stream("", []byte("Q")), c[1]}})
}

// footMoved moves the foot of a page.
func (p *paper) footMoved(n int, how string) {
	c := p.contents(n)
	p.change(p.pages[n-1], object.Dict{"Contents": object.Array{c[0], p.stream("", []byte("q "+how+" cm")), c[1], p.stream("", []byte("Q"))}})
}

// mark changes the first bookmark.
func (p *paper) mark(entries object.Dict) {
	p.change(p.pdf.Dict(p.catalog()["Outlines"])["First"], entries)
}

// resources gives a page some of its own beside those that it has.
func (p *paper) resources(n int, kind, name object.Name, v any) {
	all := maps.Clone(p.dict(p.page(n)["Resources"]))
	own := object.Dict{name: v}
	maps.Copy(own, p.dict(all[kind]))
	all[kind] = own
	p.change(p.pages[n-1], object.Dict{"Resources": all})
}

func (p *paper) font(n int, name object.Name) {
	p.resources(n, "Font", name, object.Dict{"Type": object.Name("Font"), "Subtype": object.Name("Type1"), "BaseFont": object.Name("Times-Roman")})
}

// image is a grey picture of so many dots each way.
func (p *paper) image(n, dots int) {
	p.resources(n, "XObject", "Grey", p.stream(fmt.Sprintf("/Subtype/Image/Width %d/Height %[1]d/BitsPerComponent 1/ColorSpace/DeviceGray", dots), make([]byte, (dots+7)/8*dots)))
}

// picture shows a picture on a page, over everything.
func (p *paper) picture(n, dots int, where string) {
	p.contentsTo(n, append(p.contents(n), p.stream("", []byte("q "+where+" /Grey Do Q"))))
	p.image(n, dots)
}

// scan makes a page a picture with nothing but its foot.
func (p *paper) scan(n, dots int) {
	p.contentsTo(n, object.Array{p.stream("", []byte("q 595.28 0 0 841.89 0 0 cm /Grey Do Q")), p.contents(n)[1]})
	p.image(n, dots)
}

// words prints some words of a page again, elsewhere and in another way.
func (p *paper) words(n int, how string, y float64) {
	p.contentsTo(n, append(p.contents(n), p.stream("", fmt.Appendf(nil, "BT %s /Own 12 Tf 100 %v Td (Words that nobody sees) Tj ET", how, y))))
	p.resources(n, "Font", "Own", object.Dict{"Type": object.Name("Font"), "Subtype": object.Name("TrueType"), "BaseFont": object.Name("Own"),
		"FontDescriptor": object.Dict{"FontFile2": p.stream("", []byte("a font"))}})
}

// An index that goes on over pages has its way back at the foot of each, beside
// the number of that page: this is no entry.
func TestAnIndexOfSeveralPagesIsKept(t *testing.T) {
	var out bytes.Buffer
	d, err := pdf.New(&out, pdf.Options{Title: "Bundle", Lang: "en-GB", Created: today, Home: pdf.Run{Text: "Index", Link: "index"}})
	if err != nil {
		t.Fatal(err)
	}
	d.Heading(1, "Index", "index")
	contents := d.Table([]pdf.Col{{Title: "Section", Width: 8}, {Title: "Page", Width: 2}})
	for n := range 90 {
		anchor := fmt.Sprintf("section-%d", n)
		contents.Row("", []pdf.Run{{Text: fmt.Sprintf("Document %d", n), Link: anchor}}, []pdf.Run{pdf.PageOf(anchor)})
	}
	for n := range 90 {
		d.PageBreak()
		d.Heading(1, fmt.Sprintf("Document %d", n), fmt.Sprintf("section-%d", n))
		d.Paragraph(pdf.Body, pdf.Run{Text: "What is written there."})
	}
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, v := held(t, "bundle.pdf", out.Bytes(), "EW-general-2021"); v.Faults() > 0 {
		t.Errorf("%+v", v.Findings)
	}
}

// A finding in the words of the first of its kind says how many others there are.
func TestAFindingSaysHowManyAreLikeIt(t *testing.T) {
	l := &linter{checks: checks(), found: map[string]int{}, others: map[int]int{}, counts: map[profiles.ID]int{}}
	r := profiles.Rule{ID: profiles.Bookmarks}
	for page, found := range []string{"“A” has no number.", "“B” has no number.", "“A” has no number.", "“C” has no number."} {
		l.noteAs(r, "number", page+1, found)
	}
	l.noteAs(r, "words", 1, "“D” has no words.")
	l.noteAs(r, "words", 2, "“E” has no words.")
	l.noteAs(r, "missing", 2, "None leads to page 2.")
	l.sayOthers()
	for i, want := range []string{"“A” has no number. There are 2 more like it.", "“D” has no words. There is 1 more like it.", "None leads to page 2."} {
		if got := l.v.Findings[i].Found; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What a page shows in place of its number stands alone, where the pages before have
// theirs: a figure in a heading, a label or a year is no number of a page.
func TestFiguresOfTheTextAreNoNumberOfAPage(t *testing.T) {
	foot := box{500, 40, 512, 50}
	heading, year, shown := word{"MK/7, a photograph", box{60, 780, 200, 796}, 16}, word{"2025", box{60, 760, 90, 770}, 9}, word{"22", box{500, 40, 514, 50}, 12}
	for _, c := range []struct {
		at    box
		words []word
		want  string
	}{
		{foot, []word{heading, year, shown}, "22"},
		{foot, []word{shown, year, heading}, "22"},
		{box{}, []word{heading, year, shown}, "22"},
		{foot, []word{heading, {"12 May 2025", foot, 9}}, ""},
		{foot, []word{heading, {"– Page 22 of 40 –", foot, 9}}, "22"},
		{foot, []word{{"A7", foot, 12}}, "A7"},
	} {
		l := &linter{numberAt: c.at}
		if got := l.otherNumber(c.words); got != c.want {
			t.Errorf("%v: %q, want %q", c.words, got, c.want)
		}
	}
}
