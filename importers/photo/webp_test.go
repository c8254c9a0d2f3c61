package photo

import (
	"bytes"
	"encoding/base64"
	"image/color"
	"testing"
)

// Lossy WebP pictures of one colour, drawn as 8 by 8 pixels and packed by libwebp,
// which reads them as given here.
func TestColoursOfWebP(t *testing.T) {
	for _, c := range []struct {
		file string
		want color.RGBA
	}{
		{"UklGRj4AAABXRUJQVlA4IDIAAADQAQCdASoIAAgAAMASJaACdLoB+AADsAD+98Rf/0Yfww/hh/jB//aln7Us/aln/aYgAA==", color.RGBA{200, 40, 40, 255}},
		{"UklGRiYAAABXRUJQVlA4IBoAAAAwAQCdASoIAAgAAMASJaQAA3AA/v7deAAAAA==", color.RGBA{255, 255, 255, 255}},
		{"UklGRiYAAABXRUJQVlA4IBoAAAAwAQCdASoIAAgAAMASJaQAA3AA/v7uqgAAAA==", color.RGBA{0, 0, 0, 255}},
		{"UklGRmIAAABXRUJQVlA4WAoAAAAQAAAABwAABwAAQUxQSAoAAAABB9C/iAhERP8DVlA4IDIAAADQAQCdASoIAAgAAMASJaACdLoB+AADsAD+98Rf/0Yfww/hh/jB//aln7Us/aln/aYgAA==", color.RGBA{100, 20, 20, 128}},
	} {
		raw, err := base64.StdEncoding.DecodeString(c.file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeWebP(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		r, g, b, a := got.At(4, 4).RGBA()
		for i, v := range []uint32{r, g, b, a} {
			if want := []uint8{c.want.R, c.want.G, c.want.B, c.want.A}[i]; max(int(v>>8), int(want))-min(int(v>>8), int(want)) > 2 {
				t.Errorf("%v: got %d %d %d %d", c.want, r>>8, g>>8, b>>8, a>>8)
			}
		}
	}
}
