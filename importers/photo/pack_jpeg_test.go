package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
)

// What is packed here is what the standard library packs, but for how numbers are
// rounded: as large, in as many bytes, with the same pixels.
func TestPackedAsTheStandardLibraryDoes(t *testing.T) {
	planes := func(m image.Image) *image.YCbCr {
		got, err := jpeg.Decode(bytes.NewReader(jpegBytes(t, m, nil)))
		if err != nil {
			t.Fatal(err)
		}
		return got.(*image.YCbCr)
	}
	for name, m := range map[string]image.Image{
		"colours": planes(opaque(160, 112)), "an edge within a block": planes(opaque(61, 43)), "a pixel": planes(opaque(1, 1)),
		"greys": noise(64, 48), "greys with an edge": noise(41, 9), "soft": planes(canvas(70, 50)),
	} {
		for _, quality := range []int{thumbQuality, bookQuality} {
			var want bytes.Buffer
			if err := jpeg.Encode(&want, m, &jpeg.Options{Quality: quality}); err != nil {
				t.Fatal(err)
			}
			got, err := packJPEG(m, quality)
			if err != nil || len(got) < want.Len()*99/100-4 || len(got) > want.Len()*101/100+4 {
				t.Errorf("%s at %d: %d bytes, want about %d: %v", name, quality, len(got), want.Len(), err)
			}
			if ours, theirs := off(t, got, m), off(t, want.Bytes(), m); ours > theirs*1.02+4 {
				t.Errorf("%s at %d: off by %.0f, and theirs by %.0f", name, quality, ours, theirs)
			}
		}
	}
	if got, err := packJPEG(image.NewRGBA(image.Rect(0, 0, 4, 4)), bookQuality); got != nil || err != nil {
		t.Errorf("red, green and blue are packed here: %v", err)
	}
}

// off tells by how much the pixels of a file are not those of a picture, squared.
func off(t *testing.T, file []byte, m image.Image) (sum float64) {
	t.Helper()
	got, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil || got.Bounds() != m.Bounds() {
		t.Fatalf("%v, want %v: %v", got, m.Bounds(), err)
	}
	a, b := allPlanes(got), allPlanes(m)
	for i := range a {
		for y := range a[i].high {
			for x := range a[i].wide {
				d := float64(a[i].pix[y*a[i].stride+x]) - float64(b[i].pix[y*b[i].stride+x])
				sum += d * d
			}
		}
	}
	return sum
}
