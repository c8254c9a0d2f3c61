package whatsapp

import (
	"unicode"
	"unicode/utf8"
)

// isMark tells a direction mark or byte order mark.
func isMark(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	return b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0x8E || b[2] == 0x8F) ||
		b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF
}

// digit gives the value of a decimal digit outside ASCII, and the zero of its
// script; -1 for anything else. Unicode keeps each ten of them together, from
// zero to nine, and some tens side by side.
func digit(r rune) (v int, zero rune) {
	if !unicode.Is(unicode.Nd, r) {
		return -1, 0
	}
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	v = int(r-first) % 10
	return v, r - rune(v)
}

// startsDigit tells a digit of any script at the start of b.
func startsDigit(b []byte) bool {
	if b[0] < utf8.RuneSelf {
		return b[0] >= '0' && b[0] <= '9'
	}
	r, _ := utf8.DecodeRune(b)
	return unicode.Is(unicode.Nd, r)
}

// space gives the length of the space that b begins with: U+0020, U+00A0,
// U+2009 or U+202F, the last of which both platforms write before am and pm
// since 2023.
func space(b []byte) int {
	switch {
	case len(b) > 0 && b[0] == ' ':
		return 1
	case len(b) > 1 && b[0] == 0xC2 && b[1] == 0xA0:
		return 2
	case len(b) > 2 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0x89 || b[2] == 0xAF):
		return 3
	}
	return 0
}

// gapRune tells what may stand between date and time beside spaces.
func gapRune(r rune) bool {
	switch r {
	case ',', '.', '،', '\u200e', '\u200f', '\'':
		return true
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}
