package googlelocation

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json/jsontext"
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
		want, ok := degrees(fmt.Sprint(n), 180)
		got, ok2 := degrees(fmt.Sprint(n+1<<32), 180)
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
		return c.Last.Extra[timeline.SameKey]
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

// BenchmarkRecords prints how many times the library's tokenising it takes.
func BenchmarkRecords(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(`{"locations": [`)
	for i := range 50_000 {
		if i > 0 {
			data.WriteByte(',')
		}
		at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
		fmt.Fprintf(&data, " {\n    \"latitudeE7\": %d,\n    \"longitudeE7\": -1275920,\n    \"accuracy\": 13,\n    \"activity\": [{\n      \"activity\": [{\n        \"type\": \"STILL\",\n        \"confidence\": 97\n      }, {\n        \"type\": \"UNKNOWN\",\n        \"confidence\": 3\n      }],\n      \"timestamp\": \"%s\"\n    }],\n    \"source\": \"WIFI\",\n    \"deviceTag\": -1577121459,\n    \"timestamp\": \"%[2]s\"\n  }", 515034070+i, at.Format(time.RFC3339))
	}
	data.WriteString("]}")
	src := importers.Source{FS: fstest.MapFS{"Records.json": {Data: data.Bytes()}}, Path: "Records.json", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		for d := jsontext.NewDecoder(bytes.NewReader(data.Bytes())); ; {
			if _, err := d.ReadToken(); err != nil {
				return nil
			}
		}
	})
}
