package lint

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"daybook/report/pdf/object"
)

// document is what is read of a file as a whole.
type document struct {
	pdf      *object.File
	catalog  object.Dict
	pages    []page
	number   map[object.Ref]int // of pages, counted from 0
	named    map[string]any     // places by name
	marks    []mark
	links    int // of all pages
	compared int // words with boxes, on all pages
	broken   int // bookmarks that are left unread, because they lead in a circle
	fonts    map[object.Ref]*typeface
	missing  map[string]int // fonts that are not in the file, and the first page that uses each
	labels   []string       // of pages; nil: the file has none
	indexAt  []int          // pages of the index, counted from 0
}

// page is what is read of a page before its content.
type page struct {
	self      any // its dictionary, or where that lies
	resources any
	box       box // what is shown of it
	rotate    int
	links     []link
}

// box is a rectangle in points.
type box struct{ left, bottom, right, top float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.top - b.bottom }

// from is how far from it another stands.
func (b box) from(o box) float64 {
	return math.Hypot((b.left+b.right-o.left-o.right)/2, (b.bottom+b.top-o.bottom-o.top)/2)
}

// What a document may have.
const (
	mostPages = 200_000
	mostDepth = 64
	mostMarks = 200_000
	mostLinks = 2_000_000
	mostNames = 500_000
)

func readDocument(ctx context.Context, pdf *object.File) (*document, error) {
	d := &document{pdf: pdf, catalog: pdf.Dict(pdf.Trailer()["Root"]), number: map[object.Ref]int{}, named: map[string]any{},
		fonts: map[object.Ref]*typeface{}, missing: map[string]int{}}
	if err := d.readPages(ctx); err != nil {
		return nil, err
	}
	if len(d.pages) == 0 {
		return nil, fmt.Errorf("it has no pages: %w", object.ErrDamage)
	}
	d.readNames(d.catalog["Dests"], pdf.Dict(d.catalog["Names"])["Dests"])
	d.readMarks()
	d.readLabels()
	for i := range d.pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.readLinks(i)
	}
	return d, pdf.Err()
}

// above is what a page has from the nodes above it.
type above struct {
	resources, media, crop, rotate any
	depth                          int
}

func (d *document) readPages(ctx context.Context) error {
	seen := map[object.Ref]bool{}
	var walk func(v any, up above) error
	walk = func(v any, up above) error {
		ref, isRef := v.(object.Ref)
		if isRef && seen[ref] || up.depth > mostDepth || ctx.Err() != nil {
			return ctx.Err()
		}
		if isRef {
			seen[ref] = true
		}
		dict := d.pdf.Dict(v)
		if dict == nil {
			return nil
		}
		for key, to := range map[object.Name]*any{"Resources": &up.resources, "MediaBox": &up.media, "CropBox": &up.crop, "Rotate": &up.rotate} {
			if dict[key] != nil {
				*to = dict[key]
			}
		}
		if kids := d.pdf.Array(dict["Kids"]); kids != nil {
			up.depth++
			for _, kid := range kids {
				if err := walk(kid, up); err != nil {
					return err
				}
			}
			return nil
		}
		if len(d.pages) >= mostPages {
			return fmt.Errorf("it has more than %d pages: %w", mostPages, ErrLimit)
		}
		if isRef {
			d.number[ref] = len(d.pages)
		}
		d.pages = append(d.pages, d.page(v, up))
		return nil
	}
	return walk(d.catalog["Pages"], above{})
}

func (d *document) page(self any, up above) page {
	p := page{self: self, resources: up.resources, box: d.box(up.media, box{0, 0, 612, 792})}
	p.box = d.box(up.crop, p.box)
	turn, _ := d.pdf.Int(up.rotate)
	p.rotate = (turn%360 + 360) % 360
	return p
}

func (d *document) box(v any, usual box) box {
	n := d.pdf.Numbers(v)
	if len(n) != 4 || n[0] == n[2] || n[1] == n[3] {
		return usual
	}
	return box{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}
}

// tree walks a tree of names or numbers and hands over what its leaves hold.
func (d *document) tree(root any, leaf object.Name, take func(key, v any) bool) {
	seen := map[object.Ref]bool{}
	var walk func(v any, depth int) bool
	walk = func(v any, depth int) bool {
		if ref, ok := v.(object.Ref); ok {
			if seen[ref] {
				return true
			}
			seen[ref] = true
		}
		if depth > mostDepth {
			return true
		}
		dict := d.pdf.Dict(v)
		list := d.pdf.Array(dict[leaf])
		for i := 0; i+1 < len(list); i += 2 {
			if !take(d.pdf.Resolve(list[i]), list[i+1]) {
				return false
			}
		}
		for _, kid := range d.pdf.Array(dict["Kids"]) {
			if !walk(kid, depth+1) {
				return false
			}
		}
		return true
	}
	walk(root, 0)
}

// readNames notes the places that have names, in the old form and the new.
func (d *document) readNames(old, names any) {
	for name, v := range d.pdf.Dict(old) {
		d.named[string(name)] = v
	}
	d.tree(names, "Names", func(key, v any) bool {
		if s, ok := key.(object.String); ok {
			d.named[string(s)] = v
		}
		return len(d.named) < mostNames
	})
}

// place is where a link or a bookmark leads.
type place struct {
	page  int     // counted from 0; -1: nowhere
	zoom  float64 // 0: as it is
	fixed bool    // it changes the zoom in another way: it fits the page to the window
}

// place reads a destination: an array, a name, or a dictionary with one.
func (d *document) place(v any) place {
	for range 4 {
		switch x := d.pdf.Resolve(v).(type) {
		case object.Name:
			v = d.named[string(x)]
		case object.String:
			v = d.named[string(x)]
		case object.Dict:
			v = x["D"]
		case object.Array:
			return d.arrayPlace(x)
		default:
			return place{page: -1}
		}
	}
	return place{page: -1}
}

func (d *document) arrayPlace(a object.Array) place {
	p := place{page: -1}
	if len(a) == 0 {
		return p
	}
	if ref, ok := a[0].(object.Ref); ok {
		if n, ok := d.number[ref]; ok {
			p.page = n
		}
	}
	if len(a) > 1 && d.pdf.Name(a[1]) != "XYZ" {
		p.fixed = true
	}
	if len(a) > 4 {
		p.zoom, _ = d.pdf.Number(a[4])
	}
	return p
}

// readLabels works out what a reader shows as the number of each page.
func (d *document) readLabels() {
	if d.pdf.Dict(d.catalog["PageLabels"]) == nil {
		return
	}
	styles := map[int]object.Dict{}
	d.tree(d.catalog["PageLabels"], "Nums", func(key, v any) bool {
		if n, ok := key.(int); ok && n >= 0 && n < len(d.pages) {
			styles[n] = d.pdf.Dict(v)
		}
		return true
	})
	d.labels = make([]string, len(d.pages))
	style, count := object.Dict{"S": object.Name("D")}, 0
	for i := range d.pages {
		if s, ok := styles[i]; ok {
			style, count = s, 0
			if start, ok := d.pdf.Int(s["St"]); ok {
				count = start - 1
			}
		}
		count++
		d.labels[i] = cutText(d.pdf.Text(style["P"])) + labelNumber(d.pdf.Name(style["S"]), count)
	}
}

// mostLetters is how far pages are counted in letters.
const mostLetters = 26 * 9

func labelNumber(style object.Name, n int) string {
	switch style {
	case "D":
		return strconv.Itoa(n)
	case "A":
		if n >= 1 && n <= mostLetters {
			return strings.Repeat(string(rune('A'+(n-1)%26)), 1+(n-1)/26)
		}
		return string(style) + "·" + strconv.Itoa(n)
	case "R", "r", "a":
		return string(style) + "·" + strconv.Itoa(n) // roman or letters: no number that is asked
	}
	return ""
}

// cutText keeps words of a file short where they are told.
func cutText(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
