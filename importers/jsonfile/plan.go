package jsonfile

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
)

// plan is how records of one struct are read, and what was learned of them: the
// records of a file are printed by one program, so that behind a member nearly
// always comes the one that came behind it in the record before, with the same
// white space between.
type plan struct {
	members []member // those of the struct, in its order, and behind them others that were met
	known   int      // how many are the struct's
	rest    int      // the field that takes all others; -1 where none does
	names   map[string]int
	after   []guess       // what came behind each member, and first what came behind the brace
	empty   reflect.Value // of a list
}

type member struct {
	quoted []byte        // its name as it stands in the file, for the field that takes all others
	name   reflect.Value // the same as a string
	kind   sort
	of     *plan // of what a struct, a list or a pointer holds
}

// guess is what stood from the end of a value to the beginning of the next one,
// or to the end of the object.
type guess struct {
	text   []byte
	member int // closed at the end of the object
}

const (
	closed    = -1
	maxMet    = 200 // members of other names that are remembered
	maxBlanks = 256 // bytes of a guess
)

// sort is how a member is read.
type sort uint8

const (
	others sort = iota // by the library
	scalars
	raws
	texts
	flags
	structs
	pointers
	lists
)

var (
	scalarType = reflect.TypeFor[Scalar]()
	rawType    = reflect.TypeFor[Raw]()
	restMap    = reflect.TypeFor[map[string]Scalar]()
	methods    = []reflect.Type{reflect.TypeFor[json.UnmarshalerFrom](), reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[interface{ UnmarshalText([]byte) error }]()}
)

// plans are those of the structs that a file was read into.
type plans map[reflect.Type]*plan

// of gives the plan of a struct; nil for what the library has to read.
func (all plans) of(t reflect.Type) *plan {
	if p, ok := all[t]; ok {
		return p
	}
	p := &plan{rest: -1, names: map[string]int{}}
	all[t] = p // before its fields, which may be of the same type
	if t.Kind() != reflect.Struct || methodical(t) || !all.fields(p, t) {
		all[t] = nil
		return nil
	}
	p.known = len(p.members)
	p.after = make([]guess, p.known+1)
	return p
}

func methodical(t reflect.Type) bool {
	for _, m := range methods {
		if reflect.PointerTo(t).Implements(m) {
			return true
		}
	}
	return false
}

// fields plans the fields of a struct and tells whether it has none but those
// that are known here.
func (all plans) fields(p *plan, t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			return false
		case option == "embed" && (f.Type == rawType || f.Type == restMap):
			p.rest = i
		case option != "":
			return false
		case f.IsExported() && name != "-":
			if name == "" {
				name = f.Name
			}
			p.names[name] = i
		}
		m := member{}
		m.kind, m.of = all.sort(f.Type)
		p.members = append(p.members, m)
	}
	return true
}

// sort tells how a type is read.
func (all plans) sort(t reflect.Type) (sort, *plan) {
	switch {
	case t == scalarType:
		return scalars, nil
	case t == rawType:
		return raws, nil
	case methodical(t):
		return others, nil
	}
	switch t.Kind() {
	case reflect.String:
		return texts, nil
	case reflect.Bool:
		return flags, nil
	case reflect.Struct:
		if p := all.of(t); p != nil {
			return structs, p
		}
	case reflect.Pointer, reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 { // bytes are base64
			return others, nil
		}
		kind, of := all.sort(t.Elem())
		elem := &plan{members: []member{{kind: kind, of: of}}}
		if t.Kind() == reflect.Slice {
			elem.empty = reflect.MakeSlice(t, 0, 0)
			return lists, elem
		}
		return pointers, elem
	}
	return others, nil
}

// member finds a member by the name that stands in the file.
func (p *plan) member(quoted []byte) int {
	name := quoted[1 : len(quoted)-1]
	if n, ok := p.names[string(name)]; ok {
		return n
	}
	if len(p.members)-p.known >= maxMet {
		return refused
	}
	n := len(p.members)
	p.names[string(name)] = n
	p.members = append(p.members, member{quoted: bytes.Clone(quoted), name: reflect.ValueOf(string(name))})
	p.after = append(p.after, guess{})
	return n
}

// of tells whether the guess is right of what stands here, whose value comes
// next and where it begins.
func (g *guess) of(b []byte, i int) (member, next int) {
	next = i + len(g.text)
	if len(g.text) == 0 || next >= len(b) && g.member != closed || !bytes.HasPrefix(b[i:], g.text) || g.member != closed && means[b[next]] == blank {
		return 0, refused
	}
	return g.member, next
}

// learn keeps what stood before a value.
func (g *guess) learn(text []byte, member int) {
	if len(text) <= maxBlanks {
		g.text, g.member = append(g.text[:0], text...), member
	}
}
