package keys

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"daybook/evidence/disk"
)

// opens tells whether a key opens the case; any answer but yes and "wrong key"
// fails the test.
func opens(t *testing.T, fsys disk.FS, dir string, u Unlock) bool {
	t.Helper()
	r, err := Open(fsys, dir, u)
	if errors.Is(err, ErrWrongKey) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	return true
}

// faults calls try for each way in which one call to the disk can go wrong:
// failing once or for ever, or the power going, and the power goes anyway
// afterwards. strike runs what is to be struck. It ends when strike no longer
// gets as far as the call.
func faults(t *testing.T, try func(t *testing.T, d *disk.Fault, strike func(op func()))) {
	for _, cause := range []error{syscall.EIO, syscall.ENOSPC, disk.ErrPowerLost} {
		seeds := uint64(4)
		if cause == disk.ErrPowerLost {
			seeds = 20
		}
		for call, reached := 1, true; reached && !t.Failed(); call++ {
			for seed := range seeds {
				d := disk.NewFault()
				strike := func(op func()) {
					d.FailAt(call, cause, cause == disk.ErrPowerLost || seed%2 == 1)
					op()
					reached = len(d.Steps()) >= call
					if err := d.PowerLoss(seed); err != nil {
						t.Fatal(err)
					}
				}
				t.Run(fmt.Sprintf("%v/call %d/seed %d", cause, call, seed), func(t *testing.T) { try(t, d, strike) })
			}
		}
	}
}

func TestCreateUnderFaults(t *testing.T) {
	w, err := NewWords()
	if err != nil {
		t.Fatal(err)
	}
	faults(t, func(t *testing.T, d *disk.Fault, strike func(func())) {
		dir := t.TempDir()
		var made bool
		strike(func() {
			r, err := Create(d, dir, Options{Words: w})
			if made = err == nil; made {
				r.Close()
			}
		})
		r, err := Open(d, dir, w)
		switch {
		case err == nil:
			r.Close()
		case made:
			t.Fatal(err)
		case !errors.Is(err, os.ErrNotExist) && !errors.Is(err, ErrDamaged):
			t.Fatal(err)
		}
	})
}

// TestChangesUnderFaults: a change that was acknowledged is in place; one that
// failed is not, unless the error says that this is not certain; and some key
// opens the case whatever happened.
func TestChangesUnderFaults(t *testing.T) {
	old, err := NewWords()
	if err != nil {
		t.Fatal(err)
	}
	added, err := NewWords()
	if err != nil {
		t.Fatal(err)
	}
	faults(t, func(t *testing.T, d *disk.Fault, strike func(func())) {
		dir := t.TempDir()
		r, err := Create(d, dir, Options{Words: old})
		if err != nil {
			t.Fatal(err)
		}
		strike(func() { _, err = r.AddWords(added) })
		r.Close()
		if !opens(t, d, dir, old) {
			t.Fatal("the old words do not open it")
		}
		checkOutcome(t, opens(t, d, dir, added), err)
	})
	faults(t, func(t *testing.T, d *disk.Fault, strike func(func())) {
		dir := t.TempDir()
		r, err := Create(d, dir, Options{Words: old})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.AddWords(added); err != nil {
			t.Fatal(err)
		}
		strike(func() { err = r.RemoveSlot(r.header.Slots[0].ID) })
		r.Close()
		if !opens(t, d, dir, added) {
			t.Fatal("the words that stay do not open it")
		}
		checkOutcome(t, !opens(t, d, dir, old), err)
	})
}

// checkOutcome compares what is in place with what was said.
func checkOutcome(t *testing.T, done bool, err error) {
	t.Helper()
	if err == nil && !done {
		t.Fatal("acknowledged and not in place")
	}
	if err != nil && done && !errors.Is(err, ErrUncertain) {
		t.Fatalf("in place, and reported as failed: %v", err)
	}
}

// TestInterruptedChange finds the second copy ahead of the first: the first
// governs, and healing makes them alike.
func TestInterruptedChange(t *testing.T) {
	dir, r, w, _ := create(t)
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.PanicLock(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), before, 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, Passphrase(testPass))
	if again.Damage() == "" {
		t.Error("it does not say that the copies differ")
	}
	if err := again.Heal(); err != nil {
		t.Fatal(err)
	}
	if r := open(t, dir, w); r.Damage() != "" {
		t.Errorf("after healing: %q", r.Damage())
	}
}
