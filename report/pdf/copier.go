package pdf

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"daybook/report/pdf/object"
)

// A copier copies objects of a foreign file into a document: what draws, and
// nothing that acts or leads elsewhere.
type copier struct {
	file    *object.File
	to      *binder
	numbers map[copied]int // in the document
	smaller func(number int, s *object.Stream) (object.Dict, []byte)
	apart   bool     // see Foreign.Apart
	queue   []copied // noted and not copied yet
	bytes   int
	err     error
}

// copied is an object of the file, and whether its keys are names that the file
// chose.
type copied struct {
	number int
	chosen bool
}

// dropped are keys that do something, lead to another file, to the page or to the
// structure of the foreign document.
var dropped = map[object.Name]bool{
	"A": true, "AA": true, "AF": true, "Annots": true, "B": true, "Dest": true, "EF": true, "F": true, "FDecodeParms": true, "FFilter": true, "JS": true,
	"LastModified": true, "Metadata": true, "OC": true, "OPI": true, "OpenAction": true, "Parent": true, "PieceInfo": true, "RichMediaContent": true,
	"StructParent": true, "StructParents": true, "Thumb": true, "URI": true, "Measure": true, "PtData": true, "Alternates": true, "PS": true, "Properties": true,
}

// named are keys whose dictionary has names that the foreign file chose.
var named = map[object.Name]bool{
	"Font": true, "XObject": true, "ExtGState": true, "ColorSpace": true, "Pattern": true, "Shading": true, "CharProcs": true, "Colorants": true,
}

// foreign kinds are no part of what draws a page.
var foreignKinds = map[object.Name]bool{
	"Action": true, "Annot": true, "Catalog": true, "Filespec": true, "F": true, "EmbeddedFile": true, "Page": true, "Pages": true, "ObjStm": true, "XRef": true, "Sig": true,
}

// painting are the parts of what a page draws with.
var painting = [...]object.Name{"ColorSpace", "ExtGState", "Font", "Pattern", "Shading", "XObject"}

// resources appends those of a page.
func (c *copier) resources(out []byte, dict object.Dict) []byte {
	out = append(out, "<<"...)
	for _, key := range painting {
		if dict[key] != nil {
			out = c.value(appendName(out, key), dict[key], 0, true)
		}
	}
	return append(out, ">>"...)
}

// mostNesting is how deep values may lie in each other; the reader allows as much.
const mostNesting = 70

// value appends a value; what it refers to is copied later. A dictionary of chosen
// names keeps all its keys.
func (c *copier) value(out []byte, v any, depth int, chosen bool) []byte {
	if depth > mostNesting {
		return append(out, " null"...)
	}
	switch v := v.(type) {
	case bool:
		return fmt.Appendf(out, " %t", v)
	case int:
		return strconv.AppendInt(append(out, ' '), int64(v), 10)
	case float64:
		return strconv.AppendFloat(append(out, ' '), v, 'f', -1, 64)
	case object.Name:
		return appendName(out, v)
	case object.String:
		return fmt.Appendf(out, "<%X>", string(v))
	case object.Ref:
		return c.ref(out, copied{v.Number, chosen})
	case object.Array:
		out = append(out, '[')
		for _, each := range v {
			out = c.value(out, each, depth+1, false)
		}
		return append(out, ']')
	case object.Dict:
		return c.dict(out, v, depth+1, chosen)
	case sieved:
		return c.dict(out, object.Dict(v), depth+1, chosen)
	}
	return append(out, " null"...)
}

// dict appends a dictionary in the order of its keys.
func (c *copier) dict(out []byte, d object.Dict, depth int, chosen bool) []byte {
	if !chosen && foreignKinds[c.file.Name(d["Type"])] {
		return append(out, " null"...)
	}
	out = append(out, "<<"...)
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if !chosen && dropped[key] {
			continue
		}
		if _, is := d[key].(sieved); key == "Resources" && c.apart && !chosen && !is {
			continue
		}
		out = c.value(appendName(out, key), d[key], depth, !chosen && named[key])
	}
	return append(out, ">>"...)
}

// ref appends the number that an object has in the document.
func (c *copier) ref(out []byte, r copied) []byte {
	number, known := c.numbers[r]
	if !known {
		if len(c.numbers) >= mostForeignParts {
			c.err = ErrTooLong
			return append(out, " null"...)
		}
		number = c.to.reserve()
		c.numbers[r] = number
		c.queue = append(c.queue, r)
	}
	return fmt.Appendf(out, " %d 0 R", number)
}

// rest copies what was referred to, until nothing is left.
func (c *copier) rest() error {
	for len(c.queue) > 0 && c.err == nil {
		from := c.queue[0]
		c.queue = c.queue[1:]
		c.object(c.numbers[from], from, c.file.Object(from.number))
		if err := c.file.Err(); err != nil && c.err == nil {
			c.err = err
		}
	}
	return c.err
}

func (c *copier) object(number int, from copied, v any) {
	s, ok := v.(*object.Stream)
	if !ok {
		v = c.typed(v)
		body := bytes.TrimLeft(c.value(nil, v, 0, from.chosen), " ")
		c.count(len(body))
		c.to.object(number, body)
		return
	}
	if foreignKinds[c.file.Name(s.Dict["Type"])] || c.file.Name(s.Dict["Subtype"]) == "PS" {
		c.to.object(number, []byte("null"))
		return
	}
	if dict, data := c.smaller(from.number, s); dict != nil {
		c.stored(number, dict, data, dict["Filter"] == nil)
		return
	}
	dict := maps.Clone(s.Dict)
	delete(dict, "Length")
	if kind, parms, data, err := c.file.Picture(s); kind != "" {
		if err != nil {
			c.to.object(number, []byte("null"))
			return
		}
		dict["Filter"], dict["DecodeParms"] = kind, parms
		c.stored(number, dict, pictureAlone(kind, data), false)
		return
	}
	data, err := c.file.Data(s, mostContent)
	plain := err == nil
	if plain {
		delete(dict, "Filter")
		delete(dict, "DecodeParms")
	} else if data, err = c.file.Raw(s); err != nil {
		c.to.object(number, []byte("null"))
		return
	}
	if c.apart && plain && dict["Resources"] != nil {
		dict["Resources"] = c.sieve(c.file.Dict(dict["Resources"]), data)
	}
	c.stored(number, dict, data, plain)
}

// stored writes a stream, and packs what is not packed.
func (c *copier) stored(number int, dict object.Dict, data []byte, plain bool) {
	c.count(len(data))
	body := c.dict(nil, dict, 0, false)
	inner := string(bytes.TrimSuffix(bytes.TrimPrefix(body, []byte("<<")), []byte(">>")))
	if plain {
		c.to.pressed(number, inner, data)
	} else {
		c.to.stream(number, inner, data)
	}
}

func (c *copier) count(n int) {
	if c.bytes += n; c.bytes > mostForeignCopy && c.err == nil {
		c.err = ErrTooLong
	}
}

// appendName appends a name, with what is no plain letter as its number.
func appendName(out []byte, name object.Name) []byte {
	out = append(out, '/')
	for i := range len(name) {
		switch b := name[i]; {
		case b > ' ' && b < 0x7F && !bytes.ContainsRune([]byte("()<>[]{}/%#"), rune(b)):
			out = append(out, b)
		default:
			out = fmt.Appendf(out, "#%02X", b)
		}
	}
	return out
}
