package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// painting is where parts of an exhibit's picture or pages are hidden from the other side.
type painting struct {
	*sheet
	w     *Window
	from  paintedFrom
	name  string // of the exhibit
	of    *model.Painting
	page  *model.PaintingPage
	board *board // nil: there is no picture of the page
	words string // that are to be hidden on every page
	code  string // why
	list  *fyne.Container
	hide  *formButton
}

// paintedFrom is the page that leads to it.
type paintedFrom struct {
	back    string          // says where it leads back to
	goBack  func()          // leads there
	keep    func() error    // saves what stands there, until a page can be shown; nil: it is gone once it was left
	view    func(view) view // makes it a part of that page
	changed func()          // hears that something was hidden, or is shown again
}

// hidePart leads to it from an exhibit.
func (b *bundleWalk) hidePart(e model.ExhibitLine) {
	b.w.hidePart(e.Item, e.Label, paintedFrom{
		back: lang.L("Back to the exhibits"), goBack: func() { b.to(2) }, keep: b.keep, changed: b.changed,
		view: func(v view) view { return b.step(2, v) },
	})
}

// hidePartOf leads to it from where a file is read on the timeline. The way from there to
// the page that led to the timeline stays.
func (w *Window) hidePartOf(item int64, name string) {
	from := w.view.from
	w.hidePart(item, name, paintedFrom{
		back: lang.L("Back to the timeline"), goBack: func() { w.backToTimeline(from) }, changed: func() {},
		view: func(v view) view { v.from = from; return v },
	})
}

func (w *Window) hidePart(item int64, name string, from paintedFrom) {
	of, err := w.desk.Painting(item)
	if err != nil {
		w.tell(err)
		return
	}
	p := &painting{w: w, from: from, name: name, of: of, code: model.KeepOutReasons()[0].Value}
	p.to(1)
}

// to shows a page.
func (p *painting) to(n int) {
	w := p.w
	if !w.leave() {
		return
	}
	w.view.leave = p.from.keep
	var page *model.PaintingPage
	w.runJob(lang.L("Making a picture of the page"), func(ctx context.Context, _ evidence.Progress) (err error) {
		page, err = p.of.Page(ctx, n)
		return err
	}, func(err error) {
		if err != nil {
			if p.page == nil && p.from.keep == nil {
				p.from.goBack()
			}
			w.tell(err)
			return
		}
		p.page = page
		w.put(w.page, p.view())
	})
}

func (p *painting) view() view {
	p.sheet, p.list, p.board = p.w.sheet(), container.New(&lineLayout{}), nil
	s := p.sheet
	s.body.Add(plain(lang.L("Draw a box over what the other side must not see. It is painted over in black in every pack that they may read, and the file itself is then not in that pack. Nothing here is changed, and a full pack shows everything.")))
	if p.of.Copies > 1 {
		s.body.Add(plain(lang.L("The same file came into this case {{.N}} times. What you hide here is hidden in each of them.", map[string]any{"N": p.of.Copies})))
	}
	reasons := model.KeepOutReasons()
	why := newSelection(labelsOf(reasons), nil)
	for i, r := range reasons {
		if r.Value == p.code {
			why.SetSelectedIndex(i)
		}
	}
	why.OnChanged = func(label string) { p.code = valueOf(reasons, label) }
	s.body.Add(labelled(lang.L("Why? The other side reads this reason"), why))
	if p.of.Pages > 0 {
		s.body.Add(p.byWords())
	}
	focus := p.ownPage()
	for _, h := range p.page.Hidden {
		again := s.button(lang.L("Show it again…"), func() { p.showAgain(h) })
		s.body.Add(container.NewBorder(nil, nil, nil, stacked(again), tight(asked(lang.L("Hidden on this page, parts: {{.N}}", map[string]any{"N": len(h.Parts)})), plain(said(h.Reason)), quiet(byWhen(h.Said)))))
	}
	if bare, err := p.of.Bare(context.Background()); err != nil {
		s.body.Add(plain(told(err)))
	} else if bare != "" {
		s.body.Add(onSurface(plain(said(bare))))
	}
	s.body.Add(container.NewHBox(s.button(p.from.back, func() { p.w.depart(p.from.goBack) })))
	v := p.from.view(view{content: s.scroll, focus: focus, save: p.save})
	v.title = shorten(lang.L("Hide a part of {{.Exhibit}}", map[string]any{"Exhibit": p.name}), longestName)
	v.loses = func() bool { return p.board != nil && len(p.board.boxes) > 0 }
	return v
}

// showAgain asks why parts are shown again.
func (p *painting) showAgain(h model.Hidden) {
	p.w.showAgain(h.KeptOut, func() {
		p.from.changed()
		p.to(p.page.Page)
	})
}

// ownPage is the picture of the page, or why there is none, with the boxes on it; it gives
// what takes the keys first.
func (p *painting) ownPage() fyne.Focusable {
	s := p.sheet
	var turns *fyne.Container
	if p.of.Pages > 1 {
		turns = p.turns()
		s.body.Add(turns)
	}
	if p.page.Image == nil {
		s.body.Add(onSurface(plain(lang.L("This page cannot be shown here: {{.Why}}", map[string]any{"Why": told(p.page.Why)}))))
		return firstField(s.body)
	}
	var hidden []model.Share
	for _, h := range p.page.Hidden {
		hidden = append(hidden, h.Parts...)
	}
	p.hide = s.button(lang.L("Hide these parts"), p.save)
	p.hide.Importance = widget.HighImportance
	p.board = newBoard(s, p.page.Image, hidden, p.lay)
	s.body.Add(quiet(lang.L("With the mouse: drag from one corner to the other. With the keys: the arrows move a frame, with Shift they make it larger or smaller, Enter takes it, Delete takes the last box back.")))
	s.body.Add(p.list)
	s.body.Add(p.board)
	p.lay()
	return p.board
}

// lay lists the boxes, each of which can be taken back.
func (p *painting) lay() {
	p.list.Objects = []fyne.CanvasObject{p.hide}
	p.hide.Disable()
	for i := range p.board.boxes {
		p.hide.Enable()
		p.list.Add(p.button(lang.L("Take box {{.N}} back", map[string]any{"N": i + 1}), func() { p.board.drop(i) }))
	}
	p.body.Refresh()
}

// turns leads from page to page.
func (p *painting) turns() *fyne.Container {
	way := func(text string, n int) *formButton {
		b := p.button(text, func() { p.w.depart(func() { p.to(n) }) })
		if n < 1 || n > p.of.Pages {
			b.Disable()
		}
		return b
	}
	count := plain(lang.L("{{.N}} of {{.All}}", map[string]any{"N": p.page.Page, "All": p.of.Pages}))
	return container.New(&wrapLayout{least: 9}, way(lang.L("Page before"), p.page.Page-1), way(lang.L("Page after"), p.page.Page+1), count)
}

// byWords hides words wherever they stand on the pages.
func (p *painting) byWords() fyne.CanvasObject {
	line := p.line(&p.words, lang.L("12 High Street"))
	find := func() {
		pages, err := p.of.HideWords(context.Background(), p.words, p.code)
		if err != nil {
			p.w.tell(err)
			return
		}
		p.words = ""
		p.from.changed()
		n := p.page.Page
		if len(pages) > 0 {
			n = pages[0]
		}
		p.to(n)
	}
	line.OnSubmitted = func(string) { find() }
	return labelled(lang.L("Words to hide on every page of it (you need not draw then)"), line, container.NewHBox(p.button(lang.L("Hide these words"), find)))
}

// save hides what was drawn.
func (p *painting) save() {
	if p.board == nil {
		return
	}
	if err := p.of.Hide(context.Background(), p.page, p.board.boxes, p.code); err != nil {
		p.w.tell(err)
		return
	}
	p.board.boxes = nil
	p.from.changed()
	p.to(p.page.Page)
}
