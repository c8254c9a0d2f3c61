package file

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// plain keeps the first words of a text.
func (f *facts) plain(head []byte, size int64) {
	text, encoding := decode(head)
	f.set("encoding", encoding)
	f.say(text)
	f.textCut = f.textCut || size > int64(len(head))
}

// isText tells bytes that are words: no NUL unless in UTF-16, few controls.
func isText(b []byte) bool {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return len(b)%2 == 0
	}
	odd := 0
	for _, c := range b {
		if c == 0 {
			return false
		}
		if c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			odd++
		}
	}
	return odd*50 <= len(b)
}

// decode reads text as UTF-8 or UTF-16, else as Windows-1252, which is said to
// be a guess.
func decode(b []byte) (text, encoding string) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return string(b[3:]), "utf-8"
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return wide(b[2:], 0, 1), "utf-16le"
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return wide(b[2:], 1, 0), "utf-16be"
	case utf8.Valid(whole(b)):
		return string(whole(b)), "utf-8"
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return latin1(b), "iso-8859-1 (a guess)"
	}
	return string(s), "windows-1252 (a guess)"
}

func wide(b []byte, low, high int) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i+low]) | uint16(b[2*i+high])<<8
	}
	return string(utf16.Decode(u))
}

// whole leaves out a letter that the end of the head cuts in two.
func whole(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

func latin1(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

// say sets the first words, and whether there are more.
func (f *facts) say(text string) {
	f.text = tidy(text, maxText)
	f.textCut = f.textCut || len(f.text) < len(tidy(text, len(text)))
}

// tidy makes text fit to be kept: valid, without controls, not longer than n.
func tidy(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if len(s) > n {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:n], ""))
	}
	return s
}
