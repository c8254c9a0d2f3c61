package jsonfile

import (
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Fields goes through the members of an object inside a value that was decoded,
// in their order, each a part of it. Of anything else there are none.
func Fields(raw Raw) iter.Seq2[string, jsontext.Value] {
	return func(yield func(string, jsontext.Value) bool) {
		if raw.Kind() != '{' {
			return
		}
		for i := (inside{rest: trim(raw)[1:]}); i.member(); {
			if !yield(Plain(i.name), i.value[:len(i.value):len(i.value)]) {
				return
			}
		}
	}
}

// Items goes through the elements of an array inside a value that was decoded,
// each a part of it. Of anything else there are none.
func Items(raw Raw) iter.Seq2[int, jsontext.Value] {
	return func(yield func(int, jsontext.Value) bool) {
		if raw.Kind() != '[' {
			return
		}
		n := 0
		for i := (inside{rest: trim(raw)[1:]}); i.element(); n++ {
			if !yield(n, i.value[:len(i.value):len(i.value)]) {
				return
			}
		}
	}
}

// inside goes through what stands between the brackets of a value that is known
// to be JSON. Of one that is not, it gives what comes before the fault.
type inside struct{ rest, name, value []byte }

// member goes to the next member of an object.
func (i *inside) member() bool { return i.named() && i.element() }

// named goes over the name of a member, to its value.
func (i *inside) named() bool {
	i.name, i.rest = cut(i.rest)
	if len(i.name) < 2 || i.name[0] != '"' {
		return false
	}
	i.rest = trim(i.rest)
	if len(i.rest) == 0 || i.rest[0] != ':' {
		return false
	}
	i.rest = i.rest[1:]
	return true
}

// element goes to the next element of an array.
func (i *inside) element() bool {
	i.value, i.rest = cut(i.rest)
	if i.rest = trim(i.rest); len(i.rest) > 0 && i.rest[0] == ',' {
		i.rest = i.rest[1:]
	}
	return len(i.value) > 0
}

func trim(raw []byte) []byte {
	for len(raw) > 0 && means[raw[0]] == blank {
		raw = raw[1:]
	}
	return raw
}

// cut gives the value that a text begins with; none where it begins with none,
// or ends inside it.
func cut(raw []byte) (value, rest []byte) {
	raw = trim(raw)
	if len(raw) > 0 && raw[0] == '"' { // as most are
		if n := quoted(raw); n > 0 {
			return raw[:n], raw[n:]
		}
		return nil, nil
	}
	n, depth := 0, 0
	for n < len(raw) {
		switch means[raw[n]] {
		case quote:
			size := quoted(raw[n:])
			if size == 0 {
				return nil, nil
			}
			n += size
		case opens:
			depth++
			n++
		case closes:
			if depth == 0 {
				return raw[:n], raw[n:]
			}
			depth--
			n++
		case plain:
			for n++; n < len(raw) && means[raw[n]] == plain; n++ {
			}
		default: // between values
			if depth == 0 {
				return raw[:n], raw[n:]
			}
			n++
			continue
		}
		if depth == 0 {
			return raw[:n], raw[n:]
		}
	}
	return nil, nil
}

// quoted is how many bytes a string has; 0 for one without its end.
func quoted(raw []byte) int {
	for n := 1; n < len(raw); n += 2 {
		if n = overUnescaped(raw, n); n < len(raw) && raw[n] == '"' {
			return n + 1
		}
	}
	return 0
}
