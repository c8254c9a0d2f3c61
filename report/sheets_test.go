package report

import (
	"image"
	"path/filepath"
	"testing"
	"unicode"

	"daybook/report/papertest"
	"daybook/report/pdf"
)

// The pictures of pages show the pages of the written document: as many, each
// word that another program finds on one with its ink in the same place, and
// nothing in the margin.
func TestSheetsShowThePages(t *testing.T) {
	const scale = 2
	b := newCase(t).plan(t, Full)
	sheets := pdf.NewSheets(1, 6, scale)
	told := 0
	pages := must(b.Sheets(t.Context(), sheets, asItIs, nil, func(n int) { told = max(told, n) }))(t)
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	paper := papertest.Read(t, filepath.Join(dir, "data", "bundle.pdf"))
	if pages != len(paper.Words) || told < pages/2 || told > pages {
		t.Fatalf("%d pages, the last told %d; the document has %d", pages, told, len(paper.Words))
	}
	seen := 0
	for n := 1; n <= 6; n++ {
		sheet := must(sheets.Page(n))(t)
		for _, w := range paper.Words[n-1] {
			if !lettered(w.Text) {
				continue
			}
			seen++
			if box := image.Rect(int(w.XMin*scale), int(w.YMin*scale), int(w.XMax*scale)+1, int(w.YMax*scale)+1); !inked(sheet, box) {
				t.Errorf("page %d: nothing is drawn where %q stands, %v", n, w.Text, box)
			}
		}
		if inked(sheet, image.Rect(0, 0, 30*scale, sheet.Bounds().Dy())) {
			t.Errorf("page %d: something is drawn in the margin", n)
		}
	}
	if seen < 200 {
		t.Errorf("%d words: this test sees nothing", seen)
	}
	if _, err := sheets.Page(7); err == nil || sheets.Has(7) {
		t.Error("a page was kept that was not asked for")
	}
}

func lettered(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && r < 0x250 {
			return true
		}
	}
	return false
}

func inked(sheet *image.RGBA, box image.Rectangle) bool {
	box = box.Intersect(sheet.Bounds())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if r, _, _, _ := sheet.At(x, y).RGBA(); r < 0x9000 {
				return true
			}
		}
	}
	return false
}
