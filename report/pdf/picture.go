package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"

	"golang.org/x/image/draw"
)

// A Picture is a JPEG or PNG and what is printed with it.
type Picture struct {
	Data    []byte
	Sum     string // the SHA-256 of Data in hexadecimal digits, where it is known already
	Caption []Run
	// Words is text that was found in the picture. It lies over it, unseen, so
	// that a search finds the picture.
	Words string
	// Most is how wide it is printed at most, in points, at the left; 0: as the
	// page allows, in the middle.
	Most float64
	// Part is what follows the caption of a part, counted from 1, where the picture is cut.
	Part func(n, of int) string
	// Under is the height of what is printed next and stays on its page while the
	// picture is legible.
	Under float64
	// Alt says what it is to who does not see it.
	Alt string
	// Side lets a picture that is much wider than high have a page on its side. What
	// follows stands on such pages too, until Landscape turns them back.
	Side bool
}

// maxDPI is the finest that a picture is kept: courts want no more.
const maxDPI = 300

// legible is how long the shorter edge of a picture stays that is made smaller to
// stand below what is on the page already: the width of a telephone, at which
// its screen was read in the first place.
const legible = 60 * mm

// jpegQuality is for pictures that had to be made smaller.
const jpegQuality = 88

// A Room is where a picture can be printed: below what is on the page already, or
// on a page of its own.
type Room struct {
	width, left, page, under float64
	sideWidth, sidePage      float64 // of a page on its side; 0: it may have none
}

// Room is that of a picture which is printed next.
func (d *Doc) Room(p Picture) Room {
	below, waiting := d.below(p.Caption), d.waiting()
	left := d.bottom() - d.y
	if len(d.pages) == 0 || d.broken {
		left = d.bottom() - marginTop
	}
	return d.room(p, left-waiting-below, waiting+below)
}

// RoomUnder is that of a picture on a new page under a heading and so much height
// of other blocks.
func (d *Doc) RoomUnder(level int, title string, height float64, p Picture) Room {
	h := d.heading(level, title, "")
	below := d.below(p.Caption)
	return d.room(p, d.bottom()-marginTop-h.height()-height-below, below)
}

func (d *Doc) room(p Picture, left, beside float64) Room {
	r := Room{width: d.width(), left: left, page: max(40, d.bottom()-marginTop-beside)}
	if p.Under > 0 {
		r.under = p.Under + d.typed(Caption.setting()).after
	}
	if p.Most > 0 {
		r.width = min(r.width, p.Most)
	}
	if p.Side {
		r = d.sideways(r, p)
	}
	return r
}

// below is the height of what stands below a picture.
func (d *Doc) below(caption []Run) float64 {
	const space = 4.0
	if len(caption) == 0 {
		return space
	}
	set := d.typed(Caption.setting())
	return space + set.height(d.setter.lines(caption, d.width()/set.size))
}

// Size is how large a picture of so many pixels is printed, in points: as the
// page allows, no larger than 96 pixels to the inch, and smaller rather than on a
// page of its own while it stays legible. One that is cut is higher than a page.
func (r Room) Size(wide, high int) (width, height float64) {
	if r.turns(wide, high) {
		return fit(wide, high, r.sideWidth, r.sidePage)
	}
	if c := r.cut(wide, high); c.parts > 1 {
		return c.width, c.height
	}
	width, height = fit(wide, high, r.width, r.page)
	for _, room := range []float64{r.left - r.under, r.left, r.page - r.under} {
		if w, h := fit(wide, high, r.width, room); min(w, h) >= min(legible, width, height) {
			return w, h
		}
	}
	return width, height
}

// Pixels is how many pixels of such a picture are printed at most.
func (r Room) Pixels(wide, high int) (int, int) {
	width, height := r.Size(wide, high)
	return pixels(width), pixels(height)
}

// pixels is how many are printed on a length.
func pixels(points float64) int { return max(1, int(points/72*maxDPI)) }

// Image prints a picture with its caption below. It is not parted from its
// heading.
func (d *Doc) Image(p Picture) {
	if d.err != nil {
		return
	}
	shape, kind, err := image.DecodeConfig(bytes.NewReader(p.Data))
	if err != nil {
		d.fail(fmt.Errorf("picture: %w", err))
		return
	}
	if shape.Width < 1 || shape.Height < 1 {
		d.fail(fmt.Errorf("picture: it is %d by %d pixels", shape.Width, shape.Height))
		return
	}
	room := d.Room(p)
	width, height := room.Size(shape.Width, shape.Height)
	if room.turns(shape.Width, shape.Height) {
		d.Landscape(true)
	}
	if c := room.cut(shape.Width, shape.Height); c.parts > 1 {
		d.inParts(p, kind, shape, c)
		return
	}
	d.coming = len(p.Data)
	d.need(height + d.below(p.Caption))
	d.coming = 0
	data, sum, err := p.prepare(kind, shape, width)
	if err != nil {
		d.fail(err)
		return
	}
	left := marginSide
	if p.Most == 0 {
		left += (d.width() - width) / 2
	}
	e := d.block("Figure", d.figure(p.Alt, left, d.size.Height-d.y-height, width, height))
	d.tag(e)
	d.draw(data, sum, left, width, height)
	if d.err != nil {
		return
	}
	d.overlay(p.Words, left, d.y, width, height)
	d.end(e)
	d.y += height + 4
	d.caption(p.Caption)
}

// caption prints what stands below a picture.
func (d *Doc) caption(words []Run) {
	set := d.typed(Caption.setting())
	if len(words) > 0 {
		e := d.block("P", "")
		lines := d.setter.lines(words, d.width()/set.size)
		for i := range lines {
			d.setLine(&lines[i], set, marginSide, d.width())
		}
		d.end(e)
	}
	d.y += set.after
}

// figure is what the tag of a picture says: what it is called, and where it is.
func (d *Doc) figure(alt string, left, bottom, width, height float64) string {
	out := appendText([]byte("/Alt"), alt)
	out = append(out, "/A<</O/Layout/Placement/Block/BBox["...)
	for _, n := range [...]float64{left, bottom, left + width, bottom + height} {
		out = append(appendNumber(out, n), ' ')
	}
	return string(append(out, "]>>"...))
}

// draw prints a picture below what is on the page: its bytes are written as they
// are, at once. gofpdf would copy them five times, hash them twice, and keep them
// until its part is full. sum is that of the bytes, where it is known.
func (d *Doc) draw(data []byte, sum string, left, width, height float64) {
	d.drawPart(data, sum, left, width, height, 0, height)
}

// drawPart prints so much of a picture from so far below its upper edge on.
func (d *Doc) drawPart(data []byte, sum string, left, width, height, from, part float64) {
	d.options.Sheets.picture(len(d.pages), data, left, d.y-from, width, height, d.y, part)
	picture, err := d.volume().picture(data, sum)
	if err != nil {
		d.fail(err)
		return
	}
	window := ""
	if part < height {
		window = fmt.Sprintf("%.2f %.2f %.2f %.2f re W n ", left, d.size.Height-d.y-part, width, part)
	}
	d.part.place(picture, window+fmt.Sprintf("%.2f 0 0 %.2f %.2f %.2f", width, height, left, d.size.Height-d.y+from-height))
}

// picture writes a JPEG or a plain PNG, once however often it is shown.
func (b *binder) picture(data []byte, sum string) (placed, error) {
	if sum == "" {
		of := sha256.Sum256(data)
		sum = hex.EncodeToString(of[:])
	}
	if picture, ok := b.pictures[sum]; ok {
		return picture, nil
	}
	dict, pixels := "", data
	var err error
	if bytes.HasPrefix(data, []byte(pngSignature)) {
		dict, pixels, err = plainPNG(data)
	} else {
		dict, err = plainJPEG(data)
	}
	if err != nil {
		return placed{}, fmt.Errorf("picture: %w", err)
	}
	picture := placed{name: fmt.Sprintf("J%d", len(b.pictures)+1), number: b.reserve()}
	b.pictures[sum] = picture
	b.stream(picture.number, "/Type/XObject/Subtype/Image/BitsPerComponent 8"+dict, pixels)
	return picture, b.err
}

// plainJPEG is how a document describes a JPEG.
func plainJPEG(data []byte) (dict string, err error) {
	shape, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	colours := "/DeviceRGB"
	switch shape.ColorModel {
	case color.GrayModel:
		colours = "/DeviceGray"
	case color.CMYKModel:
		colours = "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" // as Adobe's programs write them
	}
	return fmt.Sprintf("/Width %d/Height %d/Filter/DCTDecode/ColorSpace%s", shape.Width, shape.Height, colours), nil
}

// fit returns the size in points of a picture in a room.
func fit(pixelsWide, pixelsHigh int, maxWidth, maxHeight float64) (width, height float64) {
	width, height = float64(pixelsWide)*72/96, float64(pixelsHigh)*72/96
	scale := min(1, maxWidth/width, maxHeight/height)
	return width * scale, height * scale
}

// prepare returns a picture as the binder takes it, at most maxDPI fine, but for
// what its longer side is rounded by: of a narrow one that is most of the other. One
// that is taken as it came keeps its sum.
func (p Picture) prepare(kind string, shape image.Config, width float64) (data []byte, sum string, err error) {
	const rounded = 2
	side := max(shape.Width, shape.Height)
	switch most := pixels(width * float64(side) / float64(shape.Width)); {
	case side > most+rounded:
		data, err = smaller(p.Data, most)
	case kind == "jpeg" || isPlainPNG(p.Data):
		return p.Data, p.Sum, nil
	default:
		data, err = smaller(p.Data, side)
	}
	return data, "", err
}

// smaller draws a picture again, on white, at most so many pixels wide and high.
func smaller(data []byte, most int) ([]byte, error) {
	full, kind, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	bounds := full.Bounds()
	side := max(bounds.Dx(), bounds.Dy())
	most = min(side, most)
	wide, high := max(1, bounds.Dx()*most/side), max(1, bounds.Dy()*most/side)
	small := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, bounds, draw.Over, nil)
	var out bytes.Buffer
	if kind == "jpeg" {
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
		return out.Bytes(), nil
	}
	if err := png.Encode(&out, small); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

// overlay lays unseen words over a picture.
func (d *Doc) overlay(words string, left, top, width, height float64) {
	if strings.TrimSpace(words) == "" || d.err != nil {
		return
	}
	const size = 4
	lines := d.setter.lines([]Run{{Text: words}}, width/size)
	step := min(size*leading, height/float64(len(lines)))
	d.pen.out = d.pen.out[:0]
	d.pen.unseen = true
	for i := range lines {
		d.pen.line(&lines[i], size, left, d.size.Height-top-step*float64(i+1), black)
	}
	d.pen.unseen = false
	d.part.write(d.pen.out)
}
