package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// sampled is a window that shows the timeline of the sample case.
func sampled(t *testing.T, size fyne.Size) (*Window, *timelineView) {
	t.Helper()
	w := practised(t)
	w.win.Resize(size)
	return w, shownTimeline(t, w)
}

// shownTimeline shows the timeline's page and gives its parts.
func shownTimeline(t *testing.T, w *Window) *timelineView {
	t.Helper()
	p, err := newTimelineView(w)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := find(timelineID)
	content := p.content()
	p.lookUp(lookFor{})
	w.put(page, p.view(content))
	return p
}

// apart keeps a picture of a state, and sees that nothing stands over another.
func apart(t *testing.T, w *Window, p *timelineView, name string, m manner) {
	t.Helper()
	h := p.page.Layout.(*headed)
	head := h.head.Position().Y + h.head.Size().Height
	body := h.body.Position().Y + h.body.Size().Height
	foot := p.page.Size().Height
	if h.foot.Visible() {
		foot = h.foot.Position().Y
	}
	if head > h.body.Position().Y || body > foot+0.5 || !h.body.Visible() || h.body.Size().Height < leastBody*theme.TextSize() {
		t.Errorf("%s: the head ends at %v, the body stands at %v to %v, the foot begins at %v", name, head, h.body.Position().Y, body, foot)
	}
	w.look(t, "timeline-"+name, m)
}

// TestTimelineInEveryState: whatever is open, found and picked, in every look
// and at 200 %, every part of the page has room of its own.
func TestTimelineInEveryState(t *testing.T) {
	w, p := sampled(t, small)
	for _, m := range manners() {
		w.dress(m)
		states(t, w, p, m)
		p.search.SetText("")
		p.lookUp(lookFor{})
		p.detail.onClose()
		p.filter.onClose()
	}
}

func states(t *testing.T, w *Window, p *timelineView, m manner) {
	p.goToDate("23 Aug 2025")
	apart(t, w, p, "august", m)
	for line := range p.look.Rows.Len() {
		if _, ok := p.look.Rows.Event(line); !ok {
			continue
		}
		e, _ := p.look.Rows.Event(line)
		if _, ok := p.look.Pages.Row(e).Picture(); ok {
			p.list.goTo(line)
			break
		}
	}
	apart(t, w, p, "picture", m)
	p.openCurrent()
	apart(t, w, p, "detail", m)
	p.openCurrent()
	p.toggle(p.filter.box, true)
	apart(t, w, p, "filter", m)
	p.toggle(p.filter.box, false)
	p.toggleLanes()
	apart(t, w, p, "lanes", m)
	p.toggleLanes()
	test.Type(p.search, "please")
	p.search.OnSubmitted("please")
	p.step(1)
	p.step(1)
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	apart(t, w, p, "search", m)
	p.search.SetText("")
	p.lookUp(lookFor{query: model.Query{}})
	last := p.look.Rows.Len() - 1
	p.list.goTo(last)
	if bottom := p.look.Rows.Top(last) + p.look.Rows.Height(last) - p.list.off; bottom > float64(p.list.Size().Height)+0.5 {
		t.Errorf("%s: the last row ends at %v of %v", m.name, bottom, p.list.Size().Height)
	}
	apart(t, w, p, "end", m)
}

// TestAMarkIsTakenBack: each mark in the details can be taken back, with why;
// the details say so at once.
func TestAMarkIsTakenBack(t *testing.T) {
	w, p := sampled(t, small)
	p.list.goTo(1)
	event, ok := p.event()
	if !ok {
		t.Fatal("nothing is picked")
	}
	p.open(event)
	before := len(p.detail.d.Marks)
	p.mark(model.MarkForm{Tag: "gate"})
	wants(t, w, "tag “gate”", "Take this mark back…")
	if n := len(p.detail.d.Marks); n != before+1 {
		t.Fatalf("%d marks", n)
	}
	p.detail.d.Marks[before].Theirs = "Ann"
	if theirs := len(p.detail.marks()); theirs != 2*before+3 {
		t.Errorf("%d parts", theirs)
	}
	w.tap(t, "Take this mark back…")
	w.tap(t, "Leave it")
	p.takeBack(p.detail.d.Marks[before])
	wants(t, w, "Take this mark back?", "tag “gate”")
	w.tap(t, "Take it back")
	if n := len(p.detail.d.Marks); n != before || p.undo != nil {
		t.Errorf("%d marks: %s", n, w.words())
	}
}

// TestPicturesAreBlurredByChoice: until they are pressed, or not at all.
func TestPicturesAreBlurredByChoice(t *testing.T) {
	w, _ := sampled(t, small)
	for _, open := range []bool{false, true} {
		w.chosen.Clear = open
		p := shownTimeline(t, w)
		for _, event := range p.look.Rows.All() {
			f, ok := p.look.Pages.Row(int(event)).Picture()
			if !ok {
				continue
			}
			img, words := p.pictures.picture(f)
			h := p.pictures.have[f.Hash]
			if open && (img != h.Clear || words != "") || !open && (img != h.Blurred || words == "") {
				t.Errorf("as they are: %v; the words over it are %q", open, words)
			}
			break
		}
	}
}

// TestBackToTheRow: what stands before and after a row, everything again, and
// Esc out of Mark leave that row picked, and the keys at it.
func TestBackToTheRow(t *testing.T) {
	w, p := sampled(t, small)
	p.goToDate("23 Aug 2025")
	p.list.goTo(p.list.next(p.look.Rows.Len()/2, 1))
	event, ok := p.event()
	if !ok {
		t.Fatal("nothing is picked")
	}
	want := *p.id(event)
	at := func(after string) {
		t.Helper()
		event, ok := p.event()
		if !ok || *p.id(event) != want || !p.list.picked.Has(event) || p.list.picked.Len() != 1 {
			t.Errorf("after %s another row is picked, or none: %s", after, w.words())
		}
		if w.win.Canvas().Focused() != fyne.Focusable(p.list) {
			t.Errorf("after %s the keys are at %T", after, w.win.Canvas().Focused())
		}
	}
	w.win.Canvas().Unfocus() // as a click does
	w.tap(t, "Before and after")
	at("Before and after")
	if !p.back.Visible() {
		t.Error("nothing leads back to everything")
	}
	w.win.Canvas().Unfocus()
	test.Tap(p.back)
	at("Show everything")
	w.win.Canvas().Unfocus()
	w.tap(t, "Mark…")
	w.escape()
	at("Esc")
	w.tap(t, "Mark…")
	w.tap(t, "Cancel")
	at("Cancel")
}

// TestTimelineInASmallWindow: at 200 % the list has the window. On the screen of
// a usual laptop six rows are seen and nothing lies in a scroll; on 900 by 600
// what was folded away comes with a button, each part of it can be brought into
// sight with the keys, and the list comes back.
func TestTimelineInASmallWindow(t *testing.T) {
	w, p := sampled(t, small)
	w.dress(manner{"large", "light", 200, small})
	w.win.Resize(fyne.NewSize(1366, 768))
	w.win.Content().Refresh()
	rows, free := 0, p.list.Size().Height-float32(p.list.m.heights()[model.DayClass])
	for line := p.look.Rows.At(p.list.off) + 1; line < p.look.Rows.Len(); line++ {
		if free -= float32(p.look.Rows.Height(line)); free < -float32(p.list.m.line) {
			break
		}
		rows++
	}
	if rows+1 < 6 { // with the heading of the day
		t.Errorf("%d rows are seen in %v", rows+1, p.list.Size())
	}
	kept(t, w, "timeline-1366-large")
	w.tap(t, "More")
	if !p.body.Visible() || !p.strip.Visible() {
		t.Error("there is room for both the overview and the list")
	}
	kept(t, w, "timeline-1366-large-more")
	w.tap(t, "Less")

	w.win.Resize(fyne.NewSize(900, 600))
	w.win.Content().Refresh()
	if got := w.win.Canvas().Size(); got.Width > 900 || got.Height > 600 {
		t.Errorf("the window grew to %v", got)
	}
	kept(t, w, "timeline-small")
	if h := p.list.Size().Height; h < 6*theme.TextSize() || p.strip.Visible() {
		t.Errorf("the list is %v high", h)
	}
	w.tap(t, "More")
	kept(t, w, "timeline-small-more")
	for _, o := range []fyne.Focusable{p.search, p.strip, p.date} {
		w.win.Canvas().Focus(o)
		w.beat()
		w.inSightOf(t, "small", o.(fyne.CanvasObject))
	}
	w.win.Canvas().Unfocus()
	w.tap(t, "Filters")
	kept(t, w, "timeline-small-filters")
	if h := p.filter.box.Size().Height; h < 6*theme.TextSize() || p.strip.Visible() {
		t.Errorf("the filters are %v high", h)
	}
	p.open(0)
	if p.filter.box.Visible() || !p.detail.box.Visible() {
		t.Error("where one panel has room, the details do not take the place of the filters")
	}
	p.toggle(p.filter.box, true)
	if !p.filter.box.Visible() || p.detail.box.Visible() {
		t.Error("where one panel has room, the filters do not take the place of the details")
	}
	p.filter.onClose()
	p.search.SetText("please")
	p.search.OnSubmitted("please")
	if !p.body.Visible() || !p.says.Visible() {
		t.Error("a list that was narrowed down does not say so")
	}
	kept(t, w, "timeline-small-found")
}

// TestNoScrollInAScroll: no page has a scroll that lies in another one.
func TestNoScrollInAScroll(t *testing.T) {
	w := practised(t)
	w.dress(manner{"large", "light", 200, small})
	for _, p := range pages() {
		if !w.at(p.when) {
			continue
		}
		w.show(p.id)
		var visit func(o fyne.CanvasObject, in bool)
		visit = func(o fyne.CanvasObject, in bool) {
			switch o := o.(type) {
			case *fyne.Container:
				for _, c := range o.Objects {
					visit(c, in)
				}
			case *container.Scroll:
				if in {
					t.Errorf("%s: a scroll lies in a scroll", p.id)
				}
				visit(o.Content, true)
			case *rowList, *personList:
				if in {
					t.Errorf("%s: a list lies in a scroll", p.id)
				}
			}
		}
		visit(w.view.content, false)
	}
}

// TestPagesBeginAtTheirTop: what has the keys first may stand further down; a
// page is read from its beginning all the same.
func TestPagesBeginAtTheirTop(t *testing.T) {
	w := practised(t)
	begins := func(state string) {
		t.Helper()
		for _, p := range pages() {
			if !w.at(p.when) {
				continue
			}
			w.show(p.id)
			w.beat()
			if s, ok := w.view.content.(*container.Scroll); ok && s.Offset.Y != 0 {
				t.Errorf("%s, %s: it begins at %v", state, p.id, s.Offset)
			}
		}
	}
	w.dress(manner{"large", "light", 200, small})
	w.win.Resize(fyne.NewSize(900, 600))
	begins("unlocked")
	w.lock()
	w.dress(manner{"large", "light", 200, small})
	begins("locked")
}

// TestZoomIsKept: who looks at another page finds the overview as close as it was.
func TestZoomIsKept(t *testing.T) {
	w, p := sampled(t, fyne.NewSize(1280, 800))
	p.goToDate("23 Aug 2025")
	p.strip.zoom(true)
	p.strip.zoom(true)
	want := p.strip.s.At
	w.show(peopleID)
	w.show(timelineID)
	w.show(peopleID)
	if a := w.desk.Asked().Timeline; a == nil || a.Period != want {
		t.Errorf("kept %+v of %+v", a, want)
	}
}

// TestComesBackToTheSamePlace: who looks at another page finds the timeline as it
// was: what was searched for, the place in the list, and the picked rows.
func TestComesBackToTheSamePlace(t *testing.T) {
	w, p := sampled(t, fyne.NewSize(1280, 800))
	p.search.OnSubmitted("you")
	for line := 40; p.list.cur < 0; line++ {
		if p.look.Rows.Sort(line) == model.EventLine && p.look.Rows.Sort(line+1) == model.EventLine {
			p.list.goTo(line)
			p.list.step(line+1, fyne.KeyModifierShift)
		}
	}
	top, count := *p.top(), p.count.Text
	if p.list.picked.Len() < 2 {
		t.Fatalf("%d are picked", p.list.picked.Len())
	}
	w.show(peopleID)
	w.show(timelineID)
	if s := w.words(); !strings.Contains(s, count) || !strings.Contains(s, " of 556 events") {
		t.Errorf("%q is not said: %s", count, s)
	}
	if a := w.desk.Asked().Timeline; a == nil || a.Top == nil || *a.Top != top {
		t.Errorf("kept: %+v", a)
	}
	w.show(homeID)
	if a := w.desk.Asked().Timeline; a == nil || a.Top == nil || *a.Top != top || a.At == nil || len(a.Picked) < 2 || a.Query.Words != "you" {
		t.Errorf("after coming back: %+v", a)
	}
	w.lock()
	if w.desk.Asked().Timeline != nil {
		t.Error("a locked window knows what was looked at")
	}
}

// TestMarkingAnOwnAct: the mark dialog has the switch of the form, with its reason,
// and the row says it.
func TestMarkingAnOwnAct(t *testing.T) {
	w, p := sampled(t, small)
	p.goToDate("23 Aug 2025")
	p.list.goTo(p.list.next(p.look.Rows.Len()/2, 1))
	w.tap(t, "Mark…")
	wants(t, w, ownAct())
	found := false
	w.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*tickBox); ok && c.Text == "I did this myself" {
			found = true
			c.SetChecked(true)
		}
	})
	if !found {
		t.Fatalf("no switch: %s", w.words())
	}
	looked(t, w, "mark")
	w.tap(t, "Mark")
	id, _ := p.look.Rows.Event(p.list.cur)
	if got := p.look.Pages.Row(id).Marks; !slices.Contains(got, "own act") {
		t.Errorf("the row says %q", got)
	}
}
