package jsonfile

import (
	"bytes"
	"errors"
	"io"
)

// fill sees to it that n bytes stand from pos on and tells whether they do.
func (f *File) fill(n int) bool {
	for len(f.buf)-f.pos < n && f.end == nil {
		f.more()
	}
	return len(f.buf)-f.pos >= n
}

// more reads a piece. What is before pos, or before keep, is let go.
func (f *File) more() {
	from := f.pos
	if f.keep >= 0 {
		from = f.keep
	}
	if from > 0 {
		n := copy(f.buf, f.buf[from:])
		f.buf, f.base, f.pos = f.buf[:n], f.base+int64(from), f.pos-from
		if f.keep >= 0 {
			f.keep = 0
		}
	}
	if cap(f.buf)-len(f.buf) < chunk {
		f.buf = append(make([]byte, 0, max(2*cap(f.buf), 2*chunk)), f.buf...)
	}
	for range 100 {
		n, err := f.r.Read(f.buf[len(f.buf) : len(f.buf)+chunk])
		f.buf, f.end = f.buf[:len(f.buf)+n], err
		if n > 0 || err != nil {
			return
		}
	}
	f.end = io.ErrNoProgress
}

// space passes over white space.
func (f *File) space() {
	for f.pos < len(f.buf) || f.fill(1) {
		switch f.buf[f.pos] {
		case ' ', '\t', '\n', '\r':
			f.pos++
		default:
			return
		}
	}
}

// next gives the byte that comes next, behind white space; 0 at the end.
func (f *File) next() byte {
	f.space()
	if f.pos == len(f.buf) {
		return 0
	}
	return f.buf[f.pos]
}

// What a byte means outside strings.
const (
	plain = iota
	blank
	quote
	opens
	closes
	joins // a comma or a colon
)

var means = [256]uint8{' ': blank, '\t': blank, '\n': blank, '\r': blank, '"': quote, '{': opens, '[': opens, '}': closes, ']': closes, ',': joins, ':': joins}

// extent is what stands between two places of the file.
type extent struct {
	at, size int64
	depth    int
	raw      []byte // nil when it was not kept, or is larger than MaxValue
	head     []byte // its first bytes, when it is larger than MaxValue
}

var errBrackets = errors.New("a bracket is closed that was not opened")

// pass goes over one value and keeps its bytes if it is asked to and they are
// not too many. They hold until the next step.
func (f *File) pass(keep bool) (extent, error) {
	f.space()
	x := extent{at: f.Offset()}
	if keep {
		f.keep = f.pos
	}
	err := f.over(&x)
	x.size = f.Offset() - x.at
	switch {
	case f.keep >= 0 && x.size <= MaxValue:
		x.raw = f.buf[f.keep:f.pos]
	case f.keep >= 0:
		x.head = bytes.Clone(f.buf[f.keep : f.keep+maxWords])
	}
	f.keep = -1
	return x, err
}

// over goes over one value.
func (f *File) over(x *extent) error {
	switch c := f.next(); means[c] {
	case opens:
		f.pos++
		x.depth = 1
		return f.overRest(x, 1, []byte{c})
	case quote:
		f.pos++
		return f.overString(x)
	case plain:
		return f.overLiteral(x)
	}
	return f.broken("a value is missing")
}

// overRest goes on until depth brackets are closed. open are those that are
// open, as far as they are watched.
func (f *File) overRest(x *extent, depth int, open []byte) error {
	for {
		b := f.buf[f.pos:]
		n := 0
		for n < len(b) && (means[b[n]] < quote || means[b[n]] == joins) {
			n++
		}
		f.pos += n
		if n == len(b) {
			if !f.again(x) {
				return f.broken("")
			}
			continue
		}
		c := b[n]
		f.pos++
		switch means[c] {
		case quote:
			if err := f.overString(x); err != nil {
				return err
			}
		case opens:
			depth++
			x.depth = max(x.depth, depth)
			if len(open) == depth-1 && depth <= 4*MaxDepth {
				open = append(open, c)
			}
		case closes:
			if len(open) == depth {
				if open[depth-1]+2 != c {
					f.pos--
					return f.broken(errBrackets.Error())
				}
				open = open[:depth-1]
			}
			if depth--; depth == 0 {
				return nil
			}
		}
	}
}

// again reads more, and lets go of a value that has become too large to keep.
func (f *File) again(x *extent) bool {
	if f.keep >= 0 && f.pos-f.keep > MaxValue {
		x.head = bytes.Clone(f.buf[f.keep : f.keep+maxWords])
		f.keep = -1
	}
	return f.fill(1)
}

// overString goes behind the end of a string whose quote was passed.
func (f *File) overString(x *extent) error {
	for {
		f.pos = overUnescaped(f.buf, f.pos)
		if f.pos == len(f.buf) {
			if !f.again(x) {
				return f.broken("")
			}
			continue
		}
		f.pos++
		if f.buf[f.pos-1] == '"' {
			return nil
		}
		if f.pos == len(f.buf) && !f.again(x) {
			return f.broken("")
		}
		f.pos++
	}
}

// overUnescaped goes to the first quote or backslash.
func overUnescaped(b []byte, i int) int {
	if i = overPlain(b, i); i == len(b) || b[i] == '"' || b[i] == '\\' {
		return i
	}
	n := bytes.IndexByte(b[i:], '"')
	if n < 0 {
		n = len(b) - i
	}
	if esc := bytes.IndexByte(b[i:i+n], '\\'); esc >= 0 {
		n = esc
	}
	return i + n
}

// overLiteral goes behind a number, true, false or null, or whatever stands in
// the place of one.
func (f *File) overLiteral(x *extent) error {
	at := f.Offset()
	for {
		for f.pos < len(f.buf) && means[f.buf[f.pos]] == plain {
			f.pos++
		}
		if f.pos < len(f.buf) || !f.again(x) {
			break
		}
	}
	cut := f.pos == len(f.buf) && len(f.path) > 0
	if cut || f.Offset() == at || f.end != nil && !errors.Is(f.end, io.EOF) {
		return f.broken("a value is missing")
	}
	return nil
}
