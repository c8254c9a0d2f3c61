package report

import (
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// A correction does not move when an incident was written down: rows, data and a
// statement say both times, the one of before too.
func TestACorrectionKeepsWhenItWasWrittenDown(t *testing.T) {
	london := must(time.LoadLocation("Europe/London"))(t)
	p := &planner{b: &Bundle{Zone: london, Pack: Served}}
	then := time.Date(2026, 4, 20, 9, 15, 0, 0, time.UTC)
	at := func(clock string) timeline.When { return must(timeline.Typed("2026-04-20 "+clock, "", "", london))(t) }
	w := timeline.Written{Versions: []timeline.Version{
		{IncidentDraft: timeline.IncidentDraft{Occurred: at("07:15"), What: "He stood there."}, Recorded: then, By: "Jo"},
		{IncidentDraft: timeline.IncidentDraft{Occurred: at("07:25"), What: "He stood there again."}, Recorded: then.AddDate(0, 7, 0), By: "Jo"},
	}}
	facts := factLines(p.shortFacts(w, w.Current()))
	if got := textOf(facts); got != "First written down: 2026-04-20 09:15:00 +00:00, 2 hours after, by Jo\nLast corrected: 2026-11-20 09:15:00 +00:00, by Jo" {
		t.Errorf("%q", got)
	}
	if got := must(p.sinceFirst(w))(t); got != "2026-11-20 09:15:00 +00:00; first written down 2026-04-20 09:15:00 +00:00, with the time 2026-04-20 07:15 BST; changed since: What happened" {
		t.Errorf("%q", got)
	}
	k := newCase(t)
	first := k.x.Incidents()[0].First().Recorded.Format(time.RFC3339)
	for _, pack := range []Pack{Full, Served} {
		b := k.plan(t, pack)
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			row := must(r, err)(t)
			if row.Incident == 0 {
				continue
			}
			if got := row.Data.Extra.Get(timeline.FirstRecorded); got != first {
				t.Errorf("%s: the data say that it was written first %q, and it was %s", pack, got, first)
			}
			if stated := textOf(factLines(row.Stated)); !strings.Contains(stated, "Last corrected: ") {
				t.Errorf("%s: the statement does not say that it was corrected: %s", pack, stated)
			}
		}
	}
}
