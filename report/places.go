package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"daybook/report/lint"
	"daybook/report/pdf"
	"daybook/report/protected"
	"daybook/timeline"
)

// PlacesOf are the parts of the pages of a PDF in which words stand that are withheld,
// however they are written: none in a scan, which has no text.
func PlacesOf(ctx context.Context, name string, r io.ReaderAt, size int64, words ...timeline.Withholding) ([]timeline.Area, error) {
	return places(ctx, name, r, size, wordsOf(words))
}

// places are where words stand on the pages of a PDF, page by page from the top.
func places(ctx context.Context, name string, r io.ReaderAt, size int64, words *protected.Words) (all []timeline.Area, err error) {
	file, err := pdf.OpenForeign(r, size)
	if err != nil {
		return nil, err
	}
	if file.Lost() {
		return nil, errPagesLost
	}
	other := 0 // a page of which two readers say another size
	err = lint.Prints(ctx, lint.File{Name: name, Data: r, Size: size}, func(p lint.Print) {
		hits := words.Find(p.Words)
		if len(hits) == 0 {
			return
		}
		if p.Page > file.Pages() || !isAbout(file, p) {
			other = p.Page
			return
		}
		for _, h := range hits {
			for _, a := range placesOf(p, h) {
				if !slices.ContainsFunc(all, func(b timeline.Area) bool { return liesIn(a, b) }) {
					all = append(slices.DeleteFunc(all, func(b timeline.Area) bool { return liesIn(b, a) }), a)
				}
			}
		}
	})
	if err == nil && other > 0 {
		err = fmt.Errorf("page %d: %w", other, errOtherSize)
	}
	slices.SortFunc(all, func(a, b timeline.Area) int { return cmp.Or(a.Page-b.Page, a.Y-b.Y, a.X-b.X) })
	return all, err
}

func isAbout(file *pdf.Foreign, p lint.Print) bool {
	wide, high := file.Shown(p.Page - 1)
	return math.Abs(wide-p.Wide) < 1 && math.Abs(high-p.High) < 1
}

// placesOf are the parts of a page in which a hit stands, one for each line of it, a
// little larger than its letters.
func placesOf(p lint.Print, h protected.Hit) (all []timeline.Area) {
	wide, high := int(math.Ceil(p.Wide)), int(math.Ceil(p.High))
	var line lint.Part
	begun := false
	end := func() {
		tall := line.Bottom - line.Top
		left, top := max(0, int(line.Left-0.1*tall)), max(0, int(line.Top-0.3*tall))
		right, bottom := min(wide, int(math.Ceil(line.Right+0.1*tall))), min(high, int(math.Ceil(line.Bottom+0.15*tall)))
		if begun && left < right && top < bottom { // else it stands beside the page
			all = append(all, timeline.Area{X: left, Y: top, Width: right - left, Height: bottom - top, Wide: wide, High: high, Page: p.Page})
		}
	}
	from := 0
	for _, part := range p.Parts {
		if from < int(h.To) && part.To > int(h.From) {
			if begun && math.Abs(part.Bottom-line.Bottom) < 1 && part.Left > line.Left {
				line.Right, line.Top = max(line.Right, part.Right), min(line.Top, part.Top)
			} else {
				end()
				line, begun = part, true
			}
		}
		from = part.To
	}
	end()
	return all
}

// liesIn tells that an area lies in another one of its page.
func liesIn(a, b timeline.Area) bool {
	return a.Page == b.Page && a.X >= b.X && a.Y >= b.Y && a.X+a.Width <= b.X+b.Width && a.Y+a.Height <= b.Y+b.Height
}

// Uncovered are those places whose middle lies in none of the areas that are painted over,
// on pages of which a part is.
func Uncovered(places, painted []timeline.Area) (bare []timeline.Area) {
	pages := pagesOf(painted)
	for _, p := range places {
		covered := func(a timeline.Area) bool {
			return a.Page == p.Page && p.X+p.Width/2 >= a.X && p.X+p.Width/2 <= a.X+a.Width && p.Y+p.Height/2 >= a.Y && p.Y+p.Height/2 <= a.Y+a.Height
		}
		if slices.Contains(pages, p.Page) && !slices.ContainsFunc(painted, covered) {
			bare = append(bare, p)
		}
	}
	return bare
}
