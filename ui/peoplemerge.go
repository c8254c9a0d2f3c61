package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/timeline"
	"daybook/ui/model"
)

// merge asks which other person is certainly the same as this one, and why. It is
// a step of the page.
func (p *peopleView) merge(page model.PersonPage) {
	reason := ""
	m := &twoOfThem{p: p, page: page, become: func(one, other string) string {
		return lang.L("{{.One}} and {{.Other}} become one person.", map[string]any{"One": one, "Other": other})
	}}
	m.ask(lang.L("Same person?"), lang.L("They are one person"), func(ctx context.Context) (*model.PeopleChange, error) {
		return p.w.desk.MergePeople(ctx, m.other, page.Number, reason)
	}, func(s *sheet) []fyne.CanvasObject {
		return []fyne.CanvasObject{labelled(lang.L("Why?"), s.field(&reason, lang.L("Why? A few words: how you know it"), 2))}
	})
}

// perhaps asks who may use the numbers and accounts of this one, and what speaks
// for it and against it. It joins nothing.
func (p *peopleView) perhaps(page model.PersonPage) {
	reasons, against := "", ""
	m := &twoOfThem{p: p, page: page, become: func(one, other string) string {
		return lang.L("{{.One}} may be {{.Other}}. They stay apart, and are counted apart.", map[string]any{"One": one, "Other": other})
	}}
	m.sures = []model.Option{{Value: string(timeline.Likely), Label: lang.L("Likely")}, {Value: string(timeline.Possible), Label: lang.L("Possible")}, {Value: string(timeline.Unknown), Label: lang.L("Not sure")}}
	m.ask(lang.L("Perhaps the same person?"), lang.L("Note it"), func(ctx context.Context) (*model.PeopleChange, error) {
		return p.w.desk.Attribute(ctx, page.Number, m.other, m.strength, model.Lines(reasons), model.Lines(against))
	}, func(s *sheet) []fyne.CanvasObject {
		return []fyne.CanvasObject{labelled(lang.L("Reasons for it"), s.field(&reasons, lang.L("Each in a line of its own"), 2)),
			labelled(lang.L("Reasons against it"), s.field(&against, lang.L("Each in a line of its own; what does not fit"), 2))}
	})
}

// twoOfThem asks about a person and another one.
type twoOfThem struct {
	p        *peopleView
	page     model.PersonPage
	become   func(one, other string) string // what is said of the two
	sures    []model.Option                 // how sure it may be; none: it is certain
	other    int64
	strength timeline.Strength
}

// ask is the step: whom, how sure, why.
func (m *twoOfThem) ask(title, yes string, do func(context.Context) (*model.PeopleChange, error), why func(*sheet) []fyne.CanvasObject) {
	p := m.p
	s := &sheet{w: p.w}
	chosen := plain(lang.L("Choose somebody in the list."))
	list := newPersonList(p.w.set, p.w.touch, func(r model.PersonRow) {
		m.other = r.Number
		setText(chosen, m.become(m.page.Face.Name, r.Face.Name))
	}, nil)
	search := newLine()
	search.SetPlaceHolder(lang.L("Find a name, number or address"))
	fill := func(text string) { list.show(p.others(text, m.page.Number), nobody) }
	search.OnChanged = fill
	search.OnSubmitted = func(string) { p.w.win.Canvas().Focus(list) }
	parts := []fyne.CanvasObject{chosen}
	if len(m.sures) > 0 {
		how := s.chips(m.sures, "", false, func(v string) { m.strength = timeline.Strength(v) })
		parts = append(parts, labelled(lang.L("How sure is it?"), how))
	}
	agreed := func() {
		switch {
		case m.other == 0:
			p.w.notice(lang.L("Not yet"), lang.L("Choose somebody in the list first."))
			return
		case m.strength == "" && len(m.sures) > 0:
			p.w.notice(lang.L("Not yet"), lang.L("Say how sure it is first."))
			return
		}
		p.say(do, p.again)
	}
	s.body = stacked(append(append(parts, why(s)...),
		container.New(&wrapLayout{least: 14}, s.button(lang.L("Cancel"), func() { p.again(p.change) }), primary(yes, agreed)))...)
	list.entered = func(keys bool) {
		if keys {
			p.w.win.Canvas().Focus(firstField(s.body))
		}
	}
	s.scroll = container.NewVScroll(container.New(column{46}, container.NewPadded(s.body)))
	left := raised(container.NewPadded(headOver(search, list)))
	fill("")
	p.w.put(p.w.page, view{content: container.New(&halves{}, left, s.scroll), title: title, focus: search})
}

// others are the people that a search finds, but for one.
func (p *peopleView) others(text string, but int64) []model.PersonRow {
	var out []model.PersonRow
	for _, r := range p.book.Find(text) {
		if r.Number != but {
			out = append(out, r)
		}
	}
	return out
}

// again shows the page again, with what was just said, if anything was.
func (p *peopleView) again(c *model.PeopleChange) {
	next := newPeopleView(p.w)
	next.now, next.change = p.now, c
	next.two.open = p.two.open
	next.look()
	p.w.put(p.w.page, next.view())
	p.w.win.Canvas().Focus(next.list)
}

// halves sets two objects beside each other, or each into half the height where
// there is no room.
type halves struct{}

// MinSize is small: both scroll.
func (h *halves) MinSize([]fyne.CanvasObject) fyne.Size { return (&twoPanes{}).MinSize(nil) }

// Layout places both.
func (h *halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	two := &twoPanes{list: o[0], detail: o[1]}
	if !two.narrow(size) {
		two.Layout(nil, size)
		return
	}
	half := max(size.Height/2, o[0].MinSize().Height) // what is below scrolls
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, half))
	o[1].Move(fyne.NewPos(0, half))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-half))
}
