package pdf

import (
	"fmt"
	"image"
	"maps"
	"slices"
	"strconv"

	"github.com/go-text/typesetting/font"
)

// writeFonts writes each font of the document once, with the glyphs that were
// used, and the dictionary of all.
func (b *binder) writeFonts(s *shaper) error {
	pictures, err := b.emojiPictures(s)
	if err != nil {
		return err
	}
	number := 0
	if s.signs.boxed() {
		box, _ := s.faces.main(mono)
		box.useDigits()
	}
	dict := []byte("<<")
	boxFace := 0
	for _, f := range s.faces.order {
		if len(f.used) == 0 || f.name == emojiFont {
			continue
		}
		if number, err = b.writeFace(f); err != nil {
			return err
		}
		if f.name == boxFont {
			boxFace = number
		}
		dict = fmt.Appendf(dict, "/%s %d 0 R", f.resource, number)
	}
	for first := 0; first < len(s.signs.list); first += signsPerFont {
		last := min(len(s.signs.list), first+signsPerFont)
		number := b.writeSigns(s, s.signs.list[first:last], pictures, boxFace)
		dict = fmt.Appendf(dict, "/%s %d 0 R", signFont(first), number)
	}
	b.object(b.fonts, append(dict, ">>"...))
	return b.err
}

// writeFace writes a font as a subset that keeps its numbers of glyphs.
func (b *binder) writeFace(f *face) (int, error) {
	file, glyphs, err := f.subset()
	if err != nil {
		return 0, err
	}
	type0, cid, descriptor, stream, unicode := b.reserve(), b.reserve(), b.reserve(), b.reserve(), b.reserve()
	name := subsetTag(f.resource) + f.name
	b.object(type0, fmt.Appendf(nil, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, cid, unicode))
	out := fmt.Appendf(nil, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 0/W[", name, descriptor)
	b.object(cid, append(f.appendWidths(out, glyphs), "]>>"...))
	b.object(descriptor, f.descriptor(name, stream))
	b.pressed(stream, fmt.Sprintf("/Length1 %d", len(file)), file)
	b.pressed(unicode, "", f.toUnicode(glyphs))
	return type0, nil
}

// subset is the font with the glyphs that were used, and their numbers.
func (f *face) subset() (file []byte, glyphs []font.GID, err error) {
	glyphs = slices.Sorted(maps.Keys(f.used))
	if file, err = subset(f.tables, glyphs, f.copies, f.added()); err != nil {
		return nil, nil, fmt.Errorf("font %s: %w", f.name, err)
	}
	return file, glyphs, nil
}

// subsetTag is the six letters before the name of a subset.
func subsetTag(resource string) string {
	tag := []byte("DAYBAA")
	n, _ := strconv.Atoi(resource[1:])
	tag[4], tag[5] = 'A'+byte(n/26%26), 'A'+byte(n%26)
	return string(tag) + "+"
}

func (f *face) appendWidths(out []byte, glyphs []font.GID) []byte {
	for i := 0; i < len(glyphs); {
		out = fmt.Appendf(out, "%d[", glyphs[i])
		next := glyphs[i]
		for i < len(glyphs) && glyphs[i] == next {
			out = append(appendNumber(out, f.width(glyphs[i])*1000), ' ')
			i, next = i+1, next+1
		}
		out = append(out, ']')
	}
	return out
}

func (f *face) descriptor(name string, stream int) []byte {
	box := f.box()
	out := fmt.Appendf(nil, "<</Type/FontDescriptor/FontName/%s/Flags 4/ItalicAngle 0/StemV 80/FontFile2 %d 0 R", name, stream)
	out = fmt.Appendf(out, "/Ascent %.0f/Descent %.0f/CapHeight 714", box[3], box[1])
	return fmt.Appendf(out, "/FontBBox[%.0f %.0f %.0f %.0f]>>", box[0], box[1], box[2], box[3])
}

// toUnicode tells a reader the text of each glyph.
func (f *face) toUnicode(glyphs []font.GID) []byte {
	var lines [][]byte
	for _, id := range glyphs {
		if text := f.text[id]; text != "" {
			ln := append(appendHex16([]byte{'<'}, uint16(id)), "><"...)
			lines = append(lines, append(appendUTF16(ln, text), '>', '\n'))
		}
	}
	return cmap(lines, "<0000><FFFF>")
}

// cmap is a ToUnicode map of lines "<code><text>".
func cmap(lines [][]byte, codes string) []byte {
	out := []byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n" + codes + "\nendcodespacerange\n")
	for some := range slices.Chunk(lines, 100) {
		out = fmt.Appendf(out, "%d beginbfchar\n", len(some))
		for _, ln := range some {
			out = append(out, ln...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"...)
}

// Signs are the glyphs of Type 3 fonts, up to signsPerFont each.
const (
	signsPerFont = 250
	emojiFont    = "NotoColorEmoji"
)

// signFont is the resource name of the font of a sign.
func signFont(sign int) string { return "S" + strconv.Itoa(sign/signsPerFont+1) }

// signCode is the sign's code in its font.
func signCode(sign int) byte { return byte(sign%signsPerFont + 1) }

// emojiPictures writes the pictures of the emoji that were used.
func (b *binder) emojiPictures(s *shaper) (map[font.GID]emojiImage, error) {
	written := map[font.GID]emojiImage{}
	for _, sign := range s.signs.list {
		for _, g := range sign.glyphs {
			if _, ok := written[g.id]; ok {
				continue
			}
			picture, err := emojiPicture(s.faces.get(emojiFont), g.id)
			if err != nil {
				return nil, err
			}
			written[g.id] = emojiImage{b.writeEmoji(picture), float64(picture.Rect.Dy()) / float64(picture.Rect.Dx())}
		}
	}
	return written, nil
}

type emojiImage struct {
	object int
	height float64 // against its width
}

func (b *binder) writeEmoji(picture *image.NRGBA) int {
	colours, alphas := make([]byte, 0, len(picture.Pix)/4*3), make([]byte, 0, len(picture.Pix)/4)
	for i := 0; i < len(picture.Pix); i += 4 {
		colours = append(colours, picture.Pix[i:i+3]...)
		alphas = append(alphas, picture.Pix[i+3])
	}
	number, mask := b.reserve(), b.reserve()
	size := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", picture.Rect.Dx(), picture.Rect.Dy())
	b.pressed(mask, size+"/ColorSpace/DeviceGray", alphas)
	b.pressed(number, fmt.Sprintf("%s/ColorSpace/DeviceRGB/SMask %d 0 R", size, mask), colours)
	return number
}

// writeSigns writes a Type 3 font of signs, a thousand units to the em.
func (b *binder) writeSigns(s *shaper, list []sign, pictures map[font.GID]emojiImage, boxFace int) int {
	fontNumber, unicode := b.reserve(), b.reserve()
	var procs, names, widths, images []byte
	var lines [][]byte
	seen := map[font.GID]bool{}
	box, _ := s.faces.main(mono)
	for i, sign := range list {
		proc := b.reserve()
		code := signCode(i)
		procs = fmt.Appendf(procs, "/s%d %d 0 R", code, proc)
		names = fmt.Appendf(names, "/s%d", code)
		widths = append(appendNumber(widths, sign.advance*1000), ' ')
		b.pressed(proc, "", sign.drawing(pictures, box))
		for _, g := range sign.glyphs {
			if !seen[g.id] {
				images = fmt.Appendf(images, "/E%d %d 0 R", g.id, pictures[g.id].object)
			}
			seen[g.id] = true
		}
		ln := append(appendHex8([]byte{'<'}, code), "><"...)
		lines = append(lines, append(appendUTF16(ln, sign.text), '>', '\n'))
	}
	out := fmt.Appendf(nil, "<</Type/Font/Subtype/Type3/FontBBox[0 -300 3000 1100]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<<%s>>", procs)
	out = fmt.Appendf(out, "/Encoding<</Type/Encoding/Differences[1%s]>>/FirstChar 1/LastChar %d/Widths[%s]", names, len(list), widths)
	out = fmt.Appendf(out, "/ToUnicode %d 0 R/Resources<</XObject<<%s>>", unicode, images)
	if boxFace != 0 {
		out = fmt.Appendf(out, "/Font<</B %d 0 R>>", boxFace)
	}
	b.object(fontNumber, append(out, ">>>>"...))
	b.pressed(unicode, "", cmap(lines, "<00><FF>"))
	return fontNumber
}
