package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"daybook/importers"
)

// separators are tried in this order.
const separators = ",;\t|"

// separator finds the one by which some row of a file's head is the header.
func separator(head []byte, fits Fits) (byte, bool) {
	if importers.Binary(head) {
		return 0, false
	}
	whole := false // the rows were looked at as one cell each, as with every separator that does not occur
	for i := range len(separators) {
		if bytes.IndexByte(head, separators[i]) < 0 {
			if whole {
				continue
			}
			whole = true
		}
		t := Table{rows: sizedText(bytes.NewReader(head), separators[i], min(len(head), readSize))}
		if t.settle(fits) == nil {
			return separators[i], true
		}
	}
	return 0, false
}

// text reads the rows of separated text (RFC 4180, as programs write it: line
// ends of both kinds, quotes inside words, rows of any width).
type text struct {
	r      *bufio.Reader
	comma  byte
	wide   bool // two bytes of the file stand for each UTF-16 unit
	offset int64
	number int

	columns int    // of the header, where it was found: more than one
	ahead   []line // read already, to be read again
	stray   int    // quotes that were never closed

	words importers.Strings // of rows
	cell  []byte            // room for one whose quotes are doubled
	cells []string          // room for those of the next rows
}

// line is one line of the file; good until the next is read.
type line struct {
	words []byte // with its end; at most maxRow bytes
	size  int64  // in the file
	cut   bool   // it is longer
}

func (l line) kept() line { l.words = bytes.Clone(l.words); return l }

// maxStray is after how many quotes that are never closed they mean nothing any
// more: each costs the reading of maxRow bytes again.
const maxStray = 200

// readSize is how much of a file is read at once.
const readSize = 64 << 10

func newText(f io.Reader, comma byte) *text { return sizedText(f, comma, readSize) }

func sizedText(f io.Reader, comma byte, size int) *text {
	t := &text{r: bufio.NewReaderSize(f, size), comma: comma}
	mark, _ := t.r.Peek(3) // a shorter file has no mark; a read error comes again with the first read
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = t.r.Discard(3) // they are in the buffer
		t.offset = 3
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		t.r = bufio.NewReaderSize(transform.NewReader(t.r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), size)
		t.wide, t.offset = true, 2
	}
	if head, _ := t.r.Peek(maxLook); bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		t.r = bufio.NewReaderSize(&returns{t.r}, size)
	}
	return t
}

// maxLook is how far the first line end is looked for.
const maxLook = 32 << 10

// returns reads a text whose lines end in CR alone, as some programs still write
// it, with LF in their place.
type returns struct{ r io.Reader }

func (x *returns) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// next gives the next row that is not empty.
func (t *text) next() (Row, error) {
	for {
		row, err := t.row()
		if err != nil || len(row.Cells) > 0 {
			return row, err
		}
	}
}

func (t *text) row() (Row, error) {
	first, err := t.line()
	if err != nil {
		return Row{}, err
	}
	t.number++
	row := Row{Number: t.number, Offset: t.offset, Cut: first.cut}
	t.offset += first.size
	quotes := open
	if t.stray >= maxStray {
		quotes = letters
	}
	if within := t.split(&row, t.words.Of(first.words), quotes); within && t.opens(first.words, false) {
		row.Odd, row.Cut = false, first.cut
		err := t.quoted(&row, first)
		return row, err
	}
	if !bytes.HasSuffix(first.words, []byte("\n")) && len(row.Cells) < t.columns {
		row.Cut = true
	}
	return row, nil
}

// quoted reads a row whose quoted cell goes on in the lines below.
func (t *text) quoted(row *Row, first line) error {
	lines, size := []line{first.kept()}, len(first.words)
	for within := true; within; {
		l, err := t.line()
		if errors.Is(err, io.EOF) {
			if t.rowAmong(lines[1:]) {
				return t.letter(row, lines)
			}
			row.Cut = true
			break
		}
		if err != nil {
			return err
		}
		l = l.kept()
		lines = append(lines, l)
		if size += len(l.words); size > maxRow {
			return t.letter(row, lines)
		}
		row.Cut = row.Cut || l.cut
		within = t.opens(l.words, true)
	}
	words := make([]byte, 0, size)
	for _, l := range lines {
		words = append(words, l.words...)
	}
	for _, l := range lines[1:] {
		t.offset += l.size
	}
	t.split(row, string(words), open)
	return nil
}

// rowAmong tells whether one of the lines looks like a whole row itself.
func (t *text) rowAmong(lines []line) bool {
	for _, l := range lines {
		var row Row
		if t.split(&row, string(l.words), open); t.columns > 1 && len(row.Cells) == t.columns {
			return true
		}
	}
	return false
}

// letter takes the quote that opens a cell and is never closed for a letter:
// the lines behind its own are read again.
func (t *text) letter(row *Row, lines []line) error {
	t.stray++
	t.ahead = append(lines[1:], t.ahead...)
	t.split(row, string(lines[0].words), strict)
	return nil
}

// line gives the next line, of at most maxRow bytes; the rest of it is passed
// over.
func (t *text) line() (line, error) {
	if len(t.ahead) > 0 {
		l := t.ahead[0]
		t.ahead = t.ahead[1:]
		return l, nil
	}
	words, err := t.r.ReadSlice('\n')
	l := line{words: words, size: t.width(words)}
	for held := []byte(nil); errors.Is(err, bufio.ErrBufferFull); {
		if held == nil {
			held = bytes.Clone(words)
		}
		words, err = t.r.ReadSlice('\n')
		l.size += t.width(words)
		room := min(len(words), maxRow-len(held))
		held = append(held, words[:room]...)
		l.cut = l.cut || room < len(words)
		l.words = held
	}
	if errors.Is(err, io.EOF) && len(l.words) > 0 {
		err = nil
	}
	return l, err
}

// width is how many bytes of the file stand for decoded ones.
func (t *text) width(words []byte) int64 {
	if !t.wide {
		return int64(len(words))
	}
	n := 0
	for _, c := range words {
		switch {
		case c >= 0xf0: // two units
			n += 4
		case utf8.RuneStart(c):
			n += 2
		}
	}
	return int64(n)
}

// opens tells whether a quoted cell is open at the end of a line.
func (t *text) opens(words []byte, open bool) bool {
	words = trimEnd(words)
	begins := !open
	for i := 0; i < len(words); i++ {
		c := words[i]
		switch {
		case open && c == '"':
			switch {
			case i+1 < len(words) && words[i+1] == '"':
				i++
			case i+1 == len(words) || words[i+1] == t.comma:
				open = false
			}
		case open:
			if n := bytes.IndexByte(words[i:], '"'); n < 0 {
				return true
			} else {
				i += n - 1
			}
		case c == '"' && begins:
			open, begins = true, false
		default:
			begins = c == t.comma
		}
	}
	return open
}

func trimEnd(words []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(words, []byte("\n")), []byte("\r"))
}

// What a quote at the beginning of a cell means.
const (
	open    = iota // it holds the cell together, to the end of the row where none closes it
	strict         // it does so where another closes it, and is a letter elsewhere
	letters        // it is a letter
)

// split fills in the cells; none for an empty row. within tells that a quoted
// cell may go on in the next line.
func (t *text) split(row *Row, words string, quotes int) (within bool) {
	words = strings.TrimSuffix(strings.TrimSuffix(words, "\n"), "\r")
	if words == "" {
		return false
	}
	if !utf8.ValidString(words) {
		row.Odd = true
		words = latin(words)
	}
	cells := t.cells[:0]
	for more := true; more; {
		if len(cells) == maxCells {
			row.Cut, within = true, true
			break
		}
		var cell string
		closed := false
		if quotes != letters && words != "" && words[0] == '"' {
			rest := ""
			if cell, rest, more, closed = t.unquote(words[1:]); closed || quotes == open {
				within = !closed
				words, closed = rest, true
			}
		}
		if !closed {
			cell, words, more = t.cut(words)
		}
		cells = append(cells, cell)
	}
	row.Cells, t.cells = cells[:len(cells):len(cells)], cells[len(cells):]
	if cap(t.cells) < len(cells) {
		t.cells = make([]string, 0, 16*len(cells))
	}
	return within
}

// cut gives the cell that words begin with, and what follows it.
func (t *text) cut(words string) (cell, rest string, more bool) {
	n := strings.IndexByte(words, t.comma)
	if n < 0 {
		return words, "", false
	}
	return words[:n], words[n+1:], true
}

// unquote gives the cell behind an opening quote, what follows its end, and
// whether a quote closes it.
func (t *text) unquote(words string) (cell, rest string, more, closed bool) {
	whole := t.cell[:0]
	for {
		n := strings.IndexByte(words, '"')
		switch {
		case n < 0 && len(whole) == 0:
			return words, "", false, false
		case n < 0:
			t.cell = append(whole, words...)
			return t.words.Of(t.cell), "", false, false
		case n+1 == len(words) || words[n+1] == t.comma:
			more = n+1 < len(words)
			rest = words[min(n+2, len(words)):]
			if len(whole) == 0 {
				return words[:n], rest, more, true
			}
			t.cell = append(whole, words[:n]...)
			return t.words.Of(t.cell), rest, more, true
		}
		whole = append(whole, words[:n+1]...)
		if words[n+1] == '"' { // one that its program did not double stands alone
			n++
		}
		words = words[n+1:]
	}
}

// latin reads bytes as Windows-1252, and those that it has no letter for as the
// control characters that they are elsewhere.
func latin(words string) string {
	var b strings.Builder
	for i := range len(words) {
		if r := charmap.Windows1252.DecodeByte(words[i]); r != utf8.RuneError {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(words[i]))
		}
	}
	return b.String()
}
