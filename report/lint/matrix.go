package lint

import "math"

// matrix turns places of one space into places of another, as PDF writes it.
type matrix [6]float64

var same = matrix{1, 0, 0, 1, 0, 0}

// then is first m, then n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) at(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// around is the rectangle around another one that was turned.
func (m matrix) around(b box) box {
	x, y := m.at(b.left, b.bottom)
	out := box{x, y, x, y}
	for _, corner := range [...][2]float64{{b.right, b.bottom}, {b.left, b.top}, {b.right, b.top}} {
		x, y := m.at(corner[0], corner[1])
		out = box{min(out.left, x), min(out.bottom, y), max(out.right, x), max(out.top, y)}
	}
	return out
}

// turn is in which quarter text runs: 0 to the right, 1 up, 2 to the left and
// upside down, 3 down.
func (m matrix) turn() int {
	return int(math.Round(math.Atan2(m[1], m[0])/(math.Pi/2))+4) % 4
}

// matrixOf makes one of six numbers.
func matrixOf(n []float64) matrix {
	if len(n) != 6 {
		return same
	}
	return matrix(n)
}

// covers is how much of a is under b, from 0 to 1.
func covers(b, a box) float64 {
	w := min(a.right, b.right) - max(a.left, b.left)
	h := min(a.top, b.top) - max(a.bottom, b.bottom)
	if w <= 0 || h <= 0 || a.width() <= 0 || a.height() <= 0 {
		return 0
	}
	return w * h / (a.width() * a.height())
}
