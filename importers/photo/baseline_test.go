package photo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sampled are small pictures whose colours lie in planes of other sizes than those that
// the standard library writes, by how many pixels of the first a colour has.
var sampled = map[string]string{
	"4:4:4": "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT0" +
		"9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAANABUDAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAITYf/EABYBAQEBAAAAAAAAAAAAAAAAAAAGA//EABgR" +
		"AAIDAAAAAAAAAAAAAAAAAAACFBVh/9oADAMBAAIRAxEAPwDL300rMLCw0X0VmCw0X0VmCw0m0Yu4iEZKcUYREEpxRhEQSnP/2Q==",
	"4:2:2": "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT0" +
		"9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAANABUDASEAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAFxABAQEBAAAAAAAAAAAAAAAAABMCYf/EABYBAQEBAAAAAAAAAAAAAAAAAAAGA//EABgR" +
		"AAIDAAAAAAAAAAAAAAAAAAACFBVh/9oADAMBAAIRAxEAPwDL36X60rMLCw0X6FZgsNJtNFNLuIhGSnFNBEQSnP/Z",
	"4:4:0": "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT0" +
		"9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAANABUDARIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABQb/xAAXEAADAQAAAAAAAAAAAAAAAAAAAhNh/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAUG/8QAFxEA" +
		"AwEAAAAAAAAAAAAAAAAAAAIVFv/aAAwDAQACEQMRAD8Al76G0Y0OeQr3WEr6G0YZ5BdYSvobRhnkF1j/2Q==",
}

// restarted is a JPEG of greys whose rows of blocks stand for themselves: that of each
// row as the standard library writes it, with marks between them.
func restarted(t testing.TB, rows int) []byte {
	t.Helper()
	const wide = 24
	var out []byte
	for i := range rows {
		m := image.NewGray(image.Rect(0, 0, wide, 8))
		for j := range m.Pix {
			m.Pix[j] = byte(37*i + 11*j)
		}
		b := jpegBytes(t, m, nil)
		start := bytes.Index(b, []byte{0xff, 0xda})
		if i == 0 {
			frame := bytes.Index(b, []byte{0xff, 0xc0})
			binary.BigEndian.PutUint16(b[frame+5:], uint16(8*rows))
			out = slices.Concat(b[:start], segment(0xdd, []byte{0, wide / 8}), b[start:len(b)-2])
			continue
		}
		packed := b[start+2+be16(b[start+2:]) : len(b)-2]
		out = slices.Concat(out, []byte{0xff, 0xd0 + byte(i-1)%8}, packed)
	}
	return append(out, 0xff, 0xd9)
}

// baselines are pictures of the kind that is drawn here, of all its forms.
func baselines(t testing.TB) map[string][]byte {
	all := map[string][]byte{
		"4:2:0": jpegBytes(t, opaque(37, 29), nil), "one colour": jpegBytes(t, canvas(16, 16), nil),
		"greys": jpegBytes(t, noise(40, 23), nil), "restarts": restarted(t, 11),
	}
	for name, text := range sampled {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(name, err)
		}
		all[name] = b
	}
	return all
}

// A JPEG that is drawn here has the pixels that the standard library gives it.
func TestBaselineIsDrawnAsItIs(t *testing.T) {
	all := baselines(t)
	for name, b := range all {
		if got, err := decodeBaseline(b, wholeEighths); err != nil || !nearlySame(t, b, got) {
			t.Errorf("%s: other pixels, or none: %v", name, err)
		}
		if _, err := decodeBaseline(b, noEighths); err != nil {
			t.Errorf("%s: not read to its end: %v", name, err)
		}
	}
	dir, ok := fixtures(t)
	if !ok {
		return
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.[jJ][pP]*[gG]"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decodeBaseline(b, wholeEighths); err == nil {
			if drawn++; !nearlySame(t, b, got) {
				t.Errorf("%s: other pixels", name)
			}
		}
	}
	if drawn == 0 {
		t.Errorf("none of %d public pictures is drawn", len(names))
	}
}

// nearlySame tells that a picture is that of a file, but for how numbers are rounded.
func nearlySame(t testing.TB, file []byte, got image.Image) bool {
	t.Helper()
	want, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Errorf("the standard library does not draw it: %v", err)
		return false
	}
	if got.Bounds() != want.Bounds() {
		return false
	}
	a, b := allPlanes(got), allPlanes(want)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		for y := range a[i].high {
			for x := range a[i].wide {
				if d := int(a[i].pix[y*a[i].stride+x]) - int(b[i].pix[y*b[i].stride+x]); d < -2 || d > 2 {
					return false
				}
			}
		}
	}
	return true
}

func allPlanes(m image.Image) []plane {
	if g, is := m.(*image.Gray); is {
		return []plane{{g.Pix, g.Stride, g.Rect.Dx(), g.Rect.Dy()}}
	}
	c := m.(*image.YCbCr)
	last := c.COffset(c.Rect.Max.X-1, c.Rect.Max.Y-1)
	wide, high := last%c.CStride+1, last/c.CStride+1
	return []plane{{c.Y, c.YStride, c.Rect.Dx(), c.Rect.Dy()}, {c.Cb, c.CStride, wide, high}, {c.Cr, c.CStride, wide, high}}
}

// A picture that is drawn smaller is the large one made smaller.
func TestBaselineIsDrawnSmaller(t *testing.T) {
	soft := image.NewGray(image.Rect(0, 0, 160, 120))
	for i := range soft.Pix {
		soft.Pix[i] = byte(i%160 + i/160/2)
	}
	b := jpegBytes(t, soft, nil)
	full, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < wholeEighths; n++ {
		got, err := decodeBaseline(b, n)
		if err != nil || got.Bounds() != image.Rect(0, 0, 20*n, 15*n) {
			t.Fatalf("%d eighths: %v", n, err)
		}
		small := shrinkGrey(full.(*image.Gray), got.Bounds().Max, 1)
		for y := range 15 * n {
			for x := range 20 * n {
				if d := int(small.GrayAt(x, y).Y) - int(got.(*image.Gray).GrayAt(x, y).Y); d < -4 || d > 4 {
					t.Fatalf("%d eighths: %d off at %d, %d", n, d, x, y)
				}
			}
		}
	}
}

// Whether a fault breaks a picture is for the standard library to say.
func TestAFaultIsLeftToTheStandardLibrary(t *testing.T) {
	whole := jpegBytes(t, opaque(37, 29), nil)
	scan := bytes.Index(whole, []byte{0xff, 0xda})
	changed := func(at int, to ...byte) []byte {
		b := slices.Clone(whole)
		copy(b[at:], to)
		return b
	}
	frame, codes := bytes.Index(whole, []byte{0xff, 0xc0}), bytes.Index(whole, []byte{0xff, 0xc4})
	marks := restarted(t, 3)
	for name, b := range map[string][]byte{
		"no end":                       whole[:len(whole)-2],
		"cut off":                      whole[:len(whole)-200],
		"bits missing at the end":      slices.Delete(slices.Clone(whole), len(whole)-7, len(whole)-2),
		"something before the end":     slices.Insert(slices.Clone(whole), len(whole)-2, 1, 2, 3),
		"a mark in the picture":        changed(scan+60, 0xff, 0xd3),
		"twelve bits":                  changed(frame+4, 12),
		"several scans":                changed(frame+1, 0xc2),
		"red, green, blue":             changed(frame+10, 'R'),
		"planes of odd sizes":          changed(frame+11, 0x31),
		"no width":                     changed(frame+7, 0, 0),
		"more codes than there can be": changed(codes+5, 3),
		"no tables":                    append([]byte{0xff, 0xd8}, whole[frame:]...),
		"a restart that is another's":  bytes.Replace(marks, []byte{0xff, 0xd1}, []byte{0xff, 0xd4}, 1),
		"ink":                          slices.Concat(whole[:2], segment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00")), whole[2:]),
		"nothing":                      nil,
	} {
		if _, err := decodeBaseline(b, wholeEighths); !errors.Is(err, errNotBaseline) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A picture is drawn a fifth larger than it is wanted, at a size of whole pixels.
func TestEighths(t *testing.T) {
	for _, c := range []struct{ wide, high, toWide, toHigh, want int }{
		{4032, 3024, 2008, 1506, 5}, {3264, 2448, 2008, 1506, 6}, {2048, 1536, 2008, 1506, 8}, {4032, 3024, 512, 384, 2}, {4000, 3000, 1600, 1200, 4},
		{4001, 3001, 512, 384, 8}, {16, 4000, 1, 200, 1}, {1, 1, 1, 1, 8},
	} {
		if got := eighthsFor(c.wide, c.high, image.Pt(c.toWide, c.toHigh)); got != c.want {
			t.Errorf("%d × %d to %d × %d: %d eighths, want %d", c.wide, c.high, c.toWide, c.toHigh, got, c.want)
		}
	}
}

// FuzzBaseline: what is drawn here is no more than the standard library draws, and as
// large.
func FuzzBaseline(f *testing.F) {
	for _, b := range baselines(f) {
		f.Add(b, 8)
		f.Add(b, 5)
	}
	f.Fuzz(func(t *testing.T, b []byte, eighths int) {
		if eighths < 0 || eighths > wholeEighths {
			return
		}
		if c, err := jpeg.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width*c.Height > 1<<18 {
			return
		}
		got, err := decodeBaseline(b, eighths)
		if err != nil {
			return
		}
		want, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("drawn here alone: %v", err)
		}
		if eighths == wholeEighths && (got.Bounds() != want.Bounds() || got.ColorModel() != want.ColorModel()) {
			t.Errorf("%v of %T, want %v of %T", got.Bounds(), got, want.Bounds(), want)
		}
	})
}
