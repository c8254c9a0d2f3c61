//go:build linux

package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// The words of a deleted item are gone from the running timeline, not only from
// the next one.
func TestErasedItemLeavesTheTimelineAtOnce(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "x.daybook")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(makeCase(dir))
	c, err := evidence.Open(dir, keys.Passphrase(testPassphrase), evidence.OpenOptions{Actor: "test"})
	must(err)
	defer func() { must(c.Close()) }()
	it, err := c.Add(ctx, strings.NewReader("hello"), evidence.Provenance{Name: "a.txt", Path: "a.txt", Size: -1, How: "file"})
	must(err)
	x, err := timeline.Open(ctx, c)
	must(err)
	w := x.Begin(ctx, it.Batch)
	r := w.Read(it, "chat", 1, nil)
	must(r.Event(timeline.Event{Kind: timeline.Message, Text: "hello", Source: timeline.Pinpoint{Record: "line 1"},
		When: timeline.FromInstant(time.Date(2025, 1, 2, 3, 4, 0, 0, time.UTC), timeline.Minute, "")}))
	must(r.Close(nil))
	_, err = w.Commit(ctx)
	must(err)
	for _, want := range []int{1, 0} {
		found, err := x.Find(ctx, timeline.Filter{Words: "hello"})
		must(err)
		if found.Len() != want {
			t.Errorf("%d events, want %d", found.Len(), want)
		}
		if want == 1 {
			must(erase(ctx, c, x, it.Number, "added by mistake"))
		}
	}
	stones, err := tombstones(ctx, c)
	must(err)
	if s := stones[it.Number]; s.Reason != "added by mistake" || s.By != "test" {
		t.Errorf("the tombstone says %+v", s)
	}
}
