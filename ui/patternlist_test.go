package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestTheSidesOfThePattern: each list has its rule, and a figure leads to exactly
// the events that it counts; two periods stand side by side with both counts.
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
	w.choosing(t, "channel")
	w.tap(t, "Set another period beside it")
	w.fillingDay(t, "1 August 2025", "31 August 2025")
	wants(t, w, "Beside it: ")
	looked(t, w, "pattern-beside")
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

// fillingDay types the other period.
func (w *Window) fillingDay(t *testing.T, days ...string) {
	t.Helper()
	var fields []*formField
	for _, f := range w.fields() {
		if strings.HasSuffix(f.PlaceHolder, "day") {
			fields = append(fields, f)
		}
	}
	for i, day := range days {
		fields[len(fields)-len(days)+i].SetText(day)
	}
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
			if k.Entry != 0 {
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
