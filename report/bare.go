package report

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// This file tells whether the file of a picture holds the picture alone, so that
// whoever sees the picture may have the file. It goes by what is allowed: a part
// that is not known to be harmless makes the file one that tells more. What a
// camera, a telephone or a program writes beside the picture (place, device,
// owner, a smaller picture of what was cut away) is such a part, and so is
// anything behind the picture's end.

// mostBeside is how long a part beside the picture may be that is looked into.
const mostBeside = 64 << 10

// bare tells that r, a file of the given type, is a picture and nothing else.
// What cannot be followed to its end is not bare.
func bare(r io.Reader, mt string) (bool, error) {
	w := &walk{r: bufio.NewReaderSize(r, 64<<10)}
	switch mediaType(mt) {
	case "image/jpeg":
		w.jpeg()
	case "image/png":
		w.png()
	case "image/webp":
		w.webp()
	default:
		return false, nil
	}
	if w.err == nil {
		if _, w.err = w.r.ReadByte(); w.err == nil {
			w.err = errTellsMore // behind the end
		}
	}
	switch {
	case errors.Is(w.err, io.EOF):
		return true, nil
	case errors.Is(w.err, errTellsMore), errors.Is(w.err, io.ErrUnexpectedEOF):
		return false, nil
	default:
		return false, w.err
	}
}

// errTellsMore stops at a part that is not known to be harmless.
var errTellsMore = errors.New("picture: the file holds more than the picture")

// walk goes through the parts of a picture's file. After an error it does
// nothing more.
type walk struct {
	r   *bufio.Reader
	err error
}

func (w *walk) want(ok bool) {
	if w.err == nil && !ok {
		w.err = errTellsMore
	}
}

// bytes gives the next n bytes; a file that ends before is cut off.
func (w *walk) bytes(n int) []byte {
	b := make([]byte, n)
	if w.err == nil {
		if _, w.err = io.ReadFull(w.r, b); w.err == io.EOF {
			w.err = io.ErrUnexpectedEOF
		}
	}
	return b
}

func (w *walk) skip(n int64) {
	if w.err == nil {
		if _, w.err = io.CopyN(io.Discard, w.r, n); w.err == io.EOF {
			w.err = io.ErrUnexpectedEOF
		}
	}
}

// beside gives a part that is looked into.
func (w *walk) beside(n int64) []byte {
	if w.want(n >= 0 && n <= mostBeside); w.err != nil {
		return nil
	}
	return w.bytes(int(n))
}

// jpeg follows the segments of a JPEG file to its end.
func (w *walk) jpeg() {
	w.want(bytes.Equal(w.bytes(2), []byte{0xff, 0xd8}))
	for w.err == nil {
		m := w.bytes(2)
		w.want(m[0] == 0xff)
		marker := m[1]
		if marker == 0xd9 {
			return
		}
		n := int64(binary.BigEndian.Uint16(w.bytes(2))) - 2
		w.want(n >= 0)
		switch {
		case marker == 0xda:
			w.skip(n)
			w.scan()
		case marker >= 0xc0 && marker <= 0xcf, marker == 0xdb, marker == 0xdc, marker == 0xdd: // how the picture is packed
			w.skip(n)
		default:
			w.want(bareSegment(marker, w.beside(n)))
		}
	}
}

// scan passes over the packed picture, up to the next marker.
func (w *walk) scan() {
	for w.err == nil {
		at, err := w.r.Peek(2)
		if err != nil {
			w.err = io.ErrUnexpectedEOF
			return
		}
		next := 1
		if at[0] != 0xff { // what is read already is gone over at once: scans are most of a file
			read, _ := w.r.Peek(w.r.Buffered())
			if next = bytes.IndexByte(read, 0xff); next < 0 {
				next = len(read)
			}
		} else if at[1] != 0 && (at[1] < 0xd0 || at[1] > 0xd7) {
			return
		}
		_, w.err = w.r.Discard(next)
	}
}

// bareSegment tells that an application's segment says how to draw the picture
// and no more.
func bareSegment(marker byte, data []byte) bool {
	switch marker {
	case 0xe0: // with a small picture it would be longer
		return len(data) == 14 && bytes.HasPrefix(data, []byte("JFIF\x00"))
	case 0xe1:
		facts, exif := bytes.CutPrefix(data, []byte("Exif\x00\x00"))
		if exif {
			return bareExif(facts)
		}
		facts, xmp := bytes.CutPrefix(data, []byte("http://ns.adobe.com/xap/1.0/\x00"))
		return xmp && bareXMP(facts)
	case 0xe2:
		profile, icc := bytes.CutPrefix(data, []byte("ICC_PROFILE\x00\x01\x01"))
		return icc && bareProfile(profile)
	case 0xee:
		return len(data) == 12 && bytes.HasPrefix(data, []byte("Adobe"))
	default:
		return false
	}
}

// drawingChunks are the chunks of a PNG that say how to draw it.
var drawingChunks = []string{"IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "pHYs", "bKGD", "sBIT", "hIST", "tIME", "cICP", "mDCV", "cLLI", "acTL", "fcTL", "fdAT", "iDOT"}

// png follows the chunks of a PNG file to its end.
func (w *walk) png() {
	w.want(string(w.bytes(8)) == "\x89PNG\r\n\x1a\n")
	for w.err == nil {
		head := w.bytes(8)
		n, kind := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		switch {
		case kind == "IEND":
			w.want(n == 0)
			w.skip(4)
			return
		case slices.Contains(drawingChunks, kind):
			w.want(n <= mostBeside || kind == "IDAT" || kind == "fdAT")
			w.skip(n)
		default:
			w.want(bareChunk(kind, w.beside(n)))
		}
		w.skip(4) // its sum
	}
}

func bareChunk(kind string, data []byte) bool {
	switch kind {
	case "eXIf":
		return bareExif(data)
	case "iCCP":
		return barePacked(data)
	case "iTXt": // not compressed, without a language: as telephones write XMP
		facts, xmp := bytes.CutPrefix(data, []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"))
		return xmp && bareXMP(facts)
	default:
		return false
	}
}

// webp follows the chunks of a WebP file to its end.
func (w *walk) webp() {
	head := w.bytes(12)
	w.want(string(head[:4]) == "RIFF" && string(head[8:]) == "WEBP")
	left := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	for w.err == nil && left > 0 {
		head := w.bytes(8)
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "VP8 ", "VP8L", "VP8X", "ANIM", "ALPH":
			w.skip(n)
		case "EXIF":
			w.want(bareExif(bytes.TrimPrefix(w.beside(n), []byte("Exif\x00\x00"))))
		case "XMP ":
			w.want(bareXMP(w.beside(n)))
		case "ICCP":
			w.want(bareProfile(w.beside(n)))
		default:
			w.want(false) // frames of a moving one too: they have chunks of their own
		}
		w.skip(n & 1)
		left -= 8 + n + n&1
	}
	w.want(left == 0)
}
