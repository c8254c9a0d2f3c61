package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/papers"
	"daybook/assets/registers"
	"daybook/report"
	"daybook/timeline"
)

// PaperShelf is papers for readers of one sort.
type PaperShelf struct {
	Title  string
	Papers []papers.Paper
}

// Papers lists the papers by whom they are for, in Welsh where it is asked for.
func Papers(welsh bool) ([]PaperShelf, error) {
	all, err := papers.All()
	if err != nil {
		return nil, err
	}
	words, err := wordsIn(welsh)
	if err != nil {
		return nil, err
	}
	var shelves []PaperShelf
	for _, g := range papers.Groups() {
		s := PaperShelf{Title: words.Say(g.Title)}
		for _, p := range all {
			if p.Group == g.ID {
				s.Papers = append(s.Papers, p.In(words))
			}
		}
		shelves = append(shelves, s)
	}
	return shelves, nil
}

// wordsIn are the words of papers, as papers.In gives them.
func wordsIn(welsh bool) (papers.Translation, error) {
	if welsh {
		return papers.In(papers.Welsh)
	}
	return papers.In(papers.English)
}

// PaperAsked is the paper that is looked at, and how.
type PaperAsked struct {
	ID      string
	One     string // the entry that it is about, where it is about one
	Person  string // a person's number, whom alone it is about in what was done; empty: everybody
	Private bool   // the private registers that it lists, too
	Welsh   bool   // the form's words are Welsh; what a person wrote stays as it is
}

// KeepPaper keeps which paper is looked at, while a case lies open.
func (d *Desk) KeepPaper(p PaperAsked) { d.keep(func(a *Asked) { a.Paper = p }) }

// PaperPage is a paper before it is written: what it is, and every field that
// would be in it.
type PaperPage struct {
	Of       papers.Paper
	Asked    PaperAsked    // with the entry that it is about, where there is only one
	Facts    []Fact        // version, source, days
	Warnings []string      // why it may have been overtaken
	One      string        // the register of which it is about one entry, by name; empty: of none
	Ones     []RegisterRow // the entries of it
	Private  []string      // the private registers that it may have, by name
	Persons  []Whom        // whom alone it can be about; none: it has nothing of what was done
	Ready    bool          // it can be written
	Sections []PaperSection
	Stands   []string // what it lacks, and what is kept out of it
	Table    bool     // it is a list of items, which a table can hold

	words papers.Translation // of the language that is asked for
}

// Say gives a text of the form in the language that is asked for.
func (p PaperPage) Say(text string) string { return p.words.Say(text) }

// PaperSection is a section of a paper.
type PaperSection struct {
	ID, Title string
	State     string // where it stands, who does it and by when; empty where the paper does not ask
	Parts     []PaperPart
	Text      string // what would stand there
	Items     []PaperItem
}

// PaperPart is something in a section with its fields, each in one of four lists.
type PaperPart struct {
	Title   string
	Held    []string // with how often it is said
	Missing []string // the case says nothing of them
	Private []string // left out, because nobody asked for them
	Has     []string // those that are the same for every case, or that nobody has looked for yet
}

// PaperItem is what a person can answer in a section.
type PaperItem struct{ Paper, Item, Title string }

// Paper fills a paper as it would be written. Of a paper about one entry of a
// register it says only which fields it has, until one is chosen.
func (d *Desk) Paper(ctx context.Context, a PaperAsked, now time.Time) (PaperPage, error) {
	_, x, err := d.held()
	if err != nil {
		return PaperPage{}, err
	}
	p, err := paperPage(x, a, now)
	if err != nil {
		return p, err
	}
	if report.OfPeople(p.Of) {
		if p.Persons, err = d.Everybody(ctx); err != nil {
			return p, err
		}
	}
	filled, err := d.planPaper(ctx, p.Asked, PaperTo{}, now)
	switch {
	case errors.Is(err, report.ErrNotNamed):
		fields, err := report.PaperFields(p.Of, a.Private)
		if err == nil {
			err = p.sections(ctx, fields, nil)
		}
		return p, err
	case err != nil:
		return p, err
	}
	p.Ready = true
	p.Stands = standing(p.words, filled)
	return p, p.sections(ctx, filled.Fields, filled.Items)
}

func paperPage(x *timeline.Index, a PaperAsked, now time.Time) (PaperPage, error) {
	of, err := papers.Named(a.ID)
	if err != nil {
		return PaperPage{}, err
	}
	words, err := wordsIn(a.Welsh)
	if err != nil {
		return PaperPage{}, err
	}
	p := PaperPage{Of: of.In(words), Asked: a, Table: of.Check || of.Steps, words: words}
	p.Facts = p.facts()
	for _, warning := range of.Warnings(now) {
		p.Warnings = append(p.Warnings, words.Say(warning))
	}
	for _, kind := range of.Private {
		r, err := x.Register(timeline.Kind(kind))
		if err != nil {
			return p, err
		}
		p.Private = append(p.Private, words.Say(r.Title))
	}
	if of.One == "" {
		return p, nil
	}
	r, err := x.Register(timeline.Kind(of.One))
	if err != nil {
		return p, err
	}
	p.One, p.Ones = words.Say(r.Title), registerRows(x, x.Registers(timeline.Kind(of.One)), now)
	if len(p.Ones) == 1 {
		p.Asked.One = p.Ones[0].Event
	}
	return p, nil
}

// facts say what the form is: for whom, its version, where it was read. Its days have
// no names of months where it is not English.
func (p PaperPage) facts() []Fact {
	day := readableDay
	if p.words != nil {
		day = func(s string) string { return s }
	}
	facts := []Fact{{"Who reads it", Capital(p.Of.For)}, {"Version", fmt.Sprintf(p.Say("%s, by %s"), day(p.Of.Version), p.Say(p.Of.Author))},
		{"Source", fmt.Sprintf(p.Say("%s; looked up on %s"), p.Of.Entry.Source, day(p.Of.CheckedOn))}, {"To be looked through by", day(p.Of.ReviewBy)}}
	for i := range facts {
		facts[i].Name = p.Say(facts[i].Name)
	}
	return facts
}

// planPaper plans a paper as it is asked for.
func (d *Desk) planPaper(ctx context.Context, a PaperAsked, to PaperTo, now time.Time) (*report.Paper, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	of, err := papers.Named(a.ID)
	if err != nil {
		return nil, err
	}
	ask := report.PaperAsk{Private: a.Private, Purpose: strings.TrimSpace(to.Purpose), Recipient: strings.TrimSpace(to.Recipient), Version: d.Version, Now: now}
	if a.Welsh {
		ask.Language = papers.Welsh
	}
	only, err := onlyOf(a.Person)
	if err != nil {
		return nil, err
	}
	ask.People = only.People
	if a.One != "" {
		if ask.One, err = timeline.ParseID(a.One); err != nil {
			return nil, fmt.Errorf("entry %q: %w", a.One, err)
		}
	}
	return report.PlanPaper(ctx, c, x, of, ask)
}

// standing says what a paper lacks and what is kept out of it.
func standing(words papers.Translation, p *report.Paper) (list []string) {
	if of := p.OnlyOf(); of != "" {
		list = append(list, of)
	}
	if untold := p.Untold(); untold != "" {
		list = append(list, untold)
	}
	if !p.Complete {
		list = append(list, fmt.Sprintf(words.Say("It is not complete: %s has no words yet."), strings.Join(p.Needs, ", ")))
	}
	if p.KeptOut > 0 {
		list = append(list, words.Say(fmt.Sprintf("Kept out of it: %s that you left out, or that a family court keeps.", count(p.KeptOut, "event"))))
	}
	if p.Cut {
		list = append(list, words.Say("It may have one page and no more: its longest texts are cut, and it says so."))
	}
	return list
}

// sections sorts the fields of a paper by section and part. items are its sections
// filled; nil: they are not.
func (p *PaperPage) sections(ctx context.Context, fields []report.PaperField, items []report.PaperItem) error {
	for i, of := range p.Of.Sections {
		s := PaperSection{ID: of.ID, Title: of.Title, Items: asked(p.Of, of)}
		if p.Table {
			s.Title = of.ID + ". " + of.Title
		}
		for at, part := range of.Parts {
			title, err := partTitle(part)
			if err != nil {
				return err
			}
			s.Parts = append(s.Parts, p.held(p.Say(title), items != nil, part, slices.DeleteFunc(slices.Clone(fields), func(f report.PaperField) bool {
				return f.Section != of.ID || f.Part != at
			})))
		}
		if items != nil {
			var err error
			if s.Text, err = items[i].Text(ctx); err != nil {
				return err
			}
			if p.Table {
				s.State = p.state(items[i])
			}
		}
		p.Sections = append(p.Sections, s)
	}
	return nil
}

// partTitle is what a part is: its own title, or where its content comes from.
func partTitle(part papers.Part) (string, error) {
	switch {
	case part.Title != "":
		return part.Title, nil
	case part.From != papers.Register:
		return part.From.Title(), nil
	}
	all, err := registers.All()
	if err != nil {
		return "", err
	}
	for _, r := range all {
		if r.Kind == part.Register {
			return r.Title, nil
		}
	}
	return part.Register, nil
}

// held sorts the fields of a part by whether the case says them.
func (p *PaperPage) held(title string, filled bool, part papers.Part, fields []report.PaperField) PaperPart {
	s := PaperPart{Title: title}
	for _, f := range fields {
		label := p.Say(f.Label)
		switch {
		case !f.Included:
			s.Private = append(s.Private, label)
		case !filled || part.From.Fixed():
			s.Has = append(s.Has, label)
		case f.Held > 0:
			s.Held = append(s.Held, fmt.Sprintf("%s (%s)", label, thousands(f.Held)))
		case part.From != papers.Words || f.Field == "words" || f.Field == "events": // where an item stands is said above its parts
			s.Missing = append(s.Missing, label)
		}
	}
	return s
}

// state is where an item stands, in a line.
func (p *PaperPage) state(i report.PaperItem) string {
	parts := []string{Capital(p.Say(i.State)), i.Reason}
	if i.Owner != "" {
		parts = append(parts, fmt.Sprintf(p.Say("done by %s"), i.Owner))
	}
	if i.Due != "" {
		parts = append(parts, fmt.Sprintf(p.Say("due %s"), i.Due))
	}
	return join(parts...)
}

// asked are what a person can answer in a section: what stands there in somebody's
// own words, and the section itself where the paper is a list of items.
func asked(p papers.Paper, s papers.Section) (list []PaperItem) {
	own := PaperItem{p.ID, s.ID, s.Title}
	if p.Check || p.Steps {
		list = append(list, own)
	}
	for _, part := range s.Parts {
		if part.From != papers.Words && part.From != papers.Terms {
			continue
		}
		item := PaperItem{cmp.Or(part.Paper, p.ID), cmp.Or(part.Item, s.ID), cmp.Or(part.Title, s.Title)}
		if item.Paper == own.Paper && item.Item == own.Item {
			item = own
		}
		if !slices.Contains(list, item) {
			list = append(list, item)
		}
	}
	return list
}
