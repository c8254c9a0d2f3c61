package meta

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// FuzzPage: whatever stands in a page, its entries have places of their own, a
// time and the words that they were read from, and a page that is not empty is
// never read as nothing.
func FuzzPage(f *testing.F) {
	for _, name := range []string{"facebook", "instagram"} {
		for _, s := range importertest.Samples(f, filepath.Join("..", name, "testdata")) {
			for _, file := range s.Files(f) {
				if !strings.HasPrefix(filepath.Ext(file), ".htm") {
					continue
				}
				data, err := fs.ReadFile(s.Tree, file)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"messages/inbox/dan_1/message_1.html", "comments.html", "messages.htm"} {
			tree := fstest.MapFS{name: {Data: data}}
			r, err := importertest.Read(context.Background(), only{Facebook}, tree, name, importers.Assume{Zone: time.UTC, DateOrder: importers.DayFirst})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Events)+len(r.Skips) == 0 && r.Err == nil {
				t.Errorf("%s: nothing came of %d bytes, and no error", name, len(data))
			}
			seen := map[string]bool{}
			for _, e := range r.Events {
				if seen[e.Source.Record] {
					t.Errorf("%s comes twice", e.Source.Record)
				}
				seen[e.Source.Record] = true
				if e.When.Precision == timeline.Undated || e.When.Raw == "" || !strings.Contains(string(data), e.When.Raw[:4]) {
					t.Errorf("%s: %+v", e.Source.Record, e.When)
				}
			}
		}
	})
}
