package report

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"daybook/timeline"
)

const (
	// paintBlock is the edge of what a JPEG packs together: what was in a part of
	// it shimmers through to its edge, so whole ones are painted over.
	paintBlock = 16
	// paintQuality is that of a painted picture, from 1 to 100.
	paintQuality = 88
)

// paint gives a picture anew with parts of it painted over: their pixels are gone,
// and nothing but pixels is taken over.
func paint(s Still, areas []timeline.Area) (Still, error) {
	from, err := decodeStill(s.Data)
	if err != nil {
		return Still{}, fmt.Errorf("a part of the picture is withheld, and cannot be painted over: %w", err)
	}
	return paintOver(from, areas)
}

// paintOver gives a picture that is decoded, in greys where it has no colour.
func paintOver(from image.Image, areas []timeline.Area) (Still, error) {
	size := from.Bounds()
	var to draw.Image = image.NewRGBA(image.Rect(0, 0, size.Dx(), size.Dy()))
	if _, grey := from.(*image.Gray); grey {
		to = image.NewGray(to.Bounds())
	}
	draw.Draw(to, to.Bounds(), from, size.Min, draw.Src)
	for _, a := range areas {
		draw.Draw(to, over(a, to.Bounds()), image.Black, image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, to, &jpeg.Options{Quality: paintQuality}); err != nil {
		return Still{}, fmt.Errorf("picture with a part painted over: %w", err)
	}
	return Still{Data: out.Bytes(), Width: size.Dx(), Height: size.Dy()}, nil
}

func isPNG(data []byte) bool { return bytes.HasPrefix(data, []byte("\x89PNG")) }

// decodeStill decodes a picture that the worker gave.
func decodeStill(data []byte) (image.Image, error) {
	if isPNG(data) {
		return png.Decode(bytes.NewReader(data))
	}
	return jpeg.Decode(bytes.NewReader(data))
}

// over is what is painted for an area that was given in the pixels of the whole
// picture: all blocks that it touches.
func over(a timeline.Area, still image.Rectangle) image.Rectangle {
	at := func(n, of, edge int) int { return n * edge / max(1, of) }
	r := image.Rect(
		at(a.X, a.Wide, still.Dx())/paintBlock*paintBlock, at(a.Y, a.High, still.Dy())/paintBlock*paintBlock,
		(at(a.X+a.Width, a.Wide, still.Dx())/paintBlock+1)*paintBlock, (at(a.Y+a.Height, a.High, still.Dy())/paintBlock+1)*paintBlock,
	)
	return r.Intersect(still)
}
