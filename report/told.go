package report

import (
	"context"
	"fmt"
	"slices"

	"daybook/timeline"
)

// Told is what whoever makes a bundle should know before they hand it over. It
// is for them alone: names and files of the whole case stand in it.
type Told struct {
	Shows   []Shown  // what a served pack lets the other side read
	Left    []Left   // rows that are left out, by reason, in the order in which the reasons came
	Kept    []Kept   // words that a served pack keeps out, by the mark in their place
	Unread  []Untold // files that were not read, or not to their end
	Asked   []Untold // files that were not read because a question is open
	Unknown int      // files that no reader knows
	Skipped int      // records that were seen and not made into rows
	Missing int      // files that records name and that are not there
	Assumed int      // rows whose zone was assumed, because the file names none
	// Contradicted are the names of those whom the pack is to be about, with their
	// numbers and addresses, and of whom one is among the protected words.
	Contradicted []string
	// Nowhere are the protected words that stand in no row of the case and in no file's
	// name, as one does that is not spelt as it is there.
	Nowhere []string

	// Unseen are the PDFs on whose pages words may stand that nobody sees.
	Unseen []string
	// Silent are the pages of PDFs that a served pack shows, and whose letters no program
	// can read: nothing that is to be kept out was looked for in them.
	Silent []string

	// Holding are the files that are not in a served pack, nor their pages, because a
	// protected word stands in them, with the first place where one does, and which.
	Holding []string

	// Closed are the files in a served pack of which it does not open the entry of their
	// adding, because that holds something that the pack withholds.
	Closed []string

	Alike []string // names that can be taken for another one, with that one
}

// Left is how many rows are left out for a reason.
type Left struct {
	Reason string
	Rows   int
}

// Kept is how many rows are shown with a mark in the place of some of their words.
type Kept struct {
	Mark     string
	Words    []string // that are kept out wherever they stand; none: passages alone
	Passages int      // beside those words: of one row, or words in one file
	Rows     int      // in which the mark stands, for either
}

// Untold is a file that is not in the rows, and why.
type Untold struct{ Name, Why string }

// standNowhere notes which protected words stand nowhere.
func (p *planner) standNowhere(ctx context.Context) error {
	if p.gate == nil {
		return nil
	}
	s := p.stands
	if err := s.names(ctx, p.c); err != nil {
		return err
	}
	if err := s.rows(ctx, p.x, func() bool { return len(s.nowhere()) == 0 }); err != nil {
		return err
	}
	p.b.Told.Nowhere = s.nowhere()
	return nil
}

// told notes what the plan found out.
func (p *planner) told() {
	t := &p.b.Told
	t.Shows = p.showing()
	p.aboutShown()
	for _, o := range p.m.Out {
		i := slices.IndexFunc(t.Left, func(l Left) bool { return l.Reason == o.Reason })
		if i < 0 {
			i, t.Left = len(t.Left), append(t.Left, Left{Reason: o.Reason})
		}
		t.Left[i].Rows++
	}
	p.keptOut()
	for _, b := range p.m.Broken {
		if !slices.ContainsFunc(t.Asked, func(u Untold) bool { return u.Name == b.Name && b.What == fmt.Sprintf(sayAsked, u.Why) }) {
			t.Unread = append(t.Unread, Untold{b.Name, b.What})
		}
	}
	t.Unknown, t.Skipped, t.Missing = len(p.m.Unclaimed), p.m.Skips+p.m.SkipsElsewhere, p.m.Missing
	for _, e := range p.b.Exhibits {
		if e.File != "" && slices.Contains(p.b.Log.Closed, e.Item) {
			t.Closed = append(t.Closed, e.Label+" "+e.Name)
		}
	}
	people := p.found.People()
	for i := range people {
		for _, a := range people[i].Alike {
			if said := fmt.Sprintf("%s looks like %s", timeline.SpeltOut(a.Name), timeline.SpeltOut(a.Other)); !slices.Contains(t.Alike, said) {
				t.Alike = append(t.Alike, said)
			}
		}
	}
}

// keptOut notes what a served pack keeps out by its words, and in how many rows.
func (p *planner) keptOut() {
	if p.gate == nil {
		return
	}
	kept := func(mark string) *Kept {
		list := &p.b.Told.Kept
		i := slices.IndexFunc(*list, func(k Kept) bool { return k.Mark == mark })
		if i < 0 {
			i, *list = len(*list), append(*list, Kept{Mark: mark})
		}
		return &(*list)[i]
	}
	all := p.withholdings()
	for _, w := range all {
		if w.Everywhere() {
			k := kept(withheldMark(w.Code))
			k.Words = append(k.Words, w.Text)
		}
	}
	for _, w := range all {
		if !w.Everywhere() && len(w.Areas) == 0 {
			kept(withheldMark(w.Code)).Passages++
		}
	}
	for _, w := range p.m.Within {
		for _, mark := range w.Marks {
			kept(mark).Rows++
		}
	}
}
