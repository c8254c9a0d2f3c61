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

// A bundle's page says which order and term a possible breach names, and how its time
// lies outside that of the order: by words and row, never by an ID.
func TestABreachInABundle(t *testing.T) {
	k := newCase(t)
	day := func(s string) timeline.When { return must(timeline.Typed(s, "", "", k.c.Zone()))(t) }
	order := func(words, court string) timeline.ID {
		return must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: words, When: day("2024-03-01"), Ends: day("2024-03-31"),
			Fields: map[string]string{"sort": "bail condition", "court": court, "served": "2024-03-02"}, Terms: []timeline.Term{{Text: "not to come near", Ends: "2024-03-10"}}}))(t).ID
	}
	breach := func(of timeline.ID, on, words string) {
		must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Breach, Words: words, When: day(on), Fields: map[string]string{"order": of.String(), "term": "1", "may": "yes"}}))(t)
	}
	shown, barred := order("the greater order", "Ashby"), order("the lesser order", "Wexcombe")
	breach(shown, "2024-03-02 12:00", "on that day")
	breach(shown, "2024-04-02", "when it was over")
	breach(barred, "2024-04-03", "the other one")
	must(k.x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{barred}, LeftOut: "private"}))(t)
	unserved := must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "never served", When: day("2025-03-01"), Ends: day("2025-03-31"), Fields: map[string]string{"sort": "bail condition", "court": "Ashby"}, Terms: []timeline.Term{{Text: "to stay away"}}}))(t).ID
	breach(unserved, "2025-03-05", "before anybody told him")
	seen := must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: day("2025-03-06"), What: "at the gate in that time"}))(t)
	must(k.x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{seen.ID}, Tag: "breach_of_order"}))(t)
	for pack, want := range map[Pack]map[string]bool{
		Full: {"bail condition, Ashby, 2024-03-01 (row ": true, "bail condition, Wexcombe, 2024-03-01 (row ": true, "by its number: 1. not to come near": true,
			"Its time is after the term ended.": true, sayOrderNotHere: false},
		Served: {"bail condition, Ashby, 2024-03-01 (row ": true, "Wexcombe": false, "not to come near": false,
			"Its time is after the term ended.": false, sayOrderNotHere: true},
	} {
		b := must(Plan(t.Context(), k.c, k.x, selection, General, pack))(t)
		got := dump(t, b)
		want["Its time is after the order expired."], want["Its time is on the day of service: whether before or after is not known."] = true, true
		want[shown.String()], want[barred.String()] = false, false
		for words, there := range want {
			if strings.Contains(got, words) != there {
				t.Errorf("%s pack: it says %q: %v", pack, words, !there)
			}
		}
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Data != nil && r.Data.Kind == timeline.Breach && r.Data.Extra.Has("order") != (pack == Full || r.Text != "the other one") {
				t.Errorf("%s pack: the data of %q have the ID of its order: %v", pack, r.Text, r.Data.Extra.Has("order"))
			}
			if late := slices.Contains(r.Flags, "Its time is after the order expired."); r.Text == "the other one" && late != (pack == Full) {
				t.Errorf("%s pack: a breach of an order that it does not show says that it is over: %v", pack, late)
			}
			wanted := r.Text == "before anybody told him" || r.Text == "at the gate in that time" && pack == Full
			if unknown := slices.Contains(r.Flags, sayPaperUnserved); unknown != wanted {
				t.Errorf("%s pack: %q says that no day of service is noted: %v", pack, r.Text, unknown)
			}
		}
	}
}
