package lint

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	"daybook/report/pdf"
	"daybook/report/pdf/object"
)

// today is a day on which every rule of every profile is in force and young.
var today = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// bundle prints what a good bundle has: a cover, an index, sections with
// documents that lead back.
func bundle(t testing.TB, sections bool, pages int) []byte {
	t.Helper()
	points := 0.0
	if sections {
		points = 12 // as the rules of such a bundle ask
	}
	return bundleIn(t, sections, pages, points, 0)
}

// bundleIn prints it in type of some size, with so many rows that a link can lead to.
func bundleIn(t testing.TB, sections bool, pages int, points float64, rows int) []byte {
	t.Helper()
	var out bytes.Buffer
	d, err := pdf.New(&out, pdf.Options{
		Title: "Bundle", Lang: "en-GB", Created: today, Header: "Pack", Home: pdf.Run{Text: "Index", Link: "index"}, Points: points,
	})
	if err != nil {
		t.Fatal(err)
	}
	letter := 'A'
	begin := func(title, anchor string) {
		if letter > 'A' {
			d.PageBreak()
		}
		if sections {
			d.Series(string(letter), "")
		}
		letter++
		d.Heading(1, title, anchor)
	}
	words := func(n int) pdf.Run {
		return pdf.Run{Text: fmt.Sprintf("What is written in document %d, in so many words that a page has some.", n)}
	}
	begin("Cover", "cover")
	d.Paragraph(pdf.Body, words(0))
	begin("Index", "index")
	contents := d.Table([]pdf.Col{{Title: "Section", Width: 8}, {Title: "Page", Width: 2}})
	for n := range 3 {
		anchor := fmt.Sprintf("section-%d", n)
		contents.Row("", []pdf.Run{{Text: fmt.Sprintf("Document %d", n), Link: anchor}}, []pdf.Run{pdf.PageOf(anchor)})
	}
	for n := range 3 {
		begin(fmt.Sprintf("Document %d", n), fmt.Sprintf("section-%d", n))
		d.Paragraph(pdf.Body, words(n))
	}
	for n, list := 0, d.Table([]pdf.Col{{Title: "Row", Width: 8}}); n < rows; n++ {
		list.Row(fmt.Sprintf("row-%d", n), []pdf.Run{words(n)})
	}
	for d.Page() < pages {
		d.PageBreak()
		d.Paragraph(pdf.Body, words(d.Page()))
	}
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A paper is a PDF in hand that a test changes: what it changes is written
// behind the file, as programs that edit do.
type paper struct {
	t     testing.TB
	data  []byte
	pdf   *object.File
	pages []object.Ref
	put   map[int]any // objects that are new
	next  int
	cut   bool // the end of the file is missing
}

// written is an object in the words of the file.
type written []byte

func open(t testing.TB, data []byte) *paper {
	t.Helper()
	pdf, err := object.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{t: t, data: data, pdf: pdf, put: map[int]any{}}
	p.next, _ = pdf.Int(pdf.Trailer()["Size"])
	var walk func(v any)
	walk = func(v any) {
		for _, kid := range pdf.Array(pdf.Dict(v)["Kids"]) {
			walk(kid)
		}
		if ref, ok := v.(object.Ref); ok && pdf.Name(pdf.Dict(v)["Type"]) == "Page" {
			p.pages = append(p.pages, ref)
		}
	}
	walk(p.catalog()["Pages"])
	return p
}

// dict is a dictionary as it was changed last.
func (p *paper) dict(v any) object.Dict {
	if ref, ok := v.(object.Ref); ok {
		if d, ok := p.put[ref.Number].(object.Dict); ok {
			return d
		}
	}
	return p.pdf.Dict(v)
}

func (p *paper) catalog() object.Dict { return p.pdf.Dict(p.pdf.Trailer()["Root"]) }

// set writes an object anew.
func (p *paper) set(v any, to any) object.Ref {
	ref, ok := v.(object.Ref)
	if !ok {
		p.t.Fatalf("%v is no reference", v)
	}
	p.put[ref.Number] = to
	return ref
}

// add writes a new object.
func (p *paper) add(v any) object.Ref {
	p.next++
	return p.set(object.Ref{Number: p.next - 1}, v)
}

// stream writes a new stream.
func (p *paper) stream(dict string, data []byte) object.Ref {
	ref := p.add(nil)
	p.put[ref.Number] = written(fmt.Appendf(nil, "<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
	return ref
}

// change writes a dictionary anew with some of its entries changed; nil takes
// an entry out.
func (p *paper) change(v any, entries object.Dict) {
	d := maps.Clone(p.dict(v))
	for key, to := range entries {
		if d[key] = to; to == nil {
			delete(d, key)
		}
	}
	p.set(v, d)
}

func (p *paper) changeCatalog(entries object.Dict) { p.change(p.pdf.Trailer()["Root"], entries) }

func (p *paper) page(n int) object.Dict { return p.dict(p.pages[n-1]) }

// contents are the streams of a page.
func (p *paper) contents(n int) object.Array {
	return slices.Clone(p.pdf.Array(p.page(n)["Contents"]))
}

// over prints more on a page.
func (p *paper) over(n int, content string) {
	p.contentsTo(n, append(p.contents(n), p.stream("", []byte(content))))
}

// contentsTo gives a page other contents.
func (p *paper) contentsTo(n int, c object.Array) {
	p.change(p.pages[n-1], object.Dict{"Contents": c})
}

// link puts a link on a page.
func (p *paper) link(n int, entries object.Dict) {
	annot := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("Link"), "Rect": object.Array{100, 400, 200, 420}}
	maps.Copy(annot, entries)
	list := append(slices.Clone(p.pdf.Array(p.page(n)["Annots"])), annot)
	p.change(p.pages[n-1], object.Dict{"Annots": list})
}

// bytes is the file with what was changed.
func (p *paper) bytes() []byte {
	out := bytes.NewBuffer(slices.Clone(p.data))
	at := map[int]int{}
	for _, n := range slices.Sorted(maps.Keys(p.put)) {
		at[n] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", n, printed(p.put[n]))
	}
	start := out.Len()
	out.WriteString("xref\n")
	for _, n := range slices.Sorted(maps.Keys(at)) {
		fmt.Fprintf(out, "%d 1\n%010d 00000 n \n", n, at[n])
	}
	old := bytes.LastIndex(p.data, []byte("startxref"))
	trailer := object.Dict{"Size": p.next}
	for _, key := range []object.Name{"Root", "Info", "Encrypt"} {
		if v := p.pdf.Trailer()[key]; v != nil {
			trailer[key] = v
		}
	}
	var prev int
	if _, err := fmt.Sscanf(string(p.data[old:]), "startxref\n%d", &prev); err != nil {
		p.t.Fatal(err)
	}
	trailer["Prev"] = prev
	fmt.Fprintf(out, "trailer\n%s\nstartxref\n%d\n%%%%EOF\n", printed(trailer), start)
	if p.cut {
		return out.Bytes()[:out.Len()-10]
	}
	return out.Bytes()
}

// printed is an object as it stands in a file.
func printed(v any) []byte {
	switch v := v.(type) {
	case nil:
		return []byte("null")
	case written:
		return v
	case object.Name:
		return []byte("/" + string(v))
	case object.String:
		return fmt.Appendf(nil, "<%X>", string(v))
	case object.Ref:
		return fmt.Appendf(nil, "%d %d R", v.Number, v.Generation)
	case object.Array:
		out := []byte("[")
		for _, x := range v {
			out = append(append(out, printed(x)...), ' ')
		}
		return append(out, ']')
	case object.Dict:
		out := []byte("<<")
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out = append(fmt.Appendf(out, "/%s ", key), printed(v[key])...)
		}
		return append(out, ">>"...)
	default:
		return fmt.Append(nil, v)
	}
}

// press presses so many zeros.
func press(t testing.TB, to io.Writer, zeros int) {
	t.Helper()
	z := zlib.NewWriter(to)
	for step := make([]byte, 1<<20); zeros > 0; zeros -= len(step) {
		if _, err := z.Write(step); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}
