package report

import (
	"fmt"
	"maps"
	"slices"

	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// course is the course of conduct in counts.
func (f *filler) course(part papers.Part) ([]Block, int, error) {
	c, err := f.conduct()
	if err != nil || c.Events == 0 {
		return nil, 0, err
	}
	var facts []Fact
	for _, v := range []struct{ field, name, value string }{
		{"events", "Events", fmt.Sprint(c.Events)},
		{"occasions", "Occasions", joined(append([]string{fmt.Sprintf(f.in(sayPaperOccasions), c.Occasions, c.ByRule)}, besideOccasions(c.Counted, f.in)...)...)},
		{"first", "First", c.First}, {"last", "Last", f.span(c.Last, c.Last, c.Undated)},
	} {
		if part.Has(v.field) {
			facts = maybe(facts, v.name, v.value)
		}
	}
	blocks := []Block{}
	if len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	if part.Has("occasions") {
		for _, h := range c.Hand {
			blocks = append(blocks, para(joined(h.Day, fmt.Sprintf(f.in(h.Form()), f.clean(h.By), f.clean(h.Reason)))))
		}
	}
	if part.Has("codes") && f.out.Pages > 0 {
		blocks = append(blocks, f.codes(c.Codes)...)
	} else if part.Has("codes") && len(c.Codes) > 0 {
		t := table("", Col{"Behaviour", 4}, Col{"Events", 1.2}, Col{"Occasions", 1.4}, Col{"First", 1.6}, Col{"Last", 1.6}).counting("Events", "Occasions")
		var rows []Line
		for _, k := range c.Codes {
			rows = append(rows, line("", say(f.behaviour(k.Code)), number(k.Events), number(k.Occasions), say(k.First), say(f.span(k.Last, k.Last, k.Undated))))
		}
		t.Rows = lines(rows)
		blocks = append(blocks, t)
	}
	if part.Has("codes") {
		blocks = append(blocks, f.addsUp(c)...)
	}
	blocks = append(blocks, f.doneBy(c.DoneBy)...)
	if part.Has("months") {
		t := table("", Col{"Month", 2}, Col{"Events", 1}).counting("Events")
		t.Rows = lines(monthLines(c))
		blocks = append(blocks, t)
	}
	return blocks, c.Events, nil
}

// codes are those of a paper of so many pages, a line each; in a tight one the most
// frequent, in one paragraph.
func (f *filler) codes(all []casework.Total) (blocks []Block) {
	more := 0
	if f.tight() && len(all) > mostNamed {
		all = slices.Clone(all)
		slices.SortStableFunc(all, func(a, b casework.Total) int { return b.Events - a.Events })
		more, all = len(all)-mostNamed, all[:mostNamed]
	}
	var said []string
	for _, k := range all {
		said = append(said, fmt.Sprintf(f.in(sayPaperCode), f.behaviour(k.Code), k.Events, f.span(k.First, k.Last, k.Undated)))
	}
	if f.tight() {
		said = []string{joined(said...)}
	}
	for _, s := range said {
		blocks = append(blocks, para(s))
	}
	if more > 0 {
		blocks = append(blocks, para(agree(f.in(sayPaperMore), more)))
	}
	return blocks
}

// doneBy says how much each is said to have done, where several are named: a paper that
// is not for the whole record says how many, and names nobody.
func (f *filler) doneBy(all []casework.Does) []Block {
	if len(all) == 0 {
		return nil
	}
	said := para(fmt.Sprintf(f.in(casework.SayDoneBy), casework.Named(all)))
	if !f.out.Whole {
		return []Block{said}
	}
	t := table("", Col{"By whom", 4}, Col{"Events", 1.2}, Col{"First", 1.6}, Col{"Last", 1.6}).counting("Events")
	var rows []Line
	for _, d := range all {
		who := quote(f.clean(d.Called(f.in)))
		if d.Name == "" {
			who = say(f.in(sayPaperNobodyNamed))
		}
		rows = append(rows, line("", who, number(d.Events), say(d.First), say(f.span(d.Last, d.Last, d.Undated))))
	}
	t.Rows = lines(rows)
	if casework.OneName(all) {
		return []Block{said, t, para(f.in(casework.SayOneName))}
	}
	return []Block{said, t}
}

// addsUp says what the counts of the codes lack to be those of all events, and where
// they are more.
func (f *filler) addsUp(c casework.Course) (blocks []Block) {
	if c.Uncoded > 0 {
		blocks = append(blocks, para(agree(f.in(sayPaperUncoded), c.Uncoded)))
	}
	if c.Marks > c.Events-c.Uncoded {
		blocks = append(blocks, para(sayPaperSeveral))
	}
	return blocks
}

// unmarked says, of a part that has n of what was marked or written down, what is held
// beside it: once in a paper.
func (f *filler) unmarked(part papers.Part, n int) ([]Block, error) {
	ofConduct := slices.Contains([]papers.From{papers.Incidents, papers.Course, papers.Matrix, papers.Criteria}, part.From)
	if !ofConduct || f.bare || n > 0 && part.Having != "" {
		return nil, nil
	}
	u, err := casework.UnmarkedOf(f.ctx, f.x, f.only(), f.family)
	if err != nil {
		return nil, err
	}
	said := []string{u.Said(f.in, inEnglish)}
	if f.out.Whole { // any other need not know of an order
		l, err := casework.LooseOf(f.ctx, f.x, f.only(), f.family)
		if err != nil {
			return nil, err
		}
		said = append(said, l.Said(f.in, inEnglish))
	}
	var blocks []Block
	for _, s := range said {
		if s != "" {
			f.bare, blocks = true, append(blocks, para(s))
		}
	}
	return blocks, nil
}

// besideOccasions says what was joined and split by hand, which events are of no occasion, and how these take times that
// a clock showed twice or never, where that matters.
func besideOccasions(c casework.Counted, in func(string) string) (all []string) {
	if c.Joined+c.Split > 0 {
		all = append(all, fmt.Sprintf(in(sayPaperByHand), c.Joined, c.Split))
	}
	if c.NoTime > 0 {
		all = append(all, fmt.Sprintf(in(sayPaperNoOccasion), c.NoTime))
	}
	switch {
	case c.Otherwise > 0:
		all = append(all, fmt.Sprintf(in(sayPaperOtherwise), c.Otherwise))
	case c.Unsure:
		all = append(all, in(sayPaperTaken))
	}
	return all
}

// inEnglish says our words as they are.
func inEnglish(s string) string { return s }

// conduct is the course of conduct of the record, or of those whom alone the paper is
// about: what one paper does not list is
// counted in it as in every other, but for papers of the family court.
func (f *filler) conduct() (casework.Course, error) { return f.conductOf(f.only()) }

func (f *filler) conductOf(of timeline.Filter) (casework.Course, error) {
	c, err := casework.CourseOf(f.ctx, f.x, of)
	if err != nil || len(f.family) == 0 {
		return c, err
	}
	for _, s := range c.Rows {
		if !f.family[s.Event] {
			of.Events = append(of.Events, s.Event)
		}
	}
	if len(of.Events) == 0 {
		return casework.Course{}, nil
	}
	return casework.CourseOf(f.ctx, f.x, of)
}

// monthLines count the events of each month; those of no certain month stand last.
func monthLines(c casework.Course) (rows []Line) {
	n := map[string]int{}
	for _, s := range c.Rows {
		n[s.Month]++
	}
	for _, m := range slices.Sorted(maps.Keys(n)) {
		if m != "" {
			rows = append(rows, line("", say(m), number(n[m])))
		}
	}
	if n[""] > 0 {
		rows = append(rows, line("", say(sayPaperNoMonth), number(n[""])))
	}
	return rows
}

// span is the first and the last day of what happened, and how much of it is of no
// certain day.
func (f *filler) span(first, last string, undated int) string {
	days := first
	switch {
	case first == "" && undated > 0:
		return f.in(sayPaperNoDay)
	case first != last:
		days = fmt.Sprintf(f.in(sayPaperSpan), first, last)
	}
	if undated > 0 {
		return fmt.Sprintf(f.in(sayPaperAndNoDay), days, undated)
	}
	return days
}

// behaviour is a code with what it means, one that a pack of the case adds too.
func (f *filler) behaviour(code string) string {
	for _, b := range (casework.Law{Packs: f.law}).Behaviours() {
		if b.Code == code {
			return code + ": " + f.in(b.Title)
		}
	}
	return code
}
