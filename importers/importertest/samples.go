package importertest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Built checks that the files of testdata are what their builders make; go
// test -update writes them anew.
func Built(t *testing.T, made map[string][]byte) {
	t.Helper()
	for name, want := range made {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what its builder makes", file)
		}
	}
}

// Public finds the folder of public samples that may lie beside the repository:
// the one that DAYBOOK_FIXTURES names, or shared/fixtures in a folder above.
// Where there is none, a test goes by its own testdata.
func Public(t testing.TB) (folder string, found bool) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	roots := []string{os.Getenv("DAYBOOK_FIXTURES")}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		roots = append(roots, filepath.Join(dir, "shared", "fixtures"))
	}
	for _, root := range roots {
		if st, err := os.Stat(root); root != "" && err == nil && st.IsDir() {
			return root, true
		}
	}
	return "", false
}

// PublicFiles gives the public samples that match a pattern inside their folder;
// none where there is no such folder.
func PublicFiles(t testing.TB, pattern string) []string {
	t.Helper()
	root, found := Public(t)
	if !found {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return files
}
