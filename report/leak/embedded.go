package leak

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"slices"

	"github.com/bep/imagemeta"

	"daybook/report/lint"
)

// pagesOf are the pages of a PDF on which a picture is seen, or the file alone where none
// draws it.
func pagesOf(at Place, t lint.Text) (all []Place) {
	for _, n := range t.Pages {
		all = append(all, Place{File: at.File, Page: n})
	}
	if all == nil {
		all = []Place{{File: at.File}}
	}
	return all
}

// pictureAt is what a picture of a PDF is called at a place.
func pictureAt(at Place) string {
	if at.Page > 0 {
		return "a picture"
	}
	return "a picture on one of its pages"
}

// jpegOn looks through a picture of a PDF that is a file by itself.
func (l *look) jpegOn(at Place, t lint.Text) error {
	facts := Place{File: at.File, In: factsOfPicture}
	if err := l.facts(facts, t.Data, imagemeta.JPEG); err != nil && !imagemeta.IsInvalidFormat(err) {
		l.note(fmt.Sprintf("%s: the facts about a picture cannot be read", at.File))
	}
	for _, on := range pagesOf(at, t) {
		l.looks(on, t.Data)
		if err := l.shows(on, pictureAt(on), t.Data); err != nil {
			return err
		}
	}
	return nil
}

// leastRead is how much of a page a picture takes whose words are read: a smaller one is a
// sign among letters, and one up to mostCode that is black and white alone a code to scan.
const (
	leastRead = 0.01
	mostCode  = 0.05
)

// isCode tells of a picture that it has no other shades than black and white.
func isCode(img image.Image) bool {
	size := img.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r != g || g != b || r != 0 && r != 0xffff {
				return false
			}
		}
	}
	return true
}

// pixelsOn looks through a picture of a PDF that is no file by itself. Its words are read
// where it stands on the program's own pages; others are drawn, as are those named.
func (l *look) pixelsOn(at Place, t lint.Text, ours bool, drawn []lint.Text) error {
	read := ours && l.o.Read != nil && t.Part >= leastRead
	if !read && !l.shaped(t.Wide, t.High) {
		return nil
	}
	img, err := t.Unpack()
	if err != nil {
		l.note(fmt.Sprintf("%s: a picture on one of its pages cannot be unpacked", at.File))
		return nil
	}
	read = read && (t.Part > mostCode || !isCode(img))
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		return fmt.Errorf("%s: %w", at.File, err)
	}
	found := l.seenIn(img)
	for _, on := range pagesOf(at, t) {
		for _, n := range found {
			l.add(n, l.secrets[n].What, l.secrets[n].Text, Place{File: on.File, Page: on.Page, In: inLooks})
		}
		if !read || slices.ContainsFunc(drawn, func(d lint.Text) bool { return d.Page == on.Page && d.Key == lint.Within }) {
			continue
		}
		if err := l.shows(on, pictureAt(on), file.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// pixelSum is the sum of a picture by which it is known that it was read: of a PNG that of
// its pixels on white, for a PDF packs them anew.
func pixelSum(b []byte) [sha256.Size]byte {
	shape, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || kind != "png" || shape.Width*shape.Height > mostPixels {
		return sha256.Sum256(b)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return sha256.Sum256(b)
	}
	on := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(on, on.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(on, on.Rect, img, img.Bounds().Min, draw.Over)
	return sha256.Sum256(fmt.Appendf(on.Pix, "%d", on.Rect.Dx()))
}
