package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	pngHeader    = 13
)

// The kinds of colours of a PNG that a document shows as they are packed.
const (
	pngGrey    = 0
	pngColour  = 2
	pngPalette = 3
)

var errPNG = errors.New("a PNG that ends too early")

// isPlainPNG tells whether a document can show a PNG as it is packed: eight bits
// a colour, not in stages, and nothing that one sees through.
func isPlainPNG(data []byte) bool {
	plain := false
	err := eachChunk(data, func(kind string, body []byte) {
		switch kind {
		case "IHDR":
			plain = len(body) == pngHeader && body[8] == 8 && body[12] == 0 &&
				(body[9] == pngGrey || body[9] == pngColour || body[9] == pngPalette)
		case "tRNS":
			plain = false
		}
	})
	return plain && err == nil
}

// plainPNG is how a document describes a plain PNG, and its packed pixels.
func plainPNG(data []byte) (dict string, pixels []byte, err error) {
	var header, palette []byte
	err = eachChunk(data, func(kind string, body []byte) {
		switch kind {
		case "IHDR":
			header = body
		case "PLTE":
			palette = body
		case "IDAT":
			pixels = append(pixels, body...)
		}
	})
	if err != nil || len(header) != pngHeader {
		return "", nil, errors.Join(errPNG, err)
	}
	colours, each := "/DeviceRGB", 3
	switch header[9] {
	case pngGrey:
		colours, each = "/DeviceGray", 1
	case pngPalette:
		if len(palette) < 3 || len(palette) > 3*256 {
			return "", nil, errors.New("a PNG without its palette")
		}
		colours, each = fmt.Sprintf("[/Indexed/DeviceRGB %d<%X>]", len(palette)/3-1, palette), 1
	}
	wide, high := binary.BigEndian.Uint32(header), binary.BigEndian.Uint32(header[4:])
	return fmt.Sprintf("/Width %d/Height %d%s/DecodeParms<</Predictor 15/Colors %d/Columns %d>>/ColorSpace%s", wide, high, flate, each, wide, colours), pixels, nil
}

// eachChunk gives the chunks of a PNG up to its end.
func eachChunk(data []byte, do func(kind string, body []byte)) error {
	data, ok := bytes.CutPrefix(data, []byte(pngSignature))
	for ok && len(data) >= 12 {
		size := int64(binary.BigEndian.Uint32(data))
		if size > int64(len(data)-12) {
			break
		}
		kind := string(data[4:8])
		do(kind, data[8:8+size])
		if kind == "IEND" {
			return nil
		}
		data = data[12+size:]
	}
	return errPNG
}
