package anonymise

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SecretSize is the size of the secret of a copy.
const SecretSize = 16

// A scribe gives every word and every number a stand-in: the same word always
// the same one, which only the secret could tell again.
//
// It goes over everything twice. The first time it learns which words and
// numbers there are, so that the second time no stand-in is by chance a word
// that stood elsewhere; what it writes the first time is thrown away.
type scribe struct {
	cipher   cipher.Block
	learning bool
	words    map[string]bool   // short ones that the original holds, in small letters
	numbers  map[string]bool   // short ones that the original holds
	standIns map[string]string // of short words
	taken    map[string]bool   // stand-ins of short words that were given
	calendar calendar
	letters  map[rune][]rune // what may stand for a letter
}

// Words and numbers up to these lengths can be another's stand-in by chance.
const (
	shortWord   = 10
	shortNumber = 9
	mostShort   = 2_000_000 // that are remembered
)

func newScribe(secret []byte) (*scribe, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	return &scribe{cipher: block, learning: true, words: map[string]bool{}, numbers: map[string]bool{},
		standIns: map[string]string{}, taken: map[string]bool{}, letters: map[rune][]rune{},
		calendar: newCalendar()}, nil
}

// learned ends the first going over.
func (s *scribe) learned() {
	s.learning = false
	s.calendar.choose(s.draws("calendar", 0))
}

// draws is an endless row of numbers that hangs on the secret and a subject.
func (s *scribe) draws(subject string, again int) *draws {
	d := &draws{block: s.cipher}
	d.mix([]byte{byte(again), byte(again >> 8)})
	d.mix([]byte(subject))
	d.used = len(d.out)
	return d
}

type draws struct {
	block cipher.Block
	state [aes.BlockSize]byte
	out   [aes.BlockSize]byte
	used  int
	count uint32
}

// mix takes bytes into the state, with their end.
func (d *draws) mix(b []byte) {
	for n := 0; ; n += aes.BlockSize - 1 {
		part := b[min(n, len(b)):min(n+aes.BlockSize-1, len(b))]
		for i, c := range part {
			d.state[i] ^= c
		}
		d.state[aes.BlockSize-1] ^= byte(len(part) + 1)
		d.block.Encrypt(d.state[:], d.state[:])
		if len(part) < aes.BlockSize-1 {
			return
		}
	}
}

// below gives the next number below n.
func (d *draws) below(n int) int {
	if d.used+4 > len(d.out) {
		d.count++
		in := d.state
		in[0] ^= byte(d.count)
		in[1] ^= byte(d.count >> 8)
		in[2] ^= byte(d.count >> 16)
		in[3] ^= byte(d.count >> 24)
		d.block.Encrypt(d.out[:], in[:])
		d.used = 0
	}
	b := d.out[d.used:]
	d.used += 4
	return int((uint64(b[0])<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3])) % uint64(n))
}

// word gives the stand-in of a run of letters: letters of the same script and
// case, of the same length in UTF-8.
func (s *scribe) word(w string) string {
	low := strings.ToLower(w)
	short := utf8.RuneCountInString(w) <= shortWord
	if s.learning {
		if short && len(s.words) < mostShort {
			s.words[low] = true
		}
		return w
	}
	if !short {
		return s.inCase(w, s.spell(low, 0))
	}
	stand, ok := s.standIns[low]
	if !ok {
		stand = s.unlike(low)
		if len(s.standIns) < mostShort {
			s.standIns[low], s.taken[stand] = stand, true
		}
	}
	return s.inCase(w, stand)
}

// unlike spells a stand-in that is no word of the original and no other's
// stand-in; of very short words there are too few for that.
func (s *scribe) unlike(low string) string {
	stand := low
	for again := range 200 {
		stand = s.spell(low, again)
		if !s.words[stand] && !s.taken[stand] && !kept.word(stand) {
			return stand
		}
	}
	for again := 200; again < 2000; again++ {
		if stand = s.spell(low, again); !s.words[stand] {
			return stand
		}
	}
	return stand
}

func (s *scribe) spell(low string, again int) string {
	d := s.draws(low, again)
	var b strings.Builder
	for _, r := range low {
		like := s.like(r)
		b.WriteRune(like[d.below(len(like))])
	}
	return b.String()
}

// inCase gives a stand-in the capitals of the word, where the letter has one of
// the same length.
func (s *scribe) inCase(w, stand string) string {
	if w == strings.ToLower(w) {
		return stand
	}
	var b strings.Builder
	rest := stand
	for _, r := range w {
		c, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
		if unicode.IsUpper(r) {
			if up := unicode.ToUpper(c); utf8.RuneLen(up) == utf8.RuneLen(r) {
				c = up
			}
		}
		if utf8.RuneLen(c) != utf8.RuneLen(r) { // a letter whose small one is longer or shorter
			c = r
		}
		b.WriteRune(c)
	}
	return b.String()
}

// like lists the letters that may stand for one: its neighbours of the same
// script and kind that take the same room.
func (s *scribe) like(r rune) []rune {
	if list, ok := s.letters[r]; ok {
		return list
	}
	var list []rune
	for _, span := range []rune{64, 256, 1024} {
		first := r &^ (span - 1)
		if list = neighbours(r, first, first+span); len(list) > 8 {
			break
		}
	}
	if len(list) == 0 {
		list = []rune{r}
	}
	s.letters[r] = list
	return list
}

func neighbours(r, from, until rune) (list []rune) {
	script, kind := scriptOf(r), kindOf(r)
	for c := from; c < until; c++ {
		if utf8.RuneLen(c) == utf8.RuneLen(r) && kindOf(c) == kind && scriptOf(c) == script && sameCases(c, r) {
			list = append(list, c)
		}
	}
	return list
}

// sameCases tells that two small letters both have a capital of the same room,
// or both none.
func sameCases(a, b rune) bool {
	return unicode.ToLower(a) == a == (unicode.ToLower(b) == b) &&
		utf8.RuneLen(unicode.ToUpper(a)) == utf8.RuneLen(unicode.ToUpper(b)) && (unicode.ToUpper(a) == a) == (unicode.ToUpper(b) == b)
}

func kindOf(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Ll, unicode.Lu, unicode.Lt, unicode.Lo, unicode.Lm, unicode.M} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

func scriptOf(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Han} {
		if unicode.Is(t, r) {
			return t
		}
	}
	for _, t := range unicode.Scripts {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

// isLetter tells what words are made of.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r)
}

// digits gives the stand-in of a number of ASCII digits. Numbers that end alike
// have stand-ins that end alike, so that a telephone number with and without
// its country stays one; a zero stays a zero in the first two places.
func (s *scribe) digits(d string) string {
	if s.learning {
		if len(d) <= shortNumber && len(s.numbers) < mostShort {
			s.numbers[d] = true
		}
		return d
	}
	out := s.chain(d, 0)
	for again := 1; again < 50 && (out == d || len(d) <= shortNumber && s.numbers[out]); again++ {
		out = s.chain(d, again)
	}
	return out
}

func (s *scribe) chain(d string, again int) string {
	out := []byte(d)
	state := [aes.BlockSize]byte{15: 0xd1, 14: byte(again)}
	for i := len(d) - 1; i >= 0; i-- {
		s.cipher.Encrypt(state[:], state[:])
		pick := int(state[0])<<8 | int(state[1])
		c := int(d[i] - '0')
		switch {
		case i > 1:
			c = (c + pick%10) % 10
		case c > 0:
			c = 1 + (c-1+pick%9)%9
		}
		out[i] = byte('0' + c)
		state[2] ^= d[i]
	}
	return string(out)
}

// hex gives the stand-in of an identifier in hexadecimal: digits for digits and
// letters for letters.
func (s *scribe) hex(h string) string {
	if s.learning {
		return h
	}
	d := s.draws("hex"+strings.ToLower(h), 0)
	out := []byte(h)
	for i, c := range out {
		switch {
		case c >= '0' && c <= '9':
			out[i] = byte('0' + d.below(10))
		case c >= 'a' && c <= 'f':
			out[i] = byte('a' + d.below(6))
		case c >= 'A' && c <= 'F':
			out[i] = byte('A' + d.below(6))
		}
	}
	return string(out)
}
