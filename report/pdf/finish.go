package pdf

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// finish writes what could not be known before: the foot of each page, links,
// fonts, bookmarks, and the document's own dictionaries.
func (d *Doc) finish() error {
	if err := d.checkLinks(); err != nil {
		return err
	}
	d.volume().last = len(d.pages)
	for i := range d.pages {
		p := &d.pages[i]
		d.volumes[p.volume].lead(p.objects.owners)
	}
	for i := range d.pages {
		d.finishPage(i)
	}
	for i, v := range d.volumes {
		if err := d.finishVolume(i, v); err != nil {
			return err
		}
	}
	return nil
}

// finishVolume writes what a file of the document ends with.
func (d *Doc) finishVolume(i int, v *volume) error {
	if err := v.writeFonts(d.setter.shaper); err != nil {
		return err
	}
	v.pageTree(d.pages[v.first:v.last])
	outline := v.outline(v.marksWithin(d.marks), d.pages)
	names := v.destinations(v.within(d.anchors), d.pages)
	options := d.options
	if len(d.volumes) > 1 {
		options.Title += fmt.Sprintf(", volume %d of %d", i+1, len(d.volumes))
	}
	info, xmp := v.metadata(options)
	v.structure()
	catalog := v.reserve()
	v.object(catalog, d.catalog(v, outline, names, xmp))
	return v.close(fmt.Sprintf("/Root %d 0 R/Info %d 0 R/ID[<%[3]X><%[3]X>]", catalog, info, d.id(v, options.Title)))
}

// checkLinks finds links that lead nowhere.
func (d *Doc) checkLinks() error {
	for i := range d.pages {
		for _, l := range d.pages[i].links {
			if _, ok := d.anchors[l.target]; !ok {
				return fmt.Errorf("page %d: %w", i+1, &AnchorError{Anchor: l.target})
			}
		}
		for _, w := range d.pages[i].waiting {
			if _, ok := d.anchors[w.anchor]; !ok {
				return fmt.Errorf("page %d: %w", i+1, &AnchorError{Anchor: w.anchor})
			}
		}
	}
	return nil
}

// finishPage writes a page's late content and its links, and forgets them.
func (d *Doc) finishPage(i int) {
	p := &d.pages[i]
	d.pen.begin()
	d.pen.out = d.pen.out[:0]
	for _, w := range p.waiting {
		number, _ := d.pageOf(w.anchor)
		if w.volume {
			number, _ = d.volumeOf(w.anchor)
		}
		ln := d.setter.lines([]Run{w.run(number)}, 100)[0]
		size := min(w.size, w.width/ln.width) // a number of four digits is set smaller
		x := w.x
		if w.rightish {
			x += w.width - ln.width*size
		}
		d.pen.out = appendMark(d.pen.out, "Span", w.mark)
		d.pen.line(&ln, size, x, w.y, blue)
		d.pen.out = append(d.pen.out, "EMC\n"...)
		d.options.Sheets.line(i+1, &ln, size, x, w.y, blue)
	}
	if home := d.home(); home != nil {
		d.pen.out = appendMark(d.pen.out, "Link", p.home)
		d.pen.line(home, furnitureSize, marginSide, footerAt, grey)
		d.pen.out = append(d.pen.out, "EMC\n"...)
		d.options.Sheets.line(i+1, home, furnitureSize, marginSide, footerAt, grey)
	}
	d.pen.out = append(d.pen.out, "/Artifact BMC\n"...)
	width := p.size.Width - 2*marginSide
	if stamp := d.stamp(p); stamp != "" {
		ln := d.setter.lines([]Run{{Text: stamp}}, width/furnitureSize)[0]
		d.pen.line(&ln, furnitureSize, (p.size.Width-ln.width*furnitureSize)/2, footerAt, grey)
	}
	foot := d.setter.lines([]Run{{Text: d.options.Footer(i+1, len(d.pages))}}, width/footSize)[0]
	d.pen.line(&foot, footSize, p.size.Width-marginSide-foot.width*footSize, footerAt, black)
	d.options.Sheets.line(i+1, &foot, footSize, p.size.Width-marginSide-foot.width*footSize, footerAt, black)
	v := d.volumes[p.volume]
	v.pressed(p.objects.late, "", append(d.pen.out, "EMC\n"...))
	if p.objects.links != 0 {
		d.annotations(p)
	}
	p.links, p.waiting = nil, nil
}

func (w *waiting) run(number string) Run {
	return Run{Text: number, Bold: w.look&bold != 0, Italic: w.look&italic != 0, Mono: w.look&mono != 0}
}

// annotations writes the links of a page.
func (d *Doc) annotations(p *page) {
	v := d.volumes[p.volume]
	all := []byte("[")
	for _, l := range p.links {
		out := append(d.tags.scratch[:0], "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect["...)
		for _, n := range [...]float64{l.left, l.bottom, l.right, l.top} {
			out = append(appendNumber(out, n), ' ')
		}
		out = d.target(append(out, ']'), p.volume, d.anchors[l.target])
		if l.element == 0 {
			all = append(append(all, out...), ">>"...)
		} else {
			all = appendRef(all, l.number)
			out = strconv.AppendInt(append(out, "/StructParent "...), int64(v.lead(l.element)), 10)
			v.object(l.number, append(out, ">>"...))
		}
		d.tags.scratch = out
	}
	v.object(p.objects.links, append(all, ']'))
}

// destinationRise is how much of the page is shown above a place.
const destinationRise = 6

// appendDestination writes a place; it leaves the reader's zoom as it is.
func appendDestination(out []byte, at place, pages []page) []byte {
	p := &pages[at.page]
	out = fmt.Appendf(out, "[%d 0 R/XYZ null ", p.objects.page)
	out = appendNumber(out, min(at.y+destinationRise, p.size.Height))
	return append(out, " null]"...)
}

// pageTree writes the tree's nodes: it has two levels.
func (b *binder) pageTree(pages []page) {
	root := []byte("<</Type/Pages/Kids[")
	for i, number := range b.nodes {
		root = fmt.Appendf(root, "%d 0 R ", number)
		kids := pages[i*nodePages : min(len(pages), (i+1)*nodePages)]
		node := fmt.Appendf(nil, "<</Type/Pages/Parent %d 0 R/Count %d/Kids[", b.root, len(kids))
		for j := range kids {
			node = fmt.Appendf(node, "%d 0 R ", kids[j].objects.page)
		}
		b.object(number, append(node, "]>>"...))
	}
	b.object(b.root, fmt.Appendf(root, "]/Count %d>>", len(pages)))
}

// leafNames is how many anchors stand in a leaf of the tree of names.
const leafNames = 100

// destinations writes the tree of named places, 0 when there are none.
func (b *binder) destinations(anchors map[string]place, pages []page) int {
	if len(anchors) == 0 {
		return 0
	}
	root := []byte("<</Kids[")
	for leaf := range slices.Chunk(slices.SortedFunc(maps.Keys(anchors), compareUTF16), leafNames) {
		number := b.reserve()
		root = fmt.Appendf(root, "%d 0 R ", number)
		out := appendText([]byte("<</Limits["), leaf[0])
		out = append(appendText(out, leaf[len(leaf)-1]), "]/Names["...)
		for _, name := range leaf {
			out = appendDestination(appendText(out, name), anchors[name], pages)
		}
		b.object(number, append(out, "]>>"...))
	}
	number := b.reserve()
	b.object(number, append(root, "]>>"...))
	return number
}

// compareUTF16 orders names as they are written: in UTF-16.
func compareUTF16(a, b string) int {
	if isASCII(a) && isASCII(b) {
		return strings.Compare(a, b)
	}
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
}

// metadata writes the document's title and dates, in the old form and as XMP.
func (b *binder) metadata(o Options) (info, xmp int) {
	info, xmp = b.reserve(), b.reserve()
	out := []byte("<<")
	for _, field := range [...][2]string{{"Title", o.Title}, {"Author", o.Author}, {"Subject", o.Subject}, {"Producer", Producer}} {
		if field[1] != "" {
			out = appendText(append(append(out, '/'), field[0]...), field[1])
		}
	}
	if !o.Created.IsZero() {
		date := pdfDate(o.Created)
		out = fmt.Appendf(out, "/CreationDate(%s)/ModDate(%[1]s)", date)
	}
	b.object(info, append(out, ">>"...))
	b.stream(xmp, "/Type/Metadata/Subtype/XML", []byte(xmpPacket(o)))
	return info, xmp
}

// Producer is what a document says that it was made by.
const Producer = "Daybook"

func pdfDate(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return t.Format("D:20060102150405Z")
	}
	zone := t.Format("-07'00'")
	_, offset := t.Zone()
	if minutes := offset / 60 % 60; minutes != 0 {
		zone = fmt.Sprintf("%s%02d'", t.Format("-07'"), max(minutes, -minutes))
	}
	return t.Format("D:20060102150405") + zone
}

func xmpPacket(o Options) string {
	var out strings.Builder
	out.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">" +
		"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" +
		" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">")
	if o.Title != "" {
		out.WriteString("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(o.Title) + "</rdf:li></rdf:Alt></dc:title>")
	}
	if o.Author != "" {
		out.WriteString("<dc:creator><rdf:Seq><rdf:li>" + escape(o.Author) + "</rdf:li></rdf:Seq></dc:creator>")
	}
	if o.Subject != "" {
		out.WriteString("<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(o.Subject) + "</rdf:li></rdf:Alt></dc:description>")
	}
	if o.Lang != "" {
		out.WriteString("<dc:language><rdf:Bag><rdf:li>" + escape(o.Lang) + "</rdf:li></rdf:Bag></dc:language>")
	}
	if !o.Created.IsZero() {
		date := o.Created.Format(time.RFC3339)
		out.WriteString("<xmp:CreateDate>" + date + "</xmp:CreateDate><xmp:ModifyDate>" + date + "</xmp:ModifyDate>")
	}
	out.WriteString("<pdf:Producer>" + Producer + "</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return out.String()
}

func escape(text string) string {
	var out strings.Builder
	if err := xml.EscapeText(&out, []byte(text)); err != nil {
		return "" // a strings.Builder takes everything
	}
	return out.String()
}

// catalog opens the document at full size with its bookmarks shown, and
// numbers the pages as they are printed.
func (d *Doc) catalog(v *volume, outline, names, xmp int) []byte {
	pages := d.pages[v.first:v.last]
	out := fmt.Appendf(nil, "<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R", v.root, xmp)
	out = fmt.Appendf(out, "/OpenAction[%d 0 R/XYZ null null 1]", pages[0].objects.page)
	out = append(out, "/PageLabels<</Nums["...)
	for i := range pages {
		if p := &pages[i]; i == 0 || p.series != pages[i-1].series {
			out = append(strconv.AppendInt(out, int64(i), 10), d.numbers(p)...)
		}
	}
	out = append(out, "]>>/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>"...)
	out = appendRef(append(out, "/StructTreeRoot "...), v.tree)
	if outline != 0 {
		out = fmt.Appendf(out, "/Outlines %d 0 R/PageMode/UseOutlines", outline)
	}
	if names != 0 {
		out = fmt.Appendf(out, "/Names<</Dests %d 0 R>>", names)
	}
	if d.options.Lang != "" {
		out = appendText(append(out, "/Lang"...), d.options.Lang)
	}
	return append(out, ">>"...)
}

// numbers is how readers count pages from one on.
func (d *Doc) numbers(p *page) []byte {
	n := d.options.Numbers
	switch {
	case p.series != "":
		return append(appendText(fmt.Appendf(nil, "<</S/D/St %d/P", p.count), p.series), ">>"...)
	case n.Letters:
		return append(appendText(fmt.Appendf(nil, "<</S/A/St %d/P", n.Skip+p.count), strconv.Itoa(n.After)), ">>"...)
	}
	return fmt.Appendf(nil, "<</S/D/St %d>>", n.After+p.count)
}

// id is made from what was written: the same document has the same.
func (d *Doc) id(v *volume, title string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d\x00%08x",
		title, d.options.Created, v.last-v.first, v.at, v.sum.Sum32()))
	return sum[:16]
}
