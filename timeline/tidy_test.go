package timeline

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func skipsOf(t *testing.T, x *Index) []Skip {
	t.Helper()
	var out []Skip
	for s, err := range x.Skips(context.Background()) {
		must(t, err)
		out = append(out, s)
	}
	return out
}

func reopen(t *testing.T, store memory, log *notebook) *Index {
	t.Helper()
	x, err := open(context.Background(), store, log, london)
	must(t, err)
	return x
}

// oneByOne adds n items of one event and one skip, each in a commit of its own.
func oneByOne(t *testing.T, x *Index, n int) {
	t.Helper()
	day := time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)
	for i := range n {
		w := x.Begin(context.Background(), int64(i+1))
		item := int64(i + 1)
		read(t, w, item, "photo", []Event{message("file", "Sam", fmt.Sprint("picture number ", i), day.Add(-time.Duration(i)*time.Hour))},
			Skip{Record: "xmp", Text: fmt.Sprint("odd ", i), Reason: "cannot be read"})
		_, err := w.Commit(context.Background())
		must(t, err)
	}
}

func TestManySmallCommitsBecomeOne(t *testing.T) {
	x, store, log := newIndex(t)
	oneByOne(t, x, 40)
	rows, skips := find(t, x, Filter{}), skipsOf(t, x)
	if len(rows) != 40 || len(skips) != 40 {
		t.Fatalf("%d events, %d skips", len(rows), len(skips))
	}
	y := reopen(t, store, log)
	if n := len(y.commits); n != 1 {
		t.Errorf("%d commits are left", n)
	}
	if d := cmp.Diff(rows, find(t, y, Filter{})); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(skips, skipsOf(t, y)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(x.Readings(), y.Readings()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"picture number 7"}, texts(find(t, y, Filter{Words: "number 7"}))); d != "" {
		t.Error(d)
	}
	if bad, err := y.Verify(context.Background()); err != nil || len(bad) > 0 {
		t.Errorf("after tidying: %v %v", bad, err)
	}
	size := len(store)
	z := reopen(t, store, log)
	if len(store) != size || len(z.NeedsReading()) > 0 {
		t.Errorf("tidying twice: %d values, then %d; needs %v", size, len(store), z.NeedsReading())
	}
}

func TestReplacedReadingsLeaveTheStore(t *testing.T) {
	x, store, log := newIndex(t)
	day := time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)
	add(t, x, 1, message("line 1", "Sam", "old words", day), message("line 2", "Sam", "more old words", day))
	want := len(store)
	add(t, x, 1, message("line 1", "Sam", "new words", day), message("line 2", "Sam", "more new words", day))
	if d := cmp.Diff([]string{"new words", "more new words"}, texts(find(t, x, Filter{Words: "words"}))); d != "" {
		t.Error(d)
	}
	reopen(t, store, log)
	if len(store) != want {
		t.Errorf("%d values are left of %d", len(store), want)
	}
}

func TestDeletedItemIsForgotten(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	oneByOne(t, x, 3)
	w := x.Begin(ctx, 9)
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	read(t, w, 8, "chat", []Event{message("1", "Sam", "kept", day)})
	read(t, w, 9, "chat", []Event{message("1", "Sam", "deleted", day)}, Skip{Record: "2", Text: "deleted too"})
	_, err := w.Commit(ctx)
	must(t, err)
	_, err = log.record(ctx, draft{actionDelete, itemSubject{9}, struct{}{}})
	must(t, err)
	must(t, x.Forget(ctx))
	for _, y := range []*Index{x, reopen(t, store, log)} {
		if d := cmp.Diff([]string{"kept"}, texts(find(t, y, Filter{Sources: []int64{8, 9}}))); d != "" {
			t.Error(d)
		}
		if n := len(skipsOf(t, y)); n != 3 {
			t.Errorf("%d skips", n)
		}
		if n := y.NeedsReading(); len(n) > 0 {
			t.Errorf("a deleted item is to be read: %v", n)
		}
	}
	for key, value := range store {
		if key[0] == 's' && key[9] == keyBlock {
			records, err := openBlock(value)
			must(t, err)
			for _, r := range records {
				e, err := decodeEvent(r, Pinpoint{})
				must(t, err)
				if e.Text == "deleted" {
					t.Error("the deleted text is still in the store")
				}
			}
		}
	}
}

func TestVerifyNamesWhatDiffers(t *testing.T) {
	x, store, log := newIndex(t)
	oneByOne(t, x, 2)
	for key, value := range store {
		if key[0] != 's' || key[9] != keyBlock {
			continue
		}
		records, err := openBlock(value)
		must(t, err)
		e, err := decodeEvent(records[0], Pinpoint{Path: "p"})
		must(t, err)
		if e.Text == "picture number 1" {
			e.Text = "picture number 7"
			changed := appendEvent(nil, &e, "p")
			store[key] = sealBlock(append([]byte{byte(len(changed))}, changed...))
		}
	}
	bad, err := reopen(t, store, log).Verify(context.Background())
	must(t, err)
	if len(bad) != 1 || bad[2] == nil {
		t.Errorf("verify found %v", bad)
	}
}

// TestWhateverTheStoreLosesIsMadeAgain takes every single value away in turn:
// opening, or at the latest Verify, must miss it, and reading the items again
// must give the same timeline.
func TestWhateverTheStoreLosesIsMadeAgain(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	x.limits = limits{segment: 3, block: 2}
	items := map[int64][]Event{1: at(0, 1, 2, 3, 4), 2: at(5), 3: at(6, 7, 8, 9)}
	for item, events := range items {
		w := x.Begin(ctx, 1)
		read(t, w, item, "whatsapp", events, Skip{Record: "s", Text: "t", Reason: "r"})
		_, err := w.Commit(ctx)
		must(t, err)
	}
	want := find(t, x, Filter{Words: "x"})
	for lost := range store {
		left := maps.Clone(store)
		delete(left, lost)
		y := reopen(t, left, log)
		_, err := y.Verify(ctx)
		must(t, err)
		need := y.NeedsReading()
		if len(need) == 0 {
			t.Errorf("nobody misses %q", lost)
		}
		for _, r := range need {
			w := y.Begin(ctx, 1)
			read(t, w, r.Item, "whatsapp", items[r.Item], Skip{Record: "s", Text: "t", Reason: "r"})
			infos, err := w.Commit(ctx)
			must(t, err)
			if !infos[0].Again {
				t.Errorf("%q: item %d came out otherwise", lost, r.Item)
			}
		}
		if n := y.NeedsReading(); len(n) > 0 {
			t.Errorf("%q: %v still needed", lost, n)
		}
		if d := cmp.Diff(want, find(t, y, Filter{Words: "x"})); d != "" {
			t.Errorf("%q: %s", lost, d)
		}
		if bad, err := reopen(t, left, log).Verify(ctx); err != nil || len(bad) > 0 {
			t.Errorf("%q: after reading again: %v %v", lost, bad, err)
		}
	}
}
