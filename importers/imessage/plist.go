package imessage

import (
	"encoding/binary"
	"errors"
	"math"
	"unicode/utf16"
)

// maxObjects is how many objects of a property list are looked at. A list can
// name one object again and again, and so stand for more than any memory holds.
const maxObjects = 20_000

var errPlist = errors.New("this is no binary property list, or a damaged one")

// plist is a binary property list ("bplist00"): objects by number, at the
// offsets that a table at its end gives.
type plist struct {
	b       []byte
	table   int // where the offsets begin
	count   int
	offset  int // bytes of an offset
	ref     int // bytes of an object's number
	looked  int
	problem bool
}

// object is the place of an object; -1 is none.
type object int

const none object = -1

func openPlist(b []byte) (*plist, object, error) {
	const trailer = 32
	if len(b) < 8+trailer || string(b[:8]) != "bplist00" {
		return nil, none, errPlist
	}
	t := b[len(b)-trailer:]
	count, top, table := binary.BigEndian.Uint64(t[8:]), binary.BigEndian.Uint64(t[16:]), binary.BigEndian.Uint64(t[24:])
	p := &plist{b: b[:len(b)-trailer], offset: int(t[6]), ref: int(t[7])}
	if count > uint64(len(b)) || top >= count || table > uint64(len(p.b)) || p.offset < 1 || p.offset > 8 || p.ref < 1 || p.ref > 8 {
		return nil, none, errPlist
	}
	p.table, p.count = int(table), int(count)
	if p.count*p.offset > len(p.b)-p.table {
		return nil, none, errPlist
	}
	return p, p.at(uint64(top)), nil
}

// at finds an object by its number.
func (p *plist) at(number uint64) object {
	if p.looked++; number >= uint64(p.count) || p.looked > maxObjects {
		p.problem = true
		return none
	}
	at := p.table + int(number)*p.offset
	where := bigEndian(p.b[at : at+p.offset])
	if where >= uint64(p.table) {
		p.problem = true
		return none
	}
	return object(where)
}

func bigEndian(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// head reads the kind of an object, its length and where its content begins.
func (p *plist) head(o object) (kind byte, n, at int) {
	if o < 0 || int(o) >= len(p.b) {
		return 0, 0, 0
	}
	kind, n, at = p.b[o]>>4, int(p.b[o]&0xf), int(o)+1
	if n != 0xf || kind < 4 {
		return kind, n, at
	}
	if at >= len(p.b) || p.b[at]>>4 != 1 {
		p.problem = true
		return 0, 0, 0
	}
	size := 1 << (p.b[at] & 0xf)
	if size > 8 || at+1+size > len(p.b) {
		p.problem = true
		return 0, 0, 0
	}
	long := bigEndian(p.b[at+1 : at+1+size])
	if long > uint64(len(p.b)) {
		p.problem = true
		return 0, 0, 0
	}
	return kind, int(long), at + 1 + size
}

// refs are the objects of an array, or the keys and then the values of a
// dictionary.
func (p *plist) refs(o object, kind byte, times int) (list []object) {
	k, n, at := p.head(o)
	if k != kind || n > maxObjects || at+n*times*p.ref > len(p.b) {
		return nil
	}
	for i := range n * times {
		if p.problem {
			return nil
		}
		list = append(list, p.at(bigEndian(p.b[at+i*p.ref:at+(i+1)*p.ref])))
	}
	return list
}

// array gives the objects of an array.
func (p *plist) array(o object) []object { return p.refs(o, 0xa, 1) }

// dict gives the keys of a dictionary and the objects beside them.
func (p *plist) dict(o object) (keys []string, values []object) {
	list := p.refs(o, 0xd, 2)
	for i := range len(list) / 2 {
		keys, values = append(keys, p.text(list[i])), append(values, list[len(list)/2+i])
	}
	return keys, values
}

// get finds the object beside a key.
func (p *plist) get(o object, key string) object {
	keys, values := p.dict(o)
	for i, k := range keys {
		if k == key {
			return values[i]
		}
	}
	return none
}

// text is a string.
func (p *plist) text(o object) string {
	kind, n, at := p.head(o)
	switch {
	case kind == 5 && at+n <= len(p.b):
		return string(p.b[at : at+n])
	case kind == 6 && at+2*n <= len(p.b):
		units := make([]uint16, n)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(p.b[at+2*i:])
		}
		return string(utf16.Decode(units))
	}
	return ""
}

// data are bytes.
func (p *plist) data(o object) []byte {
	kind, n, at := p.head(o)
	if kind != 4 || at+n > len(p.b) {
		return nil
	}
	return p.b[at : at+n]
}

// number is a whole number or another.
func (p *plist) number(o object) (float64, bool) {
	kind, n, at := p.head(o)
	size := 1 << n
	if n > 3 || at+size > len(p.b) {
		return 0, false
	}
	bits := bigEndian(p.b[at : at+size])
	switch {
	case kind == 1:
		return float64(int64(bits)), true
	case (kind == 2 || kind == 3) && size == 8:
		return math.Float64frombits(bits), true
	case kind == 2 && size == 4:
		return float64(math.Float32frombits(uint32(bits))), true
	}
	return 0, false
}
