package mail

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// decode gives the text of bytes that are declared to be in a charset; empty
// when nothing is declared. how says what was done, when it was not simply
// what is declared. whole is false when something could not be decoded, or
// the charset was guessed: the bytes themselves must then be kept.
func decode(b []byte, declared string) (text, how string, whole bool) {
	name := charsetName(declared)
	shifting := strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "hz") || strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-7")
	if !shifting && isASCII(b) {
		return string(b), "", true
	}
	if name == "utf-8" && utf8.Valid(b) {
		return string(b), "", true
	}
	if e, _ := charset.Lookup(name); e != nil && name != "us-ascii" && name != "ascii" && name != "utf-8" {
		if text, ok := with(e, b); ok {
			return text, "", true
		}
		text, _ := with(e, b)
		return text, "not all of it is " + name, false
	}
	was := "no charset is declared"
	if declared != "" {
		was = fmt.Sprintf("declared as %q, which it is not", declared)
	}
	if utf8.Valid(b) && !shifting {
		return string(b), was + "; read as utf-8", true
	}
	return guess(b, was)
}

// guess reads bytes of an unknown charset by what they look like, which is no
// more than a hint.
func guess(b []byte, was string) (text, how string, whole bool) {
	const enough = 16 << 10
	found := chardet.Detect(b[:min(len(b), enough)])
	if e, name := charset.Lookup(found.Encoding); e != nil && name != "utf-8" {
		if text, ok := with(e, b); ok {
			return text, fmt.Sprintf("%s; it looks like %s (certainty %.2f)", was, name, found.Confidence), false
		}
	}
	return strings.ToValidUTF8(string(b), "\ufffd"), was + "; letters that could not be read are shown as \ufffd", false
}

// guessName is the charset that bytes look like; empty when they look like
// none.
func guessName(b []byte) string {
	const enough = 16 << 10
	return chardet.Detect(b[:min(len(b), enough)]).Encoding
}

// decodeShort gives the text of a few raw bytes of a header, which are too few
// to guess from: hint is the charset that the rest of the header points to.
func decodeShort(b []byte, hint string) (text string, whole bool) {
	if utf8.Valid(b) {
		return string(b), true
	}
	if e, _ := charset.Lookup(charsetName(hint)); e != nil {
		text, _ = with(e, b)
		return text, false
	}
	return strings.ToValidUTF8(string(b), "\ufffd"), false
}

// with decodes by an encoding; ok is false when something in b is none of it.
func with(e encoding.Encoding, b []byte) (text string, ok bool) {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil || !utf8.Valid(out) {
		return strings.ToValidUTF8(string(b), "\ufffd"), false
	}
	text = string(out)
	return text, !strings.ContainsRune(text, utf8.RuneError)
}

// charsetName tidies what stands in a header: quotes, case, and the charset
// that is called "charset=…".
func charsetName(declared string) string {
	name := strings.ToLower(strings.Trim(declared, " \t\"'"))
	return strings.TrimPrefix(name, "charset=")
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
