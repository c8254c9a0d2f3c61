package timeline

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// differing says of every row what another export has in its place.
func differing(rows []Row) []string {
	out := []string{}
	for _, r := range rows {
		for _, d := range r.Differs {
			out = append(out, fmt.Sprintf("%d %s: %s %d %s", r.Source.Item, r.Text, d.How, d.With.Item, d.With.Record))
		}
	}
	return out
}

// exports adds chats, one an item from 1 on, of messages "sender/minute/words".
func exports(t tester, x *Index, chats ...[]Event) {
	for i, chat := range chats {
		for n := range chat {
			chat[n].Source.Record = fmt.Sprint("line ", n+1)
		}
		add(t, x, int64(i+1), chat...)
	}
}

func said4(from, text string, at int, files ...Attachment) Event {
	e := keyed("", from, text, minuteOf(at), files...)
	for _, f := range files {
		e.Extra.Set(SameKey, e.Extra.Get(SameKey)+f.Name)
	}
	return e
}

func TestExportsThatDiffer(t *testing.T) {
	a, m, z := said4("Dan", "first", 1), said4("Maya", "middle", 5), said4("Dan", "last", 9)
	app := func(text string) Event {
		e := said4("Dan", text, 3)
		e.Flags = []Flag{AppText}
		return e
	}
	place := func(text string) Event {
		e := said4("Dan", text, 3)
		e.Place = Place{Lat: 1, Lon: 2, Fix: true}
		return e
	}
	file := func(name string, item int64) Event {
		return said4("Dan", "", 3, Attachment{Name: name, Item: item, Hash: itemHash(item), Missing: item == 0})
	}
	heard := said4("Dan", "heard", 3)
	heard.Flags = []Flag{SecondHand}
	tests := []struct {
		name       string
		one, other []Event
		want       []string
	}{
		{"other words", []Event{a, said4("Dan", "I will come", 3), z}, []Event{a, said4("Dan", "I will not come", 3), z},
			[]string{"1 I will come: words 2 line 2", "2 I will not come: words 1 line 2"}},
		{"left out or put in", []Event{a, said4("Dan", "alone", 3), z}, []Event{a, z}, []string{"1 alone: absent 2 "}},
		{"another sender", []Event{a, m, said4("Dan", "x", 7), z}, []Event{a, m, said4("Maya", "x", 7), z}, []string{"1 x: sender 2 line 3", "2 x: sender 1 line 3"}},
		{"another time", []Event{a, said4("Dan", "x", 3), z}, []Event{a, said4("Dan", "x", 4), z}, []string{"1 x: time 2 line 2", "2 x: time 1 line 2"}},
		{"another file", []Event{a, file("1.jpg", 8), z}, []Event{a, file("2.jpg", 9), z}, []string{"1 : file 2 line 2", "2 : file 1 line 2"}},
		{"a file that was left out", []Event{a, file("1.jpg", 0), z}, []Event{a, file("Media omitted", 0), z}, []string{}},
		{"the n-th with the n-th", []Event{a, said4("Dan", "x", 3), said4("Dan", "y", 3), z}, []Event{a, said4("Dan", "X", 3), z},
			[]string{"1 x: words 2 line 2", "1 y: absent 2 ", "2 X: words 1 line 2"}},
		{"a sender called otherwise", []Event{a, said4("Sam", "x", 3), z}, []Event{a, said4("+44 7700 900123", "x", 3), z}, []string{}},
		{"a sender called otherwise, with other words", []Event{a, said4("Sam", "x", 3), z}, []Event{a, said4("+44 7700 900123", "y", 3), z},
			[]string{"1 x: words 2 line 2", "2 y: words 1 line 2"}},
		{"words of the app in two languages", []Event{a, app("This message was deleted"), z}, []Event{a, app("Diese Nachricht wurde gelöscht"), z}, []string{}},
		{"a notice of the app", []Event{a, app("notice"), z}, []Event{a, z}, []string{}},
		{"one place", []Event{a, place("Location: there"), z}, []Event{a, place("Standort: dort"), z}, []string{}},
		{"before and after what both hold", []Event{said4("Dan", "before", 0), a, z}, []Event{a, z, said4("Dan", "after", 10)}, []string{}},
		{"in another order", []Event{a, m, z}, []Event{z, m, a}, []string{}},
		{"in another order, other words", []Event{a, said4("Dan", "x", 3), z}, []Event{z, said4("Dan", "y", 3), a}, []string{"1 x: words 2 line 2", "2 y: words 1 line 2"}},
		{"nothing in common", []Event{a, m}, []Event{z}, []string{}},
		{"second-hand", []Event{a, heard, z}, []Event{a, z}, []string{}},
	}
	for _, tt := range tests {
		x, store, log := newIndex(t)
		exports(t, x, tt.one, tt.other)
		opened, err := open(context.Background(), store, log, london)
		must(t, err)
		for _, x := range []*Index{x, opened} {
			got := differing(find(t, x, Filter{}))
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
			flagged := differing(find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}}))
			slices.Sort(flagged)
			if diff := cmp.Diff(got, flagged); diff != "" {
				t.Errorf("%s, by the flag: %s", tt.name, diff)
			}
		}
	}
}

// What two of three exports hold is flagged on the event that stands for both,
// and goes with the export that lacks it.
func TestTheThirdExportLacksIt(t *testing.T) {
	a, x3, z := said4("Dan", "first", 1), said4("Dan", "x", 3), said4("Dan", "last", 9)
	x, _, n := newIndex(t)
	exports(t, x, []Event{a, x3}, []Event{a, x3, z}, []Event{a, z})
	rows := find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}})
	if diff := cmp.Diff([]string{"1 x: absent 3 "}, differing(rows)); diff != "" || len(rows) != 1 {
		t.Fatal(len(rows), diff)
	}
	line, err := rows[0].AppendJSONL(nil)
	must(t, err)
	back, err := ParseJSONL(line)
	must(t, err)
	if diff := cmp.Diff(rows[0].Differs, back.Differs); diff != "" || !slices.Contains(back.Flags, ExportsDiffer) {
		t.Fatal(diff)
	}
	_, err = n.record(context.Background(), draft{actionDelete, itemSubject{3}, struct{}{}})
	must(t, err)
	must(t, x.Forget(context.Background()))
	if got := differing(find(t, x, Filter{})); len(got) != 0 {
		t.Fatal(got)
	}
}

// TestDifferingByHand makes two exports of one chat, each from some day to some
// day, changes, drops and inserts messages in the second at will, and finds by
// the flag those of both exports that are not in the other, where both speak.
func TestDifferingByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "messages")
		start, stop := rapid.IntRange(0, n-1).Draw(t, "start"), rapid.IntRange(0, n).Draw(t, "stop")
		var first, second []Event
		for i := range n {
			e := said4([]string{"Dan", "Maya"}[i%2], fmt.Sprint("message ", i), i)
			if i < stop {
				first = append(first, e)
			}
			if i < start {
				continue
			}
			switch rapid.SampledFrom([]string{"", "", "", "change", "drop", "insert"}).Draw(t, "edit") {
			case "change":
				second = append(second, said4(e.From.Name, "changed", i))
			case "drop":
			case "insert":
				second = append(second, e, said4(e.From.Name, "inserted", i))
			default:
				second = append(second, e)
			}
		}
		if len(first) == 0 || len(second) == 0 {
			return
		}
		want := append(onlyIn(first, second), onlyIn(second, first)...)
		x, _, _ := newIndex(t)
		exports(t, x, first, second)
		got := []string{}
		for _, r := range find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}}) {
			got = append(got, r.Text+r.When.Local.Format(time.TimeOnly)+r.When.Instant.Format(time.TimeOnly))
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// onlyIn is the plain form of the rule: what is in one list only, between two
// that are in both.
func onlyIn(list, other []Event) []string {
	out := []string{}
	both := func(e Event) bool {
		return slices.ContainsFunc(other, func(o Event) bool { return o.Extra.Get(SameKey) == e.Extra.Get(SameKey) })
	}
	for i, e := range list {
		if !both(e) && slices.ContainsFunc(list[:i], both) && slices.ContainsFunc(list[i:], both) {
			out = append(out, e.Text+e.When.Local.Format(time.TimeOnly)+e.When.Instant.Format(time.TimeOnly))
		}
	}
	return out
}

// One chat that was read in two zones is counted once, and each of its messages
// says so, in whatever order the two came.
func TestOneChatInTwoZones(t *testing.T) {
	in := func(zone string) (out []Event) {
		z, err := time.LoadLocation(zone)
		must(t, err)
		for _, e := range talk("Dan", 0, 3) {
			e.When = FromLocal(minuteOf(len(out)), z, Minute, "raw")
			out = append(out, e)
		}
		return out
	}
	for _, zones := range [][2]string{{"Europe/London", "Europe/Berlin"}, {"Europe/Berlin", "Europe/London"}} {
		x, _, _ := newIndex(t)
		exports(t, x, in(zones[0]), in(zones[1]))
		rows := find(t, x, Filter{})
		for _, r := range rows {
			if len(r.Differs) != 1 || r.Differs[0].How != OtherZone || r.Differs[0].Zone != zones[1] || !slices.Contains(r.Flags, ExportsDiffer) {
				t.Errorf("%v: %q: %+v", zones, r.Text, r.Differs)
			}
		}
		if found := find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}}); len(rows) != 3 || len(found) != 3 {
			t.Errorf("%v: %d rows, %d of them differ", zones, len(rows), len(found))
		}
		x, _, _ = newIndex(t)
		exports(t, x, in(zones[0]), in(zones[0]))
		if found := find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}}); len(found) != 0 {
			t.Errorf("%v: %d rows differ in one zone", zones, len(found))
		}
	}
}
