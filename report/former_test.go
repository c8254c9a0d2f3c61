package report

import (
	"testing"
	"testing/fstest"

	"daybook/report/leak"
	"daybook/timeline"
)

// What an earlier version says and a row of the pack too, its own or another, is no leak; the
// rest of it is one, and so is what is withheld for another reason, whoever says it.
func TestWhatRowsSayIsNoLeakOfAnEarlierVersion(t *testing.T) {
	k := newCase(t)
	write := func(what, feeling, corrected string) {
		t.Helper()
		in := timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-15 19:30", "", "", k.c.Zone()))(t), What: what, FeelingThen: feeling}
		w := must(k.x.WriteIncident(t.Context(), in))(t)
		if in.What, in.FeelingThen = corrected, ""; corrected != "" {
			must(k.x.Correct(t.Context(), w.ID, in, "a slip of the pen"))(t)
		}
	}
	write("entry 1: He wrote abc, then he went home again", "", "corrected it all")
	write("entry 2: He wrote abc, then he went home again", "", "")
	write("entry 3: He wrote abc, then he went home again", "", "")
	write("He stood at the gate for an hour and shouted at me and the postman", "as if nobody would ever help me in this town or anywhere", "He stood at the gate for an hour and shouted at me and the neighbours")
	write("Nobody at work would ever help me in this town or anywhere, he said", "", "")
	write("the cellar had no window and he kept the one key to himself", "", "he locked me in")
	write("told them the cellar had no window and he kept the one key", "", "")
	write("we leave by the garden and ring my aunt from there", "", "we left")
	write("he read out: we leave by the garden and ring my aunt", "", "")
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.SafetyPlan, Words: "we leave by the garden and ring my aunt from there", When: at(t, "2024-05-01 10:00")}))(t)
	write("they never let me out of the house without a reason", "", "they watched me")
	write("he says they never let me out of the house", "", "")
	k.tag(t, "where are you", "", "they never let me out of the house without a reason")
	k.leaveOut(t, "told them the cellar", "private")
	order := timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "the order that was made when he had been at the gate at night", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"sort": "other"}}
	made := must(k.x.Enter(t.Context(), order))(t)
	order.Words = "the order that was made when he had been at the door"
	must(k.x.Amend(t.Context(), made.ID, order, "a slip of the pen"))(t)
	sought := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} }).Secrets
	for text, want := range map[string]string{
		"entry 3: He wrote abc, then he went home again":                        "",
		"entry 1: He wrote abc, then he went home again":                        "withheld part of an incident (what happened): entry 1: He wrote abc, then",
		"He stood at the gate for an hour and shouted at me and the neighbours": "",
		"shouted at me and the postman":                                         "withheld part of an incident (what happened): shouted at me and the postman",
		"would ever help me in this town or anywhere, he said":                  "withheld part of an incident (feeling then): would ever help me in this",
		"the cellar had no window and":                                          "withheld part of an incident (what happened): the cellar had no window and",
		"we leave by the garden and ring my aunt":                               "withheld part of an incident (what happened): we leave by the garden and",
		"they never let me out of":                                              "private note: they never let me out of",
		order.Words:                                                             "",
		"he had been at the gate at night":                                      "withheld part of an entry: he had been at the gate",
	} {
		got := must(leak.Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte(text)}}, sought, leak.Options{}))(t).Findings
		switch {
		case want == "" && len(got) > 0:
			t.Errorf("%q, which rows say: %+v", text, got)
		case want != "" && (len(got) != 1 || got[0].What+": "+got[0].Part != want):
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}
