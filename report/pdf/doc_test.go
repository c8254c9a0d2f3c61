package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"pgregory.net/rapid"
)

func moment() time.Time {
	return time.Date(2026, 11, 25, 9, 30, 0, 0, time.FixedZone("", 2*60*60+30*60))
}

// report prints a document with everything in it, of more than one part.
func report(d *Doc) {
	d.Paragraph(Title, plain("A report")...)
	d.Paragraph(Subtitle, plain("with everything in it")...)
	d.Heading(1, "Contents", "contents")
	contents := d.Table([]Col{{Title: "Section", Width: 8, Align: Start}, {Title: "Page", Width: 1, Align: End}})
	for n := range 30 {
		contents.Row("", []Run{{Text: fmt.Sprintf("Section %d", n), Link: fmt.Sprintf("section-%d", n)}}, []Run{PageOf(fmt.Sprintf("section-%d", n))})
	}
	for n := range 30 {
		d.Heading(1+n%3, fmt.Sprintf("Section %d 🇬🇧 שלום", n), fmt.Sprintf("section-%d", n))
		d.Paragraph(Lead, plain("What section %d says first.", n)...)
		d.Paragraph(Body, Run{Text: "Back to "}, Run{Text: "the contents", Link: "contents"}, Run{Text: " on page "}, PageOf("contents"),
			Run{Text: ", on to "}, PageOf(fmt.Sprintf("section-%d", (n*7+3)%30)), Run{Text: "."})
		for _, s := range scripts {
			d.Paragraph(Quote, plain("%s", s.text)...)
		}
		d.Pairs(Pair{Name: "From", Value: plain("+44 7700 900123")}, Pair{Name: "SHA-256", Value: []Run{{Text: strings.Repeat("0123456789abcdef", 4), Mono: true}}})
		d.Rule()
		transcript(d, d.Page()+2, false)
	}
}

func TestSameCallsSameBytes(t *testing.T) {
	all := pictures(t)
	report := func(d *Doc) {
		for _, name := range []string{"opaque", "clear", "grey", "palette", "photo"} {
			d.Image(Picture{Data: all[name]})
		}
		report(d)
	}
	o := Options{Title: "Same", Lang: "en-GB", Created: moment(), Header: "Header"}
	first, pages := bytesOf(t, o, report)
	before := runtime.GOMAXPROCS(1)
	again, _ := bytesOf(t, o, report)
	runtime.GOMAXPROCS(before)
	if !bytes.Equal(first, again) {
		t.Error("two documents of the same calls differ")
	}
	if pages <= partPages {
		t.Errorf("%d pages: too few for two parts", pages)
	}
}

func TestEveryPageHasItsNumber(t *testing.T) {
	file := write(t, Options{Header: "Kept at the top"}, func(d *Doc) {
		transcript(d, 130, true)
		d.Landscape(true)
		d.Paragraph(Body, plain("wide")...)
		d.Landscape(false)
		d.Paragraph(Body, plain("upright")...)
	})
	pages := pdftotext(t, file, "-layout")
	for i, text := range pages {
		lines := strings.Split(strings.TrimSpace(text), "\n")
		if got := strings.TrimSpace(lines[len(lines)-1]); got != strconv.Itoa(i+1) {
			t.Errorf("page %d is numbered %q", i+1, got)
		}
		if !strings.HasPrefix(lines[0], "Kept at the top") {
			t.Errorf("page %d starts with %q", i+1, lines[0])
		}
	}
	d := open(t, file)
	last := len(d.pages) - 1
	if wide, upright := d.page(last-1).MediaBox, d.page(last).MediaBox; wide[2] < wide[3] || upright[2] > upright[3] {
		t.Errorf("boxes %v and %v", wide, upright)
	}
	if len(pages) != len(d.pages) || last < 131 || !strings.Contains(pages[last-1], "wide") {
		t.Errorf("%d pages of text, %d in all", len(pages), len(d.pages))
	}
}

func TestFooterKnowsAllPages(t *testing.T) {
	file := write(t, Options{Footer: func(page, pages int) string { return fmt.Sprintf("%d of %d", page, pages) }}, func(d *Doc) {
		for range 3 {
			d.Paragraph(Body, plain("text")...)
			d.PageBreak()
		}
	})
	pages := pdftotext(t, file)
	if len(pages) != 3 || !strings.Contains(pages[1], "2 of 3") {
		t.Errorf("%q", pages)
	}
}

func TestMetadata(t *testing.T) {
	o := Options{Title: "R v X — “bundle” <&>", Author: "Öğr", Subject: "Subject", Lang: "en-GB", Created: moment()}
	file := write(t, o, func(d *Doc) { d.Heading(1, "One", "one") })
	info := tool(t, "pdfinfo", "-isodates", file)
	for _, want := range []string{"Title:           " + o.Title, "Author:          " + o.Author, "CreationDate:    2026-11-25T09:30:00+02:30",
		"Encrypted:       no", "PDF version:     1.7", "(A4)", "Metadata Stream: yes"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo: no %q in\n%s", want, info)
		}
	}
	d := open(t, file)
	var trailer struct {
		ID []string `json:"/ID"`
	}
	d.trailer(&trailer)
	var catalog struct {
		Open     []any           `json:"/OpenAction"`
		Mode     string          `json:"/PageMode"`
		Lang     string          `json:"/Lang"`
		Viewer   map[string]bool `json:"/ViewerPreferences"`
		Metadata string          `json:"/Metadata"`
	}
	d.get(d.root(), &catalog)
	if len(catalog.Open) != 5 || catalog.Open[0] != d.pages[0] || catalog.Open[4] != 1.0 {
		t.Errorf("opens at %v", catalog.Open)
	}
	if catalog.Mode != "/UseOutlines" || catalog.Lang != "u:en-GB" || !catalog.Viewer["/DisplayDocTitle"] {
		t.Errorf("catalog %+v", catalog)
	}
	if len(trailer.ID) != 2 {
		t.Errorf("ID %v", trailer.ID)
	}
	if xmp := string(d.stream(catalog.Metadata)); !strings.Contains(xmp, "R v X — “bundle” &lt;&amp;&gt;") || !strings.Contains(xmp, "2026-11-25T09:30:00+02:30") {
		t.Errorf("XMP %s", xmp)
	}
}

// Each row comes once and whole, and the header stands on every page.
func TestTablesGoOnOverPages(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("so it went on and on ", 1500))
	file := write(t, Options{}, func(d *Doc) {
		d.Heading(1, "Table", "")
		table := d.Table([]Col{{Title: "Number", Width: 1, Align: End}, {Title: "Words", Width: 5, Align: Start}, {Title: "Third", Width: 1, Align: Middle}})
		for n := range 200 {
			text := fmt.Sprintf("row%d. %s", n, strings.Repeat("more ", n%60))
			if n == 150 {
				text = long
			}
			table.Row(fmt.Sprintf("row-%d", n), plain("%d", n), plain("%s", text))
		}
	})
	var all strings.Builder
	for i, text := range pdftotext(t, file) {
		if strings.Count(text, "Number") != 1 || strings.Count(text, "Third") != 1 {
			t.Errorf("page %d has the header %d times", i+1, strings.Count(text, "Number"))
		}
		all.WriteString(text)
	}
	for n := range 200 {
		if count := strings.Count(all.String(), fmt.Sprintf("row%d.", n)); count != 1 && n != 150 {
			t.Errorf("row %d is there %d times", n, count)
		}
	}
	if got := strings.Count(all.String(), "went"); got != 1500 {
		t.Errorf("the long row has %d of 1500 sentences", got)
	}
}

// A heading is never the last thing on its page.
func TestHeadingsStayWithWhatFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var out bytes.Buffer
		d, err := New(&out, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for n := range rapid.IntRange(5, 60).Draw(t, "blocks") {
			heading := fmt.Sprintf("heading-%d", n)
			d.Heading(rapid.IntRange(1, 4).Draw(t, "level"), strings.Repeat("A heading ", rapid.IntRange(1, 12).Draw(t, "length")), heading)
			if rapid.Bool().Draw(t, "second") {
				d.Heading(2, "Another", "")
			}
			lines := rapid.IntRange(1, 60).Draw(t, "lines")
			if rapid.Bool().Draw(t, "table") {
				d.Table([]Col{{Title: "Column", Width: 1, Align: Start}}).Row("", plain("%s", strings.Repeat("x\n", lines)))
			} else {
				d.Paragraph(Body, plain("%s", strings.Repeat("x\n", lines)+"end")...)
			}
			if d.y > d.bottom()+10 {
				t.Fatalf("block %d ends at %f, below %f", n, d.y, d.bottom())
			}
			room := d.size.Height - d.anchors[heading].y
			if at := d.anchors[heading]; room > d.bottom()-20 {
				t.Fatalf("heading %d is the last on page %d", n, at.page+1)
			}
		}
		if _, err := d.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// Whatever is called in whatever order, a sound document comes of it, with all
// its text between the margins.
// What is kept together stands on one page with its heading; what is higher than
// half a page begins where it comes.
func TestKeptTogether(t *testing.T) {
	for _, c := range []struct{ pairs, page int }{{6, 2}, {1, 1}, {40, 1}} {
		file := write(t, Options{}, func(d *Doc) {
			for i := range 37 {
				d.Paragraph(Code, plain("line %d", i)...)
			}
			var all []Pair
			for i := range c.pairs {
				all = append(all, Pair{Name: fmt.Sprintf("name %d", i), Value: plain("value")})
			}
			d.Heading(3, "Kept", "")
			d.Keep(d.ParagraphHeight(Body, plain("words")...) + d.PairsHeight(all...))
			d.Paragraph(Body, plain("words")...)
			d.Pairs(all...)
		})
		pages := pdftotext(t, file)
		if at := slices.IndexFunc(pages, func(p string) bool { return strings.Contains(p, "Kept") }) + 1; at != c.page {
			t.Errorf("%d names: the heading stands on page %d, want %d", c.pairs, at, c.page)
		}
		if last := fmt.Sprintf("name %d", c.pairs-1); c.pairs < 40 && !strings.Contains(pages[c.page-1], last) {
			t.Errorf("%d names: %s does not stand with the heading", c.pairs, last)
		}
	}
}

func TestAnyCallsMakeADocument(t *testing.T) {
	all, directory := pictures(t), t.TempDir()
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		var out bytes.Buffer
		d, err := New(&out, Options{Header: "header"})
		if err != nil {
			t.Fatal(err)
		}
		said := 0
		say := func() []Run {
			said++
			words := rapid.IntRange(0, 200).Draw(t, "words")
			return plain("<%d> %s", said, strings.Repeat(rapid.SampledFrom(scripts).Draw(t, "script").text+" ", words/4))
		}
		for n := range rapid.IntRange(0, 25).Draw(t, "calls") {
			switch rapid.SampledFrom([]string{"heading", "body", "quote", "list", "table", "image", "pairs", "rule", "space", "break", "turn", "anchor", "mark"}).Draw(t, "call") {
			case "heading":
				d.Heading(rapid.IntRange(-1, 9).Draw(t, "level"), say()[0].Text[:3], fmt.Sprint("h", n))
			case "body":
				d.Paragraph(Style(rapid.IntRange(0, 8).Draw(t, "style")), say()...)
			case "quote":
				d.Paragraph(Quote, Run{Text: say()[0].Text, Link: "last"}, PageOf("last"))
			case "list":
				d.List(say(), say())
			case "table":
				cols := make([]Col, rapid.IntRange(0, 4).Draw(t, "cols"))
				for i := range cols {
					cols[i] = Col{Title: "title", Width: float64(i), Align: Align(i % 3)}
				}
				table := d.Table(cols)
				for range rapid.IntRange(0, 5).Draw(t, "rows") {
					table.Row("", plain("cell"), []Run{PageOf("last")}, plain("more"), plain("most"), plain("too many"))
				}
			case "image":
				d.Image(Picture{Data: all[rapid.SampledFrom([]string{"grey", "clear", "photo"}).Draw(t, "picture")], Caption: say()[:1]})
			case "pairs":
				d.Pairs(Pair{Name: "Name", Value: say()})
			case "rule":
				d.Rule()
			case "space":
				d.Space(rapid.Float64Range(0, 400).Draw(t, "space"))
			case "break":
				d.PageBreak()
			case "turn":
				d.Landscape(rapid.Bool().Draw(t, "landscape"))
			case "anchor":
				d.Anchor(fmt.Sprint("a", n))
			case "mark":
				d.Bookmark(2, "mark")
			}
		}
		d.Anchor("last")
		d.Paragraph(Body, plain("The end.")...)
		if _, err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if made++; made%10 != 0 {
			return // qpdf looks at every tenth
		}
		file := filepath.Join(directory, "any.pdf")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
			t.Fatalf("qpdf: %v\n%s", err, out)
		}
		text, err := exec.Command("pdftotext", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "The end.") {
			t.Fatal("the end is missing")
		}
	})
}

// pdfcpu is another reader, and a strict one.
func TestPdfcpuFindsNoFault(t *testing.T) {
	api.DisableConfigDir()
	file := write(t, Options{Title: "Valid", Lang: "en-GB", Created: moment()}, report)
	if err := api.ValidateFile(file, nil); err != nil {
		t.Error(err)
	}
}

var errFull = errors.New("the disk is full")

// broken takes some bytes and then fails.
type broken struct{ room int }

func (b *broken) Write(p []byte) (int, error) {
	if b.room -= len(p); b.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFailedWriteIsTold(t *testing.T) {
	for _, room := range []int{0, 100, 300_000} {
		d, err := New(&broken{room}, Options{Title: "Broken"})
		if err != nil {
			t.Fatal(err)
		}
		d.Image(Picture{Data: photo(t, 900, 700, 1)})
		transcript(d, 200, true)
		if _, err := d.Close(); !errors.Is(err, errFull) {
			t.Errorf("room for %d: %v", room, err)
		}
	}
}

func TestClosedAndEmpty(t *testing.T) {
	var out bytes.Buffer
	d, err := New(&out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := d.Close(); pages != 1 || err != nil {
		t.Fatalf("an empty document: %d pages, %v", pages, err)
	}
	d.Paragraph(Body, plain("too late")...)
	d.Heading(1, "too late", "late")
	d.Table(nil).Row("", plain("too late"))
	if _, err := d.Close(); !errors.Is(err, errClosed) {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := New(&out, Options{Size: Size{10, 10}}); err == nil {
		t.Error("a page of 10 points was taken")
	}
}

// What is kept in memory does not grow with the pages, but for what links and
// bookmarks need.
func TestMemoryStaysTheSame(t *testing.T) {
	d, err := New(&counter{}, Options{Title: "Memory"})
	if err != nil {
		t.Fatal(err)
	}
	live := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	d.Image(Picture{Data: photo(t, 1900, 1400, 7)})
	pages := func(from, to int) {
		for n := from; d.Page() < to; n++ {
			d.Heading(2, fmt.Sprintf("Message %d", n), fmt.Sprintf("message-%d", n))
			d.Paragraph(Quote, plain("%s", strings.Repeat(fmt.Sprintf("words of message %d 😀 שלום ", n), 20))...)
		}
	}
	pages(0, 200)
	before := live()
	pages(100_000, 1200)
	after := live()
	if grown := int64(after) - int64(before); grown > 12<<20 {
		t.Errorf("a thousand pages more keep %d bytes more", grown)
	}
	if n, err := d.Close(); err != nil || n < 1200 {
		t.Errorf("%d pages, %v", n, err)
	}
}
