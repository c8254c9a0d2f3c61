package jsonfile

import "github.com/go-json-experiment/json/jsontext"

// Leaves is an object whose members that are objects are opened, under the names
// of both: "location address". A list is one line.
type Leaves struct{ Flat }

// deepest is how many objects inside one another are opened.
const deepest = 8

// UnmarshalJSONFrom reads it. What stood in it before is overwritten.
func (l *Leaves) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	if l.Flat = l.Flat[:0]; raw.Kind() != '{' {
		return errNotFlat
	}
	l.open(trim(raw), nil, 1)
	return nil
}

func (l *Leaves) open(raw, path []byte, depth int) {
	if len(path) > 0 {
		path = append(path, ' ')
	}
	for i := (inside{rest: raw[1:]}); i.member(); {
		name := appendPlain(path[:len(path):len(path)], i.name)
		v := Raw(i.value)
		switch opens := v[0] == '{' || v[0] == '['; {
		case v[0] == '{' && depth < deepest && !Empty(v):
			l.open(v, name, depth+1)
		case opens && Line(v) != "":
			l.Flat = append(l.Flat, Field{string(name), Line(v)})
		default:
			l.Flat = append(l.Flat, Field{string(name), Plain(v)})
		}
	}
}
