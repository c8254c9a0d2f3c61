package report

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"daybook/importers/facsimile"
	"daybook/importers/worker"
	"daybook/report/leak"
	"daybook/report/papertest"
	"daybook/timeline"
)

// TestMain lets the test program become what makes pictures of pages.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		fmt.Fprintln(os.Stderr, worker.Become(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// statementPDF has three pages: the second lies on its side, is larger than paper is
// here, and shows an address, words under a box, and a picture of 40 by 40 pixels.
func statementPDF(t testing.TB) []byte {
	t.Helper()
	var stamp, out bytes.Buffer
	red := image.NewRGBA(image.Rect(0, 0, 40, 40))
	for i := range 40 * 40 {
		copy(red.Pix[4*i:], []byte{200, 0, 0, 255})
	}
	if err := jpeg.Encode(&stamp, red, nil); err != nil {
		t.Fatal(err)
	}
	d := gofpdf.New("P", "pt", "A4", "")
	d.SetCompression(false)
	d.SetFont("Helvetica", "", 24)
	d.AddPage()
	d.Text(60, 100, "Firstwords")
	d.AddPageFormat("L", gofpdf.SizeType{Wd: 842, Ht: 1191})
	d.Text(100, 200, "12 Quarryhouse Lane")
	d.Text(100, 600, "Otherwords")
	d.Text(700, 600, "Boxedwords")
	d.Rect(690, 570, 300, 40, "F")
	d.RegisterImageOptionsReader("stamp", gofpdf.ImageOptions{ImageType: "JPEG"}, &stamp)
	d.Image("stamp", 900, 100, 100, 100, false, "", 0, "")
	d.AddPageFormat("P", gofpdf.SizeType{Wd: 595, Ht: 842})
	d.Text(60, 100, "Penultima thirdwords")
	if err := d.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Parts of a page of a PDF are painted over in a picture of it: what stood there is gone
// from the text and from the pixels, the other pages are copied as they are, and nothing
// that the page drew comes along with another.
func TestPartOfPageIsPaintedOver(t *testing.T) {
	k := newCase(t)
	k.document(t, "statement.pdf", "application/pdf", statementPDF(t), timeline.Event{Kind: timeline.Document})
	item := k.c.Len()
	areas := []timeline.Area{{X: 90, Y: 170, Width: 300, Height: 50, Wide: 1191, High: 842, Page: 2}, {X: 890, Y: 90, Width: 120, Height: 120, Wide: 1191, High: 842, Page: 2}}
	made := must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: "12 Quarryhouse Lane"}, timeline.WithholdingDraft{Code: "ADDRESS", Item: item, Areas: areas}))(t)
	engine := facsimile.Engine{Exe: must(os.Executable())(t)}
	plan := func(pack Pack) *Bundle {
		return k.planned(t, pack, func(s *Selection) {
			if s.Moment = (Moment{}); pack == Served {
				s.Show = []Detail{ShowDocuments}
			}
		})
	}
	b := plan(Served)
	e, _ := b.exhibit(item)
	if e.Show != ShowPages || e.File != "" || e.Withheld != sayWithheldPage || !e.NoSum {
		t.Fatalf("%q, file %q: %s", e.Show, e.File, e.Withheld)
	}
	if want := []string{e.Label + " statement.pdf, page 2"}; len(b.Told.Unseen) > 0 || !slices.Equal(b.Told.Silent, want) {
		t.Errorf("told: %q unseen, %q silent, want %q", b.Told.Unseen, b.Told.Silent, want)
	}
	if text := dump(t, b); !strings.Contains(text, ", page 2 | [withheld: address]") {
		t.Error("the list does not say where and why something is painted over")
	}
	if text := dump(t, plan(Full)); !strings.Contains(text, "300 by 50 points at 90, 170 of page 2, which has 1191 by 842") {
		t.Error("the full pack does not say what is painted over")
	}
	write := func(b *Bundle, page Pager) (dir string) {
		dir = filepath.Join(t.TempDir(), "b")
		if err := b.Write(t.Context(), dir, WriteOptions{Still: stillOf, Page: page}); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	dir := write(b, engine.Page)
	if v := verdict(t, dir); !v.OK() {
		t.Error(v.Problems)
	}
	if !maps.EqualFunc(readTree(t, dir), readTree(t, write(b, engine.Page)), bytes.Equal) {
		t.Error("written twice, the bundle is another")
	}
	file := filepath.Join(dir, documentFile)
	pages := wordsOnPages(papertest.Read(t, file))
	at := slices.IndexFunc(pages, func(s string) bool { return strings.Contains(s, "page 2 of 3 of the file") })
	all := strings.Join(pages, "\n")
	for words, want := range map[string]bool{"Firstwords": true, "thirdwords": true, "Quarryhouse": false, "Otherwords": false, "Boxedwords": false, "a part of it is withheld: 1 of them (page 2)": true} {
		if strings.Contains(all, words) != want {
			t.Errorf("%q is on the pages: %t", words, !want)
		}
	}
	for _, cmd := range [][]string{{"qpdf", "--check", file}, {"pdfinfo", file}} {
		if out, err := exec.Command(cmd[0], cmd[1:]...).CombinedOutput(); err != nil || bytes.Contains(out, []byte("Error")) || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%v: %v: %s", cmd, err, out)
		}
	}
	paintedPage(t, engine, file, at+1)
	// Who reads pictures sees the address where it is not painted over, and the stamp.
	eyes := func(_ context.Context, _ string, data []byte) (string, error) {
		img, err := decodeStill(data)
		if err != nil {
			return "", err
		}
		size := img.Bounds()
		dark := color.GrayModel.Convert(img.At(size.Dx()*100/1191, size.Dy()*195/842)).(color.Gray).Y < 40
		if stamp := size.Dx() == 40 && size.Dy() == 40; !stamp && (size.Dx() < 500 || dark) {
			return "", nil
		}
		return "12 Quarryhouse Lane", nil
	}
	look := func(dir string) leak.List {
		return must(leak.Look(t.Context(), os.DirFS(dir), must(b.Sought(t.Context(), nil, engine.Page))(t), leak.Options{Read: eyes, Reader: "eyes"}))(t)
	}
	if found := look(dir); len(found.Findings) > 0 || found.Pictures < 1 {
		t.Errorf("%+v", found)
	}
	if found := look(write(plan(Full), nil)); !slices.ContainsFunc(found.Findings, func(f leak.Finding) bool {
		return slices.ContainsFunc(f.Places, func(p leak.Place) bool { return p.File == documentFile && p.Page > 0 })
	}) {
		t.Errorf("a pack in which nothing is painted over: %+v", found.Findings)
	}
	unpainted := must(paintOver(must(PageShown(t.Context(), engine.Page, bytes.NewReader(statementPDF(t)), int64(len(statementPDF(t))), 2, 900_000))(t), nil))(t)
	unpaintedAt := filepath.Join(t.TempDir(), "page.jpg")
	must(0, os.WriteFile(unpaintedAt, unpainted.Data, 0o600))(t)
	paintedSeen(t, look(filepath.Dir(unpaintedAt)), "page.jpg")
	without := strings.Join(wordsOnPages(papertest.Read(t, filepath.Join(write(b, nil), documentFile))), " ")
	if !strings.Contains(without, "The page is not shown: a part of it is withheld") || strings.Contains(without, "Otherwords") || !strings.Contains(without, "thirdwords") {
		t.Error("without a picture of the page its place does not say so")
	}
	data := statementPDF(t)
	on := func(words ...timeline.Withholding) []timeline.Area {
		return must(PlacesOf(t.Context(), "x", bytes.NewReader(data), int64(len(data)), words...))(t)
	}
	seen := on(timeline.Withholding{WithholdingDraft: made[0].WithholdingDraft}, timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Code: "CHILD", Text: "otherwords"}})
	if len(seen) != 2 || !liesIn(seen[0], areas[0]) || seen[0].Width < 200 || seen[0].Height < 20 || seen[1].Page != 2 || seen[1].X < 90 || seen[1].Y < 570 || seen[1].Y+seen[1].Height > 620 {
		t.Errorf("the words stand at %+v", seen)
	}
	if bare := Uncovered(seen, areas); !slices.Equal(bare, seen[1:]) {
		t.Errorf("not painted over: %+v", bare)
	}
	beside := must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "otherwords"}))(t)
	if e, _ = plan(Served).exhibit(item); e.Withheld != sayWithheldWords || e.Show == ShowPages {
		t.Errorf("a protected word is seen beside what is painted over: %q, %s", e.Show, e.Withheld)
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Item: item, Areas: seen[1:]}))(t)
	if e, _ = plan(Served).exhibit(item); e.Withheld != sayWithheldPage || e.Show != ShowPages {
		t.Errorf("it is painted over too: %q, %s", e.Show, e.Withheld)
	}
	must(0, k.x.ShowAgain(t.Context(), beside[0].Number, ""))(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "Penultima"}))(t)
	if e, _ = plan(Served).exhibit(item); e.Withheld != sayWithheldWords || e.Show == ShowPages {
		t.Errorf("a protected word is on another page: %q, %s", e.Show, e.Withheld)
	}
	if text := dump(t, plan(Served)); !strings.Contains(text, "Nothing of it is shown here: "+sayWithheldWords+".") || strings.Count(text, sayNoView) != 1 { // of unknown.xyz
		t.Error("the sheet of a PDF whose pages are withheld does not say so")
	}
	if err := k.x.ShowAgain(t.Context(), made[1].Number, ""); err != nil {
		t.Fatal(err)
	}
	if e, _ = plan(Served).exhibit(item); e.Show == ShowPages {
		t.Error("its pages are shown when nothing is painted over, words under a box among them")
	}
}

// paintedPage looks at the pixels of a finished page: two parts are black, and the rest
// of the page is not.
func paintedPage(t *testing.T, engine facsimile.Engine, file string, page int) {
	t.Helper()
	f := must(os.Open(file))(t)
	img := must(engine.Page(t.Context(), f, page, 72))(t)
	must(0, f.Close())(t)
	size := img.Bounds()
	if size.Dx() < 841 || size.Dy() > 596 {
		t.Fatalf("the page does not lie on its side: %v", size)
	}
	dark := func(x, y int) bool { return color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 60 }
	solid := func(x, y int) bool { // the inside of what is painted
		for i := range 13 {
			if !dark(x+i-6, y) || !dark(x, y+i-6) {
				return false
			}
		}
		return true
	}
	left, right, n := size.Dx(), 0, 0
	for y := size.Min.Y + 8; y < size.Max.Y-8; y++ {
		for x := size.Min.X + 8; x < size.Max.X-8; x++ {
			if solid(x, y) {
				n, left, right = n+1, min(left, x-6), max(right, x+6)
			}
		}
	}
	scale := float64(right-left) / (1010 - 90) // from the left of the one to the right of the other
	if scale < 0.5 || scale > 0.56 {
		t.Errorf("from %d to %d is painted over", left, right)
	}
	inside := func(wide, high float64) float64 { return (wide*scale - 12) * (high*scale - 12) }
	want := inside(300, 50) + inside(120, 120) + inside(300, 40) // the last is the file's own
	if got := float64(n); got < 0.95*want || got > 1.5*want {
		t.Errorf("%.0f points are black, want %.0f", got, want)
	}
}
