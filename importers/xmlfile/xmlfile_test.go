package xmlfile

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"daybook/importers/importertest"
)

// TestCleaned: bytes that have no place in XML become spaces, letters stay
// whole however the file is read.
func TestCleaned(t *testing.T) {
	in := "<a>é\x01\xff😀\xc3</a>\xe2\x82"
	for _, r := range []io.Reader{strings.NewReader(in), iotest.HalfReader(strings.NewReader(in)), iotest.OneByteReader(strings.NewReader(in))} {
		c := &cleaned{r: r}
		got, err := io.ReadAll(c)
		if want := "<a>é  😀 </a>  "; err != nil || string(got) != want || c.odd != 5 {
			t.Errorf("%q, %d odd, %v; want %q", got, c.odd, err, want)
		}
	}
}

// TestEncodings: one text in four encodings, and one that is not known.
func TestEncodings(t *testing.T) {
	for _, in := range []string{
		"<?xml version='1.0' encoding='UTF-8'?><a>caf\u00e9</a>", "\ufeff<a>caf\u00e9</a>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>", "\xff\xfe<\x00a\x00>\x00c\x00a\x00f\x00\xe9\x00<\x00/\x00a\x00>\x00",
	} {
		x, err := New(context.Background(), strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		root, err := x.Root()
		if err != nil {
			t.Fatal(err)
		}
		if n, err := x.Element(root); err != nil || n.Text != "caf\u00e9" || x.Odd() != 0 {
			t.Errorf("%q: %+v, %v", in, n, err)
		}
	}
	if _, err := New(context.Background(), strings.NewReader("<?xml version='1.0' encoding='nothing'?><a/>")); err == nil {
		t.Error("an encoding that is not known is no error")
	}
}

// TestCutIsSaid: a file that ends too early says so wherever it ends.
func TestCutIsSaid(t *testing.T) {
	const in = `<a x="1"><b>café</b><c y='2'/><!-- d --></a>`
	for n := 1 + strings.Index(in, ">"); n < len(in); n++ {
		if _, err := shape(strings.NewReader(in[:n])); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q: %v", in[:n], err)
		}
	}
	if _, err := shape(strings.NewReader(in)); err != nil {
		t.Error(err)
	}
}

// shape writes a file as its elements are read.
func shape(r io.Reader) (string, error) {
	var b strings.Builder
	x, err := New(context.Background(), r)
	if err != nil {
		return "", err
	}
	root, err := x.Root()
	if err != nil {
		return "", err
	}
	err = x.Children(func(el xml.StartElement) error {
		n, err := x.Element(el)
		if err == nil {
			n.shape(&b)
		}
		return err
	})
	return root.Name.Local + b.String(), err
}

func (n *Element) shape(b *strings.Builder) {
	fmt.Fprintf(b, "(%s@%d %q", n.Name, n.At, n.Text)
	for _, a := range n.Attrs { // without their spaces, which raw tokens do not look up
		fmt.Fprintf(b, " %s=%q", a.Name.Local, a.Value)
	}
	for _, k := range n.Kids {
		k.shape(b)
	}
	b.WriteString(")")
}

// FuzzElements: of any bytes, read in pieces of any size, the elements are those
// that the library's raw tokens make of the same bytes, cleaned.
func FuzzElements(f *testing.F) {
	for _, s := range []string{`<a><b c="d&amp;é">e<f/> g </b><h>&#x263a;</h></a>`, "<?xml version='1.0'?><!-- a --><r:s xmlns:r='u'><r:t v='1'><![CDATA[<x>]]></r:t></r:s>z",
		"<a><b></c></a>", "<a><b>\x00\xff\xed\xa0\x80</b></a>", "<a><b", "<a><b/><b>&nbsp;&nothing;</b></a>", "<a><b x=1 y></b></a>", "<a><!DOCTYPE b><b>\ufffe</b></a>"} {
		f.Add([]byte(s), 3)
	}
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		if encodingOf(data[:min(len(data), 200)]) != "" {
			return
		}
		got, err := shape(importertest.Pieces(data, 1+max(size, 0)%100))
		want, wanted := rawShape(data)
		if errors.Is(wanted, errDeep) {
			return
		}
		if got != want && err == nil || (err == nil) != (wanted == nil) {
			t.Errorf("%s, %v, want %s, %v", got, err, want, wanted)
		}
	})
}

var errDeep = errors.New("deeper than is held")

// rawShape is the shape of a file by the library's raw tokens, whose ends it holds
// against their beginnings itself.
func rawShape(data []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(repaired(data)))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var open []*Element
	var names []xml.Name
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].Text += string(t)
			}
		case xml.StartElement:
			n := &Element{Name: t.Name.Local, Attrs: t.Copy().Attr, At: d.InputOffset()}
			if len(open) > 0 {
				up := open[len(open)-1]
				up.Kids = append(up.Kids, n)
			}
			if open, names = append(open, n), append(names, t.Name); len(open) > maxDepth {
				return "", errDeep
			}
		case xml.EndElement:
			last := len(open) - 1
			if last < 0 || names[last] != t.Name {
				return "", errors.New("an end without its beginning")
			}
			open[last].Text = strings.TrimSpace(open[last].Text)
			if last == 0 {
				var b strings.Builder
				for _, k := range open[0].Kids {
					k.shape(&b)
				}
				return open[0].Name + b.String(), nil
			}
			open, names = open[:last], names[:last]
		}
	}
}

// repaired puts spaces where bytes have no place in XML, letter by letter.
func repaired(data []byte) []byte {
	out := bytes.Clone(data)
	for i := 0; i < len(out); {
		r, n := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xfffe || r == 0xffff {
			copy(out[i:i+n], "   ")
		}
		i += n
	}
	return out
}
