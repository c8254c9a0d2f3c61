package timeline

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold appends the plain form of a character: lower case, ordinary width,
// without the marks that people leave out when they type.
func fold(out []rune, r rune) []rune {
	if r == 0x200d || isDiacritic(r) {
		return out // a joiner, or a mark that stands alone
	}
	if r >= 0x2010 && r < 0x2c00 && unicode.Is(unicode.So, r) || r >= 0x1f000 && r < 0x20000 {
		return append(out, r) // an emoji keeps its own sign: ™ and ㊗ do not become words
	}
	if plain, ok := plainLetter(r); ok {
		return append(out, []rune(plain)...)
	}
	if isSpaceless(r) && r < 0xf900 {
		return append(out, r)
	}
	d := norm.NFKD.PropertiesString(string(r)).Decomposition()
	if d == nil {
		return append(out, lower(r))
	}
	for _, c := range string(d) {
		switch plain, ok := plainLetter(c); {
		case isDiacritic(c):
		case ok:
			out = append(out, []rune(plain)...)
		default:
			out = append(out, lower(c))
		}
	}
	return out
}

func lower(r rune) rune {
	if r == 'ς' {
		return 'σ'
	}
	return unicode.ToLower(r)
}

// plainLetter holds the letters that have no decomposition and that people
// without such a keyboard write in plain ones.
func plainLetter(r rune) (plain string, ok bool) {
	switch r {
	case 'ß', 'ẞ':
		return "ss", true
	case 'æ', 'Æ':
		return "ae", true
	case 'œ', 'Œ':
		return "oe", true
	case 'ø', 'Ø':
		return "o", true
	case 'ł', 'Ł':
		return "l", true
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d", true
	case 'þ', 'Þ':
		return "th", true
	case 'ħ', 'Ħ':
		return "h", true
	case 'ı', 'İ':
		return "i", true
	}
	return "", false
}

// isDiacritic tells the marks that a search leaves out. Vowel signs of scripts
// that cannot be read without them are not among them.
func isDiacritic(r rune) bool {
	if r < 0x300 {
		return false
	}
	for _, span := range [...][2]rune{
		{0x300, 0x36f}, {0x483, 0x487}, {0x591, 0x5c7}, {0x610, 0x61a}, {0x640, 0x640}, {0x64b, 0x65f}, {0x670, 0x670},
		{0x6d6, 0x6ed}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f},
	} {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return false
}

// isSelector tells what only changes how the character before it looks: a
// variation selector, a skin tone, a joiner, a tag.
func isSelector(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r == 0x200d || r == 0x200c || r >= 0xe0000 && r <= 0xe007f
}

// needsCompose tells the characters that may be written in parts (kana with a
// voice mark, Hangul in letters, as macOS writes file names).
func needsCompose(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0x3040 && r <= 0x30ff || r >= 0xff61 && r <= 0xffdc
}

// isSpaceless tells the scripts that put no spaces between words.
func isSpaceless(r rune) bool {
	switch {
	case r < 0xe00:
		return false
	case r <= 0xeff: // Thai, Lao
		return r != 0xe3f
	case r >= 0x1000 && r <= 0x109f, r >= 0x1780 && r <= 0x17ff: // Myanmar, Khmer
		return true
	case r >= 0x3005 && r <= 0x3007, r >= 0x3041 && r <= 0x30ff:
		return r != 0x30fb && r != 0x30a0
	case r >= 0x3400 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff:
		return true
	}
	return r >= 0x20000 && r <= 0x3ffff
}
