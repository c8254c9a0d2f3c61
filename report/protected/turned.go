package protected

import "slices"

// A text can turn the direction of writing round: a viewer then shows “knabhcraM”
// from its end, and whoever looks reads another word than came. This file gives a
// scan the line as it is seen, beside the line as it came.

// mostTurned is how many characters are held while their direction is turned round.
const mostTurned = 1 << 16

// line is the rest of a line behind the first place where its direction is turned
// round, in the order in which it is seen.
type line struct {
	scan scan
	open []stretch
	held int
}

// stretch is a part of a line for whose direction something was said.
type stretch struct {
	turned bool
	chars  []char
}

type char struct {
	r        rune
	from, to int64
}

// turns tells the characters that turn the direction of letters round, whatever
// letters they are.
func turns(r rune) bool { return r == '\u202d' || r == '\u202e' }

// asSeen is the scan of a line from here on as it is seen. A word may have begun
// before.
func (s *scan) asSeen() *line {
	l := &line{scan: *s}
	l.scan.ring = slices.Clone(s.ring)
	l.scan.waiting, l.scan.grown, l.scan.longer, l.scan.posing, l.scan.seen = nil, nil, nil, nil, true
	return l
}

// take takes the next character and tells whether the line goes on.
func (l *line) take(r rune, from, to int64) bool {
	switch {
	case r == '\n' || r == '\r' || r == '\u2029':
		l.finish()
		return false
	case turns(r), r == '\u202a', r == '\u202b', r >= '\u2066' && r <= '\u2068':
		l.open = append(l.open, stretch{turned: turns(r)})
	case r == '\u202c' || r == '\u2069':
		l.end()
	case len(l.open) == 0:
		l.scan.take(r, from, to)
	default:
		top := &l.open[len(l.open)-1]
		top.chars = append(top.chars, char{r, from, to})
		if l.held++; l.held > mostTurned {
			l.endAll()
		}
	}
	return true
}

// end ends the innermost stretch: what it holds stands in the one around it as it is
// seen.
func (l *line) end() {
	last := len(l.open) - 1
	if last < 0 {
		return
	}
	in := l.open[last]
	l.open = l.open[:last]
	if in.turned {
		slices.Reverse(in.chars)
	}
	if last > 0 {
		around := &l.open[last-1]
		if around.turned {
			slices.Reverse(in.chars) // to be turned round with it once more
		}
		around.chars = append(around.chars, in.chars...)
		return
	}
	l.scan.turned = true
	for _, c := range in.chars {
		l.scan.take(c.r, c.from, c.to)
	}
	l.scan.turned, l.held = false, 0
}

func (l *line) endAll() {
	for len(l.open) > 0 {
		l.end()
	}
}

func (l *line) finish() {
	l.endAll()
	l.scan.settle(true)
}

// spread is where a word lies that ends with the last letter of a line as it is seen;
// ok is false where no letter of it stands elsewhere than it came, so that it is found
// as it came.
func (s *scan) spread(end node) (h Hit, ok bool) {
	h = Hit{s.at(int(end.depth)).from, 0, int(end.word) - 1}
	for back := int(end.depth); back > 0; back-- {
		p := s.at(back)
		h.From, h.To = min(h.From, p.from), max(h.To, p.to)
		ok = ok || p.turned
	}
	return h, ok
}
