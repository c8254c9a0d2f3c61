package leak

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// inline are the elements that do not end a word of the text around them.
var inline = []string{"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}

// inLetters is how an attribute begins that is a picture, which short words are in by chance.
const inLetters = "data:image/png;base64,"

// html looks through a page: its text as it runs over its elements and from one block,
// line or cell into the next, and what stands in attributes, comments, scripts and styles.
func (l *look) html(at Place, b []byte) error {
	z := html.NewTokenizer(bytes.NewReader(b))
	z.SetMaxBuf(mostWhole)
	line, from, raw := 1, 1, false
	var text strings.Builder
	var words []string // of all blocks
	end := func() {
		l.text(Place{File: at.File, Line: from}, text.String())
		words = append(words, strings.Fields(text.String())...)
		text.Reset()
	}
	for {
		kind := z.Next()
		here := line
		line += bytes.Count(z.Raw(), []byte("\n"))
		switch kind {
		case html.ErrorToken:
			end()
			l.again(Place{File: at.File, In: asRead}, strings.Join(words, " "))
			if err := z.Err(); !errors.Is(err, io.EOF) {
				l.note(at.File + ": " + err.Error())
			}
			return l.ctx.Err()
		case html.TextToken:
			if raw && slices.Contains(l.o.Own.Scripts, string(z.Raw())) {
				continue
			}
			if raw {
				l.source(Place{File: at.File, Line: here, In: "a script or style"}, string(z.Raw()))
				continue
			}
			if text.Len() == 0 {
				from = here
			}
			text.Write(z.Text())
		case html.CommentToken, html.DoctypeToken:
			l.text(Place{File: at.File, Line: here, In: "a comment"}, string(z.Text()))
		default:
			t := z.Token()
			raw = kind == html.StartTagToken && (t.Data == "script" || t.Data == "style")
			if !slices.Contains(inline, t.Data) {
				end()
			}
			for _, a := range t.Attr {
				if at := (Place{File: at.File, Line: here, In: "an attribute"}); strings.HasPrefix(a.Val, inLetters) {
					l.hits(l.long, at, a.Val)
				} else {
					l.text(at, a.Key+"="+a.Val)
				}
			}
		}
	}
}

// script looks through a script or a table of data that a page loads.
func (l *look) script(at Place, b []byte) error {
	at.Line = 1
	l.source(at, string(b))
	return l.ctx.Err()
}

// source looks through a script as it stands, and as what its texts stand for.
func (l *look) source(at Place, s string) {
	l.text(at, s)
	if plain := unescape(s); plain != s {
		l.text(at, plain)
	}
}

var escapes = regexp.MustCompile(`\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|.)`)

// unescape gives a script with its escapes as the characters that they stand for.
func unescape(s string) string {
	return escapes.ReplaceAllStringFunc(s, func(e string) string {
		if e[1] == 'u' && len(e) == 6 || e[1] == 'x' && len(e) == 4 {
			if n, err := strconv.ParseUint(e[2:], 16, 32); err == nil {
				return string(rune(n))
			}
		}
		switch e[1] {
		case 'n', 'r', 't':
			return " "
		}
		return e[1:]
	})
}
