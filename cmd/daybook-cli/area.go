package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/report"
	"daybook/timeline"
)

// wholePicture is how many pixels a picture may have that is measured.
const wholePicture = 1 << 28

// areasOf reads parts of a picture, and how large the whole of it is.
func areasOf(ctx context.Context, c *evidence.Case, f withholdFlags) (areas []timeline.Area, err error) {
	item, o, err := original(c, f.item)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	wide, high, err := sizeOf(ctx, item, o, f.page)
	if err != nil {
		return nil, fmt.Errorf("item %d: %w", f.item, err)
	}
	unit := "pixels"
	if f.page > 0 {
		unit = "points"
	}
	for _, given := range f.areas {
		parts := strings.Split(given, ",")
		var n [4]int
		for i := range n {
			if len(parts) != len(n) {
				return nil, use(fmt.Errorf("--area %q: want LEFT,TOP,WIDTH,HEIGHT in %s", given, unit))
			}
			if n[i], err = strconv.Atoi(strings.TrimSpace(parts[i])); err != nil {
				return nil, use(fmt.Errorf("--area %q: want LEFT,TOP,WIDTH,HEIGHT in %s", given, unit))
			}
		}
		areas = append(areas, timeline.Area{X: n[0], Y: n[1], Width: n[2], Height: n[3], Wide: wide, High: high, Page: f.page})
	}
	return areas, nil
}

// placesOf are where words stand on the pages of a PDF.
func placesOf(ctx context.Context, c *evidence.Case, f withholdFlags, words []string) (areas []timeline.Area, err error) {
	item, o, err := original(c, f.item)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	var wanted []timeline.Withholding
	for _, w := range words {
		wanted = append(wanted, timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Code: f.code, Text: w}})
	}
	if areas, err = report.PlacesOf(ctx, item.Name, o, o.Size(), wanted...); err != nil {
		return nil, use(fmt.Errorf("--paint: item %d: %w", f.item, err))
	}
	if f.page != 0 {
		areas = slices.DeleteFunc(areas, func(a timeline.Area) bool { return a.Page != f.page })
	}
	if len(areas) == 0 {
		return nil, use(fmt.Errorf("--paint: the text of item %d does not have these words there, as that of a scan has none; give the part with --page and --area", f.item))
	}
	return areas, nil
}

// original opens the bytes of an item.
func original(c *evidence.Case, number int64) (item evidence.Item, o *evidence.Original, err error) {
	if item, err = c.Item(number); err == nil {
		o, err = c.Original(item.Hash)
	}
	if err != nil {
		err = fmt.Errorf("item %d: %w", number, err)
	}
	return item, o, err
}

// sizeOf is how large a picture is, or a page of a PDF.
func sizeOf(ctx context.Context, item evidence.Item, o *evidence.Original, page int) (wide, high int, err error) {
	kind, _, _ := strings.Cut(item.Type, ";")
	switch major, _, _ := strings.Cut(kind, "/"); {
	case major == "video" || major == "audio":
		return 0, 0, use(errors.New("--area: no part of a film or a sound can be painted over; leave its row out with mark --leave-out"))
	case kind == "application/pdf" && page == 0:
		return 0, 0, use(errors.New("--area: say on which page of the PDF, with --page"))
	case kind == "application/pdf":
		if wide, high, err = report.PageSize(o, o.Size(), page); err != nil {
			return 0, 0, use(err)
		}
		return wide, high, nil
	case page != 0:
		return 0, 0, use(errors.New("--page: this is no PDF; give the area of a picture without it"))
	}
	pool, err := workers(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	_, wide, high, err = photo.Worker{Pool: pool}.Picture(ctx, item.Name, o, o.Size(), photo.Within(wholePicture))
	return wide, high, err
}

// bare says which protected words are seen on pages of a PDF beside what is painted over
// there: its pages are in no served pack until they are painted over too.
func (t *terminal) bare(ctx context.Context, c *evidence.Case, x *timeline.Index, number int64) (err error) {
	var painted []timeline.Area
	withheld, err := report.WithheldOf(c, x, number)
	if err != nil {
		return fmt.Errorf("item %d: %w", number, err)
	}
	for _, w := range withheld {
		painted = append(painted, w.Areas...)
	}
	words := slices.DeleteFunc(x.Withholdings(), func(w timeline.Withholding) bool { return !w.Everywhere() })
	if !slices.ContainsFunc(painted, func(a timeline.Area) bool { return a.Page > 0 }) {
		return nil
	}
	item, o, err := original(c, number)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	places, err := report.PlacesOf(ctx, item.Name, o, o.Size(), words...)
	if err != nil {
		return fmt.Errorf("item %d: its pages are in no served pack, for where protected words stand on them cannot be looked up: %w", number, err)
	}
	for _, a := range report.Uncovered(places, painted) {
		t.say("A protected word also stands beside what is painted over on page %d. Until it is painted over too, no page of item %d is in a served pack: --item %[2]d --page %[1]d --area %d,%d,%d,%d", a.Page, number, a.X, a.Y, a.Width, a.Height)
	}
	return nil
}
