package report

import (
	"fmt"
	"strings"
	"unicode"
)

// visible shows what a name would rather hide: control characters, and those
// that turn the direction of writing, stand as their code points. Names are
// shown so; words of a message keep their lines, and the pages show them as
// pdf.Visible has them.
func visible(s string) string { return codePoints(s, hidden) }

// codePoints writes the characters of a class as their code points.
func codePoints(s string, class func(rune) bool) string {
	if !strings.ContainsFunc(s, class) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if class(r) {
			fmt.Fprintf(&b, "[U+%04X]", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden tells characters that have no shape and change how others are shown.
// The joiners stay: names in many scripts, and many emoji, need them.
func hidden(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}
