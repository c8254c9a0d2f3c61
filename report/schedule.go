package report

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"daybook/evidence"
	"daybook/timeline"
)

// held is a file of the case as the schedule lists it.
type held struct {
	Item    evidence.Item
	Name    string
	Exhibit bool
	Why     string        // it is no exhibit of this bundle; of one, why its file is not in it
	Earlier FrozenExhibit // where it stands, when it is one of a bundle that this one continues
}

// beside is what a case holds beside its files: so many of a kind, and so many of
// them in this bundle.
type beside struct {
	What       string
	Held, Here int
}

// gatherBeside counts what is held beside files. Of what is private a full pack says
// that it is there and how much of it, and a served one says nothing.
func (p *planner) gatherBeside() error {
	all := []beside{{sayBesideIncidents, len(p.nth), len(p.m.Diary) - p.m.Registers}}
	entries, closed := beside{What: sayBesideEntries}, beside{What: sayBesidePrivate}
	for _, k := range timeline.Kinds() {
		if !k.Register() {
			continue
		}
		held := p.heldOf(k)
		if slices.Contains(p.hidden, k) {
			closed.Held, closed.Here = closed.Held+held, closed.Here+p.entered[k]
			continue
		}
		entries.Held, entries.Here = entries.Held+held, entries.Here+p.entered[k]
		if p.b.Pack == Served || held == 0 {
			continue
		}
		reg, err := p.x.Register(k)
		if err != nil {
			return err
		}
		all = append(all, beside{fmt.Sprintf(sayBesideRegister, reg.Title), held, p.entered[k]})
	}
	if p.b.Pack == Served {
		all = append(all, entries)
	} else {
		all = append(all, closed)
	}
	if n := len(p.family.rows); n > 0 {
		all = append(all, beside{What: sayBesideFamily, Held: n})
	}
	if n := p.own.Len(); n > 0 {
		all = append(all, beside{What: fmt.Sprintf(sayBesideOwn, p.own), Held: n})
	}
	p.m.Beside = append(all, beside{sayBesideJournal, int(p.b.Log.Entries), int(p.b.Log.Disclosed)})
	p.b.beside = p.m.Beside
	return nil
}

// heldOf is how many entries of a register were made up to the moment.
func (p *planner) heldOf(k timeline.Kind) (n int) {
	for _, r := range p.x.Registers(k) {
		if first := r.Versions[0].Entry; p.b.Moment.Entries == 0 || first < p.b.Moment.Entries {
			n++
		}
	}
	return n
}

// gatherHeld walks every file of the case: in this bundle or not, and why.
func (p *planner) gatherHeld(ctx context.Context) error {
	p.m.EachHeld, p.b.held = p.eachHeld, p.eachHeld
	if err := p.gatherBeside(); err != nil {
		return err
	}
	p.m.Held = counts{}
	for h, err := range p.eachHeld(ctx) {
		if err != nil {
			return err
		}
		if h.Exhibit {
			p.m.HeldExhibits++
			continue
		}
		p.m.Held.add(h.Why, "")
	}
	return nil
}

func (p *planner) eachHeld(ctx context.Context) iter.Seq2[held, error] {
	return func(yield func(held, error) bool) {
		first := map[evidence.Hash]int64{}
		containers := map[int64]bool{}
		for n := range p.labels {
			item, err := p.c.Item(n)
			if err != nil {
				yield(held{}, fmt.Errorf("item %d: %w", n, err))
				return
			}
			containers[item.Parent] = true
		}
		for item, err := range p.c.Items(ctx) {
			if err != nil {
				yield(held{}, err)
				return
			}
			if p.b.Moment.Entries != 0 && item.Seq >= p.b.Moment.Entries {
				return
			}
			if ownItem(item) {
				continue
			}
			h := held{Item: item, Name: visible(p.gate.clean(item.Name))}
			if e, ok := p.b.exhibit(item.Number); ok {
				h.Exhibit, h.Why = true, e.withheld()
			} else if was, issued := p.earlier[item.Number]; issued && p.b.Continues != 0 {
				h.Why, h.Earlier = sayHeldEarlier, was
			} else {
				h.Why = p.notExhibit(item, first[item.Hash] > 0, containers[item.Number])
			}
			if first[item.Hash] == 0 {
				first[item.Hash] = item.Number
			}
			if !yield(h, nil) {
				return
			}
		}
	}
}

// notExhibit says why a file of the case is no exhibit of this bundle.
func (p *planner) notExhibit(item evidence.Item, again, container bool) string {
	reading, read := p.x.Reading(item.Number)
	switch {
	case item.Deleted:
		return sayHeldDeleted
	case p.sel.Withhold[item.Number] != "":
		return servedReason(p.sel.Withhold[item.Number])
	case p.family.files[item.Hash]:
		return sayFamilyPaper
	case container:
		return sayHeldContainer
	case again:
		return sayHeldAgain
	case len(p.exhibitsOf[item.Hash]) > 0:
		return sayHeldLater
	case read && reading.Broken != "":
		return sayHeldBroken
	case read && reading.Events == 0:
		return sayHeldNoRow
	case read || p.chosen != nil:
		return sayHeldNotChosen
	default:
		return sayHeldUnread
	}
}

// schedule lists all material that is held: what is in this bundle and what is
// not, and why. A served pack counts what is not, for a name may tell.
func (b *Bundle) schedule(m material) []Block {
	if m.EachHeld == nil {
		return nil
	}
	total := m.HeldExhibits
	why := table("", Col{"Files", 1}, Col{wordHere, 9}).counting("Files")
	l := []Line{line("", number(m.HeldExhibits), say(sayHeldExhibits))}
	for _, name := range m.Held.names {
		total += m.Held.by[name].N
		l = append(l, line("", number(m.Held.by[name].N), quote(name)))
	}
	why.Rows = lines(l)
	blocks := []Block{para(fmt.Sprintf(saySchedule, total)), why, para(sayBeside), besideTable(m.Beside)}
	if b.Pack == Served {
		return append(blocks, para(sayScheduleServed))
	}
	return append(blocks, para(sayHeldFiles), b.heldTable(m.EachHeld))
}

func besideTable(all []beside) Table {
	t := table("", Col{"What", 6}, Col{"Held", 1.2}, Col{"In this bundle", 1.8}).counting("Held", "In this bundle")
	var l []Line
	for _, x := range all {
		l = append(l, line("", say(x.What), number(x.Held), number(x.Here)))
	}
	t.Rows = lines(l)
	return t
}

// writeSchedule writes the schedule as a table: of a full pack each file with where
// it is, of a served one how many there are; and what is held beside files.
func (b *Bundle) writeSchedule(to *bag) error {
	if b.held == nil {
		return nil
	}
	return to.create("data/schedule.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Item", "Kind", "Description", "Size in bytes", "SHA-256", "Added", "Exhibit", "Page", wordHere, "Held", "Of these in this bundle")
		if err != nil {
			return err
		}
		if err := b.scheduleFiles(to.ctx, s); err != nil {
			return err
		}
		for _, x := range b.beside {
			if err := s.row("", "", x.What, "", "", "", "", "", "", strconv.Itoa(x.Held), strconv.Itoa(x.Here)); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// scheduleFiles writes the lines of files.
func (b *Bundle) scheduleFiles(ctx context.Context, s *sheet) error {
	var why counts
	here := 0
	for h, err := range b.held(ctx) {
		if err != nil {
			return err
		}
		if b.Pack != Served {
			if err := s.row(b.heldCells(h)...); err != nil {
				return err
			}
			continue
		}
		if h.Exhibit {
			h.Why = sayHeldExhibits
			if e, ok := b.exhibit(h.Item.Number); ok && e.File != "" {
				here++
			}
		}
		why.add(h.Why, "")
	}
	for _, name := range why.names {
		in := 0
		if name == sayHeldExhibits {
			in = here
		}
		if err := s.row("", "", "", "", "", "", "", "", name, strconv.Itoa(why.by[name].N), strconv.Itoa(in)); err != nil {
			return err
		}
	}
	return nil
}

// heldCells are the line of one file.
func (b *Bundle) heldCells(h held) []string {
	label, page, why, here := h.Earlier.Label, "", h.Why, "0"
	if label != "" {
		why = h.Earlier.where()
	}
	if e, ok := b.exhibit(h.Item.Number); ok {
		label, page, why, here = e.Label, b.sheet(itemAnchor(e.Item)).Label, e.place(), "1"
	}
	return []string{strconv.FormatInt(h.Item.Number, 10), kindOfFile(h.Item.Type), h.Name, strconv.FormatInt(h.Item.Size, 10), h.Item.Hash.String(),
		stamp(h.Item.Added.In(b.Zone)), label, page, why, "1", here}
}

func (b *Bundle) heldTable(all func(context.Context) iter.Seq2[held, error]) Table {
	t := table("", Col{"Item", 0.8}, Col{"Description", 5}, Col{"Bytes", 1.8}, Col{"Added", 3.8}, Col{wordHere, 3.6}).counting("Bytes")
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(all(ctx), func(h held) Line {
			what := []Run{{Text: kindOfFile(h.Item.Type) + ": "}, {Text: h.Name, Evidence: true}}
			return line("", number(int(h.Item.Number)), what, say(strconv.FormatInt(h.Item.Size, 10)), say(stamp(h.Item.Added.In(b.Zone))), b.whereHeld(h))
		})
	}
	return t
}

// whereHeld leads to the exhibit, or says why there is none.
func (b *Bundle) whereHeld(h held) []Run {
	switch {
	case h.Earlier.Label != "":
		return say(h.Earlier.Label + ", " + h.Earlier.where())
	case !h.Exhibit:
		return quote(h.Why)
	}
	e, _ := b.exhibit(h.Item.Number)
	to := itemAnchor(e.Item)
	runs := []Run{link(e.Label, to), onPage(to)}
	if h.Why != "" {
		runs = append(runs, Run{Text: "\n" + fmt.Sprintf(sayWithheld, h.Why)})
	}
	return runs
}
