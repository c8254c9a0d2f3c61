package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/ui/model"
)

// timelineView is the page of the timeline: a search, an overview, the list,
// and beside it what narrows it down and what shows one event of it whole.
type timelineView struct {
	w      *Window
	look   *model.Look
	asked  int           // how often something was looked up; an older answer is dropped
	undo   *model.Marked // the last mark, while it can be taken back at once
	store  *model.Thumbs
	opened int      // event in the details
	from   *wayBack // to the page that led here; nil: none did

	set      *typesetter
	pictures *thumbs
	search   *line
	date     *line
	note     *widget.RichText
	empty    *widget.Label
	strip    *strip
	list     *rowList
	lanes    *lanes
	laneBox  *fyne.Container
	laneBy   model.LaneBy
	filter   *filterPanel
	detail   *detailPane
	found    *fyne.Container // next and previous of a search
	place    *widget.Label
	picked   *fyne.Container // what can be done with picked events
	count    *widget.Label
	undoing  *button
	back     *button
	whole    *button
	body     *fyne.Container
	panes    *panes
	bar      *topLine
	says     *fyne.Container // the line of the note
	page     *fyne.Container
}

// timelinePage shows everything that happened, in one list, as it was when it was
// left.
func timelinePage(w *Window) view { return timelineOf(w, w.leftTimeline()) }

// leftTimeline looks up what the timeline showed when it was left.
func (w *Window) leftTimeline() lookFor {
	a := w.desk.Asked().Timeline
	if a == nil {
		return lookFor{}
	}
	return lookFor{query: a.Query, keep: a.Top, at: a.At, picked: a.Picked, period: a.Period}
}

// backToTimeline goes back to the timeline as it was left, with the way back that it had.
func (w *Window) backToTimeline(from *wayBack) {
	if p, ok := find(timelineID); ok && w.leave() {
		f := w.leftTimeline()
		f.from = from
		w.put(p, timelineOf(w, f))
	}
}

// showTimeline goes to the timeline and looks something up there, with the way back.
func (w *Window) showTimeline(f lookFor) {
	from := w.wayHere()
	if p, ok := find(timelineID); ok && w.leave() {
		f.from = from
		w.put(p, timelineOf(w, f))
	}
}

func timelineOf(w *Window, f lookFor) view {
	p, err := newTimelineView(w)
	if err != nil {
		return failed(err)
	}
	p.from = f.from
	content := p.content()
	p.search.SetText(f.query.Words)
	p.filter.from.SetText(f.query.From)
	p.filter.to.SetText(f.query.To)
	p.lookUp(f)
	return p.view(content)
}

func (p *timelineView) view(content fyne.CanvasObject) view {
	return view{content: content, top: p.bar, focus: p.search, leave: p.leave, free: p.free, from: p.from}
}

func newTimelineView(w *Window) (*timelineView, error) {
	store, err := w.desk.Thumbs()
	if err != nil {
		return nil, err
	}
	p := &timelineView{w: w, store: store, set: w.set, search: newLine(), date: newLine(),
		note: quiet(""), empty: widget.NewLabel(""), place: widget.NewLabel(""), count: widget.NewLabel("")}
	p.pictures = newThumbs(store, w)
	p.strip = newStrip(w.touch)
	p.list = newRowList(p.set, p.pictures, w.touch)
	p.lanes = newLanes(p.set, p.strip)
	p.filter = newFilterPanel(p.set, w)
	p.detail = newDetailPane(w, p.set, p.pictures)
	p.connect()
	return p, nil
}

// connect tells the parts what to do with each other.
func (p *timelineView) connect() {
	p.pictures.came = func() { p.list.drawAgain(); p.detail.refresh() }
	p.search.SetPlaceHolder(lang.L("Search words, then Enter"))
	p.search.OnSubmitted = func(words string) {
		q := p.query()
		q.Words, q.Thread = words, ""
		p.lookUp(lookFor{query: q})
	}
	p.date.SetPlaceHolder(lang.L("Go to a date"))
	p.date.OnSubmitted = p.goToDate
	p.strip.onJump = p.goToMoment
	p.strip.onZoom = func() { p.tell(); p.lanes.Refresh() }
	p.list.onMoved = func(int) { p.frame() }
	p.list.onZoom = p.strip.zoom
	p.list.onSelected = func() {
		if p.selected() && p.list.cur >= 0 {
			p.list.reveal(p.list.cur) // what can be done may stand where it was
		}
	}
	p.list.onOpen = p.open
	p.lanes.onPick = func(_ int, ms int64) { p.goToMoment(ms) }
	p.lanes.onFit = p.showLanes
	p.filter.onChange = func(q model.Query) { p.lookUp(lookFor{query: q, old: p.look}) }
	p.filter.onBlur = func(on bool) { p.pictures.all(!on) }
	p.filter.onRead = p.readPictures
	p.filter.onAlike = p.alikePictures
	p.filter.onClose = func() { p.toggle(p.filter.box, false) }
	p.detail.onClose = func() { p.toggle(p.detail.box, false) }
	p.detail.onContext = func() { p.context(p.opened) }
	p.detail.onShow = func() { p.original(p.opened) }
	p.detail.onUnmark = p.takeBack
}

// content puts the page together.
func (p *timelineView) content() fyne.CanvasObject {
	filters := newIconedButton(lang.L("Filters"), theme.ListIcon(), func() { p.toggle(p.filter.box, !p.filter.box.Visible()) })
	details := newIconedButton(lang.L("Details"), theme.InfoIcon(), p.openCurrent)
	who := newIconedButton(lang.L("Who when"), theme.AccountIcon(), p.toggleLanes)
	p.found = container.NewHBox(quietButton(lang.L("Previous"), theme.MoveUpIcon(), func() { p.step(-1) }), quietButton(lang.L("Next"), theme.MoveDownIcon(), func() { p.step(1) }), container.New(fixedWidth{8}, p.place))
	p.found.Hide()
	date := container.New(fixedWidth{9}, p.date)
	p.bar = newTopLine(15, p.relayout, p.search, p.found, date, filters, who, details)
	p.undoing = quietButton(lang.L("Take the mark back"), theme.ContentUndoIcon(), p.unmark)
	p.back = quietButton(lang.L("Show everything"), theme.ViewRestoreIcon(), func() {
		p.search.SetText("")
		_, at := p.event()
		p.lookUp(lookFor{keep: p.current(), pick: at})
	})
	p.whole = quietButton(lang.L("Whole"), theme.ZoomFitIcon(), p.strip.whole)
	p.undoing.Hide()
	p.back.Hide()
	p.whole.Hide()
	zoom := container.NewHBox(p.whole, newIconButton(lang.L("Closer"), theme.ZoomInIcon(), func() { p.strip.zoom(true) }),
		newIconButton(lang.L("Wider"), theme.ZoomOutIcon(), func() { p.strip.zoom(false) }))
	p.says = container.New(&lineLayout{least: 12}, p.note)
	if p.from != nil {
		p.says.Add(quietButton(p.from.name(), theme.NavigateBackIcon(), p.w.goBack))
	}
	p.says.Objects = append(p.says.Objects, p.back, p.undoing, zoom)
	p.picked = p.newPickedBar()
	p.picked.Hide()
	p.bar.folds = append(p.bar.folds, date, filters, who, details, p.strip, zoom)
	p.bar.placed = p.say
	p.laneBox = p.newLaneBox()
	p.laneBox.Hide()
	list := container.NewStack(newSurface(), container.NewPadded(container.NewStack(p.list, container.NewCenter(p.empty), p.laneBox)))
	p.body, p.panes = newPanes(p.filter.box, list, p.detail.box)
	p.page = newHeaded(stacked(p.strip, p.says), p.body, p.picked, p.bar)
	return p.page
}

// newPickedBar is what can be done with what is picked.
func (p *timelineView) newPickedBar() *fyne.Container {
	mark := primary(lang.L("Mark…"), p.markDialog)
	around := newButton(lang.L("Before and after"), func() {
		if event, ok := p.event(); ok {
			p.context(event)
		}
	})
	everything := newButton(lang.L("Pick all"), p.list.pickAll)
	about := newButton(lang.L("Write about it…"), p.writeAbout)
	p.bar.folds = append(p.bar.folds, around, everything) // with them it takes the place of what was found
	return container.New(&lineLayout{least: 6}, p.count, mark, about, around, everything)
}

func (p *timelineView) newLaneBox() *fyne.Container {
	by := newSelection([]string{lang.L("By person"), lang.L("By source")}, nil)
	by.SetSelectedIndex(0)
	by.OnChanged = func(string) { p.laneBy = model.LaneBy(by.SelectedIndex()); p.showLanes() }
	scale := newTick(lang.L("One scale for all"), func(on bool) { p.lanes.shared = on; p.lanes.Refresh() })
	scale.SetChecked(true)
	bar := container.New(&lineLayout{}, by, scale)
	return container.NewStack(newSurface(), container.NewPadded(container.NewBorder(bar, nil, nil, nil, p.lanes)))
}

// leave ends what makes pictures, and keeps where somebody was.
func (p *timelineView) leave() error {
	p.asked++ // nobody waits for what is being looked up
	if p.look != nil {
		a := model.TimelineAsked{Query: p.query(), Top: p.top(), Picked: p.look.IDs(p.list.picked), Period: p.strip.s.At}
		if event, ok := p.event(); ok {
			a.At = p.id(event)
		}
		p.w.desk.KeepTimeline(a)
	}
	return p.store.Close()
}

// free lets go of what was found: of a million events it is tens of megabytes,
// and Fyne holds on to the widget that was clicked last, and so to this page.
func (p *timelineView) free() {
	p.look, p.filter.look, p.strip.s = nil, nil, nil
	p.list.free()
	p.lanes.list, p.lanes.names = nil, nil
}

// query is what is asked for now.
func (p *timelineView) query() model.Query {
	if p.look == nil {
		return model.Query{}
	}
	return p.look.Query
}

// lookFor is something to be looked up, and what is done with it.
type lookFor struct {
	query  model.Query
	old    *model.Look   // its findings may be used again
	keep   *timeline.ID  // this event stays where it is on the screen
	pick   bool          // and is picked, and gets the keys
	at     *timeline.ID  // the keys stay at this one
	picked []timeline.ID // these are picked
	fresh  bool          // the details that are open are read anew
	period model.Span    // the overview looks at this; zero: at everything, or at what it did
	from   *wayBack      // to the page that leads to it; nil: none
}

// lookUp looks something up beside the window and shows it.
func (p *timelineView) lookUp(f lookFor) {
	p.asked++
	mine, heights := p.asked, p.list.m.heights()
	p.w.env.Go(func() {
		look, err := p.w.desk.Look(context.Background(), f.query, f.old)
		line, kept := 0, false
		if err == nil {
			look.Rows.Measure(heights)
		}
		if err == nil && f.keep != nil {
			line, kept = look.Find(*f.keep)
		}
		at := -1
		if err == nil && f.at != nil {
			if n, ok := look.Find(*f.at); ok {
				at = n
			}
		}
		var picked *model.Selection
		if err == nil && len(f.picked) > 0 {
			picked = look.Pick(f.picked)
		}
		p.w.env.Do(func() {
			switch {
			case mine != p.asked:
				return
			case err != nil:
				p.w.tell(err)
				return
			}
			p.show(look)
			p.list.cur, p.list.anchor = at, at
			if picked != nil {
				p.list.picked = picked
				p.list.drawAgain()
			}
			if kept && f.pick {
				p.list.goTo(line)
				p.toRow()
			} else if kept {
				p.list.scrollTo(look.Rows.Top(line) - p.list.m.heights()[model.DayClass])
				p.list.scrollBy(0)
			}
			if f.period.Length() > 0 {
				p.strip.look(f.period)
			}
			p.selected()
			switch {
			case !p.detail.box.Visible():
			case p.opened < 0:
				visible(p.detail.box, false)
				p.relayout()
			case f.fresh:
				p.fillDetail(p.opened)
			}
		})
	})
}

// again looks the same up anew and stays where it is: something was marked.
func (p *timelineView) again() {
	if p.look == nil {
		return // another page stands
	}
	f := lookFor{query: p.query(), keep: p.top(), fresh: true}
	if event, ok := p.event(); ok {
		f.at = p.id(event)
	}
	p.lookUp(f)
}

// top names the first event on the screen, current the one that the keys are
// at.
func (p *timelineView) top() *timeline.ID { return p.id(p.list.firstEvent()) }
func (p *timelineView) current() *timeline.ID {
	if event, ok := p.event(); ok {
		return p.id(event)
	}
	return p.top()
}

func (p *timelineView) id(event int) *timeline.ID {
	if p.look == nil || event < 0 {
		return nil
	}
	if id, ok := p.look.ID(event); ok {
		return &id
	}
	return nil
}

// event is the one that the keys are at.
func (p *timelineView) event() (int, bool) {
	if p.list.empty() || p.list.cur < 0 {
		return 0, false
	}
	return p.look.Rows.Event(p.list.cur)
}

// show shows what was found.
func (p *timelineView) show(look *model.Look) {
	if !look.Same(p.look) {
		p.opened = -1 // its place means another event now
	}
	p.look = look
	p.strip.first, p.strip.last = 0, 0
	p.strip.show(look.Strip(p.strip.s))
	p.list.show(look)
	p.filter.show(look)
	if p.laneBox.Visible() {
		p.showLanes()
	}
	p.tell()
	p.selected()
}

// tell says what was found, and what can be done about it.
func (p *timelineView) tell() {
	p.say()
	p.empty.SetText("")
	if p.look.Rows.Events() == 0 {
		p.empty.SetText(said(p.look.Note))
	}
	visible(p.undoing, p.undo != nil)
	visible(p.whole, !p.strip.s.Empty() && p.strip.s.At != p.strip.s.Whole)
	visible(p.back, p.look.Query.Narrow())
	visible(p.found, p.look.Query.Words != "" && p.look.Rows.Events() > 0)
	p.relayout()
}

// say says what was found, where there is room, and always where it is not
// everything: a list that was narrowed down must not pass for the whole.
func (p *timelineView) say() {
	if p.look == nil {
		return
	}
	folded := p.bar.folded()
	text := said(p.look.Note)
	if p.look.Query.Thread != "" {
		text += "; " + lang.L("one conversation")
	}
	if p.undo != nil {
		text = said(p.undo.Note) + ". " + text
	}
	if period := p.strip.s.Said(); period != "" && !folded {
		text += " · " + said(period)
	}
	setText(p.note, text)
	visible(p.says, !folded || p.undo != nil || p.look.Query.Narrow() || p.from != nil)
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
