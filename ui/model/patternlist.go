package model

import (
	"context"
	"slices"
	"strconv"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// PatternList is one side of the pattern as a list of figures: what stands before
// and after each block, what it cost, what reached others.
type PatternList struct {
	By, Title, Rule string
	Counted         bool // false: it is not counted of this selection, as Rule says
	Groups          []FigureGroup
	p               casework.Pattern
}

// FigureGroup are figures that stand under one heading; it may be empty.
type FigureGroup struct {
	Name    string
	Figures []ListedFigure
}

// ListedFigure is a number with what it counts.
type ListedFigure struct {
	Name, Note string
	N          int
	None       bool // nothing was counted, for the reason in Note
	events     []timeline.ID
}

// Number is how many it counts; a dash where nothing was counted.
func (f ListedFigure) Number() string {
	if f.None {
		return "–"
	}
	return strconv.Itoa(f.N)
}

// Only gives the events behind a figure; ok is false where it is nought.
func (f ListedFigure) Only() (only *Only, ok bool) {
	return &Only{Name: f.Name, Events: f.events}, f.N > 0
}

// PatternLists are the words that List takes, in the order in which they are
// offered.
func PatternLists() []string { return casework.Patterns() }

// List finds one side of the pattern among what is counted. days is how many are
// counted before and after a moment, or the fewest without an event that are a
// silence; 0: as is usual. It may be called beside the window.
func (p *Pattern) List(ctx context.Context, by string, days int) (*PatternList, error) {
	m, err := p.material(ctx)
	if err != nil {
		return nil, err
	}
	m.Days = days
	found, err := m.Pattern(ctx, by)
	if err != nil {
		return nil, err
	}
	return listed(found, p.titles), nil
}

// material are the counted events, with the entries of registers of their period.
func (p *Pattern) material(ctx context.Context) (casework.Material, error) {
	from, to, err := period(p.Query.From, p.Query.To, p.base.x.Zone())
	if err != nil {
		return casework.Material{}, err
	}
	places := make([]int, 0, len(p.list)+len(p.undated))
	for _, list := range [][]int32{p.list, p.undated} {
		for _, i := range list {
			places = append(places, int(i))
		}
	}
	slices.Sort(places)
	m, err := casework.GatherFrom(ctx, p.base.x, p.base.result.Only(places), from, to)
	if p.Query.Person != "" || p.narrow {
		m.Of = casework.Chosen
	}
	return m, err
}

func listed(p casework.Pattern, titles map[string]string) *PatternList {
	l := &PatternList{By: p.By, Title: p.Title, Rule: p.Said(), Counted: p.Why == "", p: p}
	for _, f := range p.Figures {
		if n := len(l.Groups); n == 0 || l.Groups[n-1].Name != oneLine(f.Group) {
			l.Groups = append(l.Groups, FigureGroup{Name: oneLine(f.Group)})
		}
		g := &l.Groups[len(l.Groups)-1]
		g.Figures = append(g.Figures, ListedFigure{figureName(p.By, f.Key, titles), oneLine(f.Note), f.N, f.None, f.Events})
	}
	return l
}

// ownActs is what the person did themself, which has no behaviour.
const ownActs = "own acts, counted in none of these"

// figureName is the key of a figure in words.
func figureName(by, key string, titles map[string]string) string {
	switch {
	case by == "code" && key == timeline.UnknownKey:
		return "from others, no behaviour marked"
	case by == "code" && key == timeline.OwnAct:
		return ownActs
	case by == "code":
		return behaviour(key, titles)
	case by == "kind":
		return kindName(timeline.Kind(key))
	}
	return oneLine(key)
}
