package photo

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strconv"

	"golang.org/x/image/draw"

	"daybook/importers/worker"
)

// Grey makes a grey picture in this process.
func (Local) Grey(_ context.Context, name string, r io.ReaderAt, size int64, maxPixels int) ([]byte, error) {
	b, err := grey(r, size, maxPixels)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// Grey makes a grey picture in the worker.
func (w Worker) Grey(ctx context.Context, name string, r io.ReaderAt, size int64, maxPixels int) ([]byte, error) {
	b, err := w.Pool.Do(ctx, worker.Task{
		Job: jobGrey, Ask: []byte(strconv.Itoa(maxPixels)), Name: name, At: r, Size: size, Wall: pictureWall,
	})
	switch {
	case err != nil:
		return nil, err
	case len(b) > 0 && b[0] == 0:
		return nil, fmt.Errorf("%s: %w", name, &NotShown{string(b[1:])})
	}
	return b, nil
}

// greyJob answers the PGM, or 0 and why not.
func greyJob(_ context.Context, ask []byte, at io.ReaderAt, size int64) ([]byte, error) {
	maxPixels, err := strconv.Atoi(string(ask))
	if err != nil {
		return nil, fmt.Errorf("how many pixels: %w", err)
	}
	b, err := grey(at, size, maxPixels)
	var no *NotShown
	if errors.As(err, &no) {
		return append([]byte{0}, no.Why...), nil
	}
	return b, err
}

// grey decodes, scales, turns and takes the colours away.
func grey(r io.ReaderAt, size int64, maxPixels int) ([]byte, error) {
	l := look(&probe{at: r, size: size, left: maxProbe})
	if _, err := l.config(r, size); err != nil {
		return nil, err
	}
	img, err := l.decode(r, size)
	if err != nil {
		return nil, &NotShown{whyBroken}
	}
	to := image.Rectangle{Max: within(img.Bounds(), max(1, maxPixels))}
	full := image.NewRGBA(to)
	draw.Draw(full, to, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(full, to, img, img.Bounds(), draw.Over, nil)
	full = upright(full, l.orientation)
	return pgm(full), nil
}

// pgm writes a picture as a binary PGM.
func pgm(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, w*h+32), "P5\n%d %d\n255\n", w, h)
	for y := range h {
		row := img.Pix[y*img.Stride:][:4*w]
		for x := 0; x < len(row); x += 4 {
			out = append(out, byte((299*int(row[x])+587*int(row[x+1])+114*int(row[x+2])+500)/1000))
		}
	}
	return out
}
