package report

import (
	"context"
	"iter"

	"daybook/assets/papers"
	"daybook/assets/registers"
	"daybook/timeline"
)

// in is a text of ours in the language of the paper.
func (p *Paper) in(text string) string { return p.words.Say(text) }

func (f *filler) in(text string) string { return f.out.in(text) }

// notRead says, of a paper in another language, who has not read its words.
func (p *Paper) notRead() []Block {
	if p.words == nil {
		return nil
	}
	return []Block{para(sayPaperUnread)}
}

// choice is a field of an entry in the language of the paper where it is a choice of
// the register: what a person wrote stands as it was written.
func (f *filler) choice(v timeline.RegisteredVersion, field string) string {
	value := v.Fields[field]
	if r, err := f.x.Register(v.Kind); err == nil && isChoice(r, field) {
		return f.in(value)
	}
	return f.clean(value)
}

func isChoice(r registers.Register, field string) bool {
	of, ok := r.Field(field)
	return ok && len(of.Choices) > 0
}

// spoken are blocks with what we say in them in a language; what somebody else
// wrote stays as it is.
func spoken(w papers.Translation, blocks []Block) []Block {
	if w == nil {
		return blocks
	}
	said := make([]Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case Para:
			b.Runs = runsIn(w, b.Runs)
			said[i] = b
		case Bullets:
			items := make([][]Run, len(b.Items))
			for j, item := range b.Items {
				items[j] = runsIn(w, item)
			}
			said[i] = Bullets{items}
		case Facts:
			facts := make([]Fact, len(b.List))
			for j, f := range b.List {
				facts[j] = Fact{w.Say(f.Name), runsIn(w, f.Value), f.Lines}
			}
			said[i] = Facts{facts}
		case Table:
			said[i] = tableIn(w, b)
		default:
			said[i] = b
		}
	}
	return said
}

func tableIn(w papers.Translation, t Table) Table {
	cols := make([]Col, len(t.Cols))
	for i, c := range t.Cols {
		cols[i] = Col{w.Say(c.Title), c.Share}
	}
	rows := t.Rows
	t.Title, t.Cols = w.Say(t.Title), cols
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return func(yield func(Line, error) bool) {
			for l, err := range rows(ctx) {
				cells := make([][]Run, len(l.Cells))
				for i, c := range l.Cells {
					cells[i] = runsIn(w, c)
				}
				if l.Cells = cells; !yield(l, err) {
					return
				}
			}
		}
	}
	return t
}

func runsIn(w papers.Translation, runs []Run) []Run {
	said := make([]Run, len(runs))
	for i, r := range runs {
		if !r.Evidence {
			r.Text = w.Say(r.Text)
		}
		said[i] = r
	}
	return said
}

// Sentences of ours with what somebody wrote, a time or a number in them.
var (
	formsOfTime  = []string{sayAbout, sayBetween, sayBefore, sayAfter}
	formsOfPlace = []string{sayIssuedPage, sayIssued}
)

// formed is a sentence of one of some forms in a language, with what stands in it as
// it is.
func formed(w papers.Translation, text string, forms []string) string {
	said := w.Say(text)
	if w == nil || said != text {
		return said
	}
	for _, form := range forms {
		if said, ok := w.Form(form, text); ok {
			return said
		}
	}
	return text
}
