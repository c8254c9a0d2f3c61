package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/papers"
	"daybook/evidence"
	"daybook/report"
	"daybook/timeline"
)

const aboutPaper = `Fill a paper from the case: a referral check, a brief for an officer, a pack for a
school. What each has is fixed data, with its version and its source; what the case
does not hold is said to be missing, and nothing is made up or concluded.

  daybook-cli paper                                       what papers there are
  daybook-cli paper mycase.daybook pack-school --fields   every field that would be in it
  daybook-cli paper mycase.daybook officer-brief          prints it here
  daybook-cli paper mycase.daybook pack-school --purpose "keeping the gate" --recipient "the head" --out school.pdf
  daybook-cli paper mycase.daybook breach-pack --of 5be02c11 --purpose … --recipient … --out breach.pdf
  daybook-cli paper mycase.daybook pack-police --person "Tom Ash"   of what was done, his alone
  daybook-cli paper mycase.daybook spo-steps --purpose … --recipient … --csv steps.csv
  daybook-cli paper mycase.daybook feedback --language cy  the form's words in Welsh

What only a person can say is answered item by item, and kept in the register answer:

  daybook-cli paper mycase.daybook case --answer spoc --text "DS Hill"
  daybook-cli paper mycase.daybook referral --answer R17 --state "not applicable" --reason "no devices"
  daybook-cli paper mycase.daybook spo-summary --answer term --text "not to contact her" --event 1f0c22ab
  daybook-cli paper mycase.daybook spo-steps --answer S7 --state "under way" --owner "PC Vale" --due 2026-01-10

The record keeps of each paper that is written which fields and events were in it,
for which purpose and for whom. Private registers (support, assessments, wishes, a
safety plan) are in those papers alone that list them, and only with --private.
Briefs and packs for those who help leave out addresses: those of the withheld words, the
places of incidents, and the places that a term of an order names under "places" (register
order --term WORDS --places WHERE). Packs for an employer, a school and a landlord have the
words of a term only where its people and its places are both told apart (--people WHOM, or
none), with a mark in the place of both and of every postcode, plate, number and e-mail
address; of any other term they say that it is withheld. In a brief, and in packs for an
advocate and a conference, what else a term says stands as it was typed: keep a place in it
out with withhold, before the paper is written.`

type paperFlags struct {
	fields, private               bool
	out, csv, purpose, recipient  string
	of, language                  string
	item, text, state, reason, on string
	owner, due, clash             string
	events                        []string
	whom                          filterFlags
}

func (f *paperFlags) bind(cmd *cobra.Command) {
	s := cmd.Flags()
	s.BoolVar(&f.fields, "fields", false, "list every field that would be in it, and write nothing")
	s.BoolVar(&f.private, "private", false, "the private registers that this paper lists, too")
	s.StringVar(&f.out, "out", "", "the `FILE` to write, a PDF; it must be new")
	s.StringVar(&f.csv, "csv", "", "the `FILE` to write as a table, a line an item; it must be new")
	s.StringVar(&f.purpose, "purpose", "", "with --out or --csv: `WHAT` it is handed over for; the record keeps it")
	s.StringVar(&f.recipient, "recipient", "", "with --out or --csv: to `WHOM` it goes; the record keeps it")
	s.StringVar(&f.of, "of", "", "of a paper about one order or enquiry: its `EVENT`; register lists them")
	s.StringArrayVar(&f.whom.people, "person", nil, "of what was done, only what is from or to the person of this `NAME`, address, or number that people prints, or names them; the paper says so")
	s.StringVar(&f.language, "language", papers.English, "of the form's words: `LANGUAGE`, en or cy; what a person wrote stays as it is")
	s.StringVar(&f.item, "answer", "", "write the answer to this `ITEM` down")
	s.StringVar(&f.text, "text", "", "with --answer: the answer, in your own `WORDS`")
	s.StringVar(&f.state, "state", "", "with --answer: `STATE`: answered, not applicable, not started, under way, done")
	s.StringVar(&f.reason, "reason", "", "with --state \"not applicable\": `WHY`")
	s.StringVar(&f.owner, "owner", "", "with --answer: `WHO` does it")
	s.StringVar(&f.due, "due", "", "with --answer: the `DAY` on which it is due")
	s.StringVar(&f.clash, "clash", "", "with --answer term: whether the term clashes with work, faith or education, in `WORDS`")
	s.StringVar(&f.on, "on", "", "with --answer: the `DAY` on which it was answered (now, when left away)")
	s.StringArrayVar(&f.events, "event", nil, "with --answer: an `EVENT` that it rests on (can be repeated)")
}

func paperCommand(t *terminal) *cobra.Command {
	var f paperFlags
	cmd := &cobra.Command{
		Use: "paper [CASE NAME]", Short: "Fill a paper from the case: checks, briefs, packs for those who help", Args: noneOrTwo, Long: aboutPaper,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			words, err := papers.In(strings.ToLower(f.language))
			if err != nil {
				return use(fmt.Errorf("--language: %w", err))
			}
			if len(args) == 0 {
				return t.papers(words)
			}
			def, err := papers.Named(args[1])
			if err != nil {
				return use(err)
			}
			if f.fields {
				return t.paperFields(def, words, f.private)
			}
			if err := f.check(args[0]); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if f.item != "" {
				return t.answer(cmd.Context(), x, def, &f)
			}
			return t.paper(cmd.Context(), c, x, def, &f)
		},
	}
	f.bind(cmd)
	return cmd
}

func (f *paperFlags) check(dir string) error {
	for _, id := range append([]string{f.of}, f.events...) {
		if id != "" && !anID.MatchString(id) {
			return fmt.Errorf("event %q: %s", id, wantID)
		}
	}
	for _, out := range []string{f.out, f.csv} {
		if out == "" {
			continue
		}
		if strings.TrimSpace(f.purpose) == "" || strings.TrimSpace(f.recipient) == "" {
			return errors.New("--purpose and --recipient: say what it is handed over for, and to whom; the record keeps it")
		}
		if err := outside(dir, out); err != nil {
			return err
		}
	}
	return nil
}

// papers lists the papers.
func (t *terminal) papers(words papers.Translation) error {
	all, err := papers.All()
	if err != nil {
		return err
	}
	for i := range all {
		all[i] = all[i].In(words)
	}
	return each(t, all, func(p papers.Paper) {
		fmt.Fprintf(t.out, "%-16s  %s. %s %s.\n%18s%s\n", p.ID, p.Title, words.Say("For"), p.For, "", p.About)
		for _, w := range p.Warnings(time.Now()) {
			t.say("%s: %s", p.ID, w)
		}
	})
}

// paperFields says what would be in a paper, before it is made.
func (t *terminal) paperFields(p papers.Paper, words papers.Translation, private bool) error {
	all, err := report.PaperFields(p, private)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Label = words.Say(all[i].Label)
	}
	return each(t, all, func(f report.PaperField) {
		fmt.Fprintf(t.out, "%-16s  %-20s  %s%s\n", f.Section, f.From, f.Label, onlyIf(!f.Included, " ("+words.Say("private: left out, unless --private")+")"))
	})
}

func (t *terminal) paper(ctx context.Context, c *evidence.Case, x *timeline.Index, def papers.Paper, f *paperFlags) error {
	ask := report.PaperAsk{Private: f.private, Language: strings.ToLower(f.language), Purpose: f.purpose, Recipient: f.recipient, Version: version()}
	if f.of != "" {
		ids, err := named(ctx, x, []string{f.of})
		if err != nil {
			return use(fmt.Errorf("--of: %w", err))
		}
		ask.One = ids[0]
	}
	of, err := t.filter(&f.whom, x)
	if err != nil {
		return err
	}
	ask.People = of.People
	p, err := report.PlanPaper(ctx, c, x, def, ask)
	if errors.Is(err, report.ErrNotOfPeople) {
		return use(fmt.Errorf("--person: %w", err))
	}
	if errors.Is(err, report.ErrNotNamed) {
		return use(fmt.Errorf("--of: %w", err))
	}
	if err != nil {
		return err
	}
	for _, w := range def.Warnings(time.Now()) {
		t.say("%s", w)
	}
	if untold := p.Untold(); untold != "" {
		t.say("%s In a terminal: register CASE order --correct EVENT --term WORDS --people WHOM --places WHERE --reason WHY.", untold)
	}
	pages := 0
	for _, to := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{f.out, func(w io.Writer) (err error) { pages, err = p.WritePDF(ctx, w); return err }},
		{f.csv, func(w io.Writer) error { return p.WriteCSV(ctx, w) }},
	} {
		if to.name == "" {
			continue
		}
		var written bytes.Buffer
		if err := to.write(&written); err != nil {
			return err
		}
		if err := writeNew(to.name, func(w io.Writer) error { _, err := w.Write(written.Bytes()); return err }); err != nil {
			return blocked(to.name, err)
		}
		if err := report.RecordPaper(ctx, c, p, written.Bytes()); err != nil {
			return err
		}
	}
	switch {
	case t.json:
		return t.paperJSON(ctx, p, f, pages)
	case f.out == "" && f.csv == "":
		return p.WriteText(ctx, t.out)
	}
	_, err = fmt.Fprintf(t.out, "%s: %s. Read it before you hand it over.%s\n", cmp.Or(f.out, f.csv), p.Title, onlyIf(!p.Complete, " It is not complete: "+strings.Join(p.Needs, ", ")+" has no words yet."))
	return err
}

// paperJSON prints a paper as one object.
func (t *terminal) paperJSON(ctx context.Context, p *report.Paper, f *paperFlags, pages int) error {
	var text bytes.Buffer
	if err := p.WriteText(ctx, &text); err != nil {
		return err
	}
	type item struct {
		ID     string `json:"item"`
		Title  string `json:"title"`
		State  string `json:"state"`
		Reason string `json:"reason,omitempty"`
		Owner  string `json:"owner,omitempty"`
		Due    string `json:"due,omitempty"`
		Asked  string `json:"asked,omitempty"`
		Held   int    `json:"held"`
	}
	items := []item{}
	for _, i := range p.Items {
		items = append(items, item{i.ID, i.Title, i.State, i.Reason, i.Owner, i.Due, i.Asked, i.Held})
	}
	return t.emit(map[string]any{"paper": p.ID, "version": p.Version, "author": p.Author, "review_by": p.ReviewBy, "checked_on": p.CheckedOn,
		"complete": p.Complete, "kept_out": p.KeptOut, "terms_apart": p.TermsApart, "items": items, "text": text.String(), "out": f.out, "csv": f.csv, "pages": pages})
}

// answer writes down what a person says to an item of a paper.
func (t *terminal) answer(ctx context.Context, x *timeline.Index, def papers.Paper, f *paperFlags) error {
	section, ok := def.Section(f.item)
	if !ok {
		return use(fmt.Errorf("--answer %q: %s has no such item", f.item, def.ID))
	}
	when, err := timeline.Typed(cmp.Or(f.on, time.Now().In(x.Zone()).Format("2006-01-02 15:04")), "", "", x.Zone())
	if err != nil {
		return use(fmt.Errorf("--on: %w", err))
	}
	d := timeline.RegisterDraft{Kind: timeline.Answer, When: when, Words: cmp.Or(f.text, f.reason, f.state), Fields: map[string]string{
		"paper": def.ID, "item": section.ID, "state": cmp.Or(f.state, report.StateAnswered), "reason": f.reason, "owner": f.owner, "clash": f.clash, "asked": section.Title, "version": def.Version}}
	if f.due != "" {
		if d.Due, err = timeline.Typed(f.due, "", "", x.Zone()); err != nil {
			return use(fmt.Errorf("--due: %w", err))
		}
	}
	if len(f.events) > 0 {
		if d.Events, err = named(ctx, x, f.events); err != nil {
			return use(err)
		}
	}
	if err := x.Check(d, time.Now()); err != nil {
		return use(fmt.Errorf("not saved: %w", err))
	}
	r, err := x.Enter(ctx, d)
	if err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"event": r.ID, "entry": r.Current().Entry, "version": len(r.Versions)})
	}
	_, err = fmt.Fprintf(t.out, "%s  saved and locked as entry %d, for %s of %s\n", r.ID, r.Current().Entry, section.ID, def.ID)
	return err
}
