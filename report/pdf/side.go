package pdf

// A picture that is much wider than high, as a panorama or the screen of a wide monitor,
// would stand on an upright page as a strip. It has a page on its side.

const (
	sideRatio = 2.2 // how many times wider than high it is
	sideGain  = 1.2 // how many times wider than on an upright page it becomes there
)

// sideways is a room with that of a page on its side, where such a page is wider.
func (d *Doc) sideways(r Room, p Picture) Room {
	was := d.size
	d.size = Size{d.options.Size.Height, d.options.Size.Width}
	if d.width() > r.width {
		r.sideWidth, r.sidePage = d.width(), d.PageHeight()-d.below(p.Caption)
	}
	d.size = was
	return r
}

// turns tells that a picture of so many pixels has a page on its side.
func (r Room) turns(wide, high int) bool {
	if r.sideWidth == 0 || float64(wide) <= sideRatio*float64(high) {
		return false
	}
	upright, _ := fit(wide, high, r.width, r.page)
	aside, _ := fit(wide, high, r.sideWidth, r.sidePage)
	return aside >= sideGain*upright
}
