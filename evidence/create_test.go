package evidence_test

import (
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
