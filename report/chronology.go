package report

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daybook/timeline"
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
	t := table("", Col{"No.", 1}, Col{b.timeTitle(), 3.7}, Col{"What happened", 7.2}, Col{titleMarks, 2.7}, Col{"Exhibit, place in it", 2.4})
	t.Timed = true
	t.Count = b.last() - b.first() + 1
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.Walk(ctx, b.first(), b.last()), b.chronologyLine)
	}
	if b.Usual == "" {
		return []Block{t}
	}
	return []Block{b.usualZone(), t}
}

// usualZone says once where the zones come from beside which nothing is said.
func (b *Bundle) usualZone() Para {
	return Para{Runs: []Run{{Text: fmt.Sprintf(sayUsualZone, b.Usual) + " "}, link(titleHow, "how"), onPage("how")}}
}

// timeTitle is the title of the column of times, which stands on every page.
func (b *Bundle) timeTitle() string {
	if b.Usual == "" {
		return wordDateTime
	}
	return wordDateTime + "\n" + fmt.Sprintf(sayUsualHead, b.Usual)
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
	return line(rowAnchor(r.Number), no, r.Time.runs(r.Time.brief()), append(r.head(), r.body(rowText)...), r.behaviour(), b.source(r))
}

// runs are a time on the wall, its zone as it is given here, and UTC.
func (t Time) runs(zone string) []Run {
	below := zone
	if utc := t.shortUTC(); utc != "" {
		between := "\n"
		if zone == t.brief() && zone != t.zone() {
			between = ", " // it is short enough for one line
		}
		below += between + fmt.Sprintf(sayUTC, utc)
	}
	return []Run{{Text: t.Local, Bold: true}, {Text: "\n" + below}}
}

// head is what a row is, from whom, to whom or with whom, and in which conversation.
func (r Row) head() []Run {
	runs := []Run{{Text: r.Kind, Bold: true}}
	if r.Incident > 0 {
		runs[0].Text += " " + strconv.Itoa(r.Incident)
	}
	if r.About != "" {
		runs = append(runs, Run{Text: " " + wordAbout + " "}, Run{Text: r.About, Evidence: true})
	}
	if r.Author != "" {
		runs = append(runs, Run{Text: ", " + wordAuthor + " "}, Run{Text: r.Author, Evidence: true})
	}
	if r.From != "" {
		runs = append(runs, Run{Text: " " + wordFrom + " "}, Run{Text: r.From, Evidence: true})
	}
	if r.To != "" {
		towards := wordTo
		if r.With {
			towards = wordWith
		}
		runs = append(runs, Run{Text: " " + towards + " "}, Run{Text: r.To, Evidence: true})
	}
	if r.Thread != "" && r.Thread != sayAddress && !strings.Contains(r.From+"\n"+r.To+"\n"+r.About, r.Thread) {
		runs = append(runs, Run{Text: ", " + wordIn + " “"}, Run{Text: r.Thread, Evidence: true}, Run{Text: "”"})
	}
	return runs
}

// doer is whom a row is from, or whom an incident is about.
func (r Row) doer() []Run {
	switch {
	case r.About != "":
		return []Run{{Text: wordAbout + " "}, {Text: r.About, Evidence: true}}
	case r.From != "":
		return []Run{{Text: wordFrom + " "}, {Text: r.From, Evidence: true}}
	}
	return nil
}

// under puts below some words who a row is from, or about, where that is
// known.
func (r Row) under(words []Run) []Run {
	who := r.doer()
	switch {
	case who == nil:
		return words
	case plain(words) == "":
		return who
	}
	return slices.Concat(words, []Run{{Text: "\n"}}, who)
}

// remarks are facts in which the program says something of a row, and its source does not.
var remarks = []string{wordOtherTime, wordClockShowed, wordCorrection, factMayBe, factAlso, factElsewhere, factIssued, factSeen, factDiffers}

// inBody is a fact as it stands among the words of a row: its name, and the whole of a
// remark, can be told from them.
func (f Fact) inBody() []Run {
	runs := append([]Run{{Text: f.Name + ": "}}, f.Value...)
	for i := range runs {
		runs[i].Soft = i == 0 || slices.Contains(remarks, f.Name)
	}
	return runs
}

// body is what a row says: its words, further facts, files, place, and what a
// reader must know.
func (r Row) body(limit int) []Run {
	var runs []Run
	add := func(more ...Run) { runs = append(append(runs, Run{Text: "\n"}), more...) }
	facts := func(heading bool) {
		for _, f := range r.Facts {
			if f.Name == factHidden { // as much as a page shows
				f.Value = quote(cut(plain(f.Value), limit))
			}
			if (f.Name == factSubject) == heading {
				add(f.inBody()...)
			}
		}
	}
	facts(true)
	if r.Text != "" {
		add(Run{Text: cut(r.Text, limit), Evidence: true})
	}
	facts(false)
	for _, f := range r.Files {
		add(append([]Run{{Text: "File: ", Soft: true}}, f.runs()...)...)
	}
	if r.Place != "" {
		add(Run{Text: "Place: ", Soft: true}, Run{Text: r.Place, Evidence: true})
	}
	for _, n := range r.Notes {
		add(Run{Text: "Note: ", Soft: true}, Run{Text: n, Evidence: true})
	}
	for _, f := range r.Flags {
		add(Run{Text: f, Soft: true})
	}
	if r.Versions > 0 {
		to := diaryAnchor(r.Number)
		add(Run{Text: fmt.Sprintf(sayCorrected, r.Versions), Soft: true}, link(sayEarlierPage, to), onPage(to))
	}
	if r.Remark != "" {
		add(Run{Text: fmt.Sprintf(sayMarkedOut, r.Remark), Soft: true, Evidence: true})
	}
	return runs
}

// runs are a file's name, and beside it, in the direction of the page, the label that
// leads to its exhibit, or why it is missing.
func (f File) runs() []Run {
	runs := append(quote(f.Name), say(f.beside())...)
	if f.Label != "" && f.Note == "" {
		runs = append(quote(f.Name), Run{Text: " "}, Run{Text: "(" + f.Label + ")", Link: itemAnchor(f.Item)})
	}
	return runs
}

// behaviour is what a person called the row: the behaviours in words, and tags of
// their own.
func (r Row) behaviour() []Run {
	return quote(strings.Join(r.marks(), ", "))
}

// marks are the behaviours and the tags of a row, one by one.
func (r Row) marks() []string {
	all := r.behaviours()
	for _, t := range r.Tags {
		if t == timeline.OwnAct {
			all = append(all, sayOwnAct)
			continue
		}
		all = append(all, strings.ReplaceAll(t, "_", " "))
	}
	return all
}

// behaviours are the codes of the row in words.
func (r Row) behaviours() []string {
	all := make([]string, len(r.Codes))
	for i, c := range r.Codes {
		all[i] = cmp.Or(r.packWords[c], timeline.BehaviourWords(c))
	}
	return all
}

// source leads to the exhibit, or to the part of the diary, that a row comes
// from, and says where in it.
func (b *Bundle) source(r Row) []Run {
	if r.Item == 0 {
		to := b.pinpoint(r)
		return []Run{link(wordDiary, to), onPage(to), {Text: "\n" + fmt.Sprintf(sayEntry, r.Entry)}}
	}
	return []Run{link(r.Label, itemAnchor(r.Item)), onPage(b.pinpoint(r)), {Text: "\n"}, {Text: r.Record, Evidence: true}}
}

// pinpoint is where a row stands in the document outside the chronology: in the diary, on
// its line of a transcript, or with the cover of its exhibit.
func (b *Bundle) pinpoint(r Row) string {
	if r.Item == 0 {
		return diaryAnchor(r.Number)
	}
	if i, ok := b.byItem[r.Item]; ok && r.Number <= b.lines[i] {
		return lineAnchor(r.Number)
	}
	return itemAnchor(r.Item)
}

// known is what a reader of a row must know; of one that was corrected with where its
// earlier versions are.
func (r Row) known(earlier string) []string {
	if r.Versions == 0 {
		return r.Flags
	}
	return append(slices.Clip(r.Flags), fmt.Sprintf(sayCorrected, r.Versions)+earlier)
}

// diary are the rows that a person wrote down, each whole: entries of registers, and
// incidents, of which the case has so many.
func (b *Bundle) diary(rows []int, incidents int) func(context.Context) iter.Seq2[Section, error] {
	if len(rows) == 0 {
		return nil
	}
	return func(ctx context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for r, err := range b.rowsAt(ctx, rows) {
				title := fmt.Sprintf(sayRegisterEntry, r.Register, r.Time.Local)
				if r.Register == "" {
					title = fmt.Sprintf(sayIncidentOf, r.Incident, incidents, r.Time.Local)
				}
				if !yield(r.diaryPart(title), err) || err != nil {
					return
				}
			}
		}
	}
}

// diaryPart is a row that a person wrote down, whole.
func (r Row) diaryPart(title string) Section {
	facts := []Fact{
		fact("Row of the chronology", []Run{link(strconv.Itoa(r.Number), rowAnchor(r.Number))}),
		fact("Happened", r.Time.runs(r.Time.zone())),
		fact("Record", say(r.Record)),
	}
	facts = maybe(facts, factWho, r.About)
	for _, f := range r.Files {
		facts = append(facts, fact("File", f.runs()))
	}
	facts = maybe(facts, factPlace, r.Place)
	if known := r.known(sayEarlierBelow); len(known) > 0 {
		facts = append(facts, fact("To be known", say(strings.Join(known, "; "))))
	}
	facts = slices.Concat(facts, r.Detail, r.Earlier)
	return Section{
		Title: title, Anchor: diaryAnchor(r.Number),
		Blocks: []Block{Para{Runs: quote(r.Text)}, Facts{facts}},
	}
}
