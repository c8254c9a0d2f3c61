package report

import (
	"fmt"
	"maps"
	"slices"

	"daybook/evidence"
	"daybook/timeline"
)

// This file holds the rule that what is kept out of a file is kept out of each item that
// is the same bytes: whoever says it sees one of them, and the pack may show another.

// WithheldOf is what is withheld of an item, whichever item of the same bytes it was said of.
func WithheldOf(c *evidence.Case, x *timeline.Index, item int64) (list []timeline.Withholding, err error) {
	same, err := c.Copies(item)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(x.Withholdings(), func(w timeline.Withholding) bool { return w.Item == 0 || !slices.Contains(same, w.Item) }), nil
}

// leftOutWith are the items that a pack leaves out, with those of the same bytes. One that
// is a duplicate is left out because another of them is not.
func leftOutWith(c *evidence.Case, chosen map[int64]string) (map[int64]string, error) {
	all := map[int64]string{}
	maps.Copy(all, chosen)
	for _, item := range slices.Sorted(maps.Keys(chosen)) { // of two reasons the first one's
		why := chosen[item]
		if why == "" || servedReason(why) == sayDuplicate {
			continue
		}
		same, err := c.Copies(item)
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", item, err)
		}
		for _, n := range same {
			if all[n] == "" {
				all[n] = why
			}
		}
	}
	return all, nil
}

// alike has each item lack in this pack what another one of the same bytes lacks in it:
// a film of which the row is left out came in a chat too.
func (p *planner) alike() error {
	for _, n := range slices.Sorted(maps.Keys(p.items)) { // what each lacks is said in an order
		c := p.items[n]
		if !c.barred && !c.placed && len(c.less) == 0 {
			continue
		}
		same, err := p.c.Copies(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		for _, m := range same {
			o := p.items[m]
			if o == nil || o == c {
				continue
			}
			o.hidden, o.placed = o.hidden || c.barred, o.placed || c.placed
			for _, sort := range c.less {
				o.lacks(sort, true)
			}
		}
	}
	return nil
}
