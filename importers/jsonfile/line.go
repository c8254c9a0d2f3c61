package jsonfile

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
)

// Line writes a value in one line, for a fact: the names of its members and what
// they hold. Members that say nothing are left out.
func Line(raw jsontext.Value) string {
	if raw = trim(raw); len(raw) > 0 && (raw[0] == '{' || raw[0] == '[') {
		line, _ := appendBracket(make([]byte, 0, 128), raw)
		return importers.Shorten(string(line), importers.MostFact)
	}
	return importers.Shorten(Plain(raw), importers.MostFact)
}

// appendLine appends the value that raw begins with, and gives what follows it:
// nothing behind a fault. What is appended may be longer than a fact, of which the
// beginning counts.
func appendLine(b, raw []byte) (line, rest []byte) {
	raw = trim(raw)
	if len(raw) > 0 && (raw[0] == '{' || raw[0] == '[') && len(b) <= importers.MostFact {
		return appendBracket(b, raw)
	}
	value, rest := cut(raw)
	if len(b) > importers.MostFact {
		return b, rest
	}
	return appendPlain(b, value), rest
}

func appendBracket(b, raw []byte) (line, rest []byte) {
	sep, end := "", raw[0]+2
	for rest = trim(raw[1:]); len(rest) > 0 && rest[0] != end; rest = trim(rest) {
		if len(b) > importers.MostFact {
			_, rest = cut(raw)
			return b, rest
		}
		before := len(b)
		b = append(b, sep...)
		if end == '}' {
			i := inside{rest: rest}
			if !i.named() {
				return b[:before], nil
			}
			b, rest = append(appendPlain(b, i.name), ' '), i.rest
		}
		says := end == ']' || !Empty(rest)
		b, rest = appendLine(b, rest)
		switch {
		case !says:
			b = b[:before]
		case end == ']':
			sep = "; "
		default:
			sep = ", "
		}
		rest = bytes.TrimPrefix(trim(rest), []byte{','})
	}
	return b, bytes.TrimPrefix(rest, []byte{end})
}

// Empty tells null, "", [] and {}: there, and saying nothing. What follows the
// value does not count.
func Empty(raw jsontext.Value) bool {
	raw = trim(raw)
	switch {
	case len(raw) == 0:
		return true
	case raw[0] == '"':
		return len(raw) > 1 && raw[1] == '"'
	case raw[0] == '[' || raw[0] == '{':
		inner := trim(raw[1:])
		return len(inner) > 0 && inner[0] == raw[0]+2
	}
	return bytes.HasPrefix(raw, []byte("null"))
}

// Rest notes members that nothing else of an event shows, each under its own
// name; what says nothing is left out but where it is null.
func Rest(f importers.Facts, members jsontext.Value) {
	if len(members) == 0 {
		return
	}
	for name, v := range Fields(members) {
		switch {
		case v.Kind() == 'n':
			f.Add(name, "null")
		case Empty(v):
			f.Add(name, "empty")
		default:
			f.Add(name, Line(v))
		}
	}
}
