// Package table reads rows: comma, semicolon and tab separated text, and the
// sheets of a workbook (XLSX). It gives every row with its number, and with the
// byte at which it begins where there is one, so that a reader finds it in the
// original; it bounds what a row may cost, and says what is odd about it.
//
// The header is found by the names that a format knows, in the first rows, for
// files begin with notes and account lines. Text is UTF-8, or UTF-16 with its
// mark; a row that is neither is read as Windows-1252 and says so. A quote that
// is never closed costs its own row, not the rest of the file.
//
// It knows no format: which columns there are and what they mean is its users'.
package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

const (
	maxRow    = 1 << 20 // bytes of one row
	maxCells  = 1 << 14 // columns of one row: those of a sheet
	maxBefore = 50      // rows before the header
)

// Fits tells whether columns are those of a format.
type Fits func(Columns) bool

// Named is the Fits of a format that is known by names that all stand there.
func Named(names ...string) Fits {
	return func(c Columns) bool { return c.Has(names...) }
}

// Row is one row.
type Row struct {
	Number int   // from 1, the header and empty rows counted: as a spreadsheet shows it
	Offset int64 // byte of the file at which it begins; -1 in a workbook
	Cells  []string
	Cut    bool // longer than is read, or the file ends inside it
	Odd    bool // not UTF-8: its letters are read as Windows-1252
	sheet  string
	of     *Columns

	records *importers.Strings // nil for a row that no table gives
}

// Record is where the row stands.
func (r Row) Record() string {
	if r.Offset < 0 {
		return fmt.Sprintf("sheet %s, row %d", r.sheet, r.Number)
	}
	var room [64]byte
	b := strconv.AppendInt(append(room[:0], "row "...), int64(r.Number), 10)
	b = strconv.AppendInt(append(b, " at byte "...), r.Offset, 10)
	if r.records == nil {
		return string(b)
	}
	return r.records.Of(b)
}

// Words are the row's own words.
func (r Row) Words() string { return strings.Join(r.Cells, " | ") }

// Flags are what a reader must know about an event that is made of the row.
func (r Row) Flags() []timeline.Flag {
	var flags []timeline.Flag
	if r.Cut {
		flags = append(flags, timeline.Truncated)
	}
	if r.Odd {
		flags = append(flags, timeline.Undecoded)
	}
	return flags
}

// Get gives the first of the named cells that says anything.
func (r Row) Get(names ...string) string {
	for _, name := range names {
		if i := r.of.find(name); i < len(r.Cells) && r.Cells[i] != "" {
			return r.Cells[i]
		}
	}
	return ""
}

// Rest gives the cells that say something, but for those named, in order: the
// plain name of their column, and the cell. A cell whose column has no name of
// its own is called "column 7".
func (r Row) Rest(but ...string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var room [64]bool
		shown := room[:]
		if len(r.Cells) > len(shown) {
			shown = make([]bool, len(r.Cells))
		}
		for _, name := range but {
			if i := r.of.find(name); i < len(shown) {
				shown[i] = true
			}
		}
		for i, cell := range r.Cells {
			if cell != "" && !shown[i] && !yield(r.of.name(i), cell) {
				return
			}
		}
	}
}

// Columns are the names of a header.
type Columns struct {
	Names []string       // as printed
	plain []string       // in their plain form; empty where it has come before
	at    map[string]int // by their plain form
	asked *[64]answer    // the last ones; of a table whose rows are read
}

// ColumnsOf reads a header.
func ColumnsOf(header []string) Columns {
	c := Columns{Names: header, plain: make([]string, len(header)), at: make(map[string]int, len(header))}
	for i, name := range header {
		plain := Plain(name)
		if _, taken := c.at[plain]; plain != "" && !taken {
			c.plain[i], c.at[plain] = plain, i
		}
	}
	return c
}

// Has tells whether all of the named columns are there.
func (c Columns) Has(names ...string) bool {
	for _, name := range names {
		if _, ok := c.at[name]; !ok {
			return false
		}
	}
	return true
}

// find gives the place of a column; one beyond all where there is none. A format
// asks for the same few names in every row.
func (c *Columns) find(name string) int {
	switch {
	case name == "":
		return math.MaxInt
	case c.asked == nil:
		return c.look(name)
	}
	a := &c.asked[(7*len(name)+5*int(name[0])+int(name[len(name)-1]))%len(c.asked)]
	if a.name != name {
		*a = answer{name, c.look(name)}
	}
	return a.place
}

func (c *Columns) look(name string) int {
	if i, ok := c.at[name]; ok {
		return i
	}
	return math.MaxInt
}

// answer is where a column stands that was asked for.
type answer struct {
	name  string
	place int
}

func (c *Columns) name(i int) string {
	if i < len(c.plain) && c.plain[i] != "" {
		return c.plain[i]
	}
	return fmt.Sprintf("column %d", i+1)
}

// Plain is a name without capitals, and with one space for whatever separates
// its words: "CONVERSATION_ID" and "Conversation Id" are both "conversation id".
func Plain(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '\u00a0' || r == '\t' || r == '\n' || r == '\r' || r == '\ufeff'
	}), " "))
}

// Table is a header and the rows below it.
type Table struct {
	Columns Columns
	Header  Row
	Before  []Row  // what stands above the header
	Sheet   string // its name, in a workbook
	rows    rower
	records importers.Strings
	close   func() error
}

// rower gives row after row, and io.EOF.
type rower interface{ next() (Row, error) }

// Next gives the next row below the header, or io.EOF.
func (t *Table) Next() (Row, error) {
	r, err := t.rows.next()
	r.of, r.records = &t.Columns, &t.records
	return r, err
}

// Close closes the file.
func (t *Table) Close() error { return t.close() }

// errNoHeader means that no row has the names that are looked for.
var errNoHeader = errors.New("no row has the names of this format's columns")

// settle reads to the header.
func (t *Table) settle(fits Fits) error {
	for len(t.Before) < maxBefore {
		r, err := t.rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if c := ColumnsOf(r.Cells); fits(c) {
			c.asked = new([64]answer)
			t.Columns, t.Header = c, r
			if x, ok := t.rows.(*text); ok {
				x.columns = len(r.Cells)
			}
			return nil
		}
		r.of = &t.Columns
		t.Before = append(t.Before, r)
	}
	return errNoHeader
}

// Found tells by its first bytes whether a text is a table with such columns.
func Found(head []byte, fits Fits) bool {
	_, ok := separator(head, fits)
	return ok
}

// Open opens a text whose header fits; importers.ErrNotMine where there is none.
func Open(s importers.Source, fits Fits) (*Table, error) {
	comma, ok := separator(s.Head, fits)
	if !ok {
		return nil, importers.ErrNotMine
	}
	f, err := s.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	t := &Table{rows: newText(f, comma), close: f.Close}
	if err := t.settle(fits); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", s.Path, err), f.Close())
	}
	return t, nil
}
