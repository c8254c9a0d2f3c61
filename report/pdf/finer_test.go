package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// finePDF is a file whose page has a JPEG and plain pixels of 720 dots an inch, the
// JPEG within a drawing and turned, a picture of 144, one of a palette, and one whose
// mask needs its size.
func finePDF(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1000, 500))
	for i := range img.Pix {
		img.Pix[i] = byte(i / 977)
	}
	var packed bytes.Buffer
	if err := jpeg.Encode(&packed, img, nil); err != nil {
		t.Fatal(err)
	}
	grey := bytes.Repeat([]byte("0123456789"), 40_000) // 800 by 500
	return foreignFile(
		`<</Type/Catalog/Pages 2 0 R>>`,
		`<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 400]>>`,
		`<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R/G 7 0 R/S 8 0 R/P 9 0 R/M 10 0 R>>>>>>`,
		streamOf("", "q 0.5 0 0 0.5 0 0 cm /F Do Q q 80 0 0 50 10 200 cm /G Do Q q 50 0 0 50 100 200 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q q 100 0 0 100 200 10 cm /S Do Q q 20 0 0 20 10 300 cm /P Do Q q 20 0 0 20 50 300 cm /M Do Q"),
		streamOf("/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 5 5]/Resources<</XObject<</J 6 0 R>>>>", "q 0 200 -100 0 150 20 cm /J Do Q"),
		streamOf("/Type/XObject/Subtype/Image/Width 1000/Height 500/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", packed.String()),
		streamOf("/Type/XObject/Subtype/Image/Width 800/Height 500/BitsPerComponent 8/ColorSpace/DeviceGray", string(grey)),
		streamOf("/Type/XObject/Subtype/Image/Width 200/Height 200/BitsPerComponent 8/ColorSpace/DeviceGray", string(grey[:40_000])),
		streamOf("/Type/XObject/Subtype/Image/Width 200/Height 200/BitsPerComponent 8/ColorSpace[/Indexed/DeviceGray 1<00FF>]", string(make([]byte, 40_000))),
		streamOf("/Type/XObject/Subtype/Image/Width 200/Height 200/BitsPerComponent 8/ColorSpace/DeviceGray/Mask[1 2]", string(grey[:40_000])),
	)
}

// Pictures of a foreign file that are finer than courts want are copied smaller where
// they can be drawn; the others are counted and stay as they are.
func TestForeignPicturesAreNoFinerThanCourtsWant(t *testing.T) {
	data := finePDF(t)
	var smaller, kept int
	out, _ := bytesOf(t, Options{}, func(d *Doc) {
		f, err := OpenForeign(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		smaller, kept = d.Measure(f)
		d.Foreign(f, 0)
	})
	if smaller != 2 || kept != 2 {
		t.Errorf("%d pictures are made smaller and %d stay, want 2 and 2", smaller, kept)
	}
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", "--check", file)
	fine, kinds := 0, map[string]int{}
	for _, p := range listed(t, file) {
		kinds[fmt.Sprintf("%d by %d", p.width, p.height)]++
		if p.dpi > 303 {
			fine++
		}
	}
	if fine != kept || kinds["416 by 208"] != 1 || kinds["333 by 208"] != 1 || kinds["200 by 200"] != 3 {
		t.Errorf("%d are finer: %v", fine, kinds)
	}
}

// What cannot be decoded costs nothing but its size.
func TestForeignPicturesThatAreDamaged(t *testing.T) {
	data := finePDF(t)
	for at := bytes.Index(data, []byte("\xFF\xDA")) + 20; at < len(data)-600_000; at += 97 {
		data[at] ^= 0x55
	}
	for cut := 0; cut < 40; cut++ {
		broken := bytes.Clone(data)
		broken[(cut*7919+400)%len(broken)] ^= byte(1 << (cut % 8))
		if _, f, err := printed(broken); f != nil && err != nil {
			t.Error(err)
		}
	}
}
