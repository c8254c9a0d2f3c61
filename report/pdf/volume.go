package pdf

import (
	"fmt"
	"io"
	"slices"
)

// Volumes cut a document into several files. Pages, bookmarks, links and numbers
// are those of one document; a link into another file opens that file at the
// page.
type Volumes struct {
	Pages int    // that a file has at most; 0: any number
	Bytes int64  // that a file has at most, but for one page that has more; 0: any number
	Name  string // of the first file, as the others find it beside them
	// Next makes the file of the n-th volume, from 2 on. All files are written to
	// until the document is closed. Nil: there is one file.
	Next func(n int) (name string, w io.Writer, err error)
}

// A volume is a file of the document and the pages in it.
type volume struct {
	*binder
	name        string
	first, last int // the page that is the first, and the one behind the last

	tree, document int      // objects of the tree of tags: its root, and the element over all
	homes          *element // what the links to the index at the feet of pages stand in
	parents        parents
}

// What is still to come when pages are written: the foot and the links of each,
// and the fonts.
const (
	lateBytes = 2 << 10
	fontBytes = 2 << 20
)

// full tells whether a page with so many bytes of pictures belongs into the next
// file.
func (d *Doc) full(coming int) bool {
	v, limits := d.volume(), d.options.Volumes
	pages := len(d.pages) - v.first
	if limits.Next == nil || pages == 0 {
		return false
	}
	bytes := v.at + int64(v.gathered.Len()) + int64(coming) + int64(pages+1)*lateBytes + fontBytes
	if d.part != nil {
		bytes += int64(d.part.weight)
	}
	return limits.Pages > 0 && pages >= limits.Pages || limits.Bytes > 0 && bytes > limits.Bytes
}

// volume is the file that is being written.
func (d *Doc) volume() *volume { return d.volumes[len(d.volumes)-1] }

// nextVolume goes on in the next file.
func (d *Doc) nextVolume() {
	d.endPart()
	d.endTree()
	name, w, err := d.options.Volumes.Next(len(d.volumes) + 1)
	if err != nil {
		d.fail(fmt.Errorf("volume %d: %w", len(d.volumes)+1, err))
		return
	}
	d.volume().last = len(d.pages)
	d.volumes = append(d.volumes, &volume{binder: newBinder(w), name: name, first: len(d.pages)})
	d.beginTree()
}

// Firsts are the numbers of the first pages of all volumes of a closed document.
func (d *Doc) Firsts() (numbers []string) {
	for _, v := range d.volumes {
		numbers = append(numbers, d.Label(v.first+1))
	}
	return numbers
}

// volumeOf is the volume of an anchor, counted from 1, if it has been printed.
func (d *Doc) volumeOf(anchor string) (number string, known bool) {
	at, known := d.anchors[anchor]
	if !known {
		return "", false
	}
	return fmt.Sprint(d.pages[at.page].volume + 1), true
}

// stamp says at the foot of a page which of several files it is in.
func (d *Doc) stamp(p *page) string {
	if len(d.volumes) == 1 {
		return ""
	}
	v := d.volumes[p.volume]
	return fmt.Sprintf("Volume %d of %d, pages %s to %s", p.volume+1, len(d.volumes), d.pages[v.first].label, d.pages[v.last-1].label)
}

// target appends where a link of a volume leads to: a page of the same file, or of
// another one.
func (d *Doc) target(out []byte, from int, at place) []byte {
	p := &d.pages[at.page]
	if p.volume == from {
		return appendDestination(append(out, "/Dest"...), at, d.pages)
	}
	to := d.volumes[p.volume]
	out = appendText(append(out, "/A<</S/GoToR/F<</Type/Filespec/F"...), to.name)
	out = append(appendText(append(out, "/UF"...), to.name), ">>"...)
	out = fmt.Appendf(out, "/D[%d/XYZ null ", at.page-to.first)
	out = appendNumber(out, min(at.y+destinationRise, p.size.Height))
	return append(out, " null]>>"...)
}

// within are the anchors of a volume.
func (v *volume) within(anchors map[string]place) map[string]place {
	own := map[string]place{}
	for name, at := range anchors {
		if at.page >= v.first && at.page < v.last {
			own[name] = at
		}
	}
	return own
}

// marksWithin are the bookmarks of a volume, which stand in the order of pages. One
// that begins within a section has a bookmark of that on its first page.
func (v *volume) marksWithin(marks []bookmark) (own []bookmark) {
	var open []bookmark // what the last one before stands in, from the highest level
	for _, m := range marks {
		switch {
		case m.at.page < v.first:
			open = append(slices.DeleteFunc(open, func(o bookmark) bool { return o.level >= m.level }), m)
		case m.at.page < v.last:
			own = append(own, m)
		}
	}
	if len(own) > 0 && own[0].at.page == v.first && own[0].level == 1 {
		return own
	}
	for i := range open {
		open[i].at = place{v.first, topOfPage}
	}
	return append(open, own...)
}

// topOfPage is above every page: a destination is no higher than its page.
const topOfPage = 1 << 15
