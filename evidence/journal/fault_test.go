package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// witness remembers what was acknowledged and what was only tried.
type witness struct {
	acked []int
	tried int
}

// write appends groups of three until one fails.
func (w *witness) write(l *Log, groups int) error {
	for range groups {
		if _, err := l.Append(context.Background(), drafts(w.tried, 3)...); err != nil {
			w.tried += 3
			return err
		}
		w.acked = append(w.acked, w.tried, w.tried+1, w.tried+2)
		w.tried += 3
	}
	return nil
}

// check opens the journal and wants every acknowledged entry there, in order
// and once, and of a failed group all or nothing.
func (w *witness) check(t *testing.T, d *disk.Fault, dir string, ring *keys.Ring) {
	t.Helper()
	l, rec, err := Open(context.Background(), d, dir, ring, options())
	if err != nil {
		t.Fatal(err)
	}
	if rec.ReadOnly != "" {
		t.Fatalf("read only: %+v", rec)
	}
	for _, f := range rec.Findings {
		if f.Kind == Missing || !f.Healed {
			t.Fatalf("finding %+v", f)
		}
	}
	got := subjects(t, l)
	rest := slices.Clone(got)
	for _, n := range w.acked {
		i := slices.Index(rest, n)
		if i < 0 {
			t.Fatalf("acknowledged %v, there are %v", w.acked, got)
		}
		rest = slices.Delete(rest, i, i+1)
	}
	if len(rest)%3 != 0 || !slices.IsSorted(got) {
		t.Fatalf("acknowledged %v, there are %v", w.acked, got)
	}
	w.acked = got
	if err := w.write(l, 1); err != nil {
		t.Fatalf("append afterwards: %v", err)
	}
	closeLog(t, l)
	w.checkClean(t, d, dir, ring)
}

// checkClean wants nothing more to be found.
func (w *witness) checkClean(t *testing.T, d *disk.Fault, dir string, ring *keys.Ring) {
	t.Helper()
	l, rec, err := Open(context.Background(), d, dir, ring, options())
	if err != nil || len(rec.Findings) > 0 {
		t.Fatalf("after recovery: %v %v", rec, err)
	}
	if got := subjects(t, l); !slices.Equal(got, w.acked) {
		t.Fatalf("after recovery: %v, want %v", got, w.acked)
	}
	closeLog(t, l)
}

// struck runs op with the call failing, and tells whether it got that far.
func struck(d *disk.Fault, call int, cause error, forever bool, op func()) bool {
	d.FailAt(call, cause, forever)
	op()
	return len(d.Steps()) >= call
}

// start makes a journal with one acknowledged group.
func start(t *testing.T, ring *keys.Ring) (*disk.Fault, string, *Log, *witness) {
	t.Helper()
	d, dir, w := disk.NewFault(), t.TempDir(), &witness{}
	l, err := Create(d, dir, ring, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.write(l, 1); err != nil {
		t.Fatal(err)
	}
	if err := d.SyncDir(filepath.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	return d, dir, l, w
}

// TestAppendUnderFaults fails each call of three appends, once and for ever.
// The journal is closed as a program does that has seen an error, or the
// process is killed.
func TestAppendUnderFaults(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	for _, cause := range []error{syscall.EIO, syscall.ENOSPC} {
		for _, forever := range []bool{false, true} {
			for call, reached := 1, true; reached; call++ {
				d, dir, l, w := start(t, ring)
				reached = struck(d, call, cause, forever, func() {
					err := w.write(l, 3)
					if err != nil && !errors.Is(err, cause) {
						t.Fatalf("call %d: %v", call, err)
					}
					if again := w.write(l, 1); forever && err != nil && again == nil {
						t.Fatalf("call %d: a broken disk takes entries", call)
					}
				})
				t.Logf("%v, for ever %v, call %d of %d", cause, forever, call, len(d.Steps()))
				d.Heal()
				if call%2 == 0 {
					closeLog(t, l)
				} else if err := d.PowerLoss(1); err != nil { // nothing is lost: a kill
					t.Fatal(err)
				}
				w.check(t, d, dir, ring)
			}
		}
	}
}

// TestPowerLoss takes the power at each call of three appends, 20 times each.
func TestPowerLoss(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	for call, reached := 1, true; reached; call++ {
		for seed := range uint64(20) {
			d, dir, l, w := start(t, ring)
			reached = struck(d, call, disk.ErrPowerLost, true, func() { _ = w.write(l, 3) })
			if err := d.PowerLoss(seed); err != nil {
				t.Fatal(err)
			}
			t.Logf("call %d, seed %d", call, seed)
			w.check(t, d, dir, ring)
		}
	}
}

// TestPowerLossWhileRecovering starts from what a power loss in an append can
// leave, and takes the power again at each call of the opening that follows.
func TestPowerLossWhileRecovering(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	lefts := crashes(t, ring)
	for what, want := range map[string]func(verdict, *survey) bool{
		"a tail whose lines are in chain.txt": func(v verdict, s *survey) bool { return s.Count > v.keep.Count && s.chain.size > v.keep.chained },
		"a torn tail":                         func(v verdict, s *survey) bool { return s.frames.size > s.end },
		"a torn head":                         func(v verdict, s *survey) bool { return s.headDamaged() && v.keep.Count == s.Count },
		"a mirror behind":                     func(v verdict, s *survey) bool { return s.mirror.size < s.frames.size },
	} {
		left := pick(t, lefts, ring, want)
		if left.files == nil {
			t.Fatalf("no power loss left %s", what)
		}
		for second, reached := 1, true; reached; second++ {
			for n := range uint64(4) {
				seed := uint64(second)*4 + n // other luck at each call
				d, dir := disk.NewFault(), t.TempDir()
				left.put(t, dir, nil)
				reached = struck(d, second, disk.ErrPowerLost, true, func() { openAndLeave(d, dir, ring) })
				if err := d.PowerLoss(seed); err != nil {
					t.Fatal(err)
				}
				t.Logf("%s, call %d, seed %d", what, second, seed)
				w := &witness{acked: []int{0, 1, 2}, tried: 9}
				w.check(t, d, dir, ring)
			}
		}
	}
}

// crashes collects what power losses in an append leave behind.
func crashes(t *testing.T, ring *keys.Ring) []map[string][]byte {
	t.Helper()
	var out []map[string][]byte
	for call := 1; call <= 7; call++ {
		for seed := range uint64(12) {
			d, dir, l, w := start(t, ring)
			struck(d, call, disk.ErrPowerLost, true, func() { _ = w.write(l, 1) })
			if err := d.PowerLoss(seed); err != nil {
				t.Fatal(err)
			}
			out = append(out, readFiles(t, dir))
		}
	}
	return out
}

// pick gives the first of the crashes that is wanted.
func pick(t *testing.T, lefts []map[string][]byte, ring *keys.Ring, want func(verdict, *survey) bool) sample {
	t.Helper()
	dir := t.TempDir()
	for _, files := range lefts {
		left := sample{files: files}
		left.put(t, dir, nil)
		s, err := look(context.Background(), disk.OS, dir, ring, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want(s.judge(), s) {
			return left
		}
	}
	return sample{}
}

// openAndLeave opens a journal whose power is about to go.
func openAndLeave(d *disk.Fault, dir string, ring *keys.Ring) {
	if l, _, err := Open(context.Background(), d, dir, ring, options()); err == nil {
		_ = l.closeFiles()
	}
}

// TestOpenUnderFaults damages each file and fails each call of the opening:
// the next opening finds everything.
func TestOpenUnderFaults(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	for name, whole := range s.files {
		b := slices.Clone(whole)
		b[len(b)/2] ^= 1
		for call, reached := 1, true; reached; call++ {
			s.put(t, dir, map[string][]byte{name: b})
			d := disk.NewFault()
			reached = struck(d, call, syscall.EIO, call%2 == 0, func() { openAndLeave(d, dir, s.ring) })
			d.Heal()
			l, rec, err := Open(context.Background(), d, dir, s.ring, options())
			if err != nil || rec.ReadOnly != "" || len(subjects(t, l)) != s.size {
				t.Fatalf("%s, call %d: %v %v", name, call, rec, err)
			}
			closeLog(t, l)
			if v := s.look(t, dir); len(v.findings) > 0 {
				t.Fatalf("%s, call %d: afterwards %v", name, call, v.findings)
			}
		}
	}
}

// TestCreateUnderFaults: a journal that was made is there.
func TestCreateUnderFaults(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	for call, reached := 1, true; reached; call++ {
		for seed := range uint64(20) {
			d, dir := disk.NewFault(), t.TempDir()
			var made bool
			reached = struck(d, call, disk.ErrPowerLost, true, func() {
				_, err := Create(d, dir, ring, options())
				made = err == nil
			})
			if err := d.PowerLoss(seed); err != nil {
				t.Fatal(err)
			}
			if !made {
				continue
			}
			w := witness{}
			w.checkClean(t, d, dir, ring)
		}
	}
}

// TestCloseLeavesNothingToFind closes, and takes the power.
func TestCloseLeavesNothingToFind(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	d, dir, l, w := start(t, ring)
	closeLog(t, l)
	if err := d.PowerLoss(0); err != nil {
		t.Fatal(err)
	}
	w.checkClean(t, d, dir, ring)
}

// TestDiskFull fills the disk: the append says so, and when there is room again
// the same open journal goes on.
func TestDiskFull(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	full := 0
	for room := int64(0); room < 4000; room += 97 {
		d, dir, l, w := start(t, ring)
		d.SetCapacity(usedBy(t, dir) + room)
		err := w.write(l, 1)
		if err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		d.SetCapacity(0)
		closed := func() { closeLog(t, l) }
		if err != nil && l.writable() == nil {
			full++
			closed()
			w.checkClean(t, d, dir, ring)
			l, _ = reopen(t, d, dir, ring)
			closed = func() { closeLog(t, l) }
		}
		if err == nil || l.writable() == nil {
			if err := w.write(l, 1); err != nil {
				t.Fatal(err)
			}
		}
		closed()
		w.check(t, d, dir, ring)
	}
	if full < 10 {
		t.Errorf("went on after a full disk %d times", full)
	}
}

func usedBy(t *testing.T, dir string) int64 {
	t.Helper()
	var sum int64
	for _, name := range []string{framesName, mirrorName, chainName, headName(0), headName(1)} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	return sum
}

// TestTailIsKept kills the program between frames and head: the frames are cut
// off, and kept as a file.
func TestTailIsKept(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	d, dir, l, w := start(t, ring)
	call := 0
	if err := w.write(l, 1); err != nil {
		t.Fatal(err)
	}
	d.Heal()
	if err := w.write(l, 1); err != nil {
		t.Fatal(err)
	}
	for i, step := range d.Steps() {
		if strings.HasPrefix(step, "write head") {
			call = i + 1
		}
	}
	struck(d, call, disk.ErrPowerLost, true, func() { _ = w.write(l, 1) })
	// Half a head was written; losing it leaves the one before.
	if err := d.PowerLoss(0); err != nil {
		t.Fatal(err)
	}
	l, rec, err := Open(context.Background(), d, dir, ring, options())
	if err != nil || rec.ReadOnly != "" {
		t.Fatalf("%v %v", rec, err)
	}
	if got := subjects(t, l); !slices.Equal(got, w.acked) {
		t.Errorf("entries %v, want %v", got, w.acked)
	}
	kept := 0
	for _, f := range rec.Findings {
		if f.Kept == "" {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, f.Kept))
		if err != nil || info.Size() < 3*int64(frameHeader) || f.Kind != Interrupted {
			t.Errorf("%+v: %v", f, err)
		}
		kept++
	}
	if kept != 1 {
		t.Errorf("findings %v", rec.Findings)
	}
	closeLog(t, l)
}

// TestSyncsOfAGroup counts what an append costs.
func TestSyncsOfAGroup(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	d, _, l, _ := start(t, ring)
	d.Heal()
	add(t, l, 0, 1000)
	syncs := 0
	for _, s := range d.Steps() {
		if strings.HasPrefix(s, "sync") {
			syncs++
		}
	}
	if syncs != 3 {
		t.Errorf("%d syncs: %v", syncs, d.Steps())
	}
	if got := fmt.Sprint(len(subjects(t, l))); got != "1003" {
		t.Errorf("%s entries", got)
	}
}
