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
