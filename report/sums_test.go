package report

import (
	"path/filepath"
	"testing"
)

// Whoever knows most of a file of words can try the rest until its SHA-256 fits: a
// served pack without the file has its sum nowhere, whole or in the beginning of a
// name, unless it is asked for. The sum of a picture stays.
func TestServedPackHasNoSumToTry(t *testing.T) {
	k := newCase(t)
	tried := 0
	for _, pack := range []Pack{Full, Served} {
		for _, asked := range []bool{false, true} {
			b := k.planned(t, pack, func(s *Selection) {
				if asked {
					s.Show = []Detail{ShowSums}
				}
			})
			dir := filepath.Join(t.TempDir(), "b")
			if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
				t.Fatal(err)
			}
			tree := readTree(t, dir)
			tree["the plan"] = []byte(dump(t, b))
			for _, e := range b.Exhibits {
				secret := pack == Served && !asked && e.Withheld != "" && major(e.Type) != "image"
				if e.NoSum != secret {
					t.Errorf("%s pack, sums asked for: %v: %s has no sum: %v", pack, asked, e.Label, e.NoSum)
				}
				in := holds(tree, e.Hash.String()[:8])
				if secret && len(in) > 0 || !secret && len(in) == 0 {
					t.Errorf("%s pack, sums asked for: %v: the sum of %s is in %v", pack, asked, e.Label, in)
				}
				if secret {
					tried++
				}
			}
		}
	}
	if tried < 3 {
		t.Errorf("only %d exhibits have no sum: this test sees nothing", tried)
	}
}
