package model

import (
	"strings"
	"testing"

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
