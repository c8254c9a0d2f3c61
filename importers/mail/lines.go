package mail

import (
	"bufio"
	"bytes"
	"io"
)

// window is how much of a file is held at a time: also the longest line that
// comes in one piece.
const window = 64 << 10

// lines reads a file line by line, and knows where it is. A line longer than
// the window comes in several pieces.
type lines struct {
	r    *bufio.Reader
	at   int64 // offset of the next byte
	rest bool  // the next piece goes on with a line
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, window)} }

// next gives the next piece, with its line break, valid until the next call.
// start tells that it begins a line.
func (l *lines) next() (piece []byte, start bool, err error) {
	piece, err = l.r.ReadSlice('\n')
	start = !l.rest
	l.at += int64(len(piece))
	l.rest = err == bufio.ErrBufferFull
	if l.rest || len(piece) > 0 && err == io.EOF {
		err = nil
	}
	return piece, start, err
}

// mailbox is a file of one message, or of many, one behind the other.
//
// In a file of many, every message begins with a line "From SENDER DATE".
// Programs differ in how they keep a line of the text that begins with "From "
// from being taken for one: they put ">" before it (mboxo, mboxrd), or state
// the length of the text in a header (mboxcl). Here a line begins a message
// when it has that form and a header follows it, and it does not lie inside a
// length that proves right.
type mailbox struct {
	*lines
	many      bool
	random    io.ReaderAt // nil when the file has none
	separator []byte      // the line by which the next message begins; nil inside a message
	from      int64       // where that line stands
	textEnd   int64       // end of this message's text, when it was stated and proves right
	quoted    int         // lines of this message that had ">" before "From "
	lookalike bool        // a line of this message has the form of a separator
}

// begin goes from the separator into its message.
func (b *mailbox) begin() {
	b.separator, b.textEnd, b.quoted, b.lookalike = nil, 0, 0, false
}

// next gives the next piece of the message, and io.EOF at its end.
func (b *mailbox) next() (piece []byte, start bool, err error) {
	if b.separator != nil {
		return nil, false, io.EOF
	}
	from := b.at
	piece, start, err = b.lines.next()
	if !start || len(piece) < len("From ") {
		return piece, start, err
	}
	switch {
	case piece[0] == 'F' && isSeparator(piece):
		line := bytes.Clone(piece) // looking ahead moves what piece points to
		if b.many && from >= b.textEnd && b.headerAhead() {
			b.separator, b.from = line, from
			return nil, false, io.EOF
		}
		b.lookalike = true
		piece = line
	case piece[0] == '>' && b.many:
		if text := bytes.TrimLeft(piece, ">"); bytes.HasPrefix(text, []byte("From ")) {
			b.quoted++
			b.lookalike = b.lookalike || isSeparator(text)
			piece = piece[1:]
		}
	}
	return piece, start, err
}

// headerAhead tells whether the next line is one of a header.
func (b *mailbox) headerAhead() bool {
	ahead, _ := b.r.Peek(200) // less at the end of the file
	return beginsHeader(ahead)
}

func beginsHeader(b []byte) bool { return isField(b) || bytes.HasPrefix(b, []byte(">From ")) }

// textLength takes the length of the text that a header states, when the file
// ends or a message begins where it says.
func (b *mailbox) textLength(n int64) {
	if b.random == nil || n <= 0 {
		return
	}
	var ahead [512]byte
	got, err := b.random.ReadAt(ahead[:], b.at+n)
	rest := bytes.TrimLeft(ahead[:got], "\r\n")
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	if isSeparator(line) || len(rest) == 0 && err == io.EOF && got < 3 {
		b.textEnd = b.at + n
	}
}

// isSeparator tells a line that may begin a message.
func isSeparator(line []byte) bool {
	_, ok := separatorDate(line)
	return ok
}

// isField tells a line "Name: …" of a header.
func isField(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	return ok && isName(name)
}

func isName(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}

// bare gives a line without its line break, and the line break.
func bare(line []byte) (text, end []byte) {
	n := len(line)
	if n > 0 && line[n-1] == '\n' {
		n--
		if n > 0 && line[n-1] == '\r' {
			n--
		}
	}
	return line[:n], line[n:]
}
