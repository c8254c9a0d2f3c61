package journal

import (
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// tree is the right edge of an RFC 6962 Merkle tree: the roots of the full
// subtrees, largest first, as many as the size has bits set.
type tree struct {
	size  uint64
	roots []tlog.Hash
}

// add puts a chain line, with its LF, at the end.
func (t *tree) add(line []byte) {
	h := tlog.RecordHash(line)
	for n := t.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(t.roots[len(t.roots)-1], h)
		t.roots = t.roots[:len(t.roots)-1]
	}
	t.roots = append(t.roots, h)
	t.size++
}

// root is the hash of the whole tree; the empty tree has that of no bytes.
func (t tree) root() (tlog.Hash, error) {
	if t.size == 0 {
		return tlog.TreeHash(0, nil)
	}
	h := t.roots[len(t.roots)-1]
	for _, left := range slices.Backward(t.roots[:len(t.roots)-1]) {
		h = tlog.NodeHash(left, h)
	}
	return h, nil
}

// clone gives a tree that grows apart from this one.
func (t tree) clone() tree { return tree{t.size, slices.Clone(t.roots)} }
