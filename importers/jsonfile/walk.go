package jsonfile

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// step is one level of where the walk is.
type step struct {
	kind  byte   // '{' or '['
	name  string // of the member that stands here
	index int    // of the element
	above string // the path of the bracket itself, once it was asked for twice
	asked int
}

// Kind tells what stands here: '{', '[', '"', '0' for a number, 't', 'f', 'n'; 0
// when nothing does.
func (f *File) Kind() byte {
	return kindOf(f.next())
}

func kindOf(first byte) byte {
	switch first {
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return '0'
	case '{', '[', '"', 't', 'f', 'n':
		return first
	}
	return 0
}

// Members goes through the object that stands here, name by name. A loop that
// reads on in the body stands at the member's value.
func (f *File) Members() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		f.walk('{', func(s *step) bool { return yield(s.name, nil) }, func(err error) { yield("", err) })
	}
}

// Elements goes through the array that stands here, with the number of each from
// 0 on.
func (f *File) Elements() iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		f.walk('[', func(s *step) bool { return yield(s.index, nil) }, func(err error) { yield(0, err) })
	}
}

var errDeep = fmt.Errorf("more than %d values stand inside one another", MaxDepth)

// walk goes through what is in a bracket. What the body leaves is passed over.
func (f *File) walk(kind byte, body func(*step) bool, fail func(error)) {
	if !f.fresh || f.next() != kind {
		return
	}
	f.pos++
	if len(f.path) == MaxDepth {
		fail(f.broken(errDeep.Error()))
		return
	}
	f.path = append(f.path, step{kind: kind, index: -1})
	depth := len(f.path)
	for {
		more, err := f.advance()
		if err != nil {
			fail(err)
			return
		}
		if !more {
			return
		}
		if !body(&f.path[depth-1]) {
			return
		}
		if err := f.leave(depth); err != nil {
			fail(err)
			return
		}
	}
}

// advance goes to the next value of the innermost bracket, or out of it.
func (f *File) advance() (more bool, err error) {
	if err := f.ctx.Err(); err != nil {
		return false, err
	}
	s := &f.path[len(f.path)-1]
	c := f.next()
	if c == s.kind+2 {
		f.pos++
		f.path = f.path[:len(f.path)-1]
		f.fresh = false
		return false, nil
	}
	if s.index++; s.index > 0 {
		if c != ',' {
			return false, f.broken("a comma is missing")
		}
		f.pos++
	}
	if s.kind == '{' {
		if s.name, err = f.name(); err != nil {
			return false, err
		}
	}
	f.fresh = true
	return true, nil
}

// name reads the name of a member, and its colon.
func (f *File) name() (string, error) {
	if f.next() != '"' {
		return "", f.broken("the name of a value is missing")
	}
	x, err := f.pass(true)
	if err != nil {
		return "", err
	}
	name := f.names[len(f.path)-1] // most often the same as the last one here
	if len(x.raw) < 2 || string(x.raw[1:len(x.raw)-1]) != name || strings.IndexByte(name, '\\') >= 0 {
		name = Plain(x.raw)
		f.names[len(f.path)-1] = name
	}
	if f.next() != ':' {
		return "", f.broken("a colon is missing")
	}
	f.pos++
	return name, nil
}

// leave passes over what the body of a loop has left, wherever it stopped.
func (f *File) leave(depth int) error {
	for {
		if f.fresh {
			if err := f.passUnread(); err != nil {
				return err
			}
		}
		if len(f.path) <= depth {
			return nil
		}
		if _, err := f.advance(); err != nil {
			return err
		}
	}
}

func (f *File) passUnread() error {
	p := f.pattern()
	x, err := f.pass(false)
	f.fresh = false
	f.unread.add(p, x)
	return err
}

// Skip passes over the value that stands here and tells how many bytes it has.
// It is not kept in Unread.
func (f *File) Skip() (size int64, err error) {
	x, err := f.pass(false)
	f.fresh = false
	return x.size, err
}

// Value reads the value that stands here whole. Its error ends the walk; what is
// wrong with the value alone is told by its Decode.
func (f *File) Value() (Value, error) {
	x, err := f.pass(true)
	f.fresh = false
	if err != nil {
		return Value{}, err
	}
	return f.placed(x), nil
}

// placed is the value of an extent, by the path of what stands here.
func (f *File) placed(x extent) Value {
	f.words = f.appendWhere(f.words[:0], len(f.path))
	if len(f.words) == 0 {
		f.words = append(f.words, "value"...)
	}
	return f.value(x)
}

// where is the path of what stands here: "chats.list[3].messages[12]".
func (f *File) where() string { return string(f.appendWhere(make([]byte, 0, 64), len(f.path))) }

// appendWhere appends the path of what stands in the innermost of so many
// brackets. What is above it is worked out once for all that stands there, where
// that is more than one value.
func (f *File) appendWhere(b []byte, brackets int) []byte {
	if brackets == 0 {
		return b
	}
	s := &f.path[brackets-1]
	switch s.asked++; {
	case s.asked == 1:
		b = f.appendWhere(b, brackets-1)
	case s.asked == 2:
		s.above = string(f.appendWhere(nil, brackets-1))
		fallthrough
	default:
		b = append(b, s.above...)
	}
	b = s.appendTo(b)
	if s.kind == '[' && s.index >= 0 {
		b = append(strconv.AppendInt(append(b, '['), int64(s.index), 10), ']')
	}
	return b
}

// pattern is the path without the numbers of elements.
func (f *File) pattern() string {
	var b []byte
	for i := range f.path {
		b = f.path[i].appendTo(b)
		if f.path[i].kind == '[' {
			b = append(b, "[]"...)
		}
	}
	return string(b)
}

func (s *step) appendTo(b []byte) []byte {
	if s.kind != '{' || s.index < 0 {
		return b
	}
	if len(b) > 0 {
		b = append(b, '.')
	}
	if odd(s.name) {
		return strconv.AppendQuote(b, s.name)
	}
	return append(b, s.name...)
}

// odd tells a name that could be taken for something else in a path.
func odd(name string) bool {
	if name == "" || len(name) > 200 {
		return true
	}
	for i := range len(name) {
		switch c := name[i]; {
		case c == '.' || c == '[' || c == ']' || c == '"':
			return true
		case c < ' ' || c > '~': // not as most are
			return !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool {
				return strings.ContainsRune(`.[]"`, r) || !unicode.IsPrint(r)
			})
		}
	}
	return false
}
