// Package object reads the objects of a PDF file that anybody may have made: an
// honest one, a damaged one, or one that was made to hurt its reader. It reads
// what it is asked for and keeps little of it; everything that it does is paid
// for from a budget, so that no file can take the reader's memory or time. It
// knows what an object is and where it lies; it knows nothing of pages, fonts or
// courts.
package object

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What stands in a file: nil, bool, int, float64, and these.
type (
	Name   string
	String string // bytes as they came
	Array  []any
	Dict   map[Name]any
	// Ref names an object that lies elsewhere in the file.
	Ref struct{ Number, Generation int }
	// Stream is a dictionary with data behind it.
	Stream struct {
		Dict
		start int64 // of the data in the file
	}
	// Operator is a word that is none of the others; content is made of them.
	Operator string
)

// Resolve follows references to what they name; nil where there is nothing.
func (f *File) Resolve(v any) any {
	for range mostReferences {
		ref, ok := v.(Ref)
		if !ok {
			return v
		}
		v = f.Object(ref.Number)
	}
	return nil
}

// mostReferences is how often a reference may lead to a reference.
const mostReferences = 16

// Dict is a dictionary, or that of a stream; nil when v is neither.
func (f *File) Dict(v any) Dict {
	switch d := f.Resolve(v).(type) {
	case Dict:
		return d
	case *Stream:
		return d.Dict
	}
	return nil
}

// Array is an array; nil when v is none.
func (f *File) Array(v any) Array {
	a, _ := f.Resolve(v).(Array)
	return a
}

// Stream is a stream; nil when v is none.
func (f *File) Stream(v any) *Stream {
	s, _ := f.Resolve(v).(*Stream)
	return s
}

// Name is a name; empty when v is none.
func (f *File) Name(v any) Name {
	n, _ := f.Resolve(v).(Name)
	return n
}

// Int is a whole number.
func (f *File) Int(v any) (n int, ok bool) {
	switch n := f.Resolve(v).(type) {
	case int:
		return n, true
	case float64:
		if n > -1e9 && n < 1e9 {
			return int(n), true
		}
	}
	return 0, false
}

// Number is any number.
func (f *File) Number(v any) (n float64, ok bool) {
	switch n := f.Resolve(v).(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// Numbers are those of an array of numbers alone; nil when v is none.
func (f *File) Numbers(v any) []float64 {
	a := f.Array(v)
	out := make([]float64, 0, len(a))
	for _, v := range a {
		n, ok := f.Number(v)
		if !ok {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// Text is a text string in the words that it stands for.
func (f *File) Text(v any) string {
	s, _ := f.Resolve(v).(String)
	return s.Text()
}

// Text reads a string as the words that it stands for.
func (s String) Text() string {
	switch raw := string(s); {
	case strings.HasPrefix(raw, "\xFE\xFF"):
		return UTF16(raw[2:])
	case strings.HasPrefix(raw, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(raw[3:], "\uFFFD")
	default:
		return latin(raw)
	}
}

// UTF16 reads text that has two bytes for each unit, the higher first.
func UTF16(raw string) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

func latin(raw string) string {
	if utf8.ValidString(raw) && !strings.ContainsFunc(raw, func(r rune) bool { return r >= 0x80 }) {
		return raw
	}
	var out strings.Builder
	for i := range len(raw) {
		out.WriteRune(rune(raw[i]))
	}
	return out.String()
}
