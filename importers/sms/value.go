package sms

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxReference is the longest reference that is looked for: "&#x0010FFFF;".
const maxReference = 16

// text is the value of an attribute.
type text struct {
	shown string // cut to the limit it was read with
	size  int64  // bytes of the whole
	odd   bool   // something in it is no character and shown by a mark
}

func (t text) cut() bool { return t.size > int64(len(t.shown)) }

// text reads a value whose opening quote was read, and its closing quote. With
// an error it gives what there was before it.
func (s *scanner) text(quote byte, limit int) (text, error) {
	var v text
	s.value = s.value[:0]
	for {
		if !s.ensure(1) {
			v.shown = string(s.value)
			return v, s.fail("a value does not end")
		}
		run := plainRun(s.buf[s.pos:], quote)
		if run > 0 {
			s.keep(&v, s.buf[s.pos:s.pos+run], limit)
			s.pos += run
			continue
		}
		if s.buf[s.pos] == quote {
			s.pos++
			v.shown = common(s.value)
			return v, nil
		}
		var room [2 * utf8.UTFMax]byte
		char, odd := s.character(room[:0])
		v.odd = v.odd || odd
		s.keep(&v, char, limit)
	}
}

// keep adds whole characters to the value while it is within its limit.
func (s *scanner) keep(v *text, b []byte, limit int) {
	room := limit - len(s.value)
	switch {
	case v.size != int64(len(s.value)): // cut before
	case len(b) <= room:
		s.value = append(s.value, b...)
	case b[0] < utf8.RuneSelf: // a run of ASCII, which may be cut anywhere
		s.value = append(s.value, b[:room]...)
	}
	v.size += int64(len(b))
}

// plainRun counts the bytes that stand for themselves.
func plainRun(w []byte, quote byte) int {
	for i, c := range w {
		if c >= utf8.RuneSelf || c == quote || c == '&' || c < ' ' && !isSpace(c) {
			return i
		}
	}
	return len(w)
}

// common spares the values that nearly every record holds a copy of their own.
func common(b []byte) string {
	switch string(b) {
	case "null":
		return "null"
	case "0":
		return "0"
	case "1":
		return "1"
	case "-1":
		return "-1"
	case "(Unknown)":
		return "(Unknown)"
	}
	return string(b)
}

// character reads one character that does not stand for itself: a reference, a
// letter outside ASCII, or a control character.
func (s *scanner) character(dst []byte) (_ []byte, odd bool) {
	if s.buf[s.pos] == '&' {
		return s.reference(dst)
	}
	s.ensure(utf8.UTFMax)
	r, n := utf8.DecodeRune(s.buf[s.pos:])
	s.pos += n
	if r == utf8.RuneError && n == 1 {
		return utf8.AppendRune(dst, r), true
	}
	r, odd = visible(r)
	return utf8.AppendRune(dst, r), odd
}

// reference reads "&amp;", "&#10;", "&#x1F600;" and the pair of references by
// which the app used to write one emoji, "&#55357;&#56832;". What is none of
// these stays as it is.
func (s *scanner) reference(dst []byte) (_ []byte, odd bool) {
	r, n, ok := s.peek(0)
	if !ok {
		s.pos++
		return append(dst, '&'), true
	}
	if utf16.IsSurrogate(r) {
		low, m, _ := s.peek(n)
		if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
			n += m
		}
		s.pos += n
		return utf8.AppendRune(dst, r), r == utf8.RuneError
	}
	s.pos += n
	r, odd = visible(r)
	return utf8.AppendRune(dst, r), odd
}

// peek decodes the reference that stands ahead bytes on, without taking it.
func (s *scanner) peek(ahead int) (r rune, n int, ok bool) {
	s.ensure(ahead + maxReference)
	w := s.buf[min(s.pos+ahead, len(s.buf)):]
	w = w[:min(len(w), maxReference)]
	end := bytes.IndexByte(w, ';')
	if end < 2 || w[0] != '&' {
		return 0, 0, false
	}
	r, ok = named(string(w[1:end]))
	return r, end + 1, ok
}

func named(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune
}

// visible gives a control character the picture that Unicode has for it, so
// that a reader sees that something was there.
func visible(r rune) (_ rune, odd bool) {
	switch {
	case r < ' ' && r != '\t' && r != '\n' && r != '\r':
		return 0x2400 + r, true
	case r == 0xFFFE || r == 0xFFFF:
		return utf8.RuneError, true
	}
	return r, false
}

// stream hands on a value of any size without holding it. It ends where the
// value ends, or where the file does: err then says so.
type stream struct {
	s     *scanner
	quote byte
	carry []byte
	done  bool
	err   error
}

func (v *stream) Read(p []byte) (int, error) {
	if len(v.carry) > 0 {
		n := copy(p, v.carry)
		v.carry = v.carry[n:]
		return n, nil
	}
	if v.done {
		return 0, io.EOF
	}
	if !v.s.ensure(1) {
		v.done = true
		v.err = v.s.fail("a value does not end")
		if _, cut := v.err.(*broken); !cut {
			return 0, v.err
		}
		return 0, io.EOF
	}
	return v.some(p)
}

func (v *stream) some(p []byte) (int, error) {
	w := v.s.buf[v.s.pos:]
	w = w[:min(len(w), len(p))]
	if i := bytes.IndexByte(w, v.quote); i >= 0 {
		w = w[:i]
	}
	if i := bytes.IndexByte(w, '&'); i >= 0 {
		w = w[:i]
	}
	if len(w) > 0 || len(p) == 0 {
		n := copy(p, w)
		v.s.pos += n
		return n, nil
	}
	if v.s.buf[v.s.pos] == v.quote {
		v.s.pos++
		v.done = true
		return 0, io.EOF
	}
	v.carry, _ = v.s.reference(nil)
	n := copy(p, v.carry)
	v.carry = v.carry[n:]
	return n, nil
}

// cutText gives at most n bytes of s, in whole characters.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
