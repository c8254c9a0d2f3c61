package model

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestSheet: the page holds every word with its number, nothing that says what
// it opens, and never takes the place of a file that is there.
func TestSheet(t *testing.T) {
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path, err := r.Sheet(dir)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v; make tools installs it", err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	for i, w := range r.Words {
		if !strings.Contains(" "+text+" ", " "+w+" ") {
			t.Errorf("word %d, %s, is not on the page: %s", i+1, w, text)
		}
	}
	said := slices.DeleteFunc(strings.Fields(strings.ToLower(text)), func(w string) bool { return slices.Contains(r.Words, w) })
	if s := strings.Join(said, " "); strings.Contains(s, "daybook") || strings.Contains(s, "case") { // either may be a word of the key
		t.Errorf("the page says what it opens: %s", text)
	}
	if _, err := r.Sheet(dir); err == nil {
		t.Error("a second sheet took the place of the first")
	}
}
