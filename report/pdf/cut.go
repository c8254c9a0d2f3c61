package pdf

import (
	"image"
	"math"
	"strings"
)

// A picture that is much higher than wide, as a screenshot that was scrolled, would stand
// on one page as a strip that nobody can read. It is cut over several, as wide as a
// telephone shows it, and each part begins with a strip of the one before, so that no line
// is lost in a cut. It is one picture in the file all the same.

const (
	cutWidth = 90 * mm // of a picture that is cut, at most
	cutAgain = 8 * mm  // of a part that the next one shows again
	cutMost  = 40      // parts; a picture of more stands on one page as it can
	cutUnder = 30.0    // points: what the caption of a part may be longer
)

// A cut is how a picture is cut: its size, and its parts.
type cut struct {
	width, height float64
	parts         int // 1: it is not cut
	part          float64
}

// cut tells how a picture of so many pixels is cut that would be too narrow on one page.
func (r Room) cut(wide, high int) cut {
	whole, _ := fit(wide, high, r.width, r.page)
	widest := min(cutWidth, r.width, float64(wide)*72/96)
	if whole >= min(legible, widest) {
		return cut{parts: 1}
	}
	c := cut{width: widest, height: widest * float64(high) / float64(wide)}
	page := r.page - cutUnder
	if c.parts = int(math.Ceil((c.height - cutAgain) / (page - cutAgain))); page <= 2*cutAgain || c.parts < 2 || c.parts > cutMost {
		return cut{parts: 1}
	}
	c.part = (c.height + float64(c.parts-1)*cutAgain) / float64(c.parts)
	return c
}

// inParts prints a picture that is cut, with the words that were found in it shared out
// among the parts, from the first line to the last.
func (d *Doc) inParts(p Picture, kind string, shape image.Config, c cut) {
	data, sum, err := p.prepare(kind, shape, c.width)
	if err != nil {
		d.fail(err)
		return
	}
	words, left := strings.Split(p.Words, "\n"), marginSide+(d.width()-c.width)/2
	for n := 1; n <= c.parts && d.err == nil; n++ {
		caption, alt := p.Caption, p.Alt
		if p.Part != nil {
			says := p.Part(n, c.parts)
			caption, alt = append(append([]Run{}, caption...), Run{Text: says}), alt+says
		}
		d.coming = len(data)
		d.need(c.part + d.below(caption))
		d.coming = 0
		e := d.block("Figure", d.figure(alt, left, d.size.Height-d.y-c.part, c.width, c.part))
		d.tag(e)
		d.drawPart(data, sum, left, c.width, c.height, float64(n-1)*(c.part-cutAgain), c.part)
		d.overlay(strings.Join(words[(n-1)*len(words)/c.parts:n*len(words)/c.parts], "\n"), left, d.y, c.width, c.part)
		d.end(e)
		d.y += c.part + 4
		d.caption(caption)
	}
}
