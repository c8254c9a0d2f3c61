package jsonfile

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
)

// Line writes a value in one line, for a fact: the names of its members and what
// they hold. Members that say nothing are left out.
func Line(raw jsontext.Value) string {
	var room [512]byte // enough for nearly every value
	return importers.Shorten(string(appendLine(room[:0], trim(raw))), importers.MostFact)
}

func appendLine(b, raw []byte) []byte {
	if len(b) > importers.MostFact || len(raw) == 0 {
		return b
	}
	switch raw[0] {
	case '{':
		sep := ""
		for i := (inside{rest: raw[1:]}); i.member(); {
			if Empty(i.value) {
				continue
			}
			b = append(appendPlain(append(b, sep...), i.name), ' ')
			b = appendLine(b, i.value)
			sep = ", "
		}
	case '[':
		sep := ""
		for i := (inside{rest: raw[1:]}); i.element(); sep = "; " {
			b = appendLine(append(b, sep...), i.value)
		}
	default:
		b = appendPlain(b, raw)
	}
	return b
}

// Empty tells null, "", [] and {}: there, and saying nothing.
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
	return string(bytes.TrimSpace(raw)) == "null"
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
