package sms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// mms is a message with parts while it is read: a picture, a group message, or
// an RCS chat message.
type mms struct {
	timeline.Event
	a      attributes
	texts  []string
	size   int64 // bytes of the texts so far
	parts  []string
	addrs  []addr
	others []timeline.Party
	sum    hash.Hash // of the parts, for Extra "same"
}

type addr struct{ address, kind string }

// mms reads one.
func (b *backup) mms(at int64) error {
	b.count.mms++
	m := mms{sum: sha256.New()}
	var err error
	m.a, err = b.attributes()
	m.Event = event(timeline.Message, recordName("mms", b.count.mms, at), m.a)
	if err == nil && !b.closed {
		err = b.inMMS(&m)
	}
	m.finish()
	return b.hand(m.Event, m.a, err)
}

// inMMS reads to the end tag of the message. list is the element, parts or
// addrs, that is open.
func (b *backup) inMMS(m *mms) error {
	for list := ""; ; {
		t, err := b.next()
		switch {
		case err != nil:
		case t.kind == ended:
			err = b.fail("")
		case t.kind == endTag && t.name == "mms" && list == "":
			return nil
		case t.kind == endTag && t.name == list:
			list = ""
		case t.kind == endTag, t.kind == startTag && isList(t.name) && list != "":
			err = &broken{t.at, "the tag " + t.name + " stands in the wrong place of " + m.Source.Record}
		case t.kind == startTag && isList(t.name):
			if _, err = b.attributes(); err == nil && !b.closed {
				list = t.name
			}
		default:
			err = b.inList(m, t)
		}
		if err != nil {
			return err
		}
		if len(m.parts) > maxParts || len(m.addrs) > maxParts {
			return &broken{t.at, fmt.Sprintf("%s has more than %d parts or addresses", m.Source.Record, maxParts)}
		}
	}
}

func isList(name string) bool { return name == "parts" || name == "addrs" }

// inList reads a part, an address, or what else stands in a message.
func (b *backup) inList(m *mms, t tag) (err error) {
	switch {
	case t.kind == stray:
		return b.out.Skip(fmt.Sprintf("%s, words at byte %d", m.Source.Record, t.at), t.name, errStray)
	case t.name == "part":
		err = b.part(m)
	case t.name == "addr":
		err = b.addr(m)
	default:
		return b.unknown(t, fmt.Sprintf("%s, %s at byte %d", m.Source.Record, t.name, t.at))
	}
	if err == nil && !b.closed {
		err = b.close(t.name, m.Source.Record)
	}
	return err
}

func (b *backup) addr(m *mms) error {
	a, err := b.attributes()
	if len(a) > 0 {
		m.addrs = append(m.addrs, addr{cutText(a.value("address"), maxAddress), cutText(a.value("type"), maxAddress)})
	}
	return err
}

// part reads one part. Its data is handed on while it is read, with what the
// part has said of itself so far: the app writes data last.
func (b *backup) part(m *mms) error {
	var a attributes
	var file *timeline.Attachment
	for {
		name, quote, ok, err := b.attr()
		if err == nil && !ok {
			m.add(a, file)
			return nil
		}
		if err == nil && name == "data" && file == nil && !b.has(null+string(quote)) && !b.has(string(quote)) {
			file, err = b.data(m, a, quote)
		} else if err == nil {
			var v text
			v, err = b.text(quote, limit(name))
			if a, ok = a.with(name, v); err == nil && (!ok || len(a) > maxAttrs) {
				err = tooManyAttributes(b.offset())
			}
		}
		if err != nil {
			m.add(a, file)
			return err
		}
	}
}

// data keeps what a part holds as a file of its own.
func (b *backup) data(m *mms, a attributes, quote byte) (*timeline.Attachment, error) {
	in := &stream{s: b.scanner, quote: quote}
	decoded := importers.NewBase64(in)
	sum := crc32.NewIEEE()
	count := &counter{r: io.TeeReader(decoded, sum)}
	file, err := b.out.Attach(m.Source.Record, fileName(a), a.value("ct"), count)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, count); err != nil {
		return nil, err
	}
	fmt.Fprintf(m.sum, "\x00%d %08x", count.n, sum.Sum32())
	if odd := decoded.Odd(); odd > 0 && in.err == nil {
		flag(&m.Event, timeline.Undecoded)
		file.Note = fmt.Sprintf("%d letters of it are no base64 and were left out", odd)
	}
	if in.err != nil {
		file.Note = "cut off: the backup ends inside it"
	}
	return &file, in.err
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// fileName is the name that a part gives its file.
func fileName(a attributes) string {
	for _, name := range []string{"name", "fn", "cl", "cid"} {
		if v, ok := a.get(name); ok {
			return cutText(v, maxFileName)
		}
	}
	return ""
}

// add adds a part that was read to its message.
func (m *mms) add(a attributes, file *timeline.Attachment) {
	ct := a.value("ct")
	m.parts = append(m.parts, cutText(ct, maxAddress))
	for _, at := range a {
		if at.odd {
			flag(&m.Event, timeline.Undecoded)
		}
	}
	t := a.find("text")
	written := t.shown != "" && (t.shown != null || file == nil && ct == "text/plain")
	if written && ct != "application/smil" {
		m.text(t)
	}
	switch {
	case file != nil:
		if file.Name == "" {
			file.Name = fileName(a)
		}
		if file.Type == "" {
			file.Type = ct
		}
		m.Files = append(m.Files, *file)
	case !written && ct != "application/smil" && ct != "text/plain" && ct != "":
		m.Files = append(m.Files, timeline.Attachment{Name: fileName(a), Type: ct, Missing: true,
			Note: "the backup names it and does not hold it: it was made without pictures and videos, or the phone had not fetched it"})
	}
}

// text adds the words of a part, up to the limit of a message.
func (m *mms) text(t text) {
	if t.shown == null {
		extra(&m.Event, "body", `null (the app writes this for no text; the text may also be the word itself)`)
		return
	}
	m.size += t.size
	fmt.Fprintf(m.sum, "\x00%d %s", t.size, t.shown)
	if t.cut() || m.size > maxText {
		flag(&m.Event, timeline.TextCut)
		extra(&m.Event, "text length", strconv.FormatInt(m.size, 10))
	}
	if room := maxText - (m.size - t.size); room > 0 {
		m.texts = append(m.texts, cutText(t.shown, int(room)))
	}
}

// finish makes the event of what was read.
func (m *mms) finish() {
	e := &m.Event
	e.Text = strings.Join(m.texts, "\n")
	e.Thread = number(e, m.a)
	m.others = people(m.a.value("address"), m.a.value("contact_name"))
	m.people(m.box())
	twice(e, m.a, m.others)
	if len(m.parts) > 0 {
		extra(e, "parts", cutText(strings.Join(m.parts, ", "), maxValue))
	}
	if m.a.value("m_type") == "130" {
		extra(e, "status", "announced, and not fetched by the phone")
	}
	if sub, ok := m.a.get("sub"); ok {
		extra(e, "subject", sub)
	}
	parts := hex.EncodeToString(m.sum.Sum(nil))
	extra(e, "same", same(m.a, "mms "+parts, "address", "date", "msg_box", "m_id", "sub"))
	shown := []string{"date", "sub", "msg_box", "contact_name"}
	if len(m.others) > 1 {
		shown = shown[:3] // names of a group may hold commas: keep them as written
	}
	rest(e, m.a, shown...)
}

// box reads what became of the message.
func (m *mms) box() (direction int) {
	kind := m.a.value("msg_box")
	name := map[string]string{"1": "received", "2": "sent", "3": "draft", "4": "outbox, not yet sent", "5": "failed"}[kind]
	extra(&m.Event, "type", name)
	switch kind {
	case "1":
		return received
	case "2":
		return sent
	case "3", "4":
		flag(&m.Event, timeline.Draft)
		return sent
	case "5":
		flag(&m.Event, timeline.Failed)
		return sent
	}
	extra(&m.Event, "type", notKnown(kind))
	return unstated
}
