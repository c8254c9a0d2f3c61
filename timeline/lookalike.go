package timeline

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// This file tells names that can be taken for one another. It follows Unicode's
// UTS #39 (skeletons, mixed scripts) with a short table of its own: the letters
// of Latin, Cyrillic and Greek that look the same in the fonts of phones and
// screens, and the digits and capitals that do. It judges nobody: whoever has
// such a name may have it for good reasons, so names stay as they are, stay
// apart, and are shown with what the eye passes over.

// twins are the characters that look like another: what is shown, and what it
// is taken for. Each result stands for itself.
var twins = strings.NewReplacer(
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "У", "Y", "Х", "X",
	"І", "l", "Ӏ", "l", "Ј", "J", "Ѕ", "S", "Ԍ", "G", "Ԛ", "Q", "Ԝ", "W", "Ғ", "F", "З", "3", "Ү", "Y",
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", "ԁ", "d", "ӏ", "l",
	"һ", "h", "ԛ", "q", "ԝ", "w", "ү", "y", "ѵ", "v", "г", "r", "к", "k", "п", "n", "ս", "u", "օ", "o", "հ", "h", "ց", "g", "զ", "q",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "l", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
	"α", "a", "γ", "y", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "σ", "o", "τ", "t", "υ", "u", "η", "n", "ϲ", "c", "ϳ", "j",
	"ı", "i", "ɑ", "a", "ɡ", "g", "ɩ", "i", "ʟ", "L", "ꓮ", "A",
	"I", "l", "1", "l", "|", "l", "ǀ", "l", "0", "O",
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "−", "-", "’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'",
)

// pairs are two letters that look like one.
var pairs = strings.NewReplacer("rn", "m", "vv", "w")

// Skeleton is what is left of a name when everything is taken away that the eye
// passes over: two names with one skeleton look the same. Small letters and
// capitals do not.
func Skeleton(name string) string {
	if plain(name) {
		return pairs.Replace(twins.Replace(name))
	}
	s := norm.NFKD.String(strings.ToValidUTF8(name, "\ufffd"))
	var b strings.Builder
	for _, r := range s {
		switch {
		case hidden(r), selector(r):
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	s = strings.Join(strings.Fields(b.String()), " ")
	return norm.NFC.String(pairs.Replace(twins.Replace(norm.NFD.String(s))))
}

// plain tells a name of ordinary keys, with single spaces inside it.
func plain(name string) bool {
	last := byte(' ')
	for i := range len(name) {
		c := name[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return len(name) == 0 || last != ' '
}

// hidden tells characters that have no shape of their own: controls, those that
// turn the direction of writing, joiners, fillers.
func hidden(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' '
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x2800, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0x2028 || r == 0x2029
}

func selector(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0x180b && r <= 0x180f
}

// alphabets are the scripts whose letters look like one another's.
var alphabets = [...]*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu}

// alphabet is the place of a letter's script among them, from 1.
func alphabet(r rune) int {
	for i, a := range alphabets {
		if unicode.Is(a, r) {
			return i + 1
		}
	}
	return 0
}

// spelt is a name taken apart: what of it the eye passes over, or takes for
// something else.
type spelt struct {
	runes  []rune
	unseen []bool // no shape, and no need of it here
	posing []bool // a letter of another alphabet than the word's first
	odd    bool   // either
}

func spell(name string) spelt {
	s := spelt{runes: []rune(name)}
	s.unseen, s.posing = make([]bool, len(s.runes)), make([]bool, len(s.runes))
	word := 0 // alphabet of the word's first letter; 0 outside a word
	for i, r := range s.runes {
		switch {
		case hidden(r):
			s.unseen[i] = !s.needed(i)
		case unicode.IsLetter(r):
			a := alphabet(r)
			if word == 0 {
				word = a
			}
			s.posing[i] = a != 0 && a != word
		case !unicode.IsMark(r) && !unicode.IsDigit(r):
			word = 0
		}
		s.odd = s.odd || s.unseen[i] || s.posing[i]
	}
	return s
}

// spare tells a space that the eye passes over: one after another space, or at
// an end.
func (s spelt) spare(i int) bool {
	return s.runes[i] == ' ' && (i == 0 || i == len(s.runes)-1 || s.runes[i-1] == ' ')
}

// needed tells a hidden character that belongs to the one before it: joiners
// in an emoji and in scripts that are written with them, tags of a flag.
func (s spelt) needed(i int) bool {
	if i == 0 {
		return false
	}
	r, before := s.runes[i], s.runes[i-1]
	sign := unicode.Is(unicode.So, before) || unicode.Is(unicode.Sk, before) || selector(before)
	switch {
	case r == 0x200d:
		return i+1 < len(s.runes) && (sign || unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.M}, before) && before > 0x600 && alphabet(before) == 0)
	case r == 0x200c:
		return i+1 < len(s.runes) && before > 0x600 && unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.M}, before) && alphabet(before) == 0
	case r >= 0xe0020 && r <= 0xe007f:
		return before == 0x1f3f4 || before >= 0xe0020 && before <= 0xe007e
	}
	return false
}

// Odd tells a name that holds characters without a shape, or letters of two
// alphabets in one word.
func Odd(name string) bool { return !plain(name) && spell(name).odd }

// Shown is a name as it can be shown: what has no shape stands as its code
// point, so does a space beside another or at an end, and a letter of another
// alphabet than the rest of its word has its code point behind it.
func Shown(name string) string { return write(name, false) }

// SpeltOut is Shown for a name that looks like another of the case: every
// character that could be taken for another has its code point behind it. The
// figures of a number without a letter are taken for no letters.
func SpeltOut(name string) string { return write(name, true) }

func write(name string, all bool) string {
	if plain(name) && !all {
		return name
	}
	s := spell(strings.ToValidUTF8(name, "\ufffd"))
	number := !slices.ContainsFunc(s.runes, unicode.IsLetter)
	var b strings.Builder
	for i, r := range s.runes {
		switch {
		case s.unseen[i], hidden(r) && all, s.spare(i):
			fmt.Fprintf(&b, "[U+%04X]", r)
		case number && r >= '0' && r <= '9':
			b.WriteRune(r)
		case s.posing[i], all && r != ' ' && Skeleton(string(r)) != norm.NFC.String(string(r)):
			fmt.Fprintf(&b, "%c[U+%04X]", r, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
