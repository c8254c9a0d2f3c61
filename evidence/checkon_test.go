package evidence_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/evidence/journal"
)

// frameSpans gives where each frame of the journal stands.
func frameSpans(t *testing.T, data []byte) (spans [][2]int) {
	t.Helper()
	for off := 0; off < len(data); {
		n := int(data[off+4])<<24 | int(data[off+5])<<16 | int(data[off+6])<<8 | int(data[off+7])
		spans = append(spans, [2]int{off, off + 40 + n})
		off += 40 + n
	}
	return spans
}

// ruin damages one frame in both copies of the journal.
func ruin(t *testing.T, dir string, entry int) {
	t.Helper()
	for _, name := range []string{"frames", "mirror"} {
		path := filepath.Join(dir, "journal", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		span := frameSpans(t, data)[entry]
		data[(span[0]+span[1])/2] ^= 1
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCheckGoesOn damages an entry of the journal in both copies, an original
// and its second copy, and an original of the damaged entry itself: one check
// names all of it, changes nothing, and the case stays as it is.
func TestCheckGoesOn(t *testing.T) {
	tpl := newTemplate(t, 100, 70_000, 300, 5000)
	count := len(entriesOf(t, tpl))
	for name, entry := range map[string]int{"in the middle": int(tpl.items[1].Seq), "the last": count - 1, "the first": 0} {
		t.Run(name, func(t *testing.T) {
			dir := tpl.copy(t)
			var files []string
			c, err := tpl.open(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Settle(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			for _, it := range tpl.items[:3] {
				path, err := c.OriginalPath(it.Number)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, path)
			}
			closeCase(t, c)
			ruin(t, dir, entry)
			for _, f := range files[1:] {
				damages["flipped"](t, f)
			}
			if err := os.RemoveAll(filepath.Join(dir, "store", "copies")); err != nil {
				t.Fatal(err)
			}
			before := strings.Join(truth(t, dir), "\n")

			for _, rebuild := range []bool{false, true} {
				c, err = tpl.open(dir, nil)
				if err != nil {
					t.Fatal(err)
				}
				if ro, _ := c.ReadOnly(); !ro {
					t.Error("the case can be written")
				}
				found, err := c.Check(t.Context(), evidence.CheckOptions{Rebuild: rebuild}, nil)
				if err != nil {
					t.Fatal(err)
				}
				var items []int64
				journals, copies := 0, 0
				for _, f := range found {
					switch {
					case f.What == "journal" && f.Entry == int64(entry) && !f.Healed:
						journals++
					case f.What == "original" && !f.Healed:
						items = append(items, f.Item)
					case f.What == "second copy" && f.Healed:
						copies++
					default:
						t.Errorf("found %+v", f)
					}
				}
				want := []int64{2, 3}
				if rebuild && name == "in the middle" {
					want = []int64{3} // nothing tells of item 2 any more
				}
				slices.Sort(items)
				if journals != 1 || copies != 2 || !slices.Equal(items, want) {
					t.Errorf("rebuild %v: %d findings of the journal, %d second copies, items %v, want %v: %+v", rebuild, journals, copies, items, want, found)
				}
				if err := c.Backup(t.Context(), filepath.Join(t.TempDir(), "backup"), nil); !errors.Is(err, journal.ErrMissing) {
					t.Errorf("a backup of a damaged journal: %v", err)
				}
				closeCase(t, c)
			}
			if after := strings.Join(truth(t, dir), "\n"); after != before {
				t.Errorf("the files were\n%s\nand are\n%s", before, after)
			}
		})
	}
}

// TestCheckFindsMissingWhileOpen damages the journal of an open case: the check
// says so, moves no original aside for it, and nothing more is written.
func TestCheckFindsMissingWhileOpen(t *testing.T) {
	tpl := newTemplate(t, 100, 200)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	ruin(t, dir, int(tpl.items[0].Seq))
	before := strings.Join(truth(t, dir), "\n")
	found, err := c.Check(t.Context(), evidence.CheckOptions{}, nil)
	if err != nil || len(found) != 1 || found[0].What != "journal" {
		t.Errorf("check: %v, %+v", err, found)
	}
	if ro, _ := c.ReadOnly(); !ro {
		t.Error("the case can still be written")
	}
	if after := strings.Join(truth(t, dir), "\n"); after != before {
		t.Errorf("the files were\n%s\nand are\n%s", before, after)
	}
}

func entriesOf(t *testing.T, tpl template) (all []evidence.Entry) {
	t.Helper()
	c, err := tpl.open(tpl.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	for e, err := range c.Journal(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}
