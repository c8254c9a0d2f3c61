package leak

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"daybook/report/protected"
)

// asRead is where a word stands that the bytes of a file do not show, and its reader sees.
const asRead = "its text as one reads it"

// markup looks through XML as it stands, and through its text as one reads it: a program
// of an office cuts a word wherever a person once stopped typing.
func (l *look) markup(at Place, b []byte) error {
	if err := l.stream(l.words, at, bytes.NewReader(b)); err != nil {
		return err
	}
	if plain, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), b); err == nil {
		b = plain
	}
	z := html.NewTokenizer(bytes.NewReader(b))
	z.AllowCDATA(true)
	var texts []string
	for l.ctx.Err() == nil {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			l.joined(at, texts)
			return nil
		case html.TextToken:
			texts = append(texts, string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			for key, value, more := z.TagAttr(); ; key, value, more = z.TagAttr() {
				if len(key) > 0 {
					l.again(Place{File: at.File, In: "an attribute"}, string(value))
				}
				if !more {
					break
				}
			}
		}
	}
	return l.ctx.Err()
}

// joined looks through a text that came in pieces: as they follow one another, and with
// a space between them, for nobody knows whether one ends a word.
func (l *look) joined(at Place, pieces []string) {
	at.In = asRead
	for _, between := range []string{"", " "} {
		l.again(at, strings.Join(strings.Fields(strings.Join(pieces, between)), " "))
	}
}

// again looks through a text whose file was looked through as it stands; what was found
// in that, and what stood in it and tells nothing there, is not counted.
func (l *look) again(at Place, text string, stood ...protected.Hit) {
	text = l.withoutSums(text)
	for _, h := range l.told(text, l.words.Find(text)) {
		if slices.ContainsFunc(stood, func(s protected.Hit) bool { return s.Word == h.Word }) {
			continue
		}
		f := l.found[l.of[h.Word]]
		if f == nil || !slices.ContainsFunc(f.Places, func(p Place) bool { return p.File == at.File && p.Page == at.Page && p.In != at.In }) {
			l.hit(h.Word, at)
		}
	}
}

// rtf looks through a document in RTF as it stands, and as one reads it. Pictures and
// documents within it stand in it in figures, and are not looked into.
func (l *look) rtf(at Place, b []byte) error {
	l.partly = true
	if err := l.stream(l.words, at, bytes.NewReader(b)); err != nil {
		return err
	}
	var pieces []string
	done := 0
	for _, m := range rtfMarks.FindAllSubmatchIndex(b, -1) {
		pieces = append(pieces, string(b[done:m[0]]))
		done = m[1]
		switch {
		case m[2] >= 0: // \'e9
			if n, err := strconv.ParseUint(string(b[m[2]:m[3]]), 16, 8); err == nil {
				pieces = append(pieces, string(rune(n)))
			}
		case m[4] >= 0: // \u233?
			if n, err := strconv.ParseInt(string(b[m[4]:m[5]]), 10, 32); err == nil {
				pieces = append(pieces, string(rune(uint16(n))))
			}
		case b[m[0]] == '\\' && m[1]-m[0] == 2: // a character by itself: \{
			if c := b[m[0]+1]; strings.IndexByte(`-:|*`, c) < 0 {
				pieces = append(pieces, string(rune(c)))
			}
		}
	}
	l.joined(at, append(pieces, string(b[done:])))
	return l.ctx.Err()
}

// rtfMarks are what in RTF is no text.
var rtfMarks = regexp.MustCompile(`(?s)\\'([0-9a-fA-F]{2})|\\u(-?[0-9]{1,6}) ?(?:\?|\\'3f)?|\\[a-zA-Z]+-?[0-9]* ?|\\.|[{}\r\n]+`)

// isMarkup tells of the ending of a file within a document that it is XML, whatever its
// first bytes are.
func isMarkup(ext string) bool {
	return slices.Contains([]string{".xml", ".rels", ".xhtml", ".svg"}, ext)
}
