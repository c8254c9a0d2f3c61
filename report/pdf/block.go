package pdf

import (
	"math"
	"strings"
)

// A holding is a heading or an anchor that waits for the block it belongs to,
// so that it never stands alone at the foot of a page.
type holding struct {
	set    setting
	lines  []line
	level  int    // of the heading; 0: an anchor or a bookmark alone
	title  string // of the bookmark; none when empty
	anchor string
}

func (h *holding) height() float64 {
	if len(h.lines) == 0 {
		return 0
	}
	return h.set.before + h.set.height(h.lines) + h.set.after
}

// height is that of lines set one below the other.
func (s setting) height(lines []line) float64 {
	total := 0.0
	for i := range lines {
		total += s.lineHeight(&lines[i])
	}
	return total
}

// lineHeight is the style's own, or more for scripts with tall letters.
func (s setting) lineHeight(ln *line) float64 {
	return s.size * max(s.lead, ln.ascent+ln.descent)
}

// baseline is how far the base line stands below the top of the line.
func (s setting) baseline(ln *line) float64 {
	free := s.lineHeight(ln) - s.size*(ln.ascent+ln.descent)
	return free/2 + s.size*ln.ascent
}

// Heading prints a heading with a bookmark "text (p. n)" and, if named, an
// anchor. Level 1 is the highest. It stays with what follows.
func (d *Doc) Heading(level int, text, anchor string) {
	if d.err != nil {
		return
	}
	d.held = append(d.held, d.heading(level, text, anchor))
}

func (d *Doc) heading(level int, text, anchor string) holding {
	set := d.typed(heading(level))
	lines := d.setter.lines(set.apply([]Run{{Text: text}}), d.width()/set.size)
	return holding{set: set, lines: lines, level: max(1, level) + d.depth, title: oneLine(text), anchor: anchor}
}

// Anchor names the place of what is printed next.
func (d *Doc) Anchor(name string) {
	if d.err == nil {
		d.held = append(d.held, holding{anchor: name})
	}
}

// Bookmark adds a bookmark "text (p. n)" to what is printed next, as a heading
// would.
func (d *Doc) Bookmark(level int, text string) {
	if d.err == nil {
		d.held = append(d.held, holding{level: max(1, level) + d.depth, title: oneLine(text)})
	}
}

// flushHeld prints the headings that wait; need has made room.
func (d *Doc) flushHeld() {
	held := d.held
	d.held = nil
	for i := range held {
		h := &held[i]
		if len(h.lines) > 0 && d.y+h.set.height(h.lines) > d.bottom() {
			d.newPage()
		}
		if len(h.lines) > 0 && d.y > marginTop {
			d.y += h.set.before
		}
		d.land(h.anchor)
		if h.title != "" {
			d.marks = append(d.marks, bookmark{level: h.level, title: h.title, at: d.here()})
		}
		if len(h.lines) == 0 {
			continue
		}
		e := d.section(h.level)
		for j := range h.lines {
			d.setLine(&h.lines[j], h.set, marginSide, d.width())
		}
		d.end(e)
		d.y += h.set.after
	}
}

// land gives an anchor its place.
func (d *Doc) land(anchor string) {
	if anchor == "" || d.err != nil {
		return
	}
	if _, twice := d.anchors[anchor]; twice {
		d.fail(&AnchorError{Anchor: anchor, Twice: true})
		return
	}
	d.anchors[anchor] = d.here()
}

// An AnchorError tells of an anchor that was set twice, or linked to and never
// set.
type AnchorError struct {
	Anchor string
	Twice  bool
}

func (e *AnchorError) Error() string {
	if e.Twice {
		return "anchor " + e.Anchor + ": set twice"
	}
	return "anchor " + e.Anchor + ": linked to, but not in the document"
}

// setLine prints a line in a column and moves below it.
func (d *Doc) setLine(ln *line, set setting, left, width float64) {
	x := left + offset(ln, set.align, width, set.size)
	d.drawLine(ln, set.size, x, d.size.Height-d.y-set.baseline(ln), set.ink)
	d.y += set.lineHeight(ln)
}

// offset is how far from the left of its column a line starts.
func offset(ln *line, align Align, width, size float64) float64 {
	free := max(0, width-ln.width*size)
	switch {
	case align == Middle:
		return free / 2
	case (align == End) != ln.rtl:
		return free
	}
	return 0
}

// Paragraph prints runs as a paragraph. Line ends in the text are kept.
func (d *Doc) Paragraph(style Style, runs ...Run) {
	if d.err == nil {
		set := d.typed(style.setting())
		if style == Code {
			set.size = d.unbroken(set, runs)
		}
		d.print(set, d.setter.lines(set.apply(runs), (d.width()-set.indent)/set.size), nil)
	}
}

// unbroken is the size in which lines are printed that must not be broken: what
// the document asks, or as much less as it takes, down to a least.
func (d *Doc) unbroken(style setting, runs []Run) float64 {
	least := style.size
	widest := 0.0
	for _, ln := range d.setter.lines(style.apply(runs), math.Inf(1)) {
		widest = max(widest, ln.width)
	}
	if widest == 0 {
		return least
	}
	return max(least, min(d.options.Points, d.width()/widest))
}

// List prints items with a bullet before each.
func (d *Doc) List(items ...[]Run) {
	if d.err != nil {
		return
	}
	set := d.typed(Body.setting())
	set.indent, set.after = 14, 3
	bullet := d.setter.lines([]Run{{Text: "•"}}, d.width())
	for i, item := range items {
		if i == len(items)-1 {
			set.after = Body.setting().after
		}
		d.print(set, d.setter.lines(item, (d.width()-set.indent)/set.size), &bullet[0])
	}
	d.endBlocks()
}

// print prints lines as a paragraph, the first with a bullet if there is one.
// No line stands alone at the foot or the head of a page.
func (d *Doc) print(set setting, lines []line, bullet *line) {
	first := set.height(lines[:min(2, len(lines))])
	if len(lines) == 3 {
		first = set.height(lines)
	}
	d.need(set.before + first)
	if d.y > marginTop || set.drop {
		d.y += set.before
	}
	var e *element
	if bullet != nil {
		e = d.item()
	} else {
		e = d.block("P", "")
	}
	for i := range lines {
		room := set.lineHeight(&lines[i])
		if i > 1 && i == len(lines)-2 {
			room += set.lineHeight(&lines[i+1])
		}
		if d.y+room > d.bottom()+0.01 {
			d.newPage()
		}
		d.beside(set, &lines[i], lines[0].rtl, bullet)
		bullet = nil
		left := marginSide + set.indent
		if lines[0].rtl {
			left = marginSide
		}
		d.setLine(&lines[i], set, left, d.width()-set.indent)
	}
	d.end(e)
	d.y += set.after
}

// beside prints what stands in the indent of a line.
func (d *Doc) beside(set setting, ln *line, rtl bool, bullet *line) {
	if set.bar {
		d.bar(set.lineHeight(ln), rtl)
	}
	if bullet == nil {
		return
	}
	x := marginSide + 4
	if rtl {
		x = d.size.Width - x - bullet.width*set.size
	}
	d.drawLine(bullet, set.size, x, d.size.Height-d.y-set.baseline(ln), set.ink)
	d.end(d.innermost())
	d.begin("LBody", "")
}

// bar draws the bar before a quotation, one line high.
func (d *Doc) bar(height float64, rtl bool) {
	x := marginSide + 4
	if rtl {
		x = d.size.Width - marginSide - 4 - barWidth
	}
	d.fill(0.72, x, d.y, barWidth, height)
}

const barWidth = 1.6

// fill draws a grey rectangle; y runs from the top.
func (d *Doc) fill(shade, x, y, width, height float64) {
	if d.err == nil {
		d.tag(&d.tags.furniture)
		d.pen.ink = "" // the rectangle has another
		d.part.fill(shade, x, y, width, height)
		d.options.Sheets.fill(len(d.pages), shade, x, y, width, height)
	}
}

// Rule prints a thin line from margin to margin.
func (d *Doc) Rule() {
	if d.err != nil {
		return
	}
	d.need(8)
	d.fill(0.6, marginSide, d.y+4, d.width(), 0.6)
	d.y += 8
}

// Space leaves room, in millimetres; at the top of a page it leaves none.
func (d *Doc) Space(millimetres float64) {
	if d.err != nil {
		return
	}
	if len(d.held) > 0 {
		d.need(0)
	}
	if len(d.pages) > 0 && !d.broken && d.y > marginTop {
		d.y += millimetres * mm
	}
}

// PageBreak makes what comes next go on on a new page, unless the page is
// empty.
func (d *Doc) PageBreak() {
	if d.err != nil {
		return
	}
	if len(d.held) > 0 {
		d.need(0)
	}
	if len(d.pages) > 0 && d.y > marginTop {
		d.broken = true
	}
}

// Keep puts what comes next, with the headings that wait for it, on a new page
// when so much height is not left on this one. What is higher than half a page
// is printed where it comes.
func (d *Doc) Keep(height float64) {
	page := d.bottom() - marginTop
	if len(d.pages) > 0 && d.y > marginTop && height < page/2 && d.y+d.waiting()+height > d.bottom() {
		d.broken = true
	}
}

// PageHeight is how high what is printed on a page may be.
func (d *Doc) PageHeight() float64 { return d.bottom() - marginTop }

// Filled is how much of the page is printed on, of 1.
func (d *Doc) Filled() float64 {
	if len(d.pages) == 0 || d.broken {
		return 1
	}
	return (d.y - marginTop) / (d.bottom() - marginTop)
}

// ParagraphHeight is the height of a paragraph.
func (d *Doc) ParagraphHeight(style Style, runs ...Run) float64 {
	set := d.typed(style.setting())
	return set.before + set.height(d.setter.lines(set.apply(runs), (d.width()-set.indent)/set.size)) + set.after
}

// Landscape turns the pages that follow, or turns them back.
func (d *Doc) Landscape(on bool) {
	if d.err != nil {
		return
	}
	size := d.options.Size
	if on {
		size.Width, size.Height = size.Height, size.Width
	}
	if size == d.size {
		return // headings that wait stay with what comes next
	}
	if len(d.held) > 0 {
		d.need(0)
	}
	d.broken = len(d.pages) > 0
	d.size = size
}

// oneLine is text for a bookmark.
func oneLine(text string) string {
	return strings.Join(strings.Fields(Visible(text)), " ")
}
