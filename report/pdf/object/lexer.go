package object

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// A Lexer reads objects and operators one after the other from bytes in hand.
type Lexer struct {
	data []byte
	at   int
	refs bool // "1 0 R" is a reference: not so in content
	met  bool // the end of what is in hand was looked at: more of it could be read otherwise
}

// NewLexer reads content: it has operators, and no references.
func NewLexer(data []byte) *Lexer { return &Lexer{data: data} }

// ErrEnd is the end of what is in hand.
var ErrEnd = errors.New("the object is cut off")

var errSyntax = errors.New("this is no object of a PDF")

// mostDepth is how deep arrays and dictionaries may lie in each other.
const mostDepth = 64

// At is how far the bytes were read.
func (l *Lexer) At() int { return l.at }

// Skip goes on behind data that is no object: that of a picture in content.
func (l *Lexer) Skip(n int) { l.at = min(len(l.data), l.at+n) }

// Rest are the bytes that were not read yet.
func (l *Lexer) Rest() []byte { return l.data[l.at:] }

// meet notes that what was read goes up to the end: "12 0" may be the beginning of
// "12 0 R", and ">" of ">>".
func (l *Lexer) meet() { l.met = l.met || l.at >= len(l.data) }

// Next reads the next object or operator.
func (l *Lexer) Next() (any, error) { return l.next(0) }

func (l *Lexer) next(depth int) (any, error) {
	l.space()
	if l.at >= len(l.data) {
		return nil, ErrEnd
	}
	if depth > mostDepth {
		return nil, fmt.Errorf("more than %d arrays within each other: %w", mostDepth, errSyntax)
	}
	switch c := l.data[l.at]; c {
	case '/':
		l.at++
		return l.name(), nil
	case '(':
		return l.literal()
	case '[':
		l.at++
		return l.array(depth)
	case '<':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '<' {
			l.at += 2
			return l.dict(depth)
		}
		return l.hex()
	case ']', '{', '}', ')':
		l.at++
		return Operator(c), nil
	case '>':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '>' {
			l.at += 2
			return Operator(">>"), nil
		}
		l.at++
		l.meet()
		return Operator(">"), nil
	}
	return l.word(), nil
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *Lexer) space() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
	l.meet()
}

func (l *Lexer) name() Name {
	start, escaped := l.at, false
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		escaped = escaped || l.data[l.at] == '#'
		l.at++
	}
	l.meet()
	raw := l.data[start:l.at]
	if !escaped {
		return Name(raw)
	}
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if high, low := nibble(raw[i+1]), nibble(raw[i+2]); high >= 0 && low >= 0 {
				out = append(out, byte(high<<4|low))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return Name(out)
}

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// word reads a number, a reference, a constant or an operator.
func (l *Lexer) word() any {
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	l.meet()
	raw := l.data[start:l.at]
	if c := raw[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if n, ok := number(raw); ok {
			if whole, is := n.(int); is && l.refs && whole >= 0 {
				return l.reference(whole)
			}
			return n
		}
	}
	switch string(raw) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return Operator(raw)
}

func number(raw []byte) (any, bool) {
	whole, digits, i := 0, 0, 0
	negative := raw[0] == '-'
	if raw[0] == '-' || raw[0] == '+' {
		i++
	}
	for ; i < len(raw) && raw[i] >= '0' && raw[i] <= '9' && digits < 15; i++ {
		whole, digits = whole*10+int(raw[i]-'0'), digits+1
	}
	if i == len(raw) && digits > 0 {
		if negative {
			whole = -whole
		}
		return whole, true
	}
	n, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || n != n || n > 1e30 || n < -1e30 {
		return nil, false
	}
	return n, true
}

// reference looks whether a whole number begins one.
func (l *Lexer) reference(number int) any {
	back := l.at
	l.space()
	generation, digits := 0, 0
	for l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '9' && digits < 6 {
		generation, digits = generation*10+int(l.data[l.at]-'0'), digits+1
		l.at++
	}
	l.meet()
	if digits > 0 {
		l.space()
		end := l.at + 1
		if l.at < len(l.data) && l.data[l.at] == 'R' && (end == len(l.data) || isSpace(l.data[end]) || isDelimiter(l.data[end])) {
			l.at++
			return Ref{number, generation}
		}
	}
	l.at = back
	return number
}

func (l *Lexer) array(depth int) (any, error) {
	a := Array{}
	for {
		v, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		if op, ok := v.(Operator); ok {
			if op == "]" {
				return a, nil
			}
			return nil, fmt.Errorf("%q in an array: %w", cut(op), errSyntax)
		}
		a = append(a, v)
	}
}

func (l *Lexer) dict(depth int) (any, error) {
	d := Dict{}
	for {
		key, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		if key == Operator(">>") {
			return d, nil
		}
		name, ok := key.(Name)
		if !ok {
			return nil, fmt.Errorf("a dictionary without a name: %w", errSyntax)
		}
		v, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		if op, ok := v.(Operator); ok {
			if op == ">>" {
				return d, nil
			}
			return nil, fmt.Errorf("%q in a dictionary: %w", cut(op), errSyntax)
		}
		d[name] = v
	}
}

func cut(op Operator) Operator { return op[:min(len(op), 20)] }

func (l *Lexer) hex() (any, error) {
	end := bytes.IndexByte(l.data[l.at:], '>')
	if end < 0 {
		return nil, ErrEnd
	}
	raw := l.data[l.at+1 : l.at+end]
	l.at += end + 1
	return String(unhex(raw)), nil
}

func unhex(raw []byte) []byte {
	out := make([]byte, 0, len(raw)/2+1)
	high := -1
	for _, c := range raw {
		n := nibble(c)
		if n < 0 {
			continue
		}
		if high < 0 {
			high = n
			continue
		}
		out, high = append(out, byte(high<<4|n)), -1
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

func (l *Lexer) literal() (any, error) {
	var out []byte
	depth := 0
	for i := l.at; i < len(l.data); i++ {
		c := l.data[i]
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				l.at = i + 1
				return String(out), nil
			}
		case '\\':
			i++
			if i >= len(l.data) {
				return nil, ErrEnd
			}
			out, i = escape(out, l.data, i)
			continue
		}
		out = append(out, c)
	}
	return nil, ErrEnd
}

// escape reads what stands behind a backslash, and returns where it ends.
func escape(out, data []byte, i int) ([]byte, int) {
	switch c := data[i]; c {
	case 'n':
		return append(out, '\n'), i
	case 'r':
		return append(out, '\r'), i
	case 't':
		return append(out, '\t'), i
	case 'b':
		return append(out, '\b'), i
	case 'f':
		return append(out, '\f'), i
	case '\r':
		if i+1 < len(data) && data[i+1] == '\n' {
			i++
		}
		return out, i
	case '\n':
		return out, i
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n, end := 0, i
		for end < len(data) && end < i+3 && data[end] >= '0' && data[end] <= '7' {
			n, end = n*8+int(data[end]-'0'), end+1
		}
		return append(out, byte(n)), end - 1
	default:
		return append(out, c), i
	}
}
