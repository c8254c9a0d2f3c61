package leak

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"math"
	"slices"

	"golang.org/x/image/draw"

	_ "image/jpeg" // the copies of pictures that a bundle has
	_ "image/png"

	_ "golang.org/x/image/webp" // and what somebody may make of them
)

// Looks is how a picture looks whose parts are painted over in a copy: its shades of grey,
// coarsely, and those of each part by itself. A copy of it looks the same when it is made
// smaller or packed anew, and a painted one does not.
type Looks struct {
	size  image.Point
	whole shades
	parts []shades
	of    []Part
}

// Part is a part of a picture, in fractions of its width and height.
type Part struct{ Left, Top, Right, Bottom float64 }

// shades are the middle shades of grey of a picture, row by row, at fields of the same size.
type shades []int

const (
	side        = 384        // pixels of a picture that is looked at: others are made as large
	many, few   = 48, 8      // fields of a picture and of a part each way
	leastEdge   = 16         // pixels of a picture that is a copy of anything
	mostPixels  = 50_000_000 // of one that is unpacked for it
	shapeDiffer = 0.03       // of its height, for a picture of the same width
	fineness    = 8          // of a shade
	mostDiffer  = 14         // shades of any field of the whole picture: 7 were seen of copies, 23 of others
	leastSeen   = 12         // a part that is darker by itself looks the same when it is painted over
)

// LooksOf is how a picture looks of which parts are to be painted over.
func LooksOf(img image.Image, parts ...Part) *Looks {
	size := img.Bounds().Size()
	edge := max(size.X, size.Y, side)
	l := &Looks{size: image.Pt(max(1, size.X*side/edge), max(1, size.Y*side/edge)), of: parts}
	l.whole, l.parts = l.shades(img)
	return l
}

// shaped tells that a picture of a size may be a copy.
func (l *Looks) shaped(wide, high int) bool {
	want := float64(wide) * float64(l.size.Y) / float64(l.size.X)
	return min(wide, high) >= leastEdge && math.Abs(want-float64(high)) <= max(1.5, shapeDiffer*float64(high))
}

// shownIn tells that a picture is a copy in which one of the parts is seen.
func (l *Looks) shownIn(img image.Image) bool {
	whole, parts := l.shades(img)
	var now, was shades
	for i := range whole {
		if l.painted(i%many, i/many) {
			continue
		}
		if differ(whole[i], l.whole[i]) > mostDiffer*fineness {
			return false // other words on the same screen
		}
		now, was = append(now, whole[i]), append(was, l.whole[i])
	}
	if !now.like(was, 1) {
		return false
	}
	for i, p := range parts {
		if was := l.parts[i]; was.sum() >= leastSeen*fineness*len(was) && p.like(was, 9) {
			return true
		}
	}
	return false
}

// painted tells that a field of the whole picture is, or is beside, what is painted over:
// that reaches to the edges of blocks.
func (l *Looks) painted(x, y int) bool {
	return slices.ContainsFunc(l.of, func(p Part) bool {
		return float64(x+2) > p.Left*many && float64(x-1) < p.Right*many && float64(y+2) > p.Top*many && float64(y-1) < p.Bottom*many
	})
}

// like tells that shades differ from others by less than these do among themselves, as
// those of a picture do that was packed anew: of a white page with some words on it by
// much less than those of a photograph. What is even may differ by a third of so many shades.
func (s shades) like(was shades, least int) bool {
	if len(was) == 0 {
		return true
	}
	middle, own, apart := was.sum()/len(was), 0, 0
	for i, v := range was {
		own, apart = own+differ(v, middle), apart+differ(s[i], v)
	}
	return apart*3 <= max(own, least*fineness*len(was))
}

func (s shades) sum() (sum int) {
	for _, v := range s {
		sum += v
	}
	return sum
}

func differ(a, b int) int { return max(a-b, b-a) }

// shades are those of a picture, on white, and of its parts.
func (l *Looks) shades(img image.Image) (whole shades, parts []shades) {
	to := image.NewRGBA(image.Rectangle{Max: l.size})
	draw.Draw(to, to.Rect, image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(to, to.Rect, img, img.Bounds(), draw.Over, nil)
	for _, p := range l.of {
		parts = append(parts, shadesOf(to, p, few))
	}
	return shadesOf(to, Part{Right: 1, Bottom: 1}, many), parts
}

func shadesOf(img *image.RGBA, of Part, n int) shades {
	at := func(from, to float64, i, edge int) (int, int) {
		a := int((from + (to-from)*float64(i)/float64(n)) * float64(edge))
		b := int((from + (to-from)*float64(i+1)/float64(n)) * float64(edge))
		a = min(max(0, a), edge-1)
		return a, min(max(a+1, b), edge)
	}
	out := make(shades, 0, n*n)
	for y := range n {
		top, bottom := at(of.Top, of.Bottom, y, img.Rect.Dy())
		for x := range n {
			left, right := at(of.Left, of.Right, x, img.Rect.Dx())
			sum := 0
			for row := top; row < bottom; row++ {
				for pix := img.Pix[row*img.Stride+4*left : row*img.Stride+4*right]; len(pix) > 0; pix = pix[4:] {
					sum += 299*int(pix[0]) + 587*int(pix[1]) + 114*int(pix[2])
				}
			}
			out = append(out, sum*fineness/((bottom-top)*(right-left)*1000))
		}
	}
	return out
}

// painted is what a secret looks like.
type painted struct {
	secret int
	looks  *Looks
}

// inLooks is the place of a picture that is known by how it looks.
const inLooks = "a picture that looks like it, without what was painted over"

// looks notes a picture's file that is a copy of one of which parts are to be painted
// over, and shows them. The file that it is a copy of is known by its sum.
func (l *look) looks(at Place, b []byte) {
	if len(l.painted) == 0 {
		return
	}
	shape, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || !l.shaped(shape.Width, shape.Height) {
		return // of another form than the copies that are made here, or no copy
	}
	sum := sha256.Sum256(b)
	found, known := l.looked[sum]
	if !known {
		if shape.Width*shape.Height > mostPixels {
			l.note(at.File + ": the picture is too large to be held beside those of which a part is painted over")
			return
		}
		if img, _, err := image.Decode(bytes.NewReader(b)); err == nil {
			found = l.seenIn(img)
		}
		l.looked[sum] = found
	}
	whole := hex.EncodeToString(sum[:])
	for _, n := range found {
		if s := l.secrets[n]; s.Sum != whole {
			l.add(n, s.What, s.Text, Place{File: at.File, Page: at.Page, In: inLooks})
		}
	}
}

// shaped tells that a picture of a size may be a copy of one that is painted over.
func (l *look) shaped(wide, high int) bool {
	return slices.ContainsFunc(l.painted, func(p painted) bool { return p.looks.shaped(wide, high) })
}

// seenIn are the secrets that a picture shows.
func (l *look) seenIn(img image.Image) (found []int) {
	size := img.Bounds()
	for _, p := range l.painted {
		if p.looks.shaped(size.Dx(), size.Dy()) && p.looks.shownIn(img) && !slices.Contains(found, p.secret) {
			found = append(found, p.secret)
		}
	}
	return found
}
