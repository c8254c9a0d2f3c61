package photo

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// noise is a picture whose data are long.
func noise(w, h int) image.Image {
	img, r := image.NewGray(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			img.SetGray(x, y, color.Gray{uint8(r.Uint32())})
		}
	}
	return img
}

// A picture that ends within its data is cut off; what telephones put behind a
// whole one does not make it so.
func TestCutJPEG(t *testing.T) {
	small, large := jpegBytes(t, noise(60, 40), nil), jpegBytes(t, noise(700, 500), nil)
	if len(large) < 3*jpegTail {
		t.Fatalf("the large picture has %d bytes only", len(large))
	}
	film := append(boxBytes("ftyp", []byte("isom"), be(4, 0)), bytes.Repeat([]byte{0xff, 0x41, 7}, jpegTail)...)
	for name, c := range map[string]struct {
		data []byte
		cut  bool
	}{
		"whole":                          {small, false},
		"whole and large":                {large, false},
		"half of a small one":            {small[:len(small)-200], true},
		"half of a large one":            {large[:len(large)/2], true},
		"a film behind it":               {slices.Concat(large, film), false},
		"another picture behind it":      {slices.Concat(large, small), false},
		"nothing but zeros behind it":    {slices.Concat(small, make([]byte, 3*jpegTail)), false},
		"the last mark alone is missing": {small[:len(small)-2], true},
	} {
		m := localMetadata(t, c.data)
		if said := strings.Contains(strings.Join(m.Notes, "\n"), "ends too early"); m.Cut != c.cut || said != c.cut {
			t.Errorf("%s: cut is %v, said is %v: %q", name, m.Cut, said, m.Notes)
		}
	}
}
