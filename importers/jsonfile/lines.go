package jsonfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strconv"
	"unicode"
)

// Lines reads a file of one value a line. Each value's record says its line,
// from 1 on; empty lines are passed over. That the last one is cut off is what End
// then says.
func (f *File) Lines() iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		f.fresh = false
		for n := 1; f.fill(1); n++ {
			if err := f.ctx.Err(); err != nil {
				yield(Value{}, err)
				return
			}
			x, whole := f.line()
			if !whole && endsInside(x.raw) {
				f.missing = f.broken("")
			}
			f.words = strconv.AppendInt(append(f.words[:0], "line "...), int64(n), 10)
			if x.size > 0 && !yield(f.value(x), nil) {
				return
			}
		}
		if !errors.Is(f.end, io.EOF) {
			yield(Value{}, f.end)
		}
	}
}

// endsInside tells that a value has no end.
func endsInside(raw []byte) bool {
	_, err := New(context.Background(), bytes.NewReader(raw)).pass(false)
	return len(raw) > 0 && errors.Is(err, io.ErrUnexpectedEOF)
}

// line gives what stands up to the end of the line, white space around it taken
// away. whole tells that the line has an end.
func (f *File) line() (x extent, whole bool) {
	x.at = f.Offset()
	f.keep = f.pos
	for {
		n := bytes.IndexByte(f.buf[f.pos:], '\n')
		if whole = n >= 0; whole {
			f.pos += n + 1
			break
		}
		f.pos = len(f.buf)
		if !f.again(&x) {
			break
		}
	}
	x.size = f.Offset() - x.at
	if f.keep >= 0 {
		all := f.buf[f.keep:f.pos]
		x.raw = bytes.TrimSpace(all)
		x.at += int64(len(all) - len(bytes.TrimLeftFunc(all, unicode.IsSpace)))
		x.size = int64(len(x.raw))
		if bytes.Count(x.raw, []byte("{"))+bytes.Count(x.raw, []byte("[")) > MaxDepth { // only then it can be too deep
			x.depth = depth(x.raw)
		}
	}
	if x.size > MaxValue && x.raw != nil {
		x.head, x.raw = bytes.Clone(x.raw[:maxWords]), nil
	}
	f.keep = -1
	return x, whole
}

// depth is how many brackets are open at once in a value.
func depth(raw []byte) (most int) {
	open, inside := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inside && c == '\\':
			i++
		case means[c] == quote:
			inside = !inside
		case !inside && means[c] == opens:
			open++
			most = max(most, open)
		case !inside && means[c] == closes:
			open--
		}
	}
	return most
}
