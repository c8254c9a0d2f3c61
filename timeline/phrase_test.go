package timeline

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Two lists side by side give what every place of both written down gives,
// however far apart events and places are.
func TestPhraseIsWhatItsPlacesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lists [3][]byte
		var places [3]map[uint64]bool
		for i := range lists {
			places[i] = map[uint64]bool{}
			var all []occurrence
			doc := uint32(0)
			for range rapid.IntRange(0, 40).Draw(t, "events") {
				doc += uint32(rapid.SampledFrom([]int{1, 1, 2, 70, 1500}).Draw(t, "gap"))
				pos := uint32(0)
				for range rapid.IntRange(1, 5).Draw(t, "times") {
					pos += uint32(rapid.SampledFrom([]int{0, 1, 1, 2, 200}).Draw(t, "step")) // 0: a number and its whole
					all = append(all, occurrence{doc, pos})
					places[i][uint64(doc)<<32|uint64(pos)] = true
				}
			}
			lists[i], _ = appendPostings(nil, all)
		}
		var want []uint64
		for p := range places[1] {
			if places[0][p-1] {
				want = append(want, p)
			}
		}
		same(t, "two", lists[:2], want)
		want = slices.DeleteFunc(want, func(p uint64) bool { return !places[2][p+1] })
		for i := range want {
			want[i]++
		}
		same(t, "three", lists[:], want)
	})
}

func same(t *rapid.T, what string, lists [][]byte, want []uint64) {
	got, err := sideBySide(nil, lists[0], lists[1])
	for _, l := range lists[2:] {
		if err == nil {
			got, err = behind(nil, got, l)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Fatalf("%s: %x, want %x", what, got, want)
	}
}

func TestCutPostingsAreNamed(t *testing.T) {
	list, _ := appendPostings(nil, []occurrence{{1, 1}, {1, 2}, {300, 1}, {301, 9}})
	for n := range len(list) {
		cut := list[:n]
		c, err := newCursor(cut)
		for err == nil && c.next() {
			c.here()
		}
		if err == nil && c.err == nil {
			t.Errorf("%d of %d bytes are taken for a list", n, len(list))
		}
	}
}
