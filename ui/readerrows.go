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

// showRows shows the rows of the bundle as the timeline does.
func (r *bundleReader) showRows() {
	pictures := newThumbs(r.thumbs, r.w)
	r.list = newRowList(r.set, pictures, r.w.touch)
	pictures.came = r.list.drawAgain
	r.list.onOpen = r.open
	r.note, r.empty = plain(""), widget.NewLabel("")
	r.side = container.NewStack()
	r.search = newLine()
	r.search.SetPlaceHolder(lang.L("Search words, then Enter"))
	r.search.SetText(r.query.Words)
	r.search.OnSubmitted = func(words string) { r.query.Words = words; r.lookUp() }
	r.filter = newFilterPanel(r.set, r.w)
	r.filter.from.SetText(r.query.From)
	r.filter.to.SetText(r.query.To)
	r.filter.onChange = func(q model.Query) { q.Words = r.query.Words; r.query.Query = q; r.lookUp() }
	r.filter.onBlur = func(on bool) { pictures.all(!on) }
	r.filter.onClose = func() { r.toggle(r.filter.box, false) }
	filters := r.w.button(lang.L("Filters"), func() { r.toggle(r.filter.box, !r.filter.box.Visible()) })
	filters.SetIcon(theme.ListIcon())
	r.all = newButton(lang.L("Show all rows"), func() {
		r.query = model.ReadQuery{}
		r.search.SetText("")
		r.filter.from.SetText("")
		r.filter.to.SetText("")
		r.lookUp()
	})
	r.empty.Wrapping = fyne.TextWrapWord
	ways := r.ways(lang.L("Timeline"))
	list := container.NewStack(r.list, container.NewCenter(r.empty))
	r.body, r.panes = newPanes(r.filter.box, list, r.side)
	r.bar = newTopLine(15, r.relayout, r.search, r.all, filters)
	r.bar.folds = []fyne.CanvasObject{filters, ways}
	r.bar.placed = func() { visible(r.note, !r.bar.folded() || r.query.Narrow()) }
	page := r.under(stacked(ways, r.warning(), r.note), r.body, r.bar)
	r.put(view{content: page, top: r.bar, focus: r.list})
	r.lookUp()
}

// relayout gives the parts of the page their places anew.
func (r *bundleReader) relayout() {
	r.w.relayout()
	layAgain(r.w.view.content)
	layAgain(r.body)
}

// under puts a body that fills the page below a head.
func (r *bundleReader) under(head, body fyne.CanvasObject, bar *topLine) fyne.CanvasObject {
	foot := container.NewStack()
	foot.Hide()
	return newHeaded(head, body, foot, bar)
}

// warning stands above everything that is read of a bundle that failed.
func (r *bundleReader) warning() fyne.CanvasObject {
	if r.got.Check.Good {
		return stacked()
	}
	return rich(widget.RichTextStyle{ColorName: theme.ColorNameError, TextStyle: fyne.TextStyle{Bold: true}}, lang.L("This bundle failed its check. Look at “The check” before you rely on a row."))
}

// lookUp looks up beside the window what is asked for.
func (r *bundleReader) lookUp() {
	r.asked++
	mine, q, old := r.asked, r.query, r.look
	r.w.env.Go(func() {
		look, err := r.got.Look(context.Background(), q, old)
		r.w.env.Do(func() {
			if mine != r.asked {
				return
			}
			if err != nil {
				r.w.tell(err)
				return
			}
			r.show(look)
		})
	})
}

func (r *bundleReader) show(look *model.Look) {
	r.look = look
	r.list.show(look)
	r.filter.show(look)
	setText(r.note, said(look.Note))
	r.empty.SetText("")
	if look.Rows.Events() == 0 {
		r.empty.SetText(lang.L("No row is like that."))
	}
	visible(r.all, r.query.Narrow())
	r.bar.place()
	r.relayout()
}

// open shows a row whole beside the list.
func (r *bundleReader) open(event int) {
	row, err := r.got.Read(event, r.query.Words)
	if err != nil {
		r.w.tell(err)
		return
	}
	box := stacked(r.text(made(row.Title), true))
	if row.Text != "" {
		text := r.text(row.Text, false)
		text.hits = row.Hits
		box.Add(text)
	}
	for _, label := range row.Exhibits {
		box.Add(container.NewHBox(r.w.button(lang.L("See exhibit {{.Label}}", map[string]any{"Label": label}), func() { r.showExhibit(label) })))
	}
	for _, f := range row.Facts {
		box.Add(container.New(flow{0}, r.name(said(f.Name)), r.text(f.Text, false)))
	}
	closing := r.w.button(lang.L("Close"), func() { r.toggle(r.side, false) })
	head := container.NewBorder(nil, nil, nil, closing, heading(lang.L("Details")))
	r.side.Objects = []fyne.CanvasObject{newSurface(), container.NewPadded(container.NewBorder(head, nil, nil, nil, container.NewVScroll(box)))}
	r.toggle(r.side, true)
}

// toggle opens or closes a panel beside the list.
func (r *bundleReader) toggle(panel fyne.CanvasObject, on bool) {
	r.panes.open(panel, on)
	r.bar.unfold(false)
	r.relayout()
	if !on {
		r.w.win.Canvas().Focus(r.list)
	}
}

// text is text in any script that wraps and can be copied.
func (r *bundleReader) text(text string, bold bool) *copyBlock {
	t := newCopyBlock(r.w, r.set, text, nil)
	t.bold = bold
	return t
}

// name is what a text is.
func (r *bundleReader) name(text string) *textBlock {
	t := newTextBlock(r.set, text, nil)
	t.quiet = true
	return t
}
