package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

// whichSide asks what is listed, and beside which other period.
func (p *patternView) whichSide() fyne.CanvasObject {
	if !slices.ContainsFunc(patternSides(), func(o model.Option) bool { return o.Value == p.now.List }) {
		p.now.List = patternSides()[0].Value
	}
	which := p.chips(patternSides(), p.now.List, false, func(v string) {
		p.now.List = v
		p.draw()
	})
	other := p.fold(section{lang.L("Set another period beside it"), p.now.Other != model.Period{}, func() []fyne.CanvasObject {
		from, to := p.otherDay(&p.now.Other.From, lang.L("The first day")), p.otherDay(&p.now.Other.To, lang.L("The last day"))
		return []fyne.CanvasObject{beside(labelled(lang.L("From"), from), labelled(lang.L("To"), to))}
	}})
	return stacked(which, other)
}

// otherDay is a field for a day of the other period; what is typed counts once it
// is a day, or nothing.
func (p *patternView) otherDay(text *string, hint string) *formField {
	return p.line(text, hint).then(func() {
		if _, err := p.w.desk.Date(*text); err == nil || strings.TrimSpace(*text) == "" {
			p.draw()
		}
	})
}

// sides counts one list and gives what shows it.
func (p *patternView) sides(found *model.Pattern, now model.PatternAsked) func() {
	ctx := context.Background()
	if now.Other != (model.Period{}) {
		return p.besideOther(ctx, found, now)
	}
	l, err := found.List(ctx, now.List, 0)
	if err != nil {
		return func() { p.result.Add(plain(model.Sentence(err))) }
	}
	return func() {
		p.result.Add(tight(heading(l.Title), quiet(l.Rule)))
		if len(l.Groups) == 0 {
			p.result.Add(plain(lang.L("There is none of it here.")))
		}
		for _, g := range l.Groups {
			if g.Name != "" {
				p.result.Add(asked(g.Name))
			}
			listed(p.sheet, p.result, g.Figures, p.listedFigure)
		}
	}
}

// listedFigure is a number with what it counts, what must be known beside it, and
// the way to its events.
func (p *patternView) listedFigure(f model.ListedFigure) fyne.CanvasObject {
	words := tight(plain(f.Name + ": " + fmt.Sprint(f.N)))
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

// besideOther counts two periods and gives what shows the raw counts of both.
func (p *patternView) besideOther(ctx context.Context, found *model.Pattern, now model.PatternAsked) func() {
	q := now.PatternQuery
	q.From, q.To = now.Other.From, now.Other.To
	other, err := p.w.desk.Pattern(ctx, q, found)
	var rows []model.BesideRow
	if err == nil {
		rows, err = found.Beside(ctx, other, now.List, 0)
	}
	if err != nil {
		return func() { p.result.Add(plain(model.Sentence(err))) }
	}
	return func() {
		p.result.Add(plain(lang.L("Beside it: {{.Said}}", map[string]any{"Said": other.Said})))
		listed(p.sheet, p.result, rows, func(r model.BesideRow) fyne.CanvasObject {
			pair := container.New(&wrapLayout{least: 12})
			for _, f := range r.Beside {
				pair.Add(container.NewBorder(nil, nil, nil, p.shows(f), asked(fmt.Sprint(f.N))))
			}
			return container.New(&aside{wide: 18}, plain(join(r.Group, r.Name)), pair)
		})
	}
}
