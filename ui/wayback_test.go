package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daybook/timeline"
	"daybook/ui/model"
)

// TestTheWayBack: from an event that a list led to, a button and a key lead back to that
// list as it stood: the same part of it, the same place, the keys at the same button.
func TestTheWayBack(t *testing.T) {
	w := practised(t)
	begin := func() {
		t.Helper()
		w.show(lawID)
		w.view.focus.(*chips).set(inOrder)
		see := w.pressAll("See it")
		b := see[len(see)-1].(*formButton)
		w.win.Canvas().Focus(b)
		at := w.view.content.(*container.Scroll).Offset
		if at.Y == 0 {
			t.Fatal("the list is too short to be scrolled")
		}
		b.OnTapped()
	}
	back := func(how string, do func()) {
		t.Helper()
		stood := w.view.from.view.content
		at, focused := w.view.from.at, w.view.from.focused
		do()
		if w.page.id != lawID || w.view.content != stood || w.view.content.(*container.Scroll).Offset != at || w.win.Canvas().Focused() != focused {
			t.Errorf("%s: %s, the keys at %T", how, w.page.id, w.win.Canvas().Focused())
		}
		wants(t, w, "by the rule alone")
		if w.view.leave == nil || w.view.from != nil {
			t.Errorf("%s: it does not stand as it stood", how)
		}
	}
	begin()
	wants(t, w, "Back to “What the law asks”")
	back("the button", func() { w.tap(t, "Back to “What the law asks”") })
	begin()
	back("the key", func() { w.act(byName(t, "Back to the list that led here")) })
	w.act(byName(t, "Back to the list that led here"))
	if w.page.id != lawID {
		t.Errorf("a key without a way back led to %s", w.page.id)
	}
	begin()
	looked(t, w, "wayback")
}

func byName(t *testing.T, name string) action {
	t.Helper()
	for _, a := range actions() {
		if a.name == name {
			return a
		}
	}
	t.Fatalf("no action is called %s", name)
	return action{}
}

// pressAll are the buttons of a name.
func (w *Window) pressAll(name string) (list []fyne.CanvasObject) {
	w.walk(func(o fyne.CanvasObject) {
		if n, p := pressable(o); p != nil && n == name {
			list = append(list, o)
		}
	})
	return list
}

// TestTheWayBackToAFigure: the figures stay while the events behind one are looked at,
// and are let go with the way back.
func TestTheWayBackToAFigure(t *testing.T) {
	w := practised(t)
	now := w.desk.Asked().Pattern
	now.Part, now.List, now.Least, now.Days = sides, "channel", 14, 28
	w.desk.KeepPattern(now)
	p := newPatternView(w)
	p.look()
	w.put(mustFind(t, patternID), p.view())
	before := w.words()
	w.tap(t, "Show them")
	if p.p == nil {
		t.Fatal("the figures were let go")
	}
	w.tap(t, "Back to “Pattern”")
	if after := w.words(); after != before {
		t.Errorf("it stands otherwise: %s", after)
	}
	w.tap(t, "Show them")
	w.show(homeID)
	if p.p != nil {
		t.Error("the figures are held without a way to them")
	}
	w.put(mustFind(t, patternID), newPatternView(w).view())
	w.show(patternID)
	w.tap(t, "Show them")
	from := w.view.from
	w.lock()
	if w.view.from != nil || from == nil {
		t.Error("a locked window holds a way back into the case")
	}
}

// TestTheWayBackIsMadeAnew: where something was marked meanwhile, the page says so.
func TestTheWayBackIsMadeAnew(t *testing.T) {
	w := practised(t)
	w.show(lawID)
	w.view.focus.(*chips).set(inOrder)
	stood := w.view.content
	w.tap(t, "See it")
	l, err := w.desk.Look(t.Context(), model.Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	picked := model.NewSelection()
	picked.Add(l.Rows.All()[3:4])
	if _, err := w.desk.Mark(t.Context(), l, picked, model.MarkForm{Tag: "gate"}); err != nil {
		t.Fatal(err)
	}
	w.goBack()
	if w.page.id != lawID || w.view.content == stood {
		t.Error("what stood before the mark stands there still")
	}
	wants(t, w, "by the rule alone")
}

// TestTheWayBackToWhatWasAdded: the page that stands is the one that the rail names.
func TestTheWayBackToWhatWasAdded(t *testing.T) {
	w := practised(t)
	w.show(addID)
	w.outcome(outcomes(t, w)[0])
	w.tap(t, "See them on the timeline")
	w.goBack()
	if w.page.id != addID || !strings.Contains(w.words(), "What was read") {
		t.Errorf("%s: %s", w.page.id, w.words())
	}
	w.outcome(model.Outcome{Title: "Nothing added", Lead: "Nothing could be added. The reasons stand below.", Unread: []model.Problem{{}}})
	if b, ok := w.win.Canvas().Focused().(*formButton); !ok || b.Text != "Add more" {
		t.Errorf("%T has the keys", w.win.Canvas().Focused())
	}
}

// TestTheWayBackToAnOrder: from an event that an entry lists back to that entry.
func TestTheWayBackToAnOrder(t *testing.T) {
	w := practised(t)
	rows, err := w.desk.RegisterEntries(timeline.CourtOrder, w.env.Now())
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v, %v", rows, err)
	}
	w.entry(rows[0].Event)
	before := w.words()
	w.tap(t, "See it on the timeline")
	w.goBack()
	if w.words() != before {
		t.Errorf("%s", w.words())
	}
	if strings.Contains(w.words(), "Back to “") {
		t.Error("there is a way back to itself")
	}
}
