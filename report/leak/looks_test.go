package leak

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/image/draw"

	"daybook/report/pdf"
)

// garden is a picture with something to see everywhere, another one for another seed.
func garden(seed float64) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for y := range 320 {
		for x := range 480 {
			a := 128 + 100*math.Sin(float64(x)*0.05+seed)*math.Cos(float64(y)*0.04+2*seed)
			b := 128 + 90*math.Sin(float64(x*y)*0.0007+3*seed)
			img.SetRGBA(x, y, color.RGBA{byte(a), byte(b), byte((x + y) / 4), 255})
		}
	}
	return img
}

// blackened is a picture with a part of it painted over.
func blackened(img image.Image, over image.Rectangle) image.Image {
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	draw.Draw(out, over, image.Black, image.Point{}, draw.Src)
	return out
}

func scaled(img image.Image, wide, high int) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.CatmullRom.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out
}

func asJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// onPage is a document that shows a picture.
func onPage(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	d, err := pdf.New(&b, pdf.Options{Title: "t", Lang: "en-GB", Created: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	d.Image(pdf.Picture{Data: data, Alt: "picture"})
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Wherever a copy of a picture stands of which a part is to be painted over, and however
// it is made anew, it is named where the part is seen, and no copy in which it is not.
func TestCopiesArePainted(t *testing.T) {
	over := image.Rect(96, 64, 176, 144)
	whole, painted, other, alike := garden(0), blackened(garden(0), over), garden(1), garden(1)
	draw.Draw(alike, over, whole, over.Min, draw.Src)
	file := asPNG(t, whole)
	sum := sha256.Sum256(file)
	secret := Secret{What: "painted", Text: "garden.png", Sum: hex.EncodeToString(sum[:]), Size: int64(len(file)), Looks: []*Looks{
		LooksOf(scaled(whole, 240, 160), Part{Left: 96. / 480, Top: 64. / 320, Right: 176. / 480, Bottom: 144. / 320}),
	}}
	palette := image.NewPaletted(whole.Rect, nil)
	for i := range 256 {
		palette.Palette = append(palette.Palette, color.RGBA{byte(i / 36 * 40), byte(i / 6 % 6 * 50), byte(i % 6 * 50), 255})
	}
	few := func(img image.Image) image.Image {
		out := image.NewPaletted(palette.Rect, palette.Palette)
		draw.FloydSteinberg.Draw(out, out.Rect, img, image.Point{})
		return out
	}
	grey := func(img image.Image) image.Image {
		out := image.NewGray(whole.Rect)
		draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
		return out
	}
	words := blackened(whole, image.Rect(300, 200, 400, 206))
	for name, made := range map[string]func(image.Image) []byte{
		"data/as it is.png: the picture itself":      func(img image.Image) []byte { return asPNG(t, img) },
		"timeline/smaller.jpg: a picture that looks": func(img image.Image) []byte { return asJPEG(t, scaled(img, 301, 200)) },
		"timeline/larger.png: a picture that looks":  func(img image.Image) []byte { return asPNG(t, scaled(img, 720, 480)) },
		"jpeg.pdf: a picture that looks":             func(img image.Image) []byte { return onPage(t, asJPEG(t, scaled(img, 390, 260))) },
		"pixels.pdf: a picture that looks":           func(img image.Image) []byte { return onPage(t, asPNG(t, scaled(img, 390, 260))) },
		"palette.pdf: a picture that looks":          func(img image.Image) []byte { return onPage(t, asPNG(t, few(img))) },
		"grey.pdf: a picture that looks":             func(img image.Image) []byte { return onPage(t, asPNG(t, grey(img))) },
		"all.zip: the picture itself":                func(img image.Image) []byte { return zipped(t, "a.png", string(asPNG(t, img))) },
		"anew.zip: a picture that looks":             func(img image.Image) []byte { return zipped(t, "a.jpg", string(asJPEG(t, img))) },
		"all.tgz: the picture itself":                func(img image.Image) []byte { return tarred(t, "a.png", string(asPNG(t, img))) },
		"zip.zip: the picture itself": func(img image.Image) []byte {
			return zipped(t, "b.zip", string(zipped(t, "a.png", string(asPNG(t, img)))))
		},
		"document.docx: a picture that looks":           func(img image.Image) []byte { return zipped(t, "word/media/a.jpg", string(asJPEG(t, img))) },
		"zip with a document.zip: a picture that looks": func(img image.Image) []byte { return zipped(t, "a.pdf", string(onPage(t, asJPEG(t, img)))) },
		"other ending.bin: a picture that looks":        func(img image.Image) []byte { return asJPEG(t, img) },
		"webp.webp: a picture that looks":               func(img image.Image) []byte { return asWebP(t, img) },
		"of another shape.jpg: nothing":                 func(img image.Image) []byte { return asJPEG(t, scaled(img, 300, 300)) },
		"tiny.jpg: nothing":                             func(img image.Image) []byte { return asJPEG(t, scaled(img, 12, 8)) },
	} {
		name, want, _ := strings.Cut(name, ": ")
		in := map[string]string{"the picture itself": inWhole, "a picture that looks": inLooks}[want]
		for of, img := range map[string]image.Image{"whole": whole, "painted over": painted, "another": other, "another with such a part": alike, "with other words": words} {
			l, err := Look(t.Context(), fstest.MapFS{name: {Data: made(img)}}, []Secret{secret}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			l.Findings = slices.DeleteFunc(l.Findings, func(f Finding) bool { return f.What != secret.What })
			if of != "whole" || in == "" {
				if len(l.Findings) > 0 {
					t.Errorf("%s, %s: %+v", name, of, l.Findings)
				}
				continue
			}
			if len(l.Findings) != 1 || l.Findings[0].Times != 1 || l.Findings[0].Places[0].In != in || !strings.HasPrefix(l.Findings[0].Places[0].File, name) {
				t.Errorf("%s, %s: %+v, want in %q; not looked into: %q", name, of, l.Findings, in, l.Unread)
			}
		}
	}
}

// A part that is as black by itself as what is painted over looks the same: nothing is
// said of it.
func TestBlackPartIsNoFinding(t *testing.T) {
	over := image.Rect(96, 64, 176, 144)
	night := blackened(garden(0), over)
	looks := LooksOf(night, Part{Left: 0.2, Top: 0.2, Right: 0.36, Bottom: 0.44})
	if looks.shownIn(night) {
		t.Error("what is black is taken for seen")
	}
}

// asWebP packs a picture anew with a program of others.
func asWebP(t *testing.T, img image.Image) []byte {
	t.Helper()
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a.png"), filepath.Join(dir, "a.webp")
	if err := os.WriteFile(from, asPNG(t, img), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("ffmpeg", "-loglevel", "error", "-i", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
