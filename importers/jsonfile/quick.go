package jsonfile

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// A record is read in one go where it is as nearly all are: JSON without a
// fault, its text UTF-8, in memory to its end. These functions go over such
// JSON and check all of it. Each takes where it begins and gives where it ends,
// or refused: of what is then wrong the library and the walk know more.

const refused = -1

// Eight bytes at a time, as bytes of one number.
const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	quotes = ones * '"'
	slashs = ones * '\\'
	blanks = ones * ' '
)

// overPlain goes to the first byte of a string that is its quote, a backslash, a
// control character or no ASCII.
func overPlain(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		q, s := w^quotes, w^slashs
		if found := (w | (w-blanks)&^w | (q-ones)&^q | (s-ones)&^s) & highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' || c >= utf8.RuneSelf {
			break
		}
	}
	return i
}

// overQuoted goes over a string and tells whether it has escapes.
func overQuoted(b []byte, i int) (end int, escaped bool) {
	for i++; ; {
		i = overPlain(b, i)
		switch {
		case i >= len(b) || b[i] < ' ':
			return refused, escaped
		case b[i] == '"':
			return i + 1, escaped
		case b[i] == '\\':
			escaped = true
			if _, i = escape(b, i); i == refused {
				return refused, escaped
			}
		default:
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				return refused, escaped
			}
			i += n
		}
	}
}

// escape gives the character that a backslash and what follows stand for. Half a
// pair of surrogates is refused.
func escape(b []byte, i int) (rune, int) {
	if i+1 >= len(b) {
		return 0, refused
	}
	switch c := b[i+1]; c {
	case '"', '\\', '/':
		return rune(c), i + 2
	case 'b':
		return '\b', i + 2
	case 'f':
		return '\f', i + 2
	case 'n':
		return '\n', i + 2
	case 'r':
		return '\r', i + 2
	case 't':
		return '\t', i + 2
	}
	r := unit(b, i)
	switch {
	case r < 0:
		return 0, refused
	case !utf16.IsSurrogate(r):
		return r, i + 6
	}
	if r = utf16.DecodeRune(r, unit(b, i+6)); r == utf8.RuneError {
		return 0, refused
	}
	return r, i + 12
}

// unit reads what stands as \u00e9; below zero where no such thing does.
func unit(b []byte, i int) rune {
	if i+6 > len(b) || b[i] != '\\' || b[i+1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range b[i+2 : i+6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}

// appendUnescaped appends the text of a string that overQuoted went over.
func appendUnescaped(to, quoted []byte) []byte {
	b := quoted[1 : len(quoted)-1]
	for i := 0; i < len(b); {
		n := bytes.IndexByte(b[i:], '\\')
		if n < 0 {
			return append(to, b[i:]...)
		}
		to = append(to, b[i:i+n]...)
		var r rune
		r, i = escape(b, i+n)
		to = utf8.AppendRune(to, r)
	}
	return to
}

// overBlanks goes to what is no white space; in most files that is one byte, or
// a new line and what the next is indented by.
func overBlanks(b []byte, i int) int {
	for i < len(b) && means[b[i]] == blank {
		i++
	}
	return i
}

// overAny goes over a value of any kind, around which so many brackets are open.
func overAny(b []byte, i, open int) int {
	if i >= len(b) {
		return refused
	}
	switch c := b[i]; {
	case c == '"':
		end, _ := overQuoted(b, i)
		return end
	case c == '{' || c == '[':
		return overBracket(b, i, open)
	case c == '-' || c >= '0' && c <= '9':
		return overNumber(b, i)
	}
	for _, word := range []string{"true", "false", "null"} {
		if len(b)-i >= len(word) && string(b[i:i+len(word)]) == word {
			return ended(b, i+len(word))
		}
	}
	return refused
}

// overBracket goes over an object or an array.
func overBracket(b []byte, i, open int) int {
	if open == MaxDepth {
		return refused
	}
	object := b[i] == '{'
	end := b[i] + 2
	if i = overBlanks(b, i+1); i < len(b) && b[i] == end {
		return i + 1
	}
	for {
		if object {
			if i = overName(b, i); i == refused {
				return refused
			}
		}
		if i = overAny(b, i, open+1); i == refused {
			return refused
		}
		i = overBlanks(b, i)
		if i >= len(b) || b[i] != ',' {
			break
		}
		i = overBlanks(b, i+1)
	}
	if i >= len(b) || b[i] != end {
		return refused
	}
	return i + 1
}

// overName goes over a name and its colon, to the value.
func overName(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return refused
	}
	if i, _ = overQuoted(b, i); i == refused {
		return refused
	}
	if i = overBlanks(b, i); i >= len(b) || b[i] != ':' {
		return refused
	}
	return overBlanks(b, i+1)
}

// overNumber goes over a number.
func overNumber(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	first := i
	if i = overDigits(b, i); i == first || i-first > 1 && b[first] == '0' {
		return refused
	}
	if i < len(b) && b[i] == '.' {
		first = i + 1
		if i = overDigits(b, first); i == first {
			return refused
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		first = i
		if i = overDigits(b, i); i == first {
			return refused
		}
	}
	return ended(b, i)
}

func overDigits(b []byte, i int) int {
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	return i
}

// ended gives the end of a value that shows no end of its own: something that
// is no part of it must follow.
func ended(b []byte, i int) int {
	if i < len(b) && means[b[i]] == plain {
		return refused
	}
	return i
}
