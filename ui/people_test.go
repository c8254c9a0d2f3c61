package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// TestPeopleSteps draws the page with a person, and the step that joins two, in
// every manner.
func TestPeopleSteps(t *testing.T) {
	w := practised(t)
	for _, m := range manners() {
		w.dress(m)
		w.show(homeID)
		p := newPeopleView(w)
		p.look()
		w.put(mustFind(t, peopleID), p.view())
		draw := func(step string) { w.look(t, "people-"+step, m) }
		draw("list")
		p.list.goTo(1)
		p.open(false)
		draw("person")
		page, ok := p.book.Person(p.now)
		if !ok {
			t.Fatal("nobody is shown")
		}
		p.merge(page)
		draw("merge")
	}
}

func mustFind(t *testing.T, id string) page {
	t.Helper()
	p, ok := find(id)
	if !ok {
		t.Fatalf("no page %s", id)
	}
	return p
}

// TestPeopleByKeys: find somebody, join them with another, with a reason, and
// take it back, with the keys alone.
func TestPeopleByKeys(t *testing.T) {
	w := practised(t)
	w.show(peopleID)
	c := w.win.Canvas()
	test.Type(c.Focused().(*line), "dan r")
	c.Focused().(*line).OnSubmitted("dan r")
	list, ok := c.Focused().(*personList)
	if !ok || len(list.rows) != 1 {
		t.Fatalf("Enter leads to %T with %s", c.Focused(), w.words())
	}
	if s := w.words(); !strings.Contains(s, "Telephone number: +447700900417") || !strings.Contains(s, "Certain: ") {
		t.Errorf("the person: %s", s)
	}
	if c.FocusNext(); c.Focused() == nil || c.Focused() != fyne.Focusable(firstOf(w)) {
		t.Errorf("Tab leads from the list to %T", c.Focused())
	}
	c.FocusPrevious()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b, ok := c.Focused().(*formButton); !ok || b.Text != "Show their events" {
		t.Fatalf("Enter on a person leads to %T", c.Focused())
	}
	w.tap(t, "The same person as…")
	w.tap(t, "They are one person")
	if !strings.Contains(w.words(), "Choose somebody in the list first.") {
		t.Errorf("nobody was chosen: %s", w.words())
	}
	w.tap(t, "OK")
	test.Type(w.entries()[0], "662")
	w.entries()[0].OnSubmitted("662")
	list = c.Focused().(*personList)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if !strings.Contains(w.words(), "Dan R and +447700900662 become one person.") {
		t.Errorf("chosen: %s", w.words())
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f, ok := c.Focused().(*formField); !ok || f.question != "Why?" {
		t.Errorf("Enter on who it is leads to %T", c.Focused())
	}
	w.tap(t, "They are one person")
	if !strings.Contains(w.words(), "Say why first") {
		t.Errorf("without a reason: %s", w.words())
	}
	w.tap(t, "OK")
	for _, f := range w.fields() {
		f.SetText("He wrote from it that he is Dan")
	}
	w.tap(t, "They are one person")
	if s := w.words(); !strings.Contains(s, "Dan R and +447700900662 are one person now.") || !strings.Contains(s, "Certain: He wrote from it that he is Dan; it was said to be likely; reasons for: ") {
		t.Errorf("joined: %s", s)
	}
	w.tap(t, "Take it back")
	if s := w.words(); strings.Contains(s, "He wrote from it") || strings.Contains(s, "Take it back") {
		t.Errorf("taken back: %s", s)
	}
	w.tap(t, "Show their pattern")
	if w.page.id != patternID || !strings.Contains(w.words(), "232 events sent by Dan R, to them or about them.") {
		t.Errorf("%s: %s", w.page.id, w.words())
	}
	w.show(peopleID)
	w.tap(t, "Show their events")
	if w.page.id != timelineID || !strings.Contains(w.words(), "232 of 556 events") {
		t.Errorf("%s: %s", w.page.id, w.words())
	}
	w.show(peopleID)
	if !strings.Contains(w.words(), "232 events: 211 sent by them, 21 incidents about them. None names them as the one it was sent to:") {
		t.Errorf("back at the page: %s", w.words())
	}
}

// firstOf is the first button of the person who is shown.
func firstOf(w *Window) (first *formButton) {
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok && b.Text == "Show their events" {
			first = b
		}
	})
	return first
}

// TestPeopleNarrow: where there is no room beside the list, a person stands in
// its place until somebody goes back.
func TestPeopleNarrow(t *testing.T) {
	w := practised(t)
	w.win.Resize(small)
	s := w.chosen
	s.Text = 200
	w.apply(s)
	p := newPeopleView(w)
	p.look()
	w.put(mustFind(t, peopleID), p.view())
	if p.two.detail.Visible() || !p.two.list.Visible() {
		t.Error("the list does not stand first")
	}
	p.list.tapped(0)
	if !p.two.detail.Visible() || p.two.list.Visible() {
		t.Error("a tap does not open the person")
	}
	w.tap(t, "Back to the list")
	if !p.two.list.Visible() || w.win.Canvas().Focused() != p.list {
		t.Error("Back does not lead to the list")
	}
}

// TestManyPeople: of two hundred people only those on the screen are drawn, and
// the keys go to the last.
func TestManyPeople(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(calm{look: "light", scale: 1})
	var rows []model.PersonRow
	for i := range 200 {
		rows = append(rows, model.PersonRow{Number: int64(i), Face: model.Face{Name: fmt.Sprint("Person ", i), Initials: "P", Look: i}, Events: "1 event"})
	}
	var at int64
	l := newPersonList(newTypesetter(), untouched, func(r model.PersonRow) { at = r.Number }, nil)
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 500))
	drawn := 0
	create := l.CreateItem
	l.CreateItem = func() fyne.CanvasObject { drawn++; return create() }
	l.show(rows, 0)
	if l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}); at != 199 {
		t.Errorf("End leads to %d", at)
	}
	if l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}); at != 0 {
		t.Errorf("Home leads to %d", at)
	}
	for range 3 {
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	if at < 12 || at > 30 || drawn > 60 {
		t.Errorf("three pages down is %d, with %d lines drawn", at, drawn)
	}
}

// TestNamesAreDrawnInTheirOrder: the name of a person above their page, with
// digits and brackets from right to left, is drawn in pieces in the order in
// which they are read, and so is the title of a question about them.
func TestNamesAreDrawnInTheirOrder(t *testing.T) {
	w := longNamed(t)
	w.show(peopleID)
	b, err := w.desk.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(b.Rows, func(r model.PersonRow) bool { return r.Face.Name == arabicName })
	if at < 0 {
		t.Fatalf("nobody is called %s", arabicName)
	}
	p := newPeopleView(w)
	p.now = b.Rows[at].Number
	p.look()
	w.put(w.page, p.view())
	w.over(arabicName, plain("?")).Show()
	w.win.Content().Refresh()
	found := 0
	w.walk(func(o fyne.CanvasObject) {
		r, ok := o.(*widget.RichText)
		if !ok || !isHeading(r) || r.String() != arabicName {
			return
		}
		block, ok := test.WidgetRenderer(r).Objects()[0].(*textBlock)
		if !ok {
			t.Fatalf("Fyne draws %q", r.String())
		}
		found++
		var drawn []string
		for _, o := range block.draw.box.Objects {
			if c, ok := o.(*canvas.Text); ok {
				drawn = append(drawn, c.Text)
			}
		}
		var want []string
		for _, l := range block.lines {
			for _, q := range w.set.pieces(newScript(block.text), l.start, l.end) {
				want = append(want, q.text)
			}
		}
		if len(want) < 3 || !slices.Equal(drawn, want) {
			t.Errorf("drawn %q, want %q", drawn, want)
		}
	})
	kept(t, w, "people-arabic")
	if found < 2 {
		t.Errorf("%d headings with the name", found)
	}
	w.stop()
	kept(t, w, "people-arabic-page")
}
