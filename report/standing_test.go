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
	k.later(t, "Saoirse.eml", "Saoirse waits outside.", "2024-03-16 13:00")
	row := k.find(t, "waits outside")
	made := must(k.x.Withhold(t.Context(),
		timeline.WithholdingDraft{Code: "CHILD", Text: "Saorise"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "Saoirse"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "SAOIRSE"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "outside", Event: row},
		timeline.WithholdingDraft{Code: "CHILD", Text: "letter", Event: row}))(t)
	found := must(Standings(t.Context(), k.c, k.x, made))(t)
	for i, want := range []Standing{{0, 0}, {1, 1}, {1, 1}, {1, 0}, {0, 0}} {
		if got := found[made[i].Number]; got != want {
			t.Errorf("%s: %+v, want %+v", made[i].Text, got, want)
		}
	}
	if b := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} }); !slices.Equal(b.Told.Nowhere, []string{"Saorise", "letter"}) {
		t.Errorf("%q stand nowhere", b.Told.Nowhere)
	}
}
