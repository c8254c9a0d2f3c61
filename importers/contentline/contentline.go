// Package contentline reads the lines of which calendars and contacts are made
// (iCalendar, RFC 5545; vCard, RFC 6350 and 2.1): a name, parameters and a value,
// folded over several lines of the file, each with the byte at which it begins.
//
//	DTSTART;TZID=Europe/London:20240105T140322
//	item1.TEL;TYPE="cell,voice":+44 7700 900456
//
// It knows no property: what a name means is its users'. It takes what programs
// write beside the standards: bare parameters (TEL;HOME:), quoted-printable, and
// lines without a colon, whose Name is empty.
package contentline

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"daybook/importers"
)

const maxLine = 16 << 20 // bytes of one folded line; what is beyond is read and left out

// Line is one line, unfolded.
type Line struct {
	Group  string // "item1"
	Name   string // in capitals; empty for a line that is none
	Params []Param
	Value  string // as it stands, but for quoted-printable, which is decoded
	Raw    string // the whole line, unfolded
	At     int64  // the byte at which it begins
	Odd    bool   // it holds bytes that are no text
	Cut    bool   // longer than is read
}

// Param is a parameter, its name in capitals; empty for a bare one.
type Param struct{ Name, Value string }

// Param gives the values of a parameter, joined by commas.
func (l Line) Param(name string) string {
	values, found := "", false
	for _, p := range l.Params {
		switch {
		case p.Name != name:
		case !found:
			values, found = p.Value, true
		default:
			values += "," + p.Value
		}
	}
	return values
}

// Reader reads lines.
type Reader struct {
	f   io.Closer
	r   *bufio.Reader
	at  int64
	raw []byte
	cut bool

	text importers.Strings // of lines
}

// Open opens a source, which Close closes; the end of the context ends its lines.
func Open(ctx context.Context, s importers.Source) (*Reader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := s.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	r := NewReader(importers.UntilDone(ctx, f))
	r.f = f
	return r, nil
}

// NewReader reads the lines that r gives.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Close closes what Open opened.
func (r *Reader) Close() error { return r.f.Close() }

// Offset is how far the file has been read.
func (r *Reader) Offset() int64 { return r.at }

// Next gives the next line that is not empty, or io.EOF.
func (r *Reader) Next() (Line, error) {
	for {
		if r.at == 0 {
			if mark, err := r.r.Peek(3); err == nil && string(mark) == "\ufeff" {
				r.at += 3
				if _, err := r.r.Discard(3); err != nil {
					return Line{}, err
				}
			}
		}
		at := r.at
		r.raw, r.cut = r.raw[:0], false
		if err := r.physical(); err != nil {
			return Line{}, err
		}
		if err := r.unfold(); err != nil {
			return Line{}, err
		}
		if len(bytes.TrimSpace(r.raw)) > 0 {
			return r.parse(at), nil
		}
	}
}

// physical appends one line of the file, without its end.
func (r *Reader) physical() error {
	read := false
	for {
		piece, err := r.r.ReadSlice('\n')
		r.at += int64(len(piece))
		read = read || len(piece) > 0
		if len(r.raw)+len(piece) > maxLine {
			piece, r.cut = piece[:max(0, maxLine-len(r.raw))], true
		}
		r.raw = append(r.raw, piece...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && read:
		case err != nil:
			return err
		}
		for n := len(r.raw); n > 0 && (r.raw[n-1] == '\n' || r.raw[n-1] == '\r'); n = len(r.raw) {
			r.raw = r.raw[:n-1]
		}
		return nil
	}
}

// unfold appends the lines that go on with this one.
func (r *Reader) unfold() error {
	first := len(r.raw)
	for {
		next, err := r.r.Peek(1)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case bytes.HasSuffix(r.raw, []byte("=")) && isQuoted(r.raw[:first]): // the end of the line is not the value's
			r.raw = append(r.raw, '\n')
		case next[0] == ' ' || next[0] == '\t':
			if _, err := r.r.Discard(1); err != nil {
				return err
			}
			r.at++
		default:
			return nil
		}
		if err := r.physical(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
}

// isQuoted tells a line whose value is quoted-printable.
func isQuoted(raw []byte) bool {
	head, _, found := bytes.Cut(raw[:min(len(raw), 300)], []byte(":"))
	return found && bytes.IndexByte(head, ';') >= 0 && bytes.Contains(bytes.ToUpper(head), []byte("QUOTED-PRINTABLE"))
}

func (r *Reader) parse(at int64) Line {
	text := r.text.Of(r.raw)
	l := Line{Raw: valid(text), At: at, Cut: r.cut}
	l.Odd = l.Raw != text
	head, value, found := cut(text, ':')
	if !found || head == "" {
		return l
	}
	name, rest, _ := cut(head, ';')
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		l.Group, name = name[:i], name[i+1:]
	}
	l.Name = strings.ToUpper(valid(strings.TrimSpace(name)))
	if rest != "" {
		l.Params = make([]Param, 0, 1+strings.Count(rest, ";"))
	}
	for rest != "" {
		var one string
		one, rest, _ = cut(rest, ';')
		key, v, named := strings.Cut(one, "=")
		if !named {
			key, v = "", one
		}
		l.Params = append(l.Params, Param{strings.ToUpper(key), valid(strings.Trim(v, `"`))})
	}
	l.decode(value)
	return l
}

// valid is a text with its bytes that are none replaced; nearly every one has none,
// which is told faster than strings.ToValidUTF8 does.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// decode sets the value: from quoted-printable and a charset, where it says so.
func (l *Line) decode(value string) {
	if l.says("QUOTED-PRINTABLE") {
		b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value)))
		l.Odd = l.Odd || err != nil
		if err == nil {
			value = string(b)
		}
	}
	if name := l.Param("CHARSET"); name != "" && !strings.EqualFold(name, "UTF-8") {
		if enc, err := htmlindex.Get(name); err == nil {
			if s, err := enc.NewDecoder().String(value); err == nil {
				value = s
			}
		}
	}
	l.Value = valid(value)
	l.Odd = l.Odd || l.Value != value
}

// says tells whether the line's encoding, or a bare parameter, has a word in it.
func (l *Line) says(word string) bool {
	for _, p := range l.Params {
		if (p.Name == "ENCODING" || p.Name == "") && strings.Contains(strings.ToUpper(p.Value), word) {
			return true
		}
	}
	return false
}

// cut cuts at the first separator outside quotes.
func cut(s string, sep byte) (before, after string, found bool) {
	switch n := strings.IndexByte(s, sep); {
	case n < 0:
		return s, "", false
	case strings.IndexByte(s[:n], '"') < 0:
		return s[:n], s[n+1:], true
	}
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// Text takes a value's backslashes away: \n is a new line, \, a comma.
func Text(value string) string {
	if !strings.Contains(value, `\`) {
		return value
	}
	var b strings.Builder
	b.Grow(len(value))
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		if value[i] == 'n' || value[i] == 'N' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(value[i])
		}
	}
	return b.String()
}

// Split cuts a value at a separator that has no backslash before it, and gives
// the text of each part.
func Split(value string, sep byte) []string {
	parts := make([]string, 0, 1+strings.Count(value, string(sep)))
	from := 0
	for i := 0; i <= len(value); i++ {
		switch {
		case i == len(value) || value[i] == sep:
			parts = append(parts, Text(value[from:i]))
			from = i + 1
		case value[i] == '\\' && i+1 < len(value):
			i++
		}
	}
	return parts
}
