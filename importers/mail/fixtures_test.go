package mail

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
)

func read(t testing.TB, name string, data string) importertest.Result {
	t.Helper()
	r, err := importertest.Read(context.Background(), New(), fstest.MapFS{name: {Data: []byte(data)}}, name, importers.Assume{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPublicSamples(t *testing.T) {
	for _, path := range append(importertest.PublicFiles(t, "email_eml/*/*.raw"), "testdata/thunderbird-deleted.mbox") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		r := read(t, name, string(data))
		if os.Getenv("SHOW") != "" {
			t.Logf("%s %s", name, r.Lines(name))
		}
		claimed := New().Claims(importers.Source{Path: name, Head: data})
		switch {
		case strings.HasPrefix(name, "erroneous"):
			if r.Err == nil || claimed {
				t.Errorf("%s: claimed %v, %v", name, claimed, r.Err)
			}
		case r.Err != nil || len(r.Events) == 0:
			t.Errorf("%s: %d events, %v", name, len(r.Events), r.Err)
		case !claimed && name != "chardet-success-big-5.raw": // it has no header but Content-Type
			t.Errorf("%s is not claimed", name)
		}
	}
}
