package pdf

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"
)

// A program that reads aloud goes through the tree and asks for the words of each
// mark: it finds those of each cell whole and in their order, whatever stands before
// them, on one line, over lines and over pages.
func TestEveryWordOfACellIsRead(t *testing.T) {
	var cells []string
	for _, s := range scripts {
		cells = append(cells, "before "+s.text+" behind it")
	}
	cells = append(cells, strings.Repeat("he wrote 😀 again שלום and मुझे e\u0301 ", 70)) // over lines and pages
	mixed := rapid.SliceOfN(rapid.SampledFrom(clusters()), 1, 12)
	for i := range 25 {
		cells = append(cells, "first "+strings.Join(mixed.Example(i), " ")+" last")
	}
	file := write(t, Options{Lang: "en-GB"}, func(d *Doc) {
		d.Heading(1, "Rows", "rows")
		table := d.Table([]Col{{Title: "No.", Width: 1}, {Title: "Words", Width: 4}, {Title: "Link", Width: 2}})
		for i, text := range cells {
			table.Row("", plain("%d", i+1), []Run{{Text: text}}, []Run{{Text: text, Link: "rows"}})
		}
	})
	if pages := len(pdftotext(t, file)); pages < 3 {
		t.Fatalf("%d pages", pages)
	}
	read := readAloud(tool(t, "pdfinfo", "-struct-text", file))
	if len(read) != 3*len(cells) {
		t.Fatalf("%d cells, not %d", len(read), 3*len(cells))
	}
	for i, text := range cells {
		want := spoken(Visible(text))
		for _, cell := range read[3*i+1 : 3*i+3] {
			if got := spoken(cell); got != want {
				t.Errorf("cell %d:\ngot  %q\nwant %q", i+1, got, want)
			}
		}
	}
}

// readAloud is the text of each cell, mark by mark.
func readAloud(tree string) (cells []string) {
	for ln := range strings.Lines(tree) {
		ln = strings.TrimRight(strings.TrimLeft(ln, " "), "\r\n")
		switch {
		case strings.HasPrefix(ln, "TD"):
			cells = append(cells, "")
		case strings.HasPrefix(ln, `"`) && len(cells) > 0:
			cells[len(cells)-1] += inOrder(ln[1 : len(ln)-1])
		}
	}
	return cells
}

// inOrder turns round what runs from right to left: the program gives its letters as
// they stand on the page, for it does not know ReversedChars.
func inOrder(mark string) string {
	for _, r := range mark {
		if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
			letters := []rune(mark)
			slices.Reverse(letters)
			return string(letters)
		}
	}
	return mark
}

// spoken is a text without what has no sound: marks of direction, and how many spaces.
func spoken(text string) string { return onSpaces(strings.Map(unmarked, text)) }
