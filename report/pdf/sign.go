package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/draw"
)

// boxFont prints the code points in boxes.
const boxFont = "NotoSansMono-Regular"

// A sign is a glyph that the document draws itself: a coloured emoji, or the
// box of a character that no font has.
type sign struct {
	text    string
	advance float64
	glyphs  []glyph // pictures, from left to right; none: a box with the code point of text
}

type signKey struct {
	text  string
	glyph font.GID
}

// signs numbers the signs of a document in the order of their first use.
type signs struct {
	list   []sign
	number map[signKey]int
}

func (s *signs) add(key signKey, made sign) int {
	if n, ok := s.number[key]; ok {
		return n
	}
	s.number[key] = len(s.list)
	s.list = append(s.list, made)
	return len(s.list) - 1
}

func (s *signs) box(r rune) int {
	return s.add(signKey{text: string(r)}, sign{text: string(r), advance: 1.1})
}

func (s *signs) emoji(text string, glyphs []glyph) int {
	made := sign{text: text, glyphs: glyphs}
	for _, g := range glyphs {
		made.advance += g.advance
	}
	return s.add(signKey{text: text, glyph: 1}, made)
}

// emojiPixels is the width that emoji are kept at: in the smallest print it is
// just under 300 dots per inch, the most that courts want.
const emojiPixels = 39

// emojiPart is how much of its advance an emoji fills.
const emojiPart = 0.96

// emojiPicture takes the picture of a glyph out of the font and scales it.
func emojiPicture(f *face, id font.GID) (*image.NRGBA, error) {
	data, ok := f.font.GlyphData(id).(font.GlyphBitmap)
	if !ok || data.Format != font.PNG {
		return nil, fmt.Errorf("emoji %d: the font holds no picture of it", id)
	}
	full, err := png.Decode(bytes.NewReader(data.Data))
	if err != nil {
		return nil, fmt.Errorf("emoji %d: %w", id, err)
	}
	bounds := full.Bounds()
	height := max(1, bounds.Dy()*emojiPixels/max(1, bounds.Dx()))
	small := image.NewNRGBA(image.Rect(0, 0, emojiPixels, height))
	draw.CatmullRom.Scale(small, small.Bounds(), full, bounds, draw.Src, nil)
	return small, nil
}

// boxed tells whether one of the signs is a box.
func (s *signs) boxed() bool {
	for _, sign := range s.list {
		if len(sign.glyphs) == 0 {
			return true
		}
	}
	return false
}

// drawing is the content of the sign's glyph, a thousand units to the em.
func (s *sign) drawing(pictures map[font.GID]emojiImage, digits *face) []byte {
	out := append(appendNumber(nil, s.advance*1000), " 0 d0\n"...)
	x := 0.0
	for _, g := range s.glyphs {
		width := g.advance * 1000 * emojiPart
		height := width * pictures[g.id].height
		out = append(out, "q "...)
		out = append(appendNumber(out, width), " 0 0 "...)
		out = append(appendNumber(out, height), ' ')
		out = append(appendNumber(out, x+g.advance*1000*(1-emojiPart)/2), ' ')
		out = append(appendNumber(out, emojiMiddle-height/2), " cm"...)
		out = fmt.Appendf(out, "/E%d Do Q\n", g.id)
		x += g.advance * 1000
	}
	if len(s.glyphs) == 0 {
		out = s.box(out, digits)
	}
	return out
}

// emojiMiddle is the height of the middle of a picture above the base line.
const emojiMiddle = 350

// box draws a frame with the code point in it, in two rows.
func (s *sign) box(out []byte, digits *face) []byte {
	out = append(out, "40 w 80 -120 940 900 re S\n"...)
	code := fmt.Sprintf("%04X", []rune(s.text)[0])
	if len(code)%2 == 1 {
		code = "0" + code
	}
	half := len(code) / 2
	size := 400.0
	if half > 2 {
		size = 380
	}
	for row, text := range [...]string{code[:half], code[half:]} {
		out = append(appendNumber(append(out, "BT/B "...), size), " Tf "...)
		left := 550 - float64(half)*size*0.3
		out = fmt.Appendf(out, "1 0 0 1 %.0f %.0f Tm<", left, 390-float64(row)*420)
		for _, r := range text {
			id, _ := digits.font.NominalGlyph(r)
			out = appendHex16(out, uint16(id))
		}
		out = append(out, ">Tj ET\n"...)
	}
	return out
}
