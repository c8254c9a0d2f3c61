package model

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"daybook/ui/internal/shelftest"
)

// shelf holds the cases and bundles that tests begin with.
var shelf shelftest.Shelf

func TestMain(m *testing.M) { os.Exit(shelf.Run(m)) }

// practised is a desk with the sample case on it.
func practised(t *testing.T) *Desk {
	t.Helper()
	return unlocked(t, shelf.Copy(t, "sample", func(dir string) error {
		d := desk()
		_, err := d.Practise(t.Context(), dir, nil)
		return errors.Join(err, d.Lock())
	}))
}

// unlocked is a desk with the sample case of a folder on it.
func unlocked(t *testing.T, dir string) *Desk {
	t.Helper()
	d := desk()
	if err := d.Unlock(t.Context(), filepath.Join(dir, "sample.daybook"), SamplePassphrase, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Lock(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// handed is a desk with the sample case on it, and a bundle of that.
func handed(t *testing.T, served bool) (d *Desk, bundle string) {
	t.Helper()
	dir := shelf.Copy(t, fmt.Sprint("bundle, served ", served), func(dir string) error {
		d := desk()
		if _, err := d.Practise(t.Context(), dir, nil); err != nil {
			return err
		}
		d.Pictures = stranger().Pictures
		p, err := d.Place(dir, "b")
		if err != nil {
			return err
		}
		_, err = d.HandOver(t.Context(), Handover{Served: served}, p, nil)
		return errors.Join(err, d.Lock())
	})
	d = unlocked(t, dir)
	d.Pictures = stranger().Pictures
	return d, filepath.Join(dir, "b")
}
