package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/assets/profiles"
	"daybook/report/leak"
	"daybook/timeline"
)

// What a bundle says of registers, in every section: private ones in none, and a
// served pack has what their data lets through.
func TestRegistersInABundle(t *testing.T) {
	k := newCase(t)
	court := ProfileOf(must(profiles.Named("EW-criminal-police-pack"))(t)) // it has the orders on a page of their own
	enter := func(kind timeline.Kind, words string, fields map[string]string, terms ...timeline.Term) timeline.ID {
		t.Helper()
		r := must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: kind, Words: words, Fields: fields, Terms: terms,
			When: timeline.FromInstant(time.Date(2024, 3, 13, 12, 0, 0, 0, time.UTC), timeline.Day, "2024-03-13")}))(t)
		return r.ID
	}
	enter(timeline.SafetyPlan, "the quillwort way", nil)
	enter(timeline.LifeChange, "another way home", map[string]string{"part": "work"})
	report := enter(timeline.ReportMade, "told them of the gate", map[string]string{"body": "police", "reference": "CR/77", "officer": "PC Vale"})
	enter(timeline.CourtOrder, "the greater order", map[string]string{"sort": "other"}, timeline.Term{Text: "not to come near", Places: "Fennel Close"})
	lesser := enter(timeline.CourtOrder, "the lesser order", map[string]string{"sort": "other"})
	must(k.x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{lesser}, LeftOut: "private"}))(t)
	draft := must(k.x.Registered(report))(t).Current().RegisterDraft
	draft.Fields = map[string]string{"body": "police", "reference": "CR/78"}
	must(k.x.Amend(t.Context(), report, draft, "a slip of the pen"))(t)
	for pack, want := range map[Pack]map[string]bool{
		Full: {"quillwort": false, "another way home": true, "told them of the gate": true, "CR/78": true, "PC Vale": true, "a slip of the pen": true,
			"the greater order": true, "not to come near": true, "Fennel Close": true, "the lesser order": true},
		Served: {"quillwort": false, "another way home": false, "told them of the gate": false, "CR/78": false, "not shown in this pack: to whom an incident was reported": true, "CR/77": false, "PC Vale": false, "a slip of the pen": false,
			"the greater order": true, "not to come near": false, "Fennel Close": false, "the lesser order": false},
	} {
		got := dump(t, must(Plan(t.Context(), k.c, k.x, selection, court, pack))(t))
		for words, there := range want {
			if strings.Contains(got, words) != there {
				t.Errorf("%s pack: it says %q: %v", pack, words, !there)
			}
		}
	}
	sel := selection
	sel.Show = []Detail{ShowReports, ShowChanges}
	shown := must(Plan(t.Context(), k.c, k.x, sel, court, Served))(t)
	for words, there := range map[string]bool{"told them of the gate": true, "CR/78": true, "another way home": true, "PC Vale": false, "a slip of the pen": false, "Incident 1 of 1": true,
		"Reports to the police and others, 2024-03-13": true, "2024-03-13 | GMT (assumed)": false} {
		if strings.Contains(dump(t, shown), words) != there {
			t.Errorf("served pack that shows reports and changes: it says %q: %v", words, !there)
		}
	}
	for _, s := range []Shown{{"entries of registers", 3, "entry of a register"}, {"changes that were made", 1, "change that was made"}, {sayShowsReports, 1, sayShowsReport}} {
		if !slices.Contains(shown.Told.Shows, s) {
			t.Errorf("%+v is not in %+v", s, shown.Told.Shows)
		}
	}
	withheld := must(Plan(t.Context(), k.c, k.x, selection, court, Served))(t)
	if !slices.ContainsFunc(withheld.Secrets, func(s leak.Secret) bool { return s.Text == "told them of the gate" }) {
		t.Error("the leak check does not look for a report that is withheld")
	}
	sel.Show, sel.Private = nil, true
	if got := dump(t, must(Plan(t.Context(), k.c, k.x, sel, General, Full))(t)); !strings.Contains(got, "quillwort") {
		t.Error("a full pack that is asked for what is private has none of it")
	}
	if _, err := Plan(t.Context(), k.c, k.x, sel, General, Served); err == nil {
		t.Error("a served pack is made of what is private")
	}
}
