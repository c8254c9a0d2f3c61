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
	//go:embed names.txt
	nameLines string
)

var kept = lists{words: lines(wordLines), phrases: foldedLines(phraseLines), pairs: lines(pairLines), periods: lines(periodLines), names: lines(nameLines)}

type lists struct {
	words   map[string]bool // parts of names of fields, in small letters
	phrases map[string]bool // lines, cells and labels that an app wrote, folded
	pairs   map[string]bool // "field=value", where a format knows its values
	periods map[string]bool // words for the halves of the day
	names   map[string]bool // of files and folders, in small letters: whole, or their beginning with the sign behind it
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

func foldedLines(text string) map[string]bool {
	m := map[string]bool{}
	for line := range lines(text) {
		m[folded(line)] = true
	}
	return m
}

// enums end the names of fields whose values are words of the format.
var enums = lines(strings.ReplaceAll("type kind action direction event status state mediatype messagetype calltype "+
	"activitytype origin precision platform messagekind interactiontype version encoding standalone charset rel method role class", " ", "\n"))

// isEnum tells a field of which all values are words of the format.
func isEnum(name string) bool {
	last := ""
	for part := range parts(name) {
		last = part
	}
	return enums[last]
}

func (l *lists) word(low string) bool { return l.words[low] }

// phrase tells a text that an app wrote, in capitals or not, with its full stop
// or without.
func (l *lists) phrase(s string) bool { return l.phrases[folded(s)] }

// folded is a text without what apps write now so and now so.
func folded(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimSuffix(strings.TrimSpace(s), ".")
}

// around finds an app's own words at the beginning or the end of a text, where
// the rest is what it says them of: "Participants: Anna", "Anna took a
// screenshot". It gives what lies between.
func (l *lists) around(s string) (from, to int) {
	to = len(s)
	if len(s) > mostSaid {
		return 0, to
	}
	for i := range s {
		if i > 0 && isEdge(s, i) {
			if l.own(s[:i]) {
				from = i
			}
			if to == len(s) && l.own(s[i:]) {
				to = i
			}
		}
	}
	if from > to { // one of them is within the other
		return from, len(s)
	}
	return from, to
}

// mostSaid is how long a line of an app may be.
const mostSaid = 500

// own tells words that are enough to be an app's and nobody else's.
func (l *lists) own(s string) bool {
	s = folded(s)
	return l.phrases[s] && (strings.HasSuffix(s, ":") || strings.Count(s, " ") > 1)
}

// isEdge tells that no word goes on over a place.
func isEdge(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	return !isLetter(before) || !isLetter(after)
}

// name tells that a field's name is made of words that formats use alone:
// "sender_name", "messageType", "Date & time".
func (l *lists) name(s string) bool {
	if l.phrase(s) {
		return true
	}
	if strings.Count(s, " ") > 3 || len(s) > 80 {
		return false
	}
	any, figures := false, 0
	for part := range parts(s) {
		if part[0] >= '0' && part[0] <= '9' {
			if figures++; len(part) > 4 || figures > 1 || !any { // a date, or a time
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
	return l.pairs[name+"="+s] || isEnum(name) && len(s) < 60 && strings.Count(s, " ") < 4 && l.name(s)
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
