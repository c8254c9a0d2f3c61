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
	people  map[string]*person
	heads   int
	crlf    bool // the first line ends in CR LF and other headers follow one: so does each real one
	marked  bool // an iPhone's file in which the app marks its own texts with U+200E
	notice  bool // the first message is the notice about encryption
	owner   string
}

// person is a name that stands before messages.
type person struct {
	raw    string
	party  timeline.Party
	count  int
	nth    int
	fake   bool    // not a name: the start of an app's text that holds a colon
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
	if err != nil || bytes.IndexByte(sample, 0) >= 0 {
		return shape{}, nil, false
	}
	named := namedLike(s.Path)
	seen := map[shape]*sighting{}
	total, first := 0, true
	for line := range bytes.Lines(sample) {
		var h head
		ok := scan(line, &h) && credible(&h, line, named)
		if !ok {
			if len(bytes.TrimSpace(line)) > 0 {
				total, first = total+1, false
			}
			continue
		}
		total++
		if seen[h.shape] == nil {
			seen[h.shape] = &sighting{head: h, first: first}
		}
		seen[h.shape].add(&h, line)
		first = false
	}
	return likeliest(seen, total)
}

// sighting counts the headers of one shape in the start of a file.
type sighting struct {
	head   head
	first  bool // the file begins with it
	n      int
	speech int // with a sender, or a text that the app is known to write
}

func (g *sighting) add(h *head, line []byte) {
	g.n++
	if h.hasName() || h.textMarks || isNotice(string(bare(line)[h.rest:])) {
		g.speech++
	}
}

func likeliest(seen map[shape]*sighting, total int) (shape, *head, bool) {
	var best *sighting
	for _, g := range seen {
		switch {
		case g.speech == 0:
		case g.first:
			return g.head.shape, &g.head, true
		case g.n >= 3 && g.n*10 >= total && (best == nil || g.n > best.n):
			best = g
		}
	}
	if best == nil {
		return shape{}, nil, false
	}
	return best.head.shape, &best.head, true
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
	v := &survey{shape: shape, order: newEvidence(first), people: map[string]*person{}, owner: visible(s.Assume.Owner)}
	if err := v.readAll(ctx, s); err != nil {
		return nil, err
	}
	v.judgePeople()
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
	defer ls.Close()
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
		if ls.n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (v *survey) count(ls *lines, line []byte, h *head) {
	v.heads++
	text := line[h.text:]
	switch v.heads {
	case 1:
		v.notice = isNotice(string(bare(text)))
	case 2:
		v.crlf = ls.after
	}
	v.pad.count(h)
	v.order.add(h, nameDate(text))
	v.marked = v.marked || h.bracket && h.textMarks
	if h.hasName() {
		v.meet(line[h.rest:h.nameEnd])
	}
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
}

func (v *survey) newPerson(raw string) *person {
	p := &person{raw: raw, nth: len(v.people)}
	shown := visible(strings.ToValidUTF8(raw, "\ufffd"))
	if isNumber(shown) {
		p.party.Address = shown
	} else {
		p.party.Name = shown
	}
	p.party.Owner = shown == "You" || v.owner != "" && shown == v.owner
	return p
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
		p.fake = p.count == 1 && v.startsNotice(p.raw)
	}
}

// startsNotice tells the start of an app's own line, cut at a colon inside it:
// Bob changed the subject from "a" to "b: c".
func (v *survey) startsNotice(raw string) bool {
	if isNotice(raw) {
		return true
	}
	if !strings.ContainsAny(raw, "\"“”„«»「『") {
		return false
	}
	for _, p := range v.people {
		if p.raw != raw && strings.HasPrefix(raw, p.raw+" ") {
			return true
		}
	}
	return strings.HasPrefix(raw, "You ")
}

// visible is a name without direction marks and embeddings, which are not
// shown: WhatsApp puts U+202A and U+202C around numbers.
func visible(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' {
			return -1
		}
		return r
	}, s))
}

// skeleton is what is left of a name when everything is taken away that the
// eye passes over: two names with one skeleton look the same.
func skeleton(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

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
