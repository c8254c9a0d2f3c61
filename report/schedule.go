package report

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"daybook/evidence"
)

// held is a file of the case as the schedule lists it.
type held struct {
	Item    evidence.Item
	Name    string
	Exhibit bool
	Why     string // it is no exhibit of this bundle; of one, why its file is not in it
}

// gatherHeld walks every file of the case: in this bundle or not, and why.
func (p *planner) gatherHeld(ctx context.Context) error {
	p.m.EachHeld = p.eachHeld
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
		for _, c := range p.b.Containers {
			containers[c.Item] = true
		}
		for item, err := range p.c.Items(ctx) {
			if err != nil {
				yield(held{}, err)
				return
			}
			if p.b.Moment.Entries != 0 && item.Seq >= p.b.Moment.Entries {
				return
			}
			if item.How == sayHowKept {
				continue // the program's own: what it keeps of a bundle
			}
			h := held{Item: item, Name: visible(p.gate.clean(item.Name))}
			if e, ok := p.b.exhibit(item.Number); ok {
				h.Exhibit, h.Why = true, e.withheld()
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
	case container:
		return sayHeldContainer
	case again:
		return sayHeldAgain
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
	why := table("", Col{"Files", 1}, Col{wordHere, 9})
	l := []Line{line("", number(m.HeldExhibits), say(sayHeldExhibits))}
	for _, name := range m.Held.names {
		total += m.Held.by[name].N
		l = append(l, line("", number(m.Held.by[name].N), quote(name)))
	}
	why.Rows = lines(l)
	blocks := []Block{para(fmt.Sprintf(saySchedule, total)), why}
	if b.Pack == Served {
		return append(blocks, para(sayScheduleServed))
	}
	return append(blocks, para(fmt.Sprintf(sayHeldBeside, m.Incidents, len(m.Diary)-m.Registers, m.OrdersCount)), b.heldTable(m.EachHeld))
}

func (b *Bundle) heldTable(all func(context.Context) iter.Seq2[held, error]) Table {
	t := table("", Col{"Item", 1}, Col{"Description", 5}, Col{"Bytes", 1.4}, Col{"Added", 3.4}, Col{wordHere, 4})
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
	if !h.Exhibit {
		return quote(h.Why)
	}
	e, _ := b.exhibit(h.Item.Number)
	to := itemAnchor(e.Item)
	runs := []Run{link(e.Label, to), {Text: ", p. ", PageOf: to}}
	if h.Why != "" {
		runs = append(runs, Run{Text: "\n" + fmt.Sprintf(sayWithheld, h.Why)})
	}
	return runs
}
