package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"daybook/importers"
)

// decodeWords gives the text of a header's value: encoded words
// ("=?utf-8?Q?caf=C3=A9?=") decoded, raw bytes above ASCII read as UTF-8 or, if
// they are none, by hint. whole is false when something could not be decoded
// with certainty; what is damaged is then as it came.
func decodeWords(value, hint string) (text string, whole bool) {
	if !strings.Contains(value, "=?") {
		return decodeShort([]byte(value), hint)
	}
	whole = true
	var out strings.Builder
	var run encodedRun
	flush := func() {
		if !run.open {
			return
		}
		text, ok := run.text(hint)
		out.WriteString(text)
		whole = whole && ok
		run = encodedRun{}
	}
	for value != "" {
		before, word, after, found := cutWord(value)
		if !found {
			before = value
		}
		if !run.open || strings.TrimSpace(before) != "" {
			flush()
			text, ok := decodeShort([]byte(before), hint)
			out.WriteString(text)
			whole = whole && ok
		} else if !found {
			flush()
			out.WriteString(before)
		}
		if !found {
			break
		}
		if run.open && run.charset != word.charset {
			flush()
		}
		run.add(word)
		value = after
	}
	flush()
	return out.String(), whole
}

// encodedRun is a row of encoded words of one charset. They are decoded
// together, because some programs cut a letter in two between them.
type encodedRun struct {
	open    bool
	charset string
	data    []byte
	raw     []byte
	odd     bool
}

func (r *encodedRun) add(w encodedWord) {
	data, odd := w.decode()
	r.open, r.charset = true, w.charset
	r.data = append(r.data, data...)
	r.raw = append(r.raw, "=?"+w.charset+"?"+w.encoding+"?"+w.text+"?="...)
	r.odd = r.odd || odd
}

// text is what the words say; words that are damaged stay as they came.
func (r *encodedRun) text(hint string) (string, bool) {
	if r.odd {
		return strings.ToValidUTF8(string(r.raw), "\ufffd"), false
	}
	if e, _ := charset.Lookup(charsetName(r.charset)); e != nil {
		if text, ok := with(e, r.data); ok {
			return text, true
		}
	}
	text, _ := decodeShort(r.data, hint)
	return text, false
}

// maxWord is how long an encoded word may be. RFC 2047 says 75; programs do
// not keep to it.
const maxWord = 8 << 10

type encodedWord struct{ charset, encoding, text string }

// cutWord finds the first encoded word of s.
func cutWord(s string) (before string, w encodedWord, after string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "=?")
		if i < 0 {
			return "", w, "", false
		}
		start := from + i
		parts := strings.SplitN(s[start+2:min(len(s), start+maxWord)], "?", 3)
		if len(parts) == 3 && strings.EqualFold(parts[1], "b") || len(parts) == 3 && strings.EqualFold(parts[1], "q") {
			if text, rest, ok := strings.Cut(parts[2], "?="); ok {
				name, _, _ := strings.Cut(parts[0], "*") // RFC 2231 adds a language
				word := encodedWord{name, strings.ToLower(parts[1]), text}
				return s[:start], word, s[min(len(s), start+maxWord)-len(rest):], true
			}
		}
		from = start + 2
	}
}

func (w encodedWord) decode() (data []byte, odd bool) {
	if w.encoding == "b" {
		if data, err := base64.StdEncoding.DecodeString(w.text); err == nil {
			return data, false
		}
		b := importers.NewBase64(strings.NewReader(w.text))
		// A strings.Reader cannot fail.
		data, _ = io.ReadAll(b)
		return data, b.Odd() > 0
	}
	q := newQuoted(strings.NewReader(strings.ReplaceAll(w.text, "_", " ")), len(w.text)+1)
	data, _ = io.ReadAll(q)
	return bytes.TrimRight(data, "\r\n"), q.odd > 0
}
