package photo

import "math"

// waves are those that a block of a JPEG is made of, and how they are drawn as a square
// of fewer pixels: the slow ones alone.
type waves struct {
	n      int // pixels each way
	height [64]int64
	flat   bool // but for the first all are nothing
	// basis is how high each wave is at a pixel of the first half, in 2^13ths; in the
	// other half the odd ones stand on their heads.
	basis [4][8]int64
	mid   [8][8]int64 // the waves across, of each line of pixels
}

const (
	waveBits   = 13
	midBits    = 4 // what is kept of a fraction between the two ways
	downBits   = waveBits - midBits
	acrossBits = waveBits + midBits
	middle     = 128<<acrossBits + 1<<(acrossBits-1)
)

func newWaves(n int) *waves {
	w := &waves{n: n}
	for x := range (n + 1) / 2 {
		for u := range n {
			by := 0.5
			if u == 0 {
				by = math.Sqrt(1. / 8)
			}
			w.basis[x][u] = int64(math.Round(by * math.Cos(float64(2*x+1)*float64(u)*math.Pi/float64(2*n)) * (1 << waveBits)))
		}
	}
	return w
}

// clear makes the block empty.
func (w *waves) clear() {
	if w.n > 0 {
		w.height, w.flat = [64]int64{}, true
	}
}

// set notes the i-th wave, in the order of the file.
func (w *waves) set(i int, height int64) {
	w.height[zigzag[i&63]&63] = height
	w.flat = w.flat && i == 0
}

// draw adds the waves up and writes the square: first down, then across. Those that are
// too quick for it have no height in the basis.
func (w *waves) draw(out []byte, stride int) {
	if w.flat {
		w.fill(out, stride)
		return
	}
	half := (w.n + 1) / 2
	for u := range w.n {
		h := (*[57]int64)(w.height[u:])
		for y := range half {
			b := &w.basis[y&3]
			even := h[0]*b[0] + h[16]*b[2] + h[32]*b[4] + h[48]*b[6] + 1<<(downBits-1)
			odd := h[8]*b[1] + h[24]*b[3] + h[40]*b[5] + h[56]*b[7]
			w.mid[y&7][u&7] = (even + odd) >> downBits
			w.mid[(w.n-1-y)&7][u&7] = (even - odd) >> downBits
		}
	}
	for y := range w.n {
		h, line := &w.mid[y&7], out[y*stride:][:w.n]
		for x := range half {
			b := &w.basis[x&3]
			even := h[0]*b[0] + h[2]*b[2] + h[4]*b[4] + h[6]*b[6] + middle
			odd := h[1]*b[1] + h[3]*b[3] + h[5]*b[5] + h[7]*b[7]
			line[x] = pixel((even + odd) >> acrossBits)
			line[w.n-1-x] = pixel((even - odd) >> acrossBits)
		}
	}
}

// fill writes a square that is all the same.
func (w *waves) fill(out []byte, stride int) {
	down := (w.height[0]*w.basis[0][0] + 1<<(downBits-1)) >> downBits
	p := pixel((down*w.basis[0][0] + middle) >> acrossBits)
	for y := range w.n {
		for x := range out[y*stride:][:w.n] {
			out[y*stride+x] = p
		}
	}
}

// pixel is the nearest one that there is.
func pixel(v int64) byte { return byte(min(max(v, 0), 255)) }
