package anonymise

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is kept as it stands: names and words that formats use and nobody
// writes. The lists are made by TestLists from the samples of the formats and
// from what their importers look for; they are data, one a line.
var (
	//go:embed words.txt
	wordLines string
	//go:embed phrases.txt
	phraseLines string
	//go:embed pairs.txt
	pairLines string
	//go:embed periods.txt
	periodLines string
)

var kept = lists{words: lines(wordLines), phrases: lines(phraseLines), pairs: lines(pairLines), periods: lines(periodLines), enums: enumNames(pairLines)}

type lists struct {
	words   map[string]bool // parts of names of fields, in small letters
	phrases map[string]bool // whole lines and cells that an app wrote
	pairs   map[string]bool // "field=value", where a format knows its values
	periods map[string]bool // words for the halves of the day
	enums   map[string]bool // fields of which all values are words of the format
}

func lines(text string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			m[line] = true
		}
	}
	return m
}

func enumNames(string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("type kind action direction event status state mediatype media_type messagetype call_type calltype " +
		"activitytype origin precision platform messagekind interactiontype version encoding standalone charset rel method") {
		m[w] = true
	}
	return m
}

func (l *lists) word(low string) bool { return l.words[low] }

func (l *lists) phrase(s string) bool { return l.phrases[strings.TrimSpace(s)] }

// name tells that a field's name is made of words that formats use alone:
// "sender_name", "messageType", "Date & time".
func (l *lists) name(s string) bool {
	if l.phrase(s) {
		return true
	}
	if strings.Count(s, " ") > 3 || len(s) > 80 {
		return false
	}
	any := false
	for part := range parts(s) {
		if part[0] >= '0' && part[0] <= '9' {
			if len(part) > 4 {
				return false
			}
			continue
		}
		if !l.words[part] && !l.words[strings.TrimSuffix(part, "s")] {
			return false
		}
		any = true
	}
	return any || s == ""
}

// value tells that a value is one of those that a format knows for a field.
func (l *lists) value(name, s string) bool {
	low := strings.ToLower(name)
	return l.pairs[name+"="+s] || l.enums[low] && len(s) < 60 && strings.Count(s, " ") < 4 && l.name(s)
}

// parts cuts a name where its letters change to capitals, figures or signs,
// and gives the parts in small letters.
func parts(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start, class := 0, 0
		for i, r := range s {
			c := classOf(r)
			cut := c != class
			if class == upper && c == lower {
				cut = i-start > 1 // the capital begins the part: HTTPServer
				if cut {
					_, n := utf8.DecodeLastRuneInString(s[:i])
					if i-n > start && !yield(strings.ToLower(s[start:i-n])) {
						return
					}
					start, cut = i-n, false
				}
			}
			if cut {
				if class != other && i > start && !yield(strings.ToLower(s[start:i])) {
					return
				}
				start = i
			}
			class = c
		}
		if class != other && start < len(s) {
			yield(strings.ToLower(s[start:]))
		}
	}
}

const (
	other = iota
	upper
	lower
	figure
)

func classOf(r rune) int {
	switch {
	case unicode.IsUpper(r):
		return upper
	case isLetter(r):
		return lower
	case r >= '0' && r <= '9':
		return figure
	}
	return other
}
