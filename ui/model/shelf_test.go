package model

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// shelf holds what tests begin with: each thing is built once, and each test
// works in a copy of its own.
var shelf string

func TestMain(m *testing.M) {
	os.Exit(shelved(m))
}

func shelved(m *testing.M) (code int) {
	dir, err := os.MkdirTemp("", "cases")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}()
	shelf = dir
	return m.Run()
}

// copied is a folder with a copy of what build puts in one, which it does if no
// test has had it yet.
func copied(t *testing.T, name string, build func(dir string)) string {
	t.Helper()
	whole := filepath.Join(shelf, name)
	if _, err := os.Stat(whole); err != nil {
		made := t.TempDir()
		build(made)
		if err := os.CopyFS(whole, os.DirFS(made)); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// practised is a desk with the sample case on it.
func practised(t *testing.T) *Desk {
	t.Helper()
	dir := copied(t, "sample", func(dir string) {
		d := desk()
		if _, err := d.Practise(t.Context(), dir, nil); err != nil {
			t.Fatal(err)
		}
		if err := d.Lock(); err != nil {
			t.Fatal(err)
		}
	})
	return unlocked(t, dir)
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
	dir := copied(t, fmt.Sprint("bundle, served ", served), func(dir string) {
		d := desk()
		if _, err := d.Practise(t.Context(), dir, nil); err != nil {
			t.Fatal(err)
		}
		d.Pictures = stranger().Pictures
		p, err := d.Place(dir, "b")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.HandOver(t.Context(), Handover{Served: served}, p, nil); err != nil {
			t.Fatal(err)
		}
		if err := d.Lock(); err != nil {
			t.Fatal(err)
		}
	})
	d = unlocked(t, dir)
	d.Pictures = stranger().Pictures
	return d, filepath.Join(dir, "b")
}
