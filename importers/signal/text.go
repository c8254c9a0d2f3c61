package signal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// header reads how a message begins: "[2021-03-28 09:00:00] Dan: ". The older
// text has a comma behind the date and no seconds, which no other app writes.
func header(l []byte) (date, sender string, rest []byte, ok bool) {
	if len(l) == 0 || l[0] != '[' {
		return "", "", nil, false
	}
	end := bytes.Index(l[:min(len(l), len("[2006-01-02 15:04:05] "))], []byte("] "))
	if end < 0 || !clock(string(l[1:end])) {
		return "", "", nil, false
	}
	const mostName = 200
	name := l[end+2:]
	colon := bytes.IndexByte(name[:min(len(name), mostName)], ':')
	if colon <= 0 {
		return "", "", nil, false
	}
	return string(l[1:end]), strings.ToValidUTF8(string(name[:colon]), "\ufffd"), bytes.TrimPrefix(name[colon+1:], []byte(" ")), true
}

// clock tells a date and time by its form alone.
func clock(s string) bool {
	for _, form := range []string{"0000-00-00 00:00:00", "0000-00-00, 00:00", "0000-00-00 00:00"} {
		if len(s) == len(form) && strings.Map(zeroed, s) == form {
			return true
		}
	}
	return false
}

func zeroed(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return r
}

var (
	errBefore  = errors.New("these words stand before the first message")
	errBeside  = errors.New("the same messages are read from data.json beside this file")
	picture    = regexp.MustCompile(`!?\[([^\]\n]{0,300})\]\((\.{1,2}/[^)\n]{1,1000})\)(?:  )?`)
	reactedTo  = regexp.MustCompile(`\n\(- ([^\n]*) -\)$`)
	deletedNow = "(This message was deleted)"
)

// claimsText wants the first line to be a header. In a file of an other name than
// the tool's it wants a second one too, and no seconds: WhatsApp's text on an
// iPhone is built so, with them.
func claimsText(head []byte, ext string) bool {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	date, _, _, ok := header(first)
	if !ok || ext == ".md" {
		return ok
	}
	return strings.Count(date, ":") == 1 && !bytes.Contains(head, []byte("\u200e"))
}

// chatText is a text while it is read.
type chatText struct {
	chatFile
	spaced bool // messages are parted by empty lines
	last   timeline.When
	m      *textMessage
	empty  bool // the line before was empty
	line   int
	at     int64
	before bytes.Buffer
}

// textMessage is one message while its lines are read.
type textMessage struct {
	date, sender string
	text         bytes.Buffer
	line         int
	at           int64
	cut          int
	forged       []string
}

func importText(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if beside := path.Join(path.Dir(s.Path), "data.json"); strings.EqualFold(path.Base(s.Path), "chat.md") {
		if _, err := fs.Stat(s.FS, beside); err == nil {
			return out.Skip("the whole file", fmt.Sprintf("%d bytes", s.Size), errBeside)
		}
	}
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	t := &chatText{chatFile: chatFile{Source: s, out: out}, spaced: spaced(s.Head)}
	if err := t.read(ctx, bufio.NewReaderSize(importers.UntilDone(ctx, f), 64<<10)); err != nil {
		return err
	}
	if t.n == 0 {
		if err := out.Skip("the whole file", "", errEmpty); err != nil {
			return err
		}
	}
	note := fmt.Sprintf("%d messages of a text that has names alone and the clock of the computer that wrote it; a line of a message that is built like a message cannot always be told from one", t.n)
	return out.Covers(importers.Undated(""), importers.Undated(""), note)
}

// spaced tells whether the second message stands behind an empty line.
func spaced(head []byte) bool {
	empty := false
	for i, l := range bytes.Split(head, []byte("\n")) {
		l = bytes.TrimSuffix(l, []byte("\r"))
		if _, _, _, ok := header(l); i > 0 && ok {
			return empty
		}
		empty = len(l) == 0
	}
	return true
}

func (t *chatText) read(ctx context.Context, r *bufio.Reader) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		l, size, err := readLine(r)
		if size > 0 {
			t.line++
			if bad := t.take(l); bad != nil {
				return bad
			}
			t.at += int64(size)
		}
		if err == io.EOF {
			return t.end()
		}
		if err != nil {
			return err
		}
	}
}

// readLine reads a line, as much of it as a message may show, and how many bytes
// it has with its end.
func readLine(r *bufio.Reader) (l []byte, size int, err error) {
	for {
		piece, err := r.ReadSlice('\n')
		size += len(piece)
		if len(l) < importers.MostText {
			l = append(l, piece[:min(len(piece), importers.MostText-len(l))]...)
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(bytes.TrimSuffix(l, []byte("\n")), []byte("\r")), size, err
		}
	}
}

// take reads one line: the begin of a message, or more of one.
func (t *chatText) take(l []byte) error {
	if t.line == 1 {
		l = bytes.TrimPrefix(l, []byte("\ufeff"))
	}
	date, sender, rest, ok := header(l)
	empty := t.empty
	t.empty = len(l) == 0
	if !ok {
		return t.more(l)
	}
	if why := t.doubt(date, empty); why != "" {
		t.m.forged = append(t.m.forged, fmt.Sprintf("line %d: %s", t.line, why))
		return t.more(l)
	}
	if err := t.end(); err != nil {
		return err
	}
	t.m = &textMessage{date: date, sender: sender, line: t.line, at: t.at}
	t.last, _ = t.when(date)
	t.m.text.Write(rest)
	return nil
}

// doubt tells why a line that is built like a message may not be one.
func (t *chatText) doubt(date string, behindEmpty bool) string {
	w, _ := t.when(date)
	switch {
	case t.m == nil:
		return ""
	case t.spaced && !behindEmpty:
		return "no empty line stands before it"
	case w.Local.IsZero():
		return "it has no date that there is"
	case w.Local.Before(t.last.Local):
		return "its time is before that of the message above"
	}
	return ""
}

func (t *chatText) more(l []byte) error {
	if t.m == nil {
		t.before.Write(l[:min(len(l), max(0, importers.MostFact-t.before.Len()))])
		return nil
	}
	if t.m.text.Len()+len(l) > importers.MostText {
		t.m.cut += len(l) + 1
		return nil
	}
	t.m.text.WriteByte('\n')
	t.m.text.Write(l)
	return nil
}

// end hands on the message that was being read.
func (t *chatText) end() error {
	m := t.m
	if m == nil {
		if words := strings.TrimSpace(t.before.String()); words != "" {
			t.before.Reset()
			return t.out.Skip("the lines before the first message", words, errBefore)
		}
		return nil
	}
	t.m = nil
	t.n++
	e := newEvent(timeline.Message, fmt.Sprintf("line %d at byte %d", m.line, m.at))
	e.Thread = t.thread()
	e.When, e.Flags = t.when(m.date)
	t.sender(&e, m.sender)
	t.body(&e, strings.ToValidUTF8(m.text.String(), "\ufffd"))
	if m.cut > 0 {
		flag(&e, timeline.TextCut)
		extra(&e, "bytes left out", fmt.Sprint(m.cut))
	}
	if len(m.forged) > 0 {
		flag(&e, timeline.ForgedHeader)
		extra(&e, "forged headers", strings.Join(m.forged, "; "))
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(e.Thread, m.date, m.sender, e.Text))
	return t.out.Event(e)
}

// body reads the text of a message, and in the tool's what it puts behind it.
func (t *chatText) body(e *timeline.Event, s string) {
	s = strings.TrimRight(s, " \n")
	if t.tools() {
		if m := reactedTo.FindStringSubmatch(s); m != nil {
			extra(e, "reactions", m[1])
			s = strings.TrimRight(s[:len(s)-len(m[0])], " ")
		}
		if s == deletedNow {
			flag(e, timeline.Deleted)
		}
		for _, m := range picture.FindAllStringSubmatch(s, 100) {
			t.file(e, m[1], m[2])
		}
	}
	e.Text = s
}
