package jsonfile

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
)

// Line writes a value in one line, for a fact: the names of its members and what
// they hold. Members that say nothing are left out.
func Line(raw jsontext.Value) string {
	var b strings.Builder
	line(&b, raw)
	return importers.Shorten(b.String(), importers.MostFact)
}

func line(b *strings.Builder, raw jsontext.Value) {
	if b.Len() > importers.MostFact {
		return
	}
	switch raw.Kind() {
	case '{':
		sep := ""
		for name, v := range Fields(raw) {
			if Empty(v) {
				continue
			}
			b.WriteString(sep + name + " ")
			line(b, v)
			sep = ", "
		}
	case '[':
		for i, v := range Items(raw) {
			if i > 0 {
				b.WriteString("; ")
			}
			line(b, v)
		}
	default:
		b.WriteString(Plain(raw))
	}
}

// Empty tells null, "", [] and {}: there, and saying nothing.
func Empty(raw jsontext.Value) bool {
	switch s := strings.TrimSpace(string(raw)); s {
	case "", "null", `""`:
		return true
	default:
		return len(s) > 1 && (s[0] == '[' || s[0] == '{') && strings.TrimSpace(s[1:len(s)-1]) == ""
	}
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
