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

func keyed(record, from, text string, at time.Time, files ...Attachment) Event {
	e := message(record, from, text, at)
	e.Extra, e.Files = FactsOf(SameKey, from+text+at.String()), files
	return e
}

var minuteOf = func(n int) time.Time { return time.Date(2025, 3, 1, 12, n, 0, 0, time.UTC) }

// places is a row as the tests below look at it: its item, its words, and the
// items of its copies.
func places(rows []Row) []string {
	out := []string{}
	for _, r := range rows {
		s := fmt.Sprint(r.Source.Item, " ", r.Text)
		for _, p := range r.Also {
			s += fmt.Sprint(" also ", p.Item, " ", p.Record)
		}
		if r.Again {
			s += " again"
		}
		out = append(out, s)
	}
	return out
}

func TestOverlappingExportsCountOnce(t *testing.T) {
	ctx := context.Background()
	x, m, n := newIndex(t)
	add(t, x, 4, keyed("line 1", "Maya", "one", minuteOf(1)), keyed("line 2", "Maya", "two", minuteOf(2)))
	later := add(t, x, 5, keyed("line 1", "Maya", "two", minuteOf(2)), keyed("line 2", "Maya", "three", minuteOf(3)))
	want := []string{"4 one", "4 two also 5 line 1", "5 three"}
	if diff := cmp.Diff(want, places(find(t, x, Filter{}))); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([]string{"5 two also 4 line 2 again"}, places(find(t, x, Filter{Again: true}))); diff != "" {
		t.Fatal(diff)
	}
	if x.Len() != 3 || x.Counts().Events != 3 || x.Counts().Kinds[Message] != 3 || x.Counts().Items[5] != 1 {
		t.Fatalf("%d events, %+v", x.Len(), x.Counts())
	}
	counted := 0
	for _, p := range x.People() { // a name alone is somebody of one export
		counted += p.Events
	}
	if counted != 3 {
		t.Fatalf("%d events in %+v", counted, x.People())
	}
	days, err := x.Pattern(ctx, Filter{}, "day")
	must(t, err)
	if len(days) != 1 || days[0].N != 3 || len(days[0].Events) != 3 {
		t.Fatalf("%+v", days)
	}
	if got := x.Already([]int64{later.Item}); got[5] != 1 || len(got) != 1 {
		t.Fatal(got)
	}
	if got := x.Already([]int64{4}); got[4] != 1 || len(got) != 1 {
		t.Fatal(got)
	}
	if got := x.Already([]int64{4, 5}); got[5] != 1 || got[4] != 0 {
		t.Fatal(got)
	}
	of, err := x.EventsOf(ctx, 5)
	must(t, err)
	if of.Len() != 2 {
		t.Fatalf("the item holds %d events", of.Len())
	}
	if diff := cmp.Diff([]string{"4 two also 5 line 1", "5 three"}, places(find(t, x, Filter{Sources: []int64{5}}))); diff != "" {
		t.Fatal(diff)
	}
	opened, err := open(ctx, m, n, london)
	must(t, err)
	if diff := cmp.Diff(want, places(find(t, opened, Filter{}))); diff != "" {
		t.Fatal(diff)
	}
}

func TestMarkOfACopyStays(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	add(t, x, 5, keyed("line 1", "Maya", "two", minuteOf(2)))
	marked := find(t, x, Filter{})[0].ID
	_, err := x.Mark(ctx, MarkDraft{Events: []ID{marked}, Code: "CONTACT"})
	must(t, err)
	add(t, x, 4, keyed("line 2", "Maya", "two", minuteOf(2))) // asked a question, read later
	rows := find(t, x, Filter{Marks: []string{"CONTACT"}})
	if len(rows) != 1 || rows[0].Source.Item != 4 || len(rows[0].Marks) != 1 {
		t.Fatalf("%+v", rows)
	}
	codes, err := x.Pattern(ctx, Filter{}, "code")
	must(t, err)
	if len(codes) != 1 || codes[0].Key != "CONTACT" || codes[0].N != 1 {
		t.Fatalf("%+v", codes)
	}
	r, err := x.Find(ctx, Filter{})
	must(t, err)
	s, err := r.Survey(ctx)
	must(t, err)
	if len(s.Marks[0]) != 1 {
		t.Fatalf("%+v", s.Marks)
	}
}

func TestTheCopyWithItsFilesStands(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 4, keyed("line 1", "Maya", "IMG.jpg", minuteOf(1), Attachment{Name: "IMG.jpg", Missing: true}))
	add(t, x, 7, keyed("line 1", "Maya", "IMG.jpg", minuteOf(1), Attachment{Name: "IMG.jpg", Item: 8}))
	add(t, x, 9, keyed("line 1", "Maya", "IMG.jpg", minuteOf(1), Attachment{Name: "IMG.jpg", Item: 10}))
	if diff := cmp.Diff([]string{"7 IMG.jpg also 4 line 1 also 9 line 1"}, places(find(t, x, Filter{}))); diff != "" {
		t.Fatal(diff)
	}
}

// TestCopiesByAnyOrder reads exports that overlap in any order, some of them
// deleted: each message stands as often as the export that has it most often
// has it, and nothing depends on the order of reading.
func TestCopiesByAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exports := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 3), 0, 6), 1, 5).Draw(t, "exports")
		gone := rapid.SliceOfN(rapid.Bool(), len(exports), len(exports)).Draw(t, "gone")
		order := rapid.Permutation(upTo(len(exports))).Draw(t, "order")
		want := map[int]int{}
		for i, list := range exports {
			have := map[int]int{}
			for _, k := range list {
				have[k]++
			}
			for k, n := range have {
				if !gone[i] {
					want[k] = max(want[k], n)
				}
			}
		}
		var first []string
		for _, reading := range [][]int{upTo(len(exports)), order} {
			x, m, n := newIndex(t)
			for _, i := range reading {
				var events []Event
				for line, k := range exports[i] {
					events = append(events, keyed(fmt.Sprint("line ", line), "Maya", fmt.Sprint(k), minuteOf(k)))
				}
				if len(events) > 0 {
					add(t, x, int64(i+1), events...)
				}
			}
			for i := range exports {
				if gone[i] {
					_, err := n.record(context.Background(), draft{actionDelete, itemSubject{int64(i + 1)}, struct{}{}})
					must(t, err)
				}
			}
			must(t, x.Forget(context.Background()))
			got := map[int]int{}
			for _, r := range find(t, x, Filter{}) {
				got[int(r.Text[0]-'0')]++
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			rows := append(places(find(t, x, Filter{})), places(find(t, x, Filter{Again: true}))...)
			opened, err := open(context.Background(), m, n, london)
			must(t, err)
			if diff := cmp.Diff(rows, append(places(find(t, opened, Filter{})), places(find(t, opened, Filter{Again: true}))...)); diff != "" {
				t.Fatal(diff)
			}
			if first == nil {
				first = rows
			}
			if diff := cmp.Diff(first, rows); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return slices.Clip(out)
}

func TestForgedHeadersAreCounted(t *testing.T) {
	x, _, _ := newIndex(t)
	forged := message("line 1", "Maya", "hello\nline", minuteOf(1))
	forged.Flags = []Flag{ForgedHeader}
	infos := []ReadingInfo{add(t, x, 4, forged, message("line 3", "Maya", "two", minuteOf(2))), add(t, x, 5, message("line 1", "Maya", "two", minuteOf(2)))}
	rec := Reconcile(1, infos)
	x.Reconcile(&rec)
	if rec.Forged != 1 || rec.Sources[0].Forged != 1 || rec.Sources[1].Forged != 0 || rec.Already != 0 {
		t.Fatalf("%+v", rec)
	}
}

func TestSendersAreShown(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 4, message("line 1", "Dan R", "a", minuteOf(1)), message("line 2", "Dan  R", "b", minuteOf(2)), message("line 3", "Dan\u202eR", "c", minuteOf(3)))
	counts, err := x.Pattern(context.Background(), Filter{}, "sender")
	must(t, err)
	var keys []string
	for _, c := range counts {
		keys = append(keys, c.Key)
	}
	slices.Sort(keys)
	if diff := cmp.Diff([]string{"Dan R", "Dan [U+0020]R", "Dan[U+202E]R"}, keys); diff != "" {
		t.Fatal(diff)
	}
}
