package outlook

import "encoding/binary"

// The sets of properties that have names instead of fixed numbers, as they stand
// in a file.
const (
	appointment = "\x02\x20\x06\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
	common      = "\x08\x20\x06\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
)

// longName is the name of a property: its set and its number in it.
type longName struct {
	set    string
	number uint32
}

// namesOf reads which number each named property has in this file.
func namesOf(root *storage) map[longName]uint16 {
	names := map[longName]uint16{}
	in := root.folder("__nameid_version1.0")
	if in == nil {
		return names
	}
	sets, entries := in.bytes(name(0x0002, typeBinary)), in.bytes(name(0x0003, typeBinary))
	for i := 0; i+8 <= len(entries); i += 8 {
		number := binary.LittleEndian.Uint32(entries[i:])
		kind, index := binary.LittleEndian.Uint16(entries[i+4:]), binary.LittleEndian.Uint16(entries[i+6:])
		at := (int(kind>>1) - 3) * 16 // 1 and 2 are sets without an entry
		if kind&1 == 0 && at >= 0 && at+16 <= len(sets) {
			names[longName{string(sets[at : at+16]), number}] = 0x8000 + index
		}
	}
	return names
}

// named is the fixed value of a named property.
func (m *message) named(set string, number uint32) (uint64, bool) {
	id, ok := m.names[longName{set, number}]
	if !ok {
		return 0, false
	}
	return m.value(id, typeTime)
}

// namedWords is the text of a named property.
func (m *message) namedWords(set string, number uint32) string {
	id, ok := m.names[longName{set, number}]
	if !ok {
		return ""
	}
	return m.words(id, m.page)
}
