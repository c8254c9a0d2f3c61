package whatsapp

import (
	"bytes"
	"unicode/utf8"
)

// head is the header of a message: "[25/12/2024, 21:05:33] Name: " or
// "25/12/2024, 21:05 - Name: ".
type head struct {
	shape   shape
	date    [3]number // as they stand; the third is zero where the year is left out
	clock   [3]number // hour, minute, second
	half    half
	bracket bool
	seconds bool
	foreign bool // not what an export writes: the time first, or no year
	cuts
	textMarks bool // the text begins with U+200E: the app wrote it
}

// cuts are the places at which a header's line is taken apart.
type cuts struct {
	from, to int // the words of the time
	rest     int // what follows the separator: the name, or the app's text
	nameEnd  int // end of the name; equal to rest when there is none
	text     int // start of the message
}

// number is a run of digits: its value and how many there were.
type number struct{ v, w int }

// number gives the numbers whose padding is one of a shape's marks: the date's
// three and the hour.
func (h *head) number(i int) number {
	if i == 3 {
		return h.clock[0]
	}
	return h.date[i]
}

// appMark is what an iPhone writes before a text of the app's own.
const appMark = "\u200e"

// mostName is the longest name of a sender, in bytes.
const mostName = 256

// scan reads the header at the start of a line.
func scan(line []byte, h *head) bool {
	s := scanner{b: line, h: h}
	*h = head{}
	return s.lead() && s.stamp() && s.close() && s.split()
}

// scanner walks over a header and writes its shape.
type scanner struct {
	b []byte
	i int
	h *head
}

// lead passes the marks before a header. Where there is no bracket they belong
// to the shape; an iPhone writes one before each message with a file.
func (s *scanner) lead() bool {
	for isMark(s.b[s.i:]) {
		s.i += 3
	}
	if s.i == len(s.b) {
		return false
	}
	if s.b[s.i] == '[' {
		s.h.bracket = true
		s.h.shape.add('[')
		s.i++
		return true
	}
	s.h.shape.addAll(s.b[:s.i])
	return true
}

// stamp reads date and time in either order.
func (s *scanner) stamp() bool {
	s.h.from = s.i
	n, ok := s.digits()
	if !ok {
		return false
	}
	if s.h.bracket && s.at(':') {
		return s.timeFirst(n)
	}
	s.h.date[0] = n
	return s.dateFirst()
}

func (s *scanner) dateFirst() bool {
	h := s.h
	var ok bool
	if !s.dateSep() {
		return false
	}
	if h.date[1], ok = s.digits(); !ok {
		return false
	}
	if s.dateSep() {
		if h.date[2], ok = s.digits(); !ok {
			return false
		}
	} else if h.foreign = h.bracket; !h.foreign { // "[25/12, 21:05]" is what Android copies to the clipboard
		return false
	}
	return s.gap() && s.time() && s.plausible()
}

// timeFirst reads "21:05, 25/12/2024": what WhatsApp Web copies to the
// clipboard, and never what an export holds.
func (s *scanner) timeFirst(hour number) bool {
	h := s.h
	h.foreign = true
	h.clock[0] = hour
	var ok bool
	if !s.minutes() {
		return false
	}
	s.after()
	if !s.gap() {
		return false
	}
	if h.date[0], ok = s.digits(); !ok || !s.dateSep() {
		return false
	}
	if h.date[1], ok = s.digits(); !ok || !s.dateSep() {
		return false
	}
	if h.date[2], ok = s.digits(); !ok {
		return false
	}
	h.to = s.i
	return s.plausible()
}

func (s *scanner) at(c byte) bool { return s.i < len(s.b) && s.b[s.i] == c }

// digits reads a number of one to four digits of any script.
func (s *scanner) digits() (n number, ok bool) {
	zero := byte('0')
	for s.i < len(s.b) && n.w < 5 {
		c := s.b[s.i]
		if c < utf8.RuneSelf {
			if c < '0' || c > '9' {
				break
			}
			n.v = n.v*10 + int(c-'0')
			s.i++
		} else {
			r, size := utf8.DecodeRune(s.b[s.i:])
			d, first := digit(r)
			if d < 0 {
				break
			}
			if n.w == 0 {
				s.h.shape.addAll([]byte(string(first)))
				zero = 0
			}
			n.v = n.v*10 + d
			s.i += size
		}
		n.w++
	}
	switch {
	case n.w == 0 || n.w > 4:
		return n, false
	case n.w > 2:
		s.h.shape.add('0' + byte(n.w))
	case zero != 0:
		s.h.shape.add(zero)
	}
	return n, true
}

// dateSep reads the mark between two numbers of a date, with at most one space
// after it: "/", ". ", "-".
func (s *scanner) dateSep() bool {
	i := s.i
	for isMark(s.b[i:]) {
		i += 3
	}
	if i == len(s.b) || s.b[i] != '/' && s.b[i] != '.' && s.b[i] != '-' {
		return false
	}
	i++
	for isMark(s.b[i:]) {
		i += 3
	}
	i += space(s.b[i:])
	if i == len(s.b) || !startsDigit(s.b[i:]) {
		return false
	}
	s.h.shape.addAll(s.b[s.i:i])
	s.i = i
	return true
}

// gap reads what stands between date and time: ", ", " klo ", ". ", "، ", " um ",
// and am or pm where they come first. It holds a space and no digit.
func (s *scanner) gap() bool {
	const most = 24
	spaced := false
	for start := s.i; s.i < len(s.b) && s.i-start < most; {
		rest := s.b[s.i:]
		if startsDigit(rest) {
			return spaced
		}
		if n := space(rest); n > 0 {
			spaced = true
			s.pass(n)
			continue
		}
		if s.halfWord() {
			continue
		}
		r, n := utf8.DecodeRune(rest)
		if !gapRune(r) {
			return false
		}
		s.pass(n)
	}
	return false
}

// pass takes n bytes into the shape.
func (s *scanner) pass(n int) {
	s.h.shape.addAll(s.b[s.i : s.i+n])
	s.i += n
}

// time reads the wall clock and what stands after it.
func (s *scanner) time() bool {
	var ok bool
	if s.h.clock[0], ok = s.digits(); !ok || s.h.clock[0].w > 2 {
		return false
	}
	if !s.minutes() {
		return false
	}
	s.h.to = s.i
	if s.after() {
		s.h.to = s.i
	}
	return true
}

// minutes reads ":05", ".05" or " h 05", and seconds in the same form.
func (s *scanner) minutes() bool {
	h := s.h
	from := s.i
	if !s.clockSep(" h ") {
		return false
	}
	sep := s.b[from:s.i]
	var ok bool
	if h.clock[1], ok = s.digits(); !ok || h.clock[1].w != 2 {
		return false
	}
	i, n := s.i, h.shape.n
	if len(sep) > 1 {
		ok = s.clockSep(" min ")
	} else if ok = bytes.HasPrefix(s.b[s.i:], sep); ok {
		s.pass(1)
	}
	if ok {
		h.clock[2], ok = s.digits()
		h.seconds = ok && h.clock[2].w == 2
	}
	if !h.seconds {
		h.clock[2] = number{}
		s.i, h.shape.n = i, n
	}
	return true
}

// clockSep reads ":" or ".", or the words of Canadian French, whatever their
// spaces are.
func (s *scanner) clockSep(words string) bool {
	if s.at(':') || s.at('.') {
		s.pass(1)
		return true
	}
	i := s.i
	for _, c := range []byte(words) {
		if c == ' ' {
			n := space(s.b[i:])
			if n == 0 {
				return false
			}
			i += n
		} else if i < len(s.b) && s.b[i] == c {
			i++
		} else {
			return false
		}
	}
	s.pass(i - s.i)
	return true
}

// after reads am or pm, or a word for "o'clock", after the time.
func (s *scanner) after() bool {
	i, n := s.i, s.h.shape.n
	for {
		k := space(s.b[s.i:])
		if k == 0 && isMark(s.b[s.i:]) {
			k = 3
		}
		if k == 0 {
			break
		}
		s.pass(k)
	}
	if s.halfWord() {
		return true
	}
	s.i, s.h.shape.n = i, n
	return false
}

// halfWord reads a word of the table in clock.go.
func (s *scanner) halfWord() bool {
	if s.i == len(s.b) {
		return false
	}
	half, style, n := findHalf(s.b[s.i:])
	if n == 0 {
		return false
	}
	if half != allDay {
		s.h.half = half
	}
	s.h.shape.add(1)
	s.h.shape.add(style)
	s.i += n
	return true
}

// plausible tells whether the numbers can be a time at all, in any order.
func (s *scanner) plausible() bool {
	h := s.h
	if _, ok := h.half.hour(h.clock[0].v); !ok || h.clock[1].v > 59 || h.clock[2].v > 59 {
		return false
	}
	for _, n := range h.date {
		if n.w == 3 {
			return false
		}
	}
	return true
}

// close reads the end of the stamp: "] ", " - ", " – " or, on old iPhones, ": ".
func (s *scanner) close() bool {
	h := s.h
	if h.bracket {
		if !s.at(']') {
			return false
		}
		s.pass(1)
		s.pass(space(s.b[s.i:]))
		h.rest = s.i
		return true
	}
	if s.at(':') && h.seconds && s.i+1 < len(s.b) && s.b[s.i+1] == ' ' {
		s.pass(2)
		h.rest = s.i
		return true
	}
	n := space(s.b[s.i:])
	if n == 0 {
		return false
	}
	dash := s.b[s.i+n:]
	switch {
	case bytes.HasPrefix(dash, []byte("-")), bytes.HasPrefix(dash, []byte(",")):
		n++
	case bytes.HasPrefix(dash, []byte("–")), bytes.HasPrefix(dash, []byte("—")):
		n += 3
	default:
		return false
	}
	k := space(s.b[s.i+n:])
	if k == 0 && s.i+n < len(bare(s.b)) {
		return false
	}
	s.pass(n + k)
	h.rest = s.i
	return true
}

// split parts the name from the message at the first ": ".
func (s *scanner) split() bool {
	h := s.h
	rest := bare(s.b[h.rest:])
	h.nameEnd, h.text = h.rest, h.rest
	look := rest[:min(len(rest), mostName)]
	if i := bytes.Index(look, []byte(": ")); i > 0 {
		h.nameEnd, h.text = h.rest+i, h.rest+i+2
	} else if n := len(rest); n == len(look) && n > 1 && rest[n-1] == ':' {
		h.nameEnd, h.text = h.rest+n-1, h.rest+n
	} else if n == len(look) && bytes.HasSuffix(rest, []byte(":.")) && n > 2 {
		h.nameEnd, h.text = h.rest+n-2, h.rest+n-1
	}
	h.textMarks = bytes.HasPrefix(s.b[h.text:], []byte(appMark))
	return true
}

// hasName tells whether the header has a sender.
func (c *cuts) hasName() bool { return c.nameEnd > c.rest }
