package jsonfile

import (
	"errors"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Flat is an object of plain values, in its order: a row of a list, whatever
// names its producer and year give its columns. A bracket inside it is its own
// JSON, null is empty.
type Flat []Field

// Field is one member.
type Field struct{ Name, Value string }

var errNotFlat = errors.New("this record is no object")

// UnmarshalJSONFrom reads it. What stood in it before is overwritten.
func (f *Flat) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	if *f = (*f)[:0]; raw.Kind() != '{' {
		return errNotFlat
	}
	for i := (inside{rest: trim(raw)[1:]}); i.member(); {
		*f = append(*f, Field{Plain(i.name), Plain(i.value)})
	}
	return nil
}

// Get gives the first value that says anything under one of the names, the
// names in their order.
func (f Flat) Get(names ...string) string {
	for _, name := range names {
		for i := range f {
			if f[i].Name == name && f[i].Value != "" {
				return f[i].Value
			}
		}
	}
	return ""
}

// Twice gives what the row says under one name, where it says it more than once
// and not the same.
func (f Flat) Twice(name string) []string {
	n := 0
	for i := range f {
		if f[i].Name == name {
			n++
		}
	}
	if n < 2 {
		return nil
	}
	var said []string
	for i := range f {
		if f[i].Name == name {
			said = append(said, f[i].Value)
		}
	}
	return differing(said)
}

// distinct tells that no name stands in the row twice. Of a row that is longer than
// any real one it is not said.
func (f Flat) distinct() bool {
	if len(f) > maxMet {
		return false
	}
	for i := range f {
		if f[:i].Has(f[i].Name) {
			return false
		}
	}
	return true
}

// Has tells whether there is such a member, if only an empty one.
func (f Flat) Has(name string) bool {
	for i := range f {
		if f[i].Name == name {
			return true
		}
	}
	return false
}

// Rest gives the members that say something, but for those named.
func (f Flat) Rest(but ...string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
	next:
		for i := range f {
			if f[i].Value == "" {
				continue
			}
			for _, name := range but {
				if f[i].Name == name {
					continue next
				}
			}
			if !yield(f[i].Name, f[i].Value) {
				return
			}
		}
	}
}
