package table

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxRowXML is how many bytes of XML one row of a sheet may take.
const maxRowXML = 16 << 20

// cells reads the rows of a sheet.
type cells struct {
	book  *Book
	sheet string
	limit *io.LimitedReader
	x     *xml.Decoder
	last  int
}

func newCells(b *Book, sheet string, r io.Reader) *cells {
	limit := &io.LimitedReader{R: r, N: maxRowXML}
	return &cells{book: b, sheet: sheet, limit: limit, x: xml.NewDecoder(limit)}
}

// next gives the next row that says anything. A sheet that ends inside its data
// is broken.
func (c *cells) next() (Row, error) {
	for {
		c.limit.N = maxRowXML
		t, err := c.x.Token()
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, fmt.Errorf("sheet %s, after row %d: %w", c.sheet, c.last, err)
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		row, err := c.row(start)
		if err != nil {
			return Row{}, fmt.Errorf("sheet %s, row %d: %w", c.sheet, row.Number, err)
		}
		if strings.TrimSpace(strings.Join(row.Cells, "")) != "" {
			return row, nil
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (c *cells) row(start xml.StartElement) (Row, error) {
	c.last++
	if n, err := strconv.Atoi(attr(start, "r")); err == nil && n > 0 {
		c.last = n
	}
	row := Row{Number: c.last, Offset: -1, sheet: c.sheet}
	for {
		t, err := c.x.Token()
		if err != nil {
			return row, cut(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return row, nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := c.x.Skip(); err != nil {
					return row, cut(err)
				}
				continue
			}
			if err := c.cell(&row, t); err != nil {
				return row, cut(err)
			}
		}
	}
}

// cut names the end of a file that comes too early.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// cell puts a cell at its column.
func (c *cells) cell(row *Row, start xml.StartElement) error {
	var content struct {
		Value  string `xml:"v"`
		Inline rich   `xml:"is"`
	}
	if err := c.x.DecodeElement(&content, &start); err != nil {
		return err
	}
	at := column(attr(start, "r"), len(row.Cells))
	if at >= maxCells {
		row.Cut = true
		return nil
	}
	for len(row.Cells) <= at {
		row.Cells = append(row.Cells, "")
	}
	kind := attr(start, "t")
	if kind == "inlineStr" {
		row.Cells[at] = content.Inline.String()
		return nil
	}
	if content.Value != "" {
		row.Cells[at] = c.book.text(kind, attr(start, "s"), content.Value)
	}
	return nil
}

// column reads the letters of "AB12"; next where there are none.
func column(reference string, next int) int {
	n := 0
	for i := range len(reference) {
		letter := reference[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			break
		}
		if n = n*26 + int(letter-'A') + 1; n > maxCells {
			return maxCells
		}
	}
	if n == 0 {
		return next
	}
	return n - 1
}

// form is how a number is shown, as far as it tells what the number is.
type form int

const (
	number form = iota
	date        // with or without a time of day
	span        // hours beyond a day: [h]:mm:ss
)

func builtIn(id int) form {
	switch {
	case id >= 14 && id <= 22, id == 45, id == 47, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return date
	case id == 46:
		return span
	}
	return number
}

// formOf tells by the letters of a format, quoted words and colours aside.
func formOf(code string) form {
	if strings.Contains(strings.ToLower(code), "[h") || strings.Contains(strings.ToLower(code), "[m") {
		return span
	}
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '"':
			quoted = !quoted
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !quoted && !bracket && strings.IndexByte("yYdDhHsS", c) >= 0:
			return date
		}
	}
	return number
}

// epoch is the day 0 of a workbook's dates.
type epoch int

const (
	epoch1900 epoch = iota
	epoch1904
)

// show writes the number of a date as one: a day, a time of day, or both, to the
// second (or to the millisecond, where it has any).
func (e epoch) show(value string, f form) (string, bool) {
	days, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(days) || days < 0 || days > 2_958_466 {
		return "", false
	}
	millis := int64(math.Round(days * 86_400_000))
	if f == span {
		s := millis / 1000
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60), true
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if e == epoch1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := first.AddDate(0, 0, int(millis/86_400_000)).Add(time.Duration(millis%86_400_000) * time.Millisecond)
	clock := "15:04:05"
	if millis%1000 != 0 {
		clock = "15:04:05.000"
	}
	switch {
	case millis < 86_400_000:
		return t.Format(clock), true
	case millis%86_400_000 == 0:
		return t.Format(time.DateOnly), true
	}
	return t.Format("2006-01-02 " + clock), true
}
