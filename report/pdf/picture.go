package pdf

import (
	"bytes"
	"crypto/sha256"
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
	Caption []Run
	// Words is text that was found in the picture. It lies over it, unseen, so
	// that a search finds the picture.
	Words string
	// Most is how wide it is printed at most, in points, at the left; 0: as the
	// page allows, in the middle.
	Most float64
}

// maxDPI is the finest that a picture is kept: courts want no more.
const maxDPI = 300

// legible is how long the shorter edge of a picture stays that is made smaller to
// stand below what is on the page already: the width of a telephone, at which
// its screen was read in the first place.
const legible = 60 * mm

// jpegQuality is for pictures that had to be made smaller.
const jpegQuality = 88

// PicturePixels returns the size in pixels beyond which a picture on an
// upright A4 page is made smaller.
func PicturePixels() (width, height int) {
	size := A4()
	return int((size.Width - 2*marginSide) / 72 * maxDPI), int((size.Height - marginTop - marginBottom) / 72 * maxDPI)
}

// Image prints a picture as large as the page allows, no larger than 96 pixels
// to the inch, with its caption below. It is not parted from its heading, and it
// is made smaller rather than put on a page of its own while it stays legible.
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
	set := d.typed(Caption.setting())
	var caption []line
	below := 4.0
	if len(p.Caption) > 0 {
		caption = d.setter.lines(p.Caption, d.width()/set.size)
		below += set.height(caption)
	}
	room, most := max(40, d.bottom()-marginTop-below-d.waiting()), d.width()
	if p.Most > 0 {
		most = min(most, p.Most)
	}
	width, height := fit(shape.Width, shape.Height, most, room)
	if w, h := fit(shape.Width, shape.Height, most, d.left()-below); min(w, h) >= min(legible, width, height) {
		width, height = w, h
	}
	d.coming = len(p.Data)
	d.need(height + below)
	d.coming = 0
	data, kind, err := prepare(p.Data, kind, shape, width)
	if err != nil {
		d.fail(err)
		return
	}
	left := marginSide
	if p.Most == 0 {
		left += (d.width() - width) / 2
	}
	d.draw(data, kind, left, width, height)
	if d.err != nil {
		return
	}
	d.overlay(p.Words, left, d.y, width, height)
	d.y += height + 4
	for i := range caption {
		d.setLine(&caption[i], set, marginSide, d.width())
	}
	d.y += set.after
}

// left is the height that is left on the page below the headings that wait.
func (d *Doc) left() float64 {
	if len(d.pages) == 0 || d.broken {
		return d.bottom() - marginTop - d.waiting()
	}
	return d.bottom() - d.y - d.waiting()
}

// draw prints a picture below what is on the page. gofpdf would copy a
// photograph five times and hash it twice, and keep it until its part is full;
// a JPEG is written as it is, at once.
func (d *Doc) draw(data []byte, kind string, left, width, height float64) {
	d.options.Sheets.picture(len(d.pages), data, left, d.y, width, height)
	if kind == "png" {
		d.fail(d.part.picture(fmt.Sprintf("%x", sha256.Sum256(data)), data, left, d.y, width, height))
		return
	}
	picture, err := d.volume().jpeg(data)
	if err != nil {
		d.fail(err)
		return
	}
	d.part.place(picture, fmt.Sprintf("%.2f 0 0 %.2f %.2f %.2f", width, height, left, d.size.Height-d.y-height))
}

// jpeg writes a JPEG, once however often it is shown.
func (b *binder) jpeg(data []byte) (placed, error) {
	sum := sha256.Sum256(data)
	if picture, ok := b.jpegs[sum]; ok {
		return picture, nil
	}
	shape, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return placed{}, fmt.Errorf("picture: %w", err)
	}
	colours := "/DeviceRGB"
	switch shape.ColorModel {
	case color.GrayModel:
		colours = "/DeviceGray"
	case color.CMYKModel:
		colours = "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" // as Adobe's programs write them
	}
	picture := placed{name: fmt.Sprintf("J%d", len(b.jpegs)+1), number: b.reserve()}
	b.jpegs[sum] = picture
	b.stream(picture.number, fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/Filter/DCTDecode/ColorSpace%s",
		shape.Width, shape.Height, colours), data)
	return picture, b.err
}

// fit returns the size in points of a picture in a room.
func fit(pixelsWide, pixelsHigh int, maxWidth, maxHeight float64) (width, height float64) {
	width, height = float64(pixelsWide)*72/96, float64(pixelsHigh)*72/96
	scale := min(1, maxWidth/width, maxHeight/height)
	return width * scale, height * scale
}

// prepare returns a picture as gofpdf takes it, at most maxDPI fine.
func prepare(data []byte, kind string, shape image.Config, width float64) ([]byte, string, error) {
	most := int(width / 72 * maxDPI)
	switch {
	case shape.Width > most+1:
		return smaller(data, most)
	case kind == "jpeg":
		return data, "jpg", nil
	case plainPNG(data):
		return data, "png", nil
	}
	return smaller(data, shape.Width)
}

// plainPNG tells whether gofpdf reads a PNG right: eight bits or fewer, not
// interlaced, without a table of transparent colours.
func plainPNG(data []byte) bool {
	if len(data) < 33 || !bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")) {
		return false
	}
	depth, colours, interlaced := data[24], data[25], data[28]
	transparent := bytes.Contains(data[:min(len(data), 4096)], []byte("tRNS"))
	return depth == 8 && interlaced == 0 && (colours == 2 || colours == 0 || colours == 3) && !transparent
}

// smaller draws a picture again, on white, at most so many pixels wide.
func smaller(data []byte, most int) ([]byte, string, error) {
	full, kind, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, "", fmt.Errorf("picture: %w", err)
	}
	bounds := full.Bounds()
	wide := min(bounds.Dx(), max(1, most))
	high := max(1, bounds.Dy()*wide/bounds.Dx())
	small := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, bounds, draw.Over, nil)
	var out bytes.Buffer
	if kind == "jpeg" {
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return nil, "", fmt.Errorf("picture: %w", err)
		}
		return out.Bytes(), "jpg", nil
	}
	if err := png.Encode(&out, small); err != nil {
		return nil, "", fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), "png", nil
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
