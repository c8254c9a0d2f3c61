package report

import (
	"slices"
	"testing"

	"daybook/timeline"
)

// A protected word that stands nowhere, as one that is not spelt as it is in the case,
// is told before a served pack is handed over, and every word is counted: also two of
// which one is written like the other, and not beyond the row of which one is.
func TestProtectedWordsThatStandNowhere(t *testing.T) {
	k := newCase(t)
	k.later(t, "Saoirse.eml", "Saoirse waits outside, in Elm Row.", "2024-03-16 13:00")
	row := k.find(t, "waits outside")
	made := must(k.x.Withhold(t.Context(),
		timeline.WithholdingDraft{Code: "CHILD", Text: "Saorise"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "Saoirse"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "SAOIRSE"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "outside", Event: row},
		timeline.WithholdingDraft{Code: "CHILD", Text: "letter", Event: row},
		timeline.WithholdingDraft{Code: "ADDRESS", Text: "4 Elm Row"}))(t)
	found := must(Standings(t.Context(), k.c, k.x, made))(t)
	for i, want := range []Standing{{}, {Rows: 1, Names: 1}, {Rows: 1, Names: 1}, {Rows: 1}, {}, {Street: 1}} {
		if got := found[made[i].Number]; got != want {
			t.Errorf("%s: %+v, want %+v", made[i].Text, got, want)
		}
	}
	if b := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} }); !slices.Equal(b.Told.Nowhere, []string{"Saorise", "letter", "4 Elm Row"}) {
		t.Errorf("%q stand nowhere", b.Told.Nowhere)
	}
}
