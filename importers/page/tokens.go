package page

import (
	"bytes"
	"io"

	"golang.org/x/net/html"
)

// tokens takes a page apart into the very tokens that golang.org/x/net/html
// makes of it. What nearly every page is made of (words, and tags whose
// attributes stand in quotes) it reads out of its buffer, several times as fast;
// anything else it leaves to that library, from the same byte on.
type tokens struct {
	r    io.Reader
	buf  []byte
	at   int   // where the token stands in buf
	end  int   // behind it
	err  error // of r: nothing comes behind buf
	stop error // what the page ended with

	library *html.Tokenizer // that reads this token, and the next where stays
	given   int             // how much of buf it was given
	stays   bool            // it read a tag whose content is no markup

	text  []byte // of words and comments
	name  []byte // of tags, in lower case
	attrs []attr
}

type attr struct{ name, value []byte }

const window = 64 << 10 // bytes of the page that are held for tokens of a common size

func newTokens(r io.Reader) *tokens { return &tokens{r: r} }

// size is how many bytes the token has.
func (t *tokens) size() int { return t.end - t.at }

// next reads the next token; html.ErrorToken where the page ends, with stop, and
// with the bytes of the half of a token that is left.
func (t *tokens) next() html.TokenType {
	t.at = t.end
	if t.stays {
		return t.byLibrary()
	}
	t.library = nil
	kind, ok := t.common()
	for !ok && t.more() {
		kind, ok = t.common()
	}
	switch rest := t.buf[t.at:]; {
	case ok:
		return kind
	case t.err == nil || bytes.IndexByte(rest, '<') >= 0:
		return t.byLibrary()
	case len(rest) > 0:
		t.text, t.end = plainText(rest), len(t.buf)
		return html.TextToken
	}
	t.stop = t.err
	return html.ErrorToken
}

// more reads further behind what is in the buffer, which then begins with the
// token; false where there is no more, or no room.
func (t *tokens) more() bool {
	rest := t.buf[t.at:]
	if t.err != nil || len(rest) >= window/2 {
		return false
	}
	size := min(cap(t.buf), window) // it is larger after one large token
	switch {
	case t.buf == nil:
		size = window / 16
	case len(t.buf) == cap(t.buf):
		size = window
	}
	if size != cap(t.buf) {
		t.buf = make([]byte, 0, size)
	}
	t.buf = t.buf[:copy(t.buf[:size], rest)]
	t.at, t.end = 0, 0
	return t.read(size - len(t.buf))
}

// read reads up to n bytes behind what is in the buffer.
func (t *tokens) read(n int) bool {
	const most = 100 // times that a reader may give neither bytes nor an error
	if cap(t.buf)-len(t.buf) < n {
		t.buf = append(make([]byte, 0, 2*cap(t.buf)+n), t.buf...)
	}
	for range most {
		got, err := t.r.Read(t.buf[len(t.buf) : len(t.buf)+n])
		t.buf, t.err = t.buf[:len(t.buf)+got], err
		if got > 0 || err != nil {
			return got > 0
		}
	}
	t.err = io.ErrNoProgress
	return false
}

// given reads for the library: what is in the buffer, then further.
type given struct{ *tokens }

func (g given) Read(p []byte) (int, error) {
	if g.given == len(g.buf) && (g.err != nil || !g.read(len(p))) {
		return 0, g.err
	}
	n := copy(p, g.buf[g.given:])
	g.given += n
	return n, nil
}

// byLibrary has the library read the token.
func (t *tokens) byLibrary() html.TokenType {
	if !t.stays {
		t.given = t.at
		t.library = html.NewTokenizer(given{t})
		t.library.SetMaxBuf(maxPiece)
	}
	kind := t.library.Next()
	t.stays = false
	t.end = t.at + len(t.library.Raw())
	switch kind {
	case html.ErrorToken:
		t.stop = t.library.Err()
	case html.TextToken, html.CommentToken:
		t.text = t.library.Text()
	case html.EndTagToken:
		t.name, _ = t.library.TagName()
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := t.library.TagName()
		t.name, t.attrs = name, t.attrs[:0]
		for more {
			var a attr
			a.name, a.value, more = t.library.TagAttr()
			t.attrs = append(t.attrs, a)
		}
		t.stays = isRaw(name)
	}
	return kind
}

// common reads a token as nearly all are; false for any other, and for one that
// the buffer does not hold to its end.
func (t *tokens) common() (html.TokenType, bool) {
	b := t.buf[t.at:]
	if n := wordsEnd(b); n != 0 {
		if n < 0 {
			return 0, false
		}
		t.text, t.end = plainText(b[:n]), t.at+n
		return html.TextToken, true
	}
	if b[1] == '/' {
		return t.endTag(b)
	}
	return t.startTag(b)
}

// wordsEnd is where the words end that b begins with: at a "<" that begins
// something else; -1 where that is not in b.
func wordsEnd(b []byte) int {
	for n := 0; ; n++ {
		i := bytes.IndexByte(b[n:], '<')
		if i < 0 || n+i+1 >= len(b) {
			return -1
		}
		n += i
		if c := b[n+1]; isLetter(c) || c == '/' || c == '!' || c == '?' {
			return n
		}
	}
}

// endTag reads "</name>".
func (t *tokens) endTag(b []byte) (html.TokenType, bool) {
	if len(b) < 3 || !isLetter(b[2]) {
		return 0, false
	}
	n := nameEnd(b, 2)
	if n >= len(b) || b[n] != '>' {
		return 0, false
	}
	t.name, t.end = b[2:n], t.at+n+1
	return html.EndTagToken, true
}

// startTag reads a tag whose attributes have their values in quotes, or none.
func (t *tokens) startTag(b []byte) (html.TokenType, bool) {
	if !isLetter(b[1]) {
		return 0, false
	}
	n := nameEnd(b, 1)
	t.name, t.attrs = b[1:n], t.attrs[:0]
	if isRaw(t.name) {
		return 0, false
	}
	for kind := html.StartTagToken; ; {
		spaced := spaceEnd(b, n)
		if spaced+1 >= len(b) {
			return 0, false
		}
		if b[spaced] == '/' {
			kind = html.SelfClosingTagToken
			spaced++
		}
		if b[spaced] == '>' {
			t.end = t.at + spaced + 1
			return kind, true
		}
		if spaced == n || kind == html.SelfClosingTagToken {
			return 0, false
		}
		var ok bool
		if n, ok = t.attribute(b, spaced); !ok {
			return 0, false
		}
	}
}

// attribute reads the one that begins at n, and tells where it ends.
func (t *tokens) attribute(b []byte, n int) (end int, ok bool) {
	end = nameEnd(b, n)
	a := attr{name: b[n:end]}
	if end == n || end+1 >= len(b) {
		return 0, false
	}
	switch b[end] {
	case '>', ' ', '\n', '\t':
		if next := spaceEnd(b, end); next >= len(b) || b[next] == '=' {
			return 0, false
		}
	case '=':
		quote := b[end+1]
		if quote != '"' && quote != '\'' {
			return 0, false
		}
		size := bytes.IndexByte(b[end+2:], quote)
		if size < 0 {
			return 0, false
		}
		if a.value, ok = plainValue(b[end+2:][:size]); !ok {
			return 0, false
		}
		end += 2 + size + 1
	default:
		return 0, false
	}
	for _, other := range t.attrs {
		if bytes.Equal(other.name, a.name) {
			return end, true // the first of a name is the one
		}
	}
	t.attrs = append(t.attrs, a)
	return end, true
}

// nameEnd is where the name ends that begins at n; it is put in lower case.
func nameEnd(b []byte, n int) int {
	for ; n < len(b); n++ {
		switch c := b[n]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == ':':
		case c >= 'A' && c <= 'Z':
			b[n] = c + 'a' - 'A'
		default:
			return n
		}
	}
	return n
}

func spaceEnd(b []byte, n int) int {
	for n < len(b) && (b[n] == ' ' || b[n] == '\n' || b[n] == '\t') {
		n++
	}
	return n
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isRaw tells the elements whose content is no markup.
func isRaw(tag []byte) bool {
	switch string(tag) {
	case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
		return true
	}
	return false
}

// plainText gives the words of a text as the library does: line ends of one
// kind, and what its references mean.
func plainText(b []byte) []byte {
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	n := bytes.IndexByte(b, '&')
	if n < 0 {
		return b
	}
	out := append(make([]byte, 0, len(b)), b[:n]...)
	for b = b[n:]; len(b) > 0; {
		end := bytes.IndexByte(b[1:], '&') + 1
		if end == 0 {
			end = len(b)
		}
		if c, size := reference(b); size > 0 {
			out = append(append(out, c), b[size:end]...)
		} else {
			out = append(out, html.UnescapeString(string(b[:end]))...)
		}
		b = b[end:]
	}
	return out
}

// plainValue gives the value of an attribute as the library does; false where a
// reference in it is not one of the common ones, which mean less in a value.
func plainValue(b []byte) ([]byte, bool) {
	if bytes.IndexByte(b, '\r') >= 0 || bytes.IndexByte(b, 0) >= 0 {
		return nil, false
	}
	n := bytes.IndexByte(b, '&')
	if n < 0 {
		return b, true
	}
	out := append(make([]byte, 0, len(b)), b[:n]...)
	for b = b[n:]; len(b) > 0; {
		c, size := reference(b)
		if size == 0 {
			return nil, false
		}
		end := bytes.IndexByte(b[1:], '&') + 1
		if end == 0 {
			end = len(b)
		}
		out = append(append(out, c), b[size:end]...)
		b = b[end:]
	}
	return out, true
}

// reference reads one of the references that programs write for the signs of
// markup; its size is 0 where b begins with another.
func reference(b []byte) (c byte, size int) {
	for _, r := range [...]struct {
		c    byte
		text string
	}{{'&', "&amp;"}, {'\'', "&#39;"}, {'"', "&quot;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'\'', "&#039;"}, {'\'', "&apos;"}} {
		if len(b) >= len(r.text) && string(b[:len(r.text)]) == r.text {
			return r.c, len(r.text)
		}
	}
	return 0, 0
}
