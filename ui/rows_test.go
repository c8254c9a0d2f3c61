package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daybook/ui/model"
)

// TestTimelinePage does what a person does on it, each time on a page of its own
// and all with one case.
func TestTimelinePage(t *testing.T) {
	w, _ := sampled(t, fyne.NewSize(1280, 800))
	for name, do := range map[string]func(*testing.T, *Window, *timelineView){
		"keys": listByKeys, "mouse": listByMouse, "scrolling up": scrollingUpMovesByWhatWasAsked, "folded runs": foldedRunsOpen,
		"filters": filtersFromThePage, "strip": stripIsAScrollBar, "pictures": picturesAreBlurredUntilAskedFor, "marks": markFromThePage,
	} {
		t.Run(name, func(t *testing.T) {
			if err := w.view.leave(); err != nil {
				t.Fatal(err)
			}
			do(t, w, shownTimeline(t, w))
		})
	}
}

func (l *rowList) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		l.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// listByKeys goes through the list as somebody without a mouse does.
func listByKeys(t *testing.T, w *Window, p *timelineView) {
	l := p.list
	w.win.Canvas().Focus(l)
	if !l.focused || l.look.Rows.Sort(l.cur) == model.DayLine {
		t.Fatalf("the keys are at line %d", l.cur)
	}
	l.press(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown)
	third := l.cur
	if l.picked.Len() != 1 || !l.pickedAt(third) {
		t.Errorf("%d picked", l.picked.Len())
	}
	l.press(fyne.KeyEnd)
	if l.cur != l.look.Rows.Len()-1 || l.off == 0 {
		t.Errorf("End goes to %d, scrolled to %v", l.cur, l.off)
	}
	top, bottom := l.look.Rows.Top(l.cur), l.look.Rows.Top(l.cur)+l.look.Rows.Height(l.cur)
	if top < l.off || bottom > l.off+float64(l.Size().Height)+0.5 {
		t.Errorf("the last line stands at %v to %v, the screen shows %v to %v", top, bottom, l.off, l.off+float64(l.Size().Height))
	}
	before := l.cur
	l.press(fyne.KeyPageUp)
	if l.cur >= before {
		t.Errorf("Page Up goes from %d to %d", before, l.cur)
	}
	l.press(fyne.KeySpace)
	if l.picked.Len() != 0 {
		t.Errorf("the space bar leaves %d picked", l.picked.Len())
	}
	l.press(fyne.KeyHome, fyne.KeyReturn)
	if !p.detail.box.Visible() || p.detail.d.Title == "" {
		t.Error("Enter opens no details")
	}
	opened := p.detail.d.ID
	p.detail.onContext()
	if !p.detail.box.Visible() || p.detail.d.ID != opened {
		t.Errorf("before and after shows the details of %s, not %s", p.detail.d.ID, opened)
	}
	p.lookUp(lookFor{query: model.Query{Words: "please"}})
	if p.detail.box.Visible() {
		t.Error("the details are of an event that the list does not show")
	}
	p.lookUp(lookFor{})
	l.TypedRune('+')
	if p.strip.s.At == p.strip.s.Whole {
		t.Error("+ looks no closer")
	}
	l.TypedRune('-')
	if p.strip.s.At != p.strip.s.Whole {
		t.Errorf("- leaves %+v", p.strip.s.At)
	}
}

// at is the middle of a line on the screen.
func (l *rowList) at(line int) fyne.Position {
	return fyne.NewPos(200, float32(l.look.Rows.Top(line)+l.look.Rows.Height(line)/2-l.off))
}

func (l *rowList) click(line int, held fyne.KeyModifier) {
	l.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: l.at(line)}, Button: desktop.MouseButtonPrimary, Modifier: held})
}

func listByMouse(t *testing.T, w *Window, p *timelineView) {
	l := p.list
	l.click(2, 0)
	l.click(4, fyne.KeyModifierShift)
	n := 0
	for line := 2; line <= 4; line++ {
		n += len(l.look.Rows.EventsAt(line))
	}
	if l.picked.Len() != n || n < 3 {
		t.Errorf("shift picks %d of %d", l.picked.Len(), n)
	}
	l.click(2, fyne.KeyModifierShortcutDefault)
	if l.picked.Len() != n-1 || l.pickedAt(2) {
		t.Errorf("Ctrl leaves %d", l.picked.Len())
	}
	if l.lineAt(l.at(0)) != -1 {
		t.Error("a day can be picked")
	}
	before := l.off
	l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -100)})
	if l.off != before+100 {
		t.Errorf("scrolled from %v to %v", before, l.off)
	}
	l.bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, l.bar.Size().Height)})
	if l.off < l.look.Rows.Total()-float64(l.Size().Height)-1 {
		t.Errorf("the bar's end is at %v of %v", l.off, l.look.Rows.Total())
	}
}

// scrollingUpMovesByWhatWasAsked: rows above that turn out taller than they
// were taken to be push nothing down that is seen.
func scrollingUpMovesByWhatWasAsked(t *testing.T, w *Window, p *timelineView) {
	l := p.list
	l.scrollTo(l.look.Rows.Total() * 0.8)
	l.scrollBy(0)
	for range 60 {
		line := l.look.Rows.At(l.off) + 1
		before := l.look.Rows.Top(line) - l.off
		l.scrollBy(-37)
		if after := l.look.Rows.Top(line) - l.off; after-before < 36.9 || after-before > 37.1 {
			t.Fatalf("line %d moved by %v", line, after-before)
		}
	}
}

// foldedRunsOpen with the arrow and close again.
func foldedRunsOpen(t *testing.T, w *Window, p *timelineView) {
	l := p.list
	line := 0
	for l.look.Rows.Sort(line) != model.FoldLine {
		line++
	}
	n := len(l.look.Rows.EventsAt(line))
	if text := p.look.FoldRow(line).Text; !strings.Contains(text, " calls, ") {
		t.Errorf("%q", text)
	}
	l.goTo(line)
	if l.picked.Len() != n {
		t.Errorf("a run of %d picks %d", n, l.picked.Len())
	}
	lines := l.look.Rows.Len()
	l.press(fyne.KeyRight)
	if l.look.Rows.Len() != lines+n {
		t.Errorf("open, %d lines of %d", l.look.Rows.Len(), lines+n)
	}
	l.press(fyne.KeyLeft)
	if l.look.Rows.Len() != lines {
		t.Errorf("closed, %d lines of %d", l.look.Rows.Len(), lines)
	}
}

// markFromThePage: pick, mark in the dialog, see it, take it back.
func markFromThePage(t *testing.T, w *Window, p *timelineView) {
	p.search.OnSubmitted("please")
	found := p.look.Rows.Events()
	if found < 3 || !strings.Contains(w.words(), "Show everything") {
		t.Fatalf("%d found: %s", found, w.words())
	}
	w.tap(t, "Next")
	if !strings.HasPrefix(p.place.Text, "1 of ") {
		t.Errorf("%q", p.place.Text)
	}
	w.tap(t, "Pick all")
	w.tap(t, "Mark…")
	tag := w.entries()
	for _, e := range tag {
		if e.PlaceHolder == "A tag of your own" {
			test.Type(e, "begging")
		}
	}
	w.tap(t, "Mark")
	event, _ := p.look.Rows.Event(1)
	if got := p.look.Pages.Row(event).Marks; len(got) == 0 || got[len(got)-1] != "begging" || !strings.Contains(w.words(), "events marked") {
		t.Errorf("%v: %s", got, w.words())
	}
	w.tap(t, "Take the mark back")
	event, _ = p.look.Rows.Event(1)
	if got := p.look.Pages.Row(event).Marks; strings.Contains(strings.Join(got, " "), "begging") {
		t.Errorf("taken back: %v", got)
	}
	w.tap(t, "Before and after")
	if p.look.Query.Words != "" || p.look.Query.Thread == "" || p.look.Rows.Events() <= found || p.list.picked.Len() != 1 {
		t.Errorf("before and after: %+v, %d events", p.look.Query, p.look.Rows.Events())
	}
}

// filtersFromThePage: a tick narrows, its count stays, dates are read.
func filtersFromThePage(t *testing.T, w *Window, p *timelineView) {
	w.tap(t, "Filters")
	b := p.filter.boxes[model.KindFacet+"\ncall"]
	n := b.value.N
	test.Tap(b)
	if p.look.Rows.Events() != n || !p.filter.boxes[model.KindFacet+"\ncall"].value.On || p.filter.boxes[model.KindFacet+"\nmessage"].value.N == 0 {
		t.Errorf("%d calls, %d shown", n, p.look.Rows.Events())
	}
	p.filter.from.SetText("1 Nov 2025")
	p.filter.from.OnSubmitted("1 Nov 2025")
	first, _, _ := p.look.Period()
	if first.Format("2006-01") != "2025-11" || p.look.Rows.Events() >= n {
		t.Errorf("from %s, %d shown", first, p.look.Rows.Events())
	}
	w.tap(t, "Show everything")
	if p.look.Query.Narrow() || p.filter.from.Text != "" {
		t.Errorf("%+v", p.look.Query)
	}
}

// stripIsAScrollBar: a click goes there, and the list tells where it is.
func stripIsAScrollBar(t *testing.T, w *Window, p *timelineView) {
	test.TapAt(p.strip, fyne.NewPos(p.strip.Size().Width*0.7, 10))
	want := p.strip.moment(p.strip.Size().Width * 0.7)
	if p.strip.first < want || p.list.off == 0 {
		t.Errorf("went to %d, wanted %d", p.strip.first, want)
	}
	at := p.strip.first
	p.strip.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if p.strip.first >= at {
		t.Errorf("left goes from %d to %d", at, p.strip.first)
	}
	p.goToDate("10 Aug 2025")
	if d := p.look.Rows.DayOf(p.list.look.Rows.At(p.list.off + 1)); d.Name != "Sunday 10 August 2025" {
		t.Errorf("a date goes to %+v", d)
	}
}

// picturesAreBlurredUntilAskedFor.
func picturesAreBlurredUntilAskedFor(t *testing.T, w *Window, p *timelineView) {
	for line := range p.look.Rows.Len() {
		event, ok := p.look.Rows.Event(line)
		if !ok || p.look.Rows.Sort(line) == model.FoldLine {
			continue
		}
		f, ok := p.look.Pages.Row(event).Picture()
		if !ok {
			continue
		}
		p.list.goTo(line)
		have := p.pictures.have[f.Hash]
		v := p.list.events[line]
		if have.Clear == nil || v.picture.Image != have.Blurred {
			t.Fatal("the picture stands as it is")
		}
		at := v.box.Position().Add(v.cover.Position()).AddXY(5, 5)
		p.list.Tapped(&fyne.PointEvent{Position: at})
		if v.picture.Image != have.Clear {
			t.Error("a click does not show it")
		}
		p.list.Tapped(&fyne.PointEvent{Position: at})
		if v.picture.Image != have.Blurred {
			t.Error("another click does not blur it")
		}
		p.filter.onBlur(false)
		if v.picture.Image != have.Clear {
			t.Error("pictures that are not to be blurred are")
		}
		p.filter.onBlur(true)
		if v.picture.Image != have.Blurred {
			t.Error("pictures that are to be blurred are not")
		}
		return
	}
	t.Fatal("the sample case has no picture")
}
