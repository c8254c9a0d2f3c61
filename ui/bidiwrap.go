package ui

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// span is a line of a paragraph: bytes from start to end.
type span struct{ start, end int }

// wrap breaks a text into lines of a width, at most so many; cut tells that
// more would follow. It breaks at spaces and hyphens, between letters of
// scripts without spaces, and inside what is longer than a line.
func (t *typesetter) wrap(text string, width, size float32, bold bool, most int) (lines []span, cut bool) {
	var before *typeface
	line := span{}
	var x float32
	breakAt := -1 // byte after which the line may end
	var sinceBreak float32
	for i, r := range text {
		if r == '\n' {
			lines = append(lines, span{line.start, i})
			if len(lines) == most {
				return lines, i+1 < len(text)
			}
			line.start, x, breakAt = i+1, 0, -1
			continue
		}
		f := t.fontFor(r, before)
		before = f
		w := t.advance(r, f, size, bold)
		if spaceless(r) && i > line.start {
			breakAt, sinceBreak = i, 0
		}
		for x+w > width && i > line.start && r != ' ' {
			end := i
			if breakAt > line.start {
				end = breakAt
			} else {
				sinceBreak = 0
			}
			lines = append(lines, span{line.start, end})
			if len(lines) == most {
				return lines, true
			}
			line.start, x, breakAt = end, sinceBreak, -1
		}
		x += w
		sinceBreak += w
		if r == ' ' || r == '/' || r == '-' && !digit(text[i+1:]) {
			breakAt, sinceBreak = i+utf8.RuneLen(r), 0
		}
	}
	if line.start < len(text) || len(lines) == 0 && text != "" {
		lines = append(lines, span{line.start, len(text)})
	}
	return lines, false
}

// digit tells whether a text goes on with one: no line ends inside a date or
// behind a minus.
func digit(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsDigit(r)
}

// spaceless tells letters before which a line may begin.
func spaceless(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x20000)
}

// fit cuts a text so that it keeps to a width, with … at its end.
func (t *typesetter) fit(text string, width, size float32, bold bool) string {
	var before *typeface
	var x float32
	dots := t.advance('…', t.own, size, bold)
	end := 0 // byte up to which the text fits with dots after it
	for i, r := range text {
		f := t.fontFor(r, before)
		before = f
		x += t.advance(r, f, size, bold)
		if x > width {
			return text[:end] + "…"
		}
		if x+dots <= width {
			end = i + utf8.RuneLen(r)
		}
	}
	return text
}

// width is that of a short text, drawn whole.
func (t *typesetter) width(text string, size float32, bold bool) float32 {
	var w float32
	for _, p := range t.pieces(newScript(text), 0, len(text)) {
		w += p.width(size, fyne.TextStyle{Bold: bold})
	}
	return w
}
