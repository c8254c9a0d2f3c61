package jsonfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Value is one value that was read whole. It holds until the next step of the
// walk.
type Value struct {
	Record string // "messages[12] at byte 3456", or "line 3 at byte 120"
	At     int64
	Size   int64
	Raw    jsontext.Value // as it stands in the file, perhaps no JSON inside; nil when it is larger than MaxValue
	Bad    error          // why it could not be decoded, where that was tried

	file  *File
	depth int
	head  []byte // of a value that was not kept
	once  bool   // no member that its Go value has a place for stands in it twice
}

// Twice gives what a record says under one name, where it says it more than once
// and not the same.
func (v Value) Twice(name string) []string {
	if v.once || v.Raw == nil || !mayRepeat(v.Raw, name) {
		return nil
	}
	var said []string
	for member, raw := range Fields(v.Raw) {
		if member == name {
			said = append(said, Plain(raw))
		}
	}
	return differing(said)
}

// mayRepeat tells by the bytes of a record whether a name may stand in it twice: as
// it is, or with letters that are written as \u0061.
func mayRepeat(raw []byte, name string) bool {
	if bytes.Contains(raw, []byte(`\u`)) {
		return true
	}
	var room [64]byte
	quoted := append(append(append(room[:0], '"'), name...), '"')
	i := bytes.Index(raw, quoted)
	return i >= 0 && bytes.Contains(raw[i+1:], quoted)
}

// differing gives texts that are not all the same, each once.
func differing(said []string) []string {
	slices.Sort(said)
	if said = slices.Compact(said); len(said) < 2 {
		return nil
	}
	return said
}

// value is that of an extent, in the place that f.words holds.
func (f *File) value(x extent) Value {
	f.words = strconv.AppendInt(append(f.words, " at byte "...), x.at, 10)
	return Value{Record: f.strings.Of(f.words), At: x.at, Size: x.size, Raw: x.raw, file: f, depth: x.depth, head: x.head}
}

// lenient is what real exports need: see the package comment.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

var (
	errLarge = fmt.Errorf("this record is larger than %d MiB, as no real one is", MaxValue>>20)
	errNone  = errors.New("nothing stands here")
)

// Decode reads the value into a Go value, by the rules of the library's version
// 2: names are exact, unknown ones are passed over unless a field is tagged
// `json:",embed"`, null is nothing, and "\x0B" in a text is "\u000B". Its error says why this one record cannot be
// read; the walk goes on.
func (v Value) Decode(into any) error {
	switch {
	case v.Size == 0:
		return errNone
	case v.Raw == nil:
		return errLarge
	case v.depth > MaxDepth:
		return errDeep
	}
	if v.file != nil && v.file.quick(v.Raw, 0, into) == len(v.Raw) {
		return nil
	}
	err := json.Unmarshal(v.Raw, into, lenient)
	if err != nil && bytes.Contains(v.Raw, []byte(`\x`)) {
		err = json.Unmarshal(hexEscapes(v.Raw), into, lenient)
	}
	if err != nil {
		return unfit{err}
	}
	return nil
}

// unfit says in plain words why a record cannot be read.
type unfit struct{ error }

func (u unfit) Error() string {
	if at := (*json.SemanticError)(nil); errors.As(u.error, &at) && at.JSONKind != 0 {
		where := "as the whole of it"
		if at.JSONPointer != "" {
			where = "at " + string(at.JSONPointer)
		}
		return fmt.Sprintf("this record is not built as the format has it: %s does not fit %s", kinds[at.JSONKind], where)
	}
	if errors.Is(u.error, errNotFlat) {
		return errNotFlat.Error()
	}
	return "this record is not built as JSON is: " + u.error.Error()
}

func (u unfit) Unwrap() error { return u.error }

var kinds = map[jsontext.Kind]string{'n': "null", 't': "true", 'f': "false", '"': "a text", '0': "a number", '{': "an object", '[': "a list"}

// hexEscapes writes "\x0B", which is no JSON, as "\u000B": Telegram Desktop
// writes control characters so.
func hexEscapes(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+64)
	for i := 0; i < len(raw); i++ {
		out = append(out, raw[i])
		if raw[i] != '\\' || i+1 == len(raw) {
			continue
		}
		i++
		if raw[i] == 'x' {
			out = append(out, "u00"...)
		} else {
			out = append(out, raw[i])
		}
	}
	return out
}

// maxWords is how much of a record a skip shows.
const maxWords = 4 << 10

// Text is the record as it stands in the file, for a skip: at most 4 KiB of it.
func (v Value) Text() string {
	b := v.Raw
	if b == nil {
		b = v.head
	}
	return strings.ToValidUTF8(string(b[:min(len(b), maxWords)]), "\uFFFD")
}

// Scalar takes a string, a number, true or false, as printed, where producers
// and years differ in which it is. null is empty. A bracket is its own JSON.
type Scalar string

// UnmarshalJSONFrom reads it.
func (s *Scalar) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	*s = Scalar(Plain(raw))
	return nil
}

// Plain is a value as a person would print it: a string without quotes and
// escapes, nothing for null, anything else as it stands.
func Plain(raw jsontext.Value) string {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case raw[0] != '"':
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	if end, escaped := overQuoted(raw, 0); end == len(raw) { // as most are
		var room [512]byte
		if escaped {
			return string(appendUnescaped(room[:0], raw))
		}
		return string(raw[1 : len(raw)-1])
	}
	if inner := raw[1:max(1, len(raw)-1)]; bytes.IndexByte(inner, '\\') < 0 {
		return strings.ToValidUTF8(string(inner), "\uFFFD")
	}
	b, err := jsontext.AppendUnquote(make([]byte, 0, len(raw)), raw)
	if bad := (*jsontext.SyntacticError)(nil); errors.As(err, &bad) && len(b) == 0 {
		b = raw
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// appendPlain appends what Plain gives.
func appendPlain(b, raw []byte) []byte {
	if len(raw) > 1 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) { // as most are
		return append(b, raw[1:len(raw)-1]...)
	}
	return append(b, Plain(raw)...)
}

// Raw is a value as it stands in a file.
type Raw = jsontext.Value
