package jsonfile

import "github.com/go-json-experiment/json/jsontext"

// Leaves is an object whose members that are objects are opened, under the names
// of both: "location address". A list is one line.
type Leaves struct{ Flat }

// deepest is how many objects inside one another are opened.
const deepest = 8

// UnmarshalJSONFrom reads it. What stood in it before is overwritten; names that
// come again at their places are not made anew.
func (l *Leaves) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	return l.read(raw)
}

func (l *Leaves) read(raw Raw) error {
	if raw.Kind() != '{' {
		return errNotFlat
	}
	o := opening{words: wordsOf(raw), before: l.Flat, out: l.Flat[:0]}
	o.open(trim(raw), 1)
	l.Flat = o.out
	return nil
}

// opening is an object while it is opened.
type opening struct {
	words
	before, out Flat
	name        []byte // of what stands here
}

func (o *opening) open(raw []byte, depth int) {
	at := len(o.name)
	for i := (inside{rest: raw[1:]}); i.member(); {
		if o.name = o.name[:at]; at > 0 {
			o.name = append(o.name, ' ')
		}
		o.name = appendPlain(o.name, i.name)
		switch v := Raw(i.value); {
		case v[0] == '{' && depth < deepest && !Empty(v):
			o.open(v, depth+1)
		case v[0] == '{' || v[0] == '[':
			if s := Line(v); s != "" {
				o.add(s)
			} else {
				o.add(o.plain(v))
			}
		default:
			o.add(o.plain(v))
		}
	}
	o.name = o.name[:at]
}

func (o *opening) add(value string) {
	f := Field{Value: value}
	if i := len(o.out); i < len(o.before) && string(o.name) == o.before[i].Name {
		f.Name = o.before[i].Name
	} else {
		f.Name = string(o.name)
	}
	o.out = append(o.out, f)
}
