package photo

import (
	"bytes"
	"fmt"
	"strings"
)

const (
	maxSegments = 200
	exifHeader  = "Exif\x00\x00"
)

// jpegBlocks walks the segments up to the picture data.
func jpegBlocks(p *probe, m *Metadata) (found blocks, err error) {
	off := int64(2)
	for range maxSegments {
		b, err := p.upTo(off, 4)
		if err != nil {
			return found, err
		}
		if len(b) < 4 {
			return found, errCut
		}
		switch {
		case b[0] != 0xff:
			return found, fmt.Errorf("byte %d: no segment begins here", off)
		case b[1] == 0xff, b[1] == 0x01, b[1] >= 0xd0 && b[1] <= 0xd7:
			off++ // a filler, or a marker without length
			if b[1] != 0xff {
				off++
			}
			continue
		case b[1] == 0xd9:
			return found, nil
		case b[1] == 0xda:
			return found, jpegEnds(p, off)
		}
		size := int64(be16(b[2:]))
		if size < 2 {
			return found, fmt.Errorf("byte %d: a segment of %d bytes", off, size)
		}
		if err := jpegSegment(p, m, b[1], section{off + 4, size - 2}, &found); err != nil {
			return found, err
		}
		off += 2 + size
	}
	return found, fmt.Errorf("more than %d segments before the picture", maxSegments)
}

// jpegTail is how much of the end of a picture tells whether it is cut off, and
// jpegStuffed how often picture data show there that they are.
const (
	jpegTail    = 8 << 10
	jpegStuffed = 4
)

// jpegEnds tells whether a file ends within its picture data, which begin at from:
// it does not hold the mark at their end, and what it ends with are picture data,
// in which FF stands before 00 or a restart mark alone (ITU-T T.81, B.1.1).
// Telephones put a film or more pictures behind the mark.
func jpegEnds(p *probe, from int64) error {
	begin := max(from, p.size-jpegTail)
	tail, err := p.upTo(begin, jpegTail)
	if err != nil || bytes.Contains(tail, []byte{0xff, 0xd9}) {
		return err
	}
	if begin == from {
		return errCut
	}
	stuffed := 0
	for i, c := range tail[:len(tail)-1] {
		switch next := tail[i+1]; {
		case c != 0xff:
		case next == 0 || next >= 0xd0 && next <= 0xd7:
			stuffed++
		default:
			return nil
		}
	}
	if stuffed < jpegStuffed {
		return nil
	}
	return errCut
}

func jpegSegment(p *probe, m *Metadata, marker byte, at section, found *blocks) error {
	switch {
	case marker == 0xe1 && found.exif == nil:
		b, err := p.upTo(at.off, int64(len(exifHeader)))
		if err != nil {
			return err
		}
		if string(b) == exifHeader {
			n := int64(len(exifHeader))
			found.exif = &section{at.off + n, min(at.size-n, p.size-at.off-n)}
		}
	case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
		b, err := p.read(at.off, 5)
		if err != nil {
			return err
		}
		m.Height, m.Width = be16(b[1:]), be16(b[3:])
	case marker == 0xfe:
		b, err := p.read(at.off, min(at.size, maxText))
		if err != nil {
			return err
		}
		m.add(Own, "JPEG", "Comment", strings.TrimRight(string(b), "\x00"))
	}
	if at.off+at.size > p.size {
		return errCut
	}
	return nil
}
