package jsonfile

import (
	"bytes"
	"iter"
	"reflect"

	"github.com/go-json-experiment/json"
)

// Records goes through the array that stands here and reads each element into
// the Go value, as Decode does.
func (f *File) Records(into any) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		for _, err := range f.Elements() {
			var v Value
			if err == nil {
				v, err = f.Decode(into)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// ahead is how much of a file is there when a record is read, so that few are
// cut off by the end of what is.
const ahead = 16 << 10

// Decode reads the value that stands here into a Go value, as Value and its
// Decode would; where this one record cannot be read, its Bad says why. Records
// that are as most are cost little more than their bytes. What stood in the Go
// value before is gone.
func (f *File) Decode(into any) (Value, error) {
	f.fill(ahead)
	f.space()
	if end := f.quick(f.buf, f.pos, into); end != refused {
		x := extent{at: f.Offset(), raw: f.buf[f.pos:end], size: int64(end - f.pos)}
		f.pos, f.fresh = end, false
		v := f.placed(x)
		switch into.(type) {
		case *Flat:
			v.once = f.flat.once
		case *Tree, *Leaves:
		default:
			v.once = true
		}
		return v, nil
	}
	v, err := f.Value()
	if err == nil {
		v.Bad = v.Decode(into)
	}
	return v, err
}

// quick reads a record in one go, or leaves it to the library.
func (f *File) quick(b []byte, i int, into any) int {
	r := record{File: f, b: b}
	end := refused
	tree, isTree := into.(*Tree)
	switch {
	case isTree:
		*tree, end = r.tree(i, 0, append((*tree)[:0], Node{}))
	case i < len(b) && b[i] == '{':
		end = r.read(i, into)
	}
	if end-i > MaxValue {
		return refused
	}
	return end
}

// read reads an object.
func (r *record) read(i int, into any) (end int) {
	switch into := into.(type) {
	case *Flat:
		*into, end = r.row(i, &r.flat, (*into)[:0])
	case *Leaves:
		into.Flat, end = r.row(i, &r.leaves, into.Flat[:0])
	default:
		end = r.fields(i, reflect.ValueOf(into).Elem())
	}
	return end
}

// fields reads a record into a struct.
func (r *record) fields(i int, into reflect.Value) int {
	into.SetZero()
	p := r.plans.of(into.Type())
	if p == nil {
		return refused
	}
	end := r.object(i, 0, p, into)
	if r.rest = r.rest[:0]; end == refused {
		into.SetZero()
	}
	return end
}

// record is a record while it is read in one go.
type record struct {
	*File
	b []byte
}

// object reads an object into a struct. open is how many brackets stand around
// it.
func (r *record) object(i, open int, p *plan, into reflect.Value) int {
	if open == MaxDepth {
		return refused
	}
	more := len(r.rest)
	var met uint64 // of the first members, which are all in nearly every struct
	i++
	for last := 0; ; {
		at, next := p.after[last].of(r.b, i)
		if next == refused {
			at, next = r.name(i, p, last)
		}
		if i = next; i == refused {
			return refused
		}
		switch {
		case at == closed:
			if len(r.rest) > more {
				others := into.Field(p.rest)
				if others.Len() > 0 { // the object comes a second time
					return refused
				}
				others.SetBytes(r.kept(append(r.rest[more:], '}')))
				r.rest = r.rest[:more]
			}
			return i
		case at >= p.known:
			i = r.other(i, open+1, more, p, &p.members[at], into)
		case at < 64 && met&(1<<at) != 0: // a second time
			return refused
		default:
			met |= 1 << min(at, 64)
			i = r.value(i, open+1, &p.members[at], into.Field(at))
		}
		if i == refused {
			return refused
		}
		last = at + 1
	}
}

// name goes from the end of a value to the next one, and tells whose it is.
func (r *record) name(from int, p *plan, last int) (at, i int) {
	b := r.b
	i = overBlanks(b, from)
	switch {
	case i >= len(b):
		return 0, refused
	case b[i] == '}':
		p.after[last].learn(b[from:i+1], closed)
		return closed, i + 1
	case last > 0 && b[i] != ',':
		return 0, refused
	case last > 0:
		i = overBlanks(b, i+1)
	}
	quoted := i
	if i = overName(b, i); i == refused {
		return 0, refused
	}
	end, escaped := overQuoted(b, quoted)
	if escaped {
		return 0, refused
	}
	if at = p.member(b[quoted:end]); at == refused {
		return 0, refused
	}
	p.after[last].learn(b[from:i], at)
	return at, i
}

// other reads a member that the struct has no field for. more is where the
// object's others begin.
func (r *record) other(i, open, more int, p *plan, m *member, into reflect.Value) int {
	if p.rest < 0 {
		return overAny(r.b, i, open)
	}
	rest := into.Field(p.rest)
	if rest.Kind() == reflect.Map {
		s, end := r.plain(i, open)
		if rest.IsNil() {
			rest.Set(reflect.MakeMap(rest.Type()))
		}
		rest.SetMapIndex(m.name, reflect.ValueOf(Scalar(s)))
		return end
	}
	end := overAny(r.b, i, open)
	if end == refused {
		return refused
	}
	before := byte('{')
	if len(r.rest) > more {
		before = ','
	}
	r.rest = append(append(r.rest, before), m.quoted...)
	r.rest = append(append(r.rest, ':'), r.b[i:end]...)
	return end
}

// value reads a member that the struct has a field for.
func (r *record) value(i, open int, m *member, into reflect.Value) int {
	if i >= len(r.b) {
		return refused
	}
	switch first := r.b[i]; {
	case m.kind == scalars, m.kind == texts && (first == '"' || first == 'n'):
		s, end := r.plain(i, open)
		into.SetString(s)
		return end
	case m.kind == raws:
		end := overAny(r.b, i, open)
		if end != refused {
			into.SetBytes(r.kept(r.b[i:end]))
		}
		return end
	case m.kind == others:
		end := overAny(r.b, i, open)
		if end == refused || json.Unmarshal(r.b[i:end], into.Addr().Interface(), lenient) != nil {
			return refused
		}
		return end
	case first == 'n':
		into.SetZero()
		return overAny(r.b, i, open)
	case m.kind == flags && (first == 't' || first == 'f'):
		into.SetBool(first == 't')
		return overAny(r.b, i, open)
	case m.kind == structs && first == '{':
		return r.object(i, open, m.of, into)
	case m.kind == pointers:
		if into.IsNil() {
			into.Set(reflect.New(into.Type().Elem()))
		}
		return r.value(i, open, &m.of.members[0], into.Elem())
	case m.kind == lists && first == '[':
		return r.list(i, open, m.of, into)
	}
	return refused
}

// list reads an array into a slice.
func (r *record) list(i, open int, elements *plan, into reflect.Value) int {
	if open == MaxDepth {
		return refused
	}
	into.Set(elements.empty)
	if i = overBlanks(r.b, i+1); i < len(r.b) && r.b[i] == ']' {
		return i + 1
	}
	for n := 0; ; n++ {
		into.Grow(1)
		into.SetLen(n + 1)
		if i = r.value(i, open+1, &elements.members[0], into.Index(n)); i == refused {
			return refused
		}
		i = overBlanks(r.b, i)
		if i >= len(r.b) || r.b[i] != ',' {
			break
		}
		i = overBlanks(r.b, i+1)
	}
	if i >= len(r.b) || r.b[i] != ']' {
		return refused
	}
	return i + 1
}

// plain gives a value as Plain does.
func (r *record) plain(i, open int) (string, int) {
	if i >= len(r.b) {
		return "", refused
	}
	if r.b[i] != '"' {
		end := overAny(r.b, i, open)
		if end == refused || r.b[i] == 'n' {
			return "", end
		}
		return r.strings.Of(r.b[i:end]), end
	}
	end, escaped := overQuoted(r.b, i)
	switch {
	case end == refused:
		return "", refused
	case !escaped:
		return r.strings.Of(r.b[i+1 : end-1]), end
	}
	r.room = appendUnescaped(r.room[:0], r.b[i:end])
	return r.strings.Of(r.room), end
}

// kept gives bytes that stay when the walk goes on: a copy, in a piece of memory
// that it shares with its neighbours.
func (f *File) kept(b []byte) []byte {
	const piece = 4 << 10
	if cap(f.piece)-len(f.piece) < len(b) {
		if len(b) > piece/4 {
			return bytes.Clone(b)
		}
		f.piece = make([]byte, 0, piece)
	}
	n := len(f.piece)
	f.piece = append(f.piece, b...)
	return f.piece[n:len(f.piece):len(f.piece)]
}
