package timeline

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is how many bytes of one word are looked at; longer ones (a key, a
// picture as text) are found by their beginning.
const maxWord = 64

// phoneMark begins the word that a telephone number gets beside its groups of
// digits: a byte that no text can put into a word.
const phoneMark = 0x01

// token is one word of a text.
type token struct {
	text       []byte // folded; valid until the next token
	start, end int    // bytes of the text it was made from
	same       bool   // stands at the position of the token before it
}

// splitter cuts texts into words: letters and digits folded to one case, width
// and set of diacritics; pairs of characters in scripts without spaces; each
// emoji a word; and a telephone number once more as a whole.
type splitter struct {
	query bool // a person's words: no extra token that a text gets
	word  []byte
	start int
	run   []runeAt // characters of a script without spaces
	phone phone
	emit  func(token)
}

type runeAt struct {
	r          rune
	start, end int
}

// split hands every word of s to emit in order.
func (w *splitter) split(s string, emit func(token)) {
	w.emit = emit
	w.word, w.run = w.word[:0], w.run[:0]
	w.phone.reset()
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			w.ascii(s, i, c)
			i++
			continue
		}
		i += w.wide(s, i)
	}
	w.endWord(len(s))
	w.endRun()
}

func (w *splitter) ascii(s string, i int, c byte) {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		w.letter(i, c)
	case 'A' <= c && c <= 'Z':
		w.letter(i, c+'a'-'A')
	case c == '\'' && len(w.word) > 0 && i+1 < len(s) && isASCIILetter(s[i+1]):
		// don't is one word
	default:
		w.endWord(i)
		w.endRun()
		if !joinsDigits(c) {
			w.phone.reset()
		}
	}
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func (w *splitter) letter(i int, c byte) {
	if len(w.word) == 0 {
		w.start = i
		w.endRun()
	}
	if len(w.word) < maxWord {
		w.word = append(w.word, c)
	}
}

// wide takes the character at i, with the marks that belong to it, and gives
// its length in bytes.
func (w *splitter) wide(s string, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	if needsCompose(r) {
		size = norm.NFKC.NextBoundaryInString(s[i:], true)
		for _, c := range norm.NFKC.String(s[i : i+size]) {
			w.character(c, i, i+size)
		}
		return size
	}
	if r == '’' && len(w.word) > 0 {
		if next, _ := utf8.DecodeRuneInString(s[i+size:]); unicode.IsLetter(next) {
			return size
		}
	}
	var folded [8]rune
	for _, c := range fold(folded[:0], r) {
		w.character(c, i, i+size)
	}
	return size
}

func (w *splitter) character(c rune, start, end int) {
	switch {
	case c < utf8.RuneSelf && (isASCIILetter(byte(c)) || '0' <= c && c <= '9'):
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		w.letter(start, byte(c))
	case isSpaceless(c):
		w.endWord(start)
		w.phone.reset()
		w.run = append(w.run, runeAt{c, start, end})
	case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && len(w.word) > 0 && !isSelector(c):
		if len(w.word) == 0 {
			w.start = start
			w.endRun()
		}
		if len(w.word)+utf8.RuneLen(c) <= maxWord {
			w.word = utf8.AppendRune(w.word, c)
		}
	case isSelector(c):
	case unicode.Is(unicode.So, c) && c != utf8.RuneError:
		w.endWord(start)
		w.endRun()
		w.phone.reset()
		w.emit(token{text: utf8.AppendRune(w.word[:0], c), start: start, end: end})
	default:
		w.endWord(start)
		w.endRun()
		if c != ' ' && c != '\u2010' && c != '\u2011' {
			w.phone.reset()
		}
	}
}

// endWord closes a word that ends before byte end.
func (w *splitter) endWord(end int) {
	if len(w.word) == 0 {
		return
	}
	w.emit(token{text: w.word, start: w.start, end: end})
	if w.phone.add(w.word, w.start, end) && !w.query {
		w.emit(token{text: w.phone.key(), start: w.phone.start, end: end, same: true})
	}
	w.word = w.word[:0]
}

// endRun closes a run of a script without spaces: every two neighbours are a
// word, and the last character alone, so that each can be asked for by itself.
func (w *splitter) endRun() {
	if len(w.run) == 0 {
		return
	}
	var buf [2 * utf8.UTFMax]byte
	for i := 0; i+1 < len(w.run); i++ {
		b := utf8.AppendRune(utf8.AppendRune(buf[:0], w.run[i].r), w.run[i+1].r)
		w.emit(token{text: b, start: w.run[i].start, end: w.run[i+1].end})
	}
	if last := w.run[len(w.run)-1]; !w.query || len(w.run) == 1 {
		w.emit(token{text: utf8.AppendRune(buf[:0], last.r), start: last.start, end: last.end})
	}
	w.run = w.run[:0]
}

// phone gathers neighbouring groups of digits into one telephone number.
type phone struct {
	digits     []byte
	start, end int
}

const (
	minPhone = 9 // shorter numbers are found by their groups of digits
	maxPhone = 15
)

func (p *phone) reset() { p.digits = p.digits[:0] }

// add takes the next word and tells whether what was gathered may be a number.
func (p *phone) add(w []byte, start, end int) bool {
	for _, c := range w {
		if c < '0' || c > '9' {
			p.reset()
			return false
		}
	}
	if len(p.digits) > 0 && start-p.end > 3 || len(p.digits)+len(w) > maxPhone {
		p.reset()
	}
	if len(p.digits) == 0 {
		p.start = start
	}
	p.digits, p.end = append(p.digits, w...), end
	return len(p.digits) >= minPhone && len(p.digits) <= maxPhone
}

// key is the same for a number with its country code and without: its last
// nine digits.
func (p *phone) key() []byte {
	return append([]byte{phoneMark}, p.digits[len(p.digits)-minPhone:]...)
}

func joinsDigits(c byte) bool {
	return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '+'
}
