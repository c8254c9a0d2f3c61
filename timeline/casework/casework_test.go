package casework

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"daybook/assets/law"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// made is an empty case with its timeline.
func made(t *testing.T) *timeline.Index {
	t.Helper()
	words, err := keys.NewWords()
	must(t, err)
	c, err := evidence.Create(filepath.Join(t.TempDir(), "made.daybook"), evidence.CreateOptions{Title: "test", Zone: "Europe/London",
		Actor: "Ada", Passphrase: "correct horse battery staple tin whistle", KDF: keys.LeastCost(), Words: words})
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	x, err := timeline.Open(context.Background(), c)
	must(t, err)
	return x
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write writes an incident down, with its codes.
func write(t *testing.T, x *timeline.Index, when, what string, codes ...string) timeline.ID {
	t.Helper()
	at, err := timeline.Typed(when, "", "", x.Zone())
	must(t, err)
	w, err := x.WriteIncident(context.Background(), timeline.IncidentDraft{Occurred: at, What: what, Codes: codes, FeelingThen: "afraid"})
	must(t, err)
	return w.ID
}

func enter(t *testing.T, x *timeline.Index, kind timeline.Kind, when, words string, fields map[string]string) timeline.ID {
	t.Helper()
	at, err := timeline.Typed(when, "", "", x.Zone())
	must(t, err)
	r, err := x.Enter(context.Background(), timeline.RegisterDraft{Kind: kind, When: at, Words: words, Fields: fields})
	must(t, err)
	return r.ID
}

// Every total of the course is counted anew from its events.
func TestTheTotalsOfTheCourseAddUp(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	write(t, x, "2025-10-11 17:40", "at the gate", "LOITER", "WATCH")
	split := write(t, x, "2025-10-11 18:00", "at the gate again", "LOITER")
	write(t, x, "2025-11-02", "a letter", "CONTACT")
	write(t, x, "not sure", "a call", "CONTACT")
	write(t, x, "2025-12-01 09:00", "nobody gave it a code")
	joined := write(t, x, "2025-12-25 00:15", "he rang the bell", "LOITER")
	_, err := x.JoinOccasion(ctx, joined, "he had watched for days")
	must(t, err)
	enter(t, x, timeline.ReportMade, "2025-11-03", "told the police", map[string]string{"body": "police"})
	for _, cut := range []bool{false, true} {
		if cut {
			must(t, x.SplitOccasion(ctx, split, "he had left"))
		}
		c, err := CourseOf(ctx, x, timeline.Filter{})
		must(t, err)
		events, marks, uncoded, undated, codes := 0, 0, 0, 0, map[string]int{}
		occasions := map[int]bool{}
		for _, s := range c.Rows {
			events++
			marks += len(s.Codes)
			if len(s.Codes) == 0 {
				uncoded++
			}
			if s.Day == "" {
				undated++
			} else {
				occasions[s.Occasion] = true
			}
			for _, code := range s.Codes {
				codes[code]++
			}
		}
		sum := 0
		for _, k := range c.Codes {
			in := map[int]bool{}
			for _, s := range c.Rows {
				if s.Occasion > 0 && slices.Contains(s.Codes, k.Code) {
					in[s.Occasion] = true
				}
			}
			if k.Occasions != len(in) {
				t.Errorf("split %v: %s on %d occasions, and its rows are of %d", cut, k.Code, k.Occasions, len(in))
			}
			sum += k.Events
			if codes[k.Code] != k.Events {
				t.Errorf("%s: %d, and %d are listed", k.Code, k.Events, codes[k.Code])
			}
		}
		if events != 6 || c.Events != events || c.Marks != marks || sum != marks || c.Uncoded != uncoded || c.Undated != undated || undated != 1 {
			t.Errorf("%+v", c)
		}
		want := 3
		if cut {
			want = 4
		}
		if c.Occasions != want || len(occasions) != want || c.ByRule != 4 {
			t.Errorf("split %v: %d occasions, %d among the rows, %d by the rule", cut, c.Occasions, len(occasions), c.ByRule)
		}
		if c.First != "2025-10-11" || c.Last != "2025-12-25" {
			t.Errorf("from %s to %s", c.First, c.Last)
		}
	}
}

// What was written down, and an entry of a register, is not held without a behaviour.
func TestWhatIsWrittenDownIsNotUnmarked(t *testing.T) {
	as := func(s string) string { return s }
	x := made(t)
	write(t, x, "2025-12-01 09:00", "nobody gave it a code")
	enter(t, x, timeline.ReportMade, "2025-11-03", "told the police", map[string]string{"body": "police"})
	if u, err := UnmarkedOf(t.Context(), x, timeline.Filter{}, nil); err != nil || u.Events != 0 || u.Said(as, as) != "" {
		t.Errorf("nothing is held beside it: %+v, %v", u, err)
	}
}

func cells(m Matrix, element string) (ids []timeline.ID) {
	for _, l := range m.Lines {
		if l.ID == element {
			for _, c := range l.Cells {
				ids = append(ids, c.Event)
			}
		}
	}
	return ids
}

// An offence that only a pack has stands in the matrix, from its first day on.
func TestAMadeUpOffence(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	before := write(t, x, "2025-10-11 17:40", "he whistled", "OTHER")
	after := write(t, x, "2025-11-02 22:00", "he whistled again", "OTHER")
	october := write(t, x, "2025-10", "he whistled in October", "OTHER")
	year := write(t, x, "2025", "he whistled that year", "OTHER")
	told := enter(t, x, timeline.Notice, "2025-10-20", "asked him not to", map[string]string{"how": "asked to stop"})
	why := enter(t, x, timeline.Considered, "2025-11-03", "it is no tune", map[string]string{"law": "EW-WHISTLE", "outcome": "put forward"})
	pack, err := law.Named("EW")
	must(t, err)
	o, err := pack.Offence("EW-PHA-2")
	must(t, err)
	o.ID, o.Label, o.From = "EW-WHISTLE", "Whistling at night", "2025-11-01"
	o.Elements = []law.Element{{ID: "act", Text: "Somebody whistled.", ShownBy: []string{"behaviour:OTHER"}, Least: 1},
		{ID: "knowledge", Text: "They knew.", ShownBy: []string{"knowledge"}}, {ID: "night", Text: "It was night."}}
	pack.Offences = append(slices.Clone(pack.Offences), o)
	m, err := MatrixOf(ctx, x, pack, "ew-whistle")
	must(t, err)
	if got := cells(m, "act"); len(got) != 2 || !slices.Contains(got, after) || !slices.Contains(got, year) { // of the year it may have been in force
		t.Errorf("act: %v", got)
	}
	if got := cells(m, "knowledge"); !slices.Equal(got, []timeline.ID{told}) {
		t.Errorf("knowledge: %v", got)
	}
	if got := cells(m, "night"); got != nil {
		t.Errorf("night: %v", got)
	}
	if len(m.Outside) != 2 || !slices.Contains(m.Outside, before) || !slices.Contains(m.Outside, october) {
		t.Errorf("outside: %v", m.Outside)
	}
	if len(m.Considered) != 1 || m.Considered[0].Event != why || m.Lines[0].Occasions != 2 || m.Lines[0].ByRule != 2 {
		t.Errorf("%+v", m)
	}
	_, err = x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{after}, Element: "EW-WHISTLE/night"})
	must(t, err)
	if m, err = MatrixOf(ctx, x, pack, "EW-WHISTLE"); err != nil || !slices.Equal(cells(m, "night"), []timeline.ID{after}) || !m.Lines[2].Cells[0].Hand {
		t.Errorf("linked by hand: %v, %+v", err, m.Lines[2])
	}
	if _, err := MatrixOf(ctx, x, pack.At(time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC)), "EW-WHISTLE"); err == nil {
		t.Error("it is law before its first day")
	}
}

// TestTheActsAboutHowTheyWereTold: each act counts once, before the first of what may
// show that they were told, on its day, after it, or as not known.
func TestTheActsAboutHowTheyWereTold(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	pack, err := law.Named("EW")
	must(t, err)
	for _, c := range [...]struct {
		act, told, said string
	}{
		{"2025-10-01", "2025-12-20", "All after the last of the acts. Acts before the first of these: 1; on the same day: 0; after it: 0; not known which: 0."},
		{"2025-09", "2025-11-20", "All after the last of the acts. Acts before the first of these: 2; on the same day: 0; after it: 0; not known which: 0."},
		{"2025-10", "2025-10-20", "Acts before the first of these: 2; on the same day: 0; after it: 0; not known which: 1."},
		{"2025-10-20 09:00", "", "Acts before the first of these: 2; on the same day: 1; after it: 0; not known which: 1."},
		{"2025-11", "", "Acts before the first of these: 2; on the same day: 1; after it: 1; not known which: 1."},
		{"2025-11-01", "not sure", "Acts before the first of these: 2; on the same day: 1; after it: 2; not known which: 1. Of these without a certain day: 1; one of them may be the first."},
	} {
		write(t, x, c.act, "at the gate", "LOITER")
		if c.told != "" {
			enter(t, x, timeline.Notice, c.told, "asked him not to", map[string]string{"how": "asked to stop"})
		}
		m, err := MatrixOf(ctx, x, pack, "EW-PHA-2")
		must(t, err)
		for _, l := range m.Lines {
			if (l.ID == "knowledge") != (l.Told != nil) || l.Told != nil && l.Told.String() != c.said {
				t.Errorf("%s, told on %s: %s: %v", c.act, c.told, l.ID, l.Told)
			}
		}
	}
}

// Six months from the last thing that was done, by the calendar; an offence that
// has no such rule has no clock.
func TestTheClockOfAnOffence(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	pack, err := law.Named("EW")
	must(t, err)
	matrix := func(id string) Matrix {
		m, err := MatrixOf(ctx, x, pack, id)
		must(t, err)
		return m
	}
	if c := matrix("EW-PHA-2A").Clock; c == nil || c.Starts() || c.Said(plain) != "nothing that was done is linked to this offence, so no day is counted" {
		t.Errorf("without an incident: %+v", c)
	}
	unsure := made(t)
	for _, c := range [...]struct{ typed, precision, said string }{
		{"2025-07", "", "no event has a certain day: the day cannot be said; the latest possible is 2026-01-31"},
		{"2025-07-01", "after", "no event has a certain day: the day cannot be said, nor the latest possible"},
	} {
		at, err := timeline.Typed(c.typed, "", timeline.Precision(c.precision), unsure.Zone())
		must(t, err)
		_, err = unsure.WriteIncident(ctx, timeline.IncidentDraft{Occurred: at, What: "at the gate", Codes: []string{"LOITER"}})
		must(t, err)
		m, err := MatrixOf(ctx, unsure, pack, "EW-PHA-2A")
		must(t, err)
		days, err := Days(ctx, unsure, timeline.Filter{}, []law.Pack{pack}, time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), false, nil)
		must(t, err)
		if k := m.Clock; k == nil || k.Said(plain) != c.said || len(days) != 1 || days[0].On != "" || days[0].Past {
			t.Errorf("with %s %s alone: %+v, %+v", c.precision, c.typed, k, days)
		}
	}
	write(t, x, "2025-08-31 23:30", "at the gate", "LOITER")
	write(t, x, "2025-07-01", "earlier, written later", "LOITER")
	enter(t, x, timeline.ReportMade, "2025-10-01", "told the police", map[string]string{"body": "police"})
	if c := matrix("EW-PHA-2A").Clock; c == nil || c.Last != "2025-08-31" || c.Until != "2026-02-28" {
		t.Errorf("%+v", c)
	}
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		typed, precision, perhaps string
		events                    int
		past                      bool
	}{
		{"2025-06", "", "", 0, true}, // over before the last
		{"2025-09", "", "2026-03-30", 1, true},
		{"2025-12", "", "2026-06-30", 2, false},
		{"2025-07-01", "after", "", 3, false},
	} {
		at, err := timeline.Typed(c.typed, "", timeline.Precision(c.precision), x.Zone())
		must(t, err)
		_, err = x.WriteIncident(ctx, timeline.IncidentDraft{Occurred: at, What: "at the gate again", Codes: []string{"LOITER"}})
		must(t, err)
		if k := matrix("EW-PHA-2A").Clock; k == nil || k.Until != "2026-02-28" || k.Events != c.events || k.Perhaps != c.perhaps {
			t.Errorf("with %s %s: %+v", c.precision, c.typed, k)
		}
		days, err := Days(ctx, x, timeline.Filter{}, []law.Pack{pack}, now, false, nil)
		must(t, err)
		if i := slices.IndexFunc(days, func(d Day) bool { return d.On == "2026-02-28" }); i < 0 || days[i].Past != c.past {
			t.Errorf("with %s %s: %+v", c.precision, c.typed, days)
		}
	}
	if c := matrix("EW-PHA-4A").Clock; c != nil {
		t.Errorf("the more serious offence: %+v", c)
	}
}

func plain(s string) string { return s }

// TestTheClockCountsWhatIsLinked: an offence to which nothing is linked has no day, and
// one to which something is has that of the last of it, which it names; how somebody was
// told is no act, whoever linked it, nor is what the person did themself.
func TestTheClockCountsWhatIsLinked(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	pack, err := law.Named("EW")
	must(t, err)
	gate := write(t, x, "2025-08-01 10:00", "at the gate", "LOITER")
	door := write(t, x, "2025-09-01 10:00", "at the door", "LOITER")
	clock := func(offence string) Clock {
		m, err := MatrixOf(ctx, x, pack, offence)
		must(t, err)
		return *m.Clock
	}
	link := func(element string, id timeline.ID) {
		_, err := x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{id}, Element: element})
		must(t, err)
	}
	if c := clock("EW-CJPA-42A"); c.Starts() {
		t.Errorf("nothing is linked: %+v", c)
	}
	days, err := Days(ctx, x, timeline.Filter{}, []law.Pack{pack}, time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), false, nil)
	must(t, err)
	if len(days) != 1 || !slices.Equal(days[0].Offences, []string{"Harassment", "Stalking"}) || days[0].Clock.From.Event != door {
		t.Errorf("%+v", days)
	}
	without, err := Days(ctx, x, timeline.Filter{}, []law.Pack{pack}, time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), false, map[timeline.ID]bool{door: true})
	must(t, err)
	if len(without) != 1 || without[0].On != "2026-02-01" {
		t.Errorf("without what is not to be told of: %+v", without)
	}
	link("EW-CJPA-42A/presence", gate)
	if c := clock("EW-CJPA-42A"); c.Last != "2025-08-01" || c.Until != "2026-02-01" || c.From.Event != gate || !c.From.Hand {
		t.Errorf("%+v", c)
	}
	told := enter(t, x, timeline.Notice, "2025-10-20", "asked him not to", map[string]string{"how": "asked to stop"})
	link("EW-CJPA-42A/likely", told)
	at, err := timeline.Typed("2025-10-21 17:40", "", "", x.Zone())
	must(t, err)
	own, err := x.WriteIncident(ctx, timeline.IncidentDraft{Occurred: at, What: "I blocked him.", Tags: []string{timeline.OwnAct}, ChangeMade: "a new number"})
	must(t, err)
	link("EW-CJPA-42A/likely", own.ID)
	for offence, last := range map[string]string{"EW-CJPA-42A": "2025-08-01", "EW-PHA-2A": "2025-09-01"} {
		if c := clock(offence); c.Last != last {
			t.Errorf("%s: %+v", offence, c)
		}
	}
}

// TestTheClockOfEach: what two are said to have done has a day for each, and one for
// what names nobody; two names of one person are one.
func TestTheClockOfEach(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	pack, err := law.Named("EW")
	must(t, err)
	by := func(day, who string) {
		at, err := timeline.Typed(day, "", "", x.Zone())
		must(t, err)
		_, err = x.WriteIncident(ctx, timeline.IncidentDraft{Occurred: at, What: "at the gate", Who: who, Codes: []string{"LOITER"}})
		must(t, err)
	}
	clock := func() Clock {
		m, err := MatrixOf(ctx, x, pack, "EW-PHA-2A")
		must(t, err)
		return *m.Clock
	}
	by("2025-08-03", "")
	by("2025-08-01", "Tom Ash")
	by("2025-08-05", "tom ash ")
	if c := clock(); len(c.Each) != 0 || c.Last != "2025-08-05" {
		t.Errorf("of one: %+v", c)
	}
	by("2025-08-07", "Postman")
	var said []string
	for _, c := range clock().Lines() {
		said = append(said, c.Name+" "+c.Last+" "+c.Until+" "+c.Whose(plain))
	}
	if !slices.Equal(said, []string{
		"Tom Ash 2025-08-05 2026-02-05 Of what is said to be done by Tom Ash or came from them. How many are named: 2; each has a day of their own.",
		"Postman 2025-08-07 2026-02-07 Of what is said to be done by Postman or came from them. How many are named: 2; each has a day of their own.",
		" 2025-08-03 2026-02-03 Of what names nobody. How many are named elsewhere: 2; each has a day of their own.",
	}) {
		t.Errorf("%q", said)
	}
	days, err := Days(ctx, x, timeline.Filter{}, []law.Pack{pack}, time.Date(2026, 2, 6, 0, 0, 0, 0, time.UTC), false, nil)
	must(t, err)
	if len(days) != 3 || !days[0].Past || !days[1].Past || days[2].Past || days[2].Clock.Name != "Postman" {
		t.Errorf("%+v", days)
	}
	by("2025-09-09", "Tom Ash and Postman")
	by("2025-08-20", "Postman (the tall one)")
	of := map[string]Clock{}
	for _, c := range clock().Lines() {
		of[c.Name] = c
	}
	if got := of["Postman"]; got.Until != "2026-02-07" || got.Others != (Later{2, "2026-03-09"}) ||
		!slices.Equal(got.Beside(plain, plain), []string{"Later events of other names that have a word of this name are not counted: 2; by the last of them that day would come on 2026-03-09."}) {
		t.Errorf("what may name them too: %+v", got)
	}
	if got := of["Tom Ash and Postman"].Others; got != (Later{}) {
		t.Errorf("nothing is later: %+v", got)
	}
	days, err = Days(ctx, x, timeline.Filter{}, []law.Pack{pack}, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), false, nil)
	must(t, err)
	for _, d := range days {
		if past := map[string]bool{"": true}[d.Clock.Name]; d.Past != past && d.Clock.Name != "Postman (the tall one)" {
			t.Errorf("%q gone by: %v, of %+v", d.Clock.Name, d.Past, d.Clock)
		}
	}
}

// TestAnOwnActIsNoConduct: what the person did themself shows a change and that the
// other was told, and neither counts as an act of theirs nor as how these felt; what
// felt words are counted for stands there in these words.
func TestAnOwnActIsNoConduct(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	theirs := write(t, x, "2025-10-11 17:40", "at the gate", "LOITER")
	at, err := timeline.Typed("2025-10-12 17:40", "", "", x.Zone())
	must(t, err)
	own, err := x.WriteIncident(ctx, timeline.IncidentDraft{Occurred: at, What: "I blocked him.", Codes: []string{"OTHER"}, Tags: []string{timeline.OwnAct}, FeelingThen: "calm", ChangeMade: "a new number"})
	must(t, err)
	c, err := CourseOf(ctx, x, timeline.Filter{})
	must(t, err)
	if c.Events != 1 || c.Occasions != 1 || c.Marks != 1 {
		t.Errorf("%+v", c)
	}
	pack, err := law.Named("EW")
	must(t, err)
	m, err := MatrixOf(ctx, x, pack, "EW-PHA-2A")
	must(t, err)
	for element, want := range map[string][]timeline.ID{"course": {theirs}, "acts": {theirs}, "harassment": {theirs, own.ID}} {
		if got := cells(m, element); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", element, got, want)
		}
	}
	var why []string
	for _, c := range m.Lines[1].Cells {
		why = append(why, c.Why)
	}
	if !slices.Equal(why, []string{"feeling: afraid", "what was changed: a new number"}) {
		t.Errorf("%q", why)
	}
}

// An offence has what a person linked or marked as that act, and orders of its own
// sort with their breaches; any incident and any order are no material of it.
func TestAnOffenceHasNoMaterialOfAnother(t *testing.T) {
	ctx := context.Background()
	x := made(t)
	flowers := write(t, x, "2026-01-11 17:40", "flowers at the door", "LEAVE", "CONTACT", "INTERFERE")
	_, err := x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{flowers}, Tag: "breach_of_order"})
	must(t, err)
	packs, err := law.All()
	must(t, err)
	withMaterial := func() []string {
		looks, err := Path(ctx, x, Law{Packs: packs}, time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC))
		must(t, err)
		var ids []string
		for _, l := range looks {
			if l.WithMaterial > 0 {
				ids = append(ids, l.Offence)
			}
		}
		return ids
	}
	course := []string{"EW-PHA-2", "EW-PHA-2A", "EW-PHA-4", "EW-PHA-4A", "EW-CDA-32", "EW-CDA71-1"} // the last was marked as such
	if got := withMaterial(); !slices.Equal(got, course) {
		t.Errorf("flowers are material of %v", got)
	}
	orders, breaches := map[string][]timeline.ID{}, map[string][]timeline.ID{}
	for _, made := range []struct{ sort, on, breach string }{
		{"stalking protection order", "2026-02-01", "EW-SPA-8"}, {"interim stalking protection order", "2026-02-01", "EW-SPA-8"},
		{"restraining order", "2026-02-01", "EW-SA-363"}, {"restraining order", "2019-02-01", "EW-PHA-5-5"},
		{"harassment injunction", "2026-02-01", "EW-PHA-3-6"}, {"non-molestation order", "2026-02-01", "EW-FLA-42A"},
		{"domestic abuse protection order", "2026-02-01", "EW-DAA-39"}, {"occupation order", "2026-02-01", "none"},
	} {
		on, err := timeline.Typed(made.on, "", "", x.Zone())
		must(t, err)
		order, err := x.Enter(ctx, timeline.RegisterDraft{Kind: timeline.CourtOrder, When: on, Words: "keeps away",
			Fields: map[string]string{"sort": made.sort, "served": "2026-02-03"}, Terms: []timeline.Term{{Text: "not to come near"}}})
		must(t, err)
		orders[made.breach] = append(orders[made.breach], order.ID)
		breaches[made.breach] = append(breaches[made.breach], enter(t, x, timeline.Breach, "2026-03-01", "came back", map[string]string{"order": order.ID.String(), "term": "1", "may": "yes"}))
	}
	for _, o := range packs[0].Offences {
		m, err := MatrixOf(ctx, x, packs[0], o.ID)
		must(t, err)
		same := func(element string, want []timeline.ID) {
			got := slices.DeleteFunc(cells(m, element), func(id timeline.ID) bool { return id == flowers }) // marked, and not of which
			slices.SortFunc(got, compareIDs)
			slices.SortFunc(want, compareIDs)
			if !slices.Equal(got, want) {
				t.Errorf("%s/%s: %v, and not %v", o.ID, element, got, want)
			}
		}
		if o.ID != "EW-SPA-11" { // shown by the service alone
			same("order", orders[o.ID])
		}
		same("breach", breaches[o.ID])
		if orders[o.ID] != nil && !slices.Contains(withMaterial(), o.ID) {
			t.Errorf("%s is not listed", o.ID)
		}
	}
}

func compareIDs(a, b timeline.ID) int { return slices.Compare(a[:], b[:]) }
