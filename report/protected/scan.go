package protected

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"
)

// widest is how many characters that are neither letter nor digit may stand
// between two parts of a word.
const widest = 12

// scan goes over a text a character at a time.
type scan struct {
	w       *Words
	state   int32   // in the tree
	ring    []place // of the last letters
	n       int     // letters since the last wide gap
	before  class   // of the last character that counts
	gaps    int     // since the last letter
	clock   bool    // the last character of the gap is that of a time of day
	stroke  bool    // there is a stroke in the gap
	end     int64   // of the last letter
	zero    int64   // where the last byte 0 stands
	waiting []Hit   // words that end with the last character
	posing  *scan   // of the same text, for numbers in which letters stand for digits; nil: none
	found   func(Hit) bool
	grown   []Hit     // words that end inside of a longer one
	longer  func(Hit) // hears of those longer ones; nil: nobody asks
	stopped bool
	line    *line // as it is seen, where its direction is turned round; nil: as it came
	seen    bool  // what it goes over is such a line
	turned  bool  // and its next characters stand elsewhere than they came
	buf     [16]byte
}

// place is where a letter stands, and whether a word may begin with it.
type place struct {
	from, to int64
	begins   bool
	figure   posed // whether it is a digit, where letters may stand for one
	clock    bool  // it stands behind the colon of a time of day
	stroke   bool  // it stands behind a stroke
	turned   bool  // it is seen elsewhere than it came
}

func (w *Words) scan(ring []place, found func(Hit) bool) scan {
	if len(ring) < w.longest {
		ring = make([]place, w.longest)
	}
	return scan{w: w, ring: ring, found: found, zero: -1}
}

// take takes the character that stands from one byte to another.
func (s *scan) take(r rune, from, to int64) {
	s.step(r, from, to)
	if s.posing != nil && !s.stopped {
		s.posing.step(r, from, to)
		s.stopped = s.posing.stopped
	}
}

func (s *scan) step(r rune, from, to int64) {
	letters, is := s.w.folds.fold(s.buf[:0], r)
	if s.line != nil || is == nothing && turns(r) && !s.seen {
		s.look(r, from, to)
	}
	switch is {
	case nothing:
		if r == 0 {
			if from-s.zero != 2 { // the end of a text, and not half of a letter in UTF-16
				s.settle(true)
				s.before = gap
			}
			s.zero = from
		}
		return
	case gap:
		s.settle(true)
		s.before, s.clock, s.stroke = gap, r == ':', s.stroke || strokes(r)
		if s.gaps++; s.gaps > widest {
			s.state, s.n = 0, 0
		}
		return
	}
	begins, whole := apart(s.before, is), !raw(r, from, to)
	if !whole { // a letter of a word, or no letter: it keeps no word from ending before it or beginning behind it
		begins, is = true, gap
	}
	s.settle(begins)
	s.gaps, s.before, s.end = 0, is, to
	as := noFigure
	if s.w.posable != nil && whole {
		as = pose(letters, is)
	}
	for i, c := range letters {
		s.state = s.w.tree.next(s.state, c)
		s.ring[s.n%len(s.ring)] = place{from, to, begins && i == 0, as, s.clock && begins && i == 0, s.stroke && i == 0, s.turned}
		s.n++
	}
	s.clock, s.stroke = false, false
	for n := s.w.tree.nodes[s.state].out; n != 0; {
		end := s.w.tree.nodes[n]
		if start := s.at(int(end.depth)); start.begins && s.isDay(end) && s.typed(end) && s.stroked(end) {
			h, ok := Hit{start.from, to, int(end.word) - 1}, true
			if s.seen {
				h, ok = s.spread(end)
			}
			if ok {
				s.waiting = append(s.waiting, h)
			}
		}
		n = s.w.tree.nodes[end.fail].out
	}
}

// raw tells of a byte that is no part of a character.
func raw(r rune, from, to int64) bool { return r >= utf8.RuneSelf && to-from == 1 }

// at is where the letter stands that is so many back; the last one is 1 back.
func (s *scan) at(back int) place { return s.ring[(s.n-back)%len(s.ring)] }

// look takes a character of a line as it is seen, where that is not how it came.
func (s *scan) look(r rune, from, to int64) {
	if s.line == nil {
		s.line = s.asSeen()
	}
	goesOn := s.line.take(r, from, to)
	if s.stopped = s.stopped || s.line.scan.stopped; !goesOn {
		s.line = nil
	}
}

// finish is the end of a text.
func (s *scan) finish() {
	s.settle(true)
	if s.line != nil && !s.stopped {
		s.line.finish()
	}
	if s.posing != nil && !s.stopped {
		s.posing.finish()
	}
}

// isDay tells of a date that is written in figures alone that they are those of
// a day: in three groups, none behind a colon, or eight in one. 43:19 and 4319
// are not the fourth of March. Of other words it is always true.
func (s *scan) isDay(end node) bool {
	if s.w.words[end.word-1].As != Day || !end.figures {
		return true
	}
	groups := 1
	for back := int(end.depth) - 1; back > 0; back-- {
		p := s.at(back)
		if p.clock {
			return false
		}
		if p.begins {
			groups++
		}
	}
	return groups == 3 || groups == 1 && end.depth == 8
}

// settle hands over the words that ended with the last character, where they are
// whole ones; the others are inside of a longer one, up to its end.
func (s *scan) settle(whole bool) {
	for _, h := range s.waiting {
		switch {
		case !whole && s.longer != nil:
			s.grown = append(s.grown, h)
		case whole && !s.stopped:
			s.stopped = !s.found(h)
		}
	}
	s.waiting = s.waiting[:0]
	if !whole {
		return
	}
	for _, h := range s.grown {
		h.To = s.end
		s.longer(h)
	}
	s.grown = s.grown[:0]
}

// apart tells that two characters beside each other are of two words: a number
// behind letters, a capital behind a small letter, and any two of a script
// without spaces.
func apart(a, b class) bool {
	switch {
	case a == gap, a == unspaced, b == unspaced:
		return true
	case a == digit || b == digit:
		return a != b
	}
	return a == small && b == capital
}

func (w *Words) find(s string, found func(Hit) bool, longer func(Hit)) {
	if w == nil || s == "" {
		return
	}
	var ring [128]place
	run := w.scan(ring[:], found)
	run.longer = longer
	if mayPose(s) {
		run.posing = run.beside()
	}
	for i, before := 0, byte(0); i < len(s) && !run.stopped; {
		r, size := character(s[i:], before, utf8.DecodeRuneInString)
		run.take(r, int64(i), int64(i+size))
		i += size
		before = s[i-1]
	}
	run.finish()
}

// character is the next character of a text and how many bytes it takes. A byte that
// is no part of one is taken for a letter of the alphabets of western Europe.
func character[T string | []byte](s T, before byte, decode func(T) (rune, int)) (rune, int) {
	switch c := s[0]; {
	case c == '%':
		return escaped(s, before)
	case c == '\\' && len(s) > 5 && s[1] == 'u':
		return fourHex(s)
	case c < utf8.RuneSelf:
		return rune(c), 1
	}
	r, size := decode(s)
	if r == utf8.RuneError && size <= 1 {
		return rune(s[0]), 1
	}
	return r, size
}

// mostEscaped is how often an address of the web is escaped in another at most: %2520
// is a space that was escaped twice. longestEscaped is how many bytes a character takes
// then.
const (
	mostEscaped    = 3
	longestEscaped = utf8.UTFMax * (1 + 2*mostEscaped)
)

// escaped is a character as addresses of the web write it: %20 is a space, %C3%AB an ë,
// and so is %EB in old ones, where the sign is not that of a percentage.
func escaped[T string | []byte](s T, before byte) (rune, int) {
	var b [utf8.UTFMax]byte
	n, end, first := 0, 0, 0
	for n < len(b) && (n == 0 || !utf8.FullRune(b[:n])) {
		c, size := escapedByte(s[end:])
		if size == 0 {
			break
		}
		if n == 0 {
			first = size
		}
		b[n] = c
		n, end = n+1, end+size
	}
	switch r, size := utf8.DecodeRune(b[:n]); {
	case n == 0:
		return '%', 1
	case r != utf8.RuneError && size == n:
		return r, end
	case before == 0 || before == ' ' || '0' <= before && before <= '9':
		return '%', 1
	}
	return rune(b[0]), first
}

// escapedByte is the byte that a text begins with, escaped, and how many bytes that
// takes; none where it begins with no such.
func escapedByte[T string | []byte](s T) (byte, int) {
	at := 1
	for range mostEscaped - 1 {
		if at+3 < len(s) && s[at] == '2' && s[at+1] == '5' && hex(s[at+2]) >= 0 && hex(s[at+3]) >= 0 {
			at += 2
		}
	}
	if at+1 >= len(s) || s[0] != '%' || hex(s[at]) < 0 || hex(s[at+1]) < 0 {
		return 0, 0
	}
	return byte(hex(s[at])<<4 | hex(s[at+1])), at + 2
}

// fourHex is a character as programs write it: \u00eb is an ë.
func fourHex[T string | []byte](s T) (rune, int) {
	r := 0
	for i := 2; i < 6; i++ {
		if hex(s[i]) < 0 {
			return '\\', 1
		}
		r = r<<4 | hex(s[i])
	}
	return rune(r), 6
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// Read finds words in a stream of any length, by their end. It stops when found
// wants no more.
func (w *Words) Read(r io.Reader, found func(Hit) bool) error {
	if w == nil {
		return nil
	}
	in := bufio.NewReaderSize(r, 64<<10)
	run := w.scan(nil, found)
	run.posing = run.beside()
	for at, before := int64(0), byte(0); !run.stopped; {
		next, err := in.Peek(longestEscaped)
		if len(next) == 0 {
			if errors.Is(err, io.EOF) {
				break
			}
			return err
		}
		c, size := character(next, before, utf8.DecodeRune)
		before = next[size-1]
		if _, err := in.Discard(size); err != nil {
			return err
		}
		run.take(c, at, at+int64(size))
		at += int64(size)
	}
	run.finish()
	return nil
}
