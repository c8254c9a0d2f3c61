package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"daybook/importers"
	"daybook/importers/worker"
	"daybook/timeline"
)

// TestMain makes the test program its own worker.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.Arg {
		jobs := Jobs()
		jobs["crash"] = func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) { os.Exit(7); return nil, nil }
		if err := worker.Main(context.Background(), os.Stdin, os.Stdout, jobs); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func startWorker(t testing.TB) Worker {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := worker.Start(context.Background(), exe, worker.Kind{})
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return Worker{Pool: p}
}

// TestWorkerReadsTheSame: the worker gives what this process would, with a
// head or without.
func TestWorkerReadsTheSame(t *testing.T) {
	w := startWorker(t)
	for name, b := range sampleFiles(t) {
		want := localMetadata(t, b)
		for _, head := range []int{0, 20, len(b)} {
			got, err := w.Metadata(context.Background(), name, b[:min(head, len(b))], bytes.NewReader(b), int64(len(b)))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s with a head of %d: %v\n got %+v\nwant %+v", name, head, err, got, want)
			}
		}
	}
}

// gaveUp is a Reader whose worker is lost.
type gaveUp struct{}

func (gaveUp) Metadata(context.Context, string, []byte, io.ReaderAt, int64) (Metadata, error) {
	return Metadata{}, &worker.GaveUp{Name: "x", Why: "not finished after 5s"}
}

func TestALostWorkerCostsTheMetadataAlone(t *testing.T) {
	b := jpegBytes(t, canvas(16, 12), nil)
	s := importers.Source{Path: "Screenshot_20240105_140322_WhatsApp.jpg", Head: b, Size: int64(len(b))}
	var out oneEvent
	if err := New(gaveUp{}).Import(context.Background(), s, &out); err == nil || out.n != 1 {
		t.Fatalf("%d events, %v", out.n, err)
	}
	if e := out.e; e.Kind != timeline.Shot || e.When.Local.Year() != 2024 || e.Extra.Get("notes") != "metadata not read: not finished after 5s" {
		t.Errorf("%+v", e)
	}
}

// TestBombs: a picture that claims more than it may is refused by its header.
func TestBombs(t *testing.T) {
	w := startWorker(t)
	jpegBomb := []byte("\xff\xd8\xff\xc2\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00")
	ihdr := append(append(be(4, 50_000), be(4, 50_000)...), 8, 6, 0, 0, 0)
	pngBomb := append([]byte(pngSignature), chunk("IHDR", ihdr)...)
	gifBomb := []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;")
	for name, b := range map[string][]byte{"jpeg": jpegBomb, "png": pngBomb, "gif": gifBomb, "heic": heicBytes(nil, 60_000, 60_000), "none": []byte("not a picture"), "empty": nil} {
		for _, p := range []Pictures{Local{}, w} {
			_, _, _, err := p.Thumbnail(context.Background(), name, bytes.NewReader(b), int64(len(b)))
			var no *NotShown
			if !errors.As(err, &no) {
				t.Errorf("%s by %T: %v", name, p, err)
			}
		}
	}
	// within the pixels that are allowed, and still more than the memory is
	large := bytes.Replace(jpegBomb, []byte("\xff\xdc\xff\xdc"), []byte("\x36\xb0\x36\xb0"), 1)
	var gave *worker.GaveUp
	var no *NotShown
	if _, _, _, err := w.Thumbnail(context.Background(), "large", bytes.NewReader(large), int64(len(large))); !errors.As(err, &gave) && !errors.As(err, &no) {
		t.Errorf("large: %v", err)
	}
	if _, err := w.Pool.Do(context.Background(), worker.Task{Job: "crash", Name: "x"}); err == nil {
		t.Error("the crash was not seen")
	}
	if _, _, _, err := w.Thumbnail(context.Background(), "x", bytes.NewReader(jpegBytes(t, canvas(16, 12), nil)), 0); err == nil {
		t.Error("a file of no bytes has a thumbnail")
	}
}

func encoded(t *testing.T, format string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "gif":
		err = gif.Encode(&b, img, nil)
	case "bmp":
		err = bmp.Encode(&b, img)
	case "tiff":
		err = tiff.Encode(&b, img, nil)
	case "png":
		return pngBytes(t, img, nil, nil)
	default:
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictures(t *testing.T) {
	w := startWorker(t)
	for _, format := range []string{"jpeg", "png", "gif", "bmp", "tiff"} {
		b := encoded(t, format, canvas(600, 300))
		thumb, tw, th, err := w.Thumbnail(context.Background(), format, bytes.NewReader(b), int64(len(b)))
		if err != nil || tw != 512 || th != 256 {
			t.Errorf("%s: thumbnail %d × %d, %v", format, tw, th, err)
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(thumb))
		if err != nil || img.Bounds().Dx() != tw || img.Bounds().Dy() != th || !white(img.At(20, 20)) || white(img.At(500, 200)) {
			t.Errorf("%s: thumbnail is not the picture: %v", format, err)
		}
		_, pw, ph, err := w.Picture(context.Background(), format, bytes.NewReader(b), int64(len(b)), Within(20_000))
		if err != nil || pw != 200 || ph != 100 {
			t.Errorf("%s: picture %d × %d, %v", format, pw, ph, err)
		}
		if _, pw, ph, err = w.Picture(context.Background(), format, bytes.NewReader(b), int64(len(b)), Within(1<<30)); err != nil || pw != 600 || ph != 300 {
			t.Errorf("%s: whole picture %d × %d, %v", format, pw, ph, err)
		}
	}
}

func white(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r > 0xd000 && g > 0xd000 && b > 0xd000
}

// TestUpright: the white corner, at the top left as it is stored, ends where
// the orientation says.
func TestUpright(t *testing.T) {
	const w, h = 64, 32
	for o, corner := range map[int]image.Point{
		1: {2, 2}, 2: {w - 3, 2}, 3: {w - 3, h - 3}, 4: {2, h - 3},
		5: {2, 2}, 6: {h - 3, 2}, 7: {h - 3, w - 3}, 8: {2, w - 3},
	} {
		b := jpegBytes(t, canvas(w, h), tiffBytes(binary.BigEndian, []entry{{0x0112, uint16(o)}}, nil, nil))
		out, ow, oh, err := Local{}.Picture(context.Background(), "x", bytes.NewReader(b), int64(len(b)), Within(1<<20))
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		wantW, wantH := w, h
		if o >= 5 {
			wantW, wantH = h, w
		}
		if ow != wantW || oh != wantH || !white(img.At(corner.X, corner.Y)) {
			t.Errorf("orientation %d: %d × %d, corner %v is %v", o, ow, oh, corner, img.At(corner.X, corner.Y))
		}
		if bytes.Contains(out, []byte("Exif")) {
			t.Errorf("orientation %d: metadata in the picture", o)
		}
	}
}

// withThumbnail is EXIF with a JPEG in its second directory.
func withThumbnail(thumb []byte) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x0e\x00\x02")
	at := uint32(14 + 2 + 24 + 4)
	for _, e := range [][2]uint32{{0x0201, at}, {0x0202, uint32(len(thumb))}} {
		b = binary.BigEndian.AppendUint16(b, uint16(e[0]))
		b = binary.BigEndian.AppendUint16(b, 4)
		b = binary.BigEndian.AppendUint32(b, 1)
		b = binary.BigEndian.AppendUint32(b, e[1])
	}
	return append(append(b, 0, 0, 0, 0), thumb...)
}

// TestEmbeddedThumbnail: it is used when it has the picture's shape, and not
// when the picture was cut since.
func TestEmbeddedThumbnail(t *testing.T) {
	plain := image.NewUniform(color.RGBA{0, 200, 0, 255})
	small := image.NewRGBA(image.Rect(0, 0, 160, 120))
	for y := range 120 {
		for x := range 160 {
			small.Set(x, y, plain.C)
		}
	}
	exif := withThumbnail(encoded(t, "jpeg", small))
	for _, c := range []struct {
		w, h int
		used bool
	}{{800, 600, true}, {800, 450, false}} {
		b := jpegBytes(t, canvas(c.w, c.h), exif)
		_, w, _, err := Local{}.Thumbnail(context.Background(), "x", bytes.NewReader(b), int64(len(b)))
		if err != nil || (w == 160) != c.used {
			t.Errorf("%d × %d: thumbnail of width %d, %v", c.w, c.h, w, err)
		}
	}
}

// album makes n photographs with EXIF of the usual size.
func album(tb testing.TB, n int) [][]byte {
	exif := tiffBytes(binary.LittleEndian,
		[]entry{{0x010f, "samsung"}, {0x0110, "SM-G991B"}, {0x0112, uint16(6)}, {0x0131, "G991BXXU5"}, {0x0132, "2024:01:05 14:03:22"}},
		[]entry{{0x9003, "2024:01:05 14:03:22"}, {0x9004, "2024:01:05 14:03:22"}, {0x9011, "+00:00"}, {0x9291, "054"}, {0x927c, make([]byte, 3000)}},
		[]entry{{1, "N"}, {2, [3]float64{51, 30, 26.5}}, {3, "W"}, {4, [3]float64{0, 7, 39.9}}, {7, [3]float64{14, 3, 12}}, {0x1d, "2024:01:05"}})
	exif = append(exif, make([]byte, 20_000)...) // where a thumbnail would be
	b := jpegBytes(tb, canvas(64, 48), exif)
	b = append(b, make([]byte, 3<<20-len(b))...)
	list := make([][]byte, n)
	for i := range list {
		list[i] = b
	}
	return list
}

// BenchmarkImport1000 reads a thousand photographs of 3 MB through the worker,
// two at a time.
func BenchmarkImport1000(b *testing.B) {
	w := startWorker(b)
	imp := New(w)
	photos := album(b, 1000)
	for b.Loop() {
		next := make(chan []byte)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for p := range next {
					s := importers.Source{Path: "IMG_1.jpg", Head: p[:importers.HeadSize], Size: int64(len(p)), FS: fstest.MapFS{"IMG_1.jpg": {Data: p}}}
					var out oneEvent
					if err := imp.Import(context.Background(), s, &out); err != nil || !out.e.Place.Fix {
						b.Errorf("%v %+v", err, out.e)
					}
				}
			})
		}
		for _, p := range photos {
			next <- p
		}
		close(next)
		wg.Wait()
	}
	b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkImport1000Alone does the same one at a time.
func BenchmarkImport1000Alone(b *testing.B) {
	w := startWorker(b)
	imp := New(w)
	photos := album(b, 1000)
	for b.Loop() {
		for _, p := range photos {
			s := importers.Source{Path: "IMG_1.jpg", Head: p[:importers.HeadSize], Size: int64(len(p)), FS: fstest.MapFS{"IMG_1.jpg": {Data: p}}}
			var out oneEvent
			if err := imp.Import(context.Background(), s, &out); err != nil || !out.e.Place.Fix {
				b.Fatal(err, out.e)
			}
		}
	}
	b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "files/s")
}

func BenchmarkThumbnail12MP(b *testing.B) {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, canvas(4000, 3000), nil); err != nil {
		b.Fatal(err)
	}
	r := bytes.NewReader(buf.Bytes())
	for b.Loop() {
		if _, _, _, err := (Local{}).Thumbnail(context.Background(), "x", r, r.Size()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPublicPictures shows every public still that has a decoder, HEIC among
// them, inside the worker's limits.
func TestPublicPictures(t *testing.T) {
	dir, ok := fixtures(t)
	if !ok {
		t.Log("no public samples on this machine")
		return
	}
	w := startWorker(t)
	for name, want := range map[string]image.Point{
		"samplefilehub.heif": {512, 340}, "DSCN0010.jpg": {160, 120},
		"Samsung GT-I9000 (Galaxy S).jpg": {120, 160}, "sunrise.png": {256, 160}, // all but the first: the thumbnails inside them
	} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		_, tw, th, err := w.Thumbnail(context.Background(), name, bytes.NewReader(b), int64(len(b)))
		if err != nil || tw != want.X || th != want.Y {
			t.Errorf("%s: %d × %d, want %v, %v", name, tw, th, want, err)
		}
	}
}

func BenchmarkThumbnailEmbedded(b *testing.B) {
	var small, large bytes.Buffer
	if err := errors.Join(jpeg.Encode(&small, canvas(160, 120), nil), jpeg.Encode(&large, canvas(4000, 3000), nil)); err != nil {
		b.Fatal(err)
	}
	photo := append(append([]byte{0xff, 0xd8}, segment(0xe1, append([]byte(exifHeader), withThumbnail(small.Bytes())...))...), large.Bytes()[2:]...)
	r := bytes.NewReader(photo)
	for b.Loop() {
		if _, w, _, err := (Local{}).Thumbnail(context.Background(), "x", r, r.Size()); err != nil || w != 160 {
			b.Fatal(w, err)
		}
	}
}
