package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// earlierExhibit is an exhibit of a bundle that a supplement continues.
type earlierExhibit struct {
	FrozenExhibit
	Title string
}

// where is where it was issued first.
func (e FrozenExhibit) where() string {
	if e.Page == "" {
		return fmt.Sprintf(sayBundle, e.Bundle)
	}
	return fmt.Sprintf(sayEarlierExhibit, e.Bundle, e.Page)
}

// issuedIn says in which bundles a row stands.
func issuedIn(all []Issued, between string) string {
	var s []string
	for _, i := range all {
		s = append(s, i.String())
	}
	return strings.Join(s, between)
}

// bundles names bundles by their numbers.
func bundles(numbers []int) string {
	var s []string
	for _, n := range numbers {
		s = append(s, fmt.Sprintf(sayBundle, n))
	}
	if last := len(s) - 1; last > 0 {
		return strings.Join(s[:last], ", ") + " " + wordAnd + " " + s[last]
	}
	return strings.Join(s, "")
}

// earlierExhibits gathers, for a supplement, the exhibits of what it continues.
func (p *planner) earlierExhibits(ctx context.Context) error {
	if p.b.Continues == 0 {
		return nil
	}
	for _, n := range slices.Sorted(maps.Keys(p.earlier)) {
		item, err := p.c.Item(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		reading, read := p.x.Reading(n)
		title, err := p.title(ctx, item, reading, read)
		if err != nil {
			return err
		}
		p.b.earlier = append(p.b.earlier, earlierExhibit{p.earlier[n], title})
	}
	slices.SortStableFunc(p.b.earlier, func(a, b earlierExhibit) int { return compareLabels(a.Label, b.Label) })
	return nil
}

// earlierIndex lists the exhibits that stand in what a supplement continues, with
// the bundle and the page.
func (b *Bundle) earlierIndex() []Block {
	if len(b.earlier) == 0 {
		return nil
	}
	t := table("", Col{"Exhibit", 1.5}, Col{"Description", 5}, Col{"Where it was issued first", 2.5})
	var l []Line
	for _, e := range b.earlier[:min(len(b.earlier), exhibitsListed)] {
		l = append(l, line("", say(e.Label), quote(e.Title), say(e.where())))
	}
	if more := len(b.earlier) - exhibitsListed; more > 0 {
		l = append(l, line("", nil, say(fmt.Sprintf(sayMoreEarlier, more)), nil))
	}
	t.Rows, t.Tight = lines(l), true
	return []Block{para(sayEarlierExhibits), t}
}
