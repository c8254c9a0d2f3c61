package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"daybook/evidence"
	"daybook/report/lint"
	"daybook/report/pdf"
	"daybook/timeline"
)

// sheets counts the pages of a PDF that are printed: none of one that cannot be.
func (p *planner) sheets(item evidence.Item) (n int, err error) {
	o, err := p.c.Original(item.Hash)
	if err != nil {
		return 0, fmt.Errorf("item %d: %w", item.Number, err)
	}
	if file, why := pdf.OpenForeign(o, o.Size()); why == nil {
		n = file.Pages()
	}
	return n, o.Close()
}

// see looks for words on the pages of a PDF that nobody sees, and for those that no
// program reads. One that cannot be looked through may hide some. Of a page with a part
// that is painted over a picture alone is shown: no words lie under it, and no program
// reads it.
func (p *planner) see(ctx context.Context, item evidence.Item) (hidden bool, silent []lint.Span, err error) {
	if !isPDF(item.Type) || item.Deleted || item.Size == 0 {
		return false, nil, nil
	}
	o, err := p.c.Original(item.Hash)
	if err != nil {
		return false, nil, fmt.Errorf("item %d: %w", item.Number, err)
	}
	e, unread := lint.See(ctx, lint.File{Name: item.Name, Data: o, Size: o.Size()})
	painted := p.gate.of(item.Number).pages()
	for _, n := range painted {
		e.Hidden, e.Silent = without(e.Hidden, n), append(without(e.Silent, n), lint.Span{First: n, Last: n})
	}
	slices.SortFunc(e.Silent, func(a, b lint.Span) int { return a.First - b.First })
	return len(e.Hidden) > 0 || unread != nil, e.Silent, errors.Join(ctx.Err(), o.Close())
}

// without takes a page out of spans of pages.
func without(spans []lint.Span, page int) (left []lint.Span) {
	for _, s := range spans {
		for _, part := range []lint.Span{{First: s.First, Last: min(s.Last, page-1)}, {First: max(s.First, page+1), Last: s.Last}} {
			if part.First <= part.Last {
				left = append(left, part)
			}
		}
	}
	return left
}

// isPDF tells what is printed page by page.
func isPDF(mt string) bool { return mediaType(mt) == "application/pdf" }

// PagesOf is how many pages a PDF has, parts of which can be painted over.
func PagesOf(r io.ReaderAt, size int64) (int, error) {
	file, err := pdf.OpenForeign(r, size)
	if err == nil && file.Lost() {
		err = errPagesLost
	}
	if err != nil {
		return 0, fmt.Errorf("its pages cannot be printed in a bundle, so that no part of them can be painted over: %w", err)
	}
	return file.Pages(), nil
}

// PageSize is how large a page of a PDF, counted from 1, is when it is upright, in
// whole points: the measure in which a part of it is withheld.
func PageSize(r io.ReaderAt, size int64, page int) (wide, high int, err error) {
	file, err := pdf.OpenForeign(r, size)
	if err != nil {
		return 0, 0, fmt.Errorf("its pages cannot be printed in a bundle, so that no part of them can be painted over: %w", err)
	}
	if page < 1 || page > file.Pages() {
		return 0, 0, fmt.Errorf("page %d: the file has pages 1 to %d", page, file.Pages())
	}
	w, h := file.Shown(page - 1)
	return int(math.Ceil(w)), int(math.Ceil(h)), nil
}

// pages prints those of a PDF. One that cannot be printed costs its pages: the
// sheet says why.
func (p *paper) pages(b Pages) (err error) {
	e, _ := p.b.exhibit(b.Item)
	r, err := p.b.Open(p.ctx, e.Hash)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	at, size, err := atRandom(r)
	if err != nil {
		return err
	}
	file, err := pdf.OpenForeign(at, size)
	painted := pagesOf(e.Areas)
	if err == nil && len(painted) > 0 && file.Lost() {
		err = errPagesLost // another page than the one that was meant would be painted over
	}
	if err != nil {
		says := fmt.Sprintf(sayNoPages, err)
		if e.File != "" {
			says += " " + sayInFolder
		}
		return p.block(para(says))
	}
	says := pagesRead(file)
	if n := file.Notes(); n > 0 {
		says += " " + fmt.Sprintf(sayPagesNotes, n)
	}
	smaller, kept := p.doc.Measure(file)
	if smaller > 0 {
		says += " " + fmt.Sprintf(sayPagesSmaller, smaller)
	}
	if kept > 0 {
		says += " " + fmt.Sprintf(sayPagesFiner, kept)
	}
	if len(painted) > 0 {
		file.Apart()
		says += " " + agree(sayPagesPainted, len(painted), numbered(painted))
	}
	if err := p.block(para(says)); err != nil {
		return err
	}
	for n := range file.Pages() {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		says := pageRead(file, e.Label, n)
		if !e.NoSum {
			says += " " + fmt.Sprintf(sayPageSum, groups(e.Hash.String()[:16], 8))
		}
		if file.Undrawn(n) {
			says += " " + sayPageUndrawn
		}
		on := slices.DeleteFunc(slices.Clone(e.Areas), func(a timeline.Area) bool { return a.Page != n+1 })
		if len(on) == 0 {
			p.doc.Foreign(file, n, pdf.Run{Text: says})
		} else if err := p.painted(file, io.NewSectionReader(at, 0, size), n, on, says); err != nil {
			return err
		}
	}
	return p.doc.Err()
}

// pagesRead says how many pages of a file follow, and of a damaged one how many it names.
func pagesRead(file *pdf.Foreign) string {
	switch harmed, names := file.Harmed(); {
	case !harmed:
		return fmt.Sprintf(sayPages, file.Pages())
	case names == 0:
		return fmt.Sprintf(sayPagesHarmed, file.Pages()) + " " + sayPagesDrawn
	default:
		return fmt.Sprintf(sayPagesOfNamed, file.Pages(), names) + " " + sayPagesDrawn
	}
}

// pageRead says which page of an exhibit's file one is, counted from 0.
func pageRead(file *pdf.Foreign, label string, n int) string {
	switch harmed, names := file.Harmed(); {
	case !harmed || names == file.Pages(): // the sheet says that it is damaged, and each page is there
		return fmt.Sprintf(sayPageOf, label, n+1, file.Pages())
	case names == 0:
		return fmt.Sprintf(sayPageHarmed, label, n+1, file.Pages())
	default:
		return fmt.Sprintf(sayPageOfNamed, label, n+1, file.Pages(), names)
	}
}

// painted prints a page, counted from 0, as a picture in which parts are painted over;
// without a picture it says why there is none.
func (p *paper) painted(file *pdf.Foreign, original io.Reader, n int, areas []timeline.Area, says string) error {
	picture, err := p.b.pagePicture(p.ctx, file, original, n, p.doc.DPI(file, n), areas)
	if p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	if err != nil {
		p.doc.PageBreak()
		return p.block(para(says + " " + fmt.Sprintf(sayPageNotShown, forReader(err))))
	}
	p.doc.ForeignPicture(file, n, picture.Data, pdf.Run{Text: says + " " + sayPagePainted})
	return p.doc.Err()
}

// Pager makes a picture of a page of a PDF, counted from 1, upright and so many dots an
// inch fine. Another program does it, confined, which is why it is handed in. An error
// that says Plain has words for a reader.
type Pager func(ctx context.Context, original io.Reader, page int, dpi float64) (image.Image, error)

// pagePicture makes the picture of a page, with parts painted over.
func (b *Bundle) pagePicture(ctx context.Context, file *pdf.Foreign, original io.Reader, n int, dpi float64, areas []timeline.Area) (Still, error) {
	if b.pager == nil {
		return Still{}, errNoStill
	}
	picture, err := drawn(ctx, b.pager, file, original, n, dpi)
	if err != nil {
		return Still{}, err
	}
	return paintOver(picture, areas)
}

// drawn is a page, counted from 0, in the size that it has.
func drawn(ctx context.Context, pager Pager, file *pdf.Foreign, original io.Reader, n int, dpi float64) (image.Image, error) {
	picture, err := pager(ctx, original, n+1, dpi)
	if err != nil {
		return nil, err
	}
	const rounded = 2 // pixels
	wide, high := file.Shown(n)
	size := picture.Bounds()
	if math.Abs(wide/72*dpi-float64(size.Dx())) > rounded || math.Abs(high/72*dpi-float64(size.Dy())) > rounded {
		return nil, errOtherSize // what is painted over would not be what was meant
	}
	return picture, nil
}

// PageShown is the picture of a page of a PDF, counted from 1, of about so many pixels, on
// which a person says what is to be painted over.
func PageShown(ctx context.Context, pager Pager, r io.ReaderAt, size int64, page, pixels int) (image.Image, error) {
	file, err := pdf.OpenForeign(r, size)
	if err != nil {
		return nil, err
	}
	wide, high := file.Shown(page - 1)
	return drawn(ctx, pager, file, io.NewSectionReader(r, 0, size), page-1, 72*math.Sqrt(float64(pixels)/(wide*high)))
}

var (
	errOtherSize = errors.New("the page was drawn in another size than it has")
	errPagesLost = errors.New("it is damaged and pages of it are lost, so that a part that is to be withheld may stand on another page than the one that was named")
)

// pagesOf are the pages of which areas are parts, in order.
func pagesOf(areas []timeline.Area) (pages []int) {
	for _, a := range areas {
		if a.Page > 0 {
			pages = append(pages, a.Page)
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

// numbered sets numbers one after the other.
func numbered(numbers []int) string {
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ", ")
}

// mostInMemory is how large an original may be that is held in memory to be read
// at random.
const mostInMemory = 256 << 20

// atRandom uses the original's own reading where it has it.
func atRandom(r io.Reader) (io.ReaderAt, int64, error) {
	if o, ok := r.(interface {
		io.ReaderAt
		Size() int64
	}); ok {
		return o, o.Size(), nil
	}
	data, err := io.ReadAll(io.LimitReader(r, mostInMemory+1))
	if err == nil && len(data) > mostInMemory {
		err = fmt.Errorf("larger than %d bytes", mostInMemory)
	}
	return bytes.NewReader(data), int64(len(data)), err
}
