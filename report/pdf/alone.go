package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"

	"daybook/report/pdf/object"
)

// A picture on a foreign page is a file of its own, and can tell where and with what it
// was taken. What is copied of it is what draws it.

// pictureAlone gives a JPEG or a JPEG 2000 without what stands in it beside its picture.
func pictureAlone(kind object.Name, data []byte) []byte {
	if kind == "JPXDecode" {
		return boxesAlone(data)
	}
	return jpegAlone(data)
}

// jpegAlone keeps the segments of a JPEG that draw it, up to its end: of those of
// applications two, which say what its colours are.
func jpegAlone(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for at := 0; at+1 < len(data); {
		marker := data[at+1]
		switch {
		case data[at] != 0xff || marker == 0xff: // readers pass over what stands between segments
			at++
			continue
		case marker == 0xd8, marker == 0x01, marker >= 0xd0 && marker <= 0xd7:
			out = append(out, data[at:at+2]...)
			at += 2
			continue
		case marker == 0xd9:
			return append(out, data[at:at+2]...)
		}
		end := len(data)
		if at+4 <= len(data) {
			end = min(end, at+2+int(binary.BigEndian.Uint16(data[at+2:])))
		}
		if segment := data[at:end]; marker < 0xe0 || drawsJPEG(segment) {
			out = append(out, segment...)
		}
		if at = max(end, at+2); marker == 0xda {
			n := scanned(data[at:])
			out = append(out, data[at:at+n]...)
			at += n
		}
	}
	return out
}

// drawsJPEG tells that a segment of an application says how its picture is drawn, and
// has no smaller picture in it.
func drawsJPEG(segment []byte) bool {
	return len(segment) == 18 && bytes.HasPrefix(segment[4:], []byte("JFIF\x00")) || len(segment) == 16 && bytes.HasPrefix(segment[4:], []byte("Adobe"))
}

// scanned is how long the packed picture is, up to the next segment.
func scanned(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return i
		}
	}
	return len(data)
}

// boxesAlone leaves out the boxes of a JPEG 2000 file in which programs write what they
// like.
func boxesAlone(data []byte) []byte {
	if !bytes.HasPrefix(data[min(4, len(data)):], []byte("jP  ")) {
		return data // the picture without a file around it
	}
	var out []byte
	for len(data) >= 8 {
		n, kind := uint64(binary.BigEndian.Uint32(data)), string(data[4:8])
		switch {
		case n == 1 && len(data) >= 16:
			n = binary.BigEndian.Uint64(data[8:])
		case n == 0:
			n = uint64(len(data))
		}
		if n < 8 || n > uint64(len(data)) {
			n = uint64(len(data)) // it is cut off: as much as there is
		}
		if !slices.Contains([]string{"xml ", "uuid", "uinf"}, kind) {
			out = append(out, data[:n]...)
		}
		data = data[n:]
	}
	return out
}
