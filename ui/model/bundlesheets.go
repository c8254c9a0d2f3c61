package model

import (
	"context"
	"errors"
	"image"

	"daybook/report/pdf"
)

// Sheets are pictures of some pages of a planned document. They are in memory
// alone.
type Sheets struct {
	First int // the page of the first picture, from 1
	All   int // pages of the document
	Pages []*image.RGBA
}

const (
	sheetsAtOnce = 6
	sheetScale   = 1.6 // pixels a point
)

// Has tells whether a page is among the pictures.
func (s *Sheets) Has(page int) bool {
	return s != nil && page >= s.First && page < s.First+len(s.Pages)
}

// Page is the picture of a page that it has.
func (s *Sheets) Page(page int) *image.RGBA { return s.Pages[page-s.First] }

// Sheets draws a page of a planned document and the few after it. The whole
// document is laid out for that, so that every number of a page is right.
func (d *Desk) Sheets(ctx context.Context, p *Planned, page int) (out *Sheets, err error) {
	if _, _, err := d.held(); err != nil {
		return nil, err
	}
	still, stop, err := d.stills(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	drawn := pdf.NewSheets(page, page+sheetsAtOnce-1, sheetScale)
	out = &Sheets{First: page}
	if out.All, err = p.bundle.Sheets(ctx, drawn, still); err != nil {
		return nil, err
	}
	for n := page; n < page+sheetsAtOnce; n++ {
		sheet, ok := drawn.Page(n)
		if !ok {
			break
		}
		out.Pages = append(out.Pages, sheet)
	}
	if len(out.Pages) == 0 {
		return nil, errors.New("the document has no such page")
	}
	return out, nil
}
