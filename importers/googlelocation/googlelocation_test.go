package googlelocation

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestOverflowIsPutRight: a place is the same whether its number overflowed 32
// bits or not.
func TestOverflowIsPutRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1_800_000_000, -1).Draw(t, "n")
		want, _, ok := degrees(fmt.Sprint(n), 180)
		got, _, ok2 := degrees(fmt.Sprint(n+1<<32), 180)
		if !ok || !ok2 || got != want || want != float64(n)/1e7 {
			t.Fatal(n, want, got, ok, ok2)
		}
	})
}

// TestOverlap: a position in two exports is one, and another one is not.
func TestOverlap(t *testing.T) {
	same := func(text string) string {
		c := importertest.Count{}
		tree := fstest.MapFS{"Records.json": {Data: []byte(`{"locations": [` + text + `]}`)}}
		if err := New().Import(context.Background(), importers.Source{FS: tree, Path: "Records.json"}, &c); err != nil || c.Events != 1 {
			t.Fatal(err, c.Events)
		}
		return c.Last.Extra.Get(timeline.SameKey)
	}
	a := same(`{"timestampMs": "1686470283120", "latitudeE7": 515034070, "longitudeE7": -1275920}`)
	b := same(`{"latitudeE7": 515034070, "longitudeE7": 4293691376, "timestamp": "2023-06-11T07:58:03.120Z", "accuracy": 5}`)
	if a != b {
		t.Error("one position of two exports is taken for two")
	}
	if a == same(`{"timestampMs": "1686470283121", "latitudeE7": 515034070, "longitudeE7": -1275920}`) {
		t.Error("two positions are taken for one")
	}
}
