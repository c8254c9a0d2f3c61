package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// timelineView is the page of the timeline: a search, the list, and around it
// what narrows it down, draws it as a whole, and shows one event of it.
type timelineView struct {
	w      *Window
	look   *model.Look
	asked  int // how often something was looked up; an older answer is dropped
	thumbs *model.Thumbs

	set    *typesetter
	list   *rowList
	search *widget.Entry
	note   *widget.RichText
	empty  *widget.Label
}

// timelinePage shows everything that happened, in one list.
func timelinePage(w *Window) view {
	p, err := newTimelineView(w)
	if err != nil {
		return failed(err)
	}
	content := p.content()
	p.lookUp(model.Query{}, nil, nil)
	return view{content: content, focus: p.search, leave: p.leave}
}

func newTimelineView(w *Window) (*timelineView, error) {
	from, err := w.desk.Thumbs()
	if err != nil {
		return nil, err
	}
	p := &timelineView{w: w, thumbs: from, set: newTypesetter(), search: widget.NewEntry(), note: quiet(""), empty: widget.NewLabel("")}
	pictures := newThumbs(from, w.env)
	p.list = newRowList(p.set, pictures, w.touch)
	pictures.came = p.list.drawAgain
	p.search.SetPlaceHolder(lang.L("Search words, then Enter"))
	p.search.OnSubmitted = func(words string) {
		q := p.query()
		q.Words = words
		p.lookUp(q, nil, nil)
	}
	return p, nil
}

func (p *timelineView) content() fyne.CanvasObject {
	return container.NewBorder(container.NewVBox(p.search, p.note), nil, nil, nil, container.NewStack(p.list, container.NewCenter(p.empty)))
}

// leave ends what makes pictures.
func (p *timelineView) leave() error { return p.thumbs.Close() }

// query is what is asked for now.
func (p *timelineView) query() model.Query {
	if p.look == nil {
		return model.Query{}
	}
	return p.look.Query
}

// lookUp looks something up beside the window and shows it; then is called
// once it is shown. old is a look whose findings may be used again.
func (p *timelineView) lookUp(q model.Query, old *model.Look, then func()) {
	p.asked++
	mine := p.asked
	p.w.env.Go(func() {
		look, err := p.w.desk.Look(context.Background(), q, old)
		p.w.env.Do(func() {
			if mine != p.asked {
				return
			}
			if err != nil {
				p.w.tell(err)
				return
			}
			p.show(look)
			if then != nil {
				then()
			}
		})
	})
}

// show shows what was found.
func (p *timelineView) show(look *model.Look) {
	p.look = look
	p.list.show(look)
	setText(p.note, look.Note)
	p.empty.SetText("")
	if look.Rows.Events() == 0 {
		p.empty.SetText(look.Note)
	}
}
