package report

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence/disk"
)

// Parts that are written beside each other: what goes wrong in one stops the other and
// is what is told.
func TestOneFailedPartStopsTheOther(t *testing.T) {
	to := newBag(t.Context(), disk.OS, filepath.Join(t.TempDir(), "b"), func(int64, string) {})
	lost := errors.New("lost")
	made := 0
	err := to.beside(
		[]part{{"first", func(to *bag) error { return to.text("data/a", "a") }}, {"second", func(*bag) error { return lost }}},
		[]part{{"endless", func(to *bag) error {
			for ; ; made++ {
				if err := to.text(fmt.Sprint("data/", made), "n"); err != nil {
					return err
				}
			}
		}}})
	if !errors.Is(err, lost) || !strings.HasPrefix(err.Error(), "second: ") {
		t.Errorf("told: %v", err)
	}
	if err := to.finish(); err != nil || to.sum("data/a") == "" || to.files != made+1 {
		t.Errorf("%d files of %d, %v", to.files, made+1, err)
	}
	if err := to.create("data/late", func(w io.Writer) error { return nil }); err != nil {
		t.Errorf("the bag itself was stopped: %v", err)
	}
}
