package pdf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible returns text as a document prints it: what could hide or turn other
// text is made readable, and nothing is dropped. Control characters become
// their pictures (␛), embeddings and overrides of direction their code points
// ([U+202E]), bytes that are no text their value ([0xFF]). Line ends of every
// kind become "\n", a tab four spaces.
//
// Marks and isolates of direction, joiners and variation selectors stay as
// they are: they are part of ordinary messages, and only place their
// neighbours.
func Visible(text string) string {
	if plainASCII(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 16)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&out, "[0x%02X]", text[i])
		} else if r != '\r' || i+1 == len(text) || text[i+1] != '\n' {
			writeVisible(&out, r)
		}
		i += n
	}
	return out.String()
}

func plainASCII(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < ' ' && c != '\n') || c > '~' {
			return false
		}
	}
	return true
}

func writeVisible(out *strings.Builder, r rune) {
	switch {
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		out.WriteByte('\n')
	case r == '\t':
		out.WriteString("    ")
	case r < ' ':
		out.WriteRune('\u2400' + r)
	case r == 0x7F:
		out.WriteRune('\u2421')
	case r >= 0x80 && r < 0xA0, r >= '\u202A' && r <= '\u202E':
		fmt.Fprintf(out, "[U+%04X]", r)
	default:
		out.WriteRune(r)
	}
}
