package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// A row that goes on over a page has some lines on each side, and its number again; on
// a page that lies on its side a row is kept whole as on one that stands.
func TestARowThatGoesOnIsKnown(t *testing.T) {
	row := func(lines int) []Run {
		var s []string
		for n := range lines {
			s = append(s, fmt.Sprintf("line%d.", n))
		}
		return plain("%s", strings.Join(s, "\n"))
	}
	for above := 20; above < 60; above++ {
		pages := pdftotext(t, write(t, Options{}, func(d *Doc) {
			table := d.Table([]Col{{Title: "No.", Width: 1, Align: Start}, {Title: "Words", Width: 5, Align: Start}})
			for range above {
				table.Row("", plain("x"), plain("y"))
			}
			table.Row("", plain("777"), row(24))
		}))
		for i, page := range pages {
			n := strings.Count(page, "line")
			if n > 0 && (n < 3 || strings.Count(page, "777") != 1) {
				t.Errorf("%d rows above: page %d has %d lines of the row, and its number %d times", above, i+1, n, strings.Count(page, "777"))
			}
		}
	}
	for above := range 30 {
		whole := 0
		for _, page := range pdftotext(t, write(t, Options{}, func(d *Doc) {
			d.Landscape(true)
			table := d.Table([]Col{{Title: "No.", Width: 1, Align: Start}, {Title: "Words", Width: 5, Align: Start}})
			for range above {
				table.Row("", plain("x"), plain("y"))
			}
			table.Row("", plain("777"), row(13))
		})) {
			if strings.Contains(page, "line0.") && strings.Contains(page, "line12.") {
				whole++
			}
		}
		if whole != 1 {
			t.Errorf("%d rows above: a row of 13 lines is broken on a page that lies on its side", above)
		}
	}
}

// A line or two of an index do not stand on a page of their own: its rows stand a little
// closer, and no further down than on other pages.
func TestAnIndexEndsOnItsPage(t *testing.T) {
	spilled := 0
	for rows := 40; rows < 60; rows++ {
		var free float64
		pages := func(fit bool) []string {
			return pdftotext(t, write(t, Options{}, func(d *Doc) {
				d.Heading(1, "Index", "index")
				cols := []Col{{Title: "Section", Width: 9}, {Title: "Page", Width: 1}}
				table, measured, total := d.Table(cols), d.Table(cols), 0.0
				table.Tight()
				measured.Tight()
				for range rows {
					total += measured.RowHeight(plain("entry"), plain("1"))
				}
				if fit {
					table.Fit(rows, total)
				}
				for range rows {
					table.Row("", plain("entry"), plain("1"))
				}
				free = d.bottom() - d.y
			}))
		}
		last := func(pages []string) int { return strings.Count(pages[len(pages)-1], "entry") }
		loose, fitted := pages(false), pages(true)
		if len(loose) == 2 && last(loose) <= 2 {
			if spilled++; len(fitted) != 1 || last(fitted) != rows {
				t.Errorf("%d rows: %d of them stand on page %d", rows, last(fitted), len(fitted))
			}
		}
		if len(fitted) > len(loose) || free < 0 {
			t.Errorf("%d rows: %d pages, %d before; %.1f points are free below the last row", rows, len(fitted), len(loose), free)
		}
	}
	if spilled != 2 {
		t.Errorf("%d numbers of rows spill a line or two", spilled)
	}
}

// Words are broken where a reader expects it: not behind their first letters, and the
// name of a file behind a sign that parts it. What follows a blank keeps its place.
func TestWhereLinesEnd(t *testing.T) {
	set := &setter{shaper: newShaper("en"), pageOf: unknownPage}
	texts := func(lines []line) (all []string) {
		for _, ln := range lines {
			var s strings.Builder
			for _, a := range ln.atoms {
				s.WriteString(a.word.text)
			}
			all = append(all, strings.TrimSpace(s.String()))
		}
		return all
	}
	for width := 4.0; width < 30; width += 0.5 {
		for _, l := range texts(set.lines(plain("an e-mail in (MK/24), p.\u00a013 of it"), width)) {
			for _, broken := range []string{"e-", "MK/", "p."} {
				if strings.HasSuffix(l, broken) {
					t.Errorf("%.1f em wide: a line ends in %q", width, l)
				}
			}
		}
	}
	for name, first := range map[string]string{"Screenshot_20250718-201031_WhatsApp.png": "Screenshot_20250718-201031_", "000004-ce774c03ce774c03.zip": "000004-"} {
		if got := texts(set.lines(plain("%s", name), set.lines(plain("%s", name), 1000)[0].width*0.75)); got[0] != first {
			t.Errorf("%s is broken as %q", name, got)
		}
	}
	lines := set.hanging([]Run{{Text: "      "}, {Text: "a long title of an exhibit that needs lines"}}, 12)
	if len(lines) < 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for i := range lines {
		if at := lines[i].atoms[0].x; at != lines[0].atoms[0].x || at == 0 || lines[i].width > 12 {
			t.Errorf("line %d begins at %.2f and is %.2f wide", i, at, lines[i].width)
		}
	}
}

// The name of a bar ends before the bar, in large type too.
func TestNamesOfBarsEndBeforeThem(t *testing.T) {
	file := write(t, Options{Points: 12, Lines: 1.5}, func(d *Doc) {
		d.Bars([]Bar{{"behaviour in September 2025", 4}, {"x", 2}})
	})
	doc := open(t, file)
	content := string(doc.stream(doc.page(0).Contents[0]))
	left := 0.0
	for _, l := range strings.Split(content, "\n") {
		var x, y, w, h float64
		if n, err := fmt.Sscanf(l, "%f %f %f %f re", &x, &y, &w, &h); n == 4 && err == nil {
			left = x
			break
		}
	}
	if left == 0 {
		t.Fatal("no bar is drawn")
	}
	for _, b := range boxes(t, file) {
		if b.text == "2025" && b.xMax > left {
			t.Errorf("the name ends at %.1f, the bar begins at %.1f", b.xMax, left)
		}
	}
}
