package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// leftOut is the fourth step: what is not in the bundle, and what a reader may
// ask about.
func (b *bundleWalk) leftOut() view {
	s := b.w.sheet()
	s.body.Add(plain(b.plan.Summary))
	s.body.Add(heading(lang.L("Left out, and why")))
	if len(b.plan.LeftOut) == 0 {
		s.body.Add(plain(lang.L("Nothing of what you chose is left out.")))
	}
	for _, l := range b.plan.LeftOut {
		s.body.Add(plain(l))
	}
	s.body.Add(heading(lang.L("Look at these before you hand it over")))
	if len(b.plan.Warnings) == 0 {
		s.body.Add(plain(lang.L("There is nothing that a reader would miss.")))
	}
	for _, warn := range b.plan.Warnings {
		box := tight(plain(warn.Text))
		for _, n := range warn.Names {
			box.Add(quiet("– " + n))
		}
		s.body.Add(onSurface(box))
	}
	if b.h.Served {
		s.body.Add(plain(lang.L("Read the bundle yourself before it is served: words in a message, or things to be seen in a picture, can still tell an address.")))
	}
	next := b.next(3)
	s.body.Add(b.ways(3, next))
	return view{content: s.scroll, focus: next, save: func() { b.to(4) }}
}

// preview is the fifth step: the sections of the document as they will read.
func (b *bundleWalk) preview() view {
	p := &bundlePreview{b: b, lines: down()}
	p.scroll = container.NewVScroll(narrow(container.NewPadded(p.lines)))
	var titles []string
	for _, s := range b.plan.Sections {
		titles = append(titles, s.Title)
	}
	p.pick = widget.NewSelect(titles, func(string) { p.show() })
	head := down(plain(lang.L("This is how the document will read: its sections with their first lines, drawn from the plan. It is not a picture of the pages: pages and their numbers are made when it is written.")),
		container.New(column{30}, p.pick))
	p.pick.SetSelectedIndex(0)
	next := b.next(4)
	return view{content: container.NewBorder(head, b.ways(4, next), nil, nil, p.scroll), focus: p.pick, save: func() { b.to(5) }}
}

type bundlePreview struct {
	b      *bundleWalk
	pick   *widget.Select
	lines  *fyne.Container
	scroll *container.Scroll
}

// show shows the section that is picked.
func (p *bundlePreview) show() {
	at := p.b.plan.Sections[p.pick.SelectedIndex()].Place
	plan := p.b.plan
	p.b.w.env.Go(func() {
		lines, err := plan.Section(context.Background(), at)
		p.b.w.env.Do(func() {
			if err != nil {
				p.b.w.tell(err)
				return
			}
			p.lay(lines)
		})
	})
}

func (p *bundlePreview) lay(lines []model.PageLine) {
	p.lines.RemoveAll()
	for _, l := range lines {
		switch {
		case l.Head:
			p.lines.Add(asked(l.Text))
		case l.Mono:
			p.lines.Add(rich(widget.RichTextStyle{SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Monospace: true}}, l.Text))
		default:
			p.lines.Add(plain(l.Text))
		}
	}
	p.lines.Refresh()
	p.scroll.ScrollToTop()
}
