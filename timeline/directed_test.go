package timeline

import (
	"strings"
	"testing"
	"time"
)

// TestDirected: a message or a call that names no sender is with those whom it
// names, unless it came to the owner alone; whoever a letter is to, it is to.
func TestDirected(t *testing.T) {
	dan, owner := Party{Name: "Dan"}, Party{Owner: true}
	for _, c := range []struct {
		e    Event
		want bool
	}{
		{Event{Kind: Message, From: dan, To: []Party{owner}}, true},
		{Event{Kind: Message, From: owner, To: []Party{dan}}, true},
		{Event{Kind: Call, To: []Party{owner}}, true},
		{Event{Kind: Photo}, true},
		{Event{Kind: Email, To: []Party{dan}}, true},
		{Event{Kind: System, To: []Party{dan}}, true},
		{Event{Kind: Call, To: []Party{dan}}, false},
		{Event{Kind: Message, To: []Party{dan}}, false},
		{Event{Kind: Message, To: []Party{owner, dan}}, false},
		{Event{Kind: Message, To: []Party{owner}, Flags: []Flag{PartiesDiffer}}, false},
	} {
		if got := c.e.Directed(); got != c.want {
			t.Errorf("%+v: %v", c.e, got)
		}
		line, err := Row{Event: c.e}.AppendJSONL(nil)
		if err != nil || strings.Contains(string(line), `"directed":false`) == c.want || strings.Contains(string(line), `"directed":true`) {
			t.Errorf("%+v: %s, %v", c.e, line, err)
		}
	}
	r := Row{Event: Event{Flags: []Flag{PartiesDiffer}, Extra: FactsOf(StatedParties, "from says Dan; from says Eve")}}
	if got := r.Words(PartiesDiffer); len(got) != 1 || got[0] != PartiesDiffer.Title()+": from says Dan; from says Eve" {
		t.Error(got)
	}
	r = Row{Event: Event{Flags: []Flag{SecondHand}, Extra: FactsOf(NotAsSealed, "the bundle is not as it was sealed")}}
	if got := r.Words(SecondHand); len(got) != 1 || got[0] != SecondHand.Title()+"; the bundle is not as it was sealed" {
		t.Error(got)
	}
}

// A time of an hour that came twice says so, and where the order of the lines told which
// of the two it is, that it did.
func TestADoubledHourSaysWhatTold(t *testing.T) {
	e := Event{Flags: []Flag{ClockTwice}, When: When{Local: time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC), Basis: AssumedZone, Zone: "Europe/London", Precision: Minute}}
	open := e.Says(ClockTwice)
	e.When.Instant = time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC)
	if told := e.Says(ClockTwice); !strings.Contains(open, "does not say which") || !strings.Contains(told, "told by the order of the lines") {
		t.Errorf("%q, %q", open, told)
	}
}
