package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// TestDelete destroys what opens an original when its last item goes, and not
// before.
func TestDelete(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	data := content(7, 300_000)
	var items []evidence.Item
	for range 2 {
		it, err := c.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: "twice", Size: -1})
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, it)
	}
	if err := c.Settle(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	name, err := c.OriginalPath(1)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Delete(ctx, 1, "added by mistake"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read(t, c, items[1].Hash), data) {
		t.Error("the other item lost its original")
	}
	if err := c.Delete(ctx, 1, "again"); !errors.Is(err, evidence.ErrDeleted) {
		t.Errorf("deleted twice: %v", err)
	}
	small, key := c.Store(evidence.SmallPictures), items[1].Hash[:]
	if err := small.Put(key, []byte("a small picture of it")); err != nil {
		t.Fatal(err)
	}
	if err := c.Delete(ctx, 2, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if _, err := small.Get(key); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("its small picture: %v", err)
	}
	if _, err := c.Original(items[1].Hash); !errors.Is(err, evidence.ErrDeleted) {
		t.Errorf("original: %v", err)
	}
	if it, err := c.Item(2); err != nil || !it.Deleted || it.Name != "twice" {
		t.Errorf("tombstone: %+v, %v", it, err)
	}
	closeCase(t, c)
	header := sealed[:200]
	err = filepath.WalkDir(c.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "reserve" {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, header) {
			t.Errorf("%s still holds the key of the original", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
	c = open(t, c.Dir())
	defer closeCase(t, c)
	if found, err := c.Check(ctx, evidence.CheckOptions{Rebuild: true}, nil); err != nil || len(found) > 0 {
		t.Errorf("check: %v, %+v", err, found)
	}
	if it, err := c.Item(2); err != nil || !it.Deleted {
		t.Errorf("tombstone after a rebuild: %+v, %v", it, err)
	}
	if it, err := c.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: "once more", Size: -1}); err != nil || !bytes.Equal(read(t, c, it.Hash), data) {
		t.Errorf("added once more: %v", err)
	}
}

// TestBackup copies a case, brings the copy up to date, and restores from it.
func TestBackup(t *testing.T) {
	ctx := context.Background()
	tpl := newTemplate(t, 100, 70_000, 5<<20)
	c, err := tpl.open(tpl.copy(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "backup")
	if err := c.Backup(ctx, filepath.Join(c.Dir(), "inside"), nil); err == nil {
		t.Error("a backup inside the case was made")
	}
	if err := c.Backup(ctx, to, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Delete(ctx, 2, "no longer wanted"); err != nil {
		t.Fatal(err)
	}
	acked, err := addSome(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Backup(ctx, to, nil); err != nil {
		t.Fatal(err)
	}
	closeCase(t, c)
	restored := template{dir: to, words: tpl.words, items: []evidence.Item{tpl.items[0], tpl.items[2]}}
	r, err := restored.open(to, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range append(restored.items, acked...) {
		if err := r.Export(ctx, it.Number, discard{}); err != nil {
			t.Error(err)
		}
	}
	if it, err := r.Item(2); err != nil || !it.Deleted {
		t.Errorf("deleted item: %+v, %v", it, err)
	}
	if found, err := r.Check(ctx, evidence.CheckOptions{}, nil); err != nil || len(found) > 0 {
		t.Errorf("check of the copy: %v, %+v", err, found)
	}
	closeCase(t, r)
	other := newCase(t)
	defer closeCase(t, other)
	if err := other.Backup(ctx, to, nil); !errors.Is(err, evidence.ErrExists) {
		t.Errorf("backup over another case: %v", err)
	}
}

// TestDiskFull fills the disk at different moments: the sentence is the right
// one, what was acknowledged stays, nothing is left over, and with room again
// adding goes on in the same open case or the next.
func TestDiskFull(t *testing.T) {
	tpl := newTemplate(t, 100)
	ctx := context.Background()
	for _, room := range []int64{0, 30 << 20, 66 << 20, 69 << 20} {
		dir := tpl.copy(t)
		fault := disk.NewFault()
		c, err := tpl.open(dir, fault)
		if err != nil {
			t.Fatal(err)
		}
		fault.SetCapacity(1) // find out how much there is
		free, err := fault.Free(dir)
		if err != nil || free != 0 {
			t.Fatal(free, err)
		}
		capacity := room
		for n := int64(1); ; n *= 2 {
			fault.SetCapacity(n)
			if free, err := fault.Free(dir); err != nil || free > 0 {
				capacity += n - int64(free)
				break
			}
		}
		fault.SetCapacity(capacity)
		_, err = c.Add(ctx, bytes.NewReader(content(5, 4<<20)), evidence.Provenance{Name: "too much", Size: -1})
		if !errors.Is(err, evidence.ErrFull) {
			t.Errorf("%d bytes free: %v", room, err)
		}
		fault.SetCapacity(0)
		acked, err := addSome(c)
		if err != nil {
			t.Errorf("%d bytes free, then room again: %v", room, err)
		}
		closeCase(t, c)
		tpl.mustHold(t, dir, acked)
	}
}

// TestTogether lets several goroutines add, read and record at once.
func TestTogether(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	defer closeCase(t, c)
	b, err := c.Begin(ctx, "together")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			for i := range 12 {
				data := content(uint64(g*100+i%9), 20_000) // some are the same
				p, err := b.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: "x", Size: -1})
				if err != nil {
					t.Error(err)
					return
				}
				if i%4 != 0 {
					continue
				}
				if _, err := c.Record(ctx, "note", nil, i); err != nil {
					t.Error(err)
				}
				it, err := p.Item(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if !bytes.Equal(read(t, c, it.Hash), data) {
					t.Error("other bytes")
				}
			}
		})
	}
	all.Wait()
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if c.Len() != 48 {
		t.Errorf("%d items, want 48", c.Len())
	}
	for info, err := range c.Batches(ctx) {
		if err != nil || info.Items != 48 || info.Finished.IsZero() {
			t.Errorf("batch %+v, %v", info, err)
		}
	}
	if found, err := c.Check(ctx, evidence.CheckOptions{}, nil); err != nil || len(found) > 0 {
		t.Errorf("check: %v, %+v", err, found)
	}
}

// TestCancelled breaks an add off: nothing of it is left, and the batch goes on.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := newCase(t)
	b, err := c.Begin(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	source := readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, err := b.Add(ctx, source, evidence.Provenance{Name: "endless", Size: -1}); !errors.Is(err, context.Canceled) {
		t.Errorf("add: %v", err)
	}
	cut := readerFunc(func([]byte) (int, error) { return 0, errors.New("the cable came out") })
	if _, err := b.Add(context.Background(), cut, evidence.Provenance{Name: "cut", Size: -1}); err == nil || !strings.Contains(err.Error(), "cable") {
		t.Errorf("add from a source that fails: %v", err)
	}
	broken := readerFunc(func(p []byte) (int, error) { panic("index out of range") })
	if _, err := b.Add(context.Background(), broken, evidence.Provenance{Name: "broken", Size: -1}); err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("add from a source that panics: %v", err)
	}
	p, err := b.Add(context.Background(), strings.NewReader("fine"), evidence.Provenance{Name: "fine", Size: 4})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if it, err := p.Item(context.Background()); err != nil || it.Number != 1 {
		t.Errorf("item: %+v, %v", it, err)
	}
	closeCase(t, c)
	mustHaveNoTemp(t, c.Dir())
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestErrors reach a person as sentences that say what to do.
func TestErrors(t *testing.T) {
	if _, err := evidence.Open(t.TempDir(), keys.Passphrase("x"), evidence.OpenOptions{}); !errors.Is(err, evidence.ErrNoCase) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "full")
	if err := os.MkdirAll(filepath.Join(dir, "holiday"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := evidence.Create(dir, evidence.CreateOptions{Passphrase: passphrase}); !errors.Is(err, evidence.ErrExists) {
		t.Errorf("create in a folder with something in it: %v", err)
	}
	tpl := newTemplate(t, 100)
	broken := tpl.copy(t)
	for _, name := range []string{keys.FileName, keys.BackupName} {
		damages["flipped"](t, filepath.Join(broken, name))
	}
	if _, err := tpl.open(broken, nil); !errors.Is(err, evidence.ErrDamaged) {
		t.Errorf("both key files damaged: %v", err)
	}
	broken = tpl.copy(t)
	for _, name := range []string{"frames", "mirror"} {
		damages["flipped"](t, filepath.Join(broken, "journal", name))
	}
	c, err := tpl.open(broken, nil)
	if err != nil {
		t.Fatalf("both copies of the journal damaged: %v", err)
	}
	defer closeCase(t, c)
	if ro, why := c.ReadOnly(); !ro || why == "" {
		t.Error("the case can be written although entries are missing")
	}
	if _, err := c.Record(context.Background(), "note", nil, "x"); !errors.Is(err, evidence.ErrReadOnly) {
		t.Errorf("record: %v", err)
	}
	if found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil); err != nil || found.Whole() {
		t.Errorf("check: %v, %+v", err, found)
	}
}

// TestLock ends at once: what was added is there, and the second copies are
// made after the next opening.
func TestLock(t *testing.T) {
	ctx := context.Background()
	tpl := newTemplate(t, 100)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Begin(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if _, err := b.Add(ctx, bytes.NewReader(content(uint64(i), 2<<20)), evidence.Provenance{Name: "x", Size: -1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Lock(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Add(ctx, strings.NewReader("x"), evidence.Provenance{Name: "late", Size: -1}); !errors.Is(err, evidence.ErrClosed) {
		t.Errorf("added to a locked case: %v", err)
	}
	c, err = tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Len() != 6 {
		t.Errorf("%d items, want 6", c.Len())
	}
	if err := c.Settle(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	for n := int64(2); n <= 6; n++ {
		name, err := c.OriginalPath(n)
		if err != nil {
			t.Fatal(err)
		}
		damages["gone"](t, name)
		if err := c.Export(ctx, n, discard{}); err != nil {
			t.Errorf("item %d from its second copy: %v", n, err)
		}
	}
	closeCase(t, c)
}

// TestFullAtOpening opens a case on a disk that is full: it can be read, it is
// not written, and with room it is whole again.
func TestFullAtOpening(t *testing.T) {
	tpl := newTemplate(t, 100, 70_000)
	dir := tpl.copy(t)
	fault := disk.NewFault()
	fault.SetCapacity(1)
	c, err := tpl.open(dir, fault)
	if err != nil {
		t.Fatal(err)
	}
	if ro, why := c.ReadOnly(); !ro || !strings.Contains(why, "full") {
		t.Errorf("read-only: %v, %q", ro, why)
	}
	mustRead(t, c, tpl)
	if _, err := c.Record(context.Background(), "note", nil, "x"); !errors.Is(err, evidence.ErrReadOnly) {
		t.Errorf("record: %v", err)
	}
	if err := c.Store("timeline").Put([]byte("k"), []byte("v")); err != nil {
		t.Errorf("the stores can be used in memory: %v", err)
	}
	closeCase(t, c)
	tpl.mustHold(t, dir, nil)
}

// TestReadOnlyFolder opens a case that cannot be written, as from a disc.
func TestReadOnlyFolder(t *testing.T) {
	tpl := newTemplate(t, 100, 70_000)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, readOnlyFS{disk.OS})
	if err != nil {
		t.Fatal(err)
	}
	if ro, why := c.ReadOnly(); !ro || !strings.Contains(why, "copy it") {
		t.Errorf("read-only: %v, %q", ro, why)
	}
	mustRead(t, c, tpl)
	if found, err := c.Check(context.Background(), evidence.CheckOptions{}, nil); err != nil || !found.Whole() {
		t.Errorf("check: %v, %+v", err, found)
	}
	closeCase(t, c)
	tpl.mustHold(t, dir, nil)
}

func mustRead(t *testing.T, c *evidence.Case, tpl template) {
	t.Helper()
	for i, want := range tpl.items {
		it, err := c.Item(want.Number)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(read(t, c, it.Hash), content(uint64(i), int(want.Size))) {
			t.Errorf("item %d: other bytes", want.Number)
		}
	}
}

// readOnlyFS refuses whatever writes.
type readOnlyFS struct{ disk.FS }

func (readOnlyFS) Create(string) (disk.File, error)     { return nil, fs.ErrPermission }
func (readOnlyFS) OpenAppend(string) (disk.File, error) { return nil, fs.ErrPermission }
func (readOnlyFS) OpenRW(string) (disk.File, error)     { return nil, fs.ErrPermission }
func (readOnlyFS) Rename(_, _ string) error             { return fs.ErrPermission }
func (readOnlyFS) Remove(string) error                  { return fs.ErrPermission }
func (readOnlyFS) RemoveAll(string) error               { return fs.ErrPermission }
func (readOnlyFS) MkdirAll(string) error                { return fs.ErrPermission }
func (readOnlyFS) Lock(string) (func() error, error)    { return nil, fs.ErrPermission }
