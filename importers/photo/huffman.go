package photo

import "encoding/binary"

// fastBits are looked up at once; longer codes are rare.
const fastBits = 10

// huffman is a table of codes.
type huffman struct {
	// fast gives for the next bits what they begin with: its value, and in the low
	// bits how long its code is; 0: the code is longer.
	fast [1 << fastBits]uint16
	// whole gives for the next bits a wave that lies in them with its height: the
	// height, how many are passed over, and how many bits it takes; 0: it is longer.
	whole  [1 << fastBits]int32
	values []byte
	codes  [256]code // of each value
	after  [17]int   // the first code that is longer, by length, as 16 bits
	index  [17]int   // of the first value of a length, less its code
}

// code is a value in a packed picture.
type code struct {
	bits   uint16
	length byte
}

// newHuffman makes a table; n is how many values it has. It is nil where the codes
// are not as they must be.
func newHuffman(counts, values []byte) (h *huffman, n int) {
	for _, c := range counts {
		n += int(c)
	}
	if n == 0 || n > len(values) || n > 256 {
		return nil, 0
	}
	h = &huffman{values: values[:n]}
	next, at := 0, 0
	for i, c := range counts {
		length := i + 1
		h.index[length] = at - next
		for range c {
			if next >= 1<<length {
				return nil, 0
			}
			h.note(next, length, values[at])
			next, at = next+1, at+1
		}
		h.after[length] = next << (16 - length)
		next <<= 1
	}
	return h, n
}

// note enters a code in the tables.
func (h *huffman) note(bits, length int, value byte) {
	h.codes[value] = code{uint16(bits), byte(length)}
	if length > fastBits {
		return
	}
	free := fastBits - length
	size := int(value & 15)
	for i := range 1 << free {
		at := bits<<free | i
		h.fast[at] = uint16(value)<<8 | uint16(length)
		if size == 0 || size > free {
			continue
		}
		height := extended(uint64(i>>(free-size)), size)
		h.whole[at] = int32(height)<<16 | int32(value>>4)<<8 | int32(length+size)
	}
}

// extended gives the number that so many bits stand for.
func extended(bits uint64, size int) int64 {
	if v := int64(bits); v >= 1<<size>>1 {
		return v
	}
	return int64(bits) - 1<<size + 1
}

// A bitReader reads a packed picture.
type bitReader struct {
	data []byte
	at   int
	acc  uint64 // the next bits, from the top
	n    int    // how many of them there are
	none int    // how many of those are not in the file
}

// fill sees to it that 56 bits are there.
func (r *bitReader) fill() {
	if r.at+8 <= len(r.data) {
		next := binary.BigEndian.Uint64(r.data[r.at:])
		if inv := ^next; (inv-0x0101010101010101)&^inv&0x8080808080808080 == 0 { // no byte is 0xff
			r.acc |= next >> r.n
			r.at += (63 - r.n) >> 3
			r.n |= 56
			return
		}
	}
	for r.n <= 56 {
		c := byte(0)
		switch {
		case r.at+1 >= len(r.data) || r.data[r.at] == 0xff && r.data[r.at+1] != 0:
			r.none += 8 // up to a marker
		default:
			c = r.data[r.at]
			r.at++
			if c == 0xff {
				r.at++
			}
		}
		r.acc |= uint64(c) << (56 - r.n)
		r.n += 8
	}
}

func (r *bitReader) skip(n int) { r.acc, r.n = r.acc<<n, r.n-n }

// value gives the next one of a table; false: there is no such code.
func (r *bitReader) value(h *huffman) (byte, bool) {
	if e := h.fast[r.acc>>(64-fastBits)]; e != 0 {
		r.skip(int(e & 0xff))
		return byte(e >> 8), true
	}
	next := int(r.acc >> 48)
	for length := fastBits + 1; length <= 16; length++ {
		if next < h.after[length] {
			r.skip(length)
			return h.values[h.index[length]+next>>(16-length)], true
		}
	}
	return 0, false
}

// number gives the one that stands in the next bits, fewer than 16.
func (r *bitReader) number(size int) int64 {
	v := extended(r.acc>>(64-size), size)
	r.skip(size)
	return v
}

// zigzag is where the waves of a block lie, in the order of the file.
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// block reads the waves of the next one.
func (r *bitReader) block(c *colour, w *waves) bool {
	w.clear()
	r.fill()
	size, ok := r.value(c.dc)
	if !ok || size > 15 {
		return false
	}
	if size > 0 {
		c.last += r.number(int(size))
	}
	w.set(0, c.last*c.quant[0])
	for i := 1; i < 64; i++ {
		if r.n < 32 {
			r.fill()
		}
		if e := c.ac.whole[r.acc>>(64-fastBits)]; e != 0 {
			i += int(e >> 8 & 15)
			if i > 63 {
				return false
			}
			r.skip(int(e & 0xff))
			w.set(i, int64(e>>16)*c.quant[i])
			continue
		}
		v, ok := r.value(c.ac)
		run, size := int(v>>4), int(v&15)
		switch {
		case !ok:
			return false
		case v == 0: // no further wave
			return r.n >= r.none
		case size == 0 && run != 15:
			return false
		}
		if i += run; i > 63 {
			return false
		}
		if size > 0 {
			w.set(i, r.number(size)*c.quant[i])
		}
	}
	return r.n >= r.none
}

// marker passes over the one that must follow now.
func (r *bitReader) marker(code byte) bool {
	r.fill()
	if r.n-r.none >= 8 || r.at+2 > len(r.data) || r.data[r.at] != 0xff || r.data[r.at+1] != code {
		return false
	}
	*r = bitReader{data: r.data, at: r.at + 2}
	return true
}
