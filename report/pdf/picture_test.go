package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func pictureOf(tb testing.TB, img image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// pictures are PNGs of every kind that a screenshot may be.
func pictures(tb testing.TB) map[string][]byte {
	bounds := image.Rect(0, 0, 320, 200)
	opaque, clear, grey, deep := image.NewRGBA(bounds), image.NewNRGBA(bounds), image.NewGray(bounds), image.NewNRGBA64(bounds)
	palette := image.NewPaletted(bounds, color.Palette{color.White, color.RGBA{200, 30, 30, 255}, color.Black})
	through := image.NewPaletted(bounds, color.Palette{color.Transparent, color.RGBA{30, 30, 200, 255}})
	for y := range 200 {
		for x := range 320 {
			c := color.NRGBA{uint8(x), uint8(y), 90, 255}
			opaque.Set(x, y, c)
			grey.Set(x, y, c)
			deep.Set(x, y, c)
			c.A = uint8(x)
			clear.Set(x, y, c)
			palette.SetColorIndex(x, y, uint8((x/20+y/20)%3))
			through.SetColorIndex(x, y, uint8((x/20+y/20)%2))
		}
	}
	return map[string][]byte{
		"opaque": pictureOf(tb, opaque), "clear": pictureOf(tb, clear), "grey": pictureOf(tb, grey),
		"deep": pictureOf(tb, deep), "palette": pictureOf(tb, palette), "through": pictureOf(tb, through),
		"photo": photo(tb, 640, 400, 3),
	}
}

func TestPicturesOfEveryKind(t *testing.T) {
	all := pictures(t)
	file := write(t, Options{}, func(d *Doc) {
		for _, name := range []string{"opaque", "clear", "grey", "deep", "palette", "through", "photo", "photo"} {
			d.Heading(2, name, "")
			d.Image(Picture{Data: all[name], Caption: plain("The picture %s", name), Words: "seen-" + name})
		}
	})
	text := strings.Join(pdftotext(t, file), "")
	for name := range all {
		if !strings.Contains(text, "seen-"+name) || !strings.Contains(text, "The picture "+name) {
			t.Errorf("%s: its words or its caption are missing in %q", name, text)
		}
	}
	images := listed(t, file)
	if len(images) != 8 {
		t.Errorf("%d pictures", len(images))
	}
	if images[6].object != images[7].object {
		t.Errorf("the same photo is in the file twice: objects %s and %s", images[6].object, images[7].object)
	}
}

// A picture is made smaller to stand below what is on the page, as long as it
// stays legible; else it has a page of its own.
func TestPictureBelowWhatIsThere(t *testing.T) {
	for _, c := range []struct {
		what          string
		width, height int
		above         int // lines
		pages         int
	}{
		{"a telephone's screen", 540, 960, 20, 1},
		{"the same, low on the page", 540, 960, 34, 2},
		{"a long scroll", 300, 3000, 20, 5},
		{"a small drawing", 80, 60, 38, 1},
		{"a photo", 1200, 900, 20, 1},
	} {
		data := pictureOf(t, image.NewGray(image.Rect(0, 0, c.width, c.height)))
		file := write(t, Options{}, func(d *Doc) {
			for i := range c.above {
				d.Paragraph(Code, plain("line %d", i)...)
			}
			d.Image(Picture{Data: data, Caption: plain("%s", c.what)})
		})
		pages := pdftotext(t, file)
		if len(pages) != c.pages || !strings.Contains(pages[len(pages)-1], c.what) {
			t.Errorf("%s: %d pages, want %d", c.what, len(pages), c.pages)
		}
		for _, img := range listed(t, file) {
			if wide := float64(img.width) / float64(img.dpi) * 72; c.pages == 1 && wide < min(legible, 0.7*float64(c.width)) {
				t.Errorf("%s: it is %.0f points wide", c.what, wide)
			}
		}
	}
}

// A picture much wider than high lies on a page on its side, as wide as that allows, with
// its caption; one that gains little stands upright, and so does what is no exhibit's.
func TestWidePicturesLieOnTheirSide(t *testing.T) {
	for _, c := range []struct {
		width, height int
		side          bool
		pages, points int
	}{
		{9000, 700, true, 2, 728},
		{2400, 1000, true, 2, 728},
		{2400, 1200, true, 1, 481},
		{700, 200, true, 1, 481},
		{9000, 700, false, 1, 481},
	} {
		data := pictureOf(t, image.NewGray(image.Rect(0, 0, c.width, c.height)))
		file := write(t, Options{}, func(d *Doc) {
			d.Paragraph(Body, plain("above")...)
			p := Picture{Data: data, Caption: plain("below it"), Side: c.side}
			room := d.Room(p)
			if wide, _ := room.Size(c.width, c.height); int(wide) != c.points {
				t.Errorf("%d by %d: %.0f points wide, want %d", c.width, c.height, wide, c.points)
			}
			d.Image(p)
		})
		words, sizes := pdftotext(t, file), tool(t, "pdfinfo", "-l", "9", file)
		if len(words) != c.pages || !strings.Contains(words[len(words)-1], "below it") || strings.Contains(sizes, "841.89 x 595.28") != (c.pages == 2) {
			t.Errorf("%d by %d: %q\n%s", c.width, c.height, words, sizes)
		}
		for _, img := range listed(t, file) {
			if wide := float64(img.width) / float64(img.dpi) * 72; int(wide/10) != c.points/10 {
				t.Errorf("%d by %d: it is %.0f points wide, want %d", c.width, c.height, wide, c.points)
			}
		}
	}
}

type listedImage struct {
	width, height, dpi int
	object             string
}

// listed is what pdfimages finds.
func listed(tb testing.TB, file string) (all []listedImage) {
	tb.Helper()
	for _, ln := range strings.Split(tool(tb, "pdfimages", "-list", file), "\n") {
		f := strings.Fields(ln)
		if len(f) < 14 || f[2] != "image" {
			continue
		}
		var l listedImage
		l.width, _ = strconv.Atoi(f[3])
		l.height, _ = strconv.Atoi(f[4])
		l.object = f[10]
		l.dpi, _ = strconv.Atoi(f[12])
		all = append(all, l)
	}
	return all
}

// No picture is finer than 300 dots per inch, emoji in running text included.
func TestPicturesAreNoFinerThanCourtsWant(t *testing.T) {
	size := A4()
	wide := pixels(size.Width - 2*marginSide)
	file := write(t, Options{}, func(d *Doc) {
		d.Image(Picture{Data: photo(t, 4000, 300, 1)})
		d.Image(Picture{Data: photo(t, 300, 5000, 2)})
		d.Image(Picture{Data: photo(t, wide, 400, 3)})
		frame := Picture{Data: photo(t, 3, 1200, 5)}
		d.Strip([]Picture{frame, frame, frame, frame, frame, frame})
		d.Image(Picture{Data: photo(t, 40, 30, 4)})
		big := image.NewNRGBA(image.Rect(0, 0, 3500, 200))
		d.Image(Picture{Data: pictureOf(t, big)})
		d.Paragraph(Body, plain("😀 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿")...)
		d.Table([]Col{{Title: "A", Width: 1, Align: Start}}).Row("", plain("🎉"))
	})
	images := slices.CompactFunc(listed(t, file), func(a, b listedImage) bool { return a.object == b.object })
	if len(images) < 5 {
		t.Fatalf("%d pictures", len(images))
	}
	for _, l := range images {
		if l.dpi > maxDPI {
			t.Errorf("%d by %d pixels are printed at %d dots per inch", l.width, l.height, l.dpi)
		}
	}
	shaper := newShaper("en")
	for _, text := range []string{"😀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣"} {
		inches := shaper.word(text, 0, false).advance * emojiPart * furnitureSize / 72
		if dpi := emojiPixels / inches; dpi > maxDPI {
			t.Errorf("%s is printed at %.0f dots per inch", text, dpi)
		}
	}
	if images[2].width != wide {
		t.Errorf("a picture of %d pixels was made %d wide", wide, images[2].width)
	}
}

func TestNoPicture(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("no picture"), "cut": photo(t, 100, 100, 1)[:200], "cut PNG": pictures(t)["clear"][:300],
	} {
		d, err := New(&bytes.Buffer{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d.Image(Picture{Data: data})
		if _, err := d.Close(); err == nil || !strings.HasPrefix(err.Error(), "picture: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Emoji are printed in their colours, and what has no glyph as a box.
func TestSignsAreDrawn(t *testing.T) {
	for text, coloured := range map[string]bool{"😡👍🏽🇬🇧": true, "\U00020000\U0010FF00": false, "\u200D": false} {
		file := write(t, Options{Footer: func(int, int) string { return "" }}, func(d *Doc) { d.Paragraph(Title, plain("%s", text)...) })
		out := filepath.Join(t.TempDir(), "page")
		tool(t, "pdftoppm", "-r", "60", "-png", "-singlefile", file, out)
		data, err := os.ReadFile(out + ".png")
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		colour, ink := 0, 0
		for y := range page.Bounds().Dy() {
			for x := range page.Bounds().Dx() {
				c := color.NRGBAModel.Convert(page.At(x, y)).(color.NRGBA)
				if least, most := min(c.R, c.G, c.B), max(c.R, c.G, c.B); most-least > 60 {
					colour++
				} else if most < 200 {
					ink++
				}
			}
		}
		if blank := text == "\u200D"; (colour > 100) != coloured || (ink > 20) == blank {
			t.Errorf("%q: %d pixels in colour, %d of ink", text, colour, ink)
		}
	}
}

// A picture that would be a strip nobody can read is cut over pages: each goes on where
// the one before ends, with a strip of it again, and none of it is lost. It is in the file
// once, and its words stand with its parts in their order.
func TestALongPictureIsCut(t *testing.T) {
	const wide, high = 540, 6000
	shades := image.NewGray(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			shades.SetGray(x, y, color.Gray{uint8(40 + y*180/high)}) // darker above than below
		}
	}
	var words []string
	for i := range 60 {
		words = append(words, fmt.Sprintf("said-%02d", i))
	}
	file := write(t, Options{}, func(d *Doc) {
		d.Heading(2, "Exhibit", "")
		d.Image(Picture{Data: pictureOf(t, shades), Caption: plain("A chat."), Words: strings.Join(words, "\n"), Alt: "a chat",
			Part: func(n, of int) string { return fmt.Sprintf(" Part %d of %d.", n, of) }})
	})
	pages := pdftotext(t, file)
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	if got := regexp.MustCompile(`said-\d\d`).FindAllString(strings.Join(pages, ""), -1); !slices.Equal(got, words) {
		t.Errorf("its words are %q", got)
	}
	images := listed(t, file)
	before := uint8(40)
	for i, text := range pages {
		if want := fmt.Sprintf("A chat. Part %d of %d.", i+1, len(pages)); !strings.Contains(text, want) || images[i].object != images[0].object {
			t.Errorf("page %d: %q, want %q; picture %+v", i+1, text, want, images[i])
		}
		first, last := shadesOn(t, file, i+1)
		if first > before || before-first > 12 || last <= first {
			t.Errorf("page %d: it begins with shade %d after %d, and ends with %d", i+1, first, before, last)
		}
		before = last
	}
	if before < 40+179*179/180 {
		t.Errorf("it ends with shade %d", before)
	}
}

// shadesOn are the first and the last grey in the middle of a page, white and black left
// out.
func shadesOn(t *testing.T, file string, page int) (first, last uint8) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "page")
	tool(t, "pdftoppm", "-r", "72", "-gray", "-png", "-singlefile", "-f", strconv.Itoa(page), "-l", strconv.Itoa(page), file, out)
	in, err := os.ReadFile(out + ".png")
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	for y := range img.Bounds().Dy() {
		if g, _ := color.GrayModel.Convert(img.At(img.Bounds().Dx()/2, y)).(color.Gray); g.Y >= 40 && g.Y <= 220 {
			if first == 0 {
				first = g.Y
			}
			last = g.Y
		}
	}
	return first, last
}
