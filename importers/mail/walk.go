package mail

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// The limits of one message. None is near what people send.
const (
	maxParts   = 20_000
	maxDepth   = 100
	maxName    = 1000     // bytes of a file's name
	maxOutside = 64 << 10 // bytes kept of what stands outside the parts
)

// walker reads the body of one message, part by part, in one pass and holding
// no more than one text of it.
type walker struct {
	src    *mailbox
	out    importers.Output
	room   *room
	record string

	bounds []string // of the multiparts that are open, the outermost first
	stop   *delimiter
	ended  bool
	err    error // of the source or of out: the run must stop
	parts  int

	texts   []body
	held    int // bytes of texts
	links   int // links of texts
	files   []timeline.Attachment
	headers bytes.Buffer // of the parts
	outside bytes.Buffer // what stands before, between and behind the parts
	cut     bool         // outside is not all of it
	notes   []string     // what is odd about the parts, in plain words
	flags   []timeline.Flag
}

// room is memory that one message after another uses.
type room struct {
	text   bytes.Buffer
	base64 *importers.Base64
}

// delimiter is a line "--BOUNDARY" that was read and not yet taken by the
// multipart it belongs to.
type delimiter struct {
	level  int // index of bounds
	closes bool
}

// part is one part of a message, or the message itself.
type part struct {
	header
	number string // "1.2"; empty for the message itself
	kind   string // media type, lower case
	param  map[string]string
	how    string            // attachment, inline, or empty
	file   map[string]string // parameters of Content-Disposition
}

func (p *part) describe(within string) {
	p.parse()
	p.kind, p.param = params(p.get("content-type"), "")
	if !utf8.Valid(p.raw) {
		if p.hint = p.param["charset"]; charsetName(p.hint) == "utf-8" || p.hint == "" {
			p.hint = guessName(p.raw)
		}
	}
	p.how, p.file = params(p.get("content-disposition"), p.hint)
	if p.kind == "" || !strings.Contains(p.kind, "/") {
		p.kind = "text/plain"
		if within == "multipart/digest" {
			p.kind = "message/rfc822"
		}
	}
}

// name is the file name that a part gives, as it gives it.
func (p *part) name() string {
	for _, have := range []string{p.file["filename"], p.param["name"]} {
		if have = strings.TrimSpace(have); have != "" {
			text, _ := decodeWords(have, p.hint)
			return cutText(text, maxName)
		}
	}
	return ""
}

// where names a part to a person.
func (p *part) where() string {
	if p.number == "" {
		return "the body"
	}
	return "part " + p.number
}

// whole names a part with its headers.
func (p *part) whole() string {
	if p.number == "" {
		return "the message"
	}
	return p.where()
}

// next gives the next piece of the part that is being read; ok is false where
// a delimiter, or the message, ends it.
func (w *walker) next() (piece []byte, start, ok bool) {
	if w.stop != nil || w.ended {
		return nil, false, false
	}
	piece, start, err := w.src.next()
	if err != nil {
		w.ended = true
		if err != io.EOF {
			w.err = err
		}
		return nil, false, false
	}
	if start && len(piece) > 2 && piece[0] == '-' && piece[1] == '-' && len(w.bounds) > 0 {
		if w.stop = w.delimiter(piece); w.stop != nil {
			return nil, false, false
		}
	}
	return piece, start, true
}

// delimiter finds the open multipart that a line "--…" belongs to: the one
// with the longest boundary that fits.
func (w *walker) delimiter(line []byte) *delimiter {
	text, _ := bare(line[2:])
	var found *delimiter
	longest := -1
	for level := len(w.bounds) - 1; level >= 0; level-- {
		rest, ok := bytes.CutPrefix(text, []byte(w.bounds[level]))
		closes := bytes.HasPrefix(rest, []byte("--"))
		if ok && len(w.bounds[level]) > longest && (closes || len(bytes.TrimSpace(rest)) == 0) {
			found, longest = &delimiter{level, closes}, len(w.bounds[level])
		}
	}
	return found
}

// readHeader reads to the empty line behind a header.
func (w *walker) readHeader(p *part) {
	for {
		piece, start, ok := w.next()
		if !ok {
			w.flag(timeline.Truncated)
			w.note("%s ends within its headers: it is cut off, or was written so", p.whole())
			return
		}
		if text, _ := bare(piece); start && len(text) == 0 {
			return
		}
		p.add(piece)
	}
}

// body reads the body of a part of which the header was read.
func (w *walker) body(p *part) {
	boundary := strings.TrimSpace(p.param["boundary"])
	switch multi := strings.HasPrefix(p.kind, "multipart/"); {
	case multi && boundary == "":
		w.odd("%s is made of parts and does not say where they begin: all of it is shown as text", p.where())
		w.text(p)
	case multi && len(w.bounds) >= maxDepth:
		w.odd("%s lies more than %d levels deep: it is kept whole and was not opened", p.where(), maxDepth)
		w.attach(p)
	case multi:
		w.multipart(p, boundary)
	case p.isText():
		w.text(p)
	default:
		w.attach(p)
	}
}

// multipart reads the parts of a part.
func (w *walker) multipart(p *part, boundary string) {
	level, texts, before := len(w.bounds), len(w.texts), w.parts
	w.bounds = append(w.bounds, boundary)
	w.aside()
	for n := 1; w.stop != nil && w.stop.level == level && !w.stop.closes; n++ {
		w.stop = nil
		if w.parts++; w.parts > maxParts {
			w.tooMany()
			break
		}
		child := &part{number: strings.TrimPrefix(p.number+"."+strconv.Itoa(n), ".")}
		w.readHeader(child)
		child.describe(p.kind)
		w.showHeader(child)
		if child.odd {
			w.odd("%s has lines in its header that are no header lines", child.where())
		}
		w.body(child)
	}
	w.bounds = w.bounds[:level]
	switch closed := w.stop != nil && w.stop.level == level; {
	case closed:
		w.stop = nil
	case w.parts == before && w.err == nil:
		w.odd("%s is made of parts, and none is there: what is there is shown as text", p.where())
		w.add(p, w.outside.Bytes(), int64(w.outside.Len()), "")
		w.outside.Reset()
	case w.parts <= maxParts:
		w.flag(timeline.Truncated)
		w.note("%s has no end: the message is cut off, or was written so", p.where())
	}
	if p.kind == "multipart/alternative" {
		w.choose(texts)
	}
	w.aside()
}

// showHeader keeps the header of a part to be shown.
func (w *walker) showHeader(p *part) {
	room := maxShown - w.headers.Len()
	if len(p.raw) > room {
		w.flag(timeline.TextCut)
	}
	w.headers.Write(p.raw[:min(len(p.raw), max(0, room))])
	w.headers.WriteString("\n")
}

// tooMany passes over what is left of a message.
func (w *walker) tooMany() {
	w.flag(timeline.Truncated)
	w.note("the message has more than %d parts; the rest of it was not opened", maxParts)
	w.bounds = w.bounds[:0]
	w.stop = nil
	for _, _, ok := w.next(); ok; _, _, ok = w.next() {
	}
}

// aside reads what stands outside the parts.
func (w *walker) aside() {
	for {
		piece, _, ok := w.next()
		if !ok {
			return
		}
		if bytes.HasPrefix(piece, []byte("This is a multi-part message in MIME format.")) || len(bytes.TrimSpace(piece)) == 0 {
			continue
		}
		room := maxOutside - w.outside.Len()
		w.cut = w.cut || len(piece) > room
		w.outside.Write(piece[:min(len(piece), room)])
	}
}

// choose keeps, of the texts from one on, which are the same thing in several
// forms, the plain ones; and the others' words where they say much more.
func (w *walker) choose(from int) {
	var plain, rich []body
	for _, b := range w.texts[from:] {
		if b.html {
			rich = append(rich, b)
		} else if strings.TrimSpace(b.text) != "" {
			plain = append(plain, b)
		}
	}
	if len(plain) == 0 || len(rich) == 0 {
		return
	}
	w.texts = append(w.texts[:from], plain...)
	for _, b := range rich {
		b.aside = true
		w.texts = append(w.texts, b)
	}
}

// content is what stands in a part, as it came, without the line break that
// belongs to the delimiter behind it.
type content struct {
	w    *walker
	rest []byte
	room []byte
	end  [2]byte // the last line break, held back
	held int
	done bool
}

func (c *content) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(c.rest) > 0 {
			k := copy(p[n:], c.rest)
			c.rest = c.rest[k:]
			n += k
			continue
		}
		if c.done || !c.more() {
			c.done = true
			break
		}
	}
	if n == 0 && len(p) > 0 {
		if c.w.err != nil {
			return 0, c.w.err
		}
		return 0, io.EOF
	}
	return n, nil
}

func (c *content) more() bool {
	piece, _, ok := c.w.next()
	if !ok {
		if c.w.stop == nil { // the message ends: the line break is its own
			c.rest = append(c.room[:0], c.end[:c.held]...)
			c.held = 0
			return len(c.rest) > 0
		}
		return false
	}
	text, end := bare(piece)
	c.room = append(append(c.room[:0], c.end[:c.held]...), text...)
	c.rest = c.room
	c.held = copy(c.end[:], end)
	return true
}

func (w *walker) flag(f timeline.Flag) {
	for _, have := range w.flags {
		if have == f {
			return
		}
	}
	w.flags = append(w.flags, f)
}

func (w *walker) note(format string, args ...any) {
	const enough = 50
	if len(w.notes) < enough {
		w.notes = append(w.notes, fmt.Sprintf(format, args...))
	}
}

// odd notes what could not be decoded and is kept as it came.
func (w *walker) odd(format string, args ...any) {
	w.flag(timeline.Undecoded)
	w.note(format, args...)
}
