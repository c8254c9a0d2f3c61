package timeline

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
