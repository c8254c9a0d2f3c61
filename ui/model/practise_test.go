package model

import (
	"context"
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
