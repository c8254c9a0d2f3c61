package imessage

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// maxWords is the longest text that a formatted form is believed to hold.
const maxWords = 16 << 20

// plainText finds the text in the formatted form of a message: an
// NSAttributedString written by NSArchiver ("streamtyped"). The first object of
// class NSString in it is the text. It stands behind the class as the sign "+",
// a length and that many bytes of UTF-8; a length of a byte or, behind 0x81,
// two, or, behind 0x82, four, the lowest first.
func plainText(b []byte) (string, bool) {
	_, b, ok := bytes.Cut(b, []byte("NSString"))
	if !ok {
		return "", false
	}
	const between = 16 // the version of the class and the shapes that follow it
	sign := bytes.Index(b[:min(len(b), between)], []byte{0x84, 0x01, '+'})
	if sign < 0 {
		return "", false
	}
	b = b[sign+3:]
	n, b, ok := length(b)
	if !ok || n > maxWords || n > len(b) {
		return "", false
	}
	text := string(b[:n])
	return strings.ToValidUTF8(text, "\uFFFD"), utf8.ValidString(text)
}

// length reads a whole number as a typed stream writes it.
func length(b []byte) (n int, rest []byte, ok bool) {
	switch {
	case len(b) >= 1 && b[0] < 0x80:
		return int(b[0]), b[1:], true
	case len(b) >= 3 && b[0] == 0x81:
		return int(binary.LittleEndian.Uint16(b[1:])), b[3:], true
	case len(b) >= 5 && b[0] == 0x82:
		return int(binary.LittleEndian.Uint32(b[1:])), b[5:], true
	}
	return 0, nil, false
}
