// Package pdf writes documents: text in every script, tables that go on over
// pages, pictures, bookmarks, links, and page numbers that equal the pages of
// the file. It knows no case, event or exhibit.
//
// gofpdf writes the pages, some at a time, as small documents ("parts"). The
// binder takes each part apart as soon as it is full and writes it on; a JPEG
// it writes at once, as it is. Memory stays the same for ten pages and for ten
// thousand but for what links, anchors and bookmarks need, and nothing is kept
// in a file on the way. What a page cannot know before the end (how many pages
// there are, the page of something further on) is a second, small stream of
// the page that is written last; so are fonts, of which the document holds one
// subset each.
//
// Text is shaped by go-text's HarfBuzz, broken into lines by UAX #14 and ordered
// by UAX #9. Glyphs that do not spell their text stand in marked content that
// says it (ActualText), so that everything can be found and copied. Lines of
// Thai, Lao, Khmer and Burmese are broken between any two clusters: where words
// end is in no file.
//
// What is printed is tagged for programs that read aloud: sections with headings,
// paragraphs, lists, tables with the heads of their columns, links, and pictures
// with what the caller says of them. Each element is written as soon as it has
// ended. The rows of very long tables are paragraphs (Table.Long). It does not know
// words for links beside those printed, nor what a foreign page holds.
//
// The same calls give the same bytes.
package pdf

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Size is the size of a page in points.
type Size struct{ Width, Height float64 }

// Page sizes, upright.
func A4() Size     { return Size{595.28, 841.89} }
func Letter() Size { return Size{612, 792} }

// Options describe a document as a whole.
type Options struct {
	Title, Author, Subject string
	Lang                   string // BCP 47: "en-GB"
	Created                time.Time
	Size                   Size    // zero: A4
	Points, Lines          float64 // the least size of text, and height of a line in sizes; 0: as the styles have it
	Header                 string  // printed at the top of every page
	Home                   Run     // printed at the left of every page's foot: a link to the index; empty: none
	// Footer returns what is printed at the foot of a page; nil prints the
	// number of the page alone. It is called at the end, once for each page.
	Footer func(page, pages int) string
	Sheets *Sheets // keeps some pages, to be drawn; may be nil
	// Numbers says where the numbers of pages go on from another document.
	Numbers Numbers
	Volumes Volumes // cut the document into files; zero: it is one
}

// Numbers are those of pages that go on from another document.
type Numbers struct {
	After   int  // the last number there
	Letters bool // the pages are inserted behind that one: 344A, 344B …
	Skip    int  // so many letters are taken
}

// label is the number of the n-th page, counted from 1.
func (o Numbers) label(n int) string {
	if o.Letters {
		return strconv.Itoa(o.After) + letters(o.Skip+n)
	}
	return strconv.Itoa(o.After + n)
}

// letters is a number in letters as readers of PDF count: A to Z, AA, BB …
func letters(n int) string {
	return strings.Repeat(string(rune('A'+(n-1)%26)), 1+(n-1)/26)
}

// Margins in points.
const (
	marginSide   = 20 * mm
	marginTop    = 24 * mm
	marginBottom = 22 * mm
	headerAt     = 13 * mm // base line, from the top
	footerAt     = 11 * mm // base line, from the foot

	mm = 72 / 25.4
)

// A Doc is a document being written. Its methods print one thing after the
// other; the first failure is kept, later calls do nothing, and Close returns
// it. A Doc is used by one goroutine.
type Doc struct {
	options Options
	setter  *setter
	pen     pen
	volumes []*volume
	part    *part

	size    Size // of the current page
	y       float64
	broken  bool   // what comes next goes on a new page
	series  string // what stands before the numbers of pages
	count   int    // of the series so far
	mark    string // at the head of each page
	coming  int    // bytes of the picture that is to be printed
	depth   int    // of the bookmarks: 1 under the title of a series
	pages   []page
	anchors map[string]place
	marks   []bookmark
	held    []holding // headings and anchors that wait for what they belong to
	tags    tags
	err     error
}

// A place is a page, counted from 0, and a height on it in points from the
// foot.
type place struct {
	page int
	y    float64
}

// New starts a document that is written to w.
func New(w io.Writer, o Options) (*Doc, error) {
	if o.Size == (Size{}) {
		o.Size = A4()
	}
	if o.Size.Width < 200 || o.Size.Height < 200 || o.Size.Width > 5000 || o.Size.Height > 5000 {
		return nil, fmt.Errorf("page size %.0f by %.0f points: not between 200 and 5000", o.Size.Width, o.Size.Height)
	}
	d := &Doc{
		options: o,
		setter:  &setter{shaper: newShaper(o.Lang), slot: pageDigits},
		volumes: []*volume{{binder: newBinder(w), name: o.Volumes.Name}},
		size:    o.Size,
		anchors: map[string]place{},
	}
	if d.options.Footer == nil {
		d.options.Footer = func(page, _ int) string { return d.pages[page-1].label }
	}
	if o.Numbers.Letters {
		d.setter.slot = seriesDigits
	}
	d.setter.pageOf, d.setter.volumeOf = d.pageOf, d.volumeOf
	d.pen.allot = d.allot
	d.beginTree()
	return d, nil
}

// Err returns the first failure so far.
func (d *Doc) Err() error { return d.err }

func (d *Doc) fail(err error) {
	if d.err == nil && err != nil {
		d.err = err
	}
}

// Page returns the number of the page being written; 0 before the first.
func (d *Doc) Page() int { return len(d.pages) }

// Label is the number of a page, counted from 1, as it is printed.
func (d *Doc) Label(n int) string {
	if n < 1 || n > len(d.pages) {
		return ""
	}
	return d.pages[n-1].label
}

// Close finishes the document and returns how many pages it has.
func (d *Doc) Close() (pages int, err error) {
	if len(d.pages) == 0 || len(d.held) > 0 {
		d.need(0)
	}
	d.endPage()
	d.endPart()
	d.endTree()
	d.fail(d.setter.faces.err)
	if d.err == nil {
		d.fail(d.finish())
	}
	if d.err == nil {
		d.err = errClosed
		return len(d.pages), nil
	}
	return len(d.pages), d.err
}

var errClosed = errors.New("document: it is closed")

// pageOf returns the page number of an anchor, if it has been printed.
func (d *Doc) pageOf(anchor string) (number string, known bool) {
	at, known := d.anchors[anchor]
	if !known {
		return "", false
	}
	return d.pages[at.page].label, true
}

// Find returns the page of an anchor, counted from 1 through its file, which of
// the document's files that is, counted from 1, and the number that is printed on
// the page; 0 where there is no such anchor.
func (d *Doc) Find(anchor string) (volume, page int, label string) {
	at, known := d.anchors[anchor]
	if !known {
		return 0, 0, ""
	}
	p := &d.pages[at.page]
	return p.volume + 1, at.page - d.volumes[p.volume].first + 1, p.label
}

// Series numbers the pages from the next one on by themselves, from 1, with a
// letter before each number: A1, A2 … A document without one counts its pages
// through. A title is a bookmark over those of the series.
func (d *Doc) Series(letter, title string) {
	d.series, d.count = letter, 0
	d.setter.slot = seriesDigits
	if d.depth = 0; title != "" {
		d.Bookmark(1, letter+"  "+title)
		d.depth = 1
	}
}

// Mark prints a text in bold at the head of each page that begins from now on;
// an empty one ends that. What is printed next begins on a new page where the
// mark changes and the page has something on it.
func (d *Doc) Mark(text string) {
	if d.mark == text {
		return
	}
	d.mark = text
	if len(d.pages) > 0 {
		d.PageBreak()
	}
}

// bottom is the lowest place for text on the page, from the top.
func (d *Doc) bottom() float64 { return d.size.Height - marginBottom }

// width is the width for text.
func (d *Doc) width() float64 { return d.size.Width - 2*marginSide }

// newPage starts a page.
func (d *Doc) newPage() {
	if d.err != nil {
		return
	}
	d.endPage()
	if d.full(d.coming) {
		if d.nextVolume(); d.err != nil {
			return
		}
	}
	if d.part != nil && d.part.full() {
		d.endPart()
	}
	if d.part == nil {
		d.part = newPart(d.options.Size, len(d.pages))
	}
	d.part.addPage(d.size)
	d.count++
	label := d.series + strconv.Itoa(d.count)
	if d.series == "" {
		label = d.options.Numbers.label(d.count)
	}
	d.pages = append(d.pages, page{size: d.size, label: label, series: d.series, count: d.count, volume: len(d.volumes) - 1, objects: pageObjects{page: d.volume().reserve()}})
	d.pen.begin()
	d.y, d.broken = marginTop, false
	d.options.Sheets.begin(len(d.pages), d.size)
	into := d.tags.into
	d.tags.into = &d.tags.furniture
	if d.options.Header != "" {
		header := d.setter.lines([]Run{{Text: d.options.Header}}, d.width()/furnitureSize)
		d.drawLine(&header[0], furnitureSize, marginSide, d.size.Height-headerAt, grey)
	}
	if d.mark != "" {
		mark := d.setter.lines([]Run{{Text: d.mark, Bold: true}}, d.width()/markSize)[0]
		d.drawLine(&mark, markSize, d.size.Width-marginSide-mark.width*markSize, d.size.Height-headerAt, black)
	}
	d.tags.into = into
	if home := d.home(); home != nil {
		e := d.element("Link", "", d.volume().homes)
		d.pages[len(d.pages)-1].home = d.allot(e)
		d.link(home.atoms, furnitureSize, marginSide, footerAt, e)
	}
}

// home is the line that leads to the index; nil when there is none.
func (d *Doc) home() *line {
	if d.options.Home.Text == "" {
		return nil
	}
	return &d.setter.lines([]Run{d.options.Home}, d.width()/2/furnitureSize)[0]
}

func (d *Doc) endPart() {
	if d.part == nil || d.err != nil {
		return
	}
	d.fail(d.volume().bind(d.part, d.pages, d.volume().first))
	d.part = nil
}

// need makes room for a block whose first part is height high, and prints the
// headings that wait for it.
func (d *Doc) need(height float64) {
	if len(d.pages) == 0 || d.broken {
		d.newPage()
	}
	if d.y+d.waiting()+height > d.bottom()+0.01 && d.y > marginTop {
		d.newPage()
	}
	d.flushHeld()
}

// waiting is the height of the headings that wait.
func (d *Doc) waiting() float64 {
	total := 0.0
	for i := range d.held {
		total += d.held[i].height()
	}
	return total
}

// here is the place where the next thing is printed.
func (d *Doc) here() place {
	return place{page: len(d.pages) - 1, y: d.size.Height - d.y}
}

// drawLine prints a line whose base line starts at x, y, from the lower left
// corner, and notes its links and the page numbers it waits for.
func (d *Doc) drawLine(ln *line, size, x, y float64, body ink) {
	if d.err != nil {
		return
	}
	d.options.Sheets.line(len(d.pages), ln, size, x, y, body)
	for rest := ln.atoms; len(rest) > 0; {
		n := linked(rest)
		d.drawStretch(ln, rest[:n], size, x, y, body)
		rest = rest[n:]
	}
}

// drawStretch prints what belongs together on a line: a link, a page number that is
// not known yet, or words between these.
func (d *Doc) drawStretch(ln *line, atoms []atom, size, x, y float64, body ink) {
	first, into := &atoms[0], d.tags.into
	var tagged *element
	if first.run.Link != "" && !d.tags.plain && into != &d.tags.furniture {
		tagged = d.element("Link", "", into)
		into = tagged
	}
	if first.waits() {
		d.untag()
		here := &d.pages[len(d.pages)-1]
		here.waiting = append(here.waiting, waiting{
			anchor: first.run.pageOf, volume: first.run.volume, x: x + first.x*size, y: y, width: first.word.advance * size, size: size,
			look: first.run.look(), rightish: ln.toEnd, mark: d.allot(into),
		})
	} else {
		d.pen.out = d.pen.out[:0]
		d.tell(into, func() { d.pen.line(&line{atoms: atoms}, size, x, y, body) })
		d.part.write(d.pen.out)
	}
	if first.run.Link != "" {
		d.link(atoms, size, x, y, tagged)
	}
}
