package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/report/pdf"
	"daybook/timeline"
)

// head stands on each page of a paper: what it is, its version, who wrote
// the form and by when it is looked through again.
func (p *Paper) head() string {
	if p.Bare {
		return p.Title
	}
	return fmt.Sprintf(p.in(headPaper), p.Title, p.Version, p.in(p.Author), p.ReviewBy)
}

func itemAt(id string) string { return "item-" + id }

// Section is the whole paper, to be laid out or printed as text. One that may have
// so many pages and no more stands close: its sections below each other, with their
// titles at the side.
func (p *Paper) Section() Section {
	if p.Pages > 0 {
		var facts []Fact
		for _, i := range p.Items {
			facts = append(facts, fact(i.Title, flat(i.Blocks)))
		}
		return Section{Title: p.Title, Anchor: "paper", Blocks: append(p.top(), Facts{facts})}
	}
	return Section{Title: p.Title, Anchor: "paper", Blocks: p.top(), Parts: func(context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for _, i := range p.Items {
				if !yield(Section{Title: p.heading(i), Anchor: itemAt(i.ID), Blocks: p.blocks(i)}, nil) {
					return
				}
			}
			if p.Check || p.Steps {
				yield(Section{Title: p.in(titlePaperStands), Anchor: "stands", Blocks: spoken(p.words, []Block{para(p.stands()), p.list()})}, nil)
			}
		}
	}}
}

// heading is the title of an item, with its number where the paper is a list.
func (p *Paper) heading(i PaperItem) string {
	if p.Check || p.Steps {
		return i.ID + ". " + i.Title
	}
	return i.Title
}

// blocks are those of an item, below where it stands.
func (p *Paper) blocks(i PaperItem) []Block {
	if !p.Check && !p.Steps {
		return i.Blocks
	}
	facts := []Fact{fact(factPaperState, say(i.State))}
	facts = maybe(maybe(maybe(facts, factPaperReason, i.Reason), factPaperOwner, i.Owner), factPaperDue, i.Due)
	if i.Asked != "" {
		facts = append(facts, fact(factPaperAsked, quote(i.Asked)))
	}
	return append(spoken(p.words, []Block{Facts{facts}}), i.Blocks...)
}

// top says what the paper is, for whom, what is not in it, and who has not read its
// words.
func (p *Paper) top() []Block {
	if p.Bare {
		return spoken(p.words, p.notRead())
	}
	return spoken(p.words, append(p.about(), append(p.warnings(), p.notRead()...)...))
}

// about says what the paper is and for whom.
func (p *Paper) about() []Block {
	facts := []Fact{fact("For", say(p.For))}
	if of := p.OnlyOf(); of != "" {
		facts = append(facts, fact("About", quote(of)))
	}
	facts = maybe(maybe(facts, "Handed to", visible(p.Ask.Recipient)), "Purpose", visible(p.Ask.Purpose))
	made := p.Ask.Now.In(p.b.Zone).Format(time.DateOnly)
	if !p.Unnamed {
		made = fmt.Sprintf(p.in(sayPaperMade), made, visible(p.Keeper), p.Case)
	}
	facts = append(facts, fact("Made", quote(made)))
	if p.Pages > 0 { // its head says the rest
		return []Block{Facts{facts}}
	}
	facts = append(facts, fact("Form", say(fmt.Sprintf(p.in(sayPaperForm), p.Version, p.in(p.Author), p.Entry.Source, p.CheckedOn, p.ReviewBy))))
	return []Block{Para{say(p.About), Lead}, Facts{facts}}
}

// OnlyOf says whom alone the paper is about, and how much it has not because of that;
// empty where it is about everybody.
func (p *Paper) OnlyOf() string {
	if len(p.Ask.People) == 0 {
		return ""
	}
	return fmt.Sprintf(p.in(sayPaperOf), strings.Join(p.Of, ", "), p.Others[0], p.Others[1])
}

// Untold says to whoever makes the paper of how many terms it has no words, and how they
// come into it; empty where it has all.
func (p *Paper) Untold() string {
	if p.TermsApart == 0 {
		return ""
	}
	return agree(p.in(sayTermsApart), p.TermsApart)
}

// warnings say what is not in it.
func (p *Paper) warnings() (blocks []Block) {
	if p.Cut {
		blocks = append(blocks, para(sayPaperCut))
	}
	if p.KeptOut > 0 {
		said := agree(p.in(sayPaperKeptOut), p.KeptOut)
		if p.Whole {
			said = agree(p.in(sayPaperKeptFamily), p.KeptOut)
		}
		blocks = append(blocks, para(said))
	}
	return blocks
}

// stands says how far the paper is.
func (p *Paper) stands() string {
	n := map[string]int{}
	for _, i := range p.Items {
		n[i.State]++
	}
	s := fmt.Sprintf(p.in(sayPaperStands), len(p.Items)-n[StatePart]-n[StateUnanswered]-n[StateNotFor], len(p.Items), n[StatePart], n[StateUnanswered], n[StateNotFor])
	switch {
	case len(p.Needs) == 0:
		return s
	case p.Complete:
		return s + " " + fmt.Sprintf(p.in(sayPaperComplete), strings.Join(p.Needs, ", "))
	}
	return s + " " + fmt.Sprintf(p.in(sayPaperIncomplete), strings.Join(p.Needs, ", "))
}

// list is where each item stands, and on which page.
func (p *Paper) list() Table {
	t := table("", Col{p.numbered(), 0.8}, Col{"Item", 5}, Col{factPaperState, 3}, Col{factPaperOwner, 1.6}, Col{factPaperDue, 1.6}, Col{titlePage, 0.8})
	var rows []Line
	for _, i := range p.Items {
		state := say(i.State)
		if i.Reason != "" {
			state = append(state, quote(": "+i.Reason)...)
		}
		rows = append(rows, line("", []Run{link(i.ID, itemAt(i.ID))}, say(i.Title), state, quote(i.Owner), say(i.Due), []Run{{PageOf: itemAt(i.ID)}}))
	}
	t.Rows = lines(rows)
	return t
}

// WritePDF lays the paper out.
func (p *Paper) WritePDF(ctx context.Context, w io.Writer) (pages int, err error) {
	out := &paper{ctx: ctx, b: p.b, alone: map[string]bool{"paper": true, "stands": true}}
	for _, i := range p.Items {
		out.alone[itemAt(i.ID)] = true
	}
	title := p.Title
	if !p.Bare && !p.Unnamed {
		title += " " + p.Case
	}
	return out.print(w, pdf.Options{Title: title}, []Section{p.Section()})
}

// numbered is the title of the column of numbers. “No.” is an answer of the law too,
// which has other words in Welsh.
func (p *Paper) numbered() string {
	if p.words.Has("Number") {
		return p.in("Number")
	}
	return "No."
}

// columns are the titles of the table that WriteCSV writes.
func (p *Paper) columns() []string {
	all := []string{p.numbered(), "Item", "State", "Reason", "Owner", "Due", "Held", "Content", "Form", "Version"}
	for i, title := range all {
		all[i] = p.in(title)
	}
	return all
}

// WriteCSV writes where each item stands, a line each.
func (p *Paper) WriteCSV(ctx context.Context, w io.Writer) error {
	s, err := newSheet(w, p.columns()...)
	if err != nil {
		return err
	}
	for _, i := range p.Items {
		content, err := i.Text(ctx)
		if err != nil {
			return err
		}
		if err := s.row(i.ID, i.Title, p.in(i.State), i.Reason, i.Owner, i.Due, fmt.Sprint(i.Held), content, p.ID, p.Version); err != nil {
			return err
		}
	}
	return s.close()
}

// Text is what stands in an item, as plain text.
func (i PaperItem) Text(ctx context.Context) (string, error) {
	var content strings.Builder
	err := writeBlocks(ctx, &content, i.Blocks)
	return strings.TrimSpace(content.String()), err
}

// WriteText writes the paper as plain text.
func (p *Paper) WriteText(ctx context.Context, w io.Writer) error {
	if _, err := fmt.Fprintln(w, p.head()); err != nil {
		return err
	}
	return writeSection(ctx, w, p.Section())
}

func writeSection(ctx context.Context, w io.Writer, s Section) error {
	if _, err := fmt.Fprintf(w, "\n%s\n", s.Title); err != nil {
		return err
	}
	if err := writeBlocks(ctx, w, s.Blocks); err != nil || s.Parts == nil {
		return err
	}
	for part, err := range s.Parts(ctx) {
		if err != nil {
			return err
		}
		if err := writeSection(ctx, w, part); err != nil {
			return err
		}
	}
	return nil
}

// writeBlocks writes blocks of words, facts and tables as plain text.
func writeBlocks(ctx context.Context, w io.Writer, blocks []Block) error {
	put := func(indent, name string, value []Run) error {
		text := strings.ReplaceAll(textOf(value), "\n", "\n"+indent+"  ")
		if name != "" {
			text = name + ": " + text
		}
		_, err := fmt.Fprintln(w, indent+text)
		return err
	}
	for _, b := range blocks {
		var err error
		switch b := b.(type) {
		case Para:
			err = put("  ", "", b.Runs)
		case Bullets:
			for _, item := range b.Items {
				if err == nil {
					err = put("  - ", "", item)
				}
			}
		case Facts:
			for _, f := range b.List {
				if err == nil {
					err = put("  ", f.Name, f.Value)
				}
			}
		case Table:
			err = writeRows(ctx, w, b)
		default:
			err = fmt.Errorf("block %T: plain text cannot show it", b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the rows of a table below its title, each with the titles of its
// columns.
func writeRows(ctx context.Context, w io.Writer, t Table) error {
	indent := "  "
	if t.Title != "" {
		if _, err := fmt.Fprintln(w, indent+t.Title); err != nil {
			return err
		}
		indent += "  "
	}
	for l, err := range t.Rows(ctx) {
		if err != nil {
			return err
		}
		var cells []string
		for i, c := range l.Cells {
			text := textOf(c)
			switch {
			case text == "":
			case i == 0 || t.Cols[i].Title == "":
				cells = append(cells, strings.ReplaceAll(text, "\n", "\n  "+indent))
			default:
				cells = append(cells, t.Cols[i].Title+": "+strings.ReplaceAll(text, "\n", "\n    "+indent))
			}
		}
		if _, err := fmt.Fprintln(w, indent+strings.Join(cells, "\n  "+indent)); err != nil {
			return err
		}
	}
	return nil
}

// flat are blocks as lines of a text.
func flat(blocks []Block) (runs []Run) {
	add := func(line []Run) {
		if len(runs) > 0 {
			runs = append(runs, Run{Text: "\n"})
		}
		runs = append(runs, line...)
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case Para:
			add(b.Runs)
		case Facts:
			var all []Run
			for i, f := range b.List {
				if i > 0 {
					all = append(all, Run{Text: "; "})
				}
				all = append(append(all, Run{Text: f.Name + ": "}), f.Value...)
			}
			add(all)
		case Table:
			if b.Title != "" {
				add(say(b.Title))
			}
			for l, err := range b.Rows(context.Background()) { // of lines that are held: it cannot fail
				if err == nil {
					add(flatLine(b, l))
				}
			}
		}
	}
	return runs
}

// flatLine is a line of a table as a line of a text.
func flatLine(t Table, l Line) (runs []Run) {
	for i, c := range l.Cells {
		if textOf(c) == "" {
			continue
		}
		if len(runs) > 0 {
			short, _, _ := strings.Cut(t.Cols[i].Title, ":")
			runs = append(runs, Run{Text: "; " + strings.ToLower(short) + ": "})
		}
		for _, r := range c {
			r.Text = strings.ReplaceAll(r.Text, "\n", ", ")
			runs = append(runs, r)
		}
	}
	return runs
}

// textOf is the text of runs without numbers of pages.
func textOf(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// ActionPaper is the journal's word for handing a paper over.
const ActionPaper evidence.Action = "paper"

type paperSubject struct {
	Paper string `json:"paper"`
}

type paperDetail struct {
	Version   string        `json:"version"`
	Purpose   string        `json:"purpose"`
	Recipient string        `json:"recipient"`
	Private   bool          `json:"private,omitempty"`
	People    []int64       `json:"people,omitempty"`   // whom alone it is about
	Language  string        `json:"language,omitempty"` // of our words in it; empty: English
	Fields    []string      `json:"fields"`
	Events    []timeline.ID `json:"events"`
	SHA256    string        `json:"sha256"` // of what was written
}

// RecordPaper notes in the journal that a paper was written: which fields and which
// events were in it, what for and for whom, and the sum of the file.
func RecordPaper(ctx context.Context, c *evidence.Case, p *Paper, written []byte) error {
	fields, err := PaperFields(p.Paper, p.Ask.Private)
	if err != nil {
		return err
	}
	var names []string
	for _, f := range fields {
		if f.Included {
			names = append(names, f.Section+"/"+f.From+"."+f.Field)
		}
	}
	sum := sha256.Sum256(written)
	_, err = c.Record(ctx, ActionPaper, paperSubject{p.ID}, paperDetail{p.Version, p.Ask.Purpose, p.Ask.Recipient, p.Ask.Private, p.Ask.People, p.Ask.Language, names, p.Used, hex.EncodeToString(sum[:])})
	if err != nil {
		return fmt.Errorf("paper %s: %w", p.ID, err)
	}
	return nil
}
