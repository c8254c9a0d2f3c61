package verify

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// A path leads to the root that another's code of RFC 6962 makes, and its sides
// are those that the number and the size alone give.
func TestPathsLeadToTheRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 70).Draw(t, "size")
		n := rapid.IntRange(0, size-1).Draw(t, "n")
		var leaves [][32]byte
		var stored []tlog.Hash
		read := tlog.HashReaderFunc(func(at []int64) (list []tlog.Hash, err error) {
			for _, i := range at {
				list = append(list, stored[i])
			}
			return list, nil
		})
		for i := range size {
			line := fmt.Appendf(nil, "line %d\n", i)
			leaves = append(leaves, Leaf(line))
			more, err := tlog.StoredHashes(int64(i), line, read)
			if err != nil {
				t.Fatal(err)
			}
			stored = append(stored, more...)
		}
		want, err := tlog.TreeHash(int64(size), read)
		if err != nil {
			t.Fatal(err)
		}
		way, at, left := PathOf(leaves, n), leaves[n], sides(uint64(n), uint64(size))
		if len(way) != len(left) {
			t.Fatalf("%d nodes and %d sides", len(way), len(left))
		}
		for i, s := range way {
			if s.Left != left[i] {
				t.Errorf("node %d stands on the other side", i)
			}
			at = s.up(at)
		}
		if at != want {
			t.Errorf("leaf %d of %d does not lead to the root", n, size)
		}
	})
}
