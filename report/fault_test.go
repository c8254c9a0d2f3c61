package report

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence/disk"
)

// Whatever call of the disk fails, the writing says so and leaves nothing: no
// half bundle under the name, no readable pieces beside it.
func TestEveryFailingCall(t *testing.T) {
	b := newSample(t, Full).bundle
	broken := errors.New("the disk said no")
	count := disk.NewFault()
	count.Heal()
	if err := b.Write(t.Context(), filepath.Join(t.TempDir(), "b"), WriteOptions{FS: count, Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	calls := len(count.Steps())
	if calls < 80 {
		t.Fatalf("a writing makes %d calls", calls)
	}
	for call := 1; call <= calls; call += 1 + calls/60 {
		above := t.TempDir()
		fsys := disk.NewFault()
		fsys.FailAt(call, broken, false)
		err := b.Write(t.Context(), filepath.Join(above, "b"), WriteOptions{FS: fsys, Still: asItIs})
		step := fsys.Steps()[call-1]
		if !errors.Is(err, broken) {
			t.Errorf("call %d (%s) fails: the writing says %v", call, step, err)
		}
		left, err := os.ReadDir(above)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) > 0 && !strings.HasPrefix(step, "sync folder") && !strings.HasPrefix(step, "syncdir") {
			t.Errorf("call %d (%s) fails: %v is left", call, step, left)
		}
	}
}

func TestAFullDisk(t *testing.T) {
	b := newSample(t, Full).bundle
	above := t.TempDir()
	fsys := disk.NewFault()
	fsys.SetCapacity(1 << 20)
	err := b.Write(t.Context(), filepath.Join(above, "b"), WriteOptions{FS: fsys, Still: asItIs})
	if err == nil || !strings.Contains(err.Error(), "are free") {
		t.Errorf("a disk without room: %v", err)
	}
	if left := must(os.ReadDir(above))(t); len(left) > 0 {
		t.Errorf("a disk without room: %v is left", left)
	}
}
