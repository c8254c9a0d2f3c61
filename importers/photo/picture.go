package photo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"runtime"
	"slices"
	"strconv"

	"github.com/gen2brain/heic"
	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"daybook/importers/worker"
)

// ThumbnailSide is the longer side of a thumbnail in pixels, at most.
const ThumbnailSide = 512

// The limits of what is decoded.
const (
	maxSide      = 65_535
	maxDecoded   = 200_000_000 // pixels: the largest sensor of a telephone
	maxDeep      = 50_000_000  // pixels of GIF and of PNG with 16 bits a colour
	maxHEIC      = 64 << 20    // bytes: it is held in memory whole
	maxEmbedded  = 1_000_000   // pixels of the thumbnail inside a photograph
	thumbQuality = 80
	bookQuality  = 88
)

// NotShown is the error of a picture that is kept and not decoded. Why is for a
// person: no words of a decoder are in it.
type NotShown struct{ Why string }

func (e *NotShown) Error() string { return "kept safely, not shown: " + e.Why }

// Plain is why, for whoever reads a page on which the picture is missing.
func (e *NotShown) Plain() string { return e.Why }

// coder is the number of how Picture makes a picture: it rises with each change that
// gives other bytes, so that what was made before is not taken for what is made now.
const coder = 2

// Coder names what Picture makes pictures with. Those with the same name make the
// same bytes.
func Coder() string { return fmt.Sprintf("%d, %s", coder, runtime.Version()) }

// Why a picture is not decoded, beside what is too large.
const (
	whyBroken  = "its file cannot be drawn; it may be damaged, or of a form that is rarely used"
	whyUnknown = "its file is no picture of a kind that this program can draw"
)

// Fit says how large an upright picture of a size is wanted at most, in pixels.
type Fit = func(wide, high int) (int, int)

// Within is for pictures of so many pixels at most.
func Within(pixels int) Fit {
	return func(wide, high int) (int, int) {
		p := within(image.Rect(0, 0, wide, high), max(1, pixels))
		return p.X, p.Y
	}
}

// Pictures makes pictures that can be shown, upright and without any metadata;
// thumbnails are JPEG. A picture that is refused is a *NotShown; one
// that the worker's limits ended is a *worker.GaveUp.
type Pictures interface {
	// Thumbnail is at most ThumbnailSide wide and high. It is made from the
	// thumbnail inside a photograph where there is one of the same shape.
	Thumbnail(ctx context.Context, name string, r io.ReaderAt, size int64) (jpeg []byte, w, h int, err error)
	// Picture is the whole picture, JPEG or PNG, made smaller where it is larger
	// than fit says of its size. What is small enough, and upright, is packed as
	// it came: decoded to its end, and written without anything beside the pixels.
	Picture(ctx context.Context, name string, r io.ReaderAt, size int64, fit Fit) (data []byte, w, h int, err error)
	// Grey is the whole picture in shades of grey as a plain PGM file, for
	// programs that shall see nothing of the original's own bytes.
	Grey(ctx context.Context, name string, r io.ReaderAt, size int64, maxPixels int) (pgm []byte, err error)
}

var (
	_ Pictures = Local{}
	_ Pictures = Worker{}
)

// Thumbnail makes a thumbnail in this process.
func (Local) Thumbnail(_ context.Context, name string, r io.ReaderAt, size int64) ([]byte, int, int, error) {
	b, w, h, err := thumbnail(r, size)
	return b, w, h, of(name, err)
}

// Picture makes a picture in this process.
func (Local) Picture(_ context.Context, name string, r io.ReaderAt, size int64, fit Fit) ([]byte, int, int, error) {
	l, full, err := lookedAt(r, size)
	if err != nil {
		return nil, 0, 0, of(name, err)
	}
	wide, high := fit(l.size(full))
	b, w, h, err := picture(r, size, wide, high)
	return b, w, h, of(name, err)
}

// of says of which file an error is.
func of(name string, err error) error {
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return err
}

// Thumbnail makes a thumbnail in the worker.
func (w Worker) Thumbnail(ctx context.Context, name string, r io.ReaderAt, size int64) ([]byte, int, int, error) {
	return w.show(ctx, jobThumbnail, nil, name, r, size)
}

// Picture makes a picture in the worker, which first tells its size.
func (w Worker) Picture(ctx context.Context, name string, r io.ReaderAt, size int64, fit Fit) ([]byte, int, int, error) {
	_, wide, high, err := w.show(ctx, jobSize, nil, name, r, size)
	if err != nil {
		return nil, 0, 0, err
	}
	wide, high = fit(wide, high)
	return w.show(ctx, jobPicture, sides(wide, high), name, r, size)
}

func (w Worker) show(ctx context.Context, job string, ask []byte, name string, r io.ReaderAt, size int64) ([]byte, int, int, error) {
	b, err := w.Pool.Do(ctx, worker.Task{Job: job, Ask: ask, Name: name, At: r, Size: size, Wall: pictureWall})
	if err != nil {
		return nil, 0, 0, err
	}
	switch {
	case len(b) > 0 && b[0] == 0:
		return nil, 0, 0, fmt.Errorf("%s: %w", name, &NotShown{string(b[1:])})
	case len(b) < 9:
		return nil, 0, 0, fmt.Errorf("%s: the worker sent %d bytes", name, len(b))
	}
	return b[9:], int(be32(b[1:])), int(be32(b[5:])), nil
}

// sides is a size as a job is asked for it.
func sides(wide, high int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(wide)), uint32(high))
}

// shows makes a job of what makes a picture: its answer is 1, width, height and
// the picture, or 0 and why there is none.
func shows(show func(ask []byte, at io.ReaderAt, size int64) ([]byte, int, int, error)) worker.Job {
	return func(_ context.Context, ask []byte, at io.ReaderAt, size int64) ([]byte, error) {
		b, w, h, err := show(ask, at, size)
		var no *NotShown
		if errors.As(err, &no) {
			return append([]byte{0}, no.Why...), nil
		}
		if err != nil {
			return nil, err
		}
		return slices.Concat([]byte{1}, sides(w, h), b), nil
	}
}

func thumbnailJob(_ []byte, at io.ReaderAt, size int64) ([]byte, int, int, error) {
	return thumbnail(at, size)
}

func sizeJob(_ []byte, at io.ReaderAt, size int64) ([]byte, int, int, error) {
	l, full, err := lookedAt(at, size)
	w, h := l.size(full)
	return nil, w, h, err
}

func pictureJob(ask []byte, at io.ReaderAt, size int64) ([]byte, int, int, error) {
	if len(ask) != 8 {
		return nil, 0, 0, fmt.Errorf("how large a picture: %d bytes", len(ask))
	}
	return picture(at, size, int(be32(ask)), int(be32(ask[4:])))
}

// lookedAt reads what must be known of a picture before it is decoded, and
// refuses one that takes too much.
func lookedAt(r io.ReaderAt, size int64) (looked, image.Config, error) {
	l := look(&probe{at: r, size: size, left: maxProbe})
	full, err := l.config(r, size)
	return l, full, err
}

// size is that of the upright picture.
func (l looked) size(full image.Config) (wide, high int) {
	if l.orientation >= 5 && l.orientation <= 8 {
		return full.Height, full.Width
	}
	return full.Width, full.Height
}

// thumbnail takes the one inside the file, or makes one.
func thumbnail(r io.ReaderAt, size int64) ([]byte, int, int, error) {
	l, full, err := lookedAt(r, size)
	if err != nil {
		return nil, 0, 0, err
	}
	img, ok := l.embedded(r, full)
	if !ok {
		if img, err = l.decode(r, size); err != nil {
			return nil, 0, 0, &NotShown{whyBroken}
		}
	}
	return encode(img, fit(img.Bounds(), ThumbnailSide), l.orientation, thumbQuality)
}

// picture makes a picture at most so wide and high when it is upright.
func picture(r io.ReaderAt, size int64, wide, high int) ([]byte, int, int, error) {
	l, full, err := lookedAt(r, size)
	if err != nil {
		return nil, 0, 0, err
	}
	w, h := l.size(full)
	f := min(1, float64(wide)/float64(w), float64(high)/float64(h))
	var kept []byte
	if f == 1 && l.orientation <= 1 {
		if kept, err = l.bare(r, size); err != nil {
			return nil, 0, 0, err
		}
	}
	if kept != nil {
		r, size = bytes.NewReader(kept), int64(len(kept))
	}
	img, err := l.decode(r, size)
	switch {
	case err != nil:
		return nil, 0, 0, &NotShown{whyBroken}
	case kept != nil: // and it has no fault
		return kept, full.Width, full.Height, nil
	}
	return encode(img, scaled(img.Bounds(), f), l.orientation, bookQuality)
}

// looked is what must be known of a picture before it is decoded.
type looked struct {
	m           Metadata
	orientation int
	thumb       section
}

func look(p *probe) looked {
	var l looked
	head, err := p.upTo(0, 512)
	if err != nil {
		return l
	}
	l.m.Format = sniff(head)
	var found blocks
	switch l.m.Format {
	case "jpeg":
		found, err = jpegBlocks(p, &l.m)
	case "png":
		found, err = pngBlocks(p, &l.m)
	case "webp":
		found, err = riffBlocks(p, &l.m)
	case "heic", "avif":
		_, err = heifBlocks(p, &l.m) // its own boxes turn it, and the decoder obeys them
	}
	if err == nil && found.exif != nil {
		t := &tiffReader{p: p, at: *found.exif, m: &l.m, seen: map[int64]bool{}}
		if t.walk() == nil {
			l.thumb = t.thumb
		}
		l.orientation, _ = strconv.Atoi(l.m.Get(Own, "EXIF", "Orientation")) // no number: upright
	}
	return l
}

// stream reads from front to back in pieces of n bytes.
func stream(r io.ReaderAt, size int64, n int) io.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(r, 0, size), n)
}

// config reads the size of the picture from its header and refuses what would
// take too much memory.
func (l looked) config(r io.ReaderAt, size int64) (image.Config, error) {
	var c image.Config
	var err error
	in := stream(r, size, 16<<10)
	limit := maxDecoded
	switch l.m.Format {
	case "jpeg":
		c, err = jpeg.DecodeConfig(in)
	case "png":
		if c, err = png.DecodeConfig(in); err == nil && deep(c.ColorModel) {
			limit = maxDeep
		}
	case "gif":
		c, err = gif.DecodeConfig(in)
		limit = maxDeep
	case "webp":
		c, err = webp.DecodeConfig(in)
	case "tiff":
		c, err = tiff.DecodeConfig(readerAt{in, r})
	case "bmp":
		c, err = bmp.DecodeConfig(in)
	case "heic":
		c.Width, c.Height = l.m.Width, l.m.Height
		if size > maxHEIC {
			return c, &NotShown{fmt.Sprintf("its file is a HEIC of %d MiB (limit %d)", size>>20, maxHEIC>>20)}
		}
	default:
		return c, &NotShown{whyUnknown}
	}
	if err != nil {
		return c, &NotShown{whyBroken}
	}
	if c.Width <= 0 || c.Height <= 0 {
		return c, &NotShown{"its file does not say how large it is"}
	}
	if c.Width > maxSide || c.Height > maxSide || int64(c.Width)*int64(c.Height) > int64(limit) {
		return c, &NotShown{fmt.Sprintf("its file claims %d × %d pixels (limit %d megapixels)", c.Width, c.Height, limit/1_000_000)}
	}
	return c, nil
}

func deep(m color.Model) bool {
	return m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model
}

// readerAt lets the TIFF decoder read where it likes.
type readerAt struct {
	io.Reader
	io.ReaderAt
}

func (l looked) decode(r io.ReaderAt, size int64) (image.Image, error) {
	in := stream(r, size, 256<<10)
	switch l.m.Format {
	case "jpeg":
		return jpeg.Decode(in)
	case "png":
		return png.Decode(in)
	case "gif":
		return gif.Decode(in) // the first frame alone
	case "webp":
		return decodeWebP(in)
	case "tiff":
		return tiff.Decode(readerAt{in, r})
	case "bmp":
		return bmp.Decode(in)
	default:
		return heic.Decode(in)
	}
}

// embedded decodes the thumbnail inside a photograph. One of another shape is
// not used: it may be left from before the picture was cut.
func (l looked) embedded(r io.ReaderAt, full image.Config) (image.Image, bool) {
	if l.thumb.size < 100 || l.thumb.size > 64<<10 {
		return nil, false
	}
	b := make([]byte, l.thumb.size)
	if n, err := r.ReadAt(b, l.thumb.off); n < len(b) && err != nil {
		return nil, false
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width*c.Height > maxEmbedded || c.Width < 100 || c.Height < 75 && c.Width < 160 {
		return nil, false
	}
	shape := float64(c.Width) / float64(c.Height)
	if want := float64(full.Width) / float64(full.Height); math.Abs(shape-want) > 0.03*want {
		return nil, false
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	return img, err == nil
}

// fit gives the size of a picture whose longer side is at most side.
func fit(b image.Rectangle, side int) image.Point {
	return scaled(b, min(1, float64(side)/float64(max(b.Dx(), b.Dy()))))
}

// within gives the size of a picture of at most so many pixels.
func within(b image.Rectangle, pixels int) image.Point {
	return scaled(b, min(1, math.Sqrt(float64(pixels)/(float64(b.Dx())*float64(b.Dy())))))
}

func scaled(b image.Rectangle, f float64) image.Point {
	return image.Pt(max(1, int(f*float64(b.Dx()))), max(1, int(f*float64(b.Dy()))))
}

// encode scales onto white, turns and writes.
func encode(src image.Image, to image.Point, orientation, quality int) ([]byte, int, int, error) {
	if planes, ok := src.(*image.YCbCr); ok && halved(planes) {
		return written(shrink(planes, to, orientation), quality)
	}
	if grey, ok := src.(*image.Gray); ok {
		return written(shrinkGrey(grey, to, orientation), quality)
	}
	dst := image.NewRGBA(image.Rectangle{Max: to})
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Over, nil)
	return written(upright(dst, orientation), quality)
}

func written(img image.Image, quality int) ([]byte, int, int, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, 0, 0, err
	}
	return out.Bytes(), img.Bounds().Dx(), img.Bounds().Dy(), nil
}

// upright turns a picture as its EXIF orientation (2 to 8) says.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.Pt(w, h)
	if orientation >= 5 {
		out = image.Pt(h, w)
	}
	dst := image.NewRGBA(image.Rectangle{Max: out})
	for y := range h {
		for x := range w {
			tx, ty := turned(orientation, x, y, w, h)
			copy(dst.Pix[ty*dst.Stride+4*tx:][:4], src.Pix[y*src.Stride+4*x:][:4])
		}
	}
	return dst
}

func turned(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	default:
		return y, w - 1 - x
	}
}
