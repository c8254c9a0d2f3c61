package ui

import (
	"runtime"
	"testing"
	"weak"

	"daybook/ui/model"
)

// TestOneLookIsHeld: with a million events a look is tens of megabytes. Once
// another stands, nothing of the page holds the one before: not the overview,
// not the lanes that were open, not the details, not the list.
func TestOneLookIsHeld(t *testing.T) {
	w, p := sampled(t, small)
	p.toggleLanes()
	lane := weak.Make(&p.lanes.list[0])
	p.toggleLanes()
	p.toggle(p.filter.box, true)
	p.list.goTo(1)
	p.openCurrent()
	look, rows, pages := weak.Make(p.look), weak.Make(p.look.Rows), weak.Make(p.look.Pages)
	strip := weak.Make(p.strip.s)
	p.lookUp(lookFor{query: model.Query{Words: "please"}, old: p.look})
	for range 3 {
		runtime.GC()
	}
	for name, held := range map[string]bool{"look": look.Value() != nil, "rows": rows.Value() != nil, "pages": pages.Value() != nil, "overview": strip.Value() != nil, "lanes": lane.Value() != nil} {
		if held {
			t.Errorf("the %s of before is held", name)
		}
	}
	runtime.KeepAlive(w)
}

// TestAPageThatIsLeftHoldsNoLook: Fyne holds on to what was clicked last, and
// through it to the page. What that had looked up is gone all the same, and what
// comes to the page late does nothing.
func TestAPageThatIsLeftHoldsNoLook(t *testing.T) {
	w, p := sampled(t, small)
	p.list.goTo(1)
	look, rows, pages, strip := weak.Make(p.look), weak.Make(p.look.Rows), weak.Make(p.look.Pages), weak.Make(p.strip.s)
	w.show(homeID)
	for range 3 {
		runtime.GC()
	}
	if look.Value() != nil || rows.Value() != nil || pages.Value() != nil || strip.Value() != nil {
		t.Error("what was looked up is held")
	}
	p.list.MouseOut()
	p.strip.MouseOut()
	p.pictures.came()
	p.again()
	if w.page.id != homeID {
		t.Errorf("%s stands", w.page.id)
	}
}

// TestAPageOfPatternsThatIsLeftHoldsNothing: the same of what was counted.
func TestAPageOfPatternsThatIsLeftHoldsNothing(t *testing.T) {
	w := practised(t)
	p := newPatternView(w)
	p.look()
	w.put(mustFind(t, patternID), p.view())
	counted := weak.Make(p.p)
	w.show(homeID)
	for range 3 {
		runtime.GC()
	}
	if counted.Value() != nil {
		t.Error("what was counted is held")
	}
	runtime.KeepAlive(p)
}
