package timeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/assets/registers"
)

func on(t *testing.T, text string) When {
	t.Helper()
	w, err := Typed(text, "", "", time.UTC)
	must(t, err)
	return w
}

// Every register has its kind, and every kind its register; a kind's number in a
// segment is its place in the list that pages count by.
func TestEveryKindHasItsRegister(t *testing.T) {
	all, err := registers.All()
	must(t, err)
	var kinds []Kind
	for _, r := range all {
		kinds = append(kinds, Kind(r.Kind))
	}
	slices.Sort(kinds)
	want := slices.Clone(registerKinds[:])
	slices.Sort(want)
	if d := cmp.Diff(want, kinds); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Kinds(), kindCodes[:]); d != "" {
		t.Error(d)
	}
}

func TestEntriesOfRegistersStandOnTheTimeline(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "you will regret it", noon))
	sent := find(t, x, Filter{})[0].ID
	report := RegisterDraft{Kind: ReportMade, When: on(t, "2024-03-06 10:00"), Words: "told them of the message",
		Fields: map[string]string{"body": "police", "name": "Kent Police", "officer": "PC Vale"}, Events: []ID{sent}}
	r, err := x.Enter(ctx, report)
	must(t, err)
	report.Fields = map[string]string{"body": "police", "name": "Kent Police", "officer": "PC Vale", "reference": "CR/77"}
	r, err = x.Amend(ctx, r.ID, report, "the number came by post")
	must(t, err)
	for _, y := range []*Index{x, reopen(t, store, log)} {
		rows := find(t, y, Filter{Kinds: []Kind{ReportMade}})
		if len(rows) != 1 || rows[0].ID != r.ID || rows[0].Text != report.Words || rows[0].Extra.Get("reference") != "CR/77" || rows[0].Author() != "Ada" {
			t.Fatalf("%+v", rows)
		}
		if got := find(t, y, Filter{Words: "vale"}); len(got) != 1 || got[0].ID != r.ID {
			t.Errorf("a search for the officer finds %d", len(got))
		}
		if got := find(t, y, Filter{Importers: []string{"register"}}); len(got) != 1 {
			t.Errorf("%d of the registers", len(got))
		}
		all := y.Registers(ReportMade)
		if len(all) != 1 || len(all[0].Versions) != 2 || all[0].Current().Reason != "the number came by post" || all[0].Versions[0].Fields["reference"] != "" {
			t.Errorf("%+v", all)
		}
		if d := cmp.Diff(report, all[0].Current().RegisterDraft, cmp.Comparer(func(a, b When) bool { return a.Text(time.UTC) == b.Text(time.UTC) })); d != "" {
			t.Error(d)
		}
		if n := len(y.Registers(LifeChange)); n != 0 {
			t.Errorf("%d changes", n)
		}
		occasions, err := y.Occasions(ctx, Filter{}, 0)
		must(t, err)
		if len(occasions) != 1 || occasions[0].N != 1 {
			t.Errorf("a report is an occasion: %+v", occasions)
		}
	}
	if _, err := x.Mark(ctx, MarkDraft{Events: []ID{r.ID}, Exhibit: true}); err == nil {
		t.Error("an entry that has no file is an exhibit")
	}
	if _, err := x.Mark(ctx, MarkDraft{Events: []ID{r.ID}, Element: "EW-PHA-2A/knowledge"}); err != nil {
		t.Error(err)
	}
}

func TestWhatARegisterRefuses(t *testing.T) {
	ctx := context.Background()
	x, _, log := newIndex(t)
	order, err := x.Enter(ctx, RegisterDraft{Kind: CourtOrder, When: on(t, "2024-03-01"), Ends: on(t, "2026-03-01"), Words: "not to come near",
		Fields: map[string]string{"sort": "restraining order", "served": "2024-03-03"},
		Terms:  []Term{{Text: "not to contact her", Sort: "prohibition"}, {Text: "not to go to Oak Lane", Places: "Oak Lane", Ends: "2024-09-01"}}})
	must(t, err)
	review, err := x.Enter(ctx, RegisterDraft{Kind: Review, When: on(t, "2024-04-01"), Words: "all lines open", Fields: map[string]string{"by": "DS Hill"}})
	must(t, err)
	good := RegisterDraft{Kind: Breach, When: on(t, "2024-03-05"), Words: "he stood at the gate",
		Fields: map[string]string{"order": order.ID.String(), "term": "2", "may": "unsure"}, Events: []ID{order.ID}}
	must(t, x.Check(good, time.Now()))
	entries := len(log.list)
	for what, spoil := range map[string]func(*RegisterDraft){
		"no such register":  func(d *RegisterDraft) { d.Kind = "verdict" },
		"a message":         func(d *RegisterDraft) { d.Kind = Message },
		"no words":          func(d *RegisterDraft) { d.Words = " \n" },
		"no time":           func(d *RegisterDraft) { d.When = When{} },
		"not yet":           func(d *RegisterDraft) { d.When = FromInstant(time.Now().AddDate(1, 0, 0), Day, "") },
		"no such field":     func(d *RegisterDraft) { d.Fields["guilt"] = "yes" },
		"what must be said": func(d *RegisterDraft) { delete(d.Fields, "may") },
		"no such choice":    func(d *RegisterDraft) { d.Fields["may"] = "certainly" },
		"no such order":     func(d *RegisterDraft) { d.Fields["order"] = ID{9}.String() },
		"another kind":      func(d *RegisterDraft) { d.Fields["order"] = review.ID.String() },
		"no such term":      func(d *RegisterDraft) { d.Fields["term"] = "3" },
		"term 0":            func(d *RegisterDraft) { d.Fields["term"] = "0" },
		"terms of a breach": func(d *RegisterDraft) { d.Terms = []Term{{Text: "x"}} },
		"no such event":     func(d *RegisterDraft) { d.Events = []ID{{7}} },
		"no such date":      func(d *RegisterDraft) { d.Due = on(t, "2024-05-01") },
	} {
		d := good
		d.Fields = map[string]string{}
		for k, v := range good.Fields {
			d.Fields[k] = v
		}
		spoil(&d)
		if _, err := x.Enter(ctx, d); err == nil {
			t.Errorf("%s: it was saved", what)
		}
	}
	enquiry := func(fields map[string]string) error {
		return x.Check(RegisterDraft{Kind: Enquiry, When: on(t, "2024-03-05"), Words: "the camera at the gate", Fields: fields}, time.Now())
	}
	for _, open := range []map[string]string{{"owner": "PC Vale", "state": "done"}, {"owner": "PC Vale", "state": "not pursued", "result": "none"}, {"owner": "PC Vale", "state": "open", "expires": "soon"}} {
		if enquiry(open) == nil {
			t.Errorf("an enquiry is closed without result or reason: %v", open)
		}
	}
	must(t, enquiry(map[string]string{"owner": "PC Vale", "state": "not pursued", "reason": "overwritten", "expires": "2024-03-20"}))
	if _, err := x.Amend(ctx, review.ID, review.Current().RegisterDraft, "typing"); err == nil || !strings.Contains(err.Error(), "it is never changed") {
		t.Errorf("a review is changed: %v", err)
	}
	if _, err := x.Amend(ctx, order.ID, order.Current().RegisterDraft, ""); err == nil {
		t.Error("a correction without a reason is saved")
	}
	if len(log.list) != entries {
		t.Error("what was refused is in the journal")
	}
}

func TestTermsThatAreInForce(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	_, err := x.Enter(ctx, RegisterDraft{Kind: CourtOrder, When: on(t, "2024-03-01"), Ends: on(t, "2024-12-31"), Words: "an order",
		Fields: map[string]string{"sort": "restraining order"},
		Terms:  []Term{{Text: "not to contact her"}, {Text: "not to go to Oak Lane", Ends: "2024-09-01"}}})
	must(t, err)
	for day, want := range map[string][]int{"2024-02-29": nil, "2024-03-01": {1, 2}, "2024-09-01": {1, 2}, "2024-09-02": {1}, "2024-12-31": {1}, "2025-01-01": nil} {
		at, err := time.Parse(time.RFC3339, day+"T15:00:00Z")
		must(t, err)
		var got []int
		for _, l := range x.LiveTerms(at) {
			got = append(got, l.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", day, got)
		}
	}
}

// TestAnOrderHoldsThroughTheWholeOfItsEnd: of an end that is said by the month its
// last day, and one without an end is in force.
func TestAnOrderHoldsThroughTheWholeOfItsEnd(t *testing.T) {
	for ends, want := range map[string]map[string]bool{
		"2024-12":          {"2024-12-01": true, "2024-12-31": true, "2025-01-01": false},
		"2024-12-10 09:00": {"2024-12-10": true, "2024-12-11": false},
		"":                 {"2024-02-29": false, "2024-03-01": true, "2030-01-01": true},
	} {
		v := RegisteredVersion{RegisterDraft: RegisterDraft{When: on(t, "2024-03-01")}}
		if ends != "" {
			v.Ends = on(t, ends)
		}
		for day, in := range want {
			at, err := time.Parse(time.RFC3339, day+"T15:00:00Z")
			must(t, err)
			if v.InForce(at, time.UTC) != in {
				t.Errorf("ends %s: in force on %s is %t", ends, day, !in)
			}
		}
	}
}

// TestOrdersStandByDay: orders and requests to stop are one list by when they were
// made, in whatever order they were entered, and last what has no day.
func TestOrdersStandByDay(t *testing.T) {
	x, _, _ := newIndex(t)
	for _, d := range []RegisterDraft{
		{Kind: Notice, When: When{Precision: Undated, Raw: "not sure"}, Words: "some day", Fields: map[string]string{"how": "other"}},
		{Kind: Notice, When: on(t, "2025-09-20"), Words: "third", Fields: map[string]string{"how": "other"}},
		{Kind: CourtOrder, When: on(t, "2025-09-12"), Words: "second", Fields: map[string]string{"sort": "other", "against": "Dan"}},
		{Kind: Notice, When: on(t, "2025-08-21 21:30"), Words: "first", Fields: map[string]string{"how": "blocked", "against": "Dan"}},
	} {
		_, err := x.Enter(context.Background(), d)
		must(t, err)
	}
	var got []string
	for _, o := range x.Orders() {
		got = append(got, fmt.Sprint(o.Title, " ", o.Notice, " ", o.Against))
	}
	if want := []string{"first true Dan", "second false Dan", "third true ", "some day true "}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
