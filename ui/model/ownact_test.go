package model

import (
	"slices"
	"testing"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// conduct counts what the case holds of the course of conduct.
func conduct(t *testing.T, d *Desk) int {
	t.Helper()
	c, err := casework.CourseOf(t.Context(), d.x, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return c.Events
}

// TestWhatIsOnesOwnIsNotCounted: ticked when it is written down, ticked or unticked
// in a correction, the marks and the course of conduct follow; a correction of
// something else leaves them.
func TestWhatIsOnesOwnIsNotCounted(t *testing.T) {
	d := opened(t)
	w, err := d.WriteDown()
	if err != nil {
		t.Fatal(err)
	}
	w.Form.What, w.Form.Occurred = "I blocked his number", TimeForm{How: ThatDay, Day: "1 October 2025"}
	w.Form.SetOwn(true)
	saved, err := w.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	at := func(what string, own bool, counted int) {
		t.Helper()
		in, err := incident(d.x, saved.Event)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(ownMarks(d.x, in.ID)); (n == 1) != own || n > 1 {
			t.Errorf("%s: %d marks", what, n)
		}
		if n := conduct(t, d); n != counted {
			t.Errorf("%s: %d in the course of conduct", what, n)
		}
		p, err := d.Incident(saved.Event)
		if err != nil || slices.ContainsFunc(p.Versions[0].Parts, func(p Part) bool { return p.Label == "Something you did yourself" && p.Text() == "Yes" }) != own {
			t.Errorf("%s: the page says %+v, %v", what, p.Versions[0].Parts, err)
		}
	}
	again := func(own, becomes bool) {
		t.Helper()
		w, err := d.Correct(saved.Event)
		if err != nil || w.Form.Own() != own {
			t.Fatalf("the correction is ticked: %v, %v", w.Form.Own(), err)
		}
		w.Form.SetOwn(becomes)
		w.Form.Reason = "it was another day"
		if _, err := w.Save(t.Context(), noon); err != nil {
			t.Fatal(err)
		}
	}
	at("written down", true, 0)
	again(true, true)
	at("corrected elsewhere", true, 0)
	again(true, false)
	at("unticked", false, 1)
	again(false, false)
	at("still unticked", false, 1)
	again(false, true)
	at("ticked again", true, 0)
}

// TestAnOwnActIsMarkedBesideATag: the switch of a mark is a tag too, and loses none
// that the person gave.
func TestAnOwnActIsMarkedBesideATag(t *testing.T) {
	d := pictureAndChat(t)
	l := look(t, d, Query{}, nil)
	picked := NewSelection()
	picked.Add(l.Rows.All()[3:4])
	m, err := d.Mark(t.Context(), l, picked, MarkForm{Code: "CONTACT", Known: "child_present", Tag: "kitchen", Own: true})
	if err != nil || m.Note != "1 event marked" {
		t.Fatalf("%q, %v", m.Note, err)
	}
	if near, err := d.Mark(t.Context(), l, picked, MarkForm{Tag: "private_knowledge"}); err != nil || near.Note != "1 event marked. “private_knowledge” is a tag of your own, and counts in no pattern. If you meant “Shows that they know private things” (shows_private_knowledge), undo the mark and choose that instead." {
		t.Errorf("%q, %v", near.Note, err)
	} else if err := d.Unmark(t.Context(), near); err != nil {
		t.Error(err)
	}
	other := NewSelection()
	other.Add(l.Rows.All()[5:6])
	if _, err := d.Mark(t.Context(), l, other, MarkForm{Code: "CONTACT"}); err != nil || conduct(t, d) != 1 {
		t.Errorf("of an own act and another's, %d are counted, %v", conduct(t, d), err)
	}
	l = look(t, d, Query{Choice: Choice{MarkFacet: {timeline.OwnAct}}}, nil)
	if l.Rows.Events() != 1 || conduct(t, d) != 1 {
		t.Errorf("%d are found, %d counted", l.Rows.Events(), conduct(t, d))
	}
	row := l.Pages.Row(3)
	for _, want := range []string{"CONTACT", "kitchen", "child_present", "own act"} {
		if !slices.Contains(row.Marks, want) {
			t.Errorf("%q is not among %q", want, row.Marks)
		}
	}
	if err := d.Unmark(t.Context(), m); err != nil || conduct(t, d) != 1 {
		t.Errorf("taken back: %d, %v", conduct(t, d), err)
	}
	if l = look(t, d, Query{Choice: Choice{MarkFacet: {timeline.OwnAct}}}, nil); l.Rows.Events() != 0 {
		t.Error("a part of the mark stayed")
	}
}
