package lint

import (
	"errors"
	"image"
	"image/color"

	"daybook/report/pdf/object"
)

// pixels hands over a picture that is no file by itself, as a PNG in a document is:
// its size, and what unpacks it.
func (w *besides) pixels(s *object.Stream, ref object.Ref) {
	if w.pdf.Name(s.Dict["Subtype"]) != "Image" {
		return
	}
	wide, _ := w.pdf.Int(s.Dict["Width"])
	high, _ := w.pdf.Int(s.Dict["Height"])
	if bits, _ := w.pdf.Int(s.Dict["BitsPerComponent"]); bits != 8 || wide < 1 || high < 1 || wide > mostPixels/high {
		return // one of two shades, a mask
	}
	t := w.picture(ref, InPixels)
	t.Wide, t.High, t.Unpack = wide, high, func() (image.Image, error) { return w.unpack(s, wide, high) }
	w.done = w.done || !w.take(t)
}

// mostPixels is how many a picture has that is unpacked.
const mostPixels = 50_000_000

var errPixels = errors.New("its pixels are of a kind that is not unpacked")

func (w *besides) unpack(s *object.Stream, wide, high int) (image.Image, error) {
	shade, each := w.colours(s.Dict["ColorSpace"])
	if each == 0 {
		return nil, errPixels
	}
	data, err := w.pdf.Data(s, (each*wide+1)*high)
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	for i := range min(wide*high, len(data)/each) {
		c := shade(data[i*each:])
		copy(img.Pix[4*i:], []byte{c.R, c.G, c.B, 255})
	}
	return img, nil
}

// colours is how many bytes stand for a pixel, and for which colour; none of spaces that
// are not read here.
func (w *besides) colours(space any) (shade func([]byte) color.RGBA, each int) {
	parts := w.pdf.Array(space)
	if len(parts) != 4 || w.pdf.Name(parts[0]) != "Indexed" {
		return w.plain(space)
	}
	of, n := w.plain(parts[1])
	if n == 0 {
		return nil, 0
	}
	palette := w.palette(parts[3])
	return func(b []byte) (c color.RGBA) {
		if at := int(b[0]) * n; at+n <= len(palette) {
			c = of(palette[at:])
		}
		return c
	}, 1
}

// plain is colours of a space without a palette.
func (w *besides) plain(space any) (shade func([]byte) color.RGBA, each int) {
	name, parts := w.pdf.Name(space), w.pdf.Array(space)
	if len(parts) > 0 {
		name = w.pdf.Name(parts[0])
	}
	each = map[object.Name]int{"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3}[name]
	if name == "ICCBased" && len(parts) > 1 {
		if profile, is := w.pdf.Resolve(parts[1]).(*object.Stream); is {
			each, _ = w.pdf.Int(profile.Dict["N"])
		}
	}
	switch each {
	case 1:
		return func(b []byte) color.RGBA { return color.RGBA{R: b[0], G: b[0], B: b[0]} }, 1
	case 3:
		return func(b []byte) color.RGBA { return color.RGBA{R: b[0], G: b[1], B: b[2]} }, 3
	}
	return nil, 0
}

func (w *besides) palette(v any) []byte {
	switch v := w.pdf.Resolve(v).(type) {
	case object.String:
		return []byte(v)
	case *object.Stream:
		if data, err := w.pdf.Data(v, 4*256); err == nil {
			return data
		}
	}
	return nil
}
