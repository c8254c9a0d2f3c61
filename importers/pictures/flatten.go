package pictures

import (
	"bytes"
	"errors"
	"fmt"
)

// grey is a picture in shades of grey, as a worker decoded it.
type grey struct {
	w, h int
	pix  []byte
}

var errPGM = errors.New("the worker sent no picture")

// parsePGM reads what the worker writes. It does not trust it.
func parsePGM(b []byte) (grey, error) {
	var g grey
	var most int
	if n, err := fmt.Sscanf(string(b[:min(len(b), 40)]), "P5\n%d %d\n%d\n", &g.w, &g.h, &most); n != 3 || err != nil || most != 255 {
		return g, errPGM
	}
	head := 0
	for range 3 {
		head += bytes.IndexByte(b[head:], '\n') + 1
	}
	if g.w <= 0 || g.h <= 0 || g.w > len(b) || g.h > len(b) || len(b)-head != g.w*g.h {
		return g, errPGM
	}
	g.pix = b[head:]
	return g, nil
}

func (g grey) pgm() []byte { return append(fmt.Appendf(nil, "P5\n%d %d\n255\n", g.w, g.h), g.pix...) }

// Two neighbours that differ by no more than flat belong to one area. An area
// is ground when it has the pixels of a square of a twentieth of the width: a
// bubble has, a letter has not.
const (
	flat   = 4
	ground = 20
)

// flatten makes letters dark on white, whatever colour they have and whatever
// colour they stand on: an engine takes one threshold for much of a picture, and
// so loses light words in a coloured bubble, or dark ones in a grey one. A
// picture with little even ground, as most photographs are, stays as it is.
func (g grey) flatten() grey {
	a := areasOf(g)
	least := int32(max(1, g.w*g.w/(ground*ground)))
	even := 0
	for i := range g.pix {
		if a.size[a.root(int32(i))] >= least {
			even++
		}
	}
	if even < len(g.pix)/2 {
		return g
	}
	out := grey{g.w, g.h, make([]byte, len(g.pix))}
	for y := range g.h {
		row := out.pix[y*g.w : (y+1)*g.w]
		under := -1 // the shade of the ground that the letters stand on
		for x := range row {
			i := y*g.w + x
			p := int(g.pix[i])
			switch {
			case a.size[a.root(int32(i))] >= least:
				under, row[x] = p, 255
			case under < 0:
				row[x] = 255 // at the very edge
			default:
				row[x] = byte(255 - min(255, 2*max(p-under, under-p)))
			}
		}
	}
	return out
}

// areas are sets of neighbouring pixels of one shade.
type areas struct{ parent, size []int32 }

func areasOf(g grey) areas {
	a := areas{make([]int32, len(g.pix)), make([]int32, len(g.pix))}
	for i := range a.parent {
		a.parent[i], a.size[i] = int32(i), 1
	}
	for i := range g.pix {
		if i%g.w > 0 && near(g.pix[i], g.pix[i-1]) {
			a.join(int32(i), int32(i-1))
		}
		if i >= g.w && near(g.pix[i], g.pix[i-g.w]) {
			a.join(int32(i), int32(i-g.w))
		}
	}
	return a
}

func near(a, b byte) bool { return max(a, b)-min(a, b) <= flat }

func (a areas) root(i int32) int32 {
	for a.parent[i] != i {
		a.parent[i] = a.parent[a.parent[i]]
		i = a.parent[i]
	}
	return i
}

func (a areas) join(i, j int32) {
	i, j = a.root(i), a.root(j)
	if i == j {
		return
	}
	if a.size[i] < a.size[j] {
		i, j = j, i
	}
	a.parent[j] = i
	a.size[i] += a.size[j]
}
