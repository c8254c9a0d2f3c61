package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report/pdf/object"
)

// foreignFile is a PDF of these objects, counted from 1; the first is the catalog.
func foreignFile(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	var at []int
	for i, body := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

func streamOf(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// hostile is a PDF that draws words and does everything else that it can.
func hostile() []byte {
	return foreignFile(
		`<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</WC<</S/Launch/F(evil.exe)>>>>/AcroForm<</Fields[9 0 R]/XFA(x)>>/Names<</EmbeddedFiles<</Names[(secret.exe)11 0 R]>>>>>>`,
		`<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 5 0 R>>`,
		`<</Type/Page/Parent 2 0 R/Contents 6 0 R/Annots[9 0 R 10 0 R]/AA<</O<</S/JavaScript/JS(this.print())>>>>/StructParents 909/PieceInfo<</X 1>>>>`,
		`<</Type/Page/Parent 2 0 R/Rotate 90/Contents[6 0 R 7 0 R]/CropBox[100 100 500 400]>>`,
		`<</Font<</F 8 0 R/AA 8 0 R>>/XObject<</PS1 12 0 R/Im 13 0 R>>/Properties<</M 11 0 R>>/Pattern 15 0 R>>`,
		streamOf("", "BT /F 24 Tf 120 300 Td (Printed words) Tj ET /Im Do"),
		streamOf("", "BT /AA 12 Tf 150 200 Td (Second stream) Tj ET"),
		`<</Type/Font/Subtype/Type1/BaseFont/Helvetica/AA<</X<</S/JavaScript/JS(x)>>>>>>`,
		`<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(typed)/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://x.example)>>>>`,
		`<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x.example)>>>>`,
		`<</Type/Filespec/F(secret.exe)/EF<</F 14 0 R>>>>`,
		streamOf("/Type/XObject/Subtype/PS", "systemdict /quit get exec"),
		streamOf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OPI<</X 11 0 R>>/F(http://x.example/picture)/Resources 5 0 R/Metadata 14 0 R", "0 0 9 9 re f"),
		streamOf("/Type/EmbeddedFile", "MZ secret bytes"),
		`<</P<</Pattern 15 0 R>>/Q<</Pattern 15 0 R>>/Root 1 0 R/Page 3 0 R>>`,
	)
}

// printed lays a foreign file out and gives the document.
func printed(data []byte) (out []byte, f *Foreign, err error) {
	f, err = OpenForeign(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	var to bytes.Buffer
	d, err := New(&to, Options{Title: "Bundle", Lang: "en-GB"})
	if err != nil {
		return nil, nil, err
	}
	d.Heading(1, "Exhibit", "exhibit")
	d.Paragraph(Body, Run{Text: "Cover sheet"})
	d.Measure(f)
	for n := range f.Pages() {
		d.Foreign(f, n, Run{Text: fmt.Sprintf("AB/1, page %d of %d of the file", n+1, f.Pages())})
	}
	d.Heading(1, "Behind", "behind")
	d.Paragraph(Body, Run{Text: "What follows"})
	_, err = d.Close()
	return to.Bytes(), f, err
}

// The words of foreign pages can be read, each page has its number, what is wide
// stays wide, and nothing that acts has come along.
func TestForeignPages(t *testing.T) {
	out, f, err := printed(hostile())
	if err != nil {
		t.Fatal(err)
	}
	if f.Notes() != 1 {
		t.Errorf("%d fields of forms", f.Notes())
	}
	name := filepath.Join(t.TempDir(), "bundle.pdf")
	if err := os.WriteFile(name, out, 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", "--check", name)
	for page, want := range map[int][]string{2: {"AB/1, page 1 of 2 of the file", "Printed words", "2"}, 3: {"Printed words", "Second stream", "3"}, 4: {"Behind", "4"}} {
		text := tool(t, "pdftotext", "-f", fmt.Sprint(page), "-l", fmt.Sprint(page), name, "-")
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("page %d does not show %q:\n%s", page, words, text)
			}
		}
	}
	sizes := tool(t, "pdfinfo", "-l", "4", name)
	for page, want := range map[int]string{2: "595.28 x 841.89", 3: "595.28 x 841.89", 4: "595.28 x 841.89"} {
		if !strings.Contains(sizes, fmt.Sprintf("Page %4d size:  %s", page, want)) {
			t.Errorf("page %d is not %s:\n%s", page, want, sizes)
		}
	}
	plain := tool(t, "qpdf", "--qdf", "--object-streams=disable", name, "-")
	for _, word := range []string{"JavaScript", "SubmitForm", "Launch", "secret", "AcroForm", "EmbeddedFile", "Widget", "x.example", "quit", "PieceInfo", "OPI", "StructParents 909", "Filespec"} {
		if strings.Contains(plain, word) {
			t.Errorf("%s has come along", word)
		}
	}
	again, _, err := printed(hostile())
	if err != nil || !bytes.Equal(out, again) {
		t.Errorf("the same pages have other bytes: %v", err)
	}
}

// A wide page is printed on a wide page.
func TestForeignPageOnItsSide(t *testing.T) {
	out, _, err := printed(foreignFile(`<</Type/Catalog/Pages 2 0 R>>`, `<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>`,
		`<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 400]>>`, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Rotate 270>>`))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "bundle.pdf")
	if err := os.WriteFile(name, out, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(tool(t, "pdfinfo", "-l", "4", name), "841.89 x 595.28"); got != 2 {
		t.Errorf("%d pages lie on their side", got)
	}
}

// A document of our own comes out with the same words.
func TestForeignOfOurOwn(t *testing.T) {
	var own bytes.Buffer
	d, err := New(&own, Options{Title: "Own"})
	if err != nil {
		t.Fatal(err)
	}
	d.Paragraph(Body, Run{Text: "Here are مرحبا and 你好 and 😀."})
	d.Image(Picture{Data: photo(t, 300, 200, 1)})
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	out, _, err := printed(own.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "bundle.pdf")
	if err := os.WriteFile(name, out, 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", "--check", name)
	if text := tool(t, "pdftotext", "-f", "2", "-l", "2", name, "-"); !strings.Contains(text, "你好") || !strings.Contains(text, "😀") {
		t.Errorf("%s", text)
	}
	if list := tool(t, "pdfimages", "-list", name); !strings.Contains(list, "300   200") {
		t.Errorf("%s", list)
	}
}

// What cannot be printed says what it is.
func TestForeignRefused(t *testing.T) {
	dir := t.TempDir()
	plain, locked := filepath.Join(dir, "plain.pdf"), filepath.Join(dir, "locked.pdf")
	if err := os.WriteFile(plain, hostile(), 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", "--encrypt", "", "owner", "256", "--", plain, locked)
	sealed, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	layers := foreignFile(`<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[3 0 R]/D<</OFF[3 0 R]>>>>>>`, `<</Type/Pages/Kids[4 0 R]/Count 1>>`, `<</Type/OCG/Name(x)>>`, `<</Type/Page/Parent 2 0 R>>`)
	circle := foreignFile(`<</Type/Catalog/Pages 2 0 R>>`, `<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>`)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"locked": {sealed, ErrLocked}, "layers": {layers, ErrLayers}, "no pages": {foreignFile(`<</Type/Catalog>>`), ErrNoPages},
		"no PDF": {[]byte("hello"), object.ErrNotPDF}, "circle": {circle, ErrTooLong},
	} {
		if _, _, err := printed(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// copies reads a file whatever it is: each of its pages is copied, and what was
// copied reads again, or it is refused.
func copies(t *testing.T, data []byte) (copied bool) {
	t.Helper()
	file, err := OpenForeign(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, errMadeSoTo) {
		t.Fatalf("the reader failed on %q", data)
	}
	if err != nil {
		return false
	}
	var out bytes.Buffer
	b := newBinder(&out)
	for n := range file.Pages() {
		if _, err := file.form(b, n); err != nil {
			t.Fatalf("page %d, after a trial of it: %v", n+1, err)
		}
	}
	b.object(b.fonts, []byte("<<>>"))
	b.object(b.root, []byte("<</Type/Catalog>>"))
	if err := b.close(fmt.Sprintf("/Root %d 0 R", b.root)); err != nil {
		t.Fatal(err)
	}
	if again, err := object.Open(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil || len(again.Faults()) > 0 {
		t.Fatalf("what was copied does not read again: %v", err)
	}
	return true
}

func FuzzForeign(f *testing.F) {
	f.Add(hostile())
	f.Fuzz(func(t *testing.T, data []byte) { copies(t, data) })
}

// Files that were damaged here and there are printed or refused.
func TestForeignDamaged(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	whole := hostile()
	const files = 1500
	read := 0
	for range files {
		data := bytes.Clone(whole)
		for range 1 + rng.IntN(4) {
			i, k := rng.IntN(len(data)), rng.IntN(len(data))
			j := min(len(data), i+rng.IntN(60))
			switch rng.IntN(3) {
			case 0:
				data[i] = byte(rng.Uint32())
			case 1:
				data = slices.Delete(data, i, j)
			case 2:
				data = slices.Insert(data, k, bytes.Clone(data[i:j])...)
			}
		}
		if copies(t, data) {
			read++
		}
	}
	if read < files/4 || read == files {
		t.Errorf("%d of %d files were read: this test sees nothing", read, files)
	}
}

// Where a page must not come along with another, a page takes what it draws itself: no
// picture, drawing, pattern or letter that lies in the same dictionary for another page.
func TestForeignPageApart(t *testing.T) {
	data := foreignFile(`<</Type/Catalog/Pages 2 0 R>>`, `<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 300 300]/Resources 5 0 R>>`,
		`<</Type/Page/Parent 2 0 R/Contents 6 0 R>>`, `<</Type/Page/Parent 2 0 R/Contents 7 0 R>>`,
		`<</Font<</F 8 0 R/T3 14 0 R>>/XObject<</Own 9 0 R/Other 10 0 R/Within 11 0 R/Mine 12 0 R>>/Pattern<</P 13 0 R>>/ColorSpace<</DefaultRGB/DeviceRGB>>>>`,
		streamOf("", "/Own Do /Mine Do BT /F 24 Tf 20 200 Td (First) Tj /T3 9 Tf (a) Tj ET"), streamOf("", "/Other Do /Pattern cs /P scn 0 0 9 9 re f"),
		`<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>`,
		streamOf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "/Within Do % own"), streamOf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 1 1 re f % other"),
		streamOf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 2 2 re f % within"), streamOf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R", "0 0 3 3 re f % mine"),
		streamOf("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources 5 0 R", "/Other Do % pattern"),
		`<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 15 0 R>>/Resources 5 0 R>>`, streamOf("", "0 0 4 4 re f % letter"))
	for _, apart := range []bool{true, false} {
		f, err := OpenForeign(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if apart {
			f.Apart()
		}
		var out bytes.Buffer
		d, err := New(&out, Options{Title: "Bundle"})
		if err != nil {
			t.Fatal(err)
		}
		d.Foreign(f, 0, Run{Text: "page 1"})
		if _, err := d.Close(); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "out.pdf")
		if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		plain := tool(t, "qpdf", "--qdf", "--object-streams=disable", name, "-")
		for word, own := range map[string]bool{"% own": true, "% within": true, "% mine": true, "% letter": true, "/DefaultRGB": true, "% other": false, "% pattern": false} {
			if want := own || !apart; strings.Contains(plain, word) != want {
				t.Errorf("apart %t: %q is there: %t", apart, word, !want)
			}
		}
	}
}
