package report

import (
	"fmt"
	"strconv"
	"strings"

	"daybook/timeline"
)

// gatherWithheld makes ready, in a full pack, what a served one withholds.
func (p *planner) gatherWithheld() (err error) {
	p.m.Withheld = p.withholdings()
	if p.stating, err = gateOf(p.c, nil, p.m.Withheld); err != nil {
		return err
	}
	p.m.rowOf, p.m.passages, p.m.copies = map[timeline.ID]int{}, map[uint64]string{}, map[int64][]int64{}
	for _, w := range p.m.Withheld {
		if w.Item != 0 {
			if p.m.copies[w.Item], err = p.c.Copies(w.Item); err != nil {
				return fmt.Errorf("item %d, of which something is withheld: %w", w.Item, err)
			}
		}
		if w.Event != (timeline.ID{}) {
			p.m.rowOf[w.Event] = 0
		}
	}
	return nil
}

// noteWithheld notes in which row of a full pack something stands that a served
// one withholds.
func (p *planner) noteWithheld(r timeline.Row, n int) {
	if _, is := p.m.rowOf[r.ID]; !is {
		return
	}
	p.m.rowOf[r.ID] = n
	for _, w := range p.m.Withheld {
		if w.Event == r.ID && w.To > 0 && w.To <= len(r.Text) {
			p.m.passages[w.Number] = r.Text[w.From:w.To]
		}
	}
}

// withinBlocks list where a served pack withholds something within a row or a
// picture: the place and the reason, and nothing else.
func (b *Bundle) withinBlocks(m material) (blocks []Block) {
	if len(m.Within) > 0 {
		t := table("", Col{"Row", 1}, Col{"Reason", 6})
		var l []Line
		for _, x := range m.Within {
			l = append(l, line("", []Run{link(strconv.Itoa(x.Row), rowAnchor(x.Row))}, say(strings.Join(x.Marks, ", "))))
		}
		t.Rows = lines(l)
		blocks = append(blocks, para(sayWithinRows), t)
	}
	if len(m.Painted) == 0 {
		return blocks
	}
	t := table("", Col{"Exhibit", 2}, Col{"Reason", 6})
	var l []Line
	for _, x := range m.Painted {
		if e, ok := b.exhibit(x.Item); ok {
			where := []Run{link(e.Label, itemAnchor(x.Item))}
			if x.Page > 0 {
				where = append(where, Run{Text: fmt.Sprintf(sayPageOfIt, x.Page)})
			}
			l = append(l, line("", where, say(x.Mark)))
		}
	}
	t.Rows = lines(l)
	return append(blocks, para(sayWithinPictures), t)
}

// withheldList lists in a full pack what a served one withholds: what, where,
// why, who said so and when.
func (b *Bundle) withheldList(m material) []Block {
	if len(m.Withheld) == 0 {
		return nil
	}
	t := table("", Col{"Entry", 0.8}, Col{"Reason", 1.6}, Col{"What", 4}, Col{"Where", 2.4}, Col{"Said", 3})
	var l []Line
	for _, w := range m.Withheld {
		said := []Run{{Text: stamp(w.At) + ", " + wordBy + " "}, {Text: w.By, Evidence: true}}
		l = append(l, line("", say(strconv.FormatUint(w.Number, 10)), say(timeline.WithholdTitle(w.Code)), quote(m.words(w)), b.whereWithheld(m, w), said))
	}
	t.Rows = lines(l)
	return []Block{para(sayWithheldList), t}
}

// words are what is withheld, in words.
func (m material) words(w timeline.Withholding) string {
	if w.To > 0 {
		return m.passages[w.Number]
	}
	if w.Text != "" {
		return w.Text
	}
	var s []string
	for _, a := range w.Areas {
		if a.Page > 0 {
			s = append(s, agree(sayPageArea, a.Width, a.Height, a.X, a.Y, a.Page, a.Wide, a.High))
			continue
		}
		s = append(s, agree(sayArea, a.Width, a.Height, a.X, a.Y, a.Wide, a.High))
	}
	return strings.Join(s, "\n")
}

// whereWithheld leads to the row or the exhibits: each that is the same bytes.
func (b *Bundle) whereWithheld(m material, w timeline.Withholding) []Run {
	switch {
	case w.Everywhere():
		return say(sayEverywhere)
	case w.Item != 0:
		var where []Run
		for _, n := range m.copies[w.Item] {
			if e, ok := b.exhibit(n); ok {
				if len(where) > 0 {
					where = append(where, Run{Text: ", "})
				}
				where = append(where, link(e.Label, itemAnchor(n)))
			}
		}
		if len(where) > 0 {
			return where
		}
	case m.rowOf[w.Event] != 0:
		n := m.rowOf[w.Event]
		return []Run{link(wordRow+" "+strconv.Itoa(n), rowAnchor(n))}
	}
	return say(sayNotInBundle)
}
