package report

import (
	"context"
	"daybook/timeline/casework"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (b *Bundle) cover(m material) []Block {
	return slices.Concat(b.force.picture(), []Block{
		Para{[]Run{{Text: b.Title, Evidence: true}}, Title},
		Para{say(b.says()), Lead},
		Facts{slices.Concat(b.force.facts(), []Fact{
			fact("Case number", mono(b.Case)),
			fact("Bundle", say(b.named())),
			fact("Made", append(say(b.Moment.Time.Format("2 January 2006 15:04:05 -07:00")+", "+wordBy+" "), quote(m.By)...)),
			fact("Program", say(fmt.Sprintf(sayMadeBy, b.Version))),
			fact("Laid out after", say(b.Profile.said())),
			fact("Rows of the chronology", say(b.counted())),
			fact("First and last", say(strings.ReplaceAll(batch{First: m.Summary.all.First, Last: m.Summary.all.Last}.period(), "\n", " "))),
			fact("Exhibits", say(strconv.Itoa(len(b.Exhibits)))),
			fact("Times", say(fmt.Sprintf(sayTimesAs, b.Zone))),
		})},
	})
}

// named says which bundle it is.
func (b *Bundle) named() string {
	switch {
	case b.Number == 0:
		return sayDraft
	case b.Continues != 0:
		return fmt.Sprintf(sayNumberedSupplement, b.Number, b.Continues, b.After.Label)
	}
	return fmt.Sprintf(sayNumbered, b.Number)
}

// counted is how many rows the chronology has; a row that is left out keeps its
// number and is in no count of the summary.
func (b *Bundle) counted() string {
	if b.LeftOut == 0 {
		return strconv.Itoa(b.Rows)
	}
	return fmt.Sprintf(sayRowsCounted, b.Rows, b.Rows-b.LeftOut, b.LeftOut)
}

func (b *Bundle) how(m material) []Block {
	selected := []Block{para(sayHowSelection)}
	if len(m.Selected) == 0 {
		selected = append(selected, Bullets{[][]Run{say(sayEverything)}})
	} else {
		selected = append(selected, Facts{m.Selected})
		if m.Perhaps > 0 {
			selected = append(selected, para(fmt.Sprintf(sayHowPeriod, m.Perhaps)))
		}
	}
	if b.Continues != 0 {
		selected = append(selected, para(fmt.Sprintf(sayOnlyNew, b.Continues)))
	}
	blocks := []Block{para(sayHowAdded + " " + b.copies()), para(sayHowRead), para(sayHowTimes), para(fmt.Sprintf(sayHowFacts, b.furtherFacts()) + " " + sayApostrophe), para(b.howRows() + " " + sayHowNumbers)}
	blocks = append(blocks, selected...)
	if len(m.Readers) > 0 {
		blocks = append(blocks, readers(m.Readers)...)
	}
	return slices.Concat(blocks, b.containerBlocks(), b.compliance())
}

// showsAndNot says what this bundle shows, and what it does not.
func (b *Bundle) showsAndNot() []Block {
	list := func(sentences []string) (l Bullets) {
		for _, s := range sentences {
			l.Items = append(l.Items, say(s))
		}
		return l
	}
	return []Block{para(sayShowsLead), list(b.shown()), para(sayLimitsLead), list(append(sayLimits[:len(sayLimits):len(sayLimits)], b.pictures()))}
}

func (b *Bundle) summary(m material) []Block {
	blocks := m.Summary.blocks()
	if b.LeftOut > 0 {
		blocks = append(blocks, para(fmt.Sprintf(saySummaryOut, b.LeftOut)))
	}
	return blocks
}

// readers are the readers and what they read. What a person decided for all of
// them alike is said once.
func readers(all []reader) []Block {
	t := table("Readers", Col{"Reader", 4}, Col{"Version", 1.1}, Col{"Files", 0.9}, Col{"Rows read", 1.3}, Col{"Skipped", 1.2}).counting("Files", "Rows read", "Skipped")
	alike := !slices.ContainsFunc(all, func(r reader) bool { return r.Assumed != all[0].Assumed })
	if !alike {
		t.Cols = append(t.Cols, Col{"Decided by a person", 3.5})
	}
	var l []Line
	for _, r := range all {
		cells := [][]Run{say(r.Name), number(r.Version), number(r.Files), number(r.Events), number(r.Skipped)}
		if !alike {
			cells = append(cells, quote(r.Assumed))
		}
		l = append(l, line("", cells...))
	}
	t.Rows = lines(l)
	if alike && all[0].Assumed != "" {
		return []Block{t, Para{Runs: append(say(sayDecided+" "), quote(all[0].Assumed)...)}}
	}
	return []Block{t}
}

// monthsShown is how many months fit on the page of the summary; a longer time
// is counted by year.
const monthsShown = 24

// namesShown is how many names of one kind fit there.
const namesShown = 14

func (s *summary) blocks() []Block {
	if s.all.N == 0 {
		return []Block{para(sayNoRows)}
	}
	all := counts{names: []string{"All"}, by: map[string]*count{"All": &s.all}}
	blocks := []Block{
		para(saySummary),
		all.table("All rows"), s.kinds.table("By what it is"), s.channels.table("By source"),
	}
	if s.all.Twice > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayTwice, s.all.Twice)))
	}
	return blocks
}

// pattern counts the rows by what people called them and by when they were.
func (s *summary) pattern() []Block {
	if s.all.N == 0 {
		return nil
	}
	when, title := &s.months, titleByMonth
	if len(s.months.names) > monthsShown {
		when, title = &s.years, titleByYear
	}
	blocks := []Block{para(sayPattern)}
	if s.only != "" {
		blocks = append(blocks, para(s.only))
	}
	blocks = append(blocks, para(casework.SayByOthers+fmt.Sprintf(sayNotByOthers, s.others)))
	if s.uncertain {
		blocks = append(blocks, para(sayUncertain))
	}
	if s.weak > 0 {
		blocks = append(blocks, para(casework.SayWeak(s.weak)))
	}
	if len(s.codes.names) > 0 {
		blocks = append(blocks, s.codes.table("By behaviour"))
	} else {
		blocks = append(blocks, para(sayNoCodes))
	}
	if s.own > 0 {
		blocks = append(blocks, para(agree(sayOwnActs, s.own)))
	}
	if bars := s.bars(); len(bars.Bars) > 1 {
		blocks = append(blocks, para(sayBars), bars)
	}
	if len(when.names) == 0 {
		return blocks
	}
	when.unknownLast()
	return append(blocks, when.tableOf(title, s.bySender(when)))
}

func (c *counts) table(title string) Table { return c.tableOf(title, nil) }

// tableOf is the table with what is said of each name, if anything is.
func (c *counts) tableOf(title string, from func(name string) []Run) Table {
	t := table("", Col{title, 3}, Col{"Rows", 1}, Col{"First", 3}, Col{"Last", 3})
	if from != nil {
		t = table("", Col{title, 2}, Col{"Rows", 0.8}, Col{"First", 2.1}, Col{"Last", 2.1}, Col{colSenders, 4})
	}
	twice := c.twice()
	if twice {
		t.Cols = append(t.Cols, Col{colTwice, 1.6})
	}
	t = t.counting("Rows", colTwice)
	var l []Line
	for i, name := range c.names {
		if i == namesShown && len(c.names) > monthsShown {
			l = append(l, line("", say(fmt.Sprintf(saySummaryCut, len(c.names)-i)), nil, nil, nil))
			break
		}
		n := c.by[name]
		of := line("", quote(name), number(n.N), say(n.First), say(n.Last))
		if from != nil {
			of.Cells = append(of.Cells, from(name))
		}
		if twice {
			of.Cells = append(of.Cells, number(n.Twice))
		}
		l = append(l, of)
	}
	t.Rows = lines(l)
	return t
}

// twice tells whether another source has the same as any of what is counted.
func (c *counts) twice() bool {
	return slices.ContainsFunc(c.names, func(name string) bool { return c.by[name].Twice > 0 })
}

func table(title string, cols ...Col) Table { return Table{Title: title, Cols: cols} }

// counting says which columns of a table count things.
func (t Table) counting(titles ...string) Table {
	t.Counts = nil
	for i, c := range t.Cols {
		if slices.Contains(titles, c.Title) {
			t.Counts = append(t.Counts, i)
		}
	}
	return t
}

func line(anchor string, cells ...[]Run) Line { return Line{Anchor: anchor, Cells: cells} }

func number(n int) []Run { return say(strconv.Itoa(n)) }

// skipsShown is how many skipped records are printed; each batch's count has
// them all.
const skipsShown = 500

func (b *Bundle) unread(m material) []Block {
	var blocks []Block
	if m.BrokenCount > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayBrokenCount, m.BrokenCount)))
	}
	if len(m.Broken)+m.BrokenCount+m.Skips+m.SkipsElsewhere+m.Missing == 0 {
		blocks = append(blocks, para(sayAllRead))
	}
	if len(m.Broken) > 0 {
		t := table("", Col{"Item", 1}, Col{"File", 3}, Col{"Fault", 5})
		var l []Line
		for _, x := range m.Broken {
			l = append(l, line("", x.number(), quote(x.Name), quote(x.What)))
		}
		t.Rows = lines(l)
		blocks = append(blocks, para(sayBroken), t)
	}
	if m.Skips > 0 && m.EachSkip == nil {
		blocks = append(blocks, para(fmt.Sprintf(saySkipsCount, m.Skips)))
	} else if m.Skips > 0 {
		blocks = append(blocks, para(saySkips))
		if m.Skips > skipsShown {
			blocks = append(blocks, para(agree(saySkipsCut, skipsShown)))
		}
		blocks = append(blocks, skips(m.EachSkip))
	}
	if m.SkipsElsewhere > 0 {
		blocks = append(blocks, para(fmt.Sprintf(saySkipsElsewhere, m.SkipsElsewhere)))
	}
	if m.Missing > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayMissing, m.Missing)))
	}
	if len(m.Unclaimed) > 0 {
		t := table("", Col{"Item", 1}, Col{"File", 4}, Col{"Kind of file", 3})
		var l []Line
		for _, x := range m.Unclaimed {
			l = append(l, line("", number(int(x.Item)), quote(x.Name), quote(x.Type)))
		}
		t.Rows = lines(l)
		blocks = append(blocks, para(sayUnclaimed), t)
	}
	if m.UnclaimedCount > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayUnclaimedCount, m.UnclaimedCount)))
	}
	blocks = append(blocks, deletedBlocks(m)...)
	blocks = append(blocks, para(sayBatches), reconciled(m.Batches))
	if n := m.Again.Len(); n > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayBatchesAgain, n, m.Again)))
	}
	return blocks
}

func skips(each func(context.Context) iter.Seq2[skip, error]) Table {
	t := table("", Col{"Item", 1}, Col{"Where", 2}, Col{"Words of the record", 4}, Col{"Why", 3})
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return func(yield func(Line, error) bool) {
			n := 0
			for s, err := range each(ctx) {
				if n++; n > skipsShown {
					return
				}
				if !yield(line("", number(int(s.Item)), quote(s.Record), quote(cut(s.Text, 400)), say(s.Reason)), err) || err != nil {
					return
				}
			}
		}
	}
	return t
}

func reconciled(all []batch) Table {
	t := table("", Col{"No.", 0.7}, Col{"Added", 3.4}, Col{"Files", 1}, Col{"Rows", 1}, Col{"Skipped", 1.2}, Col{"Files that records name", 2}, Col{"First and last time", 2.4}).counting("Files", "Rows", "Skipped")
	var l []Line
	for _, x := range all {
		l = append(l, line("", number(int(x.Number)), x.added(), number(x.Items), number(x.Events), number(x.Skips), say(x.named()), say(x.period())))
	}
	t.Rows = lines(l)
	return t
}

// added is when and by whom, and what they noted.
func (x batch) added() []Run {
	ended := sayUnfinished
	switch {
	case !x.Finished.IsZero():
		ended = x.Finished.Format(time.TimeOnly)
	case x.GoneOnIn != 0:
		ended = fmt.Sprintf(sayGoneOnIn, x.GoneOnIn)
	}
	runs := []Run{{Text: stamp(x.Started) + " – " + ended + "\n" + wordBy + " "}, {Text: x.By, Evidence: true}}
	if x.Already > 0 {
		runs = append(runs, Run{Text: "\n" + agree(sayAlready, x.Already)})
	}
	if x.Note != "" {
		runs = append(runs, Run{Text: "\n"}, Run{Text: x.Note, Evidence: true})
	}
	return runs
}

func (x batch) named() string {
	if x.Named == 0 {
		return "0"
	}
	return fmt.Sprintf(sayNamedFiles, x.Named, x.Found, x.Absent)
}

func (x batch) period() string {
	if x.First == x.Last {
		return x.First
	}
	return x.First + " –\n" + x.Last
}

// leftOut lists what a served pack is without; a full pack is without papers of the
// family court, where it is for a criminal one, and leaves nothing else out.
func (b *Bundle) leftOut(m material) []Block {
	if b.Pack != Served {
		if len(m.Out) == 0 {
			return nil
		}
		return b.leftOutBlocks(m.Out)
	}
	return slices.Concat(b.withoutBlocks(), b.leftOutBlocks(m.Out), b.withinBlocks(m), b.withheldBlocks())
}

func (b *Bundle) leftOutBlocks(out []leftOut) []Block {
	if len(out) == 0 {
		return []Block{para(sayNoneLeftOut)}
	}
	t := table("", Col{"Row", 1}, Col{"Reason", 6})
	var l []Line
	for _, x := range out {
		l = append(l, line("", []Run{link(strconv.Itoa(x.Row), rowAnchor(x.Row))}, quote(x.Reason)))
	}
	t.Rows = lines(l)
	lead := sayLeftOutRows
	if b.Continues != 0 {
		lead = fmt.Sprintf(sayLeftOutOn, b.Continues)
	}
	return []Block{para(lead), t}
}

// howRows says for what the numbers of rows hold.
func (b *Bundle) howRows() string {
	if b.Continues != 0 {
		return fmt.Sprintf(sayHowRowsOn, b.Continues)
	}
	return sayHowRows
}

// withheldBlocks list the exhibits whose file is withheld, each with why.
func (b *Bundle) withheldBlocks() []Block {
	t := table("", Col{"Exhibit", 1}, Col{"File name", 4}, Col{"Reason", 5})
	var l []Line
	for _, e := range b.Exhibits {
		if e.Withheld != "" {
			l = append(l, line("", []Run{link(e.Label, itemAnchor(e.Item))}, quote(visible(e.Name)), quote(e.Withheld)))
		}
	}
	if len(l) == 0 {
		return nil
	}
	t.Rows = lines(l)
	return []Block{para(sayWithheldFiles + " " + b.sheetSums()), t}
}

func (b *Bundle) integrity() []Block {
	head := hex.EncodeToString(b.Log.Head[:])
	_, print, err := signerPEM(b.Signer)
	if err != nil {
		print = sayNotKnown
	}
	withheld := b.Log.Entries - b.Log.Disclosed
	opened := sayOpenSome
	switch {
	case withheld == 0:
		opened = sayOpenAll
	case b.Pack == Served:
		opened = sayOpenServed
	}
	is := sayIntegrity
	if b.Number == 0 {
		is += " " + sayIntegrityDraft
	}
	return []Block{
		para(is),
		para(sayPhrase),
		Facts{[]Fact{
			fact("Journal head", mono(twoLines(head))),
			fact("As a phrase", say(b.Log.Phrase)),
			fact("Entries", say(strconv.FormatUint(b.Log.Entries, 10))),
		}},
		QR{b.Log.Code, sayCode},
		para(agree(sayWithheldLog, b.Log.Entries, b.Log.Disclosed, withheld) + " " + opened),
		para(sayFingerprint),
		Facts{[]Fact{fact("Fingerprint", mono(twoLines(print)))}},
		para(sayCommands),
		Commands{commandSigned},
		para(sayOtherWays),
	}
}

// exhibit finds an exhibit by its item.
func (b *Bundle) exhibit(item int64) (Exhibit, bool) {
	i, ok := b.byItem[item]
	if !ok {
		return Exhibit{}, false
	}
	return b.Exhibits[i], true
}
