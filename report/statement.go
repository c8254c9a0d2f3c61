package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// statement is what one person wrote down, for an officer or a solicitor to take
// a statement from. Its words are theirs; ours are headings and numbers.
type statement struct {
	Author string
	Shown  string // the author, without what is protected
	Rows   []int  // incidents, in the order of the chronology
}

// statementFacts are the facts of an incident that a statement has: what the
// person saw, felt and did, and nothing that belongs on another sheet.
var statementFacts = []string{
	factExactWords, "", factHowKnown, factDescription, factAskedToStop, factFeelingThen, factFeelingAfter, factFeared, factFearedWhy, factChanged, factOwnReply, factPlace,
}

// The names of these facts.
const (
	factExactWords  = "Exact words"
	factHowKnown    = "How known"
	factDescription = "Description"
	factAskedToStop = "Had been asked to stop"
	factOwnReply    = "Own reply"
	factPlace       = "Place"
	factHappened    = "Happened"
	factWho         = "Who"
	factWitness     = "Witness"
)

// stated are the words and the facts of an incident as a statement has them. Others read
// a statement: what the person protected from them is in none, whatever the pack. Each
// field of it says so in its place, and of protected words and passages a mark with the
// reason, as in a served pack.
func (p *planner) stated(w timeline.Written, v timeline.Version) (what string, stated []Fact, err error) {
	v, _ = p.stating.version(w.ID, v)
	named := func(facts []Fact, name string) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool { return f.Name == name })
	}
	told := statementOf(withoutProtected(w, v), p.b.Zone)
	var facts []Fact
	for _, f := range statementOf(v, p.b.Zone) {
		switch {
		case named(told, f.Name):
			facts = append(facts, f)
		case !named(facts, f.Name):
			facts = append(facts, fact(f.Name, say(sayOnSheet)))
		}
	}
	if len(w.Versions) == 1 {
		return v.What, facts, nil
	}
	was, err := p.sinceFirst(w)
	return v.What, append(facts, fact(factCorrected, say(was))), err
}

// sinceFirst says when an incident was corrected and when it was written down first,
// with the time that it had then, and names what else has changed since.
func (p *planner) sinceFirst(w timeline.Written) (string, error) {
	first, v := w.First(), w.Current()
	said := stamp(v.Recorded) + "; " + fmt.Sprintf(sayStatedFirst, stamp(first.Recorded))
	was, err := p.fields(first)
	if err != nil {
		return "", err
	}
	now, err := p.fields(v)
	if err != nil {
		return "", err
	}
	names := changed(was, now)
	if i := slices.Index(names, factHappened); i >= 0 {
		names = slices.Delete(names, i, i+1)
		said += fmt.Sprintf(sayStatedTime, showTime(first.Occurred.Own(), p.b.Zone).zoned())
	}
	if len(names) > 0 {
		said += "; " + fmt.Sprintf(sayStatedChanged, strings.Join(names, ", "))
	}
	return said, nil
}

// statementOf are the facts of a version that a statement has. How to reach a witness
// goes on the sheet that the other side does not get.
func statementOf(v timeline.Version, zone *time.Location) []Fact {
	facts := pick(append(ownFacts(v), longFacts(v, zone)...), statementFacts)
	facts = maybe(maybe(facts, factWho, v.Who), factPlace, v.Place.Text)
	for _, w := range v.Witnesses {
		who := quote(join(w.Name, w.Relation, w.Saw))
		if w.Contact != "" {
			who = append(who, Run{Text: "; " + sayReached + " " + sayOnSheet})
		}
		facts = append(facts, fact(factWitness, who))
	}
	for _, r := range v.ReportedTo {
		facts = append(facts, fact(factReported, quote(join(r.To, r.How, r.When, r.Officer, r.Number, r.Crime))))
	}
	return facts
}

// withoutProtected is a version without what the person protected from the other side.
func withoutProtected(w timeline.Written, v timeline.Version) timeline.Version {
	for _, d := range Details() {
		if w.Protects(string(d)) {
			take(&v, d)
		}
	}
	return v
}

// statementRow notes an incident for the statement of whoever wrote it down.
func (p *planner) statementRow(author string, n int) {
	i := slices.IndexFunc(p.b.statements, func(s statement) bool { return s.Author == author })
	if i < 0 {
		i, p.b.statements = len(p.b.statements), append(p.b.statements, statement{Author: author, Shown: visible(p.stating.clean(author))})
	}
	p.b.statements[i].Rows = append(p.b.statements[i].Rows, n)
}

// statementParts are the draft statements one by one. The other side reads a
// statement when it is signed, and no draft: a served pack has none.
func (b *Bundle) statementParts() func(context.Context) iter.Seq2[Section, error] {
	if len(b.statements) == 0 || b.Pack == Served {
		return nil
	}
	return func(context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for i, s := range b.statements {
				if !yield(b.statement(s, i+1), nil) {
					return
				}
			}
		}
	}
}

// blank is a line to be written on.
var blank = strings.Repeat("_", 68)

// asked are fields that a person fills in by hand, with room to write.
func asked(names []string, lines int) (facts []Fact) {
	for _, n := range names {
		facts = append(facts, Fact{Name: n, Value: say(strings.Repeat("\n"+blank, lines)), Lines: lines})
	}
	return facts
}

// statement is one draft.
func (b *Bundle) statement(s statement, n int) Section {
	t := table("", Col{"No.", 0.8}, Col{wordDateTime, 2.8}, Col{"In the person's own words", 8}, Col{"Exhibits", 1.8})
	t.Timed = true
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		i := 0
		return each(b.rowsAt(ctx, s.Rows), func(r Row) Line {
			i++
			return r.stated(i)
		})
	}
	return Section{Title: fmt.Sprintf(titleStatementOf, s.Shown), Anchor: statementAnchor(n), Mark: markDraft, Blocks: []Block{
		Para{say(sayStatement), Lead},
		Facts{append([]Fact{fact("Statement of", quote(s.Shown))}, asked([]string{"Age, if under 18", "Occupation"}, 1)...)},
		Facts{append(asked([]string{"Declaration"}, 2), fact("", say(sayDeclaration)))},
		Facts{asked([]string{"Signature", "Date"}, 1)},
		para(sayTopicsBefore), Facts{asked(topicsBefore, 2)},
		para(sayIncidents), t,
		para(sayTopicsAfter), Facts{asked(topicsAfter, 2)},
		Facts{asked([]string{"Signature, after the last word", "Date", "Taken by"}, 1)},
		para(saySeparateSheet),
	}}
}

func statementAnchor(n int) string { return fmt.Sprintf("statement-%d", n) }

// stated is an incident as a numbered paragraph of a statement.
func (r Row) stated(n int) Line {
	words := quote(r.Said)
	if len(r.Stated) > 0 {
		words = append(append(words, Run{Text: "\n"}), factLines(r.Stated)...)
	}
	var exhibits []Run
	for _, f := range r.Files {
		if f.Label == "" {
			continue
		}
		if len(exhibits) > 0 {
			exhibits = append(exhibits, Run{Text: "\n"})
		}
		exhibits = append(exhibits, link(f.Label, itemAnchor(f.Item)))
	}
	return line("", say(strconv.Itoa(n)), r.Time.runs(r.Time.brief()), words, exhibits)
}

// ErrNoStatement means that nobody wrote an incident down.
var ErrNoStatement = errors.New(sayNoStatement)

// WriteStatements writes the draft statements as a paper of its own: the words
// that people wrote down themselves, in the order of their days.
func (b *Bundle) WriteStatements(ctx context.Context, w io.Writer) (pages int, err error) {
	parts := b.statementParts()
	if parts == nil {
		return 0, ErrNoStatement
	}
	var all []Section
	for s, err := range parts(ctx) {
		if err != nil {
			return 0, err
		}
		all = append(all, s)
	}
	return b.alone(ctx, w, titleStatement+" "+b.Case, nil, all...)
}

// Statements counts the draft statements: one for each person who wrote an
// incident down.
func (b *Bundle) Statements() int {
	if b.Pack == Served {
		return 0
	}
	return len(b.statements)
}
