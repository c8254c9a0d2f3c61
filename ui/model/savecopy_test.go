package model

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"daybook/evidence"
)

// TestSaveCopy: a copy is the original byte for byte, writes over nothing, and
// never lies inside the case.
func TestSaveCopy(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	const text = "a note \x00 with every byte"
	if _, err := d.Add(t.Context(), "", []string{file(t, t.TempDir(), "a note.txt", text)}, nil); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a note.txt", "a note (2).txt"} {
		at, err := d.SaveCopy(t.Context(), 1, dir, nil)
		if err != nil || filepath.Base(at) != want {
			t.Fatalf("%s, %v", at, err)
		}
		if got, err := os.ReadFile(at); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := d.SaveCopy(t.Context(), 1, d.c.Dir(), nil); err == nil || !strings.Contains(err.Error(), "inside the case") {
		t.Errorf("inside the case: %v", err)
	}
	if _, err := d.SaveCopy(t.Context(), 7, dir, nil); err == nil {
		t.Error("an item that is not there")
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
		t.Errorf("%v, %v", list, err)
	}
	cloud := filepath.Join(t.TempDir(), "Dropbox")
	if err := os.Mkdir(cloud, 0o700); err != nil {
		t.Fatal(err)
	}
	if note, err := d.CopyPlace(cloud); err != nil || !strings.Contains(note, "Dropbox") {
		t.Errorf("%q, %v", note, err)
	}
}

// TestCopyNames: whatever an original is called, its copy has one short name
// that leads nowhere.
func TestCopyNames(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := copyName(evidence.Item{Number: 12, Name: rapid.String().Draw(r, "name")})
		if name == "" || strings.ContainsAny(name, "/\\:*?\"<>|\x00") || strings.HasPrefix(name, ".") || !utf8.ValidString(name) || len([]rune(name)) > 110 {
			r.Fatalf("%q", name)
		}
	})
	for of, want := range map[string]string{"../../etc/passwd": "passwd", "CON.txt": "item 12 CON.txt", "": "item 12", `C:\x\IMG 1.JPG`: "IMG 1.JPG", ".bashrc": "item 12.bashrc", "a?b.opus": "a_b.opus"} {
		if got := copyName(evidence.Item{Number: 12, Name: of}); got != want {
			t.Errorf("%q became %q, not %q", of, got, want)
		}
	}
}
