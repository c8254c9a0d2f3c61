// Package xmlfile walks an XML file of any size from front to back, holding no
// more of it than one record. It knows XML and no format: importers say which
// elements are their records.
//
// Bytes that have no place in XML become spaces and are counted, so that a file
// with a broken letter is read to its end. Another encoding than UTF-8 is undone
// first; offsets are then those of the text.
package xmlfile

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"daybook/importers"
)

// The limits of one record.
const (
	maxRecord = 8 << 20  // bytes of its names and values
	maxValue  = 16 << 20 // bytes between two tags, however large the file
	maxDepth  = 64       // elements in one another
)

// Element is one element that is held whole.
type Element struct {
	Name  string // without its space
	Attrs []xml.Attr
	Text  string // directly inside, without white space around it
	Kids  []*Element
	At    int64 // the byte behind its tag
	Cut   bool  // it holds more than is kept
	size  int   // bytes held, with everything inside
}

// Attr gives the value of an attribute, or nothing.
func (n *Element) Attr(name string) string { return Attr(n.Attrs, name) }

// Kid gives the text of the first element inside that has a name, or nothing.
func (n *Element) Kid(name string) string {
	for _, k := range n.Kids {
		if k.Name == name {
			return k.Text
		}
	}
	return ""
}

// Attr gives the value of an attribute of a tag, or nothing.
func Attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// errEnds is the error of a file that ends too early.
const errEnds = importers.CutError("the file ends before it is whole")

// Reader reads a file element by element. One goroutine uses it.
type Reader struct {
	ctx   context.Context
	d     *xml.Decoder
	clean *cleaned
	text  []byte // of the elements that are being read, one behind the other
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// New reads from r until ctx ends.
func New(ctx context.Context, r io.Reader) (*Reader, error) {
	b := bufio.NewReaderSize(importers.UntilDone(ctx, r), 64<<10)
	head, err := b.Peek(200)
	if err != nil && err != io.EOF {
		return nil, err
	}
	text := io.Reader(b)
	if label := encodingOf(head); label != "" {
		if text, err = charset.NewReaderLabel(label, b); err != nil {
			return nil, fmt.Errorf("the encoding %q: %w", label, err)
		}
	}
	x := &Reader{ctx: ctx, clean: &cleaned{r: text}}
	x.d = xml.NewDecoder(x.clean)
	x.d.Entity = xml.HTMLEntity
	x.d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // undone above
	return x, nil
}

// encodingOf is the encoding of a file that is not UTF-8.
func encodingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return "utf-16be"
	}
	m := declared.FindSubmatch(bytes.TrimPrefix(head, []byte("\ufeff")))
	if m == nil || strings.HasPrefix(strings.ToLower(string(m[1])), "utf") {
		return ""
	}
	return string(m[1])
}

// Offset is the byte of the text up to which it has been read.
func (x *Reader) Offset() int64 { return x.d.InputOffset() }

// Odd is how many bytes had no place in XML.
func (x *Reader) Odd() int { return x.clean.odd }

// Root finds the root element; ErrNotMine where there is none.
func (x *Reader) Root() (xml.StartElement, error) {
	for {
		t, err := x.d.Token()
		if err == io.EOF {
			return xml.StartElement{}, importers.ErrNotMine
		}
		if err != nil {
			return xml.StartElement{}, err
		}
		if el, ok := t.(xml.StartElement); ok {
			return el, nil
		}
	}
}

// Children calls visit for each element of the one that was just opened; visit
// reads it to its end.
func (x *Reader) Children(visit func(xml.StartElement) error) error {
	for {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		t, err := x.token()
		if err != nil {
			return err
		}
		switch el := t.(type) {
		case xml.StartElement:
			if err := visit(el); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

func (x *Reader) token() (xml.Token, error) {
	t, err := x.d.Token()
	if bad := (*xml.SyntaxError)(nil); err == io.EOF || errors.As(err, &bad) && bad.Msg == "unexpected EOF" {
		err = errEnds
	}
	return t, err
}

// Element reads the element that was just opened, to its end.
func (x *Reader) Element(el xml.StartElement) (*Element, error) { return x.build(el, 0, nil) }

// Apart reads an element as Element does; take may take an element directly
// inside it away, and then has read it.
func (x *Reader) Apart(el xml.StartElement, take func(*Element, xml.StartElement) (bool, error)) (*Element, error) {
	return x.build(el, 0, take)
}

func (x *Reader) build(el xml.StartElement, depth int, apart func(*Element, xml.StartElement) (bool, error)) (*Element, error) {
	n := &Element{Name: el.Name.Local, Attrs: el.Attr, At: x.d.InputOffset()}
	for _, a := range el.Attr {
		n.size += len(a.Value)
	}
	before := len(x.text)
	for {
		t, err := x.token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if n.size+len(t) > maxRecord {
				n.Cut = true
				continue
			}
			n.size += len(t)
			x.text = append(x.text, t...)
		case xml.StartElement:
			if apart != nil {
				if taken, err := apart(n, t); err != nil || taken {
					if err != nil {
						return nil, err
					}
					continue
				}
			}
			if depth == maxDepth {
				n.Cut = true
				if err := x.d.Skip(); err != nil {
					return nil, err
				}
				continue
			}
			kid, err := x.build(t, depth+1, nil)
			if err != nil {
				return nil, err
			}
			if n.size += kid.size; n.size > maxRecord {
				n.Cut = true
				continue
			}
			n.Cut = n.Cut || kid.Cut
			if n.Kids == nil {
				n.Kids = make([]*Element, 0, 4)
			}
			n.Kids = append(n.Kids, kid)
		case xml.EndElement:
			n.Text = string(bytes.TrimSpace(x.text[before:]))
			x.text = x.text[:before]
			return n, nil
		}
	}
}

// Words writes an element and everything inside it for a person to read.
func (n *Element) Words() string {
	var b strings.Builder
	n.write(&b, 0)
	return strings.TrimSpace(b.String())
}

func (n *Element) write(b *strings.Builder, depth int) {
	if b.Len() > importers.MostFact {
		return
	}
	fmt.Fprintf(b, "\n%s%s", strings.Repeat(" ", depth), n.Name)
	for _, a := range n.Attrs {
		if a.Name.Local != "xmlns" {
			fmt.Fprintf(b, " %s=%q", a.Name.Local, a.Value)
		}
	}
	if n.Text != "" {
		b.WriteString(": " + n.Text)
	}
	for _, k := range n.Kids {
		k.write(b, depth+1)
	}
}

// cleaned reads XML, and puts a space where a byte has no place in it: a file
// with a broken letter is read to its end. It ends at a value of more than
// maxValue, which a file without end would be.
type cleaned struct {
	r    io.Reader
	odd  int
	run  int    // bytes since the last tag began
	left []byte // the beginning of a letter
	err  error
}

var errValue = fmt.Errorf("a value of more than %d bytes", maxValue)

func (c *cleaned) Read(p []byte) (int, error) {
	if len(p) < 2*utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	n := copy(p, c.left)
	c.left = c.left[:0]
	if c.err == nil {
		var m int
		m, c.err = c.r.Read(p[n:])
		n += m
	}
	out := c.fix(p[:n], c.err != nil)
	if c.run > maxValue {
		return 0, errValue
	}
	if out == 0 && c.err != nil {
		return 0, c.err
	}
	return out, nil
}

// fix cleans what was read, and gives how much of it may go on.
func (c *cleaned) fix(p []byte, last bool) int {
	for i := 0; i < len(p); {
		b := p[i]
		switch {
		case b == '<':
			c.run = 0
		case b < ' ' && b != '\t' && b != '\n' && b != '\r':
			p[i] = ' '
			c.odd++
		}
		size := 1
		if b >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRune(p[i:])
			if r == utf8.RuneError && size == 1 {
				if !last && !utf8.FullRune(p[i:]) {
					c.left = append(c.left, p[i:]...)
					return i
				}
				p[i] = ' '
				c.odd++
			}
			if r == '\ufffe' || r == '\uffff' {
				copy(p[i:], "   ")
				c.odd++
			}
		}
		i += size
		c.run += size
	}
	return len(p)
}
