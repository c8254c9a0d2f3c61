package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"daybook/evidence"
	"daybook/evidence/device"
	"daybook/evidence/disk"
)

// onDevice is what the tests add on an add-only device, by size.
var onDevice = []int{300, 0, 400_000}

func deviceText(i int) []byte { return content(uint64(7000+i), onDevice[i]) }

// newDeviceTemplate is a case with a device in its inbox, which has added.
func newDeviceTemplate(t testing.TB) template {
	t.Helper()
	tpl := newTemplate(t, 100)
	c, err := tpl.open(tpl.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Enrol(context.Background(), "the laptop", inboxOf(tpl.dir)); err != nil {
		t.Fatal(err)
	}
	closeCase(t, c)
	for i := range onDevice {
		addOn(t, inboxOf(tpl.dir), fmt.Sprint("on the device ", i), deviceText(i))
	}
	return tpl
}

func inboxOf(dir string) string { return filepath.Join(dir, "inbox", "laptop") }

func addOn(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	d, err := device.Open(disk.OS, dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Add(context.Background(), bytes.NewReader(data), device.About{Name: name, Path: name, Size: int64(len(data)), Note: "said there"})
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
}

// takeIn does what the layer above does at an opening.
func takeIn(c *evidence.Case, folders ...string) (items []evidence.Item, said []string, err error) {
	ctx := context.Background()
	in, err := c.Inbox(ctx, folders...)
	if err != nil {
		return nil, nil, err
	}
	defer func() { said, err = in.Said(), errors.Join(err, in.Close()) }()
	if len(in.Arrivals) == 0 {
		return nil, nil, in.Clear(ctx)
	}
	b, err := c.Begin(ctx, "taken in")
	if err != nil {
		return nil, nil, err
	}
	var pending []*evidence.Pending
	for _, a := range in.Arrivals {
		r, err := a.Open()
		if err != nil {
			continue
		}
		p, err := b.Add(ctx, r, a.Provenance)
		if err := r.Close(); err != nil {
			return nil, nil, err
		}
		if err == nil {
			pending = append(pending, p)
		}
	}
	if err := b.Finish(ctx, nil); err != nil {
		return nil, nil, err
	}
	for _, p := range pending {
		it, err := p.Item(ctx)
		if err != nil {
			return nil, nil, err
		}
		items = append(items, it)
	}
	return items, nil, in.Clear(ctx)
}

// mustHaveTaken opens the case, takes in what is left, and finds every file of
// the device once, its folder empty, and nothing to say.
func (tpl template) mustHaveTaken(t *testing.T, dir string) {
	t.Helper()
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatalf("open again: %v", err)
	}
	_, said, err := takeIn(c)
	if err != nil || len(said) > 0 {
		t.Fatalf("take in again: %v, %q", err, said)
	}
	times := map[evidence.Hash]int{}
	for it, err := range c.Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if it.How == "add-only device" {
			times[it.Hash]++
			if !strings.Contains(it.Note, `the add-only device "the laptop"`) || !strings.Contains(it.Note, "said there") {
				t.Errorf("item %d: %q", it.Number, it.Note)
			}
		}
	}
	for i := range onDevice {
		if n := times[evidence.Hash(sha256.Sum256(deviceText(i)))]; n != 1 {
			t.Errorf("file %d of the device is %d items", i, n)
		}
	}
	if list, err := c.Devices(context.Background()); err != nil || len(list) != 1 || list[0].Taken != len(onDevice) || list[0].Name != "the laptop" {
		t.Errorf("devices %+v, %v", list, err)
	}
	closeCase(t, c)
	if left := notesIn(t, inboxOf(dir)); len(left) > 0 {
		t.Errorf("left in the folder: %v", left)
	}
	tpl.mustHold(t, dir, nil)
}

func notesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if strings.HasSuffix(e.Name(), ".note") || strings.HasSuffix(e.Name(), ".file") {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestTakeIn(t *testing.T) {
	tpl := newDeviceTemplate(t)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	items, said, err := takeIn(c)
	if err != nil || len(items) != len(onDevice) || len(said) > 0 {
		t.Fatalf("%d items, %q, %v", len(items), said, err)
	}
	for i, it := range items {
		if !bytes.Equal(read(t, c, it.Hash), deviceText(i)) || it.Name != fmt.Sprint("on the device ", i) {
			t.Errorf("item %+v", it)
		}
	}
	closeCase(t, c)
	tpl.mustHaveTaken(t, dir)

	// The device goes on, on a stick that is taken in later, and is taken in
	// once although a copy of it lies in the inbox too.
	addOn(t, inboxOf(dir), "later", []byte("later"))
	stick := filepath.Join(t.TempDir(), "stick")
	if err := os.CopyFS(stick, os.DirFS(inboxOf(dir))); err != nil {
		t.Fatal(err)
	}
	if c, err = tpl.open(dir, nil); err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	for i, want := range []int{1, 0, 0} {
		items, said, err := takeIn(c, [][]string{{stick}, nil, {stick}}[i]...)
		if err != nil || len(items) != want || len(said) > 0 {
			t.Errorf("try %d: %d items, want %d; %q, %v", i, len(items), want, said, err)
		}
	}
	if left := append(notesIn(t, inboxOf(dir)), notesIn(t, stick)...); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestTakeInEveryCallFails lets each disk call of an opening and a taking-in
// fail: once, for ever after, and with the loss of power there. Whatever became
// of it, the next opening has every file once.
func TestTakeInEveryCallFails(t *testing.T) {
	tpl := newDeviceTemplate(t)
	stride := 17
	if long() {
		stride = 1
	}
	for i, mode := range []struct {
		name           string
		forever, power bool
	}{{"once", false, false}, {"for ever", true, false}, {"power", true, true}} {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			for k := 1 + i*5; ; k += stride {
				fault := disk.NewFault()
				dir := tpl.copy(t)
				fault.FailAt(k, syscall.EIO, mode.forever)
				c, err := tpl.open(dir, fault)
				if err == nil {
					_, _, err = takeIn(c)
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
				tpl.mustHaveTaken(t, dir)
				if t.Failed() {
					t.Fatalf("call %d: %s", k, fault.Steps())
				}
				if steps < k {
					if err != nil {
						t.Fatalf("nothing failed, and yet: %v", err)
					}
					t.Logf("%d calls", steps)
					return
				}
			}
		})
	}
}

// TestTakeInWhatDoesNotFit: what is forged, damaged or gone is told of in a
// sentence and stays; what a device has added all the same comes in, and the
// journal says what does not fit.
func TestTakeInWhatDoesNotFit(t *testing.T) {
	tpl := newDeviceTemplate(t)
	for name, try := range map[string]struct {
		change func(t *testing.T, dir string)
		items  int
		left   int
		says   []string
	}{
		"a note is gone": {func(t *testing.T, dir string) { remove(t, dir, "00000001.note", "00000001.file") }, 2, 0,
			[]string{"00000002.note follows on notes that are missing: 1 to 1"}},
		"a file is gone": {func(t *testing.T, dir string) { remove(t, dir, "00000002.file") }, 2, 1,
			[]string{"00000002.note has lost its file; it was not taken in and stays where it is"}},
		"a file is damaged": {func(t *testing.T, dir string) { damages["flipped"](t, filepath.Join(dir, "00000003.file")) }, 2, 2,
			[]string{"00000003.note has a file that is damaged, or is not the one that was added; it was not taken in and stays where it is"}},
		"a note is damaged": {func(t *testing.T, dir string) { damages["flipped"](t, filepath.Join(dir, "00000002.note")) }, 2, 2,
			[]string{"00000002.note", "00000003.note follows on notes that are missing: 2 to 2"}},
		"the folder was put back": {func(t *testing.T, dir string) {
			addOn(t, dir, "new", []byte("new"))
			remove(t, dir, "00000002.note", "00000002.file", "00000003.note", "00000003.file", "00000004.note", "00000004.file", "head")
			addOn(t, dir, "other", []byte("other"))
		}, 2, 0, nil},
		"a stranger's device": {func(t *testing.T, dir string) {
			other := newDeviceTemplate(t)
			if err := os.CopyFS(filepath.Join(filepath.Dir(dir), "other"), os.DirFS(inboxOf(other.dir))); err != nil {
				t.Fatal(err)
			}
		}, 3, 0, []string{"inbox/other/00000001.note (and 2 more like it) cannot be opened with the key of this case; it was not taken in and stays where it is."}},
		"things in the inbox": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "file"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(dir, filepath.Join(filepath.Dir(dir), "link")); err != nil {
				t.Fatal(err)
			}
		}, 3, 0, []string{"inbox/file is no folder", "inbox/link is no folder"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tpl.copy(t)
			try.change(t, inboxOf(dir))
			c, err := tpl.open(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			items, said, err := takeIn(c)
			if err != nil || len(items) != try.items || len(said) != len(try.says) {
				t.Fatalf("%d items, want %d: %q, %v", len(items), try.items, said, err)
			}
			for i, want := range try.says {
				if !strings.Contains(strings.Join(said, "\n"), want) {
					t.Errorf("%d: %q, want %q", i, said, want)
				}
			}
			if left := notesIn(t, inboxOf(dir)); len(left) != try.left {
				t.Errorf("left %v, want %d", left, try.left)
			}
			closeCase(t, c)
			tpl.mustHold(t, dir, nil)
		})
	}
}

func remove(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReplayedNote puts a note back that was taken in: it is known, goes away,
// and is no second item. Another with its number comes in and is told of.
func TestReplayedNote(t *testing.T) {
	tpl := newDeviceTemplate(t)
	dir := tpl.copy(t)
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(inboxOf(dir))); err != nil {
		t.Fatal(err)
	}
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	if items, said, err := takeIn(c); err != nil || len(items) != len(onDevice) || len(said) > 0 {
		t.Fatalf("%d items, %q, %v", len(items), said, err)
	}
	addOn(t, old, "a fourth on an old copy", []byte("four"))
	addOn(t, inboxOf(dir), "a fourth", []byte("another four"))
	for i, want := range []int{1, 1, 0} {
		items, said, err := takeIn(c, []string{inboxOf(dir), old, old}[i])
		if err != nil || len(items) != want {
			t.Errorf("try %d: %d items, %q, %v", i, len(items), said, err)
		}
		if told := strings.Contains(strings.Join(said, ""), "00000004.note has a number that was used before"); told != (i == 1) {
			t.Errorf("try %d: said %q", i, said)
		}
		if i == 1 && !strings.Contains(items[0].Note, "used before") {
			t.Errorf("the item says %q", items[0].Note)
		}
	}
	if left := append(notesIn(t, inboxOf(dir)), notesIn(t, old)...); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestTakeInReadOnly: a case that cannot be written leaves everything.
func TestTakeInReadOnly(t *testing.T) {
	tpl := newDeviceTemplate(t)
	dir := tpl.copy(t)
	ruin(t, dir, 1)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	if items, _, err := takeIn(c); err != nil || len(items) > 0 || len(notesIn(t, inboxOf(dir))) != 2*len(onDevice) {
		t.Errorf("%d items, %v; left %v", len(items), err, notesIn(t, inboxOf(dir)))
	}
}

// TestEnrolPlaces: a device's folder is new, and in the case only in its inbox.
func TestEnrolPlaces(t *testing.T) {
	tpl := newTemplate(t, 100)
	c, err := tpl.open(tpl.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, says := range map[string]string{
		full:                                  "something is in this folder already",
		filepath.Join(tpl.dir, "originals/x"): "lies inside the case",
		filepath.Join(tpl.dir, "inbox/a/b"):   "lies inside the case",
		tpl.dir:                               "lies inside the case",
	} {
		if err := c.Enrol(t.Context(), "n", dir); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if err := c.Enrol(t.Context(), " ", filepath.Join(t.TempDir(), "d")); err == nil {
		t.Error("a device without a name was enrolled")
	}
	if n := count(t, c, evidence.ActionDevice); n != 0 {
		t.Errorf("%d devices were journaled", n)
	}
}

// TestRemovedDevice takes nothing more from a device that was removed, and keeps
// what it had from it.
func TestRemovedDevice(t *testing.T) {
	tpl := newDeviceTemplate(t)
	dir := tpl.copy(t)
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closeCase(t, c)
	if items, _, err := takeIn(c); err != nil || len(items) != len(onDevice) {
		t.Fatalf("%d items, %v", len(items), err)
	}
	list, err := c.Devices(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := c.RemoveDevice(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := c.RemoveDevice(t.Context(), list[0].ID); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("a second time: %v", err)
	}
	addOn(t, inboxOf(dir), "by the thief", []byte("by the thief"))
	items, said, err := takeIn(c)
	if err != nil || len(items) != 0 || len(said) != 1 || !strings.Contains(said[0], "does not take from any more") {
		t.Errorf("%d items, %q, %v", len(items), said, err)
	}
	if list, err = c.Devices(t.Context()); err != nil || list[0].Removed.IsZero() || list[0].Taken != len(onDevice) || list[0].Name != "the laptop" {
		t.Errorf("%+v, %v", list, err)
	}
}
