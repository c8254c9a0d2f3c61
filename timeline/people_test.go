package timeline

import (
	"context"
	flags "flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flags.Bool("update", false, "write the golden files")

func from(record string, p Party, at time.Time, to ...Party) Event {
	e := message(record, "", "hi", at)
	e.From, e.To = p, to
	return e
}

// listed is the list of people as one reads it.
func listed(people []Person) string {
	var b strings.Builder
	for i := range people {
		p := &people[i]
		fmt.Fprintf(&b, "%s: %d events, %d sent, %s to %s\n", p.Shown(), p.Events, p.Sent, p.First.Format(time.TimeOnly), p.Last.Format(time.TimeOnly))
		for k := range p.Handles {
			l := &p.Handles[k]
			fmt.Fprintf(&b, "  %s: %d events, %d sent, %s %s (%s: %s) %q\n", Shown(l.Key), l.Events, l.Sent, l.First.Format(time.TimeOnly), l.Last.Format(time.TimeOnly), l.Strength, l.Reason, l.Printed)
		}
		for _, k := range p.Perhaps {
			fmt.Fprintf(&b, "  %s one of %d: %s\n", k.Strength, len(k.Persons), k.Reason)
		}
		for _, a := range p.Alike {
			fmt.Fprintf(&b, "  %s looks like %s\n", SpeltOut(a.Name), SpeltOut(a.Other))
		}
	}
	return b.String()
}

// TestPeopleGolden holds every rule of identity.go once.
func TestPeopleGolden(t *testing.T) {
	x, store, log := newIndex(t)
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	me := Party{Owner: true}
	sms := func(item int64, events ...Event) {
		w := x.Begin(context.Background(), 1)
		read(t, w, item, "sms", events)
		must(t, second(w.Commit(context.Background())))
	}
	sms(1,
		from("1", Party{Name: "Babcia", Address: "07700 900123"}, minute(0), me),
		from("2", Party{Address: "+44 7700 900123"}, minute(1), me),
		from("3", me, minute(2), Party{Address: "(07700) 900-123"}),
		from("4", Party{Address: "60000"}, minute(3), me),
		from("5", Party{Name: "Dan", Address: "07700 900456"}, minute(4), Party{Address: "07700 900777", Owner: true}))
	add(t, x, 2,
		from("1", Party{Name: "Dan"}, minute(10), Party{Name: "Maya", Owner: true}),
		from("2", Party{Name: "D\u0430n"}, minute(11)),
		from("3", Party{Name: "Dan\u200b"}, minute(12)))
	add(t, x, 3,
		from("1", Party{Name: "Dan"}, minute(20), Party{Name: "Maya", Owner: true}),
		from("2", Party{Name: "Maya"}, minute(21)),
		from("3", Party{Name: "Maya", Address: "Maya@Post.example"}, minute(22)))
	notice := from("4", Party{Name: "Layla", Address: "+44 7700 900999"}, minute(23))
	notice.Kind = System
	add(t, x, 4, notice, from("5", Party{Name: "Layla"}, minute(24)))
	got := listed(x.People())
	golden := filepath.Join("testdata", "people.golden")
	if *update {
		must(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(x.People(), reopen(t, store, log).People()); d != "" {
		t.Error(d)
	}
	for _, c := range []struct {
		text string
		n    int
	}{{"dan", 3}, {"maya@POST.example", 1}, {"0044 7700 900123", 3}} {
		if n := len(find(t, x, Filter{Parties: []string{c.text}})); n != c.n {
			t.Errorf("%s finds %d events, want %d", c.text, n, c.n)
		}
	}
	flagged := find(t, x, Filter{FlagsAny: []Flag{NameLookalike}})
	if len(flagged) != 5 || slices.ContainsFunc(flagged, func(e Row) bool { return !slices.Contains(e.Flags, NameLookalike) }) {
		t.Errorf("%d events are flagged", len(flagged))
	}
	counts, err := x.Pattern(context.Background(), Filter{}, "sender")
	must(t, err)
	for _, c := range counts {
		if strings.HasPrefix(c.Key, "Dan (person ") && c.N != 1 || c.Key == "Dan" {
			t.Errorf("%s: %d events of several persons", c.Key, c.N)
		}
	}
}

// A name is the person: what they wrote under other names and numbers too.
func TestAPersonIsFoundWholeByAnyOfTheirNames(t *testing.T) {
	x, _, _ := newIndex(t)
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	add(t, x, 1, from("1", Party{Name: "Dan R"}, minute(0)), from("2", Party{Address: "07700 900123"}, minute(1)))
	add(t, x, 2, from("1", Party{Name: "Dan Reed", Address: "d@mail.example"}, minute(2)), from("2", Party{Name: "Sam"}, minute(3)))
	dan, err := CalledPerson(x.People(), "Dan R")
	must(t, err)
	for _, handle := range []string{"07700900123", "d@mail.example"} {
		p, err := CalledPerson(x.People(), handle)
		must(t, err)
		must(t, x.Merge(context.Background(), p.Number, dan.Number, "his"))
	}
	must(t, x.Name(context.Background(), dan.Number, "Daniel"))
	for _, name := range []string{"Dan R", "dan reed", "+44 7700 900123", "D@mail.example", "daniel", fmt.Sprint(dan.Number)} {
		if n := len(find(t, x, Filter{Parties: []string{name}})); n != 3 {
			t.Errorf("%s finds %d events, want 3", name, n)
		}
		if p, err := CalledPerson(x.People(), name); err != nil || p.Number != dan.Number {
			t.Errorf("%s is person %d, %v; want %d", name, p.Number, err, dan.Number)
		}
	}
}

// A space too many makes nobody else of a name that a person types, and finds who was
// named without it. A name of an export stays as it came, and may be the same person.
func TestSpacesMakeNobodyElse(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	for n, name := range []string{"Tom Ash", " Tom  Ash\t", "Tom\u00a0Ash "} {
		w, err := x.WriteIncident(ctx, IncidentDraft{Occurred: FromLocal(noon.Add(time.Duration(n)*time.Minute), london, About, "about noon"), What: "He waited.", Who: name})
		must(t, err)
		if got := w.Current().Who; got != "Tom Ash" {
			t.Errorf("%q is kept as %q", name, got)
		}
	}
	people := x.People()
	if len(people) != 1 || people[0].Events != 3 {
		t.Fatalf("listed: %s", listed(people))
	}
	must(t, x.Name(ctx, people[0].Number, " Thomas  Ash "))
	for _, name := range []string{"tom  ash ", "Thomas\tAsh"} {
		if n := len(find(t, x, Filter{Parties: []string{name}})); n != 3 {
			t.Errorf("%q finds %d events", name, n)
		}
		if p, err := CalledPerson(x.People(), name); err != nil || p.Called() != "Thomas Ash" {
			t.Errorf("%q is %q, %v", name, p.Called(), err)
		}
	}
	add(t, x, 1, from("1", Party{Name: "Tom  Ash"}, noon))
	if people = x.People(); len(people) != 2 || len(people[0].Perhaps) != 1 || people[0].Perhaps[0].Strength != Possible {
		t.Errorf("listed with that of an export: %s", listed(people))
	}
}

// A number that the sources call by two names is listed with both.
func TestASecondNameOfANumberIsNamed(t *testing.T) {
	x, _, _ := newIndex(t)
	for n, name := range []string{"Dan R", "Dan R", "Mum", ""} {
		add(t, x, int64(n+1), from("1", Party{Name: name, Address: "+447700900123"}, noon.Add(time.Duration(n)*time.Minute)))
	}
	people := x.People()
	if len(people) != 1 || people[0].Name != "Dan R" {
		t.Fatalf("listed: %s", listed(people))
	}
	if d := cmp.Diff([]string{"Mum"}, people[0].OtherNames(&people[0].Handles[0])); d != "" {
		t.Error(d)
	}
}

// Exports of several people are not one owner's: in the first of them the owner
// of the second is somebody else.
func TestOwnersOfEachOthersExportsAreNotOne(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	maya, zofia := Party{Address: "+44 7700 900111", Owner: true}, Party{Address: "+44 7700 900222", Owner: true}
	other := func(p Party) Party { p.Owner = false; return p }
	add(t, x, 1, from("1", maya, noon, other(zofia)), from("2", maya, noon, other(maya)))
	if p := x.People(); len(p) != 2 || p[0].Number != OwnerNumber() || p[1].Owner {
		t.Fatalf("writing to oneself made somebody else:\n%s", listed(p))
	}
	add(t, x, 2, from("1", zofia, noon.Add(time.Hour), other(maya)))
	p := x.People()
	if len(p) != 2 || p[0].Number == OwnerNumber() || len(p[0].Perhaps) != 1 || p[0].Perhaps[0].Strength != Possible || !strings.Contains(p[0].Perhaps[0].Reason, "owner") {
		t.Fatal(listed(p))
	}
	must(t, x.Merge(ctx, p[0].Number, OwnerNumber(), "mine"))
	must(t, x.Merge(ctx, OwnerNumber(), p[1].Number, "mine as well"))
	if p := x.People(); len(p) != 1 || p[0].Number != OwnerNumber() || p[0].Events != 3 || p[0].Sent != 3 {
		t.Error(listed(p))
	}
}

// Two names that were given of the owners of exports are two persons, whom the
// names find; a second spelling of one is joined by a person's word.
func TestOwnersOfTwoNamesAreNotOne(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	owner := Party{Owner: true}
	added := func(item int64, name string, events ...Event) {
		t.Helper()
		w := x.Begin(ctx, 1)
		var assume map[string]string
		if name != "" {
			assume = map[string]string{"owner": name}
		}
		r := w.read(item, itemHash(item), "sms.xml", "sms", 1, assume)
		for _, e := range events {
			must(t, r.Event(e))
		}
		must(t, r.Close(nil))
		must(t, second(w.Commit(ctx)))
	}
	number := Party{Address: "+44 7700 900222", Owner: true}
	added(1, "Maya K", from("1", owner, noon))
	added(2, "maya k", from("1", owner, noon))
	added(3, "", from("1", owner, noon))
	p := x.People()
	if len(p) != 1 || p[0].Number != OwnerNumber() || p[0].Name != "Maya K" {
		t.Fatal(listed(p))
	}
	for _, l := range p[0].Handles {
		if want := map[bool]Strength{true: Certain, false: Likely}[l.Given != ""]; l.Strength != want {
			t.Errorf("%s is %s, want %s", l.Key, l.Strength, want)
		}
	}
	added(4, "Ruth B", from("1", owner, noon), from("2", number, noon))
	added(5, "Ruth", from("1", number, noon)) // a number has one owner, whatever they are called
	p = x.People()
	var got []string
	for _, who := range p {
		got = append(got, fmt.Sprint(who.Called(), " ", who.Events, " ", len(who.Perhaps)))
	}
	if d := cmp.Diff([]string{"Ruth 3 1", "Maya K 2 1", "(the owner of the exports) 1 1"}, got); d != "" {
		t.Fatalf("%s\n%s", d, listed(p))
	}
	for name, n := range map[string]int{"ruth b": 3, "Ruth": 3, "Maya K": 2} {
		if found := len(find(t, x, Filter{Parties: []string{name}})); found != n {
			t.Errorf("%s: %d events, want %d", name, found, n)
		}
		if _, err := CalledPerson(p, name); err != nil {
			t.Error(err)
		}
	}
	must(t, x.Merge(ctx, p[0].Number, p[1].Number, "one"))
	if p := x.People(); len(p) != 2 || p[0].Events != 5 {
		t.Error(listed(p))
	}
}

func TestAHandleIsFoundAsAPersonNamesIt(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 1, from("1", Party{Name: "Dan", Address: "07700 900123"}, noon), from("2", Party{Name: "Eve", Address: "E@x.example"}, noon))
	add(t, x, 2, from("1", Party{Name: "Dan"}, noon))
	people := x.People()
	for text, want := range map[string]string{
		"+44 7700 900123": "phone:+447700900123", "07700900123": "phone:+447700900123", "e@X.example": "email:e@x.example", "Eve": "email:e@x.example",
		"name:whatsapp:2:Dan": "name:whatsapp:2:Dan", "Dan": "", "nobody": "", "": "",
	} {
		l, err := Called(people, text)
		if l.Key != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, l.Key, err)
		}
		if p, err := CalledPerson(people, text); err == nil && p.Handles[0].Key != want {
			t.Errorf("%q: %+v", text, p)
		}
	}
	if p, err := CalledPerson(people, fmt.Sprint(people[1].Number)); err != nil || p.Number != people[1].Number {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := CalledPerson(people, "7"); err == nil {
		t.Error("person 7 was found")
	}
}

// TestJoiningIsUndoneExactly says things about people at random and takes them
// back in turn: after each the list is the very one before, and a case made
// again from its journal and originals has the same people.
func TestJoiningIsUndoneExactly(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		x, _, log := newIndex(t)
		readings := map[int64][]Event{}
		for item := range int64(rapid.IntRange(1, 3).Draw(t, "items")) {
			for record := range rapid.IntRange(1, 8).Draw(t, "events") {
				readings[item+1] = append(readings[item+1], genEvent(t, record))
			}
			add(t, x, item+1, readings[item+1]...)
		}
		var undo []func()
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			before := x.People()
			if len(before) == 0 {
				return
			}
			some := rapid.IntRange(0, len(before)-1)
			a, b := before[some.Draw(t, "one")], before[some.Draw(t, "other")]
			handle := rapid.SampledFrom(a.Handles).Draw(t, "handle").Key
			var back []string
			switch rapid.IntRange(0, 2).Draw(t, "say") {
			case 0:
				if a.Number == b.Number {
					continue
				}
				must(t, x.Merge(ctx, a.Number, b.Number, "r"))
				moved := a
				if a.Number == OwnerNumber() {
					moved = b
				}
				for _, l := range moved.Handles {
					back = append(back, l.Key)
				}
			case 1:
				must(t, x.Link(ctx, handle, b.Number, Possible, "r"))
				back = []string{handle}
			case 2:
				_, said := x.people.last(handle)
				if said || x.view.identities().person[x.handles.number[handle]] == 0 {
					continue
				}
				must(t, x.Split(ctx, handle, "r"))
				back = []string{handle}
			}
			for _, p := range x.People() {
				r, err := x.Find(ctx, Filter{People: []int64{p.Number}})
				must(t, err)
				rows, err := r.Rows(0, r.Dated())
				must(t, err)
				var first, last time.Time
				if len(rows) > 0 {
					first, _ = rows[0].When.Order()
					last, _ = rows[len(rows)-1].When.Order()
				}
				if r.Len() != p.Events || !first.Equal(p.First) || !last.Equal(p.Last) {
					t.Fatalf("%s: has %d events from %s to %s, and %d are found, from %s to %s", p.Name, p.Events, p.First, p.Last, r.Len(), first, last)
				}
			}
			undo = append(undo, func() {
				for _, key := range back {
					must(t, x.Split(ctx, key, "a mistake"))
				}
				if d := cmp.Diff(before, x.People()); d != "" {
					t.Fatalf("taken back, the people are others:\n%s", d)
				}
			})
		}
		same := func() {
			rebuilt, err := open(ctx, memory{}, log, london)
			must(t, err)
			for _, r := range slices.Backward(rebuilt.NeedsReading()) {
				w := rebuilt.Begin(ctx, 1)
				read(t, w, r.Item, "whatsapp", readings[r.Item])
				must(t, second(w.Commit(ctx)))
			}
			if d := cmp.Diff(x.People(), rebuilt.People()); d != "" {
				t.Fatalf("made again, the people are others:\n%s", d)
			}
		}
		same()
		for _, back := range slices.Backward(undo) {
			back()
		}
		same()
	})
}

// What a result counts is what its events are.
func TestPeopleOfAResultAreCountedInIt(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	add(t, x, 1, from("1", Party{Name: "Dan"}, noon), from("2", Party{Name: "Dan"}, noon.Add(time.Hour)), from("3", Party{Name: "Eve"}, noon.Add(time.Hour)))
	r, err := x.Find(ctx, Filter{To: noon.Add(time.Minute)})
	must(t, err)
	if p := r.People(); len(p) != 1 || p[0].Name != "Dan" || p[0].Events != 1 || !p[0].Last.Equal(noon) {
		t.Error(listed(p))
	}
}
