package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"daybook/timeline/casework"
	"daybook/ui/model"
)

// ask puts what the part that is shown asks besides.
func (p *patternView) ask() {
	p.asks.RemoveAll()
	switch p.now.Part {
	case byMonth:
		p.asks.Add(p.division())
	case around:
		p.asks.Add(p.which())
		p.asks.Add(container.New(chipLine{}, p.number([]int{7, casework.UsualDays, 90, 180}, func(n int) string {
			return lang.L("{{.N}} days", map[string]any{"N": n})
		}, &p.now.Days), p.division()))
	case twoSides:
		p.asks.Add(p.whichTwo())
	case sides:
		p.asks.Add(p.whichSide())
	case silences:
		p.asks.Add(p.number([]int{3, casework.UsualSilence, 14, 30}, func(n int) string {
			return lang.L("{{.N}} days or more", map[string]any{"N": n})
		}, &p.now.Least))
	}
}

// division asks what the bars are divided by.
func (p *patternView) division() *chips {
	return p.chips([]model.Option{{Value: "0", Label: lang.L("By behaviour")}, {Value: "1", Label: lang.L("By kind")}}, strconv.Itoa(int(p.now.By)), false, func(v string) {
		p.now.By = model.ByBehaviour
		if v == "1" {
			p.now.By = model.ByKind
		}
		p.draw()
	})
}

// number asks for one of a few numbers.
func (p *patternView) number(of []int, name func(int) string, value *int) *chips {
	var options []model.Option
	for _, n := range of {
		options = append(options, model.Option{Value: strconv.Itoa(n), Label: name(n)})
	}
	return p.chips(options, strconv.Itoa(*value), false, func(v string) {
		for _, n := range of {
			if strconv.Itoa(n) == v {
				*value = n
			}
		}
		p.draw()
	})
}

// which asks before and after what is counted: an order, a marked event, or a
// day that is typed.
func (p *patternView) which() fyne.CanvasObject {
	var names []string
	at := -1
	for i, m := range p.moments {
		names = append(names, made(m.Name))
		if p.now.Moment.Key == m.Key {
			at = i
		}
	}
	list := newSelection(names, nil)
	list.PlaceHolder = lang.L("An order or a marked event")
	list.SetSelectedIndex(at)
	list.OnChanged = func(string) {
		p.w.touch(nil)
		if i := list.SelectedIndex(); i >= 0 {
			p.now.Moment = p.moments[i]
			p.draw()
		}
	}
	typed := ""
	day := p.line(&typed, lang.L("12 Mar 2025 14:30"))
	day.OnSubmitted = func(string) {
		m, err := p.p.MomentAt(typed)
		if err != nil {
			p.w.tell(err)
			return
		}
		p.now.Moment = m
		list.ClearSelected()
		p.draw()
	}
	return beside(labelled(lang.L("Before and after what?"), list), labelled(lang.L("Or a day"), day))
}

// mostSilences is how many silences are listed.
const mostSilences = 40

// silences shows the silences of the period as a strip and as a list.
func (p *patternView) silences(s *model.Silences) {
	p.result.Add(tight(heading(said(s.Name)), quiet(said(s.Rule))))
	if !s.Counted {
		return
	}
	if s.Last < s.First {
		p.result.Add(plain(lang.L("There is nothing to count.")))
		return
	}
	if !p.now.Table {
		p.result.Add(raised(container.NewPadded(newSilenceStrip(s))))
		p.result.Add(p.silenceLegend())
	}
	if len(s.List) == 0 {
		p.result.Add(plain(lang.L("There is no silence as long as that.")))
	}
	for _, q := range s.List[:min(len(s.List), mostSilences)] {
		show := p.button(lang.L("Show these days"), func() { p.w.showTimeline(lookFor{query: q.Query}) })
		mark := container.NewVBox(container.NewPadded(container.New(scaled{1.5}, newSwatch(silenceFill(q.Sort)))))
		p.result.Add(raised(container.NewPadded(container.NewBorder(nil, nil, mark, nil, container.New(flow{0}, tight(asked(said(q.Days)), plain(said(q.Said))), container.NewHBox(show))))))
	}
	if n := len(s.List) - mostSilences; n > 0 {
		p.result.Add(plain(lang.L("There are {{.N}} more. Choose longer ones, or a shorter period.", map[string]any{"N": n})))
	}
	for _, l := range s.Left {
		p.result.Add(plain(said(l.Said("event"))))
	}
}

func (p *patternView) silenceLegend() fyne.CanvasObject {
	list, lanes := container.New(&wrapLayout{least: 18}), silenceLanes()
	for _, l := range silenceLegend() {
		list.Add(container.NewBorder(nil, nil, container.NewVBox(container.NewPadded(container.New(scaled{1.5}, newSwatch(l.fill)))), nil, plain(lanes[l.lane]+": "+l.text)))
	}
	return container.New(flow{theme.Padding()}, list)
}

// chipLine sets groups of chips beside each other, as many as fit.
type chipLine struct{}

// whole is how wide a group is in one row.
func (c *chips) whole() float32 {
	r, width := &chipsRenderer{c: c}, float32(0)
	for _, o := range c.options {
		width += r.size(o.Label).Width + theme.Padding()
	}
	return width
}

// Layout places the groups.
func (l chipLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	var x, y, row float32
	for _, o := range objects {
		want := min(o.(*chips).whole(), width)
		if x > 0 && x+want > width {
			x, y, row = 0, y+row+theme.Padding(), 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(want, o.MinSize().Height))
		o.Resize(fyne.NewSize(want, o.MinSize().Height))
		x, row = x+want+2*theme.Padding(), max(row, o.MinSize().Height)
	}
}

// MinSize is as wide as the widest chip and as high as the last layout made it.
func (l chipLine) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height = max(size.Height, o.Position().Y+m.Height)
	}
	return size
}
