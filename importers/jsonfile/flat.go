package jsonfile

import (
	"bytes"
	"errors"
	"iter"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Flat is an object of plain values, in its order: a row of a list, whatever
// names its producer and year give its columns. A bracket inside it is its own
// JSON, null is empty.
type Flat []Field

// Field is one member.
type Field struct{ Name, Value string }

var errNotFlat = errors.New("this record is no object")

// UnmarshalJSONFrom reads it. What stood in it before is overwritten; names that
// come again at their places are not made anew.
func (f *Flat) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	return f.read(raw)
}

func (f *Flat) read(raw Raw) error {
	if raw.Kind() != '{' {
		return errNotFlat
	}
	before := *f
	*f = before[:0]
	w := wordsOf(raw)
	for i := (inside{rest: trim(raw)[1:]}); i.member(); {
		field := Field{Value: w.plain(i.value)}
		if n := len(*f); n < len(before) && string(i.name[1:len(i.name)-1]) == before[n].Name {
			field.Name = before[n].Name
		} else {
			field.Name = Plain(i.name)
		}
		*f = append(*f, field)
	}
	return nil
}

// words gives the plain values inside a record, of which most are a part of its
// text: one string for all of them.
type words struct {
	raw  []byte
	text string // empty where each is a string of its own
}

// maxShared is how large a record is whose values share its text: one that is
// kept keeps it.
const maxShared = 2 << 10

func wordsOf(raw []byte) words {
	if len(raw) > maxShared || !utf8.Valid(raw) {
		return words{}
	}
	return words{raw, string(raw)}
}

// plain is what Plain gives of a value that is a slice of the record.
func (w words) plain(value []byte) string {
	switch {
	case len(value) == 0 || value[0] == 'n':
		return ""
	case w.text == "" || bytes.IndexByte(value, '\\') >= 0:
		return Plain(value)
	}
	at := cap(w.raw) - cap(value) // both go to the end of one array
	if value[0] == '"' {
		return w.text[at+1 : at+len(value)-1]
	}
	return w.text[at : at+len(value)]
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
