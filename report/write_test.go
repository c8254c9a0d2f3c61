package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"daybook/evidence/verify"
)

func TestBundleVerifies(t *testing.T) {
	for _, pack := range []Pack{Full, Served} {
		dir := newSample(t, pack).write(t)
		v, err := verify.Path(t.Context(), dir, verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !v.OK() {
			t.Errorf("%s: %v", pack, v.Problems)
		}
		if v.Withheld != 1 || v.Originals != 3 {
			t.Errorf("%s: %d entries withheld, %d originals; want 1 and 3", pack, v.Withheld, v.Originals)
		}
	}
}

func TestTwoBundlesAreEqual(t *testing.T) {
	a, b := readTree(t, newSample(t, Full).write(t)), readTree(t, newSample(t, Full).write(t))
	if len(a) != len(b) || len(a) < 15 {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	for name, data := range a {
		if !bytes.Equal(data, b[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func readTree(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		all[filepath.ToSlash(rel)], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
