package mail

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"daybook/timeline"
)

// The limits of a text.
const (
	maxBody  = 8 << 20 // bytes read of one text part
	maxText  = 1 << 20 // bytes of a message's text that an event shows
	maxTexts = 4 << 20 // bytes held of all forms of a message's text
)

// body is a text of a message.
type body struct {
	text   string
	unseen string // of HTML: what its own style hides
	html   bool   // it was reduced from HTML
	aside  bool   // a plain text says the same
	links  []string
}

// isText tells the parts that a mail program shows as the message itself.
func (p *part) isText() bool {
	return (p.kind == "text/plain" || p.kind == "text/html") && p.how != "attachment" && p.name() == ""
}

// encoding is the transfer encoding of a part.
func (p *part) encoding() string {
	return strings.ToLower(strings.TrimSpace(withoutComments(p.get("content-transfer-encoding"))))
}

// text reads a part as text.
func (w *walker) text(p *part) {
	raw, size := w.take(&content{w: w})
	if w.err != nil {
		return
	}
	w.add(p, raw, size, p.encoding())
}

// take reads what stands in a part, up to the limit of a text, and counts the
// rest. raw is valid until the next part is read.
func (w *walker) take(c *content) (raw []byte, size int64) {
	buf := &w.room.text
	buf.Reset()
	kept, err := io.CopyN(buf, c, maxBody)
	if err != nil { // the end, or an error of the source that the walker keeps
		return buf.Bytes(), kept
	}
	rest, _ := io.Copy(io.Discard, c) // as above
	return buf.Bytes(), kept + rest
}

// add adds the text that raw holds. What cannot be decoded is shown as far as
// it can be read, and kept as it came.
func (w *walker) add(p *part, raw []byte, size int64, encoding string) {
	data, odd := w.transfer(p, raw, encoding)
	declared := p.param["charset"]
	html := p.kind == "text/html"
	if html && declared == "" {
		declared = metaCharset(data)
	}
	text, how, whole := decode(data, declared)
	if how != "" {
		w.note("%s: %s", p.where(), how)
	}
	if !whole {
		w.odd("%s could not be decoded with certainty: it is kept as it came, too", p.where())
	}
	if odd {
		data = raw
	}
	if (odd || !whole) && !w.keep(p, data) {
		return
	}
	b := body{text: strings.ReplaceAll(text, "\r\n", "\n"), html: html}
	if html {
		b.text, b.unseen, b.links = reduce(text)
	}
	w.hold(p, b, size > int64(len(raw)), size)
}

// hold keeps a text and its links, as far as a message's texts may be long
// together.
func (w *walker) hold(p *part, b body, cut bool, size int64) {
	room := min(maxText, maxTexts-w.held)
	if cut || len(b.text) > room {
		w.flag(timeline.TextCut)
		w.note("%s is longer than is shown: %d bytes as it came", p.where(), size)
		b.text = cutText(b.text, room)
	}
	if left := room - len(b.text); len(b.unseen) > left {
		w.flag(timeline.TextCut)
		w.note("%s hides more words than are kept", p.where())
		b.unseen = cutText(b.unseen, left)
	}
	b.links = b.links[:min(len(b.links), maxLinks-w.links)]
	w.held += len(b.text) + len(b.unseen)
	w.links += len(b.links)
	w.texts = append(w.texts, b)
}

// transfer undoes the transfer encoding of a text.
func (w *walker) transfer(p *part, raw []byte, encoding string) (data []byte, odd bool) {
	switch encoding {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit":
		return raw, false
	case "base64":
		if !looksBase64(raw) {
			w.odd("%s is called base64 and is not: it is shown as it stands", p.where())
			return raw, false
		}
		b := w.room.base64
		b.Reset(bytes.NewReader(raw))
		data, _ = io.ReadAll(b) // a bytes.Reader cannot fail
		if b.Odd() > 0 {
			w.odd("%s: %d letters of it are no base64 and were left out", p.where(), b.Odd())
		}
		return data, b.Odd() > 0
	case "quoted-printable":
		q := newQuoted(bytes.NewReader(raw), min(len(raw)+1, 64<<10))
		data, _ = io.ReadAll(q)
		if q.odd > 0 {
			w.odd("%s: %d places of it are no quoted-printable and stand as they came", p.where(), q.odd)
		}
		return data, false
	}
	w.odd("%s: the encoding %q is not known; it is shown as it stands", p.where(), cutText(encoding, 100))
	return raw, false
}

// looksBase64 tells base64 from a text that is only called so: words have
// spaces between them.
func looksBase64(raw []byte) bool {
	const enough = 2 << 10
	odd, digits := 0, 0
	for _, line := range bytes.Split(raw[:min(len(raw), enough)], []byte("\n")) {
		line = bytes.TrimSpace(line)
		for _, c := range line {
			switch {
			case c == ' ' || c == '\t' || c >= utf8.RuneSelf || strings.IndexByte(".,;:!?<>()'\"", c) >= 0:
				odd++
			default:
				digits++
			}
		}
	}
	return odd*20 <= digits
}

// keep keeps the bytes of a text as a file; false when the run must stop.
func (w *walker) keep(p *part, data []byte) bool {
	file, err := w.out.Attach(w.record, p.fallbackName(), p.kind, bytes.NewReader(data))
	if err != nil {
		w.err = err
		return false
	}
	file.Note = "the bytes of the text that could not be decoded with certainty"
	w.files = append(w.files, file)
	return true
}

// takenOut says why a part holds no file although it names one: Thunderbird
// lets a person delete or detach a file and leaves a note in its place.
func (p *part) takenOut() string {
	switch {
	case p.kind == "text/x-moz-deleted":
		return "it was deleted from the message in the mail program"
	case p.get("x-mozilla-external-attachment-url") != "":
		return "it was detached from the message in the mail program, to " + cutText(header8(p.get("x-mozilla-external-attachment-url")), maxName)
	}
	return ""
}

// attach keeps a part as a file of its own, decoded while it is read.
func (w *walker) attach(p *part) {
	name := p.name()
	if why := p.takenOut(); why != "" { // what stands in its place is kept
		w.files = append(w.files, timeline.Attachment{Name: name, Type: p.kind, Missing: true, Note: why})
		name = ""
	}
	r, odd := w.decoded(p)
	if name == "" {
		name = p.fallbackName()
	}
	file, err := w.out.Attach(w.record, name, p.kind, r)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	if err != nil {
		w.err = err
		return
	}
	if n := odd(); n > 0 {
		w.odd("%s: %d letters of %s have no meaning in its encoding", p.where(), n, strconv.Quote(name))
		file.Note = "damaged: " + strconv.FormatInt(n, 10) + " letters of it have no meaning in its encoding"
	} else if file.Note == "" && (p.how == "inline" || p.get("content-id") != "") {
		file.Note = "shown inside the text"
	}
	w.files = append(w.files, file)
}

// decoded gives what a part holds, decoded while it is read, and how many
// letters of it, once it is read, had no meaning in its encoding.
func (w *walker) decoded(p *part) (r io.Reader, odd func() int64) {
	c := &content{w: w}
	switch encoding := p.encoding(); encoding {
	case "base64":
		b := w.room.base64
		b.Reset(c)
		return b, b.Odd
	case "quoted-printable":
		q := newQuoted(c, 16<<10)
		return q, func() int64 { return q.odd }
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit":
	default:
		w.odd("%s: the encoding %q is not known; it is kept as it came", p.where(), cutText(encoding, 100))
	}
	return c, func() int64 { return 0 }
}

// fallbackName is the name of a file that has none.
func (p *part) fallbackName() string {
	name := "message"
	if p.number != "" {
		name = "part-" + p.number
	}
	switch p.kind {
	case "message/rfc822", "message/global":
		return name + ".eml"
	case "text/html":
		return name + ".html"
	case "text/calendar":
		return name + ".ics"
	case "text/vcard", "text/x-vcard":
		return name + ".vcf"
	case "image/jpeg":
		return name + ".jpg"
	case "image/png":
		return name + ".png"
	case "image/gif":
		return name + ".gif"
	case "application/pdf":
		return name + ".pdf"
	case "application/ms-tnef":
		return "winmail.dat"
	}
	if strings.HasPrefix(p.kind, "text/") || strings.HasPrefix(p.kind, "message/") {
		return name + ".txt"
	}
	return name + ".bin"
}

// cutText gives at most n bytes of s, in whole characters.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
