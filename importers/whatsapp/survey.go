package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"daybook/importers"
	"daybook/timeline"
)

// survey is what a first pass over the whole file learns, in constant memory:
// before it is known how an export writes its headers, no line can be judged.
type survey struct {
	shape   shape
	pad     widths
	order   evidence
	verdict verdict
	seconds bool // times have seconds
	people  map[string]*person
	heads   int
	crlf    bool   // the first message ends in CR LF and other headers follow one: so does each real one
	crlfs   int    // headers that follow a CR LF
	marked  bool   // an iPhone's file in which the app marks its own texts with U+200E
	notice  bool   // the first message is the notice about encryption
	title   string // of the chat, where its first lines give it
	owner   string
	said    []byte // by the app in lines of its own, up to mostSaid
	byApp   bool   // the last header was the app's
}

// person is a name that stands before messages.
type person struct {
	raw    string
	party  timeline.Party
	odd    bool // the name is not shown as it stands
	count  int
	nth    int
	fake   bool    // not a name: the start of an app's text that holds a colon
	alone  bool    // a line of theirs cannot be text of another's message
	third  string  // why they may be nobody of this chat; see third.go
	double *person // an earlier and more frequent name that looks the same
}

// mostPeople bounds the names that are remembered. WhatsApp's groups hold a
// thousand members; more names than this are not compared with each other.
const mostPeople = 8192

// learn finds the shape of an export's headers in the start of a file. The
// first line of an export is a header that no sender could have written, so it
// decides; only a file whose beginning was cut off falls back on what recurs.
func learn(s importers.Source) (shape, *head, bool) {
	sample, err := io.ReadAll(decoded(bytes.NewReader(s.Head)))
	if err != nil {
		return shape{}, nil, false
	}
	c := census{named: namedLike(s.Path)}
	first := true
	for line := range bytes.Lines(sample) {
		if len(bytes.TrimSpace(line)) > 0 {
			c.add(line, first)
			first = false
		}
	}
	g := c.likeliest()
	if g == nil {
		return shape{}, nil, false
	}
	return g.head.shape, &g.head, true
}

// census counts the headers in the start of a file by their shapes.
type census struct {
	named bool // the file is named as WhatsApp names it
	lines int
	seen  []*sighting
}

// sighting is what is seen of one shape.
type sighting struct {
	head  head
	first bool // the file begins with it
	n     int
	names map[string]int
	app   bool // a text among them is one that the app writes
}

func (c *census) add(line []byte, first bool) {
	c.lines++
	var h head
	if !scan(line, &h) || !credible(&h, line, c.named) {
		return
	}
	g := c.sighting(&h)
	g.n++
	g.first = g.first || first
	g.app = g.app || h.textMarks || isNotice(string(bare(line)[h.rest:]))
	if h.hasName() {
		g.names[string(line[h.rest:h.nameEnd])]++
	}
}

func (c *census) sighting(h *head) *sighting {
	for _, g := range c.seen {
		if g.head.shape == h.shape {
			return g
		}
	}
	g := &sighting{head: *h, names: map[string]int{}}
	c.seen = append(c.seen, g)
	return g
}

// likeliest gives the shape that the file begins with, or else the one that
// recurs; nil when neither is a chat's.
func (c *census) likeliest() (best *sighting) {
	for _, g := range c.seen {
		switch {
		case !g.chat(c.named):
		case g.first:
			return g
		case g.n >= 3 && g.n*10 >= c.lines && (best == nil || g.n > best.n):
			best = g
		}
	}
	return best
}

// chat tells a chat from somebody's notes in the same form: people write more
// than once, what stands before the colon in a note does not come again.
func (g *sighting) chat(named bool) bool {
	if g.app || named && len(g.names) > 0 {
		return true
	}
	const few = 3
	for _, n := range g.names {
		if n > 1 || g.n <= few {
			return true
		}
	}
	return false
}

// credible tells a header that WhatsApp may have written from the start of a
// log line or of another program's export: an iPhone's always has seconds, and
// a stamp that logs use as well needs one more sign.
func credible(h *head, line []byte, named bool) bool {
	if h.foreign || h.bracket && !h.seconds {
		return false
	}
	if h.shape.isoLike() || h.shape.b[h.shape.n-1] == ' ' && h.shape.b[h.shape.n-2] == ':' {
		return named || bytes.Contains(line, []byte("\u200e"))
	}
	return true
}

// namedLike tells a file name that WhatsApp gives.
func namedLike(name string) bool {
	base := strings.ToLower(path.Base(name))
	return base == "_chat.txt" || strings.Contains(base, "whatsapp")
}

// take reads the file once and learns what it can.
func take(ctx context.Context, s importers.Source) (*survey, error) {
	if len(s.Head) == 0 {
		if err := readHead(&s); err != nil {
			return nil, err
		}
	}
	shape, first, ok := learn(s)
	if !ok {
		return nil, importers.ErrNotMine
	}
	v := &survey{shape: shape, seconds: first.seconds, order: newEvidence(first), people: map[string]*person{}, owner: strings.TrimSpace(s.Assume.Owner)}
	if err := v.readAll(ctx, s); err != nil {
		return nil, err
	}
	v.judgePeople()
	v.crlf = v.crlf && v.crlfs*4 >= v.heads-1
	v.judgeThirds(threadName(s.Path))
	var err error
	if v.verdict, err = v.order.decide(s.Assume.DateOrder); err != nil {
		return nil, err
	}
	return v, nil
}

func readHead(s *importers.Source) error {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("open chat %s: %w", s.Path, err)
	}
	defer f.Close()
	if s.Head, err = io.ReadAll(io.LimitReader(f, importers.HeadSize)); err != nil {
		return fmt.Errorf("read chat %s: %w", s.Path, err)
	}
	return nil
}

func (v *survey) readAll(ctx context.Context, s importers.Source) error {
	ls, err := openLines(s)
	if err != nil {
		return err
	}
	defer func() { _ = ls.Close() }() // read only: nothing can be lost
	var h head
	for {
		line, err := ls.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if ls.start && scan(line, &h) && h.shape == v.shape {
			v.count(ls, line, &h)
		}
		if ls.pieces%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (v *survey) count(ls *lines, line []byte, h *head) {
	v.heads++
	text := line[h.text:]
	if ls.after {
		v.crlfs++
	}
	switch v.heads {
	case 1:
		v.crlf = ls.crlf
		v.notice = isNotice(string(bare(text)))
		if v.notice && h.hasName() { // an iPhone writes the notice in the name of the chat
			v.title = visible(shown(line[h.rest:h.nameEnd]))
		}
	case 2:
		v.crlf = v.crlf || ls.after
	}
	if v.heads == 1 || ls.after || !v.crlf {
		v.pad.count(h, ls.n == 1)
		v.order.add(h, nameDate(text), ls.n == 1)
	}
	v.marked = v.marked || h.bracket && h.textMarks
	if h.hasName() {
		v.meet(line[h.rest:h.nameEnd])
	} else {
		v.hearApp(line[h.rest:])
	}
	v.byApp = !h.hasName()
}

func (v *survey) meet(name []byte) {
	p := v.people[string(name)]
	if p == nil {
		if len(v.people) == mostPeople {
			return
		}
		p = v.newPerson(string(name))
		v.people[p.raw] = p
	}
	p.count++
	p.alone = p.alone || v.heads == 1 || v.byApp
}

func (v *survey) newPerson(raw string) *person {
	p := &person{raw: raw, odd: !clean([]byte(raw)), nth: len(v.people)}
	shown := shown([]byte(raw))
	if number := visible(shown); isNumber(number) {
		p.party.Address = number
		shown = number
	} else {
		p.party.Name = strings.TrimSpace(shown)
	}
	p.party.Owner = shown == "You" || v.isOwner(shown)
	return p
}

// isOwner compares a name with the one that was given, a number by its digits.
func (v *survey) isOwner(shown string) bool {
	if isNumber(shown) && isNumber(visible(v.owner)) {
		return digitsOf(shown) == digitsOf(v.owner)
	}
	return v.owner != "" && shown == v.owner
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, asciiDigits(s))
}

// person gives who a header's name is.
func (v *survey) person(name []byte) *person {
	if p := v.people[string(name)]; p != nil {
		return p
	}
	return v.newPerson(string(name))
}

// judgePeople finds the names that are none, and those that only look like
// another.
func (v *survey) judgePeople() {
	chief := map[string]*person{}
	for _, p := range v.people {
		key := skeleton(p.raw)
		if c := chief[key]; c == nil || p.nth < c.nth {
			chief[key] = p
		}
	}
	for _, p := range v.people {
		if c := chief[skeleton(p.raw)]; c != p && p.count < c.count {
			p.double = c
		}
		p.fake = isNotice(p.raw) || p.count == 1 && v.startsNotice(p.raw)
	}
}

// startsNotice tells the start of an app's own line, cut at a colon inside it:
// Bob changed the subject from "a" to "b: c".
func (v *survey) startsNotice(raw string) bool {
	if !strings.ContainsAny(raw, "\"“”„«»「『") {
		return false
	}
	for i := range len(raw) {
		if raw[i] == ' ' && v.people[raw[:i]] != nil {
			return true
		}
	}
	return strings.HasPrefix(raw, "You ")
}

// visible is a number or a title without direction marks and embeddings, which
// are not shown: WhatsApp puts U+202A and U+202C around numbers. Names keep
// them: they tell one who poses as somebody else.
func visible(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' {
			return -1
		}
		return r
	}, s))
}

// skeleton is what is left of a name when everything is taken away that the
// eye passes over: two names with one skeleton look the same. Small and capital
// letters do not: a group may well hold an alex and an Alex.
func skeleton(s string) string {
	return twins.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s)))
}

// twins are Cyrillic and Greek letters that look like a Latin one.
var twins = strings.NewReplacer(
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "І", "I", "Ј", "J", "Ѕ", "S",
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", "ԁ", "d", "ӏ", "l",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X", "ο", "o", "ν", "v",
)

// isNumber tells a telephone number as WhatsApp prints it.
func isNumber(s string) bool {
	digits := 0
	for i, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case r == '+' && i == 0, r == ' ', r == '\u00a0', r == '-', r == '‑', r == '(', r == ')', r == '.':
		default:
			return false
		}
	}
	return digits >= 5
}
