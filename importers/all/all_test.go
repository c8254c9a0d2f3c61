package all

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"daybook/importers"
	"daybook/importers/importertest"
)

// besides are the folders of importers that are no format.
var besides = map[string]bool{"all": true, "importertest": true, "worker": true, "testdata": true,
	"anonymise": true, "contentline": true, "facsimile": true, "jsonfile": true, "meta": true, "page": true, "pictures": true, "recording": true, "triage": true, "sqlite": true, "table": true, "xmlfile": true}

// TestListIsWhole: every folder is in the list, under its own name, once.
func TestListIsWhole(t *testing.T) {
	listed := map[string]bool{}
	for _, imp := range Importers(nil) {
		name := imp.Info().Name
		if listed[name] {
			t.Errorf("%s is listed twice", name)
		}
		listed[name] = true
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !besides[e.Name()] && !listed[e.Name()] {
			t.Errorf("importers/%s is not in the list", e.Name())
		}
	}
}

// TestNobodyClaimsAnothersSamples: of all importers but the last, which takes
// everything, only its own claims a sample that it reads.
func TestNobodyClaimsAnothersSamples(t *testing.T) {
	set := Importers(nil)
	strict := set[:len(set)-1]
	for _, owner := range strict {
		name := owner.Info().Name
		samples := importertest.Samples(t, filepath.Join("..", name, "testdata"))
		for _, s := range samples {
			for _, path := range s.Files(t) {
				src := source(t, s.Tree, path)
				if !owner.Claims(src) {
					continue
				}
				for _, other := range strict {
					if other.Info().Name != name && other.Claims(src) {
						t.Errorf("%s claims %s/%s, which is %s's", other.Info().Name, s.Name, path, name)
					}
				}
			}
		}
	}
}

func source(t *testing.T, tree fs.FS, path string) importers.Source {
	t.Helper()
	data, err := fs.ReadFile(tree, path)
	if err != nil {
		t.Fatal(err)
	}
	return importers.Source{FS: tree, Path: path, Head: data[:min(len(data), importers.HeadSize)], Size: int64(len(data))}
}
