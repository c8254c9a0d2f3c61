package pictures

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Looking at quarters finds what looking at all pairs finds, each once.
func TestEachNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.Uint64().Draw(t, "base")
		var list []fingerprint
		for range rapid.IntRange(0, 30).Draw(t, "pictures") {
			f := base
			for range rapid.IntRange(0, 12).Draw(t, "bits") {
				f ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
			}
			list = append(list, fingerprint{f, rapid.IntRange(0, 9).Draw(t, "plain") == 0})
		}
		var want, got [][3]int
		for i := range list {
			for j := range i {
				if d := list[i].from(list[j]); d <= nearBits && !list[i].plain && !list[j].plain {
					want = append(want, [3]int{j, i, d})
				}
			}
		}
		eachNear(list, func(i, j, d int) { got = append(got, [3]int{i, j, d}) })
		for _, pairs := range [][][3]int{want, got} {
			slices.SortFunc(pairs, func(a, b [3]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
		}
		if d := gocmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

// BenchmarkNear compares the fingerprints of a hundred thousand pictures.
func BenchmarkNear(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]fingerprint, 100_000)
	for i := range list {
		list[i].bits = r.Uint64()
	}
	for b.Loop() {
		eachNear(list, func(int, int, int) {})
	}
}
