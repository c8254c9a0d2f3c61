package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// whyNothing tells in one sentence why a choice of events is empty, and what
// there is to choose from.
func whyNothing(ctx context.Context, x *timeline.Index, f timeline.Filter) (string, error) {
	all, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return "", err
	}
	if all.Len() == 0 {
		return "This case has no events yet: add puts files into it, incident writes one down.", nil
	}
	if f.Again {
		return "--again: no event of this case is a copy that is counted as another.", nil
	}
	if slices.Contains(f.FlagsAny, timeline.ExportsDiffer) {
		return "--differ: no two exports of one chat in this case have something else between messages that both hold.", nil
	}
	for _, c := range choices(f) {
		found, err := x.Find(ctx, c.alone)
		if err != nil {
			return "", err
		}
		if found.Len() > 0 {
			continue
		}
		there, err := c.there(ctx, x)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s: %s.", c.flag, there), nil
	}
	return "Each of these choices alone finds events, and no event fits them all: try fewer at once.", nil
}

// choice is one flag of a filter, the filter that it is alone, and what to say
// when nothing fits it.
type choice struct {
	flag  string
	alone timeline.Filter
	there func(context.Context, *timeline.Index) (string, error)
}

func choices(f timeline.Filter) []choice {
	var out []choice
	add := func(flag string, values []string, alone timeline.Filter, there func(context.Context, *timeline.Index) (string, error)) {
		if len(values) > 0 {
			out = append(out, choice{flag + " " + strings.Join(values, ", "), alone, there})
		}
	}
	counted := func(nothing, by string) func(context.Context, *timeline.Index) (string, error) {
		return func(ctx context.Context, x *timeline.Index) (string, error) {
			counts, err := x.Pattern(ctx, timeline.Filter{}, by)
			var names []string
			for _, n := range counts {
				if by == "kind" {
					n.Key = timeline.Kind(n.Key).Title()
				}
				names = append(names, fmt.Sprintf("%s (%d)", n.Key, n.N))
			}
			return nothing + "; there are " + strings.Join(names, ", "), err
		}
	}
	add("--kind", kindNames(f.Kinds), timeline.Filter{Kinds: f.Kinds}, counted("this case has none", "kind"))
	add("--source", f.Importers, timeline.Filter{Importers: f.Importers}, counted("nothing in this case was read by it", "importer"))
	add("--person", f.Parties, timeline.Filter{Parties: f.Parties}, func(_ context.Context, x *timeline.Index) (string, error) {
		return peopleThere(x), nil
	})
	add("--mark", f.Marks, timeline.Filter{Marks: f.Marks}, marksThere)
	if f.Words != "" {
		add("--search", []string{f.Words}, timeline.Filter{Words: f.Words}, func(context.Context, *timeline.Index) (string, error) {
			return "nothing in this case has these words; try fewer of them, or the beginning of one and a star, like plat*", nil
		})
	}
	if !f.From.IsZero() || !f.To.IsZero() {
		out = append(out, choice{"--from and --to", timeline.Filter{From: f.From, To: f.To}, periodThere})
	}
	if f.Undated {
		out = append(out, choice{"--undated", timeline.Filter{Undated: true}, func(context.Context, *timeline.Index) (string, error) {
			return "every event of this case has a time", nil
		}})
	}
	return out
}

func kindNames(kinds []timeline.Kind) []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Title())
	}
	return names
}

// namesShown is how many names a hint lists.
const namesShown = 8

// some are the first of many names.
func some(names []string) string {
	if len(names) > namesShown {
		return strings.Join(names[:namesShown], ", ") + " …"
	}
	return strings.Join(names, ", ")
}

const sayNobody = "nobody in this case has this name or address"

// peopleThere says that nobody is called so, and who there is.
func peopleThere(x *timeline.Index) string {
	people := x.People()
	slices.SortStableFunc(people, func(a, b timeline.Person) int { return cmp.Compare(b.Events, a.Events) })
	var names []string
	for _, p := range people {
		if p.Name != "" && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return sayNobody + "; the people command lists who is"
	}
	return sayNobody + "; there are " + some(names) + ", and the people command lists all with their addresses"
}

func marksThere(_ context.Context, x *timeline.Index) (string, error) {
	var words []string
	for _, id := range x.Marked() {
		for _, m := range x.MarksOf(id) {
			for _, w := range []string{m.Code, m.Tag, onlyIf(m.Exhibit, timeline.MarkExhibit), onlyIf(m.LeftOut != "", timeline.MarkLeftOut)} {
				if w != "" && !slices.Contains(words, w) {
					words = append(words, w)
				}
			}
		}
	}
	if len(words) == 0 {
		return "no event of this case is marked yet", nil
	}
	slices.Sort(words)
	return "no event is marked so; the marks of this case are " + strings.Join(words, ", "), nil
}

func onlyIf(holds bool, s string) string {
	if holds {
		return s
	}
	return ""
}

func periodThere(ctx context.Context, x *timeline.Index) (string, error) {
	all, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return "", err
	}
	if all.Dated() == 0 {
		return "no event of this case has a time", nil
	}
	var ends []string
	for _, at := range []int{0, all.Dated() - 1} {
		rows, err := all.Rows(at, 1)
		if err != nil {
			return "", err
		}
		for _, r := range rows {
			when, _ := r.When.Order()
			ends = append(ends, day(when.In(x.Zone())))
		}
	}
	return "nothing happened then; the events of this case are from " + strings.Join(ends, " to "), nil
}

// day is a day as a person says it.
func day(t time.Time) string { return t.Format("Mon 2 Jan 2006") }
