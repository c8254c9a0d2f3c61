package ufdr

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// The limits of one record.
const (
	maxRecord = 8 << 20  // bytes of its names and values
	maxValue  = 16 << 20 // bytes between two tags, however large the file
	maxDepth  = 64       // elements in one another
)

// element is one element that is held whole.
type element struct {
	name  string
	attrs []xml.Attr
	text  string
	kids  []*element
	at    int64
	size  int // bytes held, with everything inside
	cut   bool
}

func (n *element) attr(name string) string { return attr(n.attrs, name) }

func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// errEnds is the error of a report that ends too early.
var errEnds = errors.New("the report ends before it is whole")

func (x *report) token() (xml.Token, error) {
	t, err := x.d.Token()
	if err == io.EOF {
		err = errEnds
	}
	return t, err
}

// element reads the element that was just opened, to its end.
func (x *report) element(el xml.StartElement) (*element, error) { return x.build(el, 0, nil) }

// build reads an element; apart may take an element directly inside it away, and
// then has read it.
func (x *report) build(el xml.StartElement, depth int, apart func(*element, xml.StartElement) (bool, error)) (*element, error) {
	n := &element{name: el.Name.Local, attrs: el.Attr, at: x.d.InputOffset()}
	for _, a := range el.Attr {
		n.size += len(a.Value)
	}
	var text strings.Builder
	for {
		t, err := x.token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if n.size+len(t) > maxRecord {
				n.cut = true
				continue
			}
			n.size += len(t)
			text.Write(t)
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
				n.cut = true
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
				n.cut = true
				continue
			}
			n.cut = n.cut || kid.cut
			n.kids = append(n.kids, kid)
		case xml.EndElement:
			n.text = strings.TrimSpace(text.String())
			return n, nil
		}
	}
}

// words writes an element and everything inside it for a person to read.
func (n *element) words() string {
	var b strings.Builder
	n.write(&b, 0)
	return strings.TrimSpace(b.String())
}

func (n *element) write(b *strings.Builder, depth int) {
	if b.Len() > importers.MostFact {
		return
	}
	fmt.Fprintf(b, "\n%s%s", strings.Repeat(" ", depth), n.name)
	for _, a := range n.attrs {
		if a.Name.Local != "xmlns" {
			fmt.Fprintf(b, " %s=%q", a.Name.Local, a.Value)
		}
	}
	if n.text != "" {
		b.WriteString(": " + n.text)
	}
	for _, k := range n.kids {
		k.write(b, depth+1)
	}
}

// attributes writes the attributes of an element.
func attributes(el xml.StartElement) string {
	return (&element{name: el.Name.Local, attrs: el.Attr}).words()
}

// note states what the report says of itself.
func (x *report) note(format string, args ...any) error {
	return x.out.Covers(timeline.When{}, timeline.When{}, importers.Shorten(fmt.Sprintf(format, args...), importers.MostFact))
}

// cleaned reads XML, and puts a space where a byte has no place in it: a report
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
