package sample

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestPromise: the sample case holds what its users are told it holds.
func TestPromise(t *testing.T) {
	truth, err := Write(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, r := range truth.Records {
		n[r.Kind]++
		if r.UTC.IsZero() && r.Local == "" {
			t.Errorf("a record without a time: %+v", r)
		}
	}
	if n["message"] < 400 || len(truth.Incidents) != 30 || n["call"] < 40 || n["email"] < 12 || n["photo"] < 10 || n["shot"] < 6 {
		t.Errorf("%v and %d incidents", n, len(truth.Incidents))
	}
	breaches := 0
	for _, i := range truth.Incidents {
		if i.Breach {
			breaches++
		}
	}
	if breaches != 2 {
		t.Errorf("%d breaches of the order, want 2", breaches)
	}
}

// TestSameBytes: two runs write the same files.
func TestSameBytes(t *testing.T) {
	var sums [2]string
	for i := range sums {
		dir := t.TempDir()
		truth, err := Write(dir)
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		for _, name := range truth.Files {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(h, name, len(data))
			h.Write(data)
		}
		sums[i] = fmt.Sprintf("%x", h.Sum(nil))
	}
	if sums[0] != sums[1] {
		t.Error("two runs differ")
	}
}
