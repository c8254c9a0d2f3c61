package report

import (
	"context"
	"fmt"
	"slices"

	"daybook/evidence"
	"daybook/timeline"
)

// Tags of a paper of the family court, and of the permission to show it elsewhere.
const (
	tagFamilyCourt = "family_court_document"
	tagPermission  = "family_court_permission"
)

// familyPaper tells that a row is a paper of the family court whose permission is
// not noted.
func familyPaper(marks []timeline.Mark) bool {
	has := func(tag string) bool {
		return slices.ContainsFunc(marks, func(m timeline.Mark) bool { return m.Tag == tag })
	}
	return has(tagFamilyCourt) && !has(tagPermission)
}

// family is what a bundle for a criminal court keeps out because it is of the family
// court: rows, the files that are nothing else, and those that hold one among more.
type family struct {
	rows  map[timeline.ID]bool
	files map[evidence.Hash]bool
	holds map[int64]bool // items, and those in which they came
}

// keepFamilyOut finds what the profile keeps out.
func (p *planner) keepFamilyOut(ctx context.Context) error {
	p.family = family{map[timeline.ID]bool{}, map[evidence.Hash]bool{}, map[int64]bool{}}
	if !p.b.Profile.Criminal {
		return nil
	}
	found, err := p.x.Find(ctx, timeline.Filter{Marks: []string{tagFamilyCourt}})
	if err != nil {
		return err
	}
	for r, err := range found.All(ctx) {
		if err != nil {
			return err
		}
		if familyPaper(r.Marks) {
			p.keepRowOut(r)
		}
	}
	return p.keepFilesOut(ctx)
}

// keepRowOut keeps a row out with what it names: a file that holds much else, such as
// the export that a person named as evidence, stays.
func (p *planner) keepRowOut(r timeline.Row) {
	p.family.rows[r.ID] = true
	for _, at := range append([]timeline.Pinpoint{r.Source}, r.Also...) {
		if at.Item > 0 {
			p.family.holds[at.Item] = true
		}
		if p.single(at.Item) {
			p.family.files[at.Hash] = true
		}
	}
	for _, f := range r.Files {
		if p.single(f.Item) {
			p.family.files[f.Hash] = true
		}
	}
	if r.Incident == nil {
		return
	}
	for _, n := range r.Incident.Evidence {
		if item, err := p.c.Item(n); err == nil && p.single(n) {
			p.family.files[item.Hash] = true
		}
	}
}

// single tells that an item is one thing: no more than one row comes from it.
func (p *planner) single(item int64) bool {
	reading, _ := p.x.Reading(item)
	return item > 0 && reading.Events <= 1
}

// keepFilesOut finds the items of what is kept out, and what they came in.
func (p *planner) keepFilesOut(ctx context.Context) error {
	for item, err := range p.c.Items(ctx) {
		if err != nil {
			return err
		}
		if !p.family.files[item.Hash] && !p.family.holds[item.Number] {
			continue
		}
		for p.family.holds[item.Number] = true; item.Parent > 0; p.family.holds[item.Number] = true {
			if item, err = p.c.Item(item.Parent); err != nil {
				return fmt.Errorf("what a file came in: %w", err)
			}
		}
	}
	return nil
}

// isFamily tells that a row is kept out, as a paper of the family court or as what is
// read from one.
func (p *planner) isFamily(r timeline.Row) bool {
	return p.family.rows[r.ID] || p.family.files[r.Source.Hash]
}

// hideFamily keeps the entries of rows closed that are kept out.
func (o *opener) hideFamily(rows map[timeline.ID]bool, written map[timeline.ID]timeline.Written, x *timeline.Index) {
	for id := range rows {
		o.hidden[id] = true
		for _, v := range written[id].Versions {
			o.private[v.Entry] = true
		}
	}
	for _, r := range x.Registers() {
		for _, v := range r.Versions {
			if rows[r.ID] {
				o.private[v.Entry] = true
			}
		}
	}
}
