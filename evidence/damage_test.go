package evidence_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence"
)

// truth lists the files of a case that nothing is made from.
func truth(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() && (rel == "store" || rel == "lost+found") {
			return filepath.SkipDir
		}
		if !d.IsDir() && rel != "reserve" && rel != "lock" {
			files = append(files, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// flip changes one bit of a file.
func flip(t *testing.T, name string, bit int64) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[bit/8] ^= 1 << (bit % 8)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// said gives what the case said of damage: the findings of a check, and what
// an opening repaired, as it stands in the journal.
func said(t *testing.T, c *evidence.Case) (evidence.Findings, string) {
	t.Helper()
	found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var last evidence.Entry
	for e, err := range c.Journal(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Action == "recover" {
			last = e
		}
	}
	return found, string(last.Detail)
}

// TestFlippedBits flips one bit at a time in the truth: each is found, named
// and healed, the file is again what it was, and the next check is silent.
func TestFlippedBits(t *testing.T) {
	trials := 24
	if long() {
		trials = 2000
	}
	tpl := newTemplate(t, 100, 70_000, 5<<20)
	dir := tpl.copy(t)
	r := rand.New(rand.NewPCG(1, 2))
	for trial := range trials {
		files := truth(t, dir)
		rel := files[r.IntN(len(files))]
		name := filepath.Join(dir, rel)
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bit := r.Int64N(int64(len(before)) * 8)
		flip(t, name, bit)
		c, err := tpl.open(dir, nil)
		if err != nil {
			t.Fatalf("%s, bit %d: %v", rel, bit, err)
		}
		found, recovered := said(t, c)
		again, err := c.Check(context.Background(), evidence.CheckOptions{}, nil)
		closeCase(t, c)
		if err != nil || len(again) > 0 {
			t.Fatalf("%s, bit %d: the next check: %v, %+v", rel, bit, err, again)
		}
		after, err := os.ReadFile(name)
		if err != nil || !bytes.HasPrefix(after, before) && !strings.Contains(rel, "head.") {
			t.Fatalf("%s, bit %d: not what it was, %v", rel, bit, err)
		}
		named := strings.Contains(recovered, filepath.ToSlash(rel)) || strings.Contains(recovered, filepath.Base(rel))
		for _, f := range found {
			named = named || f.Healed && (f.Path == filepath.ToSlash(rel) || f.Path == "case.json")
		}
		if !named || !found.Whole() {
			t.Fatalf("trial %d: %s, bit %d: found %+v, recovered %s", trial, rel, bit, found, recovered)
		}
	}
}

// damages are ways in which a file is lost.
var damages = map[string]func(t *testing.T, name string){
	"flipped": func(t *testing.T, name string) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(data); i += max(1, len(data)/7) {
			data[i] ^= 0x10
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	},
	"cut": func(t *testing.T, name string) {
		st, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(name, st.Size()/2); err != nil {
			t.Fatal(err)
		}
	},
	"gone": func(t *testing.T, name string) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	},
}

// TestStoreDamaged damages each file of the working store, and removes it
// whole: the items are the same afterwards, the originals untouched, and what
// the packages above kept is whole or known to be gone.
func TestStoreDamaged(t *testing.T) {
	tpl := newTemplate(t, 100, 70_000, 5<<20)
	c, err := tpl.open(tpl.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	generation := c.Generation()
	if err := c.Store("timeline").Put([]byte("k"), []byte("a value of the timeline")); err != nil {
		t.Fatal(err)
	}
	closeCase(t, c)
	hold := func(t *testing.T, dir string) {
		t.Helper()
		c, err := tpl.open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer closeCase(t, c)
		if c.Len() != int64(len(tpl.items)) {
			t.Fatalf("%d items, want %d", c.Len(), len(tpl.items))
		}
		for _, want := range tpl.items {
			got, err := c.Item(want.Number)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := asJSON(t, got), asJSON(t, want); a != b {
				t.Errorf("item %s, was %s", a, b)
			}
			if !bytes.Equal(read(t, c, got.Hash), content(uint64(want.Number-1), int(want.Size))) {
				t.Errorf("item %d: other bytes", want.Number)
			}
		}
		v, err := c.Store("timeline").Get([]byte("k"))
		switch {
		case err == nil && string(v) == "a value of the timeline":
		case errors.Is(err, evidence.ErrNotFound) && c.Generation() != generation:
		case errors.Is(err, evidence.ErrDamaged):
		default:
			t.Errorf("the store gives %q, %v; generation changed: %v", v, err, c.Generation() != generation)
		}
		if found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil); err != nil || !found.Whole() {
			t.Errorf("check: %v, %+v", err, found)
		}
		if found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil); err != nil || len(found) > 0 {
			t.Errorf("second check: %v, %+v", err, found)
		}
	}
	t.Run("removed", func(t *testing.T) {
		dir := tpl.copy(t)
		if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
			t.Fatal(err)
		}
		hold(t, dir)
	})
	var files []string
	for _, folder := range []string{"records", "copies"} {
		list, err := os.ReadDir(filepath.Join(tpl.dir, "store", folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if st, err := e.Info(); err == nil && st.Size() > 0 {
				files = append(files, filepath.Join("store", folder, e.Name()))
			}
		}
	}
	if len(files) < 4 {
		t.Fatalf("the store has only %v", files)
	}
	for how, damage := range damages {
		for _, rel := range files {
			t.Run(how+" "+filepath.ToSlash(rel), func(t *testing.T) {
				dir := tpl.copy(t)
				damage(t, filepath.Join(dir, rel))
				hold(t, dir)
			})
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestOriginalDamaged reads an original whose file is damaged in each way: the
// bytes come from the second copy, the file is healed byte for byte, and the
// journal says so.
func TestOriginalDamaged(t *testing.T) {
	tpl := newTemplate(t, 100, 70_000, 9<<20)
	for how, damage := range damages {
		t.Run(how, func(t *testing.T) {
			dir := tpl.copy(t)
			for i, it := range tpl.items {
				c, err := tpl.open(dir, nil)
				if err != nil {
					t.Fatal(err)
				}
				name, err := c.OriginalPath(it.Number)
				if err != nil {
					t.Fatal(err)
				}
				before, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				damage(t, name)
				if !bytes.Equal(read(t, c, it.Hash), content(uint64(i), int(it.Size))) {
					t.Errorf("item %d: other bytes", it.Number)
				}
				if after, err := os.ReadFile(name); err != nil || !bytes.Equal(before, after) {
					t.Errorf("item %d: the file is not as it was, %v", it.Number, err)
				}
				if n := count(t, c, evidence.ActionHeal); n != i+1 {
					t.Errorf("%d heal entries, want %d", n, i+1)
				}
				closeCase(t, c)
			}
		})
	}
}

func count(t *testing.T, c *evidence.Case, a evidence.Action) (n int) {
	t.Helper()
	for e, err := range c.Journal(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Action == string(a) {
			n++
		}
	}
	return n
}

// TestBothCopiesDamaged has nothing to heal from: no wrong byte is given out,
// the check names the item, and adding the file again heals it.
func TestBothCopiesDamaged(t *testing.T) {
	tpl := newTemplate(t, 70_000)
	dir := tpl.copy(t)
	if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
		t.Fatal(err)
	}
	for _, rel := range truth(t, dir) {
		if strings.HasPrefix(rel, "originals") {
			damages["cut"](t, filepath.Join(dir, rel))
		}
	}
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	if _, err := c.Original(tpl.items[0].Hash); !errors.Is(err, evidence.ErrDamaged) {
		t.Errorf("original: %v", err)
	}
	found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil)
	if err != nil || len(found) != 1 || found[0].Item != 1 || found.Whole() {
		t.Errorf("check: %v, %+v", err, found)
	}
	it, err := c.Add(context.Background(), bytes.NewReader(content(0, 70_000)), evidence.Provenance{Name: "again", Size: -1})
	if err != nil || it.Hash != tpl.items[0].Hash {
		t.Fatalf("add again: %+v, %v", it, err)
	}
	if err := c.Export(context.Background(), 1, discard{}); err != nil {
		t.Errorf("item 1 after that: %v", err)
	}
	if found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil); err != nil || len(found) > 0 {
		t.Errorf("check after that: %v, %+v", err, found)
	}
}

// TestOlderJournal puts an older journal back, whole in itself: only the
// working store can tell, and the case says so and loses no original.
func TestOlderJournal(t *testing.T) {
	tpl := newTemplate(t, 100)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := addSome(c); err != nil {
		t.Fatal(err)
	}
	closeCase(t, c)
	for _, rel := range truth(t, tpl.dir) {
		if !strings.HasPrefix(rel, "journal") && rel != "chain.txt" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(tpl.dir, rel))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, rel), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err = tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, recovered := said(t, c)
	told := strings.Join(c.Recovered(), " ")
	if c.Len() != 1 || !strings.Contains(told, "older copy") || !strings.Contains(recovered, "older copy") {
		t.Errorf("%d items; told %q; journaled %s", c.Len(), told, recovered)
	}
	closeCase(t, c)
	lost, err := os.ReadDir(filepath.Join(dir, "lost+found"))
	if err != nil || len(lost) != len(addedSizes) {
		t.Errorf("lost+found has %d files, want %d, %v", len(lost), len(addedSizes), err)
	}
	tpl.mustHold(t, dir, nil)
}
