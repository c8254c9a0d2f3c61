//go:build linux || darwin

package report

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/report/papertest"
	"daybook/report/pdf"
)

// laidOut lays sections out as a document and gives the words of its pages.
func laidOut(t *testing.T, sections ...Section) []string {
	t.Helper()
	return wordsOnPages(laidOutPaper(t, 0, sections...))
}

// laidOutPaper lays sections of a bundle of so many rows out in the large type of the
// family courts.
func laidOutPaper(t *testing.T, rows int, sections ...Section) papertest.Paper {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	out := must(os.Create(file))(t)
	p := &paper{ctx: t.Context(), b: &Bundle{Rows: rows, Profile: ProfileOf(must(profiles.Named("EW-family-2026"))(t))}}
	_, err := p.print(out, pdf.Options{Title: "x"}, sections)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	return papertest.Read(t, file)
}

// together tells whether words stand on one page.
func together(pages []string, words ...string) bool {
	for _, p := range pages {
		all := true
		for _, w := range words {
			all = all && strings.Contains(p, w)
		}
		if all {
			return true
		}
	}
	return false
}

// A heading, the facts and the words below it stand on the page on which the table
// begins that they are about, and a chart is whole.
func TestNothingStandsAloneAtTheFootOfAPage(t *testing.T) {
	const sections = 40
	tableOf := func(n int) Table {
		t := table("", Col{"No.", 1}, Col{"What", 5})
		t.Rows = lines([]Line{line("", say(fmt.Sprintf("row-%d-a", n)), say("x\ny")), line("", say("b"), say(strings.Repeat("long words ", 20*(n%3))))})
		return t
	}
	pages := laidOut(t, Section{Title: "All", Parts: func(context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for n := range sections {
				s := Section{Title: fmt.Sprintf("head-%d.", n), Blocks: []Block{
					Facts{[]Fact{fact("Fact", say(fmt.Sprintf("fact-%d.", n))), fact("Other", say(fmt.Sprintf("other-%d.", n)))}}, tableOf(n),
					para(fmt.Sprintf("before-%d. ", n) + strings.Repeat("words ", 30)), tableOf(n + 1000),
					Chart{"How many", []Bar{{fmt.Sprintf("first-%d.", n), 1}, {"b", 2}, {"c", 3}, {fmt.Sprintf("last-%d.", n), 4}}},
				}}
				if !yield(s, nil) {
					return
				}
			}
		}
	}})
	if len(pages) < sections/4 {
		t.Fatalf("only %d pages", len(pages))
	}
	for n := range sections {
		for _, words := range [][]string{
			{fmt.Sprintf("head-%d.", n), fmt.Sprintf("fact-%d.", n), fmt.Sprintf("other-%d.", n), fmt.Sprintf("row-%d-a", n)},
			{fmt.Sprintf("before-%d.", n), fmt.Sprintf("row-%d-a", n+1000)},
			{fmt.Sprintf("first-%d.", n), fmt.Sprintf("last-%d.", n)},
		} {
			if !together(pages, words...) {
				t.Errorf("%q are not on one page", words)
			}
		}
	}
}

// A section begins on the page on which the one before ended, when most of it is
// empty; the cover and the index have theirs.
func TestShortSectionsShareAPage(t *testing.T) {
	short := func(title string) Section { return Section{Title: title, Blocks: []Block{para("short")}} }
	long := Section{Title: "long.", Blocks: []Block{para(strings.Repeat("many words of it ", 180))}}
	cover, index := short("cover."), short("index.")
	cover.Part, index.Part = profiles.PartCover, profiles.PartIndex
	pages := laidOut(t, cover, index, short("first."), short("second."), long, short("third."))
	if !together(pages, "first.", "second.") || together(pages, "cover.", "index.") || together(pages, "index.", "first.") || together(pages, "long.", "third.") {
		t.Errorf("%q", pages)
	}
}

// The title of a narrow column is not broken within a word.
func TestTitlesOfColumnsAreWhole(t *testing.T) {
	narrow := table("", Col{"Item", 0.5}, Col{"Description", 9}, Col{"Volume", 0.5}, Col{"Page", 0.5})
	narrow.Rows = lines([]Line{line("", say("1"), say("x"), say("2"), say("3"))})
	pages := laidOut(t, Section{Title: "x", Blocks: []Block{narrow}})
	for _, title := range []string{"Item", "Description", "Volume", "Page"} {
		if !strings.Contains(" "+pages[0]+" ", " "+title+" ") {
			t.Errorf("%s is broken: %s", title, pages[0])
		}
	}
}

// A line that others belong to stands on the page of the first of them.
func TestALeadingLineIsNotLeftBehind(t *testing.T) {
	const persons = 90
	list := table("", Col{"Person", 1}, Col{"Handle", 3})
	var all []Line
	for n := range persons {
		of := line("", say(fmt.Sprintf("person-%d.", n)), say("x"))
		of.Leads = true
		all = append(all, of)
		for h := range 1 + n%3 {
			all = append(all, line("", nil, say(fmt.Sprintf("handle-%d-%d.%s", n, h, strings.Repeat(" and why", 9*(n%4))))))
		}
	}
	last := line("", say("nobody."), nil)
	last.Leads = true
	list.Rows = lines(append(all, last))
	pages := laidOut(t, Section{Title: "x", Blocks: []Block{list}})
	for n := range persons {
		if first := fmt.Sprintf("handle-%d-0.", n); !together(pages, fmt.Sprintf("person-%d.", n), first) {
			t.Errorf("person %d does not stand with %s", n, first)
		}
	}
	if !strings.Contains(pages[len(pages)-1], "nobody.") {
		t.Error("a line that nothing follows is not printed")
	}
}

// What stands beside a row is in words, a conversation that is withheld is not named,
// and the cover of a served pack says in a few words where to find what it has not.
func TestWordsOfRowsAndOfTheCover(t *testing.T) {
	r := Row{Kind: "message", From: "Alex", Thread: sayAddress, Codes: []string{"CONTACT"}, Tags: []string{"breach_of_order"}}
	if got := plain(r.behaviour()); got != "contact, breach of order" {
		t.Errorf("behaviour: %q", got)
	}
	for _, words := range [][]Run{quote(""), r.behaviour()} {
		if got, want := plain(r.under(words)), strings.TrimPrefix(plain(words)+"\nfrom Alex", "\n"); got != want {
			t.Errorf("whom it is from stands as %q, want %q", got, want)
		}
	}
	if got := plain(r.head()); got != "message from Alex" {
		t.Errorf("head: %q", got)
	}
	if got := plain(Row{Kind: "call", To: "Dan", With: true}.head()); got != "call with Dan" {
		t.Errorf("head: %q", got)
	}
	b := &Bundle{Pack: Served, Show: []Detail{ShowPlace}}
	if n := len(strings.Fields(b.says())); n > 40 || !strings.Contains(b.says(), titleLeftOut) || !strings.Contains(b.says(), detailWords[ShowPlace]) {
		t.Errorf("the cover says %q", b.says())
	}
	said := fmt.Sprint(b.leftOut(material{}))
	for _, d := range Details() {
		if strings.Contains(said, detailWords[d]) != (d != ShowPlace) {
			t.Errorf("%s: %s", d, said)
		}
	}
	if !strings.Contains(said, sayServedNone[0]) || !strings.Contains(said, "nothing else in them was changed") {
		t.Error(said)
	}
}

// A time stands on one line of its column, in large type too.
func TestTimesAreNotBroken(t *testing.T) {
	rows := table("", Col{"Row", 1}, Col{"Time", 3}, Col{"Words of the source", 9})
	rows.Timed = true
	times := []string{"2025-06-22 19:51:54", "about 2025-12-28 20:00"}
	var all []Line
	for _, at := range times {
		all = append(all, line("", say("1"), []Run{{Text: at, Bold: true}}, say("x")))
	}
	rows.Rows = lines(all)
	words := laidOutPaper(t, 0, Section{Title: "x", Blocks: []Block{rows}}).Words[0]
	for _, at := range times {
		day, hour := strings.Fields(at)[strings.Count(at, " ")-1], strings.Fields(at)[strings.Count(at, " ")]
		i := slices.IndexFunc(words, func(w papertest.Word) bool { return w.Text == day })
		j := slices.IndexFunc(words, func(w papertest.Word) bool { return w.Text == hour })
		if i < 0 || j < 0 || words[i].YMin != words[j].YMin {
			t.Errorf("%s is broken", at)
		}
	}
}

// The number of a row is not broken either, however many rows there are.
func TestNumbersOfRowsAreNotBroken(t *testing.T) {
	for _, n := range []int{12_345, 1_234_567} {
		rows := table("", Col{"No.", 1}, Col{"Time", 3.7}, Col{"Words of the source", 12.3})
		rows.Timed = true
		rows.Rows = lines([]Line{line("", []Run{{Text: strconv.Itoa(n), Bold: true}}, say("x"), say("x"))})
		words := laidOutPaper(t, n, Section{Title: "x", Blocks: []Block{rows}}).Words[0]
		if !slices.ContainsFunc(words, func(w papertest.Word) bool { return w.Text == strconv.Itoa(n) }) {
			t.Errorf("%d is broken", n)
		}
	}
}

// The group that numbers of the pattern belong to stands above the first of them.
func TestAGroupOfThePatternLeads(t *testing.T) {
	blocks := (&Bundle{}).sides(material{Patterns: []sidePattern{{Title: "By month", Figures: []sideFigure{{Group: "2025", Key: "May", N: 1}, {Group: "2025", Key: "June", N: 2}, {Group: "2026", Key: "May", N: 3}}}}})
	var leads []bool
	for l, err := range blocks[1].(Table).Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		leads = append(leads, l.Leads)
	}
	if want := []bool{true, false, false, true, false}; !slices.Equal(leads, want) {
		t.Errorf("%v, not %v", leads, want)
	}
	const long = "The court forbade him to come near her home, or to any place where she is"
	blocks = (&Bundle{}).sides(material{Patterns: []sidePattern{{Title: "By order", Figures: []sideFigure{{Group: long, Key: "before", N: 1}}}}})
	words := laidOutPaper(t, 0, Section{Title: "x", Blocks: blocks[1:]}).Words[0]
	at := func(text string) float64 {
		i := slices.IndexFunc(words, func(w papertest.Word) bool { return w.Text == text })
		if i < 0 {
			t.Fatalf("%s is not on the page", text)
		}
		return words[i].YMin
	}
	if at("court") != at("where") {
		t.Error("the group has no more room than a column")
	}
}
