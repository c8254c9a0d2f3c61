package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/ui/model"
)

// patternSides are the lists that are offered, by the words that the model takes:
// what each is in a few words. What has a chart of its own is not among them.
func patternSides() []model.Option {
	return []model.Option{{Value: "impact", Label: lang.L("What it did to you, over time")}, {Value: "cost", Label: lang.L("What it cost")},
		{Value: "moment", Label: lang.L("Before and after each time they were told")}, {Value: "new-handle", Label: lang.L("New numbers after a block")},
		{Value: "reach", Label: lang.L("Family, friends, work")}, {Value: "private", Label: lang.L("Private things they knew")},
		{Value: "burst", Label: lang.L("Many in a row")}, {Value: "channel", Label: lang.L("By app or channel")}, {Value: "code", Label: lang.L("By behaviour")}}
}

// whichSide asks what is listed.
func (p *patternView) whichSide() fyne.CanvasObject {
	if !slices.ContainsFunc(patternSides(), func(o model.Option) bool { return o.Value == p.now.List }) {
		p.now.List = patternSides()[0].Value
	}
	return p.chips(patternSides(), p.now.List, false, func(v string) {
		p.now.List = v
		p.draw()
	})
}

// sides counts one list and gives what shows it.
func (p *patternView) sides(found *model.Pattern, now model.PatternAsked) func() {
	l, err := found.List(context.Background(), now.List, 0)
	if err != nil {
		return func() { p.result.Add(plain(told(err))) }
	}
	return func() {
		p.result.Add(tight(heading(said(l.Title)), quiet(said(l.Rule))))
		if len(l.Groups) == 0 && l.Counted {
			p.result.Add(plain(lang.L("There is none of it here.")))
		}
		for _, g := range l.Groups {
			if g.Name != "" {
				p.result.Add(asked(groupSaid(l.By, g.Name)))
			}
			listed(p.sheet, p.result, g.Figures, func(f model.ListedFigure) fyne.CanvasObject { return p.listedFigure(l, g, f) })
		}
	}
}

// listedFigure is a number with what it counts, what must be known beside it, and
// the way to its events.
func (p *patternView) listedFigure(l *model.PatternList, g model.FigureGroup, f model.ListedFigure) fyne.CanvasObject {
	f.Name, f.Note = figureSaid(l.By, g.Name, f)
	words := tight(plain(f.Name + ": " + f.Number()))
	if f.Note != "" {
		words.Add(quiet(f.Note))
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(p.shows(f)), words)
}

// shows leads to the events behind a figure; of nought there are none.
func (p *patternView) shows(f model.ListedFigure) *formButton {
	b := p.button(lang.L("Show them"), func() {
		if only, ok := f.Only(); ok {
			p.w.showTimeline(lookFor{query: model.Query{Only: only}})
		}
	})
	if f.N == 0 {
		b.Disable()
	}
	return b
}
