package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"daybook/timeline"
)

// patternOf is a pattern of everything in a case: "group | key: n (note)", and each
// figure lists as many events as it counts, none of them twice.
func patternOf(t *testing.T, x *timeline.Index, by string, days int) (lines []string, figures []Figure) {
	t.Helper()
	m, err := Gather(context.Background(), x, timeline.Filter{})
	must(t, err)
	m.Days = days
	p, err := m.Pattern(context.Background(), by)
	must(t, err)
	for _, f := range p.Figures {
		ids := slices.Clone(f.Events)
		slices.SortFunc(ids, func(a, b timeline.ID) int { return slices.Compare(a[:], b[:]) })
		if len(slices.Compact(ids)) != f.N {
			t.Errorf("%s, %s: %d, and it lists %v", f.Group, f.Key, f.N, f.Events)
		}
		lines = append(lines, fmt.Sprintf("%s | %s: %d (%s)", f.Group, f.Key, f.N, f.Note))
	}
	return lines, p.Figures
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestBeforeAndAfterEachMoment(t *testing.T) {
	x := made(t)
	for _, at := range []string{"2025-10-09 23:59", "2025-10-10 00:00", "2025-10-19 12:00", "2025-10-20 20:04", "2025-10-20 20:05", "2025-10-20", "2025-10-21", "2025-10-30 23:59", "2025-10-31 00:00"} {
		write(t, x, at, "at the gate "+at)
	}
	month, err := timeline.Typed("2025-10", "", "", x.Zone())
	must(t, err)
	_, err = x.WriteIncident(context.Background(), timeline.IncidentDraft{Occurred: month, What: "some time in October"})
	must(t, err)
	enter(t, x, timeline.Notice, "2025-10-20 20:05", "asked him not to", map[string]string{"how": "asked to stop", "against": "Rob Vane"})
	enter(t, x, timeline.CourtOrder, "2025-10-01", "an order", map[string]string{"sort": "other", "served": "2025-10-30", "against": "Rob Vane"})
	enter(t, x, timeline.Notice, "2025-11-05", "told somebody", map[string]string{"how": "other"})
	told, made, served := "2025-10-20 20:05, asked to stop: asked him not to", "2025-10-01, other made: an order", "2025-10-30, other served: an order"
	held := func(first, last string) string {
		return "2025-" + first + " to 2025-" + last + "; the files speak of 0 of these 10 days"
	}
	got, _ := patternOf(t, x, "moment", 10)
	const whom = sayNamesNobody // no incident names anybody
	unknown := ": 1 (each may have been in one of these periods or in another, or in none; counted in none)"
	same(t, got,
		made+" | 10 days before: 0 ("+held("09-21", "09-30")+whom+")", made+" | that day: 0 ()", made+" | 10 days after: 2 ("+held("10-02", "10-11")+")", made+" | day not known"+unknown,
		told+" | 10 days before: 2 ("+held("10-10", "10-19")+whom+")", told+" | that day until 20:05: 1 ()", told+" | that day from 20:05: 1 ()", told+" | 10 days after: 2 ("+held("10-21", "10-30")+")",
		told+" | that day, before or after not known: 1 ()", told+" | day not known"+unknown,
		served+" | 10 days before: 4 ("+held("10-20", "10-29")+whom+")", served+" | that day: 1 ()", served+" | 10 days after: 1 ("+held("10-31", "11-09")+")", served+" | day not known"+unknown,
		"2025-11-05, other: told somebody | not counted: 2 ("+sayUntold+"; the number is of everybody together, 2025-10-26 to 2025-11-15)")
}

// Two notices of one minute and the same words are two blocks, each with its entry.
func TestMomentsOfOneNameAreToldApart(t *testing.T) {
	x := made(t)
	for range 2 {
		enter(t, x, timeline.Notice, "2025-10-20 20:05", "asked him not to", map[string]string{"how": "asked to stop"})
	}
	_, figures := patternOf(t, x, "moment", 10)
	var groups []string
	for _, f := range figures {
		groups = append(groups, f.Group)
	}
	if groups = slices.Compact(groups); len(groups) != 2 || groups[0] == groups[1] || !strings.Contains(groups[0], "asked him not to, entry ") {
		t.Errorf("%q", groups)
	}
}

func TestReachToOthers(t *testing.T) {
	x := made(t)
	at, err := timeline.Typed("2025-10-11 17:40", "", "", x.Zone())
	must(t, err)
	ids := []timeline.ID{}
	for _, d := range []timeline.IncidentDraft{
		{AimedAt: "My sister "}, {AimedAt: "me"}, {AimedAt: "my  sister", Children: "both, on the stairs"}, {Children: "no"},
		{Place: timeline.IncidentPlace{Type: "work"}, Tags: []string{"by_proxy"}}, {Place: timeline.IncidentPlace{Type: "home"}},
	} {
		d.Occurred, d.What = at, "it happened"
		w, err := x.WriteIncident(context.Background(), d)
		must(t, err)
		ids = append(ids, w.ID)
	}
	school := enter(t, x, timeline.LifeChange, "2025-10-12", "another school", map[string]string{"part": "school or study"})
	enter(t, x, timeline.LifeChange, "2025-10-12", "I sleep badly", map[string]string{"part": "sleep"})
	got, figures := patternOf(t, x, "reach", 0)
	same(t, got, "aimed at | my sister: 2 ()", "children present | both, on the stairs: 1 ()", "place | work: 1 ()", "marked | by_proxy: 1 ()", "what changed | school or study: 1 ()")
	if !slices.Equal(figures[0].Events, []timeline.ID{ids[0], ids[2]}) || figures[4].Events[0] != school {
		t.Errorf("%v", figures)
	}
}

func TestPrivateKnowledgeIsListed(t *testing.T) {
	x := made(t)
	id := write(t, x, "2025-10-11 17:40", "he knew the  name of my doctor")
	write(t, x, "2025-10-12", "another")
	_, err := x.Mark(context.Background(), timeline.MarkDraft{Events: []timeline.ID{id}, Tag: "shows_private_knowledge", Note: "I told nobody"})
	must(t, err)
	got, _ := patternOf(t, x, "private", 0)
	same(t, got, " | 2025-10-11: 1 (he knew the name of my doctor (marked by Ada; I told nobody))")
}

func TestImpactIsQuotedAndCounted(t *testing.T) {
	x := made(t)
	_, err := x.WriteIncident(context.Background(), timeline.IncidentDraft{Occurred: timeline.When{Precision: timeline.Undated, Raw: "not sure"}, What: "a call", FeelingAfter: "sick"})
	must(t, err)
	write(t, x, "2025-11-02", "a letter")
	enter(t, x, timeline.LifeChange, "2025-10-12", "I leave an hour later.", map[string]string{"part": "work"})
	write(t, x, "2025-10-30 09:00", "at the gate")
	got, _ := patternOf(t, x, "impact", 0)
	same(t, got, "by month | 2025-10: 2 ()", "by month | 2025-11: 1 ()", "by month | not known: 1 ()",
		"in their own words | 2025-10-12, changed, work: 1 (I leave an hour later.)", "in their own words | 2025-10-30, felt then: 1 (afraid)",
		"in their own words | 2025-11-02, felt then: 1 (afraid)", "in their own words | day not known (not sure), felt after: 1 (sick)")
}

// Currencies are kept apart, and what has no cost said is no nought.
func TestTheCostsAddUp(t *testing.T) {
	x := made(t)
	for i, cost := range []string{"12.50", "140", "", "9.99 EUR", "0"} {
		enter(t, x, timeline.LifeChange, fmt.Sprintf("2025-10-%02d", 10+i), "changed: "+cost, map[string]string{"part": "home", "cost": cost})
	}
	got, _ := patternOf(t, x, "cost", 0)
	same(t, got, "together | GBP: 3 (GBP 152.50)", "together | EUR: 1 (EUR 9.99)",
		"each | 2025-10-10, home: 1 (GBP 12.50: changed: 12.50)", "each | 2025-10-11, home: 1 (GBP 140.00: changed: 140)", "each | 2025-10-13, home: 1 (EUR 9.99: changed: 9.99 EUR)",
		"each | 2025-10-14, home: 1 (GBP 0.00: changed: 0)", "no cost said | 2025-10-12, home: 1 (changed:)")
	if err := x.Check(timeline.RegisterDraft{Kind: timeline.LifeChange, Words: "x", Fields: map[string]string{"part": "home", "cost": "12.50 euros"}}, x.Registers()[0].Current().Recorded); err == nil {
		t.Error("12.50 euros is taken for an amount")
	}
}

// TestTheCostsOfIncidentsAreInTheLedger: once, and what is no sum stands in words.
func TestTheCostsOfIncidentsAreInTheLedger(t *testing.T) {
	x := made(t)
	said := func(day int, words string) timeline.ID {
		at, err := timeline.Typed(fmt.Sprintf("2025-10-%02d 09:00", day), "", "", x.Zone())
		must(t, err)
		w, err := x.WriteIncident(context.Background(), timeline.IncidentDraft{Occurred: at, What: "it happened", ChangeMade: words})
		must(t, err)
		return w.ID
	}
	said(1, "A new bell, £1,020.50.")
	said(2, "Left the gym, £38 a month paid to December.")
	said(3, "New locks, £140.")
	said(4, "Saved about £20.")
	said(5, "I go another way, 20 minutes more.")
	named := said(6, "The taxi, £9")
	enter(t, x, timeline.LifeChange, "2025-10-03", "new locks", map[string]string{"part": "home", "cost": "140"})
	at, err := timeline.Typed("2025-10-08", "", "", x.Zone())
	must(t, err)
	_, err = x.Enter(context.Background(), timeline.RegisterDraft{Kind: timeline.LifeChange, When: at, Words: "taxis", Events: []timeline.ID{named}, Fields: map[string]string{"part": "work", "cost": "9.00"}})
	must(t, err)
	got, _ := patternOf(t, x, "cost", 0)
	words, counted := sayCostWords+" | 2025-10-", sayCostCounted+" | 2025-10-"
	same(t, got, "together | GBP: 3 (GBP 1169.50)",
		"each | 2025-10-03, home: 1 (GBP 140.00: new locks)", "each | 2025-10-08, work: 1 (GBP 9.00: taxis)", "each | 2025-10-01, with an incident: 1 (GBP 1020.50: A new bell, £1,020.50.)",
		words+"02, with an incident: 1 (Left the gym, £38 a month paid to December.)", counted+"03, with an incident: 1 (New locks, £140.)",
		words+"04, with an incident: 1 (Saved about £20.)", counted+"06, with an incident: 1 (The taxi, £9)")
}

func TestSilencesAreDaysWithoutAny(t *testing.T) {
	x := made(t)
	for _, at := range []string{"2025-10-01", "2025-10-08", "2025-10-16", "2025-10-17 10:00"} {
		write(t, x, at, "at the gate")
	}
	enter(t, x, timeline.ReportMade, "2025-10-12", "told the police", map[string]string{"body": "police"})
	got, _ := patternOf(t, x, "silence", 0)
	same(t, got, "not known: no file speaks of these days | 2025-10-09 to 2025-10-15: 0 (7 days)")
	got, _ = patternOf(t, x, "silence", 6)
	same(t, got, "not known: no file speaks of these days | 2025-10-02 to 2025-10-07: 0 (6 days)", "not known: no file speaks of these days | 2025-10-09 to 2025-10-15: 0 (7 days)")
}

// What was surely between two days with an event ends a silence; what may have been in
// one stands with it; what has no day at all is said once.
func TestASilenceThatMayNotHaveBeenOne(t *testing.T) {
	x := made(t)
	for _, at := range []string{"2026-04-20", "2026-06-01", "2026-06-20", "2026-07-10"} {
		write(t, x, at, "at the gate")
	}
	write(t, x, "2026-05", "some time in May")
	ever := write(t, x, "not sure", "a call")
	about := func(day string) timeline.ID {
		near, err := timeline.Typed(day, "", timeline.About, x.Zone())
		must(t, err)
		w, err := x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: near, What: "the tyre"})
		must(t, err)
		return w.ID
	}
	about("2026-06-10")
	may := about("2026-07-10")
	got, figures := patternOf(t, x, "silence", 0)
	same(t, got,
		"not known: no file speaks of these days | 2026-04-21 to 2026-04-30: 0 (10 days; without a date, and may lie in this time: 1)",
		"not known: no file speaks of these days | 2026-06-02 to 2026-06-08: 0 (7 days; without a date, and may lie in this time: 1)",
		"not known: no file speaks of these days | 2026-06-12 to 2026-06-19: 0 (8 days; without a date, and may lie in this time: 1)",
		"not known: something of no certain day may have been then | 2026-06-21 to 2026-07-09: 1 (19 days, the files speak of 0 of them; without a date, and may lie in this time: 1)",
		"they end no silence | day not known: 2 ()")
	for i, want := range [][]timeline.ID{{}, {}, {}, {may}, {may, ever}} {
		if !slices.Equal(figures[i].Events, want) {
			t.Errorf("%s: %v, want %v", figures[i].Key, figures[i].Events, want)
		}
	}
}

// What is in one side alone is nought in the other.
func TestBesideHoldsBoth(t *testing.T) {
	one := Pattern{Figures: []Figure{figure("", "a", "", timeline.ID{1}), figure("g", "a", "")}}
	two := Pattern{Figures: []Figure{figure("", "b", "", timeline.ID{2}), figure("", "a", "", timeline.ID{3}, timeline.ID{4})}}
	var got []string
	for _, p := range Beside(one, two) {
		got = append(got, fmt.Sprintf("%s|%s %d %d", p.Group, p.Key, p.Beside[0].N, p.Beside[1].N))
	}
	same(t, got, "|a 1 2", "g|a 0 0", "|b 0 1")
}

// TestByHourSaysItsZone: whose hours they are, and why an "about" is in none.
func TestByHourSaysItsZone(t *testing.T) {
	x := made(t)
	at, err := timeline.Typed("2026-06-10 09:00", "", timeline.Minute, x.Zone())
	must(t, err)
	_, err = x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at, What: "the tyre"})
	must(t, err)
	m, err := Gather(context.Background(), x, timeline.Filter{})
	must(t, err)
	p, err := m.Pattern(context.Background(), "hour")
	must(t, err)
	if !strings.Contains(p.Rule, "a clock in Europe/London") || !strings.Contains(p.Rule, "“about”") {
		t.Errorf("%q", p.Rule)
	}
}

// TestEachPlainSideHoldsEveryEvent: what a side does not count stands beside, under one
// name, entries of registers too, so that its lines add up to what was asked for.
func TestEachPlainSideHoldsEveryEvent(t *testing.T) {
	x := made(t)
	write(t, x, "2025-10-11 17:40", "at the gate", "WATCH", "CONTACT")
	write(t, x, "2025-10-12", "a knock")
	own := write(t, x, "2025-10-13 09:00", "I blocked him")
	_, err := x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{own}, Tag: timeline.OwnAct})
	must(t, err)
	enter(t, x, timeline.LifeChange, "2025-11-14", "new locks", map[string]string{"part": "home", "cost": "140"})
	const all, two = 4, 1 // one has two behaviours, and counts under both
	for _, by := range timeline.Patterns() {
		lines, figures := patternOf(t, x, by, 0)
		held, sum := map[timeline.ID]bool{}, 0
		for _, f := range figures {
			sum += f.N
			for _, id := range f.Events {
				held[id] = true
			}
		}
		want := all
		if by == "code" {
			want += two
		}
		if len(held) != all || sum != want {
			t.Errorf("by %s: %d of %d events, %d in its lines: %q", by, len(held), all, sum, lines)
		}
	}
}
