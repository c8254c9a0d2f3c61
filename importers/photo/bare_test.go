package photo

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// atMost asks for a picture no larger than this.
func atMost(wide, high int) Fit { return func(int, int) (int, int) { return wide, high } }

// What is small enough is packed as it came, and nothing that stands beside the
// pixels comes with it: before them, between them and behind.
func TestPictureAsItIsPacked(t *testing.T) {
	const secret = "17 Lindenhof"
	exif := tiffBytes(binary.LittleEndian, []entry{{0x010f, secret}}, nil, nil)
	photo := jpegBytes(t, canvas(64, 48), exif)
	photo = bytes.Join([][]byte{photo[:2], segment(0xfe, []byte(secret)), segment(0xe1, []byte(secret)), segment(0xe2, []byte("ICC_PROFILE\x00"+secret)), segment(0xed, []byte(secret)), photo[2:], []byte(secret)}, nil)
	shot := pngBytes(t, opaque(64, 48), nil, nil)
	cut := len(shot) - 12 // before its end
	shot = bytes.Join([][]byte{shot[:33], chunk("tEXt", []byte("Author\x00"+secret)), chunk("eXIf", exif), shot[33:cut], chunk("tEXt", []byte("Comment\x00"+secret)), shot[cut:], chunk("IDAT", []byte(secret))}, nil)
	for name, b := range map[string][]byte{"jpeg": photo, "png": shot} {
		for _, p := range []Pictures{Local{}, startWorker(t)} {
			got, w, h, err := p.Picture(context.Background(), name, bytes.NewReader(b), int64(len(b)), atMost(64, 48))
			if err != nil || w != 64 || h != 48 {
				t.Fatalf("%s: %d × %d, %v", name, w, h, err)
			}
			if bytes.Contains(got, []byte(secret)) || len(got) >= len(b) {
				t.Errorf("%s: what stands beside the pixels is in the picture", name)
			}
			if !samePixels(t, b, got) {
				t.Errorf("%s: its pixels are packed anew", name)
			}
		}
	}
}

// inScans is a JPEG whose picture comes finer with each of several scans; the
// standard library writes none.
const inScans = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYV" +
	"pQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAQ" +
	"ABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAMF/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/aAAwDAQACEAMQAAABy0DH/wD/xAAVEA" +
	"EBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAQABBQKqqv/EABURAQEAAAAAAAAAAAAAAAAAAAAU/9oACAEDAQE/AbX/xAAVEQEBAAAAAAAAAAAAAAAA" +
	"AAAAFP/aAAgBAgEBPwGB/8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQAGPwIf/8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQABPyEf/9" +
	"oADAMBAAIAAwAAABDH/8QAFREBAQAAAAAAAAAAAAAAAAAAAHH/2gAIAQMBAT8Qp//EABURAQEAAAAAAAAAAAAAAAAAAABx/9oACAECAQE/EIf/" +
	"xAAWEAEBAQAAAAAAAAAAAAAAAABxABD/2gAIAQEAAT8QUtP/2Q=="

// A JPEG that ends where its picture ends goes on as it is packed, in grey and in
// several scans too.
func TestWholeJPEGAsItIsPacked(t *testing.T) {
	var grey bytes.Buffer
	if err := jpeg.Encode(&grey, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	scans, err := base64.StdEncoding.DecodeString(inScans)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"colours": jpegBytes(t, canvas(64, 48), nil), "grey": grey.Bytes(), "several scans": scans} {
		got, _, _, err := Local{}.Picture(t.Context(), name, bytes.NewReader(b), int64(len(b)), atMost(64, 64))
		packed := func(b []byte) []byte { return b[bytes.Index(b, []byte{0xff, 0xda}):] }
		if err != nil || !bytes.Equal(packed(got), packed(b)) {
			t.Errorf("%s: packed anew: %v", name, err)
		}
	}
}

// A picture that a page could not show as it is packed is packed anew: one that
// is seen through, and one whose colours are red, green and blue.
func TestPicturePackedAnew(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	through := pngBytes(t, clear, nil, nil)
	rgb := bytes.Join([][]byte{{0xff, 0xd8}, {0xff, 0xee, 0, 14}, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"), jpegBytes(t, canvas(64, 48), nil)[2:]}, nil)
	for name, b := range map[string][]byte{"through": through, "red, green and blue": rgb} {
		got, _, _, err := Local{}.Picture(context.Background(), name, bytes.NewReader(b), int64(len(b)), atMost(640, 480))
		if _, kind, kindErr := image.DecodeConfig(bytes.NewReader(got)); err != nil || kindErr != nil || kind != "jpeg" || bytes.Contains(got, []byte("Adobe")) {
			t.Errorf("%s: %s, %v, %v", name, kind, err, kindErr)
		}
	}
}

// opaque is a picture in which no pixel is like its neighbours.
func opaque(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x * 37), uint8(y * 53), uint8(x*y + 11), 255})
		}
	}
	return m
}

func samePixels(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, _, err := image.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for i := range x.Bounds().Dx() * x.Bounds().Dy() {
		at := image.Pt(i%x.Bounds().Dx(), i/x.Bounds().Dx())
		if x.At(at.X, at.Y) != y.At(at.X, at.Y) {
			return false
		}
	}
	return x.Bounds() == y.Bounds()
}

// A pixel of a smaller plane is the mean of what it covers, whatever the sizes.
func TestShrunk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide, high := rapid.IntRange(1, 40).Draw(t, "wide"), rapid.IntRange(1, 40).Draw(t, "high")
		to := image.Pt(rapid.IntRange(1, wide).Draw(t, "to"), rapid.IntRange(1, high).Draw(t, "down to"))
		stride := wide + rapid.IntRange(0, 3).Draw(t, "beside")
		p := plane{rapid.SliceOfN(rapid.Byte(), stride*high, stride*high).Draw(t, "pixels"), stride, wide, high}
		got := p.shrunk(to)
		for y := range to.Y {
			for x := range to.X {
				if want := p.mean(x, y, to); math.Abs(want-float64(got.pix[y*got.stride+x])) > 1 {
					t.Fatalf("%d, %d of %v: %d, want %.1f", x, y, to, got.pix[y*got.stride+x], want)
				}
			}
		}
	})
}

// mean is that of what a pixel covers, worked out one pixel at a time.
func (p plane) mean(x, y int, to image.Point) float64 {
	within := func(n, of, covered, all int) float64 { // how much of pixel n
		from, end := float64(covered*of)/float64(all), float64((covered+1)*of)/float64(all)
		return max(0, min(end, float64(n+1))-max(from, float64(n)))
	}
	sum, area := 0.0, 0.0
	for j := range p.high {
		for i := range p.wide {
			part := within(i, p.wide, x, to.X) * within(j, p.high, y, to.Y)
			sum, area = sum+part*float64(p.pix[j*p.stride+i]), area+part
		}
	}
	return sum / area
}

// Planes turn as whole pictures do, whatever the colours' planes are.
func TestShrinkTurns(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440} {
		for o := 1; o <= 8; o++ {
			m := image.NewYCbCr(image.Rect(0, 0, 61, 33), ratio)
			for i := range m.Y {
				m.Y[i] = 40
			}
			for i := range m.Cb {
				m.Cb[i], m.Cr[i] = 128, 128
			}
			for y := range 12 { // the upper left corner is bright
				for x := range 20 {
					m.Y[m.YOffset(x, y)], m.Cb[m.COffset(x, y)] = 220, 90
				}
			}
			got := shrink(m, image.Pt(31, 17), o)
			x, y := turned(o, 2, 2, 30, 16)
			if o < 2 {
				x, y = 2, 2
			}
			if c := got.YCbCrAt(x, y); c.Y < 210 || c.Cb > 95 {
				t.Errorf("%v, orientation %d: the corner is %v", ratio, o, c)
			}
			grey := shrinkGrey(&image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect}, image.Pt(30, 16), o)
			if c := grey.GrayAt(x, y); c.Y < 210 {
				t.Errorf("grey, orientation %d: the corner is %v", o, c)
			}
			x, y = turned(o, 27, 13, 30, 16)
			if c := got.YCbCrAt(x, y); o > 1 && (c.Y > 45 || c.Cb < 120) {
				t.Errorf("%v, orientation %d: the other corner is %v", ratio, o, c)
			}
		}
	}
}

// FuzzBare: what is taken as it is packed has the pixels that the file has, and
// none of the segments that tell more.
func FuzzBare(f *testing.F) {
	f.Add(jpegBytes(f, canvas(16, 12), []byte("II*\x00\x08\x00\x00\x00\x00\x00")))
	f.Add(pngBytes(f, opaque(9, 7), nil, nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, full, err := lookedAt(bytes.NewReader(b), int64(len(b)))
		if err != nil || full.Width*full.Height > 1<<16 {
			return
		}
		kept, err := l.bare(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if kept == nil {
			return
		}
		if _, err := l.decode(bytes.NewReader(kept), int64(len(kept))); err != nil {
			return // it is refused
		}
		if l.m.Format == "jpeg" {
			if _, err := jpeg.Decode(bytes.NewReader(b)); err != nil {
				return // what stood beside the pixels was broken
			}
		}
		if !samePixels(t, b, kept) {
			t.Error("other pixels")
		}
		if again, err := l.bare(bytes.NewReader(kept), int64(len(kept))); err != nil || !bytes.Equal(again, kept) {
			t.Errorf("there is still something beside the pixels: %v", err)
		}
	})
}
