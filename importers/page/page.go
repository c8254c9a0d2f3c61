// Package page walks an HTML page from its first byte to its last: elements as
// they open and close, the words between them, and where in the file each
// stands. It runs nothing, fetches nothing, and holds no more than one element
// of the page at a time.
//
// It is for the pages that programs write as exports. Every element that opens
// also closes: one whose end tag is left out closes where its parent does, and
// an end tag that belongs to nothing is passed over. It does not repair pages as
// a browser does (no misplaced table is moved), and it knows no character
// encoding but UTF-8: whoever reads another decodes it first, and offsets are
// then those of the decoded page.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// The limits of a page. None is near what an export holds.
const (
	maxPiece = 16 << 20 // bytes of one tag or one run of words
	maxDepth = 512      // elements inside one another; what opens deeper is taken for one without content
	maxKnown = 4096     // different names of tags and values of attributes that are kept to be shared
	maxShare = 64       // bytes of a value that is worth sharing
)

// Kind is what a piece of a page is.
type Kind byte

// The kinds of piece.
const (
	Open    Kind = iota // an element begins
	Close               // an element ends, by its own end tag or because one around it does
	Words               // words between tags, entities resolved
	Comment             // a comment, without its marks
)

// Piece is a tag or a run of words, where it stands.
type Piece struct {
	Kind  Kind
	Tag   string // of Open and Close, in lower case
	Attrs []Attr // of Open; good until the next piece is read
	Text  string // of Words and Comment
	Aside bool   // the words of a script, a style, a template or the page's title, which are not on the page
	At    int64  // the byte of the file at which it begins; of a Close without an end tag, at which the element ends
	End   int64  // the byte behind it
	Depth int    // how many elements it is inside of; equal for an Open and its Close
}

// Attr is one attribute of a tag, its name in lower case.
type Attr struct{ Name, Value string }

// Attr gives the value of an attribute, or nothing.
func (p Piece) Attr(name string) string { return find(p.Attrs, name) }

// Class tells whether one of the element's classes has a name.
func (p Piece) Class(name string) bool { return hasClass(p.Attrs, name) }

func find(attrs []Attr, name string) string {
	for _, a := range attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func hasClass(attrs []Attr, name string) bool {
	list := find(attrs, "class")
	if list == name {
		return name != ""
	}
	if len(list) < len(name) || !strings.Contains(list, name) { // as most have not
		return false
	}
	for word := range strings.FieldsSeq(list) {
		if word == name {
			return true
		}
	}
	return false
}

// CutError is the error of a page that ends before its elements do, or inside a
// tag. What was read before it stands.
type CutError struct {
	At     int64
	Inside string // the innermost element that is open, or "a tag"
}

func (c *CutError) Error() string {
	return fmt.Sprintf("the page ends at byte %d inside %s", c.At, c.Inside)
}

// Unwrap says that something is missing.
func (c *CutError) Unwrap() error { return io.ErrUnexpectedEOF }

// Reader reads a page piece by piece.
type Reader struct {
	z       *tokens
	at      int64 // where the next token begins
	stack   []element
	tags    map[string]*tag
	close   int   // elements of the stack that are still to be closed
	from    int64 // where what closes them begins
	void    bool  // the element just opened has no content: its Close is next
	xml     bool  // a tag that ends in a stroke has no content
	held    bool  // next is an Open, to be given when the closes are
	next    Piece
	piece   Piece // the last one
	opening *tag  // the element that is being opened
	aside   int   // elements that are open whose words are not on the page
	known   map[string]string
	lately  [256]string // those of known that came last, by their ends
	attrs   []Attr
	nodes   []*Node // room for those of a block
	path    []*Node // and for those that are open in it
	used    int
	end     error
}

// tag is a name of elements.
type tag struct {
	name        string
	open        int // how many are on the stack
	void, aside bool
	mayLack     bool // its end tag may be left out
}

type element struct {
	*tag
	at int64
}

// NewReader reads a page from r.
func NewReader(r io.Reader) *Reader {
	return &Reader{z: newTokens(r), tags: map[string]*tag{}, known: map[string]string{}}
}

// NewXMLReader reads text with tags as XML has them: one that ends in a stroke,
// <e_m t="1"/>, is an element without content, whatever its name.
func NewXMLReader(r io.Reader) *Reader {
	p := NewReader(r)
	p.xml = true
	return p
}

// Offset is the byte of the file up to which the page has been read.
func (r *Reader) Offset() int64 { return r.at }

// Inside tells whether an element of a name is open.
func (r *Reader) Inside(tag string) bool { return r.tag([]byte(tag)).open > 0 }

// Next gives the next piece. At the end of the page it gives io.EOF, or a
// *CutError where the page ends too early; every open element is closed before.
// An error of the reader below comes as it is, at once.
func (r *Reader) Next() (Piece, error) {
	if err := r.read(); err != nil {
		return Piece{}, err
	}
	return r.piece, nil
}

// read makes the next piece the last one.
func (r *Reader) read() error {
	switch {
	case r.close > 0:
		r.pop()
		return nil
	case r.held:
		r.held, r.piece = false, r.next
		r.push()
		return nil
	case r.end != nil:
		return r.end
	}
	return r.token()
}

// token reads tokens until one is a piece.
func (r *Reader) token() error {
	for {
		kind := r.z.next()
		at, size := r.at, r.z.size()
		r.at += int64(size)
		switch kind {
		case html.ErrorToken:
			return r.ending(size)
		case html.TextToken:
			r.piece = Piece{Kind: Words, Text: r.words(at), Aside: r.aside > 0, At: at, End: r.at, Depth: len(r.stack)}
			return nil
		case html.CommentToken:
			r.piece = Piece{Kind: Comment, Text: valid(r.z.text), At: at, End: r.at, Depth: len(r.stack)}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(at, kind == html.SelfClosingTagToken)
			return nil
		case html.EndTagToken:
			if r.closes(r.z.name) {
				r.from = at
				r.pop()
				return nil
			}
		}
	}
}

// words are the words of a text token; a byte order mark before the page is none
// of them.
func (r *Reader) words(at int64) string {
	b := r.z.text
	if at == 0 {
		b = bytes.TrimPrefix(b, []byte("\ufeff"))
	}
	if len(b) <= maxShare && len(bytes.TrimLeft(b, " \n\t\r")) == 0 {
		return r.share(b) // what pages are laid out with
	}
	return valid(b)
}

// valid gives b as a string of letters.
func valid(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// ending closes what is open and says how the page ends.
func (r *Reader) ending(half int) error {
	r.end = r.z.stop
	switch {
	case errors.Is(r.end, html.ErrBufferExceeded):
		r.end = fmt.Errorf("the page has a tag or words of more than %d bytes at byte %d", maxPiece, r.at-int64(half))
	case r.end == io.EOF && half > 0:
		r.end = &CutError{r.at, "a tag"}
	case r.end == io.EOF:
		for _, e := range r.stack {
			if !e.mayLack {
				r.end = &CutError{r.at, "<" + e.name + ">"}
			}
		}
	}
	if cut := (*CutError)(nil); r.end == io.EOF || errors.As(r.end, &cut) {
		r.close, r.from = len(r.stack), r.at
	}
	return r.read()
}

// closes counts what an end tag closes, if anything.
func (r *Reader) closes(name []byte) bool {
	if top := len(r.stack) - 1; top >= 0 && r.stack[top].name == string(name) { // as nearly always
		r.close = 1
		return true
	}
	tag := r.tag(name)
	if tag.open == 0 {
		return false
	}
	r.close = r.above(tag)
	return true
}

// above counts the elements of the stack down to one of a name.
func (r *Reader) above(tag *tag) int {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].tag == tag {
			return len(r.stack) - i
		}
	}
	return 0
}

// start opens an element, when need be after closing the one beside it whose end
// tag may be left out.
func (r *Reader) start(at int64, selfClosed bool) {
	r.attrs = r.attrs[:0]
	for _, a := range r.z.attrs {
		r.attrs = append(r.attrs, Attr{r.share(a.name), r.share(a.value)})
	}
	tag := r.tag(r.z.name)
	r.piece = Piece{Kind: Open, Tag: tag.name, Attrs: r.attrs, At: at, End: r.at}
	if selfClosed && !r.xml && !r.Inside("svg") && !r.Inside("math") {
		selfClosed = false // in HTML the stroke means nothing
	}
	r.void, r.opening = selfClosed || tag.void, tag
	if n := len(r.stack); n > 0 && r.stack[n-1].tag == tag && tag.mayLack {
		r.held, r.next, r.close, r.from = true, r.piece, 1, at
		r.pop()
		return
	}
	r.push()
}

// push puts the element that opens on the stack.
func (r *Reader) push() {
	r.piece.Depth = len(r.stack)
	r.stack = append(r.stack, element{r.opening, r.piece.At})
	r.opening.open++
	if r.opening.aside {
		r.aside++
	}
	if r.void || len(r.stack) > maxDepth {
		r.close, r.from, r.void = 1, r.at, false
	}
}

func (r *Reader) pop() {
	r.close--
	n := len(r.stack) - 1
	tag := r.stack[n].tag
	r.stack = r.stack[:n]
	tag.open--
	if tag.aside {
		r.aside--
	}
	r.piece = Piece{Kind: Close, Tag: tag.name, At: r.from, End: r.from, Depth: n}
	if r.close == 0 && !r.held {
		r.piece.End = r.at
	}
}

// tag gives the one of a name; a name that a page has after very many others is
// looked for among what is open.
func (r *Reader) tag(name []byte) *tag {
	if t := r.tags[string(name)]; t != nil {
		return t
	}
	s := valid(name)
	if t := r.tags[s]; t != nil {
		return t
	}
	for _, e := range r.stack {
		if e.name == s {
			return e.tag
		}
	}
	t := &tag{name: s, void: isVoid(s), mayLack: endMayLack(s), aside: isAside(s)}
	if len(r.tags) < maxKnown && len(s) <= maxShare {
		r.tags[s] = t
	}
	return t
}

// share gives one string for equal names and values, which a page has thousands
// of.
func (r *Reader) share(b []byte) string {
	n := len(b)
	if n == 0 {
		return ""
	}
	lately := &r.lately[byte(n)^b[0]^b[n/2]<<2^b[n-1]<<4]
	if *lately == string(b) {
		return *lately
	}
	s, ok := r.known[string(b)]
	if !ok {
		if s = valid(b); n > maxShare || len(r.known) >= maxKnown {
			return s
		}
		r.known[string(b)] = s
	}
	*lately = s
	return s
}

// isVoid tells the elements that have no content and no end tag.
func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta",
		"param", "source", "track", "wbr":
		return true
	}
	return false
}

// endMayLack tells the elements that a page may leave open.
func endMayLack(tag string) bool {
	switch tag {
	case "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup":
		return true
	}
	return false
}

// isAside tells the elements whose words are not on the page.
func isAside(tag string) bool {
	return tag == "script" || tag == "style" || tag == "template" || tag == "title"
}
