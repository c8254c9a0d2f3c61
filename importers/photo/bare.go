package photo

import (
	"bytes"
	"io"
)

// mostBare is how large the file of a picture may be that is taken as it is
// packed: it is held in memory.
const mostBare = 32 << 20

// bare gives the file of a picture without all that stands beside the pixels in
// it, or nil where they have to be packed anew: it is neither JPEG nor PNG, or a
// page of a document could not show it as it is. What it gives is not checked.
func (l looked) bare(r io.ReaderAt, size int64) ([]byte, error) {
	if l.m.Format != "jpeg" && l.m.Format != "png" || size > mostBare {
		return nil, nil
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), b); err != nil {
		return nil, err
	}
	if l.m.Format == "jpeg" {
		return bareJPEG(b), nil
	}
	return barePNG(b), nil
}

// jfif is the start of each JPEG here: it says that the colours are YCbCr.
const jfif = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"

// bareJPEG keeps the segments that pixels are made of: tables, frame and scans,
// up to the end of the picture.
func bareJPEG(b []byte) []byte {
	out := append(make([]byte, 0, len(b)+len(jfif)), jfif...)
	for at := 2; at+2 <= len(b) && b[at] == 0xff; {
		marker := b[at+1]
		if marker == 0xd9 {
			return append(out, 0xff, 0xd9)
		}
		if at+4 > len(b) {
			return nil
		}
		end := at + 2 + be16(b[at+2:])
		if end > len(b) || end < at+4 {
			return nil
		}
		data := b[at+4 : end]
		switch {
		case marker == 0xc0, marker == 0xc1, marker == 0xc2:
			if !plainFrame(data) {
				return nil
			}
		case marker == 0xc4, marker == 0xdb, marker == 0xdd:
		case marker == 0xda:
			end = scanEnd(b, end)
		case marker == 0xee && bytes.HasPrefix(data, []byte("Adobe")) && (len(data) < 12 || data[11] != 1):
			return nil // its colours are not YCbCr
		case marker >= 0xe0 && marker <= 0xef, marker == 0xfe:
			at = end
			continue
		default:
			return nil
		}
		out = append(out, b[at:end]...)
		at = end
	}
	return nil
}

// plainFrame tells a frame of eight bits in grey or in three colours that do not
// call themselves red, green and blue.
func plainFrame(data []byte) bool {
	if len(data) < 6 || data[0] != 8 || len(data) != 6+3*int(data[5]) {
		return false
	}
	return data[5] == 1 || data[5] == 3 && !(data[6] == 'R' && data[9] == 'G' && data[12] == 'B')
}

// scanEnd is where the packed pixels end that begin at a place.
func scanEnd(b []byte, at int) int {
	for {
		n := bytes.IndexByte(b[at:], 0xff)
		if n < 0 || at+n+1 >= len(b) {
			return len(b)
		}
		at += n
		if m := b[at+1]; m != 0 && (m < 0xd0 || m > 0xd7) {
			return at
		}
		at += 2
	}
}

// barePNG keeps the chunks that pixels are made of. A picture that one sees
// through, with deep colours or in stages is packed anew.
func barePNG(b []byte) []byte {
	const header = 13
	out := append(make([]byte, 0, len(b)), pngSignature...)
	for at := len(pngSignature); at+12 <= len(b); {
		size, kind := be32(b[at:]), string(b[at+4:at+8])
		if size > int64(len(b)-at-12) {
			return nil
		}
		end := at + 12 + int(size)
		switch kind {
		case "IHDR":
			if d := b[at+8 : end-4]; len(d) != header || d[8] != 8 || d[9] != 0 && d[9] != 2 && d[9] != 3 || d[12] != 0 {
				return nil
			}
		case "tRNS":
			return nil
		case "IEND":
			return append(out, b[at:end]...)
		}
		if kind == "IHDR" || kind == "PLTE" || kind == "IDAT" {
			out = append(out, b[at:end]...)
		}
		at = end
	}
	return nil
}
