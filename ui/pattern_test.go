package ui

import (
	"fmt"
	"image"
	"image/color"
	"maps"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/ui/model"
)

// TestPatternParts draws every part of the page as chart and as table, in every
// manner; no part wants more room than a small screen gives.
func TestPatternParts(t *testing.T) {
	w := practised(t)
	for _, m := range manners() {
		w.dress(m)
		w.show(patternID)
		p := newPatternView(w)
		p.look()
		w.put(w.page, p.view())
		for _, part := range []string{byMonth, byHour, around, silences, sides} {
			for _, tables := range []bool{false, true} {
				p.now.Part, p.now.Table = part, tables
				p.ask()
				p.draw()
				w.win.Content().Refresh()
				p.scroll.ScrollToOffset(fyne.NewPos(0, p.result.Position().Y))
				w.look(t, fmt.Sprintf("pattern-%s-%t", part, tables), m)
			}
		}
	}
}

// chartOf is the chart on the page.
func (w *Window) chartOf(t *testing.T) (c *chart) {
	t.Helper()
	w.walk(func(o fyne.CanvasObject) {
		if found, ok := o.(*chart); ok {
			c = found
		}
	})
	if c == nil {
		t.Fatalf("no chart on this page: %s", w.words())
	}
	return c
}

// TestPatternLeadsToItsEvents: with the keys alone from a figure to its events on
// the timeline, and back to the page as it stood; a lock forgets what was asked.
func TestPatternLeadsToItsEvents(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	c := w.chartOf(t)
	w.win.Canvas().Focus(c)
	for range 2 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	said := c.f.Said(c.row, c.col)
	if !strings.Contains(w.words(), said) || !strings.Contains(said, "August 2025") || c.AccessibilityLabel() != c.f.Name+". "+said {
		t.Errorf("the keys are at %q: %s", said, w.words())
	}
	n := c.f.N[c.row][c.col]
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.page.id != timelineID || !strings.Contains(w.words(), fmt.Sprintf("%s, %s: %d of 556 events", c.f.Columns[c.col].Long, c.f.Rows[c.row].Long, n)) {
		t.Fatalf("%s: %s", w.page.id, w.words())
	}
	w.show(patternID)
	p := newPatternView(w)
	p.look()
	w.put(w.page, p.view())
	p.who.SetText("dan r")
	if !strings.Contains(w.words(), "232 events sent by Dan R, to them or about them") {
		t.Errorf("one person: %s", w.words())
	}
	p.now.Part, p.now.Table, p.now.Sent = silences, true, true
	w.show(timelineID)
	w.show(patternID)
	if s := w.words(); !strings.Contains(s, "events sent by Dan R.") || !strings.Contains(s, "Silences are not counted where anything but days was selected") || strings.Contains(s, "[Show these days]") || strings.Contains(s, "nothing to count") {
		t.Errorf("the page does not stand as it was: %s", s)
	}
	w.lock()
	if got := w.desk.Asked(); got != (model.Asked{}) {
		t.Errorf("after a lock stays %+v", got)
	}
}

// TestPatternSaysWhatIsWrong: a day that is none, and days in the wrong order,
// are told on Enter and not while they are typed.
func TestPatternSaysWhatIsWrong(t *testing.T) {
	w := practised(t)
	p := newPatternView(w)
	p.look()
	w.put(mustFind(t, patternID), p.view())
	from, to := w.fields()[0], w.fields()[1]
	to.SetText("1 Jul 2025")
	if w.busy() || !strings.Contains(w.words(), "until Tuesday 1 July 2025") {
		t.Errorf("typed: %s", w.words())
	}
	from.SetText("1 Aug 2025")
	if w.busy() {
		t.Errorf("it complains while somebody types: %s", w.words())
	}
	from.OnSubmitted(from.Text)
	if !w.busy() || !strings.Contains(w.words(), "is before the first") {
		t.Errorf("days in the wrong order: %s", w.words())
	}
}

// TestSilencesAreExplained: the legend says of each filling that the strip can
// show what it stands for, once, and no two look alike in black and white.
func TestSilencesAreExplained(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(calm{look: "light", scale: 1})
	s := &model.Silences{First: 0, Last: 99, On: []int32{0, 40, 99}, List: []model.Silence{
		{Sort: model.Silent, First: 1, Last: 12}, {Sort: model.Partly, First: 13, Last: 39}, {Sort: model.NotHeld, First: 41, Last: 98}}}
	s.Held = append(s.Held, struct{ First, Last int32 }{0, 20})
	r := &silenceStripRenderer{p: newSilenceStrip(s)}
	shown := map[int]int{} // lane, by filling
	for _, b := range r.blocks(80, 600) {
		lane := int(b.at.Y / r.lane())
		if was, ok := shown[b.fill]; ok && was != lane {
			t.Errorf("filling %d stands in lanes %d and %d", b.fill, was, lane)
		}
		shown[b.fill] = lane
	}
	explained := map[int]int{}
	inked := map[string]int{}
	for _, l := range silenceLegend() {
		if _, twice := explained[l.fill]; twice {
			t.Errorf("filling %d is explained twice", l.fill)
		}
		explained[l.fill] = l.lane
		var ink strings.Builder
		for i := range 24 * 24 {
			fmt.Fprint(&ink, hatch(l.fill, i%24, i/24, 1))
		}
		if other, same := inked[ink.String()]; same {
			t.Errorf("fillings %d and %d look the same", l.fill, other)
		}
		inked[ink.String()] = l.fill
	}
	if !maps.Equal(shown, explained) {
		t.Errorf("the strip shows %v, the legend explains %v", shown, explained)
	}
}

// TestANarrowSilenceIsNotFull: a silence of a few days in a period of years keeps
// its filling, and does not look like another sort.
func TestANarrowSilenceIsNotFull(t *testing.T) {
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}
	share := func(n int) float64 {
		img := image.NewNRGBA(image.Rect(0, 0, 3, 24))
		fill(img, block{size: fyne.NewSize(3, 24), fill: n}, 1, 1, black, white)
		dark := 0
		for i := 0; i < len(img.Pix); i += 4 {
			if img.Pix[i] == 0 {
				dark++
			}
		}
		return float64(dark) / 72
	}
	if none, partly, silent, event := share(noneFill), share(partlyFill), share(silentFill), share(eventFill); none >= partly || partly >= silent || silent >= event {
		t.Errorf("ink: none %.2f, partly %.2f, silent %.2f, event %.2f", none, partly, silent, event)
	}
}

// TestPatternOffersWhoThereIs: the list below the field is opened and chosen from
// with the keys.
func TestPatternOffersWhoThereIs(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	who := w.view.focus.(*choosing)
	if len(who.options) < 3 {
		t.Fatalf("offered are %q", who.options)
	}
	second := who.options[1]
	w.tab()
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	kept(t, w, "pattern-offer")
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if who.Text != second || w.busy() {
		t.Errorf("%q stands in the field, the list open: %v", who.Text, w.busy())
	}
}
