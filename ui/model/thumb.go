package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"sync"

	"golang.org/x/image/draw"

	"daybook/evidence"
	"daybook/importers/photo"
)

// Thumbs makes small pictures of originals, and keeps them in the case. Foreign
// pictures are decoded in a worker, which is started when the first one is
// asked for. It may be used by several goroutines.
type Thumbs struct {
	open  func(File) (Original, error)
	store *evidence.Store // nil: they are kept nowhere
	keep  bool            // what is made is put into it
	start func(context.Context) (photo.Pictures, func() error, error)
	film  func(context.Context, File) ([]byte, error) // the first frame of one; nil: films have none

	mu       sync.Mutex
	pictures photo.Pictures
	stop     func() error
	closed   bool
}

// Original is a file whose picture is made.
type Original interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// Thumb is a small picture twice: as it is, and so blurred that nothing in it
// can be made out.
type Thumb struct{ Clear, Blurred *image.RGBA }

// Thumbs gives what makes small pictures of the case that lies open.
func (d *Desk) Thumbs() (*Thumbs, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	readOnly, _ := c.ReadOnly()
	return &Thumbs{open: func(f File) (Original, error) { return c.Original(f.Hash) }, store: c.Store(evidence.SmallPictures), keep: !readOnly, start: d.Pictures, film: d.firstFrame}, nil
}

// ErrNoPictures means that this program was given nothing to look into pictures
// with.
var ErrNoPictures = errors.New("pictures: nothing is at hand to look into them with")

// Get gives the small picture of a file, made to fit a box of pixels.
func (t *Thumbs) Get(ctx context.Context, f File, box image.Point) (Thumb, error) {
	data, err := t.small(ctx, f)
	if err != nil {
		return Thumb{}, err
	}
	src, err := jpeg.Decode(bytes.NewReader(data)) // of our own making
	if err != nil {
		return Thumb{}, fmt.Errorf("pictures: %w", err)
	}
	clear := within(src, box)
	return Thumb{clear, blurred(clear)}, nil
}

// small gives the picture of a file as it is kept, or made and kept now.
func (t *Thumbs) small(ctx context.Context, f File) ([]byte, error) {
	if t.store == nil {
		return t.make(ctx, f)
	}
	key := f.Hash[:]
	data, err := t.store.Get(key)
	if err == nil {
		return data, nil
	}
	if data, err = t.make(ctx, f); err != nil { // not there, or damaged: it is made from the original
		return nil, err
	}
	if !t.keep {
		return data, nil
	}
	if err := t.store.Put(key, data); err != nil {
		return nil, fmt.Errorf("pictures: %w", err)
	}
	return data, nil
}

// make asks the worker.
func (t *Thumbs) make(ctx context.Context, f File) (data []byte, err error) {
	if f.Sort == FilmFile && t.film != nil {
		return t.film(ctx, f)
	}
	p, err := t.worker()
	if err != nil {
		return nil, err
	}
	o, err := t.open(f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	data, _, _, err = p.Thumbnail(ctx, f.Name, o, o.Size())
	return data, err
}

func (t *Thumbs) worker() (photo.Pictures, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.closed:
		return nil, evidence.ErrClosed
	case t.pictures != nil:
		return t.pictures, nil
	case t.start == nil:
		return nil, ErrNoPictures
	}
	var err error
	t.pictures, t.stop, err = t.start(context.Background())
	return t.pictures, err
}

// Close ends the worker.
func (t *Thumbs) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	if t.stop == nil {
		return nil
	}
	stop := t.stop
	t.pictures, t.stop = nil, nil
	return stop()
}

// within scales a picture so that it fills a box; what stands over is cut off
// at both sides.
func within(src image.Image, box image.Point) *image.RGBA {
	b := src.Bounds()
	from := b
	if b.Dx()*box.Y > b.Dy()*box.X {
		w := b.Dy() * box.X / box.Y
		from.Min.X += (b.Dx() - w) / 2
		from.Max.X = from.Min.X + max(1, w)
	} else {
		h := b.Dx() * box.Y / box.X
		from.Min.Y += (b.Dy() - h) / 2
		from.Max.Y = from.Min.Y + max(1, h)
	}
	out := image.NewRGBA(image.Rectangle{Max: box})
	draw.ApproxBiLinear.Scale(out, out.Bounds(), src, from, draw.Src, nil)
	return out
}

// blurPoints is how many points of a picture are left of its width once it is
// blurred: colours, and no shapes.
const blurPoints = 6

func blurred(src *image.RGBA) *image.RGBA {
	b := src.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, blurPoints, max(1, blurPoints*b.Dy()/max(1, b.Dx()))))
	draw.CatmullRom.Scale(small, small.Bounds(), src, b, draw.Src, nil)
	out := image.NewRGBA(image.Rect(0, 0, 64, max(1, 64*b.Dy()/max(1, b.Dx()))))
	draw.BiLinear.Scale(out, out.Bounds(), small, small.Bounds(), draw.Src, nil)
	return out
}
