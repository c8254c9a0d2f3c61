//go:build linux || darwin

package report

import (
	"strings"
	"testing"
	"time"

	"daybook/assets/papers"
	"daybook/timeline"
)

// Whoever is to act on an order reads whom it is against, and an officer who comes new
// to the case who is said to have done it, and what of it may be gone by now.
func TestPapersSayWhomAnOrderIsAgainstAndTheBriefWhoDidIt(t *testing.T) {
	k := newCase(t)
	enter := func(kind timeline.Kind, words string, fields map[string]string) {
		t.Helper()
		must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: kind, Words: words, When: at(t, "2024-05-01 10:00"), Fields: fields}))(t)
	}
	enter(timeline.CourtOrder, "Made today.", map[string]string{"sort": "restraining order", "served": "2024-05-03", "against": "Corin Vale"})
	for _, who := range []string{"Tom Ash", "Dan Rook", "Dan Rook"} {
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-05-04 10:00"), What: "He waited.", Who: who, HowKnown: "seen"}))(t)
	}
	enter(timeline.Enquiry, "the bus", map[string]string{"state": "open", "owner": "PC Orr", "expires": "2024-05-20"})
	enter(timeline.Enquiry, "the shop", map[string]string{"state": "open", "owner": "PC Orr", "expires": "2024-06-20"})
	enter(timeline.Enquiry, "the neighbour", map[string]string{"state": "open", "owner": "PC Orr"})
	for _, name := range []string{"pack-school", "pack-employer", "pack-housing", "pack-marac", "pack-advocate", "pack-police", "officer-brief"} {
		_, text, pages := k.made(t, must(papers.Named(name))(t), PaperAsk{Now: must(time.Parse(time.DateOnly, "2024-06-01"))(t)})
		if !strings.Contains(text, "Corin Vale") {
			t.Errorf("%s does not say whom the order is against:\n%s", name, text)
		}
		if name != "officer-brief" {
			continue
		}
		for want, held := range map[string]bool{"Said to be done by: Dan Rook (2); Alex (1); Tom Ash (1)": true, "2024-05-20, gone by": true, "2024-06-20, gone by": false, "the neighbour": false,
			"1 more is still to be done, and no day is noted on which it may be gone.": true} {
			if strings.Contains(text, want) != held {
				t.Errorf("%q in the brief is %t:\n%s", want, !held, text)
			}
		}
		if len(pages) != 1 {
			t.Errorf("the brief has %d pages", len(pages))
		}
	}
}
