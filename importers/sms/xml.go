package sms

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// The limits of a backup's XML. None is near what the app writes.
const (
	window     = 256 << 10 // bytes held of the file at a time
	maxName    = 128       // bytes of a tag's or attribute's name
	maxAttrs   = 1000      // attributes of one element
	maxStray   = 4 << 10   // bytes kept of what stands between elements
	maxComment = 512       // bytes kept of a comment
)

// broken is the error of a file that is not well formed from a byte on.
type broken struct {
	at   int64
	what string
}

const endsHere = "the file ends here, inside a record or before its end tag"

// Is tells a file that is cut off.
func (b *broken) Is(target error) bool { return target == io.ErrUnexpectedEOF && b.what == endsHere }

func (b *broken) Error() string { return fmt.Sprintf("broken at byte %d: %s", b.at, b.what) }

// scanner reads the XML of a backup: elements and attributes, nothing else of
// the language. encoding/xml is not used because it holds every attribute
// whole (a video is one), loses emoji that are written as two references, and
// stops at the control characters that phones write.
//
// It expands no entities but the five of XML itself and refuses a document
// type, so that nothing outside the file and nothing exponential is possible.
type scanner struct {
	r       io.Reader
	buf     []byte
	pos     int
	base    int64 // offset of buf[0] in the file
	err     error // of r; io.EOF at the end
	closed  bool  // the last start tag closed itself
	comment string
	names   map[string]string
	value   []byte
	room    attributes
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 0, window), names: make(map[string]string)}
}

// headScanner scans what is in memory whole: every file of a case is looked at
// so, and a window for each would cost more than the look.
func headScanner(head []byte) *scanner {
	return &scanner{r: bytes.NewReader(head), buf: make([]byte, 0, len(head)+1), names: make(map[string]string)}
}

func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// ensure tries to have n bytes at pos; n is far smaller than the window.
func (s *scanner) ensure(n int) bool {
	for len(s.buf)-s.pos < n && s.err == nil {
		s.base += int64(s.pos)
		rest := copy(s.buf, s.buf[s.pos:])
		s.pos = 0
		var got int
		got, s.err = s.r.Read(s.buf[rest:cap(s.buf)])
		s.buf = s.buf[:rest+got]
	}
	return len(s.buf)-s.pos >= n
}

func (s *scanner) has(prefix string) bool {
	return s.ensure(len(prefix)) && string(s.buf[s.pos:s.pos+len(prefix)]) == prefix
}

// fail is the error of a file that cannot go on here: the reader's own, or
// what is wrong with the XML.
func (s *scanner) fail(what string) error {
	if s.err != nil && s.err != io.EOF {
		return s.err
	}
	if s.pos == len(s.buf) && s.err == io.EOF {
		what = endsHere
	}
	return &broken{s.offset(), what}
}

// The kinds of tag.
const (
	startTag = iota
	endTag
	stray // words between elements; name holds them
	ended // the end of the file
)

type tag struct {
	kind int
	name string
	at   int64
}

// next gives the next tag, read as far as its name when it is a start tag.
func (s *scanner) next() (tag, error) {
	for {
		if !s.ensure(1) {
			if s.err != io.EOF {
				return tag{}, s.err
			}
			return tag{kind: ended, at: s.offset()}, nil
		}
		if s.buf[s.pos] != '<' {
			if t := s.between(); t.name != "" {
				return t, nil
			}
			continue
		}
		at := s.offset()
		switch {
		case s.has("<!--"):
			if err := s.skip("<!--", "-->"); err != nil {
				return tag{}, err
			}
		case s.has("<?"):
			if err := s.skip("<?", "?>"); err != nil {
				return tag{}, err
			}
		case s.has("<!"):
			return tag{}, &broken{at, "a document type or a section stands here; no backup has one, and it is not opened"}
		case s.has("</"):
			s.pos += 2
			return s.end(at)
		default:
			s.pos++
			name, err := s.name()
			return tag{startTag, name, at}, err
		}
	}
}

func (s *scanner) end(at int64) (tag, error) {
	name, err := s.name()
	if err != nil {
		return tag{}, err
	}
	s.space()
	if !s.has(">") {
		return tag{}, s.fail("an end tag does not end")
	}
	s.pos++
	return tag{endTag, name, at}, nil
}

// between reads the words that stand before the next tag.
func (s *scanner) between() tag {
	t := tag{kind: stray, at: s.offset()}
	var words []byte
	for s.ensure(1) {
		w := s.buf[s.pos:]
		i := bytes.IndexByte(w, '<')
		if i >= 0 {
			w = w[:i]
		}
		s.pos += len(w)
		if len(words) < maxStray {
			words = append(words, w[:min(len(w), maxStray-len(words))]...)
		}
		if i >= 0 {
			break
		}
	}
	t.name = strings.ToValidUTF8(strings.Trim(string(words), " \t\r\n\ufeff"), "\ufffd")
	return t
}

// skip goes from the mark that opens a comment behind the one that closes it,
// and keeps the first words of the first.
func (s *scanner) skip(open, mark string) error {
	s.pos += len(open)
	var words []byte
	for s.ensure(len(mark)) {
		w := s.buf[s.pos:]
		i := bytes.Index(w, []byte(mark))
		n := i
		if i < 0 {
			n = len(w) - len(mark) + 1
		}
		if len(words) < maxComment {
			words = append(words, w[:min(n, maxComment-len(words))]...)
		}
		s.pos += n
		if i >= 0 {
			s.pos += len(mark)
			if mark == "-->" && s.comment == "" {
				s.comment = strings.ToValidUTF8(strings.TrimSpace(string(words)), "\ufffd")
			}
			return nil
		}
	}
	s.pos = len(s.buf)
	return s.fail("a comment does not end")
}

// resync goes to what looks like the start of a record, and gives the first
// words that it passes over. The app writes no "<" into a text, so that no text
// can pass for one.
func (s *scanner) resync() (words string, found bool) {
	var passed []byte
	pass := func(n int) {
		passed = append(passed, s.buf[s.pos:s.pos+min(n, maxStray-len(passed))]...)
		s.pos += n
	}
	for s.ensure(1) {
		i := bytes.IndexByte(s.buf[s.pos:], '<')
		if i < 0 {
			pass(len(s.buf) - s.pos)
			continue
		}
		pass(i)
		if found = s.has("<sms ") || s.has("<mms ") || s.has("<call "); found {
			break
		}
		pass(1)
	}
	return strings.ToValidUTF8(strings.TrimSpace(string(passed)), "\ufffd"), found
}

// failed is the error of the reader, when it has one of its own.
func (s *scanner) failed() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

func (s *scanner) space() {
	for s.ensure(1) && isSpace(s.buf[s.pos]) {
		s.pos++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// name reads a name. Names repeat, so each is kept once.
func (s *scanner) name() (string, error) {
	s.ensure(maxName)
	w := s.buf[s.pos:min(len(s.buf), s.pos+maxName)]
	n := 0
	for n < len(w) && !endsName(w[n]) {
		n++
	}
	if n == 0 || n == maxName {
		return "", s.fail("the name of a tag or of an attribute is missing here, or too long")
	}
	s.pos += n
	if name, ok := s.names[string(w[:n])]; ok {
		return name, nil
	}
	name := strings.ToValidUTF8(string(w[:n]), "\ufffd")
	if len(s.names) < maxAttrs {
		s.names[name] = name
	}
	return name, nil
}

func endsName(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '/', '>', '=', '<', '"', '\'', '&':
		return true
	}
	return false
}

// attr reads as far as the opening quote of the next attribute of a start
// tag. ok is false at the end of the tag; closed then says whether the
// element ended with it.
func (s *scanner) attr() (name string, quote byte, ok bool, err error) {
	s.space()
	switch {
	case s.has(">"):
		s.pos++
		s.closed = false
		return "", 0, false, nil
	case s.has("/>"):
		s.pos += 2
		s.closed = true
		return "", 0, false, nil
	}
	if name, err = s.name(); err != nil {
		return "", 0, false, err
	}
	s.space()
	if !s.has("=") {
		return "", 0, false, s.fail("an attribute has no value")
	}
	s.pos++
	s.space()
	if !s.has(`"`) && !s.has(`'`) {
		return "", 0, false, s.fail("a value has no quotes")
	}
	quote = s.buf[s.pos]
	s.pos++
	return name, quote, true, nil
}
