package model

import (
	"context"
	"errors"
	"image"

	"daybook/evidence"
	"daybook/report/pdf"
)

// Sheets are some pages of a planned document, in memory alone, each drawn when
// it is looked at.
type Sheets struct {
	All  int // pages of the document
	kept *pdf.Sheets
}

const (
	// sheetsKept is how many pages are kept of one layout: with an exhibit's
	// picture on each some 100 MB.
	sheetsKept = 200
	sheetScale = 1.6 // pixels a point
)

// Has tells whether a page is among them.
func (s *Sheets) Has(page int) bool { return s != nil && s.kept.Has(page) }

// Page draws a page that it has.
func (s *Sheets) Page(page int) (*image.RGBA, error) { return s.kept.Page(page) }

// Sheets lays the whole document out, so that every number of a page is right,
// and keeps the pages about one.
func (d *Desk) Sheets(ctx context.Context, p *Planned, page int, progress evidence.Progress) (out *Sheets, err error) {
	if _, _, err := d.held(); err != nil {
		return nil, err
	}
	still, stop, err := d.stills(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	first := (page-1)/sheetsKept*sheetsKept + 1
	out = &Sheets{kept: pdf.NewSheets(first, first+sheetsKept-1, sheetScale)}
	if out.All, err = p.bundle.Sheets(ctx, out.kept, still, d.Page, func(pages int) { told(progress, pages, p.pages, "pages") }); err != nil {
		return nil, err
	}
	p.pages = out.All
	if !out.Has(page) {
		return nil, errors.New("the document has no such page")
	}
	return out, nil
}
