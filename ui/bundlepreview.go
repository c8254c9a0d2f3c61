package ui

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// leftOut is the fourth step: what is not in the bundle, and what a reader may
// ask about.
func (b *bundleWalk) leftOut() view {
	s := b.w.sheet()
	s.body.Add(plain(said(b.plan.Summary)))
	if !b.h.Served {
		s.body.Add(b.readable())
	}
	if len(b.plan.Shows) > 0 {
		s.body.Add(heading(lang.L("What the other side can read in it")))
		for _, o := range b.shows() {
			s.body.Add(o)
		}
	}
	s.body.Add(heading(lang.L("Left out, and why")))
	if len(b.plan.LeftOut) == 0 {
		s.body.Add(plain(lang.L("Nothing of what you chose is left out.")))
	}
	for _, l := range b.plan.LeftOut {
		s.body.Add(plain(said(l)))
	}
	s.body.Add(heading(lang.L("Look at these before you hand it over")))
	if len(b.plan.Warnings) == 0 {
		s.body.Add(plain(lang.L("There is nothing that a reader would miss.")))
	}
	for _, warn := range b.plan.Warnings {
		box := tight(plain(said(warn.Text)))
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

// preview is the fifth step: the pages as they will be.
func (b *bundleWalk) preview() view {
	p := &bundlePages{b: b, page: 1, frame: container.NewStack(), count: widget.NewLabel("")}
	p.before = b.w.button(lang.L("Page before"), func() { p.turn(p.page - 1) })
	p.after = b.w.button(lang.L("Page after"), func() { p.turn(p.page + 1) })
	text := b.w.button(lang.L("Read it as text"), func() { b.w.put(b.w.page, b.asText()) })
	draw := b.w.button(lang.L("Show the pages"), func() { p.turn(1) })
	draw.Importance = widget.HighImportance
	p.frame.Objects = []fyne.CanvasObject{onSurface(stacked(plain(lang.L("The whole document is laid out for this, in memory; nothing is written anywhere. With many pictures it takes a while. Emoji are dark squares here, and coloured in the document.")), container.NewHBox(draw)))}
	p.scroll = container.NewVScroll(narrow(p.frame))
	head := stacked(container.New(&wrapLayout{least: 9}, p.before, p.after, container.NewCenter(p.count), text))
	p.tell()
	v := view{content: container.NewBorder(head, b.ways(4, b.next(4)), nil, nil, p.scroll), focus: draw, save: func() { b.to(5) }}
	if b.sheets.Has(1) {
		v.focus = p.after
		p.draw(1)
	}
	return v
}

// bundlePages is the document page by page.
type bundlePages struct {
	b             *bundleWalk
	page          int
	before, after *answerButton
	count         *widget.Label
	frame         *fyne.Container
	scroll        *container.Scroll
}

// turn shows a page. The document is laid out anew where that is not among the
// pages kept of the last time.
func (p *bundlePages) turn(page int) {
	if p.b.sheets.Has(page) {
		p.draw(page)
		return
	}
	var got *model.Sheets
	p.b.w.runJob(lang.L("Laying out the document"), func(ctx context.Context, progress evidence.Progress) (err error) {
		got, err = p.b.w.desk.Sheets(ctx, p.b.plan, page, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.b.w.tell(err)
			return
		}
		p.b.sheets = got
		p.draw(page)
	})
	p.b.w.ifStopped(lang.L("Stopping. Nothing is kept of it."))
}

// draw draws a page beside the window, and shows it if no other was asked for
// meanwhile.
func (p *bundlePages) draw(page int) {
	p.page = page
	sheets := p.b.sheets
	p.b.w.env.Go(func() {
		sheet, err := sheets.Page(page)
		p.b.w.env.Do(func() {
			switch {
			case p.page != page || p.b.sheets != sheets:
			case err != nil:
				p.b.w.tell(err)
			default:
				p.show(sheet)
			}
		})
	})
}

func (p *bundlePages) show(sheet *image.RGBA) {
	c := canvas.NewImageFromImage(sheet)
	c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	size := sheet.Bounds().Size()
	p.frame.Objects = []fyne.CanvasObject{container.New(&upright{ratio: float32(size.Y) / float32(size.X)}, c)}
	p.frame.Refresh()
	p.scroll.ScrollToTop()
	p.scroll.Refresh()
	p.tell()
	p.b.w.win.Canvas().Focus(p.after)
}

// tell says which page it is, and which way there are more.
func (p *bundlePages) tell() {
	p.before.Disable()
	p.after.Disable()
	if p.b.sheets == nil {
		return
	}
	p.count.SetText(lang.L("{{.N}} of {{.All}}", map[string]any{"N": p.page, "All": p.b.sheets.All}))
	if p.page > 1 {
		p.before.Enable()
	}
	if p.page < p.b.sheets.All {
		p.after.Enable()
	}
}

// upright gives its one object the whole width and the height that follows.
type upright struct {
	ratio float32
	width float32 // as last laid out
}

// MinSize is as high as the last layout made it.
func (u *upright) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, u.width*u.ratio) }

// Layout fills the width.
func (u *upright) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	u.width = size.Width
	objects[0].Resize(fyne.NewSize(size.Width, size.Width*u.ratio))
}

// asText is the fifth step in words: for whoever cannot read a picture, and to
// be read in larger letters.
func (b *bundleWalk) asText() view {
	p := &bundlePreview{b: b, lines: stacked()}
	p.scroll = container.NewVScroll(narrow(container.NewPadded(p.lines)))
	var titles []string
	for _, s := range b.plan.Sections {
		titles = append(titles, s.Title)
	}
	p.pick = newSelection(titles, func(string) { p.show() })
	head := stacked(quiet(lang.L("The sections of the document with their first lines. The pages themselves have the numbers of pages.")),
		container.New(&wrapLayout{least: 12}, p.pick, b.w.button(lang.L("See the pages"), func() { b.to(4) })))
	p.pick.SetSelectedIndex(0)
	v := view{content: container.NewBorder(head, b.ways(4, b.next(4)), nil, nil, p.scroll), focus: p.pick, save: func() { b.to(5) }}
	return b.step(4, v)
}

type bundlePreview struct {
	b      *bundleWalk
	pick   *selection
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
