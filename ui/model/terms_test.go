package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// TestTermsInForceAreAsked: those of the day of the incident and no others; an
// answer becomes an entry of possible breaches, with the incident; the second
// incident, and it alone, tells of reporting.
func TestTermsInForceAreAsked(t *testing.T) {
	d := opened(t)
	o, err := d.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	o.Form.Words, o.Form.Occurred.Day, o.Form.Fields["sort"] = "not to come near", "1 May 2026", "restraining order"
	o.Form.Until.Day = "1 June 2026"
	o.Form.Terms = []timeline.Term{{Text: "not to call"}, {Text: "not to come to the street"}}
	order, err := o.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for n, c := range []struct {
		day     string
		terms   int
		answers []string
		also    bool
	}{
		{"30 April 2026", 0, nil, false},
		{"20 May 2026", 2, []string{"yes", "unsure"}, true},
		{"1 June 2026", 2, []string{"no", ""}, false},
		{"2 June 2026", 0, nil, false},
	} {
		w, err := d.WriteDown()
		if err != nil {
			t.Fatal(err)
		}
		w.Form.What, w.Form.Occurred.Day = "he stood at the gate on "+c.day, c.day
		terms := w.Terms(noon)
		if len(terms) != c.terms {
			t.Errorf("%s: %d terms", c.day, len(terms))
		}
		before, _ := d.RegisterEntries(timeline.Breach, noon)
		for i, a := range c.answers {
			w.MayBreak(terms[i], a)
		}
		if err := w.Keep(noon); err != nil {
			t.Fatal(err)
		}
		if w, err = d.Continue(w.name); err != nil {
			t.Fatal(err)
		}
		s, err := w.Save(t.Context(), noon)
		if err != nil || len(s.Also) > 0 != c.also {
			t.Errorf("incident %d: %v, %v", n+1, s.Also, err)
		}
		after, err := d.RegisterEntries(timeline.Breach, noon)
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Count(strings.Join(c.answers, ",")+",", ",") - strings.Count(","+strings.Join(c.answers, ",")+",", ",,")
		if got := len(after) - len(before); got != said {
			t.Errorf("%s: %d answers kept, not %d", c.day, got, said)
		}
		if n == 1 {
			breachesOf(t, d, s.Event, order.Event)
		}
	}
}

// breachesOf checks that two answers stand with the order, the term and the
// incident.
func breachesOf(t *testing.T, d *Desk, incident, order string) {
	t.Helper()
	_, x, err := d.held()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"1": "yes", "2": "unsure"}
	for _, r := range x.Registers(timeline.Breach) {
		v := r.Current()
		if v.Fields["order"] != order || v.Fields["may"] != want[v.Fields["term"]] || len(v.Events) != 1 || v.Events[0].String() != incident {
			t.Errorf("%+v", v)
		}
		delete(want, v.Fields["term"])
	}
	if len(want) > 0 {
		t.Errorf("not kept: %v", want)
	}
}

// dated is an incident of a day, saved or about to be.
func dated(t *testing.T, w *Writing, day string) *Writing {
	t.Helper()
	w.Form.What, w.Form.Occurred = "he stood at the gate", TimeForm{How: ThatDay, Day: day}
	return w
}

// TestACorrectionAsksTheTermsOfItsNewDay: one whose day moves into the time of an
// order asks of its terms, as a new incident does; one whose day stays in it does not
// ask again. What may break a term keeps the number under which it was reported, and
// says what the order lacks.
func TestACorrectionAsksTheTermsOfItsNewDay(t *testing.T) {
	d := opened(t)
	o, err := d.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	o.Form.Words, o.Form.Occurred.Day, o.Form.Fields["sort"], o.Form.Until.Day = "not to come near", "1 May 2026", "restraining order", "1 June 2026"
	o.Form.Days["served"] = "2 May 2026"
	o.Form.Terms = []timeline.Term{{Text: "not to call"}}
	if _, err := o.Save(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	w, err := d.WriteDown()
	if err != nil {
		t.Fatal(err)
	}
	saved, err := dated(t, w, "30 April 2026").Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	correct := func() *Writing {
		w, err := d.Correct(saved.Event)
		if err != nil {
			t.Fatal(err)
		}
		w.Form.Reason = "it was later"
		return w
	}
	if w = correct(); len(w.Terms(noon)) != 0 {
		t.Errorf("with its day: %v", w.Terms(noon))
	}
	terms := dated(t, w, "3 May 2026").Terms(noon)
	if len(terms) != 1 || terms[0].Lacks != "how it was served, a copy of it" {
		t.Fatalf("%+v", terms)
	}
	w.MayBreak(terms[0], "yes")
	w.ReportedUnder(terms[0], " CR/9 ")
	if _, err := w.Save(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	list := d.x.Registers(timeline.Breach)
	if len(list) != 1 || list[0].Current().Fields["reported"] != "CR/9" || list[0].Current().Events[0].String() != saved.Event {
		t.Errorf("%+v", list)
	}
	if w = correct(); len(dated(t, w, "4 May 2026").Terms(noon)) != 0 {
		t.Errorf("it asks again: %v", w.Terms(noon))
	}
}

// TestABreachByAnotherSaysSo: on its page, and on that of the order, which is against
// somebody else.
func TestABreachByAnotherSaysSo(t *testing.T) {
	d := opened(t)
	o, err := d.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	o.Form.Words, o.Form.Occurred.Day, o.Form.Fields = "not to come near", "1 April 2026", map[string]string{"sort": "other", "against": "Jo"}
	o.Form.Terms = []timeline.Term{{Text: "not to call"}}
	made, err := o.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	order, breach := made.Event, ""
	for _, who := range []string{"Jo", "Sam"} {
		w, err := d.WriteDown()
		if err != nil {
			t.Fatal(err)
		}
		w.Form.Who = who
		saved, err := dated(t, w, "1 May 2026").Save(t.Context(), noon)
		if err != nil {
			t.Fatal(err)
		}
		id, err := timeline.ParseID(saved.Event)
		if err != nil {
			t.Fatal(err)
		}
		e, err := d.Enter(timeline.Breach)
		if err != nil {
			t.Fatal(err)
		}
		e.Form.Words, e.Form.Occurred.Day, e.Form.Fields = "words", "1 May 2026", map[string]string{"order": order, "term": "1", "may": "yes"}
		e.Link(id)
		s, err := e.Save(t.Context(), noon)
		if err != nil {
			t.Fatal(err)
		}
		breach = s.Event
	}
	const by = "The order is against Jo, and this is said to be done by Sam."
	if p, err := d.Entry(breach); err != nil || !slices.Contains(p.Outside, by) {
		t.Errorf("%v, %v", p.Outside, err)
	}
	p, err := d.Entry(order)
	if err != nil || len(p.About) != 2 || slices.Contains(p.About[0].Outside, by) == slices.Contains(p.About[1].Outside, by) {
		t.Errorf("%+v, %v", p.About, err)
	}
}

// TestTheirWordsAreNotCorrected: somebody else's words are refused before anything is
// typed; the fields of an entry can be put right, its words stay.
func TestTheirWordsAreNotCorrected(t *testing.T) {
	d := opened(t)
	w, err := d.WriteDown()
	if err != nil {
		t.Fatal(err)
	}
	saved, err := dated(t, w, "1 May 2026").Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	report := entered(t, d, timeline.ReportMade, "1 June 2026", "", map[string]string{"body": "police"})
	if p, err := d.Incident(saved.Event); err != nil || p.Theirs != "" {
		t.Errorf("one's own: %q, %v", p.Theirs, err)
	}
	l, picked := look(t, d, Query{}, nil), NewSelection()
	at := l.Rows.All()[0]
	picked.Add([]int32{at})
	if _, err := d.Mark(t.Context(), l, picked, MarkForm{Code: "LOITER"}); err != nil {
		t.Fatal(err)
	}
	asHelper(t, d)
	if of, err := look(t, d, Query{}, nil).Detail(t.Context(), int(at)); err != nil || len(of.Marks) != 1 || of.Marks[0].Theirs != "Maya" {
		t.Errorf("%+v, %v", of.Marks, err)
	} else if err := d.UnmarkOne(t.Context(), of.Marks[0], "no"); !errors.Is(err, timeline.ErrTheirMark) {
		t.Errorf("her mark is taken back: %v", err)
	}
	if _, err := d.Correct(saved.Event); !errors.Is(err, timeline.ErrTheirs) {
		t.Errorf("%v", err)
	}
	if p, err := d.Incident(saved.Event); err != nil || p.Theirs != "Maya" {
		t.Errorf("%q, %v", p.Theirs, err)
	}
	e, err := d.CorrectEntry(report)
	if err != nil || e.Theirs() != "Maya" {
		t.Fatalf("%v", err)
	}
	e.Form.Fields["reference"], e.Form.Reason = "CR/77", "it came by post"
	if _, err := e.Save(t.Context(), noon); err != nil {
		t.Error(err)
	}
}

// asHelper opens the case again for somebody else.
func asHelper(t *testing.T, d *Desk) {
	t.Helper()
	dir := d.c.Dir()
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Open(dir, keys.Passphrase(form("").Passphrase), evidence.OpenOptions{Actor: "Ann"})
	if err != nil {
		t.Fatal(err)
	}
	x, err := timeline.Open(t.Context(), c)
	if err == nil {
		err = d.hold(t.Context(), c, x)
	}
	if err != nil {
		t.Fatal(errors.Join(err, c.Close()))
	}
}
