package report

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"daybook/report/leak"
	"daybook/timeline"
)

// The terms of an order are in no served pack: the places that they name and the people
// whom nothing else of the pack names are looked for in it, whatever says them, and listed.
func TestWhatTermsNameIsLookedFor(t *testing.T) {
	k := newCase(t)
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "The order", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"sort": "other", "against": "Dan Reed"},
		Terms: []timeline.Term{{Text: "not to contact them", People: "Mali (7), Dan and Jo; Reed (9)", Places: "14 Ffordd y Castell; the mill house"}}}))(t)
	found, err := leak.Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte("Dan stood at 14 Ffordd y Castell and asked Jo for MALI and Reed.")}}, k.plan(t, Served).Secrets, leak.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found.Findings {
		got = append(got, f.What+": "+f.Text)
	}
	if want := []string{saySecretTermPerson + ": Mali", saySecretTermPerson + ": Reed", saySecretTermPlace + ": 14 Ffordd y Castell"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// The first name of a child whom an order names, or who is protected, is told of where it
// stands alone, and stays; in their whole name, which is found, it is not told of again.
func TestFirstNamesOfChildrenAreToldOf(t *testing.T) {
	k := newCase(t)
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "The order", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"sort": "other", "against": "Dan Reed"},
		Terms: []timeline.Term{{Text: "not to contact them", People: "Emily Hart or her son Alfie Hart, Rose Hart (9), Tom Hart (7)"}}}))(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "Zofia Reed"}))(t)
	page := []byte("<p>Dan asked Tom, Emily and Rose for ALFIE.<p>Alfie Hart and Zofia Reed: Zofia.")
	found, err := leak.Look(t.Context(), fstest.MapFS{"a.html": {Data: page}}, k.plan(t, Served).Secrets, leak.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range found.Longer {
		got = append(got, fmt.Sprintf("%s of %s (%s, %t), %d", x.Word, x.Begins, x.Code, x.First, x.Times))
	}
	if want := []string{"ALFIE of Alfie Hart (CHILD, true), 1", "Zofia of Zofia Reed (CHILD, true), 1"}; !slices.Equal(got, want) {
		t.Errorf("told of %q, want %q", got, want)
	}
	if n := len(found.Findings); n != 2 { // the whole names alone
		t.Errorf("found %+v", found.Findings)
	}
}
