package report

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifiersLieBesideABundle: the programs of three systems, found beside the
// program that runs or one folder above it, are copied whole into a folder of their
// own, with the sums of what was copied; a folder that is there is left alone.
func TestVerifiersLieBesideABundle(t *testing.T) {
	bin, bundle := t.TempDir(), filepath.Join(t.TempDir(), "bundle")
	if _, err := FindVerifiers(filepath.Join(bin, "daybook-cli")); !errors.Is(err, ErrNoVerifiers) {
		t.Errorf("without the programs: %v, want ErrNoVerifiers", err)
	}
	for _, v := range verifiers {
		path := filepath.Join(bin, filepath.FromSlash(v.built))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("program of "+v.built), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, exe := range []string{"daybook-cli", "linux/daybook-cli"} {
		if found, err := FindVerifiers(filepath.Join(bin, exe)); err != nil || found != bin {
			t.Errorf("for %s they are found in %q (%v), want %q", exe, found, err, bin)
		}
	}
	dir, err := PutVerifiers(bin, bundle+"/")
	if err != nil || dir != bundle+"-check" {
		t.Fatalf("they are put into %q (%v), want %q", dir, err, bundle+"-check")
	}
	about, err := os.ReadFile(filepath.Join(dir, "READ-ME.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verifiers {
		path := filepath.Join(dir, filepath.FromSlash(v.given))
		got, err := os.ReadFile(path)
		if err != nil || string(got) != "program of "+v.built {
			t.Errorf("%s holds %q (%v)", v.given, got, err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode()&0o100 == 0 {
			t.Errorf("%s cannot be started: %v %v", v.given, st.Mode(), err)
		}
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256(got), v.given); !strings.Contains(string(about), line) {
			t.Errorf("READ-ME.txt does not hold %q:\n%s", line, about)
		}
	}
	if _, err := PutVerifiers(bin, bundle); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a second time: %v, want ErrNotEmpty", err)
	}
	if err := os.Remove(filepath.Join(bin, "darwin", "daybook-verify")); err != nil {
		t.Fatal(err)
	}
	if _, err := PutVerifiers(bin, bundle+"2"); err == nil {
		t.Error("with one missing they were put all the same")
	}
	if _, err := os.Stat(bundle + "2-check"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of a folder that could not be filled stays: %v", err)
	}
}
