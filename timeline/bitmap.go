package timeline

import "math/bits"

// bitmap marks events of one segment.
type bitmap []uint64

func newBitmap(n int) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) set(i uint32)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) has(i uint32) bool { return b[i>>6]&(1<<(i&63)) != 0 }

func (b bitmap) setRange(from, to uint32) {
	for ; from < to && from&63 != 0; from++ {
		b.set(from)
	}
	for ; from+64 <= to; from += 64 {
		b[from>>6] = ^uint64(0)
	}
	for ; from < to; from++ {
		b.set(from)
	}
}

func (b bitmap) and(o bitmap) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitmap) andNot(o bitmap) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bitmap) or(o bitmap) {
	for i := range b {
		b[i] |= o[i]
	}
}

// meets tells whether the two have an event in common.
func (b bitmap) meets(o bitmap) bool {
	for i := range b {
		if b[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

func (b bitmap) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// each hands on the marked events in order.
func (b bitmap) each(yield func(uint32)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			yield(uint32(i<<6 + bits.TrailingZeros64(w)))
		}
	}
}
