package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math/bits"
)

// Pictures that were made smaller lie in planes as a JPEG has them, and are packed from
// there. Tables and all else that stands before the picture are those that image/jpeg
// writes.

// packing is a JPEG that is being written.
type packing struct {
	out    []byte
	acc    uint64 // the last bits, at its end
	n      int    // how many of them are not written yet
	planes []packedPlane
}

// packedPlane is a plane and how it is packed.
type packedPlane struct {
	plane
	blocks int         // of a unit, each way
	coarse [64]divisor // of each wave, in the order of the file
	dc, ac *huffman
	last   int32 // the mean of the block before
}

// divisor is what heights of waves, in eighths, are divided by.
type divisor struct {
	half   int32
	inward uint64 // 2^32 parts of one
}

// packJPEG packs greys, or colours in planes of half the size; nil for anything else.
func packJPEG(m image.Image, quality int) ([]byte, error) {
	planes := planesOf(m)
	if planes == nil {
		return nil, nil
	}
	size := m.Bounds().Size()
	p := &packing{out: make([]byte, 0, size.X*size.Y/4+1<<10), planes: planes}
	if err := p.head(m, quality); err != nil {
		return nil, err
	}
	unit := 8 * planes[0].blocks
	for y := range (size.Y + unit - 1) / unit {
		for x := range (size.X + unit - 1) / unit {
			for i := range planes {
				p.unit(&planes[i], x, y)
			}
		}
	}
	p.put(0x7f, 7) // the last byte ends with ones
	p.flush(8)
	return append(p.out, 0xff, 0xd9), nil
}

// planesOf gives the planes of a picture that is packed here.
func planesOf(m image.Image) []packedPlane {
	size := m.Bounds().Size()
	switch m := m.(type) {
	case *image.Gray:
		return []packedPlane{{plane: plane{m.Pix, m.Stride, size.X, size.Y}, blocks: 1}}
	case *image.YCbCr:
		if m.SubsampleRatio != image.YCbCrSubsampleRatio420 || m.Rect.Min != (image.Point{}) {
			return nil
		}
		wide, high := (size.X+1)/2, (size.Y+1)/2
		return []packedPlane{
			{plane: plane{m.Y, m.YStride, size.X, size.Y}, blocks: 2},
			{plane: plane{m.Cb, m.CStride, wide, high}, blocks: 1},
			{plane: plane{m.Cr, m.CStride, wide, high}, blocks: 1},
		}
	}
	return nil
}

// head writes what stands before the picture, as it stands before a small one.
func (p *packing) head(m image.Image, quality int) error {
	var small image.Image = image.NewGray(image.Rect(0, 0, 1, 1))
	if len(p.planes) > 1 {
		small = image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio420)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
		return err
	}
	b := &baseline{left: out.Bytes()[2:]}
	for marker := byte(0); marker != 0xda; {
		at := out.Len() - len(b.left)
		var body []byte
		if marker, body = b.segment(); body == nil || marker != 0xda && !b.take(marker, body) || marker == 0xda && !b.scanHeader(body) {
			return errNotBaseline
		}
		if marker == 0xc0 {
			binary.BigEndian.PutUint16(out.Bytes()[at+5:], uint16(m.Bounds().Dy()))
			binary.BigEndian.PutUint16(out.Bytes()[at+7:], uint16(m.Bounds().Dx()))
		}
	}
	p.out = append(p.out, out.Bytes()[:out.Len()-len(b.left)]...)
	for i, c := range b.colours {
		to := &p.planes[i]
		to.dc, to.ac = c.dc, c.ac
		for k, q := range c.quant {
			to.coarse[k] = divisor{int32(4 * q), uint64(1<<32/(8*q) + 1)}
		}
	}
	return nil
}

// unit packs the blocks of a small square.
func (p *packing) unit(c *packedPlane, x, y int) {
	for j := range c.blocks {
		for k := range c.blocks {
			var b [64]int32
			c.take(&b, 8*(x*c.blocks+k), 8*(y*c.blocks+j))
			wavesOf(&b)
			p.block(c, &b)
		}
	}
}

// take gives the pixels of a block; beyond the edge they are those at the edge.
func (c *packedPlane) take(b *[64]int32, x, y int) {
	for j := range 8 {
		row := c.pix[min(y+j, c.high-1)*c.stride:][:c.wide]
		if x+8 <= c.wide {
			line, to := (*[8]byte)(row[x:]), (*[8]int32)(b[8*j:])
			for i, v := range line {
				to[i] = int32(v) - 128
			}
			continue
		}
		for i := range 8 {
			b[8*j+i] = int32(row[min(x+i, c.wide-1)]) - 128
		}
	}
}

// block packs the waves of a block.
func (p *packing) block(c *packedPlane, b *[64]int32) {
	mean := c.coarse[0].of(b[0])
	p.wave(c.dc, 0, mean-c.last)
	c.last = mean
	run := 0
	for i := 1; i < 64; i++ {
		v := c.coarse[i].of(b[zigzag[i]&63])
		if v == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			p.code(c.ac, 0xf0)
		}
		p.wave(c.ac, run, v)
		run = 0
	}
	if run > 0 {
		p.code(c.ac, 0)
	}
}

// of divides and rounds to the nearest.
func (d divisor) of(v int32) int32 {
	sign := v >> 31
	return (int32(uint64((v^sign)-sign+d.half)*d.inward>>32) ^ sign) - sign
}

// wave writes a height after so many that are nothing.
func (p *packing) wave(h *huffman, run int, v int32) {
	sign := v >> 31
	size := byte(bits.Len32(uint32((v ^ sign) - sign)))
	c := h.codes[run<<4|int(size)]
	p.put(uint64(c.bits)<<size|uint64(v+sign)&(1<<size-1), int(c.length+size))
}

func (p *packing) code(h *huffman, value byte) {
	c := h.codes[value]
	p.put(uint64(c.bits), int(c.length))
}

// put adds bits, fewer than 32.
func (p *packing) put(v uint64, n int) {
	p.acc, p.n = p.acc<<n|v, p.n+n
	if p.n >= 32 {
		p.flush(32)
	}
}

// flush writes the bits but for the last ones, fewer than so many.
func (p *packing) flush(piece int) {
	if w := uint32(p.acc >> max(p.n-32, 0)); piece == 32 && (^w-0x01010101)&w&0x80808080 == 0 { // no byte is 0xff
		p.out = binary.BigEndian.AppendUint32(p.out, w)
		p.n -= 32
		return
	}
	for ; p.n >= 8; p.n -= 8 {
		c := byte(p.acc >> (p.n - 8))
		if p.out = append(p.out, c); c == 0xff {
			p.out = append(p.out, 0)
		}
	}
}

// The heights of waves at a sixteenth of them, two sixteenths and so on: half the
// cosine, in 2^13ths.
const (
	wave1 = 4017
	wave2 = 3784
	wave3 = 3406
	wave4 = 2896
	wave5 = 2276
	wave6 = 1567
	wave7 = 799
)

// wavesOf gives the waves of a block, in eighths of their heights.
func wavesOf(b *[64]int32) {
	for y := range 8 {
		h := (*[8]int32)(b[8*y:])
		h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7] = wavesOfLine(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], downBits)
	}
	for x := range 8 {
		h := (*[57]int32)(b[x:])
		h[0], h[8], h[16], h[24], h[32], h[40], h[48], h[56] = wavesOfLine(h[0], h[8], h[16], h[24], h[32], h[40], h[48], h[56], acrossBits-3)
	}
}

func wavesOfLine(a, b, c, d, e, f, g, h int32, less int) (int32, int32, int32, int32, int32, int32, int32, int32) {
	half := int32(1) << (less - 1)
	s0, s1, s2, s3 := a+h, b+g, c+f, d+e
	d0, d1, d2, d3 := a-h, b-g, c-f, d-e
	e0, e1, e2, e3 := s0+s3, s1+s2, s0-s3, s1-s2
	return ((e0+e1)*wave4 + half) >> less,
		(d0*wave1 + d1*wave3 + d2*wave5 + d3*wave7 + half) >> less,
		(e2*wave2 + e3*wave6 + half) >> less,
		(d0*wave3 - d1*wave7 - d2*wave1 - d3*wave5 + half) >> less,
		((e0-e1)*wave4 + half) >> less,
		(d0*wave5 - d1*wave1 + d2*wave7 + d3*wave3 + half) >> less,
		(e2*wave6 - e3*wave2 + half) >> less,
		(d0*wave7 - d1*wave5 + d2*wave3 - d3*wave1 + half) >> less
}
