package importertest

import (
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"runtime"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html"
)

// Ratio benchmarks an import of size bytes beside its floor, which only
// tokenises the same bytes with the library, in the same run, and reports how
// many times the processor time of the floor the import takes. Where decoding is
// given, which reads the records into structs with the library and does nothing
// with them, it reports how many times that too.
func Ratio(b *testing.B, size int, imported, floor func() error, decoding ...func() error) {
	b.Helper()
	held := make([]byte, caseHeld)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	runs := append([]func() error{imported, floor}, decoding...)
	took := make([]float64, len(runs))
	for b.Loop() {
		for i, run := range runs {
			start := processorTime()
			if err := run(); err != nil {
				b.Fatal(err)
			}
			took[i] += (processorTime() - start).Seconds()
		}
	}
	runtime.KeepAlive(held)
	b.ReportMetric(took[0]/took[1], "times-the-floor")
	if len(decoding) > 0 {
		b.ReportMetric(took[0]/took[2], "times-decoding")
	}
	b.ReportMetric(float64(b.N)*float64(size)/1e6/took[0], "MB/cpu-s")
}

// caseHeld is about what a program holds that has a case open: how often memory
// is collected depends on it, for the import and for its floor alike.
const caseHeld = 32 << 20

// exports are what real JSON needs.
var exports = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// Tokens is the floor of a JSON file, or of one JSON value a line.
func Tokens(r io.Reader) error {
	d := jsontext.NewDecoder(r, exports)
	for {
		if _, err := d.ReadToken(); err != nil {
			return unlessEnd(err)
		}
	}
}

// Decoded decodes each element of the array at the path into a T with the
// library; where the path is empty, each value of a file of one a line.
func Decoded[T any](path jsontext.Pointer) func(io.Reader) error {
	return func(r io.Reader) error {
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
	}
}

// Rows is the floor of a table as text.
func Rows(from io.Reader) error {
	r := csv.NewReader(from)
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	for {
		if _, err := r.Read(); err != nil {
			return unlessEnd(err)
		}
	}
}

// Elements is the floor of an XML file.
func Elements(r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		if _, err := d.RawToken(); err != nil {
			return unlessEnd(err)
		}
	}
}

// TextLines is the floor of a text of lines.
func TextLines(from io.Reader) error {
	r := bufio.NewReaderSize(from, 64<<10)
	for {
		if _, err := r.ReadSlice('\n'); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return unlessEnd(err)
		}
	}
}

// Pages is the floor of a web page.
func Pages(r io.Reader) error {
	for z := html.NewTokenizer(r); ; {
		if z.Next() == html.ErrorToken {
			return unlessEnd(z.Err())
		}
	}
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
