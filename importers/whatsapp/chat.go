package whatsapp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// mostForged is how many forged headers of one message are named one by one.
const mostForged = 20

// mostSkipped is how much of a skipped line's text is kept.
const mostSkipped = 4 << 10

// chat is the second pass: it puts lines together to messages.
type chat struct {
	s      importers.Source
	v      *survey
	out    importers.Output
	ls     *lines
	scout  *scout
	ahead  mark
	more   bool // ahead holds a mark
	files  *folder
	thread string
	base   []timeline.Flag // what every event of the file is flagged with

	open    *message // nil before the first header
	records importers.Strings
	reuse   message
	first   timeline.When // the earliest
	final   timeline.When // the latest
	n       int
	posing  int // lines that look like a message of somebody whose name only looks like another's
	thirds  int // messages that bear a third name in a chat of two
	putBack putBack
	spoken  bool // a person's message was read
	second  int  // line of a header in another form, too far from the last to be in its text
}

func newChat(s importers.Source, v *survey, out importers.Output) (*chat, error) {
	ls, err := openLines(s)
	if err != nil {
		return nil, err
	}
	sc, err := newScout(s, v)
	if err != nil {
		return nil, errors.Join(err, ls.Close())
	}
	bracket := v.shape.b[0] == '['
	c := &chat{s: s, v: v, out: out, ls: ls, scout: sc, thread: threadName(s.Path)}
	if c.thread == "" {
		c.thread = v.title
	}
	c.files = &folder{fs: s.FS, dir: path.Dir(s.Path), bracket: bracket, unmarked: !v.marked}
	if v.verdict.assumed {
		c.base = append(c.base, timeline.AssumedOrder)
	}
	if s.Assume.Zone != nil {
		c.base = append(c.base, timeline.ZoneAssumed)
	}
	return c, nil
}

func (c *chat) Close() error { return errors.Join(c.ls.Close(), c.scout.Close()) }

// read goes through the file and hands on every message.
func (c *chat) read(ctx context.Context) (err error) {
	if c.ahead, c.more, err = c.scout.next(); err != nil {
		return err
	}
	for {
		piece, err := c.ls.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = c.take(ctx, piece)
		}
		if err == nil && c.ls.pieces%1024 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	if err := c.finish(true); err != nil {
		return err
	}
	if c.n == 0 {
		return fmt.Errorf("chat %s: %w", c.s.Path, errNoHeader)
	}
	if err := c.out.Covers(c.first, c.final, c.note()); err != nil {
		return err
	}
	if c.second > 0 {
		return fmt.Errorf("chat %s: a second export seems to begin before line %d, in another form, and is not read: put each into a file of its own", c.s.Path, c.second)
	}
	return nil
}

var errNoHeader = errors.New("no line can be read as the beginning of a message")

// take gives a piece of a line to the message it belongs to.
func (c *chat) take(ctx context.Context, piece []byte) error {
	if !c.ls.start || !c.more || c.ahead.line != c.ls.n {
		return c.add(piece)
	}
	m := c.ahead
	var err error
	if c.ahead, c.more, err = c.scout.next(); err != nil {
		return err
	}
	if m.sense != opens {
		if c.open != nil {
			c.open.forge(m)
			if strings.HasPrefix(m.why, lookalike) {
				c.posing++
			}
			if m.why == otherForm && m.chars-c.open.chars > mostChars && c.second == 0 {
				c.second = m.line
			}
		}
		return c.add(piece)
	}
	third := m.who != nil && m.who.third != "" && c.open != nil
	if third {
		m.why = m.who.third
		c.open.forge(m)
		c.thirds++
	}
	if err := c.finish(false); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.begin(m, piece)
	if third {
		c.open.forge(m)
	}
	return nil
}

func (c *chat) begin(m mark, piece []byte) {
	c.open = &c.reuse
	*c.open = message{mark: m, words: c.open.words[:0]}
	c.open.add(piece[m.text:], true)
}

// add appends a line, or a piece of one, to the open message.
func (c *chat) add(piece []byte) error {
	if c.open == nil {
		return c.skip(piece)
	}
	c.open.add(piece, c.ls.start)
	return nil
}

// skip hands on a line before the first header.
func (c *chat) skip(piece []byte) error {
	sum, size, text := sha256.New(), 0, []byte(nil)
	n := c.ls.n
	for {
		sum.Write(piece)
		size += len(piece)
		text = append(text, piece[:min(len(piece), mostSkipped-len(text))]...)
		if c.ls.ended {
			break
		}
		var err error
		if piece, err = c.ls.next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	reason := "This line stands before the first message of the chat."
	if size > len(text) {
		reason += fmt.Sprintf(" It is shown shortened: it has %d bytes, SHA-256 %x.", size, sum.Sum(nil))
	}
	return c.out.Skip(record(n), shown(bare(text)), errors.New(reason))
}

func record(line int) string { return "line " + strconv.Itoa(line) }

// record is that of a message.
func (c *chat) record(line int) string {
	var room [32]byte
	return c.records.Of(strconv.AppendInt(append(room[:0], "line "...), int64(line), 10))
}

// finish hands on the open message; end tells that the file ends with it.
func (c *chat) finish(end bool) error {
	m := c.open
	if m == nil {
		return nil
	}
	c.open = nil
	e := c.event(m, end)
	c.n++
	c.span(e.When)
	if err := c.hand(e); err != nil || !end {
		return err
	}
	return c.release()
}

func (c *chat) event(m *message, end bool) timeline.Event {
	e := timeline.Event{
		Kind:   timeline.Message,
		When:   c.when(m),
		Thread: c.thread,
		Source: timeline.Pinpoint{Record: c.record(m.line)},
		Flags:  append(make([]timeline.Flag, 0, len(c.base)+2), c.base...),
	}
	if m.who != nil {
		e.From = m.who.party
	}
	c.flag(&e, m, end)
	if !end {
		m.writeNULs()
	}
	b := body{e: &e, text: m.shown(&e, end), files: c.files, alone: m.who == nil && !c.spoken}
	c.spoken = c.spoken || m.who != nil
	if hiddenHeader(b.text) {
		m.forged = append(m.forged, record(m.line)+": after a line break that is no line feed")
	}
	b.mark = strings.HasPrefix(b.text, appMark)
	b.app = b.mark || c.files.unmarked
	b.tight = m.who != nil && m.text == m.nameEnd+1
	c.order(&b, m)
	if m.nuls > 0 {
		flag(&e, timeline.Truncated)
		b.set("file end", fmt.Sprintf("%d NUL bytes, left out of the text", m.nuls))
	}
	b.read()
	e.Text = b.text
	if len(m.forged) > 0 {
		flag(&e, timeline.ForgedHeader)
		b.set("forged headers", strings.Join(m.forged, "; "))
	}
	b.set(timeline.SameKey, timeline.WithinChat+same(&e))
	return e
}

// same is equal for one message in two exports of a chat, whatever they are called:
// by the time, the sender, the words and the names of the files. The timeline
// counts two of them in one file as two.
func same(e *timeline.Event) string {
	var clock [64]byte
	when := append(clock[:0], e.When.Raw...)
	if !e.When.Local.IsZero() {
		when = append(append(importers.AppendDateTime(clock[:0], e.When.Local), ' '), e.When.Precision...)
	}
	var room [512]byte // enough for nearly every message
	b := part(room[:0], when)
	for _, s := range [...]string{string(e.Kind), e.From.Name, e.From.Address, e.Text, e.Extra.Get("text sha-256")} {
		b = part(b, s)
	}
	for _, f := range e.Files {
		b = strconv.AppendInt(append(b, ' '), int64(len(f.Name)), 10)
		b = append(append(b, ' '), f.Name...)
	}
	return importers.SumOf(b)
}

// part adds a text with its length, so that no two lists of texts are alike.
func part[T string | []byte](b []byte, s T) []byte {
	return append(append(strconv.AppendInt(b, int64(len(s)), 10), ' '), s...)
}

// span keeps the earliest and the latest time.
func (c *chat) span(w timeline.When) {
	t, dated := w.Order()
	from, _ := c.first.Order()
	to, _ := c.final.Order()
	if c.n == 1 || dated && t.Before(from) {
		c.first = w
	}
	if c.n == 1 || dated && !t.Before(to) {
		c.final = w
	}
}

// when is the time of a message in the zone that was named, if one was.
func (c *chat) when(m *message) timeline.When {
	if c.v.order.cal == islamic {
		return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: m.raw}
	}
	p := timeline.Minute
	if c.v.seconds {
		p = timeline.Second
	}
	return timeline.FromLocal(at(m.at), c.s.Assume.Zone, p, m.raw)
}

// flag sets a flag once.
func flag(e *timeline.Event, f timeline.Flag) {
	if !slices.Contains(e.Flags, f) {
		e.Flags = append(e.Flags, f)
	}
}

func (c *chat) flag(e *timeline.Event, m *message, end bool) {
	if c.v.order.cal == islamic || m.who != nil && m.who.odd {
		flag(e, timeline.Undecoded)
	}
	ambiguous := ""
	if e.When.Basis == timeline.AssumedZone && e.When.Instant.IsZero() {
		ambiguous = timeline.Ambiguous(e.When.Local, c.s.Assume.Zone)
	}
	switch ambiguous {
	case "twice":
		e.Flags = append(e.Flags, timeline.ClockTwice)
	case "never":
		e.Flags = append(e.Flags, timeline.ClockNever)
	}
	if end && !c.ls.ended {
		e.Flags = append(e.Flags, timeline.Truncated)
	}
}

// order says of a message which others it contradicts in time.
func (c *chat) order(b *body, m *message) {
	var notes []string
	for _, s := range m.steps {
		if c.twice(s.first.at) && c.twice(s.second.at) {
			continue // the clock was put back
		}
		if len(notes) == mostForged {
			notes = append(notes, "and more")
			break
		}
		notes = append(notes, fmt.Sprintf("line %d says %s and line %d after it says %s", s.first.line, s.first.raw, s.second.line, s.second.raw))
	}
	if len(notes) > 0 {
		flag(b.e, timeline.OutOfOrder)
		b.set("order", strings.Join(notes, "; "))
	}
}

// twice tells a time that the clock of the zone that was named shows twice.
func (c *chat) twice(t int64) bool {
	return c.s.Assume.Zone != nil && timeline.Ambiguous(at(t), c.s.Assume.Zone) == "twice"
}

// note says what a reader must know of the whole file.
func (c *chat) note() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Dates are read %s: %s.", c.v.verdict.words(), c.v.verdict.reason)
	if !c.v.notice {
		b.WriteString(" The first line is not the notice about encryption: the export may not reach back to the beginning of the chat.")
	}
	if c.n >= 39_500 && c.n <= 40_500 || c.n >= 9_900 && c.n <= 10_100 {
		fmt.Fprintf(&b, " It holds %d messages, close to where WhatsApp stops: about 10,000 with media, 40,000 without.", c.n)
	}
	if c.posing > 0 {
		fmt.Fprintf(&b, " Lines that look like the message of somebody whose name only looks like another's: %d. Nothing in the file tells whether they are messages of their own; each stands in the text before it, which is flagged.", c.posing)
	}
	if c.thirds > 0 {
		fmt.Fprintf(&b, " Messages that bear a third name in what is otherwise a chat of two: %d. Each may be text of the one before it; both are flagged.", c.thirds)
	}
	if c.v.order.cal == islamic {
		b.WriteString(" Its dates are in the Islamic calendar and are kept as they stand.")
	}
	return b.String()
}
