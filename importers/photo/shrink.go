package photo

import "image"

// halved tells a picture whose colours stand in planes at least half as wide and
// high as it is.
func halved(m *image.YCbCr) bool {
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440:
		return m.Rect.Min == image.Point{}
	}
	return false
}

// plane is one colour of a picture.
type plane struct {
	pix                []byte
	stride, wide, high int
}

// shrink makes a picture smaller and turns it upright, plane by plane as it came
// from its file.
func shrink(m *image.YCbCr, to image.Point, orientation int) *image.YCbCr {
	if orientation > 1 && min(to.X, to.Y) > 1 { // a turned plane of half the size has to lie as the whole one
		to.X, to.Y = to.X&^1, to.Y&^1
	}
	out := image.Rectangle{Max: to}
	if orientation >= 5 && orientation <= 8 {
		out = image.Rect(0, 0, to.Y, to.X)
	}
	dst := image.NewYCbCr(out, image.YCbCrSubsampleRatio420)
	wide, high := m.Rect.Dx(), m.Rect.Dy()
	half := image.Pt((to.X+1)/2, (to.Y+1)/2)
	across, down := wide, high
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		across = (wide + 1) / 2
	case image.YCbCrSubsampleRatio440:
		down = (high + 1) / 2
	case image.YCbCrSubsampleRatio420:
		across, down = (wide+1)/2, (high+1)/2
	}
	for _, p := range []struct {
		from   plane
		to     image.Point
		out    []byte
		stride int
	}{
		{plane{m.Y, m.YStride, wide, high}, to, dst.Y, dst.YStride},
		{plane{m.Cb, m.CStride, across, down}, half, dst.Cb, dst.CStride},
		{plane{m.Cr, m.CStride, across, down}, half, dst.Cr, dst.CStride},
	} {
		p.from.shrunk(p.to).turn(p.out, p.stride, orientation)
	}
	return dst
}

// shrinkGrey does the same with a picture of greys, which stays one.
func shrinkGrey(m *image.Gray, to image.Point, orientation int) *image.Gray {
	out := to
	if orientation >= 5 && orientation <= 8 {
		out = image.Pt(to.Y, to.X)
	}
	dst := image.NewGray(image.Rectangle{Max: out})
	plane{m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y):], m.Stride, m.Rect.Dx(), m.Rect.Dy()}.shrunk(to).turn(dst.Pix, dst.Stride, orientation)
	return dst
}

// shrunk makes a plane smaller: each pixel is the mean of what it covers. A pixel
// that came is as wide as the new plane, a new one as wide as the one that came.
func (p plane) shrunk(to image.Point) plane {
	if to.X == p.wide && to.Y == p.high {
		return p
	}
	out := plane{make([]byte, to.X*to.Y), to.X, to.X, to.Y}
	row, sum := make([]uint32, to.X), make([]uint32, to.X)
	y, left := 0, p.high // of the new row, how much is still to come
	for n := range p.high {
		p.across(row, p.pix[n*p.stride:][:p.wide])
		part := min(to.Y, left)
		for x, v := range row {
			sum[x] += v * uint32(part)
		}
		if left -= part; left > 0 {
			continue
		}
		line, whole := out.pix[y*to.X:][:to.X], uint32(p.high)<<8
		for x, v := range sum {
			line[x] = byte((uint64(v) + uint64(whole/2)) / uint64(whole))
			sum[x] = row[x] * uint32(to.Y-part)
		}
		y, left = y+1, p.high-(to.Y-part)
	}
	return out
}

// across makes a row narrower, in 256ths.
func (p plane) across(out []uint32, from []byte) {
	whole, wide := len(from), len(out)
	i, rest := 0, 0 // the next pixel, and how much of the last one is still to come
	for x := range out {
		sum, left := uint32(0), whole
		if rest > 0 {
			sum, left = uint32(from[i-1])*uint32(rest), left-rest
		}
		inside := uint32(0)
		for ; left >= wide; left -= wide {
			inside += uint32(from[i])
			i++
		}
		sum += inside * uint32(wide)
		if rest = 0; left > 0 {
			sum += uint32(from[i]) * uint32(left)
			i, rest = i+1, wide-left
		}
		out[x] = sum << 8 / uint32(whole)
	}
}

// turn writes a plane as its EXIF orientation says.
func (p plane) turn(out []byte, stride, orientation int) {
	for y := range p.high {
		line := p.pix[y*p.stride:][:p.wide]
		if orientation < 2 || orientation > 8 {
			copy(out[y*stride:], line)
			continue
		}
		for x, v := range line {
			tx, ty := turned(orientation, x, y, p.wide, p.high)
			out[ty*stride+tx] = v
		}
	}
}
