package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
)

// Telephones write JPEGs of one kind: baseline, in one scan, of three colours or of
// greys. Those are drawn here at so many eighths of their size as are needed, which
// takes a fraction of what it takes to draw all of a photograph and make it smaller.
// Whatever has anything else in it, or a fault, is left to image/jpeg, which alone
// says that a file is broken.

// errNotBaseline sends a file to image/jpeg.
var errNotBaseline = errors.New("a JPEG that is read by image/jpeg")

// wholeEighths draws a JPEG as large as it is; noEighths reads it to its end and draws
// nothing.
const (
	wholeEighths = 8
	noEighths    = 0
)

// eighthsFor is at how many eighths a JPEG is drawn that is made so large. It is drawn
// a fifth larger than wanted, for letters blur where a picture is made only a little
// smaller, and at no size that is not one of whole pixels.
func eighthsFor(wide, high int, to image.Point) int {
	for n := 1; n < wholeEighths; n++ {
		if wide*n%8 == 0 && high*n%8 == 0 && 5*wide*n >= 6*8*to.X && 5*high*n >= 6*8*to.Y {
			return n
		}
	}
	return wholeEighths
}

// A baseline is such a JPEG while it is read.
type baseline struct {
	left       []byte // what is not read yet
	wide, high int
	restart    int // so many units stand between two restarts; 0: there are none
	colours    []colour
	quant      [4]*[64]int64 // in the order of the file
	dc, ac     [2]*huffman
}

// colour is one of the planes.
type colour struct {
	id           byte
	across, down int // blocks in a unit
	quant        *[64]int64
	dc, ac       *huffman
	last         int64 // the mean of the block before
	pix          []byte
	stride       int
}

// decodeBaseline draws a JPEG at so many eighths of its size.
func decodeBaseline(data []byte, eighths int) (image.Image, error) {
	b := &baseline{}
	var ok bool
	if b.left, ok = bytes.CutPrefix(data, []byte{0xff, 0xd8}); !ok {
		return nil, errNotBaseline
	}
	for {
		marker, body := b.segment()
		switch {
		case body == nil:
			return nil, errNotBaseline
		case marker == 0xda:
			if !b.scanHeader(body) || !b.scan(eighths) {
				return nil, errNotBaseline
			}
			return b.image(eighths), nil
		case !b.take(marker, body):
			return nil, errNotBaseline
		}
	}
}

// segment cuts off the next one; it has no body where there is none.
func (b *baseline) segment() (marker byte, body []byte) {
	if len(b.left) < 4 || b.left[0] != 0xff {
		return 0, nil
	}
	marker = b.left[1]
	end := 2 + int(binary.BigEndian.Uint16(b.left[2:]))
	if end < 4 || end > len(b.left) {
		return 0, nil
	}
	body, b.left = b.left[4:end:end], b.left[end:]
	return marker, body
}

// take reads a segment that stands before the picture.
func (b *baseline) take(marker byte, body []byte) bool {
	switch {
	case marker == 0xc0:
		return b.frame(body)
	case marker == 0xc4:
		return b.codes(body)
	case marker == 0xdb:
		return b.tables(body)
	case marker == 0xdd:
		if len(body) != 2 {
			return false
		}
		b.restart = int(binary.BigEndian.Uint16(body))
		return true
	case marker == 0xee && bytes.HasPrefix(body, []byte("Adobe")):
		return len(body) == 12 && body[11] == 1 // plain colours
	}
	return marker >= 0xe0 && marker <= 0xef || marker == 0xfe
}

// frame reads how large the picture is and how its colours lie.
func (b *baseline) frame(body []byte) bool {
	if b.colours != nil || len(body) < 6 || body[0] != 8 || len(body) != 6+3*int(body[5]) {
		return false
	}
	b.high, b.wide = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	if b.wide == 0 || b.high == 0 || int64(b.wide)*int64(b.high) > maxDecoded {
		return false
	}
	for c := body[6:]; len(c) > 0; c = c[3:] {
		if c[2] > 3 {
			return false
		}
		b.colours = append(b.colours, colour{id: c[0], across: int(c[1] >> 4), down: int(c[1] & 15), quant: b.quant[c[2]]})
	}
	switch len(b.colours) {
	case 1:
		b.colours[0].across, b.colours[0].down = 1, 1 // there is no other that it could differ from
	case 3:
		y, cb, cr := b.colours[0], b.colours[1], b.colours[2]
		if y.across < 1 || y.across > 2 || y.down < 1 || y.down > 2 || cb.across*cb.down*cr.across*cr.down != 1 {
			return false
		}
		if y.id == cb.id || y.id == cr.id || cb.id == cr.id || y.id == 'R' {
			return false
		}
	default:
		return false
	}
	for _, c := range b.colours {
		if c.quant == nil { // it may follow
			return false
		}
	}
	return true
}

// tables reads how coarse each wave is.
func (b *baseline) tables(body []byte) bool {
	for ; len(body) > 0; body = body[65:] {
		if len(body) < 65 || body[0] > 3 || b.colours != nil {
			return false
		}
		t := &[64]int64{}
		for i, v := range body[1:65] {
			t[i] = int64(v)
		}
		b.quant[body[0]] = t
	}
	return true
}

// codes reads tables of codes.
func (b *baseline) codes(body []byte) bool {
	for len(body) > 0 {
		if len(body) < 17 || body[0]&0xef > 1 {
			return false
		}
		h, n := newHuffman(body[1:17], body[17:])
		if h == nil {
			return false
		}
		if body[0]>>4 == 0 {
			b.dc[body[0]&1] = h
		} else {
			b.ac[body[0]&1] = h
		}
		body = body[17+n:]
	}
	return true
}

// scanHeader reads with which codes each plane is packed: all of them in one scan.
func (b *baseline) scanHeader(body []byte) bool {
	n := len(b.colours)
	if n == 0 || len(body) != 4+2*n || int(body[0]) != n || !bytes.Equal(body[1+2*n:], []byte{0, 63, 0}) {
		return false
	}
	for i := range b.colours {
		c, id, codes := &b.colours[i], body[1+2*i], body[2+2*i]
		if id != c.id || codes&^0x11 != 0 {
			return false
		}
		c.dc, c.ac = b.dc[codes>>4], b.ac[codes&1]
		if c.dc == nil || c.ac == nil {
			return false
		}
	}
	return true
}

// scan reads the picture, unit by unit, up to the end of the file's picture.
func (b *baseline) scan(eighths int) bool {
	unitWide, unitHigh := 8*b.colours[0].across, 8*b.colours[0].down
	unitsAcross, unitsDown := (b.wide+unitWide-1)/unitWide, (b.high+unitHigh-1)/unitHigh
	for i := range b.colours {
		c := &b.colours[i]
		c.stride = unitsAcross * c.across * eighths
		c.pix = make([]byte, c.stride*unitsDown*c.down*eighths)
	}
	bits, waves := &bitReader{data: b.left}, newWaves(eighths)
	rest, next := b.restart, byte(0xd0)
	for y := range unitsDown {
		for x := range unitsAcross {
			if b.restart > 0 && rest == 0 {
				if !bits.marker(next) {
					return false
				}
				rest, next = b.restart, 0xd0|(next+1)&7
				for i := range b.colours {
					b.colours[i].last = 0
				}
			}
			rest--
			if !b.unit(bits, waves, x, y) {
				return false
			}
		}
	}
	return bits.marker(0xd9)
}

// unit reads the blocks of a small square of the picture.
func (b *baseline) unit(bits *bitReader, waves *waves, x, y int) bool {
	for i := range b.colours {
		c := &b.colours[i]
		for j := range c.down {
			for k := range c.across {
				if !bits.block(c, waves) {
					return false
				}
				if n := waves.n; n > 0 {
					waves.draw(c.pix[(y*c.down+j)*n*c.stride+(x*c.across+k)*n:], c.stride)
				}
			}
		}
	}
	return true
}

// image gives what was drawn.
func (b *baseline) image(eighths int) image.Image {
	y := b.colours[0]
	bounds := image.Rect(0, 0, (b.wide*eighths+7)/8, (b.high*eighths+7)/8)
	if len(b.colours) == 1 {
		return &image.Gray{Pix: y.pix, Stride: y.stride, Rect: bounds}
	}
	ratio := map[[2]int]image.YCbCrSubsampleRatio{
		{1, 1}: image.YCbCrSubsampleRatio444, {2, 1}: image.YCbCrSubsampleRatio422,
		{1, 2}: image.YCbCrSubsampleRatio440, {2, 2}: image.YCbCrSubsampleRatio420,
	}[[2]int{y.across, y.down}]
	return &image.YCbCr{Y: y.pix, Cb: b.colours[1].pix, Cr: b.colours[2].pix, YStride: y.stride, CStride: b.colours[1].stride, SubsampleRatio: ratio, Rect: bounds}
}
