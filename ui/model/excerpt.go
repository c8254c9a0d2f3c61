package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// excerptRunes is how many characters of a text a row looks at: more than two
// lines have room for.
const excerptRunes = 320

// excerpt is the beginning of a text, or the piece around the first hit where
// that stands further on, as one line that can be drawn, with the hits in it.
func excerpt(text string, hits [][2]int) (string, [][2]int) {
	from := 0
	if len(hits) > 0 && utf8.RuneCountInString(text[:hits[0][0]]) > excerptRunes/2 {
		from = back(text, hits[0][0], 60)
	}
	v := visibler{hits: hits, line: true}
	if from > 0 {
		v.b.WriteString("… ")
	}
	n := 0
	for i, r := range text[from:] {
		if n == excerptRunes {
			v.b.WriteString("…")
			break
		}
		v.rune(from+i, r, text)
		n++
	}
	return v.done(from + len(text[from:]))
}

// back goes some characters back from a byte, to the beginning of a word where
// one is near.
func back(text string, at, runes int) int {
	for ; runes > 0 && at > 0; runes-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if i := strings.IndexByte(text[at:], ' '); i >= 0 && i < 20 {
		return at + i + 1
	}
	return at
}

// Visible is a text as it is drawn: what could hide or turn other text stands
// as its code point. Lines stay. Hits are moved with it.
func Visible(text string, hits [][2]int) (string, [][2]int) {
	v := visibler{hits: hits}
	for i, r := range text {
		v.rune(i, r, text)
	}
	return v.done(len(text))
}

// oneLine is a name as it is drawn in one line.
func oneLine(s string) string {
	v := visibler{line: true}
	n := 0
	for i, r := range s {
		if n++; n > excerptRunes {
			v.b.WriteString("…")
			break
		}
		v.rune(i, r, s)
	}
	out, _ := v.done(len(s))
	return out
}

// visibler writes a text character by character and moves hits along.
type visibler struct {
	b    strings.Builder
	line bool     // everything goes into one line
	hits [][2]int // of the source, in order
	out  [][2]int
	open bool // inside the first of hits
}

// rune writes the character at byte i of the whole text.
func (v *visibler) rune(i int, r rune, text string) {
	for len(v.hits) > 0 && v.open && i >= v.hits[0][1] {
		v.shut()
	}
	if len(v.hits) > 0 && !v.open && i >= v.hits[0][0] {
		v.out = append(v.out, [2]int{v.b.Len(), v.b.Len()})
		v.open = true
	}
	v.write(i, r, text)
}

func (v *visibler) shut() {
	v.out[len(v.out)-1][1] = v.b.Len()
	v.hits, v.open = v.hits[1:], false
}

func (v *visibler) done(int) (string, [][2]int) {
	if v.open {
		v.shut()
	}
	return v.b.String(), v.out
}

func (v *visibler) write(i int, r rune, text string) {
	switch {
	case r == utf8.RuneError && i < len(text) && text[i] != "\uFFFD"[0]:
		fmt.Fprintf(&v.b, "[0x%02X]", text[i])
	case r == '\r' && strings.HasPrefix(text[i+1:], "\n"):
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		if v.line {
			v.b.WriteByte(' ')
		} else {
			v.b.WriteByte('\n')
		}
	case r == '\t':
		v.b.WriteByte(' ')
	case hides(r):
		fmt.Fprintf(&v.b, "[U+%04X]", r)
	default:
		v.b.WriteRune(r)
	}
}

// hides tells characters that have no shape and change how others are shown.
// The joiners stay: names in many scripts, and many emoji, need them; so do
// the tags in the flags of countries, and the marks and isolates of direction,
// which only place their neighbours.
func hides(r rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d' || r == '\u200e' || r == '\u200f' || r == '\u061c':
		return false
	case r >= 0x2066 && r <= 0x2069, r >= 0xE0020 && r <= 0xE007F, r == '\u00ad':
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}
