package whatsapp

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// sense is what a line that looks like a header is taken for.
type sense uint8

const (
	undecided sense = iota
	opens           // it begins a message
	forged          // it is text of the message it stands in, made to look like a header
)

// mark is a line that looks like a header.
type mark struct {
	line  int
	chars int // of the file before it
	cuts
	at    int64 // seconds of the wall clock from 1970
	who   *person
	sense sense
	why   string // of a forged one
	raw   string // the words of its time
	steps []step // back in time that it is part of
}

// step is two messages of which the second, in the order of the file, has the
// earlier time.
type step struct{ first, second stamp }

// stamp is where a message stands, and its time.
type stamp struct {
	line, chars int
	at          int64
	raw         string
}

func (m *mark) stamp() stamp { return stamp{line: m.line, chars: m.chars, at: m.at, raw: m.raw} }

// mostChars is the longest text that WhatsApp sends, in characters: whatever
// goes on longer is not one message.
const mostChars = 65_536

// window is how many headers the scout looks ahead, half of it at least. No
// message holds more: a header has some twenty characters.
const window = 16384

// several is how many messages in a row may all be forged headers of the one
// before them. More than that outweigh one that contradicts them.
const several = 16

// clockChange is how far the wall clock can go back by itself.
const clockChange = 3600

// scout runs ahead of the reading and judges each line that looks like a
// header. doc.go states its rules.
type scout struct {
	v     *survey
	ls    *lines
	h     head
	buf   []mark
	ahead []mark // the end of buf: judged by their own form, in the order of the file
	chars int    // of the file read so far
	ended bool
	raws  importers.Strings // the words of times

	judged  int     // marks at the start of ahead that are judged
	waiting int     // of these, the ones that open a message
	last    mark    // the last that opens a message
	recent  []stamp // it and those before it, several and one more
}

func newScout(s importers.Source, v *survey) (*scout, error) {
	ls, err := openLines(s)
	if err != nil {
		return nil, err
	}
	return &scout{v: v, ls: ls}, nil
}

func (s *scout) Close() error { return s.ls.Close() }

// next gives the next mark, judged; ok is false after the last.
func (s *scout) next() (m mark, ok bool, err error) {
	if err := s.fill(); err != nil || len(s.ahead) == 0 {
		return mark{}, false, err
	}
	s.judgeSome()
	m = s.ahead[0]
	s.ahead = s.ahead[1:]
	s.judged--
	if m.sense == opens {
		s.waiting--
	}
	return m, true, nil
}

// judgeSome goes on until several messages after the next are known: as many
// can turn out to contradict a later one.
func (s *scout) judgeSome() {
	for ; s.judged < min(len(s.ahead), window/4) && s.waiting <= several; s.judged++ {
		m := &s.ahead[s.judged]
		if m.sense == undecided {
			m.sense, m.why = s.judge(*m, s.ahead[s.judged+1:])
		}
		if m.sense != opens {
			continue
		}
		s.stepBack()
		s.last = *m
		s.waiting++
		if len(s.recent) > several {
			s.recent = s.recent[:copy(s.recent, s.recent[1:])]
		}
		s.recent = append(s.recent, m.stamp())
	}
}

// stepBack notes it where the time of the message just judged lies before that
// of the one before it: with all those that may be forged if it is not.
func (s *scout) stepBack() {
	m := &s.ahead[s.judged]
	if s.last.line == 0 || m.at >= s.last.at {
		return
	}
	m.steps = append(m.steps, step{s.last.stamp(), m.stamp()})
	n, ok := s.later(*m, 0)
	if !ok {
		n = 1
	}
	for i := s.judged - 1; i >= 0 && n > 0; i-- {
		if f := &s.ahead[i]; f.sense == opens {
			f.steps = append(f.steps, step{f.stamp(), m.stamp()})
			n--
		}
	}
}

// later counts the messages right before m whose times lie after its own by
// more than slack; ok is false when they are more than several, or do not all
// fit into the text of the one before them.
func (s *scout) later(m mark, slack int64) (n int, ok bool) {
	for i := len(s.recent) - 1; i >= 0; i-- {
		if r := s.recent[i]; r.at-slack <= m.at {
			return n, m.chars-r.chars <= mostChars
		}
		n++
	}
	return n, false
}

// fill reads on until the window is full again, half a window at a time.
func (s *scout) fill() error {
	if s.ended || len(s.ahead) > window/2 {
		return nil
	}
	s.buf = s.buf[:copy(s.buf, s.ahead)]
	defer func() { s.ahead = s.buf }()
	for len(s.buf) < window {
		line, err := s.ls.next()
		if errors.Is(err, io.EOF) {
			s.ended = true
			return nil
		}
		if err != nil {
			return err
		}
		before := s.chars
		s.chars += utf8.RuneCount(line)
		if s.ls.start && scan(line, &s.h) {
			s.buf = append(s.buf, s.form(line, before))
		}
	}
	return nil
}

const otherForm = "not in the form of this export's headers"

const lookalike = "a name that only looks like one of this chat"

// form judges a line by itself: every real header of an export has its one
// shape, its padding, its line end, a date, and a name that is no double.
func (s *scout) form(line []byte, chars int) mark {
	v, h := s.v, &s.h
	m := mark{line: s.ls.n, chars: chars, cuts: h.cuts, raw: s.raws.Of(line[h.from:h.to])}
	ok := false
	m.at, ok = v.verdict.seconds(h, v.order.cal)
	if h.hasName() {
		m.who = v.person(line[h.rest:h.nameEnd])
		if m.who.fake {
			m.who, m.nameEnd, m.text = nil, h.rest, h.rest
		}
	}
	switch {
	case h.shape != v.shape:
		m.why = otherForm
	case !v.pad.fit(h):
		m.why = "its numbers are not padded as in this export's headers"
	case !ok:
		m.why = "no date in the order of this export"
	case v.crlf && m.line > 1 && !s.ls.after:
		m.why = "no line end of a message before it, only one inside a message"
	case m.who != nil && m.who.double != nil && !v.crlf: // where a line end tells, it has told
		m.why = fmt.Sprintf(lookalike+", %s for %s; nothing in the file tells whether it is a message of its own",
			timeline.SpeltOut(shown([]byte(m.who.raw))), timeline.SpeltOut(shown([]byte(m.who.double.raw))))
	}
	if m.why != "" {
		m.sense = forged
	}
	return m
}

// judge looks at the time of a header that is right in form.
func (s *scout) judge(m mark, rest []mark) (sense, string) {
	if s.last.line == 0 || s.last.who == nil {
		return opens, "" // nobody could have written it into the app's own line
	}
	if m.at < s.last.at-clockChange {
		if _, either := s.later(m, clockChange); !either && s.returns(rest, s.last.at-clockChange) {
			return forged, "earlier than the message around it"
		}
		return opens, ""
	}
	switch before, after, same := conflict(m, rest, s.last.at-clockChange); {
	case before < after+1:
		return opens, "" // those before it are the ones out of time
	case before > unclear || same && m.who != s.last.who: // people do not forge themselves
		return forged, "later than the messages after it"
	default:
		return opens, ""
	}
}

// returns tells whether time comes back to where it was, or the file ends,
// within the length of one message.
func (s *scout) returns(rest []mark, to int64) bool {
	for i := range rest {
		if rest[i].chars-s.last.chars > mostChars {
			return false
		}
		if rest[i].sense == undecided && rest[i].at >= to {
			return true
		}
	}
	return s.ended && s.chars-s.last.chars <= mostChars
}

// unclear is how many headers alone do not outweigh one.
const unclear = 2

// conflict counts among the next headers those that lie before m, and yet not
// before the message it stands in, and those that do not; same tells that all
// the former bear its name.
func conflict(m mark, rest []mark, from int64) (before, after int, same bool) {
	const most = 32
	same = true
	for i := range rest {
		if before+after == most || rest[i].chars-m.chars > mostChars {
			break
		}
		switch r := &rest[i]; {
		case r.sense != undecided || r.at < from:
		case r.at < m.at-clockChange:
			before++
			same = same && r.who == m.who
		default:
			after++
		}
	}
	return before, after, same
}
