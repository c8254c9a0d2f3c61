package evidence_test

import (
	"bytes"
	"compress/flate"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"daybook/evidence"
	"daybook/evidence/keys"
)

// TestCreateFails leaves nothing behind that would be in the way of the next
// try.
func TestCreateFails(t *testing.T) {
	there := t.TempDir()
	for _, dir := range []string{filepath.Join(t.TempDir(), "new"), there} {
		_, err := evidence.Create(dir, evidence.CreateOptions{Passphrase: "hunter2"})
		if !errors.Is(err, keys.ErrWeak) {
			t.Errorf("a passphrase that can be guessed: %v", err)
		}
		if _, err := evidence.Create(dir, evidence.CreateOptions{Passphrase: passphrase, Recipients: []string{"nobody"}, KDF: keys.LeastCost()}); err == nil {
			t.Error("a recipient that is none was taken")
		}
		if list, err := os.ReadDir(dir); err == nil && (dir != there || len(list) > 0) || err != nil && dir == there {
			t.Errorf("%s: %v, %v", dir, list, err)
		}
	}
}

// The reserve takes up its room, whatever the file system makes of its bytes.
func TestReserveIsNoise(t *testing.T) {
	c := newCase(t)
	defer closeCase(t, c)
	reserve, err := os.ReadFile(filepath.Join(c.Dir(), "reserve"))
	if err != nil || len(reserve) != 32<<20 {
		t.Fatalf("%d bytes, %v", len(reserve), err)
	}
	for _, at := range []int{0, 4<<20 - 1<<19, 31 << 20} {
		var small bytes.Buffer
		w, err := flate.NewWriter(&small, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		part := reserve[at : at+1<<20]
		if _, err := w.Write(part); err != nil || w.Close() != nil || small.Len() < len(part) {
			t.Errorf("at %d: a MiB becomes %d bytes, %v", at, small.Len(), err)
		}
		if bytes.Count(reserve, part[:64]) != 1 {
			t.Errorf("at %d: the same stands elsewhere", at)
		}
	}
}
