package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"daybook/report/pdf/object"
)

// A Foreign is a PDF that anybody made, whose pages are printed as they look:
// what draws them is copied, with its fonts and pictures, and nothing that does
// something (scripts, actions, forms, notes, files within).
type Foreign struct {
	file   *object.File
	pages  []foreignPage
	copies map[*binder]*copier
	from   io.ReaderAt
	size   int64
	most   map[int]extent // how large pictures are printed that are made smaller, by object
	lost   bool           // a page, or a branch of the tree of pages, is named and is not there
	harmed bool           // parts of it may be lost
	names  int            // how many pages the tree says it has; 0: it does not say
	apart  bool           // a page takes along what it names itself, and nothing that lies beside it for others
}

// foreignPage is a page as its file describes it.
type foreignPage struct {
	contents, resources, group any
	box                        [4]float64 // what is shown of it: left, bottom, right, top
	rotate                     int        // to the right: 0, 90, 180, 270
	notes                      int        // fields of forms and notes, which are not printed
}

// foreignSide is how near to the side a foreign page is printed: a frame shows
// where it ends.
const foreignSide = 12 * mm

// What a foreign file may ask for.
const (
	mostForeignPages = 5000
	mostPageDepth    = 64
	mostPageNodes    = 50_000
	mostContent      = 32 << 20 // bytes that draw one page
	mostForeignCopy  = 1 << 30  // bytes copied of one file
	mostForeignParts = 200_000  // objects copied of one file
)

// Why the pages of a foreign file are not printed.
var (
	ErrLocked   = errors.New("it is locked with a password or with restrictions")
	ErrLayers   = errors.New("it has layers, of which some are hidden")
	ErrNoPages  = errors.New("it has no pages")
	ErrTooLong  = errors.New("it has more pages, or more in them, than are printed")
	errMadeSoTo = errors.New("its reader failed on it")
)

// OpenForeign reads where the pages of a file are, and whether each can be copied.
func OpenForeign(r io.ReaderAt, size int64) (f *Foreign, err error) {
	defer func() {
		// The file comes from anybody. A fault of this reader costs the pages and not
		// the bundle; the tests look for one.
		if recover() != nil {
			f, err = nil, errMadeSoTo
		}
	}()
	if f, err = openForeign(r, size); err != nil {
		return nil, err
	}
	trial := newBinder(io.Discard)
	for n := range f.pages {
		if _, err := f.form(trial, n); err != nil {
			return nil, fmt.Errorf("page %d: %w", n+1, err)
		}
	}
	harmed := f.file.Damaged()
	if f, err = openForeign(r, size); err == nil { // with its budget whole
		f.harmed = harmed || f.lost
	}
	return f, err
}

func openForeign(r io.ReaderAt, size int64) (*Foreign, error) {
	file, err := object.Open(r, size)
	if err != nil {
		return nil, err
	}
	if file.Trailer()["Encrypt"] != nil {
		return nil, ErrLocked
	}
	catalog := file.Dict(file.Trailer()["Root"])
	if hidesLayers(file, catalog) {
		return nil, ErrLayers
	}
	f := &Foreign{file: file, copies: map[*binder]*copier{}, from: r, size: size}
	if err := f.readPages(catalog["Pages"]); err != nil {
		return nil, err
	}
	if names, ok := file.Int(file.Dict(catalog["Pages"])["Count"]); ok && names > 0 {
		f.names = names
	}
	if len(f.pages) == 0 && (f.lost || file.Damaged()) {
		return nil, object.ErrDamage
	}
	if len(f.pages) == 0 {
		return nil, ErrNoPages
	}
	f.lost = f.lost || file.Damaged() && f.names > len(f.pages)
	return f, file.Err()
}

// hidesLayers tells whether some of what the pages draw is not shown: copied, it
// would be.
func hidesLayers(file *object.File, catalog object.Dict) bool {
	layers := file.Dict(catalog["OCProperties"])
	usual := file.Dict(layers["D"])
	return len(file.Array(usual["OFF"])) > 0 || file.Name(usual["BaseState"]) == "OFF"
}

// Pages is how many pages of the file can be read.
func (f *Foreign) Pages() int { return len(f.pages) }

// Harmed tells a file of which parts may be lost, and how many pages it names, 0 where it
// does not say.
func (f *Foreign) Harmed() (harmed bool, names int) {
	if f.names < len(f.pages) {
		return f.harmed, 0
	}
	return f.harmed, f.names
}

// Lost tells that pages are named and cannot be read, so that those which can may have
// other numbers than in another program.
func (f *Foreign) Lost() bool { return f.lost }

// Apart lets each page that is printed take along only what it names itself: files
// keep for all pages in one place what some of them draw, and a page that is not copied
// must not come with another.
func (f *Foreign) Apart() { f.apart = true }

// Shown is how large a page, counted from 0, is when it is upright, in points.
func (f *Foreign) Shown(n int) (wide, high float64) { return f.pages[n].shown() }

// Notes is how many fields of forms and notes lie on the pages; they are not
// printed.
func (f *Foreign) Notes() (n int) {
	for _, p := range f.pages {
		n += p.notes
	}
	return n
}

// readPages walks the tree of pages.
func (f *Foreign) readPages(root any) error {
	type above struct {
		resources, media, crop, rotate any
		depth                          int
	}
	nodes := 0
	var walk func(v any, up above) error
	walk = func(v any, up above) error {
		dict := f.file.Dict(v)
		if nodes++; dict == nil {
			f.lost = f.lost || up.depth > 0
			return f.file.Err()
		}
		if nodes > mostPageNodes || up.depth > mostPageDepth {
			return ErrTooLong
		}
		for key, to := range map[object.Name]*any{"Resources": &up.resources, "MediaBox": &up.media, "CropBox": &up.crop, "Rotate": &up.rotate} {
			if dict[key] != nil {
				*to = dict[key]
			}
		}
		if kids := f.file.Array(dict["Kids"]); kids != nil {
			up.depth++
			for _, kid := range kids {
				if err := walk(kid, up); err != nil {
					return err
				}
			}
			return nil
		}
		if len(f.pages) >= mostForeignPages {
			return ErrTooLong
		}
		p := foreignPage{contents: dict["Contents"], resources: up.resources, group: dict["Group"], box: f.box(up.media, [4]float64{0, 0, 612, 792})}
		p.box = f.box(up.crop, p.box)
		turn, _ := f.file.Int(up.rotate)
		p.rotate = (turn%360 + 360) % 360 / 90 * 90
		for _, note := range f.file.Array(dict["Annots"]) {
			if kind := f.file.Name(f.file.Dict(note)["Subtype"]); kind != "Link" && kind != "Popup" && kind != "" {
				p.notes++
			}
		}
		f.pages = append(f.pages, p)
		return f.file.Err()
	}
	return walk(root, above{})
}

// box is a rectangle with its corners in order; usual where there is none with an
// inside.
func (f *Foreign) box(v any, usual [4]float64) [4]float64 {
	n := f.file.Numbers(v)
	if len(n) != 4 {
		return usual
	}
	b := [4]float64{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}
	if b[2]-b[0] < 1 || b[3]-b[1] < 1 || b[2]-b[0] > 20_000 || b[3]-b[1] > 20_000 {
		return usual
	}
	return b
}

// Foreign prints a page of a foreign file, counted from 0, on a page of its own
// with a line above it. What lies on its side is printed on a page on its side.
func (d *Doc) Foreign(f *Foreign, n int, above ...Run) {
	if d.err != nil {
		return
	}
	p := f.pages[n]
	at := d.frame(f, n, f.file.Size()/int64(len(f.pages)), above)
	drawn, err := f.form(d.volume().binder, n)
	if err != nil {
		d.fail(fmt.Errorf("page %d: %w", n+1, err))
		return
	}
	kind, more := "P", "" // its own text, in its own order
	if f.file.Dict(f.file.Dict(p.resources)["Font"]) == nil {
		kind, more = "Figure", d.framed(at, above)
	}
	e := d.block(kind, more)
	d.tag(e)
	d.part.draw(drawn, turned(p, at.scale, at.left, at.bottom))
	d.end(e)
	d.options.Sheets.fill(len(d.pages), 0.93, at.left, d.y, at.wide, at.high)
	d.leave(at)
}

// ForeignPicture prints such a page as a picture that was made of it, a JPEG or PNG.
func (d *Doc) ForeignPicture(f *Foreign, n int, picture []byte, above ...Run) {
	if d.err != nil {
		return
	}
	at := d.frame(f, n, int64(len(picture)), above)
	e := d.block("Figure", d.framed(at, above))
	d.tag(e)
	d.draw(picture, "", at.left, at.wide, at.high)
	d.end(e)
	d.leave(at)
}

// pageDPI is how fine a picture of a whole page is: the small print of a letter can be
// read in it, and courts want no finer than maxDPI.
const pageDPI = 250

// DPI is how many dots an inch of a foreign page a picture of it has, for the size in
// which it is printed.
func (d *Doc) DPI(f *Foreign, n int) float64 { return pageDPI * d.foreignScale(f.pages[n]) }

// frame is where a foreign page stands on its page, in points.
type frame struct{ left, bottom, wide, high, scale float64 }

// frame begins a page for one of a foreign file, of about so many bytes.
func (d *Doc) frame(f *Foreign, n int, coming int64, above []Run) frame {
	wide, high := f.pages[n].shown()
	d.PageBreak()
	d.Landscape(wide > high)
	d.broken = true
	d.coming = int(min(coming, math.MaxInt32))
	d.Paragraph(Caption, above...)
	d.coming = 0
	scale := min(1, (d.size.Width-2*foreignSide)/wide, (d.bottom()-d.y)/high)
	return frame{(d.size.Width - wide*scale) / 2, d.size.Height - d.y - high*scale, wide * scale, high * scale, scale}
}

// framed is what the tag of a page says that is a figure.
func (d *Doc) framed(at frame, above []Run) string {
	text, _ := join(above)
	return d.figure(text, at.left, at.bottom, at.wide, at.high)
}

// leave draws the line around a foreign page, and lets what follows begin on a page of
// its own.
func (d *Doc) leave(at frame) {
	if d.err == nil {
		d.tag(&d.tags.furniture)
		d.part.write(fmt.Appendf(nil, "q 0.7 G 0.5 w %.2f %.2f %.2f %.2f re S Q", at.left, at.bottom, at.wide, at.high))
	}
	d.y = d.bottom()
	d.Landscape(false)
	d.broken = true
}

// shown is how large a page is when it is upright.
func (p foreignPage) shown() (wide, high float64) {
	wide, high = p.box[2]-p.box[0], p.box[3]-p.box[1]
	if p.rotate%180 != 0 {
		return high, wide
	}
	return wide, high
}

// turned is how a page is drawn upright with its lower left corner at x, y.
func turned(p foreignPage, s, x, y float64) [6]float64 {
	l, b, r, t := p.box[0], p.box[1], p.box[2], p.box[3]
	switch p.rotate {
	case 90:
		return [6]float64{0, -s, s, 0, x - s*b, y + s*r}
	case 180:
		return [6]float64{-s, 0, 0, -s, x + s*r, y + s*t}
	case 270:
		return [6]float64{0, s, -s, 0, x + s*t, y - s*l}
	}
	return [6]float64{s, 0, 0, s, x - s*l, y - s*b}
}

// draw prints a form that the binder has written.
func (p *part) draw(form placed, m [6]float64) {
	p.place(form, fmt.Sprintf("%.5f %.5f %.5f %.5f %.3f %.3f", m[0], m[1], m[2], m[3], m[4], m[5]))
}

// form writes what draws a page as a form, which has its own fonts and pictures.
func (f *Foreign) form(b *binder, n int) (placed, error) {
	p := f.pages[n]
	content, err := f.content(p.contents)
	if err != nil {
		return placed{}, err
	}
	c := f.copies[b]
	if c == nil {
		c = &copier{file: f.file, to: b, numbers: map[copied]int{}, smaller: f.smallerPicture, apart: f.apart}
		f.copies[b] = c
	}
	dict := []byte("/Type/XObject/Subtype/Form/FormType 1/BBox[")
	for _, v := range p.box {
		dict = append(appendNumber(dict, v), ' ')
	}
	dict = append(dict, "]/Resources"...)
	resources := f.file.Dict(p.resources)
	if f.apart {
		resources = object.Dict(c.sieve(resources, content))
	}
	dict = c.resources(dict, resources)
	if group := f.file.Dict(p.group); f.file.Name(group["S"]) == "Transparency" {
		dict = c.value(append(dict, "/Group"...), group, 0, false)
	}
	number := b.reserve()
	b.forms++
	b.pressed(number, string(dict), content)
	if err := c.rest(); err != nil {
		return placed{}, err
	}
	return placed{name: fmt.Sprintf("X%d", b.forms), number: number}, b.err
}

// Undrawn tells that a page, counted from 0, names something that draws it, or a part of
// it, and the file does not have that.
func (f *Foreign) Undrawn(n int) bool {
	return slices.ContainsFunc(f.drawing(f.pages[n].contents), func(v any) bool { return v != nil && f.file.Stream(v) == nil })
}

// drawing names what draws a page: one stream, or several that are one.
func (f *Foreign) drawing(v any) object.Array {
	if all := f.file.Array(v); all != nil {
		return all
	}
	return object.Array{v}
}

// content is what draws a page.
func (f *Foreign) content(v any) ([]byte, error) {
	var out bytes.Buffer
	for _, v := range f.drawing(v) {
		s := f.file.Stream(v)
		if s == nil {
			continue
		}
		data, err := f.file.Data(s, mostContent)
		if err != nil {
			return nil, fmt.Errorf("what draws it cannot be read: %w", err)
		}
		if out.Len()+len(data) > mostContent {
			return nil, ErrTooLong
		}
		out.Write(data)
		out.WriteByte('\n')
	}
	return out.Bytes(), f.file.Err()
}
