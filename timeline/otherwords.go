package timeline

import (
	"strings"
	"unicode"
)

// OtherLines gives the lines of one form of a message in which a word stands that
// another form does not have. Signs, spaces and capitals make no other word.
func OtherLines(form, shown string) (lines []string) {
	have := map[string]bool{}
	for _, word := range bareWords(shown) {
		have[word] = true
	}
	for line := range strings.Lines(form) {
		for _, word := range bareWords(line) {
			if !have[word] {
				lines = append(lines, strings.TrimSpace(line))
				break
			}
		}
	}
	return lines
}

func bareWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
