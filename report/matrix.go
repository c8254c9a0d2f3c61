package report

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"daybook/assets/law"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// matrix is an offence set against the rows of a bundle, each as the bundle shows it:
// what a served pack takes out of a row shows nothing.
type matrix struct {
	casework.Matrix
	pack    law.Pack
	served  bool
	part    bool        // the rows are not all of the case
	lines   [][]shownBy // of each element
	outside Spans
	others  Spans // rows that are marked as a breach of an order against somebody else
	loose   Spans // rows of entries of breaches that name no event
	thought []int // rows of what was considered
	uncoded Spans // rows that entries of breaches name, with no behaviour marked
}

// shownBy is a row that may show an element, and why.
type shownBy struct {
	Row int
	Why string
}

// mayHide are what a detail that a pack withholds may show, by the names of the law.
// All of them count of each row, lest their number tell which of them it was.
var mayHide = map[Detail][]string{
	ShowFeelings:  {"feeling", "feared_violence"},
	ShowChanges:   {"change"},
	ShowWitnesses: {"witness"},
}

// mayShow notes what a row may show, as the pack shows it. That somebody linked it to
// an element is no secret, nor that they did it themself; in whose words is.
func (p *planner) mayShow(r, shown timeline.Row, n int) {
	if len(p.sel.Offences) == 0 {
		return
	}
	if p.b.Pack == Served {
		for _, m := range r.Marks {
			if m.Element != "" || m.Tag == timeline.OwnAct {
				shown.Marks = append(slices.Clip(shown.Marks), timeline.Mark{Event: m.Event, Element: m.Element, Tag: m.Tag})
			}
		}
	}
	var hides []string
	if w, ok := p.written[r.ID]; ok {
		v, withheld := p.readable(w)
		shown.Incident = &v
		for _, d := range withheld {
			hides = append(hides, mayHide[Detail(d)]...)
		}
	}
	p.matter.Add(shown, hides...)
	p.rowOf[r.ID] = n
}

// matrices sets the offences that were asked for against the rows.
func (p *planner) matrices(ctx context.Context) error {
	for _, id := range p.sel.Offences {
		pack, err := p.b.law.Pack(id)
		if err != nil {
			return err
		}
		of, err := p.matter.Matrix(ctx, p.x, pack, id)
		if err != nil {
			return err
		}
		m := matrix{Matrix: of, pack: pack, served: p.b.Pack == Served, part: !p.whole() || len(p.out) > 0}
		for _, l := range of.Lines {
			var rows []shownBy
			for _, c := range l.Cells {
				why := visible(p.gate.clean(c.Why))
				if c.Hand && p.b.Pack == Served {
					why = sayLinkedByHand
				}
				rows = append(rows, shownBy{p.rowOf[c.Event], why})
			}
			m.lines = append(m.lines, rows)
		}
		for _, e := range of.Outside {
			m.outside.Add(p.rowOf[e])
		}
		m.others = p.spansOf(of.OfOthers)
		if of.Clock != nil {
			m.loose = p.spansOf(p.looseBreaches())
			if m.uncoded, err = p.uncoded(ctx); err != nil {
				return err
			}
		}
		for _, c := range of.Considered {
			m.thought = append(m.thought, p.rowOf[c.Event])
		}
		p.b.matrices = append(p.b.matrices, m)
	}
	return nil
}

// looseBreaches are the entries of breaches that name no event: no conduct, and in no
// count of time.
func (p *planner) looseBreaches() (ids []timeline.ID) {
	for _, r := range p.x.Registers(timeline.Breach) {
		if casework.IsLoose(r.Current()) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// spansOf are the rows of events, of those that an offence may be set against.
func (p *planner) spansOf(ids []timeline.ID) (s Spans) {
	var rows []int
	for _, id := range ids {
		if n, ok := p.rowOf[id]; ok {
			rows = append(rows, n)
		}
	}
	slices.Sort(rows)
	for _, n := range slices.Compact(rows) {
		s.Add(n)
	}
	return s
}

// uncoded are the rows that entries of possible breaches name, each of these a row too,
// and that no behaviour is marked in: they are counted in no time limit.
func (p *planner) uncoded(ctx context.Context) (s Spans, err error) {
	var ids []timeline.ID
	for _, r := range p.x.Registers(timeline.Breach) {
		if _, shown := p.rowOf[r.ID]; !shown {
			continue
		}
		u, err := casework.UncodedIn(ctx, p.x, r.Current())
		if err != nil {
			return nil, err
		}
		ids = append(ids, u.Events...)
	}
	return p.spansOf(ids), nil
}

// matrixBlocks are the offences, each with a table of its elements by rows and a
// table of the rows of each element.
func (b *Bundle) matrixBlocks() (blocks []Block) {
	for _, m := range b.matrices {
		blocks = append(blocks, b.offence(m)...)
	}
	return blocks
}

func (b *Bundle) offence(m matrix) []Block {
	o, look := m.Offence, ""
	name := o.Label
	if o.Legal != o.Label {
		name = fmt.Sprintf(sayLegal, o.Label, o.Legal)
	}
	if o.Verify {
		look = sayLookUp
	}
	blocks := []Block{
		Para{Runs: []Run{{Text: name, Bold: true}}},
		para(fmt.Sprintf(sayMatrix, m.pack.Name, m.pack.Version, m.pack.Author, o.Source, o.CheckedOn, look)),
		m.overview(),
	}
	if len(m.outside) > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayNotInForce, m.outside)))
	}
	if len(m.others) > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayMarkedOthers, m.others)))
	}
	if len(m.loose) > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayLooseBreaches, m.loose)))
	}
	if len(m.uncoded) > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayUncodedBreaches, m.uncoded)))
	}
	for i, l := range m.Lines {
		if len(m.lines[i]) > 0 {
			blocks = append(blocks, b.element(l, m.lines[i]))
			if s := m.told(l); s != "" {
				blocks = append(blocks, para(s))
			}
		}
	}
	if len(m.thought) > 0 {
		blocks = append(blocks, b.thought(m))
	}
	return blocks
}

// overview is each element with the numbers of its rows.
func (m matrix) overview() Table {
	t := table("", Col{titleElement, 5}, Col{wordRows, 5}, Col{"Occasions", 3})
	var all []Line
	for i, l := range m.Lines {
		text := []Run{{Text: l.Text}}
		if l.Either != "" {
			text = append(text, Run{Text: " (" + sayEitherElement + ")"})
		}
		if len(m.lines[i]) == 0 {
			all = append(all, line("", text, say(m.nothing(l)), nil))
			continue
		}
		var rows []Run
		for j, r := range m.lines[i] {
			if j > 0 {
				rows = append(rows, Run{Text: ", "})
			}
			rows = append(rows, link(strconv.Itoa(r.Row), rowAnchor(r.Row)))
		}
		if l.Withheld > 0 {
			rows = append(rows, Run{Text: "; " + withheldOf(l)})
		}
		all = append(all, line("", text, rows, say(occasionsOf(l))))
	}
	t.Rows = lines(all)
	return t
}

// nothing says of an element that no row of it is shown. A pack that withholds
// something does not say that there is nothing.
func (m matrix) nothing(l casework.Line) string {
	switch {
	case !m.served && !m.part:
		return casework.NothingYet
	case !m.served || l.Withheld == 0:
		return sayNothingShown
	}
	return sayNothingShown + "; " + withheldOf(l)
}

// told is where the acts lie about how somebody was told. A served pack does not say
// which of its rows are acts.
func (m matrix) told(l casework.Line) string {
	switch {
	case m.served || l.Told == nil:
		return ""
	case m.part:
		return sayToldOfPart
	}
	return l.Told.Said(inEnglish)
}

func withheldOf(l casework.Line) string { return agree(sayElementWithheld, l.Withheld) }

// occasionsOf are both counts, and how many are asked for.
func occasionsOf(l casework.Line) string {
	if l.ByRule == 0 {
		return "" // what was said or done about it is no occasion
	}
	s := joined(append([]string{agree(sayBothCounts, l.Occasions, l.ByRule)}, besideOccasions(l.Counted, inEnglish)...)...)
	if l.Least > 0 {
		s += "; " + fmt.Sprintf(sayLeastAsked, strconv.Itoa(l.Least))
	}
	return s
}

// element are the rows that may show an element.
func (b *Bundle) element(l casework.Line, rows []shownBy) Table {
	t := table(l.Text, Col{"No.", 0.8}, Col{b.timeTitle(), 3.4}, Col{"What", 4.6}, Col{titleWhyHere, 2.6}, Col{"Exhibit, place in it", 2.6})
	t.Timed = true
	why, numbers := map[int]string{}, []int{}
	for _, r := range rows {
		why[r.Row], numbers = r.Why, append(numbers, r.Row)
	}
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.rowsAt(ctx, numbers), func(r Row) Line {
			return line("", []Run{link(strconv.Itoa(r.Number), rowAnchor(r.Number))}, r.Time.runs(r.Time.brief()), r.under(quote(cut(r.Text, elementText))), quote(why[r.Number]), b.source(r))
		})
	}
	return t
}

// elementText is how much of a row's words an element prints; the row has them all.
const elementText = 160

// thought is what was considered, why or why not, in the words of whoever wrote it.
func (b *Bundle) thought(m matrix) Table {
	t := table(titleConsidered, Col{"No.", 0.8}, Col{b.timeTitle(), 3.4}, Col{"What", 7}, Col{"Outcome", 2.8})
	t.Timed = true
	at := map[int]casework.Consideration{}
	for i, n := range m.thought {
		at[n] = m.Considered[i]
	}
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.rowsAt(ctx, m.thought), func(r Row) Line {
			c := at[r.Number]
			return line("", []Run{link(strconv.Itoa(r.Number), rowAnchor(r.Number))}, r.Time.runs(r.Time.brief()), quote(r.Text), quote(c.Law+": "+c.Outcome))
		})
	}
	return t
}

// matrixTitles are those of the table of elements by rows, before what is beside a time.
var matrixTitles = [...]string{"Offence", "Law pack", "Element", "What must be shown", "One is enough of", "Occasions asked for", "No.", "Local time", "From", "About", "Why it stands here", "Exhibit", "Page", "Event"}

// writeMatrix writes the elements by rows as a table; an element without any has a
// line of its own.
func (b *Bundle) writeMatrix(to *bag) error {
	if len(b.matrices) == 0 {
		return nil
	}
	return to.create("data/matrix.csv", func(w io.Writer) error {
		s, err := newSheet(w, slices.Concat(matrixTitles[:], besideLocal[:], []string{colTags, colKnown})...)
		if err != nil {
			return err
		}
		for _, m := range b.matrices {
			for i, l := range m.Lines {
				if err := b.elementRows(to.ctx, s, m, l, m.lines[i]); err != nil {
					return err
				}
			}
		}
		return s.close()
	})
}

func (b *Bundle) elementRows(ctx context.Context, s *sheet, m matrix, l casework.Line, rows []shownBy) error {
	least := ""
	if l.Least > 0 {
		least = strconv.Itoa(l.Least)
	}
	head := []string{m.Offence.ID, m.Law + " of " + m.pack.Version, l.ID, l.Text, l.Either, least}
	without := func(said string) error {
		c := make([]string, len(matrixTitles)+len(besideLocal)+2)
		copy(c, head)
		c[len(head)+4] = said
		return s.row(c...)
	}
	if len(rows) == 0 {
		return without(m.nothing(l))
	}
	for _, shown := range rows {
		for r, err := range b.Walk(ctx, shown.Row, shown.Row) {
			if err != nil {
				return err
			}
			if err := s.row(slices.Concat(head, []string{strconv.Itoa(r.Number), r.Time.Local, r.From, r.About, shown.Why, r.Label, b.pageOf(r), r.ID.String()}, r.Time.besideLocal(), []string{r.tagCell(), r.knownCell()})...); err != nil {
				return err
			}
		}
	}
	beside := [...]string{m.told(l), ""}
	if l.Withheld > 0 {
		beside[1] = withheldOf(l)
	}
	for _, said := range beside {
		if said == "" {
			continue
		}
		if err := without(said); err != nil {
			return err
		}
	}
	return nil
}
