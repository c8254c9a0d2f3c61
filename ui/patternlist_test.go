package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daybook/ui/model"
)

// TestTheSidesOfThePattern: each list has its rule, and a figure leads to exactly
// the events that it counts.
func TestTheSidesOfThePattern(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	if !w.offers("table") {
		t.Error("a chart is not offered as a table")
	}
	w.choosing(t, sides)
	if w.offers("table") || w.offers("occasions") {
		t.Error("lists are offered in occasions and as a table")
	}
	for _, o := range patternSides() {
		w.choosing(t, o.Value)
		looked(t, w, "pattern-list-"+o.Value)
	}
	w.choosing(t, "impact")
	wants(t, w, "Impact over time", "nothing is weighed or scored", "Show them")
	var first *formButton
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok && first == nil && b.Text == "Show them" && !b.Disabled() {
			first = b
		}
	})
	first.OnTapped()
	if w.page.id != timelineID {
		t.Errorf("on %s", w.page.id)
	}
	w.show(patternID)
	wants(t, w, "Impact over time") // as it was left
}

// TestTwoSidesBesideEachOther: two periods and two channels stand side by side with
// the raw counts of both, as a picture and as a table, judge nothing, and each figure
// leads to its events. The keyboard alone does it.
func TestTwoSidesBesideEachOther(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	w.choosing(t, twoSides)
	if w.offers("occasions") || !w.offers("table") {
		t.Error("two sides are offered in occasions, or not as a table")
	}
	wants(t, w, "Type the days of the period that is to stand beside it")
	days := []string{"1 August 2025", "31 August 2025", "1 September 2025", "30 September 2025"}
	for i, f := range w.daysOf() {
		f.SetText(days[i])
	}
	looked(t, w, "pattern-beside")
	for _, o := range besideBy() {
		w.choosing(t, o.Value)
		w.view.content.(*container.Scroll).ScrollToBottom()
		looked(t, w, "pattern-beside-"+o.Value)
		for _, shape := range []string{"table", ""} {
			w.choosing(t, "table")
			w.choosingOf(t, "table", shape)
			c := w.chartOf(t)
			for col := range 2 {
				q := model.PatternQuery{From: days[2*col], To: days[2*col+1]}
				alone, err := w.desk.Pattern(t.Context(), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				list, err := alone.List(t.Context(), o.Value, 0)
				if err != nil {
					t.Fatal(err)
				}
				want, got := map[string]int{}, map[string]int{}
				for _, g := range list.Groups {
					for _, f := range g.Figures {
						want[strings.TrimPrefix(g.Name+": ", ": ")+f.Name] += f.N
					}
				}
				for row, r := range c.f.Rows[1:] {
					if n := c.f.N[row+1][col]; n > 0 {
						got[r.Long] = n
					}
					only, ok := c.f.Only(row+1, col)
					if ok != (got[r.Long] > 0) || len(only.Events) != got[r.Long] {
						t.Errorf("%s leads to %d events", c.f.Said(row+1, col), len(only.Events))
					}
				}
				maps.DeleteFunc(want, func(_ string, n int) bool { return n == 0 })
				if !maps.Equal(got, want) {
					t.Errorf("by %s, %s: %v, want %v", o.Value, c.f.Columns[col].Long, got, want)
				}
			}
		}
	}
	w.choosing(t, "code")
	w.choosing(t, "channels")
	wants(t, w, "nothing is concluded")
	w.view.content.(*container.Scroll).ScrollToBottom()
	looked(t, w, "pattern-beside-channels")
	c := w.chartOf(t)
	if len(c.f.Columns) != 2 || c.f.N[0][0] < c.f.N[0][1] || c.f.N[0][1] == 0 {
		t.Fatalf("%+v", c.f)
	}
	all := c.f.N[0][1]
	w.win.Canvas().Focus(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s := w.words(); w.page.id != timelineID || !strings.Contains(s, fmt.Sprintf("all: %d of 556 events", all)) {
		t.Errorf("on %s: %s", w.page.id, s)
	}
	w.show(patternID)
	wants(t, w, "nothing is concluded") // as it was left
}

// choosingOf gives an answer to the chips that offer a value.
func (w *Window) choosingOf(t *testing.T, offered, value string) {
	t.Helper()
	w.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*chips); ok && c.value != value && slices.ContainsFunc(c.options, func(o model.Option) bool { return o.Value == offered }) {
			c.set(value)
		}
	})
}

// offers tells that chips that are seen have a value.
func (w *Window) offers(value string) (found bool) {
	w.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*chips); ok {
			found = found || slices.ContainsFunc(c.options, func(o model.Option) bool { return o.Value == value })
		}
	})
	return found
}

// daysOf are the fields for days.
func (w *Window) daysOf() (fields []*formField) {
	for _, f := range w.fields() {
		if strings.HasSuffix(f.PlaceHolder, "day") {
			fields = append(fields, f)
		}
	}
	return fields
}

// choosing gives the answer of a value wherever it is offered.
func (w *Window) choosing(t *testing.T, value string) {
	t.Helper()
	var at *chips
	w.walk(func(o fyne.CanvasObject) {
		c, ok := o.(*chips)
		if !ok {
			return
		}
		for _, o := range c.options {
			if o.Value == value {
				at = c
			}
		}
	})
	if at == nil {
		t.Fatalf("%q is offered nowhere: %s", value, w.words())
	}
	if at.value != value {
		at.set(value)
	}
}

// TestWhoMayBeWhomIsNoFact: reasons for and against stand beside both, and one
// press with a reason takes them back.
func TestWhoMayBeWhomIsNoFact(t *testing.T) {
	w := practised(t)
	w.show(peopleID)
	p := newPeopleView(w)
	p.look()
	w.put(mustFind(t, peopleID), p.view())
	at := -1
	for i, r := range p.book.Rows {
		if page, _ := p.book.Person(r.Number); !page.Owner && at < 0 {
			at = i
		}
	}
	p.list.goTo(at)
	p.open(false)
	w.tap(t, "Perhaps the same as…")
	looked(t, w, "people-perhaps")
	w.tap(t, "Note it")
	wants(t, w, "Choose somebody in the list first.")
	w.tap(t, "OK")
	w.walk(func(o fyne.CanvasObject) {
		if l, ok := o.(*personList); ok {
			l.goTo(1)
		}
	})
	w.answering(t, "How sure is it?", "Possible")
	w.filling(t, "Reasons for it", "the same words\nthe same hours")
	w.filling(t, "Reasons against it", "another telephone")
	w.tap(t, "Note it")
	wants(t, w, "They are counted apart.")
	var all []model.PerhapsRow
	book, err := w.desk.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range book.Rows {
		page, _ := book.Person(r.Number)
		for _, k := range page.Perhaps {
			if k.Entry != 0 && slices.Contains(k.For, "the same hours") { // the sample has one of its own
				all = append(all, k)
			}
		}
	}
	if len(all) != 2 || len(all[0].For) != 2 || len(all[0].Against) != 1 {
		t.Fatalf("%+v", all)
	}
	w.walk(func(o fyne.CanvasObject) {
		if l, ok := o.(*personList); ok {
			l.goTo(at)
		}
	})
	wants(t, w, "Reasons against it", "another telephone", "the same hours", "It is no fact")
	looked(t, w, "people-ladder")
}
