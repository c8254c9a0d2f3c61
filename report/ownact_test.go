//go:build linux || darwin

package report

import (
	"strings"
	"testing"
	"time"

	"daybook/assets/papers"
	"daybook/timeline"
)

// TestAnOwnActIsLabelled: what the person did themself says so wherever its row
// stands, in both packs and in papers, and counts under no behaviour. Other tags stay
// out of a served pack.
func TestAnOwnActIsLabelled(t *testing.T) {
	k := newCase(t)
	k.tag(t, "bus stop", timeline.OwnAct, "ask Kim")
	k.tag(t, "where are you", "before the move", "")
	for _, pack := range []Pack{Full, Served} {
		text := dump(t, k.plan(t, pack))
		if strings.Count(text, "waited at the bus stop") == 0 || strings.Count(text, sayOwnAct) < 2 || !strings.Contains(text, "1 row of the person’s own act is counted under no behaviour.") {
			t.Errorf("%s pack: %s", pack, text)
		}
		if strings.Contains(text, "before the move") != (pack == Full) {
			t.Errorf("%s pack: the tag of somebody's own", pack)
		}
	}
	_, text, _ := k.made(t, must(papers.Named("pack-police"))(t), PaperAsk{Now: must(time.Parse(time.DateOnly, "2025-05-01"))(t)})
	if !strings.Contains(text, sayOwnAct) {
		t.Errorf("the pack for the police: %s", text)
	}
}
