package pictures

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"daybook/assets/fonts"
	"daybook/importers/photo"
	"daybook/importers/worker"
)

// TestMain makes the test program its own worker, and lets it become an engine.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.Arg {
		if err := worker.Main(context.Background(), os.Stdin, os.Stdout, photo.Jobs()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		fmt.Fprintln(os.Stderr, worker.Become(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// bubble is a line of a drawn chat: whose it is by the side, and its colours.
type bubble struct {
	text     string
	mine     bool
	back, on color.Color
}

var (
	white = color.Gray{255}
	black = color.Gray{0}
	green = color.RGBA{0xdc, 0xf8, 0xc6, 255}
	wall  = color.RGBA{0xe5, 0xdd, 0xd5, 255}
	blue  = color.RGBA{0x0b, 0x84, 0xff, 255}
	night = color.RGBA{0x0b, 0x14, 0x1a, 255}
)

// drawn is a screenshot as a telephone makes it.
func drawn(t testing.TB, wallpaper, ink color.Color, clock, heading string, chat ...bubble) *image.RGBA {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1080, 320+140*len(chat)))
	draw.Draw(img, img.Rect, image.NewUniform(wallpaper), image.Point{}, draw.Src)
	write(t, img, ink, 40, 60, 40, clock)
	write(t, img, ink, 200, 160, 44, heading)
	for i, b := range chat {
		y, x := 240+140*i, 40
		if b.mine {
			x = 300
		}
		draw.Draw(img, image.Rect(x, y, x+720, y+100), image.NewUniform(b.back), image.Point{}, draw.Src)
		write(t, img, b.on, x+30, y+65, 40, b.text)
	}
	return img
}

func write(t testing.TB, img draw.Image, ink color.Color, x, y int, size float64, text string) {
	t.Helper()
	f, err := fonts.Open("NotoSans-Regular")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := opentype.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// testEngine gives the engine of this machine. Where none is installed it
// demands the sentence that says so.
func testEngine(t testing.TB) (*Engine, bool) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, err := FindEngine(context.Background(), exe, "")
	if _, none := exec.LookPath("tesseract"); none != nil {
		if !errors.Is(err, ErrNoEngine) {
			t.Fatal(err)
		}
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return e, true
}

// Without an engine the sentence says what to install.
func TestNoEngine(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := FindEngine(context.Background(), "", "")
	if !errors.Is(err, ErrNoEngine) || !strings.Contains(err.Error(), "tesseract-ocr") {
		t.Errorf("%v", err)
	}
}

// Words are read whatever colours they and their bubbles have. Where no engine
// is installed, that is what is said.
func TestWordsOfScreens(t *testing.T) {
	e, ok := testEngine(t)
	if !ok {
		return
	}
	if !strings.HasPrefix(e.Name, "tesseract ") || e.Language != "eng" {
		t.Fatalf("%+v", e)
	}
	for _, name := range []string{"xx", "../eng", "-h", ""} {
		var no *LanguageError
		if _, err := FindEngine(context.Background(), e.outside.Exe, "eng+"+name); !errors.As(err, &no) || no.Language != name {
			t.Errorf("a language %q that is not there: %v", name, err)
		}
	}
	for name, img := range map[string]image.Image{
		"bright": drawn(t, wall, black, "14:22", "Daniel", bubble{"see you at the platform", false, white, black}, bubble{"leave me alone please", true, green, black}),
		"dark":   drawn(t, night, white, "14:22", "Daniel", bubble{"see you at the platform", false, color.RGBA{0x20, 0x2c, 0x33, 255}, white}, bubble{"leave me alone please", true, color.RGBA{0, 0x5c, 0x4b, 255}, white}),
		"blue":   drawn(t, white, black, "14:22", "Daniel", bubble{"see you at the platform", false, color.RGBA{0xe9, 0xe9, 0xeb, 255}, black}, bubble{"leave me alone please", true, blue, white}),
	} {
		b := pngOf(t, img)
		pgm, err := photo.Local{}.Grey(context.Background(), name, bytes.NewReader(b), int64(len(b)), maxPixels)
		if err != nil {
			t.Fatal(err)
		}
		g, err := parsePGM(pgm)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := e.read(context.Background(), name, g)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(lines, "\n"); got != "14:22\nDaniel\nsee you at the platform\nleave me alone please" {
			t.Errorf("%s: read\n%s", name, got)
		}
	}
}

// What is no picture of ours is refused before the engine sees it.
func TestParsePGM(t *testing.T) {
	for _, s := range []string{"", "P5\n", "P5\n2 2\n255\nabc", "P5\n2 2\n65535\nabcd", "P6\n1 1\n255\nabc", "P5\n-1 -4\n255\nabcd", "P5\n0 0\n255\n", "P5\n4000000000 4000000000\n255\nabcd"} {
		if _, err := parsePGM([]byte(s)); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
	g, err := parsePGM([]byte("P5\n2 3\n255\n\n\n\n\n\n\n"))
	if err != nil || g.w != 2 || g.h != 3 || string(g.pix) != "\n\n\n\n\n\n" {
		t.Errorf("%+v, %v", g, err)
	}
}

// An answer of any form gives lines or none, and never more than were there.
func FuzzTSV(f *testing.F) {
	f.Add("5\t1\t1\t1\t1\t1\t44\t19\t106\t31\t95.8\t14:22\n5\t1\t2\t1\t1\t1\t203\t110\t75\t31\t74.1\tDan\n")
	f.Add("level\tpage_num\n5\t\t\t\t\t\t\t\t\t\t99\tx")
	f.Fuzz(func(t *testing.T, answer string) {
		lines := parseTSV(answer)
		if len(lines) > strings.Count(answer, "\n")+1 {
			t.Errorf("%d lines of %q", len(lines), answer)
		}
		for _, l := range lines {
			if !strings.ContainsFunc(l, said) {
				t.Errorf("a line without a word: %q", l)
			}
		}
	})
}

// The engine ends with what asked for it.
func TestEngineIsStopped(t *testing.T) {
	e, ok := testEngine(t)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	g := grey{1500, 1500, bytes.Repeat([]byte("some text, as it were "), 1500*1500/22+1)[:1500*1500]}
	if _, err := e.read(ctx, "long", g); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// BenchmarkFlatten makes the letters of a telephone's screen dark on white.
func BenchmarkFlatten(b *testing.B) {
	img := drawn(b, wall, black, "14:22", "Daniel", slices.Repeat([]bubble{{"see you at the platform", false, white, black}, {"leave me alone please", true, green, black}}, 7)...)
	data := pngOf(b, img)
	pgm, err := photo.Local{}.Grey(b.Context(), "x", bytes.NewReader(data), int64(len(data)), maxPixels)
	if err != nil {
		b.Fatal(err)
	}
	g, err := parsePGM(pgm)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		g.flatten()
	}
}
