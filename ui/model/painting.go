package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/png" // a picture of our own making may be one
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/report"
	"daybook/timeline"
)

// Painting is a picture, or a PDF, of which parts are painted over in every served pack.
type Painting struct {
	Item   int64
	Name   string
	Pages  int // of a PDF; 0: it is a picture
	Copies int // how many items are these bytes: what is hidden of one is hidden of each

	d *Desk
	c *evidence.Case
	x *timeline.Index
}

// PaintingPage is one page of it, or the whole picture.
type PaintingPage struct {
	Image  image.Image // nil: there is none
	Why    error       // then: why
	Page   int         // 0: it is a picture
	Hidden []Hidden    // what is painted over on it

	wide, high int // in the measure in which parts are withheld
}

// Hidden are parts that were hidden in one act.
type Hidden struct {
	KeptOut
	Parts []Share
}

// Share is a part of a page or picture, as a share of its width and height.
type Share struct{ Left, Top, Right, Bottom float64 }

// paintingPixels is how large a page is shown.
const paintingPixels = 2_000_000

// Painting opens what is shown of an item, of which parts may be painted over.
func (d *Desk) Painting(item int64) (p *Painting, err error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	p = &Painting{Item: item, d: d, c: c, x: x}
	it, o, err := p.original()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	same, err := c.Copies(item)
	if err != nil {
		return nil, err
	}
	p.Name, p.Copies = oneLine(it.Name), len(same)
	switch pages, can := painted(it); {
	case pages:
		p.Pages, err = report.PagesOf(o, o.Size())
	case !can:
		err = fmt.Errorf("%s: it is no picture and no PDF, so no part of it can be painted over; leave it out, or keep its words out", p.Name)
	}
	return p, err
}

// painted tells whether parts of a file can be painted over, and whether they are of its
// pages.
func painted(it evidence.Item) (pages, can bool) {
	kind, _, _ := strings.Cut(it.Type, ";")
	pages = kind == "application/pdf"
	return pages, pages || strings.HasPrefix(kind, "image/")
}

// Paintable tells whether parts of an item can be painted over, and what its file is
// called.
func (d *Desk) Paintable(item int64) (name string, can bool) {
	c, _, err := d.held()
	if err != nil {
		return "", false
	}
	it, err := c.Item(item)
	if err != nil || it.Deleted {
		return "", false
	}
	_, can = painted(it)
	return oneLine(it.Name), can
}

func (p *Painting) original() (evidence.Item, *evidence.Original, error) {
	it, err := p.c.Item(p.Item)
	if err != nil {
		return it, nil, err
	}
	o, err := p.c.Original(it.Hash)
	return it, o, err
}

// Page gives a page, counted from 1, or the picture. One of which no picture can be made
// says why: words on it can be painted over all the same.
func (p *Painting) Page(ctx context.Context, n int) (page *PaintingPage, err error) {
	it, o, err := p.original()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	page = &PaintingPage{}
	if p.Pages > 0 {
		page.Page = n
		if page.wide, page.high, err = report.PageSize(o, o.Size(), n); err != nil {
			return nil, err
		}
		page.Image, page.Why = p.page(ctx, o, n)
	} else {
		page.Image, page.Why = p.picture(ctx, it.Name, o, page)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	page.Hidden, err = p.hidden(page)
	return page, err
}

// page makes the picture of a page of a PDF.
func (p *Painting) page(ctx context.Context, o *evidence.Original, n int) (image.Image, error) {
	if p.d.Page == nil {
		return nil, ErrNoPictures
	}
	return report.PageShown(ctx, p.d.Page, o, o.Size(), n, paintingPixels)
}

// picture makes a picture, small enough to be shown.
func (p *Painting) picture(ctx context.Context, name string, o *evidence.Original, of *PaintingPage) (img image.Image, err error) {
	if p.d.Pictures == nil {
		return nil, ErrNoPictures
	}
	pictures, stop, err := p.d.Pictures(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	data, _, _, err := pictures.Picture(ctx, name, o, o.Size(), func(wide, high int) (int, int) {
		of.wide, of.high = wide, high
		return photo.Within(paintingPixels)(wide, high)
	})
	if err != nil {
		return nil, err
	}
	img, _, err = image.Decode(bytes.NewReader(data)) // of our own making
	return img, err
}

// hidden lists what is painted over on a page.
func (p *Painting) hidden(page *PaintingPage) (list []Hidden, err error) {
	withheld, err := report.WithheldOf(p.c, p.x, p.Item)
	if err != nil {
		return nil, err
	}
	for _, w := range withheld {
		h := Hidden{KeptOut: keptOutOf(w, p.c.Zone())}
		for _, a := range w.Areas {
			if a.Page == page.Page {
				wide, high := float64(a.Wide), float64(a.High)
				h.Parts = append(h.Parts, Share{float64(a.X) / wide, float64(a.Y) / high, float64(a.X+a.Width) / wide, float64(a.Y+a.Height) / high})
			}
		}
		if len(h.Parts) > 0 {
			list = append(list, h)
		}
	}
	return list, nil
}

// Hide paints parts of a page over, in every served pack.
func (p *Painting) Hide(ctx context.Context, page *PaintingPage, parts []Share, code string) error {
	if len(parts) == 0 {
		return errors.New("draw a box over what is to be hidden first")
	}
	if _, _, err := p.d.writable(); err != nil {
		return err
	}
	var areas []timeline.Area
	for _, part := range parts {
		areas = append(areas, page.area(part))
	}
	_, err := p.x.Withhold(ctx, timeline.WithholdingDraft{Code: code, Item: p.Item, Areas: areas})
	return err
}

// area is a part in the measure of the page, with all that it touches.
func (g *PaintingPage) area(p Share) timeline.Area {
	edge := func(share float64, whole, up int) int { return max(0, min(whole, int(share*float64(whole))+up)) }
	left, top := min(edge(p.Left, g.wide, 0), g.wide-1), min(edge(p.Top, g.high, 0), g.high-1)
	right, bottom := max(edge(p.Right, g.wide, 1), left+1), max(edge(p.Bottom, g.high, 1), top+1)
	return timeline.Area{X: left, Y: top, Width: right - left, Height: bottom - top, Wide: g.wide, High: g.high, Page: g.Page}
}

// HideWords paints words over wherever they stand on the pages of a PDF, and says on
// which pages that is.
func (p *Painting) HideWords(ctx context.Context, words, code string) (pages []int, err error) {
	if strings.TrimSpace(words) == "" {
		return nil, errors.New("type the words that are to be hidden")
	}
	if _, _, err := p.d.writable(); err != nil {
		return nil, err
	}
	areas, err := p.places(ctx, timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Code: code, Text: words}})
	if err != nil {
		return nil, err
	}
	if len(areas) == 0 {
		return nil, fmt.Errorf("“%s” stands nowhere in the text of these pages, as a scan has none; draw a box over it instead", oneLine(words))
	}
	if _, err := p.x.Withhold(ctx, timeline.WithholdingDraft{Code: code, Item: p.Item, Areas: areas}); err != nil {
		return nil, err
	}
	for _, a := range areas {
		pages = append(pages, a.Page)
	}
	return slices.Compact(pages), nil
}

func (p *Painting) places(ctx context.Context, words ...timeline.Withholding) (areas []timeline.Area, err error) {
	it, o, err := p.original()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	return report.PlacesOf(ctx, it.Name, o, o.Size(), words...)
}

// Bare says on which pages a word that is kept out everywhere stands beside what is
// painted over: until it is painted over too, no page of the PDF is in a served pack.
func (p *Painting) Bare(ctx context.Context) (said string, err error) {
	var painted []timeline.Area
	withheld, err := report.WithheldOf(p.c, p.x, p.Item)
	if err != nil {
		return "", err
	}
	for _, w := range withheld {
		painted = append(painted, w.Areas...)
	}
	words := slices.DeleteFunc(p.x.Withholdings(), func(w timeline.Withholding) bool { return !w.Everywhere() })
	if p.Pages == 0 || len(painted) == 0 || len(words) == 0 {
		return "", nil
	}
	places, err := p.places(ctx, words...)
	if err != nil {
		return "", err
	}
	var pages []string
	for _, a := range report.Uncovered(places, painted) {
		if n := fmt.Sprint(a.Page); !slices.Contains(pages, n) {
			pages = append(pages, n)
		}
	}
	if len(pages) == 0 {
		return "", nil
	}
	return fmt.Sprintf("A word that is kept out stands beside what is hidden, on page %s. Until it is hidden too, no page of this PDF is in a pack that the other side may read.", strings.Join(pages, ", ")), nil
}
