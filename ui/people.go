package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// peopleView is the page of who is who: everybody in the data in a list, and
// beside it one of them whole.
type peopleView struct {
	w     *Window
	book  *model.PeopleBook
	asked int // how often everybody was looked up; an older answer is dropped

	now    int64 // the person who is shown
	change *model.PeopleChange

	search *line
	note   *widget.RichText
	list   *personList
	detail *sheet
	first  fyne.Focusable // of the detail
	two    *twoPanes
	box    *fyne.Container
}

// peoplePage shows who is in the data.
func peoplePage(w *Window) view {
	p := newPeopleView(w)
	p.look()
	return p.view()
}

func newPeopleView(w *Window) *peopleView {
	p := &peopleView{w: w, now: w.desk.Asked().Person, search: newLine(), note: quiet("")}
	p.search.SetPlaceHolder(lang.L("Find a name, number or address"))
	p.search.OnChanged = func(string) { p.fill() }
	p.list = newPersonList(w.set, w.touch, p.show, p.open)
	p.search.OnSubmitted = func(string) { w.win.Canvas().Focus(p.list) }
	p.detail = &sheet{w: w, body: stacked()}
	p.detail.scroll = container.NewVScroll(container.New(column{46}, container.NewPadded(p.detail.body)))
	left := raised(container.NewPadded(headOver(container.New(flow{0}, p.search, p.note), p.list)))
	p.two = &twoPanes{list: left, detail: p.detail.scroll}
	p.box = container.New(p.two, left, p.detail.scroll)
	return p
}

// headOver sets something above what fills the rest. Tab goes through it first,
// which it does not in Fyne's own border.
func headOver(head, rest fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewBorderLayout(head, nil, nil, nil), head, rest)
}

func (p *peopleView) view() view {
	return view{content: p.box, focus: p.search, leave: p.leave}
}

// leave waits for nothing more, and keeps who was looked at.
func (p *peopleView) leave() error {
	p.asked++
	p.w.desk.KeepPerson(p.now)
	return nil
}

// look looks everybody up beside the window.
func (p *peopleView) look() {
	p.asked++
	mine := p.asked
	p.w.env.Go(func() {
		book, err := p.w.desk.People(context.Background())
		p.w.env.Do(func() {
			switch {
			case mine != p.asked:
			case err != nil:
				p.w.tell(err)
			default:
				p.book = book
				p.fill()
			}
		})
	})
}

// fill puts the people that the search finds into the list, and shows the one
// who was shown before, if they are still there.
func (p *peopleView) fill() {
	p.w.touch(nil)
	if p.book == nil {
		return
	}
	rows := p.book.Find(p.search.Text)
	note := lang.L("{{.N}} of {{.All}} people", map[string]any{"N": len(rows), "All": len(p.book.Rows)})
	if len(p.book.Rows) == 0 {
		note = lang.L("Nobody is in the data yet.")
	}
	setText(p.note, note)
	at := 0
	for i, r := range rows {
		if r.Number == p.now {
			at = i
		}
	}
	p.list.show(rows, at)
	if len(rows) == 0 {
		p.now = 0
		p.draw()
	}
}

// show shows a person beside the list.
func (p *peopleView) show(r model.PersonRow) {
	p.now = r.Number
	p.draw()
	p.detail.scroll.ScrollToTop()
}

// open takes the keys to the person who is shown; where there is no room beside
// the list, they stand in its place.
func (p *peopleView) open(keys bool) {
	if p.two.narrow(p.box.Size()) {
		p.two.open = true
		p.draw()
		p.box.Refresh()
	}
	if keys && p.first != nil {
		p.w.win.Canvas().Focus(p.first)
	}
}

// back goes back to the list.
func (p *peopleView) back() {
	p.two.open = false
	p.box.Refresh()
	p.w.win.Canvas().Focus(p.list)
}

// twoPanes sets a list beside what shows one of its lines whole; where there is
// no room for both, one of them stands.
type twoPanes struct {
	list, detail fyne.CanvasObject
	open         bool // the detail stands in place of the list
}

// MinSize is that of a narrow list.
func (t *twoPanes) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(12*theme.TextSize(), 8*theme.TextSize())
}

// narrow tells that there is room for one alone.
func (t *twoPanes) narrow(size fyne.Size) bool { return size.Width < 44*theme.TextSize() }

// Layout places the panes.
func (t *twoPanes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if t.narrow(size) {
		visible(t.list, !t.open)
		visible(t.detail, t.open)
		for _, o := range []fyne.CanvasObject{t.list, t.detail} {
			o.Move(fyne.Position{})
			o.Resize(size)
		}
		return
	}
	t.list.Show()
	t.detail.Show()
	width, gap := 20*theme.TextSize(), theme.Padding()
	t.list.Move(fyne.Position{})
	t.list.Resize(fyne.NewSize(width, size.Height))
	t.detail.Move(fyne.NewPos(width+gap, 0))
	t.detail.Resize(fyne.NewSize(size.Width-width-gap, size.Height))
}
