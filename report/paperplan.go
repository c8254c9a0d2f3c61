package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"daybook/assets/law"
	"daybook/assets/papers"
	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// Paper is a paper of assets/papers, filled from a case: plain data. What is
// missing is said, and nothing is concluded.
type Paper struct {
	papers.Paper
	Ask        PaperAsk
	Case       string // its ID
	Keeper     string // who keeps the case
	Items      []PaperItem
	Fields     []PaperField  // every one that it has, with what is held of it
	Of         []string      // the names of those of Ask.People
	Others     [2]int        // events of the course of conduct that are not about these, and all
	KeptOut    int           // events that it would have, if they were not kept out
	TermsApart int           // terms whose words it has not, for their places and people are not told apart
	Complete   bool          // every section that it needs has words
	Cut        bool          // texts were cut, so that it has no more pages than it may have
	Used       []timeline.ID // events and entries that are in it

	unlisted []int // the lists, counted from 0, that have more entries than stand in them

	b     *Bundle
	words papers.Translation // of its language; nil: English
}

// PaperAsk is what is asked of a paper beside the case.
type PaperAsk struct {
	One       timeline.ID // the entry that it is about, where it is about one
	Private   bool        // the private registers that the paper lists, too
	Purpose   string      // what it is handed over for
	Recipient string      // to whom
	People    []int64     // whom alone it is about, in what was done; none: everybody
	Language  string      // of our words in it, as papers.In knows it; empty: English
	Version   string      // of the program
	Now       time.Time   // zero: now
}

// PaperItem is a section of a paper, filled.
type PaperItem struct {
	ID, Title  string
	State      string // one of the states below, or as the answer has it
	Reason     string // why it does not apply
	Owner, Due string
	Asked      string // how the item read when it was answered, where it reads otherwise now
	Blocks     []Block
	Held       int // how much of it the case holds
}

// The states of an item that say whether it is answered; of steps there are more.
const (
	StateAnswered   = "answered"
	StatePart       = "answered in part"
	StateUnanswered = "not answered"
	StateNotFor     = "not applicable"
)

// PaperField is one field that a paper has, and how much of it the case holds.
type PaperField struct {
	Section  string `json:"section"`
	Part     int    `json:"-"` // of the section, from 0
	From     string `json:"from"`
	Field    string `json:"field"`
	Label    string `json:"label"`
	Private  bool   `json:"private,omitempty"` // in it only when the person asks
	Included bool   `json:"included"`
	Held     int    `json:"held,omitempty"` // of a paper that was filled: how often the case says it
}

// ErrNotNamed means that a paper is about one entry of a register, and none was named.
var ErrNotNamed = errors.New("this paper is about one entry of a register; name it")

// PaperFields lists every field that a paper would have, before it is made.
func PaperFields(p papers.Paper, private bool) ([]PaperField, error) {
	var all []PaperField
	for _, s := range p.Sections {
		for at := range s.Parts {
			fields, err := partFields(p, s, at, private)
			if err != nil {
				return nil, fmt.Errorf("paper %s, section %s: %w", p.ID, s.ID, err)
			}
			all = append(all, fields...)
		}
	}
	return all, nil
}

// ofItems are the fields of an answer that only a list of items shows.
var ofItems = [...]string{"state", "reason", "owner", "due"}

// partFields are the fields that a part of a paper has.
func partFields(p papers.Paper, s papers.Section, at int, private bool) (all []PaperField, err error) {
	part := s.Parts[at]
	fields, err := part.Holds()
	if err != nil {
		return nil, err
	}
	from := string(part.From)
	if part.Register != "" {
		from += " " + part.Register
	}
	hidden := slices.Contains(p.Private, part.Register)
	for _, f := range fields {
		if part.From == papers.Words && !p.Check && !p.Steps && slices.Contains(ofItems[:], f.ID) {
			continue
		}
		all = append(all, PaperField{Section: s.ID, Part: at, From: from, Field: f.ID, Label: f.Label, Private: hidden, Included: !hidden || private})
		if part.Register == string(timeline.CourtOrder) && f.ID == "terms" {
			if p.Apart {
				all[len(all)-1].Label = labelTermApart
			}
			for _, within := range termFields(p.Whole) {
				all = append(all, PaperField{Section: s.ID, Part: at, From: from, Field: within.ID, Label: within.Label, Private: hidden, Included: !hidden || private})
			}
		}
	}
	return all, nil
}

// What the terms of an order hold beside their words.
const (
	termPeople = "terms.people"
	termPlaces = "terms.places"
)

// termFields are these as fields: for whoever need not know them a mark stands in the
// place of most.
func termFields(whole bool) []papers.Field {
	if whole {
		return []papers.Field{{ID: termPeople, Label: labelTermPeople}, {ID: termPlaces, Label: labelTermPlaces}}
	}
	return []papers.Field{{ID: termPeople, Label: labelTermAgainst}, {ID: termPlaces, Label: labelTermMark}}
}

// tally notes what is held of the fields of a part that was filled: field by field
// where it is made of rows, and of anything else as a whole.
func (f *filler) tally(s papers.Section, at, n int) error {
	fields, err := partFields(f.out.Paper, s, at, f.out.Ask.Private)
	if err != nil {
		return err
	}
	for _, d := range fields {
		if d.Held = n; f.said != nil {
			d.Held = f.said[d.Field]
		}
		f.out.Fields = append(f.out.Fields, d)
	}
	return nil
}

// saying counts the fields of a row that have something in them.
func (f *filler) saying(fields []papers.Field, cells [][]Run) {
	if f.said == nil {
		f.said = map[string]int{}
	}
	for i, c := range cells {
		if textOf(c) != "" {
			f.said[fields[i].ID]++
		}
	}
}

// shorter are the lengths to which texts are cut, one after the other, until a
// paper has no more pages than it may have; 0: as they were written.
var shorter = [...]int{0, 400, 160, 80, 40}

// PlanPaper fills a paper from a case. It changes nothing. A paper that may have so
// many pages and no more has its longest texts cut, and says so; where its page has
// room, its lists are longer.
func PlanPaper(ctx context.Context, c *evidence.Case, x *timeline.Index, of papers.Paper, ask PaperAsk) (*Paper, error) {
	if ask.Now.IsZero() {
		ask.Now = time.Now()
	}
	words, err := papers.In(ask.Language)
	if err != nil {
		return nil, err
	}
	of = of.In(words)
	parted, err := gateOf(c, nil, x.Withholdings())
	if err != nil {
		return nil, err
	}
	if !of.Whole {
		if err := split(ctx, x, nil, parted); err != nil {
			return nil, err
		}
	}
	fill := func(most int, further []int) (p *Paper, fits bool, err error) {
		if p, err = fillPaper(ctx, c, x, of, words, ask, parted.pieces, most, further); err != nil || of.Pages == 0 {
			return p, true, err
		}
		pages, err := p.WritePDF(ctx, io.Discard)
		return p, pages <= of.Pages, err
	}
	most := shorter[0]
	p, fits, err := fill(most, nil)
	for i := 1; err == nil && !fits && i < len(shorter); i++ {
		most = shorter[i]
		p, fits, err = fill(most, nil)
	}
	if err != nil || !fits || of.Pages == 0 {
		return p, err
	}
	return lengthen(p, func(further []int) (*Paper, bool, error) { return fill(most, further) })
}

// lengthen gives the lists of a paper whose page has room one further entry after the
// other, in turns, until none has more or none has room for one.
func lengthen(p *Paper, fill func(further []int) (*Paper, bool, error)) (*Paper, error) {
	var further []int
	full := map[int]bool{}
	for {
		grown := false
		for _, list := range p.unlisted {
			for len(further) <= list {
				further = append(further, 0)
			}
			if full[list] || further[list] == mostFurther {
				continue
			}
			further[list]++
			longer, room, err := fill(further)
			if err != nil {
				return nil, err
			}
			if !room {
				further[list]--
				full[list] = true
				continue
			}
			p, grown = longer, true
		}
		if !grown {
			return p, nil
		}
	}
}

// mostFurther is how many further entries a list of a paper of so many pages gets
// where there is room.
const mostFurther = 12

func fillPaper(ctx context.Context, c *evidence.Case, x *timeline.Index, of papers.Paper, words papers.Translation, ask PaperAsk, pieces map[timeline.ID]*passages, most int, further []int) (*Paper, error) {
	f := &filler{ctx: ctx, c: c, x: x, pieces: pieces, most: most, further: further, used: map[timeline.ID]bool{}, several: map[timeline.ID]bool{}, out: &Paper{Paper: of, Ask: ask, words: words, Case: c.ID(), Keeper: c.Actor(), Complete: true, Cut: most > 0}}
	if err := f.prepare(); err != nil {
		return nil, err
	}
	for _, s := range of.Sections {
		item, err := f.item(s)
		if err != nil {
			return nil, fmt.Errorf("paper %s, section %s: %w", of.ID, s.ID, err)
		}
		f.out.Items = append(f.out.Items, item)
		if slices.Contains(of.Needs, s.ID) && item.State == StateUnanswered {
			f.out.Complete = false
		}
	}
	for id := range f.used {
		f.out.Used = append(f.out.Used, id)
	}
	slices.SortFunc(f.out.Used, func(a, b timeline.ID) int { return strings.Compare(a.String(), b.String()) })
	f.out.KeptOut = len(f.kept)
	return f.out, nil
}

// filler fills a paper.
type filler struct {
	ctx       context.Context
	c         *evidence.Case
	x         *timeline.Index
	p         *planner // what a bundle of the same reader would show
	who       map[timeline.ID]casework.Who
	pieces    map[timeline.ID]*passages // of protected words that are split over messages
	most      int                       // letters of a text; 0: all
	further   []int                     // entries that each list has beyond its usual number
	lists     int                       // so far
	law       []law.Pack                // that the case goes by
	one       timeline.Registered       // the entry that the paper is about
	used      map[timeline.ID]bool
	several   map[timeline.ID]bool              // marked breaches of which nobody said that they are of that order, or of another
	twice     map[timeline.ID]bool              // breaches of what is counted under another order too
	again     map[timeline.ID]bool              // breaches of what is counted under another term too
	strangers map[timeline.ID]casework.Stranger // breaches by somebody else than whom the order is against
	apart     []casework.MarkedBreach           // marked breaches that another is said to have done than whom that order is against
	said      map[string]int                    // how often each field of the part that is filled has something
	lacks     int                               // entries of that part that have not all that the part asks of every one
	broken    map[timeline.ID]bool              // orders of which a possible breach is held
	bare      bool                              // what is held without a behaviour was said
	barred    map[timeline.ID]bool              // what is kept out of this paper
	family    map[timeline.ID]bool              // what is kept out of every paper, and counted in none
	kept      map[timeline.ID]bool              // what a part would have had, if it were not kept out
	out       *Paper
}

// prepare makes the planner that shows things as a bundle would: a paper that is
// not for the whole record shows no address and nothing that was protected.
func (f *filler) prepare() (err error) {
	def, ask := f.out.Paper, f.out.Ask
	held, err := casework.LawOf(f.ctx, f.c, 0)
	if err != nil {
		return err
	}
	f.law = held.Packs
	if def.One != "" {
		if f.one, err = f.x.Registered(ask.One); err != nil || string(f.one.Current().Kind) != def.One {
			return fmt.Errorf("%w (%s)", ErrNotNamed, def.One)
		}
	}
	look := General
	look.Lang = cmp.Or(ask.Language, look.Lang)
	f.out.b = &Bundle{Case: f.c.ID(), Zone: f.x.Zone(), Pack: Full, Profile: look, Version: ask.Version, Moment: Moment{Time: ask.Now}, head: f.out.head()}
	f.p = &planner{c: f.c, x: f.x, b: f.out.b}
	if err := f.p.frozen(f.ctx); err != nil {
		return err
	}
	if _, err := f.p.readLabels(f.ctx); err != nil {
		return err
	}
	if def.Whole { // any other names nobody beside an event
		if f.who, err = casework.WhoDid(f.ctx, f.x, timeline.Filter{}); err != nil {
			return err
		}
	}
	if !def.Whole {
		f.p.b.Pack, f.p.sel.Show = Served, []Detail{ShowPlace, ShowWitnesses, ShowFeelings, ShowChanges, ShowReports}
		if f.p.gate, err = gateOf(f.c, f.p.gatherAddresses(), f.p.withholdings()); err != nil {
			return err
		}
		f.p.gate.pieces = f.pieces
	}
	if err := f.bar(); err != nil {
		return err
	}
	return f.about()
}

// ErrNotOfPeople means that a paper has nothing of what one or another did.
var ErrNotOfPeople = errors.New("this paper has nothing of what was done, and is about no person alone")

// only is the filter for those whom alone the paper is about.
func (f *filler) only() timeline.Filter { return timeline.Filter{People: f.out.Ask.People} }

// about finds the names of those whom alone the paper is about, and how much of the
// course of conduct it has not because of that.
func (f *filler) about() error {
	if len(f.out.Ask.People) == 0 {
		return nil
	}
	if !OfPeople(f.out.Paper) {
		return ErrNotOfPeople
	}
	for _, p := range f.x.People() {
		if slices.Contains(f.out.Ask.People, p.Number) {
			f.out.Of = append(f.out.Of, f.clean(p.Called()))
		}
	}
	all, err := f.conductOf(timeline.Filter{})
	if err != nil {
		return err
	}
	theirs, err := f.conduct()
	f.out.Others = [2]int{all.Events - theirs.Events, all.Events}
	return err
}

// OfPeople tells that a paper has something of what was done, and can be about one person
// alone.
func OfPeople(p papers.Paper) bool {
	return slices.ContainsFunc(p.Sections, func(s papers.Section) bool {
		return slices.ContainsFunc(s.Parts, func(part papers.Part) bool { return part.From.Done() })
	})
}

// bar finds what is kept out: a paper of the family court, unless its permission
// is noted, and, of a paper that is not for the whole record, what was left out.
func (f *filler) bar() error {
	f.barred, f.family, f.kept = map[timeline.ID]bool{}, map[timeline.ID]bool{}, map[timeline.ID]bool{}
	marked := f.x.Marked()
	if len(marked) == 0 {
		return nil
	}
	found, err := f.x.Find(f.ctx, timeline.Filter{Events: marked})
	if err != nil {
		return err
	}
	for r, err := range found.All(f.ctx) {
		if err != nil {
			return err
		}
		left := slices.ContainsFunc(r.Marks, func(m timeline.Mark) bool { return m.LeftOut != "" })
		if familyPaper(r.Marks) {
			f.family[r.ID] = true
		}
		if f.family[r.ID] || left && !f.out.Whole {
			f.barred[r.ID] = true
		}
	}
	return nil
}

// bars tells that something that a part asks for is kept out of the paper, and
// notes it.
func (f *filler) bars(id timeline.ID) bool {
	if f.barred[id] {
		f.kept[id] = true
	}
	return f.barred[id]
}

// clean is a text as this paper shows it.
func (f *filler) clean(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = visible(strings.TrimSuffix(l, "\r"))
	}
	s = f.p.gate.clean(strings.Join(lines, "\n"))
	if letters := []rune(s); f.most > 0 && len(letters) > f.most {
		return wholeWords(letters[:f.most], letters[f.most]) + " …"
	}
	return s
}

// wholeWords are letters without the beginning of a word that goes on with the next,
// where that is not most of them.
func wholeWords(letters []rune, next rune) string {
	s := string(letters)
	if end := strings.LastIndexFunc(s, unicode.IsSpace); !unicode.IsSpace(next) && end > len(s)/2 {
		s = s[:end]
	}
	return strings.TrimSpace(s)
}

// item fills a section.
func (f *filler) item(s papers.Section) (PaperItem, error) {
	item := PaperItem{ID: s.ID, Title: s.Title, State: StateUnanswered}
	missing := 0
	for at, part := range s.Parts {
		var blocks []Block
		n, hidden := 0, slices.Contains(f.out.Private, part.Register) && !f.out.Ask.Private
		f.said, f.lacks = nil, 0
		if !hidden {
			var err error
			if blocks, n, err = f.part(s, part); err != nil {
				return item, err
			}
		}
		if err := f.tally(s, at, n); err != nil {
			return item, err
		}
		item.Held += n
		if part.Paper != "" && n == 0 || f.lacks > 0 {
			missing++ // what is asked of the case by name, or of every entry
		}
		beside, err := f.unmarked(part, n)
		if err != nil {
			return item, err
		}
		blocks = append(blocks, beside...)
		switch {
		case hidden:
			blocks = []Block{para(sayPaperPrivate)}
		case n == 0 && len(blocks) == 0:
			blocks = []Block{para(sayPaperNothing)}
			if missing++; len(s.Parts) > 1 { // of which of its parts
				part.Title = cmp.Or(part.Title, f.titleOf(part))
			}
			if f.tight() && item.Held > 0 {
				continue
			}
		}
		if part.Title != "" {
			item.Blocks = append(item.Blocks, Para{[]Run{{Text: part.Title, Bold: true}}, Body})
		}
		item.Blocks = append(item.Blocks, blocks...)
	}
	switch {
	case item.Held > 0 && missing > 0:
		item.State = StatePart
	case item.Held > 0:
		item.State = StateAnswered
	}
	f.stated(&item)
	item.Blocks = spoken(f.out.words, item.Blocks)
	return item, nil
}

// titleOf is what a part is about, where its paper does not say it.
func (f *filler) titleOf(part papers.Part) string {
	if r, err := f.x.Register(timeline.Kind(part.Register)); err == nil {
		return r.Title
	}
	return part.From.Title()
}

// stated gives an item the state that was last written down for it.
func (f *filler) stated(item *PaperItem) {
	all := f.answers(f.out.ID, item.ID)
	if len(all) == 0 {
		return
	}
	v := all[len(all)-1].Current()
	item.State, item.Owner = v.Fields["state"], f.clean(v.Fields["owner"])
	if v.Due.Precision != "" {
		item.Due = f.at(v.Due)
	}
	if item.State == StateNotFor {
		item.Reason = f.clean(v.Fields["reason"])
	}
	if asked := f.in(v.Fields["asked"]); asked != "" && asked != item.Title {
		item.Asked = asked
	}
}

// answers are what was written for an item of a paper, the last one last.
func (f *filler) answers(paper, item string) (list []timeline.Registered) {
	for _, r := range f.x.Registers(timeline.Answer) {
		v := r.Current()
		if strings.EqualFold(v.Fields["paper"], paper) && strings.EqualFold(v.Fields["item"], item) && !f.bars(r.ID) {
			list = append(list, r)
		}
	}
	return list
}

// part fills one part: its blocks, and how much of it the case holds.
func (f *filler) part(s papers.Section, part papers.Part) ([]Block, int, error) {
	switch part.From {
	case papers.Case:
		return f.ofCase(part)
	case papers.Words:
		return f.words(s, part)
	case papers.Register:
		return f.register(part)
	case papers.Incidents:
		return f.incidents(part)
	case papers.Course:
		return f.course(part)
	case papers.Matrix, papers.Criteria:
		return f.elements(part)
	case papers.Differences:
		return f.differences(part)
	case papers.Law:
		return f.ofLaw(part)
	case papers.Clocks:
		return f.clocks()
	case papers.Terms:
		return f.terms(s, part)
	case papers.Exhibits:
		return f.exhibits(part)
	case papers.Statistics:
		return f.statistics()
	case papers.Help:
		return f.help()
	case papers.Text:
		return []Block{para(part.Text)}, 0, nil
	}
	return nil, 0, fmt.Errorf("%q: nothing comes from there", part.From)
}
