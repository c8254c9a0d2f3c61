package model

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daybook/importers"
	"daybook/importers/all"
	"daybook/timeline"
)

// whoIsWho is what the people of a case are, in a form that can be compared.
func whoIsWho(t *testing.T, d *Desk) map[string][]string {
	t.Helper()
	b, err := d.People(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, r := range b.Rows {
		page, ok := b.Person(r.Number)
		if !ok {
			t.Fatalf("%s has no page", r.Face.Name)
		}
		for _, h := range page.Handles {
			out[r.Face.Name] = append(out[r.Face.Name], h.Key+" "+h.Strength)
		}
		slices.Sort(out[r.Face.Name])
	}
	return out
}

// TestPeopleAgreesWithRawEvents counts everybody again from the events, one by
// one.
func TestPeopleAgreesWithRawEvents(t *testing.T) {
	ctx := context.Background()
	d := practised(t)
	b, err := d.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Rows) < 6 {
		t.Fatalf("%d people", len(b.Rows))
	}
	all, err := d.x.Find(ctx, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	events, sent := map[string]int{}, map[string]int{}
	for row, err := range all.All(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		key := func(p timeline.Party) string {
			return timeline.NewHandle(p, row.Source.Importer, row.Source.Item).Key
		}
		seen := map[string]bool{}
		if row.From != (timeline.Party{}) {
			seen[key(row.From)] = true
			sent[key(row.From)]++
		}
		for _, p := range row.To {
			if p != (timeline.Party{}) {
				seen[key(p)] = true
			}
		}
		for k := range seen {
			events[k]++
		}
	}
	for _, r := range b.Rows {
		page, _ := b.Person(r.Number)
		for _, h := range page.Handles {
			if h.N != events[h.Key] {
				t.Errorf("%s: %d events, and %d when counted again", h.Key, h.N, events[h.Key])
			}
			only, err := d.HandleEvents(ctx, h)
			if err != nil || len(only.Events) != h.N {
				t.Errorf("%s leads to %d of %d events: %v", h.Key, len(only.Events), h.N, err)
			}
		}
		l, err := d.Look(ctx, PersonQuery(r.Number), nil)
		if err != nil || count(l.Rows.Events(), "event") != r.Events {
			t.Errorf("%s: %s, and the timeline shows %d: %v", r.Face.Name, r.Events, l.Rows.Events(), err)
		}
	}
}

// TestPeopleSaid: what is said about who is who holds, needs a reason, and can be
// taken back whole.
func TestPeopleSaid(t *testing.T) {
	ctx := context.Background()
	d := practised(t)
	before := whoIsWho(t, d)
	number := func(name string) int64 {
		b, err := d.People(ctx)
		if err != nil {
			t.Fatal(err)
		}
		rows := b.Find(name)
		if len(rows) == 0 {
			t.Fatalf("nobody is called %q", name)
		}
		return rows[0].Number
	}
	if _, err := d.MergePeople(ctx, number("662"), number("Dan R"), " "); !errors.Is(err, ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	for name, say := range map[string]func() (*PeopleChange, error){
		"merge": func() (*PeopleChange, error) {
			return d.MergePeople(ctx, number("662"), number("Dan R"), "his way of writing")
		},
		"me": func() (*PeopleChange, error) { return d.ThisIsMe(ctx, number("solicitor"), "my own") },
		"merge with me": func() (*PeopleChange, error) {
			return d.MergePeople(ctx, timeline.OwnerNumber(), number("solicitor"), "my own")
		},
		"name": func() (*PeopleChange, error) { return d.NamePerson(ctx, number("101"), "The police") },
		"split": func() (*PeopleChange, error) {
			b, err := d.People(ctx)
			if err != nil {
				return nil, err
			}
			page, _ := b.Person(number("Dan R"))
			i := slices.IndexFunc(page.Handles, func(h HandleRow) bool { return h.CanSplit })
			return d.SplitHandle(ctx, page.Handles[i].Key, "another Dan")
		},
	} {
		c, err := say()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if now := whoIsWho(t, d); cmp.Equal(now, before) || c.Said == "" {
			t.Errorf("%s changed nothing", name)
		}
		if err := d.TakeBack(ctx, c); err != nil {
			t.Errorf("%s, taken back: %v", name, err)
		}
		if d := cmp.Diff(before, whoIsWho(t, d)); d != "" {
			t.Errorf("%s, taken back: %s", name, d)
		}
	}
}

// TestPeopleAlike: names that look the same stay apart, and are shown with what
// the eye passes over.
func TestPeopleAlike(t *testing.T) {
	d := chatted(t, "24/12/2024, 21:05 - Dan R: first\n25/12/2024, 09:15 - D\u0430n R: second\n26/12/2024, 09:15 - Maya: third\n")
	b, err := d.People(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	rows := b.Find("dan r")
	if len(rows) != 2 {
		t.Fatalf("%+v", rows)
	}
	spelt := 0
	for _, r := range rows {
		page, _ := b.Person(r.Number)
		if !r.Flagged || len(page.Alike) != 1 || page.Handles[0].Flag == "" {
			t.Errorf("%+v", page)
		}
		if strings.Contains(page.Face.Name, "[U+0430]") && !strings.Contains(page.Alike[0].Other, "[U+0430]") {
			spelt++
		}
	}
	if spelt != 1 {
		t.Errorf("%d of them are spelt out: %+v", spelt, rows)
	}
}

// chatted is a desk with a case that holds one conversation.
func chatted(t *testing.T, chat string) *Desk {
	t.Helper()
	d := opened(t)
	name := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(name, []byte(chat), 0o600); err != nil {
		t.Fatal(err)
	}
	run := importers.Run{Case: d.c, Index: d.x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: d.c.Zone()}}
	if _, err := run.Add(context.Background(), "", name); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestAColourStays: joining two people changes the look of nobody else, the one
// they are joined to keeps the better known of both looks, and parting them
// brings everything back.
func TestAColourStays(t *testing.T) {
	ctx := context.Background()
	d := practised(t)
	looks := func() map[int64]int {
		out := map[int64]int{}
		l, err := d.Look(ctx, Query{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		used := map[int]bool{}
		for i, n := range l.base.survey.Persons {
			f := l.base.cast.faces[i]
			if f.Own {
				continue
			}
			if used[f.Look] {
				t.Errorf("%s has the look of another: %d", f.Name, f.Look)
			}
			used[f.Look] = true
			out[n] = f.Look
		}
		return out
	}
	before := looks()
	var people []timeline.Person
	for _, p := range d.x.People() {
		if !p.Owner && len(p.Handles) == 1 {
			people = append(people, p)
		}
	}
	if len(people) < 4 {
		t.Fatalf("%d people", len(people))
	}
	gone, into := people[1], people[2]
	if err := d.x.Merge(ctx, gone.Number, into.Number, "the same voice"); err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(before)
	want[into.Number] = min(want[into.Number], want[gone.Number])
	delete(want, gone.Number)
	if diff := cmp.Diff(want, looks()); diff != "" {
		t.Errorf("after joining %s to %s: %s", gone.Name, into.Name, diff)
	}
	for _, l := range gone.Handles {
		if err := d.x.Split(ctx, l.Key, ""); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, looks()); diff != "" {
		t.Errorf("after parting them: %s", diff)
	}
}
