package model

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestPractise: the sample case is made beside one that is there, opens with the
// passphrase that everybody knows, and holds what was written down.
func TestPractise(t *testing.T) {
	ctx := context.Background()
	d, folder := desk(), t.TempDir()
	first, err := d.Practise(ctx, folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	o, err := d.Overview(ctx)
	if err != nil || o.Empty || o.Period == "" {
		t.Errorf("%+v, %v", o, err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(ctx, first, SamplePassphrase, nil); err != nil {
		t.Fatal(err)
	}
	l, err := d.Look(ctx, Query{Words: "followed"}, nil)
	if err != nil || l.Rows.Events() == 0 {
		t.Errorf("nothing was written down: %v", err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	if next, err := free(folder); err != nil || next != filepath.Join(folder, "sample-2.daybook") {
		t.Errorf("beside the first comes %s, %v", next, err)
	}
}

// TestPractiseApart: what is made for a walk is gone with its folder when it is
// locked; what was open before it is not touched.
func TestPractiseApart(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d, folder := desk(), t.TempDir()
	own, err := d.Practise(t.Context(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	made, err := d.PractiseApart(t.Context(), nil)
	if err != nil || !d.Open() || filepath.Dir(made.Case) != made.Folder {
		t.Fatalf("%+v, %v", made, err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(made.Folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if err := d.Unlock(t.Context(), own, SamplePassphrase, nil); err != nil {
		t.Error(err)
	}
	if err := d.Lock(); err != nil {
		t.Error(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if made, err := d.PractiseApart(cancelled, nil); err == nil || d.Open() || made.Folder != "" {
		t.Errorf("cancelled: %+v, %v", made, err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
