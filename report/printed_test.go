package report

import (
	"os"
	"slices"
	"testing"

	"daybook/report/leak"
	"daybook/timeline"
)

// The sentences of wording.go are the program's own, without what is filled in.
func TestTheProgramsOwnSentences(t *testing.T) {
	own := must(Own())(t).Sentences
	if len(own) < 300 {
		t.Errorf("%d parts of sentences", len(own))
	}
	for _, want := range []string{sayDraft, sayShown[0], detailWords[ShowReports], " of this case, which keeps its rows, labels and page numbers as they were issued. The label of an exhibit is given to nothing else; a row and a page are cited with the number of their bundle."} {
		if !slices.Contains(own, want) {
			t.Errorf("not among them: %q", want)
		}
	}
}

// A protected word that the program itself prints in every bundle is no leak, and
// the same word in a source is one.
func TestProtectedWordsInTheProgramsOwnSentences(t *testing.T) {
	k := newCase(t)
	dir, _ := checked(t, k.plan(t, Served), nil)
	o := leak.Options{Own: must(Own())(t)}
	word := func(s string, o leak.Options) []leak.Finding {
		return must(leak.Look(t.Context(), os.DirFS(dir), []leak.Secret{{What: "protected word", Text: s}}, o))(t).Findings
	}
	for _, s := range []string{"browser", "solicitor", "spreadsheet", "apostrophe"} {
		if found := word(s, o); len(found) > 0 {
			t.Errorf("%q: %v", s, found[0].Places)
		}
		if len(word(s, leak.Options{})) == 0 {
			t.Errorf("%q is in no sentence: this test would see nothing", s)
		}
	}
	if len(word("bus stop", o)) == 0 || len(word("Alex", o)) == 0 {
		t.Error("a word of a source is not found")
	}
}

// What is shown with a protected word taken out is no withheld part of an incident.
func TestCorrectedIncidentWithAProtectedWord(t *testing.T) {
	k := newCase(t)
	in := timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-15 19:30", "", "", k.c.Zone()))(t), Who: "Alex",
		What: "He stood before Ashfield for the whole of the afternoon and shouted at the children", FeelingThen: "cold all over for hours"}
	w := must(k.x.WriteIncident(t.Context(), in))(t)
	in.Place.Text = "the corner"
	must(k.x.Correct(t.Context(), w.ID, in, "a slip of the pen"))(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "EMPLOYER_SCHOOL", Text: "Ashfield"}))(t)
	named := false
	for _, s := range k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} }).Secrets {
		if s.Text == in.What {
			t.Errorf("%s: %q", s.What, s.Text)
		}
		named = named || s.Text == in.FeelingThen && s.What == "withheld part of an incident (feeling then)"
	}
	if !named {
		t.Error("a withheld part is not named by its field")
	}
}
