package ui

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"

	"daybook/assets/fonts"
	"daybook/report/direction"
)

// Fyne draws a text as one run from left to right, and letters that its own
// font lacks with whatever the system has, or not at all. A typesetter cuts
// text into pieces instead, each of one direction and one of the program's own
// fonts, in the order in which they are seen. It is for the window's goroutine.
type typesetter struct {
	open     map[string]*typeface // by name; nil: cannot be opened
	own      *typeface            // the theme's
	advances map[letter]float32   // at advanceSize
	icons    map[string]fyne.Resource
}

// emojiFont draws emoji, and sequences of them as the one picture that they
// mean.
const emojiFont = "NotoColorEmoji"

// typeface is one font: what Fyne draws with, and what it covers.
type typeface struct {
	source fyne.Resource // nil: the theme's
	face   *font.Face
	emoji  bool
}

type letter struct {
	rune rune
	font *typeface
	bold bool
}

// advanceSize is the size at which letters are measured once; widths grow with
// the size.
const advanceSize = 100

func newTypesetter() *typesetter {
	t := &typesetter{open: map[string]*typeface{}, advances: map[letter]float32{}, icons: map[string]fyne.Resource{}}
	t.own = parsed(theme.DefaultTextFont())
	t.own.source = nil
	return t
}

func parsed(r fyne.Resource) *typeface {
	face, err := font.ParseTTF(bytes.NewReader(r.Content()))
	if err != nil {
		return &typeface{source: r} // covers nothing that is asked for
	}
	return &typeface{source: r, face: face}
}

func (f *typeface) covers(r rune) bool {
	if f == nil || f.face == nil {
		return false
	}
	_, ok := f.face.NominalGlyph(r)
	return ok
}

// named opens a font of the program.
func (t *typesetter) named(name string) *typeface {
	if name == "" {
		return nil
	}
	if f, ok := t.open[name]; ok {
		return f
	}
	var f *typeface
	if file, err := fonts.Open(name); err == nil {
		if data, err := io.ReadAll(file); err == nil {
			f = parsed(fyne.NewStaticResource(name+".ttf", data))
			f.emoji = name == emojiFont
		}
	}
	t.open[name] = f
	return f
}

// fontFor chooses the font of a letter; before is that of the letter before it,
// which what belongs to no script stays with.
func (t *typesetter) fontFor(r rune, before *typeface) *typeface {
	if r < 0x80 && before == nil {
		return t.own
	}
	common := !unicode.IsLetter(r) && !unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
	if common && before != nil && before != t.own && !before.emoji && before.covers(r) {
		return before
	}
	// what joins emoji stays with them
	if emoji(r) || before != nil && before.emoji && (silent(r) || r >= 0x1F1E6) {
		if f := t.named(emojiFont); f.covers(r) || silent(r) {
			return f
		}
	}
	if t.own.covers(r) || silent(r) {
		return t.own
	}
	for _, name := range [...]string{fonts.For(language.LookupScript(r)), "NotoSansSymbols-Regular", "NotoSansSymbols2-Regular", "NotoSansMath-Regular"} {
		if emoji(r) {
			break
		}
		if f := t.named(name); f.covers(r) {
			return f
		}
	}
	return t.own
}

// emoji tells the signs that are drawn as pictures.
func emoji(r rune) bool {
	return r >= 0x1F000 && r < 0x20000 || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF
}

// silent tells what draws nothing and only shapes its neighbours.
func silent(r rune) bool {
	return r == '\u00ad' || r == '\u061c' || r >= 0x200B && r <= 0x200F || r >= 0x2060 && r <= 0x2069 || r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE01EF
}

// directs tells what says a direction and is dropped once everything is in order.
func directs(r rune) bool {
	return r == '\u00ad' || r == '\u061c' || r == '\u200e' || r == '\u200f' || r >= 0x2066 && r <= 0x2069
}

// piece is a stretch of a line that is drawn as one.
type piece struct {
	text       string
	font       *typeface
	rtl        bool
	start, end int // bytes of the text that it is a piece of
}

// script is a text with the direction of each of its letters.
type script struct {
	text   string
	levels []direction.Level // by rune; nil: all from left to right
}

func newScript(text string) script {
	if simple(text) {
		return script{text: text}
	}
	levels, _ := direction.Levels([]rune(text))
	return script{text, levels}
}

// simple tells a text that the theme's font draws as it stands: most are.
func simple(s string) bool {
	for _, r := range s {
		if r >= 0x0250 && r != '’' && r != '‘' && r != '“' && r != '”' && r != '…' && r != '–' && r != '—' || r == '\u00ad' {
			return false
		}
	}
	return true
}

// pieces gives bytes start to end of a paragraph as they are seen, from left to
// right.
func (t *typesetter) pieces(p script, start, end int) []piece {
	line := p.text[start:end]
	if simple(line) && p.levels == nil {
		if line == "" {
			return nil
		}
		return []piece{{line, t.own, false, start, end}}
	}
	var out []piece
	var levels []direction.Level
	n := 0 // rune of the paragraph
	if p.levels != nil {
		n = utf8.RuneCountInString(p.text[:start])
	}
	var before *typeface
	for i, r := range line {
		level := direction.Level(0)
		if p.levels != nil {
			level = p.levels[n]
		}
		n++
		size := utf8.RuneLen(r)
		if directs(r) {
			continue
		}
		f := t.fontFor(r, before)
		before = f
		at := start + i
		if last := len(out) - 1; last >= 0 && out[last].font == f && levels[last] == level {
			out[last].text += string(r)
			out[last].end = at + size
			continue
		}
		out = append(out, piece{string(r), f, level%2 == 1, at, at + size})
		levels = append(levels, level)
	}
	seen := make([]piece, 0, len(out))
	for _, i := range direction.Visual(levels) {
		seen = append(seen, out[i].turned())
	}
	return seen
}

// turned makes a piece that Fyne draws in its own direction: between two marks
// from right to left its brackets and spaces run that way too.
func (p piece) turned() piece {
	if p.rtl {
		p.text = "\u200f" + p.text + "\u200f"
	}
	return p
}

// advance is the width of a letter, near enough to break lines by.
func (t *typesetter) advance(r rune, f *typeface, size float32, bold bool) float32 {
	if directs(r) || silent(r) || unicode.Is(unicode.Mn, r) {
		return 0
	}
	key := letter{r, f, bold}
	w, ok := t.advances[key]
	if !ok {
		w = measure(string(r), advanceSize, fyne.TextStyle{Bold: bold}, f.source)
		t.advances[key] = w
	}
	return w * size / advanceSize
}

func measure(text string, size float32, style fyne.TextStyle, source fyne.Resource) float32 {
	s, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, size, style, source)
	return s.Width
}

// width is that of a piece as Fyne draws it.
func (p piece) width(size float32, style fyne.TextStyle) float32 {
	return measure(p.text, size, style, p.font.source)
}
