package report

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// How much of a text is printed in a row of the chronology, and in a
// transcript. A longer one goes on in the exhibit.
const (
	rowText        = 700
	transcriptText = 20_000
)

// cut shortens a text to so many characters and says so.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + " […]"
}

// chronology is the table that the bundle is about: one line for each row,
// with links to the exhibit it comes from.
func (b *Bundle) chronology() []Block {
	if b.Rows == 0 {
		return []Block{para(sayNoRows)}
	}
	t := table("", Col{"No.", 1}, Col{"Date and time", 3.9}, Col{"What happened", 8}, Col{"Behaviour", 1.8}, Col{"Exhibit", 2.3})
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.Walk(ctx, 1, b.Rows), b.chronologyLine)
	}
	return []Block{t}
}

// each turns what is walked into something else, one by one.
func each[A, B any](seq iter.Seq2[A, error], turn func(A) B) iter.Seq2[B, error] {
	return func(yield func(B, error) bool) {
		for a, err := range seq {
			if err != nil {
				var none B
				yield(none, err)
				return
			}
			if !yield(turn(a), nil) {
				return
			}
		}
	}
}

func (b *Bundle) chronologyLine(r Row) Line {
	no := []Run{{Text: strconv.Itoa(r.Number), Bold: true}}
	if r.LeftOut != "" {
		return line(rowAnchor(r.Number), no, nil, []Run{{Text: fmt.Sprintf(sayRowLeftOut, r.LeftOut), Evidence: true}}, nil, nil)
	}
	return line(rowAnchor(r.Number), no, r.timeRuns(), append(r.head(), r.body(rowText)...), r.behaviour(), r.source())
}

// timeRuns is a row's time on the wall, its zone and UTC.
func (r Row) timeRuns() []Run {
	runs := []Run{{Text: r.Time.Local, Bold: true}, {Text: "\n" + r.Time.zone()}}
	if utc := r.Time.shortUTC(); utc != "" {
		runs = append(runs, Run{Text: "\n" + fmt.Sprintf(sayUTC, utc)})
	}
	return runs
}

// head is what a row is, from whom and to whom.
func (r Row) head() []Run {
	runs := []Run{{Text: r.Kind, Bold: true}}
	if r.From != "" {
		runs = append(runs, Run{Text: " "}, Run{Text: r.From, Evidence: true})
	}
	if r.To != "" {
		runs = append(runs, Run{Text: " → "}, Run{Text: r.To, Evidence: true})
	}
	if r.Thread != "" && !strings.Contains(r.From+"\n"+r.To, r.Thread) {
		runs = append(runs, Run{Text: " ("}, Run{Text: r.Thread, Evidence: true}, Run{Text: ")"})
	}
	return runs
}

// body is what a row says: its words, further facts, files, place, and what a
// reader must know.
func (r Row) body(limit int) []Run {
	var runs []Run
	add := func(more ...Run) { runs = append(append(runs, Run{Text: "\n"}), more...) }
	if r.Text != "" {
		add(Run{Text: cut(r.Text, limit), Evidence: true})
	}
	for _, f := range r.Facts {
		add(append([]Run{{Text: f.Name + ": "}}, f.Value...)...)
	}
	for _, f := range r.Files {
		add(f.run())
	}
	if r.Place != "" {
		add(Run{Text: r.Place, Evidence: true})
	}
	for _, n := range r.Notes {
		add(Run{Text: "Note: "}, Run{Text: n, Evidence: true})
	}
	for _, f := range r.Flags {
		add(Run{Text: f})
	}
	if r.Remark != "" {
		add(Run{Text: fmt.Sprintf(sayMarkedOut, r.Remark), Evidence: true})
	}
	return runs
}

func (f File) run() Run {
	run := Run{Text: f.line(), Evidence: true}
	if f.Label != "" {
		run.Link = itemAnchor(f.Item)
	}
	return run
}

func (r Row) behaviour() []Run { return quote(strings.Join(append(r.Codes, r.Tags...), ", ")) }

// source leads to the exhibit, or to the part of the diary, that a row comes
// from, and says where in it.
func (r Row) source() []Run {
	if r.Item == 0 {
		to := diaryAnchor(r.Number)
		return []Run{link(wordDiary, to), {Text: ", p. ", PageOf: to}, {Text: "\n" + r.Record}}
	}
	to := itemAnchor(r.Item)
	return []Run{link(r.Label, to), {Text: ", p. ", PageOf: to}, {Text: "\n"}, {Text: r.Record, Evidence: true}}
}

// diary are the rows that a person wrote down, each whole.
func (b *Bundle) diary(rows []int) func(context.Context) iter.Seq2[Section, error] {
	return func(ctx context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for _, n := range rows {
				for r, err := range b.Walk(ctx, n, n) {
					if !yield(r.diaryPart(), err) || err != nil {
						return
					}
				}
			}
		}
	}
}

func (r Row) diaryPart() Section {
	facts := []Fact{
		fact("Row", []Run{link(strconv.Itoa(r.Number), rowAnchor(r.Number))}),
		fact("Happened", r.timeRuns()),
		fact("Record", say(r.Record)),
	}
	for _, f := range r.Files {
		facts = append(facts, fact("File", []Run{f.run()}))
	}
	facts = append(maybe(facts, "Place", r.Place), r.Detail...)
	return Section{
		Title: fmt.Sprintf("%d, %s", r.Number, r.Time.Local), Anchor: diaryAnchor(r.Number),
		Blocks: []Block{Para{Runs: quote(r.Text)}, Facts{facts}},
	}
}
