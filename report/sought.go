package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/timeline"
)

// This file knows how what is painted over looks, so that a copy without the painting is
// found in a finished pack, however large it is and however it is packed.

// paintedFile is a file of which parts are painted over.
type paintedFile struct {
	hash  evidence.Hash
	paged bool
	areas []timeline.Area
}

const (
	soughtSide   = 512     // pixels of a picture, at most
	soughtPixels = 300_000 // of a page
)

// Sought is what a served pack is looked through for when it is finished: Secrets, those
// of files of which a part is painted over with how they look. What cannot be drawn here
// has no copy in the pack either.
func (b *Bundle) Sought(ctx context.Context, still Stiller, page Pager) ([]leak.Secret, error) {
	all := slices.Clone(b.Secrets)
	for _, f := range b.painted {
		looks, err := b.looksOf(ctx, f, still, page)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("how what is painted over looks: %w", err)
		}
		for i := range all {
			if all[i].Sum == f.hash.String() {
				all[i].Looks = looks
			}
		}
	}
	return all, nil
}

func (b *Bundle) looksOf(ctx context.Context, f paintedFile, still Stiller, page Pager) (all []*leak.Looks, err error) {
	r, err := b.Open(ctx, f.hash)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if f.paged && page != nil {
		return pagesLook(ctx, f.areas, r, page)
	}
	if f.paged || still == nil {
		return nil, nil
	}
	s, err := still(ctx, r, func(wide, high int) (int, int) {
		side := max(wide, high, soughtSide)
		return max(1, wide*soughtSide/side), max(1, high*soughtSide/side)
	})
	if err != nil {
		return nil, nil
	}
	img, err := decodeStill(s.Data)
	if err != nil {
		return nil, nil
	}
	return []*leak.Looks{leak.LooksOf(img, fractions(f.areas, 0)...)}, nil
}

// pagesLook is how those pages of a PDF look of which a part is painted over.
func pagesLook(ctx context.Context, areas []timeline.Area, r io.Reader, page Pager) (all []*leak.Looks, err error) {
	at, size, err := atRandom(r)
	if err != nil {
		return nil, err
	}
	for _, n := range pagesOf(areas) {
		if img, err := PageShown(ctx, page, at, size, n, soughtPixels); err == nil {
			all = append(all, leak.LooksOf(img, fractions(areas, n)...))
		}
	}
	return all, nil
}

// fractions are the areas of a page, or of a picture, as parts of it.
func fractions(areas []timeline.Area, page int) (parts []leak.Part) {
	for _, a := range areas {
		if a.Page == page {
			wide, high := float64(max(1, a.Wide)), float64(max(1, a.High))
			parts = append(parts, leak.Part{Left: float64(a.X) / wide, Top: float64(a.Y) / high, Right: float64(a.X+a.Width) / wide, Bottom: float64(a.Y+a.Height) / high})
		}
	}
	return parts
}
