package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"daybook/evidence"
	"daybook/evidence/keys"
)

const passphrase = "correct horse battery staple nine lives"

// newCase makes a case in a folder of its own, with the cheapest keys.
func newCase(t testing.TB) *evidence.Case {
	t.Helper()
	c, err := evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "R v Smith", Zone: "Europe/London", Actor: "Jo", Passphrase: passphrase, KDF: keys.LeastCost(), Weak: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func open(t testing.TB, dir string) *evidence.Case {
	t.Helper()
	c, err := evidence.Open(dir, keys.Passphrase(passphrase), evidence.OpenOptions{Actor: "Jo"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func closeCase(t testing.TB, c *evidence.Case) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// content is bytes that differ by seed.
func content(seed uint64, size int) []byte {
	b := make([]byte, size)
	var key [32]byte
	key[0], key[1], key[2] = byte(seed), byte(seed>>8), byte(seed>>16)
	rand.NewChaCha8(key).Read(b)
	return b
}

func read(t testing.TB, c *evidence.Case, h evidence.Hash) []byte {
	t.Helper()
	o, err := c.Original(h)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAddAndReopen(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	sizes := []int{0, 1, 511, 512, 513, 65535, 65536, 65537, 300_000, 5 << 20}
	b, err := c.Begin(ctx, "phone of May")
	if err != nil {
		t.Fatal(err)
	}
	var pending []*evidence.Pending
	for i, size := range sizes {
		p, err := b.Add(ctx, bytes.NewReader(content(uint64(i), size)), evidence.Provenance{Name: fmt.Sprint(i, ".jpg"), Size: int64(size)})
		if err != nil {
			t.Fatal(err)
		}
		pending = append(pending, p)
	}
	if err := b.Finish(ctx, map[string]int{"files": len(sizes)}); err != nil {
		t.Fatal(err)
	}
	var items []evidence.Item
	for i, p := range pending {
		it, err := p.Item(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if it.Number != int64(i+1) {
			t.Errorf("item %d has number %d", i+1, it.Number)
		}
		items = append(items, it)
	}
	check := func(c *evidence.Case) {
		for i, it := range items {
			got, err := c.Item(it.Number)
			if err != nil {
				t.Fatal(err)
			}
			if got.Hash != it.Hash || got.Name != it.Name || got.Size != int64(sizes[i]) || !got.Added.Equal(it.Added) {
				t.Errorf("item %d is %+v, was %+v", i+1, got, it)
			}
			if !bytes.Equal(read(t, c, it.Hash), content(uint64(i), sizes[i])) {
				t.Errorf("item %d: other bytes", i+1)
			}
		}
	}
	check(c)
	dir := c.Dir()
	if _, err := evidence.Open(dir, keys.Passphrase(passphrase), evidence.OpenOptions{}); !errors.Is(err, evidence.ErrInUse) {
		t.Errorf("second opening: %v", err)
	}
	closeCase(t, c)
	if _, err := evidence.Open(dir, keys.Passphrase("another"), evidence.OpenOptions{}); !errors.Is(err, evidence.ErrWrongKey) {
		t.Errorf("wrong key: %v", err)
	}
	if _, err := evidence.Create(dir, evidence.CreateOptions{Passphrase: passphrase}); !errors.Is(err, evidence.ErrExists) {
		t.Errorf("create over it: %v", err)
	}
	c = open(t, dir)
	check(c)
	if c.Title() != "R v Smith" || c.Zone().String() != "Europe/London" {
		t.Errorf("title %q zone %s", c.Title(), c.Zone())
	}
	closeCase(t, c)
}

func TestStore(t *testing.T) {
	c := newCase(t)
	defer closeCase(t, c)
	s := c.Store("timeline")
	if _, err := s.Get([]byte("a")); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("missing key: %v", err)
	}
	b := s.Batch()
	for i := range 100 {
		if err := b.Put(fmt.Appendf(nil, "k%02d", i), content(uint64(i), i*50_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := c.Store("other").Put([]byte("k10"), []byte("x")); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		got, err := s.Get(fmt.Appendf(nil, "k%02d", i))
		if err != nil || !bytes.Equal(got, content(uint64(i), i*50_000)) {
			t.Fatalf("key %d: %v", i, err)
		}
	}
	n := 0
	for kv, err := range s.Scan([]byte("k1")) {
		if err != nil || !bytes.HasPrefix(kv.Key, []byte("k1")) {
			t.Fatalf("%q: %v", kv.Key, err)
		}
		n++
	}
	if n != 10 {
		t.Errorf("scan gave %d, want 10", n)
	}
	if err := s.Delete([]byte("k10")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get([]byte("k10")); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("deleted key: %v", err)
	}
	if err := s.Drop(); err != nil {
		t.Fatal(err)
	}
	for kv := range s.Scan(nil) {
		t.Fatalf("%q is left after Drop", kv.Key)
	}
	if got, err := c.Store("other").Get([]byte("k10")); err != nil || string(got) != "x" {
		t.Errorf("other store: %q, %v", got, err)
	}
}

// TestActorIsWhoMadeTheCase: entries name the person who made the case, unless
// somebody else says who they are.
func TestActorIsWhoMadeTheCase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c.daybook")
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "t", Zone: "UTC", Actor: "Maya", Passphrase: "p", Words: words, Weak: true, KDF: keys.LeastCost()})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for actor, want := range map[string]string{"": "Maya", "PC 4471": "PC 4471"} {
		c, err := evidence.Open(dir, keys.Passphrase("p"), evidence.OpenOptions{Actor: actor})
		if err != nil {
			t.Fatal(err)
		}
		e, err := c.Record(context.Background(), "note", nil, nil)
		if err != nil || e.Actor != want || c.Actor() != want {
			t.Errorf("opened by %q, the entry names %q, the case %q: %v", actor, e.Actor, c.Actor(), err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
