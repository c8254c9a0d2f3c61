package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/timeline"
	"daybook/ui/model"
)

// merge asks which other person is the same as this one, how sure that is, and
// why. It is a step of the page.
func (p *peopleView) merge(page model.PersonPage) {
	s := &sheet{w: p.w}
	other, strength, reason := int64(0), timeline.Strength(""), ""
	chosen := plain(lang.L("Choose somebody in the list."))
	list := newPersonList(p.w.set, p.w.touch, func(r model.PersonRow) {
		other = r.Number
		setText(chosen, lang.L("{{.One}} and {{.Other}} become one person.", map[string]any{"One": page.Face.Name, "Other": r.Face.Name}))
	}, nil)
	search := newLine()
	search.SetPlaceHolder(lang.L("Find a name, number or address"))
	fill := func(text string) { list.show(p.others(text, page.Number), nobody) }
	search.OnChanged = fill
	search.OnSubmitted = func(string) { p.w.win.Canvas().Focus(list) }
	why := s.field(&reason, lang.L("Why? A few words: how you know it"), 2)
	how := s.chips([]model.Option{{Value: string(timeline.Certain), Label: lang.L("Certain")}, {Value: string(timeline.Likely), Label: lang.L("Likely")}, {Value: string(timeline.Possible), Label: lang.L("Possible")}},
		"", false, func(v string) { strength = timeline.Strength(v) })
	list.entered = func(keys bool) {
		if keys {
			p.w.win.Canvas().Focus(how)
		}
	}
	do := func() {
		switch {
		case other == 0:
			p.w.notice(lang.L("Not yet"), lang.L("Choose somebody in the list first."))
			return
		case strength == "":
			p.w.notice(lang.L("Not yet"), lang.L("Say how sure it is first."))
			return
		}
		p.say(func(ctx context.Context) (*model.PeopleChange, error) {
			return p.w.desk.MergePeople(ctx, other, page.Number, strength, reason)
		}, p.again)
	}
	s.body = stacked(chosen, labelled(lang.L("How sure is it?"), how), labelled(lang.L("Why?"), why),
		container.New(&wrapLayout{least: 14}, s.button(lang.L("Cancel"), func() { p.again(p.change) }), primary(lang.L("They are one person"), do)))
	s.scroll = container.NewVScroll(container.New(column{46}, container.NewPadded(s.body)))
	left := raised(container.NewPadded(headOver(search, list)))
	fill("")
	p.w.put(p.w.page, view{content: container.New(&halves{}, left, s.scroll), title: lang.L("Same person?"), focus: search})
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
	half := size.Height / 2
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, half))
	o[1].Move(fyne.NewPos(0, half))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-half))
}
