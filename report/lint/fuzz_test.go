package lint

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/report/pdf/object"
)

// oracle holds a file against a profile and says what may never be: a panic, an
// error that nobody knows, another verdict the second time, a finding on a page
// that is not there.
func oracle(t *testing.T, data []byte) (v Verdict, err error) {
	t.Helper()
	p, err := profiles.Named("EW-general-2021")
	if err != nil {
		t.Fatal(err)
	}
	file := File{Name: "theirs.pdf", Data: bytes.NewReader(data), Size: int64(len(data))}
	v, err = hold(t.Context(), file, p, today)
	again, err2 := hold(t.Context(), file, p, today)
	if !reflect.DeepEqual(v, again) || fmt.Sprint(err) != fmt.Sprint(err2) {
		t.Errorf("the second time it is another: %v, %v\n%+v\n%+v", err, err2, v, again)
	}
	if err != nil {
		known := false
		for _, e := range []error{object.ErrNotPDF, object.ErrDamage, object.ErrWork, object.ErrEnd, ErrLimit} {
			known = known || errors.Is(err, e)
		}
		if !known || strings.ContainsAny(err.Error(), "\n\r") || !strings.HasPrefix(err.Error(), "theirs.pdf: ") {
			t.Errorf("an error that says nothing: %v", err)
		}
		return v, err
	}
	for _, f := range v.Findings {
		for i, s := range f.Pages {
			if s.First < 1 || s.Last < s.First || s.Last > v.Pages || i > 0 && s.First <= f.Pages[i-1].Last+1 {
				t.Errorf("%s is found on %v of %d pages", f.Rule, f.Pages, v.Pages)
			}
		}
	}
	return v, nil
}

func FuzzHold(f *testing.F) {
	f.Add(good(f, false, 0).bytes())
	f.Add(good(f, true, 0).bytes())
	for _, x := range faults() {
		p := good(f, false, 0)
		x.do(p)
		if data := p.bytes(); len(data) < 1<<20 {
			f.Add(data)
		}
	}
	for _, h := range hostile() {
		if len(h.data) < 1<<14 { // those that are heavy for their size are tried by themselves
			f.Add(h.data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := oracle(t, data); err != nil {
			return
		}
	})
}

// A file whose bytes are damaged one at a time is read or refused, and never
// more than that.
func TestDamagedFiles(t *testing.T) {
	whole := good(t, false, 0).bytes()
	step := len(whole)/80 + 1
	for at := 0; at < len(whole); at += step {
		for _, damage := range []func([]byte) []byte{
			func(b []byte) []byte { return b[:at] },
			func(b []byte) []byte { b[at] ^= 0xFF; return b },
		} {
			if _, err := oracle(t, damage(bytes.Clone(whole))); err != nil && at > len(whole)/2 && !errors.Is(err, object.ErrDamage) && !errors.Is(err, ErrLimit) {
				t.Errorf("byte %d: %v", at, err)
			}
		}
	}
}

// made is a file that was made to hurt its reader.
type made struct {
	what string
	data []byte
}

// pdfOf puts objects into a file with a table of them.
func pdfOf(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

func streamOf(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func hostile() []made {
	const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>/Font<</F 6 0 R>>>>>>"
	const catalog, pages = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>"
	font := "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
	var drawings []string
	for n := range 12 {
		drawings = append(drawings, streamOf(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</A %d 0 R>>>>", 6+n), strings.Repeat("/A Do ", 400)))
	}
	return []made{
		{"a page tree in a circle", pdfOf(catalog, "<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 3 0 R]>>", "<</Type/Pages/Kids[2 0 R]>>")},
		{"a page that is a million", pdfOf(catalog, "<</Type/Pages/Kids["+strings.Repeat("3 0 R ", 100_000)+"]>>", page, streamOf("", ""))},
		{"pages that are no objects of their own", pdfOf(catalog, "<</Type/Pages/Kids["+strings.Repeat("<<>>", 30_000)+"]>>")},
		{"drawings within drawings", pdfOf(append([]string{catalog, pages, page, streamOf("", strings.Repeat("/A Do ", 400))}, drawings...)...)},
		{"a drawing of itself", pdfOf(catalog, pages, page, streamOf("", "/A Do"), streamOf("/Subtype/Form/Resources<</XObject<</A 5 0 R>>>>", strings.Repeat("/A Do ", 50)))},
		{"boxes over words", pdfOf(catalog, pages, page, streamOf("", "BT /F 9 Tf "+strings.Repeat("(x) Tj ", 20_000)+" ET "+strings.Repeat("0 0 1 1 re f ", 20_000)), "null", font)},
		{"arrays within arrays", pdfOf(catalog, pages, strings.Repeat("[", 100_000))},
		{"a bookmark that follows itself", pdfOf("<</Type/Catalog/Pages 2 0 R/Outlines<</First 7 0 R>>>>", pages, page, streamOf("", ""), "null", font, "<</Title(A)/Next 7 0 R/First 7 0 R>>")},
		{"a name that leads to itself", pdfOf("<</Type/Catalog/Pages 2 0 R/Dests<</A/A>>/OpenAction/A/Names<</Dests 7 0 R>>>>", pages, page, streamOf("", ""), "null", font, "<</Kids[7 0 R 7 0 R]>>")},
		{"an object that is itself", pdfOf(catalog, pages, page, "4 0 R", "5 0 R", "6 0 R")},
		{"an action without end", pdfOf("<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>", pages, page, streamOf("", ""), "null", font, "<</S/JavaScript/Next[7 0 R 7 0 R]>>")},
		{"labels of pages that are not there", pdfOf("<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[-1<<>>0<</S/D/St -5>>99999999<<>>]>>>>", pages, page, streamOf("", ""))},
		{"a font of no width", pdfOf(catalog, pages, page, streamOf("", "BT /F 1e30 Tf 1e30 0 0 1e30 1e30 0 Tm (x) Tj [(x) -1e30 (y)] TJ ET"), "null", "<</Subtype/Type0/DescendantFonts[<</W[0 99999999 5 1]/DW -1>>]>>")},
		{"a table that leads to itself", []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF")},
		{"a table of too many", []byte("%PDF-1.4\nxref\n0 999999999\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF")},
		{"nothing but its beginning", []byte("%PDF-")},
		{"objects without number", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj", 3000))},
	}
}

func TestFilesMadeToHurt(t *testing.T) {
	for _, h := range hostile() {
		t.Run(h.what, func(t *testing.T) {
			if v, err := oracle(t, h.data); err == nil && v.Pages > 100_000 {
				t.Errorf("%d pages", v.Pages)
			}
		})
	}
}

// A word that is pressed a thousandfold is not unpressed without end.
func TestABombIsNotUnpressed(t *testing.T) {
	p := good(t, false, 0)
	var pressed bytes.Buffer
	press(t, &pressed, 80<<20)
	c := p.contents(3)
	for range 3 {
		c = append(c, p.stream("/Filter/FlateDecode", pressed.Bytes()))
	}
	p.contentsTo(3, c)
	v, err := oracle(t, p.bytes())
	if err == nil && v.Pages != 5 || err != nil && !errors.Is(err, object.ErrWork) {
		t.Errorf("%d pages, %v", v.Pages, err)
	}
}
