package timeline

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
)

func TestWrittenReadingIsFoundInOrderAndSurvivesReopening(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	day := time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)
	add(t, x, 2, message("line 1", "Sam", "second", day.Add(time.Hour)), message("line 2", "Sam", "third", day.Add(2*time.Hour)))
	add(t, x, 1, message("line 1", "Ada", "first", day), message("line 2", "Ada", "also second", day.Add(time.Hour)))
	want := []string{"first", "also second", "second", "third"}
	if d := cmp.Diff(want, texts(find(t, x, Filter{}))); d != "" {
		t.Error(d)
	}
	again, err := open(ctx, store, log, london)
	must(t, err)
	if d := cmp.Diff(find(t, x, Filter{}), find(t, again, Filter{})); d != "" {
		t.Error(d)
	}
	if n := again.NeedsReading(); len(n) > 0 {
		t.Errorf("needs reading: %v", n)
	}
	lost, err := open(ctx, memory{}, log, london)
	must(t, err)
	if n := lost.NeedsReading(); len(n) != 2 || n[0].Item != 1 || n[0].Events != 2 {
		t.Errorf("a lost store needs %v read", n)
	}
}

// TestDigestIsForEver: the journals of cases hold digests over the stored form,
// so it must never change; a new field needs a new bit.
func TestDigestIsForEver(t *testing.T) {
	x, _, _ := newIndex(t)
	w := x.Begin(context.Background(), 1)
	read(t, w, 1, "whatsapp", []Event{someEvent(), message("line 2", "Sam", "x", noon)}, Skip{Record: "line 3", Text: "t", Reason: "r"})
	infos, err := w.Commit(context.Background())
	must(t, err)
	if got, want := infos[0].Digest.String(), "d18c3add851ccca81396893fbd17fa155c4ffb27db438a00656a6037c344f34f"; got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

// TestEveryoneReadsWhileOneWrites is for the race detector: what is found in
// one moment stays whole while more is added, marked and written down.
func TestEveryoneReadsWhileOneWrites(t *testing.T) {
	ctx := context.Background()
	x, err := open(ctx, &guarded{memory: memory{}}, &notebook{}, london)
	must(t, err)
	add(t, x, 1, at(0, 1, 2, 3)...)
	var g errgroup.Group
	stop := make(chan struct{})
	for range 3 {
		g.Go(func() error {
			for {
				select {
				case <-stop:
					return nil
				default:
				}
				r, err := x.Find(ctx, Filter{Words: "x", Parties: []string{"sam"}})
				if err != nil {
					return err
				}
				n := r.Len()
				rows, err := r.Rows(0, n+1)
				if err != nil {
					return err
				}
				if len(rows) != n {
					return fmt.Errorf("%d rows of %d", len(rows), n)
				}
				x.People()
				x.Counts()
				if _, err := x.Pattern(ctx, Filter{}, "code"); err != nil {
					return err
				}
			}
		})
	}
	for i := range int64(10) {
		i += 2
		add(t, x, i, at(1, 2, 3)...)
		_, err := x.Mark(ctx, MarkDraft{Events: []ID{NewID(itemHash(i), "whatsapp", "a")}, Code: "CONTACT"})
		must(t, err)
		_, err = x.WriteIncident(ctx, IncidentDraft{Occurred: FromInstant(noon, Minute, ""), What: "x"})
		must(t, err)
	}
	close(stop)
	must(t, g.Wait())
}

func TestBoundsOfAPeriodAreExact(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 1, message("1", "Sam", "noon", noon), message("2", "Sam", "later", noon.Add(time.Millisecond)))
	for _, c := range []struct {
		from, to time.Time
		want     []string
	}{
		{noon, noon.Add(time.Millisecond), []string{"noon"}},
		{noon.Add(1), time.Time{}, []string{"later"}},
		{time.Time{}, noon.Add(1), []string{"noon"}},
		{time.Time{}, noon, []string{}},
		{noon.Add(time.Hour), noon, []string{}},
	} {
		if d := cmp.Diff(c.want, texts(find(t, x, Filter{From: c.from, To: c.to}))); d != "" {
			t.Errorf("%v to %v: %s", c.from, c.to, d)
		}
	}
}

// TestALongChat crosses the bounds of segments, blocks and pieces of postings.
func TestALongChat(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	const n = segmentEvents + 5000
	w := x.Begin(ctx, 1)
	r := w.read(1, itemHash(1), "chat.txt", "whatsapp", 1, nil)
	for i := range n {
		must(t, r.Event(message(fmt.Sprint("line ", i), "Sam", fmt.Sprint("number ", i), noon.Add(time.Duration(n-i)*time.Second))))
	}
	must(t, r.Close(nil))
	_, err := w.Commit(ctx)
	must(t, err)
	y := reopen(t, store, log)
	if len(y.view.segments) != 3 || y.Len() != n {
		t.Fatalf("%d segments, %d events", len(y.view.segments), y.Len())
	}
	for words, want := range map[string]int{"number": n, "num*": n, `"number 70000"`: 1, "70000": 1, "-70000 number": n - 1, "7000*": 11} {
		r, err := y.Find(ctx, Filter{Words: words})
		must(t, err)
		if r.Len() != want {
			t.Errorf("%s: %d, want %d", words, r.Len(), want)
		}
	}
	all, err := y.Find(ctx, Filter{})
	must(t, err)
	for _, at := range []int{0, 1, 255, 256, segmentEvents - 1, segmentEvents, n - 1} {
		rows, err := all.Rows(at, 1)
		must(t, err)
		if want := fmt.Sprint("number ", n-1-at); rows[0].Text != want {
			t.Errorf("row %d: %s, want %s", at, rows[0].Text, want)
		}
	}
	i := 0
	for row, err := range all.All(ctx) {
		must(t, err)
		if want := fmt.Sprint("number ", n-1-i); row.Text != want {
			t.Fatalf("row %d of all: %s, want %s", i, row.Text, want)
		}
		i++
	}
	if i != n {
		t.Errorf("all gives %d rows", i)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range all.All(stopped) {
		if err == nil {
			t.Error("a row after the end of its context")
		}
	}
	bad, err := y.Verify(ctx)
	if err != nil || len(bad) > 0 {
		t.Errorf("%v %v", bad, err)
	}
}
