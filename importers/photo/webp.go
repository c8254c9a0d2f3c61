package photo

import (
	"image"
	"io"

	"golang.org/x/image/webp"
)

// decodeWebP decodes a picture in the colours that it has. A lossy one keeps them in
// the range of television, luma from 16 to 235 and chroma from 16 to 240 (RFC 6386,
// section 9.2), and the library hands over its planes as they are, where image.YCbCr
// stands for the whole range: black came out as grey, white as light grey.
func decodeWebP(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch img := img.(type) {
	case *image.YCbCr:
		widen(img)
	case *image.NYCbCrA:
		widen(&img.YCbCr)
	}
	return img, err
}

// widen brings the planes of a picture to the whole range, in place.
func widen(img *image.YCbCr) {
	var luma, chroma [256]byte
	for v := range 256 {
		luma[v] = byte(min(max((2*255*(v-16)+219)/(2*219), 0), 255))
		chroma[v] = byte(min(max(128+(255*(v-128))/224, 0), 255))
	}
	for i, v := range img.Y {
		img.Y[i] = luma[v]
	}
	for _, plane := range [][]byte{img.Cb, img.Cr} {
		for i, v := range plane {
			plane[i] = chroma[v]
		}
	}
}
