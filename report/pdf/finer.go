package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"maps"
	"math"
	"slices"

	scale "golang.org/x/image/draw"

	"daybook/report/pdf/object"
)

// Courts want no picture finer than maxDPI. Those of foreign files that are finer
// where they are printed are made smaller as they are copied, where this package can
// draw them: a JPEG in colours or greys, and plain ones of 8 bits. Every other one is
// copied as it is, and counted.

// What is drawn of foreign pictures, and how deep is looked for them.
const (
	mostFinePixels = 40_000_000
	mostFineWork   = 2_000_000 // operators of one file
	mostFineDepth  = 12        // drawings within each other
	mostGraphics   = 200       // states that are kept
)

// extent is how large a picture is printed at most, in points.
type extent struct{ wide, high float64 }

// Measure looks how large the pictures of a file will be printed. It tells how many
// are finer than courts want and are made smaller, and how many stay so.
func (d *Doc) Measure(f *Foreign) (smaller, kept int) {
	defer func() {
		// The file comes from anybody, and was copied once for a trial: what a fault
		// of this reader costs is that its pictures stay as they are.
		if recover() != nil {
			f.most, smaller, kept = nil, 0, 0
		}
	}()
	m := &measurer{drawn: map[int]extent{}}
	trial, err := openForeign(f.from, f.size)
	if err != nil {
		return 0, 0
	}
	m.file = trial.file
	for n, p := range trial.pages {
		content, err := trial.content(p.contents)
		if err != nil {
			return 0, 0
		}
		by := d.foreignScale(p)
		m.walk(content, m.file.Dict(p.resources), [6]float64{by, 0, 0, by, 0, 0}, 0)
		if n >= mostForeignPages || m.file.Err() != nil {
			return 0, 0
		}
	}
	f.most = map[int]extent{}
	for _, number := range slices.Sorted(maps.Keys(m.drawn)) {
		s := m.file.Stream(object.Ref{Number: number})
		wide, high, fine := finer(m.file, s, m.drawn[number])
		if !fine {
			continue
		}
		if _, _, err := shrink(m.file, s, wide, high); err != nil {
			kept++
			continue
		}
		smaller++
		f.most[number] = m.drawn[number]
	}
	return smaller, kept
}

// foreignScale is about how much smaller a page is printed than it is.
func (d *Doc) foreignScale(p foreignPage) float64 {
	wide, high := p.shown()
	size := d.options.Size
	if wide > high {
		size = Size{size.Height, size.Width}
	}
	caption := d.ParagraphHeight(Caption, Run{Text: "x"})
	return min(1, (size.Width-2*foreignSide)/wide, (size.Height-marginBottom-marginTop-caption)/high)
}

// measurer follows what draws pages to the pictures in it.
type measurer struct {
	file  *object.File
	drawn map[int]extent // by the number of the picture's object
	work  int
}

func (m *measurer) walk(content []byte, resources object.Dict, at [6]float64, depth int) {
	var kept [][6]float64
	var stack []any
	l := object.NewLexer(content)
	for m.work < mostFineWork {
		v, err := l.Next()
		if err != nil {
			return
		}
		op, is := v.(object.Operator)
		if !is {
			if len(stack) < 16 {
				stack = append(stack, v)
			}
			continue
		}
		m.work++
		switch op {
		case "q":
			if len(kept) < mostGraphics {
				kept = append(kept, at)
			}
		case "Q":
			if n := len(kept) - 1; n >= 0 {
				at, kept = kept[n], kept[:n]
			}
		case "cm":
			if by := m.file.Numbers(object.Array(stack)); len(by) == 6 {
				at = within([6]float64(by), at)
			}
		case "Do":
			if len(stack) == 1 {
				name, _ := stack[0].(object.Name)
				m.draw(m.file.Dict(resources["XObject"])[name], resources, at, depth)
			}
		case "ID":
			skipInline(l)
		}
		stack = stack[:0]
	}
}

// draw notes a picture, or goes into a drawing.
func (m *measurer) draw(v any, resources object.Dict, at [6]float64, depth int) {
	s := m.file.Stream(v)
	if s == nil {
		return
	}
	if ref, is := v.(object.Ref); is && m.file.Name(s.Dict["Subtype"]) == "Image" {
		e := m.drawn[ref.Number]
		m.drawn[ref.Number] = extent{max(e.wide, math.Hypot(at[0], at[1])), max(e.high, math.Hypot(at[2], at[3]))}
		return
	}
	if m.file.Name(s.Dict["Subtype"]) != "Form" || depth == mostFineDepth {
		return
	}
	if by := m.file.Numbers(s.Dict["Matrix"]); len(by) == 6 {
		at = within([6]float64(by), at)
	}
	if own := m.file.Dict(s.Dict["Resources"]); own != nil {
		resources = own
	}
	if content, err := m.file.Data(s, mostContent); err == nil {
		m.walk(content, resources, at, depth+1)
	}
}

// skipInline goes on behind a picture that stands in the content itself.
func skipInline(l *object.Lexer) {
	for rest := l.Rest(); ; rest = l.Rest() {
		end := bytes.Index(rest, []byte("EI"))
		if end < 0 {
			l.Skip(len(rest))
			return
		}
		l.Skip(end + 2)
		blank := func(c byte) bool { return c <= ' ' }
		if end > 0 && blank(rest[end-1]) && (end+2 == len(rest) || blank(rest[end+2])) {
			return
		}
	}
}

// finer tells whether a picture is finer than courts want, and how many pixels it may
// have each way.
func finer(file *object.File, s *object.Stream, e extent) (wide, high int, is bool) {
	w, _ := file.Int(s.Dict["Width"])
	h, _ := file.Int(s.Dict["Height"])
	wide, high = min(w, pixels(e.wide)), min(h, pixels(e.high))
	const rounded = 1.01 // what a length is rounded by, which costs no new picture
	return wide, high, float64(w) > rounded*float64(wide) || float64(h) > rounded*float64(high)
}

var errNotDrawn = errors.New("this program does not draw such a picture")

// shrink makes a picture of so many pixels: its dictionary without how large it is and
// how it is packed, and its bytes, a JPEG where it was one.
func shrink(file *object.File, s *object.Stream, wide, high int) (dict object.Dict, data []byte, err error) {
	if file.Array(s.Dict["Mask"]) != nil || file.Dict(s.Dict["SMask"])["Matte"] != nil || file.Resolve(s.Dict["ImageMask"]) == true {
		return nil, nil, errNotDrawn // its colours, or another picture, go by its pixels
	}
	if bits, _ := file.Int(s.Dict["BitsPerComponent"]); bits != 8 {
		return nil, nil, errNotDrawn
	}
	full, packed, err := drawable(file, s)
	if err != nil {
		return nil, nil, err
	}
	to := image.Rect(0, 0, wide, high)
	var small draw.Image = image.NewRGBA(to)
	if _, grey := full.(*image.Gray); grey {
		small = image.NewGray(to)
	}
	scale.BiLinear.Scale(small, to, full, full.Bounds(), draw.Src, nil)
	dict = maps.Clone(s.Dict)
	for _, key := range []object.Name{"Length", "Filter", "DecodeParms"} {
		delete(dict, key)
	}
	dict["Width"], dict["Height"] = wide, high
	if packed {
		var out bytes.Buffer
		err := jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality})
		dict["Filter"] = object.Name("DCTDecode")
		return dict, out.Bytes(), err
	}
	return dict, plainPixels(small), nil
}

// drawable decodes a picture of three colours or of greys; packed tells that it is a
// JPEG.
func drawable(file *object.File, s *object.Stream) (full image.Image, packed bool, err error) {
	colours := colourNumbers(file, s.Dict["ColorSpace"])
	if filters := file.Resolve(s.Dict["Filter"]); filters == object.Name("DCTDecode") || isOne(file, filters, "DCTDecode") {
		if s.Dict["DecodeParms"] != nil {
			return nil, false, errNotDrawn
		}
		raw, err := file.Raw(s)
		if err != nil {
			return nil, false, err
		}
		shape, err := jpeg.DecodeConfig(bytes.NewReader(raw))
		if err != nil || shape.Width*shape.Height > mostFinePixels || shape.ColorModel == color.CMYKModel || (shape.ColorModel == color.GrayModel) != (colours == 1) {
			return nil, false, errNotDrawn
		}
		full, err = jpeg.Decode(bytes.NewReader(raw))
		return full, true, err
	}
	w, _ := file.Int(s.Dict["Width"])
	h, _ := file.Int(s.Dict["Height"])
	if colours == 0 || w < 1 || h < 1 || w > mostFinePixels || h > mostFinePixels/w {
		return nil, false, errNotDrawn
	}
	data, err := file.Data(s, mostContent)
	if err != nil || len(data) < w*h*colours {
		return nil, false, errors.Join(errNotDrawn, err)
	}
	if colours == 1 {
		return &image.Gray{Pix: data, Stride: w, Rect: image.Rect(0, 0, w, h)}, false, nil
	}
	rgb := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(rgb.Pix[4*i:], data[3*i:3*i+3])
		rgb.Pix[4*i+3] = 0xFF
	}
	return rgb, false, nil
}

// isOne tells that a list of filters has this one alone.
func isOne(file *object.File, filters any, name object.Name) bool {
	list := file.Array(filters)
	return len(list) == 1 && file.Name(list[0]) == name
}

// colourNumbers is how many numbers a colour has, where it is one of three or a grey.
func colourNumbers(file *object.File, space any) int {
	of := map[object.Name]int{"DeviceRGB": 3, "CalRGB": 3, "DeviceGray": 1, "CalGray": 1}
	list := file.Array(space)
	switch {
	case len(list) == 0:
		return of[file.Name(space)]
	case file.Name(list[0]) == "ICCBased" && len(list) == 2:
		if n, _ := file.Int(file.Dict(list[1])["N"]); n == 1 || n == 3 {
			return n
		}
		return 0
	}
	return of[file.Name(list[0])]
}

// plainPixels are the numbers of a picture without its opacity.
func plainPixels(p draw.Image) []byte {
	if grey, is := p.(*image.Gray); is {
		return grey.Pix
	}
	pix := p.(*image.RGBA).Pix
	out := make([]byte, 0, len(pix)/4*3)
	for i := 0; i < len(pix); i += 4 {
		out = append(out, pix[i:i+3]...)
	}
	return out
}

// smallerPicture gives a picture that is finer than courts want as it is copied; nil
// where it is copied as it is.
func (f *Foreign) smallerPicture(number int, s *object.Stream) (object.Dict, []byte) {
	e, is := f.most[number]
	if !is {
		return nil, nil
	}
	wide, high, _ := finer(f.file, s, e)
	dict, data, err := shrink(f.file, s, wide, high)
	if err != nil {
		return nil, nil // it was drawn when it was measured: the budget of the file is spent
	}
	return dict, data
}

// within is a matrix in the space of another.
func within(m, outer [6]float64) [6]float64 {
	return [6]float64{
		m[0]*outer[0] + m[1]*outer[2], m[0]*outer[1] + m[1]*outer[3],
		m[2]*outer[0] + m[3]*outer[2], m[2]*outer[1] + m[3]*outer[3],
		m[4]*outer[0] + m[5]*outer[2] + outer[4], m[4]*outer[1] + m[5]*outer[3] + outer[5],
	}
}
