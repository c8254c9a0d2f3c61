package all

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/importers/importertest"
	"daybook/timeline"
)

// TestCompatibilityTable: docs/FORMATS.md says of each format what its Info
// says and what its samples show (go test -update writes it).
func TestCompatibilityTable(t *testing.T) {
	var table, sections strings.Builder
	for _, imp := range Importers(nil) {
		info := imp.Info()
		s := shownBy(t, filepath.Join("..", info.Name, "testdata"))
		fmt.Fprintf(&table, "| [%s](#%s) | %s | %s | %s | %d |\n", info.Title, anchor(info.Title),
			cell(strings.Join(info.Tried, "; ")), s.carries(), s.times(), s.samples)
		fmt.Fprintf(&sections, "\n## %s\n\n%s\n", info.Title, info.HowToGet)
		if len(info.LeavesOut) > 0 {
			fmt.Fprintf(&sections, "\nLeft out:\n\n- %s\n", strings.Join(info.LeavesOut, "\n- "))
		}
	}
	importertest.Golden(t, filepath.Join("..", "..", "docs", "FORMATS.md"), []byte(`# What Daybook reads

The tests write this page: "carries" and "times" are what the samples of each format gave, "tried with" is what those samples stand for. They are made by us after the shapes that public parsers, vendors' documents and public sample files describe. Anything else is kept unchanged as a file and placed by its best date.

| format | tried with | carries | times | samples |
|---|---|---|---|---|
`+table.String()+sections.String()))
}

// TestEveryFormatIsProved: each has three samples or more, and a fuzz target.
func TestEveryFormatIsProved(t *testing.T) {
	for _, imp := range Importers(nil) {
		folder := filepath.Join("..", imp.Info().Name)
		if n := shownBy(t, filepath.Join(folder, "testdata")).samples; n < 3 {
			t.Errorf("%s has %d samples, of three at least", imp.Info().Name, n)
		}
		tests, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(tests, func(path string) bool {
			code, err := os.ReadFile(path)
			return err == nil && bytes.Contains(code, []byte("\nfunc Fuzz"))
		}) {
			t.Errorf("%s has no fuzz target", imp.Info().Name)
		}
	}
}

// shown is what the golden files of a format hold.
type shown struct {
	samples int
	kinds   map[timeline.Kind]bool
	bases   map[timeline.Basis]bool
	files   bool
	undated bool
}

func shownBy(t *testing.T, dir string) shown {
	t.Helper()
	goldens, err := filepath.Glob(filepath.Join(dir, "*.golden.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	s := shown{samples: len(goldens), kinds: map[timeline.Kind]bool{}, bases: map[timeline.Basis]bool{}}
	for _, path := range goldens {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for d := json.NewDecoder(bytes.NewReader(data)); d.More(); {
			var line struct{ Event *timeline.Event }
			if err := d.Decode(&line); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if e := line.Event; e != nil {
				s.kinds[e.Kind] = true
				s.files = s.files || len(e.Files) > 0
				s.undated = s.undated || e.When.Precision == timeline.Undated
				if e.When.Precision != timeline.Undated {
					s.bases[e.When.Basis] = true
				}
			}
		}
	}
	return s
}

func (s shown) carries() string {
	var words []string
	for _, k := range timeline.Kinds() {
		if s.kinds[k] {
			words = append(words, k.Title())
		}
	}
	if s.files {
		words = append(words, "files")
	}
	return strings.Join(words, ", ")
}

func (s shown) times() string {
	var words []string
	if s.bases[timeline.UTC] {
		words = append(words, "instants")
	}
	if s.bases[timeline.OffsetBasis] {
		words = append(words, "clock with its offset")
	}
	if s.bases[timeline.AssumedZone] || s.bases[timeline.UnknownZone] || s.bases[timeline.DeviceZone] {
		words = append(words, "clock without a zone")
	}
	if s.undated {
		words = append(words, "some without a time")
	}
	return strings.Join(words, ", ")
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// anchor is a heading's name in a page's address, as GitHub makes it.
func anchor(heading string) string {
	return strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
}
