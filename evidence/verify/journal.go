package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// journal walks the skeleton of the journal from its first line to its last,
// hashes every entry that is opened, and compares where it ends with what the
// checkpoint signed.
func (c *check) journal() error {
	if _, ok := c.files[chainFile]; !ok {
		c.v.add(chainFile, "is missing")
		return nil
	}
	var t tree
	prev, seq := strings.Repeat("0", 64), uint64(0)
	seen := map[string]bool{}
	c.meetEarlier()
	c.passEarlier(seq, prev, &t)
	err := c.eachLine(chainFile, func(n int, line string) error {
		body, ok := link(line, seq, prev)
		if !ok {
			c.v.add(chainFile, "line %d does not follow from the line before it", n)
		}
		full := []byte(line + "\n")
		sum := sha256.Sum256(full)
		prev = hex.EncodeToString(sum[:])
		t.add(full)
		c.lookUp(seq, prev)
		if name := entryName(seq); ok {
			if _, there := c.files[name]; there {
				seen[name] = true
				c.entry(name, seq, body)
			}
		}
		seq++
		c.passEarlier(seq, prev, &t)
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if strings.HasPrefix(name, entriesDir) && !seen[name] {
			c.v.add(name, "belongs to no line of log/chain.txt")
		}
	}
	c.v.Entries, c.v.Opened, c.v.Withheld, c.v.Head = seq, uint64(len(seen)), seq-uint64(len(seen)), prev
	c.checkpoint(seq, prev, t.root())
	return nil
}

// link reads one line of the skeleton: version, number, hash of the line
// before, hash of the entry's body.
func link(line string, seq uint64, prev string) (body string, ok bool) {
	body, ok = strings.CutPrefix(line, fmt.Sprintf("v1 %d %s ", seq, prev))
	return body, ok && isSum(body)
}

func entryName(seq uint64) string { return fmt.Sprintf("%s%08d.json", entriesDir, seq) }

// entry checks one opened entry against its commitment and remembers which
// originals it speaks of.
func (c *check) entry(name string, seq uint64, want string) {
	b, ok := c.read(name, 16<<20)
	if !ok {
		return
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
		c.v.add(name, "is not the entry that log/chain.txt commits to")
		return
	}
	var e struct {
		Seq     *uint64 `json:"seq"`
		Subject struct {
			Item int64 `json:"item"`
		} `json:"subject"`
		Detail struct {
			Sum    string `json:"sha256"`
			Signer string `json:"signer"`
		} `json:"detail"`
	}
	// Entries that are not about an item have other shapes in these places.
	if err := json.Unmarshal(b, &e); err != nil && !json.Valid(b) {
		c.v.add(name, "is not JSON: %v", err)
		return
	}
	if e.Seq == nil || *e.Seq != seq {
		c.v.add(name, "does not say that it is entry %d", seq)
	}
	if seq == 0 && isSum(e.Detail.Signer) && c.key != nil {
		c.v.KeyNamed = e.Detail.Signer == c.v.Fingerprint
		if !c.v.KeyNamed {
			c.v.add(signerFile, "is another key than the journal names: its first entry says %s", e.Detail.Signer)
		}
	}
	if e.Subject.Item > 0 && isSum(e.Detail.Sum) {
		c.opened[e.Detail.Sum] = append(c.opened[e.Detail.Sum], e.Subject.Item)
	}
}

func (c *check) checkpoint(size uint64, head string, root [32]byte) {
	b, ok := c.read(checkFile, 64<<10)
	if !ok {
		return
	}
	if c.key == nil {
		c.v.add(checkFile, "cannot be checked without log/signer.pem")
		return
	}
	n, err := parseNote(b, c.key)
	if err != nil {
		c.v.add(checkFile, "%v", err)
		return
	}
	if n.size != size || n.head != head || n.root != root {
		c.v.add(chainFile, "is not the journal that the checkpoint signed: %d entries and head %s, signed were %d and %s", size, head, n.size, n.head)
	}
	if _, there := c.files[payloadList]; !there {
		return
	}
	if sum, err := c.sum(payloadList); err != nil || sum != n.manifest {
		c.v.add(payloadList, "is not the list that the checkpoint signed")
	}
}

// custody asks of every original whether an opened entry of the journal says
// that it was added under the same number. Where entries are withheld its own
// may be one of them; where none is, the file came in past the journal.
func (c *check) custody() error {
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if !strings.HasPrefix(name, originalsDir) {
			continue
		}
		c.v.Originals++
		number, _, _ := strings.Cut(path.Base(name), "-")
		item, err := strconv.ParseInt(number, 10, 64)
		if err != nil || !slices.Contains(c.opened[c.got[name]], item) {
			c.v.Closed = append(c.v.Closed, name)
		}
	}
	if c.v.Withheld == 0 {
		for _, name := range c.v.Closed {
			if c.bad[name] {
				continue // it is not the file that was sealed, and was named for that
			}
			c.v.add(name, "no entry of the journal says that this file was added")
		}
	}
	return nil
}

// tree is the Merkle tree of RFC 6962 over the lines, kept as the roots of its
// full subtrees: memory grows with the logarithm of the journal.
type tree struct {
	roots [][32]byte // of the full subtrees, largest first
	size  uint64
}

func (t *tree) add(leaf []byte) {
	t.roots = append(t.roots, sha256.Sum256(append([]byte{0}, leaf...)))
	for n := t.size; n&1 == 1; n >>= 1 {
		t.join()
	}
	t.size++
}

func (t *tree) join() {
	i := len(t.roots) - 2
	t.roots[i] = node(t.roots[i], t.roots[i+1])
	t.roots = t.roots[:i+1]
}

func (t *tree) root() [32]byte {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	last := tree{roots: slices.Clone(t.roots)}
	for len(last.roots) > 1 {
		last.join()
	}
	return last.roots[0]
}

func node(l, r [32]byte) [32]byte {
	return sha256.Sum256(bytes.Join([][]byte{{1}, l[:], r[:]}, nil))
}
