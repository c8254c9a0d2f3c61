package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/report"
)

// Planned is a bundle that was planned to be looked at, in ready strings.
type Planned struct {
	Summary  string // "412 rows, 14 exhibits"
	Exhibits []ExhibitLine
	Shows    []string // what the other side can read in a served pack
	Files    []string // the whole files in it, by label and name
	LeftOut  []string // what is left out, with how much and why
	Warnings []Warning
	Sections []SectionLine

	bundle *report.Bundle
	pages  int // of the document, once it was laid out
}

// ExhibitLine is an exhibit as the list of them shows it.
type ExhibitLine struct {
	Item  int64
	Label string
	Title string
	Rows  string // "12 rows"
	Out   string // why its file is not in this pack; may be empty
}

// Warning is something to know before a bundle is handed over.
type Warning struct {
	Text  string
	Names []string // which files or people it is about, so many as fit
}

// Plan plans a bundle to be looked at: it changes nothing in the case.
func (d *Desk) Plan(ctx context.Context, h Handover, progress evidence.Progress) (*Planned, error) {
	b, err := d.plan(ctx, h, true, progress)
	if err != nil {
		return nil, err
	}
	all := b
	if h.Served && len(h.Without) > 0 { // what is left out stays in the list, to be taken in again
		whole := h
		whole.Without = nil
		if all, err = d.plan(ctx, whole, true, progress); err != nil {
			return nil, err
		}
	}
	p := &Planned{Summary: packed(b), bundle: b, LeftOut: leftOut(b), Warnings: warnings(b)}
	for _, e := range all.Exhibits {
		p.Exhibits = append(p.Exhibits, ExhibitLine{e.Item, e.Label, oneLine(e.Title), count(e.Rows.Len(), "row"), e.Withheld})
	}
	for _, s := range b.Told.Shows {
		p.Shows = append(p.Shows, thousands(s.N)+" "+s.Of())
	}
	if h.Served {
		for _, e := range b.Files() {
			p.Files = append(p.Files, e.Label+" "+oneLine(e.Name))
		}
	}
	p.Sections = sections(b)
	return p, nil
}

// leftOut says what is not in the pack, and why.
func leftOut(b *report.Bundle) (list []string) {
	for _, l := range b.Told.Left {
		list = append(list, fmt.Sprintf("%s: %s", count(l.Rows, "row"), l.Reason))
	}
	for _, k := range b.Told.Kept {
		list = append(list, keptOut(k))
	}
	n := map[string]int{}
	var reasons []string
	for _, e := range b.Exhibits {
		if e.Withheld == "" {
			continue
		}
		if n[e.Withheld]++; n[e.Withheld] == 1 {
			reasons = append(reasons, e.Withheld)
		}
	}
	for _, r := range reasons {
		list = append(list, fmt.Sprintf("%s without the file: %s", count(n[r], "exhibit"), r))
	}
	return list
}

// keptOut says which words are kept out, and of how many rows.
func keptOut(k report.Kept) string {
	if !strings.HasPrefix(k.Mark, "[") { // what a detail is, of which the rows say that it is withheld
		return fmt.Sprintf("Not shown in %s: %s; each of them says so", count(k.Rows, "row"), k.Mark)
	}
	if len(k.Words) == 0 {
		return fmt.Sprintf("Kept out: parts of %s; in their place stands %s", count(k.Rows, "row"), k.Mark)
	}
	var named []string
	for _, w := range k.Words {
		named = append(named, "“"+oneLine(w)+"”")
	}
	words := strings.Join(named, ", ")
	if k.Passages > 0 {
		return fmt.Sprintf("Kept out: %s wherever it stands, and %s marked in single rows or files; in the place of either, in %s, stands %s", words, count(k.Passages, "passage"), count(k.Rows, "row"), k.Mark)
	}
	if k.Rows == 0 {
		return fmt.Sprintf("Kept out wherever it stands: %s; it stands in no row", words)
	}
	return fmt.Sprintf("Kept out wherever it stands: %s; in its place, in %s, stands %s", words, count(k.Rows, "row"), k.Mark)
}

// namesShown is how many files or people a warning names.
const namesShown = 5

func warning(names []string, format string, a ...any) Warning {
	w := Warning{Text: fmt.Sprintf(format, a...)}
	for i, n := range names {
		if i == namesShown {
			w.Names = append(w.Names, fmt.Sprintf("and %s more", thousands(len(names)-i)))
			break
		}
		w.Names = append(w.Names, oneLine(n))
	}
	return w
}

// warnings says in plain words what a reader may miss, or ask about.
func warnings(b *report.Bundle) (list []Warning) {
	t := b.Told
	if n := len(t.Asked); n > 0 {
		list = append(list, warning(namesOf(t.Asked), "%s not read, because a question about it waits under “Add evidence”. Answer it first.", isOrAre(n, "file")))
	}
	if n := len(t.Unread); n > 0 {
		list = append(list, warning(namesOf(t.Unread), "%s not read, or not to the end. The bundle says so.", isOrAre(n, "file")))
	}
	if t.Unknown > 0 {
		list = append(list, warning(nil, "%s of a sort that nothing here reads. They are kept in the case and are not in the rows.", isOrAre(t.Unknown, "file")))
	}
	if t.Skipped > 0 {
		list = append(list, warning(nil, "%s seen in the files and could not be made into a row. The bundle says so.", wasOrWere(t.Skipped, "line")))
	}
	if t.Missing > 0 {
		list = append(list, warning(nil, "%s named in a message and not there. The rows say so. Perhaps the export was made without media.", isOrAre(t.Missing, "file")))
	}
	if t.Assumed > 0 {
		list = append(list, warning(nil, "In %s the time zone was assumed, because the file names none; each says so.", count(t.Assumed, "row")))
	}
	if n := len(t.Nowhere); n > 0 {
		list = append(list, warning(t.Nowhere, "%s in no row and in no file's name. Look at how each is spelt: what is spelt in another way is not kept out.", verb(n, "protected word", "stands", "stand")))
	}
	if n := len(t.Contradicted); n > 0 {
		list = append(list, warning(t.Contradicted, "The pack is to show the numbers of %s, and one of these is among the words that are kept out. It is not shown. Take one of the two back.", count(n, "person")))
	}
	if n := len(t.Unseen); n > 0 {
		list = append(list, warning(t.Unseen, "%s pages on which words may stand that nobody sees, as under a box, and that can be copied. A full pack has them as they are; a served pack leaves them out.", verb(n, "PDF", "has", "have")))
	}
	if n := len(t.Silent); n > 0 {
		list = append(list, warning(t.Silent, "%s pages whose letters no program can read, as those of a scan. Look through them for what the other side must not see.", verb(n, "PDF", "has", "have")))
	}
	if n := len(t.Holding); n > 0 {
		list = append(list, warning(t.Holding, "%s a word that is kept out, at the place that is named here, and neither it nor its pages are in the pack. Of a PDF the pages are shown once the word is painted over.", verb(n, "file", "holds", "hold")))
	}
	if n := len(t.Closed); n > 0 {
		list = append(list, warning(t.Closed, "%s in the pack without the journal's entry of its adding, which holds something that is kept out, as a word in the name of the file. The pack can be checked as it is; no excerpt of it can show such a file alone. Where you must show it alone, take the excerpt from a full pack.", isOrAre(n, "file")))
	}
	if n := len(t.Alike); n > 0 {
		list = append(list, warning(t.Alike, "%s like another name and may be somebody else's. Look under “People”.", looksOrLook(n, "name")))
	}
	return list
}

func namesOf(list []report.Untold) (names []string) {
	for _, u := range list {
		name := u.Name[strings.LastIndexByte(u.Name, '/')+1:]
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// verb is a count with its verb: "1 file is", "2 files are".
func verb(n int, of, one, many string) string {
	if n == 1 {
		return count(n, of) + " " + one
	}
	return count(n, of) + " " + many
}

func isOrAre(n int, of string) string     { return verb(n, of, "is", "are") }
func wasOrWere(n int, of string) string   { return verb(n, of, "was", "were") }
func looksOrLook(n int, of string) string { return verb(n, of, "looks", "look") }

// SectionLine is a section of the document.
type SectionLine struct {
	Title string
	Place int // among the sections
}

func sections(b *report.Bundle) (list []SectionLine) {
	for i, s := range b.Sections {
		list = append(list, SectionLine{oneLine(s.Title), i})
	}
	return list
}

// PageLine is one line of a section as it will read.
type PageLine struct {
	Text string
	Head bool // a title in it
	Mono bool
}

// linesShown is how many rows of a table are shown in an outline.
const linesShown = 40

// Section gives the beginning of a section as it will read.
func (p *Planned) Section(ctx context.Context, place int) ([]PageLine, error) {
	s := p.bundle.Sections[place]
	lines, err := outline(ctx, s.Blocks)
	if err != nil || s.Parts == nil {
		return lines, err
	}
	n := 0
	for part, err := range s.Parts(ctx) {
		if err != nil {
			return nil, err
		}
		if n++; n > linesShown {
			return append(lines, PageLine{Text: "…"}), nil
		}
		inside, err := outline(ctx, part.Blocks)
		if err != nil {
			return nil, err
		}
		lines = append(append(lines, PageLine{Text: oneLine(part.Title), Head: true}), inside...)
	}
	return lines, nil
}

func outline(ctx context.Context, blocks []report.Block) (lines []PageLine, err error) {
	add := func(head bool, text string) {
		if text != "" {
			text, _ = Visible(text, nil)
			lines = append(lines, PageLine{Text: text, Head: head})
		}
	}
	for _, block := range blocks {
		switch b := block.(type) {
		case report.Para:
			add(b.Look == report.Title, words(b.Runs))
		case report.Bullets:
			for _, item := range b.Items {
				add(false, "– "+words(item))
			}
		case report.Facts:
			for _, f := range b.List {
				add(false, f.Name+": "+words(f.Value))
			}
		case report.Commands:
			lines = append(lines, PageLine{Text: b.Text, Mono: true})
		case report.Picture:
			add(false, "[A picture]")
		case report.Excerpt:
			add(false, "[The beginning of the file]")
		case report.QR:
			add(false, "[A code to photograph]")
		case report.Table:
			add(true, b.Title)
			more, err := rowsOf(ctx, b)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
		}
	}
	return lines, nil
}

func rowsOf(ctx context.Context, t report.Table) (lines []PageLine, err error) {
	n := 0
	for l, err := range t.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if n++; n > linesShown {
			return append(lines, PageLine{Text: "…"}), nil
		}
		var cells []string
		for _, c := range l.Cells {
			if s := strings.TrimSpace(words(c)); s != "" {
				cells = append(cells, s)
			}
		}
		text, _ := Visible(strings.Join(cells, "\n"), nil)
		lines = append(lines, PageLine{Text: strings.ReplaceAll(text, "\n", "  ·  ")})
	}
	return lines, nil
}

// words is the text of runs; numbers of pages are known once it is laid out.
func words(runs []report.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return strings.TrimSuffix(b.String(), ", p. ")
}
