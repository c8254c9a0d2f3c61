package whatsapp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"daybook/importers"
)

// pieceSize is how much of a line is held at a time. It is more than any
// header needs, so a header always stands whole in a line's first piece.
const pieceSize = 64 << 10

// lines reads a chat line by line and holds one piece of one line at a time:
// a line may be longer than the memory there is.
type lines struct {
	f      io.Closer
	r      *bufio.Reader
	n      int  // number of the current line, from 1
	start  bool // the current piece begins its line
	ended  bool // the last piece ended its line with LF
	crlf   bool // and with CR before the LF
	pieces int  // read so far
	after  bool // the line before the current one ended in CR LF
}

func openLines(s importers.Source) (*lines, error) {
	f, err := s.Open()
	if err != nil {
		return nil, fmt.Errorf("open chat %s: %w", s.Path, err)
	}
	return &lines{f: f, r: bufio.NewReaderSize(decoded(f), pieceSize), ended: true}, nil
}

// decoded gives the text as UTF-8 and without its byte order mark.
func decoded(f io.Reader) io.Reader {
	r := bufio.NewReaderSize(f, pieceSize)
	mark, _ := r.Peek(3) // a shorter file has no mark; a read error comes again with the first read
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		if _, err := r.Discard(3); err != nil {
			return r // its next read gives the same error
		}
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	}
	return r
}

func (l *lines) Close() error { return l.f.Close() }

// next gives the next piece with its line end, if it has one, or io.EOF. The
// piece is good until the next call.
func (l *lines) next() ([]byte, error) {
	if l.start = l.ended; l.start {
		l.n++
		l.after = l.crlf
	}
	l.pieces++
	piece, err := l.r.ReadSlice('\n')
	switch {
	case err == nil:
		l.crlf = len(piece) > 1 && piece[len(piece)-2] == '\r'
		l.ended = true
	case errors.Is(err, bufio.ErrBufferFull):
		l.ended, err = false, nil
	case errors.Is(err, io.EOF) && len(piece) > 0:
		l.ended, l.crlf, err = false, false, nil
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	default:
		return nil, fmt.Errorf("read chat line %d: %w", l.n, err)
	}
	return piece, err
}

// bare is a piece without its line end.
func bare(piece []byte) []byte {
	piece = bytes.TrimSuffix(piece, []byte{'\n'})
	return bytes.TrimSuffix(piece, []byte{'\r'})
}
