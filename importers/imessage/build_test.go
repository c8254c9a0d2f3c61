package imessage

import (
	"encoding/binary"
	"fmt"
	"math"
)

// formatted writes a text as the app does in its formatted form.
func formatted(text string) []byte {
	b := []byte("\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+")
	switch n := len(text); {
	case n < 0x80:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.LittleEndian.AppendUint16(append(b, 0x81), uint16(n))
	default:
		b = binary.LittleEndian.AppendUint32(append(b, 0x82), uint32(n))
	}
	return append(append(b, text...), "\x86\x84\x02iI\x01\x0a\x92\x84\x84\x84\x0cNSDictionary\x00\x94\x84\x01i\x01\x92\x84\x96\x96\x1d__kIMMessagePartAttributeName\x86\x86"...)
}

// blob writes bytes as SQL does.
func blob(b []byte) string { return fmt.Sprintf("x'%x'", b) }

// list writes a property list; it takes maps of one key, slices, strings,
// bytes, whole numbers and others.
func list(v any) []byte {
	var objects [][]byte
	top := object1(&objects, v)
	b := []byte("bplist00")
	var offsets []byte
	for _, o := range objects {
		offsets = binary.BigEndian.AppendUint16(offsets, uint16(len(b)))
		b = append(b, o...)
	}
	table := len(b)
	b = append(append(b, offsets...), 0, 0, 0, 0, 0, 0, 2, 1)
	for _, n := range []int{len(objects), top, table} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return b
}

// pair is one entry of a dictionary.
type pair struct {
	key   string
	value any
}

func object1(objects *[][]byte, v any) int {
	head := func(kind byte, n int) []byte {
		if n < 15 {
			return []byte{kind<<4 | byte(n)}
		}
		return []byte{kind<<4 | 15, 0x11, byte(n >> 8), byte(n)}
	}
	at := len(*objects)
	*objects = append(*objects, nil)
	var b []byte
	switch v := v.(type) {
	case []pair:
		b = head(0xd, len(v))
		var keys, values []byte
		for _, p := range v {
			keys, values = append(keys, byte(object1(objects, p.key))), append(values, byte(object1(objects, p.value)))
		}
		b = append(append(b, keys...), values...)
	case []any:
		b = head(0xa, len(v))
		for _, o := range v {
			b = append(b, byte(object1(objects, o)))
		}
	case string:
		b = append(head(5, len(v)), v...)
	case []byte:
		b = append(head(4, len(v)), v...)
	case int:
		b = []byte{0x10, byte(v)}
	case float64:
		b = binary.BigEndian.AppendUint64([]byte{0x23}, math.Float64bits(v))
	default:
		panic(fmt.Sprintf("%T", v))
	}
	(*objects)[at] = b
	return at
}
