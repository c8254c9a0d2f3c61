package anonymise

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// decode16 reads UTF-16; half of a pair becomes a private character.
func decode16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	var out []rune
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			both := utf8.RuneError
			if i+1 < len(units) {
				both = utf16.DecodeRune(r, rune(units[i+1]))
			}
			if both == utf8.RuneError {
				r = halfPair + r&0xfff
			} else {
				r = both
				i++
			}
		}
		out = append(out, r)
	}
	return string(out)
}

func encode16(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, r := range s {
		switch {
		case r >= halfPair && r < halfPair+0x1000:
			b = order.AppendUint16(b, uint16(0xd000+r-halfPair))
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			b = order.AppendUint16(order.AppendUint16(b, uint16(high)), uint16(low))
		default:
			b = order.AppendUint16(b, uint16(r))
		}
	}
	return b
}
