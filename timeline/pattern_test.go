package timeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func counted(t *testing.T, x *Index, f Filter, by string) map[string]int {
	t.Helper()
	list, err := x.Pattern(context.Background(), f, by)
	must(t, err)
	out := map[string]int{}
	for _, c := range list {
		if c.N != len(c.Events) {
			t.Errorf("%s %s: %d events of %d are listed", by, c.Key, len(c.Events), c.N)
		}
		out[c.Key] = c.N
	}
	return out
}

func TestPatternsCountInTheZoneOfTheCase(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	e := func(record string, w When) Event {
		return Event{Kind: Message, When: w, From: Party{Name: "Sam"}, Text: record, Thread: "T", Source: Pinpoint{Record: record}}
	}
	night := time.Date(2024, 7, 5, 23, 30, 0, 0, time.UTC) // Saturday in London already
	call := e("4", FromInstant(night.Add(48*time.Hour), Minute, ""))
	call.Kind, call.Thread = Call, ""
	add(t, x, 1,
		e("1", FromInstant(night, Minute, "")),
		e("2", FromLocal(night, nil, Minute, "")),
		e("3", FromLocal(night, london, Day, "")),
		call,
		e("5", FromLocal(night, london, Month, "")),
		e("6", When{Precision: Undated}))
	id := find(t, x, Filter{})[0].ID
	_, err := x.Mark(ctx, MarkDraft{Events: []ID{id}, Code: "CONTACT"})
	must(t, err)
	for by, want := range map[string]map[string]int{
		"day":      {"2024-07-06": 1, "2024-07-05": 2, "2024-07-08": 1, "not known": 2},
		"month":    {"2024-07": 5, "not known": 1},
		"year":     {"2024": 5, "not known": 1},
		"week":     {"2024-W27": 3, "2024-W28": 1, "not known": 2},
		"hour":     {"00": 2, "23": 1, "not known": 3},
		"weekday":  {"5 Friday": 2, "6 Saturday": 1, "1 Monday": 1, "not known": 2},
		"kind":     {"message": 5, "call": 1},
		"channel":  {"whatsapp: T": 5, "whatsapp: Sam": 1},
		"sender":   {"Sam": 6},
		"importer": {"whatsapp": 6},
		"code":     {"CONTACT": 1, "not known": 5},
	} {
		if d := cmp.Diff(want, counted(t, x, Filter{}, by)); d != "" {
			t.Errorf("%s: %s", by, d)
		}
	}
	if _, err := x.Pattern(ctx, Filter{}, "mood"); err == nil {
		t.Error("a pattern that there is not was counted")
	}
	list, err := x.Pattern(ctx, Filter{}, "day")
	must(t, err)
	if list[0].Key != "2024-07-05" || list[len(list)-1].Key != "not known" {
		t.Errorf("days are not in order: %+v", list)
	}
	if len(Patterns()) != 11 {
		t.Errorf("%v", Patterns())
	}
}

func TestPatternsSumToWhatTheFilterFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, _, _ := newIndex(t)
		var events []Event
		for i := range rapid.IntRange(0, 30).Draw(t, "events") {
			events = append(events, genEvent(t, i))
		}
		add(t, x, 1, events...)
		f := genFilter(t)
		found, err := x.Find(context.Background(), f)
		must(t, err)
		for _, by := range Patterns() {
			list, err := x.Pattern(context.Background(), f, by)
			must(t, err)
			sum := 0
			for _, c := range list {
				sum += c.N
			}
			if sum != found.Len() {
				t.Fatalf("%s: %d events are counted of %d", by, sum, found.Len())
			}
		}
	})
}

func at(minutes ...int) []Event {
	var out []Event
	for i, m := range minutes {
		e := message(string(rune('a'+i)), "Sam", "x", noon.Add(time.Duration(m)*time.Minute))
		e.Thread = "T"
		out = append(out, e)
	}
	return out
}

func TestOccasionsEndAfterAGap(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	events := at(0, 59, 118, 178, 300)
	idOf := func(i int) ID { return NewID(itemHash(1), "whatsapp", events[i].Source.Record) }
	other := events[1]
	other.Thread, other.From, other.To, other.Source.Record = "", Party{Name: "me", Owner: true}, []Party{{Name: "Sam"}}, "other"
	add(t, x, 1, append(events, other)...)
	got, err := x.Occasions(ctx, Filter{}, 0)
	must(t, err)
	type short struct {
		Channel  string
		N, After int
	}
	var list []short
	for _, o := range got {
		list = append(list, short{o.Channel.String(), o.N, int(o.First.Sub(noon).Minutes())})
		if len(o.Events) != o.N {
			t.Errorf("%+v", o)
		}
	}
	want := []short{{"whatsapp: T", 3, 0}, {"whatsapp: Sam", 1, 59}, {"whatsapp: T", 1, 178}, {"whatsapp: T", 1, 300}}
	if d := cmp.Diff(want, list); d != "" {
		t.Error(d)
	}
	if got, err = x.Occasions(ctx, Filter{}, 61*time.Minute); err != nil || len(got) != 3 {
		t.Errorf("gap of 61 minutes: %d occasions, %v", len(got), err)
	}
	must(t, x.SplitOccasion(ctx, idOf(1), "she left and came back"))
	must(t, joined(x, idOf(3), "one evening"))
	if err := joined(x, idOf(0), "the first of its channel"); !errors.Is(err, ErrFirst) {
		t.Errorf("the first of its channel: %v", err)
	}
	list = nil
	if got, err = x.Occasions(ctx, Filter{}, 0); err != nil {
		t.Fatal(err)
	}
	for _, o := range got {
		list = append(list, short{o.Channel.String(), o.N, int(o.First.Sub(noon).Minutes())})
	}
	want = []short{{"whatsapp: T", 1, 0}, {"whatsapp: T", 3, 59}, {"whatsapp: Sam", 1, 59}, {"whatsapp: T", 1, 300}}
	if d := cmp.Diff(want, list); d != "" {
		t.Error(d)
	}
	if rule, err := x.OccasionsByRule(ctx, Filter{}, 0); err != nil || len(rule) != 4 {
		t.Errorf("by the rule: %d, %v", len(rule), err)
	}
	if some, err := x.Occasions(ctx, Filter{Events: []ID{idOf(0), idOf(3)}}, 0); err != nil || len(some) != 2 || some[1].N != 1 || !some[1].First.Equal(noon.Add(178*time.Minute)) {
		t.Errorf("joined to what is not asked for: %+v, %v", some, err)
	}
	y := reopen(t, store, log)
	if d := cmp.Diff(x.Cuts(), y.Cuts()); d != "" || len(y.Cuts()) != 2 {
		t.Errorf("%s %v", d, y.Cuts())
	}
	if x.SplitOccasion(ctx, idOf(0), " ") == nil || joined(x, ID{1}, "r") == nil {
		t.Error("a cut without reason or event was written")
	}
	never, err := x.WriteIncident(ctx, IncidentDraft{Occurred: When{Precision: Undated, Raw: "not sure"}, What: "a knock"})
	must(t, err)
	for _, err := range []error{joined(x, never.ID, "r"), x.SplitOccasion(ctx, never.ID, "r")} {
		if err == nil || !strings.Contains(err.Error(), "without a date is in none") || len(x.Cuts()) != 2 {
			t.Errorf("what has no date: %v, %v", err, x.Cuts())
		}
	}
	bursts, err := x.Bursts(ctx, Filter{}, time.Hour, 3)
	must(t, err)
	if len(bursts) != 1 || bursts[0].N != 3 || bursts[0].Sender != "Sam" {
		t.Errorf("%+v", bursts)
	}
}

// TestAnOlderJoinNamesNothing: a record of before names no event, and joins what is before
// it, whichever that is.
func TestAnOlderJoinNamesNothing(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	events := at(0, 180)
	add(t, x, 1, events...)
	must(t, x.cut(ctx, NewID(itemHash(1), "whatsapp", events[1].Source.Record), cutEntry{Reason: "one evening"}))
	between := at(90)[0]
	between.Source.Record = "between"
	add(t, x, 2, between)
	for _, y := range []*Index{x, reopen(t, store, log)} {
		got, err := y.Occasions(ctx, Filter{}, 0)
		must(t, err)
		if len(got) != 2 || got[0].N != 1 || got[1].N != 2 {
			t.Errorf("%+v", got)
		}
	}
}

// joined joins an event to the occasion before it.
func joined(x *Index, event ID, why string) error {
	_, err := x.JoinOccasion(context.Background(), event, why)
	return err
}

func TestSearchOffersOtherSpellingsOnlyWhenNothingIsFound(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	add(t, x, 1, message("1", "Sam", "a threatening letter", noon), message("2", "Sam", "threat", noon), message("3", "Ada Byron", "x", noon))
	for words, want := range map[string]map[string][]string{
		"threat":           nil,
		"thraet":           {"thraet": {"threat"}},
		"leter threatenin": {"leter": {"letter"}, "threatenin": {"threatening"}},
		"bryon":            {"bryon": {"byron"}},
		"thr":              nil,
		"\"thraet\"":       nil,
		"nothinglikeit":    nil,
		"letter byron":     nil,
	} {
		r, err := x.Find(ctx, Filter{Words: words})
		must(t, err)
		if d := cmp.Diff(want, r.Instead); d != "" {
			t.Errorf("%s: %s", words, d)
		}
		if want != nil && r.Len() != 1 {
			t.Errorf("%s: %d found", words, r.Len())
		}
	}
	r, err := x.Find(ctx, Filter{Words: "thraet"})
	must(t, err)
	rows, err := r.Rows(0, 10)
	must(t, err)
	if d := cmp.Diff([][2]int{{0, 6}}, rows[0].Hits); d != "" {
		t.Error(d)
	}
}

func TestPlacesInAResult(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 1, append(at(0, 10, 20), Event{Kind: Call, When: When{Precision: Undated}, Source: Pinpoint{Record: "u"}})...)
	r, err := x.Find(context.Background(), Filter{})
	must(t, err)
	for want, record := range []string{"a", "b", "c", "u"} {
		if got, ok := r.Offset(NewID(itemHash(1), "whatsapp", record)); got != want || !ok {
			t.Errorf("%s stands at %d", record, got)
		}
	}
	if _, ok := r.Offset(ID{}); ok {
		t.Error("an event that is not there has a place")
	}
	for minutes, want := range map[int]int{-5: 0, 0: 0, 1: 1, 10: 1, 11: 2, 20: 2, 21: 3} {
		if got := r.OffsetAt(noon.Add(time.Duration(minutes) * time.Minute)); got != want {
			t.Errorf("after %d minutes: %d, want %d", minutes, got, want)
		}
	}
}

func TestCounts(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 1, at(0, 1)...)
	add(t, x, 2, Event{Kind: Call, When: When{Precision: Undated}, Source: Pinpoint{Record: "1"}})
	add(t, x, 1, at(0)...)
	want := Counts{Events: 2, Undated: 1, Kinds: map[Kind]int{Message: 1, Call: 1}, Importers: map[string]int{"whatsapp": 2}, Items: map[int64]int{1: 1, 2: 1}}
	if d := cmp.Diff(want, x.Counts()); d != "" {
		t.Error(d)
	}
	row, err := x.Event(NewID(itemHash(1), "whatsapp", "a"))
	if err != nil || row.Text != "x" {
		t.Errorf("%+v %v", row, err)
	}
	if _, err := x.Event(NewID(itemHash(1), "whatsapp", "b")); err == nil {
		t.Error("an event of a replaced reading is there")
	}
	of, err := x.EventsOf(context.Background(), 2)
	if err != nil || of.Len() != 1 || of.Dated() != 0 {
		t.Errorf("%+v %v", of, err)
	}
	if d := cmp.Diff([]ID{NewID(itemHash(1), "whatsapp", "a")}, func() []ID { r, _ := x.Find(context.Background(), Filter{}); return r.IDs(0, 1) }()); d != "" {
		t.Error(d)
	}
}

// Whoever is counted is called as People calls them.
func TestSendersAreCalledAsPeopleAre(t *testing.T) {
	x, _, _ := newIndex(t)
	named := message("line 1", "Dan R", "a", minuteOf(1))
	named.From.Address = "07700 900123"
	number := message("line 2", "", "b", minuteOf(2))
	number.From.Address = "+44 7700 900123"
	mail := message("line 3", "Eve", "c", minuteOf(3))
	mail.From.Address = "eve@example.com"
	add(t, x, 4, named, number, mail)
	must(t, x.Name(context.Background(), x.People()[1].Number, "Evelyn"))
	counts, err := x.Pattern(context.Background(), Filter{}, "sender")
	must(t, err)
	got, want := map[string]int{}, map[string]int{"Dan R": 2, "Evelyn": 1}
	for _, c := range counts {
		got[c.Key] = c.N
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, p := range x.People() {
		if got[p.Shown()] != p.Sent {
			t.Errorf("%s sent %d, counted %v", p.Shown(), p.Sent, got)
		}
	}
}

// TestFilesAreNoBurst: what was copied within a minute has no sender and is nobody's
// conduct; calls whose number is hidden are.
func TestFilesAreNoBurst(t *testing.T) {
	x, _, _ := newIndex(t)
	var list []Event
	for i := range 10 {
		e := message(fmt.Sprint(i), "", "", noon.Add(time.Duration(i)*time.Second))
		if e.Kind = Document; i%2 == 0 {
			e.Kind = Call
		}
		list = append(list, e)
	}
	add(t, x, 1, list...)
	bursts, err := x.Bursts(context.Background(), Filter{}, time.Hour, 5)
	must(t, err)
	if len(bursts) != 1 || bursts[0].N != 5 || !slices.Contains(bursts[0].Events, find(t, x, Filter{Kinds: []Kind{Call}})[0].ID) {
		t.Errorf("%+v", bursts)
	}
}
