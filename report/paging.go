package report

import (
	"cmp"
	"fmt"
)

// pager cuts rows into pages: one for all when they are few, else one for each
// month, and several for a month that has many.
type pager struct {
	limit int
	cuts  []Page
}

// add takes the next row. A row that stands out of its month (a clock of
// another zone) stays on the page where it stands in the order.
func (p *pager) add(n int, month string) {
	last := len(p.cuts) - 1
	if last < 0 || month > p.cuts[last].File || month == "" && p.cuts[last].File != "" || n-p.cuts[last].First >= p.limit {
		file := month
		if last >= 0 && month != "" {
			file = max(month, p.cuts[last].File)
		}
		p.cuts = append(p.cuts, Page{File: file, First: n, Last: n})
		return
	}
	p.cuts[last].Last = n
}

func (p *pager) pages(first, last int) []Page {
	if last < first {
		return nil
	}
	if last-first < p.limit {
		return []Page{{homePage, titleChronology, first, last}}
	}
	seen := map[string]int{}
	for i, c := range p.cuts {
		seen[c.File]++
		name, title := cmp.Or(c.File, "undated"), monthTitle(c.File)
		if n := seen[c.File]; n > 1 {
			name, title = fmt.Sprintf("%s-%d", name, n), fmt.Sprintf("%s (%d)", title, n)
		}
		p.cuts[i].File, p.cuts[i].Title = timelineDir+name+".html", title
	}
	return p.cuts
}
