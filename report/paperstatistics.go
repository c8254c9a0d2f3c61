package report

import (
	"fmt"
	"slices"

	"daybook/assets/papers"
	"daybook/timeline"
)

// mostSmall is below which a count is not said in a sheet that carries no names.
const mostSmall = 5

// hideSmall is a count as a sheet of statistics says every one: small ones not at all,
// and the others in steps, for from exact ones what is hidden could be worked out.
func hideSmall(n int) string {
	if n < mostSmall {
		return fmt.Sprintf("<%d", mostSmall)
	}
	return fmt.Sprintf("%d+", n-n%mostSmall)
}

// breakdown is a register by one of its fields: the counts of its choices, and whether
// entries are in none of them.
type breakdown struct {
	what   []string
	n      []int
	unsaid bool
}

// bounds are what is said of a count at the least and at the most.
func bounds(n int) (least, most int) {
	least = n - n%mostSmall
	return least, least + mostSmall - 1
}

// total is what can be worked out of how many entries there are.
func (t breakdown) total() (least, most int) {
	for _, n := range t.n {
		l, m := bounds(n)
		least, most = least+l, most+m
	}
	return least, most
}

// tells that a small count of one could be worked out, if only in part, from the total
// that the other gives: all that is said must leave it open from nought up.
func (t breakdown) tells(other breakdown) bool {
	least, most := t.total()
	from, to := other.total()
	for _, n := range t.n {
		l, m := bounds(n)
		if n < mostSmall && (from-(most-m) > 0 || !other.unsaid && to-(least-l) < m) {
			return true
		}
	}
	return false
}

// statistics are counts without names.
func (f *filler) statistics() ([]Block, int, error) {
	c, err := f.conduct()
	if err != nil {
		return nil, 0, err
	}
	var rows []Line
	add := func(what string, n int) { rows = append(rows, line("", say(what), say(hideSmall(n)))) }
	add("Occasions, by the rule", c.ByRule)
	add(sayPaperOccasionsBy, c.Occasions)
	for _, b := range timeline.Behaviours() {
		n := 0
		for _, k := range c.Codes {
			if k.Code == b.Code {
				n = k.Events
			}
		}
		add(f.behaviour(b.Code), n)
	}
	before := map[timeline.Kind]breakdown{}
	for _, of := range []struct {
		kind  timeline.Kind
		field string
	}{{timeline.ReportMade, "body"}, {timeline.ReportMade, "state"}, {timeline.CourtOrder, "sort"}, {timeline.Breach, "may"}, {timeline.Support, "state"}, {timeline.Assessment, ""}, {timeline.LifeChange, "part"}} {
		if !f.mayShow(of.kind) {
			continue
		}
		t, err := f.countEach(of.kind, of.field)
		if err != nil {
			return nil, 0, err
		}
		first, again := before[of.kind]
		if again && (t.tells(first) || first.tells(t)) {
			for _, what := range t.what {
				rows = append(rows, line("", say(what), say(f.in(sayPaperHidden))))
			}
			continue
		}
		before[of.kind] = t
		for i, what := range t.what {
			add(what, t.n[i])
		}
	}
	t := table("", Col{"What", 6}, Col{"Count", 1}).counting("Count")
	t.Rows = lines(rows)
	return []Block{para(fmt.Sprintf(f.in(sayPaperSmall), mostSmall)), t}, len(rows), nil
}

// countEach counts the entries of a register by a choice, and the reports that were
// noted with incidents.
func (f *filler) countEach(kind timeline.Kind, field string) (t breakdown, err error) {
	r, err := f.x.Register(kind)
	if err != nil {
		return t, err
	}
	n := map[string]int{}
	list, err := f.entries(papers.Part{Register: string(kind)})
	if err != nil {
		return t, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(r timeline.Registered) bool { return f.family[r.ID] })
	for _, e := range list {
		n[e.Current().Fields[field]]++
	}
	add := func(what string, n int) { t.what, t.n = append(t.what, what), append(t.n, n) }
	title := f.in(r.Title)
	of, ok := r.Field(field)
	if !ok {
		add(title, len(list))
		return t, nil
	}
	for _, choice := range of.Choices {
		add(title+": "+f.in(choice), n[choice])
	}
	if kind == timeline.Breach && field == "may" {
		add(title+": "+f.in(sayPaperNotAnswered), n[""])
		return t, nil
	}
	if kind == timeline.ReportMade && of.Required { // an entry says to whom; a report that an incident names does not
		add(title+": "+f.in(sayPaperBeside), n[""])
	} else {
		t.unsaid = n[""] > 0
	}
	return t, nil
}
