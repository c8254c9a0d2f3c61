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

// fixtures finds public samples beside the repository, when they are there.
func fixtures(t *testing.T, pattern string) []string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	roots := []string{os.Getenv("DAYBOOK_FIXTURES")}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		roots = append(roots, filepath.Join(dir, "shared", "fixtures"))
	}
	for _, root := range roots {
		if list, err := filepath.Glob(filepath.Join(root, pattern)); err == nil && root != "" && len(list) > 0 {
			return list
		}
	}
	return nil
}

func TestPublicSamples(t *testing.T) {
	for _, path := range append(fixtures(t, "email_eml/*/*.raw"), "testdata/thunderbird-deleted.mbox") {
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
