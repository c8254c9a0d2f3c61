package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// long tells that the long form of the tests was asked for: the same tests,
// more often.
func long() bool { return os.Getenv("DAYBOOK_LONG") != "" }

// A template is a closed case with a few items, to be copied for each try.
type template struct {
	dir   string
	words keys.Words
	items []evidence.Item
}

func newTemplate(t testing.TB, sizes ...int) template {
	t.Helper()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Create(filepath.Join(t.TempDir(), "template"), evidence.CreateOptions{Title: "t", Actor: "Jo", Words: words})
	if err != nil {
		t.Fatal(err)
	}
	tpl := template{dir: c.Dir(), words: words}
	for i, size := range sizes {
		it, err := c.Add(context.Background(), bytes.NewReader(content(uint64(i), size)), evidence.Provenance{Name: fmt.Sprint("before ", i), Size: int64(size)})
		if err != nil {
			t.Fatal(err)
		}
		tpl.items = append(tpl.items, it)
	}
	closeCase(t, c)
	return tpl
}

// copy makes a case of its own; the reserve is shared, for it is large and
// never written again.
func (tpl template) copy(t testing.TB) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "case")
	err := filepath.WalkDir(tpl.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(tpl.dir, path)
		if err != nil {
			return err
		}
		name := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(name, 0o700)
		case d.Name() == "reserve":
			return os.Link(path, name)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func (tpl template) open(dir string, fsys disk.FS) (*evidence.Case, error) {
	return evidence.Open(dir, tpl.words, evidence.OpenOptions{Actor: "Jo", FS: fsys})
}

// addedSizes are the sizes of what the tests of faults add.
var addedSizes = []int{700, 0, 70_000, 2 << 20}

// addSome adds a batch and gives the items that were acknowledged.
func addSome(c *evidence.Case) (acked []evidence.Item, err error) {
	ctx := context.Background()
	b, err := c.Begin(ctx, "some")
	if err != nil {
		return nil, err
	}
	var pending []*evidence.Pending
	for i, size := range addedSizes {
		p, err := b.Add(ctx, bytes.NewReader(content(uint64(1000+i), size)), evidence.Provenance{Name: fmt.Sprint("some ", i), Size: int64(size)})
		if err != nil {
			return nil, errors.Join(err, b.Finish(ctx, nil))
		}
		pending = append(pending, p)
	}
	err = b.Finish(ctx, nil)
	for _, p := range pending {
		if it, err := p.Item(ctx); err == nil {
			acked = append(acked, it)
		}
	}
	return acked, err
}

// mustHold opens the case anew and checks what has to hold after anything:
// every acknowledged item is there whole, nothing is half there, the journal
// is valid, and adding works.
func (tpl template) mustHold(t *testing.T, dir string, acked []evidence.Item) {
	t.Helper()
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatalf("open again: %v", err)
	}
	defer closeCase(t, c)
	if ro, why := c.ReadOnly(); ro {
		t.Fatalf("read-only: %s", why)
	}
	for _, want := range append(tpl.items[:len(tpl.items):len(tpl.items)], acked...) {
		got, err := c.Item(want.Number)
		if err != nil || got.Hash != want.Hash || want.Seq != 0 && (got.Name != want.Name || got.Seq != want.Seq) {
			t.Fatalf("acknowledged item %d: %+v, %v", want.Number, got, err)
		}
	}
	if _, err := addSome(c); err != nil {
		t.Fatalf("the next add: %v", err)
	}
	for it, err := range c.Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Export(context.Background(), it.Number, discard{}); err != nil {
			t.Fatalf("item %d of %d: %v", it.Number, c.Len(), err)
		}
	}
	found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil)
	if err != nil || len(found) > 0 {
		t.Fatalf("check: %v, %+v", err, found)
	}
	mustHaveNoTemp(t, dir)
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func mustHaveNoTemp(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".tmp") {
			t.Errorf("%s is left", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryCallFails lets each disk call of an opening and an add fail: once,
// for ever after, and with the loss of power there. The short form takes every
// third call, each in one of the three ways.
func TestEveryCallFails(t *testing.T) {
	tpl := newTemplate(t, 100, 3<<20)
	modes := []struct {
		name    string
		forever bool
		power   bool
	}{{"once", false, false}, {"for ever", true, false}, {"power", true, true}}
	stride := 9
	if long() {
		stride = 1
	}
	for i, mode := range modes {
		first := 1 + i*stride/len(modes)
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			for k := first; ; k += stride {
				fault := disk.NewFault()
				dir := tpl.copy(t)
				fault.FailAt(k, syscall.EIO, mode.forever)
				var acked []evidence.Item
				c, err := tpl.open(dir, fault)
				if err == nil {
					acked, err = addSome(c)
				}
				steps := len(fault.Steps())
				if mode.power {
					if err := fault.PowerLoss(uint64(k)); err != nil {
						t.Fatal(err)
					}
				}
				if c != nil {
					if err := c.Die(); err != nil {
						t.Fatal(err)
					}
				}
				if steps < k {
					if err != nil {
						t.Fatalf("nothing failed, and yet: %v", err)
					}
					t.Logf("%d calls", steps)
					return
				}
				tpl.mustHold(t, dir, acked)
				if t.Failed() {
					t.Fatalf("call %d: %s", k, fault.Steps())
				}
			}
		})
	}
}
