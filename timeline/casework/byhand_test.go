package casework

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daybook/timeline"
)

// jo writes down something that Jo did.
func jo(t interface {
	Helper()
	Fatal(...any)
}, x *timeline.Index, when, what string) timeline.ID {
	t.Helper()
	precision, near := timeline.Precision(""), strings.TrimPrefix(when, "about ")
	if near != when {
		precision = timeline.About
	}
	at, err := timeline.Typed(near, "", precision, x.Zone())
	if err == nil {
		var w timeline.Written
		if w, err = x.WriteIncident(context.Background(), timeline.IncidentDraft{Occurred: at, Who: "Jo", What: what}); err == nil {
			return w.ID
		}
	}
	t.Fatal(err)
	return timeline.ID{}
}

// numbered counts the occasions of some events.
func numberedOf(t *testing.T, x *timeline.Index, ids ...timeline.ID) Counted {
	t.Helper()
	c, _, err := Numbered(t.Context(), x, ids)
	must(t, err)
	return c
}

// TestAJoinByHandKeepsWhatItJoined: what is written down later between the two is of the
// same occasion, and takes nothing from it; where that can no longer be, it is said.
func TestAJoinByHandKeepsWhatItJoined(t *testing.T) {
	x := made(t)
	early := jo(t, x, "2026-03-09 18:00", "a letter")
	six, nine := jo(t, x, "2026-03-10 18:00", "at the gate"), jo(t, x, "2026-03-10 21:00", "at the gate again")
	before, err := x.JoinOccasion(t.Context(), nine, "one evening, from six to nine")
	must(t, err)
	if before.N != 1 || before.Events[0] != six || before.Channel.String() != "incident: Jo" {
		t.Errorf("joined to %+v", before)
	}
	between := jo(t, x, "2026-03-10 19:30", "a different thing")
	c := numberedOf(t, x, six, between, nine)
	if c.Occasions != 1 || c.ByRule != 3 || c.Joined != 2 || c.Split != 0 || len(c.Hand) != 1 || c.Hand[0].Event != nine {
		t.Errorf("written down later between the two: %+v", c)
	}
	if c := numberedOf(t, x, six, between); c.Occasions != 1 || c.Joined != 1 || len(c.Hand) != 1 {
		t.Errorf("of what it ties together a part was asked for: %+v", c)
	}
	if c := numberedOf(t, x, early, six); c.Joined+c.Split != 0 || len(c.Hand) != 0 || c.Beside() != nil {
		t.Errorf("where it does nothing it is counted: %+v", c)
	}
	must(t, x.SplitOccasion(t.Context(), between, "he had left, and this was another matter"))
	c = numberedOf(t, x, six, between, nine)
	if c.Occasions != 3 || c.Joined+c.Split != 0 || len(c.Lost) != 1 || c.Lost[0].Form() != SayParted {
		t.Errorf("split between the two: %+v", c)
	}
	_, err = x.JoinOccasion(t.Context(), between, "the same evening after all")
	must(t, err)
	if c = numberedOf(t, x, six, between, nine); c.Occasions != 1 || c.Joined != 2 || len(c.Lost) != 0 {
		t.Errorf("joined again: %+v", c)
	}
	for when, form := range map[string]string{"2026-03-11 09:00": SayNotBefore, "": SayGone} {
		moved := timeline.When{Precision: timeline.Undated, Raw: "not sure"}
		if when != "" {
			moved, err = timeline.Typed(when, "", "", x.Zone())
			must(t, err)
		}
		_, err := x.Correct(t.Context(), six, timeline.IncidentDraft{Occurred: moved, Who: "Jo", What: "at the gate"}, "I was wrong")
		must(t, err)
		c := numberedOf(t, x, nine)
		if len(c.Lost) != 1 || c.Lost[0].Form() != form || c.Occasions != 1 || c.Joined != 0 {
			t.Errorf("what it was joined to was moved to %q: %+v", when, c)
		}
	}
}

// TestTheRuleLessTheJoinedAndTheSplit: of any events the occasions are those of the rule,
// less those joined, and those split off; and what was said is named where it does that.
func TestTheRuleLessTheJoinedAndTheSplit(t *testing.T) {
	x := made(t)
	var ids []timeline.ID
	for _, at := range []string{"2026-03-10", "2026-03-10 18:00", "2026-03-10 18:20", "about 2026-03-10 18:30", "2026-03-10 18:50", "2026-03-10 21:00", "2026-03-10 21:30", "2026-03-11 09:00", "2026-03-12", "2026-03-12 11:00"} {
		ids = append(ids, jo(t, x, at, "at the gate, "+at))
	}
	rapid.Check(t, func(r *rapid.T) {
		if len(ids) < 15 && rapid.IntRange(0, 9).Draw(r, "written down later") == 0 {
			ids = append(ids, jo(r, x, rapid.SampledFrom([]string{"2026-03-10 19:40", "2026-03-10 20:10", "2026-03-11 12:00", "2026-03-11"}).Draw(r, "when"), "later"))
		}
		event := rapid.SampledFrom(ids).Draw(r, "event")
		if rapid.Bool().Draw(r, "split") {
			must(t, x.SplitOccasion(t.Context(), event, "he had left"))
		} else if _, err := x.JoinOccasion(t.Context(), event, "one evening"); err != nil && event != ids[0] {
			r.Fatal(err)
		}
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(r, "asked for")
		c := numberedOf(t, x, some...)
		if c.Occasions != c.ByRule-c.Joined+c.Split || c.Joined < 0 || c.Split < 0 {
			r.Fatalf("%d occasions, %d by the rule, %d joined, %d split", c.Occasions, c.ByRule, c.Joined, c.Split)
		}
		said, err := x.Occasions(t.Context(), timeline.Filter{Events: some}, 0)
		must(t, err)
		rule, err := x.OccasionsByRule(t.Context(), timeline.Filter{Events: some}, 0)
		must(t, err)
		if joined, split := crosses(said, rule), crosses(rule, said); joined != (c.Joined > 0) || split != (c.Split > 0) || (joined || split) != (len(c.Hand) > 0) {
			r.Fatalf("joined %v, split %v: %+v", joined, split, c)
		}
	})
}

// crosses tells that some occasion has events of several of the others.
func crosses(list, others []timeline.Occasion) bool {
	of := numbered(others)
	return slices.ContainsFunc(list, func(o timeline.Occasion) bool {
		return slices.ContainsFunc(o.Events, func(id timeline.ID) bool { return of[id] != of[o.Events[0]] })
	})
}
