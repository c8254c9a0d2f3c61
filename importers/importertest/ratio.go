package importertest

import (
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html"

	"daybook/importers"
	"daybook/timeline"
)

// Floor is what an import is held against: reading the same bytes with a library
// and keeping nothing of them.
type Floor struct {
	Name string // the import takes so many times-NAME
	Read func(io.Reader) error
}

// Ratio benchmarks an import of size bytes beside its floor, in the same run, and
// reports how many times the processor time of the floor the import takes.
func Ratio(b *testing.B, size int, imported, floor func() error) {
	b.Helper()
	ratios(b, size, imported, timed{"the-floor", floor})
}

// timed is a floor over bytes that are known.
type timed struct {
	name string
	run  func() error
}

func ratios(b *testing.B, size int, imported func() error, floors ...timed) {
	b.Helper()
	held := make([]byte, caseHeld)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	runs := append([]timed{{"", imported}}, floors...)
	took := make([]float64, len(runs))
	for b.Loop() {
		for i, r := range runs {
			start := processorTime()
			if err := r.run(); err != nil {
				b.Fatal(err)
			}
			took[i] += (processorTime() - start).Seconds()
		}
	}
	runtime.KeepAlive(held)
	for i, r := range runs[1:] {
		b.ReportMetric(took[0]/took[i+1], "times-"+r.name)
	}
	b.ReportMetric(float64(b.N)*float64(size)/1e6/took[0], "MB/cpu-s")
}

// caseHeld is about what a program holds that has a case open: how often memory
// is collected depends on it, for the import and for its floor alike.
const caseHeld = 32 << 20

// exports are what real JSON needs.
var exports = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// The floors that take tokens apart read every token and its value, and keep none. encoding/csv and
// encoding/xml give each value ready; jsontext and html tell where it stands and
// undo its escapes when they are asked, so they are asked: a floor that is not is a
// search for quotes and brackets, at several times the speed, and reads nothing.
// They ask in the way that costs the library least.

// Tokens is the floor of a JSON file, or of one JSON value a line.
func Tokens() Floor { return Floor{"tokens", tokens} }

func tokens(r io.Reader) error {
	d := jsontext.NewDecoder(r, exports)
	read := 0
	for {
		t, err := d.ReadToken()
		if err != nil {
			runtime.KeepAlive(read)
			return unlessEnd(err)
		}
		if kind := t.Kind(); kind == '"' || kind == '0' {
			read += len(t.String())
		}
	}
}

// Decoded decodes each element of the array at the path into a T with the
// library; where the path is empty, each value of a file of one a line.
func Decoded[T any](path jsontext.Pointer) Floor {
	return Floor{"decoding", func(r io.Reader) error {
		d := jsontext.NewDecoder(r, exports)
		for path != "" && (d.StackPointer() != path || d.PeekKind() != '[') {
			if _, err := d.ReadToken(); err != nil {
				return err
			}
		}
		if path != "" {
			if _, err := d.ReadToken(); err != nil {
				return err
			}
		}
		for d.PeekKind() != ']' {
			var record T
			if err := json.UnmarshalDecode(d, &record); err != nil {
				return unlessEnd(err)
			}
		}
		return nil
	}}
}

// Rows is the floor of a table as text.
func Rows() Floor { return Floor{"rows", rows} }

func rows(from io.Reader) error {
	r := csv.NewReader(from)
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	for {
		if _, err := r.Read(); err != nil {
			return unlessEnd(err)
		}
	}
}

// RowEvents reads a table as Rows does and makes of each row the least that an
// event is: its record, somebody, a time that is not read, each cell a fact, and
// the sum by which its copies are known. It takes the place of a decoding: what a
// library's rows cost before anything is understood of them. The ID of an event,
// which the run makes, is in neither.
func RowEvents() Floor { return Floor{"row-events", rowEvents} }

func rowEvents(from io.Reader) error {
	r := csv.NewReader(from)
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	header, err := r.Read()
	header = slices.Clone(header)
	var out Count
	var room [64]byte
	for n := 1; err == nil; n++ {
		var cells []string
		if cells, err = r.Read(); err != nil || len(cells) == 0 {
			continue
		}
		e := timeline.Event{Kind: timeline.Message, When: timeline.FromInstant(time.Unix(int64(n), 0), timeline.Second, cells[0]),
			From: timeline.Party{Address: cells[0]}, To: []timeline.Party{{Address: cells[len(cells)-1]}}, Extra: make(timeline.Facts, 0, len(cells)+1)}
		record := strconv.AppendInt(append(room[:0], "row "...), int64(n), 10)
		e.Source.Record = string(strconv.AppendInt(append(record, " at byte "...), r.InputOffset(), 10))
		for i, cell := range cells {
			if cell != "" && i < len(header) {
				e.Extra = append(e.Extra, timeline.Fact{Name: header[i], Value: cell})
			}
		}
		e.Extra.Set(timeline.SameKey, importers.SameOf(cells...))
		err = out.Event(e)
	}
	return unlessEnd(err)
}

// Elements is the floor of an XML file.
func Elements() Floor { return Floor{"elements", elements} }

func elements(r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		if _, err := d.RawToken(); err != nil {
			return unlessEnd(err)
		}
	}
}

// TextLines is the floor of a text of lines, which no library takes apart: that
// they are UTF-8 is all that is looked at, as the other floors do. Far less than
// tokens, it says how an import changes, not whether it is fast.
func TextLines() Floor { return Floor{"lines", textLines} }

func textLines(from io.Reader) error {
	r := bufio.NewReaderSize(from, 64<<10)
	odd := 0
	for {
		line, err := r.ReadSlice('\n')
		if !utf8.Valid(line) {
			odd++
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			runtime.KeepAlive(odd)
			return unlessEnd(err)
		}
	}
}

// Pages is the floor of a web page.
func Pages() Floor { return Floor{"page-tokens", pages} }

func pages(r io.Reader) error {
	read := 0
	for z := html.NewTokenizer(r); ; {
		switch z.Next() {
		case html.ErrorToken:
			runtime.KeepAlive(read)
			return unlessEnd(z.Err())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			read += len(name)
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				read += len(key) + len(value)
			}
		default:
			read += len(z.Text())
		}
	}
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
