package pdf

import (
	"encoding/binary"
	"fmt"
	"sync"

	"daybook/assets/fonts"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// A variant is the look of a run of text within its style.
type variant uint8

const (
	bold variant = 1 << iota
	italic
	mono
)

// A face is one font of the program, opened, with the glyphs that the document
// has used so far.
type face struct {
	name     string
	resource string // its name in content streams
	font     *font.Face
	tables   *opentype.Loader
	upem     float64
	glyphs   int                 // how many the font has
	text     map[font.GID]string // what a glyph stands for
	used     map[font.GID]bool
	silent   map[rune]font.GID
	mute     map[font.GID]font.GID // of a glyph that stands for a text, one of the same outline that stands for none
	copies   map[font.GID]font.GID // and back again
}

// ofText are the fonts that nearly every document is set in. They are read once:
// what was read does not change, and documents share it. What is kept for each
// is about a megabyte and a half; the large fonts are read where their letters
// are.
var ofText = func() map[string]func() (*font.Font, error) {
	all := map[string]func() (*font.Font, error){}
	for _, name := range []string{"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic", "NotoSansMono-Regular"} {
		all[name] = sync.OnceValues(func() (*font.Font, error) {
			tables, err := tablesOf(name)
			if err != nil {
				return nil, err
			}
			return font.NewFont(tables)
		})
	}
	return all
}()

func tablesOf(name string) (*opentype.Loader, error) {
	file, err := fonts.Open(name)
	if err != nil {
		return nil, err
	}
	tables, err := opentype.NewLoader(file)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return tables, nil
}

func openFace(name, resource string) (*face, error) {
	tables, err := tablesOf(name)
	if err != nil {
		return nil, err
	}
	read, ok := ofText[name]
	if !ok {
		read = func() (*font.Font, error) { return font.NewFont(tables) }
	}
	parsed, err := read()
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f := &face{
		name:     name,
		resource: resource,
		font:     font.NewFace(parsed),
		tables:   tables,
		upem:     float64(parsed.Upem()),
		text:     map[font.GID]string{},
		used:     map[font.GID]bool{},
		silent:   map[rune]font.GID{},
		mute:     map[font.GID]font.GID{},
		copies:   map[font.GID]font.GID{},
	}
	maxp, err := tables.RawTable(opentype.MustNewTag("maxp"))
	if err != nil || len(maxp) < 6 {
		return nil, fmt.Errorf("font %s: %w", name, errGlyphs)
	}
	f.glyphs = int(binary.BigEndian.Uint16(maxp[4:]))
	// Brackets are turned round and invisible characters are shaped as a space:
	// plain letters must keep their glyphs all the same.
	for r := ' '; r <= '~'; r++ {
		if id, ok := f.font.NominalGlyph(r); ok {
			f.text[id] = string(r)
		}
	}
	return f, nil
}

func (f *face) covers(r rune) bool {
	_, ok := f.font.NominalGlyph(r)
	return ok
}

func (f *face) coversAll(cluster []rune) bool {
	for _, r := range cluster {
		if !f.covers(r) && !ignorable(r) {
			return len(cluster) > 1 && f.coversComposed(cluster)
		}
	}
	return true
}

// coversComposed tells whether the font covers what the cluster is composed
// to, as the shaper does.
func (f *face) coversComposed(cluster []rune) bool {
	composed := []rune(norm.NFC.String(string(cluster)))
	return len(composed) < len(cluster) && f.coversAll(composed)
}

// use notes that a glyph is printed for a text, and tells whether the glyph
// alone gives this text back to a reader. A glyph stands for the text that it
// was first used for.
func (f *face) use(id font.GID, text string) bool {
	f.used[id] = true
	first, ok := f.text[id]
	if !ok {
		f.text[id] = text
		return text != ""
	}
	return first == text && text != ""
}

// silence returns a glyph of no ink and no width that stands for a character.
// The subset gets it after the font's own glyphs.
func (f *face) silence(r rune) font.GID {
	id, ok := f.silent[r]
	if !ok {
		id = f.further()
		f.silent[r] = id
	}
	f.use(id, string(r))
	return id
}

// further is the number of the next glyph behind the font's own.
func (f *face) further() font.GID { return font.GID(f.glyphs + f.added()) }

func (f *face) added() int { return len(f.silent) + len(f.copies) }

// muted returns a glyph of the same outline that stands for no text.
func (f *face) muted(id font.GID) font.GID {
	if f.text[id] == "" {
		return id
	}
	copied, ok := f.mute[id]
	if !ok {
		copied = f.further()
		f.mute[id], f.copies[copied] = copied, id
	}
	f.use(copied, "")
	return copied
}

// useDigits notes that code points are printed in boxes.
func (f *face) useDigits() {
	for _, r := range hexDigits {
		if id, ok := f.font.NominalGlyph(r); ok {
			f.use(id, string(r))
		}
	}
}

// box is the extent of the font's outlines in thousandths of an em: left,
// bottom, right and top.
func (f *face) box() [4]float64 {
	head, _, err := font.LoadHeadTable(f.tables, nil)
	if err != nil {
		return [4]float64{0, -mainDescent * 1000, 1000, mainAscent * 1000}
	}
	scale := 1000 / f.upem
	return [4]float64{float64(head.XMin) * scale, float64(head.YMin) * scale, float64(head.XMax) * scale, float64(head.YMax) * scale}
}

// faces opens the fonts of a document as they are needed.
type faces struct {
	open  map[string]*face
	order []*face
	err   error // the first failure to open one
}

// get returns a font by name, nil when it cannot be opened.
func (s *faces) get(name string) *face {
	if f, ok := s.open[name]; ok {
		return f
	}
	f, err := openFace(name, fmt.Sprintf("F%d", len(s.order)+1))
	if err != nil {
		if s.err == nil {
			s.err = err
		}
		return nil
	}
	s.open[name] = f
	s.order = append(s.order, f)
	return f
}

// main returns the font of a variant, and what must be drawn to imitate what
// the font does not have.
func (s *faces) main(v variant) (f *face, missing variant) {
	switch v {
	case 0:
		return s.get("NotoSans-Regular"), 0
	case bold:
		return s.get("NotoSans-Bold"), 0
	case italic:
		return s.get("NotoSans-Italic"), 0
	case bold | italic:
		return s.get("NotoSans-BoldItalic"), 0
	}
	return s.get("NotoSansMono-Regular"), v &^ mono
}

// fallback returns a font for a cluster that the main font does not cover, nil
// when the program has none.
func (s *faces) fallback(cluster []rune, script language.Script) *face {
	if name := fonts.For(script); name != "" {
		if f := s.get(name); f != nil && f.coversAll(cluster) {
			return f
		}
	}
	for _, name := range [...]string{
		"NotoSans-Regular", "NotoSansSymbols-Regular", "NotoSansSymbols2-Regular", "NotoSansMath-Regular",
		"NotoSansMono-Regular", "DroidSansFallbackFull", "NanumSquareR", "NotoSansArabic-Regular", "NotoSansDevanagari-Regular",
	} {
		if f := s.get(name); f != nil && f.coversAll(cluster) {
			return f
		}
	}
	return nil
}

// ignorable tells the characters that print nothing themselves and that no
// font must hold: joiners, variation selectors, marks of direction.
func ignorable(r rune) bool {
	switch {
	case r == 0xAD, r == 0x034F, r == 0x061C, r == 0xFEFF,
		r >= 0x180B && r <= 0x180F,
		r >= 0x200B && r <= 0x200F,
		r >= 0x2060 && r <= 0x2069,
		r >= 0xFE00 && r <= 0xFE0F,
		r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}
