package protected

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"daybook/timeline"
)

// class is what a character is for the comparison of words.
type class uint8

const (
	gap      class = iota // stands between words
	nothing               // is passed over, as if it were not there
	small                 // a letter
	capital               // a letter that may begin a word inside of one: HighStreet
	digit                 // 0 to 9, in any script
	unspaced              // a letter of a script that sets no spaces between words
)

// ascii are the classes of the characters below 128.
var ascii = func() (all [utf8.RuneSelf]class) {
	for c := range all {
		switch {
		case c == 0: // between the letters of texts in UTF-16
			all[c] = nothing
		case c >= 'a' && c <= 'z':
			all[c] = small
		case c >= 'A' && c <= 'Z':
			all[c] = capital
		case c >= '0' && c <= '9':
			all[c] = digit
		}
	}
	return all
}()

// spaceless are the scripts whose words stand together.
var spaceless = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// ligatures are letters that stand for others and that Unicode does not take
// apart.
var ligatures = map[rune]string{'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th"}

// shapes are letters that have the shape of ours in the large, and stand further along
// than the alphabets of Europe or are no letters of another alphabet: small capitals, and
// Cherokee.
var shapes = func() map[rune]rune {
	all := map[rune]rune{}
	for _, s := range [][2]string{
		{"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"},
		{"ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏃᏏᏒᏔᏚᏙᏞᏟᏢᏦᏴ", "drtiajewmhygzbrwsvlcpkb"},
	} {
		to := []rune(s[1])
		for i, r := range []rune(s[0]) {
			all[r] = to[i]
		}
	}
	return all
}()

// sign is the letter that a sign in a ring or a box shows, as flags are made of them; 0
// where it shows none. Each stands for itself: a flag behind a name is no part of it.
func sign(r rune) byte {
	for _, a := range [...]rune{0x1f150, 0x1f170, 0x1f1e6} {
		if r >= a && r < a+26 {
			return 'a' + byte(r-a)
		}
	}
	return 0
}

// folds are what the characters of the alphabets up to Arabic are compared as:
// to find it out takes longer than all else, and is done once.
type folds [0x800]struct {
	letters string
	class   class
}

var alphabets = sync.OnceValue(func() *folds {
	var all folds
	for r := range all {
		letters, is := fold(nil, rune(r))
		all[r].letters, all[r].class = string(letters), is
	}
	return &all
})

// fold is fold of a table.
func (f *folds) fold(to []byte, r rune) ([]byte, class) {
	if int(r) >= len(f) {
		return fold(to, r)
	}
	of := &f[r]
	return append(to, of.letters...), of.class
}

// fold appends the letters and digits that a character is compared as.
func fold(to []byte, r rune) ([]byte, class) {
	if unicode.Is(unicode.Han, r) {
		return utf8.AppendRune(to, r), unspaced
	}
	if r < utf8.RuneSelf {
		c := ascii[r]
		switch c {
		case capital:
			return append(to, byte(r)+'a'-'A'), c
		case small, digit:
			return append(to, byte(r)), c
		}
		return to, c
	}
	if s, ok := ligatures[r]; ok {
		return append(to, s...), small
	}
	if shape, ok := shapes[r]; ok {
		return append(to, byte(shape)), small
	}
	if c := sign(r); c != 0 {
		return append(to, c), unspaced
	}
	is := gap
	for _, part := range norm.NFKD.String(string(r)) {
		var c class
		if to, c = foldPart(to, part); is == gap || is == nothing {
			is = max(c, is)
		}
	}
	return to, is
}

func foldPart(to []byte, r rune) ([]byte, class) {
	switch {
	case r < utf8.RuneSelf:
		return fold(to, r)
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r), unseen(r):
		return to, nothing
	case unicode.Is(unicode.Nd, r):
		return append(to, '0'+value(r)), digit
	case unicode.IsOneOf(spaceless, r):
		return utf8.AppendRune(to, r), unspaced
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mc, r):
		return append(to, letter(r)...), caseOf(r)
	default:
		return to, gap
	}
}

// unseen tells the fillers and the selectors of a shape, which have none.
func unseen(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0
}

func caseOf(r rune) class {
	if unicode.IsUpper(r) {
		return capital
	}
	return small
}

// letter is the small letter that one of another alphabet looks like, or itself
// as a small one.
func letter(r rune) string {
	if r >= 0x800 { // those that look like one of ours are shapes
		return strings.ToLower(string(r))
	}
	twin := timeline.Skeleton(string(r))
	if twin == "l" && unicode.IsUpper(r) {
		return "i" // of the capital I, which has the shape of a small l
	}
	return strings.ToLower(twin)
}

// value is that of a digit of any script: they stand in rows of ten.
func value(r rune) byte {
	n := 0
	for n < 10 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return byte(n % 10)
}

// squeeze is a text as its letters and digits alone, as they are compared.
func squeeze(s string) []byte {
	var out []byte
	for _, r := range s {
		out, _ = fold(out, r)
	}
	return out
}

// Letters counts what of a text is compared.
func Letters(s string) int { return len(squeeze(s)) }
